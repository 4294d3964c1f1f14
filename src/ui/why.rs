//! What is selected → the rules, readings and scores it rests on.

use egui::{Align2, Rect, RichText, Sense, pos2, vec2};

use super::Ctx;
use super::inspector::{head, line, page, place_kind_name, role_of_place, soft, when_words};
use super::theme::{self, GRID, size};
use crate::model::{ActorNo, EventNo, PlaceNo};
use crate::query::{Thing, event_no};

/// Draws the why tab.
pub fn why_tab_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let Some(thing) = ctx.selection.picked.first() else {
        super::empty(ctx, ui, "Select something to see the rules and readings it rests on");
        return;
    };
    page(ui, "why tab", |ui| match thing {
        Thing::Event(..) => {
            if let Some(no) = event_no(ctx.facts(), thing) {
                why_event(ctx, ui, no);
            }
        }
        Thing::Place(id) => {
            if let Some(no) = ctx.facts().place_no(id) {
                why_place(ctx, ui, no);
            }
        }
        Thing::Actor(key) => {
            if let Some(no) = ctx.facts().actor_no(key) {
                why_actor(ctx, ui, no);
            }
        }
        Thing::Article(_) => soft(ctx, ui, "Select an event, a place or an actor"),
    });
}

fn why_event(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let facts = ctx.facts();
    let fact = facts.event(no);
    let filed = ctx.filed(facts.article(fact.article));
    let told = filed.analysis.events.get(fact.row as usize).unwrap_or_else(|| facts.told(no));
    head(ctx, ui, fact, told);
    ui.add_space(GRID);
    line(ctx, ui, "Found by", |ui| {
        ui.label(if told.why.is_empty() { "no reason is recorded" } else { &told.why });
    });
    line(ctx, ui, "When", |ui| {
        ui.label(when_words(fact));
        soft(ctx, ui, if told.when.why.is_empty() { "no expression of time is tied to it" } else { &told.when.why });
        let time = told.when.time.and_then(|at| filed.analysis.times.get(at as usize));
        if let Some(time) = time {
            soft(ctx, ui, format!("{} · {}", time.value, time.why));
        }
    });
    line(ctx, ui, "Certainty", |ui| share(ctx, ui, told.certainty, "that the text tells it so"));
    line(ctx, ui, "Weight", |ui| {
        let shown = if told.salience >= ctx.filter.salience { "shown" } else { "hidden by the slider" };
        share(ctx, ui, told.salience, shown);
    });
    for (place, role) in &fact.places {
        ui.add_space(GRID * 2.0);
        soft(ctx, ui, role_of_place(*role));
        why_place(ctx, ui, *place);
    }
}

fn why_place(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: PlaceNo) {
    let fact = ctx.facts().place(no);
    ui.label(RichText::new(&fact.name).font(theme::medium(size::LIST)));
    // The article being read first: its reasons are those in front of the person.
    let reading = ctx.selection.reading;
    let best = fact
        .mentioned
        .iter()
        .max_by_key(|(article, _)| Some(ctx.facts().article(*article).id) == reading)
        .and_then(|(article, row)| ctx.filed(ctx.facts().article(*article)).analysis.places.get(*row as usize));
    let Some(place) = best else { return };
    if !place.why.is_empty() {
        ui.label(RichText::new(&place.why).color(ctx.theme.ink_soft));
    }
    share(ctx, ui, place.score, "this reading");
    for candidate in place.candidates.iter().filter(|candidate| candidate.id != place.id).take(6) {
        let country = candidate.country.as_ref().map(|code| format!(", {code}")).unwrap_or_default();
        let words = format!("{}{country} · {}", candidate.name, place_kind_name(candidate.kind));
        share(ctx, ui, candidate.score, &words);
        if !candidate.why.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(96.0);
                soft(ctx, ui, &candidate.why);
            });
        }
    }
    if place.candidates.is_empty() {
        soft(ctx, ui, "no other reading was weighed");
    }
}

fn why_actor(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: ActorNo) {
    let fact = ctx.facts().actor(no);
    ui.label(RichText::new(&fact.name).font(theme::medium(size::LIST)));
    for (article, row) in fact.mentioned.iter().take(8) {
        let filed = ctx.filed(ctx.facts().article(*article));
        let Some(actor) = filed.analysis.actors.get(*row as usize) else { continue };
        line(ctx, ui, "Article", |ui| {
            ui.label(super::articles::title_of(filed));
            let mentions = actor.mentions.len();
            let times = if mentions == 1 { "once".to_owned() } else { format!("{mentions} times") };
            soft(ctx, ui, if actor.why.is_empty() { format!("named {times}") } else { format!("named {times} · {}", actor.why) });
        });
    }
}

/// A probability as a short bar, in figures, and in words.
fn share(ctx: &Ctx<'_>, ui: &mut egui::Ui, share: f32, words: &str) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(88.0, GRID * 4.0), Sense::hover());
        let track = Rect::from_min_size(pos2(rect.left(), rect.center().y - 2.0), vec2(48.0, 4.0));
        ui.painter().rect_filled(track, 2.0, ctx.theme.line);
        let full = Rect::from_min_size(track.min, vec2(48.0 * share.clamp(0.0, 1.0), 4.0));
        ui.painter().rect_filled(full, 2.0, ctx.theme.ink_soft);
        let percent = format!("{} %", (share * 100.0).round());
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, percent, theme::sans(size::CHROME), ctx.theme.ink_soft);
        ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
    });
}
