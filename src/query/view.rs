//! The one picture from which all panels draw, so that map, timeline and actor list cannot disagree.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use super::filter::{Days, Filter, Selection, Test, Thing};
use super::tally::{Hidden, Tally};
use crate::model::{ActorNo, EventFact, EventNo, Facts, LonLat, PlaceNo, PlaceRole, Standing, Workspace, date_of_day};

/// What a pin stands for. Venues and capitals are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PinKind {
    Venue,
    Capital,
    /// A country or region in which something happens, drawn by its extent.
    Area,
}

/// A mark on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    pub place: PlaceNo,
    pub kind: PinKind,
    pub point: LonLat,
    pub radius_km: f32,
    /// Events shown under the filter; 0 where the filter leaves none, and the pin is drawn faint.
    pub shown: u32,
    /// Events under no filter but the salience slider.
    pub total: u32,
    /// The government attends or acts itself; without it the capital only speaks.
    pub acts: bool,
    /// Sources that do not copy one another, behind the events shown.
    pub sources: u32,
}

/// A line from a capital to the venue where its government takes part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    pub capital: PlaceNo,
    pub venue: PlaceNo,
    pub from: LonLat,
    pub to: LonLat,
    pub shown: u32,
}

/// A row of the actor list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorLine {
    pub actor: ActorNo,
    pub shown: u32,
    pub total: u32,
}

/// What the lanes of the timeline stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LaneBy {
    #[default]
    Place,
    Actor,
    Kind,
    Article,
    Standing,
}

impl LaneBy {
    pub const ALL: [Self; 5] = [Self::Place, Self::Actor, Self::Kind, Self::Article, Self::Standing];
}

/// One event on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub event: EventNo,
    /// Days since 1970-01-01, both inclusive.
    pub from: i32,
    pub to: i32,
    /// The start, or the end, is not known.
    pub open_start: bool,
    pub open_end: bool,
    pub fuzzy: bool,
    /// Row within its lane, from 0; bars of a row share no day.
    pub row: u16,
}

/// A lane of the timeline. Invariant: bars in order of day; `rows` is one more than the highest row.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub label: String,
    /// What a click on the label picks.
    pub thing: Option<Thing>,
    pub bars: Vec<Bar>,
    pub rows: u16,
    /// Days of its longest bar beyond the first: what begins earlier than that before an instant is over by then.
    pub longest: i32,
}

impl Lane {
    /// Bars that may touch these days, by binary search; a few before them may be over already.
    #[must_use]
    pub fn within(&self, from: i32, to: i32) -> &[Bar] {
        let first = self.bars.partition_point(|bar| bar.from < from.saturating_sub(self.longest));
        let end = self.bars.partition_point(|bar| bar.from <= to);
        &self.bars[first..end.max(first)]
    }
}

/// Which condition a chip takes away.
#[derive(Clone, Debug, PartialEq)]
pub enum ChipKind {
    Place(crate::model::PlaceId),
    Actor(crate::model::ActorKey),
    Article(crate::model::ArticleId),
    Kind(crate::model::EventType),
    Standing(Standing),
    Days,
    Words,
    Area,
    Events,
    /// Time plays: the x stops it.
    Clock,
}

/// A condition of the filter, shown with an x.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    pub label: String,
    pub kind: ChipKind,
}

/// Everything the panels draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Events shown, by day, then article, then place in the text; undated ones last.
    pub events: Vec<EventNo>,
    /// Events under no filter but the salience slider: the N of "n of N events".
    pub total: u32,
    /// Capitals first, so that venues are drawn over them.
    pub pins: Vec<Pin>,
    pub ties: Vec<Tie>,
    /// Places named in the articles that have no coordinates.
    pub unlocated: Vec<PlaceNo>,
    /// Most events first.
    pub actors: Vec<ActorLine>,
    pub lanes: Vec<Lane>,
    pub undated: Vec<EventNo>,
    /// Events per day under all conditions but the days, in order of day.
    pub histogram: Vec<(i32, u32)>,
    /// First and last day of all dated events under the slider; `None` where there is none.
    pub extent: Option<Days>,
    /// The days that hold the story: `extent` without a few far events of its background. What a timeline shows at first.
    pub story: Option<Days>,
    /// Stretches of `extent` in which something happens, in order; the empty times between are long.
    pub busy: Vec<Days>,
    pub chips: Vec<Chip>,
    /// For each row of the events' table whether `events` holds it.
    shown: Vec<bool>,
}

