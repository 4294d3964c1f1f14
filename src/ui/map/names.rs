//! Camera + table of names → names on the map: the important first, each with room around it, none cut.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Vec2, vec2};

use super::camera::{Camera, World};
use crate::model::LonLat;
use crate::ui::theme::{MapInks, sans};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Country,
    Capital,
    City,
    Region,
    Sea,
}

/// A row of the table.
struct Name {
    kind: Kind,
    text: &'static str,
    at: World,
    /// Map zoom from which it may be written.
    zoom: f64,
    iso: &'static str,
}

/// All names; more important ones first. Made by `dateline-assets basemap`.
static NAMES: LazyLock<Vec<Name>> =
    LazyLock::new(|| include_str!("../../../assets/basemap/labels.tsv").lines().filter_map(parsed).collect());

static COUNTRIES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| NAMES.iter().filter(|n| n.kind == Kind::Country).map(|n| (n.iso, n.text)).collect());

fn parsed(line: &'static str) -> Option<Name> {
    let mut cells = line.split('\t');
    let kind = match cells.next()? {
        "country" => Kind::Country,
        "capital" => Kind::Capital,
        "city" => Kind::City,
        "region" => Kind::Region,
        "sea" => Kind::Sea,
        _ => return None,
    };
    let text = cells.next()?;
    let (lon, lat) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let zoom: f64 = cells.next()?.parse().ok()?;
    let iso = cells.next().unwrap_or_default();
    // Looked at: towns half a step later than the table's thinning would allow leaves the news room.
    let zoom = if matches!(kind, Kind::City | Kind::Capital) { zoom + 0.6 } else { zoom };
    Some(Name { kind, text, at: World::of(LonLat::new(lon, lat)?), zoom, iso })
}

/// The English name of a country by its ISO 3166-1 alpha-2 code.
pub fn country(iso: &str) -> Option<&'static str> {
    COUNTRIES.get(iso).copied()
}

/// Places on the screen that are taken.
#[derive(Default)]
pub struct Taken(Vec<Rect>);

impl Taken {
    pub fn add(&mut self, rect: Rect) {
        self.0.push(rect);
    }

    pub fn is_free(&self, rect: Rect) -> bool {
        !self.0.iter().any(|taken| taken.intersects(rect))
    }
}

/// At most so many names at once: a page of newsprint, not a gazetteer.
const MOST: usize = 110;

/// Writes the names of the basemap where nothing else stands. `own` are the names already written beside marks.
pub fn paint(painter: &Painter, camera: &Camera, ink: &MapInks, taken: &mut Taken, own: &[(String, Pos2)]) {
    let inside = camera.rect.shrink(3.0);
    let mut count = 0;
    for name in NAMES.iter().filter(|n| n.zoom <= camera.zoom) {
        // A large country's name leaves when its regions speak; a sea's when one is inside it.
        let latest = match name.kind {
            Kind::Country => name.zoom + 4.6,
            Kind::Sea => name.zoom + 4.4,
            Kind::Region => name.zoom + 3.5,
            Kind::City | Kind::Capital => 99.0,
        };
        if camera.zoom > latest {
            continue;
        }
        let nearest = camera.screen(name.at);
        for shift in camera.copies(nearest, 0.0) {
            let at = nearest + shift;
            let is_said = own.iter().any(|(text, near)| near.distance(at) < 40.0 && text.eq_ignore_ascii_case(name.text));
            if is_said {
                continue;
            }
            if write(painter, name, at, inside, ink, taken, camera.zoom) {
                count += 1;
            }
        }
        if count >= MOST {
            break;
        }
    }
}

