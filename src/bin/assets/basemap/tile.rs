//! Shapes of one zoom → vector tiles (Mapbox Vector Tile 2.1), cut with a margin.

use std::collections::BTreeMap;

use super::shape::{Line, Point, Shapes};

/// Units across a tile, and the margin around it: 10 of 512 pixels, wider than half of any stroke.
const EXTENT: f64 = 4096.0;
const MARGIN: f64 = 80.0 / EXTENT;

type Cell = (u32, u32);
/// Paths of one layer in one tile, in tile units.
type Paths = Vec<Vec<(i32, i32)>>;

/// Every tile of the zoom that is not bare water.
pub fn cut(zoom: u8, shapes: &Shapes) -> Vec<(u32, u32, Vec<u8>)> {
    let mut tiles: BTreeMap<Cell, BTreeMap<usize, Paths>> = BTreeMap::new();
    let side = f64::from(1u32 << zoom);
    for (layer, (_, polygons)) in shapes.areas.iter().enumerate() {
        for ring in polygons.iter().flatten() {
            spread(zoom, side, std::slice::from_ref(ring), &clip_ring, &mut |cell, path| {
                if path.len() >= 3 {
                    tiles.entry(cell).or_default().entry(layer).or_default().push(path);
                }
            });
        }
    }
    for (layer, (_, lines)) in shapes.lines.iter().enumerate() {
        spread(zoom, side, lines, &clip_line, &mut |cell, path| {
            if path.len() >= 2 {
                tiles.entry(cell).or_default().entry(shapes.areas.len() + layer).or_default().push(path);
            }
        });
    }
    let name =
        |layer: usize| shapes.areas.get(layer).map_or_else(|| shapes.lines[layer - shapes.areas.len()].0, |(name, _)| name);
    tiles
        .into_iter()
        .map(|((x, y), layers)| {
            let mut bytes = Vec::new();
            for (layer, paths) in layers {
                put_bytes(&mut bytes, 3, &encoded(name(layer), &paths, layer < shapes.areas.len()));
            }
            (x, y, bytes)
        })
        .collect()
}

type Clip = dyn Fn(&[Point], usize, f64, f64) -> Vec<Line>;

/// Cuts first into columns, then each column into rows; columns beyond the antimeridian come round again.
fn spread(zoom: u8, side: f64, lines: &[Line], clip: &Clip, put: &mut dyn FnMut(Cell, Vec<(i32, i32)>)) {
    let count = i64::from(1u32 << zoom);
    for line in lines {
        for column in range(line, 0, side) {
            let (low, high) = ((column as f64 - MARGIN) / side, (column as f64 + 1.0 + MARGIN) / side);
            for part in clip(line, 0, low, high) {
                for row in range(&part, 1, side).filter(|row| (0..count).contains(row)) {
                    let (top, bottom) = ((row as f64 - MARGIN) / side, (row as f64 + 1.0 + MARGIN) / side);
                    for piece in clip(&part, 1, top, bottom) {
                        let mut path: Vec<(i32, i32)> = piece
                            .iter()
                            .map(|p| {
                                let unit = |v: f64, cell: i64| ((v * side - cell as f64) * EXTENT).round() as i32;
                                (unit(p[0], column), unit(p[1], row))
                            })
                            .collect();
                        path.dedup();
                        let cell = (column.rem_euclid(count) as u32, row as u32);
                        put(cell, path);
                    }
                }
            }
        }
    }
}

fn range(line: &[Point], axis: usize, side: f64) -> std::ops::RangeInclusive<i64> {
    let low = line.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
    let high = line.iter().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
    ((low * side - MARGIN).floor() as i64)..=((high * side + MARGIN).floor() as i64)
}

fn crossing(a: Point, b: Point, axis: usize, at: f64) -> Point {
    let t = (at - a[axis]) / (b[axis] - a[axis]);
    let mut point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    point[axis] = at;
    point
}

/// Sutherland and Hodgman 1974, one axis; edges along the cut lie in the margin, out of sight.
fn clip_ring(ring: &[Point], axis: usize, low: f64, high: f64) -> Vec<Line> {
    let mut points = ring.to_vec();
    for (limit, sign) in [(low, 1.0), (high, -1.0)] {
        let inside = |p: Point| (p[axis] - limit) * sign >= 0.0;
        let mut out: Line = Vec::with_capacity(points.len());
        for (i, &b) in points.iter().enumerate() {
            let a = points[if i == 0 { points.len() - 1 } else { i - 1 }];
            if inside(a) != inside(b) {
                out.push(crossing(a, b, axis, limit));
            }
            if inside(b) {
                out.push(b);
            }
        }
        points = out;
    }
    if points.len() < 3 { Vec::new() } else { vec![points] }
}

fn clip_line(line: &[Point], axis: usize, low: f64, high: f64) -> Vec<Line> {
    let mut out = Vec::new();
    let mut part: Line = Vec::new();
    for w in line.windows(2) {
        let (mut a, mut b) = (w[0], w[1]);
        if a[axis].max(b[axis]) < low || a[axis].min(b[axis]) > high {
            if part.len() > 1 {
                out.push(std::mem::take(&mut part));
            }
            part.clear();
            continue;
        }
        let (from, to) = (a, b);
        if a[axis] < low {
            a = crossing(from, to, axis, low);
        } else if a[axis] > high {
            a = crossing(from, to, axis, high);
        }
        if b[axis] < low {
            b = crossing(from, to, axis, low);
        } else if b[axis] > high {
            b = crossing(from, to, axis, high);
        }
        if part.last() != Some(&a) {
            if part.len() > 1 {
                out.push(std::mem::take(&mut part));
            }
            part = vec![a];
        }
        part.push(b);
    }
    if part.len() > 1 {
        out.push(part);
    }
    out
}

/// One layer with one feature, which holds every path.
fn encoded(name: &str, paths: &Paths, closed: bool) -> Vec<u8> {
    let mut commands = Vec::new();
    let (mut x, mut y) = (0, 0);
    let mut step = |commands: &mut Vec<u8>, to: (i32, i32)| {
        for delta in [to.0 - x, to.1 - y] {
            put_varint(commands, u64::from(((delta << 1) ^ (delta >> 31)).cast_unsigned()));
        }
        (x, y) = to;
    };
    for path in paths {
        let path = if closed && path.first() == path.last() { &path[..path.len() - 1] } else { &path[..] };
        if path.len() < 2 {
            continue;
        }
        put_varint(&mut commands, 1 | (1 << 3));
        step(&mut commands, path[0]);
        put_varint(&mut commands, 2 | ((path.len() as u64 - 1) << 3));
        for &point in &path[1..] {
            step(&mut commands, point);
        }
        if closed {
            put_varint(&mut commands, 7 | (1 << 3));
        }
    }
    let mut feature = Vec::new();
    put_number(&mut feature, 3, if closed { 3 } else { 2 });
    put_bytes(&mut feature, 4, &commands);
    let mut layer = Vec::new();
    put_number(&mut layer, 15, 2);
    put_bytes(&mut layer, 1, name.as_bytes());
    put_bytes(&mut layer, 2, &feature);
    put_number(&mut layer, 5, EXTENT as u64);
    layer
}

pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn put_number(out: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(out, field << 3);
    put_varint(out, value);
}

fn put_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_varint(out, (field << 3) | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
