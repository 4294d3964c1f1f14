//! Countries' outlines → `areas.bin`: what is filled softly where a whole country is the place of an event.

use super::shape::{Line, Point, area_of, assembled, simplified};
use super::source::{Country, Topology};
use super::tile::put_varint;

/// Units across the world: a quarter of a point at map zoom 6.
const UNITS: f64 = 65_536.0;
/// Points a country may have. A fill is drawn from some four triangles a point in every frame.
const MOST_POINTS: usize = 700;

/// For each country its ISO code (2 bytes), the number of rings, and for each ring the number of points and the steps
/// between them as zigzag varints.
pub fn table(fine: &Topology, iso_of: &dyn Fn(&Country) -> Option<String>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut seen = Vec::new();
    for country in &fine.countries {
        let Some(iso) = iso_of(country).filter(|iso| iso.len() == 2 && !seen.contains(iso)) else { continue };
        let rings = outline(fine, country);
        if rings.is_empty() {
            continue;
        }
        out.extend_from_slice(iso.as_bytes());
        put_varint(&mut out, rings.len() as u64);
        for ring in rings {
            put_varint(&mut out, ring.len() as u64);
            let (mut x, mut y) = (0i64, 0i64);
            for point in ring {
                for (at, last) in [(point[0], &mut x), (point[1], &mut y)] {
                    let unit = (at * UNITS).round() as i64;
                    let step = unit - *last;
                    put_varint(&mut out, ((step << 1) ^ (step >> 63)).cast_unsigned());
                    *last = unit;
                }
            }
        }
        seen.push(iso);
    }
    out
}

/// Rings with as much detail as the number of points allows; the first point is not repeated.
fn outline(fine: &Topology, country: &Country) -> Vec<Line> {
    let full: Vec<Option<Line>> = fine.arcs.iter().cloned().map(Some).collect();
    let rings: Vec<Line> = country.polygons.iter().flat_map(|p| assembled(p, &full)).collect();
    // However small, a country has one ring.
    let largest = rings.iter().map(|r| area_of(r).abs()).fold(0.0, f64::max);
    let mut pixel = (largest.sqrt() / 400.0).clamp(0.05 / 16_384.0, 1.0 / 16_384.0);
    loop {
        let kept: Vec<Line> = rings
            .iter()
            .filter_map(|ring| simplified(ring, pixel * 0.7, (pixel * pixel * 36.0).min(largest)))
            .map(open)
            .collect();
        if kept.iter().map(Vec::len).sum::<usize>() <= MOST_POINTS {
            return kept;
        }
        pixel *= 1.3;
    }
}

fn open(mut ring: Vec<Point>) -> Line {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}
