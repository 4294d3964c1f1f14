//! What surrounds an article → the dates that could be its publication date, best first, each with its evidence.
//!
//! Only a full date counts, and only where the words around it say that it is the day of publication: a date inside a
//! sentence is what the sentence tells of. A dateline without a year gives nothing by itself; with the year and month of
//! the page's address it does.

use jiff::civil::Date;

use super::date::{DayOfYear, ShortYears, Written, dates, day_of_year, month, weekday};
use super::lines::starts_low;
use crate::model::{About, Block, BlockKind, Published, PublishedFrom, Warning, Warnings};

/// Bytes at the head of a block in which its dateline and its stamps are sought. The longest dateline of
/// the corpus `muc4` takes 98.
const HEAD: usize = 130;
/// Blocks at the head of an article that are looked at, and at its foot.
const FIRST: usize = 12;
const LAST: usize = 4;

/// Collects the candidates that the text, the address and the file's name give, adds them to those that the reader found
/// in the page, and takes the best as the publication date unless one is given already.
pub(super) fn settle(about: &mut About, text: &str, blocks: &[Block], file_name: &str, warnings: &mut Warnings) {
    let mut found = std::mem::take(&mut about.date_candidates);
    let dateline = dateline(text, blocks);
    if let Some(url) = about.url.as_deref() {
        found.extend(in_address(url));
    }
    match &dateline {
        Some(Dateline { date: Ok(date), words }) => {
            found.push(Published { date: *date, from: PublishedFrom::Dateline, evidence: format!("dateline “{words}”") });
        }
        Some(Dateline { date: Err(part), words }) => {
            let year = about.url.as_deref().and_then(year_and_month).filter(|(_, m)| *m == part.month).map(|(year, _)| year);
            if let Some(date) = year.and_then(|year| Date::new(year, part.month, part.day).ok()) {
                let evidence = format!("dateline “{words}” and the address's year");
                found.push(Published { date, from: PublishedFrom::Dateline, evidence });
            }
        }
        None => {}
    }
    found.extend(in_text(text, blocks));
    found.extend(in_file_name(file_name));
    // A stable sort: within one kind of evidence the order of finding is the order of trust.
    found.sort_by_key(|candidate| (is_revision(candidate), candidate.from));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|candidate| seen.insert((candidate.date, candidate.from)));
    found.truncate(12);
    if about.published.is_none() {
        about.published = found.first().cloned();
    }
    if about.published.is_none()
        && let Some(Dateline { date: Err(_), words }) = dateline
    {
        warnings.push(Warning::new("dateline-without-year", format!("The dateline “{words}” gives a day without a year")));
    }
    about.date_candidates = found;
}

/// Does the evidence speak of a change rather than of the first publication?
fn is_revision(candidate: &Published) -> bool {
    let low = candidate.evidence.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| low.contains(word));
    match candidate.from {
        // The field's name, not its value.
        PublishedFrom::JsonLd | PublishedFrom::Meta => {
            let field = low.split('=').next().unwrap_or("");
            ["modified", "updated"].iter().any(|word| field.contains(word))
        }
        PublishedFrom::Text => says(&["updated", "modified", "revised"]) && !says(&["published", "posted"]),
        _ => false,
    }
}

/// Candidates as a reader of a page gathers them.
#[derive(Debug, Default)]
pub(super) struct Candidates(Vec<Published>);

impl Candidates {
    /// Adds a candidate unless there is no date or it is there already.
    pub fn push(&mut self, from: PublishedFrom, date: Option<Date>, evidence: impl FnOnce() -> String) {
        if let Some(date) = date
            && !self.0.iter().any(|known| known.date == date && known.from == from)
            && self.0.len() < 40
        {
            self.0.push(Published { date, from, evidence: evidence() });
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_vec(self) -> Vec<Published> {
        self.0
    }
}

/// The line at the head of a story that says where and when.
struct Dateline {
    /// The full date, or the day and month where the year is not told.
    date: Result<Date, DayOfYear>,
    words: String,
}

fn dateline(text: &str, blocks: &[Block]) -> Option<Dateline> {
    blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Subheading)).take(3).find_map(|block| {
        let line = block.span.of(text);
        let head = &line[..dateline_end(line)?];
        let words = head.trim().to_owned();
        if let Some(Written { date, .. }) = dates(head, ShortYears::Taken).first() {
            return Some(Dateline { date: Ok(*date), words });
        }
        day_of_year(head).map(|part| Dateline { date: Err(part), words })
    })
}

