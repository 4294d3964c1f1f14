//! Name → candidate places. Pure: the tables are in the program.
//!
//! Two layers: `world` is built from open sources (cities, counties, first-order divisions, airports) and read in place;
//! `hand` is written by hand (countries, states, regions, venues, demonyms, seats of government) and parsed at start.
//! A name that the hand-written tables know is never read as another place's mere alternate name.
//!
//! # Limits
//! English and other Latin spellings only. Second-order divisions outside the United States are known where a town of 1,000
//! people lies in them; their middle and radius are those of their towns.

pub mod fold;
mod hand;
mod search;
mod seats;
pub mod world;

use crate::model::{LonLat, PlaceId, PlaceKind};
use fold::{Words, key_of, skeleton_of};
use hand::Hand;
use world::{NO_DIVISION, Source, World};

pub use seats::{Demonym, Seat};

static WORLD: &[u8] = include_bytes!("../../assets/gazetteer/world.bin");

/// One record. Coordinates in degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    pub point: LonLat,
    /// ISO 3166-1 alpha-2; empty for seas and continents.
    pub country: String,
    /// Name of the first-order division it lies in; empty where unknown.
    pub admin1: String,
    pub population: u32,
    pub radius_km: f32,
}

/// A state or territory with an ISO code.
#[derive(Clone, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub iso: String,
    pub name: String,
    /// "French", "Argentine", "Argentinian"; the first is the usual one.
    pub adjectives: Vec<String>,
    /// "Frenchman", "Argentines".
    pub people: Vec<String>,
    /// Name of the seat drawn for its government.
    pub seat: String,
    pub place: Ref,
}

/// A record's number in this build of the gazetteer; not stable between builds, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref(u32);

const HAND: u32 = 1 << 31;

impl Ref {
    const fn hand(at: usize) -> Self {
        Self(at as u32 | HAND)
    }

    const fn split(self) -> (bool, u32) {
        (self.0 & HAND != 0, self.0 & !HAND)
    }
}

/// How a name means its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// The main name.
    Name,
    /// Another name, spelling or abbreviation.
    Alias,
    /// "French".
    Adjective,
    /// "Frenchmen".
    People,
}

/// What the text must look like for the reading to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    Any,
    /// All capitals ("US").
    Capitals,
    /// With its full stop ("Miss.").
    Dotted,
    /// Two capitals after a comma or before a number ("Troy, NC").
    Postal,
}

/// One way to read a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub place: Ref,
    pub sense: Sense,
    pub surface: Surface,
}

/// A run of words that is a name.
#[derive(Clone, Debug)]
pub struct Found {
    /// First word and number of words.
    pub first: usize,
    pub len: usize,
    world: Option<u64>,
    key: String,
}

impl Found {
    /// The folded name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The world in the program.
#[derive(Debug)]
pub struct Gazetteer {
    world: World<'static>,
    hand: Hand,
    seats: seats::Seats,
}

/// Names of more words than this are not looked for.
const LONGEST: usize = 8;

impl Default for Gazetteer {
    fn default() -> Self {
        Self::load()
    }
}

impl Gazetteer {
    /// Reads the embedded tables.
    ///
    /// # Panics
    /// When the program was built around a damaged table.
    #[must_use]
    pub fn load() -> Self {
        let world = World::over(WORLD).expect("the embedded table was written by its own builder");
        let mut gazetteer = Self { world, hand: Hand::load(), seats: seats::Seats::default() };
        gazetteer.seats = seats::Seats::load(&mut gazetteer);
        gazetteer
    }

    /// Every place with this name or spelling variant, most prominent first.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Vec<Entry> {
        let key = key_of(name);
        let found = Found { first: 0, len: 1, world: self.world.get(&key), key };
        let mut seen = Vec::new();
        for reading in self.readings(&found) {
            if matches!(reading.sense, Sense::Name | Sense::Alias) && !seen.contains(&reading.place) {
                seen.push(reading.place);
            }
        }
        seen.into_iter().map(|place| self.entry(place)).collect()
    }

