//! An event with the places its clause gives, and every place its sentence names → which of them it happens at.
//!
//! The rules of `venue` read the tree, and the tree is sometimes wrong. A logistic model over some thirty features (what the
//! rules say, preposition, distance in words and in the tree, kinds, "X in Y" pairs) takes away what they took in error and adds
//! what they missed. Its weights (`assets/lang/en/events_where.tsv`) are learned by `dateline-assets where-learn`; they look at
//! classes of words only, so nothing of a training text is remembered.

use std::sync::LazyLock;

use super::book::Cue;
use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{Analysis, EventPlace, EventType, PlaceKind, PlaceRole, Span};

const TABLE: &str = include_str!("../../../assets/lang/en/events_where.tsv");

/// In the order of `Site::features`.
pub const WHERE_FEATURES: [&str; 46] = [
    "bias",
    "rule-venue",
    "rule-target",
    "rule-route",
    "rule-other-venue",
    "rule-none",
    "role-venue",
    "role-origin-word",
    "role-target",
    "role-destination",
    "role-origin",
    "role-dateline",
    "role-capital",
    "country",
    "division",
    "region",
    "below-city",
    "unlisted",
    "inside-preposition",
    "route-preposition",
    "possessive",
    "before-noun",
    "after-noun-of-ground",
    "tree-near",
    "tree-distance",
    "no-path",
    "clause-between",
    "word-distance",
    "after-trigger",
    "verb-between",
    "has-finer",
    "is-finer",
    "nearest",
    "only-place",
    "same-list",
    "violence",
    "verb",
    "statement",
    "violence-venue",
    "violence-target",
    "rule-venue-country",
    "origin-word-finer",
    "nearest-venue",
    "only-venue",
    "rule-none-venue",
    "move",
];

/// Probability from which a place that the rules did not give is added, and below which one that they gave is dropped. Between
/// them the rules stand. Tuned on the event-location sentences, and so that no figure of the events fell.
const ADDED: f32 = 0.42;
const DROPPED: f32 = 0.38;

static WEIGHTS: LazyLock<[f32; WHERE_FEATURES.len()]> = LazyLock::new(|| {
    let mut weights = [0.0; WHERE_FEATURES.len()];
    for (name, value) in TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        if let Some(row) = WHERE_FEATURES.iter().position(|one| *one == name) {
            weights[row] = value.parse().unwrap_or(0.0);
        }
    }
    weights
});

/// One place that a sentence names, looked at for one event of it.
#[derive(Clone, Debug)]
pub struct Site {
    /// Row in the analysis.
    pub place: u32,
    pub span: Span,
    pub features: [f32; WHERE_FEATURES.len()],
    role: PlaceRole,
}

impl Site {
    fn probability(&self) -> f32 {
        let score: f32 = self.features.iter().zip(WEIGHTS.iter()).map(|(feature, weight)| feature * weight).sum();
        1.0 / (1.0 + (-score).exp())
    }
}

/// A mention of a place, by the tokens it covers.
#[derive(Clone, Copy)]
struct Stand {
    place: u32,
    first: usize,
    last: usize,
    span: Span,
    role: PlaceRole,
    metonym: bool,
    kind: PlaceKind,
    /// Put at another place of the article because no gazetteer knows it.
    unlisted: bool,
}

/// All mentions of places, in text order.
pub struct Stands(Vec<Stand>);

impl Stands {
    pub fn of(reader: &Reader<'_>, analysis: &Analysis) -> Self {
        let tokens = &reader.tree.parsed.tokens;
        let mut stands = Vec::new();
        for (row, place) in analysis.places.iter().enumerate() {
            for mention in &place.mentions {
                let first = tokens.partition_point(|token| token.span.end <= mention.span.start);
                let past = tokens.partition_point(|token| token.span.start < mention.span.end);
                if first < past {
                    stands.push(Stand {
                        place: row as u32,
                        first,
                        last: past - 1,
                        span: mention.span,
                        role: mention.role,
                        metonym: mention.metonym,
                        kind: place.kind,
                        unlisted: place.id.0.starts_with("other:~"),
                    });
                }
            }
        }
        stands.sort_by_key(|stand| (stand.first, stand.last));
        Self(stands)
    }

