//! The window, the state, and the one place that changes it.

mod apply;
mod choose;
mod correct;
mod dialog;
mod display;
mod hear;
mod history;
mod keys;
mod picture;
mod state;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use dialog::Answer;
use picture::Picture;

pub use apply::apply;
pub use display::{Display, NoWindow};
pub use hear::hear;
pub use state::{Asking, Choice, KeptView, Look, Shade, Start, State};

use crate::job::{News, Order, Worker};
use crate::query::View;
use crate::ui::{Ctx, Motion, Room, Theme, desk_ui, install_fonts, install_style};

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
                let worker = crate::job::start_last(Box::new(move || wake.request_repaint()));
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
    /// Which looks egui's own widgets were last dressed in.
    dressed: (Shade, Motion),
    picture: Picture,
    /// What was last sent to be kept, and since when it differs.
    kept: Option<String>,
    restless: Option<Instant>,
    /// The choice as it was last looked at.
    last: Option<Choice>,
    /// What the window's frame says.
    title: String,
    answers: (Sender<Answer>, Receiver<Answer>),
    /// Names of the kept views, for the panels.
    views: Vec<String>,
    today: i32,
}

impl Desk {
    /// A desk that draws into `ctx`.
    #[must_use]
    pub fn new(ctx: &egui::Context, line: Line) -> Self {
        install_fonts(ctx);
        // Ours goes from 100 to 200 % and is kept.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let theme = Theme::paper();
        install_style(ctx, &theme);
        let mut state = State::default();
        state.look.front.name = "Desk".into();
        Self {
            state,
            line,
            theme,
            dressed: (Shade::Paper, Motion::Full),
            picture: Picture::default(),
            kept: None,
            restless: None,
            last: None,
            title: String::new(),
            answers: unbounded(),
            views: Vec::new(),
            today: crate::model::day_number(jiff::Zoned::now().date()),
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
        self.picture.view()
    }

    /// Takes in news and sends orders; also while the window is hidden.
    pub fn think(&mut self, ctx: &egui::Context) {
        if let Line::Worker(worker) = &self.line {
            let news: Vec<News> = worker.news().collect();
            for piece in news {
                hear(&mut self.state, piece);
            }
        }
        while let Ok(answer) = self.answers.1.try_recv() {
            dialog::take(&mut self.state, answer);
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
        // The dialog answers through the channel.
        let asking = std::mem::take(&mut self.state.look.asking);
        dialog::ask(asking, &self.state, self.answers.0.clone(), ctx.clone());
    }

    /// Has the choice kept with the workspace once it has come to rest.
    fn remember(&mut self, ctx: &egui::Context) {
        // Serialising is cheap beside a frame, but not for nothing: only where the choice is another one.
        let same = self.last.as_ref() == Some(&self.state.choice);
        if same && self.restless.is_none() {
            return;
        }
        self.last = Some(self.state.choice.clone());
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
        let time = ctx.input(|input| input.time);
        let choice = &self.state.choice;
        self.state.look.history.watch(&choice.filter, &choice.selection.picked, time);
        for command in keys::commands_of(&ctx, self.state.look.front.palette) {
            apply(&mut self.state, command);
        }
        if self.state.choice.play.at.is_some() {
            // A frame that came late must not swallow days.
            let seconds = f64::from(ctx.input(|input| input.stable_dt)).min(0.1);
            choose::tick(&mut self.state, self.picture.view(), seconds);
        }
        if choose::is_running(&self.state) {
            ctx.request_repaint();
        }
        self.dress(&ctx);
        self.picture.paint(&self.state, &ctx);
        self.name_window(&ctx);
        self.state.look.front.way = self.state.look.history.way(&self.state.choice.filter);
        if self.views.len() != self.state.choice.views.len()
            || self.views.iter().ne(self.state.choice.views.iter().map(|kept| &kept.name))
        {
            self.views = self.state.choice.views.iter().map(|kept| kept.name.clone()).collect();
        }
        let commands = RefCell::new(Vec::new());
        let mut panels = std::mem::take(&mut self.state.look.panels);
        panels.timeline.window = self.state.choice.window;
        let shown = Ctx {
            workspace: &self.state.data,
            view: self.picture.view(),
            stamp: self.picture.stamp(),
            today: self.today,
            filter: &self.state.choice.filter,
            selection: &self.state.choice.selection,
            picked: &self.picture.picked,
            hovered: &self.picture.hovered,
            theme: &self.theme,
            layout: &self.state.choice.layout,
            room: Room::of(ui.max_rect().size()),
            play: &self.state.choice.play,
            views: &self.views,
            likes: &self.state.choice.likes,
            article: self.state.choice.selection.reading.and_then(|id| self.state.texts.get(&id)),
            full: &self.state.full,
            imports: &self.state.imports,
            fit: self.state.look.fit,
            front: &self.state.look.front,
            commands: &commands,
        };
        desk_ui(&shown, &mut panels, ui);
        self.state.choice.window = panels.timeline.window;
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
        let wanted = (self.state.choice.dark, self.state.choice.likes.motion);
        if self.dressed != wanted {
            self.dressed = wanted;
            self.theme = match wanted.0 {
                Shade::Paper => Theme::paper(),
                Shade::Ink => Theme::ink(),
                Shade::Contrast => Theme::contrast(),
            };
            install_style(ctx, &self.theme);
            if wanted.1 == Motion::Reduced {
                ctx.all_styles_mut(|style| style.animation_time = 0.0);
            }
        }
        let scale = self.state.choice.likes.scale.clamp(1.0, 2.0);
        if (ctx.zoom_factor() - scale).abs() > 1e-3 {
            ctx.set_zoom_factor(scale);
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
