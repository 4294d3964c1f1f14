//! Draft → events with type, parts, standing, attribution and figures; quotes with speakers.
//!
//! Every predicate is marked; `salience` says which belong on a desk. Text in links, credits, subheadings and boilerplate
//! gives no events. Dates are the next pass's.

mod book;
mod figure;
mod list;
mod quote;
mod repair;
mod same;
mod shallow;
mod standing;
mod summary;
mod tree;
mod trigger;
mod venue;
mod who;

use super::{Draft, Knowledge};
use crate::model::{BlockKind, Event, EventActor, EventType, PlaceRole, Quote, Standing, When};

pub use book::VerbBook;

use standing::Source;
use tree::Tree;
use trigger::Trigger;
use who::Reader;

/// Longest words in quotation marks, in bytes, that are rather a term than speech.
const SCARE_QUOTE: usize = 40;

/// Adds events and quotes to the draft.
pub fn events(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let book = &knowledge.verbs;
    let tree = Tree::new(&draft.article.text, &draft.parsed, &draft.analysis, book);
    let reader = Reader { tree: &tree, book };
    let plain = trigger::plain_frame();
    let kinds: Vec<BlockKind> = draft.article.blocks.iter().map(|block| block.kind).collect();
    let found = trigger::triggers(&tree, book, &plain, &kinds);
    let quotes = quote::quotes(&reader, draft.article);
    let figures = reader.figures(&found);
    let events: Vec<Event> =
        found.iter().zip(figures).map(|(trigger, figures)| Event { figures, ..read(&reader, trigger, &quotes) }).collect();
    draft.analysis.events = events;
    venue::borrow_places(&reader, &found, &mut draft.analysis.events);
    let clusters = same::same_events(&reader, &found, &draft.analysis);
    same::share_places(&clusters, &mut draft.analysis);
    same::share_attendees(&clusters, &mut draft.analysis.events);
    for cluster in &clusters {
        for &row in cluster {
            let others = cluster.iter().filter(|&&other| other != row);
            draft.analysis.events[row].same_as = others.map(|&other| u32::try_from(other).unwrap_or(u32::MAX)).collect();
        }
    }
    for (row, trigger) in found.iter().enumerate() {
        let salience = salience(&draft.analysis.events[row], trigger);
        draft.analysis.events[row].salience = salience;
    }
    draft.analysis.quotes = quotes;
}

fn read(reader: &Reader<'_>, trigger: &Trigger<'_>, quotes: &[Quote]) -> Event {
    let tree = reader.tree;
    let span = tree.token(trigger.at).span;
    let cast = reader.cast(trigger);
    let mut places = reader.own_places(trigger);
    let own = places.iter().any(|place| place.role == PlaceRole::Venue);
    if !own && trigger.frame.kind != EventType::Statement {
        for place in reader.lent_places(trigger) {
            if places.iter().all(|known| known.place != place.place) {
                places.push(place);
            }
        }
    }
    let reality = reader.reality(trigger);
    let mut source = reader.source(trigger);
    let mut attributed_to = Vec::new();
    for &token in &source.chain {
        for actor in reader.actors(token) {
            if !attributed_to.contains(&actor) && attributed_to.len() < 4 {
                attributed_to.push(actor);
            }
        }
    }
    if attributed_to.is_empty() && source.chain.is_empty() {
        // inside a quotation its speaker vouches for it
        let before = quotes.partition_point(|quote| quote.span.start <= span.start);
        let spoken = before.checked_sub(1).map(|row| &quotes[row]);
        let spoken = spoken.filter(|quote| quote.span.holds(span) && quote.span.len() > SCARE_QUOTE);
        if let Some(speaker) = spoken.and_then(|quote| quote.speaker) {
            attributed_to.push(speaker);
            source.claimed = true;
        }
    }
    let standing = reader.standing(trigger, reality, &Source { chain: source.chain.clone(), claimed: source.claimed });
    Event {
        kind: trigger.frame.kind,
        summary: reader.summary(trigger),
        trigger: span,
        sentence: tree.sentence(trigger.at).span,
        when: When::default(),
        places,
        actors: cast.into_iter().map(|(actor, role)| EventActor { actor, role }).collect(),
        standing,
        attributed_to,
        certainty: trigger.certainty,
        salience: 0.0,
        same_as: Vec::new(),
        figures: Vec::new(),
        why: format!(
            "{} “{}” is listed as {:?}{}",
            if trigger.is_verb { "verb" } else { "noun" },
            trigger.lemma.replace('_', " "),
            trigger.frame.kind,
            if own { ", place in its own clause" } else { "" }
        ),
    }
}

/// How much an event belongs on a foreign desk's timeline: its type's weight, more with actors, figures and a venue, less
/// when only wished for. Constants chosen so that acts between named actors stand at 0.5 and above.
fn salience(event: &Event, trigger: &Trigger<'_>) -> f32 {
    let mut salience = trigger.frame.weight * if trigger.is_verb { 0.8 } else { 0.7 };
    salience += match event.actors.len() {
        0 => -0.25,
        1 => 0.0,
        _ => 0.1,
    };
    if event.places.iter().any(|place| place.role == PlaceRole::Venue) {
        salience += 0.1;
    }
    if !event.figures.is_empty() {
        salience += 0.1;
    }
    salience -= match event.standing {
        Standing::Hypothetical => 0.25,
        Standing::Denied => 0.1,
        _ => 0.0,
    };
    let most = if trigger.echoes.is_some() { 0.2 } else { 1.0 };
    (salience * trigger.certainty.sqrt()).clamp(0.0, most)
}
