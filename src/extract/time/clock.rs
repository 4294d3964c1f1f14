//! Tokens → clock times with zones, and dates written in figures.

use super::figure::{Clock, Line, Value};
use super::scan::{Gap, Shape};
use super::words::Class;

impl Line<'_> {
    /// "10 p.m.", "5:34 am", "18:00 UTC", "1608 UTC", "6 o'clock", "19h30", "6:40 p.m. (GMT +8)".
    pub fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let first = self.get(at)?;
        let mut used = 1;
        let hour;
        let mut minute = None;
        let mut sure = false;
        if first.shape == Shape::Number {
            if first.len() == 4 {
                // military: only with a zone or "hours" behind it
                let (h, m) = (first.number / 100, first.number % 100);
                if h > 24 || m > 59 {
                    return None;
                }
                let next = self.near(at + 1)?;
                if next.is(Class::Zone) && next.capital {
                    return Some((2, Clock { hour: h as u16, minute: Some(m as u16), zone: self.zone_value(at + 1) }));
                }
                return (self.says(next, "hours") || self.says(next, "hrs") || self.says(next, "h"))
                    .then_some((2, Clock { hour: h as u16, minute: Some(m as u16), zone: None }));
            }
            if first.len() > 2 || first.number > 24 {
                return None;
            }
            hour = first.number;
            if let (Some(mark), Some(next)) = (self.glued(at + 1), self.glued(at + 2))
                && (mark.is_mark(':') || mark.is_mark('.') || self.says(mark, "h"))
                && next.shape == Shape::Number
                && next.len() == 2
                && next.number < 60
            {
                minute = Some(next.number as u16);
                used = 3;
                sure = mark.is_mark(':');
                // seconds
                if let (Some(mark), Some(next)) = (self.glued(at + 3), self.glued(at + 4))
                    && mark.is_mark(':')
                    && next.shape == Shape::Number
                    && next.len() == 2
                    && next.number < 60
                {
                    used = 5;
                }
            }
        } else if first.is(Class::Number) {
            hour = u32::try_from(self.words.value(first.word, Class::Number)?).ok().filter(|hour| (1..=12).contains(hour))?;
        } else {
            return None;
        }
        let mut hour = hour as u16;
        let mut next = self.near(at + used);
        if let Some(tok) = next
            && tok.is(Class::Meridiem)
            && (1..=12).contains(&hour)
        {
            // "I am": a bare "am" must stand by a figure
            if first.shape != Shape::Number && !self.str(tok).contains('.') {
                return None;
            }
            hour = hour % 12 + self.words.value(tok.word, Class::Meridiem)? as u16;
            used += 1;
            sure = true;
        } else if next.is_some_and(|tok| self.says(tok, "o'clock") || self.says(tok, "o’clock")) {
            used += 1;
            sure = true;
            let (end, shift) = self.part_after(at + used, hour);
            used = end - at;
            hour = shift;
        } else if next.is_some_and(|tok| self.says(tok, "hrs") || self.says(tok, "h")) && minute.is_some() {
            used += 1;
            sure = true;
        } else if minute.is_none() || !sure {
            // "4 in the morning"
            let (end, shift) = self.part_after(at + used, hour);
            if end > at + used && (1..=12).contains(&hour) {
                return Some((end - at, Clock { hour: shift, minute, zone: None }));
            }
        }
        let mut zone = None;
        next = self.near(at + used);
        if let Some(tok) = next {
            if tok.is(Class::Zone) && (sure || minute.is_some()) {
                zone = self.zone_value(at + used);
                used += 1;
                sure = true;
            } else if tok.is_mark('(')
                && let Some(name) = self.glued(at + used + 1).filter(|tok| tok.is(Class::Zone))
            {
                let base = self.words.value(name.word, Class::Zone)?;
                if self.glued(at + used + 2).is_some_and(|tok| tok.is_mark(')')) {
                    zone = Some(base);
                    used += 3;
                } else if let (Some(sign), Some(hours), Some(close)) =
                    (self.near(at + used + 2), self.glued(at + used + 3), self.glued(at + used + 4))
                    && (sign.is_mark('+') || sign.is_mark('-'))
                    && hours.shape == Shape::Number
                    && hours.number <= 14
                    && close.is_mark(')')
                {
                    let shift = i32::try_from(hours.number).unwrap_or(0) * 60;
                    zone = Some(base + if sign.is_mark('+') { shift } else { -shift });
                    used += 5;
                }
            } else if sure && self.says(tok, "local") && self.near(at + used + 1).is_some_and(|tok| self.says(tok, "time")) {
                used += 2;
            } else if sure
                && tok.capital
                && ["Eastern", "Central", "Pacific", "Mountain", "Moscow"].iter().any(|name| self.says(tok, name))
            {
                let end = (1..=2).find(|n| self.near(at + used + n).is_some_and(|tok| self.says(tok, "time")));
                used += end.map_or(0, |n| n + 1);
            }
        }
        // a score ("10:12") has no more than the figures: a sure clock has two digits of minutes and an hour of the day
        sure.then_some((used, Clock { hour, minute, zone }))
    }

    fn zone_value(&self, at: usize) -> Option<i32> {
        self.get(at).and_then(|tok| self.words.value(tok.word, Class::Zone))
    }

    /// "in the morning", "at night" after an hour: where it ends, and the hour it makes.
    fn part_after(&self, at: usize, hour: u16) -> (usize, u16) {
        let part =
            |at: usize| self.near(at).filter(|tok| tok.is(Class::Part)).and_then(|tok| self.words.value(tok.word, Class::Part));
        let is = |at: usize, word: &str| self.near(at).is_some_and(|tok| self.says(tok, word));
        let (end, part) = if is(at, "in") && is(at + 1, "the") {
            (at + 3, part(at + 2))
        } else if is(at, "at") {
            (at + 2, part(at + 1))
        } else {
            (at, None)
        };
        match part {
            Some(1) => (end, hour % 12),
            Some(3 | 4) => (end, hour % 12 + 12),
            Some(5) => (end, if hour % 12 >= 6 { hour % 12 + 12 } else { hour % 12 }),
            _ => (at, hour),
        }
    }

    /// "2025-10-09", "10/9/2025", "9.10.2025", "2025/10/09", "10/9/25". Of two readings of day and month the one that
    /// exists; where both do, `resolve` decides by the habit of the article.
    pub fn numeric(&self, at: usize) -> Option<(usize, Value)> {
        let first = self.get(at).filter(|tok| tok.shape == Shape::Number && tok.len() <= 4)?;
        let mark = self.glued(at + 1).filter(|tok| tok.is_mark('-') || tok.is_mark('/') || tok.is_mark('.'))?;
        let second = self.glued(at + 2).filter(|tok| tok.shape == Shape::Number && tok.len() <= 2)?;
        let again = self.glued(at + 3).filter(|tok| tok.is_mark(char::from_u32(mark.number).unwrap_or('-')))?;
        let third = self.glued(at + 4).filter(|tok| tok.shape == Shape::Number && tok.len() <= 4)?;
        let _ = again;
        if self.glued(at + 5).is_some_and(|tok| tok.shape == Shape::Number || tok.is_mark('/')) {
            return None;
        }
        // a longer chain of the same mark is a number of another kind
        if self.glued(at + 5).is_some_and(|tok| tok.number == mark.number && tok.shape == Shape::Mark)
            && self.glued(at + 6).is_some_and(|tok| tok.shape == Shape::Number)
        {
            return None;
        }
        if at > 0 && self.get(at).is_some_and(|tok| tok.gap == super::scan::Gap::None) {
            let before = self.get(at - 1)?;
            if before.shape != Shape::Mark || before.is_mark('.') || before.is_mark('-') || before.is_mark('/') {
                return None;
            }
        }
        let (a, b, c) = (first.number, second.number, third.number);
        let fits = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
        if first.len() == 4 && third.len() <= 2 {
            return ((1000..=2199).contains(&a) && fits(b, c)).then_some((5, Value::Date(i64::from(a), b as u8, c as u8)));
        }
        if first.len() > 2 || !matches!(third.len(), 2 | 4) {
            return None;
        }
        let year = match third.len() {
            4 if (1000..=2199).contains(&c) => i64::from(c),
            2 if mark.is_mark('/') || mark.is_mark('.') && first.len() == 2 && second.len() == 2 => {
                i64::from(c) + if c < 40 { 2000 } else { 1900 }
            }
            _ => return None,
        };
        let day_first = mark.is_mark('.');
        if fits(a, b) && fits(b, a) && !day_first && a != b {
            Some((5, Value::Slashed(Some(year), a as u8, b as u8)))
        } else if fits(b, a) && (day_first || a > 12) {
            Some((5, Value::Date(year, b as u8, a as u8)))
        } else if fits(a, b) {
            Some((5, Value::Date(year, a as u8, b as u8)))
        } else {
            None
        }
    }

    /// "9/10": a day and a month without a year, in either order.
    pub fn slashed(&self, at: usize) -> Option<(usize, Value)> {
        let first = self.get(at).filter(|tok| tok.shape == Shape::Number && tok.len() <= 2 && tok.gap != Gap::None)?;
        self.glued(at + 1).filter(|tok| tok.is_mark('/'))?;
        let second = self.glued(at + 2).filter(|tok| tok.shape == Shape::Number && tok.len() <= 2)?;
        if self
            .glued(at + 3)
            .is_some_and(|tok| tok.shape != Shape::Mark || tok.is_mark('/') || tok.is_mark('-') || tok.is_mark('%'))
        {
            return None;
        }
        let (a, b) = (first.number, second.number);
        let fits = (1..=12).contains(&a) && (1..=31).contains(&b) || (1..=12).contains(&b) && (1..=31).contains(&a);
        fits.then_some((3, Value::Slashed(None, a as u8, b as u8)))
    }
}
