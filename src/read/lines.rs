//! Text → pieces: the runs of characters that may each be a block, with hard-wrapped lines joined again.

use crate::model::Span;

/// A line or a joined paragraph. Invariant: `span` holds no leading or trailing white space and is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub span: Span,
    /// An empty line, or the start of the text, stands before it.
    pub gap_before: bool,
}

/// One line without its ends.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// Characters of white space before `start`.
    indent: usize,
    /// Characters, counted up to [`WIDEST`] + 1.
    width: usize,
    gap_before: bool,
}

/// Lines longer than this were not broken by a program that wraps: e-mail wraps at 72 to 78, typewriters at 80, some
/// editors at 100 and 120 characters.
const WIDEST: usize = 125;
/// A text wrapped more narrowly than a newspaper column is verse or a table.
const NARROWEST: usize = 35;

/// Cuts a text into pieces. Linear in the text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let lines = lines(text);
    let wrap = Wrap::of(text, &lines);
    let joins = |line: &Line, next: &Line| match &wrap {
        Some(wrap) => wrap.joins(text, line, next),
        None => breaks_sentence(&text[line.start..line.end], &text[next.start..next.end]),
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match pieces.last_mut() {
            Some(piece) if !line.gap_before && joins(&lines[at - 1], line) => {
                piece.span = Span::new(piece.span.start as usize, line.end);
            }
            _ => pieces.push(Piece { span: Span::new(line.start, line.end), gap_before: line.gap_before }),
        }
    }
    pieces
}

/// A stray line end in the midst of a sentence: "… a recount in" + "the state of …". Entries of lists end with a stop or
/// a semicolon, or are shorter.
fn breaks_sentence(before: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '"' | '”' | ')'))
        && !ends_sentence(before)
        && after.starts_with(char::is_lowercase)
        && before.split_whitespace().nth(5).is_some()
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, and what programs leave invisibly at the ends of lines.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\0' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap_before = true;
    let mut at = 0;
    for raw in text.split_inclusive(is_line_end) {
        let start = at;
        at += raw.len();
        let inner = raw.trim_start_matches(is_blank);
        let body = inner.trim_end_matches(is_blank);
        if body.is_empty() {
            // "\r\n" comes as two ends: the second is no empty line of its own.
            let is_rest_of_crlf = raw == "\n" && text[..start].ends_with('\r');
            gap_before |= !is_rest_of_crlf;
            continue;
        }
        let leading = &raw[..raw.len() - inner.len()];
        lines.push(Line {
            start: start + leading.len(),
            end: start + leading.len() + body.len(),
            indent: leading.chars().count(),
            width: body.chars().take(WIDEST + 1).count(),
            gap_before,
        });
        gap_before = false;
    }
    lines
}

/// How a hard-wrapped text was wrapped.
struct Wrap {
    /// Characters that fit in a line.
    width: usize,
    /// The usual indent of a line.
    indent: usize,
    /// Paragraphs follow one another without an empty line.
    is_dense: bool,
}

impl Wrap {
    /// `None` where each line stands for itself.
    ///
    /// A program that wraps breaks a line only where the next word would not fit any more, and goes on in the middle of a
    /// sentence; a text of one paragraph per line does neither.
    fn of(text: &str, lines: &[Line]) -> Option<Self> {
        let pairs = || lines.windows(2).filter(|pair| !pair[1].gap_before);
        let mut widths: Vec<usize> = pairs().flat_map(|pair| [pair[0].width, pair[1].width]).collect();
        widths.sort_unstable();
        // Not the very widest: one over-long word must not set the measure.
        let width = *widths.get(widths.len().checked_sub(1)? * 98 / 100)?;
        if !(NARROWEST..=WIDEST).contains(&width) {
            return None;
        }
        let mut indents: Vec<usize> = lines.iter().map(|line| line.indent).collect();
        indents.sort_unstable();
        let mut wrap = Self { width, indent: indents[indents.len() / 2], is_dense: false };
        let (mut count, mut full, mut open, mut low, mut open_full) = (0, 0, 0, 0, 0);
        for pair in pairs() {
            let is_full = wrap.is_full(text, &pair[0], &pair[1]);
            let is_open = !ends_sentence(&text[pair[0].start..pair[0].end]);
            count += 1;
            full += usize::from(is_full);
            open += usize::from(is_open);
            open_full += usize::from(is_full && is_open);
            low += usize::from(starts_low(&text[pair[1].start..pair[1].end]));
        }
        // Of the lines inside a wrapped paragraph about one in twelve ends with a sentence and two in three go on with a
        // small letter; headings and last lines take the rest.
        let is_filled = full * 10 >= count * 7 && open * 10 >= count * 4 && low * 10 >= count * 3;
        let is_ragged = open * 10 >= count * 5 && low * 10 >= count * 5;
        wrap.is_dense = open >= 2 && open_full * 10 >= open * 8 && low * 10 >= open * 4;
        if is_filled || is_ragged {
            wrap.is_dense &= lines.iter().skip(1).all(|line| !line.gap_before);
            return Some(wrap);
        }
        wrap.is_dense.then_some(wrap)
    }

    /// Would the next line's first word not have fitted? Three characters of slack, for two spaces after a full stop.
    fn is_full(&self, text: &str, line: &Line, next: &Line) -> bool {
        let word = text[next.start..next.end].split(char::is_whitespace).next().unwrap_or("").chars().take(WIDEST).count();
        line.width + 1 + word + 3 > self.width
    }

    /// Does `next` go on with the paragraph that `line` belongs to?
    fn joins(&self, text: &str, line: &Line, next: &Line) -> bool {
        let (before, after) = (&text[line.start..line.end], &text[next.start..next.end]);
        if starts_low(after) {
            return true;
        }
        let is_indented = next.indent >= self.indent + 2 && next.indent >= line.indent + 2;
        if is_indented || is_bullet(after) {
            return false;
        }
        if self.is_full(text, line, next) && !(self.is_dense && ends_sentence(before)) {
            return true;
        }
        // A line that breaks early ends something: a paragraph by its full stop, a heading by standing well short.
        !ends_sentence(before) && line.width * 4 >= self.width * 3
    }
}

pub(super) fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('•' | '▪' | '●' | '◦' | '‣' | '·' | '■' | '►' | '▶' | '✓') => true,
        Some('-' | '*' | '–' | '—' | '+' | 'o') => chars.next().is_some_and(char::is_whitespace),
        Some(c) if c.is_ascii_digit() => {
            let rest = chars.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() + 3 > chars.as_str().len() && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

pub(super) fn starts_low(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '“' | '‘' | '’' | '”'))
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// Does it end as a sentence ends, also inside quotation marks or brackets?
pub(super) fn ends_sentence(text: &str) -> bool {
    last_mark(text).is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？'))
}

/// The last character that is no closing quotation mark or bracket.
pub(super) fn last_mark(text: &str) -> Option<char> {
    text.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '`' | '“' | '‘' | '*' | '_')
    })
    .chars()
    .next_back()
}
