//! Lanes of the view → the timeline: axis, bars, undated lane, overview with brush.

pub mod axis;
mod bar;
mod brush;
mod overview;
mod play;

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, WidgetInfo, pos2, vec2};

use self::axis::{Axis, Window};
use super::theme::{self, GRID, size};
use super::{Command, Ctx, Fit, visual};
use crate::model::{EventNo, Standing, date_of_day};
use crate::query::{Days, Lane, LaneBy, Thing, event_thing};

/// Width of the lane names, in points.
const GUTTER: f32 = 136.0;
const AXIS: f32 = 36.0;
const UNDATED: f32 = 26.0;
/// Row heights, each with how many screens of lanes it may take; the first three carry words.
const ROW_HEIGHTS: [(f32, f32); 4] = [(22.0, 1.0), (20.0, 1.0), (18.0, 4.0), (12.0, 10.0)];
/// Above so many bars in sight a lane shows their density instead (`../map.md` measured 1,280 bars at 0.4 ms).
const MOST_BARS: usize = 2_000;
/// Above so many, bars have no node of their own in the accessibility tree.
const MOST_NODES: usize = 500;
/// Height of a lane that shows density, in points.
const DENSE: f32 = 30.0;

/// The timeline's own looks.
#[derive(Clone, Debug, Default)]
pub struct TimelineState {
    /// What is in sight; `None` until a person moves it: the days of the story.
    pub window: Option<Window>,
    lag: bar::Lag,
    folds: Folds,
    scroll: f32,
    brush: brush::BrushState,
    /// The event last brought into sight.
    shown: Option<EventNo>,
    /// Wishes already answered.
    answered: Option<Fit>,
}

/// Are long empty times of the overview folded?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Folds {
    #[default]
    Folded,
    Open,
}

/// Draws the timeline into all of `ui`.
pub fn timeline_ui(ctx: &Ctx<'_>, own: &mut TimelineState, ui: &mut egui::Ui, head: Rect) {
    let rest = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rest);
    head_ui(ctx, own, ui, head);
    let Some(extent) = ctx.view.extent else {
        let words = if ctx.view.undated.is_empty() { "No events yet" } else { "No event has a date yet" };
        let (lanes, undated) = rest.split_top_bottom_at_y(rest.bottom() - UNDATED);
        ui.painter().text(lanes.center(), Align2::CENTER_CENTER, words, theme::sans(size::LIST), ctx.theme.ink_faint);
        undated_ui(ctx, ui, undated);
        return;
    };
    let plot_x = (rest.left() + GUTTER)..=(rest.right() - GRID * 3.0).max(rest.left() + GUTTER + 40.0);
    let (overview, below) = rest.split_top_bottom_at_y(rest.top() + brush::HEIGHT);
    let undated_height = if ctx.view.undated.is_empty() { 0.0 } else { UNDATED };
    let (middle, undated) = below.split_top_bottom_at_y(below.bottom() - undated_height);
    let (scale, lanes) = middle.split_top_bottom_at_y(middle.top() + AXIS);
    answer_fit(ctx, own);
    let story = ctx.view.story.unwrap_or(extent);
    let window = own.window.unwrap_or_else(|| Window::around(story.from, story.to));
    let mut axis = Axis { window, left: *plot_x.start(), width: plot_x.end() - plot_x.start() };
    show_picked(ctx, own, &mut axis);
    let whole = [extent];
    let busy = if own.folds == Folds::Folded && !ctx.view.busy.is_empty() { ctx.view.busy.as_slice() } else { &whole };
    let over = Rect::from_x_y_ranges(plot_x.clone(), overview.y_range());
    brush::brush_ui(ctx, &mut own.brush, ui, over, &axis.window, extent, busy);
    move_window(own, ui, &mut axis, middle);
    scale_ui(ctx, ui, &axis, scale, lanes);
    lanes_ui(ctx, own, ui, &axis, lanes);
    play::today_ui(ctx, ui, &axis, scale, lanes);
    play::cursor_ui(ctx, ui, &axis, scale, lanes);
    if undated_height > 0.0 {
        undated_ui(ctx, ui, undated);
    }
}

