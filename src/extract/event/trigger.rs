//! Trees → triggers: the verbs and nouns that tell of an event, and the verbs that only carry a noun's event.

use super::book::{Cue, Frame, VerbBook};
use super::tree::Tree;
use crate::lang::{Rel, Upos};
use crate::model::{ActorRole, BlockKind, EventType, MentionForm};

/// A word that tells of an event.
pub struct Trigger<'a> {
    pub at: usize,
    pub is_verb: bool,
    pub frame: &'a Frame,
    /// Lemma, joined to its particle: `hand_over`.
    pub lemma: String,
    /// Verb that carries a noun's event: "held" in "held talks", "continue" in "talks continue".
    pub carrier: Option<usize>,
    /// The preposition child that belongs to the verb itself: "for" in "call for".
    pub joined: Option<usize>,
    /// Probability that the word tells of an event here, 0..=1.
    pub certainty: f32,
    /// The word whose event this one only carries: "talks" for "held" in "held talks". Such a mention is kept for those who
    /// look for it, linked to the other, and never salient.
    pub echoes: Option<usize>,
}

/// What a carrying verb is to be read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// It tells of an event of its own.
    None,
    /// It tells of the event of this token.
    Echo(usize),
    /// "place" in "take place".
    Full,
}

/// The frame of verbs no table lists.
pub fn plain_frame() -> Frame {
    Frame {
        kind: EventType::Other,
        weight: 0.2,
        subject: Some(ActorRole::Agent),
        object: Some(ActorRole::Target),
        prepositions: vec![("to".into(), ActorRole::Recipient), ("by".into(), ActorRole::Agent)],
    }
}

/// Finds triggers in text order, in headlines, paragraphs and captions. `kinds` are those of the article's blocks.
pub fn triggers<'a>(tree: &Tree<'_>, book: &'a VerbBook, plain: &'a Frame, kinds: &[BlockKind]) -> Vec<Trigger<'a>> {
    let mut carriers: Vec<Option<usize>> = vec![None; tree.len()];
    let mut silent = vec![Silence::None; tree.len()];
    let own = |at: usize| {
        kinds
            .get(tree.sentence(at).block as usize)
            .is_none_or(|kind| matches!(kind, BlockKind::Headline | BlockKind::Paragraph | BlockKind::Caption))
    };
    for at in 0..tree.len() {
        if tree.upos(at) == Upos::Verb {
            carry(tree, book, at, &mut carriers, &mut silent);
        }
    }
    let mut found = Vec::new();
    for at in 0..tree.len() {
        if silent[at] == Silence::Full || !own(at) || tree.stands[at].time {
            continue;
        }
        if let Silence::Echo(event) = silent[at] {
            let frame = frame_at(tree, book, event).unwrap_or(plain);
            let lemma = tree.lemma(at).to_owned();
            found.push(Trigger {
                at,
                is_verb: true,
                frame,
                lemma,
                carrier: None,
                joined: None,
                certainty: 0.3,
                echoes: Some(event),
            });
            continue;
        }
        match tree.upos(at) {
            Upos::Adj if is_participle(tree, book, at) => found.extend(verb(tree, book, plain, at)),
            Upos::Verb => found.extend(verb(tree, book, plain, at)),
            Upos::Noun | Upos::Propn => {
                found.extend(noun(tree, book, at).map(|trigger| Trigger { carrier: carriers[at], ..trigger }));
            }
            _ => {}
        }
    }
    found
}

fn frame_at<'a>(tree: &Tree<'_>, book: &'a VerbBook, at: usize) -> Option<&'a Frame> {
    if tree.upos(at) == Upos::Verb {
        let (lemma, _) = joined_lemma(tree, book, at);
        with_object(tree, book, at).or_else(|| book.verb(&lemma))
    } else {
        let word = tree.word(at).to_lowercase();
        book.noun(&word).or_else(|| book.noun(tree.lemma(at))).or_else(|| book.derived_noun(tree.lemma(at)))
    }
}

