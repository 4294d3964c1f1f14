//! Trees → what the passes above ask of them: who depends on whom, who does what to whom, in which tense and voice.
//!
//! All answers are indices into `Parsed::tokens`. Every question costs no more than the words it is about.
//!
//! # Limits
//! Subjects that lie in another sentence, and those that only the sense of a verb could tell, are not looked for.

use super::{Parsed, Rel, Sentence, Token, Upos};
use crate::model::Span;

/// Verbs whose object does what the infinitive says: "sent his envoy **to meet** them", "asked them **to wait**".
const OBJECT_ACTS: &str = include_str!("../../assets/lang/en/object_control.txt");

/// Time of a finite verb, told by its first auxiliary or itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
    /// "will meet", "is going to meet", "is set to meet".
    Future,
    /// Infinitives and participles without an auxiliary.
    #[default]
    None,
}

/// How a verb is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // grammar's own independent features
pub struct Usage {
    pub tense: Tense,
    /// "has met".
    pub perfect: bool,
    /// "is meeting".
    pub progressive: bool,
    /// "was met".
    pub passive: bool,
    /// "not", "never", "no longer".
    pub negated: bool,
    /// "to meet" with no finite auxiliary.
    pub infinitive: bool,
    /// Its modal, if any: "may", "could", "should".
    pub modal: Option<usize>,
}

/// Who hangs on whom, gathered once when the tree is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Family {
    /// Dependants of token i: `children[firsts[i]..firsts[i + 1]]`, in text order.
    firsts: Vec<u32>,
    children: Vec<u32>,
    /// First and last token of everything below i, itself included.
    reach: Vec<(u32, u32)>,
}

impl Family {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let count = tokens.len();
        let mut firsts = vec![0_u32; count + 1];
        let hangs = |at: usize, token: &Token| token.head as usize != at && (token.head as usize) < count;
        for (at, token) in tokens.iter().enumerate() {
            if hangs(at, token) {
                firsts[token.head as usize + 1] += 1;
            }
        }
        for at in 0..count {
            firsts[at + 1] += firsts[at];
        }
        let mut free = firsts.clone();
        let mut children = vec![0_u32; firsts[count] as usize];
        for (at, token) in tokens.iter().enumerate() {
            if hangs(at, token) {
                let slot = &mut free[token.head as usize];
                children[*slot as usize] = at as u32;
                *slot += 1;
            }
        }
        // Heads before dependants, then the reach from the leaves up.
        let mut order: Vec<u32> = (0..count).filter(|at| !hangs(*at, &tokens[*at])).map(|at| at as u32).collect();
        let mut done = 0;
        while done < order.len() {
            let at = order[done] as usize;
            done += 1;
            order.extend(&children[firsts[at] as usize..firsts[at + 1] as usize]);
        }
        let mut reach: Vec<(u32, u32)> = (0..count as u32).map(|at| (at, at)).collect();
        for at in order.iter().rev() {
            let (first, last) = reach[*at as usize];
            let head = tokens[*at as usize].head as usize;
            if head < count {
                let up = &mut reach[head];
                *up = (up.0.min(first), up.1.max(last));
            }
        }
        Self { firsts, children, reach }
    }
}

impl Parsed {
    /// Gathers children and reach again after heads were changed by hand.
    pub fn regather(&mut self) {
        self.family = Family::of(&self.tokens);
    }

    /// Lower case except for proper names; empty past the end.
    #[must_use]
    pub fn lemma(&self, at: usize) -> &str {
        self.lemmas.get(at).map_or("", String::as_str)
    }

    #[must_use]
    pub fn sentence_of(&self, at: usize) -> &Sentence {
        &self.sentences[self.tokens[at].sentence as usize]
    }

