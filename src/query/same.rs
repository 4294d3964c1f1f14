//! Reports in many articles → events: which reports tell of one and the same.
//!
//! Two reports are compared in time, place, actors, type and words; the sum of agreement decides, and is told to people
//! reason by reason. Pairs are taken in the order of their agreement, then of their place in the list of articles, so the
//! order of import plays no part.
//!
//! # Limits
//! A report without any day is compared by the days around its article's publication. Statements are never one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::actors::Groups;
use super::filing::hash;
use crate::gazetteer::fold::fold_into;
use crate::model::{
    ActorKind, ActorNo, Event, EventType, Filed, LonLat, Part, PlaceFact, PlaceKind, PlaceNo, PlaceRole, Precision, Report,
    Standing, day_number, days,
};

/// Least salience of a report that is compared with those of other articles: what no desk would list is not looked for.
const LEAST_SALIENCE: f32 = 0.12;

/// Least sum of agreement for two reports to be one event; tuned on `tests/cases/merge/tuned.md`.
pub(super) const ENOUGH: f32 = 4.25;

/// Reports of one bucket that each is compared with: a flood of reports on one day and place is compared with its
/// neighbours only, so that the cost stays linear.
const NEIGHBOURS: usize = 24;

/// What the articles' rows stand for in the merged tables.
pub(super) struct Tables<'a> {
    pub articles: Vec<&'a Filed>,
    pub parts: &'a [Part],
    pub places: &'a [PlaceFact],
    pub actor_kinds: &'a [ActorKind],
}

/// One article's reports of one event, with all that can be compared.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub reports: Vec<Report>,
    kinds: BTreeSet<EventType>,
    /// Days since 1970-01-01; of the article's publication where the text gives none.
    days: Option<(i32, i32)>,
    dated: Dated,
    venues: BTreeSet<PlaceNo>,
    countries: BTreeSet<String>,
    actors: BTreeSet<ActorNo>,
    /// People named in its sentences, with or without a part in it.
    people: BTreeSet<ActorNo>,
    /// Stems as hashes; sorted, none twice.
    triggers: Vec<u64>,
    words: Vec<u64>,
    figures: BTreeMap<String, Vec<f64>>,
    standing: Standing,
    salience: f32,
}

/// How a unit's days are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dated {
    /// A day or less.
    Day,
    /// A longer stretch.
    Stretch,
    /// Taken from the article's other days: no expression of its own says it.
    Guessed,
    /// Only the article's publication is known.
    Published,
}

/// One reason for or against, with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub words: String,
    pub weight: f32,
}

