//! One event's reports → who tells it, what they tell differently, how its figures moved, and why they are one.

use egui::RichText;

use super::inspector::{correct_button, line, soft};
use super::theme::{self, size};
use super::{Command, Correction, Ctx};
use crate::model::{EventChange, EventNo, Judged, Report, Row, Starred};
use crate::query::{Thing, dispute, why_same};

/// Reports listed; beyond them their number is told.
const MOST: usize = 12;

/// Accept, reject and all other corrections; with what a person has remarked.
pub fn judge_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let fact = ctx.facts().event(no);
    ui.horizontal(|ui| {
        if fact.judged == Judged::Accepted {
            ui.label(RichText::new("Accepted").font(theme::medium(size::CHROME)).color(ctx.theme.good));
        } else if ui.button(RichText::new("Accept").font(theme::sans(size::CHROME))).clicked() {
            ctx.send(Command::Correct(Correction::Event(no, EventChange::Accept)));
        }
        if ui.button(RichText::new("Reject").font(theme::sans(size::CHROME))).clicked() {
            ctx.send(Command::Correct(Correction::Event(no, EventChange::Reject)));
        }
        correct_button(ctx, ui, |ui| super::corrections::event_rows(ctx, ui, no));
    });
    let Some(remarks) = ctx.facts().remarks(Row::Event(no)) else { return };
    let star = (remarks.starred == Starred::Yes).then(|| "starred".to_owned());
    let words: Vec<String> = star.into_iter().chain(remarks.tags.iter().map(|tag| format!("#{tag}"))).collect();
    if !words.is_empty() {
        soft(ctx, ui, words.join(" · "));
    }
    if !remarks.note.is_empty() {
        ui.label(&remarks.note);
    }
}

/// Every report, the disagreements side by side, and the figures through time; nothing for an event told once.
pub fn reports_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let facts = ctx.facts();
    let fact = facts.event(no);
    if fact.more.is_empty() {
        return;
    }
    let found = dispute(facts, no);
    let sources = if fact.sources == 1 { "1 source".to_owned() } else { format!("{} independent sources", fact.sources) };
    line(ctx, ui, "Told in", |ui| {
        ui.label(format!("{} reports · {sources}", fact.more.len() + 1));
        for report in fact.reports().take(MOST) {
            report_ui(ctx, ui, report);
        }
        if fact.more.len() + 1 > MOST {
            soft(ctx, ui, format!("and {} more", fact.more.len() + 1 - MOST));
        }
    });
    for (question, answers) in &found.questions {
        line(ctx, ui, "Differ in", |ui| {
            ui.label(RichText::new(*question).font(theme::medium(size::CHROME)).color(ctx.theme.warning));
            for answer in answers {
                let who: Vec<&str> = answer.reports.iter().take(3).map(|report| source_name(ctx, *report)).collect();
                ui.label(format!("{} · {}", answer.words, who.join(", ")));
                soft(ctx, ui, sentence(ctx, answer.reports[0]));
            }
        });
    }
    for (kind, steps) in &found.figures {
        line(ctx, ui, "Figure", |ui| {
            let words: Vec<String> = steps
                .iter()
                .map(|step| {
                    let day = step.published.map_or_else(|| "undated".to_owned(), |date| date.strftime("%-d %b").to_string());
                    format!("{} ({day})", step.value)
                })
                .collect();
            ui.label(format!("{kind}: {}", words.join(" → ")));
            for step in steps.iter().take(4) {
                soft(ctx, ui, sentence(ctx, step.report));
            }
        });
    }
    let lead = Report { article: fact.article, row: fact.row };
    let reasons =
        fact.more.iter().find(|report| report.article != lead.article).and_then(|report| why_same(facts, lead, *report));
    if let Some(reasons) = reasons {
        line(ctx, ui, "One because", |ui| {
            let words: Vec<String> =
                reasons.iter().filter(|reason| !reason.words.is_empty()).map(|reason| reason.words.clone()).collect();
            soft(ctx, ui, words.join(" · "));
        });
    }
}

fn source_name<'a>(ctx: &Ctx<'a>, report: Report) -> &'a str {
    let filed = ctx.facts().article(report.article);
    filed.about.outlet.as_deref().unwrap_or_else(|| super::articles::title_of(filed))
}

fn sentence(ctx: &Ctx<'_>, report: Report) -> String {
    let event = ctx.facts().report(report);
    format!("“{}”", ctx.facts().article(report.article).wording.sentence(event.sentence).trim())
}

fn report_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, report: Report) {
    let filed = ctx.facts().article(report.article);
    let day = filed
        .about
        .published
        .as_ref()
        .map(|published| format!(" · {}", published.date.strftime("%-d %b %Y")))
        .unwrap_or_default();
    let name = format!("{}{day}", source_name(ctx, report));
    let link = egui::Button::new(RichText::new(name).font(theme::sans(size::CHROME)).color(ctx.theme.accent)).frame(false).wrap();
    if ui.add(link).clicked() {
        ctx.send(Command::Pick(Thing::Event(filed.id, report.row)));
        ctx.send(Command::ShowTab(super::Tab::Article));
    }
}
