//! Words that write a date → the civil date: `9 October 2025`, `Oct. 9, 2025`, `2025-10-09T08:00Z`, `09.10.2025`.
//!
//! Only full dates that can be read in one way: `03/04/2025` is the third of April to one reader and the fourth of March to
//! the other, so it gives nothing. Dates told by their distance ("yesterday") are the business of `extract`.

use jiff::civil::Date;

/// A date written in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub date: Date,
    /// Bytes of the text searched.
    pub start: usize,
    pub end: usize,
}

/// A day and a month without a year, at these bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayOfYear {
    pub month: i8,
    pub day: i8,
    pub start: usize,
    pub end: usize,
}

/// Newspapers began in 1605; a year beyond 2199 is a number and no year.
const YEARS: std::ops::RangeInclusive<i16> = 1605..=2199;

/// A run of digits or of letters.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    is_number: bool,
}

impl Token<'_> {
    fn number(&self) -> Option<i16> {
        (self.is_number && self.text.len() <= 4).then(|| self.text.parse().ok()).flatten()
    }

    fn year(&self) -> Option<i16> {
        (self.text.len() == 4).then(|| self.number()).flatten().filter(|year| YEARS.contains(year))
    }

    /// A day or a month in one or two digits.
    fn small(&self) -> Option<i8> {
        (self.text.len() <= 2)
            .then(|| self.number())
            .flatten()
            .and_then(|n| i8::try_from(n).ok())
            .filter(|n| (1..=31).contains(n))
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_number = c.is_ascii_digit();
        if !is_number && !c.is_alphabetic() {
            continue;
        }
        match tokens.last_mut() {
            Some(last) if last.end == at && last.is_number == is_number => {
                last.end = end;
                last.text = &text[last.start..end];
            }
            _ => tokens.push(Token { text: &text[at..end], start: at, end, is_number }),
        }
    }
    tokens
}

/// Month by its English name or its usual shortenings.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let low = word.to_lowercase();
    if low.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|name| *name == low || name[..3] == low || (low == "sept" && *name == "september"))?;
    i8::try_from(at + 1).ok()
}

/// Weekday by its English name or its usual shortenings, Monday = 1.
pub(super) fn weekday(word: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let low = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let at = DAYS.iter().position(|name| *name == low || (low.len() >= 3 && low.len() <= 5 && name.starts_with(&low)))?;
    u8::try_from(at + 1).ok()
}

/// A date as people type it: `2025-10-09`, `9 Oct 2025`, `October 9, 2025`. `None` where the text is anything but one full date.
#[must_use]
pub fn typed_date(text: &str) -> Option<Date> {
    let text = text.trim();
    match dates(text, ShortYears::Refused).as_slice() {
        [one] if one.start == 0 && one.end == text.len() => Some(one.date),
        _ => None,
    }
}

/// All full dates of a short text, in text order. `short_years` takes `8 JAN 90` too.
pub(super) fn dates(text: &str, short_years: ShortYears) -> Vec<Written> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((date, used)) = date_at(text, &tokens[at..], short_years) {
            found.push(Written { date, start: tokens[at].start, end: tokens[at + used - 1].end });
            at += used;
        } else {
            at += 1;
        }
    }
    found
}

/// The first full date in a metadata field, in any of the forms that fields are written in.
pub(super) fn field_date(field: &str) -> Option<Date> {
    let field = field.trim();
    let head: String = field.chars().take(120).collect();
    let is_number = !head.is_empty() && head.bytes().all(|b| b.is_ascii_digit());
    if is_number && matches!(head.len(), 10 | 13) {
        // Seconds or milliseconds since 1970, in UTC.
        let number: i64 = head.parse().ok()?;
        let seconds = if head.len() == 13 { number / 1000 } else { number };
        let stamp = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(jiff::tz::Offset::UTC.to_datetime(stamp).date());
    }
    if is_number && matches!(head.len(), 12 | 14) {
        return compact(&head[..8]);
    }
    dates(&head, ShortYears::Refused).first().map(|found| found.date)
}

/// May a year stand in two digits?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShortYears {
    Taken,
    Refused,
}

fn compact(digits: &str) -> Option<Date> {
    let year: i16 = digits.get(..4)?.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?).ok()
}

