//! Meaning + what was told before + publication date → TIMEX3 value, days, and the arithmetic in words.

use jiff::civil::Date;

use super::calendar::{Point, Unit, civil, plus_days, shift_months, spoken, weekday};
use super::found::{Found, dated, gap, month_of, signed};
use super::meaning::{Core, Meaning, Part, Toward, Year, duration};
use super::shade::{add_part, coarse, pattern, unknown};
use super::tense::Tense;
use crate::model::TimeKind;

/// Days. News leaves out the year of dates up to this far away; chosen on the development corpora.
const TOO_FAR: i64 = 290;

/// Days from the publication within which one reading of "9/10" is the likelier.
const NEAR: i64 = 60;

/// Of what a report of business results tells, so that "a year ago" is the same stretch of the year before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Results {
    /// It is no such report.
    #[default]
    None,
    Quarter,
    /// Several quarters: "for the nine months".
    Long,
}

/// What has been told so far, for expressions that lean on it.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Publication date.
    pub published: Option<Date>,
    /// Is this a history, whose dates lean on one another rather than on the publication?
    pub history: bool,
    /// The date told last.
    pub last: Option<Point>,
    /// The day told last.
    pub last_day: Option<Date>,
    /// The quarter told last.
    pub quarter: Option<Point>,
    /// The day told last in this paragraph.
    pub day_here: Option<Date>,
    /// The day told right after an hour.
    pub day_ahead: Option<Date>,
    /// The last year told in figures in this sentence.
    pub year_here: Option<i64>,
    /// Was the last date told in this sentence?
    pub last_here: bool,
    /// Does the article write the day before the month: "9/10" for 9 October? `None` where nothing tells.
    pub day_first: Option<bool>,
    /// Is this a report of business results, and of which stretch did it tell last?
    pub results: Results,
}

impl Context {
    fn told(&self) -> String {
        self.last.map_or_else(String::new, |point| format!("{} told before", point.value()))
    }

    fn origin(&self) -> String {
        self.published.map_or_else(String::new, |date| format!("published {}", spoken(date)))
    }

    /// Keeps what later expressions may lean on.
    pub fn tell(&mut self, found: &Found, leans: bool) {
        let Some(point) = found.point else { return };
        if found.value.ends_with("_REF") {
            return;
        }
        self.last = Some(point);
        self.last_here = true;
        match point {
            Point::Day(day) => {
                self.last_day = Some(day);
                self.day_here = Some(day);
            }
            // a quarter that was itself counted from another is no new base
            Point::Quarter(..) if !leans => self.quarter = Some(point),
            _ => {}
        }
    }

    pub fn resolve(&self, meaning: &Meaning, tense: Tense) -> Found {
        let mut found = self.core(&meaning.core, tense, meaning.part.is_some());
        if let Some(part) = meaning.part {
            add_part(&mut found, part);
        }
        found
    }

