//! A rule that matched → what the words mean, before it is known when they were written.

use super::calendar::{SEASONS, Unit};
use super::figure::{Clock, Line, Value};
use super::holiday::Feast;
use super::rules::{Hit, Rule, Slot};
use super::words::Class;
use crate::model::TimeKind;

/// Which year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// Not said: direction decides.
    Open,
    /// Astronomical.
    Known(i64),
    /// So many years from that of the publication: "last year".
    Shift(i64),
    /// That of the last date told, and so many years on: "that year".
    Context(i64),
}

/// Which part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Month(u8),
    Day(u8, u8),
    /// Index into `SEASONS`.
    Season(u8),
    Quarter(u8),
    Half(u8),
    Decade,
    Century,
    Holiday(Feast),
    /// The last day of the year.
    End,
}

/// Direction of an expression that may lie before or after the moment of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// The tense decides.
    Tense,
    Last,
    Next,
    /// The one of this week, month, year.
    This,
    /// Before or after the date told last.
    Before,
    After,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Core {
    /// A value that needs no calendar.
    Fixed(TimeKind, String),
    Calendar {
        year: Year,
        part: Part,
        weekday: Option<u8>,
        toward: Toward,
    },
    Weekday {
        day: u8,
        toward: Toward,
    },
    /// A weekday of the week so many weeks away.
    WeekdayOf {
        day: u8,
        weeks: i64,
    },
    /// "the 9th"
    DayOfMonth {
        day: u8,
        weekday: Option<u8>,
    },
    /// So many units from the publication.
    Shift {
        unit: Unit,
        n: i64,
    },
    /// So many units from the date told last.
    FromContext {
        unit: Unit,
        n: i64,
    },
    /// "that year", "the day".
    Same {
        unit: Unit,
    },
    /// "the week": this one, or the one spoken of.
    The {
        unit: Unit,
    },
    /// Amount in hundredths, at the publication (`told` false) or at the date told last.
    Offset {
        amount: i64,
        unit: Unit,
        forward: bool,
        told: bool,
    },
    /// "the past year": a unit's length up to now.
    Past {
        unit: Unit,
        forward: bool,
    },
    WeekOf {
        month: u8,
        day: u8,
    },
    /// The quarter spoken of.
    QuarterHere,
    /// The same quarter or day a year before.
    YearAgo {
        quarter: Option<u8>,
    },
    /// "the 1988 period"
    QuarterOf {
        year: i64,
    },
    /// Two figures of which either may be the day.
    Slashed {
        year: Year,
        figures: (u8, u8),
        weekday: Option<u8>,
    },
    /// The unit so many units away from that of a date: "the week before Easter".
    Beside {
        unit: Unit,
        n: i64,
        date: Box<Core>,
    },
    /// A date and so many units: "two weeks before 9 May".
    Counted {
        unit: Unit,
        n: i64,
        date: Box<Core>,
    },
    /// "that time"
    Told,
    /// Two days of one month, with the token between them.
    Range {
        year: Option<i64>,
        month: u8,
        days: (u8, u8),
        split: usize,
    },
    /// A part of day or a clock time with no day.
    Bare,
}

/// The time of day that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// 1 morning, 2 midday, 3 afternoon, 4 evening, 5 night, 6 daytime.
    Named(u8),
    Clock(Clock),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    pub core: Core,
    pub part: Option<DayPart>,
}

pub const PARTS: [&str; 7] = ["", "MO", "MI", "AF", "EV", "NI", "DT"];

impl Meaning {
    pub fn plain(core: Core) -> Self {
        Self { core, part: None }
    }

    fn fixed(kind: TimeKind, value: impl Into<String>) -> Self {
        Self::plain(Core::Fixed(kind, value.into()))
    }
}

