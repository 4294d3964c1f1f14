//! `GeoNames` cities and districts, Natural Earth divisions, US counties, airports → `assets/gazetteer/world.bin`.
//!
//! `assets/gazetteer/README.md` says where the sources come from and how to call this.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use dateline::gazetteer::fold::{key_of, skeleton_of};
use dateline::gazetteer::world::{NO_DIVISION, Record, Source, encode};
use dateline::model::{LonLat, PlaceKind};
use serde_json::Value;

use crate::gazetteer_shapes::{Shape, from_geopackage, from_topology};

/// People per square kilometre from which a city's radius is drawn: gives Paris (2.1 M) its 9 km.
const DENSITY: f64 = 8000.0;

#[derive(Default)]
struct Build {
    records: Vec<Record>,
    /// key → readings; the second is true for an alternate name.
    keys: BTreeMap<String, BTreeMap<u32, bool>>,
}

impl Build {
    fn name(&mut self, record: u32, name: &str, alternate: bool) {
        let key = key_of(name);
        if key.len() >= 2 && key.len() <= 60 {
            let flag = self.keys.entry(key).or_default().entry(record).or_insert(alternate);
            *flag &= alternate;
        }
    }

    fn add(&mut self, record: Record) -> u32 {
        let number = self.records.len() as u32;
        let name = record.name.clone();
        self.records.push(record);
        self.name(number, &name, false);
        number
    }
}

/// See the command's usage.
pub fn run(arguments: &[String]) -> Result<()> {
    let given: BTreeMap<&str, &str> = arguments.iter().filter_map(|one| one.split_once('=')).collect();
    let path = |name: &str| given.get(name).copied().with_context(|| format!("{name}=FILE is missing"));
    let text = |name: &str| -> Result<String> {
        let path = path(name)?;
        fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
    };
    let mut build = Build::default();
    let divisions = add_divisions(&mut build, &text("divisions")?)?;
    let cities = add_cities(&mut build, &serde_json::from_str(&text("cities")?)?, &divisions);
    let counties = add_counties(
        &mut build,
        &serde_json::from_str(&text("counties")?)?,
        &serde_json::from_str(&text("county-shapes")?)?,
        &divisions,
    )?;
    let districts = add_districts(&mut build, &serde_json::from_str(&text("districts")?)?, &divisions);
    let airports = add_airports(&mut build, &text("airports")?, &divisions);
    add_skeletons(&mut build);
    // the most populous reading first, main names before alternates
    let Build { records, keys } = build;
    let keys: BTreeMap<String, Vec<(u32, bool)>> = keys
        .into_iter()
        .map(|(key, readings)| {
            let mut readings: Vec<(u32, bool)> = readings.into_iter().collect();
            readings.sort_by_key(|&(record, alternate)| {
                let people = records[record as usize].population;
                (std::cmp::Reverse(if alternate { people / 20 } else { people }), record)
            });
            (key, readings)
        })
        .collect();
    let bytes = encode(&records, &keys)?;
    let out = path("out")?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {out}"))?;
    println!(
        "{} divisions, {cities} cities, {counties} counties, {districts} districts, {airports} airports; {} names; {} bytes",
        divisions.len(),
        keys.len(),
        bytes.len()
    );
    Ok(())
}

struct Division {
    country: [u8; 2],
    shape: Shape,
}

fn country_code(code: &str) -> [u8; 2] {
    match code.as_bytes() {
        &[a, b] => [a, b],
        _ => *b"  ",
    }
}

/// Rows of `iso_a2 · name · woe_name · gn_name · adm0_a3 · hex(geom)`.
fn add_divisions(build: &mut Build, rows: &str) -> Result<Vec<Division>> {
    let mut divisions = Vec::new();
    for row in rows.lines() {
        let fields: Vec<&str> = row.split('\t').collect();
        let &[iso, name, woe, gn, adm0, geometry] = fields.as_slice() else { continue };
        // Natural Earth's own codes for what ISO has no letters for
        let iso = match adm0 {
            "KOS" => "XK",
            "SOL" => "SO",
            "CYN" => "CY",
            _ => iso,
        };
        let shape = from_geopackage(geometry)?;
        let (point, radius_km) = shape.middle();
        let country = country_code(iso);
        let number = build.records.len() as u32;
        build.records.push(Record {
            point,
            source: Source::Division,
            number,
            kind: PlaceKind::Admin1,
            country,
            division: number as u16,
            population: 0,
            radius_km,
            name: name.trim_end_matches('\'').to_owned(),
        });
        // the states of these are in the table written by hand, with their abbreviations
        if !matches!(iso, "US" | "CA" | "AU" | "-1" | "") && adm0 != "PSX" {
            for (name, alternate) in [(name, false), (woe, true), (gn, true)] {
                if name.chars().filter(|c| c.is_alphabetic()).count() > 2 {
                    build.name(number, name, alternate);
                }
            }
        }
        divisions.push(Division { country, shape });
    }
    Ok(divisions)
}

