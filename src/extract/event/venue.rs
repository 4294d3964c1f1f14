//! Trigger → where it happens, with roles: from its own clause, then from the clauses and nouns it hangs on.

use super::book::Cue;
use super::same::holds;
use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::{Analysis, Event, EventPlace, EventType, PlaceRole};

const DEEPEST: usize = 6;

/// Tokens between a verb of sending and what those sent are to do.
const AIM: usize = 25;

/// What a preposition makes of a place.
fn role_of(reader: &Reader<'_>, case: &str) -> Option<PlaceRole> {
    if reader.book.is(case, Cue::InPlace) {
        Some(PlaceRole::Venue)
    } else if reader.book.is(case, Cue::ToPlace) {
        Some(PlaceRole::Destination)
    } else if reader.book.is(case, Cue::FromPlace) {
        Some(PlaceRole::Origin)
    } else {
        None
    }
}

impl Reader<'_> {
    /// Places that the trigger's own words give.
    pub fn own_places(&self, trigger: &Trigger<'_>) -> Vec<EventPlace> {
        let mut found = Vec::new();
        self.governed(trigger.at, trigger, &mut found);
        if let Some(carrier) = trigger.carrier {
            self.governed(carrier, trigger, &mut found);
            // "taking place in": the phrase may hang on "place"
            for place in self.tree.children(carrier).filter(|&c| self.tree.lemma(c) == "place") {
                self.governed(place, trigger, &mut found);
            }
        }
        if found.iter().all(|place| place.role != PlaceRole::Venue) {
            self.named_before(trigger, &mut found);
        }
        found
    }

    /// Prepositional phrases, and objects that are places, of one governing word.
    fn governed(&self, at: usize, trigger: &Trigger<'_>, found: &mut Vec<EventPlace>) {
        let tree = self.tree;
        for child in tree.children(at) {
            let rel = tree.rel(child);
            match rel {
                Rel::Obl | Rel::Nmod | Rel::OblUnmarked | Rel::Advmod => {
                    if let Some(case) = tree.case(child) {
                        let word = tree.lemma(case);
                        let role = match role_of(self, word) {
                            // "left for Cairo"; a "plan for Gaza" goes nowhere
                            Some(PlaceRole::Destination) if word == "for" && !self.book.is(tree.lemma(at), Cue::GoesTo) => None,
                            // "between Israel and Hamas" names those who talk
                            Some(_) if matches!(word, "between" | "among" | "amid") && tree.stands[child].actor.is_some() => None,
                            Some(role) => Some(role),
                            None if word == "of" && hurts(trigger.frame.kind) && !trigger.is_verb => Some(PlaceRole::Venue),
                            None if word == "against" && hurts(trigger.frame.kind) => Some(PlaceRole::Target),
                            None => None,
                        };
                        if let Some(role) = role {
                            // "strikes on Gaza" hit it; "talks on Gaza" are held elsewhere; "on the Dnieper" is a place
                            match (word, hurts(trigger.frame.kind)) {
                                ("on", true) => self.add(child, PlaceRole::Target, found),
                                ("on", false) if !tree.stands[child].venue => {}
                                _ => self.add(child, role, found),
                            }
                        }
                    } else if matches!(tree.word(child).to_lowercase().as_str(), "outside" | "inside" | "near") {
                        self.add(child, PlaceRole::Venue, found);
                    }
                }
                Rel::Obj | Rel::NsubjPass if trigger.is_verb && at == trigger.at => self.object_place(child, trigger, found),
                Rel::Advcl | Rel::Xcomp if tree.upos(child) != Upos::Verb => {
                    if let Some(role) = tree.case(child).and_then(|case| role_of(self, tree.lemma(case))) {
                        self.add(child, role, found);
                    }
                }
                _ => {}
            }
        }
    }

    /// "captured Kupres", "visited Cairo", "left Paris"
    fn object_place(&self, child: usize, trigger: &Trigger<'_>, found: &mut Vec<EventPlace>) {
        let lemma = self.tree.lemma(trigger.at);
        if self.book.is(lemma, Cue::LeavesObject) {
            self.add(child, PlaceRole::Origin, found);
        } else if hurts(trigger.frame.kind) || self.book.is(lemma, Cue::ReachesObject) {
            self.add(child, PlaceRole::Venue, found);
        }
    }

    /// "the Paris meeting", "Egypt's talks"
    fn named_before(&self, trigger: &Trigger<'_>, found: &mut Vec<EventPlace>) {
        let tree = self.tree;
        if trigger.is_verb {
            return;
        }
        for child in tree.children(trigger.at) {
            let before = matches!(tree.rel(child), Rel::Compound | Rel::NmodUnmarked | Rel::Flat | Rel::Amod)
                || (tree.rel(child) == Rel::NmodPoss && trigger.frame.kind == EventType::Disaster);
            if before
                && tree.upos(child) == Upos::Propn
                && let Some((place, false)) = tree.stands[child].place
            {
                push(found, place, PlaceRole::Venue);
            }
        }
    }

    /// Adds the place that a nominal names, the most exact first: "the Egyptian resort of Aswan".
    fn add(&self, at: usize, role: PlaceRole, found: &mut Vec<EventPlace>) {
        let before = found.len();
        self.place_within(at, role, 0, found);
        // "in the 1967 Middle East war" is a time
        if found.len() > before || self.book.noun(self.tree.lemma(at)).is_some() {
            return;
        }
        for child in self.tree.children(at) {
            if matches!(self.tree.rel(child), Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::NmodUnmarked | Rel::Flat)
                && let Some((place, metonym)) = self.tree.stands[child].place
                && !metonym
                && !self.tree.stands[child].country
                && self.tree.stands[child].actor.is_none()
            {
                push(found, place, role);
                return;
            }
        }
    }

    fn place_within(&self, at: usize, role: PlaceRole, depth: usize, found: &mut Vec<EventPlace>) {
        let tree = self.tree;
        if depth > DEEPEST {
            return;
        }
        let origin = tree.stands[at].country && tree.upos(at) == Upos::Adj;
        let here = tree.stands[at].place.filter(|&(_, metonym)| !metonym && !origin).map(|(place, _)| place);
        if let Some(place) = here {
            push(found, place, role);
        }
        for child in tree.children(at) {
            let case = tree.case(child).map_or("", |case| tree.lemma(case));
            let inside = match tree.rel(child) {
                Rel::Conj => true,
                Rel::Appos | Rel::Flat | Rel::List => here.is_none(),
                Rel::Nmod => here.is_none() && (case == "of" || self.book.is(case, Cue::InPlace)),
                _ => false,
            };
            if inside {
                self.place_within(child, role, depth + 1, found);
            }
        }
    }

    /// Places from the words around: what takes part ("negotiators in Egypt"), then the governing clause.
    pub fn lent_places(&self, trigger: &Trigger<'_>) -> Vec<EventPlace> {
        let tree = self.tree;
        let mut found = Vec::new();
        // a phrase after the object may belong to the verb: "killed five people in Kabul"
        for child in tree.children(trigger.at) {
            let part = matches!(tree.rel(child), Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::OblAgent)
                && (tree.rel(child) != Rel::Nsubj || trigger.is_verb);
            if part {
                self.places_in(child, &mut found);
            }
        }
        if !found.is_empty() {
            return found;
        }
        // "was shot and killed in Vienna", "were killed when a bomb exploded in Quetta"
        for child in tree.children(trigger.at) {
            let blow = tree.rel(child) == Rel::Advcl
                && hurts(trigger.frame.kind)
                && self.book.verb(tree.lemma(child)).is_some_and(|frame| hurts(frame.kind));
            let shares =
                blow || tree.rel(child) == Rel::Conj && tree.upos(child) == Upos::Verb && tree.child(child, Rel::Nsubj).is_none();
            if shares && trigger.is_verb {
                self.phrases(child, trigger.at, &mut found);
            }
        }
        if !found.is_empty() {
            return found;
        }
        let mut here = trigger.carrier.unwrap_or(trigger.at);
        for _ in 0..DEEPEST {
            let Some(head) = tree.head(here) else { break };
            let rel = tree.rel(here);
            let passes = match rel {
                // "as negotiators grapple": another scene, unless both tell of one blow
                Rel::Advcl => hurts(trigger.frame.kind) || self.tree.child(here, Rel::Nsubj).is_none(),
                Rel::Xcomp | Rel::Conj | Rel::Acl | Rel::AclRelcl => true,
                Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::Nmod => !trigger.is_verb,
                _ => false,
            };
            if !passes {
                break;
            }
            let mut near = Vec::new();
            self.phrases(head, here, &mut near);
            // "is due in Paris for a meeting": the aim may hang on the place itself
            let aim = rel == Rel::Nmod && tree.case(here).is_some_and(|case| tree.lemma(case) == "for");
            let inside = tree.case(head).is_some_and(|case| self.book.is(tree.lemma(case), Cue::InPlace));
            if let Some((place, false)) = tree.stands[head].place.filter(|_| aim && inside && !trigger.is_verb) {
                push(&mut near, place, PlaceRole::Venue);
            }
            if near.is_empty() && matches!(rel, Rel::Advcl | Rel::Xcomp | Rel::Conj) {
                for child in tree.children(head) {
                    if matches!(tree.rel(child), Rel::Obj | Rel::Nsubj | Rel::NsubjPass) && child != here {
                        self.places_in(child, &mut near);
                    }
                }
            }
            if !near.is_empty() {
                return near;
            }
            here = head;
        }
        found
    }

    /// Phrases of place of one governing word, but for one of its dependents.
    fn phrases(&self, at: usize, but: usize, found: &mut Vec<EventPlace>) {
        let tree = self.tree;
        for child in tree.children(at).filter(|&c| c != but) {
            let phrase = matches!(tree.rel(child), Rel::Obl | Rel::Nmod);
            if phrase
                && tree.case(child).is_some_and(|case| self.book.is(tree.lemma(case), Cue::InPlace) && tree.lemma(case) != "on")
            {
                self.add(child, PlaceRole::Venue, found);
            }
        }
    }

    fn places_in(&self, at: usize, found: &mut Vec<EventPlace>) {
        let tree = self.tree;
        for child in tree.children(at) {
            let case = tree.case(child).map_or("", |case| tree.lemma(case));
            if tree.rel(child) == Rel::Nmod && self.book.is(case, Cue::InPlace) && !matches!(case, "on" | "between" | "among") {
                self.add(child, PlaceRole::Venue, found);
            }
        }
    }
}

