//! A batch of sentences → how far the net is off, and the slopes of all its weights (the way back through every layer).

use dateline::lang::Upos;
use dateline::lang::net::{GROUPS, Layer, Plan, Slots, sigmoid, tanh};
use dateline::lang::tag::class_list;

use crate::matrix::{Adam, Panels, add_product, add_rows, add_turned_product, softmax};
use crate::perceptron::Dice;

/// Shares of words, and of other facts about a word, left out by chance.
const HIDDEN: [f64; 2] = [0.05, 0.08];
/// Longest step: the norm of all slopes together.
const STEEPEST: f64 = 5.0;
/// Share of the loss that the tags have beside heads and relations.
const TAG_SHARE: f32 = 0.5;

/// A sentence as the net sees it, with its gold reading.
pub struct Sample {
    pub ids: Vec<[u32; GROUPS]>,
    /// Gold head; the sentence's length for the root.
    pub heads: Vec<u16>,
    pub rels: Vec<u8>,
    pub tags: Vec<u8>,
}

/// A net under training.
pub struct Net {
    pub plan: Plan,
    /// Shares of units left out by chance: input, between the layers, before the scorers.
    dropped: [f64; 3],
    table: Adam,
    body: Adam,
}

/// Sentences of one length, word after word: row `t * sentences + s`.
pub struct Batch {
    length: usize,
    sentences: usize,
    ids: Vec<[u32; GROUPS]>,
    heads: Vec<u16>,
    rels: Vec<u8>,
    tags: Vec<u8>,
}

impl Batch {
    pub fn of(samples: &[&Sample]) -> Self {
        let length = samples[0].ids.len();
        let mut batch =
            Self { length, sentences: samples.len(), ids: Vec::new(), heads: Vec::new(), rels: Vec::new(), tags: Vec::new() };
        for at in 0..length {
            for sample in samples {
                batch.ids.push(sample.ids[at]);
                batch.heads.push(sample.heads[at]);
                batch.rels.push(sample.rels[at]);
                batch.tags.push(sample.tags[at]);
            }
        }
        batch
    }
}

/// What one direction of one layer leaves for the way back.
struct Trace {
    backward: bool,
    gates: Vec<f32>,
    cells: Vec<f32>,
    bent: Vec<f32>,
    hidden: Vec<f32>,
}

/// How a batch goes through the net.
pub enum Way<'a> {
    /// To see what it finds.
    Read,
    /// To learn, with parts left out by chance.
    Learn(&'a mut Dice),
    /// To learn with nothing left out.
    #[cfg(test)]
    Whole,
}

/// What is left out of a sentence all along it: one number per unit, zero or a little more than one.
fn mask(dice: Option<&mut Dice>, sentences: usize, units: usize, share: f64) -> Option<Vec<f32>> {
    let dice = dice?;
    let kept = (1.0 / (1.0 - share)) as f32;
    Some((0..sentences * units).map(|_| if dice.chance() < share { 0.0 } else { kept }).collect())
}

fn times(rows: &mut [f32], mask: Option<&Vec<f32>>) {
    if let Some(mask) = mask {
        for step in rows.chunks_exact_mut(mask.len()) {
            for (value, by) in step.iter_mut().zip(mask) {
                *value *= by;
            }
        }
    }
}

/// Shares of right heads, heads with relations, and tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hits {
    words: usize,
    heads: usize,
    labels: usize,
    tags: usize,
    parts: usize,
}

impl Hits {
    pub fn print(&self) -> String {
        let share = |n: usize| 100.0 * n as f64 / self.words.max(1) as f64;
        format!(
            "UAS {:.2} LAS {:.2} tags {:.2} UPOS {:.2}",
            share(self.heads),
            share(self.labels),
            share(self.tags),
            share(self.parts)
        )
    }
}

