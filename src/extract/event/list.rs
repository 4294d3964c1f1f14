//! A mention in a list of names → the other names of the list: "A, the minister, B and C", where the tree lost one.
//!
//! Coordination is what parsers get wrong most (69 F1 on news), and lists of those who attend are what readers want.

use super::who::Reader;
use crate::lang::{Rel, Upos};

/// Longest list that is followed in each direction; the longest of a real communiqué.
const LONGEST: usize = 30;

/// Most words of a title between a comma and a name.
const TITLE: usize = 9;

impl Reader<'_> {
    /// Tokens that stand for the other members of the list that the mention at `token` belongs to.
    pub fn list_mates(&self, token: usize) -> Vec<usize> {
        let (Some(actor), range) = (self.tree.stands[token].actor.map(|(actor, _)| actor), self.tree.sentence(token).tokens())
        else {
            return Vec::new();
        };
        let mut mates = self.backward(token, actor, range.start);
        mates.extend(self.forward(token, actor, range.end));
        mates
    }

    fn forward(&self, token: usize, actor: u32, last: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut mates = Vec::new();
        let mut end = self.mention_end(token, actor, last);
        let mut skipped = false;
        for _ in 0..LONGEST {
            let mut at = end;
            let comma = at < last && tree.word(at) == ",";
            at += usize::from(comma);
            let closing = at < last && matches!(tree.lemma(at), "and" | "or" | "&");
            at += usize::from(closing);
            if !comma && !closing {
                break;
            }
            let next = self.name_after(at, last);
            let Some(next) = next else {
                // an apposition between commas: "Merkel, the chancellor, and Macron"
                let close = (at..last.min(at + TITLE)).find(|&t| tree.word(t) == ",");
                match close.filter(|_| comma && !closing && !skipped) {
                    Some(close) => {
                        end = close;
                        skipped = true;
                        continue;
                    }
                    None => break,
                }
            };
            if self.begins_clause(next, token) {
                break;
            }
            mates.push(next);
            skipped = false;
            let member = tree.stands[next].actor.map_or(u32::MAX, |(actor, _)| actor);
            end = self.mention_end(next, member, last);
            if closing {
                return mates;
            }
        }
        // a list that nothing closes is an apposition or two clauses
        Vec::new()
    }

    fn backward(&self, token: usize, actor: u32, first: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut mates = Vec::new();
        let (mut start, mut actor) = (token, actor);
        let mut closed = false;
        for _ in 0..LONGEST {
            while start > first && tree.stands[start - 1].actor.is_some_and(|(other, _)| other == actor) {
                start -= 1;
            }
            let mut at = start;
            while at > first && start - at < TITLE && is_title(tree.upos(at - 1)) && tree.stands[at - 1].actor.is_none() {
                at -= 1;
            }
            let and = at > first && matches!(tree.lemma(at - 1), "and" | "or" | "&");
            at -= usize::from(and);
            let comma = at > first && tree.word(at - 1) == ",";
            at -= usize::from(comma);
            if !(and || comma && closed) || at <= first {
                break;
            }
            let Some((before, _)) = tree.stands[at - 1].actor else { break };
            let listed = matches!(
                tree.rel(self.top(at - 1, before, first)),
                Rel::Nsubj
                    | Rel::NsubjPass
                    | Rel::Conj
                    | Rel::Appos
                    | Rel::Dep
                    | Rel::List
                    | Rel::Flat
                    | Rel::Compound
                    | Rel::Dislocated
            );
            if !listed {
                break;
            }
            mates.push(at - 1);
            closed = true;
            (start, actor) = (at - 1, before);
        }
        mates
    }

    /// The name after a separator, over the words of its title.
    pub fn name_after(&self, at: usize, last: usize) -> Option<usize> {
        let tree = self.tree;
        let mut next = at;
        while next < last && next - at < TITLE {
            // "Turkish intelligence chief": a word of origin is part of the title
            if tree.stands[next].actor.is_some() && tree.upos(next) != Upos::Adj {
                return Some(next);
            }
            if !is_title(tree.upos(next)) && tree.word(next) != "-" {
                return None;
            }
            next += 1;
        }
        None
    }

    /// Is the name the subject of a clause that the list's first name is no subject of?
    fn begins_clause(&self, name: usize, first: usize) -> bool {
        let tree = self.tree;
        let actor = tree.stands[name].actor.map_or(u32::MAX, |(actor, _)| actor);
        let last = tree.sentence(name).last as usize;
        let end = self.mention_end(name, actor, last);
        let own = (name..end).any(|t| matches!(tree.rel(t), Rel::Nsubj | Rel::NsubjPass));
        own && !matches!(tree.rel(first), Rel::Nsubj | Rel::NsubjPass | Rel::Conj | Rel::Dep)
    }

    /// One past the mention's last token.
    fn mention_end(&self, token: usize, actor: u32, last: usize) -> usize {
        let same = |t: usize| self.tree.stands[t].actor.is_some_and(|(other, _)| other == actor);
        (token..last).find(|&t| !same(t)).unwrap_or(last)
    }

    /// The token of a mention that hangs on a word outside it.
    fn top(&self, end: usize, actor: u32, first: usize) -> usize {
        let same = |t: usize| self.tree.stands[t].actor.is_some_and(|(other, _)| other == actor);
        let start = (first..=end).rev().take_while(|&t| same(t)).last().unwrap_or(end);
        (start..=end).find(|&t| self.tree.head(t).is_none_or(|head| !(start..=end).contains(&head))).unwrap_or(end)
    }
}

fn is_title(upos: Upos) -> bool {
    matches!(upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adp | Upos::Num)
}
