//! What is selected → a card with everything known about it, and why.

use egui::{Align2, Margin, RichText, ScrollArea, Sense, WidgetInfo, pos2, vec2};

use super::theme::{self, Family, GRID, size};
use super::timeline::{event_gestures, event_name, event_tip};
use super::{Ctx, glyph};
use crate::model::{ActorRole, Analysis, Event, EventFact, EventNo, Figure, PlaceKind, PlaceRole, Warning};
use crate::query::{Days, Thing, days_in_words, event_no};

/// Draws the event tab: the event, or the place or actor with its events.
pub fn event_tab_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let Some(thing) = ctx.selection.picked.first() else {
        let words = "Click a pin, a bar, an actor or a word of the text to see what is known about it";
        super::empty(ctx, ui, words);
        return;
    };
    page(ui, "event tab", |ui| match thing {
        Thing::Event(..) => {
            if let Some(no) = event_no(ctx.facts(), thing) {
                event_ui(ctx, ui, no);
            }
        }
        Thing::Place(id) => {
            if let Some(no) = ctx.facts().place_no(id) {
                place_ui(ctx, ui, no);
            }
        }
        Thing::Actor(key) => {
            if let Some(no) = ctx.facts().actor_no(key) {
                actor_ui(ctx, ui, no);
            }
        }
        Thing::Article(_) => events_ui(ctx, ui),
    });
}

/// Under the article: the selected event in short, so that a click gives detail without leaving the text.
pub fn card_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let Some(thing) = ctx.selection.picked.first() else { return };
    let Some(no) = event_no(ctx.facts(), thing) else {
        thing_card_ui(ctx, ui, thing);
        return;
    };
    let (fact, told) = (ctx.facts().event(no), ctx.facts().told(no));
    let frame = egui::Frame::new().fill(ctx.theme.raised).inner_margin(Margin::symmetric(16, 10));
    egui::Panel::bottom("card").resizable(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GRID;
        ui.horizontal(|ui| {
            kind_line(ctx, ui, fact);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let details = egui::Button::new(RichText::new("Details").font(theme::sans(size::CHROME)).color(ctx.theme.accent));
                if ui.add(details.frame(false)).clicked() {
                    ctx.send(super::Command::ShowTab(super::Tab::Event));
                }
            });
        });
        ui.label(RichText::new(&told.summary).font(theme::medium(size::LIST)));
        let why = if told.when.why.is_empty() { String::new() } else { format!(" · {}", told.when.why) };
        soft(ctx, ui, format!("{}{why}", when_words(fact)));
    });
}

/// The same for a place or an actor: what it is, and how much is known about it.
fn thing_card_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, thing: &Thing) {
    let facts = ctx.facts();
    let (name, what) = match thing {
        Thing::Place(id) => {
            let Some(no) = facts.place_no(id) else { return };
            let place = facts.place(no);
            (place.name.as_str(), place_kind_name(place.kind).to_owned())
        }
        Thing::Actor(key) => {
            let Some(no) = facts.actor_no(key) else { return };
            let actor = facts.actor(no);
            let titles = actor.titles.first().map(|title| format!(" · {title}")).unwrap_or_default();
            (actor.name.as_str(), format!("{}{titles}", glyph::actor_kind_name(actor.kind)))
        }
        Thing::Event(..) | Thing::Article(_) => return,
    };
    let weighty = ctx.picked.events.iter().filter(|no| facts.event(**no).salience >= ctx.filter.salience);
    let (mut events, mut articles) = (0, std::collections::BTreeSet::new());
    for no in weighty {
        events += 1;
        articles.insert(facts.event(*no).article);
    }
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let counts = format!("{} in {}", plural(events, "event"), plural(articles.len(), "article"));
    let frame = egui::Frame::new().fill(ctx.theme.raised).inner_margin(Margin::symmetric(16, 10));
    egui::Panel::bottom("card").resizable(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GRID;
        ui.horizontal(|ui| {
            soft(ctx, ui, what);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let details = egui::Button::new(RichText::new("Details").font(theme::sans(size::CHROME)).color(ctx.theme.accent));
                if ui.add(details.frame(false)).clicked() {
                    ctx.send(super::Command::ShowTab(super::Tab::Event));
                }
            });
        });
        ui.label(RichText::new(super::visual(name)).font(theme::medium(size::LIST)));
        soft(ctx, ui, counts);
    });
}

