//! Pieces of a plain text → blocks: headline, subheading, paragraph, caption, related link, credit, boilerplate.
//!
//! What a line's own words say comes first (`cues`), then its shape, then its neighbours. Where nothing is clear it is a
//! paragraph: a sentence of the article thrown away is worse than a heading read as a sentence.
//!
//! # Limits
//! A headline and its text on one line ("Headline . Text") stay one paragraph.

use super::cues::{is_byline, is_clause, kind_by_cue};
use super::lines::{Piece, ends_sentence, is_bullet, last_mark, pieces, starts_low};
use super::published::{dateline_end, stamp};
use crate::model::{Block, BlockKind};

/// Cuts a text into blocks and tells them apart. Linear in the text.
pub(super) fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    let pieces = pieces(text);
    let shapes: Vec<Shape> = pieces.iter().map(|piece| Shape::of(text, piece)).collect();
    let kinds = kinds(text, &pieces, &shapes, title);
    pieces.iter().zip(kinds).map(|(piece, kind)| Block { span: piece.span, kind }).collect()
}

/// What a piece looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Its own wording says what it is.
    Known(BlockKind),
    /// It could head what follows: short, begun with a capital, without the stop of a sentence.
    Heading { words: u8 },
    /// A date alone, as under a headline, or over a part of a chronicle.
    Stamp,
    /// An entry of a list, a row of a table: short, but no heading.
    Row,
    /// Sentences.
    Prose,
    /// As long as prose but without the stop: a text whose lines all look so has no headings to find.
    Open,
}

/// A heading has at most so many words: of the 43 news headlines in the corpus `gum_news` the longest has 15.
const HEADING_WORDS: usize = 18;
const HEADING_BYTES: usize = 160;

impl Shape {
    fn of(text: &str, piece: &Piece) -> Self {
        let line = piece.span.of(text);
        if let Some(kind) = kind_by_cue(line) {
            return Self::Known(kind);
        }
        let is_short = line.len() <= HEADING_BYTES;
        if is_short && is_byline(line) {
            return Self::Known(BlockKind::Credit);
        }
        if let Some(stamp) = stamp(line) {
            return if stamp.has_cue { Self::Known(BlockKind::Credit) } else { Self::Stamp };
        }
        let words = if is_short { line.split_whitespace().count() } else { usize::MAX };
        if is_bullet(line) {
            return Self::Row;
        }
        if line.ends_with('_') || line.starts_with('(') || names_agency(line) || ends_open(line) {
            return Self::Row;
        }
        match last_mark(line) {
            Some('.' | '!' | '…' | '。') => return Self::Prose,
            Some(':' | ';' | ',' | '-' | '–' | '—' | '_' | '=') => return Self::Row,
            Some('?') if line.starts_with(['"', '“', '«']) => return Self::Prose,
            _ => {}
        }
        if words > HEADING_WORDS || line.contains(". ") && !has_only_short_stops(line) {
            return if words > 8 { Self::Open } else { Self::Row };
        }
        let is_cased = line.chars().any(char::is_lowercase) || words <= 12;
        let has_letters =
            line.chars().filter(|c| c.is_alphabetic()).count() * 2 > line.chars().filter(|c| !c.is_whitespace()).count();
        let is_entry = line.split_once(": ").is_some_and(|(key, value)| {
            let (key, value) = (key.split_whitespace().count(), value.split_whitespace().count());
            key <= 3 && value <= 2
        });
        if !is_cased || !has_letters || is_entry || starts_low(line) || dateline_end(line).is_some() {
            return Self::Row;
        }
        Self::Heading { words: u8::try_from(words).unwrap_or(u8::MAX) }
    }

    const fn is_prose(self) -> bool {
        matches!(self, Self::Prose | Self::Open)
    }

    const fn is_heading(self) -> bool {
        matches!(self, Self::Heading { .. })
    }
}

/// "Washington (CNN)" stands for a dateline.
fn names_agency(line: &str) -> bool {
    line.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).is_some_and(|(place, agency)| {
        (2..=10).contains(&agency.len()) && agency.chars().all(|c| !c.is_lowercase()) && place.split_whitespace().count() <= 5
    })
}

/// "… for future events; and": no heading ends so.
fn ends_open(line: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or("");
    matches!(
        last,
        "and"
            | "or"
            | "the"
            | "a"
            | "an"
            | "of"
            | "to"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "by"
            | "that"
            | "as"
            | "from"
            | "and/or"
    )
}

