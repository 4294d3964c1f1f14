//! Embedded tables → verbs and event nouns with their types and roles, and the words that steer a reading.

use std::collections::HashMap;

use crate::model::{ActorRole, EventType};

const VERBS: &str = include_str!("../../../assets/lang/en/events_verbs.tsv");
const NOUNS: &str = include_str!("../../../assets/lang/en/events_nouns.tsv");
const DERIVED: &str = include_str!("../../../assets/lang/en/events_derived.tsv");
const PAIRS: &str = include_str!("../../../assets/lang/en/events_pairs.tsv");
const CUES: &str = include_str!("../../../assets/lang/en/events_cues.tsv");

/// What a group of verbs or nouns tells and who takes which part.
#[derive(Clone, Debug)]
pub struct Frame {
    pub kind: EventType,
    /// How much such an event belongs on a foreign desk's timeline, 0..=1.
    pub weight: f32,
    /// Role of the subject, or of a noun's possessor.
    pub subject: Option<ActorRole>,
    /// Role of the object, or of what follows a noun's "of".
    pub object: Option<ActorRole>,
    /// Roles of what follows a preposition.
    pub prepositions: Vec<(Box<str>, ActorRole)>,
}

/// A word that steers how an event is read; the rows of `events_cues.tsv`, explained there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    ObjectControl,
    Light,
    Shared,
    Aspect,
    Going,
    Ending,
    Raising,
    PlannedComplement,
    OpenComplement,
    NegativeComplement,
    FactualComplement,
    Reporting,
    Claimed,
    Condition,
    Ahead,
    Open,
    UnderWay,
    FutureAux,
    OpenAux,
    PlanNoun,
    NegativeNoun,
    NotEventVerbs,
    NotEventNouns,
    InPlace,
    ToPlace,
    FromPlace,
    PersonQuantity,
    Killed,
    Injured,
    Missing,
    Displaced,
    Arrested,
    Freed,
    Gathers,
    GoesTo,
    Container,
    SubjectControl,
    WholeAddressee,
    States,
    Stopped,
    Wanted,
    LeavesObject,
    ReachesObject,
    Attends,
    Over,
    OwnObject,
    Participle,
    Brokers,
    Harm,
    Labour,
    Weapon,
}

/// Keys of the cue table, in the order of [`Cue`].
const CUE_KEYS: &[&str] = &[
    "object_control",
    "light",
    "shared",
    "aspect",
    "going",
    "ending",
    "raising",
    "planned_complement",
    "open_complement",
    "negative_complement",
    "factual_complement",
    "reporting",
    "claimed",
    "condition",
    "ahead",
    "open",
    "under_way",
    "future_aux",
    "open_aux",
    "plan_noun",
    "negative_noun",
    "not_event_verbs",
    "not_event_nouns",
    "in_place",
    "to_place",
    "from_place",
    "person_quantity",
    "killed",
    "injured",
    "missing",
    "displaced",
    "arrested",
    "freed",
    "gathers",
    "goes_to",
    "container",
    "subject_control",
    "whole_addressee",
    "states",
    "stopped",
    "wanted",
    "leaves_object",
    "reaches_object",
    "attends",
    "over",
    "own_object",
    "participle",
    "brokers",
    "harm",
    "labour",
    "weapon",
];

/// Verbs and event nouns with their types and roles.
#[derive(Debug, Default)]
pub struct VerbBook {
    frames: Vec<Frame>,
    verbs: HashMap<Box<str>, u16>,
    nouns: HashMap<Box<str>, u16>,
    /// Event nouns known only through the verb they come from.
    derived: HashMap<Box<str>, u16>,
    /// Verb and object that tell of an event together, by verb.
    pairs: HashMap<Box<str>, Vec<(Box<str>, u16)>>,
    cues: HashMap<Box<str>, u64>,
}

impl VerbBook {
    /// Reads the tables that are part of the program.
    #[must_use]
    pub fn load() -> Self {
        let mut book = Self::default();
        for row in rows(VERBS) {
            let mut field = row.split('\t');
            let (Some(kind), Some(weight), Some(roles), Some(words)) = (field.next(), field.next(), field.next(), field.next())
            else {
                continue;
            };
            let row = book.add(verb_frame(kind, weight, roles));
            for word in words.split(' ') {
                book.verbs.entry(word.into()).or_insert(row);
            }
        }
        for row in rows(PAIRS) {
            let field: Vec<_> = row.split('\t').collect();
            let [kind, weight, roles, verbs, objects] = field[..] else { continue };
            let row = book.add(verb_frame(kind, weight, roles));
            for verb in verbs.split(' ') {
                let known = book.pairs.entry(verb.into()).or_default();
                known.extend(objects.split(' ').map(|object| (object.into(), row)));
            }
        }
        for row in rows(NOUNS) {
            let field: Vec<_> = row.split('\t').collect();
            let [kind, weight, subject, object, words] = field[..] else { continue };
            let (subject, object) = (role_of(subject), role_of(object));
            let row = book.add(noun_frame(kind_of(kind), weight.parse().unwrap_or(0.3), subject, object));
            for word in words.split(' ') {
                book.nouns.entry(word.into()).or_insert(row);
            }
        }
        book.derive();
        for row in rows(CUES) {
            let Some((key, words)) = row.split_once('\t') else { continue };
            let Some(bit) = CUE_KEYS.iter().position(|known| *known == key) else { continue };
            for word in words.split(' ') {
                *book.cues.entry(word.into()).or_default() |= 1 << bit;
            }
        }
        book
    }

