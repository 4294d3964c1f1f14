//! The grid of the view → a matrix: who where, or who with whom; a cell's events are one click away.

use egui::epaint::TextShape;
use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Vec2, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Theme, visual};
use crate::query::{Columns, Grid, Head, cross, event_thing};

/// Rows and columns shown: more cannot be read.
const MOST: u16 = 30;
/// Width of the names at the left, height of those above, and side of a cell, in points.
const LEFT: f32 = 150.0;
const ABOVE: f32 = 96.0;
const CELL: (f32, f32) = (18.0, 30.0);
/// Names above lean by this, in radians: legible, and a column keeps its width.
const LEAN: f32 = -0.9;

/// The matrix's own looks.
#[derive(Clone, Debug, Default)]
pub struct MatrixState {
    columns: Columns,
    made_for: Option<(u64, Columns)>,
    grid: Grid,
}

/// Draws the matrix into all of `ui`.
pub fn matrix_ui(ctx: &Ctx<'_>, own: &mut MatrixState, ui: &mut egui::Ui, head: Rect) {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(head).layout(layout), |ui| {
        for (columns, name) in [(Columns::Actors, "Who with whom"), (Columns::Places, "Who where")] {
            if ui.selectable_label(own.columns == columns, name).clicked() {
                own.columns = columns;
            }
        }
    });
    if own.made_for != Some((ctx.stamp, own.columns)) {
        own.made_for = Some((ctx.stamp, own.columns));
        own.grid = cross(ctx.facts(), ctx.view, own.columns, MOST);
    }
    if own.grid.cells.is_empty() {
        super::empty(ctx, ui, "No two of them share an event under this filter");
        return;
    }
    let (rows, columns) = (own.grid.rows.len() as f32, own.grid.columns.len() as f32);
    let room = ui.available_size();
    let lean = ABOVE * 0.8;
    let fitted = ((room.x - LEFT - lean) / columns).min((room.y - ABOVE - GRID * 3.0) / rows);
    let side = fitted.clamp(CELL.0, CELL.1);
    ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        let all = vec2(LEFT + columns * side + lean, ABOVE + rows * side + GRID * 3.0);
        let (rect, _) = ui.allocate_exact_size(all.max(room), Sense::hover());
        let corner = rect.min + vec2(LEFT, ABOVE);
        for (at, head) in own.grid.rows.iter().enumerate() {
            let row = Rect::from_min_size(pos2(rect.left(), corner.y + at as f32 * side), vec2(LEFT, side));
            row_name(ctx, ui, head, row, (corner.x, columns * side));
        }
        for (at, head) in own.grid.columns.iter().enumerate() {
            let x = corner.x + at as f32 * side;
            column_name(ctx, ui, head, Rect::from_min_max(pos2(x, rect.top()), pos2(x + side, corner.y)), rows * side);
        }
        let most = own.grid.cells.values().map(Vec::len).max().unwrap_or(1) as f32;
        for ((row, column), events) in &own.grid.cells {
            let at = corner + vec2(f32::from(*column), f32::from(*row)) * side;
            cell_ui(ctx, ui, &own.grid, (*row, *column), events, Rect::from_min_size(at, Vec2::splat(side)), most);
        }
    });
}

fn is_lit(ctx: &Ctx<'_>, head: &Head) -> bool {
    ctx.hovered.is_core(&head.thing) || ctx.selection.has(&head.thing)
}

/// Click and hover of a name, as everywhere.
fn answer(ctx: &Ctx<'_>, ui: &egui::Ui, head: &Head, response: &egui::Response) {
    if response.hovered() {
        ctx.hover(head.thing.clone());
    }
    if response.clicked() {
        let toggles = ui.input(|input| input.modifiers.command);
        let thing = head.thing.clone();
        ctx.send(if toggles { Command::ToggleFilter(thing) } else { Command::PickAndFilter(thing) });
    }
}