pub(super) fn page(ui: &mut egui::Ui, salt: &str, add: impl FnOnce(&mut egui::Ui)) {
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = GRID * 1.5;
            add(ui);
        });
    });
}

/// A label in the margin and what it names.
pub(super) fn line(ctx: &Ctx<'_>, ui: &mut egui::Ui, label: &str, add: impl FnOnce(&mut egui::Ui)) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(76.0, GRID * 5.0), Sense::hover());
        let at = pos2(rect.left(), rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, label, theme::sans(size::CHROME), ctx.theme.ink_faint);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            add(ui);
        });
    });
}

pub(super) fn soft(ctx: &Ctx<'_>, ui: &mut egui::Ui, words: impl Into<String>) {
    ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
}

/// Type and standing over the summary.
pub(super) fn head(ctx: &Ctx<'_>, ui: &mut egui::Ui, fact: &EventFact, told: &Event) {
    ui.horizontal(|ui| kind_line(ctx, ui, fact));
    ui.label(RichText::new(&told.summary).font(theme::read_bold(17.0)));
}

fn kind_line(ctx: &Ctx<'_>, ui: &mut egui::Ui, fact: &EventFact) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
    glyph::family(ui.painter(), rect.center(), 5.0, Family::of(fact.kind), ctx.theme.kind(fact.kind));
    ui.label(RichText::new(fact.kind.name()).font(theme::medium(size::CHROME)).color(ctx.theme.ink_soft));
    let standing = format!("· {}", fact.standing.name());
    ui.label(RichText::new(standing).font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint));
}

pub(super) fn when_words(fact: &EventFact) -> String {
    let Some((from, to)) = fact.days else { return "No date known".into() };
    let words = days_in_words(Days { from, to });
    let day = if from == to { format!("{} ", crate::model::date_of_day(from).strftime("%a")) } else { String::new() };
    let interval = &fact.interval;
    let about = if interval.fuzzy { "about " } else { "" };
    match (interval.from, interval.to) {
        (Some(_), None) => format!("since {day}{words}"),
        (None, Some(_)) => format!("until {day}{words}"),
        _ => format!("{about}{day}{words}{}", clock_words(interval.clock)),
    }
}

fn clock_words(clock: Option<(u16, u16)>) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    match clock {
        None => String::new(),
        Some((from, to)) if from == to => format!(", {}", time(from)),
        Some((from, to)) => format!(", {}–{}", time(from), time(to)),
    }
}