/// Shows all days, or those of the selection, when another part of the window wished for it.
fn answer_fit(ctx: &Ctx<'_>, own: &mut TimelineState) {
    let Some(answered) = own.answered.replace(ctx.fit) else { return };
    if answered.selection != ctx.fit.selection && !ctx.picked.is_dark() {
        let days = ctx.picked.events.iter().filter_map(|no| ctx.facts().event(*no).days);
        let all = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        own.window = all.map(|(from, to)| Window::around(from, to)).or(own.window);
    } else if answered.all != ctx.fit.all {
        own.window = None;
    }
}

fn head_ui(ctx: &Ctx<'_>, own: &mut TimelineState, ui: &mut egui::Ui, rect: Rect) {
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = GRID;
        play::play_ui(ctx, ui);
        ui.add_space(GRID);
        let now = lane_name(ctx.filter.lanes);
        let combo = egui::ComboBox::from_id_salt("lanes by").selected_text(format!("Lanes by {now}")).width(124.0);
        let shown = combo.show_ui(ui, |ui| {
            for by in LaneBy::ALL {
                if ui.selectable_label(by == ctx.filter.lanes, format!("Lanes by {}", lane_name(by))).clicked() {
                    ctx.send(Command::LanesBy(by));
                }
            }
        });
        shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Lanes by {now}")));
        options_ui(ctx, own, ui);
        if own.window.is_some() && ui.button("Whole time").on_hover_text("Shows the days of the story again").clicked() {
            own.window = None;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| legend_ui(ctx, ui));
    });
}

/// What is seldom wanted, behind three dots.
fn options_ui(ctx: &Ctx<'_>, own: &mut TimelineState, ui: &mut egui::Ui) {
    let button = super::icon_button(ctx, ui, "Timeline options", |painter, at, stroke| {
        super::glyph::dots(painter, at, stroke.color);
    });
    egui::Popup::menu(&button).show(|ui| {
        let mut shown = own.lag == bar::Lag::Shown;
        let tip = "A line from each event to the day of its report";
        if ui.checkbox(&mut shown, "Days of reports").on_hover_text(tip).changed() {
            own.lag = if shown { bar::Lag::Shown } else { bar::Lag::Hidden };
        }
        let mut folded = own.folds == Folds::Folded;
        let tip = "Long times without events take little room in the overview";
        if ui.checkbox(&mut folded, "Fold empty times").on_hover_text(tip).changed() {
            own.folds = if folded { Folds::Folded } else { Folds::Open };
        }
    });
}

/// Standing in samples that are switches too: a click narrows to it.
fn legend_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let all = [
        Standing::Denied,
        Standing::Hypothetical,
        Standing::Reported,
        Standing::Stated,
        Standing::Planned,
        Standing::Ongoing,
        Standing::Happened,
    ];
    // A narrow panel says it without words.
    let in_words = ui.available_width() > 600.0;
    if ui.available_width() < 22.0 * all.len() as f32 {
        return;
    }
    for standing in all {
        let name = short_name(standing);
        let words = ui.painter().layout_no_wrap(name.into(), theme::sans(size::CHROME), ctx.theme.ink_soft);
        let width = if in_words { words.size().x + GRID } else { 0.0 };
        let (rect, response) = ui.allocate_exact_size(vec2(22.0 + width, GRID * 5.0), Sense::click());
        let on = ctx.filter.standings.contains(&standing);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Only {}", standing.name())));
        if on || response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4.0, if on { ctx.theme.accent_soft } else { ctx.theme.hover });
        }
        let sample = Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), vec2(14.0, 9.0));
        bar::paint(ui.painter(), ctx.theme, sample, ctx.theme.ink_soft, bar::Look::of(standing), bar::Ends::default());
        if in_words {
            let at = pos2(rect.left() + 22.0, rect.center().y - words.size().y / 2.0);
            ui.painter().galley(at, words, ctx.theme.ink_soft);
        }
        if response.on_hover_text(format!("Show only what {}", standing_clause(standing))).clicked() {
            ctx.send(Command::ToggleStanding(standing));
        }
    }
}

const fn short_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Happened => "happened",
        Standing::Ongoing => "ongoing",
        Standing::Planned => "planned",
        Standing::Stated => "stated",
        Standing::Reported => "reported",
        Standing::Denied => "denied",
        Standing::Hypothetical => "if",
    }
}

