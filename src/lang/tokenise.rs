//! A run of text → the spans of its tokens, as the English treebanks of Universal Dependencies cut them.
//!
//! Clitics stand alone ("did|n't", "Gaza|'s"), hyphen compounds are cut ("cease|-|fire", but "post-war"), units and currency
//! leave their number ("$|1.5|bn", "5|pm"). A full stop stays with an abbreviation or an initial.

use super::abbreviations::{self, Abbreviation};
use crate::model::Span;

/// No token is longer, in bytes: a text without a space is cut here. Longer than any word or address in the treebanks.
const LONGEST: usize = 1_000;

/// Prefixes that the treebanks leave joined ("non-violent"); all others are cut at the hyphen. Counted on EWT and GUM train.
const JOINED_PREFIXES: [&str; 28] = [
    "anti", "arch", "co", "counter", "cross", "e", "ex", "extra", "inter", "intra", "micro", "mid", "mini", "multi", "neo",
    "non", "over", "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "trans", "ultra", "un",
];

/// Units that leave the number they are written to.
const UNITS: [&str; 44] = [
    "am", "b", "bn", "c", "cm", "f", "ft", "g", "gb", "ghz", "gw", "h", "ha", "hrs", "hz", "in", "k", "kb", "kg", "km", "kmh",
    "kph", "kw", "lb", "lbs", "m", "mb", "mg", "mi", "min", "ml", "mm", "mn", "mph", "mw", "oz", "pm", "s", "sec", "sq", "tb",
    "tn", "trn", "yr",
];

const EMOTICONS: [&str; 10] = [":(", ":)", ":-(", ":-)", ":/", ":D", ":P", ";)", ";-)", "=)"];