/// ISO 8601 duration of an amount in hundredths; `None` is vague.
pub fn duration(amount: Option<i64>, unit: Unit) -> String {
    let (designator, clock, factor) = match unit {
        Unit::Second => ("S", true, 1),
        Unit::Minute => ("M", true, 1),
        Unit::Hour => ("H", true, 1),
        Unit::Day => ("D", false, 1),
        Unit::Week => ("W", false, 1),
        Unit::Month => ("M", false, 1),
        Unit::Quarter => ("Q", false, 1),
        Unit::Decade if amount.is_none() => ("E", false, 1),
        Unit::Century if amount.is_none() => ("C", false, 1),
        Unit::Millennium if amount.is_none() => ("L", false, 1),
        Unit::Decade => ("Y", false, 10),
        Unit::Century => ("Y", false, 100),
        Unit::Millennium => ("Y", false, 1000),
        Unit::Weekend => return if amount == Some(100) { "P2D".into() } else { "PXWE".into() },
        Unit::Fortnight => ("W", false, 2),
        Unit::Season => ("S", false, 1),
        Unit::Half => ("M", false, 6),
        Unit::Year => ("Y", false, 1),
    };
    let head = if clock { "PT" } else { "P" };
    let Some(amount) = amount else { return format!("{head}X{designator}") };
    let amount = amount.saturating_mul(factor);
    let whole = amount / 100;
    match (amount % 100, unit) {
        (0, _) => format!("{head}{whole}{designator}"),
        (50, Unit::Year) if whole > 0 => format!("P{whole}Y6M"),
        (50, Unit::Year) => "P6M".into(),
        (50, Unit::Hour) if whole > 0 => format!("PT{whole}H30M"),
        (50, Unit::Hour) => "PT30M".into(),
        (50, Unit::Minute) if whole > 0 => format!("PT{whole}M30S"),
        (50, Unit::Day) if whole == 0 => "PT12H".into(),
        (rest, _) if rest % 10 == 0 => format!("{head}{whole}.{}{designator}", rest / 10),
        (rest, _) => format!("{head}{whole}.{rest:02}{designator}"),
    }
}

/// A slot that the pattern has not filled.
struct Absent;

struct Reader<'a> {
    rule: &'a Rule,
    hit: &'a Hit,
    line: Line<'a>,
}

impl Reader<'_> {
    fn nth(&self, slot: Slot, n: usize) -> Option<Value> {
        self.hit.filled.iter().filter(|filled| filled.slot == slot).nth(n).map(|filled| filled.value)
    }

    fn int(&self, slot: Slot) -> Option<i64> {
        match self.nth(slot, 0)? {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    fn class(&self, class: Class) -> Option<i64> {
        self.int(Slot::Class(class))
    }

    fn year(&self) -> Option<i64> {
        self.int(Slot::Year).map(|year| if year < 0 { year + 1 } else { year })
    }

    /// The `n`-th amount of the match; `None` for a vague one.
    fn amount(&self, n: usize) -> Result<Option<i64>, Absent> {
        let mut amounts = self.hit.filled.iter().filter_map(|filled| match filled.value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        });
        amounts.nth(n).ok_or(Absent)
    }

    /// Unit by class, or by the word where the pattern names it.
    fn unit(&self) -> Option<Unit> {
        if let Some(number) = self.class(Class::Unit).or_else(|| self.class(Class::Units)) {
            return Unit::numbered(number);
        }
        (self.hit.start..self.hit.end).rev().find_map(|at| {
            let tok = self.line.get(at)?;
            Unit::numbered(i64::from(self.line.words.value(tok.word, Class::Unit)?))
        })
    }

    fn has(&self, word: &str) -> bool {
        self.line.tokens[self.hit.start..self.hit.end].iter().any(|tok| self.line.says(tok, word))
    }

    fn arg(&self, n: usize) -> i64 {
        self.rule.args.get(n).copied().map_or(0, i64::from)
    }

    /// The year by a figure, or by "last year", "that year".
    fn any_year(&self) -> Year {
        if let Some(year) = self.year() {
            return Year::Known(year);
        }
        if !self.has("year") {
            return Year::Open;
        }
        if self.has("that") || self.has("same") {
            Year::Context(0)
        } else if self.has("last") {
            Year::Shift(-1)
        } else if self.has("next") {
            Year::Shift(1)
        } else if self.has("this") {
            Year::Shift(0)
        } else {
            Year::Open
        }
    }

    fn toward(&self) -> Toward {
        if self.has("last") || self.has("past") {
            Toward::Last
        } else if self.has("next") || self.has("coming") || self.has("upcoming") {
            Toward::Next
        } else if self.has("this") {
            Toward::This
        } else if self.has("previous") {
            Toward::Before
        } else if self.has("following") {
            Toward::After
        } else {
            Toward::Tense
        }
    }
}

