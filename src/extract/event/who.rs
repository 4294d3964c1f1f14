//! Trigger → who takes part, with roles, by the tree: voice, conjunction, relative clauses, control and raising.

use super::book::{Cue, VerbBook};
use super::tree::Tree;
use super::trigger::{Trigger, joined_lemma};
use crate::lang::{Rel, Upos};
use crate::model::{ActorRole, EventType, MentionForm};

/// No real sentence nests deeper; broken trees may.
pub(super) const DEEPEST: usize = 12;

/// Tokens after a verb in which "along with" still speaks of its subject.
const PARTNER: usize = 14;

/// Who takes part in one event; each actor once, the first role given wins.
pub type Cast = Vec<(u32, ActorRole)>;

/// Reads the trees with the tables.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub tree: &'a Tree<'a>,
    pub book: &'a VerbBook,
    /// Display names of the article's actors, by row.
    pub names: &'a [String],
}

impl Reader<'_> {
    /// Everybody who takes part in the event of a trigger.
    pub fn cast(&self, trigger: &Trigger<'_>) -> Cast {
        let mut cast = Cast::new();
        if trigger.is_verb {
            self.verb_cast(trigger, &mut cast);
        } else {
            self.noun_cast(trigger, &mut cast);
        }
        cast
    }

    fn verb_cast(&self, trigger: &Trigger<'_>, cast: &mut Cast) {
        let (tree, frame, at) = (self.tree, trigger.frame, trigger.at);
        let passive = tree.is_passive(at);
        let mut join = |token: usize, role: Option<ActorRole>| self.join(cast, token, role);
        if passive {
            for subject in self.subjects(at) {
                join(subject, frame.object.or(frame.subject));
            }
        } else {
            for subject in self.subjects(at) {
                join(subject, frame.subject);
                // "a Russian drone attack killed": whose attack it is
                if frame.kind == EventType::Assault {
                    self.wished_actors(subject, &mut |owner| join(owner, frame.subject));
                }
            }
        }
        for child in tree.children(at) {
            match tree.rel(child) {
                Rel::Obj if trigger.joined.is_none_or(|p| tree.head(p) == Some(at)) => {
                    let ditransitive = tree.child(at, Rel::Iobj).is_some();
                    join(child, if ditransitive { Some(ActorRole::Target) } else { frame.object });
                    // "buy aircraft from Airbus": the phrase may hang on the object
                    if self.book.noun(tree.lemma(child)).is_none() || frame.kind == EventType::Consult {
                        for phrase in tree.children(child).filter(|&c| tree.rel(c) == Rel::Nmod) {
                            let word = tree.case(phrase).map_or("", |case| tree.lemma(case));
                            let known = frame.prepositions.iter().find(|(p, _)| **p == *word);
                            if let Some((_, role)) = known.filter(|_| matches!(word, "from" | "to" | "with")) {
                                join(phrase, Some(*role));
                            }
                        }
                    }
                    if Self::takes_clause(trigger) {
                        self.wished_actors(child, &mut |owner| join(owner, Some(ActorRole::Target)));
                    }
                }
                Rel::Iobj => join(child, Some(ActorRole::Recipient)),
                Rel::OblAgent => join(child, frame.subject),
                Rel::Obl | Rel::Nmod => {
                    let Some(preposition) = tree.case(child) else { continue };
                    let word = tree.lemma(preposition);
                    if Some(preposition) == trigger.joined {
                        join(child, frame.object);
                    } else if word == "by" && passive {
                        join(child, frame.subject);
                    } else if let Some((_, role)) = frame.prepositions.iter().find(|(p, _)| **p == *word) {
                        join(child, Some(*role));
                    } else if word == "with" && frame.kind == EventType::Consult {
                        join(child, Some(ActorRole::Attendee));
                    }
                }
                Rel::Ccomp | Rel::Xcomp if Self::takes_clause(trigger) => {
                    // whom the demand is put to stands between it and what is to be done
                    let to = tree.children(child).find(|&c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to");
                    if let Some(asked) = to.and_then(|to| (at + 1..to).find(|&t| tree.stands[t].actor.is_some())) {
                        join(asked, Some(ActorRole::Target));
                    }
                    for subject in tree.children(child).filter(|&c| matches!(tree.rel(c), Rel::Nsubj | Rel::NsubjPass)) {
                        join(subject, Some(ActorRole::Target));
                    }
                    self.complement_objects(child, 0, &mut |object| join(object, Some(ActorRole::Other)));
                }
                _ => {}
            }
        }
        if let Some(partner) = self.partner(at) {
            join(partner, frame.subject);
        }
        // "the accord that both sides signed": the gap is the word the clause belongs to
        if tree.rel(at) == Rel::AclRelcl
            && tree.child(at, Rel::Obj).is_none()
            && !passive
            && let Some(head) = tree.head(at)
            && tree.children(at).any(|c| tree.rel(c) == Rel::Nsubj && !self.is_relative(c))
        {
            join(head, frame.object);
        }
    }

    /// "are participating, along with police chief Jane Smith": the name after such words, right behind the verb's clause.
    fn partner(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let last = tree.sentence(verb).last as usize;
        let along = (verb + 1..last.min(verb + PARTNER)).find(|&at| {
            tree.upos(at) == Upos::Verb || matches!(tree.lemma(at), "along" | "together" | "alongside" | "accompany")
        })?;
        let with = match tree.lemma(along) {
            "alongside" => along,
            "along" | "together" if tree.lemma(along + 1) == "with" => along + 1,
            "accompany" if tree.lemma(along + 1) == "by" => along + 1,
            _ => return None,
        };
        self.name_after(with + 1, last)
    }

    /// Demands and threats aim at those who are to do what the clause says.
    fn takes_clause(trigger: &Trigger<'_>) -> bool {
        matches!(trigger.frame.kind, EventType::Request | EventType::Threaten | EventType::Accuse | EventType::Reject)
    }

    /// "demand a ceasefire and an Israeli withdrawal": who is to do what is demanded.
    fn wished_actors(&self, object: usize, found: &mut dyn FnMut(usize)) {
        let tree = self.tree;
        for noun in
            std::iter::once(object).chain(tree.children(object).filter(|&c| matches!(tree.rel(c), Rel::Conj | Rel::Appos)))
        {
            if tree.stands[noun].actor.is_some() || self.book.noun(tree.lemma(noun)).is_none() {
                continue;
            }
            for child in tree.children(noun) {
                if tree.rel(child) == Rel::NmodPoss || (matches!(tree.rel(child), Rel::Amod | Rel::Compound) && self.acts(child))
                {
                    found(child);
                }
            }
        }
    }

    fn complement_objects(&self, at: usize, depth: usize, found: &mut dyn FnMut(usize)) {
        if depth > 3 {
            return;
        }
        for child in self.tree.children(at) {
            match self.tree.rel(child) {
                Rel::Obj | Rel::Iobj => found(child),
                Rel::Xcomp => self.complement_objects(child, depth + 1, found),
                _ => {}
            }
        }
    }

    fn noun_cast(&self, trigger: &Trigger<'_>, cast: &mut Cast) {
        let (tree, frame, at) = (self.tree, trigger.frame, trigger.at);
        for child in tree.children(at) {
            match tree.rel(child) {
                Rel::NmodPoss => self.join(cast, child, frame.subject.or(frame.object)),
                Rel::Compound | Rel::Amod | Rel::NmodUnmarked if self.acts(child) => {
                    self.join(cast, child, frame.subject);
                }
                Rel::Nmod | Rel::Obl => {
                    let Some(preposition) = tree.case(child) else { continue };
                    let word = tree.lemma(preposition);
                    if word == "of" {
                        let role = if cast.is_empty() { frame.object } else { frame.object.or(frame.subject) };
                        self.join(cast, child, role);
                    } else if let Some((_, role)) = frame.prepositions.iter().find(|(p, _)| **p == *word) {
                        self.join(cast, child, Some(*role));
                    }
                }
                // "a ceasefire brokered by Qatar"
                Rel::Acl if self.book.is(tree.lemma(child), Cue::Brokers) => {
                    let by = tree
                        .children(child)
                        .find(|&c| tree.rel(c) == Rel::OblAgent || tree.case(c).is_some_and(|case| tree.lemma(case) == "by"));
                    if let Some(by) = by {
                        self.join(cast, by, Some(ActorRole::Mediator));
                    }
                }
                // "A is in talks with B"
                Rel::Nsubj
                    if tree.child(at, Rel::Cop).is_some() && tree.case(at).is_some_and(|case| tree.lemma(case) == "in") =>
                {
                    self.join(cast, child, frame.subject);
                }
                // "a meeting bringing together A, B and C", "talks involving A and B"
                Rel::Acl if self.gathers(child) => {
                    for object in tree.children(child).filter(|&c| tree.rel(c) == Rel::Obj) {
                        self.join(cast, object, frame.subject);
                    }
                }
                _ => {}
            }
        }
        if let Some(carrier) = trigger.carrier {
            self.carried_cast(trigger, carrier, cast);
        } else if let Some(head) = tree.head(at) {
            self.attending_cast(trigger, head, cast);
            self.owned_cast(trigger, head, cast);
        }
    }

    /// "announced a withdrawal", "said in a statement": who does the verb's deed does the noun's.
    fn owned_cast(&self, trigger: &Trigger<'_>, verb: usize, cast: &mut Cast) {
        let tree = self.tree;
        let done = cast.iter().any(|(_, role)| Some(*role) == trigger.frame.subject);
        if done || tree.upos(verb) != Upos::Verb || tree.is_passive(verb) {
            return;
        }
        let owned = match tree.rel(trigger.at) {
            Rel::Obj => self.book.is(tree.lemma(verb), Cue::OwnObject),
            Rel::Obl => {
                let word = tree.case(trigger.at).map_or("", |case| tree.lemma(case));
                matches!(word, "in" | "with" | "through" | "by" | "during")
                    && matches!(
                        trigger.frame.kind,
                        EventType::Statement | EventType::Protest | EventType::Request | EventType::Accuse | EventType::Assault
                    )
                    && (trigger.frame.kind != EventType::Assault || word != "in" && word != "during")
            }
            _ => false,
        };
        if owned {
            for subject in self.subjects(verb) {
                self.join(cast, subject, trigger.frame.subject);
            }
        }
    }

    fn gathers(&self, verb: usize) -> bool {
        let (lemma, _) = joined_lemma(self.tree, self.book, verb);
        self.book.is(&lemma, Cue::Gathers) || self.book.is(self.tree.lemma(verb), Cue::Gathers)
    }

    /// "France held talks with Iran", "the visit was made by X": the verb's arguments are the noun's.
    fn carried_cast(&self, trigger: &Trigger<'_>, carrier: usize, cast: &mut Cast) {
        let (tree, frame) = (self.tree, trigger.frame);
        let passive = tree.is_passive(carrier);
        let undergoes = matches!(tree.lemma(carrier), "suffer" | "face" | "get" | "receive" | "undergo" | "win");
        if !passive {
            for subject in self.subjects(carrier).into_iter().filter(|&s| s != trigger.at) {
                self.join(cast, subject, if undergoes { frame.object.or(frame.subject) } else { frame.subject });
            }
        }
        for child in tree.children(carrier) {
            match tree.rel(child) {
                Rel::OblAgent => self.join(cast, child, frame.subject),
                Rel::Iobj => self.join(cast, child, Some(ActorRole::Recipient)),
                Rel::Obl => {
                    let Some(preposition) = tree.case(child) else { continue };
                    let word = tree.lemma(preposition);
                    if word == "by" && passive {
                        self.join(cast, child, frame.subject);
                    } else if let Some((_, role)) = frame.prepositions.iter().find(|(p, _)| **p == *word) {
                        self.join(cast, child, Some(*role));
                    }
                }
                _ => {}
            }
        }
    }

    /// "Rubio is due in Paris for a meeting", "flew to the summit": who moves to a meeting attends it.
    fn attending_cast(&self, trigger: &Trigger<'_>, head: usize, cast: &mut Cast) {
        let tree = self.tree;
        if trigger.frame.subject != Some(ActorRole::Attendee) || !matches!(tree.rel(trigger.at), Rel::Obl | Rel::Nmod) {
            return;
        }
        let goes = self.book.is(tree.lemma(head), Cue::GoesTo);
        let preposition = tree.case(trigger.at).map_or("", |case| tree.lemma(case));
        if goes && matches!(preposition, "for" | "to" | "at" | "in") {
            for subject in self.subjects(head) {
                self.join(cast, subject, Some(ActorRole::Attendee));
            }
        }
    }

    /// May a word before a noun be the one who acts? "Hamas attack", "Israeli withdrawal"; not "Paris meeting".
    fn acts(&self, at: usize) -> bool {
        self.tree.stands[at].actor.is_some()
            && self.tree.stands[at].place.is_none_or(|(_, metonym)| metonym || self.tree.rel(at) == Rel::Amod)
    }

    fn join(&self, cast: &mut Cast, token: usize, role: Option<ActorRole>) {
        let Some(role) = role else { return };
        for actor in self.actors(token) {
            if cast.iter().all(|(known, _)| *known != actor) {
                cast.push((actor, role));
            }
        }
    }

    /// The actors a nominal stands for, with those joined to it by "and".
    pub fn actors(&self, token: usize) -> Vec<u32> {
        let mut found = Vec::new();
        self.collect(token, 0, &mut found);
        for mate in self.list_mates(token) {
            if let Some((actor, _)) = self.tree.stands[mate].actor.filter(|(actor, _)| !found.contains(actor)) {
                found.push(actor);
            }
        }
        found
    }

    fn collect(&self, token: usize, depth: usize, found: &mut Vec<u32>) {
        if depth > DEEPEST {
            return;
        }
        let tree = self.tree;
        if self.is_relative(token)
            && let Some(antecedent) = self.antecedent(token)
        {
            return self.collect(antecedent, depth + 1, found);
        }
        let before = found.len();
        let own = tree.stands[token].actor;
        if let Some((actor, _)) = own {
            found.push(actor);
        }
        if own.is_none_or(|(_, form)| form != MentionForm::Name) {
            // "her envoy Jane Smith", "the minister, John Smith": the name is the actor
            for child in tree.children(token) {
                if matches!(tree.rel(child), Rel::Flat | Rel::Appos | Rel::Compound | Rel::NmodDesc)
                    && tree.stands[child].actor.is_some_and(|(_, form)| form == MentionForm::Name)
                    && tree.stands[child].place.is_none()
                    && (tree.rel(child) != Rel::Compound || child > token)
                {
                    found.truncate(before);
                    self.collect(child, depth + 1, found);
                    break;
                }
            }
        }
        if let Some(name) = self.name_behind(token)
            && let Some((actor, _)) = tree.stands[name].actor
            && !found.contains(&actor)
        {
            found.truncate(before);
            found.push(actor);
            found.extend(self.list_mates(name).into_iter().filter_map(|mate| Some(tree.stands[mate].actor?.0)));
        }
        if found.len() == before {
            self.container(token, depth, found);
        }
        for child in tree.children(token) {
            if tree.rel(child) == Rel::Conj && tree.upos(child) != Upos::Verb {
                self.collect(child, depth + 1, found);
            }
        }
    }

    /// "her envoy Jane Smith", "Trade Minister Ann Jones": the name that follows a title with nothing between.
    pub fn name_behind(&self, token: usize) -> Option<usize> {
        let tree = self.tree;
        let last = tree.sentence(token).last as usize;
        if !matches!(tree.upos(token), Upos::Noun | Upos::Propn) {
            return None;
        }
        let named = |at: usize| tree.stands[at].actor.is_some_and(|(_, form)| form == MentionForm::Name);
        let next =
            (token + 1..last.min(token + 5)).find(|&at| named(at) || !matches!(tree.upos(at), Upos::Noun | Upos::Propn))?;
        // a name right behind a thing ("the Gaza plan Trump made") begins a clause
        let person = tree.rel(next) != Rel::Nsubj || tree.head(next) == tree.head(token);
        (named(next) && tree.upos(next) == Upos::Propn && person).then_some(next)
    }

    /// "members of Hamas", "countries attending include A, B and C": a group told by its parts.
    fn container(&self, token: usize, depth: usize, found: &mut Vec<u32>) {
        let tree = self.tree;
        if !self.book.is(tree.lemma(token), Cue::Container) && !self.book.is(tree.lemma(token), Cue::Weapon) {
            return;
        }
        for child in tree.children(token) {
            let word = tree.case(child).map_or("", |case| tree.lemma(case));
            // "RSF drones", "Jordan's air force"
            let owner =
                matches!(tree.rel(child), Rel::Compound | Rel::NmodPoss | Rel::Amod | Rel::NmodUnmarked) && self.acts(child);
            if owner && self.book.is(tree.lemma(token), Cue::Weapon) && matches!(tree.rel(token), Rel::Nsubj | Rel::OblAgent) {
                self.collect(child, depth + 1, found);
            }
            let of = tree.rel(child) == Rel::Nmod && matches!(word, "of" | "from" | "like" | "including" | "include");
            if of || tree.rel(child) == Rel::Appos {
                self.collect(child, depth + 1, found);
            }
        }
        if let Some(head) = tree.head(token)
            && tree.rel(token) == Rel::Nsubj
            && tree.lemma(head) == "include"
        {
            for object in tree.children(head).filter(|&c| tree.rel(c) == Rel::Obj) {
                self.collect(object, depth + 1, found);
            }
        }
    }
}
