//! The command table and the gazetteer → a palette found by typing, and the help card.

use std::sync::LazyLock;

use egui::{Align2, Key, Margin, RichText, ScrollArea, Stroke, TextEdit};

use super::inspector::place_kind_name;
use super::theme::{self, GRID, size};
use super::{COMMANDS, Command, Ctx, Entry, Open};
use crate::gazetteer::Gazetteer;

/// The palette's own looks.
#[derive(Clone, Debug, Default)]
pub struct PaletteState {
    typed: String,
    at: usize,
    was: Open,
    /// Places whose names begin with what was typed.
    places: Vec<crate::gazetteer::Entry>,
}

/// Places listed under the commands.
const MOST_PLACES: usize = 8;

/// Read in place from the program's own bytes, once, when a place is first looked up.
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

/// Do the letters of `typed` occur in `name` in this order? Good enough for some seventy commands.
#[must_use]
pub fn fits(typed: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).all(|wanted| letters.any(|letter| letter == wanted))
}

/// A card in front of the desk.
pub(super) fn card(ctx: &Ctx<'_>, ui: &egui::Ui, id: &str, width: f32, add: impl FnOnce(&mut egui::Ui)) {
    let shadow = egui::Shadow { offset: [0, 8], blur: 32, spread: 0, color: ctx.theme.shadow };
    egui::Area::new(egui::Id::unique(id)).anchor(Align2::CENTER_TOP, [0.0, 88.0]).order(egui::Order::Foreground).show(
        ui.ctx(),
        |ui| {
            let frame = egui::Frame::new()
                .fill(ctx.theme.raised)
                .stroke(Stroke::new(1.0, ctx.theme.line_strong))
                .corner_radius(10.0)
                .shadow(shadow)
                .inner_margin(Margin::same(12));
            frame.show(ui, |ui| {
                ui.set_width(width);
                add(ui);
            });
        },
    );
}

/// Draws the palette while it is open.
pub fn palette_ui(ctx: &Ctx<'_>, own: &mut PaletteState, ui: &egui::Ui) {
    let opened = ctx.front.palette == Open::Yes && own.was == Open::No;
    own.was = ctx.front.palette;
    if ctx.front.palette == Open::No {
        return;
    }
    if opened {
        own.typed.clear();
        own.places.clear();
        own.at = 0;
    }
    card(ctx, ui, "palette", 440.0, |ui| {
        let field =
            ui.add(TextEdit::singleline(&mut own.typed).hint_text("Find a command or a place").desired_width(f32::INFINITY));
        if opened {
            field.request_focus();
        }
        if field.changed() {
            own.at = 0;
            own.places =
                if own.typed.trim().chars().count() < 3 { Vec::new() } else { GAZETTEER.search(&own.typed, MOST_PLACES) };
        }
        let found: Vec<&Entry> = COMMANDS.iter().filter(|entry| fits(&own.typed, entry.name)).collect();
        let (down, up, enter) =
            ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp), input.key_pressed(Key::Enter)));
        own.at =
            (own.at + usize::from(down)).saturating_sub(usize::from(up)).min((found.len() + own.places.len()).saturating_sub(1));
        ui.add_space(GRID);
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            for (row, entry) in found.iter().enumerate() {
                let mut button =
                    egui::Button::selectable(row == own.at, entry.name).min_size([ui.available_width(), 28.0].into());
                if let Some(shortcut) = &entry.shortcut {
                    button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
                }
                let response = ui.add(button).on_hover_text(entry.doc);
                if response.clicked() || (enter && row == own.at) {
                    // Closed first, so that a command may open something else.
                    ctx.send(Command::Escape);
                    ctx.send((entry.make)());
                }
            }
            for (row, place) in own.places.iter().enumerate() {
                let within = [place.admin1.as_str(), place.country.as_str()];
                let within: Vec<&str> = within.into_iter().filter(|name| !name.is_empty() && *name != place.name).collect();
                let words = format!("{} · {}", place_kind_name(place.kind), within.join(", "));
                let at = found.len() + row == own.at;
                let button = egui::Button::selectable(at, &place.name).min_size([ui.available_width(), 28.0].into());
                let button = button.shortcut_text(RichText::new(words).color(ctx.theme.ink_faint));
                if ui.add(button).on_hover_text("Shows it on the map").clicked() || (enter && at) {
                    ctx.send(Command::Escape);
                    ctx.send(Command::FlyTo { name: place.name.clone(), point: place.point });
                }
            }
            if found.is_empty() && own.places.is_empty() {
                ui.label(RichText::new("No command or place of this name").color(ctx.theme.ink_faint));
            }
        });
    });
}

const GESTURES: &[(&str, &str)] = &[
    ("Drop files, paste text", "adds articles"),
    ("Click", "selects everywhere; a pin, an actor or a lane narrows everything to it"),
    ("Ctrl+click, Shift+click", "adds to the filter or takes away; selects all between"),
    ("Double-click, Enter", "narrows everything to what is selected"),
    ("Esc", "one step back"),
    ("Wheel, pinch", "zooms map and timeline at the pointer"),
    ("Drag on the overview", "narrows to days; edges resize, the middle moves, double-click shows all"),
    ("Shift+drag on the map", "narrows to an area; so do Box, Lasso and In sight"),
];

/// Draws gestures and shortcuts while help is open.
pub fn help_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    if ctx.front.help == Open::No {
        return;
    }
    card(ctx, ui, "help", 520.0, |ui| {
        ui.label(RichText::new("Gestures and shortcuts").font(theme::medium(size::READ)));
        ui.add_space(GRID);
        ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 260.0).show(ui, |ui| {
            egui::Grid::new("gestures").num_columns(2).spacing([GRID * 5.0, GRID]).show(ui, |ui| {
                for (gesture, does) in GESTURES {
                    ui.label(RichText::new(*gesture).font(theme::medium(size::CHROME)));
                    ui.add(
                        egui::Label::new(RichText::new(*does).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft)).wrap(),
                    );
                    ui.end_row();
                }
                for entry in COMMANDS {
                    let Some(shortcut) = &entry.shortcut else { continue };
                    ui.label(RichText::new(ui.ctx().format_shortcut(shortcut)).font(theme::medium(size::CHROME)));
                    ui.label(RichText::new(entry.doc).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
                    ui.end_row();
                }
            });
        });
        ui.add_space(GRID * 2.0);
        let families = theme::Family::ALL;
        ui.horizontal_wrapped(|ui| {
            for family in families {
                let (rect, _) = ui.allocate_exact_size([14.0, 16.0].into(), egui::Sense::hover());
                super::glyph::family(ui.painter(), rect.center(), 4.5, family, ctx.theme.family(family));
                ui.label(RichText::new(family.name()).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
                ui.add_space(GRID);
            }
        });
    });
}
