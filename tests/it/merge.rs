//! Many articles → one story: pairs of reports, copies, actors over articles, and the order of import.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use dateline::extract::{Knowledge, extract};
use dateline::model::{About, Article, Change, Edit, Entry, EventNo, Facts, Filed, Published, PublishedFrom, Report, Workspace};
use dateline::query::{are_copies, compare, dispute, file, lean, settle};
use dateline::read::article_from_text;

/// A report of a pair, with the marked word.
struct Told {
    article: Article,
    mark: usize,
}

struct Pair {
    name: String,
    same: bool,
    sides: [Told; 2],
}

pub fn article(text: &str, published: &str, outlet: &str) -> Article {
    let date: jiff::civil::Date = published.parse().unwrap();
    let published = Published { date, from: PublishedFrom::Given, evidence: "given".into() };
    let about = About {
        doc_id: outlet.into(),
        outlet: Some(outlet.into()),
        title: text.lines().next().map(Into::into),
        published: Some(published.clone()),
        date_candidates: vec![published],
        ..About::default()
    };
    article_from_text(text.to_owned(), about)
}

fn told(text: &str) -> Told {
    let (head, body) = text.trim().split_once('\n').unwrap();
    let (date, outlet) = head.split_once(" | ").unwrap();
    let mark = body.find("**").unwrap();
    Told { article: article(&body.replace("**", ""), date.trim(), outlet.trim()), mark }
}

fn pairs(text: &str) -> Vec<Pair> {
    let blocks = text.split("\n## ").skip(1);
    blocks
        .map(|block| {
            let (head, rest) = block.split_once('\n').unwrap();
            let (verdict, name) = head.split_once(" | ").unwrap();
            let (a, b) = rest.split_once("\n--\n").unwrap();
            Pair { name: name.into(), same: verdict == "same", sides: [told(a), told(b)] }
        })
        .collect()
}

pub fn desk(knowledge: &Knowledge, articles: &[&Article]) -> Workspace {
    let filed: Vec<Arc<Filed>> =
        articles.iter().map(|article| Arc::new(lean(&file(article, extract(knowledge, article))))).collect();
    let ids = filed.iter().map(|filed| filed.id).collect();
    let mut workspace = Workspace::default();
    workspace.apply(filed.into_iter().map(Change::File));
    workspace.apply([Change::Did(Entry::bare(1, Edit::Import { articles: ids }))]);
    settle(&mut workspace);
    workspace
}

/// The report whose trigger is marked, or else the weightiest whose sentence holds the mark.
fn marked(facts: &Facts, told: &Told) -> Option<Report> {
    let article = facts.article_no(told.article.id)?;
    let events = &facts.article(article).analysis.events;
    let mark = u32::try_from(told.mark).unwrap();
    let row = events.iter().position(|event| event.trigger.start <= mark && mark < event.trigger.end)?;
    Some(Report { article, row: u32::try_from(row).unwrap() })
}

/// The events that the sentence with the mark tells.
fn told_in_sentence(facts: &Facts, told: &Told) -> BTreeSet<EventNo> {
    let no = facts.article_no(told.article.id).unwrap();
    let events = &facts.article(no).analysis.events;
    let mark = u32::try_from(told.mark).unwrap();
    let rows = (0_u32..).zip(events).filter(|(_, event)| event.sentence.start <= mark && mark < event.sentence.end);
    rows.filter_map(|(row, _)| facts.event_of(told.article.id, row)).collect()
}

struct Score {
    precision: f64,
    recall: f64,
    wrong: Vec<String>,
}

