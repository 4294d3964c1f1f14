//! Events as they pass by → counts per place and actor, and the pins, ties and lines made of them.

use std::collections::{BTreeSet, HashMap};

use super::filter::Days;
use super::view::{ActorLine, Pin, PinKind, Tie, View};
use crate::model::{ActorNo, EventFact, EventNo, Facts, LonLat, PlaceNo, PlaceRole, Row, Shown, Standing};

/// What a person has hidden.
pub(super) struct Hidden {
    rows: BTreeSet<Row>,
}

impl Hidden {
    pub(super) fn new(facts: &Facts) -> Self {
        let hidden = facts.remarks.iter().filter(|(_, remarks)| remarks.hidden == Shown::Hidden);
        Self { rows: hidden.map(|(row, _)| *row).collect() }
    }

    pub(super) fn event(&self, no: EventNo) -> bool {
        !self.rows.is_empty() && self.rows.contains(&Row::Event(no))
    }

    fn place(&self, no: PlaceNo) -> bool {
        self.rows.contains(&Row::Place(no))
    }

    fn actor(&self, no: ActorNo) -> bool {
        self.rows.contains(&Row::Actor(no))
    }
}

#[derive(Clone, Copy, Default)]
struct Count {
    shown: u32,
    total: u32,
}

impl Count {
    fn add(&mut self, shown: bool) {
        self.total += 1;
        self.shown += u32::from(shown);
    }
}

/// Counts per place, role and actor while the events pass by.
pub(super) struct Tally<'a> {
    facts: &'a Facts,
    venue: Vec<Count>,
    capital: Vec<Count>,
    acts: Vec<bool>,
    actor: Vec<Count>,
    ties: HashMap<(PlaceNo, PlaceNo), u32>,
    /// (place, source) of the events shown.
    sources: Vec<(PlaceNo, u32)>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        Self {
            facts,
            venue: vec![Count::default(); facts.places.len()],
            capital: vec![Count::default(); facts.places.len()],
            acts: vec![false; facts.places.len()],
            actor: vec![Count::default(); facts.actors.len()],
            ties: HashMap::new(),
            sources: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, event: &EventFact, shown: bool) {
        let speaks_only = matches!(event.standing, Standing::Stated);
        for (at, (place, role)) in event.places.iter().enumerate() {
            if event.places[..at].contains(&(*place, *role)) {
                continue;
            }
            match role {
                PlaceRole::Capital => {
                    self.capital[place.0 as usize].add(shown);
                    self.acts[place.0 as usize] |= !speaks_only;
                }
                PlaceRole::Venue | PlaceRole::Destination | PlaceRole::Target | PlaceRole::Origin => {
                    self.venue[place.0 as usize].add(shown);
                }
                PlaceRole::Dateline | PlaceRole::Topic => {}
            }
        }
        if shown {
            for report in event.reports() {
                let source = self.facts.part(report.article).source;
                for (place, _) in &event.places {
                    // Events of one article stand together: most repeats are caught here.
                    if self.sources.last() != Some(&(*place, source)) {
                        self.sources.push((*place, source));
                    }
                }
            }
            for (capital, _) in event.places.iter().filter(|(_, role)| *role == PlaceRole::Capital) {
                for (venue, _) in event.places.iter().filter(|(place, role)| *role == PlaceRole::Venue && place != capital) {
                    *self.ties.entry((*capital, *venue)).or_default() += 1;
                }
            }
        }
        for (at, (actor, _)) in event.actors.iter().enumerate() {
            if event.actors[..at].iter().all(|(earlier, _)| earlier != actor) {
                self.actor[actor.0 as usize].add(shown);
            }
        }
    }

    pub(super) fn finish(mut self, made: &mut View, clock: Option<Days>, hidden: &Hidden) {
        let facts = self.facts;
        self.sources.sort_unstable();
        self.sources.dedup();
        let mut behind = vec![0_u32; facts.places.len()];
        self.sources.iter().for_each(|(place, _)| behind[place.0 as usize] += 1);
        let pin = |no: PlaceNo, kind: PinKind, point: LonLat, count: Count, acts: bool| Pin {
            place: no,
            kind,
            point,
            radius_km: facts.place(no).radius_km,
            shown: count.shown,
            total: count.total,
            acts,
            sources: behind[no.0 as usize],
        };
        for (no, place) in (0_u32..).map(PlaceNo).zip(&facts.places).filter(|(no, _)| !hidden.place(*no)) {
            let (venue, capital) = (self.venue[no.0 as usize], self.capital[no.0 as usize]);
            let Some(point) = place.point else {
                made.unlocated.push(no);
                continue;
            };
            if capital.total > 0 {
                made.pins.push(pin(no, PinKind::Capital, point, capital, self.acts[no.0 as usize]));
            }
            if venue.total > 0 {
                let kind = if place.kind.is_area() { PinKind::Area } else { PinKind::Venue };
                made.pins.push(pin(no, kind, point, venue, true));
            }
        }
        let layer = |kind: PinKind| match kind {
            PinKind::Area => 0,
            PinKind::Capital => 1,
            PinKind::Venue => 2,
        };
        made.pins.sort_by_key(|pin| (layer(pin.kind), pin.shown, pin.place));
        made.ties = self
            .ties
            .iter()
            .filter_map(|((capital, venue), shown)| {
                let (from, to) = (facts.place(*capital).point?, facts.place(*venue).point?);
                Some(Tie { capital: *capital, venue: *venue, from, to, shown: *shown })
            })
            .collect();
        made.ties.sort_by_key(|tie| (tie.capital, tie.venue));
        made.actors = (0_u32..)
            .map(ActorNo)
            .zip(&self.actor)
            .filter(|(no, count)| count.total > 0 && !hidden.actor(*no))
            .map(|(actor, count)| ActorLine { actor, shown: count.shown, total: count.total })
            .collect();
        made.actors.sort_by(|a, b| {
            let name = |line: &ActorLine| &facts.actor(line.actor).name;
            // While time plays, rows keep their place and only the counts move.
            let by_shown = if clock.is_some() { std::cmp::Ordering::Equal } else { b.shown.cmp(&a.shown) };
            by_shown.then(b.total.cmp(&a.total)).then_with(|| name(a).cmp(name(b)))
        });
    }
}
