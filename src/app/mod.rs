//! The window, the state, and the one place that changes it.

mod apply;
mod display;
mod hear;
mod keys;
mod state;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

pub use apply::apply;
pub use display::{Display, NoWindow};
pub use hear::hear;
pub use state::{Choice, Look, Shade, Start, State};

use crate::job::{News, Order, Worker};
use crate::query::{Filter, Light, Thing, View, light, view};
use crate::ui::{Ctx, Open, Theme, desk_ui, install_fonts, install_style};

/// A choice is kept when it has rested this long.
const REST: Duration = Duration::from_millis(800);

/// Opens the window on the last workspace and adds the files to it. Returns when it is closed.
///
/// # Errors
/// [`NoWindow`] where there is no display or a system library is missing.
pub fn open_desk(files: &[PathBuf]) -> Result<(), NoWindow> {
    let display = display::display(|name| std::env::var_os(name))?;
    let files = files.to_vec();
    let options = options(display);
    // Libraries that are missing at run time make the window crates panic; one sentence serves people better.
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let opened = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = Arc::clone(&opened);
    let run = catch_unwind(AssertUnwindSafe(move || {
        eframe::run_native(
            "dateline",
            options,
            Box::new(move |cc| {
                // The window stands: from here on a panic is a defect and shall be seen.
                std::panic::set_hook(quiet);
                seen.store(true, std::sync::atomic::Ordering::Relaxed);
                let wake = cc.egui_ctx.clone();
                let worker = crate::job::start(crate::job::default_workspace(), Box::new(move || wake.request_repaint()));
                let mut desk = Desk::new(&cc.egui_ctx, Line::Worker(worker));
                if !files.is_empty() {
                    apply(&mut desk.state, crate::ui::Command::Import(files));
                }
                Ok(Box::new(desk))
            }),
        )
    }));
    match run {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(NoWindow::Refused(error.to_string())),
        Err(panic) if opened.load(std::sync::atomic::Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => Err(NoWindow::Refused(display::said(panic.as_ref()))),
    }
}

fn options(display: Display) -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Dateline")
        .with_app_id("dateline")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([760.0, 520.0])
        .with_icon(icon())
        .with_drag_and_drop(true);
    let mut options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    #[cfg(target_os = "linux")]
    if display == Display::X11 {
        use winit::platform::x11::EventLoopBuilderExtX11;
        options.event_loop_builder = Some(Box::new(|builder| {
            builder.with_x11();
        }));
    }
    let _ = display; // Windows and macOS need no choice
    options.centered = true;
    options
}

/// A window without its sign is still a window.
fn icon() -> egui::IconData {
    const PNG: &[u8] = include_bytes!("../../assets/icon/dateline.png");
    eframe::icon_data::from_png_bytes(PNG).unwrap_or_default()
}

/// Where orders go.
pub enum Line {
    Worker(Worker),
    /// Kept aside, for tests without a worker.
    Aside(Vec<Order>),
}

/// The window.
pub struct Desk {
    pub state: State,
    line: Line,
    theme: Theme,
    shade: Shade,
    picture: Picture,
    /// What was last sent to be kept, and since when it differs.
    kept: Option<String>,
    restless: Option<Instant>,
    /// What the window's frame says.
    title: String,
    chosen: (Sender<Vec<PathBuf>>, Receiver<Vec<PathBuf>>),
}

/// What is made from data and choice, and for which.
#[derive(Default)]
struct Picture {
    made_for: Option<(u64, Filter)>,
    view: View,
    picked: Light,
    hovered: Light,
}

impl Desk {
    /// A desk that draws into `ctx`.
    #[must_use]
    pub fn new(ctx: &egui::Context, line: Line) -> Self {
        install_fonts(ctx);
        let theme = Theme::paper();
        install_style(ctx, &theme);
        let mut state = State::default();
        state.look.front.name = "Desk".into();
        Self {
            state,
            line,
            theme,
            shade: Shade::Paper,
            picture: Picture::default(),
            kept: None,
            restless: None,
            title: String::new(),
            chosen: unbounded(),
        }
    }

    /// The orders kept aside, oldest first; none where a worker takes them.
    pub fn orders(&mut self) -> Vec<Order> {
        match &mut self.line {
            Line::Aside(orders) => std::mem::take(orders),
            Line::Worker(_) => Vec::new(),
        }
    }