/// What the words of a match mean; `None` where the rule does not hold after all.
pub fn meaning(rule: &Rule, hit: &Hit, line: Line<'_>) -> Option<Meaning> {
    let reader = Reader { rule, hit, line };
    calendar(&reader).or_else(|| relative(&reader)).or_else(|| lengths(&reader)).or_else(|| sets(&reader))
}

fn calendar(reader: &Reader<'_>) -> Option<Meaning> {
    let weekday = reader.class(Class::Weekday).map(|day| day as u8);
    let cal = |year, part, toward| Some(Meaning::plain(Core::Calendar { year, part, weekday, toward }));
    match reader.rule.meaning.as_str() {
        "date" | "monthyear" => {
            let month = reader.class(Class::Month)? as u8;
            let part = reader.int(Slot::Day).map_or(Part::Month(month), |day| Part::Day(month, day as u8));
            cal(reader.any_year(), part, Toward::Tense)
        }
        "month" => {
            let month = reader.class(Class::Month)? as u8;
            let part = reader.int(Slot::Day).map_or(Part::Month(month), |day| Part::Day(month, day as u8));
            cal(Year::Open, part, reader.toward())
        }
        "monthctx" => {
            let toward = if reader.has("previous") { Toward::Before } else { Toward::After };
            cal(Year::Open, Part::Month(reader.class(Class::Month)? as u8), toward)
        }
        "numeric" => match reader.nth(Slot::Numeric, 0)? {
            Value::Date(year, month, day) => cal(Year::Known(year), Part::Day(month, day), Toward::Tense),
            Value::Slashed(year, first, second) => Some(Meaning::plain(Core::Slashed {
                year: year.map_or(Year::Open, Year::Known),
                figures: (first, second),
                weekday,
            })),
            _ => None,
        },
        "dayrange" => {
            let day = |n: usize| {
                let filled = reader.hit.filled.iter().filter(|filled| filled.slot == Slot::Day).nth(n)?;
                match filled.value {
                    Value::Int(day) => Some((day as u8, filled.token)),
                    _ => None,
                }
            };
            let ((first, _), (second, token)) = (day(0)?, day(1)?);
            let month = reader.class(Class::Month)? as u8;
            (first < second).then_some(Meaning::plain(Core::Range {
                year: reader.year(),
                month,
                days: (first, second),
                split: token - 1,
            }))
        }
        "dom" => Some(Meaning::plain(Core::DayOfMonth {
            day: reader.int(Slot::Day).or_else(|| reader.int(Slot::Nth)).filter(|day| (1..=31).contains(day))? as u8,
            weekday,
        })),
        "year" => cal(Year::Known(reader.year()?), Part::Whole, Toward::Tense),
        "fiscalend" => cal(reader.year().map_or(Year::Shift(0), Year::Known), Part::Whole, Toward::Tense),
        "decade" => {
            let year = reader.int(Slot::Decade)?;
            cal(Year::Known(year), Part::Decade, Toward::Tense)
        }
        "century" => {
            let n = reader.int(Slot::Nth)?;
            let century = if reader.rule.word == Some("bc") { -n } else { n - 1 };
            (n <= 30).then_some(())?;
            cal(Year::Known(century * 100), Part::Century, Toward::Tense)
        }
        "season" | "seasonyear" => {
            let season = reader.class(Class::Season)? as u8 - 1;
            cal(reader.any_year(), Part::Season(season), reader.toward_of_season())
        }
        "seasonsame" => cal(Year::Context(0), Part::Season(reader.class(Class::Season)? as u8 - 1), Toward::Tense),
        "quarter" => {
            let n = reader
                .int(Slot::Nth)
                .or_else(|| reader.amount(0).ok().flatten().map(|amount| amount / 100))
                .filter(|n| (1..=4).contains(n))?;
            cal(reader.any_year(), Part::Quarter(n as u8), Toward::Tense)
        }
        "half" => {
            let second = !reader.has("first");
            cal(reader.any_year(), Part::Half(1 + u8::from(second)), Toward::Tense)
        }
        "holiday" => {
            let year = reader.year().map_or(Year::Open, Year::Known);
            let said = |word: &str| reader.line.get(reader.hit.start).is_some_and(|tok| reader.line.says(tok, word));
            let toward = if said("last") {
                Toward::Last
            } else if said("next") {
                Toward::Next
            } else if said("this") {
                Toward::This
            } else {
                Toward::Tense
            };
            cal(year, Part::Holiday(reader.rule.feast?), toward)
        }
        "yearend" => cal(Year::Shift(0), Part::End, Toward::Tense),
        "weekof" => {
            let (month, day) = (reader.class(Class::Month)? as u8, reader.int(Slot::Day)? as u8);
            Some(Meaning::plain(Core::WeekOf { month, day }))
        }
        "yearquarter" => Some(Meaning::plain(Core::QuarterOf { year: reader.year()? })),
        _ => None,
    }
}

