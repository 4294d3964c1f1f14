//! Events of the view → a table: sorted, grouped, virtual, with more than one row selected where wished.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::theme::{self, Family, GRID, size};
use super::timeline::{event_gestures_in, event_name, event_tip};
use super::{Command, Ctx, glyph, visual};
use crate::model::{EventNo, date_of_day};
use crate::query::{GroupBy, Line, Order, SortBy, Thing, event_no, event_thing, table, venue};

const ROW: f32 = 26.0;
const HEAD: f32 = 24.0;

/// The table's own looks.
#[derive(Clone, Debug, Default)]
pub struct EventsState {
    sort: SortBy,
    order: Order,
    group: GroupBy,
    closed: BTreeSet<String>,
    /// What the lines were made for, and they.
    made_for: Option<(u64, SortBy, Order, GroupBy, usize)>,
    lines: Vec<Line>,
    /// The row last clicked without Shift: where a range begins.
    anchor: Option<EventNo>,
    /// The event last scrolled to.
    shown: Option<EventNo>,
}

/// A column: what it is called, what a click on its head sorts by, and how wide it is.
struct Column {
    name: &'static str,
    sort: SortBy,
    width: f32,
    /// Left out where the table is narrower than this.
    from: f32,
}

const COLUMNS: [Column; 6] = [
    Column { name: "When", sort: SortBy::Day, width: 112.0, from: 0.0 },
    Column { name: "What", sort: SortBy::Summary, width: 0.0, from: 0.0 },
    Column { name: "Type", sort: SortBy::Kind, width: 112.0, from: 760.0 },
    Column { name: "Where", sort: SortBy::Place, width: 132.0, from: 460.0 },
    Column { name: "Who", sort: SortBy::Actor, width: 150.0, from: 620.0 },
    Column { name: "Standing", sort: SortBy::Standing, width: 118.0, from: 900.0 },
];

/// Draws the table into all of `ui`; only rows in sight are laid out.
pub fn events_ui(ctx: &Ctx<'_>, own: &mut EventsState, ui: &mut egui::Ui, head: Rect) {
    head_ui(ctx, own, ui, head);
    if ctx.view.events.is_empty() {
        let words = if ctx.view.total == 0 { "Events are listed here" } else { "No event passes the filter; Esc takes it away" };
        super::empty(ctx, ui, words);
        return;
    }
    let key = (ctx.stamp, own.sort, own.order, own.group, own.closed.len());
    if own.made_for != Some(key) {
        own.made_for = Some(key);
        own.lines = table(ctx.facts(), &ctx.view.events, own.sort, own.order, own.group, &own.closed);
    }
    let all = ui.available_rect_before_wrap();
    let (bar, _) = all.split_top_bottom_at_y(all.top() + HEAD);
    ui.advance_cursor_after_rect(bar);
    let columns = laid_out(bar);
    names_ui(ctx, own, ui, &columns, bar);
    ui.spacing_mut().item_spacing.y = 0.0;
    let goal = scroll_goal(ctx, own);
    let mut area = ScrollArea::vertical().id_salt("events").auto_shrink(false);
    if let Some(row) = goal {
        let offset = row as f32 * ROW - (all.height() - HEAD) * 0.4;
        area = area.vertical_scroll_offset(offset.max(0.0));
    }
    let lines = std::mem::take(&mut own.lines);
    area.show_rows(ui, ROW, lines.len(), |ui, rows| {
        for line in &lines[rows] {
            match line {
                Line::Group { label, count } => group_ui(ctx, own, ui, label, *count),
                Line::Event(no) => row_ui(ctx, own, ui, &columns, *no, &lines),
            }
        }
    });
    own.lines = lines;
}

/// Left edges and widths of the columns that fit.
fn laid_out(bar: Rect) -> Vec<(&'static Column, f32, f32)> {
    let fits: Vec<&Column> = COLUMNS.iter().filter(|column| bar.width() >= column.from).collect();
    let fixed: f32 = fits.iter().map(|column| column.width).sum();
    let flexible = (bar.width() - fixed - GRID * 7.0).max(120.0);
    let mut x = bar.left() + GRID * 3.0;
    fits.into_iter()
        .map(|column| {
            let width = if column.width > 0.0 { column.width } else { flexible };
            x += width;
            (column, x - width, width)
        })
        .collect()
}

