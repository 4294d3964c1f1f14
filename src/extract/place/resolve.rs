//! Spots of an article → for each name its readings with probabilities, weighed for the whole article at once.
//!
//! Readings of one name are weighed together ("one sense per article", Gale, Church and Yarowsky 1992): "Paris" is Paris
//! everywhere, unless it stands in an administrative pair ("Paris, Texas"), which is its own group unless it is the only pair.
//! A log-linear ranker (weights in `assets/gazetteer/weights.tsv`) sees population, kind, pairs, countries and divisions named,
//! and how near the readings of the other names lie; two rounds, so that what became sure in the first helps the second.

use std::collections::BTreeMap;

use super::role;
use super::spot::{Scene, Spot};
use super::weights::Weights;
use crate::gazetteer::fold::{Join, key_of};
use crate::gazetteer::{Gazetteer, Ref, Sense};
use crate::model::PlaceKind;

/// In the order of `Option::features`.
pub const RANK_FEATURES: [&str; 34] = [
    "population",
    "country",
    "admin1",
    "county",
    "city",
    "region",
    "venue",
    "continent",
    "alternate",
    "by-hand",
    "pair-inside",
    "pair-outside",
    "country-share",
    "division-share",
    "country-named",
    "division-named",
    "sibling-near",
    "sibling-sum",
    "rank",
    "ratio",
    "kind-expected",
    "kind-unexpected",
    "home-near",
    "home-division",
    "seat",
    "bare-county",
    "long-by-hand",
    "sibling-distance",
    "home-country",
    "unresolved-pair",
    "seat-speaks",
    "dominant",
    "dominant-abroad",
    "named-like-seat",
];

/// Row of a feature.
///
/// # Panics
/// On a name that is none of the features, which tests would show.
#[must_use]
pub fn rank_feature(name: &str) -> usize {
    RANK_FEATURES.iter().position(|one| *one == name).expect("features are asked for by names in the table above")
}

/// One reading of a group's name.
#[derive(Clone, Debug)]
pub struct Choice {
    pub place: Ref,
    pub features: [f32; RANK_FEATURES.len()],
    /// Probability among the group's readings, 0..=1.
    pub probability: f32,
    kind: PlaceKind,
    country: String,
    division: String,
    /// Unit vector of its point: distance becomes a dot product.
    vector: [f32; 3],
    population: f32,
    alternate: bool,
}

/// All mentions of one name in one sense.
#[derive(Clone, Debug)]
pub struct Group {
    pub key: String,
    /// Rows of the spots.
    pub spots: Vec<usize>,
    pub choices: Vec<Choice>,
    /// Highest probability of its spots that they mean a place at all.
    weight: f32,
    /// The administrative name after it ("Troy, N.C."), as rows of spots.
    pairs: Vec<usize>,
    /// Some mention is worded as a government ("Washington signals").
    speaks: bool,
    /// Kinds the phrase expects ("the city of", "County").
    expected: Vec<PlaceKind>,
}

/// What is known of where the article was written.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// Towns: of the dateline, of the outlet.
    pub places: Vec<Ref>,
}

/// Logarithms: 100,000 people, and eight times as many as the next.
const LARGE: f32 = 11.5;
const DOMINANT: f32 = 2.08;
/// What the learned weights cannot know: two thirds of the articles they are learned on are American local news, where Athens is
/// in Georgia. Away from a home, a large town or a seat of government is meant whoever else is named. Chosen on 245 well-known
/// cities told beside New York (`tests/it/place.rs`), so that no figure of the corpora fell.
const DOMINANT_PRIOR: f32 = 5.0;
const SEAT_PRIOR: f32 = 3.0;
/// Where the outlet's country has a namesake, so much of that is left.
const HOME_SHARE: f32 = 0.4;
const NEAR_HOME: f32 = 0.15;
const NEAR_OTHERS: f32 = 0.3;
const EARTH_KM: f32 = 6371.0;
/// Groups whose readings count as siblings of the others; keeps the cost linear in the text.
const MOST_SIBLINGS: usize = 48;
/// Readings of a sibling that count.
const SIBLING_CHOICES: usize = 3;

