//! What a person has chosen to see.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::view::LaneBy;
use super::words::Terms;
use crate::model::{
    ActorKey, ActorNo, ArticleId, ArticleNo, EventFact, EventType, Facts, LonLat, PlaceId, PlaceNo, PlaceRole, Report, Row,
    Shown, Standing,
};

/// Days since 1970-01-01, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    pub from: i32,
    pub to: i32,
}

/// A closed line on the map. Longitudes run on past ±180° where it crosses the antimeridian.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Degrees east and north; the last point joins the first.
    pub ring: Vec<(f64, f64)>,
}

impl Outline {
    /// Does the place lie inside? Even-odd rule, in the plane of longitude and latitude, as it was drawn.
    #[must_use]
    pub fn holds(&self, point: LonLat) -> bool {
        [-360.0, 0.0, 360.0].iter().any(|turn| self.holds_at(point.lon + turn, point.lat))
    }

    fn holds_at(&self, lon: f64, lat: f64) -> bool {
        let mut inside = false;
        let next = self.ring.iter().cycle().skip(1);
        for ((x1, y1), (x2, y2)) in self.ring.iter().zip(next) {
            if (*y1 > lat) != (*y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1 {
                inside = !inside;
            }
        }
        inside
    }
}

/// Which events are shown. An empty set lets everything through; within a set any one is enough, between sets all must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Places where the event happens or whose government takes part.
    pub places: BTreeSet<PlaceId>,
    pub actors: BTreeSet<ActorKey>,
    pub articles: BTreeSet<ArticleId>,
    pub kinds: BTreeSet<EventType>,
    pub standings: BTreeSet<Standing>,
    /// Events that share at least one day with it; undated events are left out.
    pub days: Option<Days>,
    /// Words that must occur in the event's sentence or summary, its actors or places, or its article's title; see `Terms`.
    pub words: String,
    /// Events at a place inside this line on the map.
    pub area: Option<Outline>,
    /// Only these events: what was picked in a list and asked to stand alone.
    pub events: BTreeSet<(ArticleId, u32)>,
    /// The days that the clock shows while time plays; never kept.
    #[serde(skip)]
    pub clock: Option<Days>,
    /// The articles whose text says the words, once the store has told; `None` where it has not or no words are given.
    #[serde(skip)]
    pub found: Option<Arc<BTreeSet<ArticleId>>>,
    /// Least salience shown, 0..=1: the certainty slider.
    pub salience: f32,
    pub lanes: LaneBy,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            places: BTreeSet::new(),
            actors: BTreeSet::new(),
            articles: BTreeSet::new(),
            kinds: BTreeSet::new(),
            standings: BTreeSet::new(),
            days: None,
            words: String::new(),
            area: None,
            events: BTreeSet::new(),
            clock: None,
            found: None,
            // What `Event::salience` promises belongs on a foreign desk's timeline.
            salience: 0.5,
            lanes: LaneBy::Place,
        }
    }
}

impl Filter {
    /// Does it let everything through (the salience slider and the lanes aside)?
    #[must_use]
    pub fn is_open(&self) -> bool {
        let standard = Self { salience: self.salience, lanes: self.lanes, ..Self::default() };
        *self == standard
    }

    /// Takes all conditions away; slider and lanes stay.
    pub fn clear(&mut self) {
        *self = Self { salience: self.salience, lanes: self.lanes, ..Self::default() };
    }
}

/// A thing that can be pointed at or picked, the same in every panel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Thing {
    Place(PlaceId),
    Actor(ActorKey),
    /// An event by its article and row; stable until the article is read anew.
    Event(ArticleId, u32),
    Article(ArticleId),
}

/// What is picked and what the pointer is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    pub picked: Vec<Thing>,
    #[serde(skip)]
    pub hovered: Option<Thing>,
    /// The article in the reader.
    pub reading: Option<ArticleId>,
}

impl Selection {
    #[must_use]
    pub fn has(&self, thing: &Thing) -> bool {
        self.picked.contains(thing)
    }
}

/// A filter with its ids looked up once, so that testing an event touches numbers alone.
pub(super) struct Test<'a> {
    facts: &'a Facts,
    filter: &'a Filter,
    places: Option<Vec<bool>>,
    actors: Option<Vec<bool>>,
    articles: Option<Vec<bool>>,
    /// For each place whether it lies in the area.
    within: Option<Vec<bool>>,
    /// For each article: has a person hidden it? `None` where none is hidden.
    hidden: Option<Vec<bool>>,
    said: Option<Said>,
}

/// What of the tables says each term of the query, so that only sentences are left to read.
struct Said {
    terms: Terms,
    all: Vec<Names>,
    none: Vec<Names>,
    found: Option<Vec<bool>>,
}

/// For one term: the rows whose names say it.
struct Names {
    places: Vec<bool>,
    actors: Vec<bool>,
    titles: Vec<bool>,
}

fn chosen<T: Copy>(count: usize, rows: impl Iterator<Item = T>, index: impl Fn(T) -> u32) -> Vec<bool> {
    let mut set = vec![false; count];
    for row in rows {
        set[index(row) as usize] = true;
    }
    set
}

