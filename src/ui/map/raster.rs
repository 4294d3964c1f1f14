//! Archive + tile + size + ink → pixels. Pure: no thread, no texture.

use egui::Color32;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, Pixmap, Stroke, StrokeDash, Transform};

use super::archive::{Archive, TileId};
use super::tile::{EXTENT, Layer, layers};
use crate::ui::theme::MapInks;

/// Width of a tile in points at its own zoom.
pub const TILE_POINTS: f32 = 512.0;

/// How a tile is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Pixels along each side.
    pub size: u32,
    /// Pixels per point, which line widths are given in.
    pub density: f32,
    pub ink: MapInks,
}

/// Square image, rows from the north, 4 bytes a pixel (RGBA, opaque). Deeper tiles than the archive has are drawn
/// from their ancestor.
pub fn render(archive: &Archive<'_>, id: TileId, look: Look) -> Vec<u8> {
    let size = look.size.clamp(1, 4096);
    let Some(mut pixels) = Pixmap::new(size, size) else { return Vec::new() };
    pixels.fill(color(look.ink.water));
    let deeper = id.zoom.saturating_sub(archive.deepest).min(31);
    let source = TileId { zoom: id.zoom - deeper, x: id.x >> deeper, y: id.y >> deeper };
    if let Some(bytes) = archive.tile(source) {
        let parts = (1u32 << deeper) as f32;
        let scale = size as f32 / EXTENT * parts;
        let mask = (1u32 << deeper) - 1;
        let place = Transform::from_scale(scale, scale)
            .post_translate(-((id.x & mask) as f32) * size as f32, -((id.y & mask) as f32) * size as f32);
        // Zoom as seen, on the scale of tiles: grows with magnification between the steps.
        let zoom = f32::from(id.zoom) + (size as f32 / (TILE_POINTS * look.density)).log2();
        for (layer, path) in layers(&bytes) {
            let Some(path) = path.transform(place) else { continue };
            draw(&mut pixels, layer, &path, zoom, look);
        }
    }
    pixels.take()
}

fn draw(pixels: &mut Pixmap, layer: Layer, path: &Path, zoom: f32, look: Look) {
    let ink = look.ink;
    // Widths in points, looked at on paper-white and slate at zooms 1, 4 and 7; between them they grow evenly.
    let grown = |far: f32, near: f32| far + (near - far) * ((zoom - 0.5) / 6.0).clamp(0.0, 1.3);
    match layer {
        Layer::Land => fill(pixels, path, ink.land),
        Layer::Ice => fill(pixels, path, ink.ice),
        Layer::Urban => fill(pixels, path, ink.urban),
        Layer::Lake => {
            fill(pixels, path, ink.lake);
            stroke(pixels, path, ink.coast, grown(0.3, 0.8), None, look.density);
        }
        Layer::River => stroke(pixels, path, ink.river, grown(0.4, 1.5), None, look.density),
        Layer::Admin1 => stroke(pixels, path, ink.admin1, grown(0.5, 1.0), Some([3.0, 2.0]), look.density),
        Layer::Coast => stroke(pixels, path, ink.coast, grown(0.4, 1.0), None, look.density),
        Layer::Border => stroke(pixels, path, ink.border, grown(0.5, 1.5), None, look.density),
        Layer::Disputed => stroke(pixels, path, ink.disputed, grown(0.6, 1.4), Some([4.0, 3.0]), look.density),
    }
}

fn color(ink: Color32) -> Color {
    Color::from_rgba8(ink.r(), ink.g(), ink.b(), ink.a())
}

fn paint(ink: Color32) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(ink));
    paint.anti_alias = true;
    paint
}

fn fill(pixels: &mut Pixmap, path: &Path, ink: Color32) {
    // Even-odd: rings of all polygons stand in one path, holes inside their outer ring.
    pixels.fill_path(path, &paint(ink), FillRule::EvenOdd, Transform::identity(), None);
}

fn stroke(pixels: &mut Pixmap, path: &Path, ink: Color32, points: f32, dash: Option<[f32; 2]>, density: f32) {
    let stroke = Stroke {
        width: points * density,
        line_cap: if dash.is_some() { LineCap::Butt } else { LineCap::Round },
        line_join: LineJoin::Round,
        dash: dash.and_then(|[on, off]| StrokeDash::new(vec![on * density, off * density], 0.0)),
        ..Stroke::default()
    };
    pixels.stroke_path(path, &paint(ink), &stroke, Transform::identity(), None);
}