impl Reader<'_> {
    fn toward_of_season(&self) -> Toward {
        if self.rule.args.first() == Some(&2) { Toward::Tense } else { self.toward() }
    }
}

fn relative(reader: &Reader<'_>) -> Option<Meaning> {
    let n = reader.arg(0);
    let plain = |core| Some(Meaning::plain(core));
    let part = || reader.class(Class::Part).map(|part| DayPart::Named(part as u8));
    match reader.rule.meaning.as_str() {
        "ref" => Some(Meaning::fixed(TimeKind::Date, reader.rule.word?)),
        "weekday" => {
            let toward = match n {
                -1 => Toward::Last,
                1 => Toward::Next,
                2 => Toward::This,
                -3 => Toward::Before,
                3 => Toward::After,
                _ => Toward::Tense,
            };
            plain(Core::Weekday { day: reader.class(Class::Weekday)? as u8, toward })
        }
        "weekdayweek" => plain(Core::WeekdayOf { day: reader.class(Class::Weekday)? as u8, weeks: n }),
        "day" => plain(Core::Shift { unit: Unit::Day, n }),
        "tonight" => Some(Meaning { core: Core::Shift { unit: Unit::Day, n: 0 }, part: Some(DayPart::Named(5)) }),
        "lastnight" => Some(Meaning { core: Core::Shift { unit: Unit::Day, n: -1 }, part: Some(DayPart::Named(5)) }),
        "daypart" => {
            let n = i64::from(reader.has("tomorrow")) - i64::from(reader.has("yesterday"));
            Some(Meaning { core: Core::Shift { unit: Unit::Day, n }, part: part() })
        }
        "unit" => {
            let unit = reader.unit()?;
            (unit > Unit::Hour).then_some(())?;
            plain(Core::Shift { unit, n })
        }
        "unitfiscal" => plain(Core::Shift { unit: Unit::Year, n: i64::from(reader.has("next")) - i64::from(reader.has("last")) }),
        "weekend" => plain(Core::The { unit: Unit::Weekend }),
        "past" => {
            let forward = reader.has("next") || reader.has("coming");
            plain(Core::Past { unit: reader.unit()?, forward })
        }
        "next" => plain(Core::FromContext { unit: reader.unit()?, n }),
        "nextpart" => Some(Meaning { core: Core::FromContext { unit: Unit::Day, n }, part: part() }),
        "told" => plain(Core::Told),
        "same" => plain(Core::Same { unit: reader.unit()? }),
        "samepart" => {
            let part = part().unwrap_or(DayPart::Named(5));
            Some(Meaning { core: Core::Same { unit: Unit::Day }, part: Some(part) })
        }
        "theunit" => plain(Core::The { unit: reader.unit()? }),
        "thequarter" => plain(Core::QuarterHere),
        "yearago" => {
            let quarter = reader.int(Slot::Nth).map(|n| n as u8);
            plain(Core::YearAgo { quarter })
        }
        "ago" => {
            let unit = reader.unit()?;
            match reader.amount(0).ok()? {
                Some(amount) => plain(Core::Offset { amount, unit, forward: n > 0, told: n.abs() == 2 }),
                None => Some(Meaning::fixed(TimeKind::Date, if n > 0 { "FUTURE_REF" } else { "PAST_REF" })),
            }
        }
        "vagueago" => Some(Meaning::fixed(TimeKind::Date, "PAST_REF")),
        "vaguelater" => Some(Meaning::fixed(TimeKind::Date, "FUTURE_REF")),
        "clock" => {
            let Value::Clock(clock) = reader.nth(Slot::Clock, 0)? else { return None };
            Some(Meaning { core: Core::Bare, part: Some(DayPart::Clock(clock)) })
        }
        "clocknoon" | "midnight" => {
            let hour = if reader.rule.meaning == "midnight" { 24 } else { 12 };
            Some(Meaning { core: Core::Bare, part: Some(DayPart::Clock(Clock { hour, minute: Some(0), zone: None })) })
        }
        "barepart" => Some(Meaning { core: Core::Bare, part: part() }),
        "overnight" => Some(Meaning { core: Core::Bare, part: Some(DayPart::Named(5)) }),
        _ => None,
    }
}