/// Where the dateline at the head of a line ends, before its dash: `PARIS, Oct 9 (Reuters) — `, `Cairo, 8 October 2025 –`,
/// `NAIROBI, Kenya (AP) _`. Only names, dates and an agency in brackets stand in it.
pub(super) fn dateline_end(line: &str) -> Option<usize> {
    let head = &line[..line.floor_char_boundary(HEAD)];
    let end = [" - ", " – ", " — ", "— ", "– ", ")- ", ") - ", " -- ", "-- ", ")--", " _", ": ", "—", "–"]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| at + usize::from(dash.starts_with(')'))))
        .min()
        .or_else(|| is_bare_dateline(line).then_some(line.len()))?;
    let words = &head[..end];
    let is_small =
        |word: &str| matches!(word, "of" | "the" | "and" | "de" | "del" | "al" | "el" | "la" | "st" | "nd" | "rd" | "th" | "in");
    let mut letters = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = letters.next()?;
    let is_fit = first.starts_with(char::is_uppercase)
        && letters
            .all(|word| !starts_low(word) || is_small(word) || word.chars().all(|c| c.is_ascii_digit()) || is_ordinal(word))
        && words.split_whitespace().count() <= 16;
    let has_agency = words.ends_with(')') && words.contains('(');
    let is_loud = first.len() > 1 && first.chars().all(|c| !c.is_lowercase());
    let has_day = day_of_year(words).is_some();
    // A colon ends a dateline only where all else says so: "LONDON, 9 October 2025:".
    let is_colon = head[end..].starts_with(':');
    (is_fit && ((has_agency && !is_colon) || has_day || (is_loud && words.contains(',') && !is_colon))).then_some(end)
}

/// `KHASAVYURT, Russia 1996-08-31` on a line of its own.
fn is_bare_dateline(line: &str) -> bool {
    line.len() <= 60
        && line.contains(',')
        && dates(line, ShortYears::Refused).first().is_some_and(|found| found.end == line.len() && found.start > 0)
}

fn is_ordinal(word: &str) -> bool {
    word.trim_start_matches(|c: char| c.is_ascii_digit()).len() == 2 && word.starts_with(|c: char| c.is_ascii_digit())
}

/// What a date is by the word before it.
const CUES: [&str; 16] = [
    "first published",
    "published",
    "publication date",
    "posted",
    "date posted",
    "issued",
    "released",
    "created",
    "filed",
    "date",
    "dated",
    "last updated",
    "updated",
    "last modified",
    "modified",
    "last revised",
];

/// Words that stand in a stamp beside its date.
fn is_stamp_word(word: &str) -> bool {
    matches!(
        word,
        "published"
            | "posted"
            | "updated"
            | "first"
            | "last"
            | "modified"
            | "revised"
            | "created"
            | "issued"
            | "released"
            | "filed"
            | "date"
            | "dated"
            | "on"
            | "at"
            | "by"
            | "the"
            | "am"
            | "pm"
            | "a"
            | "m"
            | "p"
            | "gmt"
            | "utc"
            | "bst"
            | "est"
            | "edt"
            | "et"
            | "pt"
            | "pst"
            | "pdt"
            | "cet"
            | "cest"
            | "ist"
            | "jst"
            | "ct"
            | "cst"
            | "cdt"
            | "hrs"
            | "hours"
            | "h"
            | "local"
            | "time"
            | "t"
            | "z"
            | "publication"
            | "min"
            | "read"
            | "ago"
            | "this"
            | "article"
            | "story"
            | "was"
            | "originally"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "of"
            | "noon"
            | "aest"
            | "aedt"
            | "sgt"
            | "hkt"
            | "pkt"
            | "eat"
    ) || weekday(word).is_some()
        || month(word).is_some()
}

/// A line that is a stamp: a date, its clock time and its cue, and hardly a word beside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    written: Written,
    /// "Published", "Updated" stands beside it.
    pub has_cue: bool,
}