    /// Is it the name of any place?
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        let key = key_of(name);
        !self.hand.get(&key).is_empty() || self.world.get(&key).is_some()
    }

    /// The country of this name, alias or abbreviation: "Turkey", "Türkiye", "U.A.E.".
    #[must_use]
    pub fn country_by_name(&self, name: &str) -> Option<&Country> {
        self.hand
            .get(&key_of(name))
            .iter()
            .find(|reading| {
                matches!(reading.sense, Sense::Name | Sense::Alias)
                    && self.kind(reading.place) == PlaceKind::Country
                    && (reading.surface != Surface::Capitals || !name.chars().any(char::is_lowercase))
            })
            .and_then(|reading| self.country(&self.country_code(reading.place)))
    }

    /// By ISO 3166-1 alpha-2.
    #[must_use]
    pub fn country(&self, iso: &str) -> Option<&Country> {
        self.hand.countries.iter().find(|country| country.iso == iso)
    }

    /// All countries, in the order of their codes.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.hand.countries
    }

    /// The names that begin at word `first`, shortest first.
    #[must_use]
    pub fn found_at(&self, words: &Words, first: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let mut key = String::new();
        let mut walk = self.world.root();
        for at in first..words.len().min(first + LONGEST) {
            if at > first {
                if !words.runs_on(at) {
                    break;
                }
                key.push(' ');
                self.world.step(&mut walk, " ");
            }
            key.push_str(words.key(at));
            self.world.step(&mut walk, words.key(at));
            let world = self.world.here(&walk);
            if world.is_some() || !self.hand.get(&key).is_empty() {
                found.push(Found { first, len: at + 1 - first, world, key: key.clone() });
            }
        }
        found
    }

    /// How a name can be read: the hand-written tables first, then the world, most prominent first.
    #[must_use]
    pub fn readings(&self, found: &Found) -> Vec<Reading> {
        let mut readings = self.hand.get(&found.key).to_vec();
        let known = readings.iter().any(|reading| matches!(reading.sense, Sense::Name | Sense::Alias));
        // "Arab" is a word of origin before it is a town in Alabama
        let origin = !readings.is_empty() && !known;
        for posting in found.world.into_iter().filter(|_| !origin).flat_map(|first| self.world.postings(first)) {
            if !(known && posting.alternate) {
                let sense = if posting.alternate { Sense::Alias } else { Sense::Name };
                readings.push(Reading { place: Ref(posting.record), sense, surface: Surface::Any });
            }
        }
        readings
    }

    #[must_use]
    pub fn entry(&self, place: Ref) -> Entry {
        let (by_hand, at) = place.split();
        if by_hand {
            return self.hand.entries[at as usize].clone();
        }
        let number = self.world.number(at);
        let country = self.country_code(place);
        let name = self.world.name(at).to_owned();
        let id = match self.world.source(at) {
            Source::GeoNames => format!("geonames:{number}"),
            Source::County => format!("county:{number:05}"),
            Source::Division => format!("admin1:{country}/{}", key_of(&name).replace(' ', "-")),
            Source::District => {
                format!("admin2:{country}/{}/{}", key_of(self.division(place)).replace(' ', "-"), key_of(&name).replace(' ', "-"))
            }
            Source::Airport => format!("airport:{}", String::from_utf8_lossy(&number.to_be_bytes()[1..])),
        };
        Entry {
            id: PlaceId(id),
            name,
            kind: self.world.kind(at),
            point: self.world.point(at),
            country,
            admin1: self.division(place).to_owned(),
            population: self.world.population(at),
            radius_km: self.world.radius_km(at),
        }
    }

    /// Every place whose main name this is, or which it also names.
    pub fn places(&self, name: &str) -> impl Iterator<Item = Ref> + '_ {
        let key = key_of(name);
        let by_hand: Vec<Ref> = self.hand.get(&key).iter().map(|reading| reading.place).collect();
        let world = self.world.get(&key);
        by_hand
            .into_iter()
            .chain(world.into_iter().flat_map(|first| self.world.postings(first)).map(|posting| Ref(posting.record)))
    }

    /// Towns whose name may be this one spelled otherwise ("Deir Ezzor", "Dayr az Zawr"), where Latin spelling wavers.
    pub fn spelled_like(&self, name: &str) -> impl Iterator<Item = Ref> + '_ {
        let skeleton = skeleton_of(&key_of(name));
        let first = if skeleton.is_empty() { None } else { self.world.get(&format!("~{skeleton}")) };
        first.into_iter().flat_map(|first| self.world.postings(first)).map(|posting| Ref(posting.record))
    }

    /// Does it stand in the tables written by hand?
    #[must_use]
    pub const fn is_by_hand(&self, place: Ref) -> bool {
        place.split().0
    }

    #[must_use]
    pub fn name(&self, place: Ref) -> &str {
        let (by_hand, at) = place.split();
        if by_hand { &self.hand.entries[at as usize].name } else { self.world.name(at) }
    }

    #[must_use]
    pub fn point(&self, place: Ref) -> LonLat {
        let (by_hand, at) = place.split();
        if by_hand { self.hand.entries[at as usize].point } else { self.world.point(at) }
    }

    #[must_use]
    pub fn kind(&self, place: Ref) -> PlaceKind {
        let (by_hand, at) = place.split();
        if by_hand { self.hand.entries[at as usize].kind } else { self.world.kind(at) }
    }

    #[must_use]
    pub fn population(&self, place: Ref) -> u32 {
        let (by_hand, at) = place.split();
        if by_hand { self.hand.entries[at as usize].population } else { self.world.population(at) }
    }

    #[must_use]
    pub fn radius_km(&self, place: Ref) -> f32 {
        let (by_hand, at) = place.split();
        if by_hand { self.hand.entries[at as usize].radius_km } else { self.world.radius_km(at) }
    }

    /// ISO 3166-1 alpha-2; empty for seas and continents.
    #[must_use]
    pub fn country_code(&self, place: Ref) -> String {
        let (by_hand, at) = place.split();
        if by_hand {
            self.hand.entries[at as usize].country.clone()
        } else {
            String::from_utf8_lossy(&self.world.country(at)).trim().to_owned()
        }
    }

    /// Name of the first-order division it lies in; its own name for a division; empty where unknown.
    #[must_use]
    pub fn division(&self, place: Ref) -> &str {
        let (by_hand, at) = place.split();
        if by_hand {
            return &self.hand.entries[at as usize].admin1;
        }
        match self.world.division(at) {
            NO_DIVISION => "",
            number => self.world.name(u32::from(number)),
        }
    }
}