fn division_of(divisions: &[Division], country: [u8; 2], at: LonLat) -> u16 {
    let own = || divisions.iter().enumerate().filter(|(_, division)| division.country == country);
    if let Some((number, _)) = own().find(|(_, division)| division.shape.holds(at)) {
        return number as u16;
    }
    // on a coast that the outline cuts off
    own()
        .filter(|(_, division)| division.shape.is_near(at, 0.3))
        .map(|(number, division)| (division.shape.corner_km(at), number))
        .filter(|(km, _)| *km < 60.0)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(NO_DIVISION, |(_, number)| number as u16)
}

/// A spelling that running Latin text can hold: no lower-case romanisation, no code, no other script.
fn is_name(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let latin = name.chars().all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    first && latin && letters.any(char::is_lowercase) && name.chars().count() >= 3 && !name.contains(['(', ',', ';'])
}

fn add_cities(build: &mut Build, json: &Value, divisions: &[Division]) -> usize {
    let mut cities: Vec<&Value> = json.as_object().into_iter().flat_map(|map| map.values()).collect();
    cities.sort_by_key(|city| city["geonameid"].as_u64());
    let mut count = 0;
    for city in cities {
        let Some(point) = city["longitude"].as_f64().zip(city["latitude"].as_f64()).and_then(|(lon, lat)| LonLat::new(lon, lat))
        else {
            continue;
        };
        let country = country_code(city["countrycode"].as_str().unwrap_or(""));
        let population = city["population"].as_u64().unwrap_or(0) as u32;
        let name = city["name"].as_str().unwrap_or("").to_owned();
        let division = division_of(divisions, country, point);
        if let Some(record) = build.records.get_mut(usize::from(division)) {
            record.population = record.population.saturating_add(population);
        }
        let record = build.add(Record {
            point,
            source: Source::GeoNames,
            number: city["geonameid"].as_u64().unwrap_or(0) as u32,
            kind: PlaceKind::City,
            country,
            division,
            population,
            radius_km: (f64::from(population) / DENSITY / std::f64::consts::PI).sqrt().max(1.0) as f32,
            name,
        });
        for other in city["alternatenames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if is_name(other) {
                build.name(record, other, true);
            }
        }
        count += 1;
    }
    count
}

fn add_counties(build: &mut Build, names: &Value, shapes: &Value, divisions: &[Division]) -> Result<usize> {
    let shapes = from_topology(shapes, "counties")?;
    let mut count = 0;
    for county in names.as_array().context("counties are a list")? {
        let (Some(fips), Some(name)) = (county["fips"].as_str(), county["name"].as_str()) else { continue };
        let Some(shape) = shapes.get(fips) else { continue };
        let (point, radius_km) = shape.middle();
        let number = build.records.len() as u32;
        build.records.push(Record {
            point,
            source: Source::County,
            number: fips.parse().unwrap_or(0),
            kind: PlaceKind::Admin2,
            country: *b"US",
            division: division_of(divisions, *b"US", point),
            population: 0,
            radius_km,
            name: name.to_owned(),
        });
        build.name(number, name, false);
        for kind in [" County", " Parish", " Borough"] {
            if let Some(bare) = name.strip_suffix(kind) {
                build.name(number, bare, true);
                build.name(number, &format!("{bare} Co"), true);
            }
        }
        count += 1;
    }
    Ok(count)
}

/// Words for a kind of division around its own name.
const BEFORE: [&str; 30] = [
    "Amphoe ",
    "Kabupaten ",
    "Kota ",
    "Province of ",
    "Borough of ",
    "Metropolitan Borough of ",
    "City of ",
    "County of ",
    "Regierungsbezirk ",
    "Politischer Bezirk ",
    "Bezirk ",
    "Provincia di ",
    "Provincia de ",
    "Province de ",
    "Municipio de ",
    "Partido de ",
    "Departamento de ",
    "Département de ",
    "Département du ",
    "Cantón de ",
    "Concelho de ",
    "Arrondissement de ",
    "Powiat ",
    "Okres ",
    "Huyện ",
    "Thành Phố ",
    "Thị Xã ",
    "Wilaya de ",
    "Qaḑā’ ",
    "Shahrestān-e ",
];
const AFTER: [&str; 22] = [
    " District",
    " Raion",
    " Rayon",
    " İlçesi",
    " County",
    " Province",
    " Territory",
    " Municipality",
    " Regency",
    " Department",
    " Prefecture",
    " City",
    " Mis’krada",
    " Oblast",
    " Governorate",
    " Region",
    " Kommun",
    " Kommune",
    " Shi",
    " Ville",
    " Sub-Region",
    " Division",
];

