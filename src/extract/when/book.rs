//! Table of cue words → what the dating of events asks about a word.

use std::collections::HashMap;

/// What a word can tell about the time of an event; the order is that of `KEYS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Says,
    Implies,
    Moves,
    Planned,
    Past,
    Ahead,
    Common,
    Later,
    Earlier,
    With,
}

const KEYS: [&str; 10] = ["says", "implies", "moves", "planned", "past", "ahead", "common", "later", "earlier", "with"];

/// The cue words of one language.
#[derive(Debug, Default)]
pub struct WhenBook {
    cues: HashMap<Box<str>, u16>,
    /// The verb that a noun of happening is derived from: invasion → invade.
    verbs: HashMap<Box<str>, Box<str>>,
}

impl WhenBook {
    /// Reads the tables that are part of the program.
    #[must_use]
    pub fn load() -> Self {
        let mut book = Self::default();
        for row in rows(include_str!("../../../assets/lang/en/time_cues.tsv")) {
            let Some((key, words)) = row.split_once('\t') else { continue };
            let Some(bit) = KEYS.iter().position(|known| *known == key) else { continue };
            for word in words.split(' ') {
                *book.cues.entry(word.replace('-', " ").into()).or_default() |= 1 << bit;
            }
        }
        for row in rows(include_str!("../../../assets/lang/en/events_derived.tsv")) {
            let Some((verb, nouns)) = row.split_once('\t') else { continue };
            for noun in nouns.split(' ') {
                book.verbs.entry(noun.into()).or_insert_with(|| verb.into());
            }
        }
        book
    }

    pub fn is(&self, word: &str, cue: Cue) -> bool {
        self.cues.get(word).is_some_and(|bits| bits & (1 << cue as u16) != 0)
    }

    /// One name for the verb and its nouns: "invade", "invasion".
    pub fn root<'a>(&'a self, lemma: &'a str) -> &'a str {
        self.verbs.get(lemma).map_or(lemma, |verb| verb)
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
