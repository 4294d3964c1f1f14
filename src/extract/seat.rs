//! Draft with events → capitals of the governments that take part, and the final roles of places.
//!
//! A government takes part when an actor of its kind, or an official of it ("Qatari Prime Minister …"), has a part in an
//! event; when its capital or palace speaks for it ("Washington signals"); and when its country hosts a meeting of others.
//! The capital is then a place with the role `capital`, tied to those events; it is never a venue for that.

use std::collections::BTreeMap;

use super::{Draft, Knowledge, place};
use crate::model::{Actor, ActorKind, ActorRole, Event, EventPlace, EventType, PlaceKind, PlaceRole};

/// Certainty of a capital that only its government implies.
const IMPLIED: f32 = 0.9;

/// What makes a government's seat a capital of this article.
#[derive(Default)]
struct Part {
    /// Rows of the events it takes part in.
    events: Vec<usize>,
    why: String,
    /// Smaller is better to tell: an attendee before a speaker before a target.
    rank: u8,
}

/// The pass.
pub fn seats(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let gazetteer = &knowledge.gazetteer;
    let analysis = &mut draft.analysis;
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for (row, event) in analysis.events.iter().enumerate() {
        for part in &event.actors {
            let Some(actor) = analysis.actors.get(part.actor as usize) else { continue };
            let Some(iso) = actor.country.as_deref().filter(|_| acts_for_state(actor)) else { continue };
            let name = gazetteer.country(iso).map_or(iso, |country| &country.name);
            note(&mut parts, iso, row, rank_of(part.role), || reason(name, actor, part.role, event));
        }
        if let Some((iso, venue)) = host(draft.article.text.as_str(), event, &analysis.places, &analysis.actors) {
            let name = gazetteer.country(&iso).map_or(iso.as_str(), |country| &country.name);
            note(&mut parts, &iso, row, 2, || format!("seat of the government of {name}, which hosts the meeting in {venue}"));
        }
    }
    // governments that speak through a capital or a palace
    for place in &analysis.places {
        if let Some(mention) = place.mentions.iter().find(|mention| mention.metonym) {
            let spoken = mention.span.of(&draft.article.text);
            if let Some(iso) = gazetteer.metonym(spoken).map(str::to_owned).or_else(|| place.country.clone()) {
                let name = gazetteer.country(&iso).map_or(iso.as_str(), |country| &country.name).to_owned();
                let events = events_around(&analysis.events, place.mentions.iter().filter(|m| m.metonym).map(|m| m.span.start));
                let part = parts.entry(iso).or_insert_with(|| Part { rank: u8::MAX, ..Part::default() });
                if part.rank > 0 {
                    part.why = format!("\u{201c}{spoken}\u{201d} stands for the government of {name}");
                    part.rank = 0;
                }
                part.events.extend(events);
            }
        }
    }
    for (iso, mut part) in parts {
        let Some(seat) = gazetteer.seats(&iso).first() else { continue };
        let mut made = place::plain_place(gazetteer, seat.place, &part.why);
        made.score = IMPLIED;
        made.contested = seat.contested.map(Into::into);
        let id = made.id.clone();
        let row = place::row_of(&mut analysis.places, &id, || made);
        let place = &mut analysis.places[row as usize];
        place.roles.insert(PlaceRole::Capital);
        place.contested = seat.contested.map(Into::into);
        if !place.why.contains(&part.why) {
            place.why = format!("{}; {}", part.why, place.why);
        }
        part.events.sort_unstable();
        part.events.dedup();
        for event in part.events {
            let places = &mut analysis.events[event].places;
            let known = places.iter().any(|known| known.place == row && known.role == PlaceRole::Capital);
            if !known {
                places.push(EventPlace { place: row, role: PlaceRole::Capital });
            }
        }
    }
}

