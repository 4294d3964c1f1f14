//! Draft → time expressions with TIMEX3 value, days, EDTF and the arithmetic in words.
//!
//! Rules are data (`assets/lang/en/time_rules.tsv`), compiled into one automaton over tokens; every row has an example that is
//! a test. Steps: `scan` cuts the text, `find` takes the longest rule at each place and joins neighbours ("10 p.m." +
//! "Wednesday"), `resolve` places each meaning in the calendar, in the order of the text.
//!
//! # Limits
//! English only. Offsets from events ("two weeks before the vote") are lengths of time here; `when` counts them from the event's day.
//! "Independence Day" and other days that nations share by name only are America's unless the nation is named.

mod calendar;
mod clock;
mod figure;
mod find;
mod found;
mod holiday;
mod join;
mod meaning;
mod resolve;
mod rules;
mod scan;
mod shade;
mod tense;
mod words;

use jiff::civil::Date;

use super::{Draft, Knowledge};
use crate::lang::Parsed;
use crate::model::{Analysis, Span, TimeMention, Warning};
use calendar::Unit;
use figure::Line;
use find::Sighting;
use meaning::{Core, Meaning, Part, Year};
use resolve::{Context, Results};
use rules::Rules;
use words::Words;

/// The rule tables of one language, compiled.
#[derive(Debug, Default)]
pub struct TimeRules {
    words: Words,
    rules: Rules,
}

impl TimeRules {
    /// Decodes the tables embedded in the program.
    #[must_use]
    pub fn load() -> Self {
        let mut words = Words::read(include_str!("../../../assets/lang/en/time_words.tsv"));
        let mut rules = Rules::read(include_str!("../../../assets/lang/en/time_rules.tsv"), &mut words);
        rules.read_holidays(include_str!("../../../assets/lang/en/time_holidays.tsv"), &mut words);
        for word in FUNCTION_WORDS {
            words.intern(word);
        }
        words.close();
        rules.close(&words);
        Self { words, rules }
    }

    /// Pattern and example of every rule.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rules.rows.iter().map(|rule| (rule.pattern.as_str(), rule.example.as_str()))
    }

    /// The time expressions of a text, in its order, and what is doubtful about them.
    #[must_use]
    pub fn read(&self, text: &str, published: Option<Date>) -> (Vec<TimeMention>, Vec<Warning>) {
        self.read_parsed(text, published, None, None)
    }

    /// The same with the help of tags, which tell tenses better than words alone, and of the outlet's habit: does it write "9/10"
    /// for 9 October?
    #[must_use]
    pub fn read_parsed(
        &self,
        text: &str,
        published: Option<Date>,
        parsed: Option<&Parsed>,
        habit: Option<bool>,
    ) -> (Vec<TimeMention>, Vec<Warning>) {
        let mut tokens = scan::scan(&self.words, text);
        if let Some(parsed) = parsed {
            scan::tag(&mut tokens, parsed);
        }
        let line = Line { words: &self.words, text, tokens: &tokens };
        let sightings = find::find(&self.rules, line);
        let mut context = Context {
            published,
            day_first: habit.or_else(|| day_first(line, &sightings)),
            history: is_history(&sightings, published),
            results: if is_results(line, &sightings) { Results::Quarter } else { Results::None },
            ..Context::default()
        };
        let mut times = Vec::with_capacity(sightings.len());
        let mut warnings = Vec::new();
        let mut read = 0;
        for (row, sighting) in sightings.iter().enumerate() {
            for (at, tok) in tokens.iter().enumerate().take(sighting.start + 1).skip(read + 1) {
                if tok.gap == scan::Gap::Paragraph {
                    context.day_here = None;
                }
                if tense::sentence_starts(line, at) {
                    context.last_here = false;
                    context.year_here = None;
                }
            }
            read = sighting.start;
            // "at 10:35 a.m. (0735 GMT) Friday": the day comes after the hour
            if sighting.meaning.core == Core::Bare && !context.last_here {
                context.day_ahead =
                    sightings[row + 1..].iter().take(3).find(|next| find::is_day(&next.meaning.core)).and_then(|next| {
                        let near = next.start < sighting.end + 15
                            && (sighting.end..=next.start).all(|at| !tense::sentence_starts(line, at));
                        let tense = tense::tense(line, next.core_start, next.core_end);
                        if near { context.resolve(&next.meaning, tense).day() } else { None }
                    });
            }
            let tense = tense::tense(line, sighting.core_start, sighting.core_end);
            let meaning = with_year_after(&tokens, sighting, sightings.get(row + 1));
            let mut found = context.resolve(&meaning, tense);
            if let Core::Calendar { year: Year::Known(year), part, .. } = sighting.meaning.core
                && !matches!(part, Part::Decade | Part::Century)
            {
                context.year_here = Some(year);
            }
            match (&found.point, found.value.as_str()) {
                _ if context.results == Results::None => {}
                (Some(calendar::Point::Quarter(..)), _) => context.results = Results::Quarter,
                (None, "P6M" | "P9M") => context.results = Results::Long,
                _ => {}
            }
            let leans = matches!(sighting.meaning.core, Core::YearAgo { .. } | Core::Offset { .. } | Core::QuarterOf { .. });
            // in a history, "today" is the writer's, not the story's
            let aside = context.history
                && matches!(sighting.meaning.core, Core::Shift { unit: Unit::Day, .. } | Core::Bare | Core::Weekday { .. });
            if !aside || found.why.contains("told") {
                context.tell(&found, leans);
            }
            if let Some(edge) = sighting.edge {
                shade::narrow(&mut found, edge);
            }
            let (Some(first), Some(last)) = (line.get(sighting.start), line.get(sighting.end - 1)) else { continue };
            let span = Span { start: first.start, end: last.end };
            if let Some(doubt) = found.doubt {
                warnings.push(Warning { code: "doubtful-date".into(), message: doubt, span: Some(span) });
            }
            times.push(TimeMention {
                span,
                kind: found.kind,
                value: found.value,
                edtf: found.edtf,
                interval: found.interval,
                why: found.why,
            });
        }
        (times, warnings)
    }
}