    /// Nouns that `WordNet` derives from a verb take the verb's type: "bombardment" is what "bombard" is.
    fn derive(&mut self) {
        let mut as_noun: HashMap<u16, u16> = HashMap::new();
        let other = self.add(noun_frame(EventType::Other, 0.2, Some(ActorRole::Agent), Some(ActorRole::Target)));
        for row in rows(DERIVED) {
            let Some((verb, nouns)) = row.split_once('\t') else { continue };
            let frame = match self.verbs.get(verb).copied() {
                None => other,
                Some(known) => as_noun.get(&known).copied().unwrap_or_else(|| {
                    let from = &self.frames[usize::from(known)];
                    let made = noun_frame(from.kind, from.weight * 0.8, from.subject, from.object);
                    let made = self.add(made);
                    as_noun.insert(known, made);
                    made
                }),
            };
            for noun in nouns.split(' ') {
                self.derived.entry(noun.into()).or_insert(frame);
            }
        }
    }

    fn add(&mut self, frame: Frame) -> u16 {
        self.frames.push(frame);
        u16::try_from(self.frames.len() - 1).expect("the tables hold far fewer than 65,536 groups")
    }

    /// The frame of a verb's lemma, or of verb and particle joined by "_".
    pub fn verb(&self, lemma: &str) -> Option<&Frame> {
        self.verbs.get(lemma).map(|&row| &self.frames[usize::from(row)])
    }

    /// Do some objects give the verb another meaning?
    pub fn has_pairs(&self, verb: &str) -> bool {
        self.pairs.contains_key(verb)
    }

    /// The frame of a verb with this object.
    pub fn pair(&self, verb: &str, object: &str) -> Option<&Frame> {
        let known = self.pairs.get(verb)?;
        known.iter().find(|(word, _)| **word == *object).map(|(_, row)| &self.frames[usize::from(*row)])
    }

    /// The frame of a noun that tells of an event; listed by hand.
    pub fn noun(&self, lemma: &str) -> Option<&Frame> {
        self.nouns.get(lemma).map(|&row| &self.frames[usize::from(row)])
    }

    /// The frame of a noun derived from a verb.
    pub fn derived_noun(&self, lemma: &str) -> Option<&Frame> {
        self.derived.get(lemma).map(|&row| &self.frames[usize::from(row)])
    }

    /// Does the word steer a reading in this way?
    pub fn is(&self, word: &str, cue: Cue) -> bool {
        self.cues.get(word).is_some_and(|bits| bits & (1 << cue as u64) != 0)
    }
}

fn verb_frame(kind: &str, weight: &str, roles: &str) -> Frame {
    let mut roles = roles.split(' ');
    Frame {
        kind: kind_of(kind),
        weight: weight.parse().unwrap_or(0.3),
        subject: roles.next().and_then(role_of),
        object: roles.next().and_then(role_of),
        prepositions: roles
            .filter_map(|pair| pair.split_once('='))
            .filter_map(|(word, role)| Some((word.into(), role_of(role)?)))
            .collect(),
    }
}

/// A noun's arguments come with the same prepositions whatever it tells.
fn noun_frame(kind: EventType, weight: f32, subject: Option<ActorRole>, object: Option<ActorRole>) -> Frame {
    let shared = |other: ActorRole| if subject == Some(ActorRole::Attendee) { ActorRole::Attendee } else { other };
    let prepositions = [
        ("by", subject.unwrap_or(ActorRole::Agent)),
        ("between", shared(ActorRole::Attendee)),
        ("among", shared(ActorRole::Attendee)),
        ("with", shared(ActorRole::Target)),
        ("against", ActorRole::Target),
        ("on", ActorRole::Target),
        ("to", ActorRole::Recipient),
        ("for", ActorRole::Target),
        ("from", ActorRole::Agent),
    ];
    let prepositions = prepositions.into_iter().map(|(word, role)| (word.into(), role)).collect();
    Frame { kind, weight, subject, object, prepositions }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn role_of(word: &str) -> Option<ActorRole> {
    Some(match word {
        "agent" => ActorRole::Agent,
        "target" => ActorRole::Target,
        "attendee" => ActorRole::Attendee,
        "mediator" => ActorRole::Mediator,
        "recipient" => ActorRole::Recipient,
        "speaker" => ActorRole::Speaker,
        "other" => ActorRole::Other,
        _ => return None,
    })
}

fn kind_of(word: &str) -> EventType {
    EventType::ALL.into_iter().find(|kind| format!("{kind:?}").eq_ignore_ascii_case(word)).unwrap_or(EventType::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_known_type_and_cue() {
        for row in rows(VERBS).chain(rows(NOUNS)).chain(rows(PAIRS)) {
            let kind = row.split('\t').next().unwrap();
            assert!(kind == "Other" || kind_of(kind) != EventType::Other, "{kind}");
        }
        for row in rows(CUES) {
            assert!(CUE_KEYS.contains(&row.split('\t').next().unwrap()), "{row}");
        }
        assert_eq!(CUE_KEYS.len(), Cue::Weapon as usize + 1);
    }

    #[test]
    fn a_derived_noun_has_its_verbs_type() {
        let book = VerbBook::load();
        assert_eq!(book.noun("talks").map(|f| f.kind), Some(EventType::Consult));
        assert!(book.is("ask", Cue::ObjectControl) && !book.is("ask", Cue::Light));
    }
}
