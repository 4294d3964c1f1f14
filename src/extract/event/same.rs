//! Events of one article → which of them tell of the same event, and the places they lend one another.
//!
//! # Limits
//! Days are compared only where both events carry an expression with known days; the `when` pass comes later.

use std::collections::BTreeMap;

use super::book::Cue;
use super::tree::Tree;
use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::Rel;
use crate::model::{
    ActorRole, Analysis, BlockKind, Event, EventActor, EventPlace, EventType, Interval, PlaceKind, PlaceRole, Standing,
};

/// Earlier clusters of a type, and latest mentions of each, that a new event is compared with: keeps the cost linear in the article's length.
const LOOK_BACK: usize = 8;

/// Most mentions of one event: beyond that a text repeats itself, and every mention lists every other.
const LARGEST: usize = 64;

/// Least sum of agreement for two mentions to be one event; tuned on the articles of the shared data.
const ENOUGH: i32 = 3;

/// Groups events that are one; each inner list holds rows in text order and has at least two.
pub fn same_events(reader: &Reader<'_>, triggers: &[Trigger<'_>], analysis: &Analysis, kinds: &[BlockKind]) -> Vec<Vec<usize>> {
    let events = &analysis.events;
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut of_kind: BTreeMap<EventType, Vec<usize>> = BTreeMap::new();
    for row in 0..events.len() {
        if !may_repeat(&events[row], &triggers[row]) {
            heading(reader, triggers, analysis, kinds, row, &mut clusters, &mut of_kind);
            continue;
        }
        let known = of_kind.entry(events[row].kind).or_default();
        let mut best: Option<(i32, usize)> = None;
        for &index in known.iter().rev().take(LOOK_BACK) {
            let score = agreement(reader, triggers, analysis, &clusters[index], row);
            if score >= ENOUGH && best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, index));
            }
        }
        if let Some((_, index)) = best {
            clusters[index].push(row);
        } else {
            known.push(clusters.len());
            clusters.push(vec![row]);
        }
    }
    clusters.retain(|cluster| cluster.len() > 1);
    clusters
}

