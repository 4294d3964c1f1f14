//! Values of what is told inexactly; the time of day put on a day; "early", "mid" and "late" as parts of a stretch.

use super::calendar::{Point, SEASONS, Unit, plus_days};
use super::found::{Found, gap};
use super::meaning::{DayPart, PARTS, Part};
use crate::model::{Precision, TimeKind};

/// The value of a unit of which nothing is known.
pub(super) fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// The value of a smaller unit somewhere in a known larger one: "four days later" of October 1915.
pub(super) fn coarse(base: Point, unit: Unit) -> String {
    let year = Point::Year(base.year()).value();
    match (unit, base) {
        (Unit::Day, Point::Month(..)) => format!("{}-XX", base.value()),
        (Unit::Day, _) => format!("{year}-XX-XX"),
        (Unit::Week, _) => format!("{year}-WXX"),
        (Unit::Month, _) => format!("{year}-XX"),
        (Unit::Quarter, _) => format!("{year}-QX"),
        _ => unknown(unit).into(),
    }
}

/// The value of a date without a year.
pub(super) fn pattern(part: Part) -> String {
    match part {
        Part::Month(month) => format!("XXXX-{month:02}"),
        Part::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Part::Season(season) => format!("XXXX-{}", SEASONS[usize::from(season.min(3))]),
        Part::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Part::Half(half) => format!("XXXX-H{half}"),
        Part::End => "XXXX-12-31".into(),
        Part::Holiday(_) => "XXXX-XX-XX".into(),
        Part::Whole | Part::Decade | Part::Century => "XXXX".into(),
    }
}

/// Puts a time of day on a day.
pub(super) fn add_part(found: &mut Found, part: DayPart) {
    found.kind = TimeKind::Time;
    let (text, range, precision) = match part {
        DayPart::Named(part) => {
            // customary hours, for the drawing only
            let range = match part {
                1 => (300, 719),
                2 => (690, 810),
                3 => (720, 1079),
                4 => (1080, 1319),
                5 => (1200, 1439),
                _ => (360, 1200),
            };
            (PARTS[usize::from(part.min(6))].to_owned(), range, Precision::PartOfDay)
        }
        DayPart::Clock(clock) => {
            let minutes = clock.hour * 60 + clock.minute.unwrap_or(0);
            let end = if clock.minute.is_some() { minutes } else { minutes + 59 };
            let zone = if clock.zone == Some(0) { "Z" } else { "" };
            (
                format!("{:02}:{:02}{zone}", clock.hour, clock.minute.unwrap_or(0)),
                (minutes.min(1439), end.min(1439)),
                if clock.minute.is_some() { Precision::Minute } else { Precision::Hour },
            )
        }
    };
    found.value = format!("{}T{text}", found.value);
    if let (Some(interval), Some(Point::Day(_))) = (found.interval.as_mut(), found.point) {
        interval.clock = Some(range);
        interval.precision = precision;
        interval.fuzzy = matches!(part, DayPart::Named(_));
        if let DayPart::Clock(clock) = part {
            // EDTF has no hour 24
            if clock.hour < 24 {
                found.edtf = format!("{}T{:02}:{:02}:00", found.edtf, clock.hour, clock.minute.unwrap_or(0));
            }
        }
    }
}

/// "early", "mid", "late": the value stays, the days are the third meant, and its ends are vague.
pub(super) fn narrow(found: &mut Found, edge: Edge) {
    let Some(point) = found.point else { return };
    let Some(interval) = found.interval.as_mut() else { return };
    let (Some(from), Some(to)) = (interval.from, interval.to) else { return };
    let third = (gap(from, to) + 1) / 3;
    if third > 0 {
        match edge {
            Edge::Early => interval.to = Some(plus_days(from, third)),
            Edge::Mid => {
                interval.from = Some(plus_days(from, third));
                interval.to = Some(plus_days(to, -third));
            }
            Edge::Late => interval.from = Some(plus_days(to, -third)),
        }
    }
    interval.fuzzy = true;
    if point.unit() > Unit::Day && third > 0 {
        found.edtf = match (interval.from, interval.to) {
            (Some(from), Some(to)) => format!("{from}~/{to}~"),
            _ => String::new(),
        };
    }
}

/// A part of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Early = 1,
    Mid,
    Late,
}
