//! View + zoom → marks: pins that would cover each other become one mark with a count.

use std::collections::HashMap;

use super::camera::{World, great_circle};
use crate::model::PlaceNo;
use crate::query::{Pin, PinKind, View};

/// One or several pins drawn as one. Invariant: `places` is not empty, the one with the most events first.
#[derive(Clone, Debug)]
pub struct Mark {
    pub kind: PinKind,
    pub places: Vec<PlaceNo>,
    pub at: World,
    /// Corners of the box that holds all its pins.
    pub corners: [World; 2],
    pub shown: u32,
    pub total: u32,
    pub acts: bool,
    pub radius_km: f32,
}

/// A line from a capital to a venue, ready to project.
#[derive(Clone, Debug)]
pub struct Way {
    pub capital: PlaceNo,
    pub venue: PlaceNo,
    pub line: Vec<World>,
    pub shown: u32,
}

/// Up to so many pins each is weighed against each mark; beyond, a grid decides.
const FEW: usize = 600;
/// Side of that grid's cells, in points: two middle-sized discs.
const CELL: f64 = 34.0;
/// At most so many lines; beyond, those with the fewest events are left out.
const MOST_WAYS: usize = 400;

/// Marks and ways, kept while nothing changes.
#[derive(Default)]
pub struct Marks {
    key: Option<(u64, i32)>,
    ways_key: Option<u64>,
    pub all: Vec<Mark>,
    pub ways: Vec<Way>,
}

impl Marks {
    /// Makes them anew where the view (told by its stamp) or the zoom changed; at half steps of zoom, so that discs do not flicker.
    pub fn update(&mut self, view: &View, content: u64, zoom: f64) {
        let step = (zoom * 4.0).floor() as i32;
        if self.key != Some((content, step)) {
            self.key = Some((content, step));
            self.all = gathered(&view.pins, 256.0 * (f64::from(step) / 4.0).exp2());
        }
        if self.ways_key != Some(content) {
            self.ways_key = Some(content);
            let mut ties: Vec<_> = view.ties.iter().filter(|tie| tie.shown > 0).collect();
            ties.sort_by_key(|tie| (std::cmp::Reverse(tie.shown), tie.capital, tie.venue));
            ties.truncate(MOST_WAYS);
            self.ways = ties
                .into_iter()
                .map(|tie| Way { capital: tie.capital, venue: tie.venue, line: great_circle(tie.from, tie.to), shown: tie.shown })
                .collect();
        }
    }
}

/// Radius of a venue's disc in points. Area grows with events; from 40 on it stays, the count says the rest.
pub fn disc_radius(shown: u32) -> f32 {
    if shown == 0 { 4.0 } else { (4.4 + 2.3 * (shown as f32).sqrt()).min(19.0) }
}

/// How far a pin reaches on the screen, in points.
fn reach(kind: PinKind, shown: u32) -> f64 {
    match kind {
        PinKind::Venue => f64::from(disc_radius(shown)),
        PinKind::Capital => 8.0,
        PinKind::Area => 0.0,
    }
}

fn gathered(pins: &[Pin], scale: f64) -> Vec<Mark> {
    let mut order: Vec<&Pin> = pins.iter().collect();
    order.sort_by_key(|pin| (std::cmp::Reverse(pin.shown), std::cmp::Reverse(pin.total), pin.place, pin.kind));
    let mut marks: Vec<Mark> = Vec::new();
    let mut cells: HashMap<(PinKind, bool, i64, i64), usize> = HashMap::new();
    let is_crowd = pins.len() > FEW;
    for pin in order {
        let at = World::of(pin.point);
        // What the filter leaves out never swells a mark that it leaves in.
        let joins = |mark: &Mark| {
            let near = (reach(mark.kind, mark.shown) + reach(pin.kind, pin.shown)) * 0.72;
            let dx = (mark.at.x - at.x) - (mark.at.x - at.x).round();
            mark.kind == pin.kind && (mark.shown > 0) == (pin.shown > 0) && (dx * scale).hypot((mark.at.y - at.y) * scale) < near
        };
        let known = if pin.kind == PinKind::Area {
            None
        } else if is_crowd {
            let cell = |v: f64| (v * scale / CELL).floor() as i64;
            let key = (pin.kind, pin.shown > 0, cell(at.x), cell(at.y));
            let next = marks.len();
            Some(*cells.entry(key).or_insert(next)).filter(|&n| n < next)
        } else {
            marks.iter().position(joins)
        };
        match known {
            Some(n) => {
                let mark = &mut marks[n];
                mark.places.push(pin.place);
                mark.shown += pin.shown;
                mark.total += pin.total;
                mark.acts |= pin.acts;
                let [low, high] = &mut mark.corners;
                (low.x, low.y) = (low.x.min(at.x), low.y.min(at.y));
                (high.x, high.y) = (high.x.max(at.x), high.y.max(at.y));
            }
            None => marks.push(Mark {
                kind: pin.kind,
                places: vec![pin.place],
                at,
                corners: [at, at],
                shown: pin.shown,
                total: pin.total,
                acts: pin.acts,
                radius_km: pin.radius_km,
            }),
        }
    }
    // Drawn in this order: areas below, then faint ones, capitals, venues; the largest last but one never hides one.
    marks.sort_by_key(|mark| (mark.kind != PinKind::Area, mark.shown > 0, mark.kind == PinKind::Venue, mark.shown));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LonLat;

    fn pins(count: u32) -> Vec<Pin> {
        (0..count)
            .map(|n| Pin {
                place: PlaceNo(n),
                kind: if n % 3 == 0 { PinKind::Capital } else { PinKind::Venue },
                point: LonLat { lon: f64::from(n * 37 % 3600) / 10.0 - 180.0, lat: f64::from(n * 53 % 1600) / 10.0 - 80.0 },
                radius_km: 5.0,
                shown: n % 5,
                total: n % 5 + 1,
                acts: true,
                sources: 1,
            })
            .collect()
    }

    #[test]
    fn clusters_keep_the_count() {
        for (count, scale) in [(10, 256.0), (500, 700.0), (5_000, 300.0), (5_000, 90_000.0)] {
            let pins = pins(count);
            let marks = gathered(&pins, scale);
            assert_eq!(marks.iter().map(|m| m.places.len()).sum::<usize>(), pins.len());
            assert_eq!(marks.iter().map(|m| m.shown).sum::<u32>(), pins.iter().map(|p| p.shown).sum::<u32>());
            assert_eq!(marks.iter().map(|m| m.total).sum::<u32>(), pins.iter().map(|p| p.total).sum::<u32>());
        }
    }

    #[test]
    fn a_crowd_gives_few_marks() {
        assert!(gathered(&pins(20_000), 800.0).len() < 2_000);
    }
}
