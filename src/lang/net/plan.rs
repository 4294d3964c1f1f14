//! Sizes → where each part of the net lies; a word → the rows of its embeddings. Shared by the trainer and the reader.

use super::super::tag::Seen;
use super::super::weights::key;
use super::super::words::FlatMap;

/// Facts of a word that have an embedding each.
pub const GROUPS: usize = 11;
/// Rows of the embeddings of all facts but the word itself.
const ROWS: [u32; GROUPS - 1] = [8192, 4096, 1024, 4096, 512, 1024, 256, 512, 128, 32];
/// Key of a word among those that have an embedding.
const WORDS: u32 = 11;

/// Sizes of a net.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Rows of embeddings: the facts' (the first of them stands for a strange word), then the words'.
    pub rows: usize,
    /// Length of an embedding.
    pub input: usize,
    /// Units of one direction of one layer.
    pub hidden: usize,
    /// Length of the views that arcs, and relations, are scored with.
    pub arc: usize,
    pub rel: usize,
    pub tags: usize,
    pub labels: usize,
}

/// Where the weights of one direction of one layer lie.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// From the input, and from the step before, to the four gates.
    pub across: std::ops::Range<usize>,
    pub along: std::ops::Range<usize>,
    pub bias: std::ops::Range<usize>,
}

/// Where each part lies among the weights.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// First layer forward and backward, second layer forward and backward.
    pub layers: [Layer; 4],
    /// To the views: arc dependant, arc head, relation dependant, relation head.
    pub views: std::ops::Range<usize>,
    pub views_bias: std::ops::Range<usize>,
    pub tags: std::ops::Range<usize>,
    pub tags_bias: std::ops::Range<usize>,
    pub arc_pairs: std::ops::Range<usize>,
    pub arc_bias: std::ops::Range<usize>,
    /// The root seen as a head.
    pub root_arc: std::ops::Range<usize>,
    pub root_rel: std::ops::Range<usize>,
    pub rel_pairs: std::ops::Range<usize>,
    pub rel_own: std::ops::Range<usize>,
    pub rel_head: std::ops::Range<usize>,
    pub rel_bias: std::ops::Range<usize>,
    pub total: usize,
}

impl Plan {
    /// Lays the parts out one behind the other.
    #[must_use]
    pub fn slots(&self) -> Slots {
        let mut slots = Slots::default();
        let mut next = 0;
        let mut take = |size: usize| {
            next += size;
            next - size..next
        };
        for (number, layer) in slots.layers.iter_mut().enumerate() {
            let inputs = if number < 2 { self.input } else { self.hidden * 2 };
            *layer = Layer {
                across: take(inputs * self.hidden * 4),
                along: take(self.hidden * self.hidden * 4),
                bias: take(self.hidden * 4),
            };
        }
        let wide = (self.arc + self.rel) * 2;
        slots.views = take(self.hidden * 2 * wide);
        slots.views_bias = take(wide);
        slots.tags = take(self.hidden * 2 * self.tags);
        slots.tags_bias = take(self.tags);
        slots.arc_pairs = take(self.arc * self.arc);
        slots.arc_bias = take(self.arc);
        slots.root_arc = take(self.arc);
        slots.root_rel = take(self.rel);
        slots.rel_pairs = take(self.rel * self.rel * self.labels);
        slots.rel_own = take(self.rel * self.labels);
        slots.rel_head = take(self.rel * self.labels);
        slots.rel_bias = take(self.labels);
        slots.total = take(0).start;
        slots
    }
}

impl Slots {
    /// Every part, in order.
    #[must_use]
    pub fn parts(&self) -> Vec<std::ops::Range<usize>> {
        let layers = self.layers.iter().flat_map(|layer| [&layer.across, &layer.along, &layer.bias]);
        let rest = [
            &self.views,
            &self.views_bias,
            &self.tags,
            &self.tags_bias,
            &self.arc_pairs,
            &self.arc_bias,
            &self.root_arc,
            &self.root_rel,
            &self.rel_pairs,
            &self.rel_own,
            &self.rel_head,
            &self.rel_bias,
        ];
        layers.chain(rest).cloned().collect()
    }
}

/// The key of a word, given by the hash of its lower case, among those that have an embedding.
#[must_use]
pub const fn word_key(word: u64) -> u64 {
    key(WORDS, word, 0)
}

/// Rows that the facts of words have together.
#[must_use]
pub fn fact_rows() -> u32 {
    1 + ROWS.iter().sum::<u32>()
}

/// The rows of a word's facts; `class` is what the tagger says of it.
#[must_use]
pub fn ids(words: &FlatMap<'_>, seen: &Seen, class: u8, initial: Initial) -> [u32; GROUPS] {
    let facts = [
        seen.suffixes[3],
        seen.suffixes[2],
        seen.suffixes[1],
        seen.prefixes[2],
        seen.shape << 1 | initial as u64,
        seen.known,
        seen.ambiguity,
        seen.sense,
        u64::from(class),
        seen.names,
    ];
    let mut ids = [0; GROUPS];
    ids[0] = words.get(word_key(seen.word)).unwrap_or(0);
    let mut from = 1;
    for (group, ((id, fact), rows)) in ids[1..].iter_mut().zip(facts).zip(ROWS).enumerate() {
        // Small numbers have a row of their own; the rest share.
        let row =
            if group >= 4 && group != 5 && fact < u64::from(rows) { fact } else { key(group as u32, fact, 1) % u64::from(rows) };
        *id = from + row as u32;
        from += rows;
    }
    ids
}

/// Does a word begin its sentence?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initial {
    No,
    Yes,
}
