//! A point of the calendar or a written date → what is found: value, days, EDTF, the arithmetic in words, doubts.

use jiff::civil::Date;

use super::calendar::{Point, civil, plus_days, spoken, weekday};
use super::holiday::Days;
use super::meaning::Part;
use crate::model::{Interval, Precision, TimeKind};

/// A meaning with its place in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub kind: TimeKind,
    pub value: String,
    pub edtf: String,
    pub interval: Option<Interval>,
    pub point: Option<Point>,
    pub why: String,
    /// A sentence for people where the words contradict the calendar.
    pub doubt: Option<String>,
}

impl Found {
    /// The day it is, if it is one.
    pub fn day(&self) -> Option<Date> {
        match self.point {
            Some(Point::Day(day)) => Some(day),
            _ => None,
        }
    }

    pub(super) fn fixed(kind: TimeKind, value: String, why: &str) -> Self {
        Self { kind, value, edtf: String::new(), interval: None, point: None, why: why.into(), doubt: None }
    }

    pub(super) fn at(point: Point, why: String) -> Self {
        Self {
            kind: TimeKind::Date,
            value: point.value(),
            edtf: point.edtf(),
            interval: point.interval(),
            point: Some(point),
            why,
            doubt: None,
        }
    }

    /// What cannot be placed: the publication date is not known.
    pub(super) fn open(value: &str) -> Self {
        Self::fixed(TimeKind::Date, value.into(), "relative; the publication date is not known")
    }
}

pub(super) fn month_of(part: Part) -> Option<u8> {
    match part {
        Part::Month(month) | Part::Day(month, _) => Some(month),
        _ => None,
    }
}

pub(super) fn gap(a: Date, b: Date) -> i64 {
    i64::from(crate::model::day_number(b)) - i64::from(crate::model::day_number(a))
}

pub(super) fn signed(n: i64) -> String {
    match n {
        0 => "of".into(),
        -1 => "before that of".into(),
        1 => "after that of".into(),
        n => format!("{n:+} from that of"),
    }
}

/// A holiday: a day, a week, or some days; what the moon or the sun decides has doubtful ends.
fn festive(year: i64, days: Days, why: &str) -> Found {
    let Days { from, to, doubt } = days;
    let why = if why.is_empty() { format!("holiday in {year}") } else { format!("holiday in {year}; {why}") };
    let mut found = match gap(from, to) {
        0 => Found::at(Point::Day(from), why),
        6 if weekday(from) == 1 => return Found::at(Point::Week(from), why),
        _ => Found { kind: TimeKind::Date, value: format!("{year:04}-XX-XX"), ..Found::at(Point::Day(from), why) },
    };
    if doubt > 0 || from != to {
        let (from, to) = (plus_days(from, -doubt), plus_days(to, doubt));
        let about = if doubt > 0 { "~" } else { "" };
        found.edtf = format!("{from}{about}/{to}{about}");
        found.interval =
            Some(Interval { from: Some(from), to: Some(to), precision: Precision::Range, clock: None, fuzzy: doubt > 0 });
        if doubt > 0 {
            found.why.push_str("; give or take a day");
        }
    }
    if gap(days.from, days.to) > 0 {
        found.point = None;
    }
    found
}

/// The date in a given year; one that does not exist is kept as written, with a doubt.
pub(super) fn dated(year: i64, part: Part, told: Option<u8>, why: String) -> Found {
    let point = match part {
        Part::Whole => Point::Year(year),
        Part::Month(month) => Point::Month(year, month),
        Part::Day(month, day) => {
            let Some(date) = civil(year, month, day) else {
                let mut found = Found::fixed(TimeKind::Date, format!("{year:04}-{month:02}-{day:02}"), "written so");
                found.doubt = Some(format!("There is no day {day} in month {month} of {year}"));
                // what is certain: the month
                found.interval = Point::Month(year, month).interval().map(|interval| Interval {
                    fuzzy: true,
                    precision: Precision::Unknown,
                    ..interval
                });
                return found;
            };
            Point::Day(date)
        }
        Part::Season(season) => Point::Season(year, season),
        Part::Quarter(quarter) => Point::Quarter(year, quarter),
        Part::Half(half) => Point::Half(year, half),
        Part::Decade => Point::Decade(year.div_euclid(10)),
        Part::Century => Point::Century(year.div_euclid(100)),
        Part::End => match civil(year, 12, 31) {
            Some(date) => Point::Day(date),
            None => Point::Year(year),
        },
        Part::Holiday(feast) => {
            let Some(days) = feast.days(year) else { return Found::open(&format!("{year:04}-XX-XX")) };
            return festive(year, days, &why);
        }
    };
    let mut found = Found::at(point, why);
    if let (Some(told), Point::Day(date)) = (told, point)
        && weekday(date) != i64::from(told)
    {
        let back = (weekday(date) - i64::from(told)).rem_euclid(7);
        let nearest = plus_days(date, if back <= 3 { -back } else { 7 - back });
        found.doubt = Some(format!(
            "{} is no {}, as the text has it; read by the date, by the weekday it would be {}",
            spoken(date),
            super::calendar::WEEKDAYS[usize::from(told.clamp(1, 7)) - 1],
            spoken(nearest)
        ));
    }
    found
}
