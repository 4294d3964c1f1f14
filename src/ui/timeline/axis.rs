//! Days on a line → x in points, and the round ticks between. Pure; painting is elsewhere.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use crate::model::{date_of_day, day_number};

/// Shortest stretch the window can show: three hours.
const SHORTEST_DAYS: f64 = 0.125;
/// Longest: four centuries.
const LONGEST_DAYS: f64 = 146_000.0;

/// What part of time is seen. Invariant: `span` lies between three hours and four centuries.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Window {
    /// Days since 1970-01-01, with fraction, at the left edge.
    pub start: f64,
    /// Days from edge to edge.
    pub span: f64,
}

impl Window {
    /// All of `from..=to` (days, both inclusive) with some air around it.
    #[must_use]
    pub fn around(from: i32, to: i32) -> Self {
        let days = f64::from(to) - f64::from(from) + 1.0;
        let air = (days * 0.06).max(0.5);
        Self { start: f64::from(from) - air, span: days + 2.0 * air }.held()
    }

    /// Zooms so that the instant `at` keeps its place; a factor above 1 shows less time.
    #[must_use]
    pub fn zoomed(self, at: f64, factor: f64) -> Self {
        let span = (self.span / factor).clamp(SHORTEST_DAYS, LONGEST_DAYS);
        Self { start: at - (at - self.start) * span / self.span, span }.held()
    }

    #[must_use]
    pub fn panned(self, days: f64) -> Self {
        Self { start: self.start + days, ..self }.held()
    }

    /// Keeps within what the calendar can say: years −4000 to 6000.
    fn held(self) -> Self {
        let span = self.span.clamp(SHORTEST_DAYS, LONGEST_DAYS);
        Self { start: self.start.clamp(-2_180_000.0, 1_472_000.0 - span), span }
    }
}

/// A window laid on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    pub window: Window,
    /// Left edge and width, in points.
    pub left: f32,
    pub width: f32,
}

/// A line across the lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub x: f32,
    pub label: String,
}

/// A stretch of the upper line of the axis: a month over its days, a year over its months.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub from_x: f32,
    pub to_x: f32,
    pub label: String,
}

/// Steps between ticks, in order of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Minutes(u8),
    Hours(u8),
    Days(u8),
    /// Weeks begin on Monday (ISO 8601).
    Week,
    Months(u8),
    Years(u16),
}

/// No half days: a story told in days would get two ticks for each.
const STEPS: [Step; 20] = [
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Hours(1),
    Step::Hours(3),
    Step::Hours(6),
    Step::Days(1),
    Step::Days(2),
    Step::Week,
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
];

impl Step {
    /// Mean length in days.
    fn days(self) -> f64 {
        match self {
            Self::Minutes(minutes) => f64::from(minutes) / 1440.0,
            Self::Hours(hours) => f64::from(hours) / 24.0,
            Self::Days(days) => f64::from(days),
            Self::Week => 7.0,
            Self::Months(months) => 30.437 * f64::from(months),
            Self::Years(years) => 365.2425 * f64::from(years),
        }
    }

    /// The last round instant at or before `at`.
    fn floor(self, at: f64) -> f64 {
        let date = date_of_day(at.floor() as i32);
        match self {
            // A little later, so that rounding never falls back by a step.
            Self::Minutes(_) | Self::Hours(_) => (at / self.days() + 1e-6).floor() * self.days(),
            Self::Days(1) => at.floor(),
            // Odd days of the month, so that ticks do not jump while the window moves.
            Self::Days(step) => {
                let into = (date.day() - 1).rem_euclid(i8::try_from(step).unwrap_or(1));
                at.floor() - f64::from(into)
            }
            Self::Week => at.floor() - f64::from(date.weekday().to_monday_zero_offset()),
            Self::Months(step) => {
                let step = i8::try_from(step).unwrap_or(1);
                let month = (date.month() - 1) / step * step + 1;
                f64::from(day_number(Date::new(date.year(), month, 1).unwrap_or(date)))
            }
            Self::Years(step) => {
                let step = i16::try_from(step).unwrap_or(1);
                let year = date.year().div_euclid(step) * step;
                f64::from(day_number(Date::new(year, 1, 1).unwrap_or(date)))
            }
        }
    }