impl View {
    /// Is the event among those shown?
    #[must_use]
    pub fn shows(&self, no: EventNo) -> bool {
        self.shown.get(no.0 as usize).copied().unwrap_or(false)
    }
}

/// At most so many lanes; the rest share a last one, "other".
const LANES: usize = 40;

/// Makes the view. Cost is linear in the number of events. Nothing of the picture hangs on the selection yet: panels light it.
#[must_use]
pub fn view(workspace: &Workspace, filter: &Filter, _selection: &Selection) -> View {
    let facts = &workspace.facts;
    let test = Test::new(facts, filter);
    let mut tally = Tally::new(facts);
    let mut counted: Vec<(i32, i32)> = Vec::new();
    let mut made = View::default();
    let mut dated: Vec<((i32, i32), EventNo)> = Vec::new();
    let mut all_days: Vec<(i32, i32)> = Vec::new();
    let mut to_come = 0;
    let hidden = Hidden::new(facts);
    for &no in &facts.by_day {
        let event = facts.event(no);
        if event.salience < filter.salience || hidden.event(no) || test.is_hidden(event) {
            continue;
        }
        made.total += 1;
        if let Some((from, to)) = event.days {
            let extent = made.extent.get_or_insert(Days { from, to });
            extent.from = extent.from.min(from);
            extent.to = extent.to.max(to);
            all_days.push((from, to));
        }
        let any_day = test.lets_through_any_day(event);
        if any_day && let Some((from, to)) = event.days {
            // A long interval counts on its first days only: a decade is not 3,652 bars.
            counted.push((from, to.min(from.saturating_add(31))));
        }
        let chosen = any_day && test.on_chosen_days(event);
        let shown = chosen && test.under_clock(event);
        tally.count(event, shown);
        if chosen {
            match event.days {
                // Lanes keep what is still to come, so that nothing jumps while time plays.
                Some(days) => {
                    dated.push((days, no));
                    to_come += usize::from(!shown);
                }
                None if shown => made.undated.push(no),
                None => {}
            }
        }
    }
    made.lanes = lanes(facts, filter.lanes, &dated);
    if to_come > 0 {
        dated.retain(|(_, no)| test.under_clock(facts.event(*no)));
    }
    made.events = dated.iter().map(|(_, no)| *no).chain(made.undated.iter().copied()).collect();
    made.shown = vec![false; facts.events.len()];
    for no in &made.events {
        made.shown[no.0 as usize] = true;
    }
    made.busy = busy(&mut all_days);
    made.story = story(&all_days);
    made.histogram = histogram(&counted);
    tally.finish(&mut made, filter.clock, &hidden);
    made.chips = chips(facts, filter);
    made
}

/// Events per day: steps up and down where intervals begin and end, summed from the first day to the last.
fn histogram(counted: &[(i32, i32)]) -> Vec<(i32, u32)> {
    let Some(first) = counted.iter().map(|(from, _)| *from).min() else { return Vec::new() };
    let last = counted.iter().map(|(_, to)| *to).max().unwrap_or(first);
    let mut steps = vec![0_i32; (last - first) as usize + 2];
    for (from, to) in counted {
        steps[(from - first) as usize] += 1;
        steps[(to - first) as usize + 1] -= 1;
    }
    let sums = steps.iter().scan(0_i32, |sum, step| {
        *sum += step;
        Some(*sum)
    });
    (first..).zip(sums).filter(|(_, sum)| *sum > 0).map(|(day, sum)| (day, sum as u32)).collect()
}

/// An empty time longer than this part of all days, and than so many days, parts two busy stretches: at most eight folds.
const EMPTY: (f64, i32) = (0.12, 10);

/// Stretches with events. Of one longer than a month only the
/// first days count: a decade must not hide that nothing happens.
fn busy(days: &mut [(i32, i32)]) -> Vec<Days> {
    days.sort_unstable();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let least = ((f64::from(last.0 - first.0) * EMPTY.0) as i32).max(EMPTY.1);
    let mut busy: Vec<Days> = Vec::new();
    for (from, to) in &*days {
        let to = if to - from > 31 { from.saturating_add(3) } else { *to };
        match busy.last_mut() {
            Some(stretch) if from - stretch.to <= least => stretch.to = stretch.to.max(to),
            _ => busy.push(Days { from: *from, to }),
        }
    }
    busy
}

/// The share of events at each end that may count as background, and how many times wider than the rest the gap before
/// them must be. By eye on a dozen articles: a story of days that mentions a year long past.
const BACKGROUND: (f64, i32) = (0.15, 3);