impl Unit {
    pub(super) fn of(tables: &Tables<'_>, article: usize, rows: &[u32]) -> Self {
        let (filed, part) = (tables.articles[article], &tables.parts[article]);
        let number = crate::model::ArticleNo(u32::try_from(article).unwrap_or(u32::MAX));
        let mut unit = Self {
            reports: rows.iter().map(|row| Report { article: number, row: *row }).collect(),
            kinds: BTreeSet::new(),
            days: None,
            dated: Dated::Published,
            venues: BTreeSet::new(),
            countries: BTreeSet::new(),
            actors: BTreeSet::new(),
            people: BTreeSet::new(),
            triggers: Vec::new(),
            words: Vec::new(),
            figures: BTreeMap::new(),
            standing: Standing::Hypothetical,
            salience: 0.0,
        };
        for row in rows {
            let event = &filed.analysis.events[*row as usize];
            unit.kinds.insert(event.kind);
            unit.standing = unit.standing.min(event.standing);
            unit.salience = unit.salience.max(event.salience);
            if let Some(own) = days(&event.when.interval) {
                let exact = matches!(
                    event.when.interval.precision,
                    Precision::Minute | Precision::Hour | Precision::PartOfDay | Precision::Day
                );
                let dated = match (event.when.time, exact && own.0 == own.1) {
                    (None, true) => Dated::Guessed,
                    (_, true) => Dated::Day,
                    (_, false) => Dated::Stretch,
                };
                let width = |days: (i32, i32)| days.1 - days.0;
                if unit.days.is_none_or(|known| width(own) < width(known)) {
                    (unit.days, unit.dated) = (Some(own), dated);
                }
            }
            for place in &event.places {
                let Some(no) = part.places.get(place.place as usize).copied().flatten() else { continue };
                let fact = &tables.places[no.0 as usize];
                if matches!(place.role, PlaceRole::Venue | PlaceRole::Target | PlaceRole::Destination | PlaceRole::Origin) {
                    unit.venues.insert(no);
                    unit.countries.extend(fact.country.clone());
                }
            }
            unit.actors.extend(event.actors.iter().filter_map(|own| part.actors.get(own.actor as usize).copied().flatten()));
            for (own, actor) in filed.analysis.actors.iter().enumerate().filter(|(_, actor)| actor.kind == ActorKind::Person) {
                if actor.mentions.iter().any(|mention| event.sentence.holds(mention.span)) {
                    unit.people.extend(part.actors.get(own).copied().flatten());
                }
            }
            let trigger = super::shown::trigger_words(filed, event);
            unit.triggers.extend(stems(trigger));
            unit.words.extend(stems(filed.wording.sentence(event.sentence)));
            unit.words.extend(stems(&event.summary));
            for figure in &event.figures {
                unit.figures.entry(figure.kind.clone()).or_default().push(figure.value);
            }
        }
        for stems in [&mut unit.triggers, &mut unit.words] {
            stems.sort_unstable();
            stems.dedup();
            stems.shrink_to_fit();
        }
        if unit.days.is_none()
            && let Some(published) = &filed.about.published
        {
            let day = day_number(published.date);
            unit.days = Some((day - 2, day));
        }
        unit
    }
}

/// Stems of the words of four letters and more that are neither names nor of the commonest; as hashes.
fn stems(text: &str) -> impl Iterator<Item = u64> + '_ {
    /// Words that every report has.
    const COMMON: &[&str] = &[
        "about",
        "after",
        "again",
        "also",
        "been",
        "before",
        "being",
        "between",
        "both",
        "could",
        "during",
        "from",
        "have",
        "having",
        "here",
        "into",
        "more",
        "most",
        "much",
        "near",
        "only",
        "other",
        "over",
        "said",
        "says",
        "saying",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "told",
        "under",
        "until",
        "very",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "would",
        "year",
        "years",
        "week",
        "month",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "people",
    ];
    let plain = |word: &&str| word.chars().count() > 3 && word.starts_with(char::is_lowercase);
    text.split(|c: char| !c.is_alphabetic()).filter(plain).filter_map(|word| {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        (!COMMON.contains(&folded.as_str())).then(|| hash(stem(&folded).as_bytes()))
    })
}

/// How many stems two sorted lists share.
fn shared_stems(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|stem| b.binary_search(stem).is_ok()).count()
}

/// Is one of these events weighty enough to be looked for in other articles?
pub(super) fn is_compared<'a>(mut events: impl Iterator<Item = &'a Event>) -> bool {
    events.any(|event| event.salience >= LEAST_SALIENCE && event.kind != EventType::Statement)
}

/// Cuts what inflection adds, roughly: "blasts", "blasted", "blasting" → "blast".
fn stem(word: &str) -> &str {
    for ending in ["ations", "ation", "ings", "ing", "ers", "ied", "ies", "ed", "es", "er", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 4) {
            return stem;
        }
    }
    word
}