impl Net {
    pub fn new(plan: Plan, dropped: [f64; 3], dice: &mut Dice) -> Self {
        let mut even = |range: f32| (dice.chance() as f32 * 2.0 - 1.0) * range;
        let table = (0..plan.rows * plan.input).map(|_| even((3.0 / plan.input as f32).sqrt())).collect();
        let slots = plan.slots();
        let mut body = vec![0.0; slots.total];
        let mut fill = |body: &mut Vec<f32>, range: std::ops::Range<usize>, inputs: usize, outputs: usize| {
            let reach = (6.0 / (inputs + outputs) as f32).sqrt();
            for value in &mut body[range] {
                *value = even(reach);
            }
        };
        for (number, layer) in slots.layers.iter().enumerate() {
            let inputs = if number < 2 { plan.input } else { plan.hidden * 2 };
            fill(&mut body, layer.across.clone(), inputs, plan.hidden);
            fill(&mut body, layer.along.clone(), plan.hidden, plan.hidden);
            // The forget gate is open at first.
            body[layer.bias.clone()][plan.hidden..plan.hidden * 2].fill(1.0);
        }
        let both = plan.hidden * 2;
        fill(&mut body, slots.views.clone(), both, plan.arc);
        fill(&mut body, slots.tags.clone(), both, plan.tags);
        fill(&mut body, slots.root_arc.clone(), plan.arc, plan.arc);
        fill(&mut body, slots.root_rel.clone(), plan.rel, plan.rel);
        fill(&mut body, slots.rel_pairs.clone(), plan.rel * 4, plan.rel * 4);
        Self { plan, dropped, table: Adam::new(table), body: Adam::new(body) }
    }

    fn lstm(&self, input: &[f32], layer: &Layer, batch: &Batch, backward: bool) -> Trace {
        let hidden = self.plan.hidden;
        let rows = batch.length * batch.sentences;
        let weights = &self.body.values;
        let mut gates = vec![0.0; rows * hidden * 4];
        for row in gates.chunks_exact_mut(hidden * 4) {
            row.copy_from_slice(&weights[layer.bias.clone()]);
        }
        add_product(&mut gates, input, &Panels::of(&weights[layer.across.clone()], input.len() / rows, hidden * 4));
        let along = Panels::of(&weights[layer.along.clone()], hidden, hidden * 4);
        let mut trace = Trace {
            backward,
            gates,
            cells: vec![0.0; rows * hidden],
            bent: vec![0.0; rows * hidden],
            hidden: vec![0.0; rows * hidden],
        };
        let size = batch.sentences * hidden;
        for step in 0..batch.length {
            let at = if backward { batch.length - 1 - step } else { step };
            let before = if backward { at + 1 } else { at.wrapping_sub(1) };
            let own = &mut trace.gates[at * size * 4..][..size * 4];
            if step > 0 {
                add_product(own, &trace.hidden[before * size..][..size], &along);
            }
            for sentence in 0..batch.sentences {
                let gates = &mut own[sentence * hidden * 4..][..hidden * 4];
                let (open, free) = gates.split_at_mut(hidden * 2);
                let (new, out) = free.split_at_mut(hidden);
                for gate in open.iter_mut().chain(out.iter_mut()) {
                    *gate = sigmoid(*gate);
                }
                for value in new.iter_mut() {
                    *value = tanh(*value);
                }
                for unit in 0..hidden {
                    let old = if step > 0 { trace.cells[before * size + sentence * hidden + unit] } else { 0.0 };
                    let cell = open[unit] * new[unit] + open[hidden + unit] * old;
                    let place = at * size + sentence * hidden + unit;
                    trace.cells[place] = cell;
                    trace.bent[place] = tanh(cell);
                    trace.hidden[place] = out[unit] * trace.bent[place];
                }
            }
        }
        trace
    }

