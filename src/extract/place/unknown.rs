//! Named venues that no gazetteer knows ("the Al-Nour refugee camp in Gaza") → places at their town, with the town's radius.
//!
//! The pattern: a capitalised name, a noun of a venue, and then where it is: "in", "near", "outside" or a comma, and a place
//! of this article. Shown as a venue whose point is its town's.

use super::cues;
use super::spot::{Scene, Spot};
use crate::gazetteer::fold::{Caps, Join, key_of};
use crate::model::{Place, PlaceId, PlaceKind, PlaceMention, PlaceRole, Span};

/// How much surer the town is than that this is a venue in it.
const CERTAINTY: f32 = 0.7;
/// Words between the venue and its town ("in the southern city of").
const MOST_BETWEEN: usize = 6;

fn is_venue_noun(word: &str) -> bool {
    matches!(
        word,
        "camp"
            | "hospital"
            | "airport"
            | "airfield"
            | "mosque"
            | "palace"
            | "stadium"
            | "prison"
            | "base"
            | "barracks"
            | "crossing"
            | "square"
            | "cathedral"
            | "synagogue"
            | "temple"
            | "hotel"
            | "resort"
            | "port"
            | "checkpoint"
            | "refinery"
            | "market"
            | "mall"
            | "shelter"
            | "dam"
            | "monastery"
            | "shrine"
            | "jail"
            | "plant"
            | "neighbourhood"
            | "neighborhood"
            | "quarter"
            | "church"
    )
}

fn is_venue_modifier(word: &str) -> bool {
    matches!(
        word,
        "refugee"
            | "air"
            | "military"
            | "naval"
            | "detention"
            | "nuclear"
            | "power"
            | "border"
            | "shopping"
            | "army"
            | "general"
            | "international"
            | "medical"
            | "oil"
            | "displacement"
    )
}

/// The venues, each with its one mention. `town` gives the place that a spot was resolved to, where it is shown.
pub(super) fn venues(scene: &Scene<'_>, spots: &[Spot], town: impl Fn(usize) -> Option<Place>) -> Vec<Place> {
    let mut venues = Vec::new();
    for at in 1..scene.words.len() {
        if !is_venue_noun(scene.words.key(at)) || scene.join(at) != Join::Space {
            continue;
        }
        let Some(first) = name_before(scene, spots, at) else { continue };
        let (text, list) = (scene.text, scene.words.list());
        let span = Span::new(list[first].start as usize, list[at].end as usize);
        let from = spots.partition_point(|spot| spot.span.end <= span.start);
        let over = spots[from..].iter().take_while(|spot| spot.span.start < span.end);
        if over.into_iter().any(|spot| spot.probability >= super::SHOWN && !spot.is_demonym) {
            continue;
        }
        let Some(row) = town_after(scene, spots, at + 1) else { continue };
        let Some(mut place) = town(row) else { continue };
        let name = span.of(text);
        place.id = PlaceId(format!("venue:~{}@{}", key_of(name).replace(' ', "-"), place.id.0));
        place.why = format!("a venue that the gazetteer does not know, drawn at {}", place.name);
        name.clone_into(&mut place.name);
        place.kind = PlaceKind::Venue;
        place.score *= CERTAINTY;
        place.candidates.clear();
        place.contested = None;
        place.mentions = vec![PlaceMention { span, role: role(scene, first), metonym: false }];
        venues.push(place);
    }
    venues
}

/// First word of the capitalised name that ends in the noun at `at`.
fn name_before(scene: &Scene<'_>, spots: &[Spot], at: usize) -> Option<usize> {
    let mut first = at;
    while first > 0 && at - first < 5 && matches!(scene.join(first), Join::Space | Join::Hyphen) {
        let word = &scene.words.list()[first - 1];
        let carries_on = word.caps == Caps::Title
            || is_venue_modifier(scene.words.key(first - 1))
            || matches!(scene.words.key(first - 1), "al" | "el");
        if !carries_on || matches!(scene.words.key(first - 1), "the" | "a" | "an" | "at" | "in") {
            break;
        }
        first -= 1;
    }
    while first < at && !scene.is_capital(first) && !matches!(scene.words.key(first), "al" | "el") {
        first += 1;
    }
    let start = scene.words.list().get(first)?.start;
    let row = spots.partition_point(|spot| spot.span.start < start);
    let is_known =
        spots.get(row).is_some_and(|spot| spot.span.start == start && (spot.is_demonym || spot.probability >= super::SHOWN));
    // a lone capital at the start of a sentence is no name
    let is_bare = scene.is_start(first) && at - first == 1;
    let is_name = first < at && !is_known && !is_bare && !is_venue_modifier(scene.words.key(first));
    is_name.then_some(first)
}

/// Row of the spot that says where: "in Gaza", ", near the southern city of Rafah".
fn town_after(scene: &Scene<'_>, spots: &[Spot], past: usize) -> Option<usize> {
    let word = scene.words.key(past);
    let linked = scene.join(past) == Join::Space && matches!(word, "in" | "near" | "outside" | "of" | "at" | "inside")
        || scene.join(past) == Join::Comma && (scene.is_capital(past) || matches!(word, "in" | "near" | "outside"));
    if !linked {
        return None;
    }
    let row = spots.partition_point(|spot| spot.first < past);
    let spot = spots.get(row).filter(|spot| !spot.is_demonym && spot.first < past + MOST_BETWEEN)?;
    let between = (past..spot.first).all(|at| {
        let plain = matches!(scene.words.key(at), "in" | "near" | "outside" | "of" | "at" | "inside" | "the" | "a")
            || cues::is_settlement(scene.words.key(at))
            || cues::is_side(scene.words.key(at));
        plain || scene.words.key(at).ends_with("ern")
    });
    between.then_some(row)
}

/// The role that the words before word `first` give.
pub(super) fn role(scene: &Scene<'_>, first: usize) -> PlaceRole {
    let article = matches!(scene.before(first), "the" | "a" | "an");
    let at = first.saturating_sub(usize::from(article));
    let (word, head) = (scene.before(at), scene.before(at.saturating_sub(1)));
    match word {
        _ if cues::is_blow(word) || cues::is_blow(head) && matches!(word, "on" | "against" | "at" | "in" | "of") => {
            PlaceRole::Target
        }
        word if cues::is_inside(word) => PlaceRole::Venue,
        word if cues::is_away(word) => PlaceRole::Origin,
        word if cues::is_toward(word) => PlaceRole::Destination,
        _ => PlaceRole::Venue,
    }
}
