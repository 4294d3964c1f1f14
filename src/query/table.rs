//! Events of the view → the lines of a table, sorted and grouped.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{EventFact, EventNo, EventType, Facts, PlaceRole, date_of_day};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortBy {
    #[default]
    Day,
    Kind,
    Summary,
    Place,
    Actor,
    Standing,
    Weight,
    /// What would change most if it were wrong comes first: weighty and unsure.
    Doubt,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    #[default]
    Rising,
    Falling,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GroupBy {
    #[default]
    Nothing,
    Day,
    Place,
    Actor,
    Kind,
    Article,
    Standing,
}

impl GroupBy {
    pub const ALL: [Self; 7] = [Self::Nothing, Self::Day, Self::Place, Self::Actor, Self::Kind, Self::Article, Self::Standing];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no groups",
            Self::Day => "day",
            Self::Place => "place",
            Self::Actor => "actor",
            Self::Kind => "type",
            Self::Article => "article",
            Self::Standing => "standing",
        }
    }
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Group { label: String, count: u32 },
    Event(EventNo),
}

/// Sorts stably within groups; what has no day, place or actor comes last. Groups come in order of their first event, or by
/// name where there is one. Cost is n log n in the number of events.
#[must_use]
pub fn table(
    facts: &Facts,
    events: &[EventNo],
    sort: SortBy,
    order: Order,
    group: GroupBy,
    closed: &BTreeSet<String>,
) -> Vec<Line> {
    let ranks = Ranks::of(facts, sort, group);
    let mut rows: Vec<((u64, u64), EventNo)> = events
        .iter()
        .map(|no| {
            let event = facts.event(*no);
            let key = ranks.sort_key(event, *no, facts, sort);
            let key = if order == Order::Falling && key != LAST { LAST - 1 - key } else { key };
            ((ranks.group_key(event, group), key), *no)
        })
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    if group == GroupBy::Nothing {
        return rows.into_iter().map(|(_, no)| Line::Event(no)).collect();
    }
    let mut lines = Vec::with_capacity(rows.len() + 64);
    for same in rows.chunk_by(|a, b| a.0.0 == b.0.0) {
        let label = group_label(facts, group, facts.event(same[0].1));
        let is_open = !closed.contains(&label);
        lines.push(Line::Group { label, count: u32::try_from(same.len()).unwrap_or(u32::MAX) });
        if is_open {
            lines.extend(same.iter().map(|(_, no)| Line::Event(*no)));
        }
    }
    lines
}

const LAST: u64 = u64::MAX;

/// Where each place, actor or article stands in the alphabet.
struct Ranks {
    places: Vec<u64>,
    actors: Vec<u64>,
}

impl Ranks {
    fn of(facts: &Facts, sort: SortBy, group: GroupBy) -> Self {
        let places = sort == SortBy::Place || group == GroupBy::Place;
        let actors = sort == SortBy::Actor || group == GroupBy::Actor;
        Self {
            places: if places { ranks(facts.places.iter().map(|place| place.name.as_str())) } else { Vec::new() },
            actors: if actors { ranks(facts.actors.iter().map(|actor| actor.name.as_str())) } else { Vec::new() },
        }
    }

    fn place(&self, event: &EventFact) -> u64 {
        venue(event).map_or(LAST, |no| self.places[no.0 as usize])
    }

    fn actor(&self, event: &EventFact) -> u64 {
        event.actors.first().map_or(LAST, |(no, _)| self.actors[no.0 as usize])
    }

    fn sort_key(&self, event: &EventFact, no: EventNo, facts: &Facts, sort: SortBy) -> u64 {
        match sort {
            SortBy::Day => day_key(event),
            SortBy::Kind => event.kind as u64,
            // Eight letters tell summaries apart well enough to find one.
            SortBy::Summary => {
                let mut letters = facts.told(no).summary.bytes().map(|byte| byte.to_ascii_lowercase());
                (0..8).fold(0, |key, _| key << 8 | u64::from(letters.next().unwrap_or(0)))
            }
            SortBy::Place => self.place(event),
            SortBy::Actor => self.actor(event),
            SortBy::Standing => event.standing as u64,
            SortBy::Weight => (f64::from(1.0 - event.salience).max(0.0) * 1e6) as u64,
            SortBy::Doubt => ((1.0 - doubt(event)).max(0.0) * 1e6) as u64,
        }
    }

    fn group_key(&self, event: &EventFact, group: GroupBy) -> u64 {
        match group {
            GroupBy::Nothing => 0,
            GroupBy::Day => day_key(event),
            GroupBy::Place => self.place(event),
            GroupBy::Actor => self.actor(event),
            GroupBy::Kind => event.kind as u64,
            GroupBy::Article => u64::from(event.article.0),
            GroupBy::Standing => event.standing as u64,
        }
    }
}

/// How much a look at the event is worth, 0..=1: weighty events that are unsure, undated or nowhere.
fn doubt(event: &EventFact) -> f64 {
    let missing = f64::from(u8::from(event.days.is_none()) + u8::from(venue(event).is_none()));
    let unsure = f64::from(1.0 - event.certainty) + 0.2 * missing;
    (f64::from(event.salience) * unsure).min(1.0)
}

fn ranks<'a>(names: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut order: Vec<(String, usize)> = names.enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect();
    order.sort();
    let mut ranks = vec![0; order.len()];
    for (rank, (_, at)) in (0_u64..).zip(order) {
        ranks[at] = rank;
    }
    ranks
}

fn day_key(event: &EventFact) -> u64 {
    event.days.map_or(LAST, |(from, _)| (i64::from(from) + i64::from(u32::MAX)) as u64)
}

/// Where the event happens.
#[must_use]
pub fn venue(event: &EventFact) -> Option<crate::model::PlaceNo> {
    event.places.iter().find(|(_, role)| *role == PlaceRole::Venue).map(|(place, _)| *place)
}

fn group_label(facts: &Facts, group: GroupBy, event: &EventFact) -> String {
    match group {
        GroupBy::Nothing => String::new(),
        GroupBy::Day => {
            event.days.map_or_else(|| "No date".into(), |(from, _)| date_of_day(from).strftime("%A %-d %B %Y").to_string())
        }
        GroupBy::Place => venue(event).map_or_else(|| "No place".into(), |no| facts.place(no).name.clone()),
        GroupBy::Actor => event.actors.first().map_or_else(|| "No actor".into(), |(no, _)| facts.actor(*no).name.clone()),
        GroupBy::Kind => EventType::name(event.kind).into(),
        GroupBy::Article => {
            let about = &facts.article(event.article).about;
            about.title.clone().unwrap_or_else(|| about.doc_id.clone())
        }
        GroupBy::Standing => event.standing.name().into(),
    }
}
