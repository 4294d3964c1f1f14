//! Kind of actor, family of event → a small painted shape, so that no kind is told by colour alone.

use egui::{Color32, Painter, Pos2, Shape, Stroke, pos2, vec2};

use super::theme::Family;
use crate::model::ActorKind;

/// Paints what kind of actor it is; `radius` in points.
pub fn actor(painter: &Painter, at: Pos2, radius: f32, kind: ActorKind, ink: Color32) {
    match kind {
        ActorKind::Person => {
            painter.circle_filled(at, radius, ink);
        }
        ActorKind::Organisation => {
            painter.rect_filled(egui::Rect::from_center_size(at, vec2(radius, radius) * 1.8), 1.5, ink);
        }
        ActorKind::Government => {
            painter.add(Shape::convex_polygon(diamond(at, radius * 1.25), ink, Stroke::NONE));
        }
        ActorKind::Group => {
            painter.add(Shape::convex_polygon(triangle(at, radius * 1.2, -1.0), ink, Stroke::NONE));
        }
        ActorKind::Population => {
            let dot = radius * 0.5;
            for (dx, dy) in [(-0.6, 0.45), (0.6, 0.45), (0.0, -0.55)] {
                painter.circle_filled(at + vec2(dx, dy) * radius, dot, ink);
            }
        }
        ActorKind::Role => {
            painter.circle_stroke(at, radius * 0.8, Stroke::new(radius * 0.4, ink));
        }
    }
}

/// How people call a kind of actor.
#[must_use]
pub const fn actor_kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::Organisation => "organisation",
        ActorKind::Government => "government",
        ActorKind::Group => "group",
        ActorKind::Population => "population",
        ActorKind::Role => "unnamed source or role",
    }
}

/// Paints the family of an event type.
pub fn family(painter: &Painter, at: Pos2, radius: f32, family: Family, ink: Color32) {
    let polygon = |points: Vec<Pos2>| {
        painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
    };
    match family {
        Family::Accord => {
            painter.circle_filled(at, radius, ink);
        }
        Family::Help => {
            let bar = vec2(radius * 2.0, radius * 0.7);
            painter.rect_filled(egui::Rect::from_center_size(at, bar), 0.5, ink);
            painter.rect_filled(egui::Rect::from_center_size(at, vec2(bar.y, bar.x)), 0.5, ink);
        }
        Family::Dispute => polygon(triangle(at, radius * 1.2, -1.0)),
        Family::Pressure => {
            painter.rect_filled(egui::Rect::from_center_size(at, vec2(radius, radius) * 1.8), 0.5, ink);
        }
        Family::Violence => {
            let arm = vec2(radius, radius) * 0.85;
            let stroke = Stroke::new(radius * 0.7, ink);
            painter.line_segment([at - arm, at + arm], stroke);
            painter.line_segment([at + vec2(arm.x, -arm.y), at + vec2(-arm.x, arm.y)], stroke);
        }
        Family::Mishap => polygon(triangle(at, radius * 1.2, 1.0)),
        Family::Civic => polygon(diamond(at, radius * 1.25)),
        Family::Saying => {
            painter.circle_stroke(at, radius * 0.8, Stroke::new(radius * 0.4, ink));
        }
    }
}

/// Three dots, for what is left out.
pub fn dots(painter: &Painter, at: Pos2, ink: Color32) {
    for dx in [-5.0, 0.0, 5.0] {
        painter.circle_filled(at + vec2(dx, 0.0), 1.6, ink);
    }
}

/// A triangle that points right: play.
pub fn play(painter: &Painter, at: Pos2, radius: f32, ink: Color32) {
    let points = vec![at + vec2(-0.6, -0.9) * radius, at + vec2(0.95, 0.0) * radius, at + vec2(-0.6, 0.9) * radius];
    painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
}

/// Two bars: pause.
pub fn pause(painter: &Painter, at: Pos2, radius: f32, ink: Color32) {
    for dx in [-0.5, 0.5] {
        let bar = egui::Rect::from_center_size(at + vec2(dx * radius, 0.0), vec2(0.5, 1.7) * radius);
        painter.rect_filled(bar, 0.5, ink);
    }
}

/// A cross, for chips and cards that can be closed.
pub fn cross(painter: &Painter, at: Pos2, radius: f32, stroke: Stroke) {
    let arm = vec2(radius, radius);
    painter.line_segment([at - arm, at + arm], stroke);
    painter.line_segment([at + vec2(arm.x, -arm.y), at + vec2(-arm.x, arm.y)], stroke);
}

/// A magnifying glass, for the search field.
pub fn lens(painter: &Painter, at: Pos2, radius: f32, stroke: Stroke) {
    painter.circle_stroke(at - vec2(1.0, 1.0), radius, stroke);
    let start = at + vec2(radius, radius) * 0.55;
    painter.line_segment([start, start + vec2(radius, radius) * 0.7], stroke);
}

/// A disc half light, half dark, for the theme.
pub fn half_disc(painter: &Painter, at: Pos2, radius: f32, ink: Color32) {
    let points = (0..=16_u8).map(|step| {
        let angle = std::f32::consts::PI.mul_add(f32::from(step) / 16.0, -std::f32::consts::FRAC_PI_2);
        at + vec2(angle.cos(), angle.sin()) * radius
    });
    painter.add(Shape::convex_polygon(points.collect(), ink, Stroke::NONE));
    painter.circle_stroke(at, radius, Stroke::new(1.2, ink));
}

fn diamond(at: Pos2, radius: f32) -> Vec<Pos2> {
    vec![at - vec2(0.0, radius), at + vec2(radius, 0.0), at + vec2(0.0, radius), at - vec2(radius, 0.0)]
}

/// `up` is −1 for a triangle that points up, 1 for one that points down.
fn triangle(at: Pos2, radius: f32, up: f32) -> Vec<Pos2> {
    vec![
        pos2(at.x, at.y + up * radius),
        pos2(at.x + radius, at.y - up * radius * 0.75),
        pos2(at.x - radius, at.y - up * radius * 0.75),
    ]
}
