//! "Before", "after", "as", "ahead of" → the order of two events of a sentence, kept, and used where one of them has no date.

use super::Dater;
use super::book::Cue;
use super::tie::{bound, shifted};
use crate::lang::{Rel, Upos};
use crate::model::{Event, How, Order, Precision, When};

/// One event told in order to another: rows in the analysis' events.
#[derive(Clone, Copy, Debug)]
struct Told {
    event: usize,
    than: usize,
    how: How,
    /// Days between, where a length is told: "three days after the vote".
    days: Option<i32>,
    /// Number of the sentence that tells it.
    sentence: u32,
}

impl Dater<'_> {
    /// Sets the order of events that clauses and prepositions tell, and bounds those without a date by those that have one.
    pub(super) fn order(&self, events: &[Event], whens: &mut [When]) {
        let told: Vec<Told> = (0..events.len()).flat_map(|row| self.told_orders(row, events)).collect();
        for order in &told {
            let (event, than) = (order.event, order.than);
            let push = |when: &mut When, than: usize, how: How| {
                when.order.push(Order { than: u32::try_from(than).unwrap_or(u32::MAX), how });
            };
            push(&mut whens[event], than, order.how);
            push(&mut whens[than], event, order.how.reversed());
            self.bound_by(order, whens);
        }
    }

    fn told_orders(&self, row: usize, events: &[Event]) -> Vec<Told> {
        let Some(at) = super::token_at(self.parsed, events[row].trigger.start) else { return Vec::new() };
        let mut out = Vec::new();
        for child in self.parsed.children(at) {
            let marks = match self.rel(child) {
                Rel::Advcl => self.parsed.children_by(child, &[Rel::Mark, Rel::Advmod]),
                Rel::Obl | Rel::Nmod => self.parsed.children_by(child, &[Rel::Case]),
                _ => continue,
            };
            let Some(than) = self.triggers.get(&child).copied().filter(|than| *than != row) else { continue };
            // "by the vote" is a bound, "by the attackers" is none
            let Some((mark, how)) = marks.into_iter().filter(|mark| *mark < child).find_map(|mark| Some((mark, self.how(mark)?)))
            else {
                continue;
            };
            let days = self.length_before(mark).map(|(_, days)| days);
            out.push(Told { event: row, than, how, days, sentence: self.parsed.tokens[at].sentence });
        }
        out
    }

    fn how(&self, mark: usize) -> Option<How> {
        if !matches!(self.upos(mark), Upos::Adp | Upos::Sconj | Upos::Adv | Upos::Verb) {
            return None;
        }
        let fixed = self.parsed.children(mark).filter(|part| self.rel(*part) == Rel::Fixed);
        let word = fixed.fold(self.word(mark).to_lowercase(), |all, part| format!("{all} {}", self.word(part).to_lowercase()));
        if self.book.is(&word, Cue::Later) {
            Some(How::After)
        } else if self.book.is(&word, Cue::Earlier) && word != "by" {
            Some(How::Before)
        } else if self.book.is(&word, Cue::With) {
            Some(How::With)
        } else {
            None
        }
    }

    fn bound_by(&self, order: &Told, whens: &mut [When]) {
        let (here, than) = (whens[order.event].clone(), whens[order.than].clone());
        match (here.time, than.time) {
            (None, Some(_)) => {
                if let Some(when) = self.placed_by(&here, &than, order, order.how) {
                    whens[order.event] = When { order: here.order, ..when };
                }
            }
            (Some(_), None) => {
                if let Some(when) = self.placed_by(&than, &here, order, order.how.reversed()) {
                    whens[order.than] = When { order: than.order, ..when };
                }
            }
            _ => {}
        }
    }

    /// An event without an expression, by its order to one that has one.
    fn placed_by(&self, event: &When, known: &When, order: &Told, how: How) -> Option<When> {
        let Told { days, sentence, .. } = *order;
        let days = days.filter(|_| how == order.how);
        let when = |interval, why: &str| {
            Some(When { interval, time: known.time, why: format!("{why}: {}", known.why), ..When::default() })
        };
        let (from, to) = (known.interval.from, known.interval.to);
        let single = from.is_some() && from == to;
        let sentence = self.parsed.sentences.get(sentence as usize).map(|sentence| sentence.span);
        let told_here = known
            .time
            .and_then(|row| self.times.get(row as usize))
            .zip(sentence)
            .is_some_and(|(time, sentence)| sentence.holds(time.span));
        if let (Some(days), How::After | How::Before) = (days, how) {
            let signed = if how == How::After { days } else { -days };
            return single.then(|| when(shifted(&known.interval, signed), "so long from another event")).flatten();
        }
        let now = &event.interval;
        let is_day = now.from.is_some() && now.from == now.to;
        match how {
            How::With if single && told_here && known.interval.precision <= Precision::Day && (is_day || now.from <= from) => {
                when(known.interval, "at the same time as another event")
            }
            How::After => {
                let first = from?;
                if is_day {
                    return (now.from < Some(first)).then(|| when(bound(Some(first), None), "after another event")).flatten();
                }
                (now.from < Some(first) && now.to.is_none_or(|to| to >= first))
                    .then(|| when(bound(Some(first), now.to), "after another event"))
                    .flatten()
            }
            How::Before => {
                let last = to?;
                if is_day {
                    return (now.to > Some(last)).then(|| when(bound(None, Some(last)), "before another event")).flatten();
                }
                let nearer = now.to.is_none_or(|to| to > last) && now.from.is_none_or(|from| from <= last);
                nearer.then(|| when(bound(now.from, Some(last)), "before another event")).flatten()
            }
            How::With => None,
        }
    }
}
