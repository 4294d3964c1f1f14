//! Word before a full stop → whether the stop belongs to it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// How an abbreviation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    No,
    /// A name or an example follows, so the sentence goes on: "Mr.", "Gen.", "e.g.".
    Title,
    /// May end a sentence: "Inc.", "etc.".
    Plain,
    /// Only before figures; elsewhere it is a word: "No. 10".
    BeforeNumber,
    /// Only before a capital or figures: "Sat.", "Mar.".
    BeforeName,
}

/// `word` is given without its full stop, in any case.
pub(super) fn of(word: &str) -> Abbreviation {
    static TABLE: OnceLock<BTreeMap<&'static str, Abbreviation>> = OnceLock::new();
    if word.len() > 8 {
        return Abbreviation::No;
    }
    let table = TABLE.get_or_init(|| {
        let mut table = BTreeMap::new();
        for line in include_str!("../../assets/lang/en/abbreviations.txt").lines() {
            let (kind, words) = line.split_once(' ').unwrap_or((line, ""));
            let kind = match kind {
                "title" | "never" => Abbreviation::Title,
                "plain" => Abbreviation::Plain,
                "number" => Abbreviation::BeforeNumber,
                "name" => Abbreviation::BeforeName,
                _ => continue,
            };
            table.extend(words.split_whitespace().map(|word| (word, kind)));
        }
        table
    });
    let small = word.to_lowercase();
    let found = table.get(small.as_str()).copied().unwrap_or(Abbreviation::No);
    // "sat", "gen" and "sun" are words; only "Sat.", "Gen." and "Sun." are short for something.
    let capital = word.starts_with(char::is_uppercase)
        || matches!(small.as_str(), "vs" | "v" | "cf" | "eg" | "ie" | "viz" | "ca" | "ft")
        || small.contains('.');
    match found {
        Abbreviation::Title | Abbreviation::BeforeName if !capital => Abbreviation::No,
        other => other,
    }
}
