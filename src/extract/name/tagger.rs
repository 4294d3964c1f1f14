//! Features of a sentence → names with probabilities: a linear-chain conditional random field over BILOU labels
//! (Lafferty, `McCallum`, Pereira 2001), decoded with Viterbi; probabilities from forward and backward sums.

use super::NameKind;
use super::features::{Seen, features, may_name};
use crate::lang::weights::Weights;

/// Outside, and for each of three kinds: begin, inside, last, unit.
pub const LABELS: usize = 13;
/// Kinds in the order of the labels.
pub const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Location];
/// Weights are stored in steps of 1/32: a packed weight reaches ±4.
pub const STEP: f32 = 1.0 / 32.0;
/// Key under which the weight of a step from one label to the next is stored.
pub const STEP_TEMPLATE: u32 = 700;

/// Position inside a name.
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const LAST: usize = 2;

/// The label for the kind in row `kind` of [`KINDS`] at token `at` of a name of `length` tokens.
#[must_use]
pub const fn label(kind: usize, at: usize, length: usize) -> usize {
    let position = if length == 1 {
        3
    } else if at == 0 {
        BEGIN
    } else if at + 1 == length {
        LAST
    } else {
        INSIDE
    };
    1 + kind * 4 + position
}

/// May `next` follow `before`? Names close before another begins.
#[must_use]
pub const fn may_follow(before: usize, next: usize) -> bool {
    let open = before != 0 && (before - 1) % 4 <= INSIDE;
    let goes_on = next != 0 && matches!((next - 1) % 4, INSIDE | LAST);
    if open { goes_on && (before - 1) / 4 == (next - 1) / 4 } else { !goes_on }
}

/// Scores of one sentence: one row of labels per token, and whether the token may be part of a name at all.
pub type Scores = Vec<[f32; LABELS]>;

const NEVER: f32 = -1.0e9;

/// A decoded name: tokens `first..last` of the sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub first: usize,
    pub last: usize,
    pub kind: NameKind,
    /// Probability of these bounds and this kind, 0..=1.
    pub score: f32,
}

/// The trained field.
#[derive(Debug)]
pub struct Tagger {
    weights: Option<Weights<'static>>,
    steps: [[f32; LABELS]; LABELS],
}

impl Default for Tagger {
    fn default() -> Self {
        Self::read(&[])
    }
}

impl Tagger {
    /// Reads packed weights; without any, no name is found.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Self {
        let weights = Weights::read(bytes);
        let mut steps = [[0.0; LABELS]; LABELS];
        if let Some(weights) = &weights {
            for (before, row) in steps.iter_mut().enumerate() {
                let mut scores = [0_i32; 16];
                weights.add(crate::lang::weights::key(STEP_TEMPLATE, before as u64, 0), &mut scores);
                for (to, from) in row.iter_mut().zip(scores) {
                    *to = from as f32 * STEP;
                }
            }
        }
        Self { weights, steps }
    }

    /// The names of one sentence. Linear in its length.
    #[must_use]
    pub fn tag(&self, seen: &[Seen]) -> Vec<Found> {
        let Some(weights) = &self.weights else { return Vec::new() };
        let mut out = Vec::new();
        let mut keys = Vec::with_capacity(128);
        let mut scores: Scores = Vec::new();
        let mut at = 0;
        // Runs of tokens that may be names are independent of one another: between them all labels are known.
        while at < seen.len() {
            if !may_name(seen, at) {
                at += 1;
                continue;
            }
            let from = at;
            scores.clear();
            while at < seen.len() && may_name(seen, at) {
                features(seen, at, &mut keys);
                let mut sums = [0_i32; 16];
                weights.add_all(&keys, &mut sums);
                let mut row = [0.0; LABELS];
                for (to, from) in row.iter_mut().zip(sums) {
                    *to = from as f32 * STEP;
                }
                scores.push(row);
                at += 1;
            }
            names(&scores, &self.steps, from, &mut out);
        }
        out
    }
}

