//! Rows of numbers × a matrix of weights → rows of numbers: plain loops that the compiler makes wide on any processor.

/// Columns of a panel; chosen by measurement without wide registers.
const WIDE: usize = 8;
/// Rows worked on side by side.
const TALL: usize = 4;

/// Rows of one length; their number is filled up to a multiple of `TALL`.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    numbers: Vec<f32>,
    width: usize,
}

impl Rows {
    /// Makes room for `count` rows of zeros.
    pub fn clear(&mut self, count: usize, width: usize) {
        self.width = width;
        self.numbers.clear();
        self.numbers.resize(count.next_multiple_of(TALL) * width, 0.0);
    }

    /// Makes `count` copies of a row.
    pub fn fill(&mut self, count: usize, row: &[f32]) {
        self.width = row.len();
        self.numbers.clear();
        for _ in 0..count.next_multiple_of(TALL) {
            self.numbers.extend_from_slice(row);
        }
    }

    /// Takes over some columns of other rows.
    pub fn take(&mut self, other: &Self, count: usize, columns: std::ops::Range<usize>) {
        self.width = columns.len();
        self.numbers.clear();
        for row in other.lines().take(count.next_multiple_of(TALL)) {
            self.numbers.extend_from_slice(&row[columns.clone()]);
        }
    }

    pub fn line(&self, at: usize) -> &[f32] {
        &self.numbers[at * self.width..][..self.width]
    }

    pub fn line_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.numbers[at * self.width..][..self.width]
    }

    pub fn lines(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.width)
    }

    pub fn lines_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.numbers.chunks_exact_mut(self.width)
    }

    pub fn all_mut(&mut self) -> &mut [f32] {
        &mut self.numbers
    }
}

/// A matrix cut into panels of `WIDE` columns; the last one is filled up with zeros.
#[derive(Debug)]
pub struct Matrix {
    depth: usize,
    columns: usize,
    panels: Vec<[f32; WIDE]>,
}

impl Matrix {
    /// From numbers in rows.
    pub fn of(numbers: &[f32], depth: usize, columns: usize) -> Self {
        let mut panels = Vec::with_capacity(columns.div_ceil(WIDE) * depth);
        for from in (0..columns).step_by(WIDE) {
            let width = WIDE.min(columns - from);
            panels.extend((0..depth).map(|row| {
                let mut line = [0.0; WIDE];
                line[..width].copy_from_slice(&numbers[row * columns + from..][..width]);
                line
            }));
        }
        Self { depth, columns, panels }
    }

    /// `sum += rows · self`.
    pub fn add_product(&self, sum: &mut Rows, rows: &Rows) {
        for (number, panel) in self.panels.chunks_exact(self.depth).enumerate() {
            let from = number * WIDE;
            let width = WIDE.min(self.columns - from);
            let sums = sum.numbers.chunks_exact_mut(self.columns * TALL);
            for (sum, rows) in sums.zip(rows.numbers.chunks_exact(self.depth * TALL)) {
                four(&mut sum[from..], rows, panel, self.columns, width);
            }
        }
    }

    /// `sum += row · self`, two panels at a time.
    pub fn add_row(&self, sum: &mut [f32], row: &[f32]) {
        for (panels, sum) in self.panels.chunks(self.depth * 2).zip(sum.chunks_mut(WIDE * 2)) {
            let (one, two) = panels.split_at(self.depth);
            let (left, right) = sum.split_at_mut(WIDE.min(sum.len()));
            if two.is_empty() {
                add(left, &run(row, one));
            } else {
                let (a, b) = run_two(row, one, two);
                add(left, &a);
                add(right, &b);
            }
        }
    }
}

fn add(sum: &mut [f32], by: &[f32; WIDE]) {
    for (cell, value) in sum.iter_mut().zip(by) {
        *cell += value;
    }
}

#[inline]
fn step(kept: [f32; WIDE], value: f32, weights: &[f32; WIDE]) -> [f32; WIDE] {
    std::array::from_fn(|at| value * weights[at] + kept[at])
}

#[inline(never)]
fn run(row: &[f32], panel: &[[f32; WIDE]]) -> [f32; WIDE] {
    panel.iter().zip(row).fold([0.0; WIDE], |kept, (weights, value)| step(kept, *value, weights))
}

#[inline(never)]
fn run_two(row: &[f32], one: &[[f32; WIDE]], two: &[[f32; WIDE]]) -> ([f32; WIDE], [f32; WIDE]) {
    let (mut a, mut b) = ([0.0; WIDE], [0.0; WIDE]);
    for ((value, one), two) in row.iter().zip(one).zip(two) {
        a = step(a, *value, one);
        b = step(b, *value, two);
    }
    (a, b)
}

/// Four rows at once; all that is kept stays in registers.
#[inline(never)]
fn four(sum: &mut [f32], rows: &[f32], panel: &[[f32; WIDE]], columns: usize, width: usize) {
    let (mut a, mut b, mut c, mut d) = ([0.0; WIDE], [0.0; WIDE], [0.0; WIDE], [0.0; WIDE]);
    let (one, rest) = rows.split_at(panel.len());
    let (two, rest) = rest.split_at(panel.len());
    let (three, four) = rest.split_at(panel.len());
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
