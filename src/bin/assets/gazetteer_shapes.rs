//! Polygons of divisions and counties → middle points, extents, and which one holds a point.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use dateline::model::LonLat;
use serde_json::Value;

/// A division's outline.
#[derive(Debug, Default)]
pub struct Shape {
    /// Rings of (lon, lat) in degrees, outer and inner alike: a point in an odd number of them is inside.
    rings: Vec<Vec<(f64, f64)>>,
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Shape {
    fn of(rings: Vec<Vec<(f64, f64)>>) -> Self {
        let mut shape = Self { rings, west: 180.0, south: 90.0, east: -180.0, north: -90.0 };
        for &(lon, lat) in shape.rings.iter().flatten() {
            shape.west = shape.west.min(lon);
            shape.east = shape.east.max(lon);
            shape.south = shape.south.min(lat);
            shape.north = shape.north.max(lat);
        }
        shape
    }

    /// Even-odd rule.
    pub fn holds(&self, at: LonLat) -> bool {
        self.is_near(at, 0.0)
            && self.rings.iter().fold(false, |inside, ring| {
                let crossings = ring.windows(2).filter(|edge| {
                    let ((x1, y1), (x2, y2)) = (edge[0], edge[1]);
                    (y1 > at.lat) != (y2 > at.lat) && at.lon < (x2 - x1) * (at.lat - y1) / (y2 - y1) + x1
                });
                inside ^ (crossings.count() % 2 == 1)
            })
    }

    /// Within the bounding box, widened by so many degrees?
    pub fn is_near(&self, at: LonLat, margin: f64) -> bool {
        (self.west - margin..=self.east + margin).contains(&at.lon)
            && (self.south - margin..=self.north + margin).contains(&at.lat)
    }

    /// Kilometres to the nearest corner.
    pub fn corner_km(&self, at: LonLat) -> f64 {
        self.rings
            .iter()
            .flatten()
            .filter_map(|&(lon, lat)| LonLat::new(lon, lat))
            .map(|corner| corner.distance_km(at))
            .fold(f64::INFINITY, f64::min)
    }

    /// The centroid of the largest ring, and the radius in kilometres of a circle of the whole's area.
    pub fn middle(&self) -> (LonLat, f32) {
        let (mut best, mut middle, mut whole) = (0.0, LonLat::default(), 0.0);
        for ring in &self.rings {
            let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
            for edge in ring.windows(2) {
                let ((x1, y1), (x2, y2)) = (edge[0], edge[1]);
                let cross = x1 * y2 - x2 * y1;
                area += cross;
                x += (x1 + x2) * cross;
                y += (y1 + y2) * cross;
            }
            whole += (area / 2.0).abs();
            if area.abs() > best {
                best = area.abs();
                middle = LonLat::new(x / (3.0 * area), y / (3.0 * area)).unwrap_or(middle);
            }
        }
        // a degree of latitude is 111.2 km
        let km2 = whole * 111.2 * 111.2 * middle.lat.to_radians().cos();
        (middle, (km2 / std::f64::consts::PI).sqrt() as f32)
    }
}

/// A `GeoPackage` geometry (header and WKB) in hexadecimal → shape.
pub fn from_geopackage(hex: &str) -> Result<Shape> {
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16))
        .collect::<Result<_, _>>()
        .context("geometry is not hexadecimal")?;
    let envelope = match bytes.get(3).context("no geometry header")? >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        _ => 64,
    };
    let mut at = 8 + envelope;
    let mut rings = Vec::new();
    read_wkb(&bytes, &mut at, &mut rings)?;
    Ok(Shape::of(rings))
}

fn read_wkb(bytes: &[u8], at: &mut usize, rings: &mut Vec<Vec<(f64, f64)>>) -> Result<()> {
    fn u32_at(bytes: &[u8], at: &mut usize) -> Result<u32> {
        *at += 4;
        Ok(u32::from_le_bytes(bytes.get(*at - 4..*at).context("geometry ends early")?.try_into()?))
    }
    fn f64_at(bytes: &[u8], at: &mut usize) -> Result<f64> {
        *at += 8;
        Ok(f64::from_le_bytes(bytes.get(*at - 8..*at).context("geometry ends early")?.try_into()?))
    }
    if bytes.get(*at) != Some(&1) {
        bail!("big-endian geometry");
    }
    *at += 1;
    match u32_at(bytes, at)? {
        3 => {
            for _ in 0..u32_at(bytes, at)? {
                let points = u32_at(bytes, at)?;
                let ring = (0..points).map(|_| Ok((f64_at(bytes, at)?, f64_at(bytes, at)?))).collect::<Result<Vec<_>>>()?;
                rings.push(ring);
            }
        }
        6 => {
            for _ in 0..u32_at(bytes, at)? {
                read_wkb(bytes, at, rings)?;
            }
        }
        other => bail!("geometry of kind {other}"),
    }
    Ok(())
}

/// A `TopoJSON` file's object → shape by id.
pub fn from_topology(json: &Value, object: &str) -> Result<BTreeMap<String, Shape>> {
    let pair = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let transform = &json["transform"];
    let (scale, origin) = pair(&transform["scale"]).zip(pair(&transform["translate"])).context("topology without transform")?;
    let arcs: Vec<Vec<(f64, f64)>> = json["arcs"]
        .as_array()
        .context("topology without arcs")?
        .iter()
        .map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            arc.as_array()
                .into_iter()
                .flatten()
                .filter_map(pair)
                .map(|(dx, dy)| {
                    x += dx;
                    y += dy;
                    (x * scale.0 + origin.0, y * scale.1 + origin.1)
                })
                .collect()
        })
        .collect();
    let ring = |list: &Value| {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for number in list.as_array().into_iter().flatten().filter_map(Value::as_i64) {
            let arc = if number < 0 { !number } else { number };
            let arc = usize::try_from(arc).ok().and_then(|at| arcs.get(at)).map_or(&[][..], Vec::as_slice);
            if number < 0 {
                points.extend(arc.iter().rev());
            } else {
                points.extend(arc);
            }
        }
        points
    };
    let mut shapes = BTreeMap::new();
    for geometry in json["objects"][object]["geometries"].as_array().context("no such object")? {
        let id = geometry["id"].as_str().context("geometry without id")?;
        let arcs = &geometry["arcs"];
        let rings = match geometry["type"].as_str() {
            Some("Polygon") => arcs.as_array().into_iter().flatten().map(ring).collect(),
            Some("MultiPolygon") => {
                let polygons = arcs.as_array().into_iter().flatten();
                polygons.flat_map(|polygon| polygon.as_array().into_iter().flatten()).map(ring).collect()
            }
            _ => Vec::new(),
        };
        shapes.insert(id.to_owned(), Shape::of(rings));
    }
    Ok(shapes)
}
