//! Events of one article → dates lent between mentions of the same event, and from the lead to the headline.

use std::collections::BTreeMap;

use super::book::Cue;
use super::{Dater, Draft, far};
use crate::lang::{Rel, Upos};
use crate::model::{Analysis, BlockKind, Event, Interval, Precision, When};

/// Mentions of the same event share the date that one of them is told with; of two dates, the exacter within the other.
pub(super) fn lend(analysis: &Analysis, whens: &mut [When]) {
    for (row, event) in analysis.events.iter().enumerate() {
        let own = whens[row].time.is_some();
        let dated = event.same_as.iter().map(|other| *other as usize).find(|other| {
            whens.get(*other).is_some_and(|when| {
                when.time.is_some()
                    && when.interval.from.is_some()
                    && when.interval.precision <= Precision::Day
                    && (!own || within(&when.interval, &whens[row].interval) && when.interval != whens[row].interval)
            })
        });
        if let Some(other) = dated {
            let lent = &whens[other];
            whens[row] = When {
                interval: lent.interval,
                time: lent.time,
                why: format!("the same event is told elsewhere: {}", lent.why),
                ..When::default()
            };
        }
    }
}

/// A headline tells in the present tense what the lead tells with its day: "Boeing delivers last jet. On Tuesday Boeing delivered …".
pub(super) fn headline(draft: &Draft<'_>, whens: &mut [When]) {
    let Some(published) = draft.article.about.published.as_ref().map(|published| published.date) else { return };
    let Some(head) = draft.article.blocks.first() else { return };
    let Some(lead) = draft
        .article
        .blocks
        .get(1..)
        .and_then(|rest| rest.iter().find(|block| block.kind == BlockKind::Paragraph && block.span.len() > 60))
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

fn within(inner: &Interval, outer: &Interval) -> bool {
    inner.from >= outer.from && inner.to.is_some() && outer.to.is_none_or(|to| inner.to <= Some(to))
}

impl Dater<'_> {
    /// "the invasion", "when he was kidnapped" take for granted what was told before: with its date, if all mentions that
    /// have one agree.
    pub(super) fn recall(&self, events: &[Event], whens: &mut [When]) {
        let roots: Vec<Option<&str>> = events.iter().map(|event| self.root(event)).collect();
        let mut dated: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (row, root) in roots.iter().enumerate() {
            let Some(root) = root else { continue };
            let when = &whens[row];
            if when.time.is_none()
                || when.interval.from.is_none()
                || when.interval.to.is_none()
                || when.interval.precision > Precision::Year
            {
                continue;
            }
            dated
                .entry(root)
                .and_modify(|known| {
                    *known = known.and_then(|other| {
                        let (a, b) = (&whens[row].interval, &whens[other].interval);
                        if within(b, a) { Some(other) } else { within(a, b).then_some(row) }
                    });
                })
                .or_insert(Some(row));
        }
        for (row, event) in events.iter().enumerate() {
            let Some(Some(other)) = roots[row].and_then(|root| dated.get(root)) else { continue };
            let other = *other;
            if whens[row].time.is_some() || other == row || !self.takes_for_granted(event) {
                continue;
            }
            let verb =
                |event: &Event| super::token_at(self.parsed, event.trigger.start).is_some_and(|at| self.upos(at) == Upos::Verb);
            let shares = event.actors.iter().any(|actor| events[other].actors.iter().any(|known| known.actor == actor.actor));
            if verb(event) && verb(&events[other]) && !shares {
                continue;
            }
            let lent = whens[other].clone();
            whens[row] = When { why: format!("told before with its date: {}", lent.why), order: Vec::new(), ..lent };
        }
    }

    fn root(&self, event: &Event) -> Option<&str> {
        let at = super::token_at(self.parsed, event.trigger.start)?;
        let lemma = self.parsed.lemma(at);
        let root = self.book.root(lemma);
        let common = [Cue::Common, Cue::Says, Cue::Implies, Cue::Planned].iter().any(|cue| self.book.is(root, *cue));
        (!common).then_some(root)
    }

    /// A definite noun, or a verb in a clause that only says which or when.
    fn takes_for_granted(&self, event: &Event) -> bool {
        let Some(at) = super::token_at(self.parsed, event.trigger.start) else { return false };
        if self.upos(at) == Upos::Noun {
            let owned = self.parsed.children(at).any(|child| matches!(self.rel(child), Rel::NmodPoss | Rel::Compound));
            return self.is_named(at) || owned && self.parsed.tokens[at].penn() == "NN";
        }
        let usage = self.usage(at);
        let past = usage.tense == crate::lang::Tense::Past && usage.modal.is_none();
        let clause = match self.rel(at) {
            Rel::AclRelcl => true,
            Rel::Acl => return self.parsed.tokens[at].penn() == "VBN",
            Rel::Advcl => {
                let marks = self.parsed.children_by(at, &[Rel::Mark, Rel::Advmod]);
                marks.iter().any(|mark| {
                    let word = self.word(*mark).to_lowercase();
                    [Cue::Later, Cue::Earlier, Cue::With].iter().any(|cue| self.book.is(&word, *cue))
                })
            }
            _ => false,
        };
        clause && past
    }
}