/// "was shot", "were wounded" where the participle was tagged as an adjective.
fn is_participle(tree: &Tree<'_>, book: &VerbBook, at: usize) -> bool {
    let strong = book.is(&tree.word(at).to_lowercase(), Cue::Participle);
    strong && tree.children(at).any(|c| matches!(tree.rel(c), Rel::Cop | Rel::AuxPass | Rel::NsubjPass | Rel::OblAgent))
}

/// "held talks", "talks continue", "began to march": the first verb tells of nothing but the other word's event.
fn carry(tree: &Tree<'_>, book: &VerbBook, at: usize, carriers: &mut [Option<usize>], silent: &mut [Silence]) {
    let lemma = joined_lemma(tree, book, at).0;
    let plain = tree.lemma(at);
    let light = book.is(&lemma, Cue::Light) || book.is(plain, Cue::Light);
    let place = tree.children(at).find(|&c| plain == "take" && tree.lemma(c) == "place" && c == at + 1);
    let aspect = book.is(&lemma, Cue::Aspect) || place.is_some();
    let shared = book.is(plain, Cue::Shared);
    if let Some(place) = place {
        silent[place] = Silence::Full;
    }
    let passive = tree.is_passive(at);
    // "the talks taking place in Cairo", "a vote held on Sunday"
    if (aspect || light)
        && tree.rel(at) == Rel::Acl
        && let Some(noun) = tree.head(at)
        && matches!(tree.upos(noun), Upos::Noun | Upos::Propn)
        && self::noun(tree, book, noun).is_some()
        && !tree.children(at).any(|c| tree.rel(c) == Rel::Mark && tree.lemma(c) == "to")
    {
        carriers[noun].get_or_insert(at);
        silent[at] = Silence::Echo(noun);
    }
    for child in tree.children(at) {
        let object = tree.rel(child) == Rel::Obj || (passive && tree.rel(child) == Rel::NsubjPass);
        let subject = tree.rel(child) == Rel::Nsubj;
        let complement = matches!(tree.rel(child), Rel::Xcomp) && tree.upos(child) == Upos::Verb;
        if complement && aspect {
            silent[at] = Silence::Echo(child);
            continue;
        }
        if !(object && (light || shared || aspect) || subject && aspect) {
            continue;
        }
        for noun in std::iter::once(child).chain(tree.children(child).filter(|&c| tree.rel(c) == Rel::Conj)) {
            if matches!(tree.upos(noun), Upos::Noun | Upos::Propn) && self::noun(tree, book, noun).is_some() {
                carriers[noun].get_or_insert(at);
                if light || aspect {
                    silent[at] = Silence::Echo(noun);
                }
            }
        }
    }
}

/// The lemma with its particle or preposition where the tables know the pair, and that word's token.
pub fn joined_lemma(tree: &Tree<'_>, book: &VerbBook, at: usize) -> (String, Option<usize>) {
    let lemma = tree.lemma(at);
    for child in tree.children(at) {
        let particle = match tree.rel(child) {
            Rel::CompoundPrt => Some(child),
            Rel::Obl | Rel::Advcl | Rel::Xcomp | Rel::Ccomp => tree.case(child),
            Rel::Advmod if tree.upos(child) == Upos::Adv && child == at + 1 => Some(child),
            _ => None,
        };
        if let Some(particle) = particle {
            let pair = format!("{lemma}_{}", tree.lemma(particle));
            if book.verb(&pair).is_some() || book.is(&pair, Cue::Aspect) || book.is(&pair, Cue::Light) {
                return (pair, Some(particle));
            }
        }
    }
    // "called for calm", whatever the tree makes of what follows
    if at + 1 < tree.sentence(at).last as usize && tree.upos(at + 1) == Upos::Adp {
        let pair = format!("{lemma}_{}", tree.lemma(at + 1));
        if book.verb(&pair).is_some() && !tree.is_passive(at) {
            return (pair, Some(at + 1));
        }
    }
    (lemma.to_owned(), None)
}

