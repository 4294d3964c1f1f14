//! Files of four packages → rings and lines in world units.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::shape::{Line, Point, Polygon, area_of, unwrapped, world_from_lonlat};

/// Rings that share arcs, so that neighbours stay neighbours when simplified.
pub struct Topology {
    /// World units; an arc never jumps over the antimeridian, it goes on beyond 0 or 1.
    pub arcs: Vec<Line>,
    pub countries: Vec<Country>,
    /// Polygons of rings of arc references (`!n` is arc n backwards).
    pub land: Vec<Vec<Vec<i64>>>,
}

pub struct Country {
    /// Natural Earth's short name.
    pub name: String,
    /// ISO 3166-1 numeric, where there is one.
    pub number: Option<u32>,
    pub polygons: Vec<Vec<Vec<i64>>>,
}

impl Topology {
    pub fn read(path: &Path) -> Result<Self> {
        let json: Value = serde_json::from_slice(&std::fs::read(path).with_context(|| path.display().to_string())?)?;
        let pair = |v: &Value| Some((v.get(0)?.as_f64()?, v.get(1)?.as_f64()?));
        let (sx, sy) = pair(&json["transform"]["scale"]).context("scale")?;
        let (tx, ty) = pair(&json["transform"]["translate"]).context("translate")?;
        let arcs = json["arcs"].as_array().context("arcs")?.iter().map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            let points = arc.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(pair).map(|(dx, dy)| {
                x += dx;
                y += dy;
                world_from_lonlat(x * sx + tx, y * sy + ty)
            });
            unwrapped(points.collect())
        });
        let arcs = arcs.collect();
        let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
        let countries = list(&json["objects"]["countries"]["geometries"])
            .iter()
            .map(|g| Country {
                name: g["properties"]["name"].as_str().unwrap_or_default().to_owned(),
                number: g["id"].as_str().and_then(|id| id.parse().ok()),
                polygons: polygons(g),
            })
            .collect();
        let land = list(&json["objects"]["land"]["geometries"]).iter().flat_map(polygons).collect();
        Ok(Self { arcs, countries, land })
    }
}

