//! The letters of a page → its lines in reading order: columns from left to right, each from top to bottom.

use super::page::{Drawn, Glyph};

/// A line of one column.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// Of the baseline, from the top of the page.
    pub y: f32,
    /// Of most of its letters, in points.
    pub size: f32,
    pub is_bold: bool,
    /// Lines of one column follow one another; the number changes with the column.
    pub column: usize,
    /// Of the page, in points.
    pub page_height: f32,
    /// Right edge of the column's widest line.
    pub column_right: f32,
    pub column_left: f32,
}

/// A gap of this part of the size parts words: a space is a quarter of the size in most fonts, kerning below a tenth.
const WORD_GAP: f32 = 0.17;
/// A gap of this many sizes may part columns; where it only parts the words of a line set wide, the line is joined again.
const COLUMN_GAP: f32 = 0.95;

/// Puts the letters of a page into lines.
pub(super) fn lines(page: Drawn) -> Vec<Line> {
    let mut pieces = pieces(page.glyphs, page.height);
    let mut ordered = Vec::new();
    let mut column = 0;
    order(&mut pieces, 0, &mut |lines| {
        let right = lines.iter().fold(0.0_f32, |edge, line| edge.max(line.right));
        let left = lines.iter().fold(f32::MAX, |edge, line| edge.min(line.left));
        for line in lines {
            ordered.push(Line { column, column_right: right, column_left: left, ..line.clone() });
        }
        column += 1;
    });
    ordered
}

/// Letters of one baseline that follow one another closely.
fn pieces(mut glyphs: Vec<Glyph>, page_height: f32) -> Vec<Line> {
    glyphs.retain(|glyph| glyph.x.is_finite() && glyph.y.is_finite() && glyph.end.is_finite());
    // Letters in order along their baselines; those of nearly one height are of one line.
    let mut rows: Vec<(f32, Vec<Glyph>)> = Vec::new();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    for glyph in glyphs {
        let slack = glyph.size * 0.25;
        match rows.last_mut() {
            Some((y, row)) if (glyph.y - *y).abs() <= slack => row.push(glyph),
            _ => rows.push((glyph.y, vec![glyph])),
        }
    }
    let mut pieces = Vec::new();
    for (_, mut row) in rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        // A letter drawn twice at one place is a bold one.
        row.dedup_by(|after, before| {
            after.text == before.text && (after.x - before.x).abs() < before.size * 0.08 && !after.text.trim().is_empty()
        });
        let mut start = 0;
        for at in 1..=row.len() {
            let is_end = at == row.len() || {
                let last = &row[start..at].iter().rev().find(|glyph| !glyph.text.trim().is_empty()).unwrap_or(&row[at - 1]);
                !row[at].text.trim().is_empty() && row[at].x - last.end > row[at].size.max(last.size) * COLUMN_GAP
            };
            if is_end {
                pieces.extend(piece(&row[start..at], page_height));
                start = at;
            }
        }
    }
    pieces
}

fn piece(glyphs: &[Glyph], page_height: f32) -> Option<Line> {
    let inked: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).collect();
    let (first, last) = (inked.first()?, inked.last()?);
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        if let Some(before) = before
            && glyph.x - before.end > before.size.min(glyph.size) * WORD_GAP
            && !text.ends_with(' ')
        {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        before = Some(glyph);
    }
    let mut sizes: Vec<f32> = inked.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    let bold = inked.iter().filter(|glyph| glyph.is_bold).count();
    let right = inked.iter().fold(last.end, |edge, glyph| edge.max(glyph.end));
    Some(Line {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        left: first.x,
        right,
        y: first.y,
        size,
        is_bold: bold * 10 >= inked.len() * 8,
        column: 0,
        page_height,
        column_right: 0.0,
        column_left: 0.0,
    })
}

/// Cuts of cuts: a newspaper page has a handful.
const DEEPEST: u8 = 12;

/// Gives the lines of one column after the other. Where a white gutter parts them, what crosses it (a headline over all
/// columns) parts them into bands, and each band is read column by column.
fn order(lines: &mut [Line], depth: u8, give: &mut impl FnMut(&[Line])) {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let Some(gutter) = (depth < DEEPEST).then(|| gutter(lines)).flatten() else {
        if !lines.is_empty() {
            give(&join_rows(lines));
        }
        return;
    };
    let is_across = |line: &Line| line.left < gutter - 1.0 && line.right > gutter + 1.0;
    let mut start = 0;
    while start < lines.len() {
        let across = is_across(&lines[start]);
        let end = (start..lines.len()).find(|&at| is_across(&lines[at]) != across).unwrap_or(lines.len());
        if across {
            order(&mut lines[start..end], DEEPEST, give);
        } else {
            let band = &lines[start..end];
            let (mut left, mut right): (Vec<Line>, Vec<Line>) = band.iter().cloned().partition(|line| line.right <= gutter + 1.0);
            order(&mut left, depth + 1, give);
            order(&mut right, depth + 1, give);
        }
        start = end;
    }
}

