//! Camera → the basemap under everything: tiles drawn in the background, kept as textures, never a blank or a seam.

use std::collections::HashMap;
use std::sync::LazyLock;

use crossbeam_channel::{Receiver, Sender, unbounded};
use egui::{ColorImage, Painter, Rect, TextureHandle, TextureOptions, pos2};

use super::archive::{Archive, TileId};
use super::camera::{Camera, DEEPEST};
use super::raster::{Look, TILE_POINTS, render};
use crate::ui::theme::{MapInks, PLAIN_TINT};

/// Natural Earth as vector tiles; how it was made stands in `assets/basemap/README.md`.
static WORLD: LazyLock<Option<Archive<'static>>> =
    LazyLock::new(|| Archive::open(include_bytes!("../../../assets/basemap/world.pmtiles")).ok());

/// Two threads of our own: an import that fills all cores does not hold the map up.
static PAINTERS: LazyLock<Option<rayon::ThreadPool>> =
    LazyLock::new(|| rayon::ThreadPoolBuilder::new().num_threads(2).thread_name(|_| "basemap".into()).build().ok());

/// Textures kept, in pixels: some 60 tiles of 512 px, a quarter of that at double density; 64 MB.
const KEPT_PIXELS: usize = 16 << 20;
/// Tiles in work at a time; what is wanted may have changed when these are done.
const IN_WORK: usize = 4;
/// Seconds the zoom must rest before tiles are drawn again at their exact size.
const SETTLED: f64 = 0.12;

struct Kept {
    texture: TextureHandle,
    size: u32,
    /// Frame in which it was last drawn.
    used: u64,
}

struct Done {
    id: TileId,
    ink: MapInks,
    size: u32,
    image: ColorImage,
}

/// Tiles on the graphics card, and those being drawn.
pub struct Ground {
    kept: HashMap<TileId, Kept>,
    in_work: Vec<(TileId, u32)>,
    ink: Option<MapInks>,
    frame: u64,
    zoom_seen: f64,
    zoom_since: f64,
    send: Sender<Done>,
    receive: Receiver<Done>,
}

impl Default for Ground {
    fn default() -> Self {
        let (send, receive) = unbounded();
        Self {
            kept: HashMap::new(),
            in_work: Vec::new(),
            ink: None,
            frame: 0,
            zoom_seen: f64::NAN,
            zoom_since: 0.0,
            send,
            receive,
        }
    }
}

impl Ground {
    /// Draws what is there and orders what is missing; asks for another frame when something will change.
    pub fn paint(&mut self, painter: &Painter, camera: &Camera, ink: &MapInks) {
        let ctx = painter.ctx().clone();
        let (density, now) = (ctx.pixels_per_point(), ctx.input(|i| i.time));
        self.frame += 1;
        if self.ink.as_ref() != Some(ink) {
            self.kept.clear();
            self.in_work.clear();
            self.ink = Some(*ink);
        }
        self.take_done(&ctx);
        #[expect(clippy::float_cmp, reason = "an unchanged zoom is the very same number")]
        if self.zoom_seen != camera.zoom {
            self.zoom_seen = camera.zoom;
            self.zoom_since = now;
        }
        let is_settled = now - self.zoom_since >= SETTLED;

        painter.rect_filled(camera.rect, 0.0, ink.water);
        // Tiles are drawn between 0.76 and 1.52 of their own size: lines keep their weight.
        let zoom = (camera.zoom - 1.0 + 0.6).floor().clamp(0.0, DEEPEST) as u8;
        let grid = Grid::new(camera, zoom, density);
        let size = grid.size_px();
        let mut wanted: Vec<(f32, TileId)> = Vec::new();
        for (id, place) in grid.tiles() {
            let drawn = self.draw(painter, &grid, id, place);
            // Off by a hundredth, nobody sees; more blurs names' ground.
            let is_exact = drawn.is_some_and(|drawn| drawn.abs_diff(size) * 100 <= size);
            if drawn.is_none() || (is_settled && !is_exact) {
                let urgency = if drawn.is_none() { 0.0 } else { 1e6 };
                wanted.push((urgency + place.center().distance(camera.rect.center()), id));
            }
        }
        if !is_settled {
            ctx.request_repaint_after_secs(SETTLED as f32);
        }
        // The whole world, coarse, stands behind everything and is never thrown away.
        let coarsest = TileId { zoom: 0, x: 0, y: 0 };
        if let Some(kept) = self.kept.get_mut(&coarsest) {
            kept.used = self.frame;
        } else {
            self.order(&ctx, coarsest, (TILE_POINTS * density) as u32, density);
        }
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
        wanted.dedup_by_key(|(_, id)| *id);
        for (_, id) in wanted {
            self.order(&ctx, id, size, density);
        }
        self.forget();
    }

    /// Is every tile in view drawn and nothing in work? Snapshots wait for it.
    pub fn is_complete(&self) -> bool {
        self.in_work.is_empty() && !self.kept.is_empty()
    }

    fn take_done(&mut self, ctx: &egui::Context) {
        while let Ok(done) = self.receive.try_recv() {
            if self.ink != Some(done.ink) {
                continue;
            }
            self.in_work.retain(|(id, size)| (*id, *size) != (done.id, done.size));
            let name = format!("map {}/{}/{}", done.id.zoom, done.id.x, done.id.y);
            let texture = ctx.load_texture(name, done.image, TextureOptions::LINEAR);
            self.kept.insert(done.id, Kept { texture, size: done.size, used: self.frame });
        }
    }

