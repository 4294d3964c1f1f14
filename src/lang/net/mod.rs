//! Words of a sentence → their tags, heads and relations, by a small neural net.
//!
//! Two layers of LSTM in both directions over sums of embeddings, then biaffine scores of every pair of words (Dozat & Manning
//! 2017, "Deep biaffine attention for neural dependency parsing"). Numbers are added in a fixed order: the same text gives
//! the same tree on every machine and thread. The cost grows with the square of a sentence's length, so longer ones are cut.

mod bend;
mod matrix;
mod plan;
mod span;

use std::sync::{Arc, OnceLock};

use super::grammar::{Rel, Upos};
use super::tag::{Seen, read_classes};
use super::words::FlatMap;
pub use bend::{exp, sigmoid, tanh};
use matrix::{Matrix, Rows};
pub use plan::{GROUPS, Initial, Layer, Plan, Slots, fact_rows, ids, word_key};

/// Words read at a time; the longest sentences of news have about as many.
pub const LONGEST: usize = 100;

/// The net of one language, read in place; what must be decoded is decoded when the first sentence comes.
#[derive(Clone, Debug)]
pub struct Net {
    plan: Plan,
    /// What each class of word stands for.
    pub classes: Vec<(Upos, u8)>,
    words: FlatMap<'static>,
    /// Embeddings: a step `f32` and one byte per number.
    table: &'static [u8],
    body: &'static [u8],
    parts: Arc<OnceLock<Parts>>,
}

/// The weights, decoded.
#[derive(Debug)]
struct Parts {
    layers: [(Matrix, Matrix, Vec<f32>); 4],
    views: (Matrix, Vec<f32>),
    tags: (Matrix, Vec<f32>),
    arc_pairs: (Matrix, Vec<f32>),
    root_arc: Vec<f32>,
    root_rel: Vec<f32>,
    rel_pairs: Matrix,
    rel_own: Matrix,
    rel_head: Matrix,
    rel_bias: Vec<f32>,
}

/// Room for the numbers of one sentence, kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Room {
    first: Rows,
    second: Rows,
    top: Rows,
    gates: Rows,
    views: Rows,
    tags: Rows,
    own: Rows,
    pairs: Rows,
    heads: Rows,
    arcs: Rows,
    products: Rows,
    rels: Rows,
    cells: Vec<f32>,
    hidden: Vec<f32>,
    spans: span::Chart,
    found: Vec<u16>,
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}