impl Stamp {
    pub const fn date(&self) -> Date {
        self.written.date
    }
}

pub(super) fn stamp(line: &str) -> Option<Stamp> {
    let count = line.split_whitespace().count();
    if count > 22 || line.len() > 200 {
        return None;
    }
    let found = *dates(line, ShortYears::Refused).first()?;
    let low = line.to_lowercase();
    let has_cue = CUES.iter().any(|cue| low.contains(cue));
    let others = low.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && !is_stamp_word(word)).count();
    let is_sentence = line.trim_end().ends_with('.') && !low.contains("article") && !low.contains("story") && others > 0;
    // "October 9, 2025 / 3:15 PM EDT / CBS News", "By Jane Doe | Published 9 October 2025".
    let allowed = if line.contains(['|', '/', '·', '•']) || low.starts_with("by ") { 8 } else { usize::from(has_cue) * 2 };
    (!is_sentence && others <= allowed).then_some(Stamp { written: found, has_cue })
}

fn in_text(text: &str, blocks: &[Block]) -> Vec<Published> {
    let foot = blocks.len().saturating_sub(LAST).max(FIRST);
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate().take(FIRST).chain(blocks.iter().enumerate().skip(foot)) {
        let line = block.span.of(text);
        if block.kind == BlockKind::Credit
            && let Some(stamp) = stamp(line)
        {
            found.push(candidate(stamp.written, line));
        } else if at < 3
            && let Some(written) = opening_stamp(line)
        {
            found.push(candidate(written, line));
        }
    }
    found
}

fn candidate(written: Written, line: &str) -> Published {
    let words: String = line.chars().take(120).collect();
    Published { date: written.date, from: PublishedFrom::Text, evidence: format!("text “{}”", words.trim()) }
}

/// A stamp run into the first paragraph: `Jane Doe, The Daily Post March 31, 2018 2:36 pm. A few moments …`. Only a date
/// followed at once by a clock time counts.
fn opening_stamp(line: &str) -> Option<Written> {
    let head = &line[..line.floor_char_boundary(HEAD)];
    let found = *dates(head, ShortYears::Refused).first()?;
    let rest = head[found.end..].trim_start_matches([' ', ',', '-', '–', '|', '/', '\u{a0}']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_clock = (1..=2).contains(&digits)
        && rest[digits..].starts_with([':', '.'])
        && rest.as_bytes().get(digits + 1).is_some_and(u8::is_ascii_digit);
    (is_clock && !head[..found.start].contains(". ")).then_some(found)
}

/// `/2025/10/09/`, `/2025-10-09-`, `/20251009/`, `/2025/oct/09/` in an address.
pub(super) fn in_address(url: &str) -> Option<Published> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let clipped: String = path.chars().take(600).collect();
    let found = *dates(&clipped, ShortYears::Refused).first()?;
    // Eight digits in a longer number were no date; digits beside letters ("a20251009x") are a file's number.
    let before = clipped[..found.start].chars().next_back()?;
    (!before.is_alphanumeric()).then(|| Published {
        date: found.date,
        from: PublishedFrom::Url,
        evidence: format!("address {}", clipped.trim_end_matches('/')),
    })
}

/// `/2025/10/` without a day.
fn year_and_month(url: &str) -> Option<(i16, i8)> {
    let parts: Vec<&str> = url.split('/').take(40).collect();
    parts.windows(2).find_map(|pair| {
        let year = (pair[0].len() == 4).then(|| pair[0].parse().ok()).flatten().filter(|year| (1900..=2199).contains(year))?;
        let month = (pair[1].len() == 2).then(|| pair[1].parse().ok()).flatten().or_else(|| month(pair[1]))?;
        (1..=12).contains(&month).then_some((year, month))
    })
}

/// `2025-10-09 talks.txt`, `story_20251009.html`.
fn in_file_name(name: &str) -> Option<Published> {
    let clipped: String = name.chars().take(255).collect();
    dates(&clipped, ShortYears::Refused).first().map(|found| Published {
        date: found.date,
        from: PublishedFrom::File,
        evidence: format!("file name {clipped}"),
    })
}
