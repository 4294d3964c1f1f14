//! Bytes of a `PMTiles` archive (version 3) + tile → the tile's bytes.

use std::io::Read;

use flate2::read::GzDecoder;

/// A place in the pyramid: zoom, column from the antimeridian, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    pub zoom: u8,
    pub x: u32,
    pub y: u32,
}

/// Why an archive cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    #[error("not a PMTiles archive of version 3")]
    Foreign,
    #[error("the archive is cut short or damaged")]
    Damaged,
    #[error("only directories and tiles packed with gzip are read")]
    Packing,
}

/// Runs of equal tiles: the first tile's number, how many, where. A run of 0 leads to a leaf directory.
#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u64,
    run: u64,
    offset: u64,
    length: u64,
}

/// An opened archive; the root directory is in memory, tiles stay packed.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    root: Vec<Entry>,
    leaves: u64,
    data: u64,
    /// Deepest zoom with tiles of its own.
    pub deepest: u8,
}

/// Unpacked, a tile or directory larger than this is taken for an attack (ours are below 1 MB).
const LARGEST: u64 = 16 << 20;

impl<'a> Archive<'a> {
    /// # Errors
    /// Says why the bytes are no archive that can be read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        let header = bytes.get(..127).ok_or(ArchiveError::Foreign)?;
        if !header.starts_with(b"PMTiles\x03") {
            return Err(ArchiveError::Foreign);
        }
        if header[97] != 2 || header[98] != 2 {
            return Err(ArchiveError::Packing);
        }
        let number = |at: usize| header[at..at + 8].iter().rev().fold(0u64, |n, b| (n << 8) | u64::from(*b));
        let root = directory(part(bytes, number(8), number(16))?)?;
        Ok(Self { bytes, root, leaves: number(40), data: number(56), deepest: header[101].min(20) })
    }

    /// The tile's content, unpacked; `None` where the archive has none (bare water).
    pub fn tile(&self, id: TileId) -> Option<Vec<u8>> {
        let number = tile_number(id);
        let mut leaf;
        let mut entries = &self.root;
        // The format allows the root and leaves below it; three steps more than suffice.
        for _depth in 0..4 {
            let entry = *entries.get(entries.partition_point(|e| e.number <= number).checked_sub(1)?)?;
            if entry.run == 0 {
                leaf = directory(part(self.bytes, self.leaves.checked_add(entry.offset)?, entry.length).ok()?).ok()?;
                entries = &leaf;
            } else if number - entry.number < entry.run {
                return unpacked(part(self.bytes, self.data.checked_add(entry.offset)?, entry.length).ok()?).ok();
            } else {
                return None;
            }
        }
        None
    }
}

fn part(bytes: &[u8], offset: u64, length: u64) -> Result<&[u8], ArchiveError> {
    let from = usize::try_from(offset).map_err(|_| ArchiveError::Damaged)?;
    let length = usize::try_from(length).map_err(|_| ArchiveError::Damaged)?;
    let to = from.checked_add(length).ok_or(ArchiveError::Damaged)?;
    bytes.get(from..to).ok_or(ArchiveError::Damaged)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).take(LARGEST).read_to_end(&mut out).map_err(|_| ArchiveError::Damaged)?;
    Ok(out)
}

fn directory(packed: &[u8]) -> Result<Vec<Entry>, ArchiveError> {
    let bytes = unpacked(packed)?;
    let mut rest = bytes.as_slice();
    let mut next = || varint(&mut rest).ok_or(ArchiveError::Damaged);
    let count = next()?;
    if count > bytes.len() as u64 {
        return Err(ArchiveError::Damaged);
    }
    let mut entries = Vec::new();
    let mut number = 0u64;
    for _ in 0..count {
        number = number.checked_add(next()?).ok_or(ArchiveError::Damaged)?;
        entries.push(Entry { number, run: 0, offset: 0, length: 0 });
    }
    for entry in &mut entries {
        entry.run = next()?;
    }
    for entry in &mut entries {
        entry.length = next()?;
    }
    let mut end = 0u64;
    for entry in &mut entries {
        // 0: right behind the one before.
        entry.offset = next()?.checked_sub(1).unwrap_or(end);
        end = entry.offset.checked_add(entry.length).ok_or(ArchiveError::Damaged)?;
    }
    Ok(entries)
}

/// Takes a base-128 number off the front.
pub(super) fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Position on the Hilbert curve of its zoom, after all tiles of lower zooms.
fn tile_number(id: TileId) -> u64 {
    let below = ((1u64 << (2 * u32::from(id.zoom))) - 1) / 3;
    let (mut x, mut y, mut number) = (u64::from(id.x), u64::from(id.y), 0);
    for bit in (0..u32::from(id.zoom)).rev() {
        let side = 1u64 << bit;
        let (right, low) = (u64::from(x & side > 0), u64::from(y & side > 0));
        number += side * side * ((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                x = !x;
                y = !y;
            }
            std::mem::swap(&mut x, &mut y);
        }
    }
    below + number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_specification() {
        let number = |zoom, x, y| tile_number(TileId { zoom, x, y });
        // The examples of the PMTiles specification.
        assert_eq!([number(0, 0, 0), number(1, 0, 0), number(1, 0, 1), number(1, 1, 1), number(1, 1, 0)], [0, 1, 2, 3, 4]);
        assert_eq!(number(2, 0, 0), 5);
        assert_eq!(number(12, 3423, 1763), 19_078_479);
    }

    #[test]
    fn damaged_archives_are_refused() {
        assert_eq!(Archive::open(b"nothing").unwrap_err(), ArchiveError::Foreign);
        let mut header = vec![0xff; 200];
        header[..8].copy_from_slice(b"PMTiles\x03");
        (header[97], header[98]) = (2, 2);
        assert_eq!(Archive::open(&header).unwrap_err(), ArchiveError::Damaged);
    }
}