/// The stretch of days that the story itself takes, from days in order: far events at either end are left out while they are few.
fn story(days: &[(i32, i32)]) -> Option<Days> {
    let end = days.len().checked_sub(1)?;
    let may_go = (days.len() as f64 * BACKGROUND.0).ceil() as usize;
    let middle = days[end / 2].0;
    let last =
        (end.saturating_sub(may_go)..end).find(|at| far(days[at + 1].0 - days[*at].1, days[*at].0 - middle)).unwrap_or(end);
    let begin = (1..=may_go.min(last)).rev().find(|at| far(days[*at].0 - days[at - 1].1, days[last].0 - days[*at].0));
    let first = begin.unwrap_or(0);
    let to = days[first..=last].iter().map(|(_, to)| *to).max()?;
    Some(Days { from: days[first].0, to })
}

/// Is the gap far wider than the stretch beside it? A stretch counts as a week at least.
fn far(gap: i32, stretch: i32) -> bool {
    gap > stretch.max(7).saturating_mul(BACKGROUND.1)
}

/// The lane an event belongs to under each arrangement, as a number: 0 is "no place" or "no actor". An event stands in one
/// lane only.
fn lane_of(event: &EventFact, by: LaneBy) -> u32 {
    match by {
        LaneBy::Place => {
            let venue = event.places.iter().find(|(_, role)| *role == PlaceRole::Venue);
            venue.map_or(0, |(place, _)| place.0 + 1)
        }
        LaneBy::Actor => event.actors.first().map_or(0, |(actor, _)| actor.0 + 1),
        LaneBy::Kind => event.kind as u32,
        LaneBy::Standing => event.standing as u32,
        LaneBy::Article => event.article.0,
    }
}

/// What the lane is called, and what a click on it picks; `first` is an event in it.
fn lane_name(facts: &Facts, by: LaneBy, lane: u32, first: &EventFact) -> (String, Option<Thing>) {
    match by {
        LaneBy::Place if lane == 0 => ("No place".into(), None),
        LaneBy::Place => {
            let place = facts.place(PlaceNo(lane - 1));
            (place.name.clone(), Some(Thing::Place(place.id.clone())))
        }
        LaneBy::Actor if lane == 0 => ("No actor".into(), None),
        LaneBy::Actor => {
            let actor = facts.actor(ActorNo(lane - 1));
            (actor.name.clone(), Some(Thing::Actor(actor.key.clone())))
        }
        LaneBy::Kind => (first.kind.name().into(), None),
        LaneBy::Standing => (capitalised(first.standing.name()), None),
        LaneBy::Article => {
            let filed = facts.article(first.article);
            (filed.about.title.clone().unwrap_or_else(|| filed.about.doc_id.clone()), Some(Thing::Article(filed.id)))
        }
    }
}

fn lanes(facts: &Facts, by: LaneBy, dated: &[((i32, i32), EventNo)]) -> Vec<Lane> {
    // Numbers of lanes are small: a place, an actor, an article, a type.
    let mut slots: Vec<u32> = Vec::new();
    let mut found: Vec<(u32, Vec<Bar>)> = Vec::new();
    for ((from, to), no) in dated {
        let event = facts.event(*no);
        let lane = lane_of(event, by);
        if slots.len() <= lane as usize {
            slots.resize(lane as usize + 1, u32::MAX);
        }
        let slot = &mut slots[lane as usize];
        if *slot == u32::MAX {
            *slot = found.len() as u32;
            found.push((lane, Vec::new()));
        }
        found[*slot as usize].1.push(Bar {
            event: *no,
            from: *from,
            to: *to,
            open_start: event.interval.from.is_none(),
            open_end: event.interval.to.is_none(),
            fuzzy: event.interval.fuzzy,
            row: 0,
        });
    }
    let named = found.into_iter().map(|(lane, bars)| {
        let (label, thing) = lane_name(facts, by, lane, facts.event(bars[0].event));
        Lane { label, thing, bars, rows: 0, longest: 0 }
    });
    let mut lanes: Vec<Lane> = named.collect();
    // "No place" and the like come last: what is missing must not push what is there out of sight.
    lanes.sort_by(|a, b| {
        let rest = |lane: &Lane| lane.thing.is_none() && matches!(by, LaneBy::Place | LaneBy::Actor);
        rest(a)
            .cmp(&rest(b))
            .then(b.bars.len().cmp(&a.bars.len()))
            .then_with(|| a.label.cmp(&b.label))
            .then(a.bars[0].event.cmp(&b.bars[0].event))
    });
    if lanes.len() > LANES {
        let rest = lanes.split_off(LANES - 1);
        let mut bars: Vec<Bar> = rest.into_iter().flat_map(|lane| lane.bars).collect();
        bars.sort_by_key(|bar| (bar.from, bar.event));
        lanes.push(Lane { label: "Other".into(), thing: None, bars, rows: 0, longest: 0 });
    }
    for lane in &mut lanes {
        stack(lane);
    }
    lanes
}

