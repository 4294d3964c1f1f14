//! Articles on the desk → a list with title, outlet and date, or the lack of one.

use egui::{Role, ScrollArea, Sense, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx};
use crate::model::Filed;
use crate::query::Thing;

const ROW: f32 = 44.0;

/// Draws the list into all of `ui`; only rows in sight are laid out.
pub fn articles_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let (theme, articles) = (ctx.theme, &ctx.facts().articles);
    if articles.is_empty() {
        super::empty(ctx, ui, "Drop articles on the window, paste text, or press Ctrl+O");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // With words searched for: the articles whose text says them.
    let found: Option<Vec<&std::sync::Arc<Filed>>> =
        ctx.filter.found.as_ref().map(|found| articles.iter().filter(|filed| found.contains(&filed.id)).collect());
    let count = found.as_ref().map_or(articles.len(), Vec::len);
    if found.is_some() {
        let words = egui::RichText::new(format!("{count} of {} articles say it", articles.len()));
        ui.add_space(GRID);
        ui.horizontal(|ui| {
            ui.add_space(GRID * 4.0);
            ui.label(words.font(theme::sans(size::CHROME)).color(theme.ink_soft));
        });
    }
    ScrollArea::vertical().id_salt("articles").auto_shrink(false).show_rows(ui, ROW, count, |ui, rows| {
        for at in rows {
            row_ui(ctx, ui, found.as_ref().map_or_else(|| &articles[at], |found| found[at]));
        }
    });
}

/// What an article is called: its title, else the name of its file.
#[must_use]
pub fn title_of(filed: &Filed) -> &str {
    filed.about.title.as_deref().unwrap_or(&filed.about.doc_id)
}

fn row_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, filed: &Filed) {
    let theme = ctx.theme;
    let thing = Thing::Article(filed.id);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("article", filed.id)), Sense::click());
    let reading = ctx.selection.reading == Some(filed.id);
    let date = filed.about.published.as_ref().map(|published| published.date.strftime("%-d %b %Y").to_string());
    let title = title_of(filed);
    response.widget_info(|| {
        let date = date.as_deref().unwrap_or("no date");
        WidgetInfo::selected(Role::ListItem, true, reading, format!("{title}, article, {date}"))
    });
    let row = rect.shrink2(vec2(GRID, 1.0));
    let painter = ui.painter();
    if reading {
        painter.rect_filled(row, 4.0, theme.hover);
        painter.rect_filled(egui::Rect::from_min_size(row.min, vec2(3.0, row.height())), 1.5, theme.accent);
    } else if response.hovered() {
        painter.rect_filled(row, 4.0, theme.hover);
    }
    if response.has_focus() {
        painter.rect_stroke(row, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    if ctx.hovered.is_core(&thing) && !response.hovered() {
        painter.rect_stroke(row, 4.0, Stroke::new(2.0, theme.glow), StrokeKind::Inside);
    }
    let left = rect.left() + GRID * 4.0;
    let font = if reading { theme::medium(size::LIST) } else { theme::sans(size::LIST) };
    let mut job = egui::text::LayoutJob::simple_singleline(super::visual(title).into_owned(), font, theme.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - GRID * 8.0);
    let galley = painter.layout_job(job);
    painter.galley(pos2(left, rect.top() + 6.0), galley, theme.ink);
    let mut job = egui::text::LayoutJob::default();
    let mut part = |words: &str, ink| {
        job.append(words, 0.0, egui::TextFormat::simple(theme::sans(size::CHROME), ink));
    };
    match &date {
        Some(date) => part(date, theme.ink_soft),
        None => part("no date", theme.warning),
    }
    let events = filed.analysis.events.iter().filter(|event| event.salience >= ctx.filter.salience).count();
    part(&format!(" · {events} {}", if events == 1 { "event" } else { "events" }), theme.ink_faint);
    if let Some(no) = ctx.facts().article_no(filed.id) {
        let own = ctx.facts().part(no);
        if own.replaced_by.is_some() {
            part(" · older version", theme.ink_faint);
        } else if !own.copies.is_empty() {
            part(&format!(" · {} copies", own.copies.len() + 1), theme.ink_faint);
        }
    }
    if let Some(outlet) = &filed.about.outlet {
        part(&format!(" · {outlet}"), theme.ink_faint);
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - GRID * 8.0);
    let galley = painter.layout_job(job);
    painter.galley(pos2(left, rect.top() + 24.0), galley, theme.ink_faint);
    if response.hovered() {
        ctx.hover(thing.clone());
    }
    if response.clicked() {
        let held = ui.input(|input| input.modifiers);
        ctx.send(if held.command {
            Command::ToggleFilter(thing)
        } else if held.shift {
            Command::PickAll(through(ctx, filed))
        } else {
            Command::Read(filed.id)
        });
    }
    super::corrections::article_menu(ctx, &response, filed);
    response.on_hover_text("Click to read, Ctrl+click to filter by it");
}

/// The articles from the one being read to this one.
fn through(ctx: &Ctx<'_>, filed: &Filed) -> Vec<Thing> {
    let articles = &ctx.facts().articles;
    let at = |id| articles.iter().position(|own| own.id == id);
    let (Some(from), Some(to)) = (ctx.selection.reading.and_then(at), at(filed.id)) else {
        return vec![Thing::Article(filed.id)];
    };
    articles[from.min(to)..=from.max(to)].iter().map(|filed| Thing::Article(filed.id)).collect()
}
