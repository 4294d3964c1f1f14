//! A drag over the map with a tool in hand → the line round an area that everything is narrowed to.

use egui::{CursorIcon, Pos2, Rect, Response, Shape, Stroke, Ui, pos2};

use super::camera::{Camera, World};
use crate::query::Outline;
use crate::ui::{Command, Ctx, Theme};

/// What a drag over the map does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Moves the map. With Shift held, draws a box.
    #[default]
    Hand,
    Box,
    Lasso,
}

/// The line being drawn, in points of the screen.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    points: Vec<Pos2>,
}

/// Points of a line drawn by hand: enough for any coast, and cheap to test against.
const MOST: usize = 400;
/// Shortest side of an area, in points: less is a click with a trembling hand.
const LEAST: f32 = 6.0;

/// The tool in hand in this frame.
pub fn in_hand(tool: Tool, ui: &Ui, draft: &Draft) -> Tool {
    let shift = ui.input(|input| input.modifiers.shift_only());
    if tool == Tool::Hand && (shift || !draft.points.is_empty()) { Tool::Box } else { tool }
}

/// Follows the drag; returns the area when it is finished.
pub fn follow(ctx: &Ctx<'_>, draft: &mut Draft, ui: &Ui, response: &Response, camera: &Camera, tool: Tool) -> Option<Outline> {
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    if response.drag_started() {
        draft.points = ui.input(|input| input.pointer.press_origin()).into_iter().collect();
    }
    let pointer = response.interact_pointer_pos();
    if let (Some(first), Some(pointer)) = (draft.points.first().copied(), pointer) {
        if tool == Tool::Box {
            draft.points = vec![first, pos2(pointer.x, first.y), pointer, pos2(first.x, pointer.y)];
        } else if draft.points.len() < MOST && draft.points.last().is_some_and(|last| last.distance(pointer) > 3.0) {
            draft.points.push(pointer);
        }
        paint_line(ctx, ui, draft.points.clone());
    }
    if !response.drag_stopped() {
        return None;
    }
    let points = std::mem::take(&mut draft.points);
    let size = Rect::from_points(&points).size();
    (points.len() > 2 && size.x >= LEAST && size.y >= LEAST).then(|| outline(camera, &points))
}

/// The area in sight.
pub fn in_sight(camera: &Camera) -> Outline {
    let rect = camera.rect;
    outline(camera, &[rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()])
}

/// Longitudes run on over the antimeridian; latitudes are those of the map.
fn outline(camera: &Camera, points: &[Pos2]) -> Outline {
    let degrees = |at: &Pos2| {
        let world = camera.world(*at);
        (world.x * 360.0 - 180.0, world.lonlat().lat)
    };
    Outline { ring: points.iter().map(degrees).collect() }
}

/// Draws the area of the filter, and of its copies round the world.
pub fn paint(ctx: &Ctx<'_>, ui: &Ui, camera: &Camera) {
    let Some(area) = &ctx.filter.area else { return };
    let world = |(lon, lat): &(f64, f64)| World {
        x: (lon + 180.0) / 360.0,
        y: World::of(crate::model::LonLat { lon: 0.0, lat: *lat }).y,
    };
    for turn in [-1.0, 0.0, 1.0] {
        let points: Vec<Pos2> = area
            .ring
            .iter()
            .map(|point| {
                let at = world(point);
                camera.screen_of_copy(World { x: at.x + turn, y: at.y })
            })
            .collect();
        if camera.rect.intersects(Rect::from_points(&points)) {
            paint_line(ctx, ui, points);
        }
    }
}

fn paint_line(ctx: &Ctx<'_>, ui: &Ui, mut points: Vec<Pos2>) {
    points.extend(points.first().copied());
    ui.painter().add(Shape::line(points.clone(), Stroke::new(4.0, Theme::faded(ctx.theme.map.halo, 0.8))));
    ui.painter().extend(Shape::dashed_line(&points, Stroke::new(1.6, ctx.theme.accent), 6.0, 4.0));
}

/// Asks for the area.
pub fn ask(ctx: &Ctx<'_>, outline: Outline) {
    ctx.send(Command::FilterArea(Some(outline)));
}
