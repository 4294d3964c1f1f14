//! Verb → its subjects, by the tree: shared by conjuncts, of relative clauses, lost behind a teller.

use super::book::Cue;
use super::trigger::joined_lemma;
use super::who::{DEEPEST, Reader};
use crate::lang::{Rel, Upos};
use crate::model::EventType;

impl Reader<'_> {
    /// Does a verb of saying follow the nominal at once, behind a comma: ", Ukrainian officials said"?
    fn is_teller(&self, noun: usize) -> bool {
        let tree = self.tree;
        let range = tree.sentence(noun).tokens();
        let nominal =
            |at: usize| matches!(tree.upos(at), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Pron | Upos::Num);
        let end = (noun..range.end).find(|&at| !nominal(at)).unwrap_or(range.end);
        let start = (range.start..noun).rev().take_while(|&at| nominal(at)).last().unwrap_or(noun);
        let comma = start > range.start && matches!(tree.word(start - 1), "," | "”" | "\"" | "''");
        let verb = (end..range.end.min(end + 3)).find(|&at| tree.upos(at) == Upos::Verb);
        comma && verb.is_some_and(|verb| self.tells(verb) && (end..verb).all(|at| matches!(tree.upos(at), Upos::Aux | Upos::Adv)))
    }

    /// The noun phrase that ends right before a verb and its helpers: "a drone attack on the port" before "killed".
    fn noun_before(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let first = tree.sentence(verb).tokens().start;
        let mut at = verb;
        while at > first && matches!(tree.upos(at - 1), Upos::Aux | Upos::Adv | Upos::Part) {
            at -= 1;
        }
        let mut noun = at.checked_sub(1).filter(|&noun| noun >= first && matches!(tree.upos(noun), Upos::Noun | Upos::Propn))?;
        for _ in 0..DEEPEST {
            match tree.head(noun) {
                Some(head) if head < noun && matches!(tree.upos(head), Upos::Noun | Upos::Propn) => noun = head,
                _ => break,
            }
        }
        tree.case(noun).is_none().then_some(noun)
    }

    /// The verb whose clause a phrase behind it stands in.
    fn verb_above(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        let mut here = noun;
        for _ in 0..4 {
            let head = tree.head(here)?;
            if tree.upos(head) == Upos::Verb {
                return (head < here && matches!(tree.rel(here), Rel::Obl | Rel::Obj)).then_some(head);
            }
            here = head;
        }
        None
    }

    /// A finite clause told by a verb, with a noun between the two: its subject is one that the tree lost.
    fn lost_subject(&self, head: usize, at: usize) -> bool {
        let tree = self.tree;
        let to = tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
        let finite = tree.has_aux(at) || matches!(tree.penn(at), "VBD" | "VBZ" | "VBP");
        !to && finite && head < at && (head + 1..at).any(|t| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron))
    }

    /// Does a noun stand right before the verb and its helpers?
    fn follows_noun(&self, verb: usize) -> bool {
        let tree = self.tree;
        let first = tree.sentence(verb).tokens().start;
        let mut at = verb;
        let mut helped = false;
        while at > first && matches!(tree.upos(at - 1), Upos::Aux | Upos::Adv | Upos::Part) {
            at -= 1;
            helped |= tree.upos(at) == Upos::Aux;
        }
        helped && at > first && matches!(tree.upos(at - 1), Upos::Noun | Upos::Propn) && !tree.stands[at - 1].time
    }

    /// The verb nearest before a trailing participle within what `teller` says or accuses of.
    pub fn told_before(&self, teller: usize, participle: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.penn(participle) != "VBG" || participle < teller || !self.book.is(tree.lemma(participle), Cue::Harm) {
            return None;
        }
        let kind = self.book.verb(tree.lemma(teller)).map(|frame| frame.kind);
        if !matches!(kind, Some(EventType::Accuse | EventType::Statement)) {
            return None;
        }
        (teller + 1..participle).rev().find(|&at| tree.upos(at) == Upos::Verb)
    }

    pub fn is_relative(&self, token: usize) -> bool {
        matches!(self.tree.upos(token), Upos::Pron | Upos::Sconj | Upos::Det)
            && matches!(self.tree.penn(token), "WP" | "WDT" | "WP$" | "IN")
            && matches!(self.tree.lemma(token), "who" | "which" | "that" | "whom")
    }

    /// What a relative pronoun stands for.
    pub fn antecedent(&self, token: usize) -> Option<usize> {
        let mut verb = self.tree.head(token)?;
        for _ in 0..DEEPEST {
            if self.tree.rel(verb) == Rel::AclRelcl {
                return self.tree.head(verb);
            }
            let Some(above) = self.tree.head(verb) else { break };
            verb = above;
        }
        // a tree that lost the clause's place: ", X Y, who had been expelled"
        let before = token.checked_sub(1).filter(|&at| self.tree.word(at) == ",").and_then(|at| at.checked_sub(1))?;
        let same = self.tree.token(before).sentence == self.tree.token(token).sentence;
        (same && self.tree.stands[before].actor.is_some()).then_some(before)
    }

    /// The words that are the subject of a predicate, also where another clause gives it.
    pub fn subjects(&self, at: usize) -> Vec<usize> {
        self.subjects_within(at, 0)
    }

    fn subjects_within(&self, at: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let own: Vec<usize> =
            tree.children(at).filter(|&c| matches!(tree.rel(c), Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter)).collect();
        // ", officials said": who tells at the end did not do what is told
        let told = |&c: &usize| c > at && self.is_teller(c);
        if own.iter().any(told) {
            let mut doers: Vec<usize> = own.into_iter().filter(|c| !told(c)).collect();
            if doers.is_empty() {
                doers.extend(self.noun_before(at));
            }
            return doers;
        }
        if !own.is_empty() || depth > DEEPEST {
            return own;
        }
        let Some(head) = tree.head(at) else { return own };
        // a teller behind the clause lends it no subject
        if head > at && (tree.upos(head) == Upos::Verb && self.tells(head) || self.is_teller(head)) {
            return self.noun_before(at).into_iter().collect();
        }
        match tree.rel(at) {
            Rel::Conj => {
                // "…, where fighting between A and B has killed": a noun right before the verb leaves no room for the first subject
                if (tree.upos(head) == Upos::Verb || tree.upos(head) == Upos::Adj) && !self.follows_noun(at) {
                    return self.subjects_within(head, depth + 1);
                }
                own
            }
            // "said that the team had been merged": who says it is not merged, though the tree lost the team
            Rel::Ccomp if self.lost_subject(head, at) => own,
            Rel::Xcomp | Rel::Ccomp => {
                let object = tree.children(head).find(|&c| {
                    matches!(tree.rel(c), Rel::Obj | Rel::Iobj) && tree.token(c).span.start < tree.token(at).span.start
                });
                let (lemma, _) = joined_lemma(tree, self.book, head);
                let moved = self.book.is(&lemma, Cue::ObjectControl) || self.book.is(tree.lemma(head), Cue::ObjectControl);
                if let Some(object) = object.filter(|_| moved || !self.book.is(&lemma, Cue::SubjectControl)) {
                    return vec![object];
                }
                if moved {
                    // "called on Israel to stop"
                    let called = tree.children(head).find(|&c| {
                        tree.rel(c) == Rel::Obl
                            && tree.case(c).is_some_and(|case| matches!(tree.lemma(case), "on" | "upon" | "to" | "for"))
                    });
                    if let Some(called) = called.filter(|_| !tree.is_passive(head)) {
                        return vec![called];
                    }
                }
                // "dispatched his envoy A to join", where the tree hangs "join" on A
                if tree.stands[head].actor.is_some() && tree.upos(head) != Upos::Verb {
                    return vec![head];
                }
                self.subjects_within(head, depth + 1)
            }
            // a noun right before the verb and its helper is the subject that the tree lost
            Rel::Advcl if self.follows_noun(at) => own,
            Rel::Advcl if tree.upos(head) == Upos::Verb || tree.upos(head) == Upos::Adj => {
                // object control also where the parser took the complement for a purpose: "dispatched his envoy to join"
                let to = tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
                if to
                    && self.book.is(tree.lemma(head), Cue::ObjectControl)
                    && let Some(object) = tree.child(head, Rel::Obj).filter(|&o| o < at)
                {
                    return vec![object];
                }
                // "quoted the minister as saying"
                let as_saying = tree.penn(at) == "VBG"
                    && tree.children(at).any(|c| matches!(tree.rel(c), Rel::Mark | Rel::Case) && tree.lemma(c) == "as");
                if let Some(object) = tree.child(head, Rel::Obj).filter(|&object| as_saying && object < at) {
                    return vec![object];
                }
                if let Some(told) = self.told_before(head, at) {
                    // "accused the army of bombing a market, killing 23": who bombed killed
                    return self.subjects_within(told, depth + 1);
                }
                if tree.is_passive(head) && !tree.is_passive(at) {
                    // "was killed, sparking riots": the happening, not the victim, does it
                    let agent = tree.child(head, Rel::OblAgent);
                    return agent.map_or_else(|| self.subjects_within(head, depth + 1), |agent| vec![agent]);
                }
                self.subjects_within(head, depth + 1)
            }
            Rel::Acl => {
                let to = tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
                if !to {
                    // ", claiming that": behind a comma it is the subject of the verb who claims, not the last noun
                    let loose = tree.penn(at) == "VBG" && at > 0 && tree.word(at - 1) == ",";
                    let verb = if loose { self.verb_above(head) } else { None };
                    return verb.map_or_else(|| vec![head], |verb| self.subjects_within(verb, depth + 1));
                }
                // "Hamas' refusal to disarm", "France has a plan to help"
                let owner = tree.child(head, Rel::NmodPoss);
                if let Some(owner) = owner {
                    return vec![owner];
                }
                match tree.head(head) {
                    Some(verb) if matches!(tree.rel(head), Rel::Obj | Rel::Obl) => self.subjects_within(verb, depth + 1),
                    _ => own,
                }
            }
            _ => own,
        }
    }
}
