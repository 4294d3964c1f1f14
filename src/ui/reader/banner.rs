//! An article without a publication date → says so, offers candidates, takes a date.

use egui::{Margin, RichText, TextEdit};

use crate::model::{ArticleId, Filed, Interval, PublishedFrom, TimeMention};
use crate::read::typed_date;
use crate::ui::theme::{self, GRID, size};
use crate::ui::{Command, Ctx};

/// What is being typed.
#[derive(Clone, Debug, Default)]
pub struct BannerState {
    article: Option<ArticleId>,
    typed: String,
    /// Typed something that is no date and asked for it.
    refused: Refused,
    /// The person wants to change a date that is known.
    editing: Option<ArticleId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Refused {
    #[default]
    No,
    Yes,
}

/// Draws the banner where the date is unknown, or is being changed.
pub fn banner_ui(ctx: &Ctx<'_>, own: &mut BannerState, ui: &mut egui::Ui, filed: &Filed) {
    if own.article != Some(filed.id) {
        *own = BannerState { article: Some(filed.id), ..BannerState::default() };
    }
    if let Some(published) = &filed.about.published
        && own.editing != Some(filed.id)
    {
        known_ui(ctx, own, ui, filed, published.from);
        return;
    }
    let theme = ctx.theme;
    egui::Frame::new().fill(theme.warning_soft).inner_margin(Margin::symmetric(16, 10)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = GRID * 1.5;
        if filed.about.published.is_none() {
            ui.label(
                RichText::new("This article gives no publication date").font(theme::medium(size::LIST)).color(theme.warning),
            );
            let words = hanging(ctx, filed);
            if !words.is_empty() {
                ui.label(RichText::new(words).color(theme.ink_soft));
            }
        } else {
            ui.label(RichText::new("Change the publication date").font(theme::medium(size::LIST)).color(theme.warning));
        }
        for candidate in filed.about.date_candidates.iter().take(4) {
            ui.horizontal_wrapped(|ui| {
                let date = candidate.date.strftime("%a %-d %b %Y").to_string();
                if ui.button(&date).on_hover_text("Takes this date").clicked() {
                    own.editing = None;
                    ctx.send(Command::Publish(filed.id, Some(candidate.date)));
                }
                let reason = format!("{} · {}", found_in(candidate.from), candidate.evidence);
                ui.label(RichText::new(reason).font(theme::sans(size::CHROME)).color(theme.ink_soft));
            });
        }
        field_ui(ctx, own, ui, filed);
    });
}

fn field_ui(ctx: &Ctx<'_>, own: &mut BannerState, ui: &mut egui::Ui, filed: &Filed) {
    let theme = ctx.theme;
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut own.typed).hint_text("2025-10-09 or 9 Oct 2025").desired_width(196.0);
        let field = ui.add(edit);
        field.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, own.typed.clone(), own.typed.clone(), "2025-10-09 or 9 Oct 2025");
            info.label = Some("Publication date".into());
            info
        });
        if field.changed() {
            own.refused = Refused::No;
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let set = ui.button("Set").on_hover_text("Gives the article this publication date");
        if entered || set.clicked() {
            match typed_date(&own.typed) {
                Some(date) => {
                    own.editing = None;
                    own.typed.clear();
                    ctx.send(Command::Publish(filed.id, Some(date)));
                }
                None => own.refused = Refused::Yes,
            }
        }
        if own.editing.is_some() && ui.button("Keep").clicked() {
            own.editing = None;
        }
        if own.refused == Refused::Yes {
            ui.label(RichText::new("Not a date: write 2025-10-09 or 9 Oct 2025").color(theme.error));
        }
    });
}

/// With a date known: where it comes from, and a way to change it.
fn known_ui(ctx: &Ctx<'_>, own: &mut BannerState, ui: &mut egui::Ui, filed: &Filed, from: PublishedFrom) {
    let Some(published) = &filed.about.published else { return };
    egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 0 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let words = format!("Published {} · {}", published.date.strftime("%a %-d %b %Y"), found_in(from));
            ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint))
                .on_hover_text(&published.evidence);
            let change = egui::Button::new(RichText::new("Change…").font(theme::sans(size::CHROME))).frame(false);
            if ui.add(change).clicked() {
                own.editing = Some(filed.id);
            }
        });
    });
}

const fn found_in(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Given => "given by you",
        PublishedFrom::JsonLd => "from the page's data",
        PublishedFrom::Meta => "from the page's head",
        PublishedFrom::TimeElement => "from the page's time element",
        PublishedFrom::Url => "from the address",
        PublishedFrom::Dateline => "from the dateline",
        PublishedFrom::Text => "from the text",
        PublishedFrom::File => "from the file",
    }
}

/// "Thursday, Wednesday and 3 more cannot be placed": the expressions that hang on the unknown date, in text order.
fn hanging(ctx: &Ctx<'_>, filed: &Filed) -> String {
    let Some(article) = ctx.article.filter(|article| article.id == filed.id) else { return String::new() };
    let bounds_only = |interval: &Interval| interval.from.is_none() && interval.to.is_none();
    let unplaced = |time: &&TimeMention| {
        matches!(time.kind, crate::model::TimeKind::Date | crate::model::TimeKind::Time)
            && time.interval.as_ref().is_none_or(bounds_only)
            && !time.value.contains("_REF")
    };
    let mut words: Vec<&str> = Vec::new();
    for time in filed.analysis.times.iter().filter(unplaced) {
        let said = time.span.of(&article.text);
        if !said.is_empty() && !words.contains(&said) {
            words.push(said);
        }
    }
    match words.as_slice() {
        [] => String::new(),
        [one] => format!("“{one}” cannot be placed until it is known"),
        [all @ .., last] if all.len() < 4 => format!("“{}” and “{last}” cannot be placed until it is known", all.join("”, “")),
        all => format!("“{}” and {} more cannot be placed until it is known", all[..3].join("”, “"), all.len() - 3),
    }
}
