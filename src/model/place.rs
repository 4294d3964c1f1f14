//! Where: places with coordinates, how sure we are, and the role each plays in the article.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Span;

/// Degrees, WGS 84. Invariant: finite, `lon` in −180..=180, `lat` in −90..=90.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

impl LonLat {
    /// `None` where the numbers are no place on Earth.
    #[must_use]
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some(Self { lon, lat })
    }

    /// Great-circle distance in kilometres on a sphere of radius 6,371 km (haversine).
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((b - a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let h = half_lat.mul_add(half_lat, a.cos() * b.cos() * half_lon * half_lon);
        2.0 * 6371.0 * h.sqrt().min(1.0).asin()
    }
}

/// A gazetteer's own name for a place: `geonames:2988507`, `country:FR`, `venue:elysee-palace`. Stable from build to build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlaceId(pub String);

/// What kind of thing on Earth it is; names are those of the open format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    Country,
    Admin1,
    Admin2,
    City,
    District,
    /// Below the city: palace, airport, camp, square, hall.
    Venue,
    Region,
    Water,
    Mountain,
    Continent,
    Other,
}

impl PlaceKind {
    /// Is it drawn as an extent rather than a point?
    #[must_use]
    pub const fn is_area(self) -> bool {
        matches!(
            self,
            Self::Country | Self::Admin1 | Self::Admin2 | Self::Region | Self::Water | Self::Mountain | Self::Continent
        )
    }
}

/// What a place does in an article. Venues and capitals are never mixed: see README, "Two kinds of place".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceRole {
    /// Something happens there.
    Venue,
    /// Seat of a government that acts or attends.
    Capital,
    Origin,
    Destination,
    Target,
    Dateline,
    /// What is talked about.
    Topic,
}

/// One place where the text names a place: the name alone, also inside an organisation's name or as a demonym.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMention {
    pub span: Span,
    pub role: PlaceRole,
    /// The name stands for a government ("Washington signals").
    pub metonym: bool,
}

/// A reading of a name that was weighed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    pub point: Option<LonLat>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Probability, 0..=1.
    pub score: f32,
    pub why: String,
}

/// A place of one article, resolved. Invariant: `roles` holds every role of its mentions, plus `Capital` where it is an acting government's seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    /// `None`: named, not located; it goes to the unlocated tray.
    pub point: Option<LonLat>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Radius in kilometres of the circle that holds the place or, for an unknown venue, of its town.
    pub radius_km: f32,
    /// Probability that this reading is right, 0..=1.
    pub score: f32,
    /// The other readings, best first, at most ten.
    pub candidates: Vec<Candidate>,
    pub roles: BTreeSet<PlaceRole>,
    /// In text order; empty for a capital that is only implied by its government.
    pub mentions: Vec<PlaceMention>,
    /// For a disputed or shared seat: one sentence that says so.
    pub contested: Option<String>,
    /// Why this reading and these roles, in words.
    pub why: String,
}
