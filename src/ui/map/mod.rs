//! View → the map: basemap, names, venues, capitals and the lines between them; clicks → commands.
//!
//! Pan and inertia are those of `walkers`; everything drawn is ours. Nothing here grows with the workspace while
//! the view stays the same: at most 2,000 marks and 110 names are drawn.

pub mod archive;
mod area;
mod camera;
mod draw;
mod furniture;
mod ground;
mod layers;
mod marks;
mod names;
mod paint;
pub mod raster;
mod spot;
pub mod tile;

use std::collections::HashMap;

use egui::{DragPanButtons, Event, Key, Rect, Role, Ui, WidgetInfo};
use walkers::{Map, MapMemory, lon_lat};

use area::Area;
use camera::{Camera, World};
use draw::{Draft, Tool};
use furniture::Wish;
use ground::Ground;
use layers::{Layer, Trail};
use marks::Marks;

use super::{Ctx, Fit, Motion};
use crate::model::{LonLat, PlaceKind};
use crate::query::{Pin, PinKind};

/// The map's looks: where it is, and what it keeps drawn.
#[derive(Default)]
pub struct MapState {
    memory: MapMemory,
    ground: Ground,
    marks: Marks,
    /// Outlines of countries, once they have been drawn.
    areas: HashMap<String, Option<Area>>,
    /// Number of the look-up already flown to.
    flown: u32,
    /// Capitals and the lines from them, on or off.
    capitals: Capitals,
    /// Wishes already answered; `None` before the first frame.
    answered: Option<Fit>,
    flight: Option<Flight>,
    /// The panel's size at the last fit, until the person moves the map: a window that is still growing is fitted anew.
    untouched: Option<egui::Vec2>,
    tool: Tool,
    draft: Draft,
    heat: Layer,
    trail: Trail,
}

impl MapState {
    /// Is everything drawn that belongs in view? Snapshots wait for it.
    pub fn is_complete(&self) -> bool {
        self.flight.is_none() && self.ground.is_complete()
    }

    fn look_at(&mut self, camera: Camera) {
        let at = camera.center.lonlat();
        self.memory.center_at(lon_lat(at.lon, at.lat));
        // The camera keeps its zoom within what walkers takes.
        let _ = self.memory.set_zoom(camera.zoom);
    }
}

/// Are the seats of governments drawn?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Capitals {
    #[default]
    Shown,
    Hidden,
}

/// A way from one view to another.
struct Flight {
    from: Camera,
    to: Camera,
    /// Seconds of the frame clock.
    start: f64,
}

/// Seconds a flight takes: long enough to see where one went, too short to wait for.
const FLIGHT: f64 = 0.35;
/// Points of wheel movement for one step of zoom: three notches of a common mouse.
const WHEEL: f64 = 190.0;

/// The map panel.
pub fn map_ui(ctx: &Ctx<'_>, own: &mut MapState, ui: &mut Ui, head: Rect) {
    let rect = ui.available_rect_before_wrap();
    if rect.width() < 8.0 || rect.height() < 8.0 {
        return;
    }
    answer_fit(ctx, own, rect, ui);
    ui.painter().rect_filled(rect, 0.0, ctx.theme.map.water);
    let tool = draw::in_hand(own.tool, ui, &own.draft);
    let panning = if tool == Tool::Hand { DragPanButtons::PRIMARY } else { DragPanButtons::empty() };

    let mut memory = own.memory.clone();
    let map = Map::new(None, &mut memory, lon_lat(0.0, 20.0))
        .zoom_gesture(false)
        .double_click_to_zoom(false)
        .panning(false)
        .drag_pan_buttons(panning)
        .show(ui, |ui, response, projector, memory| {
            let center = memory.detached().unwrap_or_else(|| lon_lat(0.0, 20.0));
            let center = World::of(LonLat { lon: center.x(), lat: center.y() });
            let camera = Camera { center, zoom: projector.zoom(), rect: response.rect }.kept_in_world();
            draw(ctx, own, ui, &camera)
        });
    map.response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "World map"));
    let moved = map.response.dragged() && tool == Tool::Hand;
    let asked = map.inner;
    own.memory = memory;
    if tool != Tool::Hand
        && let Some(outline) = draw::follow(ctx, &mut own.draft, ui, &map.response, &asked.camera, tool)
    {
        own.tool = Tool::Hand;
        draw::ask(ctx, outline);
    }
    tools_ui(ctx, own, ui, head, &asked.camera);
    if moved {
        own.flight = None;
        own.untouched = None;
    }
    steer(ctx, own, ui, rect, &map.response, &asked);
}