    /// The word it hangs on; `None` for a root.
    #[must_use]
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.tokens.get(at)?.head as usize;
        (head != at).then_some(head)
    }

    /// What hangs on it directly, in text order.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let bounds = self.family.firsts.get(at).zip(self.family.firsts.get(at + 1));
        let range = bounds.map_or(0..0, |(from, to)| *from as usize..*to as usize);
        self.family.children[range].iter().map(|child| *child as usize)
    }

    /// The first child with this relation.
    #[must_use]
    pub fn child(&self, at: usize, rel: Rel) -> Option<usize> {
        self.children(at).find(|child| self.tokens[*child].rel == rel)
    }

    /// All children with one of these relations.
    #[must_use]
    pub fn children_by(&self, at: usize, rels: &[Rel]) -> Vec<usize> {
        self.children(at).filter(|child| rels.contains(&self.tokens[*child].rel)).collect()
    }

    /// Its heads, nearest first, up to the root.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        // A tree has no rings; the limit only guards trees made by hand.
        std::iter::successors(self.head(at), |up| self.head(*up)).take(self.tokens.len())
    }

    /// Is `at` somewhere below `above`?
    #[must_use]
    pub fn is_below(&self, at: usize, above: usize) -> bool {
        self.ancestors(at).any(|up| up == above)
    }

    /// First token of what hangs below, and one past the last. Trees are nearly always unbroken runs.
    #[must_use]
    pub fn reach(&self, at: usize) -> std::ops::Range<usize> {
        self.family.reach.get(at).map_or(at..at, |(first, last)| *first as usize..*last as usize + 1)
    }

    /// Bytes from the first to the last word below.
    #[must_use]
    pub fn subtree_span(&self, at: usize) -> Span {
        self.span_of(self.reach(at))
    }

    /// Bytes of a run of tokens.
    #[must_use]
    pub fn span_of(&self, tokens: std::ops::Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.span.joined(last.span),
            _ => Span::default(),
        }
    }

    /// The tokens that `span` touches.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let last = self.tokens.partition_point(|token| token.span.start < span.end);
        first..last.max(first)
    }

    /// The word of a span that the others hang on.
    #[must_use]
    pub fn head_of_span(&self, span: Span) -> Option<usize> {
        let range = self.tokens_in(span);
        let outside = |at: &usize| self.head(*at).is_none_or(|head| !range.contains(&head));
        range.clone().filter(|at| self.tokens[*at].upos != Upos::Punct).find(outside).or(range.clone().next())
    }

    /// A noun with what belongs to its name or description before and directly behind it, without prepositions, clauses,
    /// appositions and coordinated nouns: "the two senior Qatari negotiators".
    #[must_use]
    pub fn noun_phrase(&self, at: usize) -> std::ops::Range<usize> {
        let mut range = at..at + 1;
        for child in self.children(at) {
            let inside = match self.tokens[child].rel {
                Rel::Det
                | Rel::DetPredet
                | Rel::Amod
                | Rel::Compound
                | Rel::Nummod
                | Rel::NmodPoss
                | Rel::NmodDesc
                | Rel::Flat
                | Rel::Fixed
                | Rel::Goeswith => true,
                Rel::Advmod => child < at,
                Rel::Case => self.lemma(child) == "'s" || self.tokens[child].penn() == "POS",
                _ => false,
            };
            if inside {
                let below = self.reach(child);
                range = range.start.min(below.start)..range.end.max(below.end);
            }
        }
        range
    }

    /// The preposition of a noun as one lower-case string: "in", "on behalf of"; empty without one.
    #[must_use]
    pub fn preposition(&self, at: usize) -> String {
        let mut words: Vec<&str> = Vec::new();
        for case in self.children(at).filter(|child| self.tokens[*child].rel == Rel::Case && *child < at) {
            words.push(self.lemma(case));
            words.extend(self.children(case).filter(|part| self.tokens[*part].rel == Rel::Fixed).map(|part| self.lemma(part)));
        }
        words.join(" ")
    }

    /// The word itself and what is joined to it by "and", "or" or a comma.
    #[must_use]
    pub fn conjuncts(&self, at: usize) -> Vec<usize> {
        let mut out = vec![at];
        let mut done = 0;
        while done < out.len() {
            let next = out[done];
            done += 1;
            out.extend(self.children(next).filter(|child| self.tokens[*child].rel == Rel::Conj));
        }
        out.sort_unstable();
        out
    }

    /// The first of a coordination: for the second verb of "came and saw", the first.
    #[must_use]
    pub fn first_conjunct(&self, at: usize) -> usize {
        let mut first = at;
        while self.tokens[first].rel == Rel::Conj
            && let Some(head) = self.head(first)
        {
            first = head;
        }
        first
    }

    /// "was met", "the men arrested on Monday".
    #[must_use]
    pub fn is_passive(&self, verb: usize) -> bool {
        let told =
            |child: usize| matches!(self.tokens[child].rel, Rel::AuxPass | Rel::NsubjPass | Rel::Csubjpass | Rel::OblAgent);
        let token = &self.tokens[verb];
        if token.penn() != "VBN" {
            return self.children(verb).any(|child| self.tokens[child].rel == Rel::AuxPass);
        }
        let aux = |rel| self.children(verb).any(|child| self.tokens[child].rel == rel);
        if self.children(verb).any(told) {
            return true;
        }
        // "was seized and sold": the second verb shares the auxiliary.
        if token.rel == Rel::Conj && !aux(Rel::Aux) && !self.children(verb).any(|child| self.tokens[child].rel.is_subject()) {
            return self.head(verb).is_some_and(|head| self.tokens[head].penn() == "VBN" && self.is_passive(head));
        }
        matches!(token.rel, Rel::Acl | Rel::Amod) && !aux(Rel::Aux)
    }

    /// Tense, aspect, voice, negation and modality of a verb, or of the predicate that a copula makes.
    #[must_use]
    pub fn usage(&self, verb: usize) -> Usage {
        let mut usage = Usage { passive: self.is_passive(verb), ..Usage::default() };
        let mut first_finite = None;
        let mut to = false;
        for child in self.children(verb) {
            let token = &self.tokens[child];
            match token.rel {
                Rel::Aux | Rel::AuxPass | Rel::Cop => {
                    first_finite = first_finite.or(Some(child));
                    match (token.penn(), self.lemma(child)) {
                        ("MD", _) => usage.modal = usage.modal.or(Some(child)),
                        (_, "have") if token.rel == Rel::Aux => usage.perfect = true,
                        (_, "be") if token.rel == Rel::Aux && self.tokens[verb].penn() == "VBG" => usage.progressive = true,
                        _ => {}
                    }
                }
                Rel::Advmod if child < verb || self.lemma(child) == "longer" => {
                    usage.negated |=
                        matches!(self.lemma(child), "not" | "n't" | "never" | "neither" | "nor" | "hardly" | "longer");
                }
                Rel::Det if self.lemma(child) == "no" && self.tokens[verb].upos == Upos::Noun => usage.negated = true,
                Rel::Mark if token.penn() == "TO" => to = true,
                _ => {}
            }
        }
        let telling = first_finite.unwrap_or(verb);
        usage.tense = match (self.tokens[telling].penn(), self.lemma(telling)) {
            ("MD", "will" | "'ll" | "shall" | "wo") => Tense::Future,
            ("VBD", _) => Tense::Past,
            ("MD" | "VBZ" | "VBP", _) => Tense::Present,
            _ => Tense::None,
        };
        // "came and saw": the second verb shares the auxiliaries of the first if it has none and is not finite.
        if first_finite.is_none()
            && self.tokens[verb].rel == Rel::Conj
            && usage.tense == Tense::None
            && !to
            && let Some(head) = self.head(verb).filter(|head| self.tokens[*head].penn() == self.tokens[verb].penn())
        {
            let shared = self.usage(head);
            return Usage { negated: usage.negated, passive: usage.passive, ..shared };
        }
        usage.infinitive = to && first_finite.is_none_or(|aux| self.tokens[aux].penn() == "VB");
        usage
    }

    /// Simple past or present perfect: the text tells it as done.
    #[must_use]
    pub fn is_past(&self, verb: usize) -> bool {
        let usage = self.usage(verb);
        usage.tense == Tense::Past || usage.perfect && usage.tense == Tense::Present && usage.modal.is_none()
    }

    /// Grammatical subjects, coordinated ones each for itself; a relative pronoun is replaced by what it stands for.
    /// Where the clause has none, the one it shares: "came and **saw**", "wants **to go**", "asked them **to wait**".
    #[must_use]
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        self.subject_of(verb, 0).map_or_else(Vec::new, |subject| self.conjuncts(subject))
    }

    fn subject_of(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth > 12 {
            return None;
        }
        let token = &self.tokens[verb];
        if let Some(own) = self.children(verb).find(|child| self.tokens[*child].rel.is_subject()) {
            return Some(self.antecedent(own).unwrap_or(own));
        }
        let head = self.head(verb)?;
        match token.rel {
            Rel::Conj => self.subject_of(head, depth + 1),
            Rel::Xcomp => match self.child(head, Rel::Obj).or_else(|| self.child(head, Rel::Iobj)) {
                Some(object) if self.lemma(head) != "promise" => Some(self.antecedent(object).unwrap_or(object)),
                _ => self.subject_of(head, depth + 1),
            },
            Rel::Advcl => {
                let object = self.child(head, Rel::Obj).filter(|_| self.is_infinitive(verb) && acts_as_object(self.lemma(head)));
                object.or_else(|| self.subject_of(head, depth + 1))
            }
            Rel::Acl | Rel::AclRelcl if !self.is_infinitive(verb) => {
                // "the man **shot** by police", "a group **fighting** in the north".
                matches!(token.penn(), "VBG" | "VBN").then_some(head)
            }
            Rel::Acl => {
                // "his envoy **to join** the talks", "the plan to **leave**": the owner of the noun, else the verb's subject.
                let up = self.head(head)?;
                match self.tokens[head].rel {
                    Rel::Obj if acts_as_object(self.lemma(up)) => Some(head),
                    _ => self.child(head, Rel::NmodPoss).or_else(|| self.subject_of(up, depth + 1)),
                }
            }
            _ => None,
        }
    }

    fn is_infinitive(&self, verb: usize) -> bool {
        self.children(verb).any(|child| self.tokens[child].rel == Rel::Mark && self.tokens[child].penn() == "TO")
    }

    /// For "who", "which" and "that" in a relative clause: the noun they stand for.
    #[must_use]
    pub fn antecedent(&self, at: usize) -> Option<usize> {
        if !matches!(self.tokens[at].penn(), "WDT" | "WP" | "WP$") {
            return None;
        }
        let clause = self.ancestors(at).find(|up| matches!(self.tokens[*up].rel, Rel::AclRelcl))?;
        self.head(clause)
    }

    /// Those who do it: subjects of an active verb, "by …" of a passive one.
    #[must_use]
    pub fn agents(&self, verb: usize) -> Vec<usize> {
        if !self.is_passive(verb) {
            return self.subjects(verb);
        }
        let by = |child: &usize| {
            let token = &self.tokens[*child];
            token.rel == Rel::OblAgent || token.rel == Rel::Obl && self.preposition(*child) == "by" && token.upos.is_nominal()
        };
        self.children(verb).find(by).map_or_else(Vec::new, |agent| self.conjuncts(agent))
    }

    /// Those it is done to: objects of an active verb, subjects of a passive one. Verbs that share an object share it:
    /// "**seized** and sold the ship".
    #[must_use]
    pub fn patients(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.subjects(verb);
        }
        if let Some(object) = self.child(verb, Rel::Obj) {
            return self.conjuncts(self.antecedent(object).unwrap_or(object));
        }
        // "the deal that they signed", "the deal they signed": the noun is what was signed if the clause has a subject.
        if self.tokens[verb].rel == Rel::AclRelcl
            && let Some(noun) = self.head(verb)
            && self.children(verb).any(|child| self.tokens[child].rel.is_subject() && self.antecedent(child).is_none())
            && !self.children(verb).any(|child| matches!(self.tokens[child].rel, Rel::Ccomp | Rel::Xcomp))
        {
            return self.conjuncts(noun);
        }
        let shared = |other: usize| {
            let straight = self.children(verb).all(|child| !matches!(self.tokens[child].rel, Rel::Obl | Rel::Ccomp | Rel::Xcomp));
            straight.then(|| self.child(other, Rel::Obj)).flatten()
        };
        self.children(verb)
            .filter(|child| self.tokens[*child].rel == Rel::Conj && self.tokens[*child].upos == Upos::Verb && *child == verb + 2)
            .find_map(shared)
            .map_or_else(Vec::new, |object| self.conjuncts(object))
    }

    /// Prepositional phrases of a verb or noun: preposition and noun, coordinated nouns each for itself.
    #[must_use]
    pub fn obliques(&self, at: usize) -> Vec<(String, usize)> {
        let mut out = Vec::new();
        for child in self.children(at) {
            if matches!(self.tokens[child].rel, Rel::Obl | Rel::Nmod | Rel::OblAgent | Rel::OblUnmarked | Rel::NmodUnmarked) {
                let preposition = self.preposition(child);
                out.extend(self.conjuncts(child).into_iter().map(|noun| (preposition.clone(), noun)));
            }
        }
        out
    }

    /// The lemma with its particle: "carry out", "step down".
    #[must_use]
    pub fn phrasal_lemma(&self, verb: usize) -> String {
        match self.child(verb, Rel::CompoundPrt) {
            Some(particle) => [self.lemma(verb), " ", self.lemma(particle)].concat(),
            None => self.lemma(verb).to_owned(),
        }
    }
}

/// Does the object of this verb do what the infinitive behind it says?
fn acts_as_object(lemma: &str) -> bool {
    OBJECT_ACTS.lines().filter(|line| !line.starts_with('#')).any(|line| line.split(' ').any(|verb| verb == lemma))
}