    fn order(&mut self, ctx: &egui::Context, id: TileId, size: u32, density: f32) {
        let Some(ink) = self.ink else { return };
        if self.in_work.len() >= IN_WORK || self.in_work.iter().any(|(known, _)| *known == id) {
            return;
        }
        self.in_work.push((id, size));
        let (send, ctx) = (self.send.clone(), ctx.clone());
        let work = move || {
            let size = size.clamp(1, 4096);
            let square = [size as usize; 2];
            let image = match WORLD.as_ref() {
                Some(archive) => {
                    let pixels = render(archive, id, Look { size, density, ink });
                    ColorImage::from_rgba_premultiplied(square, &pixels)
                }
                None => ColorImage::filled(square, ink.water),
            };
            // The panel may be gone; then nobody waits for the tile.
            if send.send(Done { id, ink, size, image }).is_ok() {
                // A few at a time: the next frame takes all that are done by then.
                ctx.request_repaint_after(std::time::Duration::from_millis(8));
            }
        };
        match PAINTERS.as_ref() {
            Some(pool) => pool.spawn(work),
            None => rayon::spawn(work),
        }
    }

    /// Draws the tile, or what stands in for it; returns the size of the tile itself, if it is there.
    fn draw(&mut self, painter: &Painter, grid: &Grid, id: TileId, place: Rect) -> Option<u32> {
        let frame = self.frame;
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        if let Some(kept) = self.kept.get_mut(&id) {
            kept.used = frame;
            painter.image(kept.texture.id(), place, whole, PLAIN_TINT);
            return Some(kept.size);
        }
        for up in 1..=id.zoom {
            let above = TileId { zoom: id.zoom - up, x: id.x >> up, y: id.y >> up };
            if let Some(kept) = self.kept.get_mut(&above) {
                kept.used = frame;
                let part = 1.0 / (1u32 << up) as f32;
                let mask = (1u32 << up) - 1;
                let corner = pos2((id.x & mask) as f32 * part, (id.y & mask) as f32 * part);
                let uv = Rect::from_min_size(corner, egui::Vec2::splat(part));
                painter.image(kept.texture.id(), place, uv, PLAIN_TINT);
                break;
            }
        }
        // On the way out, the four below are still here and sharper.
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let below = TileId { zoom: id.zoom + 1, x: id.x * 2 + dx, y: id.y * 2 + dy };
            if let Some(kept) = self.kept.get_mut(&below) {
                kept.used = frame;
                let center = grid.snapped(place.center());
                let corner =
                    pos2(if dx == 0 { place.min.x } else { place.max.x }, if dy == 0 { place.min.y } else { place.max.y });
                painter.image(kept.texture.id(), Rect::from_two_pos(corner, center), whole, PLAIN_TINT);
            }
        }
        None
    }

    /// Lets go of what was drawn longest ago, beyond the budget.
    fn forget(&mut self) {
        let pixels = |kept: &Kept| kept.size as usize * kept.size as usize;
        let mut total: usize = self.kept.values().map(pixels).sum();
        if total <= KEPT_PIXELS {
            return;
        }
        let mut by_age: Vec<(u64, TileId)> = self.kept.iter().map(|(id, kept)| (kept.used, *id)).collect();
        by_age.sort_unstable();
        for (used, id) in by_age {
            if total <= KEPT_PIXELS || used == self.frame {
                break;
            }
            if let Some(kept) = self.kept.remove(&id) {
                total -= pixels(&kept);
            }
        }
    }
}

/// The tiles of one zoom as they lie on the screen; edges on whole pixels, so that neighbours meet.
struct Grid {
    zoom: u8,
    /// Screen position of the world's north-west corner (of the copy at x = 0), in points.
    origin: [f64; 2],
    /// Points across a tile.
    tile: f64,
    rect: Rect,
    density: f32,
}

impl Grid {
    fn new(camera: &Camera, zoom: u8, density: f32) -> Self {
        let scale = camera.scale();
        let center = camera.rect.center();
        Self {
            zoom,
            origin: [f64::from(center.x) - camera.center.x * scale, f64::from(center.y) - camera.center.y * scale],
            tile: scale / f64::from(1u32 << zoom),
            rect: camera.rect,
            density,
        }
    }

    fn size_px(&self) -> u32 {
        (self.tile * f64::from(self.density)).round() as u32
    }

    fn snapped(&self, at: egui::Pos2) -> egui::Pos2 {
        let snap = |v: f32| (v * self.density).round() / self.density;
        pos2(snap(at.x), snap(at.y))
    }

    /// Every tile in view with its place, world copies included.
    fn tiles(&self) -> Vec<(TileId, Rect)> {
        let count = i64::from(1u32 << self.zoom);
        let index = |at: f32, axis: usize| ((f64::from(at) - self.origin[axis]) / self.tile).floor() as i64;
        let edge = |n: i64, axis: usize| {
            let at = self.origin[axis] + n as f64 * self.tile;
            ((at * f64::from(self.density)).round() / f64::from(self.density)) as f32
        };
        let mut tiles = Vec::new();
        for y in index(self.rect.top(), 1).max(0)..=index(self.rect.bottom(), 1).min(count - 1) {
            for x in index(self.rect.left(), 0)..=index(self.rect.right(), 0) {
                let place = Rect::from_min_max(pos2(edge(x, 0), edge(y, 1)), pos2(edge(x + 1, 0), edge(y + 1, 1)));
                let id = TileId { zoom: self.zoom, x: x.rem_euclid(count) as u32, y: y as u32 };
                tiles.push((id, place));
            }
        }
        tiles
    }
}
