//! Draft → actors: which words mean whom.
//!
//! Names first (people, organisations, governments), then unnamed holders of roles and populations, then the nominals and
//! pronouns that stand for one of them.

mod cluster;
mod government;
mod nominal;

use super::name::NameBook;
use super::{Draft, Knowledge};
use crate::gazetteer::Gazetteer;
use crate::lang::{Parsed, Upos};
use crate::model::{Actor, Span};
use cluster::Cluster;

/// What the steps of this pass read.
pub(super) struct View<'a> {
    text: &'a str,
    parsed: &'a Parsed,
    book: &'a NameBook,
    gazetteer: &'a Gazetteer,
}

impl View<'_> {
    fn word(&self, at: usize) -> &str {
        self.parsed.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    fn upos(&self, at: usize) -> Upos {
        self.parsed.tokens.get(at).map_or(Upos::X, |token| token.upos)
    }

    /// The first token that ends after the offset.
    fn token_at(&self, offset: u32) -> usize {
        self.parsed.tokens.partition_point(|token| token.span.end <= offset)
    }

    /// Tokens that the span covers: first and one past the last.
    fn tokens_of(&self, span: Span) -> (usize, usize) {
        (self.token_at(span.start), self.parsed.tokens.partition_point(|token| token.span.start < span.end))
    }

    /// The word before the offset, small; empty at the head of a sentence.
    fn word_before(&self, offset: u32) -> String {
        let at = self.token_at(offset);
        let same = |a: usize, b: usize| self.parsed.tokens[a].sentence == self.parsed.tokens[b].sentence;
        if at == 0 || at >= self.parsed.tokens.len() || !same(at - 1, at) {
            String::new()
        } else {
            self.word(at - 1).to_lowercase()
        }
    }

    /// The country that a title or a name tells: "US Secretary of State", "Bank of Japan", "Israeli minister".
    fn country_in(&self, span: Span) -> Option<String> {
        let (first, last) = self.tokens_of(span);
        government::countries(self, first, last).into_iter().next().map(|country| country.iso)
    }
}

pub fn actors(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let view = View { text: &draft.article.text, parsed: &draft.parsed, book: &knowledge.names, gazetteer: &knowledge.gazetteer };
    let mut clusters: Vec<Cluster> = Vec::new();
    cluster::people(&view, &draft.names, &mut clusters);
    cluster::organisations(&view, &draft.names, &mut clusters);
    government::governments(&view, &draft.names, &draft.analysis.places, &mut clusters);
    nominal::nominals(&view, &draft.names, &mut clusters);
    let mut actors: Vec<Actor> = clusters.into_iter().filter_map(Cluster::into_actor).collect();
    actors.sort_by_key(|actor| actor.mentions.first().map_or((0, 0), |mention| (mention.span.start, mention.span.end)));
    draft.analysis.actors = actors;
}
