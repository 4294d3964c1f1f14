//! Event with its trigger and actors → how much it belongs on a foreign desk's timeline, and why.
//!
//! A sum of small reasons, read off twelve articles written for this project with the events that an editor would keep
//! (`tests/cases/story`); 0.5 is where an act between named actors stands. A desk wants eight to twenty events of an article.

use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{Actor, ActorKind, BlockKind, Event, EventType, PlaceRole, Standing};

/// What an event told of as a word of another one may reach: below what the desk shows.
const ECHO: f32 = 0.2;

impl Reader<'_> {
    /// Salience 0..=1 and the reasons that moved it, in words.
    pub fn salience(&self, event: &Event, trigger: &Trigger<'_>, actors: &[Actor], kinds: &[BlockKind]) -> (f32, String) {
        let mut sum = Sum::default();
        let weight = match event.kind {
            EventType::Disaster | EventType::Accident => trigger.frame.weight.max(0.75),
            _ => trigger.frame.weight,
        };
        sum.add(weight.mul_add(0.62, 0.03), "");
        let cast: Vec<&Actor> = event.actors.iter().filter_map(|part| actors.get(part.actor as usize)).collect();
        let named = cast
            .iter()
            .filter(|actor| matches!(actor.kind, ActorKind::Person | ActorKind::Organisation | ActorKind::Government))
            .count();
        let accident = matches!(event.kind, EventType::Disaster | EventType::Accident);
        match (named, cast.len()) {
            (0, 0) if !accident => sum.add(-0.1, "nobody named"),
            (0, _) => sum.add(0.06, ""),
            (1, _) => sum.add(0.1, "a named actor"),
            _ => sum.add(0.16, "named actors"),
        }
        if event.places.iter().any(|place| place.role == PlaceRole::Venue || place.role == PlaceRole::Destination) {
            sum.add(0.06, "a place");
        }
        let dated = self.has_time(trigger);
        if dated {
            sum.add(0.06, "a day");
        }
        if event.figures.iter().any(|figure| figure.kind != "people") {
            sum.add(0.09, "figures");
        }
        self.position(trigger, kinds, &mut sum);
        self.grammar(event, trigger, &mut sum);
        match event.standing {
            Standing::Hypothetical => sum.add(-0.3, "only supposed"),
            Standing::Denied => sum.add(-0.12, "denied"),
            Standing::Planned if !dated => sum.add(-0.04, ""),
            _ => {}
        }
        let most = if trigger.echoes.is_some() { ECHO } else { 1.0 };
        ((sum.value * trigger.certainty.sqrt()).clamp(0.0, most), sum.why)
    }

    /// Is a time told in the trigger's own clause?
    fn has_time(&self, trigger: &Trigger<'_>) -> bool {
        let tree = self.tree;
        let near = |at: usize| {
            tree.children(at).any(|c| {
                tree.stands[c].time
                    || !matches!(tree.rel(c), Rel::AclRelcl | Rel::Advcl | Rel::Ccomp | Rel::Conj)
                        && tree.children(c).any(|inner| tree.stands[inner].time)
            })
        };
        near(trigger.at) || trigger.carrier.is_some_and(near)
    }

    fn position(&self, trigger: &Trigger<'_>, kinds: &[BlockKind], sum: &mut Sum) {
        let block = self.tree.sentence(trigger.at).block as usize;
        match kinds.get(block) {
            // the story tells it again, with day and place
            Some(BlockKind::Headline) => sum.add(-0.14, "headline"),
            Some(BlockKind::Caption) => sum.add(-0.25, "caption"),
            _ => {
                let first = kinds.iter().position(|kind| *kind == BlockKind::Paragraph);
                if first == Some(block) {
                    sum.add(0.06, "first paragraph");
                }
            }
        }
    }

    fn grammar(&self, event: &Event, trigger: &Trigger<'_>, sum: &mut Sum) {
        let tree = self.tree;
        let at = trigger.at;
        let head = tree.head(at);
        let open = matches!(event.standing, Standing::Hypothetical | Standing::Denied | Standing::Planned);
        if trigger.is_verb {
            let to = tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
            match tree.rel(at) {
                Rel::Root | Rel::Parataxis => sum.add(0.06, "main clause"),
                Rel::Ccomp | Rel::Conj if !to => sum.add(0.05, ""),
                Rel::AclRelcl | Rel::Acl => sum.add(-0.07, "aside"),
                Rel::Amod => sum.add(-0.2, "aside"),
                _ => {}
            }
            // what is asked, refused or promised is told with the asking
            if let Some(act) = self.act_above(at, open) {
                sum.add(-0.2, &format!("told with “{}”", tree.word(act)));
            }
            if open && to && tree.rel(at) == Rel::Acl {
                sum.add(-0.12, "");
            }
            if event.kind == EventType::Statement
                && matches!(trigger.lemma.as_str(), "say" | "tell" | "add" | "note" | "ask" | "state")
            {
                // "he said" only carries what is said
                sum.add(-0.14, "");
            }
            // "is hit by thousands of quakes a year": what is always so
            let general = matches!(tree.penn(at), "VBZ" | "VBP")
                || tree.penn(at) == "VBN"
                    && tree.children(at).any(|c| tree.rel(c) == Rel::AuxPass && matches!(tree.penn(c), "VBZ" | "VBP"));
            let past = tree.children(at).any(|c| tree.rel(c) == Rel::Aux);
            if general && !past && event.standing == Standing::Happened {
                sum.add(-0.08, "always so");
            }
        } else {
            match trigger.carrier {
                Some(_) => sum.add(0.05, ""),
                None => sum.add(-0.06, "a noun in passing"),
            }
            // "called the protests a coup": the verb tells what is new
            if trigger.carrier.is_none()
                && head.is_some_and(|head| {
                    tree.upos(head) == Upos::Verb && matches!(tree.rel(at), Rel::Obj | Rel::NsubjPass | Rel::Nsubj)
                })
            {
                sum.add(-0.06, "");
            }
            if let Some(act) = self.act_above(at, open) {
                sum.add(-0.12, &format!("told with “{}”", tree.word(act)));
            }
            if trigger.carrier.is_none() && matches!(tree.rel(at), Rel::Conj | Rel::Appos) {
                sum.add(-0.04, "");
            }
        }
    }

    /// The verb of asking, refusing, warning … whose content the word is.
    fn act_above(&self, at: usize, open: bool) -> Option<usize> {
        let tree = self.tree;
        let mut here = at;
        for _ in 0..3 {
            let head = tree.head(here)?;
            if !matches!(tree.rel(here), Rel::Xcomp | Rel::Ccomp | Rel::Advcl | Rel::Acl | Rel::Obj) {
                return None;
            }
            let warns = matches!(tree.lemma(head), "warn" | "threaten" | "fear");
            if (open && self.is_act(head) || warns) && tree.upos(head) == Upos::Verb {
                return Some(head);
            }
            here = head;
        }
        None
    }

    /// Is the verb itself an act that the desk shows?
    fn is_act(&self, verb: usize) -> bool {
        let lemma = self.tree.lemma(verb);
        self.book.verb(lemma).is_some_and(|frame| {
            frame.weight >= 0.7
                && matches!(
                    frame.kind,
                    EventType::Request
                        | EventType::Agree
                        | EventType::Reject
                        | EventType::Threaten
                        | EventType::Support
                        | EventType::Aid
                        | EventType::Concede
                        | EventType::Mobilize
                        | EventType::Accuse
                )
        })
    }
}

#[derive(Default)]
struct Sum {
    value: f32,
    why: String,
}

impl Sum {
    fn add(&mut self, by: f32, why: &str) {
        self.value += by;
        if !why.is_empty() {
            if !self.why.is_empty() {
                self.why.push_str(", ");
            }
            self.why.push_str(if by > 0.0 { "+ " } else { "− " });
            self.why.push_str(why);
        }
    }
}
