//! Tokens of one block → where its sentences end.

use super::abbreviations::{self, Abbreviation};
use super::tokenise::is_quote;
use crate::model::Span;

/// A sentence of more characters is cut hard, so that cost stays linear (../shared/hostile.md's limit).
const LONGEST: usize = 10_000;

/// Appends one past the last token of each sentence; `tokens` are those of one block, and the last end is `tokens.len()`.
pub fn sentence_ends(text: &str, tokens: &[Span], out: &mut Vec<usize>) {
    let mut first = 0;
    let mut at = 0;
    if let Some(end) = dateline_end(text, tokens) {
        out.push(end);
        first = end;
        at = end;
    }
    while at < tokens.len() {
        let end = boundary_after(text, tokens, first, at);
        let long = tokens.get(end.unwrap_or(at + 1)).is_some_and(|next| (next.end - tokens[first].start) as usize > LONGEST);
        match end {
            Some(end) => {
                out.push(end);
                first = end;
                at = end;
            }
            None if long => {
                out.push(at + 1);
                at += 1;
                first = at;
            }
            None => at += 1,
        }
    }
    if first < tokens.len() {
        out.push(tokens.len());
    }
}

/// Most tokens of a dateline: "BRUSSELS and WASHINGTON, D.C., Sept. 29, 2025 (Example News Agency) —".
const LONGEST_DATELINE: usize = 26;

/// "PARIS, Oct 9 (Reuters) — The": one past the dash that parts a dateline from the story. A dateline begins with a place in
/// capitals, holds names, numbers and a bracket, and no word in small letters outside it.
fn dateline_end(text: &str, tokens: &[Span]) -> Option<usize> {
    let of = |i: usize| tokens.get(i).map_or("", |span| span.of(text));
    let place = of(0);
    if place.chars().count() < 2 || !place.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '\'' | '’' | '-')) {
        return None;
    }
    let mut depth = 0_i32;
    for at in 1..tokens.len().min(LONGEST_DATELINE) {
        let here = of(at);
        match here {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "—" | "–" | "--" | "-" if depth == 0 => {
                let (left, right) = (tokens[at - 1].end < tokens[at].start, tokens.get(at + 1)?.start > tokens[at].end);
                let story = of(at + 1);
                let begins = story.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || story.chars().all(is_quote);
                return (begins && (left && right || here == "—" || here == "--")).then_some(at + 1);
            }
            _ if depth == 0 && here.starts_with(char::is_lowercase) && !matches!(here, "and" | "de" | "al") => return None,
            _ => {}
        }
    }
    None
}

