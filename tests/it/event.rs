//! Texts → events: what must hold of any of them, and that a long text costs no more per word than a short one.

use dateline::extract::extract;
use dateline::model::{About, Analysis};
use dateline::read::article_from_text;
use proptest::prelude::*;

use crate::cases::KNOWLEDGE;

const STORY: &str = "Envoys of Chad and Niger held talks in Geneva on Monday, a spokesman told Reuters.\n\nThe talks, which \
                     were attended by Kenya, failed to end the siege of Timbuktu, where gunmen killed forty-two people. \
                     “We will meet again,” the minister said, if the rebels agree to withdraw.";

fn read(text: &str) -> Analysis {
    extract(&KNOWLEDGE, &article_from_text(text.to_owned(), About::default()))
}

fn check(text: &str, analysis: &Analysis) {
    for event in &analysis.events {
        assert!(!event.trigger.is_empty() && text.get(event.trigger.range()).is_some(), "trigger on char boundaries");
        assert!(event.sentence.holds(event.trigger), "a trigger lies in its sentence");
        assert!((0.0..=1.0).contains(&event.salience) && (0.0..=1.0).contains(&event.certainty));
        assert!(event.actors.iter().all(|actor| (actor.actor as usize) < analysis.actors.len()));
        assert!(event.places.iter().all(|place| (place.place as usize) < analysis.places.len()));
        assert!(event.attributed_to.iter().all(|actor| (*actor as usize) < analysis.actors.len()));
        assert!(event.figures.iter().all(|figure| figure.value.is_finite() && text.get(figure.span.range()).is_some()));
        for &other in &event.same_as {
            let back = &analysis.events[other as usize];
            assert_eq!(back.kind, event.kind, "mentions of one event are of one type");
        }
    }
    assert!(analysis.events.is_sorted_by_key(|event| event.trigger.start), "text order");
    for quote in &analysis.quotes {
        assert!(text.get(quote.span.range()).is_some());
        assert!(quote.speaker.is_none_or(|speaker| (speaker as usize) < analysis.actors.len()));
    }
}

#[test]
fn events_point_into_their_analysis() {
    let analysis = read(STORY);
    check(STORY, &analysis);
    assert!(analysis.events.len() >= 6, "{:?}", analysis.events.iter().map(|e| &e.summary).collect::<Vec<_>>());
    assert_eq!(read(STORY), analysis, "the same text gives the same answer");
}

#[test]
fn odd_texts_do_no_harm() {
    let long_list = "and ".repeat(3000);
    let marks = "“".repeat(2000);
    let verbs = "said that he said ".repeat(800);
    let numbers = "one hundred and ".repeat(1500);
    for text in ["", " ", "\u{feff}", "“", "killed", "’s", "to to to", &long_list, &marks, &verbs, &numbers, "3,,,,.5 died"] {
        check(text, &read(text));
    }
}

/// Twice the text may cost twice the time, not four times: measured on what passes look back over.
#[test]
fn cost_is_linear() {
    let mut name = 0_u32;
    let mut names = |count: u32| -> String {
        (0..count)
            .map(|_| {
                name += 1;
                let letters: String =
                    (0..4).map(|digit| char::from(b'a' + u8::try_from(name / 26_u32.pow(digit) % 26).unwrap())).collect();
                format!("Minister Ka{letters} Bo{letters} of Chad met the army chief in Paris. ")
            })
            .collect()
    };
    let story = |count: usize| format!("{STORY}\n\n").repeat(count);
    for (small, large) in [(names(300), names(2400)), (story(12), story(96)), ("and A B, ".repeat(300), "and A B, ".repeat(2400))]
    {
        let time = |text: &str| {
            // the fastest of three: other programs run beside the test
            let once = || {
                let start = std::time::Instant::now();
                read(text);
                start.elapsed()
            };
            (0..3).map(|_| once()).min().unwrap()
        };
        let (short, long) = (time(&small), time(&large));
        assert!(long < short * 8 * 4, "eight times the text took {:.1} times as long", long.as_secs_f64() / short.as_secs_f64());
    }
}

#[test]
fn a_brief_tells_what_the_desk_shows() {
    let article = article_from_text(STORY.to_owned(), About { title: Some("Talks in Geneva".into()), ..About::default() });
    let analysis = extract(&KNOWLEDGE, &article);
    let brief = dateline::export::brief(&article, &analysis);
    for event in &analysis.events {
        assert!(event.salience < 0.5 || brief.contains(&event.summary), "{}\n{brief}", event.summary);
    }
    assert!(brief.starts_with("Talks in Geneva\n") && brief.contains("\nWho\n") && brief.contains("\nWhere\n"), "{brief}");
}

#[test]
fn summaries_are_short_and_stand_alone() {
    let analysis = read(STORY);
    for event in analysis.events.iter().filter(|event| event.salience >= 0.5) {
        assert!(event.summary.split_whitespace().count() <= 20, "{}", event.summary);
        assert!(!event.summary.ends_with([',', ';', '-']) && !event.summary.starts_with(char::is_lowercase), "{}", event.summary);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn shuffled_words_do_no_harm(order in proptest::collection::vec(0usize..48, 1..120)) {
        let words: Vec<&str> = STORY.split_whitespace().collect();
        let text = order.into_iter().map(|at| words[at % words.len()]).collect::<Vec<_>>().join(" ");
        check(&text, &read(&text));
    }
}
