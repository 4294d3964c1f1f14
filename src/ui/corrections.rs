//! What can be corrected on an event, an actor, a place or a piece of text → menus whose rows are commands.

use egui::{Id, Response, RichText, ScrollArea, TextEdit, Ui};

use super::theme::{self, size};
use super::{Command, Correction, Ctx};
use crate::model::{
    ActorKind, ActorNo, Anchor, Edit, EventChange, EventNo, EventType, Filed, Interval, LonLat, Naming, PlaceNo, Precision,
    Reach, Reading, Remark, Span, Standing, Starred,
};
use crate::query::{Thing, event_thing};
use crate::read::typed_date;

/// The menu of an event's mark, row or bar.
pub fn event_menu(ctx: &Ctx<'_>, response: &Response, no: EventNo) {
    response.context_menu(|ui| event_rows(ctx, ui, no));
}

/// The rows themselves, also for the button on the card.
pub fn event_rows(ctx: &Ctx<'_>, ui: &mut Ui, no: EventNo) {
    ui.set_min_width(210.0);
    let change = |change: EventChange| Command::Correct(Correction::Event(no, change));
    row(ctx, ui, "Accept", || change(EventChange::Accept));
    row(ctx, ui, "Reject", || change(EventChange::Reject));
    ui.separator();
    ui.menu_button("Type", |ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for kind in EventType::ALL {
                row(ctx, ui, kind.name(), || change(EventChange::Retype(kind)));
            }
        });
    });
    ui.menu_button("Standing", |ui| {
        for standing in STANDINGS {
            row(ctx, ui, standing.name(), || change(EventChange::Standing(standing)));
        }
    });
    ui.menu_button("Day", |ui| {
        typed(ui, "day of event", "2025-10-09 or 9 Oct 2025", |words| {
            let date = typed_date(words)?;
            let interval = Interval { precision: Precision::Day, ..Interval::day(date) };
            ctx.send(change(EventChange::Date(Some(interval))));
            Some(())
        });
        row(ctx, ui, "No date is told", || change(EventChange::Date(None)));
    });
    ui.menu_button("Happened in", |ui| venue_rows(ctx, ui, no));
    ui.menu_button("Summary", |ui| {
        typed(ui, "summary of event", &ctx.facts().told(no).summary, |words| {
            ctx.send(change(EventChange::Rename(words.to_owned())));
            Some(())
        });
    });
    ui.separator();
    let picked = ctx.selection.picked.iter().filter(|thing| matches!(thing, Thing::Event(..))).count();
    if picked > 1 {
        row(ctx, ui, "Merge selected events", || Command::Correct(Correction::Merge));
    }
    if !ctx.facts().event(no).more.is_empty() {
        ui.menu_button("Split off a report", |ui| {
            for report in ctx.facts().event(no).reports() {
                let filed = ctx.facts().article(report.article);
                let Some(at) = crate::query::event_anchor(filed, report.row) else { continue };
                let name = format!("“{}” · {}", at.words, super::articles::title_of(filed));
                row(ctx, ui, &name, || Command::Edit(vec![Edit::SplitEvent { at: at.clone() }]));
            }
        });
    }
    remark_rows(ctx, ui, &event_thing(ctx.facts(), no));
}

/// Every standing, in the order of certainty.
const STANDINGS: [Standing; 7] = [
    Standing::Happened,
    Standing::Ongoing,
    Standing::Planned,
    Standing::Stated,
    Standing::Reported,
    Standing::Denied,
    Standing::Hypothetical,
];

fn venue_rows(ctx: &Ctx<'_>, ui: &mut Ui, no: EventNo) {
    let facts = ctx.facts();
    let part = facts.part(facts.event(no).article);
    let mut seen: Vec<PlaceNo> = part.places.iter().copied().flatten().collect();
    seen.sort_unstable();
    seen.dedup();
    ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
        for place in seen {
            let fact = facts.place(place);
            row(ctx, ui, &fact.name, || Command::Correct(Correction::Event(no, EventChange::Venue(reading_of(ctx, place)))));
        }
    });
    lookup(ctx, ui, "venue of event", |reading| Command::Correct(Correction::Event(no, EventChange::Venue(reading))));
}

fn reading_of(ctx: &Ctx<'_>, no: PlaceNo) -> Reading {
    let fact = ctx.facts().place(no);
    Reading { id: fact.id.clone(), name: fact.name.clone(), kind: fact.kind, point: fact.point, country: fact.country.clone() }
}

