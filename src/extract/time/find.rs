//! Tokens → sightings: the expressions with their extents and meanings, not yet placed in the calendar.

use super::figure::Line;
use super::join::join;
use super::meaning::{Core, DayPart, Meaning, Part, Toward, Year, meaning};
use super::rules::{Hit, Rules, Slot};
use super::scan::{Gap, Shape, Tok, Verb};
use super::shade::Edge;
use super::tense::sentence_starts;
use super::words::Class;
use crate::model::TimeKind;

/// An expression in the text: tokens `start..end`; `core_start..core_end` without modifiers around it.
#[derive(Clone, Debug)]
pub struct Sighting {
    pub start: usize,
    pub end: usize,
    pub core_start: usize,
    pub core_end: usize,
    pub meaning: Meaning,
    pub edge: Option<Edge>,
}

/// All expressions of a text in order, not overlapping. One pass; the work at each place is bounded by the automaton.
pub fn find(rules: &Rules, line: Line<'_>) -> Vec<Sighting> {
    let mut sightings: Vec<Sighting> = Vec::new();
    let mut hits = Vec::new();
    let mut at = 0;
    let mut taken = 0;
    while at < line.tokens.len() {
        rules.at(line, at, &mut hits);
        // an age is none, and hides the length in it
        if let Some(age) = hits.iter().find(|hit| rules.rows[usize::from(hit.rule)].meaning == "age") {
            at = age.end;
            continue;
        }
        let after_day =
            taken == at && sightings.last().is_some_and(|last| is_day(&last.meaning.core) && last.meaning.part.is_none());
        let Some(mut best) = choose(rules, line, &hits, taken, after_day) else {
            at += 1;
            continue;
        };
        // found by the word before it: a longer one may begin at its own first word
        if best.0 > at {
            rules.at(line, best.0, &mut hits);
            if let Some(other) = choose(rules, line, &hits, taken, false).filter(|other| other.1 > best.1) {
                best = other;
            }
        }
        let (start, end, found) = best;
        if let Some(split) = day_range(line, start, end, &found) {
            let (first, second) = split;
            taken = second.end;
            at = second.end;
            sightings.push(first);
            sightings.push(second);
            continue;
        }
        let found = as_rate(line, start, end, found);
        let mut sighting = Sighting { start, end, core_start: start, core_end: end, meaning: found, edge: None };
        widen(line, &mut sighting, taken);
        taken = sighting.end;
        at = sighting.end;
        join(line, &mut sightings, sighting);
    }
    sightings
}

/// "6-16 January 1916", "Nov. 9-11": two days with one month between them.
fn day_range(line: Line<'_>, start: usize, end: usize, found: &Meaning) -> Option<(Sighting, Sighting)> {
    let Core::Range { year, month, days, split } = found.core else { return None };
    let whole = |at: usize, end: usize, day: u8| Sighting {
        start: at,
        end,
        core_start: start,
        core_end: line.tokens.len().min(end.max(split + 2)),
        meaning: Meaning::plain(Core::Calendar {
            year: year.map_or(Year::Open, Year::Known),
            part: Part::Day(month, day),
            weekday: None,
            toward: Toward::Tense,
        }),
        edge: None,
    };
    (start < split && split + 1 < end).then(|| (whole(start, split, days.0), whole(split + 1, end, days.1)))
}

/// The longest match that holds: its first token, one past its last, its meaning.
fn choose(rules: &Rules, line: Line<'_>, hits: &[Hit], taken: usize, after_day: bool) -> Option<(usize, usize, Meaning)> {
    hits.iter().filter(|hit| hit.start >= taken).find_map(|hit| {
        let rule = &rules.rows[usize::from(hit.rule)];
        let found = meaning(rule, hit, line)?;
        // "Friday morning"
        let joined = after_day && rule.meaning == "barepart";
        if joined || holds(line, rule.meaning.as_str(), hit, &found) { Some((hit.start, hit.end, found)) } else { None }
    })
}

