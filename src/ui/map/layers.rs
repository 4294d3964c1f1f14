//! View + selection → the layers that can be laid over the map: heat, and the trail of an actor in order of time.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::camera::{Camera, World, great_circle};
use super::paint::Seen;
use crate::model::{ActorNo, PlaceNo};
use crate::query::{PinKind, Thing, venue};
use crate::ui::theme::medium;
use crate::ui::{Ctx, Theme};

/// Is a layer laid over the map?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layer {
    #[default]
    Off,
    On,
}

impl Layer {
    pub const fn toggled(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

/// How far the heat of a mark reaches, in points.
const REACH: f32 = 52.0;

/// A soft glow under each mark where something happens, stronger with more events.
pub fn heat(painter: &Painter, ctx: &Ctx<'_>, seen: &[Seen<'_>]) {
    let hot: Vec<&Seen<'_>> = seen.iter().filter(|s| s.mark.kind != PinKind::Capital && s.mark.shown > 0).collect();
    let most = hot.iter().map(|s| s.mark.shown).max().unwrap_or(1) as f32;
    let mut mesh = Mesh::default();
    for s in hot {
        let share = (s.mark.shown as f32 / most).sqrt();
        let radius = REACH * (0.5 + 0.7 * share);
        let middle = Theme::faded(ctx.theme.map.heat, 0.18 + 0.5 * share);
        glow(&mut mesh, s.at, radius, middle);
    }
    painter.add(Shape::mesh(mesh));
}

/// A disc that fades out: two rings, so that the middle is a hill and no cone.
fn glow(mesh: &mut Mesh, at: Pos2, radius: f32, middle: Color32) {
    const SIDES: u32 = 28;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(0);
    mesh.colored_vertex(at, middle);
    for n in 0..SIDES {
        let (sin, cos) = (n as f32 / SIDES as f32 * std::f32::consts::TAU).sin_cos();
        mesh.colored_vertex(at + vec2(cos, sin) * radius * 0.5, Theme::faded(middle, 0.42));
        mesh.colored_vertex(at + vec2(cos, sin) * radius, Color32::TRANSPARENT);
    }
    for n in 0..SIDES {
        let (inner, next) = (first + 1 + n * 2, first + 1 + (n + 1) % SIDES * 2);
        mesh.add_triangle(first, inner, next);
        mesh.add_triangle(inner, inner + 1, next);
        mesh.add_triangle(inner + 1, next, next + 1);
    }
}

/// Stops of a trail, kept while view and selection stay the same.
#[derive(Default)]
pub struct Trail {
    made_for: Option<(u64, Vec<Thing>)>,
    /// Places in order of time; no place twice in a row.
    stops: Vec<(PlaceNo, World)>,
    legs: Vec<Vec<World>>,
}

/// Longest trail drawn: more is a scribble.
const MOST_STOPS: usize = 40;

impl Trail {
    pub fn update(&mut self, ctx: &Ctx<'_>) {
        let key = (ctx.stamp, ctx.selection.picked.clone());
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.made_for = Some(key);
        self.stops.clear();
        self.legs.clear();
        let [Thing::Actor(actor)] = ctx.selection.picked.as_slice() else { return };
        let Some(actor) = ctx.facts().actor_no(actor) else { return };
        let mut points = Vec::new();
        for no in &ctx.view.events {
            let event = ctx.facts().event(*no);
            let takes_part = |own: &(ActorNo, crate::model::ActorRole)| own.0 == actor;
            if event.days.is_none() || !event.actors.iter().any(takes_part) {
                continue;
            }
            let Some((place, point)) = venue(event).and_then(|no| Some((no, ctx.facts().place(no).point?))) else { continue };
            if self.stops.last().is_none_or(|(last, _)| *last != place) && self.stops.len() < MOST_STOPS {
                self.stops.push((place, World::of(point)));
                points.push(point);
            }
        }
        self.legs = points.windows(2).map(|pair| great_circle(pair[0], pair[1])).collect();
    }

    /// Draws the way with an arrow on each leg and the numbers of the stops.
    pub fn paint(&self, painter: &Painter, ctx: &Ctx<'_>, camera: &Camera) {
        if self.legs.is_empty() {
            return;
        }
        let count = self.legs.len() as f32;
        for (at, leg) in self.legs.iter().enumerate() {
            // Later legs are stronger: where the eye should end.
            let ink = Theme::faded(ctx.theme.accent, 0.45 + 0.55 * (at as f32 + 1.0) / count);
            let start = camera.screen(leg[0]);
            let scale = camera.scale();
            let points: Vec<Pos2> =
                leg.iter().map(|p| start + vec2(((p.x - leg[0].x) * scale) as f32, ((p.y - leg[0].y) * scale) as f32)).collect();
            painter.add(Shape::line(points.clone(), Stroke::new(2.2, ink)));
            let middle = points.len() / 2;
            let along = (points[middle] - points[middle - 1]).normalized();
            arrow(painter, points[middle], along, ink);
        }
        for (number, (_, at)) in (1..).zip(&self.stops) {
            let spot = camera.screen(*at) + vec2(-11.0, -11.0);
            let rect = Rect::from_center_size(spot, Vec2::splat(15.0));
            painter.rect_filled(rect, 7.5, ctx.theme.accent);
            painter.text(spot, Align2::CENTER_CENTER, number, medium(9.5), ctx.theme.on_accent);
        }
    }
}

fn arrow(painter: &Painter, at: Pos2, along: Vec2, ink: Color32) {
    let across = vec2(-along.y, along.x);
    let points = vec![at + along * 6.0, at - along * 4.0 + across * 4.5, at - along * 4.0 - across * 4.5];
    painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
}