fn score(knowledge: &Knowledge, text: &str) -> Score {
    let (mut right, mut merged, mut same) = (0.0, 0.0, 0.0);
    let mut wrong = Vec::new();
    for pair in pairs(text) {
        let workspace = desk(knowledge, &[&pair.sides[0].article, &pair.sides[1].article]);
        let facts = &workspace.facts;
        let found = [marked(facts, &pair.sides[0]), marked(facts, &pair.sides[1])];
        // A sentence may tell one event by several words: "a blast tore through the market, killing 12".
        let [a, b] = [0, 1].map(|side| told_in_sentence(facts, &pair.sides[side]));
        let joined = a.intersection(&b).next().is_some();
        same += f64::from(pair.same);
        merged += f64::from(joined);
        right += f64::from(joined && pair.same);
        if joined != pair.same {
            let told = |report: Option<Report>| {
                report.map_or_else(
                    || "not found".into(),
                    |report| {
                        let event = facts.report(report);
                        let part = facts.part(report.article);
                        let places: Vec<String> = event
                            .places
                            .iter()
                            .map(|place| {
                                format!(
                                    "{}:{:?}",
                                    part.places[place.place as usize].map_or("-", |no| &facts.place(no).name),
                                    place.role
                                )
                            })
                            .collect();
                        let actors: Vec<&str> = event
                            .actors
                            .iter()
                            .map(|own| part.actors[own.actor as usize].map_or("-", |no| &*facts.actor(no).name))
                            .collect();
                        format!(
                            "{:?} {:?} {places:?} {actors:?} s={}",
                            event.kind,
                            dateline::model::days(&event.when.interval),
                            event.salience
                        )
                    },
                )
            };
            let why = match found {
                [Some(a), Some(b)] => format!(
                    "{:?}",
                    dateline::query::why_same(facts, a, b).map(|reasons| {
                        let sum: f32 = reasons.iter().map(|reason| reason.weight).sum();
                        (
                            sum,
                            reasons
                                .into_iter()
                                .map(|reason| format!("{} {:.1}", reason.words, reason.weight))
                                .collect::<Vec<_>>(),
                        )
                    })
                ),
                _ => String::new(),
            };
            wrong.push(format!(
                "{} ({}): {} | {} | {why}",
                pair.name,
                if pair.same { "same" } else { "different" },
                told(found[0]),
                told(found[1])
            ));
        }
    }
    Score { precision: right / f64::max(merged, 1.0), recall: right / same, wrong }
}

#[test]
fn pairs_of_reports_are_one_event_or_two() {
    let knowledge = Knowledge::load();
    for (name, text) in [("tuned", include_str!("../cases/merge/tuned.md")), ("held", include_str!("../cases/merge/held.md"))] {
        let score = score(&knowledge, text);
        println!("{name}: precision {:.3} recall {:.3}\n{}", score.precision, score.recall, score.wrong.join("\n"));
        assert!(
            score.precision >= 0.95 && score.recall >= 0.8,
            "{name}: precision {:.3}, recall {:.3}\n{}",
            score.precision,
            score.recall,
            score.wrong.join("\n")
        );
    }
}

/// Everything that is shown, in words.
pub fn dump(facts: &Facts) -> String {
    let mut out = String::new();
    for (filed, part) in facts.articles.iter().zip(&facts.parts) {
        let _ = writeln!(out, "{} {:?} {part:?}", filed.id, filed.analysis);
    }
    let _ = writeln!(
        out,
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        facts.places, facts.actors, facts.events, facts.by_day, facts.remarks, facts.orphans
    );
    out
}

/// A small generator of numbers, the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 20).unwrap() % below.max(1)
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.roll(at + 1));
        }
    }
}

#[test]
fn the_order_of_import_plays_no_part() {
    let knowledge = Knowledge::load();
    let all = pairs(include_str!("../cases/merge/tuned.md"));
    let articles: Vec<&Article> = all.iter().take(5).flat_map(|pair| pair.sides.iter().map(|side| &side.article)).collect();
    let filed: Vec<Arc<Filed>> =
        articles.iter().map(|article| Arc::new(lean(&file(article, extract(&knowledge, article))))).collect();
    let mut dice = Dice(88_172_645_463_325_252);
    let mut order: Vec<usize> = (0..filed.len()).collect();
    let mut first: Option<String> = None;
    for _ in 0..100 {
        dice.shuffle(&mut order);
        let mut workspace = Workspace::default();
        for (step, at) in (1..).zip(&order) {
            workspace.apply([
                Change::File(Arc::clone(&filed[*at])),
                Change::Did(Entry::bare(step, Edit::Import { articles: vec![filed[*at].id] })),
            ]);
        }
        settle(&mut workspace);
        let dump = dump(&workspace.facts);
        match &first {
            None => first = Some(dump),
            Some(first) => assert!(*first == dump, "the order {order:?} gives another workspace"),
        }
    }
}

const WIRE: &str = "Storm cuts off coast\n\nLISBON, Nov 4 (Reuters) - A storm cut power to 40,000 homes along the coast of Portugal on \
    Monday and closed the port of Leixoes, the civil protection agency said.\n\nTrees fell on roads in four districts, and trains \
    between Porto and Aveiro were stopped for six hours.\n\nThe agency asked people to stay away from the sea until Wednesday. \
    Waves of nine metres were measured off the Berlengas islands, the highest in a decade.";

