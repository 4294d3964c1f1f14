//! Scores of heads → the best tree.
//!
//! Mostly the best head of each word gives a tree at once. Where it does not (a ring, not one root, arcs that cross), the best
//! tree without crossing arcs is found over spans (Eisner 1996, "Three new probabilistic models for dependency parsing"). The
//! passes above take what hangs below a word for one stretch of text.

use super::matrix::Rows;

/// Room for the best scores of all spans.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// Best score of each span from `i` to `j`, headed right or left, open (an arc between its ends) or closed.
    open: [Vec<f32>; 2],
    closed: [Vec<f32>; 2],
    /// Where the best one is cut.
    open_cut: Vec<u16>,
    closed_cut: [Vec<u16>; 2],
    mark: Vec<u16>,
    todo: Vec<(u16, u16, u8)>,
}

/// The head of each of `length` words; `length` for the one root. `arcs` holds a row of scores for each word: one for each
/// head, the root's last.
pub fn heads(arcs: &Rows, length: usize, chart: &mut Chart, out: &mut Vec<u16>) {
    out.clear();
    out.extend(arcs.lines().take(length).map(|row| super::best(row) as u16));
    if !is_tree(out, &mut chart.mark) || crosses(out) {
        best_tree(arcs, length, chart, out);
    }
}

/// One root, and every word comes to it.
fn is_tree(heads: &[u16], mark: &mut Vec<u16>) -> bool {
    let length = heads.len();
    if heads.iter().filter(|head| usize::from(**head) == length).count() != 1 {
        return false;
    }
    // Each word is marked with the number of the walk that came by.
    mark.clear();
    mark.resize(length, 0);
    for start in 0..length {
        let mut at = start;
        while at < length && mark[at] == 0 {
            mark[at] = start as u16 + 1;
            at = usize::from(heads[at]);
        }
        if at < length && mark[at] == start as u16 + 1 {
            return false;
        }
    }
    true
}

/// Does any arc cross another? The root's own arc may.
fn crosses(heads: &[u16]) -> bool {
    let length = heads.len();
    heads.iter().enumerate().filter(|(_, head)| usize::from(**head) < length).any(|(at, head)| {
        let (from, to) = (at.min(usize::from(*head)), at.max(usize::from(*head)));
        (from + 1..to).any(|inner| !(from..=to).contains(&usize::from(heads[inner])))
    })
}

const RIGHT: usize = 0;
const LEFT: usize = 1;

fn best_tree(arcs: &Rows, length: usize, chart: &mut Chart, out: &mut [u16]) {
    let size = length * length;
    for table in chart.open.iter_mut().chain(&mut chart.closed) {
        table.clear();
        table.resize(size, 0.0);
    }
    for table in std::iter::once(&mut chart.open_cut).chain(&mut chart.closed_cut) {
        table.clear();
        table.resize(size, 0);
    }
    for width in 1..length {
        for from in 0..length - width {
            let to = from + width;
            let place = from * length + to;
            // An arc between the ends, over two closed spans that meet.
            let (mut top, mut cut) = (f32::NEG_INFINITY, from);
            for middle in from..to {
                let score = chart.closed[RIGHT][from * length + middle] + chart.closed[LEFT][(middle + 1) * length + to];
                if score > top {
                    (top, cut) = (score, middle);
                }
            }
            chart.open[RIGHT][place] = top + arcs.line(to)[from];
            chart.open[LEFT][place] = top + arcs.line(from)[to];
            chart.open_cut[place] = cut as u16;
            // An open span and a closed one in the same direction.
            let (mut top, mut cut) = (f32::NEG_INFINITY, to);
            for middle in from + 1..=to {
                let score = chart.open[RIGHT][from * length + middle] + chart.closed[RIGHT][middle * length + to];
                if score > top {
                    (top, cut) = (score, middle);
                }
            }
            chart.closed[RIGHT][place] = top;
            chart.closed_cut[RIGHT][place] = cut as u16;
            let (mut top, mut cut) = (f32::NEG_INFINITY, from);
            for middle in from..to {
                let score = chart.closed[LEFT][from * length + middle] + chart.open[LEFT][middle * length + to];
                if score > top {
                    (top, cut) = (score, middle);
                }
            }
            chart.closed[LEFT][place] = top;
            chart.closed_cut[LEFT][place] = cut as u16;
        }
    }
    let mut root = 0;
    let mut top = f32::NEG_INFINITY;
    for at in 0..length {
        let score = chart.closed[LEFT][at] + chart.closed[RIGHT][at * length + length - 1] + arcs.line(at)[length];
        if score > top {
            (top, root) = (score, at);
        }
    }
    out[root] = length as u16;
    // 0, 1: closed to the right and left; 2, 3: open.
    chart.todo.clear();
    chart.todo.push((0, root as u16, 1));
    chart.todo.push((root as u16, length as u16 - 1, 0));
    while let Some((from, to, kind)) = chart.todo.pop() {
        if from == to {
            continue;
        }
        let place = usize::from(from) * length + usize::from(to);
        match kind {
            0 => {
                let cut = chart.closed_cut[RIGHT][place];
                chart.todo.push((from, cut, 2));
                chart.todo.push((cut, to, 0));
            }
            1 => {
                let cut = chart.closed_cut[LEFT][place];
                chart.todo.push((from, cut, 1));
                chart.todo.push((cut, to, 3));
            }
            _ => {
                if kind == 2 {
                    out[usize::from(to)] = from;
                } else {
                    out[usize::from(from)] = to;
                }
                let cut = chart.open_cut[place];
                chart.todo.push((from, cut, 0));
                chart.todo.push((cut + 1, to, 1));
            }
        }
    }
}
