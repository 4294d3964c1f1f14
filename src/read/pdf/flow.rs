//! Lines of all pages → headline, subheadings and paragraphs, without running heads, page numbers and hyphens.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Line;
use crate::model::BlockKind;
use crate::read::lines::ends_sentence;
use crate::read::sheet::Sheet;

/// What the layout told beside the text.
#[derive(Default)]
pub(super) struct Told {
    pub title: Option<String>,
    /// An address in the margin, as browsers print it.
    pub url: Option<String>,
}

/// Part of the page's height at its top and foot in which running heads and page numbers stand.
const MARGIN: f32 = 0.12;

/// Writes the text onto the sheet.
pub(super) fn write(pages: Vec<Vec<Line>>, sheet: &mut Sheet) -> Told {
    let mut told = Told::default();
    let lines = without_margins(pages, &mut told);
    let body = usual_size(&lines);
    let words = words_of(&lines);
    let paragraphs = paragraphs(&lines, body, &words);
    // The headline: the largest letters on the first page, if they are larger than the text's.
    let largest = paragraphs
        .iter()
        .take_while(|paragraph| paragraph.page == 0)
        .filter(|paragraph| paragraph.size > body * 1.15 && paragraph.text.chars().filter(|c| c.is_alphabetic()).count() >= 8)
        .map(|paragraph| paragraph.size)
        .fold(0.0_f32, f32::max);
    let mut has_title = false;
    for paragraph in &paragraphs {
        let is_short = paragraph.text.len() < 250 && !paragraph.text.ends_with('.');
        if !has_title && largest > 0.0 && paragraph.size >= largest * 0.98 && paragraph.page == 0 {
            has_title = true;
            told.title = Some(paragraph.text.clone()).filter(|title| title.len() < 300);
            sheet.add(BlockKind::Headline, &paragraph.text);
        } else if (paragraph.size > body * 1.12 || paragraph.is_bold)
            && is_short
            && paragraph.text.split(' ').count() <= 25
            && crate::read::cues::kind_by_cue(&paragraph.text).is_none()
        {
            let is_credit =
                crate::read::cues::is_byline(&paragraph.text) || crate::read::published::stamp(&paragraph.text).is_some();
            if is_credit { sheet.line(&paragraph.text) } else { sheet.add(BlockKind::Subheading, &paragraph.text) }
        } else {
            sheet.line(&paragraph.text);
        }
    }
    told
}

/// A line with its numbers made alike.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if !c.is_ascii_digit() {
            pattern.extend(c.to_lowercase());
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}

fn in_margin(line: &Line, part: f32) -> bool {
    line.y < line.page_height * part || line.y > line.page_height * (1.0 - part)
}

/// "12", "- 3 -", "Page 3 of 9", "3/9", "iv".
fn is_page_number(text: &str) -> bool {
    let low = text.to_lowercase();
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    let mut words = bare.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty());
    bare.len() <= 16
        && words.clone().count() <= 4
        && words.all(|word| {
            matches!(word, "page" | "of" | "p" | "seite" | "von" | "стр" | "-" | "–")
                || (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()))
                || (word.len() <= 5 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
        })
        && bare.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x'))
}

/// Drops what stands alike in the margins of several pages, page numbers, and what browsers print around a page.
fn without_margins(pages: Vec<Vec<Line>>, told: &mut Told) -> Vec<(usize, Line)> {
    let count = pages.len();
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (page, lines) in pages.iter().enumerate() {
        for line in lines.iter().filter(|line| in_margin(line, MARGIN)) {
            seen.entry(pattern(&line.text)).or_default().insert(page);
        }
    }
    let mut kept = Vec::new();
    for (page, lines) in pages.into_iter().enumerate() {
        for line in lines {
            let in_edge = in_margin(&line, 0.07);
            if in_margin(&line, MARGIN) {
                let often = seen.get(&pattern(&line.text)).map_or(0, BTreeSet::len);
                // On every second page where left and right pages differ.
                if often >= 2 && often * 5 >= count * 2 || is_page_number(&line.text) {
                    continue;
                }
            }
            let address = line
                .text
                .split_whitespace()
                .next()
                .filter(|word| word.starts_with("http://") || word.starts_with("https://") || word.starts_with("file:///"));
            if in_edge && let Some(address) = address {
                if address.starts_with("http") && !address.contains('…') {
                    told.url.get_or_insert(address.to_owned());
                }
                continue;
            }
            if in_edge && is_print_stamp(&line.text) {
                continue;
            }
            kept.push((page, line));
        }
    }
    kept
}

/// `10/9/25, 3:15 PM Ministers meet in Vienna`: when a page was printed, not when it was published.
fn is_print_stamp(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(date), Some(clock)) = (words.next(), words.next()) else { return false };
    let is_date = date.ends_with(',')
        && date
            .trim_end_matches(',')
            .split(['/', '.', '-'])
            .filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
            .count()
            == 3;
    is_date && clock.contains(':') && clock.starts_with(|c: char| c.is_ascii_digit())
}

