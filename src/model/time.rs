//! When: intervals of civil days with an honest precision, and the expressions in the text that give them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Span;

/// How exactly an interval is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    Minute,
    Hour,
    /// Morning, evening.
    PartOfDay,
    Day,
    Week,
    Month,
    Quarter,
    /// Season, half-year.
    Season,
    Year,
    Decade,
    Century,
    /// Two known ends of different days.
    Range,
    /// Only bounds: "recently", "before the talks".
    #[default]
    Unknown,
}

/// Civil days `from..=to`, both inclusive, in the article's own calendar day; `None` is an open end.
/// Invariant: `from <= to` where both are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub precision: Precision,
    /// Minutes since midnight of `from` and of `to`, where a clock time is told.
    pub clock: Option<(u16, u16)>,
    /// The ends are vague ("early October", "in recent days") and drawn so.
    pub fuzzy: bool,
}

impl Interval {
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self { from: Some(date), to: Some(date), precision: Precision::Day, clock: None, fuzzy: false }
    }
}

/// TIMEX3 `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// A time expression found in the text. Extent after `TimeML`: no leading preposition, "late"/"early"/"mid" kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeMention {
    pub span: Span,
    pub kind: TimeKind,
    /// TIMEX3 `value`: `2025-10-09`, `2025-W41`, `P3D`, `PAST_REF`, `XXXX-WXX-4` …
    pub value: String,
    /// EDTF (ISO 8601-2) of the interval; empty where it denotes none.
    pub edtf: String,
    /// The days it denotes; `None` for durations, sets, and what hangs on an unknown publication date.
    pub interval: Option<Interval>,
    /// The arithmetic in words: `weekday ← published Thu 2025-10-09`.
    pub why: String,
}

/// When an event happened, and why we think so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub interval: Interval,
    /// The expression it rests on, as an index into the analysis' times.
    pub time: Option<u32>,
    pub why: String,
    /// How the text orders it among the article's other events: "after the vote", "as they fled".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Order>,
}

/// An event's place among others, told without dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    /// Index of the other event among the article's.
    pub than: u32,
    pub how: How,
}

/// Where an event stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    Before,
    After,
    /// At the same time.
    With,
}

impl How {
    /// The same order told from the other event.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::With => Self::With,
        }
    }

    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::With => "at the same time as",
        }
    }
}