const fn standing_clause(standing: Standing) -> &'static str {
    match standing {
        Standing::Happened => "happened",
        Standing::Ongoing => "goes on",
        Standing::Planned => "is planned",
        Standing::Stated => "was said or demanded",
        Standing::Reported => "somebody claims or reports",
        Standing::Denied => "is denied",
        Standing::Hypothetical => "might be",
    }
}

const fn lane_name(by: LaneBy) -> &'static str {
    match by {
        LaneBy::Place => "place",
        LaneBy::Actor => "actor",
        LaneBy::Kind => "type",
        LaneBy::Article => "article",
        LaneBy::Standing => "standing",
    }
}

/// Brings a newly selected event into sight, with as little movement as does it.
fn show_picked(ctx: &Ctx<'_>, own: &mut TimelineState, axis: &mut Axis) {
    let picked = ctx.selection.picked.first().and_then(|thing| crate::query::event_no(ctx.facts(), thing));
    if picked == own.shown {
        return;
    }
    own.shown = picked;
    let Some((from, to)) = picked.and_then(|no| ctx.facts().event(no).days) else { return };
    let (start, end) = (axis.window.start, axis.window.start + axis.window.span);
    let (from, to) = (f64::from(from), f64::from(to) + 1.0);
    if to < start || from > end {
        axis.window = axis.window.panned(f64::midpoint(from, to) - start - axis.window.span / 2.0);
        own.window = Some(axis.window);
    }
}