/// Towns with the district that each lies in → districts, each about the middle of its towns.
fn add_districts(build: &mut Build, towns: &Value, divisions: &[Division]) -> usize {
    #[allow(clippy::type_complexity)] // country, division and name; points with their weights
    let mut districts: BTreeMap<(&str, &str, &str), Vec<(LonLat, u32)>> = BTreeMap::new();
    for town in towns.as_array().into_iter().flatten() {
        let (Some(country), Some(name)) = (town["country_code"].as_str(), town["county"].as_str()) else { continue };
        let point = town["longitude"].as_f64().zip(town["latitude"].as_f64()).and_then(|(lon, lat)| LonLat::new(lon, lat));
        // the counties of the United States have their own outlines
        if let Some(point) = point.filter(|_| country != "US") {
            let key = (country, town["state"].as_str().unwrap_or(""), name);
            districts.entry(key).or_default().push((point, town["population"].as_u64().unwrap_or(0) as u32));
        }
    }
    let mut count = 0;
    for ((country, _, name), towns) in districts {
        let weight = |people: u32| f64::from(people).sqrt() + 1.0;
        let whole: f64 = towns.iter().map(|town| weight(town.1)).sum();
        let mean = |of: fn(LonLat) -> f64| towns.iter().map(|town| of(town.0) * weight(town.1)).sum::<f64>() / whole;
        let Some(point) = LonLat::new(mean(|at| at.lon), mean(|at| at.lat)) else { continue };
        let mut reach: Vec<f64> = towns.iter().map(|town| town.0.distance_km(point)).collect();
        reach.sort_by(f64::total_cmp);
        // towns told to lie in a district of the same name far away are mistakes
        let radius_km = reach[reach.len() * 4 / 5].clamp(10.0, 150.0) as f32;
        let country = country_code(country);
        let number = build.records.len() as u32;
        build.records.push(Record {
            point,
            source: Source::District,
            number: 0,
            kind: PlaceKind::Admin2,
            country,
            division: division_of(divisions, country, point),
            population: 0,
            radius_km,
            name: name.to_owned(),
        });
        let bare = BEFORE.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
        let bare = AFTER.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare).trim();
        build.name(number, name, bare != name);
        // "Palghar" is the town where there is one, and the district where there is none
        let is_town = build.keys.get(&key_of(bare)).is_some_and(|readings| {
            readings
                .keys()
                .map(|record| &build.records[*record as usize])
                .any(|other| other.country == country && f64::from(radius_km) + 60.0 > other.point.distance_km(point))
        });
        if bare != name {
            build.name(number, &format!("{bare} District"), false);
        }
        if !is_town && bare.chars().count() >= 4 {
            build.name(number, bare, false);
        }
        count += 1;
    }
    count
}

/// Where names are written in Latin letters in as many ways as there are reporters.
const WAVERING: [&str; 41] = [
    "SY", "IQ", "YE", "LB", "PS", "IL", "JO", "LY", "EG", "SA", "SD", "SS", "AF", "PK", "IR", "SO", "DZ", "TN", "MA", "MR", "OM",
    "AE", "KW", "QA", "BH", "TD", "ML", "NE", "DJ", "ER", "TR", "AZ", "KZ", "UZ", "TM", "TJ", "KG", "EH", "NG", "ET", "BD",
];

/// Cities of countries with wavering spellings under the skeletons of their names.
fn add_skeletons(build: &mut Build) {
    let mut skeletons: Vec<(String, u32)> = Vec::new();
    for (key, readings) in &build.keys {
        let skeleton = skeleton_of(key);
        if skeleton.is_empty() {
            continue;
        }
        for record in readings.keys() {
            let Record { kind, country, .. } = build.records[*record as usize];
            if kind == PlaceKind::City && WAVERING.iter().any(|code| code.as_bytes() == country) {
                skeletons.push((format!("~{skeleton}"), *record));
            }
        }
    }
    for (skeleton, record) in skeletons {
        build.keys.entry(skeleton).or_default().insert(record, true);
    }
}

fn add_airports(build: &mut Build, csv: &str, divisions: &[Division]) -> usize {
    let mut seen = BTreeSet::new();
    for row in csv.lines().skip(1) {
        let fields: Vec<&str> = row.split("\",\"").map(|field| field.trim_matches('"')).collect();
        let &[_, iata, name, _, _, ..] = fields.as_slice() else { continue };
        let field = ["Airport", "Air Base", "Air Force Base", "Airfield", "Airpark"];
        if iata.len() != 3 || !field.iter().any(|kind| name.ends_with(kind)) || name.split(' ').count() < 2 {
            continue;
        }
        // "country",elevation,lat,lon,"tz","lid"
        let Some(tail) = row.split("\",").find(|part| part.starts_with(|c: char| c.is_ascii_digit() || c == '-')) else {
            continue;
        };
        let numbers: Vec<f64> = tail.split(',').map_while(|number| number.parse().ok()).collect();
        let Some(point) = numbers.get(2).zip(numbers.get(1)).and_then(|(lon, lat)| LonLat::new(*lon, *lat)) else {
            continue;
        };
        let country = fields.get(5).map_or(*b"  ", |field| country_code(field.split('"').next().unwrap_or("")));
        if !seen.insert(iata.to_owned()) {
            continue;
        }
        let code = iata.bytes().fold(0, |code, byte| code << 8 | u32::from(byte));
        build.add(Record {
            point,
            source: Source::Airport,
            number: code,
            kind: PlaceKind::Venue,
            country,
            division: division_of(divisions, country, point),
            population: 0,
            radius_km: 3.0,
            name: name.to_owned(),
        });
    }
    seen.len()
}