fn vector(gazetteer: &Gazetteer, place: Ref) -> [f32; 3] {
    let point = gazetteer.point(place);
    let (lat, lon) = (point.lat.to_radians(), point.lon.to_radians());
    [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
}

/// Kilometres between two unit vectors, by the chord: exact enough at every length.
fn km(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    let chord = ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt();
    2.0 * EARTH_KM * (chord / 2.0).min(1.0).asin()
}

/// Groups in the order of their first spots.
#[must_use]
pub fn groups(scene: &Scene<'_>, spots: &[Spot], home: &Home, weights: &Weights) -> Vec<Group> {
    let mut groups = gather(scene, spots);
    let evidence = Evidence::of(scene, spots);
    let home: Vec<Choice> = home.places.iter().map(|place| choice(scene.gazetteer, *place, false)).collect();
    for group in &mut groups {
        describe(scene, spots, group, &evidence, &home);
        settle(group, weights);
    }
    for _ in 0..2 {
        let order = by_weight(&groups);
        let siblings: Vec<(usize, Vec<Choice>)> = order
            .iter()
            .take(MOST_SIBLINGS)
            .map(|&row| {
                let mut best = groups[row].choices.clone();
                best.sort_by(|a, b| b.probability.total_cmp(&a.probability));
                best.truncate(SIBLING_CHOICES);
                (row, best)
            })
            .collect();
        let shares = Shares::of(&groups, &siblings);
        for (row, group) in groups.iter_mut().enumerate() {
            look_around(row, group, &siblings, &shares);
            settle(group, weights);
        }
    }
    groups
}

/// Rows of groups, the surest and most frequent first.
fn by_weight(groups: &[Group]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups.len()).filter(|row| groups[*row].weight > 0.3).collect();
    order.sort_by(|a, b| {
        let weight = |row: usize| groups[row].weight * (groups[row].spots.len() as f32).min(4.0);
        weight(*b).total_cmp(&weight(*a)).then(a.cmp(b))
    });
    order
}

/// The place name that follows after a comma and holds it, if it can: "Troy, N.C.".
fn pair_of(scene: &Scene<'_>, spots: &[Spot], row: usize) -> Option<usize> {
    let (spot, next) = (&spots[row], spots.get(row + 1)?);
    let past = spot.first + spot.len;
    let joined = next.first == past && matches!(scene.join(past), Join::Comma | Join::Dot | Join::Space);
    let is_area = next.readings.iter().any(|r| {
        matches!(r.sense, Sense::Name | Sense::Alias)
            && matches!(scene.gazetteer.kind(r.place), PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2)
    });
    (joined && is_area && !next.is_demonym).then_some(row + 1)
}

fn gather(scene: &Scene<'_>, spots: &[Spot]) -> Vec<Group> {
    // (name, name of the pair) → group
    let mut by_name: BTreeMap<(String, String), Group> = BTreeMap::new();
    for (row, spot) in spots.iter().enumerate().filter(|(_, spot)| !spot.is_demonym) {
        let pair = pair_of(scene, spots, row);
        let name = (spot.key.clone(), pair.map_or(String::new(), |pair| spots[pair].key.clone()));
        let group = by_name.entry(name).or_insert_with(|| Group {
            key: spot.key.clone(),
            spots: Vec::new(),
            choices: Vec::new(),
            weight: 0.0,
            pairs: Vec::new(),
            expected: Vec::new(),
            speaks: false,
        });
        group.spots.push(row);
        group.weight = group.weight.max(spot.probability);
        group.pairs.extend(pair);
        group.expected.extend(expected_kinds(scene, spot));
        group.speaks |= role::role(scene, spots, row, PlaceKind::City, true).1;
        for reading in spot.readings.iter().filter(|r| matches!(r.sense, Sense::Name | Sense::Alias)) {
            if !group.choices.iter().any(|choice| choice.place == reading.place) {
                // the names in the tables written by hand are all current ones
                let alternate = reading.sense == Sense::Alias && !scene.gazetteer.is_by_hand(reading.place);
                group.choices.push(choice(scene.gazetteer, reading.place, alternate));
            }
        }
    }
    // mentions without a pair join the first group of that name with one
    let mut groups: Vec<Group> = Vec::new();
    let mut alone: Vec<Group> = Vec::new();
    for ((_, pair), group) in by_name {
        if pair.is_empty() { alone.push(group) } else { groups.push(group) }
    }
    groups.sort_by_key(|group| group.spots[0]);
    let mut paired: BTreeMap<String, usize> = BTreeMap::new();
    for (row, group) in groups.iter().enumerate() {
        paired.entry(group.key.clone()).or_insert(row);
    }
    for group in alone {
        match paired.get(&group.key) {
            Some(row) => {
                let other = &mut groups[*row];
                other.spots.extend(group.spots);
                other.spots.sort_unstable();
                other.weight = other.weight.max(group.weight);
                other.expected.extend(group.expected);
                other.speaks |= group.speaks;
                for choice in group.choices {
                    if !other.choices.iter().any(|c| c.place == choice.place) {
                        other.choices.push(choice);
                    }
                }
            }
            None => groups.push(group),
        }
    }
    groups.sort_by_key(|group| group.spots[0]);
    for group in &mut groups {
        thin(scene.gazetteer, group);
    }
    groups
}