/// Last resort for acts of violence, protest and force, which always happen somewhere: the nearest place of the sentence that
/// stands after a preposition of place. On 9,000 news sentences the nearest such place is right in 63 %.
pub fn nearest_place(reader: &Reader<'_>, trigger: &Trigger<'_>) -> Option<EventPlace> {
    let tree = reader.tree;
    let bound = hurts(trigger.frame.kind) || matches!(trigger.frame.kind, EventType::Protest | EventType::Mobilize);
    if !bound {
        return None;
    }
    tree.sentence(trigger.at)
        .tokens()
        .filter(|&at| tree.stands[at].venue)
        .min_by_key(|&at| at.abs_diff(trigger.at))
        .and_then(|at| tree.stands[at].place)
        .filter(|&(_, metonym)| !metonym)
        .map(|(place, _)| EventPlace { place, role: PlaceRole::Venue })
}

/// Of venues one of which lies in another, keeps the inner: "in Porto Alegre in southern Brazil".
pub fn keep_exact(places: &mut Vec<EventPlace>, analysis: &Analysis) {
    let venues: Vec<u32> = places.iter().filter(|place| place.role == PlaceRole::Venue).map(|place| place.place).collect();
    places.retain(|place| place.role != PlaceRole::Venue || !venues.iter().any(|&inner| holds(place.place, inner, analysis)));
}

