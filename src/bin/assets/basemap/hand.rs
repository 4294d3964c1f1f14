//! `hand.tsv` → what no source says: which borders are disputed, where labels sit, what seas are called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::shape::{Point, world_from_lonlat};

/// See the head of `assets/basemap/hand.tsv` for its rows.
#[derive(Default)]
pub struct Hand {
    /// Names of claims whose lines are drawn.
    pub claims: BTreeSet<String>,
    /// Where a country's name sits, by ISO 3166-1 alpha-2.
    pub points: BTreeMap<String, Point>,
    /// Names that replace the source's, by ISO code.
    pub names: BTreeMap<String, String>,
    /// Seas and oceans: name, place, first zoom.
    pub seas: Vec<(String, Point, f64)>,
    /// Cities of the source that are parts of larger ones.
    pub parts_of_cities: BTreeSet<String>,
    /// Countries whose city names are transcriptions, written plainly.
    plain: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
    parts: Vec<(String, String, [f64; 4])>,
    dropped: BTreeSet<String>,
}

impl Hand {
    pub fn read(path: &Path) -> Result<Self> {
        let mut hand = Self::default();
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let number = |n: usize| -> Result<f64> { Ok(cells.get(n).context("too few cells")?.trim().parse()?) };
            let row = || -> Result<()> {
                match cells[..] {
                    ["claim", name] => {
                        hand.claims.insert(name.to_owned());
                    }
                    ["pair", a, b] => {
                        hand.pairs.insert((a.to_owned(), b.to_owned()));
                    }
                    ["part", a, b, ..] => {
                        hand.parts.push((a.to_owned(), b.to_owned(), [number(3)?, number(4)?, number(5)?, number(6)?]));
                    }
                    ["plain", all] => {
                        hand.plain.extend(all.split(' ').map(str::to_owned));
                    }
                    ["skip", name] => {
                        hand.parts_of_cities.insert(name.to_owned());
                    }
                    ["drop", name] => {
                        hand.dropped.insert(name.to_owned());
                    }
                    ["point", iso, ..] => {
                        hand.points.insert(iso.to_owned(), world_from_lonlat(number(2)?, number(3)?));
                    }
                    ["name", iso, name] => {
                        hand.names.insert(iso.to_owned(), name.to_owned());
                    }
                    ["sea", name, ..] => {
                        hand.seas.push((name.to_owned(), world_from_lonlat(number(2)?, number(3)?), number(4)?));
                    }
                    _ => bail!("unknown row"),
                }
                Ok(())
            };
            let mut row = row;
            row().with_context(|| line.to_owned())?;
        }
        Ok(hand)
    }

    /// A city's name as it is written on the map.
    pub fn city(&self, name: &str, iso: &str) -> String {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        if !self.plain.contains(iso) {
            return name.to_owned();
        }
        name.chars().filter_map(plain).collect()
    }

    /// Bases, leases and strips whose outline is no border on a map of this size.
    pub fn is_dropped(&self, a: &str, b: &str) -> bool {
        !self.is_pair(a, b) && (self.dropped.contains(a) || self.dropped.contains(b))
    }

    /// Is the line on the ground one that one side or most states do not accept?
    pub fn is_disputed(&self, a: &str, b: &str, at: Point) -> bool {
        self.is_pair(a, b)
            || self.parts.iter().any(|(c, d, [west, south, east, north])| {
                let (low, high) = (world_from_lonlat(*west, *south), world_from_lonlat(*east, *north));
                ((a, b) == (c, d) || (b, a) == (c, d))
                    && (low[0]..=high[0]).contains(&at[0])
                    && (high[1]..=low[1]).contains(&at[1])
            })
    }

    fn is_pair(&self, a: &str, b: &str) -> bool {
        let is = |a: &str, b: &str| self.pairs.contains(&(a.to_owned(), b.to_owned()));
        is(a, b) || is(b, a)
    }
}

/// A letter of a transcription without its macron, dot or hook; signs for glottal stops go.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'ā' | 'ă' | 'á' | 'à' => 'a',
        'Ā' | 'Á' => 'A',
        'ē' | 'ĕ' | 'é' | 'ë' => 'e',
        'Ē' => 'E',
        'ī' | 'ĭ' | 'í' => 'i',
        'Ī' | 'İ' => 'I',
        'ō' | 'ŏ' | 'ó' => 'o',
        'Ō' => 'O',
        'ū' | 'ŭ' | 'ú' | 'ü' => 'u',
        'Ū' => 'U',
        'ḩ' | 'ḥ' => 'h',
        'Ḩ' | 'Ḥ' => 'H',
        'ş' | 'ṣ' => 's',
        'Ş' | 'Ṣ' => 'S',
        'ţ' | 'ṭ' => 't',
        'Ţ' | 'Ṭ' => 'T',
        'ḑ' | 'ḍ' => 'd',
        'Ḑ' | 'Ḍ' => 'D',
        'ẕ' | 'ẓ' => 'z',
        'Ẓ' => 'Z',
        'ñ' | 'ṇ' | 'ṅ' => 'n',
        'ṛ' => 'r',
        'ġ' => 'g',
        '‘' | '’' | 'ʻ' | 'ʼ' | '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}
