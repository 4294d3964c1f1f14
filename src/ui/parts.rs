//! Words and shapes → the small parts that several panels are built from.

use egui::{Painter, Pos2, Response, RichText, Role, Sense, Stroke, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx};
use crate::query::Thing;

/// What an empty panel says to do.
pub fn empty(ctx: &Ctx<'_>, ui: &mut egui::Ui, words: &str) {
    let rect = ui.available_rect_before_wrap();
    let width = (rect.width() - GRID * 10.0).min(300.0);
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), theme::sans(size::LIST), ctx.theme.ink_faint, width);
    job.halign = egui::Align::Center;
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.center().x, (rect.center().y - galley.size().y).max(rect.top() + GRID * 4.0));
    ui.painter().galley(at, galley, ctx.theme.ink_faint);
    ui.allocate_rect(rect, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// A square button with a painted sign; `name` is its tip and its accessible name.
pub fn icon_button(ctx: &Ctx<'_>, ui: &mut egui::Ui, name: &str, sign: impl FnOnce(&Painter, Pos2, Stroke)) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(GRID * 7.0, GRID * 6.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let held = response.hovered() || response.has_focus();
    if held {
        ui.painter().rect_filled(rect, 5.0, ctx.theme.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 5.0, Stroke::new(2.0, ctx.theme.accent), egui::StrokeKind::Inside);
    }
    let ink = if held { ctx.theme.ink } else { ctx.theme.ink_soft };
    sign(ui.painter(), rect.center(), Stroke::new(1.5, ink));
    response.on_hover_text(name)
}

/// A place or actor by name with its role; a click picks it, hovering lights it.
pub fn thing_link(ctx: &Ctx<'_>, ui: &mut egui::Ui, thing: Thing, name: &str, role: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 1.5;
        let lit = ctx.hovered.is_core(&thing);
        let words = RichText::new(super::visual(name)).color(ctx.theme.accent);
        let words = if lit { words.underline() } else { words };
        let response = ui.add(egui::Button::new(words).frame(false).wrap());
        ui.label(RichText::new(role).font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint));
        if response.hovered() {
            ctx.hover(thing.clone());
        }
        if response.clicked() {
            ctx.send(Command::Pick(thing));
        }
    });
}
