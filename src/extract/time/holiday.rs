//! Rule of a holiday, year → its day or days; calendars of sun and moon.
//!
//! # Limits
//! Moons are right to the day but near midnight; festivals that follow local sightings or almanacs have a day of doubt either side.

use jiff::civil::Date;

use super::calendar::{civil, easter, month_end, plus_days, weekday};
use crate::model::{date_of_day, day_number};

/// How a holiday is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calendar {
    /// Month, day.
    Fixed,
    /// Month, weekday, which.
    Nth,
    /// Days from Easter.
    Easter,
    Orthodox,
    /// Month from Nisan, day.
    Hebrew,
    Islamic,
    /// Earliest month, earliest day, hours east of Greenwich.
    NewMoon,
    FullMoon,
    /// Month, day; the sun decides.
    About,
}

/// A holiday's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feast {
    calendar: Calendar,
    figures: [i16; 3],
    /// Days after the day found.
    plus: i16,
    /// How many days it lasts, from 1.
    days: i16,
}

/// The days of a feast in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: Date,
    pub to: Date,
    /// Days by which both ends may be off.
    pub doubt: i64,
}

impl Feast {
    /// Reads "nth 11 4 4 +1"; `None` for what is no rule.
    pub fn read(rule: &str) -> Option<Self> {
        let mut words = rule.split_ascii_whitespace();
        let (calendar, count) = match words.next()? {
            "fixed" => (Calendar::Fixed, 2),
            "nth" => (Calendar::Nth, 3),
            "easter" => (Calendar::Easter, 1),
            "orthodox" => (Calendar::Orthodox, 1),
            "hebrew" => (Calendar::Hebrew, 2),
            "islamic" => (Calendar::Islamic, 2),
            "newmoon" => (Calendar::NewMoon, 3),
            "fullmoon" => (Calendar::FullMoon, 3),
            "about" => (Calendar::About, 2),
            _ => return None,
        };
        let mut figures = [0; 3];
        for slot in figures.iter_mut().take(count) {
            *slot = words.next()?.parse().ok()?;
        }
        let (mut plus, mut days) = (0, 1);
        for word in words {
            match (word.starts_with(['+', '-']), word.parse().ok()?) {
                (true, shift) => plus = shift,
                (false, count) => days = count,
            }
        }
        Some(Self { calendar, figures, plus, days })
    }

    /// Its days in a year; `None` beyond the calendar's years.
    pub fn days(self, year: i64) -> Option<Days> {
        let [a, b, c] = self.figures.map(i64::from);
        let first = match self.calendar {
            Calendar::Fixed | Calendar::About => civil(year, a as u8, b as u8),
            Calendar::Nth => nth_weekday(year, a as u8, b, c),
            Calendar::Easter => easter(year).map(|sunday| plus_days(sunday, a)),
            Calendar::Orthodox => orthodox_easter(year).map(|sunday| plus_days(sunday, a)),
            Calendar::Hebrew => hebrew(year, a, b),
            Calendar::Islamic => islamic(year, a, b),
            Calendar::NewMoon => moon(civil(year, a as u8, b as u8)?, c, false),
            Calendar::FullMoon => moon(civil(year, a as u8, b as u8)?, c, true),
        }?;
        let doubt = match self.calendar {
            Calendar::Islamic | Calendar::About => 1,
            // China's calendar counts by the moon itself, others by when it is seen
            Calendar::NewMoon | Calendar::FullMoon => i64::from(c != 8 || self.calendar == Calendar::FullMoon),
            _ => 0,
        };
        let from = plus_days(first, i64::from(self.plus));
        Some(Days { from, to: plus_days(from, i64::from(self.days) - 1), doubt })
    }
}

/// The `n`-th weekday (1 = Monday) of a month; `n` = -1 is the last.
fn nth_weekday(year: i64, month: u8, day: i64, n: i64) -> Option<Date> {
    if n > 0 {
        let first = civil(year, month, 1)?;
        return Some(plus_days(first, (day - weekday(first)).rem_euclid(7) + 7 * (n - 1)));
    }
    let last = civil(year, month, month_end(year, month))?;
    Some(plus_days(last, -(weekday(last) - day).rem_euclid(7)))
}

/// Easter of the Julian calendar as a Gregorian date (Meeus, Astronomical Algorithms, chapter 8): 2024 → 5 May.
fn orthodox_easter(year: i64) -> Option<Date> {
    let moon = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let shift = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - moon + 34).rem_euclid(7);
    let (month, day) = ((moon + shift + 114) / 31, (moon + shift + 114) % 31 + 1);
    let behind = year.div_euclid(100) - year.div_euclid(400) - 2;
    civil(year, month as u8, day as u8).map(|date| plus_days(date, behind))
}

/// A day of the Islamic calendar in its tabular form (civil epoch, 30-year cycle), in a Gregorian year: the first that falls in
/// it.
fn islamic(year: i64, month: i64, day: i64) -> Option<Date> {
    let first = civil(year, 1, 1)?;
    // days from the epoch 622-07-19 (Gregorian) to a date of the tabular calendar
    let epoch = i64::from(day_number(civil(622, 7, 19)?));
    let serial = |y: i64| epoch + (y - 1) * 354 + (3 + 11 * y).div_euclid(30) + (29 * (month - 1) + month / 2) + day - 1;
    let guess = (year - 622) * 33 / 32;
    (guess - 1..=guess + 2).map(|y| date_of_day(serial(y) as i32)).find(|date| *date >= first && i64::from(date.year()) == year)
}

