//! Features and mistakes → weights: the averaged perceptron, with rows that hold only the classes they touched.

use dateline::lang::weights::{self, Row};

/// One weight with what averaging needs: its sum over time up to `stamp`.
#[derive(Clone, Copy, Debug)]
struct Cell {
    class: u8,
    weight: f32,
    total: f64,
    stamp: u32,
}

/// A growing table from feature keys to rows. Deterministic: no order of hashing is ever seen.
#[derive(Debug)]
pub struct Perceptron {
    keys: Vec<u64>,
    slots: Vec<u32>,
    rows: Vec<Vec<Cell>>,
    used: Vec<u32>,
    count: usize,
    now: u32,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self { keys: vec![0; 1 << 16], slots: vec![0; 1 << 16], rows: Vec::new(), used: Vec::new(), count: 0, now: 0 }
    }
}

impl Perceptron {
    fn find(&self, key: u64) -> Result<usize, usize> {
        let mask = self.keys.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        loop {
            match self.keys[at] {
                0 => return Err(at),
                known if known == key => return Ok(at),
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let keys = std::mem::take(&mut self.keys);
        let slots = std::mem::take(&mut self.slots);
        self.keys = vec![0; keys.len() * 2];
        self.slots = vec![0; keys.len() * 2];
        for (key, slot) in keys.into_iter().zip(slots) {
            if key != 0
                && let Err(at) = self.find(key)
            {
                self.keys[at] = key;
                self.slots[at] = slot;
            }
        }
    }

    /// Adds the current weights of the features to the scores.
    pub fn score(&self, features: &[u64], scores: &mut [f32]) {
        for key in features {
            if let Ok(at) = self.find(*key) {
                for cell in &self.rows[self.slots[at] as usize] {
                    scores[usize::from(cell.class)] += cell.weight;
                }
            }
        }
    }

    /// Time goes on by one decision, right or wrong.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Adds `by` to the weight of a class under each feature.
    pub fn update(&mut self, features: &[u64], class: u8, by: f32) {
        for key in features {
            let at = match self.find(*key) {
                Ok(at) => at,
                Err(_) => {
                    self.count += 1;
                    if self.count * 2 > self.keys.len() {
                        self.grow();
                    }
                    let at = self.find(*key).unwrap_or_else(|free| free);
                    self.keys[at] = *key;
                    self.slots[at] = self.rows.len() as u32;
                    self.rows.push(Vec::new());
                    self.used.push(0);
                    at
                }
            };
            let slot = self.slots[at] as usize;
            self.used[slot] += 1;
            let row = &mut self.rows[slot];
            let now = self.now;
            match row.iter_mut().find(|cell| cell.class == class) {
                Some(cell) => {
                    cell.total += f64::from(cell.weight) * f64::from(now - cell.stamp);
                    cell.stamp = now;
                    cell.weight += by;
                }
                None => row.push(Cell { class, weight: by, total: 0.0, stamp: now }),
            }
        }
    }

    /// The averaged weights, largest features kept: those updated at least `least` times with a weight of `cut` or more.
    /// Weights are scaled so that `top` becomes 127; larger ones are clipped.
    pub fn rows(&self, least: u32, cut: f64) -> Vec<(u64, Vec<(u8, f64)>)> {
        let mut out = Vec::new();
        for (at, key) in self.keys.iter().enumerate() {
            if *key == 0 || self.used[self.slots[at] as usize] < least {
                continue;
            }
            let mut pairs: Vec<(u8, f64)> = self.rows[self.slots[at] as usize]
                .iter()
                .map(|cell| {
                    let total = cell.total + f64::from(cell.weight) * f64::from(self.now - cell.stamp);
                    (cell.class, total / f64::from(self.now.max(1)))
                })
                .filter(|(_, weight)| weight.abs() >= cut)
                .collect();
            pairs.sort_by_key(|(class, _)| *class);
            if !pairs.is_empty() {
                out.push((*key, pairs));
            }
        }
        out.sort_by_key(|(key, _)| *key);
        out
    }

    /// How many features there are.
    pub fn features(&self) -> usize {
        self.count
    }
}

/// Rounds weights to bytes so that `top` becomes 127, and packs them.
pub fn packed(classes: usize, rows: &[(u64, Vec<(u8, f64)>)], top: f64) -> Vec<u8> {
    let rows: Vec<Row> = rows
        .iter()
        .map(|(key, pairs)| {
            let bytes = |weight: f64| (weight / top * 127.0).round().clamp(-127.0, 127.0) as i8;
            (*key, pairs.iter().map(|(class, weight)| (*class, bytes(*weight))).filter(|(_, weight)| *weight != 0).collect())
        })
        .collect();
    weights::pack(classes, rows)
}

/// A small generator (splitmix64), so that training needs no other crate and gives the same bytes everywhere.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0..1
    pub fn chance(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