fn write(painter: &Painter, name: &Name, at: Pos2, inside: Rect, ink: &MapInks, taken: &mut Taken, zoom: f64) -> bool {
    let grown = ((zoom - name.zoom) as f32).clamp(0.0, 3.0);
    match name.kind {
        Kind::Country => {
            let style = Style { size: 10.5 + grown * 0.9, spacing: 1.2 + grown * 0.5, color: ink.label };
            let galley = style.laid_out(painter, &name.text.to_uppercase());
            centered(painter, &galley, at, inside, ink, taken)
        }
        Kind::Region => {
            let style = Style { size: 10.0 + grown * 0.4, spacing: 0.6, color: ink.label_soft };
            centered(painter, &style.laid_out(painter, name.text), at, inside, ink, taken)
        }
        Kind::Sea => {
            let style = Style { size: 10.5 + grown * 0.8, spacing: 1.4, color: ink.label_water };
            centered(painter, &style.laid_out(painter, name.text), at, inside, ink, taken)
        }
        Kind::City | Kind::Capital => {
            let is_capital = name.kind == Kind::Capital;
            let size = if is_capital { 11.5 } else { 10.5 } + grown * 0.5;
            let color = if is_capital { ink.label } else { ink.label_soft };
            let galley = Style { size, spacing: 0.0, color }.laid_out(painter, name.text);
            let dot = if is_capital { 2.4 } else { 1.8 };
            let dot_rect = Rect::from_center_size(at, Vec2::splat(dot * 2.0 + 1.0));
            if !inside.contains_rect(dot_rect) || !taken.is_free(dot_rect) {
                return false;
            }
            let Some(rect) = beside(at, dot + 3.0, galley.size(), inside, taken) else { return false };
            taken.add(rect);
            taken.add(dot_rect);
            painter.circle_filled(at, dot + 1.0, ink.halo);
            painter.circle_filled(at, dot, color);
            haloed(painter, rect.min, &galley, ink.halo, color);
            true
        }
    }
}

struct Style {
    /// Points.
    size: f32,
    spacing: f32,
    color: Color32,
}

impl Style {
    fn laid_out(&self, painter: &Painter, text: &str) -> Arc<Galley> {
        let format = TextFormat {
            font_id: sans((self.size * 2.0).round() / 2.0),
            extra_letter_spacing: self.spacing,
            color: self.color,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.halign = egui::Align::LEFT;
        painter.layout_job(job)
    }
}

fn centered(painter: &Painter, galley: &Arc<Galley>, at: Pos2, inside: Rect, ink: &MapInks, taken: &mut Taken) -> bool {
    let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
    if !inside.contains_rect(rect) || !taken.is_free(rect.expand2(vec2(4.0, 1.0))) {
        return false;
    }
    taken.add(rect);
    let color = galley.job.sections.first().map_or(ink.label, |s| s.format.color);
    haloed(painter, rect.min, galley, ink.halo, color);
    true
}

/// A free place for a name beside a mark: right, left, above, below.
pub fn beside(at: Pos2, gap: f32, size: Vec2, inside: Rect, taken: &Taken) -> Option<Rect> {
    let places = [
        Align2::LEFT_CENTER.anchor_size(at + vec2(gap, 0.0), size),
        Align2::RIGHT_CENTER.anchor_size(at - vec2(gap, 0.0), size),
        Align2::CENTER_BOTTOM.anchor_size(at - vec2(0.0, gap - 1.0), size),
        Align2::CENTER_TOP.anchor_size(at + vec2(0.0, gap - 1.0), size),
    ];
    places.into_iter().find(|rect| inside.contains_rect(*rect) && taken.is_free(rect.expand2(vec2(2.0, 0.0))))
}

/// A name with a soft edge in the colour of the ground, so that lines do not run through its letters.
pub fn haloed(painter: &Painter, at: Pos2, galley: &Arc<Galley>, halo: Color32, color: Color32) {
    for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (-1.4, 0.0), (1.4, 0.0), (0.0, -1.4), (0.0, 1.4)] {
        painter.galley_with_override_text_color(at + vec2(dx, dy), Arc::clone(galley), halo);
    }
    painter.galley_with_override_text_color(at, Arc::clone(galley), color);
}
