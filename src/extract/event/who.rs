//! Trigger → who takes part, with roles, by the tree: voice, conjunction, relative clauses, control and raising.

use super::book::{Cue, VerbBook};
use super::tree::Tree;
use super::trigger::{Trigger, joined_lemma};
use crate::lang::{Rel, Upos};
use crate::model::{ActorRole, EventType, MentionForm};

/// No real sentence nests deeper; broken trees may.
const DEEPEST: usize = 12;

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