    fn core(&self, core: &Core, tense: Tense, with_part: bool) -> Found {
        match core {
            Core::Fixed(kind, value) => Found::fixed(
                *kind,
                value.clone(),
                match kind {
                    TimeKind::Duration => "a length of time",
                    TimeKind::Set => "repeated",
                    _ => "vague",
                },
            ),
            Core::Calendar { year, part, weekday, toward } => self.calendar(*year, *part, *weekday, *toward, tense),
            Core::Weekday { day, toward } => self.weekday(*day, *toward, tense),
            Core::WeekdayOf { day, weeks } => {
                let Some(published) = self.published else { return Found::open(&format!("XXXX-WXX-{day}")) };
                let monday = plus_days(published, 1 - weekday(published) + 7 * weeks);
                let point = Point::Day(plus_days(monday, i64::from(*day) - 1));
                Found::at(point, format!("weekday of the week {} ← {}", signed(*weeks), self.origin()))
            }
            Core::DayOfMonth { day, weekday: told } => self.day_of_month(*day, *told, tense),
            Core::Shift { unit, n } => self.shift(*unit, *n, tense),
            Core::FromContext { unit, n } => self.next_to_told(*unit, *n),
            Core::Same { unit } => self.same(*unit, with_part, tense),
            Core::The { unit } => self.the(*unit, tense),
            Core::Offset { amount, unit, forward, told } => self.offset(*amount, *unit, *forward, *told),
            Core::Past { unit, .. } => {
                Found::fixed(TimeKind::Duration, duration(Some(100), *unit), "a length of time up to then")
            }
            Core::WeekOf { month, day } => {
                let found = self.calendar(Year::Open, Part::Day(*month, *day), None, Toward::Tense, tense);
                match found.point.and_then(|point| point.within(Unit::Week)) {
                    Some(week) => Found::at(week, format!("the week of that day; {}", found.why)),
                    None => Found::open("XXXX-WXX"),
                }
            }
            Core::QuarterHere => match self.quarter.or_else(|| self.latest_quarter()) {
                Some(quarter) => Found::at(quarter, "the quarter spoken of".into()),
                None => Found::open("XXXX-QX"),
            },
            Core::YearAgo { quarter } => {
                let base = self
                    .quarter
                    .filter(|_| self.results != Results::Long || quarter.is_some())
                    .or_else(|| if self.results == Results::Quarter { self.latest_quarter() } else { None });
                match (base, quarter) {
                    (Some(Point::Quarter(year, here)), quarter) => {
                        let point = Point::Quarter(year - 1, quarter.unwrap_or(here));
                        Found::at(point, format!("a year before {}", Point::Quarter(year, here).value()))
                    }
                    _ => self.shift(Unit::Year, -1, tense),
                }
            }
            Core::QuarterOf { year } => match self.quarter {
                Some(Point::Quarter(_, quarter)) => {
                    Found::at(Point::Quarter(*year, quarter), format!("the quarter spoken of, in {year}"))
                }
                _ => Found::at(Point::Year(*year), "written so".into()),
            },
            Core::Slashed { year, figures, weekday } => self.slashed(*year, *figures, *weekday, tense),
            Core::Beside { unit, n, date } => {
                let found = self.core(date, tense, false);
                let day = found.point.and_then(Point::days).map(|days| if *n < 0 { days.0 } else { days.1 });
                match day.and_then(|day| Point::of(day, *unit)) {
                    Some(point) => {
                        Found::at(point.plus(*n), format!("{} {} {}; {}", unit.name(), signed(*n), found.value, found.why))
                    }
                    None => Found::open(unknown(*unit)),
                }
            }
            Core::Counted { unit, n, date } => {
                let found = self.core(date, tense, false);
                let day = found.point.and_then(Point::days).map(|days| days.0);
                let away = |day: Date| {
                    Some(match unit {
                        Unit::Day => plus_days(day, *n),
                        Unit::Week => plus_days(day, n.saturating_mul(7)),
                        Unit::Fortnight => plus_days(day, n.saturating_mul(14)),
                        Unit::Month => shift_months(day, *n)?,
                        Unit::Year => shift_months(day, n.saturating_mul(12))?,
                        Unit::Decade => shift_months(day, n.saturating_mul(120))?,
                        _ => return None,
                    })
                };
                match day.and_then(away) {
                    Some(day) => Found::at(
                        Point::Day(day),
                        format!(
                            "{} {} {} {}; {}",
                            n.abs(),
                            unit.name(),
                            if *n < 0 { "before" } else { "after" },
                            found.value,
                            found.why
                        ),
                    ),
                    None => Found::open(unknown(*unit)),
                }
            }
            Core::Told => match self.last {
                Some(point) => Found::at(point, "the time told before".into()),
                None => Found::fixed(TimeKind::Date, "PAST_REF".into(), "a time told before, without a date"),
            },
            // cut in two where it was found
            Core::Range { year, month, .. } => {
                self.calendar(year.map_or(Year::Open, Year::Known), Part::Month(*month), None, Toward::Tense, tense)
            }
            Core::Bare => self.bare(),
        }
    }

