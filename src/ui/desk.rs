//! All panels → the desk: what stands where, in the sketch's three columns over a timeline.

use egui::{CentralPanel, Frame, Margin, Panel as Dock, Rect};

use super::bars::{self, BarsState};
use super::dock::{Stand, side_ui};
use super::palette::{self, PaletteState};
use super::reader::ReaderState;
use super::timeline::TimelineState;
use super::{Ctx, Tab, imports};

/// The panels' own looks: scrolls, zooms, half-typed words. Nothing here changes what is shown elsewhere.
#[derive(Default)]
pub struct Looks {
    pub map: super::map::MapState,
    pub timeline: TimelineState,
    pub reader: ReaderState,
    pub bars: BarsState,
    pub palette: PaletteState,
    pub events: super::events::EventsState,
    pub network: super::network::NetworkState,
    pub matrix: super::matrix::MatrixState,
}

/// A panel: its name, where it stands at first, how many rows it has, and how it is drawn. The rectangle it is given lies
/// beside its tab, for its controls.
pub struct Panel {
    pub tab: Tab,
    pub stand: Stand,
    pub count: fn(&Ctx<'_>) -> Option<usize>,
    /// Least width of its controls beside the tab, in points.
    pub controls: f32,
    pub draw: fn(&Ctx<'_>, &mut Looks, &mut egui::Ui, Rect),
}

const fn uncounted(_: &Ctx<'_>) -> Option<usize> {
    None
}

/// Every panel of the desk.
pub const PANELS: &[Panel] = &[
    Panel {
        tab: Tab::Actors,
        stand: Stand::Left,
        count: |ctx| Some(ctx.view.actors.len()),
        controls: 0.0,
        draw: |ctx, _, ui, _| super::actors::actors_ui(ctx, ui),
    },
    Panel {
        tab: Tab::Articles,
        stand: Stand::LeftBelow,
        count: |ctx| Some(ctx.facts().articles.len()),
        controls: 0.0,
        draw: |ctx, _, ui, _| super::articles::articles_ui(ctx, ui),
    },
    Panel {
        tab: Tab::Map,
        stand: Stand::Centre,
        count: uncounted,
        controls: 212.0,
        draw: |ctx, own, ui, head| super::map::map_ui(ctx, &mut own.map, ui, head),
    },
    Panel {
        tab: Tab::Network,
        stand: Stand::Centre,
        count: uncounted,
        controls: 0.0,
        draw: |ctx, own, ui, _| super::network::network_ui(ctx, &mut own.network, ui),
    },
    Panel {
        tab: Tab::Matrix,
        stand: Stand::Centre,
        count: uncounted,
        controls: 204.0,
        draw: |ctx, own, ui, head| super::matrix::matrix_ui(ctx, &mut own.matrix, ui, head),
    },
    Panel { tab: Tab::Article, stand: Stand::Right, count: uncounted, controls: 0.0, draw: article_ui },
    Panel {
        tab: Tab::Event,
        stand: Stand::Right,
        count: uncounted,
        controls: 0.0,
        draw: |ctx, _, ui, _| super::inspector::event_tab_ui(ctx, ui),
    },
    Panel {
        tab: Tab::Why,
        stand: Stand::Right,
        count: uncounted,
        controls: 0.0,
        draw: |ctx, _, ui, _| super::why::why_tab_ui(ctx, ui),
    },
    Panel {
        tab: Tab::Timeline,
        stand: Stand::Bottom,
        count: uncounted,
        controls: 200.0,
        draw: |ctx, own, ui, head| super::timeline::timeline_ui(ctx, &mut own.timeline, ui, head),
    },
    Panel {
        tab: Tab::Events,
        stand: Stand::Bottom,
        count: |ctx| Some(ctx.view.events.len()),
        controls: 212.0,
        draw: |ctx, own, ui, head| super::events::events_ui(ctx, &mut own.events, ui, head),
    },
];

/// Draws the whole desk.
pub fn desk_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui) {
    let theme = ctx.theme;
    let screen = ui.max_rect();
    let bar = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(8, 0));
    Dock::top("top").exact_size(44.0).frame(bar).show(ui, |ui| bars::top_ui(ctx, &mut own.bars, ui));
    let chips = Frame::new().fill(theme.panel).inner_margin(Margin::symmetric(12, 0));
    Dock::top("chips").exact_size(36.0).frame(chips).show(ui, |ui| bars::chips_ui(ctx, ui));
    let status = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(12, 0));
    Dock::bottom("status").exact_size(24.0).frame(status).show(ui, |ui| bars::status_ui(ctx, ui));
    let has = |stand| ctx.layout.on(stand, ctx.room).next().is_some();
    let plain = Frame::new().fill(theme.panel);
    let height = screen.height();
    if has(Stand::Bottom) {
        Dock::bottom("timeline")
            .resizable(true)
            .default_size((height * 0.34).clamp(200.0, 380.0))
            .size_range(120.0..=(height * 0.7).max(121.0))
            .frame(plain)
            .show(ui, |ui| side_ui(ctx, own, ui, Stand::Bottom));
    }
    let width = screen.width();
    if has(Stand::Left) || has(Stand::LeftBelow) {
        Dock::left("left")
            .resizable(true)
            .default_size((width * 0.19).clamp(232.0, 320.0))
            .size_range(180.0..=(width * 0.35).max(181.0))
            .frame(plain)
            .show(ui, |ui| left_ui(ctx, own, ui));
    }
    if has(Stand::Right) {
        Dock::right("right")
            .resizable(true)
            .default_size((width * 0.33).clamp(300.0_f32.max(width * 0.3), 600.0))
            .size_range(280.0..=(width * 0.55).max(281.0))
            .frame(plain)
            .show(ui, |ui| side_ui(ctx, own, ui, Stand::Right));
    }
    let centre = CentralPanel::default().frame(plain).show(ui, |ui| {
        let rect = ui.max_rect();
        side_ui(ctx, own, ui, Stand::Centre);
        rect
    });
    imports::imports_ui(ctx, ui, centre.inner);
    super::log::log_ui(ctx, ui);
    super::cards::cards_ui(ctx, ui);
    palette::palette_ui(ctx, &mut own.palette, ui);
    palette::help_ui(ctx, ui);
    imports::overlay_ui(ctx, ui);
}

fn left_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui) {
    let height = ui.available_height();
    let has = |stand| ctx.layout.on(stand, ctx.room).next().is_some();
    if !has(Stand::Left) {
        side_ui(ctx, own, ui, Stand::LeftBelow);
        return;
    }
    if has(Stand::LeftBelow) {
        Dock::bottom("articles")
            .resizable(true)
            .default_size((height * 0.4).min(172.0))
            .size_range(60.0..=(height * 0.8).max(61.0))
            .frame(Frame::new())
            .show(ui, |ui| side_ui(ctx, own, ui, Stand::LeftBelow));
    }
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| side_ui(ctx, own, ui, Stand::Left));
}

fn article_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui, _head: Rect) {
    super::inspector::card_ui(ctx, ui);
    super::reader::reader_ui(ctx, &mut own.reader, ui);
}