fn row_name(ctx: &Ctx<'_>, ui: &egui::Ui, head: &Head, rect: Rect, cells: (f32, f32)) {
    let response = ui.interact(rect, ui.scope_id().with(("row", &head.name)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, format!("{}, row of the matrix", head.name)));
    if is_lit(ctx, head) || response.hovered() || response.has_focus() {
        let all = Rect::from_min_max(rect.min, pos2(cells.0 + cells.1, rect.bottom()));
        ui.painter().rect_filled(all, 0.0, ctx.theme.hover);
    }
    let ink = if ctx.selection.has(&head.thing) { ctx.theme.accent } else { ctx.theme.ink };
    let mut job = egui::text::LayoutJob::simple_singleline(visual(&head.name).into_owned(), theme::sans(size::CHROME), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(LEFT - GRID * 6.0);
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.right() - GRID * 2.0 - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    ui.painter().hline(cells.0..=cells.0 + cells.1, rect.bottom(), Stroke::new(1.0, ctx.theme.line));
    answer(ctx, ui, head, &response);
}

fn column_name(ctx: &Ctx<'_>, ui: &egui::Ui, head: &Head, rect: Rect, below: f32) {
    // The name leans over its right neighbours; the part above the column answers.
    let touch = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 40.0), rect.max);
    let response = ui.interact(touch, ui.scope_id().with(("column", &head.name)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("{}, column of the matrix", head.name)));
    if is_lit(ctx, head) || response.hovered() || response.has_focus() {
        let all = Rect::from_min_max(touch.min, pos2(rect.right(), rect.bottom() + below));
        ui.painter().rect_filled(all, 0.0, Theme::faded(ctx.theme.hover, 0.7));
    }
    let ink = if ctx.selection.has(&head.thing) { ctx.theme.accent } else { ctx.theme.ink };
    let mut job = egui::text::LayoutJob::simple_singleline(visual(&head.name).into_owned(), theme::sans(size::CHROME), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width((ABOVE - GRID * 3.0) / LEAN.sin().abs());
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.center().x - galley.size().y * 0.55, rect.bottom() - GRID - galley.size().y * 0.45);
    ui.painter().add(TextShape::new(at, galley, ink).with_angle(LEAN));
    ui.painter().vline(rect.right(), rect.bottom()..=rect.bottom() + below, Stroke::new(1.0, ctx.theme.line));
    answer(ctx, ui, head, &response);
}

fn cell_ui(
    ctx: &Ctx<'_>,
    ui: &egui::Ui,
    grid: &Grid,
    (row, column): (u16, u16),
    events: &[crate::model::EventNo],
    rect: Rect,
    most: f32,
) {
    let theme = ctx.theme;
    let (row, column) = (&grid.rows[usize::from(row)], &grid.columns[usize::from(column)]);
    let response = ui.interact(rect, ui.scope_id().with(("cell", &row.name, &column.name)), Sense::click());
    let count = events.len();
    let named = format!("{} and {}, {count} {}", row.name, column.name, if count == 1 { "event" } else { "events" });
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &named));
    let share = (count as f32 / most).sqrt();
    let square = rect.shrink(1.5);
    let picked = events.iter().any(|no| ctx.picked.events.contains(no));
    let ink = if picked { theme.accent } else { theme.ink };
    ui.painter().rect_filled(square, 2.0, Theme::faded(ink, 0.12 + 0.62 * share));
    let over = if share > 0.45 { theme.panel } else { theme.ink };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, count.to_string(), theme::sans(size::CHROME - 1.5), over);
    if response.hovered() || events.iter().any(|no| ctx.hovered.events.contains(no)) {
        ui.painter().rect_stroke(square, 2.0, Stroke::new(1.5, theme.glow), StrokeKind::Outside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(square, 2.0, Stroke::new(2.0, theme.accent), StrokeKind::Outside);
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
        ui.label(egui::RichText::new("Double-click narrows to them").font(theme::sans(size::CHROME)).color(theme.ink_faint));
    });
}
