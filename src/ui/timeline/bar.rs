//! Events of a lane → bars whose look tells their standing.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::axis::Axis;
use super::{event_gestures, event_name, event_tip};
use crate::model::{EventNo, Standing};
use crate::query::{Bar, Lane, event_thing};
use crate::ui::theme::{Family, GRID, size};
use crate::ui::{Ctx, Theme, glyph, theme, visual};

/// How a standing is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A fact: filled.
    Solid,
    /// Somebody's word: hollow.
    Hollow,
    /// Not from the source's own sight: dashed.
    Dashed,
    /// Not yet: dotted.
    Dotted,
    /// Denied: hollow and crossed.
    Crossed,
    /// Only thought of: dotted and faint.
    Faint,
}

impl Look {
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Happened | Standing::Ongoing => Self::Solid,
            Standing::Stated => Self::Hollow,
            Standing::Reported => Self::Dashed,
            Standing::Planned => Self::Dotted,
            Standing::Denied => Self::Crossed,
            Standing::Hypothetical => Self::Faint,
        }
    }
}

/// What the ends of a bar are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    pub start: End,
    pub end: End,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    #[default]
    Known,
    /// Vague or open: fades out.
    Fading,
}

/// Where the rows of a lane lie, in points.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    pub top: f32,
    pub height: f32,
}

/// Paints one bar.
pub fn paint(painter: &Painter, theme: &Theme, rect: Rect, ink: Color32, look: Look, ends: Ends) {
    let fill = match look {
        Look::Solid => Theme::faded(ink, if theme.dark { 0.42 } else { 0.30 }),
        Look::Hollow | Look::Dashed | Look::Crossed => Theme::faded(ink, 0.10),
        Look::Dotted | Look::Faint => Theme::faded(ink, 0.05),
    };
    let edge = if look == Look::Faint { Theme::faded(ink, 0.6) } else { ink };
    let stroke = Stroke::new(1.2, edge);
    if ends == Ends::default() {
        let radius = 3.0_f32.min(rect.width() / 2.0);
        painter.rect_filled(rect, radius, fill);
        match look {
            Look::Solid => {
                painter.rect_stroke(rect, radius, Stroke::new(1.0, edge), StrokeKind::Inside);
                if rect.width() > 16.0 {
                    let stem = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
                    painter.rect_filled(stem, 1.5, edge);
                }
            }
            Look::Hollow | Look::Crossed => {
                painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
            }
            Look::Dashed => dashes(painter, rect, stroke, 4.0, 3.0),
            Look::Dotted | Look::Faint => dashes(painter, rect, stroke, 1.4, 2.4),
        }
    } else {
        fading(painter, rect, fill, ends);
        let inner = rect.shrink2(vec2(0.0, 0.6));
        let (from, to) = solid_part(rect, ends);
        let both = [inner.top(), inner.bottom()];
        for y in both {
            let line = [pos2(from, y), pos2(to, y)];
            match look {
                Look::Solid | Look::Hollow | Look::Crossed => {
                    painter.line_segment(line, stroke);
                }
                Look::Dashed => painter.extend(Shape::dashed_line(&line, stroke, 4.0, 3.0)),
                Look::Dotted | Look::Faint => painter.extend(Shape::dashed_line(&line, stroke, 1.4, 2.4)),
            }
        }
    }
    if look == Look::Crossed {
        let arm = rect.height().min(rect.width()) * 0.5 - 1.0;
        glyph::cross(painter, rect.center(), arm.clamp(2.0, 6.0), stroke);
    }
}

/// A dashed or dotted outline.
fn dashes(painter: &Painter, rect: Rect, stroke: Stroke, dash: f32, gap: f32) {
    let rect = rect.shrink(0.6);
    let path = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&path, stroke, dash, gap));
}

/// How far a fading end reaches into the bar, in points.
fn fade_width(rect: Rect) -> f32 {
    (rect.width() * 0.35).min(28.0)
}

fn solid_part(rect: Rect, ends: Ends) -> (f32, f32) {
    let fade = fade_width(rect);
    let from = if ends.start == End::Fading { rect.left() + fade * 0.6 } else { rect.left() };
    let to = if ends.end == End::Fading { rect.right() - fade * 0.6 } else { rect.right() };
    (from, to)
}

fn fading(painter: &Painter, rect: Rect, fill: Color32, ends: Ends) {
    let fade = fade_width(rect);
    let stops = [
        (rect.left(), ends.start == End::Known),
        (rect.left() + fade, true),
        (rect.right() - fade, true),
        (rect.right(), ends.end == End::Known),
    ];
    let mut mesh = Mesh::default();
    for (x, full) in stops {
        let color = if full { fill } else { Color32::TRANSPARENT };
        mesh.colored_vertex(pos2(x, rect.top()), color);
        mesh.colored_vertex(pos2(x, rect.bottom()), color);
    }
    for at in [0_u32, 2, 4] {
        mesh.add_triangle(at, at + 1, at + 2);
        mesh.add_triangle(at + 1, at + 2, at + 3);
    }
    painter.add(mesh);
}

