//! The tables written by hand (countries, states, regions, venues, demonyms, seats) → records and readings.
//!
//! They are text in `assets/gazetteer/src`, parsed at start (a few thousand rows), so a venue is added with one line.

use std::collections::HashMap;

use super::fold::key_of;
use super::{Country, Entry, Reading, Ref, Sense, Surface};
use crate::model::{LonLat, PlaceId, PlaceKind};

const COUNTRIES: &str = include_str!("../../assets/gazetteer/src/countries.tsv");
const STATES: &str = include_str!("../../assets/gazetteer/src/states.tsv");
const REGIONS: &str = include_str!("../../assets/gazetteer/src/regions.tsv");
const VENUES: &str = include_str!("../../assets/gazetteer/src/venues.tsv");
pub(super) const DEMONYMS: &str = include_str!("../../assets/gazetteer/src/demonyms.tsv");
pub(super) const SEATS: &str = include_str!("../../assets/gazetteer/src/seats.tsv");
pub(super) const METONYMS: &str = include_str!("../../assets/gazetteer/src/metonyms.tsv");

/// What the hand-written tables hold. Invariant: every reading's hand record lies in `entries`.
#[derive(Debug, Default)]
pub(super) struct Hand {
    pub entries: Vec<Entry>,
    pub countries: Vec<Country>,
    /// Only looked up, never walked, so its order reaches no output.
    names: HashMap<String, Vec<Reading>>,
}

/// Fields of the rows of a table; comments and short rows are left out.
pub(super) fn rows(table: &'static str, fields: usize) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect::<Vec<_>>())
        .filter(move |row| row.len() >= fields)
}

fn list(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split('|').filter(|name| !name.is_empty())
}

fn number(field: &str) -> f64 {
    field.parse().unwrap_or(0.0)
}

fn slug(name: &str) -> String {
    key_of(name).replace(' ', "-")
}

impl Hand {
    pub fn load() -> Self {
        let mut hand = Self::default();
        hand.load_countries();
        hand.load_states();
        hand.load_regions();
        hand.load_venues();
        hand
    }

    pub fn get(&self, key: &str) -> &[Reading] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }

    /// Readings of the names that begin so, in no order.
    pub fn beginning(&self, key: &str) -> impl Iterator<Item = (&str, Reading)> {
        let names = self.names.iter().filter(move |(name, _)| name.starts_with(key));
        names.flat_map(|(name, readings)| readings.iter().map(move |reading| (name.as_str(), *reading)))
    }

    /// A leading `^` asks for capitals ("US", never "us"); an alias with a full stop asks for the stop.
    pub fn name(&mut self, name: &str, place: Ref, sense: Sense) {
        let (name, surface) = match name.strip_prefix('^') {
            Some(bare) => (bare, Surface::Capitals),
            None if name.ends_with('.') => (name, Surface::Dotted),
            None => (name, Surface::Any),
        };
        let readings = self.names.entry(key_of(name)).or_default();
        let reading = Reading { place, sense, surface };
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }

    fn add(&mut self, entry: Entry) -> Ref {
        let place = Ref::hand(self.entries.len());
        let name = entry.name.clone();
        self.entries.push(entry);
        self.name(&name, place, Sense::Name);
        place
    }

    fn load_countries(&mut self) {
        for row in rows(COUNTRIES, 10) {
            let &[iso, name, lat, lon, area, people, adjectives, folk, aliases, seat] = &row[..10] else { continue };
            let Some(point) = LonLat::new(number(lon), number(lat)) else { continue };
            let place = self.add(Entry {
                id: PlaceId(format!("country:{iso}")),
                name: name.into(),
                kind: PlaceKind::Country,
                point,
                country: iso.into(),
                admin1: String::new(),
                population: number(people) as u32,
                radius_km: (number(area) / std::f64::consts::PI).sqrt().max(1.0) as f32,
            });
            for (names, sense) in [(aliases, Sense::Alias), (adjectives, Sense::Adjective), (folk, Sense::People)] {
                for name in list(names) {
                    self.name(name, place, sense);
                }
            }
            self.countries.push(Country {
                iso: iso.into(),
                name: name.into(),
                adjectives: list(adjectives).filter(|a| !a.starts_with('^') && !a.ends_with('.')).map(Into::into).collect(),
                people: list(folk).map(Into::into).collect(),
                seat: seat.into(),
                place,
            });
        }
    }

    fn load_states(&mut self) {
        for row in rows(STATES, 8) {
            let &[code, name, lat, lon, radius, people, aliases, postal] = &row[..8] else { continue };
            let Some(point) = LonLat::new(number(lon), number(lat)) else { continue };
            let country = code.get(..2).unwrap_or("");
            let place = self.add(Entry {
                id: PlaceId(format!("admin1:{code}")),
                name: name.into(),
                kind: PlaceKind::Admin1,
                point,
                country: country.into(),
                admin1: name.into(),
                population: number(people) as u32,
                radius_km: number(radius) as f32,
            });
            for name in list(aliases) {
                self.name(name, place, Sense::Alias);
            }
            for name in list(postal) {
                self.names.entry(key_of(name)).or_default().push(Reading {
                    place,
                    sense: Sense::Alias,
                    surface: Surface::Postal,
                });
            }
        }
    }

    fn load_regions(&mut self) {
        for row in rows(REGIONS, 6) {
            let &[name, kind, lat, lon, radius, country] = &row[..6] else { continue };
            let Some(point) = LonLat::new(number(lon), number(lat)) else { continue };
            let (kind, prefix) = match kind {
                "continent" => (PlaceKind::Continent, "continent"),
                "water" => (PlaceKind::Water, "water"),
                "mountain" => (PlaceKind::Mountain, "mountain"),
                "admin1" => (PlaceKind::Admin1, "admin1"),
                "district" => (PlaceKind::District, "district"),
                "city" => (PlaceKind::City, "city"),
                _ => (PlaceKind::Region, "region"),
            };
            let radius_km = number(radius) as f32;
            let place = self.add(Entry {
                id: PlaceId(format!("{prefix}:{}", slug(name))),
                name: name.into(),
                kind,
                point,
                country: country.into(),
                admin1: String::new(),
                // no census counts a region; one that is in this table stands beside a large city
                population: (f64::from(radius_km) * 10_000.0).max(2e6) as u32,
                radius_km,
            });
            for name in list(row.get(6).copied().unwrap_or("")) {
                self.name(name, place, Sense::Alias);
            }
        }
    }

    fn load_venues(&mut self) {
        for row in rows(VENUES, 5) {
            let &[name, lat, lon, country, radius] = &row[..5] else { continue };
            let Some(point) = LonLat::new(number(lon), number(lat)) else { continue };
            let place = self.add(Entry {
                id: PlaceId(format!("venue:{}", slug(name))),
                name: name.trim_start_matches('^').into(),
                kind: PlaceKind::Venue,
                point,
                country: country.into(),
                admin1: String::new(),
                // nobody lives there, but who names it rarely means a hamlet of that name
                population: 200_000,
                radius_km: number(radius).max(0.2) as f32,
            });
            for name in list(row.get(5).copied().unwrap_or("")) {
                self.name(name, place, Sense::Alias);
            }
        }
    }
}
