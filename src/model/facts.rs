//! The merged tables: one row per place, per actor and per event over all articles on the desk.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ActorKind, ActorRole, ArticleId, Event, EventType, Filed, Interval, LonLat, PlaceId, PlaceKind, PlaceRole, Standing,
};

/// Row of `Facts::articles`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleNo(pub u32);
/// Row of `Facts::places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceNo(pub u32);
/// Row of `Facts::actors`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorNo(pub u32);
/// Row of `Facts::events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventNo(pub u32);

/// What makes two actors of different articles one: kind and full name, folded. Stable over re-extraction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActorKey(pub String);

impl ActorKey {
    #[must_use]
    pub fn new(kind: ActorKind, name: &str) -> Self {
        Self(format!("{kind:?}:{}", name.to_lowercase()))
    }
}

/// A place over all articles.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFact {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    pub point: Option<LonLat>,
    pub country: Option<String>,
    pub radius_km: f32,
    pub score: f32,
    pub contested: Option<String>,
    /// The articles that name it, with its row in each analysis.
    pub mentioned: Vec<(ArticleNo, u32)>,
}

/// An actor over all articles.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorFact {
    pub key: ActorKey,
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<String>,
    pub titles: Vec<String>,
    /// The articles that name it, with its row in each analysis.
    pub mentioned: Vec<(ArticleNo, u32)>,
}

/// An event with its parts as rows of these tables.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFact {
    pub article: ArticleNo,
    /// Row in the article's analysis, where summary, spans and reasons stand.
    pub row: u32,
    pub kind: EventType,
    pub standing: Standing,
    pub interval: Interval,
    /// Days since 1970-01-01, both inclusive; `None` for an undated event. An open end takes the known one.
    pub days: Option<(i32, i32)>,
    pub places: Vec<(PlaceNo, PlaceRole)>,
    pub actors: Vec<(ActorNo, ActorRole)>,
    pub certainty: f32,
    pub salience: f32,
}

/// Invariant: every row number inside points into these lists.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub articles: Vec<Arc<Filed>>,
    pub places: Vec<PlaceFact>,
    pub actors: Vec<ActorFact>,
    pub events: Vec<EventFact>,
    article_rows: HashMap<ArticleId, ArticleNo>,
    place_rows: HashMap<PlaceId, PlaceNo>,
    actor_rows: HashMap<ActorKey, ActorNo>,
}

impl Facts {
    #[must_use]
    pub fn of(articles: &[Arc<Filed>]) -> Self {
        let mut facts = Self::default();
        for filed in articles {
            facts.add(filed);
        }
        facts
    }

    /// Adds one article's findings, unless it is here already; cost does not depend on how much that is.
    pub fn add(&mut self, filed: &Arc<Filed>) {
        let article = ArticleNo(row(self.articles.len()));
        if *self.article_rows.entry(filed.id).or_insert(article) != article {
            return;
        }
        let analysis = &filed.analysis;
        let places: Vec<PlaceNo> =
            analysis.places.iter().enumerate().map(|(own, place)| self.add_place(article, row(own), place)).collect();
        let actors: Vec<ActorNo> =
            analysis.actors.iter().enumerate().map(|(own, actor)| self.add_actor(article, row(own), actor)).collect();
        for (own, event) in analysis.events.iter().enumerate() {
            self.events.push(EventFact {
                article,
                row: row(own),
                kind: event.kind,
                standing: event.standing,
                interval: event.when.interval,
                days: days(&event.when.interval),
                places: event.places.iter().filter_map(|p| Some((*places.get(p.place as usize)?, p.role))).collect(),
                actors: event.actors.iter().filter_map(|a| Some((*actors.get(a.actor as usize)?, a.role))).collect(),
                certainty: event.certainty,
                salience: event.salience,
            });
        }
        self.articles.push(Arc::clone(filed));
    }

    fn add_place(&mut self, article: ArticleNo, own: u32, place: &super::Place) -> PlaceNo {
        let no = *self.place_rows.entry(place.id.clone()).or_insert_with(|| {
            self.places.push(PlaceFact {
                id: place.id.clone(),
                name: place.name.clone(),
                kind: place.kind,
                point: place.point,
                country: place.country.clone(),
                radius_km: place.radius_km,
                score: place.score,
                contested: place.contested.clone(),
                mentioned: Vec::new(),
            });
            PlaceNo(row(self.places.len() - 1))
        });
        self.places[no.0 as usize].mentioned.push((article, own));
        no
    }

    fn add_actor(&mut self, article: ArticleNo, own: u32, actor: &super::Actor) -> ActorNo {
        let key = ActorKey::new(actor.kind, &actor.name);
        let no = *self.actor_rows.entry(key.clone()).or_insert_with(|| {
            self.actors.push(ActorFact {
                key,
                name: actor.name.clone(),
                kind: actor.kind,
                country: actor.country.clone(),
                titles: Vec::new(),
                mentioned: Vec::new(),
            });
            ActorNo(row(self.actors.len() - 1))
        });
        let fact = &mut self.actors[no.0 as usize];
        fact.mentioned.push((article, own));
        if fact.country.is_none() {
            fact.country.clone_from(&actor.country);
        }
        for title in &actor.titles {
            if !fact.titles.contains(title) {
                fact.titles.push(title.clone());
            }
        }
        no
    }

    #[must_use]
    pub fn article(&self, no: ArticleNo) -> &Arc<Filed> {
        &self.articles[no.0 as usize]
    }

    #[must_use]
    pub fn place(&self, no: PlaceNo) -> &PlaceFact {
        &self.places[no.0 as usize]
    }

    #[must_use]
    pub fn actor(&self, no: ActorNo) -> &ActorFact {
        &self.actors[no.0 as usize]
    }

    #[must_use]
    pub fn event(&self, no: EventNo) -> &EventFact {
        &self.events[no.0 as usize]
    }

    /// The event as its article's analysis tells it.
    #[must_use]
    pub fn told(&self, no: EventNo) -> &Event {
        let fact = self.event(no);
        &self.article(fact.article).analysis.events[fact.row as usize]
    }

    #[must_use]
    pub fn article_no(&self, id: ArticleId) -> Option<ArticleNo> {
        self.article_rows.get(&id).copied()
    }

    #[must_use]
    pub fn place_no(&self, id: &PlaceId) -> Option<PlaceNo> {
        self.place_rows.get(id).copied()
    }

    #[must_use]
    pub fn actor_no(&self, key: &ActorKey) -> Option<ActorNo> {
        self.actor_rows.get(key).copied()
    }
}

fn row(index: usize) -> u32 {
    u32::try_from(index).expect("memory ends long before four thousand million rows")
}

/// Days since 1970-01-01 of a date.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The date of a day number; ends of the calendar beyond it.
#[must_use]
pub fn date_of_day(day: i32) -> Date {
    let epoch = Date::constant(1970, 1, 1);
    jiff::Span::new().try_days(day).and_then(|span| epoch.checked_add(span)).unwrap_or(if day < 0 {
        Date::MIN
    } else {
        Date::MAX
    })
}

fn days(interval: &Interval) -> Option<(i32, i32)> {
    match (interval.from.map(day_number), interval.to.map(day_number)) {
        (Some(from), Some(to)) => Some((from.min(to), to.max(from))),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}