impl<'a> Test<'a> {
    pub(super) fn new(facts: &'a Facts, filter: &'a Filter) -> Self {
        let places = filter.places.iter().filter_map(|id| facts.place_no(id));
        let actors = filter.actors.iter().filter_map(|key| facts.actor_no(key));
        let articles = filter.articles.iter().filter_map(|id| facts.article_no(*id));
        let hidden: Vec<ArticleNo> = facts
            .remarks
            .iter()
            .filter(|(_, remarks)| remarks.hidden == Shown::Hidden)
            .filter_map(|(row, _)| match row {
                Row::Article(no) => Some(*no),
                _ => None,
            })
            .collect();
        Self {
            facts,
            filter,
            places: (!filter.places.is_empty()).then(|| chosen(facts.places.len(), places, |no: PlaceNo| no.0)),
            actors: (!filter.actors.is_empty()).then(|| chosen(facts.actors.len(), actors, |no: ActorNo| no.0)),
            articles: (!filter.articles.is_empty()).then(|| chosen(facts.articles.len(), articles, |no| no.0)),
            within: filter
                .area
                .as_ref()
                .map(|area| facts.places.iter().map(|place| place.point.is_some_and(|point| area.holds(point))).collect()),
            hidden: (!hidden.is_empty()).then(|| chosen(facts.articles.len(), hidden.into_iter(), |no| no.0)),
            said: Said::new(facts, filter),
        }
    }

    /// Everything but the days: the histogram shows what other days hold under the other conditions.
    pub(super) fn lets_through_any_day(&self, event: &EventFact) -> bool {
        event.salience >= self.filter.salience
            && (self.filter.kinds.is_empty() || self.filter.kinds.contains(&event.kind))
            && (self.filter.standings.is_empty() || self.filter.standings.contains(&event.standing))
            && self.articles.as_ref().is_none_or(|set| event.reports().any(|report| set[report.article.0 as usize]))
            && self.places.as_ref().is_none_or(|set| event.places.iter().any(|(place, _)| set[place.0 as usize]))
            && self.within.as_ref().is_none_or(|within| stands_within(event, within))
            && (self.filter.events.is_empty()
                || event
                    .reports()
                    .any(|report| self.filter.events.contains(&(self.facts.article(report.article).id, report.row))))
            && self.actors.as_ref().is_none_or(|set| event.actors.iter().any(|(actor, _)| set[actor.0 as usize]))
            && self.said.as_ref().is_none_or(|said| said.by(self.facts, event))
    }

    /// Has a person hidden every article that tells it?
    pub(super) fn is_hidden(&self, event: &EventFact) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| event.reports().all(|report| hidden[report.article.0 as usize]))
    }

    /// Has it begun by the clock, and is it still in the clock's window? Undated events stay out while time plays.
    pub(super) fn under_clock(&self, event: &EventFact) -> bool {
        self.filter.clock.is_none_or(|clock| event.days.is_some_and(|(from, to)| from <= clock.to && to >= clock.from))
    }

    pub(super) fn on_chosen_days(&self, event: &EventFact) -> bool {
        self.filter.days.is_none_or(|chosen| event.days.is_some_and(|(from, to)| from <= chosen.to && to >= chosen.from))
    }
}

impl Said {
    fn new(facts: &Facts, filter: &Filter) -> Option<Self> {
        let terms = Terms::parse(&filter.words);
        if terms.is_empty() {
            return None;
        }
        let names = |term: &super::words::Term| Names {
            places: facts.places.iter().map(|place| term.in_text(&place.name)).collect(),
            actors: facts
                .actors
                .iter()
                .map(|actor| term.in_text(&actor.name) || actor.aliases.iter().any(|alias| term.in_text(alias)))
                .collect(),
            titles: facts
                .articles
                .iter()
                .map(|filed| filed.about.title.as_deref().is_some_and(|title| term.in_text(title)))
                .collect(),
        };
        let found = filter.found.as_ref().map(|found| facts.articles.iter().map(|filed| found.contains(&filed.id)).collect());
        Some(Self { all: terms.all.iter().map(names).collect(), none: terms.none.iter().map(names).collect(), terms, found })
    }

    fn by(&self, facts: &Facts, event: &EventFact) -> bool {
        let terms = &self.terms;
        terms.all.iter().zip(&self.all).all(|(term, names)| self.says(facts, event, term, names))
            && !terms.none.iter().zip(&self.none).any(|(term, names)| self.says(facts, event, term, names))
    }

    fn says(&self, facts: &Facts, event: &EventFact, term: &super::words::Term, names: &Names) -> bool {
        let told = |report: Report| {
            let article = report.article.0 as usize;
            if names.titles[article] {
                return true;
            }
            // A text that does not say the words has no sentence that does.
            if self.found.as_ref().is_some_and(|found| !found[article]) {
                return false;
            }
            let event = facts.report(report);
            term.in_text(&event.summary) || term.in_text(facts.article(report.article).wording.sentence(event.sentence))
        };
        event.places.iter().any(|(place, _)| names.places[place.0 as usize])
            || event.actors.iter().any(|(actor, _)| names.actors[actor.0 as usize])
            || event.reports().any(told)
    }
}

/// Has the event a pin inside? Datelines and topics have none.
fn stands_within(event: &EventFact, within: &[bool]) -> bool {
    event.places.iter().any(|(place, role)| !matches!(role, PlaceRole::Dateline | PlaceRole::Topic) && within[place.0 as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_over_the_antimeridian_holds_what_lies_on_both_sides() {
        let outline = Outline { ring: vec![(170.0, -30.0), (195.0, -30.0), (195.0, 0.0), (170.0, 0.0)] };
        let holds = |lon, lat| outline.holds(LonLat { lon, lat });
        assert!(holds(178.4, -18.1) && holds(-171.8, -13.8));
        assert!(!holds(-150.0, -17.5) && !holds(174.8, -41.3) && !holds(10.0, -10.0));
    }
}