fn before(line: Line<'_>, at: usize) -> Option<&Tok> {
    if line.get(at)?.gap == Gap::Paragraph { None } else { line.get(at.checked_sub(1)?) }
}

pub(super) fn says_any(line: Line<'_>, tok: Option<&Tok>, words: &[&str]) -> bool {
    tok.is_some_and(|tok| words.iter().any(|word| line.says(tok, word)))
}

/// Does a match stand where such a word is a time? Names, scores, sums and ages are none.
fn holds(line: Line<'_>, rule: &str, hit: &Hit, found: &Meaning) -> bool {
    let first = &line.tokens[hit.start];
    let last = &line.tokens[hit.end - 1];
    let previous = before(line, hit.start);
    let next = line.near(hit.end);
    let single = hit.end == hit.start + 1;
    // names of programmes: "60 Minutes", “This Week”
    let quoted = previous.is_some_and(|tok| ['"', '“', '\'', '`'].iter().any(|mark| tok.is_mark(*mark)));
    if last.capital && quoted && matches!(rule, "dur" | "unit") {
        return false;
    }
    match rule {
        "year" => year_holds(line, hit, previous, next),
        "date" | "month" if single => month_holds(line, hit.start, previous, next),
        "date" => {
            // "May 1 percent", "March 3-2"
            !says_any(line, next, &["percent", "%"])
        }
        "weekday" if single => {
            (first.len() > 4 || line.str(first).ends_with('.')) && !(names_on(line, next) && names_on(line, previous))
        }
        "season" if single => !says_any(line, next, &["of", "to", "from", "back", "in", "into"]),
        "season" if line.says(last, "fall") => {
            previous.is_some_and(|tok| tok.is(Class::Prep) || tok.is(Class::Edge))
                && !says_any(line, next, &["of", "in", "to", "from"])
                || hit.end - hit.start > 2
                || says_any(line, Some(first), &["last", "this", "next"])
        }
        "dur" | "onedur" | "halfdur" => length_holds(line, hit, previous, next),
        "vaguedur" if line.says(first, "quarters") => false,
        "vaguedur" if single => {
            says_any(
                line,
                previous,
                &["for", "in", "within", "after", "of", "over", "by", "took", "take", "lasted", "spent", "spend"],
            ) || says_any(line, next, &["of", "before", "after", "until", "from"])
        }
        "peror" => {
            line.says(first, "per")
                || previous.is_some_and(|tok| {
                    tok.shape == Shape::Number || tok.is(Class::Measure) || line.says(tok, "times") || line.says(tok, "%")
                })
        }
        "dom" => {
            // "the 9th" is a day where no noun follows that it counts
            let counted = next.is_some_and(|tok| {
                tok.shape == Shape::Word && tok.classes == 0 && line.plain(tok) && tok.gap != Gap::Paragraph || tok.is_mark('-')
            });
            let figures =
                hit.filled.iter().any(|filled| filled.slot == Slot::Day && line.tokens[filled.token].shape == Shape::Number);
            let ordinal = line.tokens[hit.end - 1].shape == Shape::Word;
            let weekday = hit.filled.iter().any(|filled| filled.slot == Slot::Class(Class::Weekday));
            let noun = counted && !figures;
            weekday && !noun
                || figures && ordinal && !counted && says_any(line, previous, &["on", "of", "by", "until", "since", "and"])
        }
        "rate" => !(first.capital && next.is_some_and(|tok| tok.capital)),
        "quarter" => {
            !matches!(found.core, Core::Calendar { part: Part::Quarter(_), .. })
                || !says_any(line, next, &["century", "of"])
                || hit.filled.len() > 1
        }
        "half" => hit.end - hit.start > 3 || hit.filled.iter().any(|filled| filled.slot == Slot::Year),
        "thequarter" => line.says(last, "quarter") || says_any(line, line.get(hit.start + 1), &["latest"]),
        "barepart" => {
            says_any(line, previous, &["in", "by", "before", "until", "at", "of", "that", "one", "all"])
                && !says_any(line, previous, &["of", "all"])
                && !last.capital
        }
        "samepart" => !last.capital,
        "set" if single => false,
        "same" if hit.end - hit.start == 2 && line.says(first, "the") => {
            says_any(line, previous, &["of", "in", "for", "during", "on"])
                && !says_any(line, next, &["of", "when", "that", "after", "before", "he", "she", "they", "it"])
        }
        "theunit" => !says_any(line, next, &["of", "when", "that", "ahead", "after", "ended", "ending"]),
        "yearended" => says_any(line, next, &["ended", "ending"]),
        // "three days after the vote" is a length and an event, "three days after 9 May" a day
        "ago" if line.says(last, "after") => next.is_some_and(|tok| is_date(line, hit.end, tok)),
        "ago" | "next" if line.says(last, "before") || line.says(last, "after") => {
            // "ten days before the vote" is a length and an event; "the day before Easter" is a day
            !next.is_some_and(|tok| tok.shape == Shape::Word && !tok.is(Class::Boundary) && !is_date(line, hit.end, tok))
        }
        "vaguedur"
            if line.says(last, "hours")
                && (says_any(line, line.get(hit.start + 1), &["early", "first"]) || line.says(first, "early")) =>
        {
            false
        }
        "decade" if says_any(line, previous, &["his", "her", "their", "my", "your"]) => false,
        "decade" => last.shape == Shape::Word || hit.end - hit.start > 1,
        "ref" => reference_holds(line, hit, previous, next),
        "unit" => !matches!(found.core, Core::Shift { n, .. } if n != 0) || !says_any(line, next, &["of"]),
        // "Easter Island", "holi" in a word list
        "holiday" => (!names_on(line, next) || !single) && line.tokens[hit.start..hit.end].iter().any(|tok| tok.capital),
        "numeric" if matches!(found.core, Core::Slashed { year: Year::Open, .. }) => {
            !next.is_some_and(|tok| tok.shape == Shape::Word && says_any(line, Some(tok), &["of", "cases", "voters", "people"]))
        }
        _ => true,
    }
}