/// What hangs on the whole timeline, for each bar.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub axis: &'a Axis,
    pub plot: Rect,
    /// Has each bar a widget of its own, for keyboard and screen reader?
    pub nodes: Nodes,
    pub lag: Lag,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nodes {
    Each,
    /// Too many: only the one under the pointer.
    Pointed,
}

/// Is the way from the event to its report drawn?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Lag {
    #[default]
    Hidden,
    Shown,
}

/// Draws the bars of a lane.
pub fn bars_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, lane: &Lane, rows: Rows, around: &Around<'_>) {
    let Around { axis, plot, nodes, lag } = *around;
    let painter = ui.painter().with_clip_rect(plot);
    let window = axis.window;
    let near = lane.within(window.start.floor() as i32 - 1, (window.start + window.span).ceil() as i32);
    let in_sight = |rect: &Rect| {
        rect.right() >= plot.left() && rect.left() <= plot.right() && rect.bottom() >= plot.top() && rect.top() <= plot.bottom()
    };
    let seen: Vec<(&Bar, Rect)> =
        near.iter().map(|bar| (bar, rect_of(ctx, axis, bar, rows))).filter(|(_, rect)| in_sight(rect)).collect();
    let count = usize::from(lane.rows.max(1));
    // From the right: where the right neighbour in the row begins.
    let mut next_x = vec![plot.right(); count];
    let mut until: Vec<f32> = vec![plot.right(); seen.len()];
    for (at, (bar, rect)) in seen.iter().enumerate().rev() {
        let row = usize::from(bar.row).min(count - 1);
        until[at] = next_x[row];
        next_x[row] = rect.left();
    }
    // From the left: where what is drawn for the left neighbour ends.
    let mut end_x = vec![plot.left(); count];
    for (at, (bar, rect)) in seen.iter().enumerate() {
        let (rect, row) = (*rect, usize::from(bar.row).min(count - 1));
        let fact = ctx.facts().event(bar.event);
        let ink = ctx.theme.kind(fact.kind);
        let fades = |open: bool| if open || bar.fuzzy { End::Fading } else { End::Known };
        let ongoing = fact.standing == Standing::Ongoing;
        let ends = Ends { start: fades(bar.open_start), end: fades(bar.open_end || ongoing) };
        if lag == Lag::Shown {
            report(ctx, &painter, axis, bar, rect);
        }
        if rect.width() < 14.0 {
            paint_small(&painter, ctx.theme, rect, ink, fact.standing);
        } else {
            paint(&painter, ctx.theme, rect, ink, Look::of(fact.standing), ends);
        }
        ring(ctx, &painter, bar.event, rect);
        let mut end = rect.right();
        if rows.height >= 18.0 {
            end = end.max(words(ctx, &painter, bar.event, rect, end_x[row], until[at], plot));
        }
        end_x[row] = end;
        let id = ui.scope_id().with(("bar", bar.event.0));
        let touch = rect.expand2(vec2((10.0 - rect.width()).max(0.0) / 2.0, 1.0)).intersect(plot);
        if nodes == Nodes::Each || ui.rect_contains_pointer(touch) {
            let response = ui.interact(touch, id, Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, event_name(ctx, bar.event)));
            if response.has_focus() {
                painter.rect_stroke(rect.expand(2.0), 4.0, Stroke::new(2.0, ctx.theme.accent), StrokeKind::Outside);
            }
            event_gestures(ctx, ui, &response, bar.event);
            response.on_hover_ui_at_pointer(|ui| event_tip(ctx, ui, bar.event));
        }
    }
}

/// A line from the event to the day of its report: how late the news was, or how early the announcement.
fn report(ctx: &Ctx<'_>, painter: &Painter, axis: &Axis, bar: &Bar, rect: Rect) {
    let fact = ctx.facts().event(bar.event);
    let Some(published) = &ctx.facts().article(fact.article).about.published else { return };
    let x = axis.x_from_day(f64::from(crate::model::day_number(published.date)) + 0.5);
    let y = rect.bottom() - 2.0;
    let from = if x < rect.left() { rect.left() } else { rect.right().min(x) };
    let ink = ctx.theme.ink_faint;
    painter.hline(from.min(x)..=from.max(x), y, Stroke::new(1.0, ink));
    painter.circle_filled(pos2(x, y), 2.4, ink);
}

fn rect_of(ctx: &Ctx<'_>, axis: &Axis, bar: &Bar, rows: Rows) -> Rect {
    let (mut start, mut end) = (f64::from(bar.from), f64::from(bar.to) + 1.0);
    // Where hours can be told apart, a clock time places the event within its day.
    if axis.day_width() > 160.0
        && let Some((first, last)) = ctx.facts().event(bar.event).interval.clock
    {
        let minute = |minutes: u16| f64::from(minutes) / 1440.0;
        (start, end) = (start + minute(first), f64::from(bar.to) + minute(last.max(first + 15)));
    }
    let (mut from, mut to) = (axis.x_from_day(start), axis.x_from_day(end));
    // Far outside, 32-bit positions grow coarse.
    from = from.max(axis.left - 4000.0);
    to = to.min(axis.left + axis.width + 4000.0);
    let least = (rows.height - 4.0).clamp(6.0, 12.0);
    if to - from < least {
        let middle = f32::midpoint(from, to);
        (from, to) = (middle - least / 2.0, middle + least / 2.0);
    } else {
        (from, to) = (from + 1.0, to - 1.0);
    }
    let top = rows.top + f32::from(bar.row) * rows.height;
    let gap = if rows.height > 10.0 { 2.0 } else { 1.0 };
    Rect::from_x_y_ranges(from..=to, top + gap / 2.0..=top + rows.height - gap)
}