/// Types under which two reports may tell the same: a blast is an attack to one and an accident to the other.
fn kinds_agree(a: &BTreeSet<EventType>, b: &BTreeSet<EventType>) -> Option<f32> {
    use EventType as T;
    const KIN: &[&[EventType]] = &[
        &[T::Assault, T::Accident, T::Disaster],
        &[T::Consult, T::Agree, T::Cooperate],
        &[T::Assault, T::Coerce, T::Mobilize],
        &[T::Protest, T::Assault, T::Coerce],
        &[T::Coerce, T::Court, T::Sanction],
        &[T::Accuse, T::Reject, T::Threaten, T::Request],
        &[T::Concede, T::Agree, T::Retreat],
        &[T::Aid, T::Support, T::Cooperate],
        &[T::Business, T::Agree],
        &[T::Sanction, T::Coerce, T::Threaten],
    ];
    let vague = |kind: &EventType| matches!(kind, T::Other | T::Statement);
    if a.intersection(b).any(|kind| !vague(kind)) {
        return Some(1.0);
    }
    let other = |set: &BTreeSet<EventType>| set.iter().any(vague);
    if KIN.iter().any(|kin| kin.iter().any(|kind| a.contains(kind)) && kin.iter().any(|kind| b.contains(kind))) {
        return Some(0.3);
    }
    // "Other" tells nothing: two of them are no more alike than one of them and a known type.
    (other(a) || other(b)).then_some(-0.5)
}

/// Reports for which saying the same words is not being the same event.
fn is_saying(unit: &Unit) -> bool {
    unit.kinds.iter().all(|kind| matches!(kind, EventType::Statement))
}

/// How much speaks for two units being one event, with the reasons; `None` where something rules it out.
pub(super) fn agreement(tables: &Tables<'_>, a: &Unit, b: &Unit) -> Option<Vec<Reason>> {
    if is_saying(a) || is_saying(b) {
        return None;
    }
    let mut reasons: Vec<Reason> = Vec::new();
    let mut say = |weight: f32, words: String| reasons.push(Reason { words, weight });
    let kind = kinds_agree(&a.kinds, &b.kinds)?;
    say(kind, if kind >= 1.0 { "same type".into() } else { "kindred types".into() });
    let (weight, words) = time_agrees(a, b)?;
    say(weight, words.into());
    let (weight, words) = place_agrees(tables, a, b)?;
    say(weight, words);
    let (weight, words) = actors_agree(tables, a, b);
    say(weight, words);
    if !a.people.is_empty() && !b.people.is_empty() && a.people.is_disjoint(&b.people) {
        say(-2.5, "other people are named".into());
    }
    let same_trigger = shared_stems(&a.triggers, &b.triggers) > 0;
    if same_trigger {
        say(1.0, "told by the same word".into());
    }
    let shared = shared_stems(&a.words, &b.words) as f32;
    let cosine = shared / ((a.words.len() * b.words.len()) as f32).sqrt().max(1.0);
    say((cosine * 5.0).min(2.0), format!("{} words shared", shared as u32));
    for (kind, values) in &a.figures {
        let Some(others) = b.figures.get(kind) else { continue };
        if values.iter().any(|value| others.contains(value)) {
            say(1.0, format!("same figure, {kind}"));
        } else if values.iter().all(|value| others.iter().all(|other| value.max(*other) > FAR * value.min(*other))) {
            say(-1.5, format!("figures far apart, {kind}"));
        }
    }
    let doubtful = |unit: &Unit| matches!(unit.standing, Standing::Denied | Standing::Hypothetical);
    if doubtful(a) != doubtful(b) {
        say(-0.7, "one is told as a fact, the other is not".into());
    }
    reasons.retain(|reason| reason.weight != 0.0);
    Some(reasons)
}

/// A toll moves while bodies are found; beyond this factor it is another event's.
const FAR: f64 = 5.0;

fn time_agrees(a: &Unit, b: &Unit) -> Option<(f32, &'static str)> {
    let (Some(first), Some(second)) = (a.days, b.days) else { return Some((-1.0, "one has no day")) };
    let gap = (second.0 - first.1).max(first.0 - second.1);
    let soft = a.dated == Dated::Published || b.dated == Dated::Published;
    match (gap, soft) {
        (..=0, false) if a.dated == Dated::Day && b.dated == Dated::Day => Some((1.5, "same day")),
        (..=0, false) if a.dated == Dated::Guessed || b.dated == Dated::Guessed => Some((0.9, "same day, by what stands around")),
        (..=0, false) => Some((0.7, "days overlap")),
        (..=0, true) => Some((0.2, "day fits the publication")),
        (1, false) => Some((-0.8, "a day apart")),
        (1, true) => Some((-0.4, "a day from the publication")),
        (2, true) => Some((-1.0, "two days from the publication")),
        _ => None,
    }
}