/// "U.S. Senate passes bill": the stops inside belong to abbreviations.
fn has_only_short_stops(line: &str) -> bool {
    line.split_whitespace().all(|word| {
        let Some(stem) = word.strip_suffix('.') else { return true };
        let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
        stem.contains('.')
            || stem.chars().count() <= 2
            || ["mrs", "gen", "sen", "rep", "gov", "col", "sgt", "inc", "ltd", "rev", "capt", "prof", "lt"]
                .contains(&stem.to_lowercase().as_str())
    })
}

fn kinds(text: &str, pieces: &[Piece], shapes: &[Shape], title: Option<&str>) -> Vec<BlockKind> {
    let mut kinds: Vec<BlockKind> = shapes
        .iter()
        .map(|shape| match shape {
            Shape::Known(kind) => *kind,
            _ => BlockKind::Paragraph,
        })
        .collect();
    // Before the text begins a bare date is the day of publication; after it, part of the text.
    let begin = shapes.iter().position(|shape| shape.is_prose()).unwrap_or(0);
    for (kind, _) in kinds.iter_mut().zip(shapes).take(begin).filter(|(_, shape)| **shape == Shape::Stamp) {
        *kind = BlockKind::Credit;
    }
    let first = shapes.iter().position(|shape| !matches!(shape, Shape::Known(_) | Shape::Stamp));
    let Some(first) = first else {
        // Nothing but lines that are known by their wording: better read than lost.
        if let [kind] = kinds.as_mut_slice() {
            *kind = BlockKind::Paragraph;
        }
        return kinds;
    };
    let has_prose_after = prose_after(shapes);
    // A desk's slug or a kicker ("BC-Summit", "Middle East") right above the headline, without an empty line.
    let is_kicker = matches!(shapes[first], Shape::Heading { words: 0..=2 })
        && matches!(shapes.get(first + 1), Some(Shape::Heading { words: 4.. }))
        && has_prose_after[first + 1]
        && !pieces[first + 1].gap_before;
    let first = if is_kicker {
        kinds[first] = BlockKind::Boilerplate;
        first + 1
    } else {
        first
    };
    let is_title = title.is_some_and(|title| same_words(title, pieces[first].span.of(text)));
    if is_title
        || (shapes[first].is_heading() && has_prose_after[first] && (stands_alone(pieces, first) || !is_list(shapes, first)))
    {
        kinds[first] = BlockKind::Headline;
    }
    if !has_headings(shapes) {
        return kinds;
    }
    let mut at = first + usize::from(kinds[first] == BlockKind::Headline);
    let mut has_begun = false;
    while at < shapes.len() {
        has_begun |= shapes[at].is_prose();
        if shapes[at] == Shape::Stamp && has_begun && has_prose_after[at] {
            kinds[at] = BlockKind::Subheading;
        }
        if !shapes[at].is_heading() {
            at += 1;
            continue;
        }
        let end = (at..shapes.len()).find(|&next| !shapes[next].is_heading()).unwrap_or(shapes.len());
        let run = Run { start: at, end, has_begun, has_prose_after: has_prose_after[end - 1] };
        run.mark(text, pieces, shapes, &mut kinds);
        at = end;
    }
    kinds
}

/// For each piece: does prose stand somewhere after it?
fn prose_after(shapes: &[Shape]) -> Vec<bool> {
    let mut after = vec![false; shapes.len()];
    let mut seen = false;
    for (at, shape) in shapes.iter().enumerate().rev() {
        after[at] = seen;
        seen |= shape.is_prose();
    }
    after
}

/// Has the line an empty line on both sides?
fn stands_alone(pieces: &[Piece], at: usize) -> bool {
    pieces[at].gap_before && pieces.get(at + 1).is_some_and(|next| next.gap_before)
}

/// Do the first lines go on as a list, so that the first is no headline but an entry?
fn is_list(shapes: &[Shape], first: usize) -> bool {
    shapes[first..].iter().take_while(|shape| !shape.is_prose()).filter(|shape| !matches!(shape, Shape::Known(_))).count() > 6
}