/// What a drag does, and which layers lie over the map.
fn tools_ui(ctx: &Ctx<'_>, own: &mut MapState, ui: &mut Ui, head: Rect, camera: &Camera) {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(head).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let words = |text: &str| egui::RichText::new(text).font(super::theme::sans(super::theme::size::CHROME));
        let heat = ui.selectable_label(own.heat == Layer::On, words("Heat"));
        if heat.on_hover_text("A glow where much happens").clicked() {
            own.heat = own.heat.toggled();
        }
        let capitals = ui.selectable_label(own.capitals == Capitals::Shown, words("Capitals"));
        if capitals.on_hover_text("Seats of the governments that take part, with lines to where").clicked() {
            own.capitals = if own.capitals == Capitals::Shown { Capitals::Hidden } else { Capitals::Shown };
        }
        for (tool, name, tip) in [
            (Tool::Lasso, "Lasso", "Draw a line round an area to narrow everything to it"),
            (Tool::Box, "Box", "Draw a box to narrow everything to it; Shift+drag does it at once"),
        ] {
            if ui.selectable_label(own.tool == tool, words(name)).on_hover_text(tip).clicked() {
                own.tool = if own.tool == tool { Tool::Hand } else { tool };
            }
        }
        // The last one gives way where the row is narrow: Shift+drag over the whole map does the same.
        let room = ui
            .painter()
            .layout_no_wrap("In sight".into(), super::theme::sans(super::theme::size::CHROME), ctx.theme.ink)
            .size()
            .x;
        let tip = "Narrows everything to what happens in the part of the map in sight";
        if ui.available_width() > room + 2.0 * ui.spacing().button_padding.x
            && ui.selectable_label(false, words("In sight")).on_hover_text(tip).clicked()
        {
            draw::ask(ctx, draw::in_sight(camera));
        }
        if own.tool != Tool::Hand && ui.input(|input| input.key_pressed(Key::Escape)) {
            own.tool = Tool::Hand;
        }
    });
}

/// What a click on the map's own controls or on a cluster asks for.
struct Asked {
    camera: Camera,
    wish: Option<Wish>,
    opened: Option<[World; 2]>,
}

fn draw(ctx: &Ctx<'_>, own: &mut MapState, ui: &mut Ui, camera: &Camera) -> Asked {
    ui.set_clip_rect(ui.clip_rect().intersect(camera.rect));
    let painter = ui.painter().clone();
    own.ground.paint(&painter, camera, &ctx.theme.map);
    own.marks.update(ctx.view, ctx.stamp, camera.zoom);

    let hidden = own.capitals == Capitals::Hidden;
    let mut seen = paint::in_view(&own.marks.all, camera);
    seen.retain(|s| !hidden || s.mark.kind != PinKind::Capital);
    let mut taken = names::Taken::default();
    furniture::take_room(ctx, camera, &mut taken);
    let (captions, said) = paint::captions(&painter, ctx, camera, &seen, &mut taken);

    paint::countries(&painter, ctx, camera, &own.marks.all, &mut own.areas);
    paint::extents(&painter, ctx, camera, &seen);
    names::paint(&painter, camera, &ctx.theme.map, &mut taken, &said);
    if own.heat == Layer::On {
        layers::heat(&painter, ctx, &seen);
    }
    paint::ways(&painter, ctx, camera, if hidden { &[] } else { &own.marks.ways });
    own.trail.update(ctx);
    paint::marks(&painter, ctx, &seen);
    own.trail.paint(&painter, ctx, camera);
    paint::write(&painter, ctx, &captions);
    spot::paint(&painter, ctx, camera);
    draw::paint(ctx, ui, camera);
    let opened = paint::interact(ui, ctx, camera, &seen);
    let wish = furniture::show(ui, ctx, camera);
    Asked { camera: *camera, wish, opened }
}

/// Zoom by wheel, pinch, keys, buttons; flights; the limits of the world.
fn steer(ctx: &Ctx<'_>, own: &mut MapState, ui: &Ui, rect: egui::Rect, response: &egui::Response, asked: &Asked) {
    // What walkers made of this frame's drag, within the world.
    let center = own.memory.detached().unwrap_or_else(|| lon_lat(0.0, 20.0));
    let center = World::of(LonLat { lon: center.x(), lat: center.y() });
    let dragged = Camera { center, zoom: own.memory.zoom(), rect };
    let camera = dragged.kept_in_world();
    let now = ui.input(|i| i.time);

    let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(rect));
    if let Some(at) = pointer {
        let (wheel, pinch) = ui.input(|i| (f64::from(i.smooth_scroll_delta.y), f64::from(i.zoom_delta())));
        let steps = wheel / WHEEL + pinch.max(1e-3).log2();
        if steps.abs() > 1e-6 {
            ui.input_mut(|i| i.smooth_scroll_delta = egui::Vec2::ZERO);
            own.flight = None;
            own.untouched = None;
            own.look_at(camera.zoomed_at(at, steps));
            ui.ctx().request_repaint();
            return;
        }
    }

    let goal = if let Some(corners) = asked.opened {
        let fitted = camera.fitting(&corners);
        // A fit may be held back by its own limit; a cluster must open, at least by two steps.
        Some(if fitted.zoom > camera.zoom + 0.5 { fitted } else { opened_further(camera, corners) })
    } else if asked.wish == Some(Wish::ShowAll) {
        Some(camera.fitting(&pins(ctx)))
    } else {
        let steps = match asked.wish {
            Some(Wish::ZoomIn) => 1.0,
            Some(Wish::ZoomOut) => -1.0,
            _ => keys(ui),
        };
        let double = response.double_clicked().then(|| response.interact_pointer_pos()).flatten();
        match double {
            Some(at) => Some(camera.zoomed_at(at, 1.0)),
            None if steps != 0.0 => {
                let from = own.flight.as_ref().map_or(camera, |flight| flight.to);
                Some(Camera { rect, ..from }.zoomed_at(rect.center(), steps))
            }
            None => None,
        }
    };
    if let Some(to) = goal {
        own.untouched = None;
        own.flight = Some(Flight { from: asked.camera, to, start: now });
        ui.ctx().request_repaint();
    }

    if let Some(flight) = &own.flight {
        let part = if ctx.likes.motion == Motion::Reduced { 1.0 } else { ((now - flight.start) / FLIGHT).clamp(0.0, 1.0) };
        let at = flight.from.towards(Camera { rect, ..flight.to }, part);
        if part >= 1.0 {
            own.flight = None;
        }
        own.look_at(at);
        ui.ctx().request_repaint();
    } else if camera.differs_from(&dragged) {
        own.look_at(camera);
        ui.ctx().request_repaint();
    }
}

