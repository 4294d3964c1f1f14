//! Rows of the import → a card with the outcome of each file; hovering files → the drop overlay.

use std::fmt::Write as _;

use egui::{Align2, Color32, Margin, RichText, ScrollArea, Sense, Stroke, StrokeKind, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Command, Ctx, Open, Theme, glyph, icon_button};
use crate::job::{Outcome, Row};
use crate::read::Columns;

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
    let open = ctx.imports.iter().filter(|row| !row.outcome.is_final()).count();
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
    pace_ui(ctx, ui, open, ended);
    let tally = Tally::of(ctx.imports);
    let soft = |words: String| RichText::new(words).font(theme::sans(size::CHROME)).color(theme.ink_soft);
    ui.label(soft(tally.words()));
    if let Some(folder) = &ctx.front.watching {
        ui.label(soft(format!("Watching {}", folder.display())));
    }
    let only = egui::Id::unique("import problems only");
    let mut problems_only = ui.data(|data| data.get_temp::<bool>(only)).unwrap_or(false);
    if open == 0 {
        ui.horizontal(|ui| {
            if tally.problems > 0 {
                if ui.selectable_label(problems_only, format!("Only problems ({})", tally.problems)).clicked() {
                    problems_only = !problems_only;
                    ui.data_mut(|data| data.insert_temp(only, problems_only));
                }
                if ui.button("Try failed again").clicked() {
                    ctx.send(Command::RetryFailed);
                }
            }
            if ui.button("Copy report").clicked() {
                ui.copy_text(report(ctx));
            }
        });
    }
    // A card is as small as its content at first; the list must not stay so.
    let height = height.clamp(80.0, 320.0);
    ScrollArea::vertical().id_salt("import rows").max_height(height).min_scrolled_height(height).stick_to_bottom(true).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let shown: Vec<&Row> =
                ctx.imports.iter().rev().filter(|row| !problems_only || is_problem(&row.outcome)).take(MOST).collect();
            for row in shown.into_iter().rev() {
                row_ui(ctx, ui, row);
                aid_ui(ctx, ui, row);
            }
        },
    );
}

/// How far it is, how fast it goes and how long it will take.
fn pace_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, open: usize, ended: usize) {
    let key = egui::Id::unique("import pace");
    if open == 0 {
        ui.data_mut(|data| data.remove::<(f64, usize)>(key));
        return;
    }
    let now = ui.input(|input| input.time);
    let (since, before) = ui.data_mut(|data| *data.get_temp_mut_or_insert_with(key, || (now, ended)));
    let share = ended as f32 / ctx.imports.len() as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, ctx.theme.line);
    let full = egui::Rect::from_min_size(rect.min, vec2(rect.width() * share, 4.0));
    ui.painter().rect_filled(full, 2.0, ctx.theme.accent);
    let done = ended.saturating_sub(before) as f64;
    // A rate over less than two seconds or a few files is chance.
    if now - since > 2.0 && done >= 5.0 {
        let rate = done / (now - since);
        let left = open as f64 / rate;
        let left = if left < 90.0 { format!("{left:.0} s left") } else { format!("{:.0} min left", left / 60.0) };
        let words = format!("{:.0} a minute · about {left}", rate * 60.0);
        ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
    }
}

/// What all rows together came to.
#[derive(Default)]
struct Tally {
    articles: usize,
    undated: usize,
    known: usize,
    problems: usize,
}

impl Tally {
    fn of(rows: &[Row]) -> Self {
        let mut tally = Self::default();
        for row in rows {
            match &row.outcome {
                Outcome::Done { articles, undated, .. } => {
                    tally.articles += articles.len();
                    tally.undated += undated;
                }
                Outcome::Duplicate => tally.known += 1,
                outcome if is_problem(outcome) => tally.problems += 1,
                _ => {}
            }
        }
        tally
    }

    fn words(&self) -> String {
        let mut words = format!("{} {}", self.articles, if self.articles == 1 { "article" } else { "articles" });
        for (count, what) in [(self.undated, "without a date"), (self.known, "already on the desk"), (self.problems, "not read")]
        {
            if count > 0 {
                words = format!("{words} · {count} {what}");
            }
        }
        words
    }
}

const fn is_problem(outcome: &Outcome) -> bool {
    outcome.can_retry()
}