fn head_ui(ctx: &Ctx<'_>, own: &mut EventsState, ui: &mut egui::Ui, head: Rect) {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(head).layout(layout), |ui| {
        let name = if own.group == GroupBy::Nothing { "No groups".to_owned() } else { format!("By {}", own.group.name()) };
        let combo = egui::ComboBox::from_id_salt("groups").selected_text(&name).width(96.0);
        let shown = combo.show_ui(ui, |ui| {
            for group in GroupBy::ALL {
                let label = if group == GroupBy::Nothing { "No groups".to_owned() } else { format!("By {}", group.name()) };
                if ui.selectable_label(group == own.group, label).clicked() {
                    own.group = group;
                    own.closed.clear();
                }
            }
        });
        shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Groups: {}", own.group.name())));
        let doubt = own.sort == SortBy::Doubt;
        let tip = "Puts first what is weighty and unsure, undated or without a place";
        if ui.selectable_label(doubt, "Check first").on_hover_text(tip).clicked() {
            (own.sort, own.order) = (if doubt { SortBy::Day } else { SortBy::Doubt }, Order::Rising);
        }
        let picked: Vec<Thing> = ctx.selection.picked.iter().filter(|thing| matches!(thing, Thing::Event(..))).cloned().collect();
        if picked.len() > 1 && ui.button(format!("Only these {}", picked.len())).clicked() {
            ctx.send(Command::FilterEvents(picked));
        }
    });
}

fn names_ui(ctx: &Ctx<'_>, own: &mut EventsState, ui: &egui::Ui, columns: &[(&'static Column, f32, f32)], bar: Rect) {
    let theme = ctx.theme;
    for (column, left, width) in columns {
        let rect = Rect::from_x_y_ranges(*left..=left + width, bar.y_range());
        let response = ui.interact(rect, ui.scope_id().with(("column", column.name)), Sense::click());
        let on = own.sort == column.sort;
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, on, format!("Sort by {}", column.name)));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect.expand2(vec2(GRID, 0.0)).shrink2(vec2(0.0, 2.0)), 4.0, theme.hover);
        }
        let ink = if on { theme.ink } else { theme.ink_faint };
        let at = pos2(*left, rect.center().y);
        let drawn = ui.painter().text(at, Align2::LEFT_CENTER, column.name, theme::sans(size::CHROME), ink);
        if on {
            let tip = pos2(drawn.right() + 8.0, rect.center().y);
            let up = if own.order == Order::Rising { -1.0 } else { 1.0 };
            for dx in [-3.0, 3.0] {
                ui.painter().line_segment([tip + vec2(dx, -1.5 * up), tip + vec2(0.0, 1.5 * up)], Stroke::new(1.3, ink));
            }
        }
        if response.clicked() {
            own.order = if on && own.order == Order::Rising { Order::Falling } else { Order::Rising };
            own.sort = column.sort;
        }
    }
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, theme.line));
}

/// The line to bring into sight: that of a newly selected event.
fn scroll_goal(ctx: &Ctx<'_>, own: &mut EventsState) -> Option<usize> {
    let picked = ctx.selection.picked.first().and_then(|thing| event_no(ctx.facts(), thing));
    if picked == own.shown {
        return None;
    }
    own.shown = picked;
    // A row that was clicked here stands where it stands.
    let no = picked.filter(|no| own.anchor != Some(*no))?;
    own.lines.iter().position(|line| *line == Line::Event(no))
}

fn group_ui(ctx: &Ctx<'_>, own: &mut EventsState, ui: &mut egui::Ui, label: &str, count: u32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("group", label)), Sense::click());
    let is_open = !own.closed.contains(label);
    let state = if is_open { "open" } else { "closed" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}, group of {count}, {state}")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink2(vec2(GRID, 1.0)), 4.0, ctx.theme.hover);
    }
    let at = pos2(rect.left() + GRID * 4.0, rect.center().y);
    let arms = if is_open {
        [vec2(-3.0, -1.5), vec2(0.0, 1.5), vec2(3.0, -1.5)]
    } else {
        [vec2(-1.5, -3.0), vec2(1.5, 0.0), vec2(-1.5, 3.0)]
    };
    ui.painter().add(egui::Shape::line(arms.map(|arm| at + arm).to_vec(), Stroke::new(1.3, ctx.theme.ink_soft)));
    let at = pos2(rect.left() + GRID * 6.5, rect.center().y);
    let drawn = ui.painter().text(at, Align2::LEFT_CENTER, visual(label), theme::medium(size::CHROME), ctx.theme.ink_soft);
    let at = pos2(drawn.right() + GRID * 2.0, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, count.to_string(), theme::sans(size::CHROME), ctx.theme.ink_faint);
    if response.clicked() && !own.closed.remove(label) {
        own.closed.insert(label.to_owned());
    }
}