/// Appends the tokens of `text[span]`. Linear; the spans are in order, never overlap and never hold white space.
pub fn tokenise(text: &str, span: Span, out: &mut Vec<Span>) {
    let base = span.start as usize;
    let run = span.of(text);
    let mut start = None;
    for (at, c) in run.char_indices() {
        if is_blank(c) {
            if let Some(from) = start.take() {
                chunk(text, base + from, base + at, out);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        chunk(text, base + from, base + run.len(), out);
    }
}

/// White space, controls, and marks that are seen by nobody.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

pub(super) fn is_quote(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‟')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₪' | '₽' | '₩' | '₦' | '₺' | '¢')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// A run of characters without white space.
fn chunk(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let (mut start, mut end) = (start, end);
    while end - start > LONGEST {
        let mut cut = start + LONGEST;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        trimmed(text, start, cut, out);
        start = cut;
    }
    trimmed(text, start, std::mem::replace(&mut end, 0), out);
}

fn trimmed(text: &str, mut start: usize, mut end: usize, out: &mut Vec<Span>) {
    if EMOTICONS.contains(&&text[start..end]) {
        out.push(Span::new(start, end));
        return;
    }
    // Marks before the word.
    while let Some(first) = text[start..end].chars().next() {
        let rest = &text[start + first.len_utf8()..end];
        let next = rest.chars().next();
        let length = if is_apostrophe(first) {
            if is_clipped(&text[start..end]) {
                break;
            }
            if next == Some(first) { first.len_utf8() * 2 } else { first.len_utf8() }
        } else if begins_word(first, next) {
            break;
        } else if is_currency(first) || is_bracket(first) || is_quote(first) {
            first.len_utf8()
        } else {
            same_run(&text[start..end])
        };
        out.push(Span::new(start, start + length));
        start += length;
    }
    // Marks behind it, found from the right and given out afterwards.
    let mut behind: Vec<Span> = Vec::new();
    while let Some(last) = text[start..end].chars().next_back() {
        let core = &text[start..end];
        let length = if last == '.' {
            let dots = core.len() - core.trim_end_matches('.').len();
            if dots == 1 && keeps_stop(text, start, end) {
                break;
            }
            dots
        } else if matches!(last, '!' | '?') {
            core.len() - core.trim_end_matches(['!', '?']).len()
        } else if is_currency(last) && is_us_dollar(core) {
            break;
        } else if is_apostrophe(last) {
            let doubled = core.len() > 2 * last.len_utf8() && core[..core.len() - last.len_utf8()].ends_with(last);
            if doubled { last.len_utf8() * 2 } else { last.len_utf8() }
        } else if last.is_alphanumeric() || is_mark(last) || matches!(last, '/' | '=' | '&' | '#' | '-') && is_web(core) {
            break;
        } else if is_currency(last) || is_bracket(last) || is_quote(last) {
            last.len_utf8()
        } else {
            let same = core.trim_end_matches(last);
            core.len() - same.len()
        };
        behind.push(Span::new(end - length, end));
        end -= length;
    }
    if start < end {
        if is_web(&text[start..end]) {
            out.push(Span::new(start, end));
        } else {
            inner(text, start, end, out);
        }
    }
    out.extend(behind.into_iter().rev());
}

/// Letters and figures, "#Brexit", "@name", ".5".
fn begins_word(first: char, next: Option<char>) -> bool {
    let tagged = matches!(first, '#' | '@') && next.is_some_and(char::is_alphabetic);
    let fraction = first == '.' && next.is_some_and(|c| c.is_ascii_digit());
    tagged || fraction || first.is_alphanumeric() || is_mark(first)
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '_')
}

/// Bytes of the leading run of one repeated character: "...", "--", "***".
fn same_run(s: &str) -> usize {
    let Some(first) = s.chars().next() else { return 0 };
    let all = if matches!(first, '!' | '?') { s.trim_start_matches(['!', '?']) } else { s.trim_start_matches(first) };
    s.len() - all.len()
}

/// "'90s", "'em", "'s": the apostrophe stands for letters left out.
fn is_clipped(s: &str) -> bool {
    let mut chars = s.chars();
    chars.next();
    let rest = chars.as_str();
    let bytes = rest.as_bytes();
    if bytes.len() >= 3 && bytes[0].is_ascii_digit() && bytes[1].is_ascii_digit() && bytes[2] == b's' {
        return true;
    }
    let word = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    ["em", "til", "cause", "s", "ll", "re", "ve", "d", "m", "tis", "twas"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Does the full stop at `end` belong to the token, which begins at `start`?
fn keeps_stop(text: &str, start: usize, end: usize) -> bool {
    // After a hyphen, slash or dash only the last part counts: "Ft.", "pre-Dec."
    let core = &text[start..end];
    let part = core
        .char_indices()
        .rev()
        .find(|(_, c)| is_hyphen(*c) || is_dash(*c) || *c == '/' || is_bracket(*c))
        .map_or(core, |(at, c)| &core[at + c.len_utf8()..]);
    let body = &part[..part.len() - 1];
    if body.is_empty() {
        return false;
    }
    let mut letters = body.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        // An initial: "J. Edgar". "I" is the pronoun; at the end of a text a letter is no initial.
        let figure = only == 'c' && next_word(text, end).is_some_and(|c| c.is_ascii_digit());
        return figure || only.is_uppercase() && word_follows(text, end);
    }
    if is_lettered(body) {
        return true;
    }
    match abbreviations::of(body) {
        Abbreviation::No => false,
        // "No." and "St." are words too: only before a number or a name.
        Abbreviation::BeforeNumber => next_word(text, end).is_some_and(|c| c.is_ascii_digit()),
        Abbreviation::BeforeName => next_word(text, end).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()),
        Abbreviation::Title | Abbreviation::Plain => true,
    }
}

/// "U.S", "a.m", "Ph.D": letters between single dots, each part short.
fn is_lettered(body: &str) -> bool {
    body.contains('.')
        && body.split('.').all(|part| {
            let count = part.chars().count();
            (1..=2).contains(&count) && part.chars().all(char::is_alphabetic)
        })
}

fn next_word(text: &str, end: usize) -> Option<char> {
    text[end..].chars().take(4).find(|c| !is_blank(*c) && !is_quote(*c) && !is_bracket(*c))
}

fn word_follows(text: &str, end: usize) -> bool {
    next_word(text, end).is_some_and(char::is_uppercase)
}

fn is_us_dollar(s: &str) -> bool {
    matches!(s, "US$" | "C$" | "A$" | "NZ$" | "HK$" | "S$" | "R$" | "CA$" | "AU$")
}

/// An address of the web or of mail, or a file name.
fn is_web(s: &str) -> bool {
    if s.len() < 5 || !s.contains(['.', '@', ':']) {
        return false;
    }
    if s.contains("://") || s.starts_with("www.") || s.starts_with("mailto:") {
        return true;
    }
    if let Some((user, host)) = s.split_once('@') {
        return !user.is_empty() && host.contains('.');
    }
    let Some((host, rest)) = s.split_once('.') else { return false };
    let domain = rest.split(['/', '.']).next_back().unwrap_or(rest);
    let path = rest.contains('/');
    !host.is_empty()
        && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && (["com", "org", "net", "gov", "edu", "info", "co", "uk", "doc", "pdf", "html", "xls", "tv", "io", "news"]
            .contains(&domain)
            || path && rest.starts_with("com/"))
}

/// A word with what may be cut inside it.
fn inner(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let word = &text[start..end];
    if is_us_dollar(word) {
        out.push(Span::new(start, end));
        return;
    }
    let mut from = start;
    let mut skip = 0;
    let mut before = None;
    for (at, c) in word.char_indices() {
        let here = start + at;
        if here < skip {
            before = Some(c);
            continue;
        }
        let mut ahead = word[at + c.len_utf8()..].chars();
        let next = ahead.next();
        let after = ahead.next();
        let cut = cut_length(&text[from..here], c, before, next, after, &text[here..end]);
        if let Some(length) = cut {
            if from < here {
                piece(text, from, here, out);
            }
            if length > 0 {
                out.push(Span::new(here, here + length));
            }
            from = here + length;
            skip = from;
        }
        before = Some(c);
    }
    if from < end {
        piece(text, from, end, out);
    }
}

/// Is there a token at `c`, and of how many bytes? 0: a cut with nothing between.
fn cut_length(left: &str, c: char, before: Option<char>, next: Option<char>, after: Option<char>, rest: &str) -> Option<usize> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let whole = c.len_utf8();
    if c.is_alphanumeric() {
        // "$1.5bn", "5pm"; but "20th", "1990s", "4A".
        if c.is_alphabetic() && digit(before) && is_number(left) {
            let letters: String = rest.chars().take_while(|c| c.is_alphabetic()).take(5).collect();
            let alone = rest[letters.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            if alone && letters != "s" && UNITS.contains(&letters.to_ascii_lowercase().as_str()) {
                return Some(0);
            }
        }
        // "said.The": a full stop without its space.
        return None;
    }
    match c {
        '.' => {
            if rest.starts_with("..") {
                return Some(same_run(rest));
            }
            let small = left.chars().next_back().is_some_and(char::is_lowercase) && left.chars().count() > 2;
            let sentence = small
                && next.is_some_and(char::is_uppercase)
                && after.is_none_or(|c| c.is_lowercase() || c.is_whitespace())
                && !left.contains('.');
            sentence.then_some(1)
        }
        '…' => Some(whole),
        ',' => (!(digit(before) && digit(next))).then_some(whole),
        ';' | '!' | '?' | '|' | '*' | '=' | '•' | '·' => {
            Some(if matches!(c, '!' | '?' | '*' | '=') { same_run(rest) } else { whole })
        }
        ':' => (!(digit(before) && digit(next)) && letter(next)).then_some(whole),
        '/' => (letter(before) && letter(next) && left.chars().count() > 1).then_some(whole),
        _ if is_bracket(c) || is_dash(c) => Some(whole),
        _ if is_quote(c) && !is_apostrophe(c) => Some(whole),
        _ if is_currency(c) => Some(whole),
        _ if is_hyphen(c) => {
            if rest.len() > whole && rest.chars().nth(1).is_some_and(is_hyphen) {
                return Some(rest.len() - rest.trim_start_matches(is_hyphen).len());
            }
            hyphen_cuts(left, before, next, rest).then_some(whole)
        }
        _ => None,
    }
}

fn is_number(s: &str) -> bool {
    !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn hyphen_cuts(left: &str, before: Option<char>, next: Option<char>, rest: &str) -> bool {
    if left.is_empty() || next.is_none() {
        return true;
    }
    let right = rest.trim_start_matches(is_hyphen);
    if JOINED_PREFIXES.iter().any(|prefix| left.eq_ignore_ascii_case(prefix)) {
        return !next.is_some_and(char::is_alphanumeric);
    }
    if before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit()) {
        // Telephone numbers and dates in figures stay whole: "713-853-3989", "2025-10-09". Ranges are cut: "5-10", "1990-95".
        let tail = right.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect::<String>();
        let parts = 1 + tail.split('-').count();
        let long = parts > 2 || left.len() == 3 && tail.len() >= 4;
        return !(long || left.contains('-'));
    }
    true
}

const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// A piece without marks: clitics are cut off.
fn piece(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let cut = clitic(&text[start..end]);
    if cut > 0 && cut < end - start {
        piece(text, start, start + cut, out);
        out.push(Span::new(start + cut, end));
    } else {
        out.push(Span::new(start, end));
    }
}

/// Where the last clitic begins, or 0.
fn clitic(word: &str) -> usize {
    let ends = |tail: &str| {
        word.len() > tail.len()
            && word.is_char_boundary(word.len() - tail.len())
            && word[word.len() - tail.len()..].eq_ignore_ascii_case(tail)
    };
    for whole in ["cannot", "gonna", "wanna", "gotta"] {
        if word.eq_ignore_ascii_case(whole) {
            return 3;
        }
    }
    if let Some((at, mark)) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)) {
        let tail = &word[at + mark.len_utf8()..];
        let front = &word[..at];
        if front.is_empty() {
            return 0;
        }
        if tail.eq_ignore_ascii_case("t") && front.len() > 1 && front.ends_with(['n', 'N']) {
            return at - 1;
        }
        if CLITICS.iter().any(|known| tail.eq_ignore_ascii_case(known)) {
            let decade = tail == "s" && front.ends_with('0') && front.chars().all(|c| c.is_ascii_digit());
            return if decade { 0 } else { at };
        }
        return 0;
    }
    for whole in ["dont", "didnt", "doesnt", "isnt", "wasnt", "couldnt", "wouldnt"] {
        if ends(whole) || word.eq_ignore_ascii_case(whole) {
            return word.len() - 2;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = Vec::new();
        tokenise(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|span| span.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_are_cut_as_in_the_treebanks() {
        let rows = [
            ("Mr. Obama didn't go.", "Mr.|Obama|did|n't|go|."),
            ("The U.S.-led post-war cease-fire", "The|U.S.|-|led|post-war|cease|-|fire"),
            ("It cost $1.5bn (about €1.3 billion).", "It|cost|$|1.5|bn|(|about|€|1.3|billion|)|."),
            ("“It’s Gaza's,” he said…", "“|It|’s|Gaza|'s|,|”|he|said|…"),
            ("the countries' 5pm vote, 1990s and '90s", "the|countries|'|5|pm|vote|,|1990s|and|'90s"),
            ("J. K. Rowling at 10:30 on 2025-10-09", "J.|K.|Rowling|at|10:30|on|2025-10-09"),
            ("see https://example.org/a?b=c.", "see|https://example.org/a?b=c|."),
            ("he said.The end", "he|said|.|The|end"),
            ("50% and/or 9/11", "50|%|and|/|or|9/11"),
        ];
        for (text, want) in rows {
            assert_eq!(cut(text), want);
        }
    }
}