/// Gives each bar the lowest row that is free on its days: first fit over bars in order of day.
fn stack(lane: &mut Lane) {
    // (last day of the bar in it, row) of rows in use, and rows that are free again; the least of each is on top.
    let mut busy: BinaryHeap<Reverse<(i32, u16)>> = BinaryHeap::new();
    let mut free: BinaryHeap<Reverse<u16>> = BinaryHeap::new();
    let mut rows = 0_u16;
    for bar in &mut lane.bars {
        while let Some(&Reverse((until, row))) = busy.peek()
            && until < bar.from
        {
            busy.pop();
            free.push(Reverse(row));
        }
        bar.row = free.pop().map_or_else(
            || {
                rows = rows.saturating_add(1);
                rows - 1
            },
            |Reverse(row)| row,
        );
        busy.push(Reverse((bar.to, bar.row)));
    }
    lane.rows = rows;
    lane.longest = lane.bars.iter().map(|bar| bar.to.saturating_sub(bar.from)).max().unwrap_or(0);
}

fn chips(facts: &Facts, filter: &Filter) -> Vec<Chip> {
    let mut chips = Vec::new();
    for id in &filter.places {
        let label = facts.place_no(id).map_or_else(|| id.0.clone(), |no| facts.place(no).name.clone());
        chips.push(Chip { label, kind: ChipKind::Place(id.clone()) });
    }
    for key in &filter.actors {
        let label = facts.actor_no(key).map_or_else(|| key.0.clone(), |no| facts.actor(no).name.clone());
        chips.push(Chip { label, kind: ChipKind::Actor(key.clone()) });
    }
    for id in &filter.articles {
        let title = facts
            .articles
            .iter()
            .find(|filed| filed.id == *id)
            .map_or_else(|| id.to_string(), |filed| filed.about.title.clone().unwrap_or_else(|| filed.about.doc_id.clone()));
        chips.push(Chip { label: title, kind: ChipKind::Article(*id) });
    }
    for kind in &filter.kinds {
        chips.push(Chip { label: kind.name().into(), kind: ChipKind::Kind(*kind) });
    }
    for standing in &filter.standings {
        chips.push(Chip { label: capitalised(standing.name()), kind: ChipKind::Standing(*standing) });
    }
    if let Some(days) = filter.days {
        chips.push(Chip { label: days_in_words(days), kind: ChipKind::Days });
    }
    if filter.area.is_some() {
        chips.push(Chip { label: "Area on the map".into(), kind: ChipKind::Area });
    }
    if !filter.events.is_empty() {
        let count = filter.events.len();
        let label = if count == 1 { "1 chosen event".into() } else { format!("{count} chosen events") };
        chips.push(Chip { label, kind: ChipKind::Events });
    }
    if let Some(clock) = filter.clock {
        let to = date_of_day(clock.to).strftime("%-d %b %Y").to_string();
        let label = if clock.from == i32::MIN { format!("Until {to}") } else { days_in_words(clock) };
        chips.push(Chip { label, kind: ChipKind::Clock });
    }
    if !filter.words.trim().is_empty() {
        chips.push(Chip { label: format!("“{}”", filter.words.trim()), kind: ChipKind::Words });
    }
    chips
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "9 Oct 2025", "6–9 Oct 2025", "28 Sep – 3 Oct 2025", "Oct 2025", "2015".
#[must_use]
pub fn days_in_words(days: Days) -> String {
    let (from, to) = (date_of_day(days.from), date_of_day(days.to));
    if from == from.first_of_month() && to == to.last_of_month() {
        if (from.month(), to.month()) == (1, 12) {
            return if from.year() == to.year() { from.year().to_string() } else { format!("{}–{}", from.year(), to.year()) };
        }
        if (from.year(), from.month()) == (to.year(), to.month()) {
            return from.strftime("%b %Y").to_string();
        }
    }
    let full = |date: jiff::civil::Date| date.strftime("%-d %b %Y").to_string();
    if from == to {
        full(from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{}", from.day(), full(to))
    } else if from.year() == to.year() {
        format!("{} – {}", from.strftime("%-d %b"), full(to))
    } else {
        format!("{} – {}", full(from), full(to))
    }
}
