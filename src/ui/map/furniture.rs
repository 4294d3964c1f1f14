//! Scale bar, zoom buttons, coordinates, attribution, and the tray of places without coordinates.

use egui::{Align2, Button, Popup, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::camera::Camera;
use super::names::{Taken, haloed};
use crate::query::Thing;
use crate::ui::theme::sans;
use crate::ui::{Command, Ctx};

/// Side of a button, in points.
const SIDE: f32 = 28.0;
/// From the panel's edge.
const MARGIN: f32 = 10.0;

/// Width of the panel from which the legend stands between scale bar and fine print.
const LEGEND_FROM: f32 = 736.0;

/// Below this width of the panel, scale bar and fine print stand over each other.
const NARROW: f32 = 420.0;

/// What a button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    ZoomIn,
    ZoomOut,
    ShowAll,
}

const BUTTONS: [(Wish, &str); 3] = [(Wish::ZoomIn, "Zoom in"), (Wish::ZoomOut, "Zoom out"), (Wish::ShowAll, "Show all pins")];

fn place_of(camera: &Camera, n: usize) -> Rect {
    let corner = camera.rect.right_top() + vec2(-MARGIN - SIDE, MARGIN + n as f32 * (SIDE + 1.0));
    Rect::from_min_size(corner, Vec2::splat(SIDE))
}

/// Keeps names away from what is drawn here.
pub fn take_room(ctx: &Ctx<'_>, camera: &Camera, taken: &mut Taken) {
    for n in 0..BUTTONS.len() {
        taken.add(place_of(camera, n));
    }
    if !ctx.view.unlocated.is_empty() {
        taken.add(tray_place(camera));
    }
    let rect = camera.rect;
    let legend = if rect.width() < LEGEND_FROM || ctx.view.pins.is_empty() { 130.0 } else { 520.0 };
    taken.add(Rect::from_min_max(rect.left_bottom() - vec2(0.0, 34.0), rect.left_bottom() + vec2(legend, 0.0)));
    taken.add(Rect::from_min_max(rect.right_bottom() - vec2(200.0, 22.0), rect.right_bottom()));
}

/// Draws everything and answers clicks.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, camera: &Camera) -> Option<Wish> {
    scale_bar(ui, ctx, camera);
    legend(ui, ctx, camera);
    fine_print(ui, ctx, camera);
    tray(ui, ctx, camera);
    let mut wish = None;
    for (n, (meaning, name)) in BUTTONS.into_iter().enumerate() {
        let rect = place_of(camera, n);
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::click()).on_hover_text(name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        draw_button(ui, ctx, rect, meaning, &response);
        if response.clicked() {
            wish = Some(meaning);
        }
    }
    wish
}

fn draw_button(ui: &Ui, ctx: &Ctx<'_>, rect: Rect, meaning: Wish, response: &Response) {
    let (theme, painter) = (ctx.theme, ui.painter());
    let fill = if response.hovered() { theme.hover } else { theme.raised };
    painter.rect(rect, 5.0, fill, Stroke::new(1.0, theme.line), egui::StrokeKind::Inside);
    if response.has_focus() {
        painter.rect_stroke(rect, 5.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Outside);
    }
    let pen = Stroke::new(1.6, if response.hovered() { theme.ink } else { theme.ink_soft });
    let c = rect.center();
    match meaning {
        Wish::ZoomIn | Wish::ZoomOut => {
            painter.line_segment([c - vec2(5.0, 0.0), c + vec2(5.0, 0.0)], pen);
            if meaning == Wish::ZoomIn {
                painter.line_segment([c - vec2(0.0, 5.0), c + vec2(0.0, 5.0)], pen);
            }
        }
        Wish::ShowAll => {
            // Four corners of a frame, and what it holds.
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let corner = c + vec2(x * 6.5, y * 6.5);
                painter.line_segment([corner, corner - vec2(x * 4.0, 0.0)], pen);
                painter.line_segment([corner, corner - vec2(0.0, y * 4.0)], pen);
            }
            painter.circle_filled(c, 2.0, pen.color);
        }
    }
}

