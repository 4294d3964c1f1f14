//! What is typed into the search field → terms, and where a text says them.
//!
//! Everything is literal: words stand for themselves whatever signs they are typed with, `"two words"` for each other's
//! neighbours, `word*` for its beginning, `-word` for its absence. The word still being typed counts as a beginning. No
//! input is an error.

use crate::gazetteer::fold::{fold_into, folded_words};
use crate::model::Span;

/// Words that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded; never empty.
    words: Vec<String>,
    /// The last word may go on.
    open: Open,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Whole,
    Beginning,
}

/// A query. Everything in `all` must be said, nothing of `none`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub all: Vec<Term>,
    pub none: Vec<Term>,
}

/// Terms of one query that are looked for; what is typed beyond them is pasted by mistake.
const MOST_TERMS: usize = 32;

impl Terms {
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut terms = Self::default();
        let mut rest = typed.trim_start();
        while !rest.is_empty() && terms.all.len() + terms.none.len() < MOST_TERMS {
            let (absent, body) = match rest.strip_prefix(['-', '−']) {
                Some(body) if body.starts_with(|c: char| c.is_alphanumeric() || c == '"' || c == '“') => (true, body),
                _ => (false, rest),
            };
            let quoted = body.strip_prefix(['"', '“', '”', '„']);
            let (words, after, closed) = if let Some(inner) = quoted {
                match inner.find(['"', '“', '”', '„']) {
                    Some(end) => {
                        let sign = inner[end..].chars().next().map_or(1, char::len_utf8);
                        (&inner[..end], &inner[end + sign..], true)
                    }
                    None => (inner, "", false),
                }
            } else {
                let end = body.find(char::is_whitespace).unwrap_or(body.len());
                (&body[..end], &body[end..], !body[end..].is_empty())
            };
            let starred = words.ends_with('*') || after.starts_with('*');
            let folded = folded_words(words);
            let being_typed = !closed && quoted.is_none() && words.ends_with(char::is_alphanumeric) && words.chars().count() > 1;
            if !folded.is_empty() {
                let open = if starred || being_typed { Open::Beginning } else { Open::Whole };
                let list = if absent { &mut terms.none } else { &mut terms.all };
                list.push(Term { words: folded, open });
            }
            rest = after.trim_start_matches('*').trim_start();
        }
        terms
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty()
    }

    /// The same for `SQLite`'s full-text index, every word in quotes; `None` where nothing is asked to be there.
    #[must_use]
    pub fn full_text(&self) -> Option<String> {
        let term = |term: &Term| {
            let star = if term.open == Open::Beginning { "*" } else { "" };
            format!("\"{}\"{star}", term.words.join(" "))
        };
        let all: Vec<String> = self.all.iter().map(term).collect();
        let none: Vec<String> = self.none.iter().map(term).collect();
        if all.is_empty() {
            return None;
        }
        let not = if none.is_empty() { String::new() } else { format!(" NOT ({})", none.join(" OR ")) };
        Some(format!("({}){not}", all.join(" AND ")))
    }

    /// Where the text says one of the terms, in order.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<Span> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let mut words: Vec<(Span, String)> = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
            if c.is_alphanumeric() {
                start = start.or(Some(at));
            } else if let Some(from) = start.take() {
                let mut folded = String::new();
                fold_into(&text[from..at], &mut folded);
                if !folded.is_empty() {
                    words.push((Span::new(from, at), folded));
                }
            }
        }
        let mut spans = Vec::new();
        for at in 0..words.len() {
            for term in &self.all {
                let rest = &words[at..];
                if rest.len() >= term.words.len() && term.fits(rest.iter().map(|(_, word)| word.as_str())) {
                    spans.push(rest[0].0.joined(rest[term.words.len() - 1].0));
                }
            }
        }
        spans
    }
}

impl Term {
    /// Do the words begin with the term?
    fn fits<'a>(&self, words: impl Iterator<Item = &'a str>) -> bool {
        let last = self.words.len() - 1;
        let mut count = 0;
        for ((at, own), word) in self.words.iter().enumerate().zip(words) {
            let fits = if at == last && self.open == Open::Beginning { word.starts_with(own.as_str()) } else { word == own };
            if !fits {
                return false;
            }
            count += 1;
        }
        count == self.words.len()
    }

    /// Does the text say it?
    #[must_use]
    pub fn in_text(&self, text: &str) -> bool {
        self.in_words(&folded_words(text))
    }

    /// Do these folded words hold it?
    #[must_use]
    pub fn in_words(&self, words: &[String]) -> bool {
        (0..words.len()).any(|at| self.fits(words[at..].iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::Terms;

    #[test]
    fn typed_words_mean_themselves() {
        let text = "Côte d’Ivoire’s minister met C++ fans; the peace talks don't end in Genève.";
        for (typed, said) in [
            ("minister ", true),
            ("minist", true),
            ("minist ", false),
            ("minist* ", true),
            ("\"peace talks\"", true),
            ("\"talks peace\"", false),
            ("cote d'ivoire ", true),
            ("don't ", true),
            ("geneve", true),
            ("C++ ", true),
            ("-minister peace ", false),
            ("-paris peace ", true),
            ("NEAR(peace", false),
            ("\"", true),
            ("((((((", true),
            ("peace AND war ", false),
        ] {
            let terms = Terms::parse(typed);
            let holds = terms.all.iter().all(|term| term.in_text(text)) && !terms.none.iter().any(|term| term.in_text(text));
            assert_eq!(holds, said, "{typed}");
        }
        let spans = Terms::parse("\"peace talks\" gen").spans(text);
        assert_eq!(spans.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["peace talks", "Genève"]);
    }
}