/// A headline's event that the story tells again, though its type seldom repeats.
fn heading(
    reader: &Reader<'_>,
    triggers: &[Trigger<'_>],
    analysis: &Analysis,
    kinds: &[BlockKind],
    row: usize,
    clusters: &mut Vec<Vec<usize>>,
    of_kind: &mut BTreeMap<EventType, Vec<usize>>,
) {
    let events = &analysis.events;
    let in_headline = |row: usize| {
        kinds.get(reader.tree.sentence(triggers[row].at).block as usize) == Some(&BlockKind::Headline)
            && triggers[row].echoes.is_none()
    };
    if events[row].kind == EventType::Other || !in_headline(row) && row > HEADED {
        return;
    }
    let known = of_kind.entry(events[row].kind).or_default();
    if in_headline(row) {
        known.push(clusters.len());
        clusters.push(vec![row]);
        return;
    }
    let shares = |other: usize| {
        let same_word = triggers[other].lemma == triggers[row].lemma;
        let actor = events[row].actors.iter().any(|mine| events[other].actors.iter().any(|its| its.actor == mine.actor));
        actor || same_word && (events[row].actors.is_empty() || events[other].actors.is_empty())
    };
    let found = known
        .iter()
        .copied()
        .find(|&index| clusters[index].len() == 1 && in_headline(clusters[index][0]) && shares(clusters[index][0]));
    if let Some(index) = found {
        clusters[index].push(row);
    }
}

/// Rows of an article's first events among which a headline's is looked for.
const HEADED: usize = 40;

fn may_repeat(event: &Event, trigger: &Trigger<'_>) -> bool {
    if trigger.echoes.is_some() {
        return true;
    }
    match event.kind {
        EventType::Statement | EventType::Other => false,
        EventType::Consult | EventType::Assault | EventType::Coerce | EventType::Accident | EventType::Disaster => true,
        _ => !trigger.is_verb,
    }
}

fn agreement(reader: &Reader<'_>, triggers: &[Trigger<'_>], analysis: &Analysis, cluster: &[usize], row: usize) -> i32 {
    if cluster.len() >= LARGEST {
        return 0;
    }
    let carried = |a: usize, b: usize| triggers[a].echoes == Some(triggers[b].at);
    if cluster.iter().rev().take(LOOK_BACK).any(|&other| carried(other, row) || carried(row, other)) {
        return 100;
    }
    if triggers[row].echoes.is_some() {
        return 0;
    }
    // "a quake struck, killing 41": the harm is part of what did it
    if cluster.iter().rev().take(LOOK_BACK).any(|&other| is_harm_of(reader, &triggers[row], &triggers[other])) {
        return 90;
    }
    let cluster = &cluster[cluster.len().saturating_sub(LOOK_BACK)..];
    let events = &analysis.events;
    let (tree, event, trigger) = (reader.tree, &events[row], &triggers[row]);
    let mut score = 0;
    let same_word = cluster.iter().any(|&other| triggers[other].lemma == trigger.lemma);
    let both_nouns = !trigger.is_verb && cluster.iter().any(|&other| !triggers[other].is_verb);
    // place
    let mut placed = false;
    for &other in cluster {
        match places_agree(&event.places, &events[other].places, analysis) {
            Some(true) => placed = true,
            Some(false) => return 0,
            None => {}
        }
    }
    score += if placed { 4 } else { 0 };
    // who
    let people = |event: &Event| event.actors.iter().map(|actor| actor.actor).collect::<Vec<_>>();
    let mine = people(event);
    let theirs: Vec<u32> = cluster.iter().flat_map(|&other| people(&events[other])).collect();
    let shared = mine.iter().filter(|actor| theirs.contains(actor)).count();
    if shared > 0 {
        score += 2;
    } else if !mine.is_empty() && !theirs.is_empty() {
        score -= if placed && event.kind == EventType::Consult { 0 } else { 2 };
    }
    // "are also participating": in what was told of last
    if trigger.is_verb && event.places.is_empty() && reader.book.is(&trigger.lemma, Cue::Attends) {
        let latest = cluster.last().map_or(0, |&other| tree.token(triggers[other].at).sentence);
        let near = tree.token(trigger.at).sentence.saturating_sub(latest) <= 2;
        let alone = !tree.children(trigger.at).any(|c| tree.rel(c) == Rel::Obj);
        // what has a place and was told of before is more likely meant than a meeting named in passing
        let told = i32::from(cluster.len() > 1) + i32::from(cluster.iter().any(|&other| !events[other].places.is_empty()));
        return if near && alone { ENOUGH + told } else { 0 };
    }
    // an arrival is no meeting
    if cluster.last().is_some_and(|&other| triggers[other].frame.subject != trigger.frame.subject) && !same_word {
        return 0;
    }
    // how it is worded
    if trigger.is_verb && !same_word && !(event.kind == EventType::Consult && placed) {
        return 0;
    }
    score += if same_word { 2 } else { 0 };
    let bound = same_word || placed;
    if !bound && (!both_nouns || is_over(reader, trigger.at)) {
        return 0;
    }
    if both_nouns {
        let plural = |row: usize| matches!(tree.penn(triggers[row].at), "NNS" | "NNPS");
        let mut nouns = cluster.iter().filter(|&&other| !triggers[other].is_verb);
        if event.kind == EventType::Consult && nouns.all(|&other| plural(other) != plural(row)) && !placed {
            score -= 2;
        }
    }
    score += match determiner(tree, trigger.at) {
        Determiner::Definite => 2,
        Determiner::Bare => 1,
        Determiner::Indefinite => -2,
    };
    // time
    if let Some(mine) = told_days(tree, trigger, analysis) {
        for &other in cluster {
            if let Some(theirs) = told_days(tree, &triggers[other], analysis) {
                if apart(&mine, &theirs) {
                    return 0;
                }
                score += 1;
            }
        }
    }
    let unreal = |event: &Event| matches!(event.standing, Standing::Hypothetical | Standing::Denied);
    if cluster.iter().all(|&other| unreal(&events[other]) != unreal(event)) {
        score -= 2;
    }
    // nearness: beyond some sentences a bare definite means something else
    let latest = cluster.last().map_or(0, |&other| tree.token(triggers[other].at).sentence);
    match tree.token(trigger.at).sentence.saturating_sub(latest) {
        0..=2 => score += 1,
        3..=6 => {}
        _ => score -= 1,
    }
    score
}