/// Pieces of one baseline that no gutter parts are one line after all: a table's row, a line with a wide gap.
fn join_rows(lines: &[Line]) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if (line.y - last.y).abs() < last.size * 0.25 && line.left >= last.right - 1.0 => {
                last.text.push(' ');
                last.text.push_str(&line.text);
                last.right = line.right;
                last.is_bold &= line.is_bold;
            }
            _ => joined.push(line.clone()),
        }
    }
    joined
}

/// Lines that must stand on each side of a gutter; fewer are a table's cells or a date beside a name.
const FEWEST: usize = 3;

/// Where the white between columns runs, if there is one: the x that fewest lines cross, with enough lines on both sides
/// that stand beside one another.
fn gutter(lines: &[Line]) -> Option<f32> {
    if lines.len() < 2 * FEWEST || lines.len() > 5_000 {
        return None;
    }
    let left = lines.iter().fold(f32::MAX, |edge, line| edge.min(line.left));
    let right = lines.iter().fold(f32::MIN, |edge, line| edge.max(line.right));
    let width = right - left;
    if !(40.0..=20_000.0).contains(&width) {
        return None;
    }
    // How many lines cover each half point.
    let bins = (width * 2.0) as usize + 2;
    let mut steps = vec![0_i32; bins + 1];
    for line in lines {
        steps[((line.left - left) * 2.0) as usize] += 1;
        steps[((line.right - left) * 2.0) as usize + 1] -= 1;
    }
    let mut cover = Vec::with_capacity(bins);
    let mut sum = 0;
    for step in &steps[..bins] {
        sum += step;
        cover.push(sum);
    }
    let most = *cover.iter().max()?;
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    // One line in six may cross: headlines, pictures' captions over two columns.
    let limit = most / 6;
    let mut best: Option<(f32, f32)> = None;
    let mut at = 0;
    while at < bins {
        if cover[at] > limit {
            at += 1;
            continue;
        }
        let end = (at..bins).find(|&next| cover[next] > limit).unwrap_or(bins);
        let (from, to) = (at as f32 / 2.0 + left, end as f32 / 2.0 + left);
        let middle = f32::midpoint(from, to);
        if at > 0 && end < bins && to - from >= size * 0.6 && stand_beside(lines, middle) {
            let share = to - from;
            if best.is_none_or(|(wide, _)| share > wide) {
                best = Some((share, middle));
            }
        }
        at = end;
    }
    best.map(|(_, middle)| middle)
}

/// Do enough lines on both sides share heights, and are they text rather than a column of numbers?
fn stand_beside(lines: &[Line], x: f32) -> bool {
    let side = |test: fn(&Line, f32) -> bool| -> Vec<&Line> { lines.iter().filter(|line| test(line, x)).collect() };
    let (left, right) = (side(|line, x| line.right <= x), side(|line, x| line.left >= x));
    // Lines are in order of height: pieces of one baseline stand together.
    let rows = |side: &[&Line]| 1 + side.windows(2).filter(|pair| pair[1].y - pair[0].y > pair[0].size * 0.3).count();
    if left.is_empty() || right.is_empty() || rows(&left) < FEWEST || rows(&right) < FEWEST {
        return false;
    }
    let span = |side: &[&Line]| {
        (side.iter().fold(f32::MAX, |y, line| y.min(line.y)), side.iter().fold(f32::MIN, |y, line| y.max(line.y)))
    };
    let (one, two) = (span(&left), span(&right));
    let shared = one.1.min(two.1) - one.0.max(two.0);
    let words = |side: &[&Line]| side.iter().map(|line| line.text.split_whitespace().count()).sum::<usize>() / rows(side);
    // Columns of a newspaper hold three words a line and more; columns of a table hold one or two.
    shared >= (one.1 - one.0).min(two.1 - two.0) * 0.4 && shared > 0.0 && words(&left) >= 3 && words(&right) >= 3
}