/// "between March and April 1918", "28 and 29 August 1918": a date without a year takes that of its neighbour.
fn with_year_after(tokens: &[scan::Tok], sighting: &Sighting, next: Option<&Sighting>) -> Meaning {
    let mut meaning = sighting.meaning.clone();
    let Some(next) = next else { return meaning };
    let joined = next.start >= sighting.end
        && next.start - sighting.end <= 1
        && tokens[sighting.end..=next.start].iter().all(|tok| tok.gap != scan::Gap::Paragraph);
    if joined
        && next.start > sighting.end
        && let Core::Calendar { year: year @ Year::Open, part, toward: meaning::Toward::Tense, .. } = &mut meaning.core
        && let Core::Calendar { year: known @ Year::Known(_), part: after, .. } = next.meaning.core
        && !matches!(after, Part::Whole | Part::Decade | Part::Century)
        && !matches!(part, Part::Holiday(_))
    {
        *year = known;
    }
    meaning
}

/// Words that code asks for by name.
const FUNCTION_WORDS: [&str; 12] =
    ["a", "an", "couple", "several", "few", "many", "dozens", "hundreds", "thousands", "ad", "bc", "oclock"];

/// Reads the text of the draft and adds its times and warnings.
pub fn times(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let published = draft.article.about.published.as_ref().map(|published| published.date);
    let habit = draft.article.about.url.as_deref().and_then(habit_of);
    let (times, mut warnings) = knowledge.time.read_parsed(&draft.article.text, published, Some(&draft.parsed), habit);
    let Analysis { times: into, warnings: all, .. } = &mut draft.analysis;
    if published.is_none() {
        all.push(Warning::new(
            "no-publication-date",
            "No publication date is known; words such as “Thursday” or “last month” cannot be placed in the calendar",
        ));
    }
    *into = times;
    all.append(&mut warnings);
}

/// The habit of the country an address ends with: nearly all but America and the Philippines write the day first. Addresses
/// without a country, and countries that write the year first, tell nothing.
fn habit_of(url: &str) -> Option<bool> {
    const MONTH_FIRST: [&str; 2] = ["us", "ph"];
    // these end the names of outlets everywhere
    const ANYWHERE: [&str; 8] = ["tv", "io", "ai", "co", "me", "eu", "fm", "ly"];
    const YEAR_FIRST: [&str; 9] = ["cn", "jp", "kr", "tw", "hu", "lt", "mn", "ir", "ca"];
    let host = url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    let end = host.rsplit('.').next()?;
    let country = end.len() == 2 && end.bytes().all(|byte| byte.is_ascii_lowercase());
    (country && !ANYWHERE.contains(&end) && !YEAR_FIRST.contains(&end)).then(|| !MONTH_FIRST.contains(&end))
}

/// What the article's own dates tell of its habit: "9 October", "25/12" against "October 9", "12/25".
fn day_first(line: Line<'_>, sightings: &[Sighting]) -> Option<bool> {
    let (mut day, mut month) = (0_u32, 0_u32);
    for sighting in sightings {
        if !matches!(sighting.meaning.core, Core::Calendar { part: Part::Day(..), .. }) {
            continue;
        }
        let tokens = &line.tokens[sighting.core_start..sighting.core_end.min(line.tokens.len())];
        let first = tokens.iter().find(|tok| tok.shape == scan::Shape::Number || tok.is(words::Class::Month));
        match first {
            Some(tok) if tok.is(words::Class::Month) => month += 1,
            Some(tok) if tok.shape == scan::Shape::Number && tok.number <= 31 => {
                let strokes = tokens.iter().any(|tok| tok.is_mark('/'));
                if strokes && tok.number <= 12 { month += 1 } else { day += 1 }
            }
            _ => {}
        }
    }
    (day != month).then_some(day > month)
}

/// Enough dates to judge by.
const FEW_DATES: usize = 8;

/// A text whose dates are mostly written with years long before its publication tells a history: there "in April" is the April
/// of the year told, not of this year. The share of one half was chosen on the four development corpora.
fn is_history(sightings: &[Sighting], published: Option<Date>) -> bool {
    let mut told = 0;
    let mut deictic = 0;
    for sighting in sightings {
        match &sighting.meaning.core {
            Core::Calendar { year: Year::Known(year), .. } => {
                let far = published.is_none_or(|date| i64::from(date.year()) != *year);
                told += usize::from(far);
                deictic += usize::from(!far);
            }
            Core::Weekday { .. } | Core::Shift { .. } => deictic += 1,
            _ => {}
        }
    }
    told >= FEW_DATES && told > 2 * deictic
}

/// A report of business results speaks of quarters and of money.
fn is_results(line: Line<'_>, sightings: &[Sighting]) -> bool {
    let quarters = sightings
        .iter()
        .filter(|sighting| matches!(sighting.meaning.core, Core::Calendar { part: Part::Quarter(_), .. } | Core::QuarterHere))
        .count();
    quarters > 0 && line.tokens.iter().any(|tok| tok.is(words::Class::Money))
}
