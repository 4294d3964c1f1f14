//! All panels → the desk: what stands where, in the sketch's three columns over a timeline.

use egui::{CentralPanel, Frame, Margin, Panel as Dock, Role, Sense, Stroke, WidgetInfo, vec2};

use super::actors::ActorsState;
use super::bars::{self, BarsState};
use super::palette::{self, PaletteState};
use super::reader::ReaderState;
use super::theme::{self, GRID, size};
use super::timeline::TimelineState;
use super::{Command, Ctx, Tab, imports};

/// The panels' own looks: scrolls, zooms, half-typed words. Nothing here changes what is shown elsewhere.
#[derive(Default)]
pub struct Looks {
    pub map: super::map::MapState,
    pub actors: ActorsState,
    pub timeline: TimelineState,
    pub reader: ReaderState,
    pub bars: BarsState,
    pub palette: PaletteState,
}

/// Where a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    LeftBelow,
    Left,
    Right,
    Bottom,
    Centre,
}

/// A panel: its name, where it stands, and how it is drawn.
pub struct Panel {
    pub name: &'static str,
    pub stand: Stand,
    pub draw: fn(&Ctx<'_>, &mut Looks, &mut egui::Ui),
}

/// Every panel of the desk.
pub const PANELS: &[Panel] = &[
    Panel { name: "Articles", stand: Stand::LeftBelow, draw: |ctx, _, ui| super::articles::articles_ui(ctx, ui) },
    Panel { name: "Actors", stand: Stand::Left, draw: |ctx, own, ui| super::actors::actors_ui(ctx, &mut own.actors, ui) },
    Panel { name: "Reader", stand: Stand::Right, draw: right_ui },
    Panel {
        name: "Timeline",
        stand: Stand::Bottom,
        draw: |ctx, own, ui| super::timeline::timeline_ui(ctx, &mut own.timeline, ui),
    },
    Panel { name: "Map", stand: Stand::Centre, draw: |ctx, own, ui| super::map::map_ui(ctx, &mut own.map, ui) },
];

fn draw(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui, stand: Stand) {
    for panel in PANELS.iter().filter(|panel| panel.stand == stand) {
        ui.push_id(panel.name, |ui| (panel.draw)(ctx, own, ui));
    }
}

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
    let plain = Frame::new().fill(theme.panel);
    let height = screen.height();
    Dock::bottom("timeline")
        .resizable(true)
        .default_size((height * 0.34).clamp(220.0, 380.0))
        .size_range(120.0..=(height * 0.7).max(121.0))
        .frame(plain)
        .show(ui, |ui| draw(ctx, own, ui, Stand::Bottom));
    let width = screen.width();
    Dock::left("left")
        .resizable(true)
        .default_size((width * 0.19).clamp(232.0, 320.0))
        .size_range(180.0..=(width * 0.35).max(181.0))
        .frame(plain)
        .show(ui, |ui| left_ui(ctx, own, ui));
    Dock::right("right")
        .resizable(true)
        .default_size((width * 0.33).clamp(380.0, 600.0))
        .size_range(300.0..=(width * 0.55).max(301.0))
        .frame(plain)
        .show(ui, |ui| draw(ctx, own, ui, Stand::Right));
    let centre = CentralPanel::default().frame(Frame::new().fill(theme.map.water)).show(ui, |ui| {
        let rect = ui.max_rect();
        draw(ctx, own, ui, Stand::Centre);
        rect
    });
    imports::imports_ui(ctx, ui, centre.inner);
    palette::palette_ui(ctx, &mut own.palette, ui);
    palette::help_ui(ctx, ui);
    imports::overlay_ui(ctx, ui);
}

fn left_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui) {
    let height = ui.available_height();
    Dock::bottom("articles")
        .resizable(true)
        .default_size((height * 0.4).min(172.0))
        .size_range(60.0..=(height * 0.8).max(61.0))
        .frame(Frame::new())
        .show(ui, |ui| draw(ctx, own, ui, Stand::LeftBelow));
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| draw(ctx, own, ui, Stand::Left));
}

fn right_ui(ctx: &Ctx<'_>, own: &mut Looks, ui: &mut egui::Ui) {
    tabs_ui(ctx, ui);
    match ctx.front.tab {
        Tab::Article => {
            super::inspector::card_ui(ctx, ui);
            super::reader::reader_ui(ctx, &mut own.reader, ui);
        }
        Tab::Event => super::inspector::event_tab_ui(ctx, ui),
        Tab::Why => super::why::why_tab_ui(ctx, ui),
    }
}

fn tabs_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    let theme = ctx.theme;
    let row = ui.available_rect_before_wrap();
    ui.horizontal(|ui| {
        ui.set_height(GRID * 9.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(GRID * 2.0);
        for tab in Tab::ALL {
            let on = tab == ctx.front.tab;
            let ink = if on { theme.ink } else { theme.ink_soft };
            let font = if on { theme::medium(size::LIST) } else { theme::sans(size::LIST) };
            let words = ui.painter().layout_no_wrap(tab.name().into(), font, ink);
            let (rect, response) = ui.allocate_exact_size(vec2(words.size().x + GRID * 6.0, GRID * 9.0), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, tab.name()));
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect.shrink2(vec2(2.0, 5.0)), 5.0, theme.hover);
            }
            let ink = if response.hovered() { theme.ink } else { ink };
            ui.painter().galley(rect.center() - words.size() / 2.0, words, ink);
            if on {
                let x = rect.left() + GRID * 3.0..=rect.right() - GRID * 3.0;
                ui.painter().hline(x, rect.bottom() - 1.0, Stroke::new(2.0, theme.accent));
            }
            if response.clicked() {
                ctx.send(Command::ShowTab(tab));
            }
        }
    });
    ui.painter().hline(row.x_range(), row.top() + GRID * 9.0, Stroke::new(1.0, theme.line));
}
