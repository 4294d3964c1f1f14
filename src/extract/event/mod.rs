//! Draft → events with type, parts, standing, attribution and figures; quotes with speakers.
//!
//! Every predicate is marked; `salience` says which belong on a desk. Text in links, credits, subheadings and boilerplate
//! gives no events. Dates are the next pass's.

mod book;
mod figure;
mod list;
pub mod locate;
mod quote;
mod repair;
mod salience;
mod same;
mod shallow;
mod standing;
mod subject;
mod summary;
mod tree;
mod trigger;
mod venue;
mod who;

use super::{Draft, Knowledge};
use crate::lang::Upos;
use crate::model::{Analysis, BlockKind, Event, EventActor, EventType, PlaceRole, Quote, Span, When};

pub use book::VerbBook;

use book::Cue;
use standing::Source;
use tree::Tree;
use trigger::Trigger;
use who::Reader;

/// Longest words in quotation marks, in bytes, that are rather a term than speech.
const SCARE_QUOTE: usize = 40;

/// Adds events and quotes to the draft.
pub fn events(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let book = &knowledge.verbs;
    let titles = titles(draft);
    let tree = Tree::new(&draft.article.text, &draft.parsed, &draft.analysis, &titles, book);
    let names: Vec<String> = draft.analysis.actors.iter().map(|actor| actor.name.clone()).collect();
    let reader = Reader { tree: &tree, book, names: &names };
    let plain = trigger::plain_frame();
    let kinds: Vec<BlockKind> = draft.article.blocks.iter().map(|block| block.kind).collect();
    let found = trigger::triggers(&tree, book, &plain, &kinds);
    let quotes = quote::quotes(&reader, draft.article);
    draft.analysis.events = by_rules(&reader, &found, &quotes, &draft.analysis);
    let stands = locate::Stands::of(&reader, &draft.analysis);
    for (row, trigger) in found.iter().enumerate() {
        let mut places = std::mem::take(&mut draft.analysis.events[row].places);
        if locate::decides(trigger) {
            locate::settle(&locate::sites(&reader, &stands, trigger, &places), &mut places);
            venue::keep_exact(&mut places, &draft.analysis);
        }
        draft.analysis.events[row].places = places;
    }
    venue::borrow_places(&reader, &found, &mut draft.analysis.events);
    echo(&tree, &found, &mut draft.analysis.events);
    let clusters = same::same_events(&reader, &found, &draft.analysis, &kinds);
    same::share_places(&clusters, &mut draft.analysis);
    same::share_attendees(&clusters, &mut draft.analysis.events);
    for cluster in &clusters {
        for &row in cluster {
            let others = cluster.iter().filter(|&&other| other != row);
            draft.analysis.events[row].same_as = others.map(|&other| u32::try_from(other).unwrap_or(u32::MAX)).collect();
        }
    }
    for (row, trigger) in found.iter().enumerate() {
        if draft.analysis.events[row].summary.split(' ').count() < 3 {
            // "Talks": who holds them tells more
            let event = &draft.analysis.events[row];
            let who: Vec<&str> =
                event.actors.iter().filter_map(|part| names.get(part.actor as usize)).take(3).map(String::as_str).collect();
            if !who.is_empty() && !trigger.is_verb {
                draft.analysis.events[row].summary = format!("{}: {}", event.summary, who.join(", "));
            }
        }
        let (salience, why) = reader.salience(&draft.analysis.events[row], trigger, &draft.analysis.actors, &kinds);
        let event = &mut draft.analysis.events[row];
        event.salience = salience;
        if !why.is_empty() {
            event.why = format!("{}; weight: {why}", event.why);
        }
    }
    same::tell_once(&clusters, &found, &tree, &mut draft.analysis.events);
    draft.analysis.quotes = quotes;
}

/// Titles with the names that they stand before.
fn titles(draft: &Draft<'_>) -> Vec<(Span, Span)> {
    draft.names.iter().filter_map(|name| Some((name.title?, name.span))).collect()
}

