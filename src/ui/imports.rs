//! Rows of the import → a card with the outcome of each file; hovering files → the drop overlay.

use egui::{Align2, Color32, Margin, RichText, ScrollArea, Sense, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Open, Theme, glyph, icon_button};
use crate::job::{Outcome, Row};

/// Most rows drawn; the newest are kept.
const MOST: usize = 500;

/// Draws the card over the desk's lower left corner while it is open.
pub fn imports_ui(ctx: &Ctx<'_>, ui: &egui::Ui, above: egui::Rect) {
    if ctx.front.imports == Open::No || ctx.imports.is_empty() {
        return;
    }
    let corner = above.left_bottom() + vec2(GRID * 3.0, -GRID * 3.0);
    egui::Area::new(egui::Id::unique("imports"))
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(corner)
        .order(egui::Order::Foreground)
        .show(ui.ctx(), |ui| {
            let shadow = egui::Shadow { offset: [0, 4], blur: 16, spread: 0, color: ctx.theme.shadow };
            let frame = egui::Frame::new()
                .fill(ctx.theme.raised)
                .stroke(Stroke::new(1.0, ctx.theme.line_strong))
                .corner_radius(8.0)
                .shadow(shadow)
                .inner_margin(Margin::same(8));
            frame.show(ui, |ui| {
                ui.set_width(360.0_f32.min(above.width() - GRID * 10.0));
                card_ui(ctx, ui, above.height() * 0.6);
            });
        });
}

fn card_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, height: f32) {
    let theme = ctx.theme;
    let open = ctx.imports.iter().filter(|row| matches!(row.outcome, Outcome::Queued | Outcome::Reading)).count();
    let ended = ctx.imports.len() - open;
    ui.horizontal(|ui| {
        let words = if open > 0 {
            format!("Reading {ended} of {}", ctx.imports.len())
        } else {
            format!("{} {} read", ended, if ended == 1 { "file" } else { "files" })
        };
        ui.label(RichText::new(words).font(theme::medium(size::LIST)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = icon_button(ctx, ui, "Close imports", |painter, at, stroke| glyph::cross(painter, at, 4.0, stroke));
            if close.clicked() {
                ctx.send(Command::HideImports);
            }
            if open > 0 && ui.button("Cancel").clicked() {
                ctx.send(Command::CancelImport);
            }
        });
    });
    if open > 0 {
        let share = ended as f32 / ctx.imports.len() as f32;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), Sense::hover());
        ui.painter().rect_filled(rect, 2.0, theme.line);
        let full = egui::Rect::from_min_size(rect.min, vec2(rect.width() * share, 4.0));
        ui.painter().rect_filled(full, 2.0, theme.accent);
    }
    ScrollArea::vertical().id_salt("import rows").max_height(height.clamp(80.0, 320.0)).stick_to_bottom(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let skipped = ctx.imports.len().saturating_sub(MOST);
        for row in &ctx.imports[skipped..] {
            row_ui(ctx, ui, row);
        }
    });
}

/// Sign, colour and words of an outcome.
fn told(theme: &Theme, outcome: &Outcome) -> (Color32, String) {
    match outcome {
        Outcome::Queued => (theme.ink_faint, "waiting".into()),
        Outcome::Reading => (theme.accent, "reading…".into()),
        Outcome::Done { articles, undated, warnings } => {
            let count = articles.len();
            let mut words = format!("{count} {}", if count == 1 { "article" } else { "articles" });
            if *undated > 0 {
                words.push_str(" · no publication date");
            }
            if let Some(warning) = warnings.first() {
                words = format!("{words} · {warning}");
            }
            (if *undated > 0 || !warnings.is_empty() { theme.warning } else { theme.good }, words)
        }
        Outcome::Duplicate => (theme.ink_faint, "already on the desk".into()),
        Outcome::Skipped(reason) => (theme.ink_soft, format!("skipped: {reason}")),
        Outcome::Failed(reason) => (theme.error, reason.clone()),
    }
}

fn row_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, row: &Row) {
    let theme = ctx.theme;
    let (ink, words) = told(theme, &row.outcome);
    let width = ui.available_width();
    let reason = egui::text::LayoutJob::simple(words.clone(), theme::sans(size::CHROME), ink, width - GRID * 6.0);
    let reason = ui.painter().layout_job(reason);
    let mut name = egui::text::LayoutJob::simple_singleline(row.name.clone(), theme::sans(size::LIST), theme.ink);
    name.wrap = egui::text::TextWrapping::truncate_at_width(width - GRID * 6.0);
    let name = ui.painter().layout_job(name);
    let height = name.size().y + reason.size().y + GRID * 1.5;
    let sense = if matches!(row.outcome, Outcome::Done { .. }) { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, format!("{}: {words}", row.name)));
    if response.hovered() && sense.senses_click() {
        ui.painter().rect_filled(rect, 4.0, theme.hover);
    }
    let sign = pos2(rect.left() + GRID * 2.0, rect.top() + 10.0);
    match row.outcome {
        Outcome::Failed(_) => glyph::cross(ui.painter(), sign, 3.5, Stroke::new(1.5, ink)),
        Outcome::Queued | Outcome::Reading => {
            ui.painter().circle_stroke(sign, 3.5, Stroke::new(1.5, ink));
        }
        Outcome::Done { .. } | Outcome::Duplicate | Outcome::Skipped(_) => {
            ui.painter().circle_filled(sign, 3.5, ink);
        }
    }
    let left = rect.left() + GRID * 5.0;
    let below = rect.top() + name.size().y + 2.0;
    ui.painter().galley(pos2(left, rect.top() + 2.0), name, theme.ink);
    ui.painter().galley(pos2(left, below), reason, ink);
    if response.clicked()
        && let Outcome::Done { articles, .. } = &row.outcome
        && let Some(first) = articles.first()
    {
        ctx.send(Command::Read(*first));
    }
}

/// While files hover over the window: how many would be added.
pub fn overlay_ui(ctx: &Ctx<'_>, ui: &egui::Ui) {
    let count = ui.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let all = ui.ctx().content_rect();
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(all, 0.0, Theme::faded(ctx.theme.paper, 0.82));
    let frame = all.shrink(GRID * 6.0);
    painter.rect_stroke(frame, 12.0, Stroke::new(3.0, ctx.theme.accent), StrokeKind::Inside);
    let words = if count == 1 { "Drop 1 article".to_owned() } else { format!("Drop {count} articles") };
    painter.text(all.center(), Align2::CENTER_CENTER, words, theme::read_bold(28.0), ctx.theme.ink);
    let below = all.center() + vec2(0.0, 36.0);
    let what = "Text, Markdown and saved web pages; folders too";
    painter.text(below, Align2::CENTER_CENTER, what, theme::sans(size::LIST), ctx.theme.ink_soft);
}