    /// The next round instant after a round one.
    fn next(self, at: f64) -> f64 {
        let date = date_of_day(at.round() as i32);
        let later = match self {
            Self::Minutes(_) | Self::Hours(_) => return at + self.days(),
            Self::Days(1) => return at + 1.0,
            Self::Days(step) => {
                let next = date.checked_add(i32::from(step).days());
                // The count begins anew with each month; a tick on the 31st beside the 1st would touch it.
                match next {
                    Ok(next) if next.month() == date.month() && next.day() < 31 => Ok(next),
                    _ => date.first_of_month().checked_add(1.month()),
                }
            }
            Self::Week => date.checked_add(1.week()),
            Self::Months(months) => date.checked_add(i32::from(months).months()),
            Self::Years(years) => date.checked_add(i32::from(years).years()),
        };
        later.map_or(f64::INFINITY, |later| f64::from(day_number(later)))
    }

    fn label(self, at: f64) -> String {
        let date = date_of_day((at + 1e-6).floor() as i32);
        match self {
            Self::Minutes(_) | Self::Hours(_) => {
                let minutes = ((at - at.floor()) * 1440.0).round() as u32;
                format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
            }
            Self::Days(_) | Self::Week => date.day().to_string(),
            Self::Months(_) => date.strftime("%b").to_string(),
            Self::Years(_) => date.year().to_string(),
        }
    }

    /// What the upper line shows over these ticks.
    const fn above(self) -> Option<Self> {
        match self {
            Self::Minutes(_) | Self::Hours(_) => Some(Self::Days(1)),
            Self::Days(_) | Self::Week => Some(Self::Months(1)),
            Self::Months(_) => Some(Self::Years(1)),
            Self::Years(_) => None,
        }
    }

    fn long_label(self, at: f64) -> String {
        let date = date_of_day(at.floor() as i32);
        let format = match self {
            Self::Minutes(_) | Self::Hours(_) | Self::Days(_) | Self::Week => "%a %-d %b %Y",
            Self::Months(_) => "%B %Y",
            Self::Years(_) => "%Y",
        };
        date.strftime(format).to_string()
    }
}

impl Axis {
    #[must_use]
    pub fn x_from_day(&self, day: f64) -> f32 {
        self.left + ((day - self.window.start) / self.window.span * f64::from(self.width)) as f32
    }

    #[must_use]
    pub fn day_from_x(&self, x: f32) -> f64 {
        self.window.start + f64::from(x - self.left) / f64::from(self.width.max(1.0)) * self.window.span
    }

    /// Points per day.
    #[must_use]
    pub fn day_width(&self) -> f32 {
        (f64::from(self.width) / self.window.span) as f32
    }

    /// The finest step whose ticks keep `apart` points between them.
    #[must_use]
    pub fn step(&self, apart: f32) -> Step {
        let least = f64::from(apart) / f64::from(self.day_width());
        STEPS.into_iter().find(|step| step.days() >= least).unwrap_or(Step::Years(500))
    }

    /// Round ticks within the window.
    #[must_use]
    pub fn ticks(&self, step: Step) -> Vec<Tick> {
        self.instants(step).map(|at| Tick { x: self.x_from_day(at), label: step.label(at) }).collect()
    }

    /// The upper line over ticks of `step`: stretches cut at the edges of the window.
    #[must_use]
    pub fn stretches(&self, step: Step) -> Vec<Stretch> {
        let Some(above) = step.above() else { return Vec::new() };
        let end = self.window.start + self.window.span;
        let mut stretches = Vec::new();
        let mut at = above.floor(self.window.start);
        while at < end && stretches.len() < 64 {
            let next = above.next(at);
            stretches.push(Stretch {
                from_x: self.x_from_day(at.max(self.window.start)),
                to_x: self.x_from_day(next.min(end)),
                label: above.long_label(at),
            });
            at = next;
        }
        stretches
    }

    fn instants(&self, step: Step) -> impl Iterator<Item = f64> {
        let (start, end) = (self.window.start, self.window.start + self.window.span);
        std::iter::successors(Some(step.floor(start)), move |at| Some(step.next(*at)))
            .skip_while(move |at| *at < start)
            .take_while(move |at| *at <= end)
            // A window never holds more: the finest step keeps them apart.
            .take(512)
    }
}