fn note(parts: &mut BTreeMap<String, Part>, iso: &str, event: usize, rank: u8, why: impl FnOnce() -> String) {
    let part = parts.entry(iso.to_owned()).or_insert_with(|| Part { rank: u8::MAX, ..Part::default() });
    part.events.push(event);
    if rank < part.rank {
        part.rank = rank;
        part.why = why();
    }
}

/// A government, or somebody who holds an office of a state.
fn acts_for_state(actor: &Actor) -> bool {
    match actor.kind {
        ActorKind::Government => true,
        ActorKind::Person | ActorKind::Role => actor
            .titles
            .iter()
            .chain([&actor.name].into_iter().filter(|_| actor.kind == ActorKind::Role))
            .any(|title| is_office(title)),
        ActorKind::Organisation | ActorKind::Group | ActorKind::Population => false,
    }
}

/// An office of a state rather than a profession ("Prime Minister", not "actor").
fn is_office(title: &str) -> bool {
    let title = title.to_lowercase();
    let former = title.contains("former") || title.starts_with("ex-") || title.contains("ousted");
    !former
        && [
            "president",
            "minister",
            "premier",
            "chancellor",
            "secretary",
            "ambassador",
            "envoy",
            "diplomat",
            "king",
            "emir",
            "sultan",
            "crown prince",
            "intelligence",
            "negotiator",
            "foreign",
            "defence",
            "defense",
            "army chief",
            "general",
            "official",
            "government",
            "prime",
            "supreme leader",
            "attorney general",
            "chief of staff",
            "spokes",
            "delegation",
            "cabinet",
            "military",
            "admiral",
        ]
        .iter()
        .any(|office| title.contains(office))
}

const fn rank_of(role: ActorRole) -> u8 {
    match role {
        ActorRole::Attendee | ActorRole::Mediator => 1,
        ActorRole::Agent => 2,
        ActorRole::Speaker => 3,
        ActorRole::Recipient | ActorRole::Target => 4,
        ActorRole::Other => 5,
    }
}

fn reason(country: &str, actor: &Actor, role: ActorRole, event: &Event) -> String {
    let does = match role {
        ActorRole::Attendee => "attends",
        ActorRole::Mediator => "mediates in",
        ActorRole::Agent => "acts in",
        ActorRole::Speaker => "speaks in",
        ActorRole::Recipient | ActorRole::Target => "is addressed in",
        ActorRole::Other => "takes part in",
    };
    let who = if actor.kind == ActorKind::Government { "which".to_owned() } else { format!("for which {}", actor.name) };
    format!("seat of the government of {country}, {who} {does} \u{201c}{}\u{201d}", event.summary)
}

/// The country in which a meeting of governments takes place, and the venue's name.
fn host(text: &str, event: &Event, places: &[crate::model::Place], actors: &[Actor]) -> Option<(String, String)> {
    let meets = matches!(event.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    if !meets || event.sentence.of(text).is_empty() {
        return None;
    }
    let venue =
        event.places.iter().filter(|part| part.role == PlaceRole::Venue).find_map(|part| places.get(part.place as usize))?;
    let iso = venue.country.clone()?;
    let guests = event
        .actors
        .iter()
        .filter_map(|part| actors.get(part.actor as usize))
        .filter(|actor| acts_for_state(actor) || actor.kind == ActorKind::Group)
        .any(|actor| actor.country.as_deref() != Some(&iso));
    let narrow = !matches!(venue.kind, PlaceKind::Continent | PlaceKind::Water | PlaceKind::Mountain);
    (guests && narrow).then(|| (iso, venue.name.clone()))
}

/// Rows of the events whose sentences hold one of these offsets.
fn events_around(events: &[Event], offsets: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut rows = Vec::new();
    for offset in offsets {
        // events are in text order; their sentences begin no later than their triggers
        let from = events.partition_point(|event| event.sentence.end <= offset);
        rows.extend((from..events.len()).take_while(|row| events[*row].sentence.start <= offset));
    }
    rows
}
