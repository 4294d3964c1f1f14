//! Trigger with its parts → a short clause for people.

use super::trigger::Trigger;
use super::who::Reader;
use crate::lang::{Rel, Upos};
use crate::model::Span;

/// Longest summary in characters: two lines of a card at its usual width.
const LONGEST: usize = 110;

impl Reader<'_> {
    /// The event's own words, cut to a clause: "Trump personally asked President Erdogan to help persuade Hamas".
    pub fn summary(&self, trigger: &Trigger<'_>) -> String {
        let words = if trigger.is_verb { self.clause(trigger.at) } else { self.noun_clause(trigger) };
        shorten(&words)
    }

    fn clause(&self, at: usize) -> String {
        let tree = self.tree;
        let mut words = String::new();
        for subject in self.subjects(at).into_iter().take(1) {
            let subject = if self.is_relative(subject) { tree.head(at).unwrap_or(subject) } else { subject };
            let name = self.name_behind(subject).map(|name| self.mention(name));
            let span = tree.nominal(subject);
            push(&mut words, name.map_or(span, |name| span.joined(name)).of(tree.text));
        }
        push(&mut words, self.verb_group(at).of(tree.text));
        for child in tree.children(at).filter(|&c| c > at) {
            let keep = matches!(
                tree.rel(child),
                Rel::Obj | Rel::Iobj | Rel::Xcomp | Rel::Ccomp | Rel::Obl | Rel::OblAgent | Rel::OblUnmarked
            );
            if keep && words.len() < LONGEST {
                push(&mut words, self.extent(child).of(tree.text));
            }
        }
        words
    }

    /// The verb with its helpers; a complement with what governs it: "continues to demand", "to help".
    fn verb_group(&self, at: usize) -> Span {
        let tree = self.tree;
        let mut span = tree.token(at).span;
        for child in tree.children(at) {
            let helper = match tree.rel(child) {
                Rel::Aux | Rel::AuxPass | Rel::Advmod | Rel::CompoundPrt | Rel::Cop => true,
                Rel::Mark => tree.lemma(child) == "to",
                _ => false,
            };
            if helper && child.abs_diff(at) < 6 {
                span = span.joined(tree.token(child).span);
            }
        }
        // its subject is that of the verb before it: nothing stands between the two but "to" and adverbs
        let near = tree.head(at).filter(|&head| tree.rel(at) == Rel::Xcomp && head < at && at - head < 5);
        if let Some(head) = near.filter(|&head| tree.child(head, Rel::Obj).is_none() && tree.child(head, Rel::Iobj).is_none()) {
            span = span.joined(self.verb_group(head));
        }
        span
    }

    fn noun_clause(&self, trigger: &Trigger<'_>) -> String {
        let (tree, at) = (self.tree, trigger.at);
        let mut words = String::new();
        if let Some(carrier) = trigger.carrier.filter(|&c| tree.upos(c) == Upos::Verb) {
            return self.clause(carrier);
        }
        // the phrase without the preposition that ties it to its verb
        let extent = self.extent(at);
        let case = tree.children(at).rfind(|&c| c < at && matches!(tree.rel(c), Rel::Case | Rel::Mark | Rel::Cc));
        let start = case.map_or(extent.start, |case| tree.token(case).span.end);
        push(&mut words, Span { start: start.max(extent.start), ..extent }.of(tree.text).trim_start());
        words
    }

    /// All words of the mention that a token is part of.
    fn mention(&self, at: usize) -> Span {
        let tree = self.tree;
        let actor = tree.stands[at].actor.map(|(actor, _)| actor);
        let last = tree.sentence(at).last as usize;
        let end = (at..last).take_while(|&t| tree.stands[t].actor.map(|(other, _)| other) == actor).last().unwrap_or(at);
        tree.token(at).span.joined(tree.token(end).span)
    }

    /// A subtree without the clauses that hang on it.
    fn extent(&self, at: usize) -> Span {
        let tree = self.tree;
        let mut span = tree.token(at).span;
        let mut stack = vec![(at, 0)];
        while let Some((here, depth)) = stack.pop() {
            span = span.joined(tree.token(here).span);
            if depth > 8 {
                continue;
            }
            for child in tree.children(here) {
                let skip = matches!(
                    tree.rel(child),
                    Rel::AclRelcl | Rel::Punct | Rel::Parataxis | Rel::Advcl | Rel::Appos | Rel::List | Rel::Discourse
                ) || (depth == 0 && matches!(tree.rel(child), Rel::Conj | Rel::Cc));
                if !skip {
                    stack.push((child, depth + 1));
                }
            }
        }
        span
    }
}

fn push(words: &mut String, more: &str) {
    if more.is_empty() || words.ends_with(more) {
        return;
    }
    if !words.is_empty() {
        words.push(' ');
    }
    words.extend(more.split_whitespace().flat_map(|word| [word, " "]));
    words.truncate(words.trim_end().len());
}

/// Cuts at a word, so that an ellipsis tells of it.
fn shorten(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(LONGEST - 1).collect();
    if let Some(space) = short.rfind(' ') {
        short.truncate(space);
    }
    short.push('…');
    short
}
