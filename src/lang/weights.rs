//! Packed weight tables: feature key → a few classes with their weights, read in place without decoding.
//!
//! Layout, little-endian: `DLW2`, classes `u32`, bucket bits `u32`, byte length of the rows `u32`; then one byte per bucket
//! with a bit for each of the low three bits of a key that are in it (most questions are about keys that are not there, and
//! this small part stays near the processor); then one `u32` offset per bucket and one past the last; then the rows. The top
//! bits of a key choose the bucket, its low 16 bits tell rows apart: `key u16, count u8, (class u8, weight i8) × count`. A
//! stranger passes for a known key about once in 65,536 rows.

/// A table embedded in the program.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    classes: usize,
    bits: u32,
    masks: &'a [u8],
    offsets: &'a [u8],
    rows: &'a [u8],
}

/// A feature's row before packing: its key and the classes with their weights.
pub type Row = (u64, Vec<(u8, i8)>);

const HEADER: usize = 16;
/// Keys looked up side by side.
const ROUND: usize = 128;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl<'a> Weights<'a> {
    /// Reads the header; `None` where the bytes are no such table.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        // The first layout had no masks.
        let masked = match bytes.get(..4)? {
            b"DLW1" => false,
            b"DLW2" => true,
            _ => return None,
        };
        let classes = word(bytes, 4)? as usize;
        let bits = word(bytes, 8)?;
        let length = word(bytes, 12)? as usize;
        let buckets = 1_usize.checked_shl(bits)?;
        let from = if masked { HEADER + buckets } else { HEADER };
        let middle = from + (buckets + 1) * 4;
        let masks = bytes.get(HEADER..from)?;
        let offsets = bytes.get(from..middle)?;
        let rows = bytes.get(middle..middle + length)?;
        (bits > 0 && bits < 32).then_some(Self { classes, bits, masks, offsets, rows })
    }

    /// Number of classes.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of the features to the scores of all classes.
    ///
    /// Three rounds without branches between the loads, so that the processor waits for many of them at once: which keys are
    /// there, where their rows are, and only then the rows.
    #[inline]
    pub fn add_all<const N: usize>(&self, keys: &[u64], scores: &mut [i32; N]) {
        const { assert!(N.is_power_of_two()) };
        for part in keys.chunks(ROUND) {
            let mut there = [0_u64; ROUND];
            let mut count = 0;
            for key in part {
                let mask = self.masks.get((key >> (64 - self.bits)) as usize).copied().unwrap_or(255);
                there[count & (ROUND - 1)] = *key;
                count += usize::from(mask >> (key & 7) & 1);
            }
            let mut bounds = [(0_usize, 0_usize); ROUND];
            let mut touched = 0_u8;
            for (bound, key) in bounds.iter_mut().zip(&there[..count]) {
                let at = (key >> (64 - self.bits)) as usize * 4;
                if let Some(&[a, b, c, d, e, f, g, h]) = self.offsets.get(at..at + 8) {
                    *bound = (u32::from_le_bytes([a, b, c, d]) as usize, u32::from_le_bytes([e, f, g, h]) as usize);
                }
            }
            for bound in &bounds[..count] {
                touched |= self.rows.get(bound.0).copied().unwrap_or(0);
            }
            std::hint::black_box(touched);
            for ((from, to), key) in bounds[..count].iter().zip(&there) {
                self.add_row(*from, *to, *key as u16, scores);
            }
        }
    }

    /// Adds the weights of one feature to the scores of all classes.
    #[inline]
    pub fn add<const N: usize>(&self, key: u64, scores: &mut [i32; N]) {
        let bucket = (key >> (64 - self.bits)) as usize;
        if self.masks.get(bucket).copied().unwrap_or(255) >> (key & 7) & 1 == 0 {
            return;
        }
        if let Some(&[a, b, c, d, e, f, g, h]) = self.offsets.get(bucket * 4..bucket * 4 + 8) {
            let (from, to) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
            self.add_row(from as usize, to as usize, key as u16, scores);
        }
    }

    #[inline]
    fn add_row<const N: usize>(&self, from: usize, to: usize, key: u16, scores: &mut [i32; N]) {
        let Some(mut rows) = self.rows.get(from..to) else { return };
        let wanted = key.to_le_bytes();
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
    let mut masks = vec![0_u8; buckets];
    let mut offsets: Vec<u32> = Vec::with_capacity(buckets + 1);
    let mut body: Vec<u8> = Vec::new();
    for (key, pairs) in &rows {
        let bucket = (key >> (64 - bits)) as usize;
        while offsets.len() <= bucket {
            offsets.push(body.len() as u32);
        }
        masks[bucket] |= 1 << (key & 7);
        body.extend((*key as u16).to_le_bytes());
        body.push(pairs.len() as u8);
        for (class, weight) in pairs {
            body.extend([*class, weight.cast_unsigned()]);
        }
    }
    while offsets.len() <= buckets {
        offsets.push(body.len() as u32);
    }
    let mut out = b"DLW2".to_vec();
    out.extend((classes as u32).to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(masks);
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