/// Wheel and pinch zoom at the pointer; a drag, a sideways wheel and the arrow keys move.
fn move_window(own: &mut TimelineState, ui: &mut egui::Ui, axis: &mut Axis, area: Rect) {
    let plot = Rect::from_x_y_ranges(axis.left..=axis.left + axis.width, area.y_range());
    let response = ui.interact(plot, ui.scope_id().with("plot"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Timeline plot"));
    let mut window = axis.window;
    let days_per_point = window.span / f64::from(axis.width.max(1.0));
    if response.dragged() {
        window = window.panned(-f64::from(response.drag_delta().x) * days_per_point);
        own.scroll -= response.drag_delta().y;
    }
    if let Some(pointer) = response.hover_pos().or_else(|| ui.ctx().pointer_hover_pos().filter(|at| plot.contains(*at)))
        && ui.rect_contains_pointer(plot)
    {
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let factor = f64::from(pinch) * (f64::from(wheel.y) / 240.0).exp();
        if (factor - 1.0).abs() > 1e-4 {
            window = window.zoomed(axis.day_from_x(pointer.x), factor);
        }
        if wheel.x != 0.0 {
            window = window.panned(-f64::from(wheel.x) * days_per_point);
        }
    }
    if response.has_focus() {
        let (left, right, near, far) = ui.input(|input| {
            let pressed = |key| input.key_pressed(key);
            (
                pressed(egui::Key::ArrowLeft),
                pressed(egui::Key::ArrowRight),
                pressed(egui::Key::Plus) || pressed(egui::Key::Equals),
                pressed(egui::Key::Minus),
            )
        });
        let middle = window.start + window.span / 2.0;
        let step = f64::from(i8::from(right) - i8::from(left)) * window.span * 0.1;
        window = window.panned(step);
        if near || far {
            window = window.zoomed(middle, if near { 1.4 } else { 1.0 / 1.4 });
        }
    }
    if window != axis.window {
        axis.window = window;
        own.window = Some(window);
    }
}

fn scale_ui(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Axis, scale: Rect, lanes: Rect) {
    let theme = ctx.theme;
    let plot = axis.left..=axis.left + axis.width;
    let painter = ui.painter().with_clip_rect(Rect::from_x_y_ranges(plot.clone(), scale.top()..=lanes.bottom()));
    let step = axis.step(56.0);
    let middle = scale.center().y;
    for stretch in axis.stretches(step) {
        painter.vline(stretch.from_x, scale.top()..=middle, Stroke::new(1.0, theme.line_strong));
        let words = painter.layout_no_wrap(stretch.label, theme::sans(size::CHROME), theme.ink_soft);
        if words.size().x + GRID * 2.0 < stretch.to_x - stretch.from_x {
            painter.galley(pos2(stretch.from_x + GRID, scale.top() + 1.0), words, theme.ink_soft);
        }
    }
    // A tick names the day that begins at it, so days are named in their middle and instants at their line.
    let in_middle = matches!(step, axis::Step::Days(1));
    for tick in axis.ticks(step) {
        painter.vline(tick.x, middle + 2.0..=lanes.bottom(), Stroke::new(1.0, theme.line));
        let (x, align) =
            if in_middle { (tick.x + axis.day_width() / 2.0, Align2::CENTER_TOP) } else { (tick.x + GRID, Align2::LEFT_TOP) };
        let words = painter.layout_no_wrap(tick.label, theme::sans(size::CHROME), theme.ink_faint);
        let at = align.anchor_size(pos2(x, middle + 2.0), words.size());
        // A label cut at the edge would be another number.
        if at.left() >= *plot.start() && at.right() <= *plot.end() {
            painter.galley(at.min, words, theme.ink_faint);
        }
    }
    ui.painter().hline(scale.x_range(), scale.bottom(), Stroke::new(1.0, theme.line));
}

/// A lane's place on the screen.
struct Laid<'a> {
    lane: &'a Lane,
    top: f32,
    height: f32,
}

fn lanes_ui(ctx: &Ctx<'_>, own: &mut TimelineState, ui: &mut egui::Ui, axis: &Axis, area: Rect) {
    let (start, end) = (axis.window.start.floor() as i32, (axis.window.start + axis.window.span).ceil() as i32);
    let bars: usize = ctx.view.lanes.iter().map(|lane| lane.within(start, end).len()).sum();
    let dense = bars > MOST_BARS;
    let rows: f32 = ctx.view.lanes.iter().map(|lane| f32::from(lane.rows.max(1))).sum();
    let air = GRID * ctx.view.lanes.len() as f32;
    let row_height = row_height(rows, area.height() - air);
    let mut top = 0.0;
    let mut laid: Vec<Laid<'_>> = Vec::with_capacity(ctx.view.lanes.len());
    for lane in &ctx.view.lanes {
        let height = if dense { DENSE } else { (f32::from(lane.rows.max(1)) * row_height + GRID).max(18.0) };
        laid.push(Laid { lane, top, height });
        top += height;
    }
    scroll_lanes(own, ui, area, top);
    let gutter = Rect::from_x_y_ranges(area.left()..=axis.left - GRID, area.y_range());
    let plot = Rect::from_x_y_ranges(axis.left..=axis.left + axis.width, area.y_range());
    let nodes = if bars <= MOST_NODES { bar::Nodes::Each } else { bar::Nodes::Pointed };
    let around = bar::Around { axis, plot, nodes, lag: own.lag };
    for laid in &laid {
        let y = area.top() + laid.top - own.scroll;
        if y > area.bottom() || y + laid.height < area.top() {
            continue;
        }
        let row = Rect::from_x_y_ranges(area.x_range(), y..=y + laid.height);
        ui.painter().with_clip_rect(area).hline(area.x_range(), row.bottom(), Stroke::new(1.0, ctx.theme.line));
        lane_label_ui(ctx, ui, laid.lane, Rect::from_x_y_ranges(gutter.x_range(), row.y_range()), area);
        if dense {
            density(ctx, ui, axis, laid.lane, row, plot);
        } else {
            bar::bars_ui(ctx, ui, laid.lane, bar::Rows { top: y + GRID / 2.0, height: row_height }, &around);
        }
    }
}

/// Words are worth some scrolling: rows lose them only where the lanes are many screens high.
fn row_height(rows: f32, room: f32) -> f32 {
    let fits = |(height, screens): (f32, f32)| (rows * height <= room * screens).then_some(height);
    ROW_HEIGHTS.into_iter().find_map(fits).unwrap_or(8.0)
}

/// The wheel scrolls where the lane names stand, and everywhere with Shift.
fn scroll_lanes(own: &mut TimelineState, ui: &egui::Ui, area: Rect, content: f32) {
    let names = Rect::from_x_y_ranges(area.left()..=area.left() + GUTTER, area.y_range());
    if ui.rect_contains_pointer(names) {
        own.scroll -= ui.input(|input| input.smooth_scroll_delta().y);
    }
    own.scroll = own.scroll.clamp(0.0, (content - area.height()).max(0.0));
    if content > area.height() {
        let thumb = area.height() * area.height() / content;
        let y = area.top() + own.scroll / content * area.height();
        let bar = Rect::from_min_size(pos2(area.right() - 5.0, y), vec2(3.0, thumb));
        ui.painter().rect_filled(bar, 1.5, ui.visuals().widgets.hovered.bg_stroke.color);
    }
}

fn lane_label_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, lane: &Lane, rect: Rect, clip: Rect) {
    let theme = ctx.theme;
    let shown = rect.intersect(clip);
    if shown.height() < 6.0 {
        return;
    }
    let response = ui.interact(shown, ui.scope_id().with(("lane", &lane.label)), Sense::click());
    let count = lane.bars.len();
    let name = format!("{}, lane, {count} {}", lane.label, if count == 1 { "event" } else { "events" });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, lane.thing.is_some(), &name));
    let lit = lane.thing.as_ref().is_some_and(|thing| ctx.hovered.is_core(thing));
    let picked = lane.thing.as_ref().is_some_and(|thing| ctx.selection.has(thing));
    let painter = ui.painter().with_clip_rect(shown);
    if picked || lit || response.hovered() || response.has_focus() {
        painter.rect_filled(rect.shrink(1.0), 4.0, if picked { theme.accent_soft } else { theme.hover });
    }
    let number = painter.layout_no_wrap(count.to_string(), theme::sans(size::CHROME), theme.ink_faint);
    let room = rect.width() - number.size().x - GRID * 7.0;
    let font = theme::sans(size::CHROME);
    let mut job = egui::text::LayoutJob::simple_singleline(
        visual(&lane.label).into_owned(),
        font,
        if picked { theme.accent } else { theme.ink },
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let words = painter.layout_job(job);
    let y = rect.top() + 9.0;
    painter.galley(pos2(rect.left() + GRID * 3.0, y - words.size().y / 2.0), words, theme.ink);
    let at = pos2(rect.right() - GRID * 2.0 - number.size().x, y - number.size().y / 2.0);
    painter.galley(at, number, theme.ink_faint);
    let Some(thing) = &lane.thing else { return };
    if response.hovered() {
        ctx.hover(thing.clone());
    }
    if response.clicked() {
        let toggles = ui.input(|input| input.modifiers.command);
        ctx.send(if toggles { Command::ToggleFilter(thing.clone()) } else { Command::PickAndFilter(thing.clone()) });
    }
}