    /// The way back through one direction: slopes of its weights, and adds to those of its input.
    fn lstm_back(
        &mut self,
        input: &[f32],
        layer: &Layer,
        batch: &Batch,
        trace: &Trace,
        slopes: &mut [f32],
        input_slopes: &mut [f32],
    ) {
        let hidden = self.plan.hidden;
        let rows = batch.length * batch.sentences;
        let inputs = input.len() / rows;
        let size = batch.sentences * hidden;
        let mut gate_slopes = vec![0.0; rows * hidden * 4];
        let mut cell_slopes = vec![0.0; size];
        let along = Panels::turned(&self.body.values[layer.along.clone()], hidden * 4, hidden);
        for step in (0..batch.length).rev() {
            let at = if trace.backward { batch.length - 1 - step } else { step };
            let before = if trace.backward { at + 1 } else { at.wrapping_sub(1) };
            for sentence in 0..batch.sentences {
                let gates = &trace.gates[(at * size + sentence * hidden) * 4..][..hidden * 4];
                let out = &mut gate_slopes[(at * size + sentence * hidden) * 4..][..hidden * 4];
                for unit in 0..hidden {
                    let place = at * size + sentence * hidden + unit;
                    let (i, f, g, o) = (gates[unit], gates[hidden + unit], gates[hidden * 2 + unit], gates[hidden * 3 + unit]);
                    let bent = trace.bent[place];
                    let slope = slopes[place];
                    let cell = cell_slopes[sentence * hidden + unit] + slope * o * (1.0 - bent * bent);
                    let old = if step > 0 { trace.cells[before * size + sentence * hidden + unit] } else { 0.0 };
                    out[unit] = cell * g * i * (1.0 - i);
                    out[hidden + unit] = cell * old * f * (1.0 - f);
                    out[hidden * 2 + unit] = cell * i * (1.0 - g * g);
                    out[hidden * 3 + unit] = slope * bent * o * (1.0 - o);
                    cell_slopes[sentence * hidden + unit] = cell * f;
                }
            }
            if step > 0 {
                add_product(&mut slopes[before * size..][..size], &gate_slopes[at * size * 4..][..size * 4], &along);
            }
        }
        let slots = &mut self.body.slopes;
        add_turned_product(&mut slots[layer.across.clone()], input, inputs, &gate_slopes, hidden * 4);
        if batch.length > 1 {
            let rest = rows * hidden - size;
            let (old, new) = if trace.backward {
                (&trace.hidden[size..], &gate_slopes[..rest * 4])
            } else {
                (&trace.hidden[..rest], &gate_slopes[size * 4..])
            };
            add_turned_product(&mut slots[layer.along.clone()], old, hidden, new, hidden * 4);
        }
        add_rows(&mut slots[layer.bias.clone()], &gate_slopes);
        let across = Panels::turned(&self.body.values[layer.across.clone()], hidden * 4, inputs);
        add_product(input_slopes, &gate_slopes, &across);
    }

