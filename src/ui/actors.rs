//! Actor lines of the view → the list of who takes part, with counts.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Theme, glyph};
use crate::query::{ActorLine, Thing};

const ROW: f32 = 26.0;

/// Draws the list into all of `ui`; only rows in sight are laid out.
pub fn actors_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let lines = &ctx.view.actors;
    if lines.is_empty() {
        super::empty(ctx, ui, "Who acts in the articles is listed here");
        return;
    }
    let most = lines.iter().map(|line| line.shown).max().unwrap_or(0).max(1);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("actors").auto_shrink(false).show_rows(ui, ROW, lines.len(), |ui, rows| {
        for line in &lines[rows] {
            row_ui(ctx, ui, *line, most);
        }
    });
}

fn row_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, line: ActorLine, most: u32) {
    let theme = ctx.theme;
    let actor = ctx.facts().actor(line.actor);
    let thing = Thing::Actor(actor.key.clone());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("actor", &actor.key.0)), Sense::click());
    let picked = ctx.selection.has(&thing);
    let kind = glyph::actor_kind_name(actor.kind);
    let events = if line.shown == 1 { "event" } else { "events" };
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, true, picked, format!("{}, {kind}, {} {events}", actor.name, line.shown))
    });
    let painter = ui.painter();
    let row = rect.shrink2(vec2(GRID, 1.0));
    if picked {
        painter.rect_filled(row, 4.0, theme.accent_soft);
    } else if response.hovered() {
        painter.rect_filled(row, 4.0, theme.hover);
    }
    if !response.hovered() {
        if ctx.hovered.is_core(&thing) {
            painter.rect_stroke(row, 4.0, Stroke::new(2.0, theme.glow), StrokeKind::Inside);
        } else if ctx.hovered.actors.contains(&line.actor) {
            // What only belongs to the thing pointed at is marked at its edge: a list of boxes would shout.
            let edge = Rect::from_min_size(row.min + vec2(0.0, 3.0), vec2(3.0, row.height() - 6.0));
            painter.rect_filled(edge, 1.5, theme.glow);
        }
    }
    if response.has_focus() {
        painter.rect_stroke(row, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    let none = line.shown == 0;
    let ink = match (picked, none) {
        (true, _) => theme.accent,
        (false, true) => theme.ink_faint,
        (false, false) => theme.ink,
    };
    let y = rect.center().y;
    let soft = if none { Theme::faded(theme.ink_faint, 0.6) } else { theme.ink_soft };
    glyph::actor(painter, pos2(rect.left() + GRID * 4.5, y), 4.0, actor.kind, soft);
    let bar_right = rect.right() - GRID * 3.0;
    let count_x = bar_right - 44.0;
    let full = 40.0 * line.shown as f32 / most as f32;
    let track = Rect::from_x_y_ranges(bar_right - 40.0..=bar_right, y - 2.5..=y + 2.5);
    painter.rect_filled(track, 1.0, theme.hover);
    if line.shown > 0 {
        let bar = Rect::from_x_y_ranges(track.left()..=track.left() + full.max(2.0), track.y_range());
        painter.rect_filled(bar, 1.0, if picked { theme.accent } else { theme.ink_faint });
    }
    let drawn = painter.text(
        pos2(count_x, y),
        Align2::RIGHT_CENTER,
        line.shown.to_string(),
        theme::sans(size::CHROME),
        if none { theme.ink_faint } else { theme.ink_soft },
    );
    let mut right = drawn.left().min(count_x - 16.0) - GRID * 2.0;
    if let Some(country) = &actor.country {
        let letters =
            painter.text(pos2(right, y), Align2::RIGHT_CENTER, country, theme::sans(size::CHROME - 1.0), theme.ink_faint);
        right = letters.left() - GRID * 1.5;
    }
    let left = rect.left() + GRID * 7.5;
    let font = if picked { theme::medium(size::LIST) } else { theme::sans(size::LIST) };
    let mut job = egui::text::LayoutJob::simple_singleline(super::visual(&actor.name).into_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left).max(24.0));
    let name = painter.layout_job(job);
    painter.galley(pos2(left, y - name.size().y / 2.0), name, ink);
    if response.hovered() {
        ctx.hover(thing.clone());
    }
    if response.clicked() {
        let held = ui.input(|input| input.modifiers);
        ctx.send(if held.command {
            Command::ToggleFilter(thing)
        } else if held.shift {
            Command::PickAll(through(ctx, &thing))
        } else {
            Command::PickAndFilter(thing)
        });
    }
    super::corrections::actor_menu(ctx, &response, line.actor);
    response.on_hover_ui(|ui| {
        ui.label(egui::RichText::new(super::visual(&actor.name)).font(theme::medium(size::LIST)));
        let titles = actor.titles.join(", ");
        if !titles.is_empty() {
            ui.label(titles);
        }
        let of = if line.total == line.shown { String::new() } else { format!(" of {}", line.total) };
        let words = format!("{kind} · {}{of} {events}", line.shown);
        ui.label(egui::RichText::new(words).font(theme::sans(size::CHROME)).color(theme.ink_soft));
    });
}

/// The actors from the one selected to this one, in the order of the list.
fn through(ctx: &Ctx<'_>, thing: &Thing) -> Vec<Thing> {
    let key = |line: &ActorLine| Thing::Actor(ctx.facts().actor(line.actor).key.clone());
    let at = |wanted: &Thing| ctx.view.actors.iter().position(|line| key(line) == *wanted);
    let from = ctx.selection.picked.iter().find_map(at);
    let (Some(from), Some(to)) = (from, at(thing)) else { return vec![thing.clone()] };
    ctx.view.actors[from.min(to)..=from.max(to)].iter().map(key).collect()
}
