//! Name, search, conditions, counts and state of saving → top bar, chips row and status bar.

use egui::{Align, Align2, Layout, Margin, RichText, Role, Sense, Stroke, StrokeKind, TextEdit, WidgetInfo, pos2, vec2};

use super::theme::{self, GRID, size};
use super::{Busy, COMMANDS, Command, Ctx, Menu, glyph, icon_button, visual};
use crate::job::{Access, Anew, Outcome};
use crate::query::{Chip, Thing};

/// The bars' own looks.
#[derive(Clone, Debug, Default)]
pub struct BarsState {
    typed: String,
    /// The words the field was last brought in line with.
    known: String,
    wanted: u32,
}

/// Menu, name, search, theme, help.
pub fn top_ui(ctx: &Ctx<'_>, own: &mut BarsState, ui: &mut egui::Ui) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 2.0;
        menu_ui(ctx, ui);
        ui.label(RichText::new(&ctx.front.name).font(theme::sans(size::LIST)).color(ctx.theme.ink_soft));
        views_ui(ctx, ui);
        let width = (ui.available_width() * 0.5).min(ui.available_width() - 96.0).clamp(96.0, 440.0);
        let centre = ui.max_rect().center().x;
        let left = (centre - width / 2.0).max(ui.cursor().left() + GRID * 2.0);
        ui.add_space(left - ui.cursor().left());
        search_ui(ctx, own, ui, width);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ctx, ui, "Help", |painter, at, stroke| {
                painter.text(at, Align2::CENTER_CENTER, "?", theme::medium(15.0), stroke.color);
            })
            .clicked()
            {
                ctx.send(Command::ShowHelp);
            }
            let other = if ctx.theme.dark { "Light theme" } else { "Dark theme" };
            if icon_button(ctx, ui, other, |painter, at, stroke| glyph::half_disc(painter, at, 6.5, stroke.color)).clicked() {
                ctx.send(Command::ToggleTheme);
            }
        });
    });
}

fn menu_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let title = RichText::new("Dateline").font(theme::read_bold(17.0)).color(ctx.theme.ink);
    let button = egui::Button::new(title).frame_when_inactive(false);
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(260.0);
        entries_ui(ctx, ui, Menu::Top);
        for (menu, name) in [
            (Menu::Correct, "Correct"),
            (Menu::Go, "Go"),
            (Menu::Time, "Time"),
            (Menu::Show, "Show"),
            (Menu::Workspace, "Workspace"),
        ] {
            ui.menu_button(name, |ui| {
                ui.set_min_width(240.0);
                entries_ui(ctx, ui, menu);
                if menu == Menu::Workspace {
                    recent_ui(ctx, ui);
                }
            });
        }
        ui.separator();
        ui.label(RichText::new("Paste an article’s text with Ctrl+V").font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint));
    });
}

