//! Centre, zoom and rectangle ⇄ screen: where a place is drawn, and what makes all of them fit.

use std::f64::consts::PI;

use egui::{Pos2, Rect, Vec2, pos2};

use crate::model::LonLat;

/// Points across the world at zoom 0, as walkers counts.
const WORLD_POINTS: f64 = 256.0;
/// Deepest zoom: the basemap says nothing more there (a street is some 30 points wide).
pub const DEEPEST: f64 = 14.0;

/// World units: Web Mercator, x east from the antimeridian, y south; the world is the square 0..1, and comes again on
/// both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct World {
    pub x: f64,
    pub y: f64,
}

impl World {
    pub fn of(place: LonLat) -> Self {
        // Beyond 85.05° the square world ends; what lies there is drawn at its edge.
        let lat = place.lat.clamp(-85.051, 85.051).to_radians();
        Self { x: (place.lon + 180.0) / 360.0, y: (1.0 - lat.tan().asinh() / PI) / 2.0 }
    }

    /// Longitude in −180..180, latitude within ±85.06.
    pub fn lonlat(self) -> LonLat {
        let lon = self.x.rem_euclid(1.0) * 360.0 - 180.0;
        let lat = (PI * (1.0 - 2.0 * self.y.clamp(0.0, 1.0))).sinh().atan().to_degrees();
        LonLat { lon, lat }
    }

    /// How many world units one kilometre is here.
    pub fn per_km(self) -> f64 {
        // Mercator stretches by 1 / cos(latitude), which is cosh of the ordinate.
        (PI * (1.0 - 2.0 * self.y.clamp(0.0, 1.0))).cosh() / 40_075.0
    }
}

/// What is in view. Invariant after `kept_in_world`: no edge of the world shows above or below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub center: World,
    pub zoom: f64,
    pub rect: Rect,
}

impl Camera {
    /// Points across the world.
    pub fn scale(&self) -> f64 {
        WORLD_POINTS * self.zoom.exp2()
    }

    /// The least zoom: the world is at least as high as the panel, and comes again at most once and a half.
    pub fn least_zoom(rect: Rect) -> f64 {
        let needed = f64::from(rect.height()).max(f64::from(rect.width()) * 0.64).max(64.0);
        (needed / WORLD_POINTS).log2().clamp(0.0, DEEPEST)
    }

    #[must_use]
    pub fn kept_in_world(mut self) -> Self {
        self.zoom = self.zoom.clamp(Self::least_zoom(self.rect), DEEPEST);
        let half = (f64::from(self.rect.height()) / 2.0 / self.scale()).min(0.5);
        self.center.y = self.center.y.clamp(half, 1.0 - half);
        self.center.x = self.center.x.rem_euclid(1.0);
        self
    }

    /// Would it be drawn elsewhere? Rounding on the way through degrees is no difference.
    pub fn differs_from(&self, other: &Self) -> bool {
        let far = |a: f64, b: f64| ((a - b) * self.scale()).abs() > 0.01;
        far(self.center.x, other.center.x) || far(self.center.y, other.center.y) || (self.zoom - other.zoom).abs() > 1e-9
    }

    /// Where the copy of the place lies that is nearest to the centre.
    pub fn screen(&self, at: World) -> Pos2 {
        let dx = at.x - self.center.x;
        self.screen_of_copy(World { x: at.x - dx.round(), y: at.y })
    }

    /// Where exactly this x lies, which may be beyond 0..1.
    pub fn screen_of_copy(&self, at: World) -> Pos2 {
        let scale = self.scale();
        let center = self.rect.center();
        pos2(center.x + ((at.x - self.center.x) * scale) as f32, center.y + ((at.y - self.center.y) * scale) as f32)
    }

    pub fn world(&self, at: Pos2) -> World {
        let away = at - self.rect.center();
        let scale = self.scale();
        World { x: self.center.x + f64::from(away.x) / scale, y: self.center.y + f64::from(away.y) / scale }
    }

    /// Shifts, in points, at which a thing around `at` is seen: 0 for the copy nearest to the centre, and a world's
    /// width to either side where that is in view too.
    pub fn copies(&self, at: Pos2, reach: f32) -> impl Iterator<Item = Vec2> + use<> {
        let (rect, scale) = (self.rect.expand(reach), self.scale() as f32);
        [0.0, -1.0, 1.0].into_iter().map(move |n| egui::vec2(n * scale, 0.0)).filter(move |shift| rect.contains(at + *shift))
    }

    /// Zoomed by so many steps with the point under the pointer staying where it is.
    #[must_use]
    pub fn zoomed_at(mut self, pointer: Pos2, steps: f64) -> Self {
        let under = self.world(pointer);
        self.zoom = (self.zoom + steps).clamp(Self::least_zoom(self.rect), DEEPEST);
        let away = pointer - self.rect.center();
        let scale = self.scale();
        self.center = World { x: under.x - f64::from(away.x) / scale, y: under.y - f64::from(away.y) / scale };
        self.kept_in_world()
    }

    /// The view that holds all these places with a margin, across the antimeridian where that is shorter.
    #[must_use]
    pub fn fitting(self, places: &[World]) -> Self {
        let Some(span) = Span::of(places) else { return self };
        let room = self
            .rect
            .shrink2(egui::vec2((self.rect.width() * 0.12).clamp(24.0, 90.0), (self.rect.height() * 0.12).clamp(24.0, 72.0)));
        let needed = |size: f64, room: f32| (f64::from(room.max(32.0)) / (size.max(1e-9) * WORLD_POINTS)).log2();
        // A single place is shown with its surroundings, not at the end of the scale: a zoom at which a country's
        // larger towns are named.
        let zoom = needed(span.width, room.width()).min(needed(span.height, room.height())).min(5.6);
        Self { center: span.center, zoom, rect: self.rect }.kept_in_world()
    }

