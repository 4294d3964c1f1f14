//! Numbers near a trigger → figures of its event: killed, injured, people, money, normalised.

use super::book::Cue;
use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{Figure, Span};

impl Reader<'_> {
    /// Figures of every trigger, by row; each number belongs to the nearest trigger above it.
    pub fn figures(&self, triggers: &[Trigger<'_>]) -> Vec<Vec<Figure>> {
        let tree = self.tree;
        let mut row_at: Vec<Option<usize>> = vec![None; tree.len()];
        for (row, trigger) in triggers.iter().enumerate() {
            row_at[trigger.at] = Some(row);
        }
        let mut figures = vec![Vec::new(); triggers.len()];
        let mut at = 0;
        while at < tree.len() {
            let Some((value, end)) = self.number(at) else {
                at += 1;
                continue;
            };
            if !tree.stands[at].time
                && let Some((row, kind)) = self.owner(at, end, &row_at)
            {
                let span = tree.token(at).span.joined(tree.token(end - 1).span);
                figures[row].push(Figure { kind, value, span: Span { ..span } });
            }
            at = end;
        }
        figures
    }

    /// A number in figures or words starting at a token, and one past its last token.
    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let tree = self.tree;
        let last = tree.sentence(at).last as usize;
        let (mut total, mut part, mut any) = (0.0_f64, 0.0_f64, false);
        let mut end = at;
        while end < last {
            let word = tree.word(end).to_lowercase();
            if let Some(value) = digits(&word) {
                if any {
                    break;
                }
                part = value;
            } else if let Some(value) = number_word(&word) {
                part += value;
            } else if let Some(scale) = scale_word(&word) {
                if !any && word != "dozen" {
                    break;
                }
                if scale > 100.0 {
                    total += part.max(1.0) * scale;
                    part = 0.0;
                } else {
                    part = part.max(1.0) * scale;
                }
            } else if any && (word == "-" || word == "and") && end + 1 < last {
                let next = tree.word(end + 1).to_lowercase();
                let joins = number_word(&next).is_some() && (word == "-" || part % 100.0 == 0.0 && part > 0.0);
                if !joins {
                    break;
                }
            } else {
                break;
            }
            any = true;
            end += 1;
        }
        any.then_some((total + part, end))
    }

    /// The trigger a number belongs to, and what it counts there.
    fn owner(&self, at: usize, end: usize, row_at: &[Option<usize>]) -> Option<(usize, String)> {
        let tree = self.tree;
        let money = self.currency(at, end);
        let mut here = at;
        let mut counted: Option<usize> = None;
        for _ in 0..8 {
            if let Some(row) = row_at[here].filter(|_| here != at) {
                let kind = match &money {
                    Some(currency) => format!("money-{currency}"),
                    None => self.counted_kind(here, counted)?,
                };
                return Some((row, kind));
            }
            if matches!(tree.upos(here), Upos::Noun | Upos::Propn | Upos::Num) {
                counted = Some(here);
            }
            here = tree.head(here)?;
        }
        None
    }

    /// "killed 12 people": the verb says what became of them; "12 people marched": they are people.
    fn counted_kind(&self, trigger: usize, counted: Option<usize>) -> Option<String> {
        let tree = self.tree;
        let counted = counted?;
        let lemma = tree.lemma(trigger);
        let person = self.book.is(tree.lemma(counted), Cue::PersonQuantity)
            || self.book.is(tree.word(counted), Cue::PersonQuantity)
            || tree.upos(counted) == Upos::Num;
        let rel = tree.rel(counted);
        let passive = tree.is_passive(trigger);
        let undergoes = rel == Rel::Obj
            || rel == Rel::NsubjPass
            || rel == Rel::Nmod
            || (rel == Rel::Nsubj
                && (passive || matches!(lemma, "die" | "perish" | "drown" | "flee" | "disappear" | "vanish" | "suffer")));
        if undergoes && person {
            for (cue, kind) in [
                (Cue::Killed, "killed"),
                (Cue::Injured, "injured"),
                (Cue::Missing, "missing"),
                (Cue::Displaced, "displaced"),
                (Cue::Arrested, "arrested"),
                (Cue::Freed, "freed"),
            ] {
                if self.book.is(lemma, cue) {
                    return Some(kind.to_owned());
                }
            }
        }
        // "left 12 people dead", "three dead"
        for child in tree.children(counted).chain(tree.children(trigger)) {
            if matches!(tree.lemma(child), "dead") {
                return Some("killed".to_owned());
            }
            if matches!(tree.lemma(child), "injured" | "wounded") && tree.rel(child) != Rel::Conj {
                return Some("injured".to_owned());
            }
            if matches!(tree.lemma(child), "homeless") {
                return Some("displaced".to_owned());
            }
        }
        (person && tree.upos(counted) != Upos::Num).then(|| "people".to_owned())
    }

    fn currency(&self, at: usize, end: usize) -> Option<&'static str> {
        let tree = self.tree;
        let first = tree.sentence(at).first as usize;
        let before = (at > first).then(|| tree.word(at - 1));
        let code = |word: &str| {
            Some(match word {
                "$" | "US$" | "USD" | "dollar" | "dollars" => "USD",
                "€" | "EUR" | "euro" | "euros" => "EUR",
                "£" | "GBP" | "pound" | "pounds" => "GBP",
                "¥" | "JPY" | "yen" => "JPY",
                "₹" | "INR" | "rupee" | "rupees" => "INR",
                "C$" | "CAD" => "CAD",
                "A$" | "AUD" => "AUD",
                "CHF" | "franc" | "francs" => "CHF",
                "RUB" | "rouble" | "roubles" | "ruble" | "rubles" => "RUB",
                "yuan" | "CNY" | "renminbi" => "CNY",
                _ => return None,
            })
        };
        before.and_then(code).or_else(|| {
            let last = tree.sentence(at).last as usize;
            (end < last).then(|| code(tree.word(end))).flatten()
        })
    }
}

/// "1,200", "3.5", "12"; no dates, no scores, no ordinals.
fn digits(word: &str) -> Option<f64> {
    let word = word.trim_start_matches(['$', '€', '£']);
    let valid = word.bytes().next().is_some_and(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
        && word.len() <= 20;
    valid.then(|| word.replace(',', "").parse().ok()).flatten()
}

fn number_word(word: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(row) = SMALL.iter().position(|small| *small == word) {
        return Some(row as f64);
    }
    if let Some(row) = TENS.iter().position(|tens| *tens == word) {
        return Some(row as f64 * 10.0 + 20.0);
    }
    let (tens, ones) = word.split_once('-')?;
    let tens = TENS.iter().position(|known| *known == tens)?;
    let ones = SMALL[1..10].iter().position(|known| *known == ones)?;
    Some(tens as f64 * 10.0 + 20.0 + ones as f64 + 1.0)
}

fn scale_word(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_have_their_value() {
        assert_eq!(number_word("forty-two"), Some(42.0));
        assert_eq!(digits("1,200"), Some(1200.0));
        assert_eq!(digits("3-2"), None);
    }
}