/// Kilometres between two spots that one report may call by the one name and another by the other.
const NEARBY_KM: f64 = 25.0;

fn place_agrees(tables: &Tables<'_>, a: &Unit, b: &Unit) -> Option<(f32, String)> {
    let fact = |no: &PlaceNo| &tables.places[no.0 as usize];
    if a.venues.is_empty() || b.venues.is_empty() {
        return Some((-0.5, "one names no place".into()));
    }
    let spots = |unit: &Unit| -> Vec<PlaceNo> {
        let small: Vec<PlaceNo> = unit.venues.iter().copied().filter(|no| !is_wide(fact(no).kind)).collect();
        small
    };
    let (small_a, small_b) = (spots(a), spots(b));
    if let Some(same) = small_a.iter().find(|no| small_b.contains(no)) {
        return Some((1.8, format!("same place, {}", fact(same).name)));
    }
    if !small_a.is_empty() && !small_b.is_empty() {
        let distance = |one: &PlaceNo, other: &PlaceNo| -> Option<f64> {
            let (from, to): (LonLat, LonLat) = (fact(one).point?, fact(other).point?);
            Some(from.distance_km(to))
        };
        let least =
            small_a.iter().flat_map(|one| small_b.iter().filter_map(move |other| distance(one, other))).min_by(f64::total_cmp);
        return match least {
            Some(km) if km <= NEARBY_KM => Some((1.0, format!("places {km:.0} km apart"))),
            // Two spots that cannot be one.
            Some(km) if km > 80.0 => None,
            Some(km) => Some((-1.5, format!("places {km:.0} km apart"))),
            None => Some((-1.0, "different places".into())),
        };
    }
    if let Some(same) = a.venues.intersection(&b.venues).next() {
        return Some((0.8, format!("same region, {}", fact(same).name)));
    }
    if a.countries.intersection(&b.countries).next().is_some() {
        let both_wide = small_a.is_empty() && small_b.is_empty();
        return Some((if both_wide { 0.6 } else { 0.5 }, "same country".into()));
    }
    if a.countries.is_empty() || b.countries.is_empty() { Some((0.0, String::new())) } else { None }
}

const fn is_wide(kind: PlaceKind) -> bool {
    kind.is_area()
}

fn actors_agree(tables: &Tables<'_>, a: &Unit, b: &Unit) -> (f32, String) {
    let named = |no: &&ActorNo| {
        matches!(tables.actor_kinds[no.0 as usize], ActorKind::Person | ActorKind::Organisation | ActorKind::Government)
    };
    let shared: Vec<&ActorNo> = a.actors.intersection(&b.actors).collect();
    let persons = shared.iter().filter(|no| tables.actor_kinds[no.0 as usize] == ActorKind::Person).count() as f32;
    let bodies = shared.iter().filter(|no| named(no)).count() as f32 - persons;
    let crowds = shared.len() as f32 - persons - bodies;
    let weight = (persons * 1.3 + bodies * 0.8 + crowds * 0.4).min(2.6);
    if weight > 0.0 {
        return (
            weight,
            format!("{} shared", if shared.len() == 1 { "1 actor".into() } else { format!("{} actors", shared.len()) }),
        );
    }
    let people = |unit: &Unit| unit.actors.iter().any(|no| tables.actor_kinds[no.0 as usize] == ActorKind::Person);
    let bodies = |unit: &Unit| unit.actors.iter().filter(named).count();
    if people(a) && people(b) || bodies(a) > 1 && bodies(b) > 1 {
        (-1.3, "different actors".into())
    } else if bodies(a) > 0 && bodies(b) > 0 {
        (-1.2, "different actors".into())
    } else {
        (0.0, String::new())
    }
}

