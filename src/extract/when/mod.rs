//! Draft with events → the same with each event dated: the day or days, the expression they rest on, and why.
//!
//! An expression dates an event only where the tree licenses it: it hangs on the trigger, on the trigger's own predicate, or
//! on the light or planning verb above it (`tie`). The expression nearest by distance is *worse* than none. Without one, a report
//! in the past or present tense tells of the day of publication; perfects are bounded by it from above, plans from below
//! (`lean`). Mentions of one event lend each other their dates (`lend`); "before", "after", "as" are kept and bound what has
//! none (`order`).
//!
//! # Limits
//! Order is read within a sentence, from clauses and prepositions; what two sentences in a row tell is not put in order.

mod book;
mod lean;
mod lend;
mod order;
mod tie;

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Draft, Knowledge};
use crate::lang::{Parsed, Rel, Tense, Upos};
use crate::model::{Event, Interval, Precision, Span, TimeMention, When};

pub use book::WhenBook;

/// What dates events in one article.
struct Dater<'a> {
    book: &'a WhenBook,
    text: &'a str,
    parsed: &'a Parsed,
    times: &'a [TimeMention],
    published: Option<Date>,
    /// For each expression the token it hangs by.
    heads: Vec<Option<usize>>,
    /// For each expression the verb that owns it whatever the tree says: "announced Friday that it will give …".
    owners: Vec<Option<usize>>,
    /// The events by the tokens that trigger them. Only asked, never gone through.
    triggers: HashMap<usize, usize>,
}

/// Dates every event of the draft.
pub fn when(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let mut whens: Vec<When> = Vec::with_capacity(draft.analysis.events.len());
    {
        let dater = Dater::new(&knowledge.dating, draft);
        let mut story = Story::default();
        for event in &draft.analysis.events {
            whens.push(dater.told(event, &mut story));
        }
        lend::lend(&draft.analysis, &mut whens);
        dater.recall(&draft.analysis.events, &mut whens);
        lend::headline(draft, &mut whens);
        dater.order(&draft.analysis.events, &mut whens);
    }
    for (event, when) in draft.analysis.events.iter_mut().zip(whens) {
        event.when = when;
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
    fn new(book: &'a WhenBook, draft: &'a Draft<'_>) -> Self {
        let parsed = &draft.parsed;
        let times = &draft.analysis.times;
        let heads = times.iter().map(|time| hangs_by(parsed, time.span)).collect();
        let events = draft.analysis.events.iter().enumerate();
        let triggers = events.filter_map(|(row, event)| Some((token_at(parsed, event.trigger.start)?, row))).collect();
        let mut dater = Self {
            book,
            text: &draft.article.text,
            parsed,
            times,
            published: draft.article.about.published.as_ref().map(|published| published.date),
            heads,
            owners: Vec::new(),
            triggers,
        };
        dater.owners = dater.owners();
        dater
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
}

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