/// Events as the rules read them, with the places that their clauses give.
fn by_rules(reader: &Reader<'_>, found: &[Trigger<'_>], quotes: &[Quote], analysis: &Analysis) -> Vec<Event> {
    let figures = reader.figures(found);
    let mut events: Vec<Event> =
        found.iter().zip(figures).map(|(trigger, figures)| Event { figures, ..read(reader, trigger, quotes) }).collect();
    for (event, trigger) in events.iter_mut().zip(found) {
        if event.places.is_empty() {
            event.places.extend(venue::nearest_place(reader, trigger));
        }
        venue::keep_exact(&mut event.places, analysis);
    }
    events
}

/// What `locate` is learned on: each trigger with the places of its sentence. The draft has gone through the passes before.
#[must_use]
pub fn sites(knowledge: &Knowledge, draft: &Draft<'_>) -> Vec<(Span, Vec<locate::Site>)> {
    let titles = titles(draft);
    let tree = Tree::new(&draft.article.text, &draft.parsed, &draft.analysis, &titles, &knowledge.verbs);
    let reader = Reader { tree: &tree, book: &knowledge.verbs, names: &[] };
    let plain = trigger::plain_frame();
    let kinds: Vec<BlockKind> = draft.article.blocks.iter().map(|block| block.kind).collect();
    let found = trigger::triggers(&tree, &knowledge.verbs, &plain, &kinds);
    let quotes = quote::quotes(&reader, draft.article);
    let events = by_rules(&reader, &found, &quotes, &draft.analysis);
    let stands = locate::Stands::of(&reader, &draft.analysis);
    let sites = |(trigger, event): (&Trigger<'_>, &Event)| {
        (tree.token(trigger.at).span, locate::sites(&reader, &stands, trigger, &event.places))
    };
    found.iter().zip(&events).filter(|(trigger, _)| locate::decides(trigger)).map(sites).collect()
}

/// A carrying verb tells of the same event as its noun: it has the same parts.
fn echo(tree: &Tree<'_>, triggers: &[Trigger<'_>], events: &mut [Event]) {
    let mut row_at: Vec<Option<usize>> = vec![None; tree.len()];
    for (row, trigger) in triggers.iter().enumerate() {
        row_at[trigger.at] = Some(row);
    }
    for (row, trigger) in triggers.iter().enumerate() {
        let Some(other) = trigger.echoes.and_then(|at| row_at[at]) else { continue };
        let (told, mention) = (events[other].clone(), &mut events[row]);
        mention.kind = told.kind;
        mention.actors = told.actors;
        mention.standing = told.standing;
        mention.attributed_to = told.attributed_to;
        if !told.places.is_empty() {
            mention.places = told.places;
        }
    }
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
    let kind = kind(reader, trigger);
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
        kind,
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
            "{} “{}” tells of {:?}{}",
            if trigger.is_verb { "verb" } else { "noun" },
            trigger.lemma.replace('_', " "),
            kind,
            if own { ", place in its own clause" } else { "" }
        ),
    }
}

/// The type of a trigger; of words of harm, that of the cause that its clause, else its sentence, names: people killed in an
/// earthquake are not attacked.
fn kind(reader: &Reader<'_>, trigger: &Trigger<'_>) -> EventType {
    let (tree, own) = (reader.tree, trigger.frame.kind);
    if !trigger.is_verb && matches!(trigger.lemma.as_str(), "strike" | "strikes") {
        let labour = tree.sentence(trigger.at).tokens().any(|at| reader.book.is(tree.lemma(at), Cue::Labour));
        return if labour { EventType::Protest } else { own };
    }
    if !reader.book.is(&trigger.lemma, Cue::Harm) {
        return own;
    }
    let cause = |at: usize| {
        let word = tree.word(at).to_lowercase();
        let frame = reader.book.noun(&word).or_else(|| reader.book.noun(tree.lemma(at)));
        frame.map(|frame| frame.kind).filter(|kind| {
            matches!(kind, EventType::Disaster | EventType::Accident | EventType::Assault)
                && !reader.book.is(tree.lemma(at), Cue::Harm)
        })
    };
    let near = tree.children(trigger.at).chain(reader.subjects(trigger.at)).find_map(cause);
    let nouns = tree.sentence(trigger.at).tokens().filter(|&at| matches!(tree.upos(at), Upos::Noun | Upos::Propn));
    let told = || nouns.min_by_key(|&at| (cause(at).is_none(), at.abs_diff(trigger.at))).and_then(cause);
    near.or_else(told).unwrap_or(own)
}
