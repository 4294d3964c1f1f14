//! Points of the calendar (a day, a week, a quarter, a decade …) → their TIMEX3 value, their days, their EDTF.

use jiff::civil::Date;

use crate::model::{Interval, Precision, date_of_day, day_number};

/// Size of a calendar unit. The order is that of size; the numbers are those of `UNIT` in the word table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Second = 1,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Weekend,
    Fortnight,
    Millennium,
    Season,
    Half,
}

impl Unit {
    pub fn numbered(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Second,
            2 => Self::Minute,
            3 => Self::Hour,
            4 => Self::Day,
            5 => Self::Week,
            6 => Self::Month,
            7 => Self::Quarter,
            8 => Self::Year,
            9 => Self::Decade,
            10 => Self::Century,
            11 => Self::Weekend,
            12 => Self::Fortnight,
            13 => Self::Millennium,
            _ => return None,
        })
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Weekend => "weekend",
            Self::Fortnight => "fortnight",
            Self::Millennium => "millennium",
            Self::Season => "season",
            Self::Half => "half-year",
        }
    }
}

pub const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Day of the week, 1 = Monday.
pub fn weekday(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_one_offset())
}

/// "Thu 2025-10-09"
pub fn spoken(date: Date) -> String {
    format!("{} {date}", WEEKDAYS[(weekday(date) - 1) as usize])
}

pub fn plus_days(date: Date, days: i64) -> Date {
    date_of_day(day_number(date).saturating_add(days.clamp(-9_999_999, 9_999_999) as i32))
}

pub fn plus_months(year: i64, month: u8, months: i64) -> (i64, u8) {
    let total = year.saturating_mul(12).saturating_add(i64::from(month) - 1).saturating_add(months);
    (total.div_euclid(12), (total.rem_euclid(12) + 1) as u8)
}

/// The civil date, where the calendar has it.
pub fn civil(year: i64, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The last day of a month.
pub fn month_end(year: i64, month: u8) -> u8 {
    civil(year, month, 1).map_or(28, |date| date.days_in_month() as u8)
}

/// The same day so many months away; the last of the month where it has no such day.
pub fn shift_months(date: Date, months: i64) -> Option<Date> {
    let (year, month) = plus_months(i64::from(date.year()), date.month() as u8, months);
    civil(year, month, (date.day() as u8).min(month_end(year, month)))
}

/// A point of the calendar. Years are astronomical: 1 BC is 0, 490 BC is -489.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By the Monday of its week.
    Weekend(Date),
    Month(i64, u8),
    /// 1..=4
    Quarter(i64, u8),
    /// 1..=2
    Half(i64, u8),
    /// Index into `SEASONS`. A winter is named by the year it begins in.
    Season(i64, u8),
    Year(i64),
    /// Year divided by ten.
    Decade(i64),
    /// Year divided by a hundred.
    Century(i64),
}

fn year_text(year: i64, width: usize) -> String {
    if year <= 0 { format!("BC{:0width$}", 1 - year) } else { format!("{year:0width$}") }
}

