//! A short line → what its wording says it is. The words stand in `assets/read`, not here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::model::BlockKind;

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::parse(include_str!("../../assets/read/cues.tsv")));
static VERBS: LazyLock<Verbs> = LazyLock::new(|| Verbs::parse(include_str!("../../assets/read/headline-verbs.txt")));

/// Longest line, in bytes, that is weighed as a line about the article rather than of it: longer than the longest copyright
/// notice of a wire (some 230 bytes), shorter than most paragraphs.
const LONGEST: usize = 320;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    End,
    Part,
}

#[derive(Default)]
struct Cues {
    whole: BTreeMap<&'static str, BlockKind>,
    /// Sought in the order of the file.
    loose: Vec<(Place, &'static str, BlockKind)>,
}

impl Cues {
    fn parse(table: &'static str) -> Self {
        let mut cues = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.splitn(3, '\t');
            let (Some(kind), Some(place), Some(phrase)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let kind = match kind {
                "credit" => BlockKind::Credit,
                "caption" => BlockKind::Caption,
                "related-link" => BlockKind::RelatedLink,
                _ => BlockKind::Boilerplate,
            };
            match place {
                "whole" => {
                    cues.whole.insert(phrase, kind);
                }
                "start" => cues.loose.push((Place::Start, phrase, kind)),
                "end" => cues.loose.push((Place::End, phrase, kind)),
                _ => cues.loose.push((Place::Part, phrase, kind)),
            }
        }
        cues
    }
}

/// The kind that a line's own wording gives it, whatever stands around it.
pub(super) fn kind_by_cue(line: &str) -> Option<BlockKind> {
    if line.len() > LONGEST {
        return None;
    }
    let low = line.to_lowercase();
    let low = low.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>' | '»' | '›' | '•' | '|'));
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(kind) = CUES.whole.get(low).or_else(|| CUES.whole.get(bare)) {
        return Some(*kind);
    }
    if bare.is_empty() {
        // Nothing but signs: a rule between parts.
        return Some(BlockKind::Boilerplate);
    }
    if is_bracketed_credit(line.trim()) || is_clock(low) {
        return Some(BlockKind::Credit);
    }
    if is_address(line) || is_trail(line) {
        return Some(BlockKind::Boilerplate);
    }
    let opened = low.trim_start_matches(['(', '[', '-', '–', '—', '→', '▶', '►', ' ']);
    let closed = low.trim_end_matches(['.', ' ']);
    CUES.loose
        .iter()
        .find(|(place, phrase, _)| match place {
            Place::Start => [low, opened].iter().any(|text| {
                text.strip_prefix(phrase).is_some_and(|rest| {
                    !phrase.ends_with(char::is_alphabetic) || !rest.starts_with(|c: char| c.is_alphanumeric())
                })
            }),
            Place::End => [low, closed].iter().any(|text| text.ends_with(phrase)),
            Place::Part => low.contains(phrase),
        })
        .map(|(_, _, kind)| *kind)
        .filter(|kind| *kind != BlockKind::RelatedLink || is_link_shaped(line))
}

/// "Read: …", "Analysis: …" lead to another article only where no sentence follows that ends as one.
fn is_link_shaped(line: &str) -> bool {
    line.split_whitespace().count() <= 30 && !line.trim_end().ends_with('.')
}

/// "(With Reuters)", "[Reporting by …]", "(AP)", "- AFP": an agency named alone.
fn is_bracketed_credit(line: &str) -> bool {
    let inner = line.trim_start_matches(['-', '–', '—', ' ']);
    let Some(inner) = inner.strip_prefix(['(', '[']).and_then(|rest| rest.trim_end_matches('.').strip_suffix([')', ']'])) else {
        return false;
    };
    if inner.contains(['(', '[']) || inner.split_whitespace().count() > 16 {
        return false;
    }
    let is_agency = |part: &str| {
        let (part, low) = (part.trim(), part.trim().to_lowercase());
        let is_letters = (2..=5).contains(&part.len()) && part.chars().all(|c| c.is_ascii_uppercase());
        is_letters || low.starts_with("with ") || matches!(CUES.whole.get(low.as_str()), Some(BlockKind::Credit))
    };
    let low = inner.to_lowercase();
    low.starts_with("with ") || inner.split([',', '/', ';']).all(is_agency)
}

/// "09:45", "3.15 pm GMT": a clock time alone, as over the entries of a live page.
fn is_clock(low: &str) -> bool {
    let digits = low.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &low[digits..];
    let minutes = rest
        .strip_prefix([':', '.'])
        .filter(|rest| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_digit)));
    (1..=2).contains(&digits)
        && minutes.is_some_and(|rest| {
            let tail: String = rest[2..].chars().filter(|c| c.is_alphabetic()).collect();
            rest.len() <= 12
                && matches!(
                    tail.as_str(),
                    "" | "am"
                        | "pm"
                        | "gmt"
                        | "utc"
                        | "bst"
                        | "est"
                        | "edt"
                        | "cet"
                        | "cest"
                        | "et"
                        | "amgmt"
                        | "pmgmt"
                        | "amet"
                        | "pmet"
                        | "h"
                )
        })
}

