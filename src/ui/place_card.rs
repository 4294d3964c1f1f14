//! A place → its card: what it is, how sure and why, whose government, what else the name could mean, who and what is there.

use std::collections::BTreeMap;

use egui::{RichText, Sense, WidgetInfo, pos2, vec2};

use super::inspector::{line, place_kind_name, role_of_place, soft};
use super::theme::{self, GRID, size};
use super::{Command, Ctx};
use crate::model::{ActorNo, LonLat, Place, PlaceFact, PlaceNo, PlaceRole};
use crate::query::Thing;

/// Rows of a list on the card.
const MOST: usize = 8;

/// Draws the card, but for the events at the place.
pub fn place_card_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: PlaceNo) {
    let fact = ctx.facts().place(no);
    ui.label(RichText::new(&fact.name).font(theme::read_bold(17.0)));
    let country = fact.country.as_ref().map(|code| format!(" · {code}")).unwrap_or_default();
    soft(ctx, ui, format!("{}{country}", place_kind_name(fact.kind)));
    position_ui(ctx, ui, fact);
    line(ctx, ui, "Certainty", |ui| {
        ui.label(format!("{} %", (fact.score * 100.0).round()));
    });
    if let Some(contested) = &fact.contested {
        line(ctx, ui, "Disputed", |ui| {
            ui.label(contested);
        });
    }
    let Some(place) = told(ctx, fact) else { return };
    if !place.why.is_empty() {
        line(ctx, ui, "Why", |ui| soft(ctx, ui, &place.why));
    }
    let roles: Vec<&str> = place.roles.iter().map(|role| role_of_place(*role)).collect();
    if !roles.is_empty() {
        line(ctx, ui, "Here as", |ui| {
            ui.label(roles.join(", "));
        });
    }
    alternatives_ui(ctx, ui, place);
    actors_ui(ctx, ui, no);
    line(ctx, ui, "Named in", |ui| {
        for (article, _) in fact.mentioned.iter().take(MOST) {
            let filed = ctx.facts().article(*article);
            if ui.add(egui::Button::new(super::articles::title_of(filed)).frame(false).wrap()).clicked() {
                ctx.send(Command::Read(filed.id));
                ctx.send(Command::ShowTab(super::Tab::Article));
            }
        }
        if fact.mentioned.len() > MOST {
            soft(ctx, ui, format!("and {} more", fact.mentioned.len() - MOST));
        }
    });
}

/// The place as the article in the reader tells it, else as the first one does.
fn told<'a>(ctx: &Ctx<'a>, fact: &PlaceFact) -> Option<&'a Place> {
    let reading = ctx.selection.reading;
    let (article, row) = fact.mentioned.iter().max_by_key(|(article, _)| Some(ctx.facts().article(*article).id) == reading)?;
    ctx.facts().article(*article).analysis.places.get(*row as usize)
}

fn position_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, fact: &PlaceFact) {
    line(ctx, ui, "Position", |ui| match fact.point {
        Some(point) => {
            let words = if fact.kind.is_area() { format!("an area about {}", in_degrees(point)) } else { in_degrees(point) };
            ui.label(words);
            if fact.radius_km > 0.0 {
                soft(ctx, ui, format!("within {} km", fact.radius_km.round().max(1.0)));
            }
        }
        None => soft(ctx, ui, "not located; it stands in the tray on the map"),
    });
}

/// "48.857° N, 2.352° E".
pub fn in_degrees(point: LonLat) -> String {
    let (ns, ew) = (if point.lat < 0.0 { "S" } else { "N" }, if point.lon < 0.0 { "W" } else { "E" });
    format!("{:.3}° {ns}, {:.3}° {ew}", point.lat.abs(), point.lon.abs())
}

/// What else the name could mean, with scores and reasons; a click shows where that is.
fn alternatives_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, place: &Place) {
    let others: Vec<_> = place.candidates.iter().filter(|other| other.id != place.id).take(MOST).collect();
    if others.is_empty() {
        return;
    }
    line(ctx, ui, "Or else", |ui| {
        for other in others {
            let country = other.country.as_ref().map(|code| format!(", {code}")).unwrap_or_default();
            let name = format!("{}{country} · {}", other.name, place_kind_name(other.kind));
            ui.horizontal(|ui| {
                bar(ctx, ui, other.score);
                let link = egui::Button::new(RichText::new(&name).color(ctx.theme.accent)).frame(false).wrap();
                let response = ui.add_enabled(other.point.is_some(), link).on_hover_text(&other.why);
                if response.clicked()
                    && let Some(point) = other.point
                {
                    ctx.send(Command::FlyTo { name, point });
                }
            });
        }
    });
}

/// A probability as a short bar.
fn bar(ctx: &Ctx<'_>, ui: &mut egui::Ui, share: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(68.0, GRID * 4.0), Sense::hover());
    let percent = if share < 0.01 { "< 1 %".to_owned() } else { format!("{} %", (share * 100.0).round()) };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &percent));
    let track = egui::Rect::from_min_size(pos2(rect.left(), rect.center().y - 2.0), vec2(28.0, 4.0));
    ui.painter().rect_filled(track, 2.0, ctx.theme.line);
    let full = egui::Rect::from_min_size(track.min, vec2(28.0 * share.clamp(0.0, 1.0), 4.0));
    ui.painter().rect_filled(full, 2.0, ctx.theme.ink_soft);
    let font = theme::sans(size::CHROME);
    ui.painter().text(rect.right_center(), egui::Align2::RIGHT_CENTER, percent, font, ctx.theme.ink_soft);
}

/// Who takes part in what happens here, the most frequent first.
fn actors_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: PlaceNo) {
    let mut count: BTreeMap<ActorNo, u32> = BTreeMap::new();
    let here = |places: &[(PlaceNo, PlaceRole)]| places.iter().any(|(place, _)| *place == no);
    for event in ctx.facts().events.iter().filter(|event| here(&event.places)) {
        for (actor, _) in &event.actors {
            *count.entry(*actor).or_default() += 1;
        }
    }
    if count.is_empty() {
        return;
    }
    let mut actors: Vec<(ActorNo, u32)> = count.into_iter().collect();
    actors.sort_by_key(|(actor, events)| (std::cmp::Reverse(*events), *actor));
    line(ctx, ui, "Who", |ui| {
        for (actor, events) in actors.iter().take(MOST) {
            let actor = ctx.facts().actor(*actor);
            let words = format!("{events} {}", if *events == 1 { "event" } else { "events" });
            super::thing_link(ctx, ui, Thing::Actor(actor.key.clone()), &actor.name, &words);
        }
        if actors.len() > MOST {
            soft(ctx, ui, format!("and {} more", actors.len() - MOST));
        }
    });
}
