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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn shuffled_words_do_no_harm(order in proptest::collection::vec(0usize..48, 1..120)) {
        let words: Vec<&str> = STORY.split_whitespace().collect();
        let text = order.into_iter().map(|at| words[at % words.len()]).collect::<Vec<_>>().join(" ");
        check(&text, &read(&text));
    }
}
