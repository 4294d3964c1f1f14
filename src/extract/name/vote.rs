//! Proposed names of a text → the same, one kind for one name, and those added that were met elsewhere in the text.
//!
//! A surname is clear where the full name stands and doubtful in a headline; the text as a whole decides (one sense per
//! discourse: Gale, Church, Yarowsky 1992).

use std::collections::HashMap;

use super::book::bit;
use super::features::{Seen, form};
use super::{NameKind, NameMention};
use crate::lang::Parsed;
use crate::model::Span;

/// A vote of another kind must be this many times as strong to overrule what the sentence says.
const OVERRULES: f32 = 1.5;
/// A name is added where it is met untagged once its votes reach this.
const ADDS: f32 = 0.8;

/// Tokens of a proposal: first and one past the last, as indices into `Parsed::tokens`.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    pub first: usize,
    pub last: usize,
    pub kind: NameKind,
    pub score: f32,
    pub why: &'static str,
}

#[derive(Clone, Copy, Debug, Default)]
struct Votes([f32; 4]);

impl Votes {
    fn best(self) -> (NameKind, f32) {
        let kinds = [NameKind::Person, NameKind::Organisation, NameKind::Location, NameKind::Misc];
        let mut best = (kinds[0], self.0[0]);
        for (kind, votes) in kinds.into_iter().zip(self.0).skip(1) {
            if votes > best.1 {
                best = (kind, votes);
            }
        }
        best
    }

    fn of(self, kind: NameKind) -> f32 {
        self.0[kind as usize]
    }
}

/// Decides over the whole text. Linear in the text: every token is looked up once per name length met at it.
pub fn vote(seen: &[Seen], parsed: &Parsed, proposals: &mut Vec<Proposal>) {
    let run = |first: usize, last: usize| {
        seen[first..last].iter().fold(0_u64, |run, one| crate::lang::weights::key(901, run, one.lower))
    };
    let mut votes: HashMap<u64, Votes> = HashMap::new();
    let mut lengths: HashMap<u64, usize> = HashMap::new();
    for one in proposals.iter() {
        votes.entry(run(one.first, one.last)).or_default().0[one.kind as usize] += one.score;
        let length = lengths.entry(seen[one.first].lower).or_default();
        *length = (*length).max(one.last - one.first);
        // A person's last name stands for the person.
        if one.kind == NameKind::Person && one.last - one.first > 1 {
            let last = &seen[one.last - 1];
            if last.is(form::CAPITAL) {
                votes.entry(run(one.last - 1, one.last)).or_default().0[0] += one.score;
                lengths.entry(last.lower).or_insert(1);
            }
            // "Ursula von der Leyen" is "von der Leyen" afterwards
            let surname =
                (one.first + 1..one.last - 1).find(|&at| seen[at].bits & bit::PARTICLE != 0 && !seen[at].is(form::CAPITAL));
            if let Some(surname) = surname {
                votes.entry(run(surname, one.last)).or_default().0[0] += one.score.max(ADDS);
                let length = lengths.entry(seen[surname].lower).or_default();
                *length = (*length).max(one.last - surname);
            }
        }
    }
    let mut taken = vec![false; seen.len()];
    for one in proposals.iter_mut() {
        let tally = votes.get(&run(one.first, one.last)).copied().unwrap_or_default();
        let (kind, strength) = tally.best();
        if kind != one.kind && strength > OVERRULES * tally.of(one.kind) {
            one.kind = kind;
            one.score = one.score.max(0.5);
            one.why = "kind by its other mentions in the text";
        }
        taken[one.first..one.last].fill(true);
    }
    let mut added = Vec::new();
    for sentence in &parsed.sentences {
        let mut at = sentence.first as usize;
        while at < sentence.last as usize {
            let longest = lengths.get(&seen[at].lower).copied().unwrap_or(0).min(sentence.last as usize - at);
            let fits = |length: &usize| {
                let last = at + length;
                !taken[at..last].iter().any(|taken| *taken)
                    && (seen[at].is(form::CAPITAL) || *length > 1 && seen[at].bits & bit::PARTICLE != 0)
                    && seen[last - 1].is(form::CAPITAL)
                    && votes.get(&run(at, last)).is_some_and(|tally| tally.best().1 >= ADDS)
                    // A small word elsewhere ("may", "will") is a name only with a capital inside the sentence.
                    && (*length > 1 || !seen[at].is(form::SEEN_SMALL) || seen[at].is(form::SEEN_CAPITAL) && !seen[at].is(form::FIRST_IN_SENTENCE | form::HEADLINE))
                    && !seen.get(last).is_some_and(|next| next.is(form::CAPITAL) && !next.is(form::HEADLINE | form::ALL_CAPS))
            };
            if let Some(length) = (1..=longest).rev().find(fits) {
                let (kind, strength) = votes.get(&run(at, at + length)).map_or((NameKind::Misc, 0.0), |tally| tally.best());
                added.push(Proposal {
                    first: at,
                    last: at + length,
                    kind,
                    score: (strength / 2.0).min(0.9),
                    why: "named elsewhere in the text",
                });
                at += length;
            } else {
                at += 1;
            }
        }
    }
    proposals.append(&mut added);
    proposals.sort_by_key(|one| one.first);
}

/// The span of tokens `first..last`.
pub fn span_of(parsed: &Parsed, first: usize, last: usize) -> Span {
    parsed.tokens[first].span.joined(parsed.tokens[last - 1].span)
}

/// As mentions, in text order.
pub fn mention(parsed: &Parsed, one: &Proposal, title: Option<Span>) -> NameMention {
    NameMention { span: span_of(parsed, one.first, one.last), kind: one.kind, score: one.score, title, why: one.why }
}
