//! Histogram of the view → the overview with its brush: the days that everything is narrowed to.

use egui::{CursorIcon, Rangef, Rect, Role, Sense, Stroke, StrokeKind, WidgetInfo, vec2};

use super::axis::{Window, span_in_words};
use super::overview::Overview;
use crate::query::{Days, days_in_words};
use crate::ui::theme::GRID;
use crate::ui::{Command, Ctx, Theme};

/// Height of the overview, in points.
pub const HEIGHT: f32 = 36.0;

/// How near the pointer must be to an edge of the brush, in points.
const EDGE: f32 = 6.0;

/// What a drag in hand does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum BrushState {
    #[default]
    Free,
    /// A new brush, from this day.
    Creating(i32),
    /// An edge moves; the other one stays on this day.
    Resizing(i32),
    /// The middle moves: where in the brush it was taken, and how long it is.
    Moving { into: i32, length: i32 },
}

/// Draws the overview over all days and lets the person brush them.
pub fn brush_ui(ctx: &Ctx<'_>, own: &mut BrushState, ui: &mut egui::Ui, rect: Rect, seen: &Window, extent: Days, busy: &[Days]) {
    let rect = rect.shrink2(vec2(0.0, GRID / 2.0));
    let axis = Overview::folded(busy, rect.left(), rect.width());
    let response = ui.interact(rect, ui.scope_id().with("brush"), Sense::click_and_drag());
    let name = ctx.filter.days.map_or_else(
        || "Days, all shown".to_owned(),
        |days| format!("Days, {}, {}", days_in_words(days), span_in_words(days.from, days.to)),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, &name));
    ui.painter().rect_filled(rect, 3.0, ctx.theme.hover);
    columns(ctx, ui, &axis, rect);
    folds(ctx, ui, &axis, rect);
    let brush = ctx.filter.days.map(|days| {
        let from = axis.x_from_day(f64::from(days.from)).max(rect.left());
        let to = axis.x_from_day(f64::from(days.to) + 1.0).min(rect.right());
        Rect::from_x_y_ranges(from..=to.max(from + 2.0), rect.y_range())
    });
    if let Some(brush) = brush {
        paint_brush(ctx, ui, rect, brush);
    }
    paint_window(ctx, ui, &axis, rect, seen);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, Stroke::new(2.0, ctx.theme.accent), StrokeKind::Outside);
        nudge(ctx, ui, extent);
    }
    drag(ctx, own, ui, &response, &axis, brush);
    if response.double_clicked() {
        *own = BrushState::Free;
        ctx.send(Command::FilterDays(None));
    }
}

/// Events per day; days too narrow to tell apart share a column of three points.
fn columns(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Overview, rect: Rect) {
    let mut bins: std::collections::BTreeMap<i32, (Rangef, i32, u32)> = std::collections::BTreeMap::new();
    for (day, count) in &ctx.view.histogram {
        let x = axis.x_from_day(f64::from(*day) + 0.01);
        // What a fold hides is not drawn as if it were one day.
        if axis.folds.iter().any(|fold| fold.contains(&x)) {
            continue;
        }
        let (key, range) = if axis.day_width >= 3.0 {
            (*day, Rangef::new(x, axis.x_from_day(f64::from(*day) + 1.0)))
        } else {
            let bin = ((x - rect.left()) / 3.0).floor();
            (bin as i32, Rangef::new(rect.left() + bin * 3.0, rect.left() + bin * 3.0 + 3.0))
        };
        bins.entry(key).or_insert((range, *day, 0)).2 += count;
    }
    let most = bins.values().map(|bin| bin.2).max().unwrap_or(1) as f32;
    let chosen = ctx.filter.days;
    for (range, day, count) in bins.into_values() {
        let dim = chosen.is_some_and(|days| day > days.to || day < days.from);
        let height = (count as f32 / most).sqrt() * (rect.height() - GRID);
        let gap = if range.span() > 6.0 { 1.0 } else { 0.5 };
        let column = Rect::from_x_y_ranges(range.shrink(gap), rect.bottom() - height.max(2.0)..=rect.bottom());
        let ink = Theme::faded(ctx.theme.ink_faint, if dim { 0.3 } else { 0.7 });
        ui.painter().with_clip_rect(rect).rect_filled(column, 1.0, ink);
    }
}

/// A fold is hatched, so that nobody takes a year for a day.
fn folds(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Overview, rect: Rect) {
    for fold in &axis.folds {
        let painter = ui.painter().with_clip_rect(Rect::from_x_y_ranges(fold.clone(), rect.y_range()));
        let mut x = *fold.start() - rect.height();
        while x < *fold.end() {
            let line = [egui::pos2(x, rect.bottom()), egui::pos2(x + rect.height(), rect.top())];
            painter.line_segment(line, Stroke::new(1.0, ctx.theme.line_strong));
            x += 7.0;
        }
    }
}

