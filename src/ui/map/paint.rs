//! Marks + camera → shapes, places to point at, and the words a pointer or a screen reader is given.

use std::collections::HashMap;
use std::fmt::Write;

use egui::{Id, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::area::{Area, is_outlined};
use super::camera::{Camera, World};
use super::marks::{Mark, Way, disc_radius};
use super::names::{Taken, beside, country, haloed};
use crate::model::{PlaceFact, PlaceKind, PlaceNo};
use crate::query::{PinKind, Thing};
use crate::ui::theme::{Theme, medium, sans};
use crate::ui::{Command, Ctx};

/// A mark where it is drawn. Invariant: `at` is inside the panel or less than its reach outside.
pub struct Seen<'a> {
    pub mark: &'a Mark,
    pub at: Pos2,
    /// Points from the centre to its edge.
    pub radius: f32,
    /// Which copy of the world: 0 is the one that has a name for screen readers.
    copy: usize,
}

/// At most so many marks are drawn; those with the fewest events go first.
const MOST: usize = 2_000;

/// Marks in view, in the order of drawing.
pub fn in_view<'a>(marks: &'a [Mark], camera: &Camera) -> Vec<Seen<'a>> {
    let mut seen = Vec::new();
    for mark in marks {
        let radius = match mark.kind {
            PinKind::Venue => disc_radius(mark.shown),
            PinKind::Capital if mark.places.len() > 1 => 9.0,
            PinKind::Capital if mark.shown == 0 => 4.5,
            PinKind::Capital => 6.5,
            PinKind::Area => circle_points(mark, camera).max(12.0),
        };
        let nearest = camera.screen(mark.at);
        for (copy, shift) in camera.copies(nearest, radius).enumerate() {
            seen.push(Seen { mark, at: nearest + shift, radius, copy });
        }
    }
    if seen.len() > MOST {
        let mut counts: Vec<u32> = seen.iter().map(|s| s.mark.shown).collect();
        counts.sort_unstable();
        let least = counts[counts.len() - MOST];
        seen.retain(|s| s.mark.shown > least);
    }
    step_aside(&mut seen);
    seen
}

/// Points of the circle that holds the place.
fn circle_points(mark: &Mark, camera: &Camera) -> f32 {
    (f64::from(mark.radius_km.clamp(0.0, 6_000.0)) * mark.at.per_km() * camera.scale()) as f32
}

