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

/// "Countries attending include the UK, Germany …": three states or more in a sentence that says they take part.
fn lists_of_states(text: &str, analysis: &Analysis, parts: &mut BTreeMap<String, Part>, gazetteer: &Gazetteer) {
    let cues = [
        "attend",
        "participa",
        "taking part",
        "took part",
        "ministers from",
        "ministers of",
        "leaders of",
        "leaders from",
        "delegation",
        "representatives",
        "signator",
        "signed by",
        "joined by",
        "member states",
        "diplomats from",
        "officials from",
        "envoys from",
        "mediators",
    ];
    // (start of the mention, country), in text order
    let mut states: Vec<(u32, &str)> = analysis
        .places
        .iter()
        .filter(|place| place.kind == PlaceKind::Country)
        .filter_map(|place| Some((place, place.country.as_deref()?)))
        .flat_map(|(place, iso)| place.mentions.iter().map(move |mention| (mention, iso)))
        .filter(|(mention, _)| mention.role != PlaceRole::Origin)
        .map(|(mention, iso)| (mention.span.start, iso))
        .collect();
    states.sort_unstable();
    for sentence in &analysis.sentences {
        let from = states.partition_point(|(start, _)| *start < sentence.start);
        let to = states.partition_point(|(start, _)| *start < sentence.end);
        let told = &states[from..to.max(from)];
        if told.len() < 3 {
            continue;
        }
        let words = sentence.of(text).to_lowercase();
        if !cues.iter().any(|cue| words.contains(cue)) {
            continue;
        }
        let events = events_around(&analysis.events, [told[0].0].into_iter());
        for (_, iso) in told {
            let name = gazetteer.country(iso).map_or(*iso, |country| &country.name);
            let part = parts.entry((*iso).to_owned()).or_insert_with(|| Part { rank: u8::MAX, ..Part::default() });
            part.events.extend(&events);
            if part.rank > 1 {
                part.rank = 1;
                part.why = format!("seat of the government of {name}, which is named among those who take part");
            }
        }
    }
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