/// Leaves out readings that another one stands for: a division named like its chief town ("Aleppo" is the city unless the
/// phrase says otherwise), and an alternate name where a place near by has it as its main name ("New Delhi" is not Delhi).
fn thin(gazetteer: &Gazetteer, group: &mut Group) {
    let towns: Vec<([f32; 3], bool)> =
        group.choices.iter().filter(|c| c.kind == PlaceKind::City).map(|c| (c.vector, c.alternate)).collect();
    let divisions = group.expected.contains(&PlaceKind::Admin1);
    group.choices.retain(|c| match c.kind {
        PlaceKind::Admin1 if !divisions && !gazetteer.is_by_hand(c.place) => {
            !towns.iter().any(|(vector, _)| km(vector, &c.vector) < CHIEF_TOWN_KM)
        }
        PlaceKind::City if c.alternate => {
            !towns.iter().any(|(vector, alternate)| !alternate && km(vector, &c.vector) < SAME_TOWN_KM)
        }
        _ => true,
    });
}

/// A division's chief town lies no farther from its middle.
const CHIEF_TOWN_KM: f32 = 200.0;
/// Two towns of one name nearer than this are one conurbation.
const SAME_TOWN_KM: f32 = 40.0;

fn choice(gazetteer: &Gazetteer, place: Ref, alternate: bool) -> Choice {
    Choice {
        place,
        features: [0.0; RANK_FEATURES.len()],
        probability: 0.0,
        kind: gazetteer.kind(place),
        country: gazetteer.country_code(place),
        division: key_of(gazetteer.division(place)),
        vector: vector(gazetteer, place),
        population: (gazetteer.population(place) as f32 + 1.0).ln(),
        alternate,
    }
}

fn expected_kinds(scene: &Scene<'_>, spot: &Spot) -> Vec<PlaceKind> {
    let past = spot.first + spot.len;
    let (before, after) = (scene.before(spot.first), scene.after(past));
    let head = if before == "of" { scene.before(spot.first - 1) } else { "" };
    if matches!(scene.list_noun(past), "counties" | "parishes") {
        return vec![PlaceKind::Admin2];
    }
    match (head, after) {
        (_, "county" | "counties" | "parish") => vec![PlaceKind::Admin2],
        ("state" | "states" | "province" | "oblast" | "region", _)
        | (_, "state" | "states" | "province" | "oblast" | "governorate" | "prefecture" | "region" | "krai") => {
            vec![PlaceKind::Admin1, PlaceKind::Region, PlaceKind::Country]
        }
        ("city" | "town" | "village" | "port" | "suburb" | "suburbs" | "capital" | "outskirts" | "streets" | "resort", _)
        | (_, "city" | "suburb" | "police" | "mayor" | "resident" | "residents") => vec![PlaceKind::City, PlaceKind::Venue],
        _ => Vec::new(),
    }
}

/// Countries and divisions that the article names outright.
#[derive(Default)]
struct Evidence {
    countries: BTreeMap<String, f32>,
    divisions: BTreeMap<(String, String), f32>,
}

impl Evidence {
    fn of(scene: &Scene<'_>, spots: &[Spot]) -> Self {
        let mut evidence = Self::default();
        for spot in spots.iter().filter(|spot| spot.probability > 0.4) {
            let Some(reading) = spot.readings.first() else { continue };
            let kind = scene.gazetteer.kind(reading.place);
            let country = scene.gazetteer.country_code(reading.place);
            if matches!(kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region) && !country.is_empty() {
                if kind == PlaceKind::Admin1 {
                    let division = key_of(scene.gazetteer.name(reading.place));
                    *evidence.divisions.entry((country.clone(), division)).or_default() += spot.probability;
                }
                *evidence.countries.entry(country).or_default() += spot.probability;
            }
        }
        evidence
    }
}

fn holds(outer: &Choice, inner: &Choice) -> bool {
    outer.country == inner.country
        && outer.place != inner.place
        && match outer.kind {
            PlaceKind::Country => true,
            // Natural Earth's British divisions are counties, which lie in England, Scotland …
            PlaceKind::Admin1 => outer.division == inner.division || outer.country == "GB",
            PlaceKind::Admin2 => inner.kind != PlaceKind::Admin2 && km(&outer.vector, &inner.vector) < 70.0,
            _ => false,
        }
}