/// A capital where a venue is too stands up and right of the disc, so that both are seen and can be pointed at.
fn step_aside(seen: &mut [Seen<'_>]) {
    let venues: Vec<(Pos2, f32)> =
        seen.iter().filter(|s| s.mark.kind == PinKind::Venue && s.mark.shown > 0).map(|s| (s.at, s.radius)).collect();
    // With more, nobody sees which one made way.
    if venues.len() > 400 {
        return;
    }
    let mut placed: Vec<Pos2> = Vec::new();
    for capital in seen.iter_mut().filter(|s| s.mark.kind == PinKind::Capital) {
        let hidden = venues.iter().find(|(at, radius)| at.distance(capital.at) < radius + capital.radius * 0.6);
        if let Some((at, radius)) = hidden {
            // Several round one disc stand beside each other, from north-east both ways.
            let spots = [45.0, 80.0, 10.0, 115.0, -25.0, 150.0, -60.0, 185.0f32].map(|degrees| {
                let (sin, cos) = degrees.to_radians().sin_cos();
                *at + vec2(cos, -sin) * (radius + capital.radius + 1.0)
            });
            let is_free = |spot: &Pos2| placed.iter().all(|other| other.distance(*spot) > 12.0);
            capital.at = spots.into_iter().find(is_free).unwrap_or(spots[0]);
            placed.push(capital.at);
        }
    }
}

/// Lines from capitals to venues, soft; those of what is lit come forward.
pub fn ways(painter: &Painter, ctx: &Ctx<'_>, camera: &Camera, ways: &[Way]) {
    let theme = ctx.theme;
    let is_core = |no: PlaceNo, light: &crate::query::Light| light.is_core(&Thing::Place(ctx.facts().place(no).id.clone()));
    let is_quiet = ctx.picked.is_dark() && ctx.hovered.is_dark();
    for way in ways {
        let lit = |light: &crate::query::Light| is_core(way.capital, light) || is_core(way.venue, light);
        let (color, width) = if !is_quiet && lit(ctx.hovered) {
            (theme.glow, 2.0)
        } else if !is_quiet && lit(ctx.picked) {
            (theme.accent, 1.8)
        } else {
            (Theme::faded(theme.map.tie, if is_quiet { 0.75 } else { 0.4 }), 1.2)
        };
        // Several events make a line a little stronger, never a rope.
        let width = width + (way.shown as f32).ln().min(3.0) * 0.25;
        let Some(first) = way.line.first() else { continue };
        let start = camera.screen(*first);
        let scale = camera.scale();
        let points: Vec<Pos2> = way
            .line
            .iter()
            .map(|p| pos2(start.x + ((p.x - first.x) * scale) as f32, start.y + ((p.y - first.y) * scale) as f32))
            .collect();
        let bounds = Rect::from_points(&points);
        for shift in [0.0, -1.0, 1.0].map(|n| vec2(n * scale as f32, 0.0)) {
            if camera.rect.intersects(bounds.translate(shift)) {
                let line = points.iter().map(|p| *p + shift).collect();
                painter.add(Shape::line(line, Stroke::new(width, color)));
            }
        }
    }
}

/// At most so many countries are filled; a map of everything says nothing.
const MOST_AREAS: usize = 24;

/// Soft fills of countries, by their outline.
pub fn countries(painter: &Painter, ctx: &Ctx<'_>, camera: &Camera, marks: &[Mark], known: &mut HashMap<String, Option<Area>>) {
    let ink = &ctx.theme.map;
    let areas = marks.iter().filter(|mark| mark.kind == PinKind::Area);
    // The sort of marks puts the most events last.
    for mark in areas.rev().take(MOST_AREAS) {
        let Some(iso) = outlined(ctx, mark) else { continue };
        let area = known.entry(iso.to_owned()).or_insert_with(|| Area::of(iso));
        let Some(area) = area else { continue };
        let thing = Thing::Place(first(ctx, mark).id.clone());
        let (fill, edge) = if ctx.hovered.is_core(&thing) {
            (Theme::faded(ctx.theme.glow, 0.16), Some(Stroke::new(1.2, ctx.theme.glow)))
        } else if ctx.picked.is_core(&thing) {
            (Theme::faded(ctx.theme.accent, 0.12), Some(Stroke::new(1.2, ctx.theme.accent)))
        } else {
            (Theme::faded(ink.area, if mark.shown == 0 { 0.35 } else { 0.8 }), None)
        };
        area.paint(painter, camera, fill, edge);
    }
}

/// The code of the country whose outline stands for the mark.
fn outlined<'a>(ctx: &Ctx<'a>, mark: &Mark) -> Option<&'a str> {
    let fact = first(ctx, mark);
    let iso = fact.country.as_deref().filter(|iso| is_outlined(iso))?;
    (mark.kind == PinKind::Area && fact.kind == PlaceKind::Country).then_some(iso)
}

/// Circles of areas without an outline, and rings around places that are not known to the street.
pub fn extents(painter: &Painter, ctx: &Ctx<'_>, camera: &Camera, seen: &[Seen<'_>]) {
    let ink = &ctx.theme.map;
    for s in seen {
        match s.mark.kind {
            PinKind::Area if outlined(ctx, s.mark).is_some() => {}
            PinKind::Area => {
                let strength = if s.mark.shown > 0 { 1.0 } else { 0.4 };
                // A continent is no darker to the eye than a province: the wider, the fainter.
                let strength = strength * (44.0 / s.radius).clamp(0.3, 1.0);
                painter.circle(
                    s.at,
                    s.radius,
                    Theme::faded(ink.area, strength),
                    Stroke::new(1.0, Theme::faded(ink.area_edge, strength * 0.7)),
                );
            }
            PinKind::Venue if s.mark.places.len() == 1 && s.mark.shown > 0 => {
                let ring = circle_points(s.mark, camera);
                // Closer to the disc it would look like its edge; wider than the panel it says nothing.
                if ring > s.radius + 7.0 && ring < camera.rect.width() {
                    painter.circle_stroke(s.at, ring, Stroke::new(1.0, ink.uncertain));
                }
            }
            PinKind::Venue | PinKind::Capital => {}
        }
    }
}