fn event_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let facts = ctx.facts();
    let fact = facts.event(no);
    let filed = ctx.filed(facts.article(fact.article));
    let told = filed.analysis.events.get(fact.row as usize).unwrap_or_else(|| facts.told(no));
    head(ctx, ui, fact, told);
    super::reports::judge_ui(ctx, ui, no);
    ui.add_space(GRID);
    line(ctx, ui, "When", |ui| {
        ui.label(when_words(fact));
        if !told.when.why.is_empty() {
            soft(ctx, ui, &told.when.why);
        }
        let analysis = &filed.analysis;
        for words in doubts(told, analysis) {
            ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.warning));
        }
        for words in orders(told, analysis) {
            soft(ctx, ui, words);
        }
    });
    if !fact.places.is_empty() {
        line(ctx, ui, "Where", |ui| {
            for (place, role) in &fact.places {
                let place = facts.place(*place);
                super::thing_link(ctx, ui, Thing::Place(place.id.clone()), &place.name, role_of_place(*role));
            }
        });
    }
    if !fact.actors.is_empty() {
        line(ctx, ui, "Who", |ui| {
            for (actor, role) in &fact.actors {
                let actor = facts.actor(*actor);
                super::thing_link(ctx, ui, Thing::Actor(actor.key.clone()), &actor.name, role_of_actor(*role));
            }
        });
    }
    let analysis = &filed.analysis;
    if !told.attributed_to.is_empty() {
        line(ctx, ui, "Said by", |ui| {
            let chain = told.attributed_to.iter().filter_map(|at| analysis.actors.get(*at as usize));
            let names: Vec<&str> = chain.map(|actor| actor.name.as_str()).collect();
            ui.label(names.join(" → told "));
        });
    }
    if !told.figures.is_empty() {
        line(ctx, ui, "Figures", |ui| {
            for figure in &told.figures {
                ui.label(figure_words(figure));
            }
        });
    }
    super::reports::reports_ui(ctx, ui, no);
    line(ctx, ui, "Source", |ui| {
        let filed = facts.article(fact.article);
        let link = egui::Button::new(super::articles::title_of(filed)).frame(false).wrap();
        if ui.add(link).clicked() {
            ctx.send(super::Command::Read(filed.id));
            ctx.send(super::Command::ShowTab(super::Tab::Article));
        }
    });
    if let Some(article) = ctx.article.filter(|article| article.id == facts.article(fact.article).id) {
        quote_ui(ctx, ui, told.sentence.of(&article.text));
    }
}

/// What is doubtful about the expression that the date rests on: both readings, as the warning tells them.
fn doubts<'a>(told: &Event, analysis: &'a Analysis) -> impl Iterator<Item = &'a str> {
    let span = told.when.time.and_then(|row| analysis.times.get(row as usize)).map(|time| time.span);
    let of_it = move |warning: &&Warning| warning.span.is_some() && warning.span == span;
    analysis.warnings.iter().filter(of_it).map(|warning| warning.message.as_str())
}

/// "after: rebels take the bridge": how the text orders the event among others.
fn orders<'a>(told: &'a Event, analysis: &'a Analysis) -> impl Iterator<Item = String> + 'a {
    told.when.order.iter().filter_map(move |order| {
        let other = analysis.events.get(order.than as usize)?;
        Some(format!("{}: {}", order.how.name(), other.summary))
    })
}

/// The sentence that says so, set like the article.
fn quote_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, sentence: &str) {
    ui.add_space(GRID);
    let response = egui::Frame::new().inner_margin(Margin { left: 12, right: 0, top: 2, bottom: 2 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(sentence).font(theme::read(14.0)).color(ctx.theme.ink));
    });
    let rect = response.response.rect;
    let edge = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(edge, 1.5, ctx.theme.accent);
}

fn figure_words(figure: &Figure) -> String {
    let whole = figure.value.round() as i64;
    let digits = whole.abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let sign = if whole < 0 { "−" } else { "" };
    match figure.kind.strip_prefix("money-") {
        Some(currency) => format!("{currency} {sign}{grouped}"),
        None => format!("{sign}{grouped} {}", figure.kind),
    }
}

fn place_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: crate::model::PlaceNo) {
    super::place_card::place_card_ui(ctx, ui, no);
    correct_button(ctx, ui, |ui| super::corrections::place_rows(ctx, ui, no));
    events_ui(ctx, ui);
}

/// Opens the same menu as a right click.
pub(super) fn correct_button(ctx: &Ctx<'_>, ui: &mut egui::Ui, rows: impl FnOnce(&mut egui::Ui)) {
    let words = RichText::new("Correct…").font(theme::sans(size::CHROME)).color(ctx.theme.accent);
    ui.menu_button(words, rows);
}

