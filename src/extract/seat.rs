//! Draft with events → capitals of the governments that take part, and the final roles of places.
//!
//! A government takes part when an actor of its kind, or an official of it ("Qatari Prime Minister …"), has a part in an
//! event; when its capital or palace speaks for it ("Washington signals"); and when its country hosts a meeting of others.
//! The capital is then a place with the role `capital`, tied to those events; it is never a venue for that.

use std::collections::BTreeMap;

use super::{Draft, Knowledge, place};
use crate::gazetteer::Gazetteer;
use crate::model::{Actor, ActorKind, ActorRole, Analysis, Event, EventPlace, EventType, Place, PlaceKind, PlaceRole};

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
    }
    let acting: Vec<String> = parts.keys().cloned().collect();
    for (row, event) in analysis.events.iter().enumerate() {
        if let Some((iso, venue)) = host(event, &analysis.places, &analysis.actors, &acting) {
            let name = gazetteer.country(&iso).map_or(iso.as_str(), |country| &country.name);
            note(&mut parts, &iso, row, 2, || format!("seat of the government of {name}, which hosts the meeting in {venue}"));
        }
    }
    lists_of_states(draft.article.text.as_str(), analysis, &mut parts, gazetteer);
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
            "counterpart",
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
fn host(event: &Event, places: &[Place], actors: &[Actor], acting: &[String]) -> Option<(String, String)> {
    if !matches!(event.kind, EventType::Consult | EventType::Agree | EventType::Cooperate) {
        return None;
    }
    let venue =
        event.places.iter().filter(|part| part.role == PlaceRole::Venue).find_map(|part| places.get(part.place as usize))?;
    let iso = venue.country.clone()?;
    // talks "in Egypt" of which the sentence does not say who talks: of those who act in the article
    let others = event.kind == EventType::Consult && acting.iter().filter(|other| **other != iso).count() >= 2;
    let guests = event
        .actors
        .iter()
        .filter_map(|part| actors.get(part.actor as usize))
        .filter(|actor| acts_for_state(actor) || actor.kind == ActorKind::Group)
        .any(|actor| actor.country.as_deref() != Some(&iso));
    let narrow = !matches!(venue.kind, PlaceKind::Continent | PlaceKind::Water | PlaceKind::Mountain);
    ((guests || others) && narrow).then(|| (iso, venue.name.clone()))
}

/// Words that say who takes part. The first ones only make a list of three states or more a list of guests.
const GUESTS: [&str; 21] = [
    "mediators",
    "member states",
    "signator",
    "attend",
    "participa",
    "taking part",
    "took part",
    "take part",
    "ministers from",
    "ministers of",
    "leaders of",
    "leaders from",
    "delegation",
    "representatives",
    "signed by",
    "joined by",
    "diplomats from",
    "officials from",
    "envoys from",
    "counterparts from",
    "represented by",
];
/// So many of them are weak.
const WEAK: usize = 3;

/// "Countries attending include the UK, Germany …", "ministers from Japan and Canada", "President A, Prime Minister B and Premier C
/// are expected to attend": who is named in a sentence that says who takes part.
fn lists_of_states(text: &str, analysis: &Analysis, parts: &mut BTreeMap<String, Part>, gazetteer: &Gazetteer) {
    // (start of the mention, country), in text order
    let mut states: Vec<(u32, &str)> = analysis
        .places
        .iter()
        .filter(|place| place.kind == PlaceKind::Country)
        .filter_map(|place| Some((place, place.country.as_deref()?)))
        .flat_map(|(place, iso)| place.mentions.iter().map(move |mention| (mention, iso)))
        .filter(|(mention, _)| mention.role != PlaceRole::Target && !is_adjective(mention.span.of(text), gazetteer))
        .map(|(mention, iso)| (mention.span.start, iso))
        .collect();
    states.sort_unstable();
    // (start of the mention, country, name), in text order
    let mut officials: Vec<(u32, &str, &str)> = analysis
        .actors
        .iter()
        .filter(|actor| actor.kind == ActorKind::Person && acts_for_state(actor))
        .filter_map(|actor| Some((actor, actor.country.as_deref()?)))
        .flat_map(|(actor, iso)| actor.mentions.iter().map(move |mention| (mention.span.start, iso, actor.name.as_str())))
        .collect();
    officials.sort_unstable();
    for sentence in &analysis.sentences {
        let from = states.partition_point(|(start, _)| *start < sentence.start);
        let to = states.partition_point(|(start, _)| *start < sentence.end);
        let told = &states[from..to.max(from)];
        let from = officials.partition_point(|(start, ..)| *start < sentence.start);
        let to = officials.partition_point(|(start, ..)| *start < sentence.end);
        let people = &officials[from..to.max(from)];
        if told.len() < 2 && people.is_empty() {
            continue;
        }
        let words = sentence.of(text).to_lowercase();
        let Some(cue) = GUESTS.iter().rposition(|cue| words.contains(cue)) else { continue };
        let least = if cue < WEAK { 3 } else { 2 };
        let told = if told.len() < least { &[] } else { told };
        let people = if cue < WEAK { &[] } else { people };
        let events = events_around(&analysis.events, std::iter::once(sentence.start).chain(told.iter().map(|(start, _)| *start)));
        let named = told.iter().map(|(_, iso)| (*iso, None)).chain(people.iter().map(|(_, iso, name)| (*iso, Some(*name))));
        for (iso, official) in named {
            let name = gazetteer.country(iso).map_or(iso, |country| &country.name);
            let part = parts.entry(iso.to_owned()).or_insert_with(|| Part { rank: u8::MAX, ..Part::default() });
            part.events.extend(&events);
            if part.rank > 1 {
                part.rank = 1;
                let who = official.map_or_else(|| "which".to_owned(), |official| format!("for which {official}"));
                part.why = format!("seat of the government of {name}, {who} is named among those who take part");
            }
        }
    }
}

/// "Turkish", which the office beside it tells of, rather than "Turkey".
fn is_adjective(name: &str, gazetteer: &Gazetteer) -> bool {
    gazetteer.country_by_name(name).is_none() && !gazetteer.demonyms(name).is_empty()
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
