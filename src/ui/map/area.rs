//! ISO code of a country → its outline, and a soft fill of it on the map.

use std::collections::HashMap;
use std::sync::LazyLock;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::archive::varint;
use super::camera::{Camera, World};

/// Units across the world in `areas.bin`.
const UNITS: f64 = 65_536.0;

type Corner = (i32, i32);

/// Rings of every country, made by `dateline-assets basemap`.
static OUTLINES: LazyLock<HashMap<[u8; 2], Vec<Vec<Corner>>>> =
    LazyLock::new(|| read(include_bytes!("../../../assets/basemap/areas.bin")));

fn read(mut rest: &[u8]) -> HashMap<[u8; 2], Vec<Vec<Corner>>> {
    let mut outlines = HashMap::new();
    while let Some((iso, tail)) = rest.split_first_chunk::<2>() {
        rest = tail;
        let Some(rings) = rings(&mut rest) else { break };
        outlines.insert(*iso, rings);
    }
    outlines
}

fn rings(rest: &mut &[u8]) -> Option<Vec<Vec<Corner>>> {
    let mut rings = Vec::new();
    for _ in 0..varint(rest)? {
        let (mut ring, mut x, mut y) = (Vec::new(), 0i32, 0i32);
        for _ in 0..varint(rest)? {
            let step = |n: u64| ((n >> 1) as i32) ^ -((n & 1) as i32);
            x = x.wrapping_add(step(varint(rest)?));
            y = y.wrapping_add(step(varint(rest)?));
            ring.push((x, y));
        }
        rings.push(ring);
    }
    Some(rings)
}

/// Has the table an outline? The Vatican has none at this scale, and is drawn as a circle like a region.
pub fn is_outlined(iso: &str) -> bool {
    iso.as_bytes().try_into().is_ok_and(|iso: [u8; 2]| OUTLINES.contains_key(&iso))
}

/// Opposite corners of the box that holds a country's largest piece: what "show me France" means.
pub fn corners(iso: &str) -> Option<[World; 2]> {
    let rings = OUTLINES.get::<[u8; 2]>(iso.as_bytes().try_into().ok()?)?;
    let size = |ring: &&Vec<Corner>| {
        let twice = |a: Corner, b: Corner| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1);
        (0..ring.len()).map(|i| twice(ring[i], ring[(i + 1) % ring.len()])).sum::<i64>().abs()
    };
    let ring = rings.iter().max_by_key(size)?;
    let low = (ring.iter().map(|c| c.0).min()?, ring.iter().map(|c| c.1).min()?);
    let high = (ring.iter().map(|c| c.0).max()?, ring.iter().map(|c| c.1).max()?);
    Some([world(low), world(high)])
}

/// A country ready to draw.
pub struct Area {
    rings: &'static [Vec<Corner>],
    /// Four corners each: left and right at the top, right and left at the bottom.
    strips: Vec<[World; 4]>,
    low: World,
    high: World,
}

fn world((x, y): Corner) -> World {
    World { x: f64::from(x) / UNITS, y: f64::from(y) / UNITS }
}

impl Area {
    pub fn of(iso: &str) -> Option<Self> {
        let rings = OUTLINES.get::<[u8; 2]>(iso.as_bytes().try_into().ok()?)?.as_slice();
        let corners = || rings.iter().flatten();
        let low = (corners().map(|c| c.0).min()?, corners().map(|c| c.1).min()?);
        let high = (corners().map(|c| c.0).max()?, corners().map(|c| c.1).max()?);
        Some(Self { rings, strips: strips(rings), low: world(low), high: world(high) })
    }