fn entries_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, menu: Menu) {
    for entry in COMMANDS.iter().filter(|entry| entry.menu == menu) {
        let (name, enabled) = match (entry.make)() {
            Command::Undo => named("Undo", ctx.workspace.undo_name()),
            Command::Redo => named("Redo", ctx.workspace.redo_name()),
            Command::ShowImports => (entry.name.to_owned(), !ctx.imports.is_empty()),
            Command::CancelImport => (entry.name.to_owned(), ctx.front.busy == Busy::Working),
            Command::Back => (entry.name.to_owned(), ctx.front.way.back),
            Command::Forward => (entry.name.to_owned(), ctx.front.way.forward),
            Command::FilterSelection => (entry.name.to_owned(), !ctx.selection.picked.is_empty()),
            Command::StopPlaying => (entry.name.to_owned(), ctx.play.at.is_some()),
            _ => (entry.name.to_owned(), true),
        };
        let mut button = egui::Button::new(name);
        if let Some(shortcut) = &entry.shortcut {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        if ui.add_enabled(enabled, button).on_hover_text(entry.doc).clicked() {
            ctx.send((entry.make)());
            ui.close();
        }
        if matches!(
            entry.name,
            "Cancel import" | "Redo" | "Log of changes" | "Step back" | "Previous mention" | "Show list of events" | "Usual size"
        ) {
            ui.separator();
        }
    }
}

/// Back, forward, and the views that were kept.
fn views_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    ui.spacing_mut().item_spacing.x = GRID;
    for (name, way, open, command) in [
        ("Back to the filter before", -1.0, ctx.front.way.back, Command::Back),
        ("Forward to the filter after", 1.0, ctx.front.way.forward, Command::Forward),
    ] {
        ui.add_enabled_ui(open, |ui| {
            let faint = if open { 1.0 } else { 0.35 };
            let response = icon_button(ctx, ui, name, |painter, at, stroke| {
                let ink = Stroke::new(1.6, super::Theme::faded(stroke.color, faint));
                for dy in [-4.5, 4.5] {
                    painter.line_segment([at + vec2(-2.5 * way, dy), at + vec2(2.5 * way, 0.0)], ink);
                }
            });
            if response.clicked() {
                ctx.send(command);
            }
        });
    }
    let title = RichText::new("Views").font(theme::sans(size::LIST)).color(ctx.theme.ink_soft);
    egui::containers::menu::MenuButton::from_button(egui::Button::new(title).frame_when_inactive(false)).ui(ui, |ui| {
        ui.set_min_width(220.0);
        if ui.button("Keep this view").on_hover_text("Keeps the filter under the words of its chips").clicked() {
            ctx.send(Command::KeepView);
            ui.close();
        }
        if !ctx.views.is_empty() {
            ui.separator();
        }
        for (at, name) in ctx.views.iter().enumerate() {
            ui.horizontal(|ui| {
                if ui.add(egui::Button::new(visual(name)).truncate().min_size(vec2(180.0, 24.0))).clicked() {
                    ctx.send(Command::ShowView(at));
                    ui.close();
                }
                let forget = format!("Forget the view {name}");
                if icon_button(ctx, ui, &forget, |painter, at, stroke| glyph::cross(painter, at, 3.0, stroke)).clicked() {
                    ctx.send(Command::DropView(at));
                }
            });
        }
    });
}

/// Workspaces opened before, the one that is open left out.
fn recent_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let others: Vec<_> = ctx.front.recent.iter().filter(|path| Some(*path) != ctx.front.path.as_ref()).collect();
    if others.is_empty() {
        return;
    }
    ui.separator();
    ui.label(RichText::new("Open again").font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint));
    for path in others {
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
            ctx.send(Command::OpenRecent(path.clone()));
            ui.close();
        }
    }
}

/// "Undo import of 3 articles"; greyed where there is nothing to undo.
fn named(verb: &str, what: Option<String>) -> (String, bool) {
    match what {
        Some(what) => (format!("{verb} {what}"), true),
        None => (verb.to_owned(), false),
    }
}

fn search_ui(ctx: &Ctx<'_>, own: &mut BarsState, ui: &mut egui::Ui, width: f32) {
    if own.known != ctx.filter.words {
        own.typed.clone_from(&ctx.filter.words);
        own.known.clone_from(&ctx.filter.words);
    }
    let edit = TextEdit::singleline(&mut own.typed)
        .hint_text("Search events, people, places…")
        .margin(Margin { left: 28, right: 8, top: 5, bottom: 5 })
        .desired_width(width - 36.0);
    let response = ui.add(edit);
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, own.typed.clone(), own.typed.clone(), "Search events, people, places…");
        info.label = Some("Search".into());
        info
    });
    let at = pos2(response.rect.left() + 15.0, response.rect.center().y);
    glyph::lens(ui.painter(), at, 4.5, Stroke::new(1.4, ctx.theme.ink_faint));
    if own.wanted != ctx.front.search_wanted {
        own.wanted = ctx.front.search_wanted;
        response.request_focus();
    }
    if response.changed() {
        own.known.clone_from(&own.typed);
        ctx.send(Command::FilterWords(own.typed.clone()));
    }
}

