//! A place looked up by name → a ring with its name on the map, until another is looked up or Esc is pressed.

use egui::{Painter, Stroke, vec2};

use super::camera::{Camera, World};
use super::names::haloed;
use crate::model::LonLat;
use crate::ui::Ctx;
use crate::ui::theme::medium;

/// Width of the view flown to, in kilometres: a city with its surroundings.
pub const VIEW_KM: f64 = 400.0;

/// Draws the ring.
pub fn paint(painter: &Painter, ctx: &Ctx<'_>, camera: &Camera) {
    let Some(spot) = &ctx.front.spot else { return };
    let nearest = camera.screen(World::of(spot.point));
    for shift in camera.copies(nearest, 12.0) {
        let at = nearest + shift;
        painter.circle_stroke(at, 9.0, Stroke::new(4.5, ctx.theme.map.halo));
        painter.circle_stroke(at, 9.0, Stroke::new(2.0, ctx.theme.accent));
        let galley = painter.layout_no_wrap(spot.name.clone(), medium(12.0), ctx.theme.accent);
        haloed(painter, at + vec2(14.0, -galley.size().y / 2.0), &galley, ctx.theme.map.halo, ctx.theme.accent);
    }
}

/// Corners of the view about a point.
pub fn around(point: LonLat) -> [World; 2] {
    let half = VIEW_KM / 2.0 / 111.2;
    let wide = half / point.lat.to_radians().cos().max(0.2);
    let corner =
        |x: f64, y: f64| World::of(LonLat { lon: (point.lon + x).clamp(-180.0, 180.0), lat: (point.lat + y).clamp(-85.0, 85.0) });
    [corner(-wide, half), corner(wide, -half)]
}