    fn between(&self, from: usize, to: usize) -> &[Stand] {
        let from = self.0.partition_point(|stand| stand.first < from);
        let to = self.0.partition_point(|stand| stand.first < to);
        &self.0[from..to.max(from)]
    }
}

/// Mentions of a sentence that are looked at; keeps the cost linear in the text.
const MOST_SITES: usize = 24;
/// Steps up the tree.
const DEEPEST: usize = 10;

/// The places of the trigger's sentence with their features; `chosen` are those that the rules gave.
pub fn sites(reader: &Reader<'_>, stands: &Stands, trigger: &Trigger<'_>, chosen: &[EventPlace]) -> Vec<Site> {
    let tree = reader.tree;
    let sentence = tree.sentence(trigger.at);
    let here = stands.between(sentence.first as usize, sentence.last as usize);
    let near: Vec<Stand> = here.iter().filter(|stand| !stand.metonym).take(MOST_SITES).copied().collect();
    let up = path_up(reader, trigger.carrier.unwrap_or(trigger.at));
    let up_own = path_up(reader, trigger.at);
    let apart = |stand: &Stand| stand.first.abs_diff(trigger.at).min(stand.last.abs_diff(trigger.at));
    let told: Vec<&Stand> = near.iter().filter(|stand| !is_origin_word(stand)).collect();
    let nearest = told.iter().map(|stand| apart(stand)).min();
    let distinct = told.iter().map(|stand| stand.place).collect::<std::collections::BTreeSet<_>>().len();
    let venue_chosen = |place: u32| chosen.iter().any(|one| one.place == place && one.role == PlaceRole::Venue);
    let violence =
        matches!(trigger.frame.kind, EventType::Assault | EventType::Coerce | EventType::Disaster | EventType::Accident);
    let moves = reader.book.is(tree.lemma(trigger.at), Cue::GoesTo);
    let is = |truth: bool| f32::from(u8::from(truth));
    let finer: Vec<(bool, bool)> =
        (0..near.len()).map(|row| (has_finer(reader, &near, row), is_finer(reader, &near, row))).collect();
    near.iter()
        .enumerate()
        .map(|(row, stand)| {
            let rule = |role: &[PlaceRole]| chosen.iter().any(|one| one.place == stand.place && role.contains(&one.role));
            let other_venue = chosen.iter().any(|one| one.role == PlaceRole::Venue && one.place != stand.place);
            let none = chosen.iter().all(|one| one.role != PlaceRole::Venue);
            let (before, case) = word_before(reader, stand.first);
            let next = stand.last + 1;
            let in_sentence = next < sentence.last as usize;
            let possessive = in_sentence && matches!(tree.word(next), "'s" | "’s" | "'" | "’");
            let noun_next = in_sentence
                && matches!(tree.upos(next), Upos::Noun | Upos::Propn)
                && !is_ground(tree.lemma(next))
                && !near.iter().any(|other| other.first == next);
            let ground = in_sentence && is_ground(tree.lemma(next)) || is_ground(before);
            let (distance, clause) =
                distance(reader, &up, stand).or_else(|| distance(reader, &up_own, stand)).unwrap_or((99, true));
            let gap = apart(stand);
            let (low, high) = if stand.last < trigger.at { (stand.last, trigger.at) } else { (trigger.at, stand.first) };
            let verb_between = high.saturating_sub(low) < 60 && (low + 1..high).any(|at| tree.upos(at) == Upos::Verb);
            let same_list = near.iter().any(|other| {
                other.place != stand.place
                    && venue_chosen(other.place)
                    && (other.last + 2 == stand.first && matches!(tree.word(other.last + 1), "," | "and" | "or")
                        || stand.last + 2 == other.first && matches!(tree.word(stand.last + 1), "," | "and" | "or"))
            });
            let inside = !case.is_empty() && reader.book.is(case, Cue::InPlace);
            let route =
                !case.is_empty() && !inside && (reader.book.is(case, Cue::ToPlace) || reader.book.is(case, Cue::FromPlace));
            let origin_word = is_origin_word(stand);
            let venue = stand.role == PlaceRole::Venue;
            let (has_finer, is_finer) = finer[row];
            let is_nearest = nearest == Some(gap) && !origin_word;
            let only = distinct == 1 && !origin_word;
            Site {
                place: stand.place,
                span: stand.span,
                role: stand.role,
                features: [
                    1.0,
                    is(rule(&[PlaceRole::Venue])),
                    is(rule(&[PlaceRole::Target])),
                    is(rule(&[PlaceRole::Origin, PlaceRole::Destination])),
                    is(other_venue),
                    is(none),
                    is(venue),
                    is(origin_word),
                    is(stand.role == PlaceRole::Target),
                    is(stand.role == PlaceRole::Destination),
                    is(stand.role == PlaceRole::Origin && !origin_word),
                    is(stand.role == PlaceRole::Dateline),
                    is(stand.role == PlaceRole::Capital),
                    is(stand.kind == PlaceKind::Country),
                    is(matches!(stand.kind, PlaceKind::Admin1 | PlaceKind::Admin2)),
                    is(matches!(stand.kind, PlaceKind::Region | PlaceKind::Continent | PlaceKind::Water | PlaceKind::Mountain)),
                    is(matches!(stand.kind, PlaceKind::Venue | PlaceKind::District)),
                    is(stand.unlisted),
                    is(inside),
                    is(route),
                    is(possessive),
                    is(noun_next),
                    is(ground),
                    is(distance <= 1),
                    distance.min(9) as f32 / 9.0,
                    is(distance > DEEPEST),
                    is(clause),
                    (gap as f32 + 1.0).ln() / 4.0,
                    is(stand.first > trigger.at),
                    is(verb_between),
                    is(has_finer),
                    is(is_finer),
                    is(is_nearest),
                    is(only),
                    is(same_list),
                    is(violence),
                    is(trigger.is_verb),
                    is(trigger.frame.kind == EventType::Statement),
                    is(violence && venue),
                    is(violence && stand.role == PlaceRole::Target),
                    is(rule(&[PlaceRole::Venue]) && stand.kind == PlaceKind::Country),
                    is(origin_word && is_finer),
                    is(is_nearest && venue),
                    is(only && venue),
                    is(none && venue),
                    is(moves),
                ],
            }
        })
        .collect()
}