fn opened_further(camera: Camera, [low, high]: [World; 2]) -> Camera {
    let middle = World { x: f64::midpoint(low.x, high.x), y: f64::midpoint(low.y, high.y) };
    Camera { center: middle, zoom: camera.zoom + 2.0, rect: camera.rect }.kept_in_world()
}

/// Steps asked for with + and −, unless somebody is typing.
fn keys(ui: &Ui) -> f64 {
    if ui.memory(|m| m.focused().is_some()) && ui.ctx().egui_wants_keyboard_input() {
        return 0.0;
    }
    ui.input(|i| {
        i.events
            .iter()
            .map(|event| match event {
                Event::Key { key: Key::Plus | Key::Equals, pressed: true, modifiers, .. } if !modifiers.command => 1.0,
                Event::Key { key: Key::Minus, pressed: true, modifiers, .. } if !modifiers.command => -1.0,
                _ => 0.0,
            })
            .sum()
    })
}

/// Where the pins are that the filter leaves, or all where it leaves none.
fn pins(ctx: &Ctx<'_>) -> Vec<World> {
    let shown: Vec<World> = ctx.view.pins.iter().filter(|pin| pin.shown > 0).map(|pin| World::of(pin.point)).collect();
    if shown.is_empty() { ctx.view.pins.iter().map(|pin| World::of(pin.point)).collect() } else { shown }
}

/// Where what is picked is; venues and areas rather than capitals, when there are any.
fn picked(ctx: &Ctx<'_>) -> Vec<World> {
    let of = |keep: fn(PinKind) -> bool| -> Vec<World> {
        let lit = ctx.view.pins.iter().filter(|pin| ctx.picked.places.contains(&pin.place) && keep(pin.kind));
        let outline = |pin: &Pin| {
            let fact = ctx.facts().place(pin.place);
            let is_country = pin.kind == PinKind::Area && fact.kind == PlaceKind::Country;
            fact.country.as_deref().filter(|_| is_country).and_then(area::corners)
        };
        lit.flat_map(|pin| outline(pin).map_or_else(|| vec![World::of(pin.point)], |corners| corners.to_vec())).collect()
    };
    let venues = of(|kind| kind != PinKind::Capital);
    if venues.is_empty() { of(|_| true) } else { venues }
}

/// Flies to what another part of the window wished to see; the first time, it is simply there.
fn answer_fit(ctx: &Ctx<'_>, own: &mut MapState, rect: egui::Rect, ui: &Ui) {
    let answered = own.answered.replace(ctx.fit);
    if answered.is_none() || own.untouched.is_some_and(|size| size != rect.size()) {
        own.untouched = Some(rect.size());
        let world = Camera { center: World::of(LonLat { lon: 15.0, lat: 25.0 }), zoom: 0.0, rect }.kept_in_world();
        own.look_at(world.fitting(&pins(ctx)));
    }
    let Some(answered) = answered else { return };
    let looked_up = ctx.front.spot.as_ref().filter(|spot| spot.number != own.flown);
    let places = if let Some(spot) = looked_up {
        own.flown = spot.number;
        spot::around(spot.point).to_vec()
    } else if answered.selection != ctx.fit.selection {
        let picked = picked(ctx);
        if picked.is_empty() { pins(ctx) } else { picked }
    } else if answered.all != ctx.fit.all {
        pins(ctx)
    } else {
        return;
    };
    let center = own.memory.detached().unwrap_or_else(|| lon_lat(0.0, 20.0));
    let from = Camera { center: World::of(LonLat { lon: center.x(), lat: center.y() }), zoom: own.memory.zoom(), rect };
    own.flight = Some(Flight { from, to: from.fitting(&places), start: ui.input(|i| i.time) });
    ui.ctx().request_repaint();
}
