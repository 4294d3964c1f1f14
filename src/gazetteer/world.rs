//! The built table (cities, counties, first-order divisions, airports) ⇄ bytes.
//!
//! One block of bytes, little-endian, read in place: nothing is decoded at start.
//!
//! ```text
//! magic "DLGZ0001" · 4 × u32 lengths (index, postings, records, names) · index · postings · records · names
//! index     fst map: key → position of its first posting; positions grow with the keys, which keeps it small;
//!           "~" and a skeleton (see `fold`) is a key too, for names whose spelling wavers
//! posting   u32: record number << 2 | alternate name << 1 | last of this key
//! record    28 bytes, see `Record`; the first-order divisions come first, so a division's number fits 16 bits
//! names     length byte, then UTF-8
//! ```

use std::collections::BTreeMap;

use fst::{IntoStreamer, Streamer};

use crate::model::{LonLat, PlaceKind};

const MAGIC: &[u8; 8] = b"DLGZ0001";
const HEADER: usize = 24;
const RECORD: usize = 28;
/// Keys given for one beginning.
const MOST_KEYS: usize = 30_000;

/// Where a record's number comes from, which gives its id its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `number` is a `GeoNames` id.
    GeoNames,
    /// A US county; `number` is its FIPS code.
    County,
    /// A first-order division without `GeoNames` id.
    Division,
    /// An airport; `number` holds its three-letter code.
    Airport,
    /// A second-order division outside the United States; it has no number of its own.
    District,
}

/// One place of the built table.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub point: LonLat,
    pub source: Source,
    pub number: u32,
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2, two bytes of ASCII.
    pub country: [u8; 2],
    /// Record number of the first-order division it lies in; `NO_DIVISION` where unknown.
    pub division: u16,
    pub population: u32,
    pub radius_km: f32,
    pub name: String,
}

/// `Record::division` of a place whose division is unknown.
pub const NO_DIVISION: u16 = u16::MAX;

/// A reading of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub record: u32,
    /// The key is not the record's main name.
    pub alternate: bool,
}

/// The table over its bytes.
#[derive(Debug)]
pub struct World<'a> {
    index: fst::Map<&'a [u8]>,
    postings: &'a [u8],
    records: &'a [u8],
    names: &'a [u8],
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

