//! Tense, standing and place in the story → when an event is that no expression dates.

use super::book::Cue;
use super::tie::bound;
use super::{Dater, Story, far};
use crate::lang::{Rel, Tense, Upos, Usage};
use crate::model::{Event, Interval, Standing, When};

impl Dater<'_> {
    /// Tense of a predicate; an infinitive or participle without its own takes that of the verb that plans or reports it.
    pub(super) fn usage(&self, at: usize) -> Usage {
        let own = self.parsed.usage(at);
        match self.parsed.head(at) {
            // "seemed to suggest", "was forced to resign": the one above tells the time of both
            Some(up) if self.is_implied(at) => Usage { negated: own.negated, ..self.parsed.usage(up) },
            _ => own,
        }
    }

    /// Does the verb above tell the time of this infinitive too?
    fn is_implied(&self, at: usize) -> bool {
        self.rel(at) == Rel::Xcomp
            && self.parsed.usage(at).infinitive
            && self.parsed.head(at).is_some_and(|up| self.book.is(self.parsed.lemma(up), Cue::Implies))
    }

    /// "left, **warning** them of a war": the participle goes with the finite verb above it.
    fn leading_verb(&self, predicate: usize) -> Option<usize> {
        let free = |at: usize| {
            self.parsed.tokens[at].penn() == "VBG"
                && matches!(self.rel(at), Rel::Advcl | Rel::Xcomp | Rel::Conj)
                && self.parsed.children(at).all(|child| !matches!(self.rel(child), Rel::Mark | Rel::Aux | Rel::AuxPass))
        };
        if !free(predicate) {
            return None;
        }
        let mut up = self.parsed.head(predicate)?;
        // what is said while doing goes with the doing: "pledged to stand firm, warning …"
        if self.book.is(self.parsed.lemma(predicate), Cue::Says) {
            while self.rel(up) == Rel::Xcomp
                && let Some(next) = self.parsed.head(up)
            {
                up = next;
            }
        }
        (self.usage(up).tense != Tense::None).then_some(up)
    }

    /// No expression: the tense and the standing tell where the event lies from the publication.
    pub(super) fn by_tense(&self, trigger: usize, predicate: usize, usage: &Usage, event: &Event, story: &Story) -> When {
        let Some(published) = self.published else {
            return When { why: "no expression in its clause, and the publication date is not known".into(), ..When::default() };
        };
        let told = |interval: Interval, why: String| When { interval, why, ..When::default() };
        let day = |why: &str| told(Interval::day(published), format!("{why} ← published {published}"));
        let upto = |why: &str| told(bound(None, Some(published)), format!("{why}: no later than published {published}"));
        let ahead = |why: &str| told(bound(Some(published), None), format!("{why}: no earlier than published {published}"));
        let noun = trigger != predicate || self.upos(trigger) == Upos::Noun;
        if noun {
            for child in self.parsed.children(trigger) {
                let word = self.word(child).to_lowercase();
                if self.book.is(&word, Cue::Past) {
                    return upto("told as past");
                }
                if self.book.is(&word, Cue::Ahead) {
                    return ahead("told as to come");
                }
            }
        }
        let leading = self.leading_verb(predicate);
        let usage = &leading.map_or_else(|| usage.clone(), |verb| self.usage(verb));
        let implied = trigger == predicate && (self.is_implied(predicate) || leading.is_some());
        if let Some(modal) = usage.modal
            && self.parsed.lemma(modal) == "can"
            && event.standing != Standing::Denied
        {
            return day("able to, by the report");
        }
        // "This move had been widely expected": what "the" names was spoken of before, and has happened
        let named = self.upos(trigger) == Upos::Noun && self.is_named(trigger);
        let subject = matches!(self.rel(trigger), Rel::Nsubj | Rel::NsubjPass);
        let pointed = named && subject && usage.tense == Tense::Past && usage.perfect && usage.modal.is_none();
        if usage.tense == Tense::Future
            || event.standing == Standing::Planned && !implied && !pointed
            || self.is_planned(predicate)
        {
            return self.to_come(trigger).unwrap_or_else(|| ahead("future or planned"));
        }
        if usage.modal.is_some() || event.standing == Standing::Hypothetical && !implied {
            return ahead("not said to have happened");
        }
        if usage.perfect && !pointed {
            // "has signed" is news of the day; "had signed" came before
            return if usage.tense == Tense::Present { day("present perfect") } else { upto("past perfect") };
        }
        if usage.infinitive {
            return ahead("infinitive");
        }
        if let Some((interval, _)) = story.day
            && usage.tense == Tense::Past
            && trigger == predicate
            && !self.is_report(trigger)
            && interval.to.is_some_and(|to| far(to, published) && to < published)
        {
            return told(bound(interval.from, Some(published)), "after the day that this paragraph has gone back to".into());
        }
        // "The announcement came …": the one that the article is about
        if let Some((interval, time)) = story.day.or(story.lead)
            && named
            && usage.tense == Tense::Past
            && interval.to.is_some_and(|to| to <= published && !far(to, published))
        {
            return When { interval, time: Some(time), why: "the day that the report tells of".into(), ..When::default() };
        }
        let says = self.book.is(self.parsed.lemma(trigger), Cue::Says);
        match usage.tense {
            Tense::Past if matches!(self.rel(predicate), Rel::AclRelcl | Rel::Acl) && !says => {
                upto("past tense in a side remark")
            }
            Tense::Past => day("past tense of a report"),
            Tense::Present => day("present tense"),
            _ => day("no tense of its own"),
        }
    }

    /// "the talks", "this move": spoken of before, or known to all.
    pub(super) fn is_named(&self, noun: usize) -> bool {
        self.parsed.child(noun, Rel::Det).is_some_and(|det| matches!(self.parsed.lemma(det), "the" | "this" | "that"))
    }

    /// "is due in court", "was scheduled": the verb itself is of now, what it is said of is to come.
    fn is_planned(&self, predicate: usize) -> bool {
        let up = (self.rel(predicate) == Rel::Xcomp).then(|| self.parsed.head(predicate)).flatten();
        let at = up.unwrap_or(predicate);
        let word = self.parsed.lemma(at);
        let adjective = self.upos(at) == Upos::Adj && self.parsed.child(at, Rel::Cop).is_some();
        let passive = self.parsed.tokens[at].penn() == "VBN" && self.parsed.is_passive(at);
        self.book.is(word, Cue::Planned) && (adjective || passive) && (up.is_some() || adjective)
    }
}
