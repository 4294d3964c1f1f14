//! Names that the words around them make places and that no gazetteer knows → places about the town or province that the
//! sentence ties them to, with its radius, or places without position where nothing ties them.
//!
//! A name is taken from the proposals of the name pass ("in Hawsh Nasri") and from nouns that say it outright ("the villages of
//! Ansar, Shufra and Qarasi", "Sewry district"). First its spelling is looked up in the countries in question ("Deir Ezzor" for
//! "Dayr az Zawr"); then it is put at its anchor: "in Uvira", "Miami's Little Havana", the place next to it in the sentence.

use super::cues;
use super::spot::{SPOT_FEATURES, Scene, Spot};
use crate::extract::NameKind;
use crate::gazetteer::Ref;
use crate::gazetteer::fold::{Caps, Join, key_of};
use crate::model::{LonLat, Place, PlaceId, PlaceKind, Span};

/// A proposed location whose wording is a place's is taken from this score on. Tuned on LGL, TR-News and `GeoWebNews`, where
/// names without such wording ("Nollywood said") were places in less than half of the cases.
const TOLD: f32 = 0.6;
/// Of names tied to a place, so many lie within its radius and 100 km; of those looked up under another spelling, so many are
/// the town found. Measured on the same corpora.
const TIED: f32 = 0.6;
const SPELLED: f32 = 0.6;
/// Words of a name, and members of a list of names, at most.
const LONGEST: usize = 5;
const LONGEST_LIST: usize = 24;
/// A village lies so far from the town that it is told by, at most in most cases.
const AROUND_KM: f32 = 15.0;
/// Wider places tell next to nothing of where in them.
const WIDEST_KM: f32 = 250.0;
/// Words between a name and the place it is tied to ("in the southern province of").
const MOST_BETWEEN: usize = 7;

/// A name and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub first: usize,
    pub len: usize,
    pub span: Span,
    /// Probability that it means a place.
    pub score: f32,
    /// Row of the spot whose readings were all doubted.
    pub doubted: bool,
}

impl Name {
    pub fn of_spot(spot: &Spot) -> Self {
        Self { first: spot.first, len: spot.len, span: spot.span, score: spot.probability, doubted: true }
    }

    /// As a spot without readings, so that its role is read like any other's.
    pub fn as_spot(&self, text: &str) -> Spot {
        Spot {
            first: self.first,
            len: self.len,
            span: self.span,
            key: key_of(self.span.of(text)),
            readings: Vec::new(),
            is_extended: false,
            is_demonym: false,
            features: [0.0; SPOT_FEATURES.len()],
            probability: self.score,
        }
    }
}

/// Nouns after or before "of" that make a capitalised word a place.
fn is_ground(word: &str) -> bool {
    cues::is_settlement(word)
        || cues::is_division(word)
        || matches!(
            word,
            "neighbourhood"
                | "neighborhood"
                | "neighbourhoods"
                | "neighborhoods"
                | "district"
                | "districts"
                | "villages"
                | "towns"
                | "settlements"
                | "suburbs"
                | "quarter"
                | "hamlet"
                | "commune"
                | "municipality"
                | "subdistrict"
                | "township"
                | "mountains"
                | "hills"
                | "valley"
                | "countryside"
                | "camp"
                | "locality"
                | "raion"
        )
}

/// The names, in text order, apart from one another and from what is shown. `is_shown` tells it of a row of `spots`.
pub(super) fn names(scene: &Scene<'_>, spots: &[Spot], is_shown: impl Fn(usize) -> bool) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let free = |span: Span| {
        let from = spots.partition_point(|spot| spot.span.end <= span.start);
        (from..spots.len()).take_while(|row| spots[*row].span.start < span.end).all(|row| !is_shown(row))
    };
    let list = scene.words.list();
    for name in scene.names.iter().filter(|name| name.kind == NameKind::Location && name.score >= TOLD) {
        let first = list.partition_point(|word| word.start < name.span.start);
        let past = list.partition_point(|word| word.start < name.span.end);
        let past = if past > first + 1 && scene.words.key(past - 1) == "s" { past - 1 } else { past };
        if first >= past || !is_placed(scene, spots, first, past) {
            continue;
        }
        push(scene, &mut found, first, past, name.score, &free);
    }
    #[allow(clippy::needless_range_loop)] // most of what it asks is asked of the scene by number
    for at in 1..list.len() {
        let word = scene.words.key(at);
        if list[at].caps != Caps::Lower || !is_ground(word) {
            continue;
        }
        // "Sewry district"
        let first = run_before(scene, at);
        if first < at && scene.join(at) == Join::Space && !(scene.is_start(first) && at - first == 1) {
            push(scene, &mut found, first, at, TOLD, &free);
        }
        // "the villages of Ansar, Shufra and Qarasi"
        if scene.words.key(at + 1) != "of" || scene.join(at + 1) != Join::Space {
            continue;
        }
        let (mut from, mut joined) = (at + 2, scene.join(at + 2) == Join::Space);
        for _ in 0..LONGEST_LIST {
            let past = run_after(scene, from);
            if past == from || !joined {
                break;
            }
            push(scene, &mut found, from, past, TOLD, &free);
            let and = matches!(scene.words.key(past), "and" | "or");
            joined = scene.join(past) == Join::Comma || and && scene.join(past) == Join::Space;
            from = past + usize::from(and);
        }
    }
    found.sort_by_key(|name| (name.span, std::cmp::Reverse(name.len)));
    let mut end = 0;
    found.retain(|name| {
        let apart = name.span.start >= end;
        end = end.max(name.span.end);
        apart
    });
    found
}