/// Events per two points of width, as columns: what a lane shows when single bars would be dust. Counts by binary search, so
/// that a million events cost no more than a thousand.
fn density(ctx: &Ctx<'_>, ui: &egui::Ui, axis: &Axis, lane: &Lane, row: Rect, plot: Rect) {
    const COLUMN: f32 = 2.0;
    let columns = (axis.width / COLUMN).ceil().max(1.0) as usize;
    let begun = |column: usize| {
        let day = axis.day_from_x(axis.left + column as f32 * COLUMN);
        lane.bars.partition_point(|bar| f64::from(bar.from) + 0.5 < day)
    };
    let mut before = begun(0);
    let counts: Vec<usize> = (1..=columns)
        .map(|column| {
            let until = begun(column);
            let count = until - before;
            before = until;
            count
        })
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let painter = ui.painter().with_clip_rect(plot);
    for (column, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        // The root keeps a single event visible beside a day of thousands.
        let height = (*count as f32 / most).sqrt() * (row.height() - GRID);
        let x = axis.left + column as f32 * COLUMN;
        let tall = Rect::from_x_y_ranges(x..=x + COLUMN, row.bottom() - height..=row.bottom());
        painter.rect_filled(tall, CornerRadius::ZERO, ctx.theme.ink_soft);
    }
}

