//! The grid of the view → a network: actors, joined where they share events.

use egui::{Pos2, Rect, Role, Sense, Stroke, Vec2, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Theme, glyph, visual};
use crate::query::{Columns, Grid, Thing, cross, event_thing};

/// Actors shown: more would be a hairball.
const MOST: u16 = 32;
/// Steps of the layout: it has come to rest by then, by eye on stories of 5 to 32 actors.
const STEPS: u16 = 320;

/// The network's own looks.
#[derive(Clone, Debug, Default)]
pub struct NetworkState {
    made_for: Option<u64>,
    grid: Grid,
    /// Where each actor stands, in the unit square.
    places: Vec<Vec2>,
}

/// Draws the network into all of `ui`.
pub fn network_ui(ctx: &Ctx<'_>, own: &mut NetworkState, ui: &mut egui::Ui) {
    if own.made_for != Some(ctx.stamp) {
        own.made_for = Some(ctx.stamp);
        let grid = cross(ctx.facts(), ctx.view, Columns::Actors, MOST);
        own.places = laid_out(&grid, |thing| {
            let at = own.grid.rows.iter().position(|head| head.thing == *thing)?;
            own.places.get(at).copied()
        });
        own.grid = grid;
    }
    if own.grid.cells.is_empty() {
        super::empty(ctx, ui, "No two actors share an event under this filter");
        return;
    }
    let all = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(all);
    let room = all.shrink2(vec2(90.0_f32.min(all.width() * 0.2), GRID * 8.0));
    let points: Vec<Pos2> = own.places.iter().map(|at| room.min + *at * room.size()).collect();
    let most = own.grid.cells.values().map(Vec::len).max().unwrap_or(1) as f32;
    let painter = ui.painter().with_clip_rect(all);
    for ((a, b), events) in &own.grid.cells {
        let ends = [points[usize::from(*a)], points[usize::from(*b)]];
        let of = |thing: &Thing| own.grid.rows[usize::from(*a)].thing == *thing || own.grid.rows[usize::from(*b)].thing == *thing;
        let width = 1.0 + 3.0 * (events.len() as f32 / most).sqrt();
        let ink = if ctx.hovered.core.iter().any(of) {
            ctx.theme.glow
        } else if ctx.picked.core.iter().any(of) {
            ctx.theme.accent
        } else {
            Theme::faded(ctx.theme.ink_faint, 0.45)
        };
        painter.line_segment(ends, Stroke::new(width, ink));
        link_ui(ctx, ui, own, (*a, *b), ends);
    }
    let mut taken: Vec<Rect> = points.iter().map(|at| Rect::from_center_size(*at, Vec2::splat(16.0))).collect();
    for (at, point) in points.iter().enumerate() {
        node_ui(ctx, ui, own, at, *point, all, &mut taken);
    }
}

/// The middle of a link can be pointed at: its events.
fn link_ui(ctx: &Ctx<'_>, ui: &egui::Ui, own: &NetworkState, (a, b): (u16, u16), ends: [Pos2; 2]) {
    let middle = ends[0] + (ends[1] - ends[0]) * 0.5;
    let rect = Rect::from_center_size(middle, Vec2::splat(14.0));
    let (one, other) = (&own.grid.rows[usize::from(a)], &own.grid.rows[usize::from(b)]);
    let events = &own.grid.cells[&(a, b)];
    let response = ui.interact(rect, ui.scope_id().with(("link", a, b)), Sense::click());
    let count = events.len();
    let named = format!("{} with {}, {count} {}", one.name, other.name, if count == 1 { "event" } else { "events" });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &named));
    if response.hovered() || response.has_focus() {
        ui.painter().line_segment(ends, Stroke::new(3.0, ctx.theme.glow));
        ui.painter().circle_filled(middle, 4.0, ctx.theme.glow);
    }
    let things = || events.iter().map(|no| event_thing(ctx.facts(), *no)).collect();
    if response.double_clicked() {
        ctx.send(Command::FilterEvents(things()));
    } else if response.clicked() {
        ctx.send(Command::PickAll(things()));
    }
    response.on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(320.0);
        ui.label(egui::RichText::new(&named).font(theme::medium(size::LIST)));
        for no in events.iter().take(4) {
            ui.label(egui::RichText::new(format!("– {}", ctx.facts().told(*no).summary)).font(theme::sans(size::CHROME)));
        }
    });
}