    /// Reads a batch; learning, slopes are added up for [`Net::walk`]. Gives the loss per word.
    pub fn pass(&mut self, batch: &Batch, way: Way<'_>, hits: &mut Hits, classes: &[(Upos, u8)]) -> f32 {
        let learns = !matches!(way, Way::Read);
        let mut dice = if let Way::Learn(dice) = way { Some(dice) } else { None };
        let Plan { input: width, hidden, arc, rel, tags, labels, .. } = self.plan;
        let slots: Slots = self.plan.slots();
        let (length, count) = (batch.length, batch.sentences);
        let rows = length * count;
        let both = hidden * 2;
        // Words.
        let mut ids = batch.ids.clone();
        if let Some(dice) = dice.as_deref_mut() {
            for word in &mut ids {
                for (group, id) in word.iter_mut().enumerate() {
                    let share = HIDDEN[usize::from(group > 0)];
                    if dice.chance() < share {
                        *id = if group == 0 { 0 } else { u32::MAX };
                    }
                }
            }
        }
        let mut first = vec![0.0; rows * width];
        for (row, word) in first.chunks_exact_mut(width).zip(&ids) {
            for id in word.iter().filter(|id| **id != u32::MAX) {
                for (cell, value) in row.iter_mut().zip(&self.table.values[*id as usize * width..][..width]) {
                    *cell += value;
                }
            }
        }
        let first_mask = mask(dice.as_deref_mut(), count, width, self.dropped[0]);
        times(&mut first, first_mask.as_ref());
        // Layers.
        let join = |one: &[f32], two: &[f32]| -> Vec<f32> {
            one.chunks_exact(hidden).zip(two.chunks_exact(hidden)).flat_map(|(a, b)| a.iter().chain(b)).copied().collect()
        };
        let low = [self.lstm(&first, &slots.layers[0], batch, false), self.lstm(&first, &slots.layers[1], batch, true)];
        let mut second = join(&low[0].hidden, &low[1].hidden);
        let second_mask = mask(dice.as_deref_mut(), count, both, self.dropped[1]);
        times(&mut second, second_mask.as_ref());
        let high = [self.lstm(&second, &slots.layers[2], batch, false), self.lstm(&second, &slots.layers[3], batch, true)];
        let mut top = join(&high[0].hidden, &high[1].hidden);
        let top_mask = mask(dice.as_deref_mut(), count, both, self.dropped[1]);
        times(&mut top, top_mask.as_ref());
        // Views of each word: as a dependant and as a head, for arcs and for relations.
        let wide = (arc + rel) * 2;
        let weights = &self.body.values;
        let mut views = vec![0.0; rows * wide];
        for row in views.chunks_exact_mut(wide) {
            row.copy_from_slice(&weights[slots.views_bias.clone()]);
        }
        add_product(&mut views, &top, &Panels::of(&weights[slots.views.clone()], both, wide));
        let mut bends = vec![1.0_f32; rows * wide];
        for (value, bend) in views.iter_mut().zip(&mut bends) {
            if *value < 0.0 {
                *value *= 0.1;
                *bend = 0.1;
            }
        }
        let view_mask = mask(dice, count, wide, self.dropped[2]);
        times(&mut views, view_mask.as_ref());
        let column = |from: usize, size: usize| -> Vec<f32> {
            views.chunks_exact(wide).flat_map(|row| &row[from..from + size]).copied().collect()
        };
        let (arc_own, arc_head) = (column(0, arc), column(arc, arc));
        let (rel_own, rel_head) = (column(arc * 2, rel), column(arc * 2 + rel, rel));
        let mut view_slopes = vec![0.0; rows * wide];
        let mut top_slopes = vec![0.0; rows * both];
        let mut loss = 0.0;
        // Tags.
        let mut scores = vec![0.0; rows * tags];
        for row in scores.chunks_exact_mut(tags) {
            row.copy_from_slice(&weights[slots.tags_bias.clone()]);
        }
        add_product(&mut scores, &top, &Panels::of(&weights[slots.tags.clone()], both, tags));
        for (row, gold) in scores.chunks_exact_mut(tags).zip(&batch.tags) {
            let gold = usize::from(*gold);
            let best = best(row);
            hits.words += 1;
            hits.tags += usize::from(best == gold);
            hits.parts += usize::from(classes[best].0 == classes[gold].0);
            loss -= TAG_SHARE * softmax(row, gold).max(1e-9).ln();
            row[gold] -= 1.0;
            for cell in row {
                *cell *= TAG_SHARE;
            }
        }
        if learns {
            let slopes = &mut self.body.slopes;
            add_turned_product(&mut slopes[slots.tags.clone()], &top, both, &scores, tags);
            add_rows(&mut slopes[slots.tags_bias.clone()], &scores);
            add_product(&mut top_slopes, &scores, &Panels::turned(&weights[slots.tags.clone()], tags, both));
        }
        // Arcs.
        let mut pairs = vec![0.0; rows * arc];
        add_product(&mut pairs, &arc_own, &Panels::of(&weights[slots.arc_pairs.clone()], arc, arc));
        for row in pairs.chunks_exact_mut(arc) {
            for (cell, bias) in row.iter_mut().zip(&weights[slots.arc_bias.clone()]) {
                *cell += bias;
            }
        }
        let mut pair_slopes = vec![0.0; rows * arc];
        let mut found = vec![0_u16; rows];
        for sentence in 0..count {
            let pick = |from: &[f32]| -> Vec<f32> {
                (0..length).flat_map(|at| &from[(at * count + sentence) * arc..][..arc]).copied().collect()
            };
            let mut heads = pick(&arc_head);
            heads.extend(&weights[slots.root_arc.clone()]);
            let own = pick(&pairs);
            let mut scores = vec![0.0; length * (length + 1)];
            add_product(&mut scores, &own, &Panels::turned(&heads, arc, length + 1));
            for (at, row) in scores.chunks_exact_mut(length + 1).enumerate() {
                row[at] = -1e9;
                let place = at * count + sentence;
                let gold = usize::from(batch.heads[place]);
                found[place] = best(row) as u16;
                hits.heads += usize::from(usize::from(found[place]) == gold);
                loss -= softmax(row, gold).max(1e-9).ln();
                row[gold] -= 1.0;
            }
            if learns {
                let mut own_slopes = vec![0.0; length * arc];
                add_product(&mut own_slopes, &scores, &Panels::of(&heads, length + 1, arc));
                let mut head_slopes = vec![0.0; (length + 1) * arc];
                add_turned_product(&mut head_slopes, &scores, length + 1, &own, arc);
                for at in 0..length {
                    let place = at * count + sentence;
                    pair_slopes[place * arc..][..arc].copy_from_slice(&own_slopes[at * arc..][..arc]);
                    view_slopes[place * wide + arc..][..arc].copy_from_slice(&head_slopes[at * arc..][..arc]);
                }
                add_rows(&mut self.body.slopes[slots.root_arc.clone()], &head_slopes[length * arc..]);
            }
        }
        // Relations, at the gold head while learning and at the best one else.
        let heads: &[u16] = if learns { &batch.heads } else { &found };
        let square = labels * rel;
        let mut products = vec![0.0; rows * square];
        add_product(&mut products, &rel_own, &Panels::of(&weights[slots.rel_pairs.clone()], rel, square));
        let mut head_rows = Vec::with_capacity(rows * rel);
        for (place, head) in heads.iter().enumerate() {
            let head = usize::from(*head);
            if head == length {
                head_rows.extend_from_slice(&weights[slots.root_rel.clone()]);
            } else {
                head_rows.extend_from_slice(&rel_head[(head * count + place % count) * rel..][..rel]);
            }
        }
        let mut scores = vec![0.0; rows * labels];
        for row in scores.chunks_exact_mut(labels) {
            row.copy_from_slice(&weights[slots.rel_bias.clone()]);
        }
        add_product(&mut scores, &rel_own, &Panels::of(&weights[slots.rel_own.clone()], rel, labels));
        add_product(&mut scores, &head_rows, &Panels::of(&weights[slots.rel_head.clone()], rel, labels));
        for place in 0..rows {
            let head = &head_rows[place * rel..][..rel];
            let row = &mut scores[place * labels..][..labels];
            for (cell, product) in row.iter_mut().zip(products[place * square..][..square].chunks_exact(rel)) {
                *cell += product.iter().zip(head).map(|(a, b)| a * b).sum::<f32>();
            }
            let gold = usize::from(batch.rels[place]);
            let right = best(row) == gold;
            hits.labels += usize::from(right && found[place] == batch.heads[place]);
            loss -= softmax(row, gold).max(1e-9).ln();
            row[gold] -= 1.0;
        }
        if !learns {
            return loss / rows as f32;
        }
        let mut own_slopes = vec![0.0; rows * rel];
        let mut head_slopes = vec![0.0; rows * rel];
        let mut product_slopes = vec![0.0; rows * square];
        for place in 0..rows {
            let head = &head_rows[place * rel..][..rel];
            let back = &mut head_slopes[place * rel..][..rel];
            let parts = product_slopes[place * square..][..square].chunks_exact_mut(rel);
            for ((slope, part), product) in
                scores[place * labels..][..labels].iter().zip(parts).zip(products[place * square..][..square].chunks_exact(rel))
            {
                for unit in 0..rel {
                    part[unit] = slope * head[unit];
                    back[unit] += slope * product[unit];
                }
            }
        }
        let slopes = &mut self.body.slopes;
        add_turned_product(&mut slopes[slots.rel_pairs.clone()], &rel_own, rel, &product_slopes, square);
        add_turned_product(&mut slopes[slots.rel_own.clone()], &rel_own, rel, &scores, labels);
        add_turned_product(&mut slopes[slots.rel_head.clone()], &head_rows, rel, &scores, labels);
        add_rows(&mut slopes[slots.rel_bias.clone()], &scores);
        add_product(&mut own_slopes, &product_slopes, &Panels::turned(&weights[slots.rel_pairs.clone()], square, rel));
        add_product(&mut own_slopes, &scores, &Panels::turned(&weights[slots.rel_own.clone()], labels, rel));
        add_product(&mut head_slopes, &scores, &Panels::turned(&weights[slots.rel_head.clone()], labels, rel));
        for place in 0..rows {
            view_slopes[place * wide + arc * 2..][..rel].copy_from_slice(&own_slopes[place * rel..][..rel]);
            let head = usize::from(heads[place]);
            let back = &head_slopes[place * rel..][..rel];
            if head == length {
                add_rows(&mut slopes[slots.root_rel.clone()], back);
            } else {
                let to = (head * count + place % count) * wide + arc * 2 + rel;
                add_rows(&mut view_slopes[to..to + rel], back);
            }
        }
        // Back through the arcs' own side.
        add_turned_product(&mut slopes[slots.arc_pairs.clone()], &arc_own, arc, &pair_slopes, arc);
        add_rows(&mut slopes[slots.arc_bias.clone()], &pair_slopes);
        let mut own_slopes = vec![0.0; rows * arc];
        add_product(&mut own_slopes, &pair_slopes, &Panels::turned(&weights[slots.arc_pairs.clone()], arc, arc));
        for (to, from) in view_slopes.chunks_exact_mut(wide).zip(own_slopes.chunks_exact(arc)) {
            to[..arc].copy_from_slice(from);
        }
        times(&mut view_slopes, view_mask.as_ref());
        for (slope, bend) in view_slopes.iter_mut().zip(&bends) {
            *slope *= bend;
        }
        add_turned_product(&mut slopes[slots.views.clone()], &top, both, &view_slopes, wide);
        add_rows(&mut slopes[slots.views_bias.clone()], &view_slopes);
        add_product(&mut top_slopes, &view_slopes, &Panels::turned(&weights[slots.views.clone()], wide, both));
        // Back through the layers.
        times(&mut top_slopes, top_mask.as_ref());
        let split = |rows: &[f32], part: usize| -> Vec<f32> {
            rows.chunks_exact(both).flat_map(|row| &row[part * hidden..][..hidden]).copied().collect()
        };
        let mut second_slopes = vec![0.0; rows * both];
        for part in 0..2 {
            let mut own = split(&top_slopes, part);
            self.lstm_back(&second, &slots.layers[2 + part], batch, &high[part], &mut own, &mut second_slopes);
        }
        times(&mut second_slopes, second_mask.as_ref());
        let mut first_slopes = vec![0.0; rows * width];
        for part in 0..2 {
            let mut own = split(&second_slopes, part);
            self.lstm_back(&first, &slots.layers[part], batch, &low[part], &mut own, &mut first_slopes);
        }
        times(&mut first_slopes, first_mask.as_ref());
        for (row, word) in first_slopes.chunks_exact(width).zip(&ids) {
            for id in word.iter().filter(|id| **id != u32::MAX) {
                add_rows(&mut self.table.slopes[*id as usize * width..][..width], row);
            }
        }
        loss / rows as f32
    }