/// Days from the Hebrew epoch to the new year of a year, with the calendar's delays (Reingold and Dershowitz, Calendrical
/// Calculations, chapter 8).
fn hebrew_elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

fn hebrew_new_year(year: i64) -> i64 {
    let (before, here, after) = (hebrew_elapsed(year - 1), hebrew_elapsed(year), hebrew_elapsed(year + 1));
    let delay = if after - here == 356 { 2 } else { i64::from(here - before == 382) };
    here + delay
}

/// A day of the Hebrew calendar (1 Nisan … 7 Tishri … 12 the last Adar) that falls in a Gregorian year.
fn hebrew(year: i64, month: i64, day: i64) -> Option<Date> {
    // 1 Tishri 1 is 7 September 3761 BC (Gregorian), day -1,373,428 + 1 of the common count; told by a year that is known:
    // 1 Tishri 5786 is 23 September 2025
    let known = i64::from(day_number(civil(2025, 9, 23)?)) - hebrew_new_year(5786);
    [year + 3760, year + 3761].into_iter().find_map(|hebrew_year| {
        let start = hebrew_new_year(hebrew_year);
        let length = hebrew_new_year(hebrew_year + 1) - start;
        let leap = (7 * hebrew_year + 1).rem_euclid(19) < 7;
        let regular = length.rem_euclid(10);
        let lengths = |m: i64| match m {
            // Heshvan has 30 days in long years, Kislev 29 in short ones
            8 => 29 + i64::from(regular == 5),
            9 => 30 - i64::from(regular == 3),
            12 if leap => 30,
            2 | 4 | 6 | 10 | 12 | 13 => 29,
            _ => 30,
        };
        // Purim and what is in Adar is in the second Adar of a leap year
        let month = if month == 12 && leap { 13 } else { month };
        let last = if leap { 13 } else { 12 };
        let before: i64 = if month >= 7 {
            (7..month).map(lengths).sum()
        } else {
            (7..=last).map(lengths).sum::<i64>() + (1..month).map(lengths).sum::<i64>()
        };
        let date = date_of_day(i32::try_from(known + start + before + day - 1).ok()?);
        (i64::from(date.year()) == year).then_some(date)
    })
}

/// The first new or full moon on a day or after it, as a date so many hours east of Greenwich (Meeus, chapter 49, with the terms
/// above a hundredth of a day).
fn moon(from: Date, hours: i64, full: bool) -> Option<Date> {
    let new_year = civil(2000, 1, 1)?;
    // days since 2000-01-01 12:00
    let since = |date: Date| f64::from(day_number(date) - day_number(new_year)) - 0.5;
    let start = since(from) - hours as f64 / 24.0;
    let guess = ((start - 5.1) / 29.530_588_861).floor() - 1.0;
    (0..4).find_map(|n| {
        let k = guess + f64::from(n) + if full { 0.5 } else { 0.0 };
        let t = k / 1236.85;
        let mean = 5.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
        let sun = (2.5534 + 29.105_356_70 * k).to_radians();
        let moon = (201.5643 + 385.816_935_28 * k).to_radians();
        let node = (160.7108 + 390.670_502_84 * k).to_radians();
        let right = if full {
            -0.406_14 * moon.sin() + 0.173_02 * sun.sin() + 0.016_14 * (2.0 * moon).sin() + 0.010_43 * (2.0 * node).sin()
        } else {
            -0.407_20 * moon.sin() + 0.172_41 * sun.sin() + 0.016_08 * (2.0 * moon).sin() + 0.010_39 * (2.0 * node).sin()
        };
        let local = mean + right + hours as f64 / 24.0 + 0.5;
        let date = date_of_day(day_number(new_year).checked_add(local.floor() as i32)?);
        (date >= from).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn first(rule: &str, year: i64) -> Date {
        Feast::read(rule).and_then(|feast| feast.days(year)).unwrap().from
    }

    /// Days from published calendars of those years.
    #[test]
    fn feasts_fall_on_their_days() {
        for (rule, year, day) in [
            ("hebrew 7 1", 2023, date(2023, 9, 16)),
            ("hebrew 7 1", 2024, date(2024, 10, 3)),
            ("hebrew 1 15", 2024, date(2024, 4, 23)),
            ("hebrew 12 14", 2024, date(2024, 3, 24)),
            ("hebrew 9 25", 2024, date(2024, 12, 26)),
            ("hebrew 7 10", 1973, date(1973, 10, 6)),
            ("orthodox 0", 2024, date(2024, 5, 5)),
            ("newmoon 1 21 8", 2024, date(2024, 2, 10)),
            ("newmoon 1 21 8", 2026, date(2026, 2, 17)),
            ("newmoon 1 21 8", 2023, date(2023, 1, 22)),
            ("easter 0", 2024, date(2024, 3, 31)),
        ] {
            assert_eq!(first(rule, year), day, "{rule}");
        }
    }
}