fn paint_brush(ctx: &Ctx<'_>, ui: &egui::Ui, rect: Rect, brush: Rect) {
    let painter = ui.painter();
    let veil = Theme::faded(ctx.theme.panel, 0.55);
    painter.rect_filled(Rect::from_x_y_ranges(rect.left()..=brush.left(), rect.y_range()), 0.0, veil);
    painter.rect_filled(Rect::from_x_y_ranges(brush.right()..=rect.right(), rect.y_range()), 0.0, veil);
    painter.rect_filled(brush, 2.0, Theme::faded(ctx.theme.accent, 0.14));
    painter.rect_stroke(brush, 2.0, Stroke::new(1.5, ctx.theme.accent), StrokeKind::Inside);
    for x in [brush.left(), brush.right()] {
        let grip = Rect::from_center_size(egui::pos2(x, brush.center().y), vec2(4.0, 14.0));
        painter.rect_filled(grip, 2.0, ctx.theme.accent);
    }
}

/// A bracket under the part that the lanes show.
fn paint_window(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Overview, rect: Rect, seen: &Window) {
    let from = axis.x_from_day(seen.start).max(rect.left());
    let to = axis.x_from_day(seen.start + seen.span).min(rect.right());
    if to - from > rect.width() - 2.0 || to <= from {
        return;
    }
    let stroke = Stroke::new(2.0, ctx.theme.ink_soft);
    ui.painter().hline(from..=to, rect.bottom() + 1.0, stroke);
}

fn drag(ctx: &Ctx<'_>, own: &mut BrushState, ui: &egui::Ui, response: &egui::Response, axis: &Overview, brush: Option<Rect>) {
    let Some(pointer) = response.interact_pointer_pos().or_else(|| response.hover_pos()) else {
        *own = BrushState::Free;
        return;
    };
    let day = axis.day_from_x(pointer.x).floor() as i32;
    let near = |x: f32, at: f32| (x - at).abs() <= EDGE;
    let origin = ui.input(|input| input.pointer.press_origin()).map_or(pointer.x, |origin| origin.x);
    let days = ctx.filter.days;
    let over = |x: f32| match (brush, days) {
        (Some(brush), Some(days)) if near(x, brush.left()) => BrushState::Resizing(days.to),
        (Some(brush), Some(days)) if near(x, brush.right()) => BrushState::Resizing(days.from),
        (Some(brush), Some(days)) if brush.x_range().contains(x) => {
            BrushState::Moving { into: axis.day_from_x(x).floor() as i32 - days.from, length: days.to - days.from }
        }
        _ => BrushState::Creating(axis.day_from_x(x).floor() as i32),
    };
    let cursor = match if *own == BrushState::Free { over(pointer.x) } else { *own } {
        BrushState::Resizing(_) => CursorIcon::ResizeHorizontal,
        BrushState::Moving { .. } => CursorIcon::Grab,
        BrushState::Creating(_) | BrushState::Free => CursorIcon::Crosshair,
    };
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(cursor);
    }
    if response.drag_started() {
        *own = over(origin);
    }
    if response.dragged() {
        let between = |a: i32, b: i32| Days { from: a.min(b), to: a.max(b) };
        let chosen = match *own {
            BrushState::Free => None,
            BrushState::Creating(from) | BrushState::Resizing(from) => Some(between(from, day)),
            BrushState::Moving { into, length } => Some(Days { from: day - into, to: day - into + length }),
        };
        if chosen.is_some() && chosen != days {
            ctx.send(Command::FilterDays(chosen));
        }
    }
    if response.drag_stopped() {
        *own = BrushState::Free;
    }
}

/// Arrow keys move the brush by a day; with Shift its right edge.
fn nudge(ctx: &Ctx<'_>, ui: &egui::Ui, extent: Days) {
    let (left, right, wide) = ui.input(|input| {
        (input.key_pressed(egui::Key::ArrowLeft), input.key_pressed(egui::Key::ArrowRight), input.modifiers.shift)
    });
    let step = i32::from(right) - i32::from(left);
    if step == 0 {
        return;
    }
    let days = ctx.filter.days.unwrap_or(extent);
    let moved = if wide {
        Days { from: days.from, to: (days.to + step).max(days.from) }
    } else {
        Days { from: days.from + step, to: days.to + step }
    };
    ctx.send(Command::FilterDays(Some(moved)));
}