/// Does a date begin here: a weekday, a month, a holiday, "9 May"?
fn is_date(line: Line<'_>, at: usize, tok: &Tok) -> bool {
    tok.is(Class::Weekday)
        || tok.is(Class::Month)
        || tok.capital && line.words.is_festive(tok.word)
        || tok.shape == Shape::Number && line.near(at + 1).is_some_and(|next| next.is(Class::Month))
        || says_any(line, Some(tok), &["last", "yesterday", "tomorrow"])
}

/// A capitalised word that no rule knows: likely a name.
fn names_on(line: Line<'_>, tok: Option<&Tok>) -> bool {
    tok.is_some_and(|tok| tok.shape == Shape::Word && tok.capital && line.plain(tok))
}

fn year_holds(line: Line<'_>, hit: &Hit, previous: Option<&Tok>, next: Option<&Tok>) -> bool {
    let tok = &line.tokens[hit.end - 1];
    let bare = hit.end == hit.start + 1;
    if !bare {
        // "'98", "44 BC", "the year 1950", "nineteen ninety-six"
        return true;
    }
    if tok.gap == Gap::None
        && previous.is_some_and(|tok| {
            tok.shape != Shape::Mark
                || ['$', '£', '€', '¥', '#', '.', ',', ':', '+', '/', '@', '*'].iter().any(|mark| tok.is_mark(*mark))
        })
    {
        return false;
    }
    if next.is_some_and(|tok| {
        tok.is_mark('%') || tok.is(Class::Unit) || tok.is(Class::Measure) || tok.is(Class::Zone) && tok.capital
    }) || says_any(
        line,
        next,
        &["people", "men", "troops", "soldiers", "miles", "meters", "metres", "hours", "feet", "acres", "km", "kg"],
    ) {
        return false;
    }
    let near = (1900..=2050).contains(&tok.number);
    let led = previous
        .is_some_and(|tok| tok.is(Class::Prep) || tok.is(Class::Month) || tok.is(Class::Season) || tok.is(Class::Edge))
        || says_any(
            line,
            previous,
            &["and", "or", "since", "year", "years", "late", "early", "mid", "fiscal", "than", "circa", "c.", "through"],
        )
        || previous.is_some_and(|tok| tok.is_mark('(') || tok.is_mark('-') && tok.gap == Gap::None);
    if near {
        let plural = next.is_some_and(|tok| {
            tok.gap == Gap::Space && tok.shape == Shape::Word && line.plain(tok) && !tok.capital && line.str(tok).ends_with('s')
        });
        return led || !plural;
    }
    let old = (1000..=1899).contains(&tok.number);
    let word = next.filter(|tok| tok.gap == Gap::Space && tok.shape == Shape::Word && !tok.capital && line.plain(tok));
    // "in 1776 delayed", but not "of 1500 horsemen"
    let counted = word.is_some_and(|tok| {
        let verb = !matches!(tok.verb, Verb::No | Verb::Unknown) || line.str(tok).ends_with("ed");
        !verb
            && (line.str(tok).ends_with('s')
                || line.str(tok).ends_with("men")
                || !says_any(line, previous, &["in", "since", "the", "as", "late", "early"]))
    });
    let range = next.is_some_and(|tok| tok.is_mark('-') && tok.gap == Gap::None)
        && line.glued(hit.end + 1).is_some_and(|tok| tok.shape == Shape::Number && matches!(tok.len(), 2 | 4));
    let heads = word.is_none() && previous.is_some_and(|tok| tok.is_mark(',')) && tok.number >= 1400;
    let ends_range = previous.is_some_and(|tok| tok.is_mark('-') && tok.gap == Gap::None)
        && hit.start.checked_sub(2).and_then(|at| line.get(at)).is_some_and(|tok| tok.shape == Shape::Number && tok.len() == 4);
    old && (led && !counted || range || heads || ends_range)
}

