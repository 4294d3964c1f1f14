//! Draft → places, resolved for the whole article at once.
//!
//! `spot` finds the words that may name a place and says how likely they do; `resolve` weighs the readings of all names
//! together; `sure` says how far the best is to be trusted; `unlisted` and `unknown` take the names that no gazetteer knows;
//! `coordinate` reads positions written out; `role` reads the wording of each mention. Words of origin ("Turkish") are
//! mentions of their country.
//!
//! # Limits
//! A name that no gazetteer knows is drawn about the place that its sentence ties it to, or not at all.

mod coordinate;
mod cues;
mod home;
pub mod resolve;
mod role;
pub mod spot;
pub mod sure;
mod unknown;
mod unlisted;
pub mod weights;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Knowledge};
use crate::gazetteer::fold::{Join, key_of};
use crate::gazetteer::{Gazetteer, Ref};
use crate::lang::Parsed;
use crate::model::{Article, Candidate, LonLat, Place, PlaceId, PlaceKind, PlaceMention, PlaceRole, Span, Warning};
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
/// At least this for a site of the table with a telling name.
const LISTED: f32 = 0.85;
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
    parsed: &Parsed,
    names: &'a [super::NameMention],
) -> (Scene<'a>, Vec<Spot>, Vec<Group>) {
    let outlet = book.outlets.home(gazetteer, &article.about);
    let scene = Scene::new(&article.text, parsed, gazetteer, &book.lists, names, outlet);
    let mut spots = scene.spots();
    for spot in &mut spots {
        spot.probability = if spot.is_demonym {
            f32::from(u8::from(is_origin(&scene, spot))) * ORIGIN
        } else {
            book.weights.spot_probability(&spot.features)
        };
        if is_listed_venue(gazetteer, spot) {
            spot.probability = spot.probability.max(LISTED);
        }
        if !spot.is_demonym && scene.is_name_of_other(spot) {
            spot.probability = spot.probability.min(OTHER);
        }
    }
    let home = Home { places: outlet.into_iter().chain(home::dateline(&scene, &spots)).collect() };
    let groups = resolve::groups(&scene, &spots, &home, &book.weights);
    (scene, spots, groups)
}

/// A site of the table with a name of several words ("Palais des Nations"), or that speaks for a government ("Kremlin"): such
/// names mean little else, and the corpora that the weights are learned on know few of them.
fn is_listed_venue(gazetteer: &Gazetteer, spot: &Spot) -> bool {
    spot.readings.iter().any(|reading| {
        gazetteer.is_by_hand(reading.place)
            && gazetteer.kind(reading.place) == PlaceKind::Venue
            && (spot.len > 1 || gazetteer.metonym_place(reading.place, &spot.key))
    })
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

/// Below this a reading that is only another name of a place in a country that the article does not name is no reading: the
/// gazetteer lacks the place that is meant ("Banjska" in Kosovo is not Bansko).
const DOUBTED: f32 = 0.35;

/// The pass.
pub fn places(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let (gazetteer, book) = (&knowledge.gazetteer, &knowledge.places);
    let (scene, spots, groups) = weigh(gazetteer, book, draft.article, &draft.parsed, &draft.names);
    // for each spot the group it is in, its best reading and how sure that is
    let mut read: Vec<Option<(&Group, &Choice, f32)>> = vec![None; spots.len()];
    for group in &groups {
        let Some(best) = best(group) else { continue };
        let sure = certainty(gazetteer, book, &spots, group, best);
        for row in &group.spots {
            read[*row] = Some((group, best, sure));
        }
    }
    let is_doubted = |row: usize| {
        read[row].is_some_and(|(_, best, sure)| {
            sure < DOUBTED
                && best.features[resolve::rank_feature("alternate")] > 0.0
                && best.features[resolve::rank_feature("country-named")] == 0.0
                && best.features[resolve::rank_feature("pair-inside")] == 0.0
        })
    };
    let is_shown = |row: usize| {
        let spot: &Spot = &spots[row];
        spot.probability >= SHOWN && (spot.is_demonym || read[row].is_some() && !is_doubted(row))
    };
    let mut unlisted = unlisted::names(&scene, &spots, is_shown);
    let doubted = (0..spots.len()).filter(|row| spots[*row].probability >= SHOWN && !spots[*row].is_demonym && is_doubted(*row));
    for name in doubted.map(|row| unlisted::Name::of_spot(&spots[row])) {
        if !unlisted.iter().any(|other| other.span.overlaps(name.span)) {
            unlisted.push(name);
        }
    }
    unlisted.sort_by_key(|name| name.span);
    let all = with_unlisted(&spots, &unlisted, &draft.article.text);
    let row_in_all = |span: Span| all.partition_point(|spot| spot.span < span);
    let mut found: BTreeMap<(Ref, String), Place> = BTreeMap::new();
    for row in (0..spots.len()).filter(|row| is_shown(*row)) {
        let spot = &spots[row];
        let Some((group, best, sure)) = read[row] else { continue };
        let seat = gazetteer.seat_of(best.place).is_some() || gazetteer.metonym_place(best.place, &spot.key);
        let (role, metonym) = role::role(&scene, &all, row_in_all(spot.span), gazetteer.kind(best.place), seat);
        let extended = if spot.is_extended { spot.key.clone() } else { String::new() };
        let place = found.entry((best.place, extended)).or_insert_with(|| {
            let mut place = place_of(gazetteer, book, group, best);
            if spot.is_extended {
                extend(&mut place, spot.span.of(&draft.article.text));
            }
            place
        });
        add_mention(place, PlaceMention { span: spot.span, role, metonym }, sure);
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
    let town = |row: usize| shown.get(&all[row].span).copied();
    let mut others = unknown::venues(&scene, &all, |row| town(row).cloned());
    let countries = countries_of(found.values());
    for name in &unlisted {
        if others.iter().any(|venue| venue.mentions.iter().any(|mention| mention.span.overlaps(name.span))) {
            continue;
        }
        let sentence = sentence_at(&draft.analysis.sentences, name.span);
        let mut place = unlisted::place(&scene, &all, name, sentence, &countries, town);
        let (role, _) = role::role(&scene, &all, row_in_all(name.span), place.kind, false);
        place.mentions.push(PlaceMention { span: name.span, role, metonym: false });
        others.push(place);
    }
    for written in coordinate::written(&draft.article.text) {
        match written.point {
            Some(point) => others.push(written_place(&scene, &written, point)),
            None => draft.analysis.warnings.push(Warning {
                span: Some(written.span),
                ..Warning::new(
                    "no-such-position",
                    format!(
                        "\u{201c}{}\u{201d} is no position on Earth that news would name",
                        written.span.of(&draft.article.text)
                    ),
                )
            }),
        }
    }
    draft.analysis.places = gathered(found.into_values().chain(others));
}

/// One place per id, in text order, with the roles of its mentions.
fn gathered(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut by_id: BTreeMap<PlaceId, Place> = BTreeMap::new();
    for place in places {
        match by_id.entry(place.id.clone()) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.score = known.score.max(place.score);
                known.mentions.extend(place.mentions);
            }
            Entry::Vacant(free) => {
                free.insert(place);
            }
        }
    }
    // one sense per article: a name that is tied to a place once is so everywhere
    let tied: Vec<(String, PlaceId)> = by_id
        .values()
        .filter(|place| place.kind == PlaceKind::Other && place.point.is_some())
        .map(|place| (key_of(&place.name), place.id.clone()))
        .collect();
    let loose: Vec<PlaceId> = by_id.values().filter(|place| place.point.is_none()).map(|place| place.id.clone()).collect();
    for id in loose {
        let key = by_id.get(&id).map(|place| key_of(&place.name)).unwrap_or_default();
        let home = tied.iter().find(|(name, _)| *name == key).map(|(_, home)| home.clone());
        if let Some(home) = home
            && let Some(place) = by_id.remove(&id)
            && let Some(known) = by_id.get_mut(&home)
        {
            known.mentions.extend(place.mentions);
        }
    }
    let mut places: Vec<Place> = by_id.into_values().collect();
    for place in &mut places {
        place.mentions.sort_by_key(|mention| mention.span);
        place.roles = place.mentions.iter().map(|mention| mention.role).collect();
    }
    places.sort_by_key(|place| place.mentions.first().map(|mention| mention.span));
    places
}

