//! Features and mistakes → weights: the averaged perceptron, with rows that hold only the classes they touched.

use dateline::lang::weights::{self, Row};

/// Where a feature's row lies in the arena.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    start: u32,
    length: u8,
    room: u8,
    used: u16,
}

/// A weight of one class.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    weight: f32,
    class: u8,
}

/// What averaging needs beside each weight: its sum over time up to `stamp`.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    total: f64,
    stamp: u32,
}

/// A feature and the averaged weights of its classes.
pub type Averaged = (u64, Vec<(u8, f64)>);

/// A growing table from feature keys to rows. Deterministic: no order of hashing is ever seen.
#[derive(Debug)]
pub struct Perceptron {
    slots: Vec<Slot>,
    cells: Vec<Cell>,
    sums: Vec<Sum>,
    count: usize,
    now: u32,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); 1 << 16], cells: Vec::new(), sums: Vec::new(), count: 0, now: 0 }
    }
}

impl Perceptron {
    fn find(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        while self.slots[at].key != 0 && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let twice = vec![Slot::default(); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, twice);
        for slot in old.into_iter().filter(|slot| slot.key != 0) {
            let at = self.find(slot.key);
            self.slots[at] = slot;
        }
    }

    /// Adds the current weights of the features to the scores.
    pub fn score(&self, features: &[u64], scores: &mut [f32]) {
        // A first look at all slots, so that the processor fetches them side by side.
        let mask = self.slots.len() - 1;
        let seen = features.iter().fold(0, |seen, key| seen ^ self.slots[(key >> 20) as usize & mask].start);
        std::hint::black_box(seen);
        for key in features {
            let slot = self.slots[self.find(*key)];
            let start = slot.start as usize;
            for cell in &self.cells[start..start + usize::from(slot.length)] {
                scores[usize::from(cell.class)] += cell.weight;
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
            let mut at = self.find(*key);
            if self.slots[at].key == 0 {
                self.count += 1;
                if self.count * 2 > self.slots.len() {
                    self.grow();
                    at = self.find(*key);
                }
                self.slots[at].key = *key;
            }
            let slot = &mut self.slots[at];
            slot.used = slot.used.saturating_add(1);
            let start = slot.start as usize;
            let row = start..start + usize::from(slot.length);
            if let Some(cell) = row.clone().find(|cell| self.cells[*cell].class == class) {
                let sum = &mut self.sums[cell];
                sum.total += f64::from(self.cells[cell].weight) * f64::from(self.now - sum.stamp);
                sum.stamp = self.now;
                self.cells[cell].weight += by;
                continue;
            }
            if slot.length == slot.room {
                // The row moves to the end of the arena, with twice the room.
                slot.room = (slot.room * 2).max(2);
                slot.start = self.cells.len() as u32;
                self.cells.extend_from_within(row.clone());
                self.sums.extend_from_within(row);
                let end = slot.start as usize + usize::from(slot.room);
                self.cells.resize(end, Cell::default());
                self.sums.resize(end, Sum::default());
            }
            let free = slot.start as usize + usize::from(slot.length);
            self.cells[free] = Cell { weight: by, class };
            self.sums[free] = Sum { total: 0.0, stamp: self.now };
            slot.length += 1;
        }
    }

    /// The averaged weights: of features updated at least `least` times, those of `cut` or more.
    pub fn rows(&self, least: u16, cut: f64) -> Vec<Averaged> {
        let mut out = Vec::new();
        for slot in self.slots.iter().filter(|slot| slot.key != 0 && slot.used >= least) {
            let start = slot.start as usize;
            let mut pairs: Vec<(u8, f64)> = (start..start + usize::from(slot.length))
                .map(|at| {
                    let (cell, sum) = (self.cells[at], self.sums[at]);
                    let total = sum.total + f64::from(cell.weight) * f64::from(self.now - sum.stamp);
                    (cell.class, total / f64::from(self.now.max(1)))
                })
                .filter(|(_, weight)| weight.abs() >= cut)
                .collect();
            pairs.sort_by_key(|(class, _)| *class);
            if !pairs.is_empty() {
                out.push((slot.key, pairs));
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

/// Adds a share of some rows to others; both are sorted by key.
pub fn added(one: Vec<Averaged>, two: Vec<Averaged>, share: f64) -> Vec<Averaged> {
    let mut all: std::collections::BTreeMap<u64, std::collections::BTreeMap<u8, f64>> =
        one.into_iter().map(|(key, pairs)| (key, pairs.into_iter().collect())).collect();
    for (key, pairs) in two {
        let row = all.entry(key).or_default();
        for (class, weight) in pairs {
            *row.entry(class).or_default() += weight * share;
        }
    }
    all.into_iter().map(|(key, row)| (key, row.into_iter().collect())).collect()
}

/// Rounds weights to bytes so that `top` becomes 127, and packs them.
pub fn packed(classes: usize, rows: &[Averaged], top: f64) -> Vec<u8> {
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

    /// Leaves out one feature in eight by chance, so that no few of them carry a decision alone.
    pub fn drop_some(&mut self, keys: &mut Vec<u64>) {
        let (mut bits, mut at) = (0, 0);
        keys.retain(|_| {
            if at % 64 == 0 {
                bits = self.next() & self.next() & self.next();
            }
            let kept = bits >> (at % 64) & 1 == 0;
            at += 1;
            kept
        });
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
