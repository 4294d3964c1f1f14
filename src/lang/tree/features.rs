//! A parse under way → the features that score its next move.
//!
//! The templates of Zhang & Nivre (2011), "Transition-based dependency parsing with rich non-local features", and beside them
//! prepositions of the next word, senses, and what lies between the two words in question.

use super::state::{Arcs, NONE, State};
use crate::lang::weights::key;

/// What the features see of one word, computed once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Node {
    /// Hashes of the form in lower case and of the lemma.
    pub word: u64,
    pub lemma: u64,
    /// Number of the tag (part of speech and Penn tag), plus one.
    pub tag: u64,
    /// Number of the part of speech, plus one.
    pub upos: u64,
    /// Senses in the lexicon.
    pub sense: u64,
    /// How many commas, verbs and conjunctions stand before it in the sentence.
    pub commas: u16,
    pub verbs: u16,
    pub joins: u16,
}

/// Stands for what is not there.
const NOBODY: Node = Node { word: 3, lemma: 3, tag: 250, upos: 31, sense: 2047, commas: 0, verbs: 0, joins: 0 };
/// Stands for the root behind the last word.
const ROOT: Node = Node { word: 5, lemma: 5, tag: 251, upos: 30, sense: 2046, commas: 0, verbs: 0, joins: 0 };

const NO_ARCS: Arcs =
    Arcs { head: NONE, left: [NONE; 2], right: [NONE; 2], label: 254, lefts: 0, rights: 0, left_set: 0, right_set: 0 };

/// Distance in words, in few steps.
fn distance(from: u16, to: u16) -> u64 {
    match to.saturating_sub(from) {
        near @ 0..=5 => u64::from(near),
        6..=8 => 6,
        9..=12 => 7,
        _ => 8,
    }
}

/// Number of templates; every state gives so many keys.
pub const TEMPLATES: usize = 108;