    /// The last quarter that is over.
    fn latest_quarter(&self) -> Option<Point> {
        self.published.and_then(|date| Point::of(date, Unit::Quarter)).map(|quarter| quarter.plus(-1))
    }

    /// Where a date without a year is counted from.
    fn base_year(&self) -> Option<i64> {
        if self.history || self.published.is_none() {
            return self.last.map(Point::year).or_else(|| self.published.map(|date| i64::from(date.year())));
        }
        self.year_here.or_else(|| self.published.map(|date| i64::from(date.year())))
    }

    fn calendar(&self, year: Year, part: Part, told: Option<u8>, toward: Toward, tense: Tense) -> Found {
        let published_year = self.published.map(|date| i64::from(date.year()));
        let (year, why) = match year {
            Year::Known(year) => (Some(year), "written so".to_owned()),
            Year::Shift(n) => match published_year {
                Some(year) => (Some(year + n), format!("year {} ← {}", signed(n), self.origin())),
                None => (None, String::new()),
            },
            Year::Context(n) => match self.last {
                Some(last) => (Some(last.year() + n), format!("year of {}", self.told())),
                None => (published_year, format!("year of {}", self.origin())),
            },
            Year::Open => return self.open_year(part, told, toward, tense),
        };
        let Some(year) = year else { return Found::open(&pattern(part)) };
        dated(year, part, told, why)
    }

    /// A date whose year is not told.
    fn open_year(&self, part: Part, told: Option<u8>, toward: Toward, tense: Tense) -> Found {
        // "launched in 2003 … will join on March 12": what is ahead is no part of the year told
        let behind =
            tense == Tense::Future && !self.history && self.year_here < self.published.map(|date| i64::from(date.year()));
        let leaning = self.history || self.published.is_none() || self.year_here.is_some() && !behind;
        if let (Toward::Before | Toward::After, Some(last)) = (toward, self.last) {
            let year = last.year();
            let here = dated(year, part, told, String::new());
            let ahead = matches!((here.point.and_then(Point::days), last.days()), (Some(a), Some(b)) if a.0 > b.0);
            let year = match (toward, ahead) {
                (Toward::Before, true) => year - 1,
                (Toward::After, false) => year + 1,
                _ => year,
            };
            return dated(year, part, told, format!("counted from {}", self.told()));
        }
        if leaning && matches!(toward, Toward::Tense) {
            let Some(mut year) = self.base_year() else { return Found::open(&pattern(part)) };
            let why = format!("year {year} ← {}", if self.last.is_some() { self.told() } else { self.origin() });
            // a story that has come to its December goes on in the January after
            if self.history
                && self.year_here.is_none()
                && let (Some(before), Some(after)) = (self.last.and_then(Point::month), month_of(part))
                && before >= after + 8
            {
                year += 1;
            }
            return dated(year, part, told, why);
        }
        let Some(published) = self.published else { return Found::open(&pattern(part)) };
        let year = i64::from(published.year());
        // a weekday with the date tells the year
        if let (Some(told), Part::Day(month, day)) = (told, part) {
            let fits =
                [0, -1, 1].into_iter().find(|n| civil(year + n, month, day).is_some_and(|date| weekday(date) == i64::from(told)));
            if let Some(n) = fits {
                return dated(year + n, part, Some(told), format!("year by its weekday ← {}", self.origin()));
            }
        }
        let choose = |n: i64, words: &str| dated(year + n, part, told, format!("{words} ← {}", self.origin()));
        let days = |n: i64| dated(year + n, part, None, String::new()).point.and_then(Point::days);
        let Some((from, to)) = days(0).or_else(|| days(-1)).or_else(|| days(1)) else { return choose(0, "this year") };
        let month_told = matches!(part, Part::Month(_));
        let started = from <= published;
        match toward {
            Toward::This => choose(0, "this year"),
            // "last February" on the first of March is not the one that has just ended
            Toward::Last if gap(to, published) > 40 || !month_told && to < published => choose(0, "last"),
            Toward::Last => choose(-1, "last"),
            Toward::Next if from > published => choose(0, "next"),
            Toward::Next => choose(1, "next"),
            _ => match (part, tense) {
                (Part::Quarter(_) | Part::Half(_), Tense::Future) if to >= published => choose(0, "to come"),
                (Part::Quarter(quarter), _) => {
                    // results are reported when the quarter is over; one still running is last year's only when it has not begun
                    let ahead = matches!(tense, Tense::Present | Tense::Future) && quarter < 4;
                    let n = i64::from(!started && !ahead);
                    choose(-n, "the latest")
                }
                (_, Tense::Future | Tense::Past) => {
                    let (n, words) = match tense {
                        Tense::Future => (i64::from(to < published), "to come"),
                        _ => (-i64::from(!started), "last before"),
                    };
                    // nobody names a day ten months away without its year when the same day is near on the other side
                    let away = days(n).map_or(0, |(from, to)| gap(published, from).abs().min(gap(published, to).abs()));
                    if away > TOO_FAR {
                        choose(if tense == Tense::Future { n - 1 } else { n + 1 }, "nearest")
                    } else {
                        choose(n, words)
                    }
                }
                _ => {
                    // the nearest, within half a year
                    let distance = |n: i64| {
                        days(n).map_or(i64::MAX, |(from, to)| {
                            let (a, b) = (gap(published, from), gap(published, to));
                            if from <= published && published <= to { 0 } else { a.abs().min(b.abs()) }
                        })
                    };
                    let mut best = 0;
                    for n in [-1, 1] {
                        if distance(n) < distance(best) {
                            best = n;
                        }
                    }
                    if month_told && best == 1 && distance(1) > 120 {
                        best = 0;
                    }
                    choose(best, "nearest")
                }
            },
        }
    }

