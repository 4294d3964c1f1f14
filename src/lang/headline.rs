//! Words of a headline in capitals → the form in which the models should read them.
//!
//! "Talks With China Will Resume" and "ISRAELI STRIKES KILL 14": where every word has a capital, capitals tell nothing, so words
//! that are hardly ever names are read in small letters. The text itself is never changed.

use super::weights::hash;
use super::words::Lexicon;

/// Words that headlines leave small.
const SMALL: [&str; 26] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "is", "nor", "of", "off", "on", "or", "over",
    "per", "the", "to", "up", "via", "vs", "with",
];

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    Usual,
    /// Each Word Begins With One.
    Title,
    /// ALL LETTERS.
    All,
}

/// Looks at all words; fewer than four tell nothing.
pub fn capitals<'a>(forms: impl Iterator<Item = &'a str>) -> Capitals {
    let (mut words, mut all) = (0, 0);
    for form in forms {
        let mut chars = form.chars();
        let Some(first) = chars.next().filter(|c| c.is_alphabetic()) else { continue };
        if SMALL.contains(&form) || form.starts_with(['’', '\'']) || form.eq_ignore_ascii_case("n't") {
            continue;
        }
        if !first.is_uppercase() {
            return Capitals::Usual;
        }
        words += 1;
        all += usize::from(form.len() > 3 && !form.contains(char::is_lowercase));
    }
    match (words, all) {
        (0..4, _) => Capitals::Usual,
        (_, 2..) if all * 2 >= words => Capitals::All,
        _ => Capitals::Title,
    }
}

/// The form to read, where it is another one than the written.
#[must_use]
pub fn plain(lexicon: &Lexicon<'_>, form: &str, capitals: Capitals) -> Option<String> {
    if capitals == Capitals::Usual || !form.starts_with(char::is_uppercase) {
        return None;
    }
    let shouted = form.chars().nth(1).is_some() && !form.contains(char::is_lowercase);
    if shouted && capitals == Capitals::Title {
        return None;
    }
    let lower = form.to_lowercase();
    let entry = lexicon.entry(hash(lower.as_bytes())).unwrap_or_default();
    if entry.ambiguity() > 0 && !entry.is_often_name() {
        return Some(lower);
    }
    // "LEBANON": a capital and small letters; short ones may be letters of their own: "UN", "EU", "NATO".
    (shouted && form.len() > 4).then(|| form.chars().take(1).chain(lower.chars().skip(1)).collect())
}