/// "Home > World > Europe": where in its site the page stood.
fn is_trail(line: &str) -> bool {
    let steps = [" > ", " » ", " › "].iter().map(|mark| line.matches(mark).count()).max().unwrap_or(0);
    steps >= 1 && line.split_whitespace().count() <= steps * 4 + 4 && !line.ends_with('.')
}

/// A web or mail address alone on its line.
fn is_address(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match (words.next(), words.next()) {
        (Some(word), None) => {
            ["http://", "https://", "www."].iter().any(|head| word.to_ascii_lowercase().starts_with(head))
                || (word.contains('@') && word.contains('.'))
        }
        _ => false,
    }
}

#[derive(Default)]
struct Verbs {
    /// Third person and auxiliaries: a verb wherever they stand.
    finite: BTreeSet<String>,
    /// Base forms: a verb after a plural or after "to".
    base: BTreeSet<&'static str>,
}

impl Verbs {
    fn parse(table: &'static str) -> Self {
        let mut verbs = Self::default();
        let mut is_nounlike = false;
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(':') {
                is_nounlike = true;
                continue;
            }
            for verb in line.split_whitespace() {
                if matches!(verb, "is" | "are" | "was" | "were" | "be" | "been" | "has" | "had")
                    || verb.ends_with("n't")
                    || matches!(verb, "will" | "would" | "should" | "could" | "can" | "may" | "must")
                {
                    verbs.finite.insert(verb.to_owned());
                    continue;
                }
                verbs.base.insert(verb);
                if !is_nounlike {
                    verbs.finite.insert(third_person(verb));
                }
            }
        }
        verbs
    }
}

fn third_person(verb: &str) -> String {
    match verb {
        "have" => "has".into(),
        "go" => "goes".into(),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => match verb.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{verb}s"),
        },
    }
}

/// Does a line without a full stop read as a clause, as headlines do and section headings do not?
/// "Gazans hail Trump ceasefire call as Hamas agrees to free hostages", not "Rallying support in the south of the country".
pub(super) fn is_clause(line: &str) -> bool {
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() < 3 {
        return false;
    }
    let joins = |word: &str| matches!(word, "as" | "after" | "amid" | "despite" | "while" | "over" | "before" | "but");
    words.iter().enumerate().skip(1).any(|(at, word)| {
        let before = words[at - 1].as_str();
        let is_plural = before.ends_with('s') && !before.ends_with("ss") && !before.ends_with("'s");
        VERBS.finite.contains(word)
            || (VERBS.base.contains(word.as_str()) && (before == "to" || is_plural))
            || (words.len() >= 8 && at + 1 < words.len() && joins(word))
    })
}

/// "By Jane Doe and John Smith in Cairo", "BY OUR STAFF": who wrote it, alone on its line.
pub(super) fn is_byline(line: &str) -> bool {
    let Some(rest) = ["By ", "BY ", "by "].iter().find_map(|head| line.strip_prefix(head)) else { return false };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_name = |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase);
    let is_small = |word: &&&str| {
        matches!(
            word.trim_matches(','),
            "and"
                | "in"
                | "for"
                | "of"
                | "the"
                | "de"
                | "van"
                | "von"
                | "al"
                | "bin"
                | "at"
                | "with"
                | "staff"
                | "&"
                | "da"
                | "del"
                | "our"
        )
    };
    let named = words.iter().filter(is_name).count();
    named >= 1
        && words.len() <= 14
        && words.first().is_some_and(|word| is_name(&word) || *word == "our")
        && words.iter().all(|word| is_name(&word) || is_small(&word))
        && (words.len() <= 4 || !rest.ends_with('.'))
        && super::date::weekday(words[0]).is_none()
}
