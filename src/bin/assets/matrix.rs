//! Matrices in rows → products and sums, for training the net: plain loops that the compiler makes wide.
//!
//! Every number is added in the same order on every machine: `mul_add` is exact by definition, with and without the
//! processor's own instruction for it (without, training is many times slower: build for the machine it runs on).

/// Columns of a panel.
const WIDE: usize = 32;
/// Rows worked on side by side.
const TALL: usize = 4;

/// A matrix of `depth` rows and `columns` columns, laid out panel by panel; the last panel is filled up with zeros.
pub struct Panels {
    depth: usize,
    columns: usize,
    data: Vec<f32>,
}

impl Panels {
    /// From a matrix in rows.
    pub fn of(matrix: &[f32], depth: usize, columns: usize) -> Self {
        let mut data = vec![0.0; columns.div_ceil(WIDE) * depth * WIDE];
        for (number, panel) in data.chunks_exact_mut(depth * WIDE).enumerate() {
            let from = number * WIDE;
            let width = WIDE.min(columns - from);
            for (row, out) in panel.chunks_exact_mut(WIDE).enumerate() {
                out[..width].copy_from_slice(&matrix[row * columns + from..][..width]);
            }
        }
        Self { depth, columns, data }
    }

    /// From a matrix in rows, turned over: `matrix` has `columns` rows of `depth`.
    pub fn turned(matrix: &[f32], depth: usize, columns: usize) -> Self {
        Self::of(&turned(matrix, columns, depth), depth, columns)
    }
}

/// Rows become columns.
pub fn turned(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; rows * columns];
    for (row, line) in matrix.chunks_exact(columns).take(rows).enumerate() {
        for (column, value) in line.iter().enumerate() {
            out[column * rows + row] = *value;
        }
    }
    out
}

/// `sum += rows · panels`.
pub fn add_product(sum: &mut [f32], rows: &[f32], panels: &Panels) {
    let (depth, columns) = (panels.depth, panels.columns);
    if depth == 0 || columns == 0 {
        return;
    }
    let count = rows.len() / depth;
    for (number, panel) in panels.data.chunks_exact(depth * WIDE).enumerate() {
        let from = number * WIDE;
        let width = WIDE.min(columns - from);
        let panel = panel.as_chunks::<WIDE>().0;
        let mut row = 0;
        while row + TALL <= count {
            four(&mut sum[row * columns + from..], &rows[row * depth..][..depth * TALL], panel, columns, width);
            row += TALL;
        }
        while row < count {
            one(&mut sum[row * columns + from..][..width], &rows[row * depth..][..depth], panel);
            row += 1;
        }
    }
}

#[inline]
fn step(kept: [f32; WIDE], value: f32, weights: &[f32; WIDE]) -> [f32; WIDE] {
    std::array::from_fn(|at| value.mul_add(weights[at], kept[at]))
}

/// Four rows at once. Written so that all that is kept stays in registers: other forms were ten times slower.
#[inline(never)]
fn four(sum: &mut [f32], rows: &[f32], panel: &[[f32; WIDE]], columns: usize, width: usize) {
    let (mut a, mut b, mut c, mut d) = ([0.0; WIDE], [0.0; WIDE], [0.0; WIDE], [0.0; WIDE]);
    let depth = panel.len();
    let (one, rest) = rows.split_at(depth);
    let (two, rest) = rest.split_at(depth);
    let (three, four) = rest.split_at(depth);
    for ((((weights, one), two), three), four) in panel.iter().zip(one).zip(two).zip(three).zip(four) {
        a = step(a, *one, weights);
        b = step(b, *two, weights);
        c = step(c, *three, weights);
        d = step(d, *four, weights);
    }
    for (row, own) in [a, b, c, d].iter().enumerate() {
        for (cell, value) in sum[row * columns..][..width].iter_mut().zip(own) {
            *cell += value;
        }
    }
}

#[inline(never)]
fn one(sum: &mut [f32], row: &[f32], panel: &[[f32; WIDE]]) {
    let mut kept = [0.0; WIDE];
    for (weights, value) in panel.iter().zip(row) {
        kept = step(kept, *value, weights);
    }
    for (cell, value) in sum.iter_mut().zip(&kept) {
        *cell += value;
    }
}

/// `sum += aᵀ · b`, both with the same number of rows.
pub fn add_turned_product(sum: &mut [f32], a: &[f32], a_columns: usize, b: &[f32], b_columns: usize) {
    let rows = a.len() / a_columns;
    add_product(sum, &turned(a, rows, a_columns), &Panels::of(b, rows, b_columns));
}

/// `sum += ` the sum of all rows.
pub fn add_rows(sum: &mut [f32], rows: &[f32]) {
    for row in rows.chunks_exact(sum.len()) {
        for (cell, value) in sum.iter_mut().zip(row) {
            *cell += value;
        }
    }
}

/// Scores become probabilities; gives the probability of `gold` before.
pub fn softmax(scores: &mut [f32], gold: usize) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = dateline::lang::net::exp(*score - top);
        total += *score;
    }
    for score in scores.iter_mut() {
        *score /= total;
    }
    scores[gold]
}

/// Weights under training by Adam (Kingma & Ba 2015), with the rows of a table moved only when they were touched.
pub struct Adam {
    pub values: Vec<f32>,
    pub slopes: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
}

/// Decay of Adam's means and squares (Dozat & Manning 2017 take 0.9 for both).
const DECAY: [f32; 2] = [0.9, 0.95];

impl Adam {
    pub fn new(values: Vec<f32>) -> Self {
        let size = values.len();
        Self { values, slopes: vec![0.0; size], means: vec![0.0; size], squares: vec![0.0; size] }
    }

    /// Moves a stretch of weights against their slopes, `rate` far, and forgets the slopes.
    pub fn walk(&mut self, range: std::ops::Range<usize>, rate: f32, scale: f32) {
        let parts = self.values[range.clone()]
            .iter_mut()
            .zip(&mut self.slopes[range.clone()])
            .zip(&mut self.means[range.clone()])
            .zip(&mut self.squares[range]);
        for (((value, slope), mean), square) in parts {
            let own = *slope * scale;
            *slope = 0.0;
            *mean = DECAY[0] * *mean + (1.0 - DECAY[0]) * own;
            *square = DECAY[1] * *square + (1.0 - DECAY[1]) * own * own;
            *value -= rate * *mean / (square.sqrt() + 1e-8);
        }
    }

    /// Sum of the squared slopes.
    pub fn steepness(&self, range: std::ops::Range<usize>) -> f64 {
        self.slopes[range].iter().map(|slope| f64::from(*slope) * f64::from(*slope)).sum()
    }
}