/// Conditions with an x, "7 of 41 events", the slider.
pub fn chips_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 1.5;
        let room = ui.available_width() - if ui.available_width() > 640.0 { 420.0 } else { 300.0 };
        let start = ui.cursor().left();
        let mut left_out = 0;
        for chip in &ctx.view.chips {
            if ui.cursor().left() - start > room {
                left_out += 1;
                continue;
            }
            chip_ui(ctx, ui, chip);
        }
        if left_out > 0 {
            ui.label(RichText::new(format!("+{left_out}")).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft));
        }
        if !ctx.view.chips.is_empty() {
            ui.add_space(GRID);
        }
        count_ui(ctx, ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| slider_ui(ctx, ui));
    });
}

fn count_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let (shown, total) = (ctx.view.events.len(), ctx.view.total as usize);
    let events = if total == 1 { "event" } else { "events" };
    let words = if ctx.filter.is_open() { format!("{total} {events}") } else { format!("{shown} of {total} {events}") };
    ui.label(RichText::new(words).font(theme::medium(size::CHROME)).color(ctx.theme.ink));
    // Chips say the filter; a second gesture makes one of the selection.
    if !ctx.selection.picked.is_empty() && !is_filtered(ctx) {
        let button = egui::Button::new(RichText::new("Filter by selection").font(theme::sans(size::CHROME)));
        if ui.add(button).on_hover_text("Narrows everything to what is selected (Enter)").clicked() {
            ctx.send(Command::FilterSelection);
        }
    }
    let articles = ctx.facts().articles.len();
    let words = format!("· {articles} {}", if articles == 1 { "article" } else { "articles" });
    ui.label(RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint));
}

/// Is all that is selected in the filter already?
fn is_filtered(ctx: &Ctx<'_>) -> bool {
    ctx.selection.picked.iter().all(|thing| match thing {
        Thing::Place(id) => ctx.filter.places.contains(id),
        Thing::Actor(key) => ctx.filter.actors.contains(key),
        Thing::Article(id) => ctx.filter.articles.contains(id),
        Thing::Event(id, row) => ctx.filter.events.contains(&(*id, *row)),
    })
}

/// The slider trades how much is shown for how weighty it is.
fn slider_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let mut salience = ctx.filter.salience;
    let in_words = ui.available_width() > 300.0;
    let words = |text: &str| RichText::new(text).font(theme::sans(size::CHROME)).color(ctx.theme.ink_faint);
    if in_words {
        ui.label(words("main events"));
    }
    ui.spacing_mut().slider_width = 108.0;
    let slider = ui.add(egui::Slider::new(&mut salience, 0.0..=1.0).show_value(false));
    slider.widget_info(|| WidgetInfo::slider(true, f64::from(salience), "Weight"));
    if slider.changed() {
        ctx.send(Command::Salience(salience));
    }
    slider.on_hover_text("How weighty an event must be to be shown");
    if in_words {
        ui.label(words("everything told"));
    }
}