    /// Moves all weights that have slopes.
    pub fn walk(&mut self, batch: &Batch, rate: f32) {
        let width = self.plan.input;
        let mut rows: Vec<usize> = batch.ids.iter().flatten().map(|id| *id as usize).chain([0]).collect();
        rows.sort_unstable();
        rows.dedup();
        let words = batch.ids.len() as f64;
        let all = 0..self.body.values.len();
        let square = self.body.steepness(all.clone())
            + rows.iter().map(|row| self.table.steepness(row * width..(row + 1) * width)).sum::<f64>();
        let norm = square.sqrt() / words;
        let scale = ((if norm > STEEPEST { STEEPEST / norm } else { 1.0 }) / words) as f32;
        self.body.walk(all, rate, scale);
        for row in rows {
            self.table.walk(row * width..(row + 1) * width, rate, scale);
        }
    }
}

fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |top, at| if scores[at] > scores[top] { at } else { top })
}

impl Net {
    /// The layout that `lang::net` reads.
    pub fn pack(&self, classes: &[(Upos, u8)], words: &[u8]) -> Vec<u8> {
        let plan = self.plan;
        let mut out = b"DLN1".to_vec();
        for size in [plan.rows, plan.input, plan.hidden, plan.arc, plan.rel, plan.tags, plan.labels] {
            out.extend((size as u32).to_le_bytes());
        }
        out.extend(class_list(classes));
        for row in self.table.values.chunks_exact(plan.input) {
            let top = row.iter().fold(1e-9_f32, |top, value| top.max(value.abs()));
            out.extend((top / 127.0).to_le_bytes());
            out.extend(row.iter().map(|value| (value / top * 127.0).round() as i8 as u8));
        }
        for range in plan.slots().parts() {
            let part = &self.body.values[range];
            let top = part.iter().fold(1e-9_f32, |top, value| top.max(value.abs()));
            out.extend((top / 32_767.0).to_le_bytes());
            out.extend(part.iter().flat_map(|value| ((value / top * 32_767.0).round() as i16).to_le_bytes()));
        }
        out.extend(words);
        out
    }
}

#[cfg(test)]
mod tests;