fn month_holds(line: Line<'_>, at: usize, previous: Option<&Tok>, next: Option<&Tok>) -> bool {
    let tok = &line.tokens[at];
    let led = previous.is_some_and(|tok| {
        tok.is(Class::Prep) || tok.is(Class::Edge) || tok.is(Class::Month) || tok.is_mark('-') || tok.is_mark(',')
    }) || says_any(line, previous, &["and", "or", "last", "next", "this", "than", "the", "'s", "every", "each", "as"]);
    let month = line.words.value(tok.word, Class::Month);
    let word = line.str(tok);
    // May, March, and the names of people that are months
    let shaky = matches!(month, Some(3 | 5))
        || ["April", "June", "August", "Jan", "Mar", "Dec", "Sep"].contains(&word.trim_end_matches('.'));
    if !tok.capital && matches!(month, Some(3 | 5)) {
        return false;
    }
    if word.len() <= 4 && word != "May" && word != "June" && word != "July" && !word.ends_with('.') && !led {
        return false;
    }
    if shaky {
        return led && (!names_on(line, next) || previous.is_some_and(|tok| tok.is(Class::Prep)));
    }
    led || !names_on(line, previous) || sentence_starts(line, at.saturating_sub(1))
}

fn length_holds(line: Line<'_>, hit: &Hit, previous: Option<&Tok>, next: Option<&Tok>) -> bool {
    let first = &line.tokens[hit.start];
    let last = &line.tokens[hit.end - 1];
    let article = line.says(first, "a") || line.says(first, "an");
    let unit = line.words.value(last.word, Class::Unit);
    if article && hit.end == hit.start + 2 && matches!(unit, Some(1 | 7)) {
        return false;
    }
    // "the second in as many days"
    if line.says(first, "many") && says_any(line, previous, &["as", "how", "so"]) {
        return false;
    }
    // "three quarters of the men"
    if unit == Some(7) && says_any(line, next, &["of", "to"]) {
        return false;
    }
    // $3 day rates, 5.5 minutes into a score: sums are none
    if first.gap == Gap::None && previous.is_some_and(|tok| tok.is_mark('$') || tok.is_mark('.') || tok.is_mark('€')) {
        return false;
    }
    true
}