/// If a sentence ends at token `at` (with the quotes and brackets that close behind it): one past its last token.
fn boundary_after(text: &str, tokens: &[Span], first: usize, at: usize) -> Option<usize> {
    let of = |i: usize| tokens.get(i).map_or("", |span| span.of(text));
    let gap = |i: usize| match (tokens.get(i), tokens.get(i + 1)) {
        (Some(left), Some(right)) => &text[left.end as usize..right.start as usize],
        _ => "",
    };
    let here = of(at);
    if at + 1 >= tokens.len() {
        return None;
    }
    // An empty line always ends a sentence, and so does a line that begins with a bullet.
    let line = gap(at);
    if line.contains('\n') && (line.matches('\n').count() > 1 || matches!(of(at + 1), "•" | "*" | "■" | "●" | "▪")) {
        return Some(at + 1);
    }
    let stop = here == "." || here == "。";
    let strong = !here.is_empty() && here.chars().all(|c| matches!(c, '!' | '?'));
    let dots = !stop && !here.is_empty() && here.chars().all(|c| matches!(c, '.' | '…'));
    let short = !stop && !dots && here.len() > 1 && here.ends_with('.');
    if !(stop || strong || dots || short) {
        return None;
    }
    // What closes behind the stop without a space: quotes, brackets, footnote marks.
    let mut last = at;
    let mut closed_quote = false;
    while gap(last).is_empty() && last + 1 < tokens.len() {
        let next = of(last + 1);
        let closes = matches!(next, ")" | "]" | "}" | "." | "!" | "?" | "…") || next.chars().all(is_quote);
        let note = next == "[" && of(last + 2).len() <= 3 && of(last + 3) == "]";
        if note {
            last += 3;
        } else if closes && !next.is_empty() {
            closed_quote |= next.chars().all(is_quote);
            last += 1;
        } else {
            break;
        }
    }
    // A space before the closing quote: "he said. ”" at the end of what was opened.
    if last + 1 < tokens.len() && matches!(of(last + 1), "”" | "»" | "''") && !gap(last).is_empty() {
        closed_quote = true;
        last += 1;
    }
    // A footnote mark behind a space: "in 1805. [19] His".
    let note = of(last + 2);
    if of(last + 1) == "[" && of(last + 3) == "]" && note.len() <= 3 && note.bytes().all(|b| b.is_ascii_digit()) {
        last += 3;
    }
    if last + 1 >= tokens.len() {
        return None;
    }
    let ended = Some(last + 1);
    let spaced = !gap(last).is_empty();
    // The first word of what follows, behind opening quotes and brackets.
    let mut next = last + 1;
    while next + 1 < tokens.len()
        && next < last + 4
        && (of(next).chars().all(is_quote) || matches!(of(next), "(" | "[" | "¿" | "¡"))
    {
        next += 1;
    }
    let follows = of(next);
    let initial = follows.chars().next()?;
    if !spaced {
        // "said.The": the space is missing.
        return (stop && last == at && initial.is_uppercase()).then_some(last + 1);
    }
    if gap(last).contains('\n') && !short && !initial.is_lowercase() {
        return ended;
    }
    if initial.is_lowercase() {
        return None;
    }
    if matches!(follows, "," | ";" | ":" | "." | ")" | "%") {
        return None;
    }
    if matches!(follows, "-" | "–" | "—" | "--") {
        // A dateline or an aside goes on: "(Reuters.) — The".
        return (stop && !closed_quote && last == at && of(next + 1).starts_with(char::is_uppercase)).then_some(last + 1);
    }
    if short {
        return short_ends(text, tokens, first, at, next).then_some(last + 1);
    }
    if dots {
        return (initial.is_uppercase() && follows != "I" || closed_quote).then_some(last + 1);
    }
    if closed_quote && !stop && says(of(next), of(next + 1), of(next + 2)) {
        return None;
    }
    // A numbered list: "1. The first".
    if stop && at == first + 1 && of(first).chars().all(|c| c.is_ascii_digit()) && of(first).len() <= 2 {
        return None;
    }
    // A bracket that closes inside a sentence: "(Why?) Nobody".
    ended
}

/// After a question or an exclamation in quotes: "“Why?” Obama asked", "“Go!” the crowd shouted" is lower case already.
fn says(first: &str, second: &str, third: &str) -> bool {
    const SAYING: [&str; 22] = [
        "said",
        "says",
        "asked",
        "asks",
        "added",
        "adds",
        "told",
        "tells",
        "wrote",
        "writes",
        "shouted",
        "cried",
        "wondered",
        "replied",
        "tweeted",
        "exclaimed",
        "remarked",
        "joked",
        "quipped",
        "explained",
        "recalled",
        "yelled",
    ];
    first.starts_with(char::is_uppercase) && (SAYING.contains(&second) || SAYING.contains(&third))
}

/// Does a sentence end at the abbreviation `at`, before the capital or figure of token `next`?
fn short_ends(text: &str, tokens: &[Span], first: usize, at: usize, next: usize) -> bool {
    let of = |i: usize| tokens.get(i).map_or("", |span| span.of(text));
    let here = of(at);
    let body = &here[..here.len() - 1];
    let follows = of(next);
    let single = body.chars().count() == 1;
    let kind = abbreviations::of(body);
    if follows.starts_with(|c: char| c.is_ascii_digit()) || kind == Abbreviation::Title || at == first {
        return false;
    }
    let opens = next > at + 1;
    if single {
        // "Plan B. The": an initial stands beside a name.
        let name_before = at > first && of(at - 1).starts_with(char::is_uppercase);
        return starts_sentences(follows) && !name_before;
    }
    starts_sentences(follows) || opens && kind != Abbreviation::BeforeName && !matches!(of(at + 1), "(" | "[")
}

/// Words with a capital that are hardly ever names: what follows an abbreviation in a new sentence.
fn starts_sentences(word: &str) -> bool {
    use std::collections::BTreeSet;
    use std::sync::OnceLock;
    static STARTERS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    STARTERS
        .get_or_init(|| {
            include_str!("../../assets/lang/en/starters.txt")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .flat_map(str::split_whitespace)
                .collect()
        })
        .contains(word)
}