impl Point {
    pub fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) => Unit::Quarter,
            Self::Half(..) => Unit::Half,
            Self::Season(..) => Unit::Season,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    pub fn year(self) -> i64 {
        match self {
            Self::Day(date) | Self::Week(date) | Self::Weekend(date) => i64::from(date.year()),
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Half(year, _) | Self::Season(year, _) | Self::Year(year) => {
                year
            }
            Self::Decade(decade) => decade * 10,
            Self::Century(century) => century * 100,
        }
    }

    /// The month it lies in, where it lies in one.
    pub fn month(self) -> Option<u8> {
        match self {
            Self::Day(date) | Self::Week(date) | Self::Weekend(date) => Some(date.month() as u8),
            Self::Month(_, month) => Some(month),
            _ => None,
        }
    }

    /// The unit of the given size that holds its first day.
    pub fn within(self, unit: Unit) -> Option<Self> {
        let first = self.days().map(|days| days.0);
        Some(match unit {
            Unit::Year => Self::Year(self.year()),
            Unit::Decade => Self::Decade(self.year().div_euclid(10)),
            Unit::Century => Self::Century(self.year().div_euclid(100)),
            _ => return Self::of(first?, unit),
        })
    }

    /// The unit of the given size that holds a day.
    pub fn of(date: Date, unit: Unit) -> Option<Self> {
        let (year, month) = (i64::from(date.year()), date.month() as u8);
        let monday = plus_days(date, 1 - weekday(date));
        Some(match unit {
            Unit::Day => Self::Day(date),
            Unit::Week => Self::Week(monday),
            Unit::Weekend => Self::Weekend(monday),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Half => Self::Half(year, (month - 1) / 6 + 1),
            Unit::Season if month < 3 => Self::Season(year - 1, 3),
            Unit::Season => Self::Season(year, month / 3 - 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::Century => Self::Century(year.div_euclid(100)),
            _ => return None,
        })
    }

    /// So many units of its own size later.
    pub fn plus(self, n: i64) -> Self {
        match self {
            Self::Day(date) => Self::Day(plus_days(date, n)),
            Self::Week(date) => Self::Week(plus_days(date, n.saturating_mul(7))),
            Self::Weekend(date) => Self::Weekend(plus_days(date, n.saturating_mul(7))),
            Self::Month(year, month) => {
                let (year, month) = plus_months(year, month, n);
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let total = year * 4 + i64::from(quarter) - 1 + n;
                Self::Quarter(total.div_euclid(4), (total.rem_euclid(4) + 1) as u8)
            }
            Self::Half(year, half) => {
                let total = year * 2 + i64::from(half) - 1 + n;
                Self::Half(total.div_euclid(2), (total.rem_euclid(2) + 1) as u8)
            }
            Self::Season(year, season) => Self::Season(year + n, season),
            Self::Year(year) => Self::Year(year + n),
            Self::Decade(decade) => Self::Decade(decade + n),
            Self::Century(century) => Self::Century(century + n),
        }
    }

    /// First and last day; `None` beyond the years -9999 to 9999.
    pub fn days(self) -> Option<(Date, Date)> {
        let years = |from: i64, to: i64| Some((civil(from, 1, 1)?, civil(to, 12, 31)?));
        match self {
            Self::Day(date) => Some((date, date)),
            Self::Week(monday) => Some((monday, plus_days(monday, 6))),
            Self::Weekend(monday) => Some((plus_days(monday, 5), plus_days(monday, 6))),
            Self::Month(year, month) => Some((civil(year, month, 1)?, civil(year, month, month_end(year, month))?)),
            Self::Quarter(year, quarter) => {
                let last = quarter * 3;
                Some((civil(year, last - 2, 1)?, civil(year, last, month_end(year, last))?))
            }
            Self::Half(year, half) => {
                Some((civil(year, half * 6 - 5, 1)?, civil(year, half * 6, if half == 1 { 30 } else { 31 })?))
            }
            // meteorological seasons of the northern half
            Self::Season(year, 3) => Some((civil(year, 12, 1)?, civil(year + 1, 2, month_end(year + 1, 2))?)),
            Self::Season(year, season) => {
                let last = season * 3 + 5;
                Some((civil(year, last - 2, 1)?, civil(year, last, month_end(year, last))?))
            }
            Self::Year(year) => years(year, year),
            Self::Decade(decade) => years(decade * 10, decade * 10 + 9),
            Self::Century(century) => years(century * 100, century * 100 + 99),
        }
    }

    /// TIMEX3 value.
    pub fn value(self) -> String {
        match self {
            Self::Day(date) if date.year() > 0 => date.to_string(),
            Self::Day(date) => {
                format!("{}-{:02}-{:02}", year_text(i64::from(date.year()), 4), date.month(), date.day())
            }
            Self::Week(monday) => {
                let week = monday.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(monday) => {
                let week = monday.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Month(year, month) => format!("{}-{month:02}", year_text(year, 4)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_text(year, 4)),
            Self::Half(year, half) => format!("{}-H{half}", year_text(year, 4)),
            Self::Season(year, season) => format!("{}-{}", year_text(year, 4), SEASONS[usize::from(season.min(3))]),
            Self::Year(year) => year_text(year, 4),
            Self::Decade(decade) if decade < 0 => format!("BC{:03}", -decade),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) if century < 0 => format!("BC{:02}", -century - 1),
            Self::Century(century) => format!("{century:02}"),
        }
    }

    /// EDTF level 0 to 2 (ISO 8601-2).
    pub fn edtf(self) -> String {
        let plain = |year: i64| if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
        match self {
            Self::Day(date) => {
                format!("{}-{:02}-{:02}", plain(i64::from(date.year())), date.month(), date.day())
            }
            Self::Week(_) | Self::Weekend(_) => self.days().map(|(from, to)| format!("{from}/{to}")).unwrap_or_default(),
            Self::Month(year, month) => format!("{}-{month:02}", plain(year)),
            // 33-36 quarters, 40-41 half-years, 21-24 seasons
            Self::Quarter(year, quarter) => format!("{}-{}", plain(year), 32 + quarter),
            Self::Half(year, half) => format!("{}-{}", plain(year), 39 + half),
            Self::Season(year, season) => format!("{}-{}", plain(year), 21 + season),
            Self::Year(year) => plain(year),
            Self::Decade(decade) if decade >= 0 => format!("{decade:03}X"),
            Self::Century(century) if century >= 0 => format!("{century:02}XX"),
            Self::Decade(_) | Self::Century(_) => self.days().map(|(from, to)| format!("{from}/{to}")).unwrap_or_default(),
        }
    }

    pub fn interval(self) -> Option<Interval> {
        let (from, to) = self.days()?;
        let precision = match self.unit() {
            Unit::Day => Precision::Day,
            Unit::Week => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Quarter => Precision::Quarter,
            Unit::Season | Unit::Half => Precision::Season,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century => Precision::Century,
            _ => Precision::Range,
        };
        Some(Interval { from: Some(from), to: Some(to), precision, clock: None, fuzzy: matches!(self, Self::Season(..)) })
    }
}

/// Easter Sunday of the Gregorian calendar (Gauss's rule as in Knuth, The Art of Computer Programming 1.3.2, exercise 14):
/// 2025 → 20 April.
pub fn easter(year: i64) -> Option<Date> {
    let golden = year.rem_euclid(19) + 1;
    let century = year.div_euclid(100) + 1;
    let dropped_leap_years = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - dropped_leap_years - 10;
    let mut epact = (11 * golden + 20 + moon_correction - dropped_leap_years).rem_euclid(30);
    if epact == 25 && golden > 11 || epact == 24 {
        epact += 1;
    }
    let mut full_moon = 44 - epact;
    if full_moon < 21 {
        full_moon += 30;
    }
    let day = full_moon + 7 - (sunday + full_moon).rem_euclid(7);
    civil(year, 3, 1).map(|first| plus_days(first, day - 1))
}