fn polygons(geometry: &Value) -> Vec<Vec<Vec<i64>>> {
    match geometry["type"].as_str() {
        Some("Polygon") => serde_json::from_value(geometry["arcs"].clone()).map(|p| vec![p]).unwrap_or_default(),
        Some("MultiPolygon") => serde_json::from_value(geometry["arcs"].clone()).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Marble's PN2: big-endian; a node is two 16-bit numbers in 1/120 degree, followed by nodes relative to it in 8 bits.
pub fn pn2(path: &Path) -> Result<Vec<Polygon>> {
    const INNER: u8 = 3;
    const SEVERAL: u8 = 4;
    let bytes = std::fs::read(path)?;
    let mut at = 0usize;
    let mut take = |n: usize| -> Result<&[u8]> {
        let part = bytes.get(at..at + n).context("the file ends early")?;
        at += n;
        Ok(part)
    };
    let two = |b: &[u8]| i16::from_be_bytes([b[0], b[1]]);
    let four = |b: &[u8]| u32::from_be_bytes([b[0], b[1], b[2], b[3]]);
    ensure!(take(1)?[0] == 2, "only version 2 is known");
    let _count_of_features = four(take(4)?);
    let has_color = take(1)?[0] != 0;
    let mut polygons: Vec<Polygon> = Vec::new();
    while let Ok(flag) = take(1).map(|b| b[0]) {
        take(4)?;
        if flag == SEVERAL {
            // How many parts follow; each says itself what it is.
            take(1)?;
            continue;
        }
        if has_color {
            take(1)?;
        }
        let nodes = four(take(4)?);
        let mut ring = Vec::new();
        for _ in 0..nodes {
            let node = take(6)?;
            let (lat, lon, children) = (f64::from(two(node)), f64::from(two(&node[2..])), two(&node[4..]));
            ring.push(world_from_lonlat(lon / 120.0, lat / 120.0));
            for _ in 0..children {
                let child = take(2)?;
                let (dlat, dlon) = (f64::from(child[0].cast_signed()), f64::from(child[1].cast_signed()));
                ring.push(world_from_lonlat((lon + dlon) / 120.0, (lat + dlat) / 120.0));
            }
        }
        let ring = unwrapped(ring);
        match polygons.last_mut() {
            Some(last) if flag == INNER => last.push(ring),
            _ => polygons.push(vec![ring]),
        }
    }
    Ok(polygons)
}

/// A first-level division: what its lines and its label need.
pub struct Region {
    pub country: String,
    pub iso: String,
    pub name: String,
    pub polygons: Vec<Polygon>,
}

impl Region {
    /// In square world units.
    pub fn area(&self) -> f64 {
        self.polygons.iter().filter_map(|p| p.first()).map(|ring| area_of(ring).abs()).sum()
    }
}

pub fn regions(path: &Path) -> Result<Vec<Region>> {
    let db = rusqlite::Connection::open(path)?;
    let mut query = db.prepare("select adm0_a3, iso_a2, name, geom from states_provinces order by fid")?;
    let rows = query.query_map([], |row| {
        let text = |n: usize| row.get::<_, Option<String>>(n).map(Option::unwrap_or_default);
        Ok((text(0)?, text(1)?, text(2)?, row.get::<_, Vec<u8>>(3)?))
    })?;
    rows.map(|row| {
        let (country, iso, name, blob) = row?;
        Ok(Region { country, iso, name, polygons: geometry(&blob)? })
    })
    .collect()
}

/// Disputed lines, by the name Natural Earth gives the claim.
pub fn claims(path: &Path) -> Result<BTreeMap<String, Vec<Line>>> {
    let db = rusqlite::Connection::open(path)?;
    let mut query = db.prepare("select name, geom from disputed_borders order by fid")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut claims: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for row in rows {
        let (name, blob) = row?;
        claims.entry(name).or_default().extend(geometry(&blob)?.into_iter().flatten());
    }
    Ok(claims)
}

/// A `GeoPackage` geometry; lines come out as polygons of one open ring.
fn geometry(blob: &[u8]) -> Result<Vec<Polygon>> {
    ensure!(blob.len() > 8 && &blob[..2] == b"GP", "not a GeoPackage geometry");
    let envelope = [0, 32, 48, 48, 64].get(usize::from((blob[3] >> 1) & 7)).copied().context("envelope")?;
    let mut rest = &blob[8 + envelope..];
    let mut out = Vec::new();
    wkb(&mut rest, &mut out)?;
    Ok(out)
}

/// Well-known binary, little-endian, two dimensions (all this file has).
fn wkb(rest: &mut &[u8], out: &mut Vec<Polygon>) -> Result<()> {
    fn four(rest: &mut &[u8]) -> Result<u32> {
        let (head, tail) = rest.split_first_chunk::<4>().context("the geometry ends early")?;
        *rest = tail;
        Ok(u32::from_le_bytes(*head))
    }
    fn ring(rest: &mut &[u8]) -> Result<Line> {
        let mut points = Vec::new();
        for _ in 0..four(rest)? {
            let (x, tail) = rest.split_first_chunk::<8>().context("the geometry ends early")?;
            let (y, tail) = tail.split_first_chunk::<8>().context("the geometry ends early")?;
            *rest = tail;
            let point: Point = world_from_lonlat(f64::from_le_bytes(*x), f64::from_le_bytes(*y));
            points.push(point);
        }
        Ok(points)
    }
    ensure!(rest.first() == Some(&1), "only little-endian geometries are known");
    *rest = &rest[1..];
    match four(rest)? {
        2 => out.push(vec![ring(rest)?]),
        3 => {
            let rings = four(rest)?;
            out.push((0..rings).map(|_| ring(rest)).collect::<Result<_>>()?);
        }
        4..=7 => {
            for _ in 0..four(rest)? {
                wkb(rest, out)?;
            }
        }
        other => anyhow::bail!("geometry type {other} is not known"),
    }
    Ok(())
}