/// Groups the units; each inner list holds rows of `units`, in order.
pub(super) fn same(tables: &Tables<'_>, units: &[Unit]) -> Vec<Vec<usize>> {
    let mut scored: Vec<(f32, usize, usize)> = candidates(units)
        .into_iter()
        .filter(|(a, b)| units[*a].reports[0].article != units[*b].reports[0].article)
        .filter_map(|(a, b)| {
            let sum: f32 = agreement(tables, &units[a], &units[b])?.iter().map(|reason| reason.weight).sum();
            (sum >= ENOUGH).then_some((sum, a, b))
        })
        .collect();
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut groups = Groups::new(units.len());
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for (_, a, b) in scored {
        let (a, b) = (groups.root(a), groups.root(b));
        if a == b {
            continue;
        }
        let (of_a, of_b) = (members.remove(&a).unwrap_or_else(|| vec![a]), members.remove(&b).unwrap_or_else(|| vec![b]));
        if fit(tables, units, &of_a, &of_b) {
            groups.join(a, b);
            let mut both = of_a;
            both.extend(of_b);
            both.sort_unstable();
            members.insert(groups.root(a), both);
        } else {
            members.insert(a, of_a);
            members.insert(b, of_b);
        }
    }
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..units.len() {
        sets.entry(groups.root(at)).or_default().push(at);
    }
    sets.into_values().collect()
}

/// May two groups be one? Most pairs must be able to agree: a chain of likenesses is no likeness.
fn fit(tables: &Tables<'_>, units: &[Unit], a: &[usize], b: &[usize]) -> bool {
    /// Members of each side that are looked at.
    const MOST: usize = 8;
    let article = |at: &usize| units[*at].reports[0].article;
    let (mut sum, mut count) = (0.0, 0.0);
    for one in a.iter().take(MOST) {
        for other in b.iter().take(MOST) {
            let Some(reasons) = agreement(tables, &units[*one], &units[*other]) else { return false };
            let own: f32 = reasons.iter().map(|reason| reason.weight).sum();
            // One article tells an event twice in headline and story; what it tells apart otherwise stays apart.
            if article(one) == article(other) && own < ENOUGH {
                return false;
            }
            sum += own;
            count += 1.0;
        }
    }
    // On the whole nearly as alike as a single pair must be.
    sum / f32::max(count, 1.0) >= ENOUGH - 1.0
}

/// Pairs that share a day, give or take one, and a place, an actor, or a country and a word.
fn candidates(units: &[Unit]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Key {
        Place(u32),
        Actor(u32),
        Trigger(u64),
        /// Type and country, as a hash.
        Kind(u64),
    }
    /// Longest stretch that is looked up day by day: "last month" meets other reports by its first week only.
    const LONGEST: i32 = 7;
    let mut keyed: Vec<((i32, Key), usize)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let Some((from, to)) = unit.days.filter(|_| unit.salience >= LEAST_SALIENCE && !is_saying(unit)) else { continue };
        for day in from..=to.min(from.saturating_add(LONGEST)) {
            let places = unit.venues.iter().map(|no| Key::Place(no.0));
            let actors = unit.actors.iter().map(|no| Key::Actor(no.0));
            let triggers = unit.triggers.iter().map(|word| Key::Trigger(*word));
            let kinds = unit.kinds.iter().flat_map(|kind| {
                unit.countries.iter().map(move |country| Key::Kind(hash(format!("{kind:?} {country}").as_bytes())))
            });
            for key in places.chain(actors).chain(triggers).chain(kinds) {
                keyed.push(((day, key), at));
                if from == to {
                    keyed.push(((day + 1, key), at));
                }
            }
        }
    }
    keyed.sort_unstable();
    keyed.dedup();
    let mut pairs = Vec::new();
    for (at, (key, unit)) in keyed.iter().enumerate() {
        let same = keyed[at + 1..].iter().take(NEIGHBOURS).take_while(|(other, _)| other == key);
        pairs.extend(same.map(|(_, other)| (*unit, *other)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