/// Events without a date are kept in sight: one mark each, in the order of the text.
fn undated_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, area: Rect) {
    let theme = ctx.theme;
    ui.painter().hline(area.x_range(), area.top(), Stroke::new(1.0, theme.line_strong));
    let count = ctx.view.undated.len();
    if count == 0 {
        return;
    }
    let y = area.center().y;
    let at = pos2(area.left() + GRID * 3.0, y);
    ui.painter().text(at, Align2::LEFT_CENTER, "Undated", theme::sans(size::CHROME), theme.ink_soft);
    let number = pos2(area.left() + GUTTER - GRID * 3.0, y);
    ui.painter().text(number, Align2::RIGHT_CENTER, count.to_string(), theme::sans(size::CHROME), theme.ink_faint);
    let left = area.left() + GUTTER;
    let each = 18.0;
    let room = (((area.right() - left - 60.0) / each).floor().max(1.0)) as usize;
    for (column, no) in ctx.view.undated.iter().take(room).enumerate() {
        let rect = Rect::from_min_size(pos2(left + column as f32 * each, y - 8.0), vec2(16.0, 16.0));
        bar::mark_ui(ctx, ui, *no, rect);
    }
    if count > room {
        let at = pos2(left + room as f32 * each + GRID, y);
        let words = format!("and {} more", count - room);
        ui.painter().text(at, Align2::LEFT_CENTER, words, theme::sans(size::CHROME), theme.ink_faint);
    }
}

/// The accessible name and the tip of an event: type, summary, day, standing.
pub(super) fn event_name(ctx: &Ctx<'_>, no: EventNo) -> String {
    let told = ctx.facts().told(no);
    let fact = ctx.facts().event(no);
    let when = fact.days.map_or_else(|| "undated".to_owned(), |(from, to)| crate::query::days_in_words(Days { from, to }));
    format!("{}: {}, {when}, {}", fact.kind.name(), told.summary, fact.standing.name())
}

/// Click and hover of an event's mark, the same wherever it stands.
pub(super) fn event_gestures(ctx: &Ctx<'_>, ui: &egui::Ui, response: &egui::Response, no: EventNo) {
    event_gestures_in(ctx, ui, response, no, || through(ctx, no));
}

/// The same where the order of things is another than that of time: `range` is what Shift selects.
pub(super) fn event_gestures_in(
    ctx: &Ctx<'_>,
    ui: &egui::Ui,
    response: &egui::Response,
    no: EventNo,
    range: impl FnOnce() -> Vec<Thing>,
) {
    let thing = event_thing(ctx.facts(), no);
    if response.hovered() {
        ctx.hover(thing.clone());
    }
    if response.double_clicked() {
        ctx.send(Command::FilterEvents(vec![thing]));
    } else if response.clicked() {
        let held = ui.input(|input| input.modifiers);
        ctx.send(if held.command {
            Command::TogglePick(thing)
        } else if held.shift {
            Command::PickAll(range())
        } else {
            Command::Pick(thing)
        });
    }
    crate::ui::corrections::event_menu(ctx, response, no);
}

/// The events from the one selected to this one, in order of time.
fn through(ctx: &Ctx<'_>, no: EventNo) -> Vec<Thing> {
    let at = |wanted: EventNo| ctx.view.events.iter().position(|own| *own == wanted);
    let from = ctx.selection.picked.iter().find_map(|thing| at(crate::query::event_no(ctx.facts(), thing)?));
    let (Some(from), Some(to)) = (from, at(no)) else { return vec![event_thing(ctx.facts(), no)] };
    ctx.view.events[from.min(to)..=from.max(to)].iter().map(|no| event_thing(ctx.facts(), *no)).collect()
}

/// The tip over an event's mark.
pub(super) fn event_tip(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let (fact, told) = (ctx.facts().event(no), ctx.facts().told(no));
    ui.set_max_width(320.0);
    ui.label(egui::RichText::new(&told.summary).font(theme::medium(size::LIST)));
    let when = fact.days.map_or_else(
        || "No date".to_owned(),
        |(from, to)| {
            let words = crate::query::days_in_words(Days { from, to });
            if from == to { format!("{} {words}", date_of_day(from).strftime("%A")) } else { words }
        },
    );
    let sources = if fact.more.is_empty() {
        String::new()
    } else {
        format!(" · {} reports, {} sources", fact.more.len() + 1, fact.sources)
    };
    let line = format!("{when} · {} · {}{sources}", fact.kind.name(), fact.standing.name());
    ui.label(egui::RichText::new(line).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
}
