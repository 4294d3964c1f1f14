//! Draft with events → the same with each event dated: the day or days, the expression they rest on, and why.
//!
//! An expression dates an event only where the tree licenses it: it hangs on the trigger, on the trigger's own predicate, or
//! on the light or planning verb above it. The expression nearest by distance is *worse* than none. Without one, a report in the past or
//! present tense tells of the day of publication; perfects are bounded by it from above, plans from below.
//!
//! # Limits
//! Order among events told without dates ("after the vote") gives bounds only where the other event has a date.

use jiff::civil::Date;

use super::{Draft, Knowledge};
use crate::lang::{Parsed, Rel, Tense, Upos, Usage};
use crate::model::{Analysis, Event, Interval, Precision, Span, Standing, TimeKind, TimeMention, When};

/// How an expression is tied to an event; the stronger wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// "arrived Monday and **met** them"
    Beside,
    /// "the **talks** began on Monday", "is due **to meet** Monday"
    Clause,
    /// "**met** on Monday", "Monday's **talks**"
    Own,
}

/// What dates events in one article.
struct Dater<'a> {
    text: &'a str,
    parsed: &'a Parsed,
    times: &'a [TimeMention],
    published: Option<Date>,
    /// For each expression the token it hangs by.
    heads: Vec<Option<usize>>,
    /// For each expression the finite verb right before it, which owns it: "announced Friday that it will give …".
    owners: Vec<Option<usize>>,
}

/// Dates every event of the draft.
pub fn when(_knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let mut whens: Vec<When> = Vec::with_capacity(draft.analysis.events.len());
    {
        let dater = Dater::new(draft);
        let mut story = Story::default();
        for event in &draft.analysis.events {
            whens.push(dater.told(event, &mut story));
        }
    }
    lend(&draft.analysis, &mut whens);
    headline(draft, &mut whens);
    for (event, when) in draft.analysis.events.iter_mut().zip(whens) {
        event.when = when;
    }
}

/// When one event happened, by its own sentence alone.
#[must_use]
pub fn date_event(draft: &Draft<'_>, event: &Event) -> When {
    Dater::new(draft).told(event, &mut Story::default())
}

/// Mentions of the same event share the date that one of them is told with.
fn lend(analysis: &Analysis, whens: &mut [When]) {
    for (row, event) in analysis.events.iter().enumerate() {
        if whens[row].time.is_some() {
            continue;
        }
        let dated = event.same_as.iter().map(|other| *other as usize).find(|other| {
            whens.get(*other).is_some_and(|when| {
                when.time.is_some() && when.interval.from.is_some() && when.interval.precision <= Precision::Day
            })
        });
        if let Some(other) = dated {
            let lent = &whens[other];
            whens[row] =
                When { interval: lent.interval, time: lent.time, why: format!("the same event is told elsewhere: {}", lent.why) };
        }
    }
}

/// A headline tells in the present tense what the lead tells with its day: "Boeing delivers last jet. On Tuesday Boeing delivered …".
fn headline(draft: &Draft<'_>, whens: &mut [When]) {
    let Some(published) = draft.article.about.published.as_ref().map(|published| published.date) else { return };
    let Some(head) = draft.article.blocks.first() else { return };
    let Some(lead) = draft
        .article
        .blocks
        .get(1..)
        .and_then(|rest| rest.iter().find(|block| block.kind == crate::model::BlockKind::Paragraph && block.span.len() > 60))
    else {
        return;
    };
    if draft.article.text[head.span.range()].ends_with('.') {
        return;
    }
    let sentence =
        draft.parsed.sentences.iter().find(|sentence| sentence.span.end > lead.span.start).map(|sentence| sentence.span);
    let Some(sentence) = sentence else { return };
    let told = draft.analysis.events.iter().zip(whens.iter()).find(|(event, when)| {
        sentence.holds(event.trigger)
            && when.time.is_some()
            && when.interval.precision <= Precision::Day
            && when.interval.from.is_some_and(|day| day <= published && !far(day, published))
    });
    let Some((_, told)) = told.map(|(event, when)| (event, when.clone())) else { return };
    for (event, when) in draft.analysis.events.iter().zip(whens.iter_mut()) {
        if head.span.holds(event.trigger) && when.time.is_none() && when.interval == Interval::day(published) {
            *when = When { why: format!("headline of the lead: {}", told.why), ..told.clone() };
        }
    }
}