fn chip_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui, chip: &Chip) {
    let theme = ctx.theme;
    let mut job =
        egui::text::LayoutJob::simple_singleline(visual(&chip.label).into_owned(), theme::sans(size::CHROME), theme.accent);
    job.wrap = egui::text::TextWrapping::truncate_at_width(180.0);
    let words = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(words.size().x + 32.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove filter {}", chip.label)));
    let edge = if response.hovered() || response.has_focus() { theme.accent } else { theme.line_strong };
    ui.painter().rect_filled(rect, 12.0, theme.accent_soft);
    ui.painter().rect_stroke(rect, 12.0, Stroke::new(1.0, edge), StrokeKind::Inside);
    ui.painter().galley(pos2(rect.left() + 10.0, rect.center().y - words.size().y / 2.0), words, theme.accent);
    glyph::cross(ui.painter(), pos2(rect.right() - 12.0, rect.center().y), 3.0, Stroke::new(1.4, theme.accent));
    if response.on_hover_text("Takes this condition away").clicked() {
        ctx.send(Command::DropChip(chip.kind.clone()));
    }
}

/// State of saving, the promise, and what went wrong.
pub fn status_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let theme = ctx.theme;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GRID * 1.5;
        let words = |text: String, ink| RichText::new(text).font(theme::sans(size::CHROME)).color(ink);
        let saving = match ctx.front.busy {
            Busy::Opening => "Opening…".to_owned(),
            Busy::Working => working(ctx),
            Busy::Idle if ctx.front.access == Access::Read => "Read only: another window has this workspace".to_owned(),
            Busy::Idle => "All changes saved".to_owned(),
        };
        let said = ui.label(words(saving, theme.ink_soft));
        // A screen reader says how the import goes without being asked.
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
        ui.label(words("·".into(), theme.ink_faint));
        ui.label(words("Offline: nothing leaves this computer".into(), theme.ink_soft));
        let articles = ctx.facts().articles.len();
        ui.label(words("·".into(), theme.ink_faint));
        ui.label(words(format!("{articles} {} read", if articles == 1 { "article" } else { "articles" }), theme.ink_soft));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Anew::Reading(done, all) = &ctx.front.anew {
                if ui.button(RichText::new("Stop").font(theme::sans(size::CHROME))).clicked() {
                    ctx.send(Command::CancelImport);
                }
                ui.label(words(format!("Reading anew {done} of {all}"), theme.ink_soft));
            }
            if let Some(said) = &ctx.front.said {
                let close = icon_button(ctx, ui, "Close message", |painter, at, stroke| glyph::cross(painter, at, 3.0, stroke));
                if close.clicked() {
                    ctx.send(Command::HideSaid);
                }
                ui.add(egui::Label::new(words(said.clone(), theme.ink)).truncate());
            } else if let Some(trouble) = &ctx.front.trouble {
                ui.add(egui::Label::new(words(trouble.clone(), theme.error)).truncate());
            } else if ctx.front.outdated > 0 {
                let text = format!("{} articles were read by an older version", ctx.front.outdated);
                let button = egui::Button::new(words(text, theme.accent)).frame(false);
                if ui.add(button).on_hover_text("Reads them anew and shows what would change").clicked() {
                    ctx.send(Command::ReadAnew);
                }
            } else if !ctx.view.unlocated.is_empty() {
                unlocated_ui(ctx, ui);
            }
            super::hints::hint_ui(ctx, ui);
        });
    });
}

/// Places without coordinates are kept within reach: a list whose rows pick them.
fn unlocated_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    const MOST: usize = 40;
    let count = ctx.view.unlocated.len();
    let words = RichText::new(format!("{count} not on the map")).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft);
    let button = egui::Button::new(words).frame_when_inactive(false);
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for no in ctx.view.unlocated.iter().take(MOST) {
            let place = ctx.facts().place(*no);
            let thing = Thing::Place(place.id.clone());
            let row = ui.button(&place.name);
            if row.hovered() {
                ctx.hover(thing.clone());
            }
            if row.clicked() {
                ctx.send(Command::Pick(thing));
                ui.close();
            }
        }
        if count > MOST {
            ui.label(format!("and {} more", count - MOST));
        }
    });
}

fn working(ctx: &Ctx<'_>) -> String {
    let open = ctx.imports.iter().filter(|row| matches!(row.outcome, Outcome::Queued | Outcome::Reading)).count();
    if open > 0 { format!("Reading {} of {}…", ctx.imports.len() - open, ctx.imports.len()) } else { "Saving…".into() }
}