/// A day too narrow for a bar is a small mark, full where the event is a fact.
fn paint_small(painter: &Painter, theme: &Theme, rect: Rect, ink: Color32, standing: Standing) {
    let side = rect.width().min(rect.height()).min(12.0);
    let rect = Rect::from_center_size(rect.center(), vec2(side, side));
    match Look::of(standing) {
        Look::Solid => {
            painter.rect_filled(rect, 3.0, ink);
        }
        look => paint(painter, theme, rect, ink, look, Ends::default()),
    }
}

/// What is selected is ringed in the accent, what is pointed at in the glow.
fn ring(ctx: &Ctx<'_>, painter: &Painter, no: EventNo, rect: Rect) {
    let thing = event_thing(ctx.facts(), no);
    if ctx.selection.has(&thing) {
        painter.rect_stroke(rect.expand(1.0), 4.0, Stroke::new(2.0, ctx.theme.accent), StrokeKind::Outside);
    }
    if ctx.hovered.events.contains(&no) {
        let wide = if ctx.hovered.is_core(&thing) { 2.5 } else { 1.5 };
        painter.rect_stroke(rect.expand(1.0), 4.0, Stroke::new(wide, ctx.theme.glow), StrokeKind::Outside);
    }
}

/// The summary inside the bar, beside it, or before it, wherever the row has room. Returns where it ends.
fn words(ctx: &Ctx<'_>, painter: &Painter, no: EventNo, rect: Rect, before: f32, until: f32, plot: Rect) -> f32 {
    let ink = ctx.theme.ink;
    let text = visual(&ctx.facts().told(no).summary).into_owned();
    let inner = rect.intersect(plot);
    let room = [inner.width() - 12.0, until.min(plot.right()) - rect.right() - GRID * 3.0, rect.left() - before - GRID * 3.0];
    let most = room.into_iter().fold(0.0, f32::max);
    if most < 48.0 {
        return rect.right();
    }
    let mut job = egui::text::LayoutJob::simple_singleline(text, theme::sans(size::CHROME), ink);
    let galley = painter.layout_job(job.clone());
    let needed = galley.size().x;
    // Whole, if anywhere: inside, after, before. Else after the bar while that says enough, else where most of it fits.
    let place = (0..3)
        .find(|place| room[*place] >= needed)
        .or_else(|| (room[1] >= 150.0).then_some(1))
        .or_else(|| (0..3).find(|place| room[*place] >= most))
        .unwrap_or(0);
    let galley = if needed <= room[place] {
        galley
    } else {
        job.wrap = egui::text::TextWrapping::truncate_at_width(room[place].min(360.0));
        painter.layout_job(job)
    };
    let left = match place {
        0 => inner.left() + 7.0,
        1 => rect.right() + GRID,
        _ => rect.left() - GRID - galley.size().x,
    };
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    let end = left + galley.size().x;
    if place == 0 {
        // Letters stand clear of dotted and fading edges.
        let ground = Rect::from_min_size(at, galley.size()).shrink2(vec2(0.0, 1.5)).expand2(vec2(2.0, 0.0));
        painter.rect_filled(ground, 2.0, Theme::faded(ctx.theme.panel, 0.55));
    }
    painter.galley(at, galley, ink);
    end
}

/// An event that has no bar: its family's shape, hollow where it is no fact.
pub fn mark_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo, rect: Rect) {
    let response = ui.interact(rect, ui.scope_id().with(("mark", no.0)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, event_name(ctx, no)));
    let fact = ctx.facts().event(no);
    paint_mark(ui.painter(), ctx.theme, rect.center(), 5.0, fact.kind, fact.standing);
    ring(ctx, ui.painter(), no, rect.shrink(1.0));
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, ctx.theme.accent), StrokeKind::Inside);
    }
    event_gestures(ctx, ui, &response, no);
    response.on_hover_ui_at_pointer(|ui| event_tip(ctx, ui, no));
}

/// The shape of an event's family with its standing beside it.
pub fn paint_mark(painter: &Painter, theme: &Theme, at: Pos2, radius: f32, kind: crate::model::EventType, standing: Standing) {
    let ink = theme.kind(kind);
    let faint = matches!(standing, Standing::Planned | Standing::Hypothetical);
    glyph::family(painter, at, radius, Family::of(kind), if faint { Theme::faded(ink, 0.55) } else { ink });
    if standing == Standing::Denied {
        painter.line_segment([at + vec2(-radius, radius) * 1.3, at + vec2(radius, -radius) * 1.3], Stroke::new(1.5, theme.ink));
    }
}