/// Where the telling stands: a paragraph that has gone back to a day stays there.
#[derive(Debug, Default)]
struct Story {
    block: Option<u32>,
    /// The day last told in this paragraph by a main clause, with its expression.
    day: Option<(Interval, u32)>,
    /// The first day told in the article, with its expression: what its news is about.
    lead: Option<(Interval, u32)>,
}

impl<'a> Dater<'a> {
    fn new(draft: &'a Draft<'_>) -> Self {
        let parsed = &draft.parsed;
        let times = &draft.analysis.times;
        let heads = times.iter().map(|time| hangs_by(parsed, time.span)).collect();
        let owners = times.iter().map(|time| owner(parsed, time.span)).collect();
        Self {
            text: &draft.article.text,
            parsed,
            times,
            published: draft.article.about.published.as_ref().map(|published| published.date),
            heads,
            owners,
        }
    }

    fn word(&self, at: usize) -> &'a str {
        self.parsed.tokens[at].span.of(self.text)
    }

    fn rel(&self, at: usize) -> Rel {
        self.parsed.tokens[at].rel
    }

    fn upos(&self, at: usize) -> Upos {
        self.parsed.tokens[at].upos
    }

    fn told(&self, event: &Event, story: &mut Story) -> When {
        let Some(trigger) = token_at(self.parsed, event.trigger.start) else {
            return When { why: "not among the words read".into(), ..When::default() };
        };
        let block = self.parsed.sentence_of(trigger).block;
        if story.block != Some(block) {
            *story = Story { block: Some(block), day: None, lead: story.lead };
        }
        let predicate = self.predicate(trigger);
        let usage = self.usage(predicate);
        if let Some(when) = self.licensed(trigger, predicate, &usage, event) {
            if when.interval.precision <= Precision::Day
                && usage.tense == Tense::Past
                && let Some(time) = when.time
            {
                story.day = Some((when.interval, time));
                story.lead = story.lead.or(story.day);
            }
            return when;
        }
        self.by_tense(trigger, predicate, &usage, event, story)
    }

    /// The verb or other predicate whose clause the token stands in; itself for a verb.
    fn predicate(&self, at: usize) -> usize {
        let mut here = at;
        for _ in 0..12 {
            if self.is_predicate(here) {
                return here;
            }
            match self.parsed.head(here) {
                Some(up) => here = up,
                None => return here,
            }
        }
        here
    }

    fn is_predicate(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Verb | Upos::Aux)
            && !matches!(self.rel(at), Rel::Amod | Rel::Compound | Rel::Aux | Rel::Cop)
            || matches!(self.rel(at), Rel::Root | Rel::Ccomp | Rel::Advcl | Rel::AclRelcl | Rel::Parataxis | Rel::Xcomp)
    }

    /// Tense of a predicate; an infinitive or participle without its own takes that of the verb that plans or reports it.
    fn usage(&self, at: usize) -> Usage {
        // "seemed to suggest", "began to promote": the one above tells the time of both
        const IMPLIES: [&str; 14] = [
            "seem", "appear", "decline", "refuse", "manage", "fail", "begin", "start", "continue", "happen", "rush", "prove",
            "turn", "help",
        ];
        let own = self.parsed.usage(at);
        match self.parsed.head(at) {
            Some(up) if own.infinitive && self.rel(at) == Rel::Xcomp && IMPLIES.contains(&self.parsed.lemma(up)) => {
                self.parsed.usage(up)
            }
            _ => own,
        }
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
            // "his 1996 campaign" dates the campaign alone
            if matches!(self.rel(here), Rel::Compound | Rel::Nummod | Rel::Amod | Rel::NmodPoss | Rel::NmodUnmarked | Rel::Flat) {
                return None;
            }
            here = up;
        }
        None
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
        let between = trigger + 1..head;
        let nominal = |at: usize| {
            matches!(self.upos(at), Upos::Adp | Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
        };
        let marked = (1..=3).filter_map(|n| head.checked_sub(n)).any(|at| matches!(self.word(at), "on" | "in"));
        (trigger < head && head - trigger <= 8 && marked && between.clone().all(nominal)).then_some(Tie::Beside)
    }

    /// "this year's conference", "Conference 2010": a year that only names something dates nothing.
    fn is_attribute(&self, head: usize, time: &TimeMention) -> bool {
        let Some(interval) = time.interval else { return false };
        let holds = self.published.is_some_and(|date| interval.from <= Some(date) && Some(date) <= interval.to);
        interval.precision >= Precision::Year
            && holds
            && matches!(self.rel(head), Rel::Compound | Rel::Nummod | Rel::Amod | Rel::NmodPoss | Rel::NmodUnmarked | Rel::Flat)
    }

    /// A past verb with a day to come, or a planned one with a day that is over: the tree has hung the day too high.
    fn contradicts(&self, time: &TimeMention, usage: &Usage, event: &Event) -> bool {
        let (Some(published), Some(interval)) = (self.published, time.interval) else { return false };
        let past = usage.tense == Tense::Past && usage.modal.is_none() && event.standing != Standing::Planned;
        past && interval.from.is_some_and(|from| from > published)
            || usage.tense == Tense::Future && interval.to.is_some_and(|to| to < published)
    }

    fn is_report(&self, at: usize) -> bool {
        const REPORTS: [&str; 16] = [
            "say", "tell", "report", "announce", "add", "state", "note", "claim", "confirm", "explain", "argue", "insist",
            "warn", "suggest", "believe", "think",
        ];
        REPORTS.contains(&self.parsed.lemma(at))
            && self.parsed.children(at).any(|child| matches!(self.rel(child), Rel::Ccomp | Rel::Parataxis))
    }

    fn licensed(&self, trigger: usize, predicate: usize, usage: &Usage, event: &Event) -> Option<When> {
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
            if self.contradicts(time, usage, event) {
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

    /// An event at an expression: the preposition makes it a point or a bound.
    fn placed(&self, row: usize, usage: &Usage) -> Option<When> {
        let time = &self.times[row];
        let words = time.span.of(self.text);
        let time_row = u32::try_from(row).ok();
        let when = |interval: Interval, why: String| Some(When { interval, time: time_row, why });
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
        let bound = |from: Option<Date>, to: Option<Date>| {
            let (from, to) = match (from, to) {
                (Some(from), Some(to)) if from > to => (Some(from), Some(from)),
                other => other,
            };
            let precision = match (from, to) {
                (Some(from), Some(to)) if from == to => Precision::Day,
                (Some(_), Some(_)) => Precision::Range,
                _ => Precision::Unknown,
            };
            Interval { from, to, precision, clock: None, fuzzy: true }
        };
        if let Some((_, end)) = self.range_after(row) {
            let interval = Interval { fuzzy: interval.fuzzy, ..bound(interval.from, end) };
            return when(interval, format!("from “{words}” on, to the end told; {}", time.why));
        }
        let day_before = |date: Option<Date>| date.and_then(|date| date.yesterday().ok());
        let placed = match preposition.as_str() {
            "since" => bound(interval.from, self.published.max(interval.to)),
            "until" | "till" | "to" if self.is_moved(head) => interval,
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

    /// "delayed until October", "moved to Friday": it is then.
    fn is_moved(&self, head: usize) -> bool {
        self.parsed.head(head).is_some_and(|verb| {
            ["delay", "postpone", "move", "reschedule", "defer", "put", "push", "adjourn", "shift"]
                .contains(&self.parsed.lemma(verb))
        })
    }

    /// The word that leads the expression: "since", "until", "before".
    fn preposition(&self, head: usize, span: Span) -> String {
        let case = self
            .parsed
            .children(head)
            .filter(|child| matches!(self.rel(*child), Rel::Case | Rel::Mark))
            .find(|child| self.parsed.tokens[*child].span.start < span.start);
        let at = case.or_else(|| {
            let first = token_at(self.parsed, span.start)?;
            first.checked_sub(1).filter(|before| matches!(self.upos(*before), Upos::Adp | Upos::Sconj))
        });
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

    /// No expression: the tense and the standing tell where the event lies from the publication.
    fn by_tense(&self, trigger: usize, predicate: usize, usage: &Usage, event: &Event, story: &Story) -> When {
        let Some(published) = self.published else {
            return When { why: "no expression in its clause, and the publication date is not known".into(), ..When::default() };
        };
        let day =
            |why: &str| When { interval: Interval::day(published), time: None, why: format!("{why} ← published {published}") };
        let upto = |why: &str| When {
            interval: Interval { from: None, to: Some(published), precision: Precision::Unknown, clock: None, fuzzy: true },
            time: None,
            why: format!("{why}: no later than published {published}"),
        };
        let ahead = |why: &str| When {
            interval: Interval { from: Some(published), to: None, precision: Precision::Unknown, clock: None, fuzzy: true },
            time: None,
            why: format!("{why}: no earlier than published {published}"),
        };
        if trigger != predicate || self.upos(trigger) == Upos::Noun {
            for child in self.parsed.children(trigger) {
                match self.word(child).to_lowercase().as_str() {
                    "recent" | "previous" | "past" | "earlier" | "last" | "former" => return upto("told as past"),
                    "upcoming" | "planned" | "future" | "next" | "coming" | "possible" | "scheduled" | "proposed" => {
                        return ahead("told as to come");
                    }
                    _ => {}
                }
            }
        }
        if let Some(modal) = usage.modal
            && self.parsed.lemma(modal) == "can"
            && event.standing != Standing::Denied
        {
            return day("able to, by the report");
        }
        if usage.tense == Tense::Future || event.standing == Standing::Planned {
            return ahead("future or planned");
        }
        if usage.modal.is_some() || event.standing == Standing::Hypothetical {
            return ahead("not said to have happened");
        }
        if usage.perfect {
            // "has signed" is news of the day; "had signed" came before
            return if usage.tense == Tense::Present { day("present perfect") } else { upto("past perfect") };
        }
        if usage.infinitive {
            return ahead("infinitive");
        }
        if let Some((interval, time)) = story.day
            && usage.tense == Tense::Past
            && trigger == predicate
            && !self.is_report(trigger)
            && interval.to.is_some_and(|to| far(to, published))
        {
            return When { interval, time: Some(time), why: "the day this paragraph tells of".into() };
        }
        // "The announcement came …": the one that the article is about
        let named = self.upos(trigger) == Upos::Noun
            && self.parsed.child(trigger, Rel::Det).is_some_and(|det| matches!(self.parsed.lemma(det), "the" | "this" | "that"));
        if let Some((interval, time)) = story.day.or(story.lead)
            && named
            && usage.tense == Tense::Past
            && interval.to.is_some_and(|to| to <= published && !far(to, published))
        {
            return When { interval, time: Some(time), why: "the day that the report tells of".into() };
        }
        match usage.tense {
            Tense::Past
                if matches!(self.rel(predicate), Rel::AclRelcl | Rel::Acl) && !SAYS.contains(&self.parsed.lemma(trigger)) =>
            {
                upto("past tense in a side remark")
            }
            Tense::Past => day("past tense of a report"),
            Tense::Present => day("present tense"),
            _ => day("no tense of its own"),
        }
    }
}

/// Verbs whose clause is what somebody says, not what happens where they stand.
const SAYS: [&str; 16] = [
    "say", "tell", "report", "announce", "add", "state", "note", "claim", "confirm", "explain", "argue", "insist", "warn",
    "suggest", "believe", "think",
];

/// Days after which a paragraph that goes back is background and no longer this week's news.
const BACKGROUND: i32 = 10;

fn far(day: Date, published: Date) -> bool {
    (crate::model::day_number(published) - crate::model::day_number(day)).abs() > BACKGROUND
}

/// The token that holds a byte.
fn token_at(parsed: &Parsed, start: u32) -> Option<usize> {
    let at = parsed.tokens.partition_point(|token| token.span.end <= start);
    (at < parsed.tokens.len() && parsed.tokens[at].span.start <= start).then_some(at)
}

/// The finite past verb that stands right before an expression, but for a preposition.
fn owner(parsed: &Parsed, span: Span) -> Option<usize> {
    let first = token_at(parsed, span.start)?;
    let sentence = parsed.tokens[first].sentence;
    let mut at = first.checked_sub(1)?;
    if parsed.tokens[at].upos == Upos::Adp {
        at = at.checked_sub(1)?;
    }
    let token = &parsed.tokens[at];
    (token.sentence == sentence && token.penn() == "VBD" && token.upos == Upos::Verb).then_some(at)
}

/// The token of an expression whose head lies outside it.
fn hangs_by(parsed: &Parsed, span: Span) -> Option<usize> {
    let first = token_at(parsed, span.start)?;
    let inside = |at: usize| parsed.tokens.get(at).is_some_and(|token| token.span.start < span.end);
    let mut at = first;
    let mut found = None;
    while inside(at) {
        let out = parsed.head(at).is_none_or(|head| head < first || !inside(head));
        // punctuation and prepositions at the edge are not what it hangs by
        if out && !matches!(parsed.tokens[at].rel, Rel::Punct | Rel::Case) {
            found = Some(at);
        }
        at += 1;
    }
    found.or(Some(first))
}