/// Draws the marks themselves.
pub fn marks(painter: &Painter, ctx: &Ctx<'_>, seen: &[Seen<'_>]) {
    let (theme, ink) = (ctx.theme, &ctx.theme.map);
    for s in seen {
        let is_shown = s.mark.shown > 0;
        match s.mark.kind {
            PinKind::Venue => {
                if is_shown {
                    if s.mark.places.len() > 1 {
                        // A second rim: more than one place is under it.
                        painter.circle_filled(s.at, s.radius + 4.0, Theme::faded(ink.venue, 0.28));
                    }
                    painter.circle_filled(s.at, s.radius + 1.5, ink.venue_ring);
                    painter.circle_filled(s.at, s.radius, ink.venue);
                } else {
                    painter.circle_filled(s.at, s.radius, ink.faint);
                }
                if s.radius >= 7.5 {
                    count(painter, s, ink.venue_text);
                }
            }
            PinKind::Capital => {
                let color = if is_shown { ink.capital } else { ink.faint };
                if is_shown {
                    diamond(painter, s.at, s.radius + 1.6, ink.venue_ring);
                }
                diamond(painter, s.at, s.radius, color);
                if s.mark.places.len() > 1 {
                    let galley = painter.layout_no_wrap(s.mark.places.len().to_string(), medium(9.5), ink.capital_fill);
                    painter.galley(s.at - galley.size() / 2.0, galley, ink.capital_fill);
                } else if !s.mark.acts {
                    diamond(painter, s.at, s.radius - 1.8, ink.capital_fill);
                }
            }
            PinKind::Area => {
                let color = if is_shown { ink.venue } else { ink.faint };
                painter.circle_filled(s.at, 4.5, ink.venue_ring);
                painter.circle_stroke(s.at, 3.6, Stroke::new(1.6, color));
            }
        }
        let rim = rim(s);
        if s.mark.places.iter().any(|no| ctx.picked.is_core(&Thing::Place(ctx.facts().place(*no).id.clone()))) {
            painter.circle_stroke(s.at, rim + 2.5, Stroke::new(2.4, theme.accent));
        } else if s.mark.places.iter().any(|no| ctx.picked.places.contains(no)) {
            painter.circle_stroke(s.at, rim + 2.0, Stroke::new(1.2, theme.accent));
        }
        if s.mark.places.iter().any(|no| ctx.hovered.places.contains(no)) {
            painter.circle_stroke(s.at, rim + 4.5, Stroke::new(2.0, theme.glow));
        }
    }
}

/// Where rings around a mark begin: an area has them at its hub.
fn rim(s: &Seen<'_>) -> f32 {
    if s.mark.kind == PinKind::Area { 5.0 } else { s.radius + 1.0 }
}

fn count(painter: &Painter, s: &Seen<'_>, color: egui::Color32) {
    let text = if s.mark.shown < 1_000 { s.mark.shown.to_string() } else { format!("{}k", s.mark.shown / 1_000) };
    let size = if s.radius < 9.0 {
        10.0
    } else if s.radius < 13.0 {
        11.5
    } else {
        13.0
    };
    let galley = painter.layout_no_wrap(text, medium(size), color);
    painter.galley(s.at - galley.size() / 2.0, galley, color);
}

pub fn diamond(painter: &Painter, at: Pos2, radius: f32, color: egui::Color32) {
    let corners = [vec2(0.0, -radius), vec2(radius, 0.0), vec2(0.0, radius), vec2(-radius, 0.0)];
    painter.add(Shape::convex_polygon(corners.map(|c| at + c).to_vec(), color, Stroke::NONE));
}

/// A name beside a mark, found a place and not yet written.
pub struct Caption {
    galley: std::sync::Arc<egui::Galley>,
    at: Pos2,
    color: egui::Color32,
}