fn push(scene: &Scene<'_>, found: &mut Vec<Name>, first: usize, past: usize, score: f32, free: &impl Fn(Span) -> bool) {
    let list = scene.words.list();
    let span = Span::new(list[first].start as usize, list[past - 1].end as usize);
    let key = key_of(span.of(scene.text));
    let person = scene.names.iter().any(|name| {
        matches!(name.kind, NameKind::Person | NameKind::Organisation) && name.score >= 0.7 && name.span.overlaps(span)
    });
    let word = past - first == 1 && (scene.is_word(first) || cues::is_calendar(&key) || key.len() < 3);
    // "the South" is not told apart from the direction, nor most codes from words
    let address = past - first == 1 && (passes(&key) || key.len() < 4 && scene.is_shout(first));
    let origin = !scene.gazetteer.demonyms(span.of(scene.text)).is_empty();
    if !person && !word && !address && !origin && !scene.lists.is_no_place(&key) && scene.is_capital(first) && free(span) {
        found.push(Name { first, len: past - first, span, score, doubted: false });
    }
}

/// Is the name worded as a place: after a preposition of place, beside a noun of ground, in a list with a place?
fn is_placed(scene: &Scene<'_>, spots: &[Spot], first: usize, past: usize) -> bool {
    let mut at = first;
    while at > 0 && first - at < 3 && passes(scene.before(at)) {
        at -= 1;
    }
    let before = scene.before(at);
    let row = spots.partition_point(|spot| spot.first < past);
    let listed = spots.get(row).is_some_and(|next| next.first <= past + 1 && next.probability >= super::SHOWN);
    cues::is_inside(before)
        || matches!(before, "from" | "to" | "toward" | "towards" | "of")
        || is_ground(scene.after(past))
        || is_ground(before)
        || listed
}

fn passes(word: &str) -> bool {
    word.ends_with("ern") || matches!(word, "the" | "nearby" | "central" | "north" | "south" | "east" | "west" | "rural" | "old")
}

/// First word of the capitalised run that ends before `past`.
fn run_before(scene: &Scene<'_>, past: usize) -> usize {
    let mut first = past;
    while first > 0 && past - first < LONGEST {
        let joined = first == past || matches!(scene.join(first), Join::Space | Join::Hyphen | Join::Apostrophe);
        let key = scene.words.key(first - 1);
        let goes_on = scene.is_capital(first - 1) || matches!(key, "al" | "el" | "ul") || key == "s" && first < past;
        if !joined || !goes_on {
            break;
        }
        first -= 1;
    }
    // a sentence's first word is capital whatever it is
    if first < past && scene.is_start(first) && scene.is_word(first) { first + 1 } else { first }
}

/// Past the capitalised run that begins at `first`.
fn run_after(scene: &Scene<'_>, first: usize) -> usize {
    let mut past = first;
    while past - first < LONGEST {
        let joined = past == first || matches!(scene.join(past), Join::Space | Join::Hyphen | Join::Apostrophe);
        let key = scene.words.key(past);
        let particle = matches!(key, "al" | "el" | "ul" | "de" | "la") && scene.is_capital(past + 1);
        let owned = scene.join(past) == Join::Apostrophe && key == "s";
        if !joined || owned || !(scene.is_capital(past) || particle) {
            break;
        }
        past += 1;
    }
    past
}

/// What a name is tied to.
struct Anchor {
    place: Place,
    /// "near Uvira" rather than in it.
    is_beside: bool,
}

