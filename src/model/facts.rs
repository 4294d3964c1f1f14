//! The merged tables: one row per place, per actor and per event over all articles on the desk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// What makes two actors of different articles one; stable while their names are found alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActorKey(pub String);

impl ActorKey {
    /// Of an actor known by its full name.
    #[must_use]
    pub fn new(kind: ActorKind, name: &str) -> Self {
        Self(format!("{kind:?}:{}", name.to_lowercase()))
    }

    /// Of one that only shares the name with others.
    #[must_use]
    pub fn apart(&self, by: &str) -> Self {
        Self(format!("{}#{by}", self.0))
    }

    /// The name in it, as well as a key can tell it.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.0.split_once(':').map_or(self.0.as_str(), |(_, name)| name);
        name.split('#').next().unwrap_or(name)
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
    /// Other names it has in the articles, without the one it is shown by.
    pub aliases: Vec<String>,
    /// The articles that name it, with its row in each analysis.
    pub mentioned: Vec<(ArticleNo, u32)>,
    /// Why these are one, where more than the name says so.
    pub why: String,
}

/// What a person said about an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Judged {
    #[default]
    Open,
    /// A person has accepted, corrected or added it.
    Accepted,
}

/// Where one article tells an event: a row of its analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Report {
    pub article: ArticleNo,
    pub row: u32,
}

/// An event with its parts as rows of these tables. Type, standing and days are those of the leading report.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFact {
    /// The leading report: the one that tells most.
    pub article: ArticleNo,
    /// Row in the article's analysis, where summary, spans and reasons stand.
    pub row: u32,
    /// The other reports of the same event, in order; none for most.
    pub more: Box<[Report]>,
    /// Sources that do not copy one another; at least 1.
    pub sources: u32,
    pub kind: EventType,
    pub standing: Standing,
    pub interval: Interval,
    /// Days since 1970-01-01, both inclusive; `None` for an undated event. An open end takes the known one.
    pub days: Option<(i32, i32)>,
    pub places: Box<[(PlaceNo, PlaceRole)]>,
    pub actors: Box<[(ActorNo, ActorRole)]>,
    pub certainty: f32,
    pub salience: f32,
    pub judged: Judged,
}

impl EventFact {
    /// Every report of it, the leading one first.
    pub fn reports(&self) -> impl Iterator<Item = Report> + '_ {
        std::iter::once(Report { article: self.article, row: self.row }).chain(self.more.iter().copied())
    }
}

/// What an article stands for among the others, and where its rows went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// For each place of its analysis; `None` for one that edits have emptied.
    pub places: Box<[Option<PlaceNo>]>,
    pub actors: Box<[Option<ActorNo>]>,
    /// `None` for a rejected event.
    pub events: Box<[Option<EventNo>]>,
    /// Articles with the same number are one source: copies, the same agency's, the same outlet's.
    pub source: u32,
    /// Other articles with nearly the same text.
    pub copies: Vec<ArticleNo>,
    /// The version of the same article that came next.
    pub replaced_by: Option<ArticleNo>,
}

/// A person's remarks on a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    pub hidden: Shown,
    pub starred: Starred,
    pub tags: BTreeSet<String>,
    pub note: String,
}

/// Has a person hidden it?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Yes,
    Hidden,
}

/// Has a person starred it?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Starred {
    #[default]
    No,
    Yes,
}

/// A thing that remarks stand on, as a row of these tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    Article(ArticleNo),
    Place(PlaceNo),
    Actor(ActorNo),
    Event(EventNo),
}

/// An edit in force that finds nothing to hold on to any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Number of the entry in the log, from 0.
    pub number: usize,
    /// One sentence for people.
    pub reason: String,
}

/// Invariant: every row number inside points into these lists; articles stand in order of publication and id, undated ones last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// As shown: what was found, with the edits on top.
    pub articles: Vec<Arc<Filed>>,
    /// One for each article.
    pub parts: Vec<Part>,
    pub places: Vec<PlaceFact>,
    pub actors: Vec<ActorFact>,
    pub events: Vec<EventFact>,
    /// Rows of all events in order of their first day and number, undated ones last.
    pub by_day: Vec<EventNo>,
    pub remarks: BTreeMap<Row, Remarks>,
    pub orphans: Vec<Orphan>,
    pub article_rows: HashMap<ArticleId, ArticleNo>,
    pub place_rows: HashMap<PlaceId, PlaceNo>,
    /// Also the keys under which merged actors were known before.
    pub actor_rows: HashMap<ActorKey, ActorNo>,
}

impl Facts {
    #[must_use]
    pub fn article(&self, no: ArticleNo) -> &Arc<Filed> {
        &self.articles[no.0 as usize]
    }

    #[must_use]
    pub fn part(&self, no: ArticleNo) -> &Part {
        &self.parts[no.0 as usize]
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

    /// The event as its leading report tells it.
    #[must_use]
    pub fn told(&self, no: EventNo) -> &Event {
        let fact = self.event(no);
        self.report(Report { article: fact.article, row: fact.row })
    }

    /// The event as one article's analysis tells it.
    #[must_use]
    pub fn report(&self, report: Report) -> &Event {
        &self.article(report.article).analysis.events[report.row as usize]
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

    /// The actor over all articles that a row of one analysis belongs to.
    #[must_use]
    pub fn actor_of(&self, id: ArticleId, row: u32) -> Option<ActorNo> {
        *self.part(self.article_no(id)?).actors.get(row as usize)?
    }

    /// The event that a row of one analysis is a report of.
    #[must_use]
    pub fn event_of(&self, id: ArticleId, row: u32) -> Option<EventNo> {
        *self.part(self.article_no(id)?).events.get(row as usize)?
    }

    #[must_use]
    pub fn remarks(&self, row: Row) -> Option<&Remarks> {
        self.remarks.get(&row)
    }
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

/// First and last day of an interval as numbers; an open end takes the known one.
#[must_use]
pub fn days(interval: &Interval) -> Option<(i32, i32)> {
    match (interval.from.map(day_number), interval.to.map(day_number)) {
        (Some(from), Some(to)) => Some((from.min(to), to.max(from))),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}