/// The longest round number of kilometres that is no longer than 110 points here.
fn scale_bar(ui: &Ui, ctx: &Ctx<'_>, camera: &Camera) {
    let (painter, ink) = (ui.painter(), &ctx.theme.map);
    let per_km = camera.center.per_km() * camera.scale();
    let longest = 110.0 / per_km;
    let power = 10f64.powf(longest.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|km| *km <= longest).unwrap_or(power);
    let width = (km * per_km) as f32;
    // In a narrow panel the fine print needs the whole of the lowest line.
    let up = if camera.rect.width() < NARROW { 18.0 } else { 0.0 };
    let left = camera.rect.left_bottom() + vec2(MARGIN, -MARGIN - 1.0 - up);
    let right = left + vec2(width, 0.0);
    for (color, pen) in [(ink.halo, 3.4), (ink.label_soft, 1.4)] {
        let stroke = Stroke::new(pen, color);
        painter.line_segment([left, right], stroke);
        painter.line_segment([left - vec2(0.0, 4.0), left], stroke);
        painter.line_segment([right - vec2(0.0, 4.0), right], stroke);
    }
    let text = if km >= 1.0 { format!("{km} km") } else { format!("{} m", (km * 1000.0).round()) };
    let galley = painter.layout_no_wrap(text, sans(10.5), ink.label_soft);
    let at = pos2(left.x + 4.0, left.y - 5.0 - galley.size().y);
    haloed(painter, at, &galley, ink.halo, ink.label_soft);
}

/// What the marks mean, where there is room to say so.
fn legend(ui: &Ui, ctx: &Ctx<'_>, camera: &Camera) {
    if camera.rect.width() < LEGEND_FROM || ctx.view.pins.is_empty() {
        return;
    }
    let (painter, ink) = (ui.painter(), &ctx.theme.map);
    let mut at = camera.rect.left_bottom() + vec2(150.0, -16.0);
    for (n, text) in ["event here", "government takes part", "government speaks"].into_iter().enumerate() {
        if n == 0 {
            painter.circle_filled(at, 4.0, ink.venue);
        } else {
            super::paint::diamond(painter, at, 5.0, ink.capital);
            if n == 2 {
                super::paint::diamond(painter, at, 3.2, ink.capital_fill);
            }
        }
        let galley = painter.layout_no_wrap(text.to_owned(), sans(10.5), ink.label_soft);
        let width = galley.size().x;
        haloed(painter, at + vec2(9.0, -galley.size().y / 2.0), &galley, ink.halo, ink.label_soft);
        at.x += 9.0 + width + 16.0;
    }
}

/// Sources, and where the pointer is.
fn fine_print(ui: &Ui, ctx: &Ctx<'_>, camera: &Camera) {
    let (painter, ink) = (ui.painter(), &ctx.theme.map);
    let wide = camera.rect.width() >= NARROW;
    let over = ui.input(|i| i.pointer.hover_pos()).filter(|at| wide && camera.rect.contains(*at));
    let mut text = "Natural Earth · GeoNames".to_owned();
    if let Some(at) = over {
        let place = camera.world(at).lonlat();
        // As many digits as the scale can tell apart.
        let digits = if camera.zoom < 5.0 {
            1
        } else if camera.zoom < 9.0 {
            2
        } else {
            3
        };
        let (north, east) = (if place.lat < 0.0 { 'S' } else { 'N' }, if place.lon < 0.0 { 'W' } else { 'E' });
        text = format!("{:.digits$}° {north} {:.digits$}° {east} · {text}", place.lat.abs(), place.lon.abs());
    }
    let galley = painter.layout_no_wrap(text, sans(10.0), ink.label_soft);
    let rect = Align2::RIGHT_BOTTOM.anchor_size(camera.rect.right_bottom() - vec2(8.0, 5.0), galley.size());
    haloed(painter, rect.min, &galley, ink.halo, ink.label_soft);
}

fn tray_place(camera: &Camera) -> Rect {
    Rect::from_min_size(camera.rect.left_top() + vec2(MARGIN, MARGIN), vec2(136.0, 24.0))
}

/// "2 places without coordinates": a button that lists them.
fn tray(ui: &mut Ui, ctx: &Ctx<'_>, camera: &Camera) {
    let count = ctx.view.unlocated.len();
    if count == 0 {
        return;
    }
    let label = if count == 1 { "1 place not located".to_owned() } else { format!("{count} places not located") };
    let rect = tray_place(camera);
    let text = egui::RichText::new(label).font(sans(11.5)).color(ctx.theme.ink_soft);
    let button = Button::new(text).fill(ctx.theme.raised).stroke(Stroke::new(1.0, ctx.theme.line)).corner_radius(5.0);
    let response = ui.put(rect, button);
    Popup::menu(&response).show(|ui| {
        ui.set_max_width(260.0);
        egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
            for no in ctx.view.unlocated.iter().take(200) {
                let fact = ctx.facts().place(*no);
                let thing = Thing::Place(fact.id.clone());
                let row = ui.button(&fact.name);
                if row.hovered() {
                    ctx.hover(thing.clone());
                }
                if row.clicked() {
                    ctx.send(Command::PickAndFilter(thing));
                }
            }
        });
    });
}