    /// "9/10/2025": the day first where the article writes so; else the reading near the publication, if only one is; else the
    /// month, as in America, where most dates with strokes in English come from.
    fn slashed(&self, year: Year, (first, second): (u8, u8), told: Option<u8>, tense: Tense) -> Found {
        let read = |month: u8, day: u8| self.calendar(year, Part::Day(month, day), told, Toward::Tense, tense);
        let (month_first, day_first) = (read(first, second), read(second, first));
        let (Some(by_month), Some(by_day)) = (month_first.day(), day_first.day()) else {
            return if month_first.day().is_some() { month_first } else { day_first };
        };
        if by_month == by_day {
            return month_first;
        }
        if let Some(habit) = self.day_first {
            let (mut found, words) = if habit { (day_first, "day") } else { (month_first, "month") };
            found.why = format!("{words} first, as in the article's other dates; {}", found.why);
            return found;
        }
        let near = |date: Date| self.published.is_some_and(|published| gap(date, published).abs() <= NEAR);
        let (mut found, other) = if near(by_day) && !near(by_month) { (day_first, by_month) } else { (month_first, by_day) };
        found.doubt = Some(format!(
            "{first}/{second} may be {} or {}: read as the {}",
            spoken(by_month),
            spoken(by_day),
            if other == by_month { "day first, for it lies near the publication" } else { "month first, as in America" }
        ));
        found
    }

    fn weekday(&self, day: u8, toward: Toward, tense: Tense) -> Found {
        let leaning = matches!(toward, Toward::Before | Toward::After) || self.history && self.last_day.is_some();
        let base = if leaning { self.last_day.or(self.published) } else { self.published };
        let Some(base) = base else {
            return Found::open(&format!("XXXX-WXX-{day}"));
        };
        let from = if leaning && self.last_day.is_some() { self.told() } else { self.origin() };
        let back = (weekday(base) - i64::from(day)).rem_euclid(7);
        let ahead = (i64::from(day) - weekday(base)).rem_euclid(7);
        let (n, words) = match toward {
            Toward::Last | Toward::Before => (-(if back == 0 { 7 } else { back }), "last weekday"),
            Toward::Next | Toward::After => (if ahead == 0 { 7 } else { ahead }, "next weekday"),
            Toward::This if tense == Tense::Past => (-back, "weekday"),
            Toward::This => (ahead, "coming weekday"),
            Toward::Tense if tense == Tense::Future => (ahead, "coming weekday"),
            Toward::Tense => (-back, "weekday"),
        };
        Found::at(Point::Day(plus_days(base, n)), format!("{words} ← {from}"))
    }