/// Lets the model correct the venues that the rules gave.
pub fn settle(sites: &[Site], places: &mut Vec<EventPlace>) {
    let mut best: Vec<(u32, f32, PlaceRole)> = Vec::new();
    for site in sites {
        let told = site.probability();
        match best.iter_mut().find(|one| one.0 == site.place) {
            Some(one) if one.1 >= told => {}
            Some(one) => *one = (site.place, told, site.role),
            None => best.push((site.place, told, site.role)),
        }
    }
    places.retain(|place| {
        let known = best.iter().find(|one| one.0 == place.place);
        place.role != PlaceRole::Venue || known.is_none_or(|one| one.1 >= DROPPED)
    });
    for (place, told, role) in best {
        let known = places.iter_mut().find(|one| one.place == place);
        if told >= ADDED && known.is_none() && !matches!(role, PlaceRole::Capital) {
            places.push(EventPlace { place, role: PlaceRole::Venue });
        }
    }
}

/// "Turkish", "Gazans": a word of origin.
fn is_origin_word(stand: &Stand) -> bool {
    stand.role == PlaceRole::Origin && stand.first == stand.last && stand.span.len() > 3 && stand.kind.is_area()
}

/// The content word before a name, past articles, and the preposition before that.
fn word_before<'t>(reader: &'t Reader<'_>, first: usize) -> (&'t str, &'t str) {
    let tree = reader.tree;
    let start = tree.sentence(first).first as usize;
    let mut at = first;
    let mut word = "";
    for _ in 0..5 {
        if at <= start {
            break;
        }
        at -= 1;
        let lemma = tree.lemma(at);
        match tree.upos(at) {
            Upos::Det | Upos::Adj | Upos::Num => {}
            Upos::Adp => {
                // "the city of X", "north of X"
                let head = if at > start { tree.lemma(at - 1) } else { "" };
                if lemma == "of" && at > start && (is_ground(head) || is_side(head)) {
                    word = head;
                    at -= 1;
                    continue;
                }
                return (word, lemma);
            }
            Upos::Noun | Upos::Propn if word.is_empty() => word = lemma,
            _ => break,
        }
    }
    (word, "")
}

fn is_side(word: &str) -> bool {
    matches!(
        word,
        "north"
            | "south"
            | "east"
            | "west"
            | "outskirt"
            | "outskirts"
            | "suburb"
            | "edge"
            | "part"
            | "center"
            | "centre"
            | "heart"
    )
}