    /// A part of the way to another view, 0..=1: zoom and centre move evenly for the eye.
    #[must_use]
    pub fn towards(self, goal: Self, part: f64) -> Self {
        let eased = part * part * (3.0 - 2.0 * part);
        let zoom = self.zoom + (goal.zoom - self.zoom) * eased;
        // The centre follows the scale, so that the way over the ground is straight in the picture.
        let (from, to) = ((-self.zoom).exp2(), (-goal.zoom).exp2());
        let way = if (from - to).abs() < 1e-9 { eased } else { ((-zoom).exp2() - from) / (to - from) };
        let dx = goal.center.x - self.center.x;
        let dx = dx - dx.round();
        let center = World { x: self.center.x + dx * way, y: self.center.y + (goal.center.y - self.center.y) * way };
        Self { center, zoom, rect: goal.rect }.kept_in_world()
    }
}

struct Span {
    center: World,
    width: f64,
    height: f64,
}

impl Span {
    fn of(places: &[World]) -> Option<Self> {
        let mut xs: Vec<f64> = places.iter().map(|p| p.x.rem_euclid(1.0)).collect();
        xs.sort_by(f64::total_cmp);
        let (first, last) = (*xs.first()?, *xs.last()?);
        // Round the world, the widest gap between neighbours is what need not be shown.
        let (mut gap, mut from, mut to) = (first + 1.0 - last, first, last);
        for pair in xs.windows(2) {
            if pair[1] - pair[0] > gap {
                (gap, from, to) = (pair[1] - pair[0], pair[1], pair[0] + 1.0);
            }
        }
        let top = places.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
        let bottom = places.iter().map(|p| p.y).fold(f64::NEG_INFINITY, f64::max);
        let center = World { x: f64::midpoint(from, to).rem_euclid(1.0), y: f64::midpoint(top, bottom) };
        Some(Self { center, width: to - from, height: bottom - top })
    }
}

/// Points of the shortest way over the globe between two places, unbroken across the antimeridian.
pub fn great_circle(from: LonLat, to: LonLat) -> Vec<World> {
    let vector = |p: LonLat| {
        let (lon, lat) = (p.lon.to_radians(), p.lat.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (start, end) = (vector(from), vector(to));
    let cos = (start[0] * end[0] + start[1] * end[1] + start[2] * end[2]).clamp(-1.0, 1.0);
    let angle = cos.acos();
    // Antipodes have no one shortest way; what is there is drawn straight.
    if angle.sin().abs() < 1e-6 {
        return vec![World::of(from), World::of(to)];
    }
    // One step per 2.5°: no corner is seen at world zoom; deeper, ways across the view are short arcs.
    let steps = ((angle.to_degrees() / 2.5).ceil() as u32).clamp(8, 72);
    let mut line: Vec<World> = Vec::new();
    for i in 0..=steps {
        let part = f64::from(i) / f64::from(steps);
        let (left, done) = (((1.0 - part) * angle).sin() / angle.sin(), (part * angle).sin() / angle.sin());
        let [x, y, z]: [f64; 3] = std::array::from_fn(|n| start[n] * left + end[n] * done);
        let place = LonLat { lon: y.atan2(x).to_degrees(), lat: z.atan2(x.hypot(y)).to_degrees() };
        let mut at = World::of(place);
        if let Some(last) = line.last() {
            at.x -= (at.x - last.x).round();
        }
        line.push(at);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        let rect = Rect::from_min_size(pos2(100.0, 50.0), egui::vec2(800.0, 600.0));
        Camera { center: World { x: 0.5, y: 0.4 }, zoom: 3.0, rect }
    }

    #[test]
    fn screen_and_world_are_inverse() {
        let camera = camera();
        let at = pos2(333.0, 444.0);
        assert!(camera.screen(camera.world(at)).distance(at) < 0.01);
    }

    #[test]
    fn the_pointer_stays_on_its_place() {
        let camera = camera();
        let at = pos2(620.0, 300.0);
        let zoomed = camera.zoomed_at(at, 1.3);
        assert!(zoomed.screen(camera.world(at)).distance(at) < 0.01);
    }

    #[test]
    fn fitting_goes_over_the_antimeridian() {
        let place = |lon, lat| World::of(LonLat { lon, lat });
        let fitted = camera().fitting(&[place(178.0, -18.0), place(-172.0, -13.8)]);
        let lon = fitted.center.lonlat().lon;
        assert!(!(-175.0..=175.0).contains(&lon), "{lon}");
        assert!(fitted.zoom > 4.0);
    }

    #[test]
    fn no_edge_of_the_world_shows() {
        for (y, zoom) in [(-3.0, 0.0), (0.0, 5.0), (1.0, 1.0), (9.0, 99.0)] {
            let kept = Camera { center: World { x: 7.3, y }, zoom, rect: camera().rect }.kept_in_world();
            assert!(kept.world(kept.rect.left_top()).y >= -1e-9);
            assert!(kept.world(kept.rect.left_bottom()).y <= 1.0 + 1e-9);
        }
    }

    #[test]
    fn great_circles_do_not_jump() {
        let line = great_circle(LonLat { lon: 139.7, lat: 35.7 }, LonLat { lon: -122.4, lat: 37.8 });
        assert!(line.windows(2).all(|w| (w[1].x - w[0].x).abs() < 0.05));
        // Tokyo to San Francisco goes north of both.
        assert!(line.iter().any(|p| p.lonlat().lat > 45.0));
    }
}