/// Finds places for the marks' own names, most events first; takes the room of all marks.
pub fn captions(
    painter: &Painter,
    ctx: &Ctx<'_>,
    camera: &Camera,
    seen: &[Seen<'_>],
    taken: &mut Taken,
) -> (Vec<Caption>, Vec<(String, Pos2)>) {
    let ink = &ctx.theme.map;
    let inside = camera.rect.shrink(3.0);
    for s in seen {
        taken.add(Rect::from_center_size(s.at, Vec2::splat(rim(s) * 2.0)));
    }
    let (mut captions, mut own) = (Vec::new(), Vec::new());
    let mut order: Vec<&Seen<'_>> = seen.iter().filter(|s| s.mark.shown > 0).collect();
    order.sort_by_key(|s| (s.mark.kind == PinKind::Capital, std::cmp::Reverse(s.mark.shown)));
    // A page full of names is a list, and the lists are beside the map.
    for s in order.into_iter().take(80) {
        let fact = first(ctx, s.mark);
        let (text, font, color) = match s.mark.kind {
            PinKind::Capital if s.mark.places.len() > 1 => (codes(ctx, s.mark), medium(10.5), ink.capital),
            PinKind::Capital => (fact.country.clone().unwrap_or_else(|| fact.name.clone()), medium(10.5), ink.capital),
            PinKind::Venue | PinKind::Area if s.mark.places.len() > 1 => {
                (format!("{} +{}", fact.name, s.mark.places.len() - 1), medium(12.5), ink.label)
            }
            PinKind::Venue | PinKind::Area => (fact.name.clone(), medium(12.5), ink.label),
        };
        let galley = painter.layout_no_wrap(crate::ui::visual(&text).into_owned(), font, color);
        if let Some(rect) = beside(s.at, rim(s) + 4.0, galley.size(), inside, taken) {
            taken.add(rect);
            captions.push(Caption { galley, at: rect.min, color });
            own.push((fact.name.clone(), s.at));
        }
    }
    (captions, own)
}

/// "FR GB +2": the countries of a cluster of capitals.
fn codes(ctx: &Ctx<'_>, mark: &Mark) -> String {
    let code = |no: &PlaceNo| ctx.facts().place(*no).country.clone();
    let mut text = mark.places.iter().filter_map(code).take(3).collect::<Vec<_>>().join(" ");
    if mark.places.len() > 3 {
        let _ = write!(text, " +{}", mark.places.len() - 3);
    }
    text
}

pub fn write(painter: &Painter, ctx: &Ctx<'_>, captions: &[Caption]) {
    for c in captions {
        haloed(painter, c.at, &c.galley, ctx.theme.map.halo, c.color);
    }
}

fn first<'a>(ctx: &Ctx<'a>, mark: &Mark) -> &'a PlaceFact {
    ctx.facts().place(mark.places[0])
}

fn events(n: u32) -> String {
    if n == 1 { "1 event".into() } else { format!("{n} events") }
}

/// "Paris, venue, 5 events": what a screen reader says.
pub fn spoken(ctx: &Ctx<'_>, mark: &Mark) -> String {
    let fact = first(ctx, mark);
    let count = if mark.shown == mark.total { events(mark.shown) } else { format!("{} of {}", mark.shown, events(mark.total)) };
    let kind = match mark.kind {
        PinKind::Venue => "venue",
        PinKind::Capital => "capital",
        PinKind::Area => "area",
    };
    match mark.places.len() {
        1 => format!("{}, {kind}, {count}", fact.name),
        n => format!("{} and {} more {kind}s, {count}", fact.name, n - 1),
    }
}

/// Lets marks be pointed at and clicked; returns where to fly when a cluster was opened.
pub fn interact(ui: &Ui, ctx: &Ctx<'_>, camera: &Camera, seen: &[Seen<'_>]) -> Option<[World; 2]> {
    let mut opened = None;
    for s in seen {
        let reach = rim(s).max(9.0);
        let rect = Rect::from_center_size(s.at, Vec2::splat(reach * 2.0)).intersect(camera.rect);
        if !rect.is_positive() {
            continue;
        }
        let fact = first(ctx, s.mark);
        let id = ui.scope_id().with(("mark", &fact.id.0, s.mark.kind, s.copy));
        let response = ui.interact(rect, id, Sense::click());
        if s.copy == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken(ctx, s.mark)));
        }
        answer(ui, ctx, camera, s, &response, &mut opened, id);
    }
    opened
}