fn describe(scene: &Scene<'_>, spots: &[Spot], group: &mut Group, evidence: &Evidence, home: &[Choice]) {
    let outers: Vec<Choice> = group
        .pairs
        .iter()
        .flat_map(|row| &spots[*row].readings)
        .filter(|r| matches!(r.sense, Sense::Name | Sense::Alias))
        .map(|r| choice(scene.gazetteer, r.place, false))
        .filter(|outer| matches!(outer.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2))
        .collect();
    let inside: Vec<bool> = group.choices.iter().map(|c| outers.iter().any(|outer| holds(outer, c))).collect();
    let any_inside = inside.iter().any(|inside| *inside);
    let most = group.choices.iter().map(|c| c.population).fold(0.0, f32::max);
    let mut ranks: Vec<usize> = (0..group.choices.len()).collect();
    ranks.sort_by(|a, b| group.choices[*b].population.total_cmp(&group.choices[*a].population).then(a.cmp(b)));
    let words = group.key.split(' ').count();
    // "Washington" is the seat before it is the state
    let like_seat = group.choices.iter().any(|c| c.kind == PlaceKind::City && scene.gazetteer.seat_of(c.place).is_some());
    // a large town beside which all others of its name are small: "Geneva"
    let dominant = ranks.first().copied().filter(|first| {
        let (top, next) = (&group.choices[*first], ranks.get(1).map_or(0.0, |next| group.choices[*next].population));
        top.population >= LARGE && top.population - next >= DOMINANT && matches!(top.kind, PlaceKind::City)
    });
    let is = |truth: bool| f32::from(u8::from(truth));
    for (rank, row) in ranks.into_iter().enumerate() {
        let expected = group.expected.clone();
        let c = &mut group.choices[row];
        let region = matches!(c.kind, PlaceKind::Region | PlaceKind::Water | PlaceKind::Mountain | PlaceKind::District);
        let by_hand = !matches!(c.kind, PlaceKind::City | PlaceKind::Admin2) && scene.gazetteer.is_by_hand(c.place);
        let division = (c.country.clone(), c.division.clone());
        let counts = !matches!(c.kind, PlaceKind::Country);
        let near = home.iter().map(|h| km(&h.vector, &c.vector)).fold(f32::INFINITY, f32::min);
        let values = [
            c.population / 16.6,
            is(c.kind == PlaceKind::Country),
            is(c.kind == PlaceKind::Admin1),
            is(c.kind == PlaceKind::Admin2),
            is(c.kind == PlaceKind::City),
            is(region),
            is(c.kind == PlaceKind::Venue),
            is(c.kind == PlaceKind::Continent),
            is(c.alternate),
            is(by_hand),
            is(inside[row]),
            is(any_inside && !inside[row]),
            0.0,
            0.0,
            is(counts && evidence.countries.contains_key(&c.country)),
            is(counts && c.kind != PlaceKind::Admin1 && evidence.divisions.contains_key(&division)),
            0.0,
            0.0,
            1.0 / (1.0 + rank as f32),
            (c.population - most) / 16.6,
            is(expected.contains(&c.kind)),
            is(!expected.is_empty() && !expected.contains(&c.kind)),
            (-near / 80.0).exp(),
            is(home.iter().any(|h| h.country == c.country && h.division == c.division && !c.division.is_empty())),
            is(scene.gazetteer.seat_of(c.place).is_some()),
            is(c.kind == PlaceKind::Admin2 && c.alternate),
            is(by_hand && words > 1),
            0.0,
            is(home.iter().any(|h| h.country == c.country)),
            is(!outers.is_empty() && !any_inside && c.kind == PlaceKind::City),
            is(group.speaks && scene.gazetteer.seat_of(c.place).is_some()),
            is(dominant == Some(row)),
            is(dominant == Some(row) && !home.iter().any(|h| h.country == c.country)),
            is(like_seat && c.kind == PlaceKind::Admin1),
        ];
        c.features = values;
    }
}

/// How much of the article's weight lies in each country and division, leaving out one group at a time.
struct Shares {
    countries: BTreeMap<String, f32>,
    divisions: BTreeMap<(String, String), f32>,
    own: BTreeMap<usize, Vec<(String, String, f32)>>,
    whole: f32,
}