/// The size of most letters.
fn usual_size(lines: &[(usize, Line)]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for (_, line) in lines {
        *sizes.entry((line.size * 4.0) as i32).or_default() += line.text.len();
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// All words of the text with and without hyphens inside, to tell a word's own hyphen from one at a line's end.
fn words_of(lines: &[(usize, Line)]) -> BTreeSet<String> {
    lines
        .iter()
        .flat_map(|(_, line)| line.text.split_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect()
}

struct Paragraph {
    text: String,
    size: f32,
    is_bold: bool,
    page: usize,
}

/// Usual distance of two baselines in a paragraph.
fn spacing(lines: &[(usize, Line)], body: f32) -> f32 {
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .filter(|pair| {
            pair[0].0 == pair[1].0 && pair[0].1.column == pair[1].1.column && (pair[0].1.size - body).abs() < body * 0.1
        })
        .map(|pair| pair[1].1.y - pair[0].1.y)
        .filter(|gap| *gap > body * 0.8 && *gap < body * 3.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    // Not the middle: a text of short paragraphs has many wide gaps.
    gaps.get(gaps.len() / 3).copied().unwrap_or(body * 1.2)
}

fn paragraphs(lines: &[(usize, Line)], body: f32, words: &BTreeSet<String>) -> Vec<Paragraph> {
    let spacing = spacing(lines, body);
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, (page, line)) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let joins = before.is_some_and(|(before_page, before)| {
            let is_alike = (line.size - before.size).abs() < before.size * 0.1
                && (line.is_bold == before.is_bold
                    || before.text.len() > 60 && line.text.len() > 20
                    || line.size < body * 1.12
                        && !(line.is_bold && line.text.len() < 60)
                        && !(before.is_bold && before.text.len() < 60));
            // A headline of two lines, the second too short to cross the gutter below it.
            let is_head = *before_page == *page
                && line.size > body * 1.12
                && (0.0..line.size * 1.7).contains(&(line.y - before.y))
                && (line.left - before.left).abs() < line.size;
            if is_head && is_alike {
                return true;
            }
            if *before_page == *page && before.column == line.column {
                is_alike && follows(before, line, spacing * (line.size / body).max(1.0), lines.get(at + 1).map(|(_, next)| next))
            } else {
                // Over the end of a column or page a sentence goes on.
                is_alike
                    && line.size < body * 1.12
                    && !ends_sentence(&before.text)
                    && !before.text.ends_with(':')
                    && (line.text.starts_with(char::is_lowercase) || before.text.ends_with('-') || fills(before))
            }
        });
        match found.last_mut() {
            Some(paragraph) if joins => join(&mut paragraph.text, &line.text, words),
            _ => found.push(Paragraph { text: line.text.clone(), size: line.size, is_bold: line.is_bold, page: *page }),
        }
    }
    found
}

/// Does the line reach the right edge of its column, so that its paragraph may go on?
fn fills(line: &Line) -> bool {
    line.column_right - line.right < (line.column_right - line.column_left) * 0.2
}

/// Is `line` of the same paragraph as the line `before` it in the column?
fn follows(before: &Line, line: &Line, spacing: f32, next: Option<&Line>) -> bool {
    let gap = line.y - before.y;
    if gap > spacing * 1.35 || gap < -line.size {
        return false;
    }
    let width = before.column_right - before.column_left;
    // The first line of a paragraph stands in; a quotation stands in as a whole.
    let indent = line.left - before.left;
    let is_indented = indent > line.size * 0.7
        && indent < width * 0.3
        && next.is_none_or(|next| next.left < line.left - line.size * 0.4 || next.column != line.column);
    if is_indented && (ends_sentence(&before.text) || !line.text.starts_with(char::is_lowercase)) {
        return false;
    }
    let is_short = before.column_right - before.right > width * 0.25;
    !(is_short && ends_sentence(&before.text))
}

/// Joins two lines; a hyphen that only the line's end asked for goes.
fn join(text: &mut String, line: &str, words: &BTreeSet<String>) {
    if let Some(stem) = text.strip_suffix(['-', '\u{ad}', '\u{2010}']) {
        let head = stem.split_whitespace().next_back().unwrap_or("").trim_start_matches(|c: char| !c.is_alphanumeric());
        let tail: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let is_split = line.starts_with(char::is_lowercase) && head.chars().next_back().is_some_and(char::is_alphabetic);
        let keeps =
            words.contains(&format!("{head}-{tail}").to_lowercase()) && !words.contains(&format!("{head}{tail}").to_lowercase());
        if is_split && !keeps {
            let length = stem.len();
            text.truncate(length);
        }
        text.push_str(line);
        return;
    }
    text.push(' ');
    text.push_str(line);
}
