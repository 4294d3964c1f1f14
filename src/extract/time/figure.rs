//! Tokens → amounts, ordinals, years, days, clock times and dates in figures, wherever one begins.

use super::scan::{Gap, Shape, Tok};
use super::words::{Class, Words};

/// A clock time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0..=24.
    pub hour: u16,
    /// `None` where only the hour is told: "10 p.m."
    pub minute: Option<u16>,
    /// Minutes east of Greenwich.
    pub zone: Option<i32>,
}

/// What a slot of a pattern holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// The value of a word in its class, a year (negative before Christ: -490), an ordinal, a day of the month, a decade's year.
    Int(i64),
    /// An amount in hundredths; `None` for a vague one ("a few").
    Amount(Option<i64>),
    Clock(Clock),
    /// Year, month, day as written.
    Date(i64, u8, u8),
    /// Year if told, and two figures of which either may be the day: "9/10/2025", "9/10".
    Slashed(Option<i64>, u8, u8),
}

/// The tokens and the word table, for the readers below.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub words: &'a Words,
    pub text: &'a str,
    pub tokens: &'a [Tok],
}

impl<'a> Line<'a> {
    pub fn get(&self, at: usize) -> Option<&'a Tok> {
        self.tokens.get(at)
    }

    /// The token `at`, if no empty line stands before it.
    pub fn near(&self, at: usize) -> Option<&'a Tok> {
        self.tokens.get(at).filter(|tok| tok.gap != Gap::Paragraph)
    }

    /// The token `at`, if it follows without a blank.
    pub fn glued(&self, at: usize) -> Option<&'a Tok> {
        self.tokens.get(at).filter(|tok| tok.gap == Gap::None)
    }

    pub fn str(&self, tok: &Tok) -> &'a str {
        self.text.get(tok.start as usize..tok.end as usize).unwrap_or("")
    }

    pub fn says(&self, tok: &Tok, word: &str) -> bool {
        self.str(tok).eq_ignore_ascii_case(word)
    }

    /// A word that no rule speaks of, but for names of holidays.
    pub fn plain(&self, tok: &Tok) -> bool {
        self.words.is_plain(tok.word)
    }

    fn value(&self, tok: &Tok, class: Class) -> Option<i64> {
        if tok.is(class) { self.words.value(tok.word, class).map(i64::from) } else { None }
    }

    /// A cardinal, in hundredths: "12", "2 1/2", "1,500", "twenty-one", "two and a half", "a hundred".
    pub fn number(&self, at: usize) -> Option<(usize, i64)> {
        let first = self.get(at)?;
        if first.shape == Shape::Number {
            return self.digits(at, first);
        }
        let (mut used, value) = self.number_words(at)?;
        let mut value = value * 100;
        if let (Some(and), Some(a), Some(half)) = (self.near(at + used), self.near(at + used + 1), self.near(at + used + 2))
            && self.says(and, "and")
        {
            if self.says(a, "a") && self.says(half, "half") {
                used += 3;
                value += 50;
            } else if self.says(a, "half") && half.is(Class::Unit) {
                used += 2;
                value += 50;
            }
        }
        Some((used, value))
    }

    fn digits(&self, at: usize, first: &Tok) -> Option<(usize, i64)> {
        let mut value = i64::from(first.number) * 100;
        let mut used = 1;
        // 1,500
        while let (Some(comma), Some(next)) = (self.glued(at + used), self.glued(at + used + 1)) {
            if comma.is_mark(',') && next.shape == Shape::Number && next.len() == 3 && first.len() <= 3 && used < 7 {
                value = value.saturating_mul(1000).saturating_add(i64::from(next.number) * 100);
                used += 2;
            } else if comma.is_mark('.') && next.shape == Shape::Number && next.len() <= 2 && used == 1 {
                let tenth = if next.len() == 1 { 10 } else { 1 };
                return Some((3, value + i64::from(next.number) * tenth));
            } else {
                break;
            }
        }
        // 2 1/2, and a lone 1/2
        let part = |from: usize| -> Option<i64> {
            let (top, bar, low) = (self.get(from)?, self.glued(from + 1)?, self.glued(from + 2)?);
            let fraction = top.shape == Shape::Number && bar.is_mark('/') && low.shape == Shape::Number;
            (fraction && (1..=8).contains(&low.number) && top.number < low.number && low.number > 1)
                .then(|| i64::from(top.number) * 100 / i64::from(low.number))
        };
        if let Some(part) = part(at + used).filter(|_| self.near(at + used).is_some()) {
            return Some((used + 3, value + part));
        }
        if let Some(minus) = self.glued(at + used)
            && minus.is_mark('-')
            && let Some(part) = part(at + used + 1)
        {
            return Some((used + 4, value + part));
        }
        if used == 1
            && let Some(part) = part(at)
        {
            return Some((3, part));
        }
        if let Some(half) = self.get(at + used)
            && half.shape == Shape::Mark
            && let Some(part) = match char::from_u32(half.number) {
                Some('½') => Some(50),
                Some('¼') => Some(25),
                Some('¾') => Some(75),
                _ => None,
            }
        {
            return Some((used + 1, value + part));
        }
        if let (Some(and), Some(a), Some(half)) = (self.near(at + used), self.near(at + used + 1), self.near(at + used + 2))
            && self.says(and, "and")
            && self.says(a, "a")
            && self.says(half, "half")
        {
            return Some((used + 3, value + 50));
        }
        if let Some(thousand) = self.near(at + used)
            && let Some(scale @ (100 | 1000)) = self.value(thousand, Class::Number)
        {
            return Some((used + 1, value.saturating_mul(scale)));
        }
        (used < 8).then_some((used, value))
    }

    /// "twenty-one", "a hundred and six", "two thousand".
    fn number_words(&self, at: usize) -> Option<(usize, i64)> {
        let mut total = 0;
        let mut group = 0;
        let mut used = 0;
        let mut last = i64::MAX;
        let mut any = false;
        while used < 10 {
            let Some(tok) = (if used == 0 { self.get(at) } else { self.near(at + used) }) else { break };
            if let Some(value) = self.value(tok, Class::Number) {
                match value {
                    100 | 1000 => {
                        if !any {
                            break;
                        }
                        if value == 100 {
                            group = group.max(1) * 100;
                        } else {
                            total += group.max(1) * 1000;
                            group = 0;
                        }
                        last = value;
                    }
                    _ => {
                        // "twenty one" adds up, "nineteen ninety" does not
                        let fits = !any || (value < 10 && (20..100).contains(&last)) || (100..i64::MAX).contains(&last);
                        if !fits {
                            break;
                        }
                        group += value;
                        last = value;
                    }
                }
                any = true;
                used += 1;
                continue;
            }
            if any {
                let next = self.near(at + used + 1).filter(|next| next.is(Class::Number));
                let joins = tok.is_mark('-') && tok.gap == Gap::None && (20..100).contains(&last);
                let adds = self.says(tok, "and") && (last == 100 || last == 1000);
                if let Some(next) = next
                    && (joins || adds)
                    && self.value(next, Class::Number).is_some_and(|value| value < if joins { 10 } else { 100 })
                {
                    used += 1;
                    continue;
                }
            } else if used == 0 && (self.says(tok, "a") || self.says(tok, "an")) {
                // "a hundred"
                let next = self.near(at + 1)?;
                if matches!(self.value(next, Class::Number), Some(100 | 1000)) {
                    group = 1;
                    any = true;
                    used = 1;
                    continue;
                }
                if self.says(next, "dozen") {
                    return Some((2, 12));
                }
                return None;
            }
            break;
        }
        any.then_some((used, total + group))
    }

    /// An amount: a number, "a", "a couple of", or a vague one.
    pub fn amount(&self, at: usize) -> Option<(usize, Option<i64>)> {
        if let Some((used, value)) = self.number(at) {
            return Some((used, Some(value)));
        }
        let first = self.get(at)?;
        let next = self.near(at + 1);
        let of = |from: usize| usize::from(self.near(from).is_some_and(|tok| self.says(tok, "of")));
        if self.says(first, "a") || self.says(first, "an") {
            let next = next?;
            if self.says(next, "couple") {
                return Some((2 + of(at + 2), Some(200)));
            }
            if self.says(next, "few") {
                return Some((2, None));
            }
            if self.says(next, "number") || self.says(next, "handful") || self.says(next, "series") {
                return (of(at + 2) == 1).then_some((3, None));
            }
            if self.says(next, "good") || self.says(next, "great") {
                return self.near(at + 2).is_some_and(|tok| self.says(tok, "many")).then_some((3, None));
            }
            return Some((1, Some(100)));
        }
        if self.says(first, "couple") {
            return Some((1 + of(at + 1), Some(200)));
        }
        if self.says(first, "several") || self.says(first, "few") || self.says(first, "many") {
            return Some((1, None));
        }
        if self.says(first, "dozens") || self.says(first, "hundreds") || self.says(first, "thousands") {
            return (of(at + 1) == 1).then_some((2, None));
        }
        None
    }

    /// An ordinal: "third", "3rd", "twenty-first".
    pub fn nth(&self, at: usize) -> Option<(usize, i64)> {
        let first = self.get(at)?;
        if first.shape == Shape::Number {
            let tail = self.glued(at + 1)?;
            let word = self.str(tail);
            let suffix = ["st", "nd", "rd", "th"].iter().any(|suffix| word.eq_ignore_ascii_case(suffix));
            return (suffix && first.len() <= 4).then_some((2, i64::from(first.number)));
        }
        if let Some(tens @ 20..=90) = self.value(first, Class::Number) {
            let skip = usize::from(self.glued(at + 1).is_some_and(|tok| tok.is_mark('-')));
            let unit = self.near(at + 1 + skip)?;
            let unit = self.value(unit, Class::Ordinal).filter(|unit| *unit < 10)?;
            return Some((2 + skip, tens + unit));
        }
        self.value(first, Class::Ordinal).map(|value| (1, value))
    }

    /// A day of the month, 1..=31.
    pub fn day(&self, at: usize) -> Option<(usize, i64)> {
        if let Some((used, day)) = self.nth(at) {
            return (1..=31).contains(&day).then_some((used, day));
        }
        let tok = self.get(at)?;
        if tok.shape != Shape::Number || tok.len() > 2 || !(1..=31).contains(&tok.number) {
            return None;
        }
        // 3.5 and 12,000 and 10:30 and 20% are no days
        if let (Some(mark), Some(next)) = (self.glued(at + 1), self.glued(at + 2))
            && next.shape == Shape::Number
            && (mark.is_mark('.') || mark.is_mark(':') || mark.is_mark('/') || (mark.is_mark(',') && next.len() == 3))
        {
            return None;
        }
        if self.glued(at + 1).is_some_and(|tok| tok.is_mark('%') || tok.shape == Shape::Word) {
            return None;
        }
        Some((1, i64::from(tok.number)))
    }

    /// A year; before Christ negative.
    pub fn year(&self, at: usize) -> Option<(usize, i64)> {
        let tok = self.get(at)?;
        let era = |from: usize| -> Option<(usize, bool)> {
            let era = self.near(from)?;
            if self.says_era(era, "bc") || self.says(era, "BCE") {
                Some((1, true))
            } else if self.says_era(era, "ad") || self.says(era, "CE") {
                (self.str(era).starts_with(|ch: char| ch.is_ascii_uppercase())).then_some((1, false))
            } else {
                None
            }
        };
        if tok.shape == Shape::Number {
            if tok.len() <= 4
                && let Some((used, before)) = era(at + 1)
            {
                let year = i64::from(tok.number);
                return (year > 0).then_some((1 + used, if before { -year } else { year }));
            }
            if tok.len() != 4 || !(1000..=2199).contains(&tok.number) {
                return None;
            }
            if let (Some(mark), Some(next)) = (self.glued(at + 1), self.glued(at + 2))
                && next.shape == Shape::Number
                && (mark.is_mark('.') || mark.is_mark(',') || mark.is_mark(':'))
            {
                return None;
            }
            if self.glued(at + 1).is_some_and(|tok| tok.is_mark('%') || tok.shape == Shape::Word && !self.says(tok, "'s")) {
                return None;
            }
            return Some((1, i64::from(tok.number)));
        }
        if tok.is_mark('\'') {
            let digits = self.glued(at + 1)?;
            if digits.shape != Shape::Number || digits.len() != 2 || tok.gap == Gap::None {
                return None;
            }
            if self.glued(at + 2).is_some_and(|tok| tok.shape == Shape::Word) {
                return None;
            }
            let year = i64::from(digits.number);
            return Some((2, if year < 40 { 2000 + year } else { 1900 + year }));
        }
        if self.says_era(tok, "ad") && self.str(tok).starts_with('A') {
            let digits = self.near(at + 1)?;
            return (digits.shape == Shape::Number && digits.len() <= 4).then_some((2, i64::from(digits.number)));
        }
        // nineteen ninety-six, two thousand (and) six
        let century = self.value(tok, Class::Number)?;
        if (13..=20).contains(&century) {
            let (used, rest) = self.number_words(at + 1).filter(|_| self.near(at + 1).is_some())?;
            if (10..100).contains(&rest) {
                return Some((1 + used, century * 100 + rest));
            }
        }
        if century == 2 {
            let (used, year) = self.number_words(at)?;
            return ((2000..2100).contains(&year) && used >= 2).then_some((used, year));
        }
        None
    }

    fn says_era(&self, tok: &Tok, era: &str) -> bool {
        let text = self.str(tok);
        text.len() >= era.len()
            && text.starts_with(|ch: char| ch.is_ascii_uppercase())
            && text.bytes().filter(u8::is_ascii_alphabetic).map(|b| b.to_ascii_lowercase()).eq(era.bytes())
    }

    /// A decade by its first year: "1980s", "'80s", "the eighties", "470s BC" (negative).
    pub fn decade(&self, at: usize) -> Option<(usize, i64)> {
        let tok = self.get(at)?;
        let s = |from: usize| self.glued(from).is_some_and(|tok| self.says(tok, "s") || self.says(tok, "'s"));
        if tok.shape == Shape::Number && tok.number.is_multiple_of(10) && s(at + 1) {
            let year = i64::from(tok.number);
            if matches!(tok.len(), 3 | 4) && self.near(at + 2).is_some_and(|era| self.says_era(era, "bc")) {
                return Some((3, -year));
            }
            if tok.len() == 4 && (1000..2200).contains(&year) {
                return Some((2, year));
            }
            if tok.len() == 2 && self.says(self.get(at + 1)?, "s") && year >= 20 {
                return Some((2, 1900 + year));
            }
        }
        if tok.is_mark('\'') {
            let digits = self.glued(at + 1)?;
            let year = i64::from(digits.number);
            if digits.shape == Shape::Number && digits.len() == 2 && year % 10 == 0 && s(at + 2) {
                return Some((3, if year == 0 { 2000 } else { 1900 + year }));
            }
        }
        if tok.shape == Shape::Word && self.plain(tok) {
            let word = self.str(tok);
            let tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
            let first = (192_i64..).zip(tens).find(|(_, ten)| word.eq_ignore_ascii_case(ten))?.0;
            return Some((1, first * 10));
        }
        None
    }

    /// "nineteen eighties" has a century word before it.
    pub fn decade_with_century(&self, at: usize) -> Option<(usize, i64)> {
        if let Some(century @ 15..=20) = self.get(at).and_then(|tok| self.value(tok, Class::Number))
            && self.near(at + 1).is_some()
            && let Some((used, year)) = self.decade(at + 1)
        {
            return Some((1 + used, century * 100 + year % 100));
        }
        self.decade(at)
    }
}
