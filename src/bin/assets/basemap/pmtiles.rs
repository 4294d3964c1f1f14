//! Tiles → one `PMTiles` archive, version 3 (github.com/protomaps/PMTiles, spec v3).

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, ensure};
use flate2::{Compression, write::GzEncoder};

use super::tile::put_varint;

/// Tiles as added, by their number on the Hilbert curve; equal tiles are kept once.
#[derive(Default)]
pub struct Archive {
    tiles: BTreeMap<u64, (u64, u64)>,
    known: BTreeMap<Vec<u8>, u64>,
    data: Vec<u8>,
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// All tiles of lower zooms, then the Hilbert curve of this one.
fn tile_number(zoom: u8, x: u32, y: u32) -> u64 {
    let below = ((1u64 << (2 * zoom)) - 1) / 3;
    let (mut x, mut y) = (u64::from(x), u64::from(y));
    let mut number = 0;
    let mut side = (1u64 << zoom) / 2;
    while side > 0 {
        let (right, low) = (u64::from(x & side > 0), u64::from(y & side > 0));
        number += side * side * ((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                x = (side.wrapping_sub(1)).wrapping_sub(x);
                y = (side.wrapping_sub(1)).wrapping_sub(y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    below + number
}

impl Archive {
    pub fn add(&mut self, zoom: u8, x: u32, y: u32, tile: &[u8]) -> Result<()> {
        let packed = gzip(tile)?;
        let length = packed.len() as u64;
        let next = self.data.len() as u64;
        let offset = *self.known.entry(packed).or_insert_with_key(|packed| {
            self.data.extend_from_slice(packed);
            next
        });
        self.tiles.insert(tile_number(zoom, x, y), (offset, length));
        Ok(())
    }

    pub fn count(&self) -> usize {
        self.tiles.len()
    }

    pub fn size(&self) -> usize {
        self.data.len()
    }

    /// The whole file. Everything stands in the root directory, which the format limits to 16,257 bytes.
    pub fn finish(self, deepest: u8) -> Result<Vec<u8>> {
        // Neighbours with one content become one run. Data is rewritten in tile order, as "clustered" promises.
        let mut entries: Vec<(u64, u64, u64, u64)> = Vec::new();
        let mut moved: BTreeMap<u64, u64> = BTreeMap::new();
        let mut data = Vec::new();
        for (&number, &(offset, length)) in &self.tiles {
            let offset = *moved.entry(offset).or_insert_with(|| {
                let at = data.len() as u64;
                data.extend_from_slice(&self.data[offset as usize..(offset + length) as usize]);
                at
            });
            match entries.last_mut() {
                Some((from, run, o, _)) if *from + *run == number && *o == offset => *run += 1,
                _ => entries.push((number, 1, offset, length)),
            }
        }
        let mut root = Vec::new();
        put_varint(&mut root, entries.len() as u64);
        let mut last = 0;
        for e in &entries {
            put_varint(&mut root, e.0 - last);
            last = e.0;
        }
        for e in &entries {
            put_varint(&mut root, e.1);
        }
        for e in &entries {
            put_varint(&mut root, e.3);
        }
        for (i, e) in entries.iter().enumerate() {
            let follows = i > 0 && entries[i - 1].2 + entries[i - 1].3 == e.2;
            put_varint(&mut root, if follows { 0 } else { e.2 + 1 });
        }
        let root = gzip(&root)?;
        ensure!(root.len() <= 16_257, "the root directory is too large: {}", root.len());
        let metadata = gzip(br#"{"name":"Dateline basemap","attribution":"Natural Earth","format":"pbf"}"#)?;

        let mut file = b"PMTiles\x03".to_vec();
        let mut number = |n: u64| file.extend_from_slice(&n.to_le_bytes());
        let (r, m, d) = (root.len() as u64, metadata.len() as u64, data.len() as u64);
        for n in [127, r, 127 + r, m, 127 + r + m, 0, 127 + r + m, d] {
            number(n);
        }
        number(self.tiles.len() as u64);
        number(entries.len() as u64);
        number(self.known.len() as u64);
        // clustered; directories and tiles in gzip; vector tiles; zooms
        file.extend_from_slice(&[1, 2, 2, 1, 0, deepest]);
        for degrees in [-180.0f64, -85.051_128, 180.0, 85.051_128] {
            file.extend_from_slice(&((degrees * 1e7) as i32).to_le_bytes());
        }
        file.push(0);
        file.extend_from_slice(&[0; 8]);
        ensure!(file.len() == 127, "the header has 127 bytes");
        file.extend(root);
        file.extend(metadata);
        file.extend(data);
        Ok(file)
    }
}
