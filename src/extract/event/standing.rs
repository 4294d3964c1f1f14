//! Trigger → is it a fact: negation, tense, modal verbs, what governs it, conditions, and who vouches for it.
//!
//! After `FactBank`'s levels (Saurí & Pustejovsky 2009), kept to five: fact, under way, ahead, open, not.

use super::book::Cue;
use super::trigger::{Trigger, joined_lemma};
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{EventType, Standing};

const DEEPEST: usize = 12;

/// What the wording says about an event before it is asked who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reality {
    Fact,
    UnderWay,
    Ahead,
    Open,
    Not,
}

/// Who vouches for an event, nearest first, as tokens; and whether the wording alone marks it as a claim.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub chain: Vec<usize>,
    pub claimed: bool,
}

impl Reader<'_> {
    pub fn reality(&self, trigger: &Trigger<'_>) -> Reality {
        if trigger.is_verb { self.verb_reality(trigger.at, 0) } else { self.noun_reality(trigger.at, trigger.carrier, 0) }
    }

    /// The standing of an event from its reality and source.
    pub fn standing(&self, trigger: &Trigger<'_>, reality: Reality, source: &Source) -> Standing {
        match reality {
            Reality::Not => Standing::Denied,
            Reality::Ahead => Standing::Planned,
            Reality::Open => Standing::Hypothetical,
            _ if self.is_saying(trigger) => Standing::Stated,
            _ if source.claimed || !source.chain.is_empty() => Standing::Reported,
            Reality::UnderWay => Standing::Ongoing,
            Reality::Fact => Standing::Happened,
        }
    }

    /// "insists", "refuses to": the event is that somebody says so. "asked Erdogan to help" is done, not only said.
    fn is_saying(&self, trigger: &Trigger<'_>) -> bool {
        let tree = self.tree;
        if !trigger.is_verb {
            return trigger.frame.kind == EventType::Statement && tree.rel(trigger.at) == Rel::Root;
        }
        if self.book.is(&trigger.lemma, Cue::WholeAddressee) {
            let addressed = |c: usize| match tree.rel(c) {
                Rel::Obj | Rel::Iobj | Rel::NsubjPass => true,
                // "asked Erdogan to help", where the tree has Erdogan below "help"
                Rel::Xcomp | Rel::Ccomp => (trigger.at + 1..c).any(|t| tree.stands[t].actor.is_some()),
                _ => false,
            };
            return !tree.children(trigger.at).any(addressed) && trigger.frame.kind != EventType::Consult;
        }
        trigger.frame.kind == EventType::Statement || self.book.is(&trigger.lemma, Cue::States)
    }

    fn is_negated(&self, at: usize) -> bool {
        let tree = self.tree;
        tree.children(at).any(|child| match tree.rel(child) {
            Rel::Advmod | Rel::Aux | Rel::Det => {
                let word = tree.word(child).to_lowercase();
                matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "no" | "hardly" | "barely")
            }
            Rel::Nsubj | Rel::NsubjPass | Rel::Obj => {
                let none = matches!(tree.lemma(child), "nobody" | "nothing" | "none" | "no-one");
                none || tree.children(child).any(|c| tree.rel(c) == Rel::Det && tree.lemma(c) == "no")
            }
            Rel::Cc => tree.lemma(child) == "nor",
            Rel::Mark | Rel::Case => tree.lemma(child) == "without",
            _ => false,
        })
    }

    fn verb_reality(&self, at: usize, depth: usize) -> Reality {
        if depth > DEEPEST {
            return Reality::Fact;
        }
        let own = self.own_verb_reality(at, depth);
        if self.is_negated(at) {
            // "not expected to" negates what follows; a negated open clause stays open
            return if own == Reality::Open && !self.has_open_aux(at) { Reality::Open } else { Reality::Not };
        }
        own
    }

    fn has_open_aux(&self, at: usize) -> bool {
        self.tree.children(at).any(|c| self.tree.rel(c) == Rel::Aux && self.book.is(self.tree.lemma(c), Cue::OpenAux))
    }

    fn own_verb_reality(&self, at: usize, depth: usize) -> Reality {
        let tree = self.tree;
        let mut reality = Reality::Fact;
        let (mut bare, mut to) = (true, false);
        let past = tree.penn(at) == "VBD"
            || tree.children(at).any(|c| matches!(tree.rel(c), Rel::Aux | Rel::AuxPass | Rel::Cop) && tree.penn(c) == "VBD");
        for child in tree.children(at) {
            let word = tree.word(child).to_lowercase();
            match tree.rel(child) {
                Rel::Aux => {
                    bare = false;
                    if self.book.is(&word, Cue::FutureAux) {
                        reality = Reality::Ahead;
                    } else if word == "would" || word == "'d" || word == "’d" {
                        reality = if self.is_told(at) { Reality::Ahead } else { Reality::Open };
                    } else if self.book.is(&word, Cue::OpenAux) {
                        // "could have": still open
                        reality = Reality::Open;
                    } else if tree.lemma(child) == "be" && tree.lemma(child + 1) == "to" {
                        reality = Reality::Ahead;
                    } else if tree.lemma(child) == "be" && tree.penn(at) == "VBG" && reality == Reality::Fact {
                        reality = Reality::UnderWay;
                    }
                }
                Rel::Cop | Rel::AuxPass if tree.lemma(child) == "be" && tree.lemma(child + 1) == "to" => {
                    // "is to be delivered", "were to meet"
                    reality = Reality::Ahead;
                }
                Rel::AuxPass | Rel::Nsubj | Rel::NsubjPass => bare = false,
                Rel::Mark => {
                    if word == "to" {
                        to = true;
                    } else if self.book.is(&word, Cue::Condition)
                        && (!past || matches!(word.as_str(), "if" | "unless" | "whether"))
                    {
                        return Reality::Open;
                    }
                }
                Rel::Advmod if self.book.is(&word, Cue::Condition) && !past && word != "before" => return Reality::Open,
                _ => {}
            }
        }
        if reality == Reality::Ahead || reality == Reality::Open {
            return reality;
        }
        let Some(head) = tree.head(at) else { return reality };
        let governed = match tree.rel(at) {
            Rel::Xcomp => self.complement(head, at, to, depth),
            Rel::Ccomp if to => self.complement(head, at, to, depth),
            Rel::Ccomp => self.told_reality(head, at, depth),
            Rel::Advcl if to => {
                if self.book.is(tree.lemma(head), Cue::FactualComplement) {
                    self.any_reality(head, depth + 1)
                } else {
                    Reality::Ahead
                }
            }
            Rel::Advcl if bare => self.any_reality(head, depth + 1),
            Rel::Acl if to => self.noun_complement(head, depth),
            Rel::Acl if tree.case(at).is_some() => self.noun_complement(head, depth),
            Rel::Csubj | Rel::Obl if to => Reality::Open,
            Rel::Conj if bare || tree.penn(at) == "VB" => match self.any_reality(head, depth + 1) {
                Reality::Not => Reality::Fact,
                other => other,
            },
            Rel::Root | Rel::Parataxis if to => Reality::Ahead,
            _ => Reality::Fact,
        };
        if governed == Reality::Fact { reality } else { governed }
    }

    fn any_reality(&self, at: usize, depth: usize) -> Reality {
        match self.tree.upos(at) {
            Upos::Noun | Upos::Propn => {
                // a noun as predicate: "it would be an attack"
                if self.tree.children(at).any(|c| self.tree.rel(c) == Rel::Cop) {
                    self.verb_reality(at, depth)
                } else {
                    self.noun_reality(at, None, depth)
                }
            }
            _ => self.verb_reality(at, depth),
        }
    }

    /// What a governing verb or adjective says of its infinitive or participle.
    fn complement(&self, head: usize, at: usize, to: bool, depth: usize) -> Reality {
        let tree = self.tree;
        let (joined, _) = joined_lemma(tree, self.book, head);
        let is = |cue: Cue| self.book.is(&joined, cue) || self.book.is(tree.lemma(head), cue);
        let above = self.any_reality(head, depth + 1);
        if is(Cue::NegativeComplement) {
            return if above == Reality::Not { Reality::Fact } else { Reality::Not };
        }
        if above == Reality::Not {
            return Reality::Not;
        }
        // "protesters continue to block the road"
        if is(Cue::Going) && above == Reality::Fact && matches!(tree.penn(head), "VBP" | "VBZ") {
            return Reality::UnderWay;
        }
        if is(Cue::FactualComplement) {
            return above;
        }
        if is(Cue::PlannedComplement) {
            return Reality::Ahead;
        }
        if is(Cue::OpenComplement) {
            return Reality::Open;
        }
        let perfect = tree.children(at).any(|c| tree.rel(c) == Rel::Aux && tree.lemma(c) == "have");
        if !to || perfect {
            return above;
        }
        if tree.lemma(head) == "go" {
            Reality::Ahead
        } else if tree.upos(head) == Upos::Verb {
            Reality::Open
        } else {
            Reality::Ahead
        }
    }

    /// "hopes that", "denied that", "demands that": what a clause with its own subject is under.
    fn told_reality(&self, head: usize, at: usize, depth: usize) -> Reality {
        let tree = self.tree;
        let (joined, _) = joined_lemma(tree, self.book, head);
        let is = |cue: Cue| self.book.is(&joined, cue) || self.book.is(tree.lemma(head), cue);
        if is(Cue::NegativeComplement) {
            return Reality::Not;
        }
        let finite = matches!(tree.penn(at), "VBD" | "VBZ" | "VBP" | "VBN" | "VBG");
        if is(Cue::OpenComplement) && !(finite && self.tells(head)) {
            return Reality::Open;
        }
        match self.any_reality(head, depth + 1) {
            Reality::Open if !self.tells(head) => Reality::Open,
            _ => Reality::Fact,
        }
    }

    /// "plan to withdraw", "failure to agree".
    fn noun_complement(&self, noun: usize, depth: usize) -> Reality {
        let lemma = self.tree.lemma(noun);
        if self.book.is(lemma, Cue::NegativeNoun) {
            return Reality::Not;
        }
        if self.book.is(lemma, Cue::PlanNoun) {
            return match self.noun_reality(noun, None, depth + 1) {
                Reality::Not => Reality::Not,
                _ => Reality::Ahead,
            };
        }
        match self.noun_reality(noun, None, depth + 1) {
            Reality::Fact | Reality::UnderWay => Reality::Ahead,
            other => other,
        }
    }

    fn noun_reality(&self, at: usize, carrier: Option<usize>, depth: usize) -> Reality {
        let tree = self.tree;
        if depth > DEEPEST {
            return Reality::Fact;
        }
        let mut reality = Reality::Fact;
        for child in tree.children(at) {
            let lemma = tree.lemma(child);
            match tree.rel(child) {
                Rel::Det if lemma == "no" => return Reality::Not,
                Rel::Case if lemma == "without" => return Reality::Not,
                Rel::Amod | Rel::Advmod => {
                    let word = tree.word(child).to_lowercase();
                    let is = |cue: Cue| self.book.is(lemma, cue) || self.book.is(&word, cue);
                    // "the now-cancelled deal"
                    if ["cancelled", "canceled", "scrapped", "aborted", "abandoned"].iter().any(|end| word.ends_with(end)) {
                        return Reality::Not;
                    }
                    if is(Cue::Over) {
                        return Reality::Fact;
                    } else if is(Cue::Ahead) {
                        reality = Reality::Ahead;
                    } else if is(Cue::Open) {
                        reality = Reality::Open;
                    } else if is(Cue::UnderWay) {
                        reality = Reality::UnderWay;
                    }
                }
                _ => {}
            }
        }
        if reality != Reality::Fact {
            return reality;
        }
        let Some(head) = carrier.or_else(|| tree.head(at)) else { return reality };
        let rel = tree.rel(at);
        match tree.upos(head) {
            Upos::Verb => self.under_verb(at, head, carrier.is_some(), depth),
            Upos::Adj if matches!(rel, Rel::Obl | Rel::Nmod) => match tree.lemma(head) {
                "due" | "ready" | "set" => Reality::Ahead,
                _ => Reality::Fact,
            },
            Upos::Noun | Upos::Propn => match rel {
                Rel::Conj => self.noun_reality(head, None, depth + 1),
                Rel::Nmod => self.under_noun(at, head, depth),
                _ => Reality::Fact,
            },
            _ => Reality::Fact,
        }
    }

    fn under_verb(&self, at: usize, verb: usize, carried: bool, depth: usize) -> Reality {
        let tree = self.tree;
        let (joined, _) = joined_lemma(tree, self.book, verb);
        let is = |cue: Cue| self.book.is(&joined, cue) || self.book.is(tree.lemma(verb), cue);
        let above = self.verb_reality(verb, depth + 1);
        let rel = tree.rel(at);
        let raised = rel == Rel::NsubjPass && tree.child(verb, Rel::Xcomp).is_some();
        if raised {
            // "the session is expected to build on": it lies ahead, as what it is to do
            let ahead = is(Cue::PlannedComplement) || above == Reality::Ahead;
            return if ahead { Reality::Ahead } else { Reality::Fact };
        }
        let object = rel == Rel::Obj || rel == Rel::NsubjPass;
        let joined_object =
            rel == Rel::Obl && tree.case(at).is_some_and(|case| joined.ends_with(&format!("_{}", tree.lemma(case))));
        if carried {
            // "failed to end the war": the war is a fact
            if object && is(Cue::Ending) {
                return Reality::Fact;
            }
            if is(Cue::Going) && above == Reality::Fact {
                return Reality::UnderWay;
            }
            if object && is(Cue::Stopped) {
                return Reality::Not;
            }
            return above;
        }
        if object || joined_object {
            if is(Cue::Stopped) {
                return if above == Reality::Not { Reality::Fact } else { Reality::Not };
            }
            if is(Cue::OpenComplement) || is(Cue::Wanted) {
                return Reality::Open;
            }
            if is(Cue::PlannedComplement) && !matches!(tree.lemma(verb), "agree" | "propose" | "offer" | "announce" | "order") {
                return Reality::Ahead;
            }
            return match above {
                Reality::UnderWay => Reality::Fact,
                other => other,
            };
        }
        match (rel, above) {
            (Rel::Obl | Rel::Nsubj, Reality::Ahead) => Reality::Ahead,
            _ => Reality::Fact,
        }
    }

    fn under_noun(&self, at: usize, noun: usize, depth: usize) -> Reality {
        let tree = self.tree;
        let case = tree.case(at).map_or("", |case| tree.lemma(case));
        let lemma = tree.lemma(noun);
        if self.book.is(lemma, Cue::NegativeNoun) && matches!(case, "of" | "to") {
            return Reality::Not;
        }
        if self.book.is(lemma, Cue::PlanNoun) && matches!(case, "for" | "of" | "to") && lemma != "order" && lemma != "need" {
            return Reality::Open;
        }
        match self.noun_reality(noun, None, depth + 1) {
            Reality::Ahead => Reality::Ahead,
            Reality::Open => Reality::Open,
            _ => Reality::Fact,
        }
    }

    /// Does the clause stand under a verb of saying?
    fn is_told(&self, at: usize) -> bool {
        let tree = self.tree;
        let mut here = at;
        for _ in 0..DEEPEST {
            let Some(head) = tree.head(here) else { return false };
            if tree.rel(here) == Rel::Ccomp && self.tells(head) {
                return true;
            }
            here = head;
        }
        false
    }

    pub fn tells(&self, verb: usize) -> bool {
        let lemma = self.tree.lemma(verb);
        self.book.verb(lemma).is_some_and(|frame| frame.kind == EventType::Statement) || self.book.is(lemma, Cue::Reporting)
    }

    /// Who vouches for the event of a trigger.
    pub fn source(&self, trigger: &Trigger<'_>) -> Source {
        let (tree, at) = (self.tree, trigger.at);
        let mut source = Source::default();
        // "accused the army of bombing a market, killing 23": what is claimed of the bombing is of the killing
        let told = tree.head(at).filter(|_| trigger.is_verb).and_then(|head| self.told_before(head, at));
        let mut here = told.unwrap_or(at);
        for _ in 0..DEEPEST {
            // "the meeting reportedly aims": the aim is claimed, the meeting is not
            let own = trigger.is_verb || here == at || trigger.carrier == Some(here);
            for child in tree.children(here) {
                match tree.rel(child) {
                    Rel::Advmod | Rel::Amod if !own => {}
                    Rel::Advmod | Rel::Amod => source.claimed |= self.book.is(&tree.word(child).to_lowercase(), Cue::Claimed),
                    Rel::Obl | Rel::Nmod | Rel::Advcl => {
                        let according = tree.children(child).any(|c| tree.word(c).eq_ignore_ascii_case("according"));
                        if according && child != at {
                            source.chain.push(child);
                        }
                    }
                    Rel::Parataxis if tree.upos(child) == Upos::Verb && self.tells(child) => {
                        let before = source.chain.len();
                        source.chain.extend(self.subjects(child));
                        self.addressee(child, before, &mut source);
                    }
                    _ => {}
                }
            }
            let Some(head) = tree.head(here) else { break };
            let told = tree.rel(here) == Rel::Ccomp || (tree.rel(here) == Rel::Obj && tree.upos(here) == Upos::Verb);
            if told && tree.upos(head) == Upos::Verb && self.tells(head) {
                let before = source.chain.len();
                source.chain.extend(self.subjects(head));
                self.addressee(head, before, &mut source);
            }
            if let Some(accuser) = self.accuser(here, head) {
                source.claimed = true;
                source.chain.extend(self.subjects(accuser));
            }
            // "while Hamas refuses": a clause of its own beside what is told
            let aside = tree.rel(here) == Rel::Advcl
                && tree.child(here, Rel::Nsubj).is_some()
                && tree.children(here).any(|c| matches!(tree.lemma(c), "while" | "as" | "although" | "though" | "whereas"));
            if aside || tree.rel(here) == Rel::Parataxis {
                break;
            }
            here = head;
        }
        source
    }

    /// "accused the army of bombing a market": the verb that makes a claim of the clause at `here`.
    fn accuser(&self, here: usize, head: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.upos(here) != Upos::Verb {
            return None;
        }
        let marked = tree
            .children(here)
            .any(|c| matches!(tree.rel(c), Rel::Mark | Rel::Case) && matches!(tree.lemma(c), "of" | "for" | "over") && c < here);
        let verb = if tree.upos(head) == Upos::Verb { head } else { tree.head(head)? };
        let blames = self.book.verb(tree.lemma(verb)).is_some_and(|frame| frame.kind == EventType::Accuse);
        (marked && blames && tree.upos(verb) == Upos::Verb && !tree.is_passive(verb)).then_some(verb)
    }

    /// "told the Reuters news agency": the second link of the chain.
    fn addressee(&self, verb: usize, before: usize, source: &mut Source) {
        if source.chain.len() > before && matches!(self.tree.lemma(verb), "tell" | "inform" | "brief" | "speak") {
            source.chain.extend(self.tree.children(verb).filter(|&c| matches!(self.tree.rel(c), Rel::Obj | Rel::Iobj)));
        }
    }
}