    /// The view that the panels were last drawn from.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.picture.view
    }

    /// Takes in news and sends orders; also while the window is hidden.
    pub fn think(&mut self, ctx: &egui::Context) {
        if let Line::Worker(worker) = &self.line {
            let news: Vec<News> = worker.news().collect();
            for piece in news {
                hear(&mut self.state, piece);
            }
        }
        while let Ok(paths) = self.chosen.1.try_recv() {
            self.state.look.asking = Open::No;
            if !paths.is_empty() {
                apply(&mut self.state, crate::ui::Command::Import(paths));
            }
        }
        self.remember(ctx);
        self.post(ctx);
    }

    fn post(&mut self, ctx: &egui::Context) {
        for order in self.state.outbox.drain(..) {
            match &mut self.line {
                Line::Worker(worker) => worker.send(order),
                Line::Aside(orders) => orders.push(order),
            }
        }
        if self.state.look.asking == Open::Yes {
            // The dialog answers through the channel; until then a second one is not opened.
            self.state.look.asking = Open::No;
            ask_for_files(self.chosen.0.clone(), ctx.clone());
        }
    }

    /// Has the choice kept with the workspace once it has come to rest.
    fn remember(&mut self, ctx: &egui::Context) {
        let now = self.state.remembered();
        if self.kept.is_none() {
            self.kept = now;
            return;
        }
        if now == self.kept {
            self.restless = None;
            return;
        }
        let since = *self.restless.get_or_insert_with(Instant::now);
        if since.elapsed() < REST {
            ctx.request_repaint_after(REST);
            return;
        }
        self.restless = None;
        self.kept.clone_from(&now);
        self.state.outbox.extend(now.map(Order::Remember));
    }

    /// Draws one frame and performs what it asked for.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        for command in keys::commands_of(&ctx, self.state.look.front.palette) {
            apply(&mut self.state, command);
        }
        self.dress(&ctx);
        self.paint_view();
        self.name_window(&ctx);
        let commands = RefCell::new(Vec::new());
        let mut panels = std::mem::take(&mut self.state.look.panels);
        let shown = Ctx {
            workspace: &self.state.data,
            view: &self.picture.view,
            filter: &self.state.choice.filter,
            selection: &self.state.choice.selection,
            picked: &self.picture.picked,
            hovered: &self.picture.hovered,
            theme: &self.theme,
            article: self.state.choice.selection.reading.and_then(|id| self.state.texts.get(&id)),
            imports: &self.state.imports,
            fit: self.state.look.fit,
            front: &self.state.look.front,
            commands: &commands,
        };
        desk_ui(&shown, &mut panels, ui);
        self.state.look.panels = panels;
        self.state.look.pointed = None;
        let asked = commands.into_inner();
        let changes = asked.iter().any(|command| !matches!(command, crate::ui::Command::Hover(_)));
        for command in asked {
            apply(&mut self.state, command);
        }
        let pointed = self.state.look.pointed.clone();
        if changes || pointed != self.state.choice.selection.hovered {
            self.state.choice.selection.hovered = pointed;
            ctx.request_repaint();
        }
        self.post(&ctx);
    }

    fn dress(&mut self, ctx: &egui::Context) {
        if self.shade != self.state.choice.dark {
            self.shade = self.state.choice.dark;
            self.theme = if self.shade == Shade::Ink { Theme::ink() } else { Theme::paper() };
            install_style(ctx, &self.theme);
        }
    }

    /// "4 articles – Dateline": what a task bar can show of the desk.
    fn name_window(&mut self, ctx: &egui::Context) {
        let title = match self.state.data.facts.articles.len() {
            0 => String::from("Dateline"),
            1 => String::from("1 article – Dateline"),
            many => format!("{many} articles – Dateline"),
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Makes view and lights anew where what they hang on has changed.
    fn paint_view(&mut self) {
        let State { data, choice, .. } = &self.state;
        let key = (data.version, choice.filter.clone());
        let stale = self.picture.made_for.as_ref() != Some(&key);
        if stale {
            self.picture.view = view(data, &choice.filter, &choice.selection);
            self.picture.made_for = Some(key);
        }
        if stale || self.picture.picked.core != choice.selection.picked {
            self.picture.picked = light(&data.facts, &choice.selection.picked);
        }
        let hovered: Vec<Thing> = choice.selection.hovered.iter().cloned().collect();
        if stale || self.picture.hovered.core != hovered {
            self.picture.hovered = light(&data.facts, &hovered);
        }
    }
}

impl eframe::App for Desk {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.think(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let (Line::Worker(worker), Some(choice)) = (&self.line, self.state.remembered()) {
            worker.send(Order::Remember(choice));
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.theme.paper.to_normalized_gamma_f32()
    }
}

/// The system's dialog, on a thread of the pool so that the window goes on.
fn ask_for_files(answer: Sender<Vec<PathBuf>>, ctx: egui::Context) {
    rayon::spawn(move || {
        let chosen = rfd::FileDialog::new()
            .set_title("Open articles")
            .add_filter("Articles", &["txt", "md", "markdown", "html", "htm", "xhtml"])
            .add_filter("All files", &["*"])
            .pick_files();
        // The window may have closed meanwhile.
        let _ = answer.send(chosen.unwrap_or_default());
        ctx.request_repaint();
    });
}
