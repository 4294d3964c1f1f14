//! The article being read → text with what was found in it, lit by what is picked and pointed at.

mod banner;
mod marks;
mod page;

use egui::{Margin, Rect, ScrollArea, Sense, Stroke, vec2};

use self::marks::MarkKind;
use self::marks::Marks;
use super::theme::{self, GRID, size};
use super::{Command, Coverage, Ctx};
use crate::model::{ArticleId, Filed, Span};
use crate::query::Thing;

/// Widest column of text, in points: some 66 characters of the reading size.
const MEASURE: f32 = 520.0;

/// The reader's own looks.
#[derive(Clone, Debug, Default)]
pub struct ReaderState {
    marks: Marks,
    page: page::PageState,
    banner: banner::BannerState,
    /// What the text was last scrolled to: article, selection, mention.
    scrolled: Option<(ArticleId, Vec<Thing>, i32)>,
}

/// Draws the article tab into all of `ui`.
pub fn reader_ui(ctx: &Ctx<'_>, own: &mut ReaderState, ui: &mut egui::Ui) {
    let Some(filed) = ctx.reading().cloned() else {
        let words = if ctx.facts().articles.is_empty() {
            "Drop an article on the window, paste its text, or press Ctrl+O"
        } else {
            "Click an article in the list to read it"
        };
        super::empty(ctx, ui, words);
        return;
    };
    // What stands above never widens what stands below: a side may be narrower than a date in words.
    let room = ui.available_rect_before_wrap();
    let mut above = ui.new_child(egui::UiBuilder::new().max_rect(room));
    banner::banner_ui(ctx, &mut own.banner, &mut above, &filed);
    let bottom = above.min_rect().bottom();
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, egui::pos2(room.right(), bottom)));
    let Some(article) = ctx.article.filter(|article| article.id == filed.id) else {
        ui.centered_and_justified(egui::Ui::spinner);
        return;
    };
    own.marks.update(ctx, &filed, &article.text);
    let mentions = marks::of_picked(ctx);
    let mention = i32::try_from(mentions.len()).map_or(0, |count| ctx.front.mention.rem_euclid(count.max(1)) as usize);
    mention_bar_ui(ctx, ui, &mentions, mention);
    if ctx.likes.coverage == Coverage::Shown {
        coverage_ui(ctx, ui, &own.marks, &filed);
    }
    let goal = scroll_goal(ctx, own, filed.id, mentions.get(mention).copied());
    let about_line = about_line(&filed);
    ScrollArea::vertical().id_salt(("reader", filed.id)).auto_shrink(false).show_viewport(ui, |ui, seen| {
        let width = ui.available_width();
        let column = (width - GRID * 8.0).min(MEASURE);
        let left = ((width - column) / 2.0).max(GRID * 4.0);
        let frame = page::Frame { left, column, seen, goal, current: mentions.get(mention).copied() };
        page::page_ui(ctx, &mut own.page, ui, &own.marks, article, &about_line, &frame);
    });
}

/// "Outlet · byline"; the date stands above, where it can be changed.
fn about_line(filed: &Filed) -> String {
    let mut parts = Vec::new();
    parts.extend(filed.about.outlet.clone());
    parts.extend(filed.about.byline.clone());
    parts.join(" · ")
}

/// Where to scroll, once for each new selection or step from mention to mention.
fn scroll_goal(ctx: &Ctx<'_>, own: &mut ReaderState, article: ArticleId, goal: Option<Span>) -> Option<Span> {
    let now = (article, ctx.selection.picked.clone(), ctx.front.mention);
    if own.scrolled.as_ref() == Some(&now) {
        return None;
    }
    own.scrolled = Some(now);
    goal
}

/// The legend, and with a selection "3 / 7" with a way to the next and the previous mention.
fn mention_bar_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, mentions: &[Span], mention: usize) {
    let theme = ctx.theme;
    egui::Frame::new().inner_margin(Margin::symmetric(12, 2)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(GRID * 6.0);
            ui.spacing_mut().item_spacing.x = GRID * 3.0;
            // In a narrow column the way through the mentions is worth more than the legend.
            if ui.available_width() > 320.0 {
                for kind in [MarkKind::Place, MarkKind::Time, MarkKind::Actor, MarkKind::Event] {
                    legend_ui(ctx, ui, kind);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let on = ctx.likes.coverage == Coverage::Shown;
                let words = egui::RichText::new("Coverage").font(theme::sans(size::CHROME));
                if ui
                    .selectable_label(on, words)
                    .on_hover_text("Shows what told nothing, and what was not understood (C)")
                    .clicked()
                {
                    ctx.send(Command::ToggleCoverage);
                }
                if ctx.selection.picked.is_empty() {
                    return;
                }
                ui.spacing_mut().item_spacing.x = GRID;
                if mentions.is_empty() {
                    ui.label(egui::RichText::new("not in this article").font(theme::sans(size::CHROME)).color(theme.ink_faint));
                    return;
                }
                if super::icon_button(ctx, ui, "Next mention", |painter, at, stroke| chevron(painter, at, stroke, 1.0)).clicked()
                {
                    ctx.send(Command::NextMention);
                }
                if super::icon_button(ctx, ui, "Previous mention", |painter, at, stroke| chevron(painter, at, stroke, -1.0))
                    .clicked()
                {
                    ctx.send(Command::PreviousMention);
                }
                let words = format!("{} / {}", mention + 1, mentions.len());
                ui.label(egui::RichText::new(words).font(theme::sans(size::CHROME)).color(theme.ink_soft));
            });
        });
    });
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top(), Stroke::new(1.0, theme.line));
}

/// How much of the article told something.
fn coverage_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, marks: &Marks, filed: &Filed) {
    let all = filed.analysis.sentences.len();
    let told = all - marks.silent.len().min(all);
    let words = format!("{told} of {all} sentences told an event · {} unresolved", marks.unresolved.len());
    egui::Frame::new().fill(ctx.theme.hover).inner_margin(Margin::symmetric(16, 4)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(egui::RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
    });
}

/// A chevron pointing down (1) or up (−1).
fn chevron(painter: &egui::Painter, at: egui::Pos2, stroke: Stroke, down: f32) {
    let tip = at + vec2(0.0, 2.0 * down);
    for x in [-4.0, 4.0] {
        painter.line_segment([at + vec2(x, -2.0 * down), tip], stroke);
    }
}

fn legend_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, kind: MarkKind) {
    let words = ui.painter().layout_no_wrap(kind.name().into(), theme::sans(size::CHROME), ctx.theme.ink_faint);
    let (rect, _) = ui.allocate_exact_size(words.size() + vec2(0.0, 3.0), Sense::hover());
    let (fill, line) = kind.inks(ctx.theme);
    let text = Rect::from_min_size(rect.min, words.size());
    ui.painter().rect_filled(text.expand2(vec2(2.0, 0.0)), 2.0, fill);
    ui.painter().galley(rect.min, words, ctx.theme.ink_faint);
    if kind != MarkKind::Event {
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.5, line));
    }
}