fn is_ground(word: &str) -> bool {
    matches!(
        word,
        "city"
            | "town"
            | "village"
            | "province"
            | "district"
            | "region"
            | "area"
            | "state"
            | "county"
            | "governorate"
            | "neighborhood"
            | "neighbourhood"
            | "suburb"
            | "quarter"
            | "camp"
            | "settlement"
            | "capital"
            | "port"
            | "resort"
            | "countryside"
            | "island"
            | "oblast"
            | "township"
            | "municipality"
            | "commune"
            | "valley"
            | "mountain"
            | "street"
            | "border"
            | "coast"
    )
}

/// Words that may stand between a place and the one it lies in: "Sewry district of southern Zabol".
fn ties(reader: &Reader<'_>, from: usize, to: usize) -> bool {
    let tree = reader.tree;
    to > from
        && to - from <= 6
        && (from..to).all(|at| {
            let word = tree.lemma(at);
            is_ground(word)
                || is_side(word)
                || matches!(tree.upos(at), Upos::Det | Upos::Adj)
                || matches!(
                    word,
                    "," | "in" | "of" | "near" | "local" | "government" | "refugee" | "outside" | "'s" | "’s" | "(" | "'"
                )
        })
}

fn broad(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Venue | PlaceKind::District | PlaceKind::Other => 0,
        PlaceKind::City => 1,
        PlaceKind::Admin2 => 2,
        PlaceKind::Admin1 => 3,
        PlaceKind::Region | PlaceKind::Water | PlaceKind::Mountain => 4,
        PlaceKind::Country => 5,
        PlaceKind::Continent => 6,
    }
}

/// Is a finer place of the sentence told to lie in this one, beside it?
fn has_finer(reader: &Reader<'_>, near: &[Stand], row: usize) -> bool {
    let stand = &near[row];
    let finer =
        |other: &Stand| other.place != stand.place && broad(other.kind) < broad(stand.kind).max(1) && !is_origin_word(other);
    let before =
        row.checked_sub(1).map(|row| &near[row]).is_some_and(|other| finer(other) && ties(reader, other.last + 1, stand.first));
    let after = near.get(row + 1).is_some_and(|other| finer(other) && ties(reader, stand.last + 1, other.first));
    before || after
}

fn is_finer(reader: &Reader<'_>, near: &[Stand], row: usize) -> bool {
    let stand = &near[row];
    let wider = |other: &Stand| other.place != stand.place && broad(stand.kind) < broad(other.kind).max(1);
    let before =
        row.checked_sub(1).map(|row| &near[row]).is_some_and(|other| wider(other) && ties(reader, other.last + 1, stand.first));
    let after = near.get(row + 1).is_some_and(|other| wider(other) && ties(reader, stand.last + 1, other.first));
    before || after
}

/// The token and those above it, each with whether a clause ends on the way.
fn path_up(reader: &Reader<'_>, at: usize) -> Vec<(usize, bool)> {
    let tree = reader.tree;
    let mut path = vec![(at, false)];
    let (mut here, mut clause) = (at, false);
    for _ in 0..DEEPEST {
        let Some(head) = tree.head(here) else { break };
        clause |= is_clause(tree.rel(here));
        here = head;
        path.push((here, clause));
    }
    path
}

const fn is_clause(rel: Rel) -> bool {
    matches!(rel, Rel::Advcl | Rel::Acl | Rel::AclRelcl | Rel::Ccomp | Rel::Xcomp | Rel::Conj | Rel::Parataxis | Rel::Csubj)
}

/// Steps from the trigger to the mention over their lowest common word, and whether a clause lies between.
fn distance(reader: &Reader<'_>, up: &[(usize, bool)], stand: &Stand) -> Option<(usize, bool)> {
    // the head of a name of several words is the one whose own head lies outside it
    let inside = |at: usize| (stand.first..=stand.last).contains(&at);
    let head = (stand.first..=stand.last).find(|&at| reader.tree.head(at).is_none_or(|head| !inside(head))).unwrap_or(stand.last);
    let down = path_up(reader, head);
    down.iter().enumerate().find_map(|(low, (at, clause))| {
        let high = up.iter().position(|(other, _)| other == at)?;
        Some((low + high, *clause || up[high].1))
    })
}