/// A stretch of days in whole words, for the accessible name: "3 days", "2 weeks", "5 months".
#[must_use]
pub fn span_in_words(from: i32, to: i32) -> String {
    let (from, to) = (date_of_day(from), date_of_day(to));
    let days = from.until(to).map_or(0, |span| span.get_days()) + 1;
    let months = from.until((Unit::Month, to)).map_or(0, |span| span.get_months());
    match (days, months) {
        (1, _) => "1 day".into(),
        (days, 0 | 1) => format!("{days} days"),
        (_, months) => format!("{months} months"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(start: Date, days: f64) -> Axis {
        Axis { window: Window { start: f64::from(day_number(start)), span: days }, left: 100.0, width: 900.0 }
    }

    fn labels(axis: &Axis, step: Step) -> Vec<String> {
        axis.ticks(step).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn x_and_day_are_inverse() {
        let axis = axis(Date::constant(2025, 10, 1), 12.5);
        for x in [100.0_f32, 333.0, 1000.0] {
            assert!((axis.x_from_day(axis.day_from_x(x)) - x).abs() < 0.01);
        }
    }

    #[test]
    fn zoom_keeps_the_instant_under_the_pointer() {
        let before = axis(Date::constant(2025, 10, 1), 30.0);
        let at = before.day_from_x(700.0);
        let after = Axis { window: before.window.zoomed(at, 2.5), ..before };
        assert!((after.x_from_day(at) - 700.0).abs() < 0.01);
        assert!((after.window.span - 12.0).abs() < 1e-9);
    }

    #[test]
    fn zoom_stops_at_hours_and_centuries() {
        let mut window = Window::around(20_000, 20_005);
        for _ in 0..400 {
            window = window.zoomed(20_003.0, 1.3);
        }
        assert!((window.span - SHORTEST_DAYS).abs() < 1e-9);
        for _ in 0..400 {
            window = window.zoomed(20_003.0, 0.7);
        }
        assert!((window.span - LONGEST_DAYS).abs() < 1e-6);
    }

    #[test]
    fn ticks_are_round_at_every_zoom() {
        let minutes = axis(Date::constant(2025, 10, 1), 0.125);
        assert_eq!(minutes.step(64.0), Step::Minutes(15));
        assert_eq!(labels(&minutes, Step::Minutes(15))[..3], ["00:00", "00:15", "00:30"]);
        let october = Date::constant(2025, 10, 1);
        let days = axis(october, 8.0);
        assert_eq!(days.step(64.0), Step::Days(1));
        assert_eq!(labels(&days, Step::Days(1))[..3], ["1", "2", "3"]);
        let hours = axis(october, 1.0);
        assert_eq!(hours.step(64.0), Step::Hours(3));
        assert_eq!(labels(&hours, Step::Hours(3))[..3], ["00:00", "03:00", "06:00"]);
        let year = axis(october, 365.0);
        assert_eq!(year.step(64.0), Step::Months(1));
        assert_eq!(labels(&year, Step::Months(1))[..4], ["Oct", "Nov", "Dec", "Jan"]);
        let century = axis(Date::constant(1914, 3, 3), 36_525.0);
        assert_eq!(century.step(64.0), Step::Years(10));
        assert_eq!(labels(&century, Step::Years(10))[..2], ["1920", "1930"]);
    }

    #[test]
    fn every_second_day_begins_anew_with_the_month() {
        let axis = axis(Date::constant(2025, 10, 27), 8.0);
        assert_eq!(labels(&axis, Step::Days(2)), ["27", "29", "1", "3"]);
    }

    #[test]
    fn the_upper_line_covers_the_window_without_gaps() {
        let axis = axis(Date::constant(2025, 9, 20), 40.0);
        let stretches = axis.stretches(Step::Days(2));
        assert_eq!(stretches.iter().map(|s| s.label.as_str()).collect::<Vec<_>>(), ["September 2025", "October 2025"]);
        assert!((stretches[0].to_x - stretches[1].from_x).abs() < 0.01);
        assert!((stretches[1].to_x - 1000.0).abs() < 0.01);
    }

    #[test]
    fn ticks_never_flood() {
        for span in [0.2, 3.0, 50.0, 800.0, 9_000.0, 146_000.0] {
            let axis = axis(Date::constant(1990, 5, 5), span);
            let count = axis.ticks(axis.step(56.0)).len();
            assert!((1..=18).contains(&count), "{span} days: {count} ticks");
        }
    }
}
