//! Expressions and trees → which expression dates an event, and what its preposition makes of it.

use jiff::civil::Date;

use super::book::Cue;
use super::{Dater, token_at};
use crate::lang::{Rel, Tense, Upos, Usage};
use crate::model::{Event, Interval, Precision, Span, Standing, TimeKind, TimeMention, When, date_of_day, day_number};

/// How an expression is tied to an event; the stronger wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// "arrived Monday and **met** them", "**spoke** at Monday's rally"
    Beside,
    /// "the **talks** began on Monday", "is due **to meet** Monday"
    Clause,
    /// "**met** on Monday", "Monday's **talks**"
    Own,
}

/// Words between a verb and what dates it: longer clauses are rare, and the work stays in proportion.
const CLAUSE: usize = 40;

/// Relations by which an expression only describes a noun: "his 1996 campaign".
const DESCRIBES: [Rel; 6] = [Rel::Compound, Rel::Nummod, Rel::Amod, Rel::NmodPoss, Rel::NmodUnmarked, Rel::Flat];

impl Dater<'_> {
    /// For each expression the verb that it belongs to where the tree has it elsewhere: the verb right before it, the clause
    /// before a late "police said", the nearest verb whose tense agrees with it.
    pub(super) fn owners(&self) -> Vec<Option<usize>> {
        (0..self.times.len()).map(|row| self.owner(row)).collect()
    }

    fn owner(&self, row: usize) -> Option<usize> {
        let time = &self.times[row];
        if let Some(verb) = self.verb_before(time.span) {
            return Some(verb);
        }
        let head = self.heads[row]?;
        let mut up = head;
        for _ in 0..12 {
            let here = up;
            up = self.parsed.head(here)?;
            if self.describes(here, up) {
                return None;
            }
            if self.is_predicate(up) {
                break;
            }
        }
        // "He was seized at 10 p.m. Wednesday, police said": Wednesday is of the seizing
        if head < up
            && self.book.is(self.parsed.lemma(up), Cue::Says)
            && (head + 1..up).take(CLAUSE).any(|at| self.word(at) == ",")
            && let Some(told) = self.clause_before(head)
        {
            return Some(told);
        }
        // "has sent a team to seek the expert kidnapped almost two years ago"
        let usage = self.usage(up);
        if up < head && self.disagrees(time, &usage, false) {
            return (up + 1..head).rev().take(CLAUSE).find(|at| {
                self.upos(*at) == Upos::Verb
                    && !matches!(self.rel(*at), Rel::Amod | Rel::Compound)
                    && !self.disagrees(time, &self.usage(*at), false)
            });
        }
        None
    }

    /// The verb that stands right before an expression, but for a preposition: "announced Friday that it will give …".
    fn verb_before(&self, span: Span) -> Option<usize> {
        let first = token_at(self.parsed, span.start)?;
        let sentence = self.parsed.tokens[first].sentence;
        let mut at = first.checked_sub(1)?;
        let bare = self.upos(at) != Upos::Adp;
        if !bare {
            at = at.checked_sub(1)?;
        }
        let token = &self.parsed.tokens[at];
        let verb = token.sentence == sentence && token.upos == Upos::Verb;
        let form = match token.penn() {
            "VBD" => true,
            "VBN" => !matches!(token.rel, Rel::Amod | Rel::Compound),
            _ => false,
        };
        (verb && form).then_some(at)
    }

    /// The tie between an expression and the trigger, if the tree gives one.
    fn tie(&self, head: usize, trigger: usize, predicate: usize) -> Option<Tie> {
        if head == trigger {
            return Some(Tie::Own);
        }
        let mut here = head;
        for _ in 0..12 {
            let up = self.parsed.head(here)?;
            if up == trigger {
                // "the man shot on Monday" hangs on shot; a clause of its own between the two is no tie
                return Some(Tie::Own);
            }
            if self.is_predicate(up) {
                return self.tie_by_clause(up, head, trigger, predicate);
            }
            // "his 1996 campaign" dates the campaign, and what is done in it
            if self.describes(here, up) {
                return self.is_within(up, trigger).then_some(Tie::Beside);
            }
            here = up;
        }
        None
    }

    /// Does an expression only tell which noun is meant? Behind a noun that is no event it belongs to the verb, whatever the tree
    /// says: "seized in the port Wednesday".
    fn describes(&self, at: usize, noun: usize) -> bool {
        // "Wednesday, police said": a comma parts what the tree has joined
        let parted = at < noun && (at + 1..noun).take(CLAUSE).any(|between| self.word(between) == ",");
        DESCRIBES.contains(&self.rel(at)) && !parted && (at < noun || self.triggers.contains_key(&noun))
    }

    /// The verb before an expression with neither a comma nor "and" between the two.
    fn clause_before(&self, head: usize) -> Option<usize> {
        let first = self.parsed.sentence_of(head).tokens().start;
        (first..head)
            .rev()
            .take(CLAUSE)
            .take_while(|at| self.word(*at) != "," && self.upos(*at) != Upos::Cconj)
            .find(|at| self.upos(*at) == Upos::Verb && !matches!(self.rel(*at), Rel::Amod | Rel::Compound))
    }

    /// "announced **in** Monday's meeting": an event told to happen in another one.
    fn is_within(&self, noun: usize, trigger: usize) -> bool {
        self.rel(noun) == Rel::Obl
            && self.parsed.head(noun) == Some(trigger)
            && self.triggers.contains_key(&noun)
            && matches!(self.parsed.preposition(noun).as_str(), "in" | "at" | "during")
    }

    fn tie_by_clause(&self, verb: usize, head: usize, trigger: usize, predicate: usize) -> Option<Tie> {
        let reports = self.is_report(verb);
        if verb == predicate {
            // a noun in the clause: "the talks began on Monday", but not "said in talks Monday" of what was said
            return (!reports || trigger == predicate).then_some(Tie::Clause);
        }
        // "is set to meet Monday": the tree may hang the day on either verb
        let chained = |low: usize, high: usize| {
            let mut here = low;
            for _ in 0..4 {
                if self.rel(here) != Rel::Xcomp {
                    return false;
                }
                let Some(up) = self.parsed.head(here) else { return false };
                if up == high {
                    return true;
                }
                here = up;
            }
            false
        };
        if chained(predicate, verb) || chained(verb, predicate) {
            return Some(Tie::Clause);
        }
        if reports {
            return None;
        }
        let free = self.parsed.child(predicate, Rel::Mark).is_none();
        let hangs = self.parsed.head(predicate) == Some(verb);
        // "On Monday he came and met them", "exploded on Monday, killing three"
        let fronted = self.rel(predicate) == Rel::Conj && head < verb;
        (hangs && (fronted || self.rel(predicate) == Rel::Advcl && free)).then_some(Tie::Beside)
    }

    /// "selected the northern city on 29 February": nothing but a nominal stands between the trigger and the expression, whatever
    /// the tree made of it.
    fn touching(&self, trigger: usize, head: usize) -> Option<Tie> {
        let nominal = |at: usize| {
            matches!(self.upos(at), Upos::Adp | Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
        };
        let marked = (1..=3).filter_map(|n| head.checked_sub(n)).any(|at| matches!(self.word(at), "on" | "in"));
        (trigger < head && head - trigger <= 8 && marked && (trigger + 1..head).all(nominal)).then_some(Tie::Beside)
    }

    /// "this year's conference", "Conference 2010": a year that only names something dates nothing.
    fn is_attribute(&self, head: usize, time: &TimeMention) -> bool {
        let Some(interval) = time.interval else { return false };
        let holds = self.published.is_some_and(|date| interval.from <= Some(date) && Some(date) <= interval.to);
        interval.precision >= Precision::Year && holds && DESCRIBES.contains(&self.rel(head))
    }

    /// A past verb with a day to come, a planned one with a day that is over, "has met" with a day gone by: the tree has hung
    /// the day too high.
    fn disagrees(&self, time: &TimeMention, usage: &Usage, planned: bool) -> bool {
        let (Some(published), Some(interval)) = (self.published, time.interval) else { return false };
        let past = usage.tense == Tense::Past && usage.modal.is_none() && !planned;
        let present_perfect = usage.perfect && usage.tense == Tense::Present && usage.modal.is_none();
        let ahead = interval.from.is_some_and(|from| from > published);
        // English has no present perfect of a definite past time (Quirk et al. 1985, § 4.23): "has met two years ago". News
        // has it of this week all the same.
        let long_over = interval.to.is_some_and(|to| day_number(published) - day_number(to) > 7)
            && token_at(self.parsed, time.span.start)
                .is_none_or(|first| !matches!(self.before(first).as_str(), "since" | "until" | "between" | "from" | "by"));
        (past || present_perfect) && ahead
            || present_perfect && long_over
            || usage.tense == Tense::Future && interval.to.is_some_and(|to| to < published)
    }

    fn before(&self, at: usize) -> String {
        at.checked_sub(1).map(|at| self.word(at).to_lowercase()).unwrap_or_default()
    }

    pub(super) fn is_report(&self, at: usize) -> bool {
        self.book.is(self.parsed.lemma(at), Cue::Says)
            && self.parsed.children(at).any(|child| matches!(self.rel(child), Rel::Ccomp | Rel::Parataxis))
    }

    pub(super) fn licensed(&self, trigger: usize, predicate: usize, usage: &Usage, event: &Event) -> Option<When> {
        let sentence = self.parsed.sentence_of(trigger).span;
        let first = self.times.partition_point(|time| time.span.start < sentence.start);
        let mut best: Option<(Tie, i64, usize)> = None;
        for (row, time) in self.times.iter().enumerate().skip(first) {
            if time.span.start >= sentence.end {
                break;
            }
            if matches!(time.kind, TimeKind::Duration | TimeKind::Set) || time.interval.is_none() && !time.value.ends_with("_REF")
            {
                continue;
            }
            let Some(head) = self.heads[row] else { continue };
            let tie = match self.owners[row] {
                Some(owner) if owner == trigger => Some(Tie::Own),
                Some(owner) => self.tie_by_clause(owner, head, trigger, predicate),
                None if self.is_attribute(head, time) => None,
                None => self.tie(head, trigger, predicate).or_else(|| self.touching(trigger, head)),
            };
            let Some(tie) = tie else { continue };
            if self.disagrees(time, usage, event.standing == Standing::Planned) {
                continue;
            }
            // "Gaza's future" is a topic and no time
            if time.value == "FUTURE_REF" && self.upos(head) == Upos::Noun && self.word(head).eq_ignore_ascii_case("future") {
                continue;
            }
            // "currently" and the like date nothing that has a date beside it
            let near = -(i64::from(time.span.start) - i64::from(event.trigger.start)).abs()
                - if time.value.ends_with("_REF") { 10_000 } else { 0 };
            if best.is_none_or(|(known, close, _)| (tie, near) > (known, close)) {
                best = Some((tie, near, row));
            }
        }
        let (_, _, row) = best?;
        self.placed(row, usage)
    }

    /// What is still to come and has no expression of its own is at the one day to come that its sentence tells: "is preparing to
    /// release a rival, the A350, in 2013".
    pub(super) fn to_come(&self, trigger: usize) -> Option<When> {
        let published = self.published?;
        let sentence = self.parsed.sentence_of(trigger).span;
        let first = self.times.partition_point(|time| time.span.start < sentence.start);
        let ahead = |row: &usize| self.times[*row].interval.is_some_and(|interval| interval.from > Some(published));
        let here = |row: &usize| self.times[*row].span.start < sentence.end;
        let mut rows = (first..self.times.len()).take_while(here).filter(ahead);
        let row = rows.next()?;
        let alone = rows.next().is_none() && self.times[row].span.start > self.parsed.tokens[trigger].span.start;
        let bare = self.owners[row].is_none()
            && self.heads[row].is_some_and(|head| {
                self.parsed
                    .ancestors(head)
                    .take(12)
                    .find(|up| self.is_predicate(*up) || self.triggers.contains_key(up))
                    .is_none_or(|up| {
                        matches!(self.rel(up), Rel::Xcomp | Rel::AclRelcl | Rel::Appos) || self.usage(up).tense == Tense::Future
                    })
            });
        let usage = Usage { tense: Tense::Future, ..Usage::default() };
        (alone && bare).then(|| self.placed(row, &usage)).flatten()
    }

    /// An event at an expression: the preposition makes it a point or a bound.
    fn placed(&self, row: usize, usage: &Usage) -> Option<When> {
        let time = &self.times[row];
        let words = time.span.of(self.text);
        let time_row = u32::try_from(row).ok();
        let when = |interval: Interval, why: String| Some(When { interval, time: time_row, why, ..When::default() });
        if time.value.ends_with("_REF") {
            let (from, to) = match time.value.as_str() {
                "PAST_REF" => (None, self.published),
                "FUTURE_REF" => (self.published, None),
                _ => return None,
            };
            let interval = Interval { from, to, precision: Precision::Unknown, clock: None, fuzzy: true };
            return when(interval, format!("“{words}”: only a bound"));
        }
        let interval = time.interval?;
        let head = self.heads[row]?;
        let preposition = self.preposition(head, time.span);
        if let Some((_, end)) = self.range_after(row) {
            let interval = Interval { fuzzy: interval.fuzzy, ..bound(interval.from, end) };
            return when(interval, format!("from “{words}” on, to the end told; {}", time.why));
        }
        let length = token_at(self.parsed, time.span.start)
            .and_then(|first| first.checked_sub(1))
            .filter(|_| matches!(preposition.as_str(), "before" | "after"))
            .and_then(|at| self.length_before(at));
        if let (Some((length, days)), Some(anchor)) = (length, interval.from) {
            let signed = if preposition == "before" { -days } else { days };
            let why =
                format!("“{} {preposition} {words}”, {days} days {preposition} {anchor}; {}", length.of(self.text), time.why);
            return when(shifted(&interval, signed), why);
        }
        let day_before = |date: Option<Date>| date.and_then(|date| date.yesterday().ok());
        let placed = match preposition.as_str() {
            "since" => bound(interval.from, self.published.max(interval.to)),
            "until" | "till" | "to" if self.is_moved(head) => interval,
            // "is not due until October", "will not meet until Monday": it is then
            "until" | "till" if usage.negated && (usage.tense == Tense::Future || interval.from > self.published) => interval,
            "by" if interval.precision >= Precision::Month => interval,
            "until" | "till" => bound(self.published.filter(|date| Some(*date) < interval.to), interval.to),
            "before" => bound(None, day_before(interval.from)),
            "after" => bound(interval.to, self.published.filter(|date| usage.tense == Tense::Past && Some(*date) >= interval.to)),
            "by" => bound(self.published.filter(|date| Some(*date) < interval.to), interval.to),
            _ => interval,
        };
        let said = if preposition.is_empty() { String::new() } else { format!("{preposition} ") };
        when(placed, format!("“{said}{words}”, {}", time.why))
    }

    /// A length of time right before a token: "**three days** after", with its days.
    pub(super) fn length_before(&self, at: usize) -> Option<(Span, i32)> {
        let start = self.parsed.tokens[at].span.start;
        let row = self.times.partition_point(|time| time.span.end <= start).checked_sub(1)?;
        let time = &self.times[row];
        let near = self.text.get(time.span.end as usize..start as usize)?.trim().is_empty();
        let count = time.value.strip_prefix('P')?;
        let unit = count.chars().next_back()?;
        let count: i32 = count.get(..count.len() - 1)?.parse().ok()?;
        let days = match unit {
            'D' => 1,
            'W' => 7,
            'M' => 30,
            'Y' => 365,
            _ => return None,
        };
        (time.kind == TimeKind::Duration && near).then(|| Some((time.span, count.checked_mul(days)?))).flatten()
    }

    /// "delayed until October", "moved to Friday": it is then.
    fn is_moved(&self, head: usize) -> bool {
        self.parsed.head(head).is_some_and(|verb| self.book.is(self.parsed.lemma(verb), Cue::Moves))
    }

    /// The word that leads the expression: "since", "until", "before".
    fn preposition(&self, head: usize, span: Span) -> String {
        let Some(first) = token_at(self.parsed, span.start) else { return String::new() };
        let leads = |at: usize| at < first && first - at <= 3 && matches!(self.upos(at), Upos::Adp | Upos::Sconj);
        let case = self.parsed.children(head).find(|child| matches!(self.rel(*child), Rel::Case | Rel::Mark) && leads(*child));
        let at = case.or_else(|| first.checked_sub(1).filter(|before| leads(*before)));
        // "said that Thursday's talks": a mark of the clause is none of the expression's
        let word = at.map(|at| self.word(at).to_lowercase()).unwrap_or_default();
        if word == "that" { String::new() } else { word }
    }

    /// "from Monday to Friday", "between 2014 and 2016": the last day told.
    fn range_after(&self, row: usize) -> Option<(usize, Option<Date>)> {
        let (here, next) = (self.times.get(row)?, self.times.get(row + 1)?);
        let between = self.text.get(here.span.end as usize..next.span.start as usize)?;
        let before = self.text.get(..here.span.start as usize)?.trim_end();
        let last_word = before.rsplit(|ch: char| !ch.is_alphabetic()).next().unwrap_or("");
        let joins = match between.trim() {
            "to" | "until" | "till" | "through" | "-" | "–" => true,
            "and" => last_word.eq_ignore_ascii_case("between"),
            _ => false,
        };
        let end = next.interval?.to;
        (joins && end > here.interval?.to).then_some((row + 1, end))
    }
}

/// Days between two ends of which one may be open; both ends are as vague as the words.
pub(super) fn bound(from: Option<Date>, to: Option<Date>) -> Interval {
    let to = match (from, to) {
        (Some(from), Some(to)) if from > to => Some(from),
        _ => to,
    };
    let precision = match (from, to) {
        (Some(from), Some(to)) if from == to => Precision::Day,
        (Some(_), Some(_)) => Precision::Range,
        _ => Precision::Unknown,
    };
    Interval { from, to, precision, clock: None, fuzzy: true }
}

/// An interval so many days away. Counted in weeks and more, its ends are vague.
pub(super) fn shifted(interval: &Interval, days: i32) -> Interval {
    let shift = |date: Option<Date>| date.map(|date| date_of_day(day_number(date).saturating_add(days)));
    Interval {
        from: shift(interval.from),
        to: shift(interval.to),
        clock: None,
        fuzzy: interval.fuzzy || days.abs() >= 7,
        ..*interval
    }
}