fn lengths(reader: &Reader<'_>) -> Option<Meaning> {
    let length = |value: String| Some(Meaning::fixed(TimeKind::Duration, value));
    match reader.rule.meaning.as_str() {
        "dur" => {
            let unit = reader.unit()?;
            let amount = reader.amount(0).unwrap_or(Some(100));
            if amount == Some(0) || amount.is_some_and(|amount| amount > 100_000_000) {
                return None;
            }
            length(duration(amount, unit))
        }
        "vaguedur" => length(duration(None, reader.unit_first()?)),
        "onedur" | "yearended" => length(duration(Some(100), reader.unit()?)),
        "durrange" => length(duration(reader.amount(0).ok()?, reader.unit()?)),
        "durhalf" => length(duration(Some(150), reader.unit()?)),
        "halfdur" => length(duration(Some(50), reader.unit()?)),
        "vaguetime" => length("PXX".into()),
        "durpair" => {
            let unit = |n: usize| match reader.nth(Slot::Class(Class::Unit), n) {
                Some(Value::Int(number)) => Unit::numbered(number),
                _ => None,
            };
            let (first, second) = (duration(reader.amount(0).ok()?, unit(0)?), duration(reader.amount(1).ok()?, unit(1)?));
            let clock = |text: &str| text.starts_with("PT");
            (unit(0)? > unit(1)?).then_some(())?;
            let tail = if clock(&first) { second.strip_prefix("PT")? } else { second.strip_prefix('P')? };
            length(format!("{first}{tail}"))
        }
        _ => None,
    }
}

impl Reader<'_> {
    fn unit_first(&self) -> Option<Unit> {
        self.class(Class::Units).or_else(|| self.class(Class::Unit)).and_then(Unit::numbered)
    }
}

fn sets(reader: &Reader<'_>) -> Option<Meaning> {
    let set = |value: String| Some(Meaning::fixed(TimeKind::Set, value));
    let part = |value: String| match reader.class(Class::Part) {
        Some(part) => format!("{value}T{}", PARTS[part as usize]),
        None => value,
    };
    match reader.rule.meaning.as_str() {
        "set" | "peror" => set(duration(Some(100), reader.unit()?)),
        "setn" => set(duration(reader.amount(0).ok()?, reader.unit()?)),
        "setother" => set(duration(Some(200), reader.unit()?)),
        "setday" => {
            let day = reader.class(Class::Weekday).or_else(|| reader.class(Class::Weekdays))?;
            set(part(format!("XXXX-WXX-{day}")))
        }
        "setdayparts" => {
            let day = reader.class(Class::Weekday)?;
            let part = [("mornings", 1), ("afternoons", 3), ("evenings", 4), ("nights", 5)];
            let part = part.iter().find(|(word, _)| reader.has(word))?.1;
            set(format!("XXXX-WXX-{day}T{}", PARTS[part]))
        }
        "setpart" => set(part("XXXX-XX-XX".into())),
        "setmonth" => set(format!("XXXX-{:02}", reader.class(Class::Month)?)),
        "setseason" => set(format!("XXXX-{}", SEASONS[reader.class(Class::Season)? as usize - 1])),
        "rate" => set(duration(Some(100), Unit::numbered(reader.class(Class::Rate)?)?)),
        _ => None,
    }
}