/// A name → its place, without mentions. `town`: the place that a spot was resolved to, where it is shown; `sentence`: the one
/// that the name stands in.
pub(super) fn place<'p>(
    scene: &Scene<'_>,
    spots: &[Spot],
    name: &Name,
    sentence: Span,
    countries: &[String],
    town: impl Fn(usize) -> Option<&'p Place>,
) -> Place {
    let text = name.span.of(scene.text);
    let anchor = anchor(scene, spots, name, sentence, &town);
    if let Some(place) = (!name.doubted).then(|| spelled(scene, text, anchor.as_ref(), countries)).flatten() {
        let mut place = super::plain_place(scene.gazetteer, place, "spelled otherwise in the gazetteer");
        place.score = name.score * SPELLED;
        return place;
    }
    let slug = key_of(text).replace(' ', "-");
    let mut place = Place {
        id: PlaceId(format!("other:~{slug}")),
        name: text.to_owned(),
        kind: PlaceKind::Other,
        point: None,
        country: None,
        radius_km: 0.0,
        score: name.score * TIED,
        candidates: Vec::new(),
        roles: std::collections::BTreeSet::new(),
        mentions: Vec::new(),
        contested: None,
        why: "no gazetteer knows this name, and nothing in the article says where it lies".into(),
    };
    if let Some(Anchor { place: near, is_beside }) = anchor {
        place.country.clone_from(&near.country);
        if near.radius_km <= WIDEST_KM && near.kind != PlaceKind::Country && near.point.is_some() {
            place.id = PlaceId(format!("other:~{slug}@{}", near.id.0));
            place.point = near.point;
            place.radius_km = if is_beside { near.radius_km.max(AROUND_KM) * 1.5 } else { near.radius_km.max(AROUND_KM) };
            place.why =
                format!("no gazetteer knows this name; the sentence ties it to {}, so it is drawn about there", near.name);
        } else {
            place.why = format!("no gazetteer knows this name; the sentence says no more than {}", near.name);
        }
    }
    place
}

/// The town that the gazetteer spells otherwise, in a country in question and not far from the anchor.
fn spelled(scene: &Scene<'_>, text: &str, anchor: Option<&Anchor>, countries: &[String]) -> Option<Ref> {
    let gazetteer = scene.gazetteer;
    let near = anchor.filter(|a| a.place.kind != PlaceKind::Country).and_then(|a| Some((a.place.point?, a.place.radius_km)));
    let fits = |place: &Ref| {
        let country = gazetteer.country_code(*place);
        let told = match anchor.and_then(|anchor| anchor.place.country.as_ref()) {
            Some(one) => *one == country,
            None => countries.contains(&country),
        };
        let km = |point: LonLat| gazetteer.point(*place).distance_km(point);
        told && near.is_none_or(|(point, radius)| km(point) < f64::from(radius) * 1.5 + 60.0)
    };
    gazetteer.spelled_like(text).filter(fits).max_by_key(|place| (gazetteer.population(*place), std::cmp::Reverse(*place)))
}

/// The place that the sentence ties the name to.
fn anchor<'p>(
    scene: &Scene<'_>,
    spots: &[Spot],
    name: &Name,
    sentence: Span,
    town: &impl Fn(usize) -> Option<&'p Place>,
) -> Option<Anchor> {
    let shown = |row: usize| town(row).filter(|place| place.kind != PlaceKind::Continent);
    // "Sewry district of Zabol", "Mutarule, in the territory of Uvira"
    let mut past = name.first + name.len;
    while is_ground(scene.after(past)) || scene.after(past) == "refugee" {
        past += 1;
    }
    let word = scene.words.key(past);
    let comma = scene.join(past) == Join::Comma;
    let links = |word: &str| matches!(word, "in" | "near" | "outside" | "of" | "inside" | "around" | "within");
    if (comma || scene.join(past) == Join::Space) && (links(word) || comma && scene.is_capital(past)) {
        let row = spots.partition_point(|spot| spot.first < past);
        let near = (row..spots.len().min(row + 2))
            .filter(|row| !spots[*row].is_demonym && spots[*row].first < past + MOST_BETWEEN)
            .find_map(|row| Some((row, shown(row)?)));
        if let Some((row, place)) = near {
            let straight = (past..spots[row].first).all(|at| {
                let key = scene.words.key(at);
                links(key) || passes(key) || key == "a" || is_ground(key) || cues::is_side(key) || scene.is_capital(at)
            });
            if straight {
                return Some(Anchor { place: place.clone(), is_beside: matches!(word, "near" | "outside" | "around") });
            }
        }
    }
    // "Miami's Little Havana", "Baghdad's northern Adhamiyah district"
    let row = spots.partition_point(|spot| spot.first < name.first);
    if let Some((spot, place)) = row.checked_sub(1).and_then(|row| Some((&spots[row], shown(row)?))) {
        let last = spot.first + spot.len - 1;
        if scene.is_possessive(last) && last + 2 <= name.first && (last + 2..name.first).all(|at| passes(scene.words.key(at))) {
            return Some(Anchor { place: place.clone(), is_beside: false });
        }
    }
    // the nearest place of the sentence, a province or town before a country
    let from = spots.partition_point(|spot| spot.span.end <= sentence.start);
    (from..spots.len())
        .take_while(|row| spots[*row].span.start < sentence.end)
        .filter(|row| !spots[*row].is_demonym && spots[*row].span != name.span)
        .filter_map(|row| Some((row, shown(row)?)))
        .min_by_key(|(row, place)| (place.kind == PlaceKind::Country, spots[*row].first.abs_diff(name.first)))
        .map(|(_, place)| Anchor { place: place.clone(), is_beside: true })
}