/// The menu of an actor's row.
pub fn actor_menu(ctx: &Ctx<'_>, response: &Response, no: ActorNo) {
    response.context_menu(|ui| actor_rows(ctx, ui, no));
}

pub fn actor_rows(ctx: &Ctx<'_>, ui: &mut Ui, no: ActorNo) {
    ui.set_min_width(210.0);
    let actor = ctx.facts().actor(no);
    let thing = Thing::Actor(actor.key.clone());
    let picked: Vec<_> = ctx
        .selection
        .picked
        .iter()
        .filter_map(|thing| match thing {
            Thing::Actor(key) if *key != actor.key => Some(key.clone()),
            _ => None,
        })
        .collect();
    if picked.is_empty() {
        ui.menu_button("Is the same as", |ui| {
            ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for line in ctx.view.actors.iter().filter(|line| line.actor != no).take(60) {
                    let other = ctx.facts().actor(line.actor);
                    if other.kind == actor.kind {
                        let (into, others) = (other.key.clone(), vec![actor.key.clone()]);
                        row(ctx, ui, &other.name, || Command::Edit(vec![Edit::MergeActors { into, others }]));
                    }
                }
            });
        });
    } else {
        let name = format!("Merge with {} selected", picked.len());
        row(ctx, ui, &name, || Command::Edit(vec![Edit::MergeActors { into: actor.key.clone(), others: picked.clone() }]));
    }
    if actor.mentioned.len() > 1 {
        ui.menu_button("Is another one in", |ui| {
            for (article, _) in actor.mentioned.iter().take(40) {
                let filed = ctx.facts().article(*article);
                let edit = Edit::SplitActor { actor: actor.key.clone(), article: filed.id };
                row(ctx, ui, super::articles::title_of(filed), || Command::Edit(vec![edit]));
            }
        });
    }
    ui.menu_button("Name", |ui| {
        typed(ui, "name of actor", &actor.name, |words| {
            ctx.send(Command::Edit(vec![Edit::RenameActor { actor: actor.key.clone(), name: words.to_owned() }]));
            Some(())
        });
    });
    remark_rows(ctx, ui, &thing);
}

/// The menu of a pin.
pub fn place_menu(ctx: &Ctx<'_>, response: &Response, no: PlaceNo) {
    response.context_menu(|ui| place_rows(ctx, ui, no));
}

pub fn place_rows(ctx: &Ctx<'_>, ui: &mut Ui, no: PlaceNo) {
    ui.set_min_width(210.0);
    let place = ctx.facts().place(no);
    let thing = Thing::Place(place.id.clone());
    let first = place.mentioned.iter().find_map(|(article, own)| {
        let filed = ctx.filed(ctx.facts().article(*article));
        let place = filed.analysis.places.get(*own as usize)?;
        let span = place.mentions.first()?.span;
        Some((Anchor { article: filed.id, span, words: filed.wording.mention(span).to_owned() }, place))
    });
    if let Some((at, own)) = first {
        ui.menu_button("Is another place", |ui| {
            for candidate in own.candidates.iter().filter(|candidate| candidate.id != place.id).take(8) {
                let country = candidate.country.as_deref().unwrap_or("");
                let name = format!("{}, {country} · {} %", candidate.name, (candidate.score * 100.0).round());
                let edit = Edit::Place { at: at.clone(), to: Some(Reading::from(candidate)), reach: Reach::Everywhere };
                row(ctx, ui, &name, || Command::Edit(vec![edit]));
            }
            lookup(ctx, ui, "other place", |reading| {
                Command::Edit(vec![Edit::Place { at: at.clone(), to: Some(reading), reach: Reach::Everywhere }])
            });
        });
        let name = format!("“{}” is no place", at.words);
        row(ctx, ui, &name, || Command::Edit(vec![Edit::Place { at: at.clone(), to: None, reach: Reach::Everywhere }]));
    }
    ui.menu_button("Position", |ui| {
        let hint = place.point.map_or_else(|| "48.86, 2.35".into(), |point| format!("{:.4}, {:.4}", point.lat, point.lon));
        typed(ui, "position of place", &hint, |words| {
            let (lat, lon) = words.split_once([',', ';', ' '])?;
            let to = LonLat::new(lon.trim().parse().ok()?, lat.trim().parse().ok()?)?;
            ctx.send(Command::Edit(vec![Edit::MovePlace { place: place.id.clone(), name: place.name.clone(), to }]));
            Some(())
        });
    });
    ui.menu_button("Name", |ui| {
        typed(ui, "name of place", &place.name, |words| {
            let edit = Edit::RenamePlace { place: place.id.clone(), was: place.name.clone(), name: words.to_owned() };
            ctx.send(Command::Edit(vec![edit]));
            Some(())
        });
    });
    remark_rows(ctx, ui, &thing);
}