fn reference_holds(line: Line<'_>, hit: &Hit, previous: Option<&Tok>, next: Option<&Tok>) -> bool {
    let first = &line.tokens[hit.start];
    let single = hit.end == hit.start + 1;
    if single {
        if line.says(first, "soon") {
            return !says_any(line, previous, &["as", "too", "how"]) && !says_any(line, next, &["as", "after"]);
        }
        if line.says(first, "current") || line.says(first, "recent") {
            return !next.is_some_and(|tok| tok.is(Class::Unit));
        }
        // "future payments" is no time
        if line.says(first, "future") {
            return !next.is_some_and(|tok| tok.shape == Shape::Word && tok.classes == 0 && line.plain(tok));
        }
        if line.says(first, "now") {
            return !says_any(line, next, &["that", ","]) || !sentence_starts(line, hit.start);
        }
    }
    if line.says(first, "the") && says_any(line, line.get(hit.end - 1), &["present", "past"]) {
        return !next.is_some_and(|tok| tok.shape == Shape::Word && !tok.is(Class::Boundary) && !tok.is(Class::Prep));
    }
    true
}

/// "$5 a year": a length after a sum or a count is a rate.
fn as_rate(line: Line<'_>, start: usize, end: usize, found: Meaning) -> Meaning {
    let Core::Fixed(TimeKind::Duration, value) = &found.core else { return found };
    let first = &line.tokens[start];
    if end != start + 2 || !(line.says(first, "a") || line.says(first, "an")) {
        return found;
    }
    let rated = (1..=3).filter_map(|n| start.checked_sub(n)).take_while(|at| line.tokens[*at].gap != Gap::Paragraph).any(|at| {
        let tok = &line.tokens[at];
        let close = at + 1 == start;
        close
            && (tok.shape == Shape::Number
                || tok.is(Class::Number)
                || ["%", "percent", "million", "billion", "times", "once", "twice", "cents", "dollars", "pounds", "euros"]
                    .iter()
                    .any(|word| line.says(tok, word)))
            || !close && ['$', '£', '€', '%'].iter().any(|mark| tok.is_mark(*mark))
    });
    if rated { Meaning::plain(Core::Fixed(TimeKind::Set, value.clone())) } else { found }
}

/// Takes in the words before that belong to the expression: "late", "the end of", "nearly", "more than".
fn widen(line: Line<'_>, sighting: &mut Sighting, taken: usize) {
    let kind = kind_of(&sighting.meaning);
    loop {
        let start = sighting.start;
        if start <= taken || line.get(start).is_none_or(|tok| tok.gap == Gap::Paragraph) {
            return;
        }
        let word = |n: usize| {
            start
                .checked_sub(n)
                .filter(|at| *at >= taken && (n == 1 || line.tokens[at + 1].gap != Gap::Paragraph))
                .and_then(|at| line.get(at))
        };
        let says = |n: usize, words: &[&str]| says_any(line, word(n), words);
        let mut grown = 0;
        let mut edge = None;
        match kind {
            TimeKind::Date | TimeKind::Time if !is_reference(&sighting.meaning) => {
                if says(1, &["early", "earlier"]) {
                    (grown, edge) = (1, Some(Edge::Early));
                } else if says(1, &["late", "later"]) {
                    (grown, edge) = (1, Some(Edge::Late));
                } else if says(1, &["mid", "middle"]) {
                    (grown, edge) = (1, Some(Edge::Mid));
                } else if says(1, &["-"]) && says(2, &["mid", "early", "late"]) {
                    edge = Some(if says(2, &["mid"]) {
                        Edge::Mid
                    } else if says(2, &["early"]) {
                        Edge::Early
                    } else {
                        Edge::Late
                    });
                    grown = 2;
                } else if says(1, &["of"])
                    && says(
                        2,
                        &[
                            "end",
                            "beginning",
                            "start",
                            "middle",
                            "close",
                            "rest",
                            "part",
                            "remainder",
                            "eve",
                            "half",
                            "days",
                            "months",
                            "weeks",
                            "years",
                        ],
                    )
                {
                    edge = if says(2, &["beginning", "start"]) {
                        Some(Edge::Early)
                    } else if says(2, &["end", "close"]) {
                        Some(Edge::Late)
                    } else if says(2, &["middle"]) {
                        Some(Edge::Mid)
                    } else {
                        None
                    };
                    if edge.is_some() || says(2, &["rest", "remainder"]) {
                        grown = 2 + usize::from(says(3, &["the"]));
                    } else if says(2, &["part"])
                        && says(3, &["latter", "early", "late", "later", "good", "better", "first", "last"])
                    {
                        grown = 3 + usize::from(says(4, &["the", "a"]));
                    }
                } else if says(1, &["in"]) && says(2, &["early", "late", "earlier", "later"]) && starts_with_the(line, sighting) {
                    edge = Some(if says(2, &["early", "earlier"]) { Edge::Early } else { Edge::Late });
                    grown = 2;
                } else if (says(1, &["the"])
                    && sighting.start < sighting.core_start
                    && !says(2, &["of"])
                    && line.get(start).is_some_and(|tok| says_any(line, Some(tok), &["early", "late", "mid", "latter"])))
                    || says(1, &["around"]) && matches!(sighting.meaning.part, Some(DayPart::Clock(_)))
                {
                    grown = 1;
                } else if matches!(sighting.meaning.core, Core::Offset { .. }) {
                    grown = about(line, &says);
                }
            }
            TimeKind::Duration if counted(line, sighting.start) => grown = about(line, &says),
            _ => {}
        }
        if grown == 0 {
            return;
        }
        sighting.start -= grown;
        if sighting.edge.is_none() {
            sighting.edge = edge;
        }
        if kind == TimeKind::Duration {
            return;
        }
    }
}

