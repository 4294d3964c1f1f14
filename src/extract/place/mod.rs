//! Draft → places, resolved for the whole article at once.
//!
//! Three steps: `spot` finds the words that may name a place and says how likely they do; `resolve` weighs the readings of
//! all names together; `role` reads the wording of each mention. Words of origin ("Turkish") are mentions of their country.
//!
//! # Limits
//! A name that the gazetteer does not know is no place.

mod cues;
mod home;
pub mod resolve;
mod role;
pub mod spot;
mod unknown;
pub mod weights;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Knowledge};
use crate::gazetteer::fold::Join;
use crate::gazetteer::{Gazetteer, Ref};
use crate::model::{Article, Candidate, Place, PlaceId, PlaceKind, PlaceMention, PlaceRole, Span};
use resolve::{Choice, Group, Home};
use spot::{Scene, Spot};
use weights::Weights;

/// Word lists and learned weights.
#[derive(Debug)]
pub struct PlaceBook {
    lists: cues::WordLists,
    outlets: home::Outlets,
    pub weights: Weights,
}

impl PlaceBook {
    #[must_use]
    pub fn load() -> Self {
        Self { lists: cues::WordLists::load(), outlets: home::Outlets::load(), weights: Weights::load() }
    }
}

/// From this probability on a spot is a place; below, it is not shown.
const SHOWN: f32 = 0.5;
/// At most this for a part of a person's or a paper's name.
const OTHER: f32 = 0.2;
/// A word of origin is one in nearly every case; the rules of `is_origin` take out the rest.
const ORIGIN: f32 = 0.97;

/// Spots with probabilities and groups with weighed readings: what the pass decides from, and what the weights are learned on.
#[must_use]
pub fn weigh<'a>(
    gazetteer: &'a Gazetteer,
    book: &'a PlaceBook,
    article: &'a Article,
    names: &'a [super::NameMention],
) -> (Scene<'a>, Vec<Spot>, Vec<Group>) {
    let outlet = book.outlets.home(gazetteer, &article.about);
    let scene = Scene::new(&article.text, gazetteer, &book.lists, names, outlet);
    let mut spots = scene.spots();
    for spot in &mut spots {
        spot.probability = if spot.is_demonym {
            f32::from(u8::from(is_origin(&scene, spot))) * ORIGIN
        } else {
            book.weights.spot_probability(&spot.features)
        };
        if !spot.is_demonym && scene.is_name_of_other(spot) {
            spot.probability = spot.probability.min(OTHER);
        }
    }
    let home = Home { places: outlet.into_iter().chain(home::dateline(&scene, &spots)).collect() };
    let groups = resolve::groups(&scene, &spots, &home, &book.weights);
    (scene, spots, groups)
}

/// A word of origin that is no language ("speaks Arabic"), no person's name ("Jim French"), no church ("Roman Catholic").
fn is_origin(scene: &Scene<'_>, spot: &Spot) -> bool {
    let (before, after) = (scene.before(spot.first), scene.after(spot.first + spot.len));
    let name = spot.features[spot::feature("after-given-name")] > 0.0
        || spot.features[spot::feature("named-person")] > 0.5
        || (spot.key == "roman" && !matches!(after, "police" | "streets" | "authorities" | "suburb"))
        || spot.features[spot::feature("after-initial")] > 0.0;
    let told = (1..=4).filter_map(|n| spot.first.checked_sub(n)).take_while(|at| scene.join(at + 1) == Join::Space);
    let told = told
        .into_iter()
        .any(|at| matches!(scene.words.key(at), "speak" | "speaks" | "spoke" | "speaking" | "translated" | "fluent"));
    let language = told
        || cues::is_language_cue(before)
        || (cues::is_language_cue(after) && after != "speaking")
        || (before == "in" && !scene.is_capital(spot.first + spot.len) && matches!(after, "" | "and" | "or" | "with"));
    !name && !language
}