/// The spots with those of the unlisted names in place of what they lie over.
fn with_unlisted(spots: &[Spot], unlisted: &[unlisted::Name], text: &str) -> Vec<Spot> {
    let mut all: Vec<Spot> = Vec::with_capacity(spots.len() + unlisted.len());
    let mut next = unlisted.iter().peekable();
    for spot in spots {
        while let Some(name) = next.next_if(|name| name.span.start <= spot.span.start) {
            all.push(name.as_spot(text));
        }
        let covered = all.last().is_some_and(|last| last.readings.is_empty() && last.span.overlaps(spot.span))
            || next.peek().is_some_and(|name| name.span.overlaps(spot.span));
        if !covered {
            all.push(spot.clone());
        }
    }
    all.extend(next.map(|name| name.as_spot(text)));
    all
}

/// How sure it is that the group means a place, and this one, 0..=1.
fn certainty(gazetteer: &Gazetteer, book: &PlaceBook, spots: &[Spot], group: &Group, best: &Choice) -> f32 {
    let spot = group.spots.iter().map(|row| spots[*row].probability).fold(0.0, f32::max);
    sure::probability(&book.weights, &sure::features(gazetteer, group, best, spot))
}

/// Countries of these places, sorted.
fn countries_of<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<String> {
    places.filter_map(|place| place.country.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn sentence_at(sentences: &[Span], span: Span) -> Span {
    let row = sentences.partition_point(|sentence| sentence.end <= span.start);
    sentences.get(row).copied().unwrap_or(span)
}

/// A position that the text gives itself.
fn written_place(scene: &Scene<'_>, written: &coordinate::Written, point: LonLat) -> Place {
    let first = scene.words.list().partition_point(|word| word.start < written.span.start);
    let mention = PlaceMention { span: written.span, role: unknown::role(scene, first), metonym: false };
    Place {
        id: PlaceId(format!("point:{:.4},{:.4}", point.lat, point.lon)),
        name: written.span.of(scene.text).to_owned(),
        kind: PlaceKind::Other,
        point: Some(point),
        country: None,
        radius_km: written.radius_km,
        score: WRITTEN,
        candidates: Vec::new(),
        roles: BTreeSet::new(),
        mentions: vec![mention],
        contested: None,
        why: "the article gives the position itself".into(),
    }
}

/// A position in figures is as sure as the writer's typing.
const WRITTEN: f32 = 0.98;

/// "Kanawha River" where only Kanawha is known: its own place, somewhere about there.
fn extend(place: &mut Place, name: &str) {
    let slug = key_of(name).replace(' ', "-");
    place.id = PlaceId(format!("other:~{slug}@{}", place.id.0));
    name.clone_into(&mut place.name);
    place.kind = PlaceKind::Other;
    place.radius_km = place.radius_km.max(NAMED_AFTER_KM);
    place.contested = None;
}

/// How far a river or township may lie from the town it is named after.
const NAMED_AFTER_KM: f32 = 40.0;

/// The reading that is shown.
#[must_use]
pub fn best(group: &Group) -> Option<&Choice> {
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