/// Decodes one run that stands between outside labels.
pub fn names(scores: &[[f32; LABELS]], steps: &[[f32; LABELS]; LABELS], offset: usize, out: &mut Vec<Found>) {
    let path = viterbi(scores, steps);
    let (forward, backward, total) = sums(scores, steps);
    let mut at = 0;
    while at < path.len() {
        let first = at;
        let here = path[first];
        at += 1;
        if here == 0 {
            continue;
        }
        while at < path.len()
            && path[at] != 0
            && (path[at] - 1) / 4 == (here - 1) / 4
            && matches!((path[at] - 1) % 4, INSIDE | LAST)
        {
            at += 1;
        }
        let mut log = forward[first][here] + backward[at - 1][path[at - 1]] - total;
        for n in first + 1..at {
            log += steps[path[n - 1]][path[n]] + scores[n][path[n]];
        }
        out.push(Found {
            first: offset + first,
            last: offset + at,
            kind: KINDS[(here - 1) / 4],
            score: log.exp().clamp(0.0, 1.0),
        });
    }
}

/// The best path.
#[must_use]
pub fn viterbi(scores: &[[f32; LABELS]], steps: &[[f32; LABELS]; LABELS]) -> Vec<usize> {
    let mut best: Vec<[f32; LABELS]> = Vec::with_capacity(scores.len());
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for (at, row) in scores.iter().enumerate() {
        let mut now = [NEVER; LABELS];
        let mut back = [0_u8; LABELS];
        for next in 0..LABELS {
            if at == 0 {
                if may_follow(0, next) {
                    now[next] = row[next] + steps[0][next];
                }
                continue;
            }
            for before in 0..LABELS {
                let sum = best[at - 1][before] + steps[before][next] + row[next];
                if may_follow(before, next) && sum > now[next] {
                    now[next] = sum;
                    back[next] = before as u8;
                }
            }
        }
        best.push(now);
        from.push(back);
    }
    let Some(end) = best.last() else { return Vec::new() };
    let mut here = (0..LABELS).filter(|l| may_follow(*l, 0)).max_by(|a, b| end[*a].total_cmp(&end[*b])).unwrap_or(0);
    let mut path = vec![here; scores.len()];
    for at in (1..scores.len()).rev() {
        here = usize::from(from[at][here]);
        path[at - 1] = here;
    }
    path
}

fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low <= NEVER / 2.0 { high } else { high + (low - high).exp().ln_1p() }
}

/// Forward and backward log sums, and the log of the sum over all paths.
#[must_use]
pub fn sums(scores: &[[f32; LABELS]], steps: &[[f32; LABELS]; LABELS]) -> (Scores, Scores, f32) {
    let length = scores.len();
    let mut forward = vec![[NEVER; LABELS]; length];
    let mut backward = vec![[NEVER; LABELS]; length];
    for at in 0..length {
        for next in 0..LABELS {
            let mut sum = NEVER;
            if at == 0 {
                if may_follow(0, next) {
                    sum = steps[0][next];
                }
            } else {
                for before in (0..LABELS).filter(|before| may_follow(*before, next)) {
                    sum = log_add(sum, forward[at - 1][before] + steps[before][next]);
                }
            }
            forward[at][next] = if sum <= NEVER / 2.0 { NEVER } else { sum + scores[at][next] };
        }
    }
    for at in (0..length).rev() {
        for before in 0..LABELS {
            let mut sum = NEVER;
            if at + 1 == length {
                if may_follow(before, 0) {
                    sum = 0.0;
                }
            } else {
                for next in (0..LABELS).filter(|next| may_follow(before, *next)) {
                    sum = log_add(sum, backward[at + 1][next] + steps[before][next] + scores[at + 1][next]);
                }
            }
            backward[at][before] = sum;
        }
    }
    let total =
        forward.last().map_or(0.0, |end| (0..LABELS).filter(|l| may_follow(*l, 0)).fold(NEVER, |sum, l| log_add(sum, end[l])));
    (forward, backward, total)
}