/// The menu of an article's row.
pub fn article_menu(ctx: &Ctx<'_>, response: &Response, filed: &Filed) {
    response.context_menu(|ui| {
        ui.set_min_width(210.0);
        row(ctx, ui, "Take off the desk", || Command::Correct(Correction::RemoveArticle(filed.id)));
        if let Some(no) = ctx.facts().article_no(filed.id) {
            let part = ctx.facts().part(no);
            if let Some(later) = part.replaced_by {
                let later = ctx.facts().article(later).id;
                row(ctx, ui, "Compare with the later version", || Command::Compare(filed.id, later));
            }
            for copy in part.copies.iter().take(4) {
                let other = ctx.facts().article(*copy);
                let name = format!("Compare with {}", super::articles::title_of(other));
                row(ctx, ui, &name, || Command::Compare(filed.id, other.id));
            }
        }
        remark_rows(ctx, ui, &Thing::Article(filed.id));
    });
}

fn remark_rows(ctx: &Ctx<'_>, ui: &mut Ui, thing: &Thing) {
    ui.separator();
    let say = |remark: Remark| Command::Correct(Correction::Remark(thing.clone(), remark));
    let facts = ctx.facts();
    let row_of = match thing {
        Thing::Place(id) => facts.place_no(id).map(crate::model::Row::Place),
        Thing::Actor(key) => facts.actor_no(key).map(crate::model::Row::Actor),
        Thing::Event(..) => crate::query::event_no(facts, thing).map(crate::model::Row::Event),
        Thing::Article(id) => facts.article_no(*id).map(crate::model::Row::Article),
    };
    let remarks = row_of.and_then(|row| facts.remarks(row)).cloned().unwrap_or_default();
    if remarks.starred == Starred::Yes {
        row(ctx, ui, "Take the star away", || say(Remark::Unstar));
    } else {
        row(ctx, ui, "Star", || say(Remark::Star));
    }
    ui.menu_button("Tag", |ui| {
        typed(ui, "tag", "a word", |words| {
            ctx.send(say(Remark::Tag(words.to_owned())));
            Some(())
        });
        for tag in &remarks.tags {
            row(ctx, ui, &format!("Take “{tag}” away"), || say(Remark::Untag(tag.clone())));
        }
    });
    ui.menu_button("Note", |ui| {
        typed(ui, "note", if remarks.note.is_empty() { "what you want to remember" } else { &remarks.note }, |words| {
            ctx.send(say(Remark::Note(words.to_owned())));
            Some(())
        });
    });
    row(ctx, ui, "Hide", || say(Remark::Hide));
}

/// The menu of words in the reader: what they mean, or what they shall mean.
pub fn words_menu(ctx: &Ctx<'_>, ui: &Ui, response: &Response, anchor: impl FnOnce() -> Option<Anchor>) {
    let id = Id::unique("words under the menu");
    if response.secondary_clicked()
        && let Some(anchor) = anchor()
    {
        ui.data_mut(|data| data.insert_temp(id, anchor));
    }
    response.context_menu(|ui| {
        let Some(at) = ui.data(|data| data.get_temp::<Anchor>(id)) else { return };
        words_rows(ctx, ui, &at);
    });
}