impl Net {
    /// Layout, little-endian: `DLN1`; seven sizes `u32`; the list of classes; the embeddings; each
    /// part as a step `f32` and one `i16` per number; the map from words to embeddings.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        if bytes.get(..4)? != b"DLN1" {
            return None;
        }
        let size = |at: usize| number(bytes, 4 + at * 4);
        let plan = Plan {
            rows: size(0)?,
            input: size(1)?,
            hidden: size(2)?,
            arc: size(3)?,
            rel: size(4)?,
            tags: size(5)?,
            labels: size(6)?,
        };
        let (classes, rest) = read_classes(bytes.get(32..)?)?;
        let (table, rest) = rest.split_at_checked(plan.rows * (plan.input + 4))?;
        let slots = plan.slots();
        let (body, rest) = rest.split_at_checked(slots.total * 2 + slots.parts().len() * 4)?;
        let (words, _) = FlatMap::read(rest)?;
        (classes.len() == plan.tags && plan.labels == Rel::ALL.len()).then_some(Self {
            plan,
            classes,
            words,
            table,
            body,
            parts: Arc::default(),
        })
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| {
            let plan = &self.plan;
            let slots = plan.slots();
            let mut at = 0;
            let mut decoded: Vec<Vec<f32>> = Vec::new();
            for range in slots.parts() {
                let bytes = &self.body[at..at + 4 + range.len() * 2];
                let step = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
                decoded.push(
                    bytes[4..].chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) * step).collect(),
                );
                at += bytes.len();
            }
            let mut parts = decoded.into_iter();
            let mut next = || parts.next().unwrap_or_default();
            let (hidden, wide) = (plan.hidden, (plan.arc + plan.rel) * 2);
            Parts {
                layers: std::array::from_fn(|layer| {
                    let inputs = if layer < 2 { plan.input } else { hidden * 2 };
                    (Matrix::of(&next(), inputs, hidden * 4), Matrix::of(&next(), hidden, hidden * 4), next())
                }),
                views: (Matrix::of(&next(), hidden * 2, wide), next()),
                tags: (Matrix::of(&next(), hidden * 2, plan.tags), next()),
                arc_pairs: (Matrix::of(&next(), plan.arc, plan.arc), next()),
                root_arc: next(),
                root_rel: next(),
                rel_pairs: Matrix::of(&next(), plan.rel, plan.rel * plan.labels),
                rel_own: Matrix::of(&next(), plan.rel, plan.labels),
                rel_head: Matrix::of(&next(), plan.rel, plan.labels),
                rel_bias: next(),
            }
        })
    }

    /// Reads one sentence: `classes` are the tagger's before and the net's after; `tree` gets heads (a root's own index for a
    /// root) and relations.
    pub fn parse(&self, seen: &[Seen], classes: &mut [u8], room: &mut Room, tree: &mut Vec<(u16, Rel)>) {
        tree.clear();
        let mut from = 0;
        while from < seen.len() {
            let to = (from + LONGEST).min(seen.len());
            self.piece(&seen[from..to], &mut classes[from..to], from, room, tree);
            from = to;
        }
        // A sentence read in pieces has one root: the first; those of the later pieces hang on it.
        let first = tree.iter().enumerate().position(|(at, (head, _))| usize::from(*head) == at).unwrap_or(0);
        #[allow(clippy::needless_range_loop)] // a row is compared with its own number
        for at in first + 1..tree.len() {
            if usize::from(tree[at].0) == at {
                tree[at] = (first as u16, Rel::Parataxis);
            }
        }
        // Nothing hangs on a punctuation mark: what would, hangs where the mark does.
        for at in 0..tree.len() {
            let mark = usize::from(tree[at].0);
            let above = tree[mark].0;
            if self.classes[usize::from(classes[mark])].0 == Upos::Punct && mark != at && usize::from(above) != mark {
                tree[at].0 = above;
            }
        }
    }

    fn piece(&self, seen: &[Seen], classes: &mut [u8], from: usize, room: &mut Room, tree: &mut Vec<(u16, Rel)>) {
        let parts = self.parts();
        let Plan { input, arc, rel, labels, .. } = self.plan;
        let length = seen.len();
        room.first.clear(length, input);
        for (at, (row, (seen, class))) in room.first.lines_mut().zip(seen.iter().zip(classes.iter())).enumerate() {
            let initial = if from + at == 0 { Initial::Yes } else { Initial::No };
            for id in ids(&self.words, seen, *class, initial) {
                let place = id as usize * (input + 4);
                let Some((step, bytes)) = self.table.get(place..place + input + 4).and_then(<[u8]>::split_first_chunk::<4>)
                else {
                    continue;
                };
                let step = f32::from_le_bytes(*step);
                for (cell, byte) in row.iter_mut().zip(bytes) {
                    *cell += f32::from(byte.cast_signed()) * step;
                }
            }
        }
        self.layer(&parts.layers[..2], true, length, room);
        self.layer(&parts.layers[2..], false, length, room);
        room.tags.fill(length, &parts.tags.1);
        parts.tags.0.add_product(&mut room.tags, &room.top);
        for (class, row) in classes.iter_mut().zip(room.tags.lines()) {
            *class = best(row) as u8;
        }
        room.views.fill(length, &parts.views.1);
        parts.views.0.add_product(&mut room.views, &room.top);
        for value in room.views.all_mut() {
            *value = value.max(*value * 0.1);
        }
        // Heads.
        room.own.take(&room.views, length, 0..arc);
        room.heads.take(&room.views, length, arc..arc * 2);
        room.pairs.fill(length, &parts.arc_pairs.1);
        parts.arc_pairs.0.add_product(&mut room.pairs, &room.own);
        room.arcs.clear(length, length + 1);
        for (at, (scores, own)) in room.arcs.lines_mut().zip(room.pairs.lines()).enumerate().take(length) {
            for (score, head) in scores.iter_mut().zip(room.heads.lines().take(length)) {
                *score = dot(own, head);
            }
            scores[length] = dot(own, &parts.root_arc);
            scores[at] = f32::MIN;
        }
        span::heads(&room.arcs, length, &mut room.spans, &mut room.found);
        // Relations.
        room.own.take(&room.views, length, arc * 2..arc * 2 + rel);
        room.heads.clear(length, rel);
        for (row, head) in room.heads.lines_mut().zip(&room.found) {
            let head = usize::from(*head);
            let place = arc * 2 + rel;
            row.copy_from_slice(if head == length { &parts.root_rel } else { &room.views.line(head)[place..place + rel] });
        }
        room.rels.fill(length, &parts.rel_bias);
        parts.rel_own.add_product(&mut room.rels, &room.own);
        parts.rel_head.add_product(&mut room.rels, &room.heads);
        room.products.clear(length, rel * labels);
        parts.rel_pairs.add_product(&mut room.products, &room.own);
        for at in 0..length {
            let head = room.heads.line(at);
            let scores = room.rels.line_mut(at);
            for (score, product) in scores.iter_mut().zip(room.products.line(at).chunks_exact(rel)) {
                *score += dot(product, head);
            }
            let root = usize::from(room.found[at]) == length;
            if root {
                tree.push(((from + at) as u16, Rel::Root));
            } else {
                scores[Rel::Root as usize] = f32::MIN;
                tree.push((from as u16 + room.found[at], Rel::ALL[best(scores)]));
            }
        }
    }

    /// One layer in both directions: from `first` to `second`, or from `second` to `top`.
    fn layer(&self, weights: &[(Matrix, Matrix, Vec<f32>)], low: bool, length: usize, room: &mut Room) {
        let hidden = self.plan.hidden;
        let (input, out) = if low { (&room.first, &mut room.second) } else { (&room.second, &mut room.top) };
        out.clear(length, hidden * 2);
        for (direction, (across, along, bias)) in weights.iter().enumerate() {
            room.gates.fill(length, bias);
            across.add_product(&mut room.gates, input);
            room.cells.clear();
            room.cells.resize(hidden, 0.0);
            room.hidden.clear();
            room.hidden.resize(hidden, 0.0);
            for step in 0..length {
                let at = if direction == 0 { step } else { length - 1 - step };
                let gates = room.gates.line_mut(at);
                if step > 0 {
                    along.add_row(gates, &room.hidden);
                }
                let (open, rest) = gates.split_at_mut(hidden * 2);
                let (new, shown) = rest.split_at_mut(hidden);
                for gate in open.iter_mut().chain(shown.iter_mut()) {
                    *gate = sigmoid(*gate);
                }
                for value in new.iter_mut() {
                    *value = tanh(*value);
                }
                let (into, kept) = open.split_at(hidden);
                for ((((cell, into), kept), new), (out, shown)) in
                    room.cells.iter_mut().zip(into).zip(kept).zip(new.iter()).zip(room.hidden.iter_mut().zip(shown.iter()))
                {
                    *cell = into * new + kept * *cell;
                    *out = shown * tanh(*cell);
                }
                out.line_mut(at)[direction * hidden..][..hidden].copy_from_slice(&room.hidden);
            }
        }
    }
}

fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |top, at| if scores[at] > scores[top] { at } else { top })
}

/// Sum of products, in eight strands so that the processor can add side by side.
fn dot(one: &[f32], two: &[f32]) -> f32 {
    let mut strands = [0.0_f32; 8];
    let (a, a_rest) = one.as_chunks::<8>();
    let (b, b_rest) = two.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        strands = std::array::from_fn(|at| strands[at] + a[at] * b[at]);
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    strands.iter().sum::<f32>() + rest
}