/// The keys of all templates.
pub fn features(nodes: &[Node], state: &State, out: &mut Vec<u64>) {
    let node = |at: u16| {
        if at == NONE { &NOBODY } else { nodes.get(usize::from(at)).unwrap_or(&ROOT) }
    };
    let arcs = |at: u16| state.arcs.get(usize::from(at)).unwrap_or(&NO_ARCS);
    let ahead = |offset: u16| {
        let at = state.next.saturating_add(offset);
        if usize::from(at) > nodes.len() { NONE } else { at }
    };
    let (s0, s1, s2) = (state.top(0), state.top(1), state.top(2));
    let b0 = state.next;
    let (a0, a1, ab) = (arcs(s0), arcs(s1), arcs(b0));
    let h0 = a0.head;
    let hh0 = arcs(h0).head;
    let (s0n, s1n, s2n) = (node(s0), node(s1), node(s2));
    let (b0n, b1n, b2n, b3n) = (node(b0), node(ahead(1)), node(ahead(2)), node(ahead(3)));
    let (hn, hhn) = (node(h0), node(hh0));
    let (sl, sl2, sr, sr2) = (node(a0.left[0]), node(a0.left[1]), node(a0.right[0]), node(a0.right[1]));
    let (bl, bl2) = (node(ab.left[0]), node(ab.left[1]));
    let label = |at: u16| u64::from(arcs(at).label);
    let (sll, srl, bll) = (label(a0.left[0]), label(a0.right[0]), label(ab.left[0]));
    let dist = distance(s0, b0);
    let between = if s0 == NONE {
        63
    } else {
        let limit = nodes.len();
        let last = nodes.get(usize::from(b0)).or(nodes.get(limit.wrapping_sub(1))).unwrap_or(&NOBODY);
        let few = |a: u16, b: u16| u64::from(b.saturating_sub(a).min(3));
        few(s0n.commas, last.commas) | few(s0n.verbs, last.verbs) << 2 | few(s0n.joins, last.joins) << 4
    };
    let lefts = u64::from(a0.lefts.min(4));
    let rights = u64::from(a0.rights.min(4));
    let next_lefts = u64::from(ab.lefts.min(4));
    let free = u64::from(h0 == NONE);
    let own = u64::from(a0.label);
    let (sp, bp, s1p, b1p, b2p) = (s0n.tag, b0n.tag, s1n.tag, b1n.tag, b2n.tag);
    let (su, bu) = (s0n.upos, b0n.upos);
    let tags = sp << 8 | bp;
    let upair = su << 5 | bu;
    out.clear();
    let mut template = 0;
    let mut add = |a: u64, b: u64| {
        out.push(key(template, a, b));
        template += 1;
    };
    // Single words.
    add(s0n.word, sp);
    add(s0n.lemma, free);
    add(sp, own);
    add(b0n.word, bp);
    add(b0n.lemma, 0);
    add(bp, 0);
    add(b1n.word, b1p);
    add(b1n.lemma, 0);
    add(b1p, 0);
    add(b2n.word, b2p);
    add(b2p, 0);
    add(b3n.tag, b2p);
    add(s1n.lemma, s1p);
    add(s1p, u64::from(a1.label));
    // Pairs.
    add(s0n.lemma ^ sp << 1, b0n.lemma ^ bp << 1);
    add(s0n.lemma ^ sp << 1, b0n.lemma);
    add(s0n.lemma, b0n.lemma ^ bp << 1);
    add(s0n.lemma, tags);
    add(b0n.lemma, tags);
    add(s0n.lemma, b0n.lemma);
    add(tags, 0);
    add(tags, dist);
    add(bp << 8 | b1p, 0);
    add(s0n.lemma, bp);
    add(sp, b0n.lemma);
    add(s0n.word, b1n.lemma ^ bp);
    add(sp, b1n.lemma ^ bp);
    add(b0n.lemma, b1n.lemma);
    // Triples of tags.
    add(bp << 16 | b1p << 8 | b2p, 0);
    add(bp << 16 | b1p << 8 | b2p, sp);
    add(tags, b1p);
    add(tags, hn.tag);
    add(tags, sl.tag);
    add(tags, sr.tag);
    add(tags, bl.tag);
    add(tags, s1p);
    add(tags << 8 | s1p, b1p);
    add(tags << 8 | s1p, s2n.tag);
    add(tags << 8 | b1p, b3n.tag << 8 | b2p);
    // Distance and number of dependants.
    add(s0n.lemma, dist);
    add(sp, dist);
    add(b0n.lemma, dist);
    add(bp, dist);
    add(s0n.lemma ^ b0n.lemma.rotate_left(7), dist);
    add(s0n.lemma, rights << 8 | 1);
    add(sp, rights << 8 | lefts);
    add(s0n.lemma, lefts << 8 | 2);
    add(b0n.lemma, next_lefts);
    add(bp, next_lefts);
    add(tags, rights << 16 | next_lefts << 8 | lefts);
    // Heads and dependants.
    add(hn.lemma, 0);
    add(hn.tag, own);
    add(hhn.tag, hn.tag << 8 | sp);
    add(hhn.lemma, 0);
    add(sl.lemma, sll);
    add(sl.tag, sll);
    add(sr.lemma, srl);
    add(sr.tag, srl);
    add(bl.lemma, bll);
    add(bl.tag, bll);
    add(sl2.tag, sl.tag << 8 | sp);
    add(sr2.tag, sr.tag << 8 | sp);
    add(bl2.tag, bl.tag << 8 | bp);
    add(sl2.lemma, label(a0.left[1]));
    add(sr2.lemma, label(a0.right[1]));
    add(bl2.lemma, label(ab.left[1]));
    add(tags << 8 | srl, bll << 8 | sll);
    add(s0n.lemma, hn.lemma ^ own);
    add(own << 16 | tags, srl);
    // Sets of labels.
    add(s0n.lemma, a0.right_set ^ 0x5555);
    add(sp, a0.right_set);
    add(s0n.lemma, a0.left_set);
    add(sp, a0.left_set ^ 0x9999);
    add(b0n.lemma, ab.left_set);
    add(bp, ab.left_set);
    add(tags, a0.right_set);
    add(tags, ab.left_set);
    add(s0n.lemma ^ a0.right_set, bp);
    // Prepositions and conjunctions of the next word: where does the phrase belong?
    add(s0n.lemma, bl.lemma);
    add(s0n.lemma ^ bp, bl.lemma);
    add(sp, bl.lemma ^ bp);
    add(s1n.lemma, bl.lemma);
    add(sp << 8 | s1p, bl.lemma);
    add(s0n.sense << 11 | b0n.sense, bl.lemma);
    add(s0n.lemma ^ bl.lemma.rotate_left(9), b0n.sense);
    add(s0n.lemma ^ bl.lemma.rotate_left(9), b0n.lemma);
    add(hn.lemma ^ sp, bl.lemma ^ bp);
    add(hn.tag << 8 | sp, bl.lemma ^ bp);
    add(bl2.lemma, bl.lemma ^ tags);
    // Senses.
    add(s0n.sense, bp);
    add(b0n.sense, sp);
    add(s0n.sense << 11 | b0n.sense, upair);
    add(s0n.sense, b0n.lemma);
    add(s0n.lemma, b0n.sense);
    add(s1n.sense << 11 | b0n.sense, s1n.upos << 10 | upair);
    // What lies between, and what is below.
    add(tags, between);
    add(tags << 8 | s1p, between);
    add(s0n.lemma, between);
    add(b0n.lemma, between);
    add(s1n.lemma, tags);
    add(s1n.lemma ^ s0n.lemma.rotate_left(9), bp);
    add(s1n.lemma, b0n.lemma);
    add(s1p << 8 | bp, between << 8 | u64::from(a1.label));
    add(s2n.tag << 8 | s1p, bp);
    add(upair, u64::from(a1.label) << 16 | own << 8 | dist);
}