#[test]
fn copies_count_once() {
    let knowledge = Knowledge::load();
    let a = article(WIRE, "2024-11-04", "Coast Mail");
    let cut = WIRE.rsplit_once("\n\n").unwrap().0;
    let b = article(&format!("{cut}\n\n(Additional reporting)"), "2024-11-05", "Inland Post");
    let own = "Portugal storm leaves homes dark\n\nMore than 40,000 homes in Portugal had no power on Monday after a storm \
               hit the coast, the grid operator said.";
    let c = article(own, "2024-11-05", "Third Paper");
    let print = |article: &Article| file(article, dateline::model::Analysis::default()).fingerprint;
    assert!(are_copies(&print(&a), &print(&b)));
    assert!(!are_copies(&print(&a), &print(&c)));
    assert_eq!(print(&a).agency.as_deref(), Some("reuters"));
    let workspace = desk(&knowledge, &[&a, &b, &c]);
    let facts = &workspace.facts;
    let source = |article: &Article| facts.part(facts.article_no(article.id).unwrap()).source;
    assert_eq!(source(&a), source(&b));
    assert_ne!(source(&a), source(&c));
}

#[test]
fn two_versions_of_an_article_are_laid_side_by_side() {
    let knowledge = Knowledge::load();
    let a = article(WIRE, "2024-11-04", "Coast Mail");
    let later = WIRE.replace("40,000", "60,000") + "\n\nTwo fishermen are missing off Peniche.";
    let b = article(&later, "2024-11-05", "Coast Mail");
    let workspace = desk(&knowledge, &[&a, &b]);
    let facts = &workspace.facts;
    let no = |article: &Article| facts.article_no(article.id).unwrap();
    assert_eq!(facts.part(no(&a)).replaced_by, Some(no(&b)));
    let sentences = |article: &Article| facts.article(no(article)).analysis.sentences.clone();
    let compared = compare(&a.text, &sentences(&a), &b.text, &sentences(&b));
    assert_eq!(compared.counts(), (1, 1, 0), "{compared:?}");
}

#[test]
fn people_are_one_by_full_name_and_never_by_surname_alone() {
    let knowledge = Knowledge::load();
    let texts = [
        ("Talks\n\nFrench Foreign Minister Claire Dubois met envoys in Paris on Monday. Dubois said the talks would go on.", "A"),
        ("Report\n\nFrench Foreign Minister Dubois travelled to Rome on Tuesday, the ministry said.", "B"),
        ("Court\n\nThe singer Dubois won a prize in Montreal on Tuesday, the jury said.", "C"),
        ("Visit\n\nClaire Dubois visited Madrid on Thursday. The minister met the king.", "D"),
    ];
    let articles: Vec<Article> = texts.iter().map(|(text, outlet)| article(text, "2024-03-08", outlet)).collect();
    let workspace = desk(&knowledge, &articles.iter().collect::<Vec<_>>());
    let facts = &workspace.facts;
    let of = |at: usize| -> Vec<u32> {
        let no = facts.article_no(articles[at].id).unwrap();
        let actors = &facts.article(no).analysis.actors;
        let rows = (0_u32..).zip(actors).filter(|(_, actor)| actor.name.ends_with("Dubois"));
        rows.filter_map(|(row, _)| facts.actor_of(articles[at].id, row)).map(|no| no.0).collect()
    };
    let names: Vec<_> =
        facts.actors.iter().map(|actor| (&actor.key, &actor.titles, &actor.country, actor.mentioned.len())).collect();
    assert_eq!(of(0), of(3), "the same full name: {names:?}");
    assert_eq!(of(0), of(1), "surname, title and country: {names:?}");
    assert_ne!(of(0), of(2), "a surname alone: {names:?}");
}

#[test]
fn what_reports_say_differently_stands_side_by_side() {
    let knowledge = Knowledge::load();
    let a =
        article("Bus crash\n\nA bus crashed near Quito in Ecuador on Monday, killing 12 people, police said.", "2024-11-05", "A");
    let b = article(
        "Toll rises in Ecuador\n\nFifteen people were killed when a bus crashed near Quito on Monday, hospital officials in Ecuador said.",
        "2024-11-06",
        "B",
    );
    let workspace = desk(&knowledge, &[&a, &b]);
    let facts = &workspace.facts;
    let merged = (0_u32..).map(EventNo).zip(&facts.events).find(|(_, event)| !event.more.is_empty() && event.sources == 2);
    let (no, event) = merged.expect("two papers tell of the crash");
    assert!(event.reports().count() >= 2);
    let steps: Vec<_> =
        facts.events.iter().enumerate().flat_map(|(at, _)| dispute(facts, EventNo(u32::try_from(at).unwrap())).figures).collect();
    let killed = steps.iter().find(|(kind, steps)| kind == "killed" && steps.len() > 1);
    assert!(killed.is_some(), "{:?} {steps:?}", dispute(facts, no));
}
