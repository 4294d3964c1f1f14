//! The log of edits → a card: what was changed, by whom and when, what no longer holds on to anything, and a way back.

use egui::{Align, Layout, RichText, ScrollArea};

use super::palette::card;
use super::theme::{self, GRID, size};
use super::{Command, Ctx, Open};
use crate::model::{Edit, Entry};

/// Rows drawn; the newest are kept.
const MOST: usize = 500;

/// Draws the card while it is open.
pub fn log_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    if ctx.front.log == Open::No {
        return;
    }
    card(ctx, ui, "log", 560.0, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Log of changes").font(theme::medium(size::READ)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    ctx.send(Command::ShowLog);
                }
            });
        });
        let workspace = ctx.workspace;
        let orphans = &ctx.facts().orphans;
        let rules = workspace.in_force().iter().filter(|(_, entry)| entry.edit.is_rule()).count();
        let words = format!("{} changes · {rules} hold in every article · {} hold on to nothing", workspace.mark, orphans.len());
        ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
        ui.add_space(GRID);
        let in_force: std::collections::BTreeSet<usize> = workspace.in_force().iter().map(|(number, _)| *number).collect();
        ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            if workspace.log.is_empty() {
                ui.label(RichText::new("Nothing has been changed yet").color(ctx.theme.ink_faint));
            }
            for (number, entry) in workspace.log.iter().enumerate().rev().take(MOST) {
                ui.push_id(number, |ui| entry_ui(ctx, ui, number, entry, in_force.contains(&number)));
            }
        });
    });
}

fn entry_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, number: usize, entry: &Entry, holds: bool) {
    let theme = ctx.theme;
    ui.horizontal(|ui| {
        let mut name = capitalised(&entry.edit.name());
        if entry.edit.is_rule() {
            name.push_str(" · rule");
        }
        let words = RichText::new(name).font(theme::sans(size::LIST));
        let words = if holds { words.color(theme.ink) } else { words.color(theme.ink_faint).strikethrough() };
        ui.add(egui::Label::new(words).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let can = holds && !matches!(entry.edit, Edit::Import { .. });
            if can && ui.button(RichText::new("Take back").font(theme::sans(size::CHROME))).clicked() {
                ctx.send(Command::Withdraw(number));
            }
            let faint = |words: String| RichText::new(words).font(theme::sans(size::CHROME)).color(theme.ink_faint);
            ui.label(faint(by_and_when(entry)));
        });
    });
    if let Some(orphan) = ctx.facts().orphans.iter().find(|orphan| orphan.number == number) {
        let words = format!("holds on to nothing: {}", orphan.reason);
        ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(theme.warning));
    }
}

fn by_and_when(entry: &Entry) -> String {
    let time = jiff::Timestamp::from_second(entry.at).ok().filter(|_| entry.at != 0);
    let time = time.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %b %Y %H:%M UTC").to_string());
    [Some(entry.by.clone()).filter(|by| !by.is_empty()), time].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
