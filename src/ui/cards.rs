//! What waits for an answer → cards: a damaged workspace, a new reading to accept, contradicting corrections, two versions.

use egui::{RichText, ScrollArea};

use super::palette::card;
use super::theme::{self, GRID, size};
use super::{Command, Ctx};
use crate::job::Anew;
use crate::model::Entry;
use crate::query::Piece;

/// Draws whichever card waits; one at a time, the gravest first.
pub fn cards_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    if let Some(damaged) = &ctx.front.damaged {
        card(ctx, ui, "damaged", 480.0, |ui| {
            title(ui, "This workspace is damaged");
            ui.label(RichText::new(&damaged.reason).color(ctx.theme.ink_soft));
            ui.label("The file stays as it is. What can be read is saved into a new one beside it.");
            if ui.button("Recover into a copy").clicked() {
                ctx.send(Command::Recover(damaged.path.clone()));
            }
        });
    } else if let Anew::Ready(told) = &ctx.front.anew {
        card(ctx, ui, "anew", 480.0, |ui| {
            title(ui, "Everything was read anew");
            for sentence in told {
                ui.label(sentence);
            }
            ui.add_space(GRID);
            ui.horizontal(|ui| {
                if ui.button("Accept").clicked() {
                    ctx.send(Command::AcceptAnew);
                }
                if ui.button("Keep as it was").clicked() {
                    ctx.send(Command::DropAnew);
                }
            });
        });
    } else if !ctx.front.conflicts.is_empty() {
        conflicts_ui(ctx, ui);
    } else if ctx.front.compared.is_some() {
        compared_ui(ctx, ui);
    }
}

fn title(ui: &mut egui::Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::medium(size::READ)));
    ui.add_space(GRID);
}

fn conflicts_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    card(ctx, ui, "conflicts", 560.0, |ui| {
        title(ui, "These corrections contradict yours");
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for (at, conflict) in ctx.front.conflicts.iter().enumerate() {
                ui.push_id(at, |ui| {
                    let side = |who: &str, entry: &Entry| {
                        let by = if entry.by.is_empty() { String::new() } else { format!(" ({})", entry.by) };
                        format!("{who}{by}: {}", entry.edit.name())
                    };
                    ui.label(side("Yours", &conflict.ours));
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(side("Theirs", &conflict.theirs)).color(ctx.theme.ink_soft));
                        if ui.button("Take theirs").clicked() {
                            ctx.send(Command::TakeTheirs(vec![conflict.theirs.clone()]));
                        }
                    });
                    ui.separator();
                });
            }
        });
        ui.horizontal(|ui| {
            if ui.button("Keep all mine").clicked() {
                ctx.send(Command::KeepOurs);
            }
            if ui.button("Take all theirs").clicked() {
                ctx.send(Command::TakeTheirs(ctx.front.conflicts.iter().map(|conflict| conflict.theirs.clone()).collect()));
            }
        });
    });
}

fn compared_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    let Some((earlier, later, compared)) = &ctx.front.compared else { return };
    let name = |id| {
        let filed = ctx.facts().article_no(id).map(|no| ctx.facts().article(no));
        filed.map_or_else(String::new, |filed| {
            let date = filed.about.published.as_ref().map(|published| format!(" ({})", published.date)).unwrap_or_default();
            format!("{}{date}", super::articles::title_of(filed))
        })
    };
    card(ctx, ui, "compared", 620.0, |ui| {
        let (added, changed, gone) = compared.counts();
        title(ui, &format!("{added} sentences added, {changed} changed, {gone} gone"));
        let soft = |words: String| RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft);
        ui.label(soft(format!("{} → {}", name(*earlier), name(*later))));
        ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            for piece in &compared.pieces {
                let line = |ui: &mut egui::Ui, sign: &str, words: &str, ink| {
                    ui.horizontal_top(|ui| {
                        ui.label(RichText::new(sign).font(theme::medium(size::LIST)).color(ink));
                        ui.add(egui::Label::new(RichText::new(words).color(ink)).wrap());
                    });
                };
                match piece {
                    Piece::Same(words) => line(ui, " ", words, ctx.theme.ink_faint),
                    Piece::Added(words) => line(ui, "+", words, ctx.theme.good),
                    Piece::Gone(words) => line(ui, "−", words, ctx.theme.error),
                    Piece::Changed(old, new) => {
                        line(ui, "−", old, ctx.theme.ink_soft);
                        line(ui, "+", new, ctx.theme.warning);
                    }
                }
            }
        });
        if ui.button("Close").clicked() {
            ctx.send(Command::HideCompared);
        }
    });
}