/// Headings can be told from text only where the text's own lines end as sentences and most lines are text. A table of
/// results, a poem, a transcript without stops has none to find.
fn has_headings(shapes: &[Shape]) -> bool {
    let count = |shape: fn(&Shape) -> bool| shapes.iter().filter(|s| shape(s)).count();
    let prose = count(|s| matches!(s, Shape::Prose));
    let open = count(|s| matches!(s, Shape::Open));
    let short = count(|s| matches!(s, Shape::Row | Shape::Heading { .. }));
    prose > open * 2 && short <= prose + 3
}

/// Neighbouring lines that could all be headings.
struct Run {
    start: usize,
    end: usize,
    /// Prose stands before it.
    has_begun: bool,
    has_prose_after: bool,
}

impl Run {
    fn mark(&self, text: &str, pieces: &[Piece], shapes: &[Shape], kinds: &mut [BlockKind]) {
        let before = self.start.checked_sub(1);
        // "The following were there:" and its list are text.
        if before.is_some_and(|at| pieces[at].span.of(text).ends_with(':') && shapes[at] != Shape::Known(BlockKind::Boilerplate))
        {
            return;
        }
        let is_listed = before.is_some_and(|at| {
            matches!(kinds[at], BlockKind::Boilerplate | BlockKind::RelatedLink) && matches!(shapes[at], Shape::Known(_))
        });
        let links = (self.start..self.end).filter(|&at| is_link(text, pieces, shapes, at)).count();
        let length = self.end - self.start;
        if length >= 4 && links * 2 < length && !is_listed {
            // A list without bullets.
            return;
        }
        for at in self.start..self.end {
            let Shape::Heading { words } = shapes[at] else { continue };
            kinds[at] = if words >= LINK_WORDS && is_full(pieces[at].span.of(text)) {
                BlockKind::Paragraph
            } else if !self.has_begun {
                BlockKind::Subheading
            } else if is_link(text, pieces, shapes, at) || (is_listed && words >= 5) {
                BlockKind::RelatedLink
            } else if self.has_prose_after && !follows_row(shapes, self.end) {
                BlockKind::Subheading
            } else {
                BlockKind::Paragraph
            };
        }
    }
}

/// A row right after a short line makes the line a table's head.
fn follows_row(shapes: &[Shape], at: usize) -> bool {
    matches!(shapes.get(at), Some(Shape::Row)) && matches!(shapes.get(at + 1), Some(Shape::Row | Shape::Heading { .. }) | None)
}

/// Fewest words of another article's headline. Of the section headings in the corpora `wikiwars` and `gum_news`
/// three in four are shorter.
const LINK_WORDS: u8 = 6;

/// Another article's headline, pasted with the text around it?
fn is_link(text: &str, pieces: &[Piece], shapes: &[Shape], at: usize) -> bool {
    let Shape::Heading { words } = shapes[at] else { return false };
    let line = pieces[at].span.of(text);
    let is_dated = line.ends_with(|c: char| c == ')' || c.is_ascii_digit());
    words >= LINK_WORDS
        && !ends_sentence(line)
        && !is_dated
        && !asks(line)
        && !is_quoted(line)
        && is_clause(line)
        && !is_full(line)
}

/// A sentence that only lost its stop: headlines drop articles and auxiliaries, sentences keep both.
/// "Currently he is an analyst with the bank", against "Hamas agrees to free hostages".
fn is_full(line: &str) -> bool {
    let low = line.to_lowercase();
    let has = |list: &[&str]| low.split_whitespace().any(|word| list.contains(&word));
    has(&["was", "were", "been", "he", "she", "it", "they", "we", "i"])
        || (has(&["the", "a", "an"]) && has(&["is", "are", "has", "have", "had", "will", "would"]))
        || (has(&["is", "are"]) && has(&["also", "currently", "still", "now"]))
}

/// "What we know so far about the attack" heads a section.
fn asks(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("").trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    matches!(first.as_str(), "what" | "who" | "where" | "when" | "why" | "how" | "which")
        || first.starts_with("what'")
        || first.starts_with("what’")
}

fn is_quoted(line: &str) -> bool {
    let (first, last) = (line.chars().next(), line.chars().next_back());
    matches!((first, last), (Some('"' | '“' | '‘' | '\'' | '«'), Some('"' | '”' | '’' | '\'' | '»')))
}

/// The same line but for case, signs and white space.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let fold =
        |text: &str| -> String { text.chars().take(400).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (one, other) = (fold(one), fold(other));
    !one.is_empty() && one == other
}