/// A date that begins with the first token, and how many tokens it takes.
fn date_at(text: &str, tokens: &[Token<'_>], short_years: ShortYears) -> Option<(Date, usize)> {
    let first = tokens.first()?;
    let gap = |at: usize| tokens.get(at + 1).map(|next| &text[tokens[at].end..next.start]);
    let is_loose = |at: usize| {
        gap(at)
            .is_some_and(|gap| gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}' | '_')))
    };
    if first.is_number && first.text.len() == 8 {
        return compact(first.text).map(|date| (date, 1));
    }
    if let Some(year) = first.year() {
        // 2025-10-09, 2025/10/9, 2025.10.09, 2025-Oct-09, 2025年10月9日
        let (second, third) = (tokens.get(1)?, tokens.get(2)?);
        if let (Some(m), Some(d)) = (second.small(), third.small())
            && let (Some(one), Some(two)) = (gap(0), gap(1))
            && one == two
            && matches!(one, "-" | "/" | "." | "_")
        {
            return Date::new(year, m, d).ok().map(|date| (date, 3));
        }
        if let (Some(m), Some(d)) = (month(second.text), third.small())
            && is_loose(0)
            && is_loose(1)
        {
            return Date::new(year, m, d).ok().map(|date| (date, 3));
        }
        if second.text == "年" && tokens.get(3).is_some_and(|token| token.text == "月") {
            let (m, d) = (third.small()?, tokens.get(4)?.small()?);
            return Date::new(year, m, d).ok().map(|date| (date, 5));
        }
        return None;
    }
    if let Some((part, used)) = day_of_year_at(text, tokens) {
        let last = &tokens[used - 1];
        let next = tokens.get(used)?;
        let between = &text[last.end..next.start];
        let fits = between.chars().count() <= 3
            && between.chars().all(|c| matches!(c, ' ' | ',' | '.' | '-' | '/' | '\u{a0}' | '\'' | '’' | '_'));
        let year = next.year().or_else(|| (short_years == ShortYears::Taken).then(|| short_year(next)).flatten())?;
        // "on 9 October, 2000 people": a number that counts is followed by small letters; the year of a date is not judged so.
        return fits.then(|| Date::new(year, part.month, part.day).ok()).flatten().map(|date| (date, used + 1));
    }
    // 09.10.2025 is day first wherever dots are used; 13/10/2025 and 10/13/2025 can be read in one way only.
    let (one, two, year) = (first.small()?, tokens.get(1)?.small()?, tokens.get(2)?.year()?);
    let (gap_one, gap_two) = (gap(0)?, gap(1)?);
    if gap_one != gap_two {
        return None;
    }
    let date = match gap_one {
        "." => Date::new(year, two, one).ok(),
        "/" | "-" if one > 12 || one == two => Date::new(year, two, one).ok(),
        "/" | "-" if two > 12 => Date::new(year, one, two).ok(),
        _ => None,
    };
    date.map(|date| (date, 3))
}

/// POSIX: two digits from 69 on are of the last century.
fn short_year(token: &Token<'_>) -> Option<i16> {
    let number = (token.text.len() == 2).then(|| token.number()).flatten()?;
    Some(if number >= 69 { 1900 + number } else { 2000 + number })
}

/// `9 October`, `9th of October`, `Oct. 9`, `October 9th` at the first token, and how many tokens it takes.
fn day_of_year_at(text: &str, tokens: &[Token<'_>]) -> Option<(DayOfYear, usize)> {
    let first = tokens.first()?;
    let is_near = |at: usize| {
        tokens.get(at + 1).is_some_and(|next| {
            let gap = &text[tokens[at].end..next.start];
            gap.chars().count() <= 2 && gap.chars().all(|c| matches!(c, ' ' | '.' | '-' | '/' | '\u{a0}' | '_' | ','))
        })
    };
    let is_ordinal = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(token.text, "st" | "nd" | "rd" | "th") && token.start == tokens[at - 1].end)
    };
    let (m, day, used) = if let Some(day) = first.small() {
        let mut at = 1 + usize::from(is_ordinal(1));
        at += usize::from(tokens.get(at).is_some_and(|token| token.text == "of"));
        (is_near(at - 1).then(|| month(tokens.get(at)?.text)).flatten()?, day, at + 1)
    } else {
        let m = month(first.text)?;
        let day = is_near(0).then(|| tokens.get(1)?.small()).flatten()?;
        (m, day, 2 + usize::from(is_ordinal(2)))
    };
    // Any leap year: is there such a day at all?
    Date::new(2000, m, day).ok()?;
    let (start, end) = (first.start, tokens.get(used - 1)?.end);
    Some((DayOfYear { month: m, day, start, end }, used))
}

/// The first day and month of a short text, with or without its year.
pub(super) fn day_of_year(text: &str) -> Option<DayOfYear> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| day_of_year_at(text, &tokens[at..])).map(|(part, _)| part)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::{ShortYears, dates, field_date, typed_date};

    #[test]
    fn fields_in_every_form() {
        for field in [
            "2025-10-09",
            "2025-10-09T08:00:00+02:00",
            "2025-10-09 08:00:00",
            "20251009",
            "20251009T0800Z",
            "20251009080000",
            "Thu, 09 Oct 2025 08:00:00 GMT",
            "Thursday, October 9, 2025 3:15 PM",
            "October 9th, 2025",
            "9th of October 2025",
            "9-Oct-2025",
            "Oct. 9, 2025",
            "2025/10/9",
            "2025 Oct 9",
            "09.10.2025",
            "2025年10月9日",
            "1760000000",
            "1760000000000",
        ] {
            assert_eq!(field_date(field).map(|date| date.to_string()).as_deref(), Some("2025-10-09"), "{field}");
        }
        assert_eq!(field_date("13/10/2025").map(|date| date.to_string()).as_deref(), Some("2025-10-13"));
        assert_eq!(field_date("10/13/2025").map(|date| date.to_string()).as_deref(), Some("2025-10-13"));
    }

    #[test]
    fn what_can_be_read_in_two_ways_or_not_at_all() {
        for field in [
            "",
            "09/10/2025",
            "2025",
            "October 2025",
            "9 October",
            "2025-13-40",
            "yesterday",
            "99999999",
            "may 5",
            "31 February 2025",
        ] {
            assert_eq!(field_date(field), None, "{field}");
        }
        assert!(dates("8 JAN 90", ShortYears::Refused).is_empty());
        assert_eq!(dates("8 JAN 90", ShortYears::Taken)[0].date.to_string(), "1990-01-08");
    }

    #[test]
    fn dates_as_people_type_them() {
        let ninth = Some(Date::constant(2025, 10, 9));
        for typed in
            ["2025-10-09", " 2025/10/09 ", "9 Oct 2025", "9 october 2025", "October 9, 2025", "9th Oct 2025", "09.10.2025"]
        {
            assert_eq!(typed_date(typed), ninth, "{typed}");
        }
        for typed in ["", "Thursday", "9 Oct", "31 Feb 2025", "9 Oct 25", "2025-13-01", "ninth of October", "éé é 2025"] {
            assert_eq!(typed_date(typed), None, "{typed}");
        }
    }
}