fn node_ui(ctx: &Ctx<'_>, ui: &egui::Ui, own: &NetworkState, at: usize, point: Pos2, all: Rect, taken: &mut Vec<Rect>) {
    let theme = ctx.theme;
    let head = &own.grid.rows[at];
    let radius = (4.0 + 1.6 * (head.shown as f32).sqrt()).min(14.0);
    let touch = Rect::from_center_size(point, Vec2::splat((radius * 2.0).max(18.0)));
    let response = ui.interact(touch, ui.scope_id().with(("node", &head.name)), Sense::click());
    let events = if head.shown == 1 { "event" } else { "events" };
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}, in the network, {} {events}", head.name, head.shown))
    });
    let picked = ctx.selection.has(&head.thing);
    let core = ctx.hovered.is_core(&head.thing);
    let ink = if picked { theme.accent } else { theme.ink_soft };
    ui.painter().circle_filled(point, radius + 2.0, theme.panel);
    if let Some(kind) = head.kind {
        glyph::actor(ui.painter(), point, radius, kind, ink);
    }
    if core || response.hovered() {
        ui.painter().circle_stroke(point, radius + 4.0, Stroke::new(2.0, theme.glow));
    } else if response.has_focus() {
        ui.painter().circle_stroke(point, radius + 4.0, Stroke::new(2.0, theme.accent));
    }
    let font = if picked { theme::medium(size::CHROME) } else { theme::sans(size::CHROME) };
    let ink = if picked { theme.accent } else { theme.ink };
    let galley = ui.painter().layout_no_wrap(visual(&head.name).into_owned(), font, ink);
    let gap = radius + 4.0;
    let spots = [
        pos2(point.x - galley.size().x / 2.0, point.y + gap),
        pos2(point.x - galley.size().x / 2.0, point.y - gap - galley.size().y),
        pos2(point.x + gap, point.y - galley.size().y / 2.0),
        pos2(point.x - gap - galley.size().x, point.y - galley.size().y / 2.0),
    ];
    let free = spots
        .into_iter()
        .map(|spot| Rect::from_min_size(spot, galley.size()))
        .find(|rect| all.contains_rect(*rect) && !taken.iter().any(|other| other.intersects(*rect)));
    if let Some(rect) = free.or_else(|| core.then(|| Rect::from_min_size(spots[0], galley.size()))) {
        taken.push(rect);
        ui.painter().rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, Theme::faded(theme.panel, 0.8));
        ui.painter().galley(rect.min, galley, ink);
    }
    if response.hovered() {
        ctx.hover(head.thing.clone());
    }
    if response.clicked() {
        let toggles = ui.input(|input| input.modifiers.command);
        let thing = head.thing.clone();
        ctx.send(if toggles { Command::ToggleFilter(thing) } else { Command::PickAndFilter(thing) });
    }
    response.on_hover_text(format!("{}, {} {events}", head.name, head.shown));
}

/// Fruchterman and Reingold (1991), from where the actors stood before, or from a circle: the same grid gives the same
/// picture, and a narrowed one moves little.
fn laid_out(grid: &Grid, before: impl Fn(&Thing) -> Option<Vec2>) -> Vec<Vec2> {
    let count = grid.rows.len();
    let circle = |at: usize| {
        let angle = at as f32 / count.max(1) as f32 * std::f32::consts::TAU;
        vec2(0.5, 0.5) + vec2(angle.cos(), angle.sin()) * 0.4
    };
    let mut places: Vec<Vec2> =
        grid.rows.iter().enumerate().map(|(at, head)| before(&head.thing).unwrap_or_else(|| circle(at))).collect();
    let ideal = 0.8 / (count.max(1) as f32).sqrt();
    for step in 0..STEPS {
        let heat = 0.06 * (1.0 - f32::from(step) / f32::from(STEPS));
        let mut pull: Vec<Vec2> = places.iter().map(|at| (vec2(0.5, 0.5) - *at) * 0.9).collect();
        for a in 0..count {
            for b in a + 1..count {
                let away = places[a] - places[b];
                let far = away.length().max(0.01);
                let push = away / far * (ideal * ideal / far);
                pull[a] += push;
                pull[b] -= push;
            }
        }
        for ((a, b), events) in &grid.cells {
            let (a, b) = (usize::from(*a), usize::from(*b));
            let away = places[a] - places[b];
            let far = away.length().max(0.01);
            let draw = away / far * (far * far / ideal) * (events.len() as f32).sqrt().min(2.0);
            pull[a] -= draw;
            pull[b] += draw;
        }
        for (at, pull) in places.iter_mut().zip(pull) {
            let far = pull.length().max(1e-6);
            *at += pull / far * far.min(heat);
        }
    }
    spread(&mut places);
    places
}

/// Uses all of the square.
fn spread(places: &mut [Vec2]) {
    let Some(first) = places.first().copied() else { return };
    let (mut low, mut high) = (first, first);
    for at in &*places {
        (low, high) = (low.min(*at), high.max(*at));
    }
    let size = (high - low).max(Vec2::splat(1e-3));
    for at in places {
        *at = (*at - low) / size;
    }
}