/// The pass.
pub fn places(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let (gazetteer, book) = (&knowledge.gazetteer, &knowledge.places);
    let (scene, spots, groups) = weigh(gazetteer, book, draft.article, &draft.names);
    let mut found: BTreeMap<(Ref, String), Place> = BTreeMap::new();
    for (group, row) in groups.iter().flat_map(|group| group.spots.iter().map(move |row| (group, *row))) {
        let spot = &spots[row];
        let Some(best) = best(group) else { continue };
        if spot.probability < SHOWN {
            continue;
        }
        let seat = gazetteer.seat_of(best.place).is_some() || gazetteer.metonym_place(best.place, &spot.key);
        let (role, metonym) = role::role(&scene, &spots, row, gazetteer.kind(best.place), seat);
        let extended = if spot.is_extended { spot.key.clone() } else { String::new() };
        let place = found.entry((best.place, extended)).or_insert_with(|| {
            let mut place = place_of(gazetteer, book, group, best);
            if spot.is_extended {
                extend(&mut place, spot.span.of(&draft.article.text));
            }
            place
        });
        add_mention(place, PlaceMention { span: spot.span, role, metonym }, spot.probability * best.probability);
    }
    for spot in spots.iter().filter(|spot| spot.is_demonym && spot.probability >= SHOWN) {
        // of two states with one word ("Congolese"), the one that the article names
        let named = |place: Ref| found.contains_key(&(place, String::new()));
        let reading = spot.readings.iter().find(|r| named(r.place)).or(spot.readings.first());
        let Some(reading) = reading else { continue };
        let place = found
            .entry((reading.place, String::new()))
            .or_insert_with(|| plain_place(gazetteer, reading.place, "word of origin"));
        add_mention(place, PlaceMention { span: spot.span, role: PlaceRole::Origin, metonym: false }, spot.probability);
    }
    let shown: BTreeMap<Span, &Place> =
        found.values().flat_map(|place| place.mentions.iter().map(move |mention| (mention.span, place))).collect();
    let venues = unknown::venues(&scene, &spots, |row| shown.get(&spots[row].span).map(|place| (*place).clone()));
    let mut places: Vec<Place> = found.into_values().collect();
    let mut by_id: BTreeMap<PlaceId, Place> = BTreeMap::new();
    for venue in venues {
        match by_id.entry(venue.id.clone()) {
            Entry::Occupied(mut known) => known.get_mut().mentions.extend(venue.mentions),
            Entry::Vacant(free) => {
                free.insert(venue);
            }
        }
    }
    places.extend(by_id.into_values());
    for place in &mut places {
        place.mentions.sort_by_key(|mention| mention.span);
        place.roles = place.mentions.iter().map(|mention| mention.role).collect();
    }
    places.sort_by_key(|place| place.mentions.first().map(|mention| mention.span));
    draft.analysis.places = places;
}

/// "Kanawha River" where only Kanawha is known: its own place, somewhere about there.
fn extend(place: &mut Place, name: &str) {
    let slug = crate::gazetteer::fold::key_of(name).replace(' ', "-");
    place.id = PlaceId(format!("other:~{slug}@{}", place.id.0));
    name.clone_into(&mut place.name);
    place.kind = PlaceKind::Other;
    place.radius_km = place.radius_km.max(NAMED_AFTER_KM);
    place.contested = None;
}

/// How far a river or township may lie from the town it is named after.
const NAMED_AFTER_KM: f32 = 40.0;

fn best(group: &Group) -> Option<&Choice> {
    group.choices.iter().max_by(|a, b| a.probability.total_cmp(&b.probability).then(b.place.cmp(&a.place)))
}

fn add_mention(place: &mut Place, mention: PlaceMention, score: f32) {
    place.mentions.push(mention);
    place.score = place.score.max(score);
}

/// A place that needs no weighing.
#[must_use]
pub fn plain_place(gazetteer: &Gazetteer, place: Ref, why: &str) -> Place {
    let entry = gazetteer.entry(place);
    let contested =
        gazetteer.seat_of(place).and_then(|iso| gazetteer.seats(iso).iter().find(|seat| seat.place == place)?.contested);
    Place {
        id: entry.id,
        name: entry.name,
        kind: entry.kind,
        point: Some(entry.point),
        country: (!entry.country.is_empty()).then_some(entry.country),
        radius_km: entry.radius_km,
        score: 0.0,
        candidates: Vec::new(),
        roles: BTreeSet::new(),
        mentions: Vec::new(),
        contested: contested.map(Into::into),
        why: why.into(),
    }
}

fn place_of(gazetteer: &Gazetteer, book: &PlaceBook, group: &Group, best: &Choice) -> Place {
    let why = format!(
        "{:.0} % among {} readings: {}",
        best.probability * 100.0,
        group.choices.len(),
        resolve::reasons(best, &book.weights)
    );
    let mut place = plain_place(gazetteer, best.place, &why);
    let mut others: Vec<&Choice> = group.choices.iter().filter(|c| c.place != best.place && c.probability >= 0.002).collect();
    others.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.place.cmp(&b.place)));
    place.candidates = others
        .into_iter()
        .take(10)
        .map(|choice| {
            let entry = gazetteer.entry(choice.place);
            Candidate {
                id: entry.id,
                name: label(&entry.name, &entry.admin1),
                kind: entry.kind,
                point: Some(entry.point),
                country: (!entry.country.is_empty()).then_some(entry.country),
                score: choice.probability,
                why: resolve::reasons(choice, &book.weights),
            }
        })
        .collect();
    place
}

fn label(name: &str, division: &str) -> String {
    if division.is_empty() || division == name { name.to_owned() } else { format!("{name}, {division}") }
}

/// The place's row in a list, added if it is not there yet.
pub fn row_of(places: &mut Vec<Place>, id: &PlaceId, make: impl FnOnce() -> Place) -> u32 {
    let row = places.iter().position(|place| place.id == *id).unwrap_or_else(|| {
        places.push(make());
        places.len() - 1
    });
    row as u32
}