/// Does a trailing clause tell what the other trigger's event did: "shelled the town, killing three"?
fn is_harm_of(reader: &Reader<'_>, harm: &Trigger<'_>, cause: &Trigger<'_>) -> bool {
    let tree = reader.tree;
    // "an attack on the town killed seven"
    if harm.is_verb && !cause.is_verb && reader.book.is(&harm.lemma, Cue::Harm) && reader.subjects(harm.at).contains(&cause.at) {
        return true;
    }
    let participle = harm.is_verb && tree.penn(harm.at) == "VBG" && reader.book.is(&harm.lemma, Cue::Harm);
    if !participle || cause.at >= harm.at || tree.token(cause.at).sentence != tree.token(harm.at).sentence {
        return false;
    }
    if tree.head(harm.at).and_then(|head| reader.told_before(head, harm.at)) == Some(cause.at) {
        return true;
    }
    match tree.rel(harm.at) {
        Rel::Advcl | Rel::Acl | Rel::Conj => tree.head(harm.at).is_some_and(|head| {
            head == cause.at
                || tree.head(cause.at) == Some(head)
                || cause.carrier == Some(head)
                || tree.head(head) == Some(cause.at)
        }),
        _ => false,
    }
}

/// "the recent conference" is none that is told of as going on or ahead.
fn is_over(reader: &Reader<'_>, at: usize) -> bool {
    let tree = reader.tree;
    tree.children(at).any(|c| tree.rel(c) == Rel::Amod && reader.book.is(tree.lemma(c), Cue::Over))
}

enum Determiner {
    Definite,
    Bare,
    Indefinite,
}

fn determiner(tree: &Tree<'_>, at: usize) -> Determiner {
    for child in tree.children(at) {
        match tree.rel(child) {
            Rel::Det => {
                return match tree.lemma(child) {
                    "the" | "this" | "that" | "these" | "those" | "both" => Determiner::Definite,
                    _ => Determiner::Indefinite,
                };
            }
            Rel::NmodPoss => return Determiner::Definite,
            _ => {}
        }
    }
    Determiner::Bare
}

/// `Some(true)`: one place, or one inside the other; `None`: at least one of the two names no venue.
pub fn places_agree(a: &[EventPlace], b: &[EventPlace], analysis: &Analysis) -> Option<bool> {
    let venues = |list: &[EventPlace]| -> Vec<u32> {
        list.iter().filter(|place| place.role == PlaceRole::Venue).map(|place| place.place).collect()
    };
    let (a, b) = (venues(a), venues(b));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    Some(a.iter().any(|&x| b.iter().any(|&y| x == y || holds(x, y, analysis) || holds(y, x, analysis))))
}

/// Is `inner` in the country or region `outer`? Regions of one country are taken to hold its towns that are named with them.
pub fn holds(outer: u32, inner: u32, analysis: &Analysis) -> bool {
    let (Some(outer), Some(inner)) = (analysis.places.get(outer as usize), analysis.places.get(inner as usize)) else {
        return false;
    };
    // "Little Havana" was put at Miami
    if inner.id.0.strip_suffix(&outer.id.0).is_some_and(|head| head.ends_with('@')) {
        return true;
    }
    let below = matches!(inner.kind, PlaceKind::Venue | PlaceKind::District) && outer.kind == PlaceKind::City;
    if let (true, Some(a), Some(b)) = (below, outer.point, inner.point) {
        return a.distance_km(b) <= f64::from(outer.radius_km) + f64::from(inner.radius_km);
    }
    let wide = matches!(outer.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2);
    wide && breadth(inner.kind) < breadth(outer.kind) && outer.country.is_some() && outer.country == inner.country
}

fn told_days(tree: &Tree<'_>, trigger: &Trigger<'_>, analysis: &Analysis) -> Option<Interval> {
    let near = tree.children(trigger.at).find(|&c| tree.stands[c].time)?;
    let span = tree.token(near).span;
    let first = analysis.times.partition_point(|time| time.span.end <= span.start);
    analysis.times.get(first).filter(|time| time.span.overlaps(span)).and_then(|time| time.interval)
}

fn apart(a: &Interval, b: &Interval) -> bool {
    let before = |x: &Interval, y: &Interval| matches!((x.to, y.from), (Some(to), Some(from)) if to < from);
    before(a, b) || before(b, a)
}

/// What a repeated mention may weigh: below what the desk shows at first, above what it never would.
const TOLD: f32 = 0.45;