impl Shares {
    fn of(groups: &[Group], siblings: &[(usize, Vec<Choice>)]) -> Self {
        let mut shares = Self { countries: BTreeMap::new(), divisions: BTreeMap::new(), own: BTreeMap::new(), whole: 0.0 };
        for (row, best) in siblings {
            let weight = groups[*row].weight;
            shares.whole += weight;
            for c in best.iter().filter(|c| c.kind != PlaceKind::Continent) {
                let share = weight * c.probability;
                *shares.countries.entry(c.country.clone()).or_default() += share;
                *shares.divisions.entry((c.country.clone(), c.division.clone())).or_default() += share;
                shares.own.entry(*row).or_default().push((c.country.clone(), c.division.clone(), share));
            }
        }
        shares
    }

    fn look(&self, row: usize, c: &Choice) -> (f32, f32) {
        let own = self.own.get(&row).map_or(&[][..], Vec::as_slice);
        let (mut country, mut division, mut whole) = (
            self.countries.get(&c.country).copied().unwrap_or(0.0),
            self.divisions.get(&(c.country.clone(), c.division.clone())).copied().unwrap_or(0.0),
            self.whole,
        );
        for (own_country, own_division, share) in own {
            whole -= share;
            if *own_country == c.country {
                country -= share;
                if *own_division == c.division {
                    division -= share;
                }
            }
        }
        let whole = whole.max(0.5);
        (country / whole, if c.division.is_empty() { 0.0 } else { division / whole })
    }
}

fn look_around(row: usize, group: &mut Group, siblings: &[(usize, Vec<Choice>)], shares: &Shares) {
    for c in &mut group.choices {
        let (mut near, mut sum, mut nearest) = (0.0_f32, 0.0_f32, f32::INFINITY);
        for (_, best) in siblings.iter().filter(|(other, _)| *other != row) {
            for other in best.iter().filter(|o| !matches!(o.kind, PlaceKind::Country | PlaceKind::Continent)) {
                let distance = km(&c.vector, &other.vector);
                near = near.max(other.probability * (-distance / 50.0).exp());
                sum += other.probability * (-distance / 150.0).exp();
                if other.probability > 0.5 {
                    nearest = nearest.min(distance);
                }
            }
        }
        let (country, division) = shares.look(row, c);
        let is_country = c.kind == PlaceKind::Country;
        c.features[12] = if is_country { 0.0 } else { country };
        c.features[13] = if is_country { 0.0 } else { division };
        c.features[16] = near;
        c.features[17] = sum.tanh();
        c.features[27] = if nearest.is_finite() { -(nearest / 100.0).ln_1p() / 5.0 } else { -0.5 };
    }
}

/// Features → probabilities.
fn settle(group: &mut Group, weights: &Weights) {
    // near the outlet's home or other places of the article, or in a pair that says so, a small namesake may be meant
    let near = ["home-near", "home-division", "pair-inside"].map(rank_feature);
    let beside = rank_feature("sibling-near");
    let prominent = ["dominant", "seat"].map(rank_feature);
    let is_small = |c: &&Choice| prominent.iter().all(|row| c.features[*row] == 0.0);
    let is_local = group
        .choices
        .iter()
        .filter(is_small)
        .any(|c| near.iter().any(|row| c.features[*row] > NEAR_HOME) || c.features[beside] > NEAR_OTHERS);
    let is_home = group.choices.iter().any(|c| c.features[rank_feature("home-country")] > 0.0);
    // Singapore is the country before it is its seat
    let is_state = group.choices.iter().any(|c| c.kind == PlaceKind::Country);
    let known = |c: &Choice| {
        let told = |name: &str| c.features[rank_feature(name)];
        let prior = told("dominant") * DOMINANT_PRIOR + told("seat") * SEAT_PRIOR;
        match (is_local || is_state, is_home) {
            (true, _) => 0.0,
            (false, true) => prior * HOME_SHARE,
            (false, false) => prior,
        }
    };
    let learned = |c: &Choice| c.features.iter().zip(&weights.rank).map(|(f, w)| f * w).sum::<f32>();
    let scores: Vec<f32> = group.choices.iter().map(|c| learned(c) + known(c)).collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let whole: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    for (c, score) in group.choices.iter_mut().zip(scores) {
        c.probability = (score - top).exp() / whole;
    }
}

/// The reasons that spoke most for a choice, in words.
#[must_use]
pub fn reasons(choice: &Choice, weights: &Weights) -> String {
    let mut parts: Vec<(f32, &str)> = choice
        .features
        .iter()
        .zip(&weights.rank)
        .zip(RANK_FEATURES)
        .map(|((feature, weight), name)| (feature * weight, name))
        .filter(|(part, _)| part.abs() > 0.05)
        .collect();
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
    let words: Vec<String> = parts.iter().take(4).map(|(part, name)| format!("{name} {part:+.1}")).collect();
    words.join(", ")
}
