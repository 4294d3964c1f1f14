//! Packed weight tables: feature key → a few classes with their weights, read in place without decoding.
//!
//! Layout, little-endian: `DLW1`, classes `u32`, bucket bits `u32`, byte length of the rows `u32`; then one `u32` offset per
//! bucket and one past the last; then the rows. The top bits of a key choose the bucket, its low 16 bits tell rows apart:
//! `key u16, count u8, (class u8, weight i8) × count`. A stranger passes for a known key about once in 65,536 rows.

/// A table embedded in the program.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    classes: usize,
    bits: u32,
    offsets: &'a [u8],
    rows: &'a [u8],
}

/// A feature's row before packing: its key and the classes with their weights.
pub type Row = (u64, Vec<(u8, i8)>);

const HEADER: usize = 16;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Weights<'a> {
    /// Reads the header; `None` where the bytes are no such table.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        if bytes.get(..4)? != b"DLW1" {
            return None;
        }
        let classes = word(bytes, 4)? as usize;
        let bits = word(bytes, 8)?;
        let length = word(bytes, 12)? as usize;
        let middle = HEADER + ((1_usize.checked_shl(bits)?) + 1) * 4;
        let offsets = bytes.get(HEADER..middle)?;
        let rows = bytes.get(middle..middle + length)?;
        (bits > 0 && bits < 32).then_some(Self { classes, bits, offsets, rows })
    }

    /// Number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of one feature to the scores of all classes.
    #[inline]
    pub fn add<const N: usize>(&self, key: u64, scores: &mut [i32; N]) {
        const { assert!(N.is_power_of_two()) };
        let bucket = (key >> (64 - self.bits)) as usize * 4;
        let Some(bounds) = self.offsets.get(bucket..bucket + 8) else { return };
        let from = u32::from_le_bytes([bounds[0], bounds[1], bounds[2], bounds[3]]) as usize;
        let to = u32::from_le_bytes([bounds[4], bounds[5], bounds[6], bounds[7]]) as usize;
        let Some(mut rows) = self.rows.get(from..to) else { return };
        let wanted = (key as u16).to_le_bytes();
        while let [low, high, count, rest @ ..] = rows {
            let length = usize::from(*count) * 2;
            if [*low, *high] == wanted {
                for pair in rest.get(..length).unwrap_or(&[]).chunks_exact(2) {
                    scores[usize::from(pair[0]) & (N - 1)] += i32::from(pair[1].cast_signed());
                }
                return;
            }
            rows = rest.get(length..).unwrap_or(&[]);
        }
    }
}

/// Packs rows; the same rows give the same bytes in any order.
#[must_use]
pub fn pack(classes: usize, mut rows: Vec<Row>) -> Vec<u8> {
    rows.retain(|(_, pairs)| !pairs.is_empty() && pairs.len() < 256);
    rows.sort_by_key(|(key, _)| *key);
    let bits = (rows.len().max(2) as f64).log2().round() as u32;
    let buckets = 1_usize << bits;
    let mut offsets: Vec<u32> = Vec::with_capacity(buckets + 1);
    let mut body: Vec<u8> = Vec::new();
    for (key, pairs) in &rows {
        let bucket = (key >> (64 - bits)) as usize;
        while offsets.len() <= bucket {
            offsets.push(body.len() as u32);
        }
        body.extend((*key as u16).to_le_bytes());
        body.push(pairs.len() as u8);
        for (class, weight) in pairs {
            body.extend([*class, weight.cast_unsigned()]);
        }
    }
    while offsets.len() <= buckets {
        offsets.push(body.len() as u32);
    }
    let mut out = b"DLW1".to_vec();
    out.extend((classes as u32).to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(offsets.iter().flat_map(|offset| offset.to_le_bytes()));
    out.extend(body);
    out
}

/// The key of a feature: template number and up to two values, well mixed in all bits.
#[inline]
#[must_use]
pub const fn key(template: u32, a: u64, b: u64) -> u64 {
    let mut hash = a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_mul(0xc2b2_ae3d_27d4_eb4f).rotate_left(29);
    hash = hash.wrapping_add((template as u64 + 1).wrapping_mul(0x1656_67b1_9e37_79f9));
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Hash of a string, the same on every machine.
#[must_use]
pub fn hash(text: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 29;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