/// All rows as text, a line each, to be pasted into a letter.
fn report(ctx: &Ctx<'_>) -> String {
    let mut report = format!("Dateline import: {} files, {}\n", ctx.imports.len(), Tally::of(ctx.imports).words());
    for row in ctx.imports {
        let (_, words) = told(ctx.theme, &row.outcome);
        // Writing to a string cannot fail.
        let _ = writeln!(report, "{}\t{words}", visible(&row.name));
    }
    report
}

/// A name with what would turn its letters around or hide in it made visible.
fn visible(name: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    name.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// What can be done about a row: try again, or tell the columns of a table.
fn aid_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, row: &Row) {
    let is_link = matches!(&row.outcome, Outcome::Skipped(reason) if reason.starts_with("link"));
    if row.outcome.can_retry() && !is_link {
        ui.horizontal(|ui| {
            ui.add_space(GRID * 5.0);
            let words = if matches!(row.outcome, Outcome::Stopped(_)) { "Try again with more time" } else { "Try again" };
            if ui.small_button(words).clicked() {
                ctx.send(Command::Retry(vec![row.number]));
            }
        });
    }
    let Outcome::Done { table: Some(table), .. } = &row.outcome else { return };
    let key = egui::Id::unique(("columns", row.number));
    let mut told = ui.data(|data| data.get_temp::<Columns>(key));
    ui.horizontal(|ui| {
        ui.add_space(GRID * 5.0);
        if ui.small_button(if told.is_some() { "Keep columns" } else { "Columns…" }).clicked() {
            told = if told.is_some() { None } else { Some(table.columns.clone()) };
        }
        if told.as_ref().is_some_and(|told| *told != table.columns) && ui.small_button("Read again").clicked() {
            ctx.send(Command::Columns(row.number, told.take().unwrap_or_default()));
        }
    });
    if let Some(columns) = &mut told {
        columns_ui(ui, row.number, &table.names, columns);
    }
    ui.data_mut(|data| match told {
        Some(told) => {
            data.insert_temp(key, told);
        }
        None => {
            data.remove::<Columns>(key);
        }
    });
}

/// One line for each thing that a column can be.
fn columns_ui(ui: &mut egui::Ui, row: usize, names: &[String], columns: &mut Columns) {
    let roles: Vec<(&'static str, Option<String>)> =
        columns.roles().into_iter().map(|(role, column)| (role, column.clone())).collect();
    for (role, column) in roles {
        ui.horizontal(|ui| {
            ui.add_space(GRID * 5.0);
            let shown = column.clone().unwrap_or_else(|| "none".into());
            let mut picked = column.clone();
            let choice = egui::ComboBox::from_id_salt(("column", row, role)).selected_text(shown.clone()).show_ui(ui, |ui| {
                ui.selectable_value(&mut picked, None, "none");
                for name in names {
                    ui.selectable_value(&mut picked, Some(name.clone()), name);
                }
            });
            choice
                .response
                .widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Column of the {role}: {shown}")));
            ui.label(role);
            if picked != column {
                columns.set(role, picked);
            }
        });
    }
}

/// Sign, colour and words of an outcome.
fn told(theme: &Theme, outcome: &Outcome) -> (Color32, String) {
    match outcome {
        Outcome::Queued => (theme.ink_faint, "waiting".into()),
        Outcome::Reading => (theme.accent, "reading…".into()),
        Outcome::Done { articles, undated, warnings, .. } => {
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
        Outcome::Skipped(reason) if reason.starts_with("link") => (theme.ink_soft, reason.clone()),
        Outcome::Skipped(reason) => (theme.ink_soft, format!("skipped: {reason}")),
        Outcome::Failed(reason) | Outcome::Stopped(reason) => (theme.error, reason.clone()),
    }
}

fn row_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, row: &Row) {
    let theme = ctx.theme;
    let (ink, words) = told(theme, &row.outcome);
    let width = ui.available_width();
    let reason = egui::text::LayoutJob::simple(words.clone(), theme::sans(size::CHROME), ink, width - GRID * 6.0);
    let reason = ui.painter().layout_job(reason);
    let mut name = egui::text::LayoutJob::simple_singleline(visible(&row.name), theme::sans(size::LIST), theme.ink);
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
        Outcome::Failed(_) | Outcome::Stopped(_) => glyph::cross(ui.painter(), sign, 3.5, Stroke::new(1.5, ink)),
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
    let what = "Text, web pages, PDF, Word, mail, feeds, archives, tables; folders too";
    painter.text(below, Align2::CENTER_CENTER, what, theme::sans(size::LIST), ctx.theme.ink_soft);
}