fn starts_with_the(line: Line<'_>, sighting: &Sighting) -> bool {
    line.get(sighting.start).is_some_and(|tok| line.says(tok, "the") || tok.shape == Shape::Number)
        || matches!(sighting.meaning.core, Core::Calendar { part: Part::Season(_) | Part::Whole, .. })
}

/// Does it begin with an amount?
fn counted(line: Line<'_>, start: usize) -> bool {
    line.amount(start).is_some() || line.get(start).is_some_and(|tok| line.says(tok, "half"))
}

/// Words before an amount that belong to it.
fn about(_line: Line<'_>, says: &dyn Fn(usize, &[&str]) -> bool) -> usize {
    if says(1, &["about", "nearly", "almost", "roughly", "approximately", "over", "under", "some", "around"]) {
        return 1;
    }
    if says(1, &["only", "just"]) && !says(0, &["a"]) {
        return 1;
    }
    if says(1, &["than"]) && says(2, &["more", "less", "fewer", "longer"]) {
        return if says(3, &["no"]) { 3 } else { 2 };
    }
    if says(1, &["least", "most"]) && says(2, &["at"]) {
        return 2;
    }
    if says(1, &["to"]) && (says(2, &["up"]) || says(2, &["close"])) {
        return 2;
    }
    0
}

pub fn kind_of(meaning: &Meaning) -> TimeKind {
    match (&meaning.core, meaning.part) {
        (Core::Fixed(kind, _), _) => *kind,
        (Core::Past { .. }, _) => TimeKind::Duration,
        (_, Some(_)) => TimeKind::Time,
        _ => TimeKind::Date,
    }
}

fn is_reference(meaning: &Meaning) -> bool {
    matches!(meaning.core, Core::Fixed(..))
}

/// Is it a day, or may it become one?
pub fn is_day(core: &Core) -> bool {
    match core {
        Core::Calendar { part, .. } => matches!(part, Part::Day(..) | Part::Holiday(_)),
        Core::Weekday { .. } | Core::WeekdayOf { .. } | Core::DayOfMonth { .. } | Core::Slashed { .. } | Core::Counted { .. } => {
            true
        }
        Core::Shift { unit, .. } | Core::Same { unit } | Core::FromContext { unit, .. } | Core::Beside { unit, .. } => {
            *unit == super::calendar::Unit::Day
        }
        _ => false,
    }
}