fn answer(ui: &Ui, ctx: &Ctx<'_>, camera: &Camera, s: &Seen<'_>, response: &Response, opened: &mut Option<[World; 2]>, id: Id) {
    let fact = first(ctx, s.mark);
    let thing = Thing::Place(fact.id.clone());
    if response.has_focus() {
        ui.painter().circle_stroke(s.at, rim(s) + 4.5, Stroke::new(2.0, ctx.theme.accent));
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        if s.mark.places.len() == 1 {
            ctx.hover(thing.clone());
        }
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, s.at + vec2(0.0, rim(s)))
            .show(|ui| card(ui, ctx, s.mark));
    }
    if s.mark.places.len() == 1 {
        crate::ui::corrections::place_menu(ctx, response, s.mark.places[0]);
    }
    if response.clicked() {
        let [low, high] = s.mark.corners;
        let deepest = Camera { zoom: super::camera::DEEPEST, ..*camera };
        let is_apart = ((high.x - low.x).hypot(high.y - low.y)) * deepest.scale() > 24.0;
        if s.mark.places.len() > 1 && is_apart {
            *opened = Some(s.mark.corners);
        } else if s.mark.places.len() > 1 {
            // One spot on any map: all that is there, to choose from in the lists.
            ctx.send(Command::PickAll(s.mark.places.iter().map(|no| Thing::Place(ctx.facts().place(*no).id.clone())).collect()));
        } else if ui.input(|i| i.modifiers.command) {
            ctx.send(Command::ToggleFilter(thing));
        } else {
            ctx.send(Command::PickAndFilter(thing));
        }
    }
}

/// What a pointer is told: name, what it is, how much happened, and the first things that did.
fn card(ui: &mut Ui, ctx: &Ctx<'_>, mark: &Mark) {
    let theme = ctx.theme;
    let line = |ui: &mut Ui, text: String, font, color| {
        ui.label(egui::RichText::new(text).font(font).color(color));
    };
    ui.set_max_width(290.0);
    ui.spacing_mut().item_spacing.y = 3.0;
    let count = if mark.shown == mark.total { events(mark.shown) } else { format!("{} of {}", mark.shown, events(mark.total)) };
    if mark.places.len() > 1 {
        let kind = if mark.kind == PinKind::Capital { "capitals" } else { "venues" };
        line(ui, format!("{} {kind} · {count}", mark.places.len()), medium(13.0), theme.ink);
        for no in mark.places.iter().take(8) {
            line(ui, ctx.facts().place(*no).name.clone(), sans(12.0), theme.ink_soft);
        }
        if mark.places.len() > 8 {
            line(ui, format!("and {} more", mark.places.len() - 8), sans(12.0), theme.ink_faint);
        }
        line(ui, "Click to zoom in".into(), sans(11.0), theme.ink_faint);
        return;
    }
    let fact = first(ctx, mark);
    let land = fact.country.as_deref().and_then(country).unwrap_or_default();
    line(ui, fact.name.clone(), medium(14.0), theme.ink);
    let what = match mark.kind {
        PinKind::Venue => "Venue",
        PinKind::Capital if mark.acts => "Capital, takes part",
        PinKind::Capital => "Capital, only speaks",
        PinKind::Area => "Area",
    };
    let place = if land.is_empty() || land == fact.name { what.to_owned() } else { format!("{what} · {land}") };
    line(ui, place, sans(12.0), theme.ink_soft);
    let sources =
        ctx.view.pins.iter().find(|pin| pin.place == mark.places[0] && pin.kind == mark.kind).map_or(0, |pin| pin.sources);
    let behind = if sources > 1 { format!(" · {sources} independent sources") } else { String::new() };
    line(ui, format!("{count}{behind}"), sans(12.0), theme.ink_soft);
    if let Some(contested) = &fact.contested {
        line(ui, contested.clone(), sans(11.5), theme.warning);
    }
    if ctx.hovered.is_core(&Thing::Place(fact.id.clone())) {
        for no in ctx.hovered.events.iter().filter(|no| ctx.view.shows(**no)).take(3) {
            line(ui, format!("– {}", ctx.facts().told(*no).summary), sans(12.0), theme.ink);
        }
    }
}