/// Of the mentions of one event the one that weighs most stands for all; it has the figures of the others.
pub fn tell_once(clusters: &[Vec<usize>], triggers: &[Trigger<'_>], tree: &Tree<'_>, events: &mut [Event]) {
    // "joins the march", "signs a treaty": verb and noun tell one thing
    let row_at: BTreeMap<usize, usize> = triggers.iter().enumerate().map(|(row, trigger)| (trigger.at, row)).collect();
    for (noun, trigger) in triggers.iter().enumerate().filter(|(_, trigger)| !trigger.is_verb) {
        let object = matches!(tree.rel(trigger.at), Rel::Obj | Rel::NsubjPass).then(|| tree.head(trigger.at)).flatten();
        let Some(&verb) = trigger.carrier.or(object).and_then(|at| row_at.get(&at)) else { continue };
        let lesser = if events[noun].salience > events[verb].salience { verb } else { noun };
        events[lesser].salience = events[lesser].salience.min(TOLD);
    }
    for cluster in clusters {
        let Some(&best) = cluster.iter().max_by(|&&a, &&b| events[a].salience.total_cmp(&events[b].salience).then(b.cmp(&a)))
        else {
            continue;
        };
        for &row in cluster.iter().filter(|&&row| row != best) {
            events[row].salience = events[row].salience.min(TOLD);
            for figure in events[row].figures.clone() {
                if events[best].figures.iter().all(|known| known.kind != figure.kind) {
                    events[best].figures.push(figure);
                }
            }
        }
    }
}

/// Gives every event of a cluster the most exact venue that any of them names.
pub fn share_places(clusters: &[Vec<usize>], analysis: &mut Analysis) {
    for cluster in clusters {
        let venues = cluster.iter().flat_map(|&row| analysis.events[row].places.iter().copied());
        let best = venues
            .filter(|place| place.role == PlaceRole::Venue)
            .min_by_key(|place| analysis.places.get(place.place as usize).map_or(u8::MAX, |place| breadth(place.kind)));
        let Some(best) = best else { continue };
        for &row in cluster {
            let held: Vec<bool> =
                analysis.events[row].places.iter().map(|place| holds(place.place, best.place, analysis)).collect();
            let event = &mut analysis.events[row];
            let mut keep = held.iter().map(|held| !held);
            event.places.retain(|place| keep.next().unwrap_or(true) || place.role != PlaceRole::Venue);
            if event.places.iter().all(|place| place.role != PlaceRole::Venue) {
                event.places.insert(0, best);
            }
        }
    }
}

/// Meetings told without those who meet have the attendees that another mention names as such.
pub fn share_attendees(clusters: &[Vec<usize>], events: &mut [Event]) {
    for cluster in clusters {
        let attend = |event: &Event| event.actors.iter().filter(|actor| actor.role == ActorRole::Attendee).count();
        let Some(&told) = cluster.iter().max_by_key(|&&row| (attend(&events[row]), std::cmp::Reverse(row))) else { continue };
        if attend(&events[told]) < 2 {
            continue;
        }
        let attendees: Vec<EventActor> =
            events[told].actors.iter().filter(|actor| actor.role == ActorRole::Attendee).copied().collect();
        // the first mention is the one that readers open: it has everybody
        let first = cluster.iter().find(|&&row| events[row].kind == EventType::Consult && attend(&events[row]) > 0);
        for &row in cluster.iter().filter(|&&row| row != told) {
            if events[row].actors.is_empty() {
                events[row].actors.clone_from(&attendees);
            } else if Some(&row) == first {
                let known: Vec<u32> = events[row].actors.iter().map(|actor| actor.actor).collect();
                events[row].actors.extend(attendees.iter().filter(|actor| !known.contains(&actor.actor)));
            }
        }
    }
}

/// The more exact a place, the smaller the number.
const fn breadth(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Venue => 0,
        // mostly a village or quarter that no gazetteer knows
        PlaceKind::District | PlaceKind::Other => 1,
        PlaceKind::City => 2,
        PlaceKind::Admin2 => 3,
        PlaceKind::Admin1 => 4,
        PlaceKind::Region | PlaceKind::Water | PlaceKind::Mountain => 5,
        PlaceKind::Country => 6,
        PlaceKind::Continent => 7,
    }
}