impl<'a> World<'a> {
    /// `None` where the bytes are not such a table.
    #[must_use]
    pub fn over(bytes: &'a [u8]) -> Option<Self> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let mut at = HEADER;
        let mut take = |number: usize| {
            let from = at;
            at += u32_at(bytes, 8 + 4 * number) as usize;
            bytes.get(from..at)
        };
        let (index, postings, records, names) = (take(0)?, take(1)?, take(2)?, take(3)?);
        Some(Self { index: fst::Map::new(index).ok()?, postings, records, names })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The readings that begin at a position of the index.
    pub fn postings(&self, first: u64) -> impl Iterator<Item = Posting> + '_ {
        let mut at = first as usize * 4;
        let mut more = true;
        std::iter::from_fn(move || {
            if !more || at + 4 > self.postings.len() {
                return None;
            }
            let raw = u32_at(self.postings, at);
            at += 4;
            more = raw & 1 == 0;
            Some(Posting { record: raw >> 2, alternate: raw & 2 != 0 })
        })
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<u64> {
        self.index.get(key)
    }

    /// The keys that begin so, in order, each with the position of its first reading; at most `MOST_KEYS`.
    #[must_use]
    pub fn beginning(&self, key: &str) -> Vec<(String, u64)> {
        let mut found = Vec::new();
        let mut stream = self.index.range().ge(key).into_stream();
        while let Some((name, first)) = stream.next() {
            if !name.starts_with(key.as_bytes()) || found.len() == MOST_KEYS {
                break;
            }
            found.push((String::from_utf8_lossy(name).into_owned(), first));
        }
        found
    }

    #[must_use]
    pub fn root(&self) -> Walk {
        Walk { address: Some(self.index.as_fst().root().addr()), sum: 0 }
    }

    /// Goes on along the key; the walk is dead where no name goes on so.
    pub fn step(&self, walk: &mut Walk, key: &str) {
        let index = self.index.as_fst();
        for &byte in key.as_bytes() {
            let Some(address) = walk.address else { return };
            let node = index.node(address);
            walk.address = node.find_input(byte).map(|at| {
                let arc = node.transition(at);
                walk.sum += arc.out.value();
                arc.addr
            });
        }
    }

    /// The position of the readings of the key walked so far, where it is a name.
    #[must_use]
    pub fn here(&self, walk: &Walk) -> Option<u64> {
        let node = self.index.as_fst().node(walk.address?);
        node.is_final().then(|| walk.sum + node.final_output().value())
    }

    fn raw(&self, record: u32) -> &[u8] {
        let at = record as usize * RECORD;
        self.records.get(at..at + RECORD).unwrap_or(&[0; RECORD])
    }

    #[must_use]
    pub fn point(&self, record: u32) -> LonLat {
        let raw = self.raw(record);
        let degrees = |at| f64::from(u32_at(raw, at).cast_signed()) / 1e5;
        LonLat::new(degrees(4), degrees(0)).unwrap_or_default()
    }

    #[must_use]
    pub fn number(&self, record: u32) -> u32 {
        u32_at(self.raw(record), 8)
    }

    #[must_use]
    pub fn name(&self, record: u32) -> &str {
        let at = u32_at(self.raw(record), 12) as usize;
        let len = usize::from(self.names.get(at).copied().unwrap_or(0));
        self.names.get(at + 1..at + 1 + len).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or("")
    }

    #[must_use]
    pub fn population(&self, record: u32) -> u32 {
        u32_at(self.raw(record), 16)
    }

    #[must_use]
    pub fn country(&self, record: u32) -> [u8; 2] {
        let raw = self.raw(record);
        [raw[20], raw[21]]
    }

    #[must_use]
    pub fn division(&self, record: u32) -> u16 {
        let raw = self.raw(record);
        u16::from_le_bytes([raw[22], raw[23]])
    }

    #[must_use]
    pub fn kind(&self, record: u32) -> PlaceKind {
        match self.raw(record)[24] {
            0 => PlaceKind::Admin1,
            1 => PlaceKind::Admin2,
            2 => PlaceKind::City,
            _ => PlaceKind::Venue,
        }
    }

    #[must_use]
    pub fn source(&self, record: u32) -> Source {
        match self.raw(record)[25] {
            0 => Source::GeoNames,
            1 => Source::County,
            2 => Source::Division,
            3 => Source::Airport,
            _ => Source::District,
        }
    }

    #[must_use]
    pub fn radius_km(&self, record: u32) -> f32 {
        let raw = self.raw(record);
        f32::from(u16::from_le_bytes([raw[26], raw[27]])) / 10.0
    }
}

/// A place in the index while a name is being read.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    address: Option<fst::raw::CompiledAddr>,
    sum: u64,
}

impl Walk {
    #[must_use]
    pub const fn is_dead(&self) -> bool {
        self.address.is_none()
    }
}

/// Records and the keys that name them (record number, is the key an alternate name) → the table's bytes.
///
/// # Errors
/// When the index cannot be built, which in-memory building does only on keys out of order.
pub fn encode(records: &[Record], keys: &BTreeMap<String, Vec<(u32, bool)>>) -> Result<Vec<u8>, fst::Error> {
    let mut postings = Vec::new();
    let mut index = fst::MapBuilder::memory();
    for (key, readings) in keys {
        index.insert(key, postings.len() as u64 / 4)?;
        for (at, (record, alternate)) in readings.iter().enumerate() {
            let raw = record << 2 | u32::from(*alternate) << 1 | u32::from(at + 1 == readings.len());
            postings.extend(raw.to_le_bytes());
        }
    }
    let index = index.into_inner()?;
    let (mut table, mut names) = (Vec::with_capacity(records.len() * RECORD), Vec::new());
    for record in records {
        table.extend(((record.point.lat * 1e5).round() as i32).to_le_bytes());
        table.extend(((record.point.lon * 1e5).round() as i32).to_le_bytes());
        table.extend(record.number.to_le_bytes());
        table.extend((names.len() as u32).to_le_bytes());
        table.extend(record.population.to_le_bytes());
        table.extend(record.country);
        table.extend(record.division.to_le_bytes());
        table.push(match record.kind {
            PlaceKind::Admin1 => 0,
            PlaceKind::Admin2 => 1,
            PlaceKind::City => 2,
            _ => 3,
        });
        table.push(record.source as u8);
        table.extend(((record.radius_km * 10.0).clamp(0.0, 65_535.0) as u16).to_le_bytes());
        let mut cut = record.name.len().min(255);
        while !record.name.is_char_boundary(cut) {
            cut -= 1;
        }
        names.push(cut as u8);
        names.extend(&record.name.as_bytes()[..cut]);
    }
    let mut out = MAGIC.to_vec();
    for part in [&index, &postings, &table, &names] {
        out.extend((part.len() as u32).to_le_bytes());
    }
    for part in [&index, &postings, &table, &names] {
        out.extend(part);
    }
    Ok(out)
}