fn row_ui(
    ctx: &Ctx<'_>,
    own: &mut EventsState,
    ui: &mut egui::Ui,
    columns: &[(&'static Column, f32, f32)],
    no: EventNo,
    lines: &[Line],
) {
    let theme = ctx.theme;
    let facts = ctx.facts();
    let (fact, told) = (facts.event(no), facts.told(no));
    let thing = event_thing(facts, no);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("event", no.0)), Sense::click());
    let picked = ctx.selection.has(&thing);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, picked, format!("{}, row", event_name(ctx, no))));
    let row = rect.shrink2(vec2(GRID, 0.5));
    if picked {
        ui.painter().rect_filled(row, 4.0, theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(row, 4.0, theme.hover);
    }
    if !response.hovered() && ctx.hovered.events.contains(&no) {
        ui.painter().rect_stroke(row, 4.0, Stroke::new(1.0, theme.glow), StrokeKind::Inside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(row, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    let y = rect.center().y;
    for (column, left, width) in columns {
        let mut left = *left;
        let mut width = width - GRID * 2.0;
        let (words, ink, font) = match column.sort {
            SortBy::Day => (day_words(fact.days), theme.ink_soft, theme::sans(size::CHROME)),
            SortBy::Summary => {
                glyph::family(ui.painter(), pos2(left + 5.0, y), 4.0, Family::of(fact.kind), theme.kind(fact.kind));
                (left, width) = (left + GRID * 4.0, width - GRID * 4.0);
                (told.summary.clone(), theme.ink, theme::sans(size::LIST))
            }
            SortBy::Kind => (fact.kind.name().to_owned(), theme.ink_soft, theme::sans(size::CHROME)),
            SortBy::Place => match venue(fact) {
                Some(place) => (facts.place(place).name.clone(), theme.ink_soft, theme::sans(size::CHROME)),
                None => ("no place".to_owned(), theme.ink_faint, theme::sans(size::CHROME)),
            },
            SortBy::Actor => {
                let names: Vec<&str> = fact.actors.iter().take(3).map(|(no, _)| facts.actor(*no).name.as_str()).collect();
                (names.join(", "), theme.ink_soft, theme::sans(size::CHROME))
            }
            _ => (fact.standing.name().to_owned(), theme.ink_soft, theme::sans(size::CHROME)),
        };
        let mut job = egui::text::LayoutJob::simple_singleline(visual(&words).into_owned(), font, ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(20.0));
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, ink);
    }
    let anchor = own.anchor;
    let range = || between(facts, lines, anchor, no);
    event_gestures_in(ctx, ui, &response, no, range);
    if response.clicked() && !ui.input(|input| input.modifiers.shift) {
        own.anchor = Some(no);
    }
    response.on_hover_ui_at_pointer(|ui| event_tip(ctx, ui, no));
}

/// All events from the anchor to this one, in the order of the table.
fn between(facts: &crate::model::Facts, lines: &[Line], anchor: Option<EventNo>, to: EventNo) -> Vec<Thing> {
    let at = |no: EventNo| lines.iter().position(|line| *line == Line::Event(no));
    let (Some(from), Some(to)) = (anchor.and_then(at), at(to)) else { return vec![event_thing(facts, to)] };
    lines[from.min(to)..=from.max(to)]
        .iter()
        .filter_map(|line| match line {
            Line::Event(no) => Some(event_thing(facts, *no)),
            Line::Group { .. } => None,
        })
        .collect()
}

fn day_words(days: Option<(i32, i32)>) -> String {
    match days {
        None => "no date".to_owned(),
        Some((from, to)) if from == to => date_of_day(from).strftime("%-d %b %Y").to_string(),
        Some((from, to)) => crate::query::days_in_words(crate::query::Days { from, to }),
    }
}