/// "won the election", "sent troops", "took office": verb and object tell of an event together.
fn with_object<'a>(tree: &Tree<'_>, book: &'a VerbBook, at: usize) -> Option<&'a Frame> {
    let verb = tree.lemma(at);
    // "took Goma": a town is captured
    let town = |c: usize| tree.rel(c) == Rel::Obj && tree.stands[c].place.is_some() && tree.upos(c) == Upos::Propn;
    if verb == "take" && tree.children(at).any(town) {
        return book.verb("capture");
    }
    if !book.has_pairs(verb) {
        return None;
    }
    tree.children(at)
        .filter(|&c| {
            matches!(tree.rel(c), Rel::Obj | Rel::NsubjPass) || c > at && matches!(tree.rel(c), Rel::Obl | Rel::CompoundPrt)
        })
        .flat_map(|c| std::iter::once(c).chain(tree.children(c).filter(|&m| tree.rel(m) == Rel::Conj)))
        .find_map(|c| book.pair(verb, tree.lemma(c)).or_else(|| book.pair(verb, &tree.word(c).to_lowercase())))
}

fn verb<'a>(tree: &Tree<'_>, book: &'a VerbBook, plain: &'a Frame, at: usize) -> Option<Trigger<'a>> {
    let word = tree.word(at);
    if !word.chars().any(char::is_alphabetic) || matches!(tree.rel(at), Rel::Case | Rel::Mark | Rel::Cc | Rel::Fixed) {
        return None;
    }
    if matches!(tree.rel(at), Rel::Aux | Rel::AuxPass | Rel::Cop | Rel::Flat | Rel::Compound | Rel::CompoundPrt) {
        return None;
    }
    if tree.stands[at].actor.is_some_and(|(_, form)| form == MentionForm::Name) || tree.stands[at].place.is_some() {
        return None;
    }
    let (mut lemma, joined) = joined_lemma(tree, book, at);
    if tree.upos(at) == Upos::Adj {
        lemma = tree.word(at).to_lowercase();
    }
    if joined.is_none() && book.is(&lemma, Cue::NotEventVerbs) {
        return None;
    }
    let listed = with_object(tree, book, at).or_else(|| book.verb(&lemma));
    let frame = listed.unwrap_or(plain);
    let adjective = tree.rel(at) == Rel::Amod;
    if adjective && (frame.weight < 0.6 || book.is(tree.lemma(at), Cue::Claimed)) {
        return None;
    }
    let certainty = if adjective {
        0.5
    } else if listed.is_some() {
        0.9
    } else {
        0.75
    };
    Some(Trigger { at, is_verb: true, frame, lemma, carrier: None, joined, certainty, echoes: None })
}

fn noun<'a>(tree: &Tree<'_>, book: &'a VerbBook, at: usize) -> Option<Trigger<'a>> {
    if matches!(tree.rel(at), Rel::Compound | Rel::Flat | Rel::Case | Rel::Fixed) {
        return None;
    }
    if tree.stands[at].actor.is_some() || tree.stands[at].place.is_some() {
        return None;
    }
    let word = tree.word(at).to_lowercase();
    let lemma = if book.noun(&word).is_some() { word } else { tree.lemma(at).to_owned() };
    if book.is(&lemma, Cue::NotEventNouns) {
        return None;
    }
    let listed = book.noun(&lemma);
    let frame = listed.or_else(|| book.derived_noun(&lemma))?;
    // "the 2008 Olympic Games", "World War": a proper noun is an event only where the table knows the word.
    if tree.upos(at) == Upos::Propn && listed.is_none() {
        return None;
    }
    let certainty = if listed.is_some() { 0.8 } else { 0.5 };
    Some(Trigger { at, is_verb: false, frame, lemma, carrier: None, joined: None, certainty, echoes: None })
}