    fn day_of_month(&self, day: u8, told: Option<u8>, tense: Tense) -> Found {
        let leaning = self.history || self.published.is_none();
        if leaning || self.last_here {
            let Some((year, month)) = self.last.and_then(|last| Some((last.year(), last.month()?))) else {
                return Found::open(&format!("XXXX-XX-{day:02}"));
            };
            return dated(year, Part::Day(month, day), told, format!("month of {}", self.told()));
        }
        let Some(published) = self.published else { return Found::open(&format!("XXXX-XX-{day:02}")) };
        let (year, month) = (i64::from(published.year()), published.month() as u8);
        let n = match tense {
            Tense::Future => i64::from(i64::from(day) < i64::from(published.day())),
            _ => -i64::from(i64::from(day) > i64::from(published.day())),
        };
        let (year, month) = super::calendar::plus_months(year, month, n);
        dated(year, Part::Day(month, day), told, format!("day of the month ← {}", self.origin()))
    }

    fn shift(&self, unit: Unit, n: i64, tense: Tense) -> Found {
        // in a history, "this year" and "next year" are those told
        let base = if self.history && self.last.is_some() && unit != Unit::Day { None } else { self.published };
        if let Some(published) = base
            && let Some(point) = Point::of(published, unit)
        {
            let mut n = n;
            // a weekend that is over on a Monday is "this weekend" still for the past tense
            if unit == Unit::Weekend && n == 0 && tense == Tense::Past && weekday(published) < 5 {
                n = -1;
            }
            return Found::at(point.plus(n), format!("{} {} ← {}", unit.name(), signed(n), self.origin()));
        }
        if self.history
            && let Some(point) = self.last.and_then(|last| last.within(unit))
        {
            return Found::at(point.plus(n), format!("{} {} ← {}", unit.name(), signed(n), self.told()));
        }
        Found::open(unknown(unit))
    }

    fn next_to_told(&self, unit: Unit, n: i64) -> Found {
        let base = if unit == Unit::Day { self.last_day.map(Point::Day).or(self.last) } else { self.last };
        if let Some(last) = base
            && let Some(point) = last.within(unit)
            && (unit >= last.unit() || unit >= Unit::Month && last.unit() <= unit || unit == Unit::Year)
        {
            return Found::at(point.plus(n), format!("{} {} ← {}", unit.name(), signed(n), self.told()));
        }
        if let Some(last) = self.last
            && last.unit() > unit
        {
            return Found::fixed(TimeKind::Date, coarse(last, unit), "not told more exactly");
        }
        match self.published.and_then(|date| Point::of(date, unit)) {
            Some(point) => Found::at(point.plus(n), format!("{} {} ← {}", unit.name(), signed(n), self.origin())),
            None => Found::open(unknown(unit)),
        }
    }

    fn same(&self, unit: Unit, with_part: bool, tense: Tense) -> Found {
        let base = if unit == Unit::Day && (with_part || self.history) {
            self.last_day.map(Point::Day).or(self.last)
        } else {
            self.last
        };
        if let Some(last) = base {
            if last.unit() <= unit
                && let Some(point) = last.within(unit)
            {
                return Found::at(point, format!("that of {}", self.told()));
            }
            if unit == Unit::Day
                && !with_part
                && let Some(day) = self.last_day
            {
                return Found::at(Point::Day(day), "the day told before".into());
            }
        }
        self.shift(unit, 0, tense)
    }