fn words_rows(ctx: &Ctx<'_>, ui: &mut Ui, at: &Anchor) {
    ui.set_min_width(230.0);
    ui.label(RichText::new(format!("“{}”", at.words)).font(theme::medium(size::LIST)));
    let reach = reach_ui(ui);
    let Some(filed) = ctx.reading() else { return };
    let place = filed.analysis.places.iter().find(|place| place.mentions.iter().any(|mention| mention.span == at.span));
    ui.menu_button("Is the place", |ui| {
        for candidate in place.iter().flat_map(|place| &place.candidates).take(8) {
            let country = candidate.country.as_deref().unwrap_or("");
            let name = format!("{}, {country} · {} %", candidate.name, (candidate.score * 100.0).round());
            let edit = Edit::Place { at: at.clone(), to: Some(Reading::from(candidate)), reach };
            row(ctx, ui, &name, || Command::Edit(vec![edit]));
        }
        lookup(ctx, ui, &at.words, |reading| Command::Edit(vec![Edit::Place { at: at.clone(), to: Some(reading), reach }]));
    });
    ui.menu_button("Is the actor", |ui| {
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            for line in ctx.view.actors.iter().take(40) {
                let actor = ctx.facts().actor(line.actor);
                let naming = Naming { name: actor.name.clone(), kind: actor.kind, country: actor.country.clone() };
                row(ctx, ui, &actor.name, || Command::Edit(vec![Edit::Actor { at: at.clone(), to: Some(naming), reach }]));
            }
        });
        ui.separator();
        for (name, kind) in [
            ("A new person", ActorKind::Person),
            ("A new organisation", ActorKind::Organisation),
            ("A new government", ActorKind::Government),
            ("A new group", ActorKind::Group),
        ] {
            let naming = Naming { name: at.words.clone(), kind, country: None };
            row(ctx, ui, name, || Command::Edit(vec![Edit::Actor { at: at.clone(), to: Some(naming), reach }]));
        }
    });
    row(ctx, ui, "Is no place", || Command::Edit(vec![Edit::Place { at: at.clone(), to: None, reach }]));
    row(ctx, ui, "Is no actor", || Command::Edit(vec![Edit::Actor { at: at.clone(), to: None, reach }]));
    ui.menu_button("Tells an event", |ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for kind in EventType::ALL {
                let day = filed.about.published.as_ref().map(|published| Interval::day(published.date));
                let edit = Edit::AddEvent {
                    at: at.clone(),
                    kind,
                    summary: at.words.clone(),
                    interval: day,
                    standing: Standing::Happened,
                };
                row(ctx, ui, kind.name(), || Command::Edit(vec![edit]));
            }
        });
    });
}

/// How far the correction goes; kept while the menu is open.
fn reach_ui(ui: &mut Ui) -> Reach {
    let id = Id::unique("reach of the correction");
    let mut reach = ui.data(|data| data.get_temp::<Reach>(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        for (name, own) in [("here", Reach::Here), ("in this article", Reach::Article), ("everywhere", Reach::Everywhere)] {
            ui.selectable_value(&mut reach, own, name);
        }
    });
    ui.data_mut(|data| data.insert_temp(id, reach));
    reach
}

fn row(ctx: &Ctx<'_>, ui: &mut Ui, name: &str, command: impl FnOnce() -> Command) {
    if ui.button(name).clicked() {
        ctx.send(command());
        ui.close();
    }
}

/// A field whose words are taken with Enter or "Set"; `take` gives `None` where they mean nothing.
fn typed(ui: &mut Ui, what: &str, hint: &str, take: impl FnOnce(&str) -> Option<()>) {
    let id = Id::unique(("typed", what));
    let mut words = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        let field = ui.add(TextEdit::singleline(&mut words).hint_text(hint).desired_width(190.0));
        field.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, words.clone(), words.clone(), hint);
            info.label = Some(what.to_owned());
            info
        });
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let set = ui.button("Set").clicked();
        if (entered || set) && !words.trim().is_empty() && take(words.trim()).is_some() {
            words.clear();
            ui.close();
        }
    });
    ui.data_mut(|data| data.insert_temp(id, words));
}

/// A place sought by name in the gazetteer: a field, and what the worker found.
fn lookup(ctx: &Ctx<'_>, ui: &mut Ui, what: &str, command: impl Fn(Reading) -> Command) {
    ui.separator();
    let id = Id::unique(("looked up", what));
    let mut words = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| what.to_owned());
    let field = ui.add(TextEdit::singleline(&mut words).hint_text("a place by name").desired_width(200.0));
    if field.changed() || ctx.front.readings.0.is_empty() && !words.is_empty() {
        ctx.send(Command::LookUp(words.clone()));
    }
    if ctx.front.readings.0 == words {
        for reading in ctx.front.readings.1.iter().take(8) {
            let name = format!(
                "{}, {} · {}",
                reading.name,
                reading.country.as_deref().unwrap_or(""),
                super::inspector::place_kind_name(reading.kind)
            );
            row(ctx, ui, &name, || command(reading.clone()));
        }
    } else {
        ctx.send(Command::LookUp(words.clone()));
    }
    ui.data_mut(|data| data.insert_temp(id, words));
}

/// The words of a span as an anchor.
#[must_use]
pub fn anchor_at(article: &crate::model::Article, span: Span) -> Option<Anchor> {
    let words = span.of(&article.text).trim();
    let start = span.start as usize + span.of(&article.text).find(words)?;
    (!words.is_empty()).then(|| Anchor {
        article: article.id,
        span: Span::new(start, start + words.len()),
        words: words.to_owned(),
    })
}
