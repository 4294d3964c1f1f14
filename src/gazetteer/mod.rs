//! Name → candidate places. Pure: the tables are in the program.

use crate::model::{LonLat, PlaceId, PlaceKind};

/// One record. Coordinates in degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    pub point: LonLat,
    /// ISO 3166-1 alpha-2; empty for seas and continents.
    pub country: String,
    pub admin1: String,
    pub population: u32,
    pub radius_km: f32,
}

/// The world in the program.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    #[must_use]
    pub fn load() -> Self {
        Self {}
    }

    /// Every place with this name or spelling variant, most prominent first.
    #[must_use]
    pub fn lookup(&self, _name: &str) -> Vec<Entry> {
        Vec::new()
    }

    /// Seats of government of a country (ISO 3166-1 alpha-2), the first the one drawn; with a sentence where disputed or shared.
    #[must_use]
    pub fn capitals(&self, _country: &str) -> Vec<(Entry, Option<String>)> {
        Vec::new()
    }
}