    fn the(&self, unit: Unit, tense: Tense) -> Found {
        if self.history
            && let Some(point) = self.last.filter(|last| last.unit() <= unit).and_then(|last| last.within(unit))
        {
            return Found::at(point, format!("that of {}", self.told()));
        }
        if unit == Unit::Weekend
            && let Some(published) = self.published
            && let Some(point) = Point::of(published, unit)
        {
            // on Saturday and Sunday it is this one; else the one past, unless the tense looks ahead
            let n = if weekday(published) >= 6 || tense == Tense::Future { 0 } else { -1 };
            return Found::at(point.plus(n), format!("weekend {} ← {}", signed(n), self.origin()));
        }
        self.shift(unit, 0, tense)
    }

    fn offset(&self, amount: i64, unit: Unit, forward: bool, told: bool) -> Found {
        let published = self.published.map(Point::Day);
        // a year earlier, in results, is the same quarter of the year before
        if unit == Unit::Year
            && !forward
            && amount == 100
            && self.results == Results::Quarter
            && let Some(Point::Quarter(year, quarter)) = self.quarter
        {
            return Found::at(
                Point::Quarter(year - 1, quarter),
                format!("a year before {}", Point::Quarter(year, quarter).value()),
            );
        }
        // "for the nine months …, a year earlier": of the year before this one, whatever quarter was told
        if unit == Unit::Year
            && !forward
            && amount == 100
            && self.results == Results::Long
            && let Some(published) = self.published
        {
            return Found::at(Point::Year(i64::from(published.year()) - 1), format!("a year before ← {}", self.origin()));
        }
        let (base, from) =
            if (told || self.history) && self.last.is_some() { (self.last, self.told()) } else { (published, self.origin()) };
        let (unit, amount) = match unit {
            Unit::Decade => (Unit::Year, amount * 10),
            Unit::Century => (Unit::Year, amount * 100),
            Unit::Millennium => (Unit::Year, amount * 1000),
            Unit::Fortnight => (Unit::Week, amount * 2),
            other => (other, amount),
        };
        let Some(base) = base else { return Found::open(unknown(unit)) };
        let sign = if forward { 1 } else { -1 };
        let n = amount / 100 * sign;
        let why = format!("{} {} {} {from}", amount as f64 / 100.0, unit.name(), if forward { "after" } else { "before" });
        if n.abs() > 1_000_000 {
            return Found::fixed(TimeKind::Date, if forward { "FUTURE_REF" } else { "PAST_REF" }.into(), "beyond the calendar");
        }
        let point = match unit {
            Unit::Year => Some(Point::Year(base.year() + n)),
            Unit::Month if base.unit() == Unit::Day && told => base.days().and_then(|days| shift_months(days.0, n)).map(|date| {
                if self.history { Point::Day(date) } else { Point::Month(i64::from(date.year()), date.month() as u8) }
            }),
            Unit::Month | Unit::Quarter => base.within(unit).filter(|_| base.unit() <= unit).map(|point| point.plus(n)),
            Unit::Week if told && base.unit() == Unit::Day => base.days().map(|days| Point::Day(plus_days(days.0, 7 * n))),
            Unit::Week => base.within(unit).filter(|_| base.unit() <= unit).map(|point| point.plus(n)),
            Unit::Day => base.days().filter(|_| base.unit() == Unit::Day).map(|days| Point::Day(plus_days(days.0, n))),
            _ => None,
        };
        match point {
            Some(point) => Found::at(point, why),
            None if unit < Unit::Day => {
                Found::fixed(TimeKind::Duration, duration(Some(amount), unit), "hours before or after then")
            }
            None => Found::fixed(TimeKind::Date, coarse(base, unit), "not told more exactly"),
        }
    }

    /// A time of day with no day: that of the day told in this sentence, else that of the publication.
    fn bare(&self) -> Found {
        let told = if self.last_here {
            self.last_day
        } else if self.history {
            self.day_ahead.or(self.last_day)
        } else {
            self.day_ahead.or(self.day_here)
        };
        match told.or(self.published) {
            Some(day) if told.is_some() => Found::at(Point::Day(day), format!("on the day told before, {}", spoken(day))),
            Some(day) => Found::at(Point::Day(day), format!("on the day of publication, {}", spoken(day))),
            None => Found::open("XXXX-XX-XX"),
        }
    }
}