    /// Draws every copy in view.
    pub fn paint(&self, painter: &Painter, camera: &Camera, fill: Color32, edge: Option<Stroke>) {
        let scale = camera.scale() as f32;
        // The copy that begins nearest to the centre, and its neighbours.
        let first = World { x: self.low.x - (f64::midpoint(self.low.x, self.high.x) - camera.center.x).round(), y: self.low.y };
        let origin = camera.screen_of_copy(first);
        let size = vec2((self.high.x - self.low.x) as f32, (self.high.y - self.low.y) as f32) * scale;
        for copy in [0.0, -1.0, 1.0] {
            let origin = origin + vec2(copy * scale, 0.0);
            if !camera.rect.intersects(Rect::from_min_size(origin, size)) {
                continue;
            }
            let place = |p: World| -> Pos2 {
                pos2(origin.x + (p.x - self.low.x) as f32 * scale, origin.y + (p.y - self.low.y) as f32 * scale)
            };
            let mut mesh = Mesh::default();
            for strip in &self.strips {
                let start = mesh.vertices.len() as u32;
                mesh.vertices.extend(strip.map(|p| Vertex { pos: place(p), uv: WHITE_UV, color: fill }));
                mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|n| start + n));
            }
            painter.add(Shape::mesh(mesh));
            // Single strokes: a joined line would grow thorns at sharp corners.
            let Some(edge) = edge else { continue };
            for ring in self.rings {
                for (i, corner) in ring.iter().enumerate() {
                    let next = ring[(i + 1) % ring.len()];
                    painter.line_segment([place(world(*corner)), place(world(next))], edge);
                }
            }
        }
    }
}

/// Cuts rings into strips between the heights of their corners, even-odd: no triangulation that could fail.
fn strips(rings: &[Vec<Corner>]) -> Vec<[World; 4]> {
    let mut edges: Vec<(Corner, Corner)> = Vec::new();
    for ring in rings {
        for (i, &a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            if a.1 != b.1 {
                edges.push(if a.1 < b.1 { (a, b) } else { (b, a) });
            }
        }
    }
    edges.sort_unstable_by_key(|(top, _)| top.1);
    let mut heights: Vec<i32> = edges.iter().flat_map(|(a, b)| [a.1, b.1]).collect();
    heights.sort_unstable();
    heights.dedup();
    let x_at =
        |(a, b): (Corner, Corner), y: i32| f64::from(a.0) + f64::from(b.0 - a.0) * f64::from(y - a.1) / f64::from(b.1 - a.1);
    let (mut strips, mut active, mut next) = (Vec::new(), Vec::<(Corner, Corner)>::new(), 0);
    for pair in heights.windows(2) {
        let (top, bottom) = (pair[0], pair[1]);
        active.retain(|(_, end)| end.1 > top);
        while let Some(edge) = edges.get(next).filter(|(start, _)| start.1 <= top) {
            active.push(*edge);
            next += 1;
        }
        let mut sides: Vec<(f64, f64)> = active.iter().map(|edge| (x_at(*edge, top), x_at(*edge, bottom))).collect();
        sides.sort_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
        for sides in sides.chunks_exact(2) {
            let at = |x: f64, y: i32| World { x: x / UNITS, y: f64::from(y) / UNITS };
            let [left, right] = [sides[0], sides[1]];
            strips.push([at(left.0, top), at(right.0, top), at(right.1, bottom), at(left.1, bottom)]);
        }
    }
    strips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_cover_what_the_rings_enclose() {
        // A square with a square hole.
        let rings = [vec![(0, 0), (8, 0), (8, 8), (0, 8)], vec![(2, 2), (6, 2), (6, 6), (2, 6)]];
        let area: f64 = strips(&rings).iter().map(|s| f64::midpoint(s[1].x - s[0].x, s[2].x - s[3].x) * (s[2].y - s[1].y)).sum();
        assert!((area * UNITS * UNITS - 48.0).abs() < 1e-6);
    }

    #[test]
    fn every_country_of_the_table_has_an_outline() {
        assert!(OUTLINES.len() > 230, "{}", OUTLINES.len());
        for iso in ["FR", "RU", "AQ", "FJ", "MC", "XK", "PS"] {
            let area = Area::of(iso).expect("in the table");
            assert!(!area.strips.is_empty() && area.strips.len() < 4_000, "{iso} {}", area.strips.len());
        }
        let [low, high] = corners("FR").expect("in the table");
        assert!(high.x - low.x < 0.06, "Guiana and Réunion are not what a picture of France shows");
        assert!(Area::of("ZZ").is_none() && Area::of("").is_none());
    }
}