fn actor_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: crate::model::ActorNo) {
    let actor = ctx.facts().actor(no);
    ui.label(RichText::new(&actor.name).font(theme::read_bold(17.0)));
    let country = actor.country.as_ref().map(|code| format!(" · {code}")).unwrap_or_default();
    soft(ctx, ui, format!("{}{country}", glyph::actor_kind_name(actor.kind)));
    if !actor.titles.is_empty() {
        line(ctx, ui, "Title", |ui| {
            ui.label(actor.titles.join(", "));
        });
    }
    let names = &actor.aliases;
    if !names.is_empty() {
        line(ctx, ui, "Also", |ui| {
            ui.label(names.join(", "));
        });
    }
    line(ctx, ui, "Named in", |ui| {
        let count = actor.mentioned.len();
        ui.label(format!("{count} {}", if count == 1 { "article" } else { "articles" }));
        if !actor.why.is_empty() {
            soft(ctx, ui, &actor.why);
        }
    });
    correct_button(ctx, ui, |ui| super::corrections::actor_rows(ctx, ui, no));
    events_ui(ctx, ui);
}

/// The events that the selection and the filter leave, in order of day.
fn events_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    const MOST: usize = 200;
    let events: Vec<EventNo> = ctx.view.events.iter().copied().filter(|no| ctx.picked.events.contains(no)).collect();
    ui.add_space(GRID * 2.0);
    let words = format!("{} {}", events.len(), if events.len() == 1 { "event" } else { "events" });
    ui.label(RichText::new(words).font(theme::medium(size::LIST)));
    for no in events.iter().take(MOST) {
        event_row_ui(ctx, ui, *no);
    }
    if events.len() > MOST {
        soft(ctx, ui, format!("and {} more", events.len() - MOST));
    }
}

fn event_row_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, no: EventNo) {
    let (fact, told) = (ctx.facts().event(no), ctx.facts().told(no));
    let width = ui.available_width();
    let job = egui::text::LayoutJob::simple(told.summary.clone(), theme::sans(size::LIST), ctx.theme.ink, width - 84.0);
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + GRID * 1.5), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, format!("{}, in the list", event_name(ctx, no))));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(GRID, 0.0)), 4.0, ctx.theme.hover);
    }
    let y = rect.top() + 11.0;
    let day = fact
        .days
        .map_or_else(|| "undated".to_owned(), |(from, _)| crate::model::date_of_day(from).strftime("%-d %b").to_string());
    ui.painter().text(pos2(rect.left(), y), Align2::LEFT_CENTER, day, theme::sans(size::CHROME), ctx.theme.ink_faint);
    glyph::family(ui.painter(), pos2(rect.left() + 68.0, y), 4.0, Family::of(fact.kind), ctx.theme.kind(fact.kind));
    ui.painter().galley(pos2(rect.left() + 82.0, rect.top() + 3.0), galley, ctx.theme.ink);
    event_gestures(ctx, ui, &response, no);
    response.on_hover_ui_at_pointer(|ui| event_tip(ctx, ui, no));
}

pub(super) const fn role_of_place(role: PlaceRole) -> &'static str {
    match role {
        PlaceRole::Venue => "venue",
        PlaceRole::Capital => "capital, takes part",
        PlaceRole::Origin => "from",
        PlaceRole::Destination => "to",
        PlaceRole::Target => "target",
        PlaceRole::Dateline => "dateline",
        PlaceRole::Topic => "talked about",
    }
}

const fn role_of_actor(role: ActorRole) -> &'static str {
    match role {
        ActorRole::Agent => "acts",
        ActorRole::Target => "is acted on",
        ActorRole::Attendee => "attends",
        ActorRole::Mediator => "mediates",
        ActorRole::Recipient => "receives",
        ActorRole::Speaker => "speaks",
        ActorRole::Other => "takes part",
    }
}

pub(super) const fn place_kind_name(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Country => "country",
        PlaceKind::Admin1 => "province or state",
        PlaceKind::Admin2 => "district",
        PlaceKind::City => "city",
        PlaceKind::District => "part of a city",
        PlaceKind::Venue => "site",
        PlaceKind::Region => "region",
        PlaceKind::Water => "water",
        PlaceKind::Mountain => "mountain",
        PlaceKind::Continent => "continent",
        PlaceKind::Other => "place",
    }
}