/// Gives a verb without a venue that of the event it is about: "joined the Geneva talks", "sent an envoy to attend the Paris
/// meeting".
pub fn borrow_places(reader: &Reader<'_>, triggers: &[Trigger<'_>], events: &mut [Event]) {
    let tree = reader.tree;
    let mut row_at: Vec<Option<usize>> = vec![None; tree.len()];
    for (row, trigger) in triggers.iter().enumerate() {
        row_at[trigger.at] = Some(row);
    }
    // a verb stands before its complement: from the last to the first, so that a chain needs one round
    for row in (0..triggers.len()).rev() {
        let trigger = &triggers[row];
        if !trigger.is_verb || !events[row].places.is_empty() || trigger.frame.kind == EventType::Statement {
            continue;
        }
        let goes = reader.book.is(tree.lemma(trigger.at), Cue::GoesTo);
        let part = tree.children(trigger.at).find_map(|child| {
            let rel = tree.rel(child);
            let fits = match rel {
                Rel::Obj | Rel::Obl => trigger.frame.kind == EventType::Consult || goes,
                Rel::Xcomp | Rel::Advcl => goes && child > trigger.at,
                _ => false,
            };
            let other = row_at[child].filter(|_| fits)?;
            let venue = events[other].places.iter().find(|place| place.role == PlaceRole::Venue)?;
            Some(*venue)
        });
        // "dispatched his envoy A and his aide B to join the talks": the aim may hang on a name
        let last = tree.sentence(trigger.at).last as usize;
        let aim = (trigger.at + 1..last.min(trigger.at + AIM)).filter(|_| goes).find_map(|at| {
            let infinitive = at > 0 && tree.lemma(at - 1) == "to" && tree.upos(at) == Upos::Verb;
            let other = row_at[at].filter(|_| infinitive)?;
            events[other].places.iter().find(|place| place.role == PlaceRole::Venue).copied()
        });
        if let Some(venue) = part.or(aim) {
            events[row].places.push(venue);
        }
    }
}

/// Violence happens where its object is.
fn hurts(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Coerce | EventType::Disaster | EventType::Accident)
}

fn push(found: &mut Vec<EventPlace>, place: u32, role: PlaceRole) {
    if found.iter().all(|known| known.place != place) {
        found.push(EventPlace { place, role });
    }
}
