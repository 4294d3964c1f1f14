//! Draft → actors: which words mean whom.
//!
//! Names first (people, organisations, governments), then unnamed holders of roles and populations, then the nominals and
//! pronouns that stand for one of them.

mod apposition;
mod cluster;
mod government;
mod home;
mod institution;
mod nominal;

use super::name::{NameBook, NameKind, NameMention};
use super::{Draft, Knowledge};
use crate::gazetteer::Gazetteer;
use crate::lang::{Parsed, Upos};
use crate::model::{Actor, BlockKind, PlaceRole, Span};
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
    let names = own_names(&view, draft);
    let mut clusters: Vec<Cluster> = Vec::new();
    cluster::people(&view, &names, &mut clusters);
    cluster::organisations(&view, &names, &mut clusters);
    cluster::known_as(&view, &mut clusters);
    let spoken = government::governments(&view, &names, &draft.analysis.places, &mut clusters);
    let home = home::Home::new(&draft.analysis.places);
    institution::institutions(&view, home.country.as_deref(), &names, &mut clusters);
    let titles: Vec<(Span, Span)> = names.iter().filter_map(|name| Some((name.span, name.title?))).collect();
    clusters.retain(|cluster| !cluster.mentions.is_empty());
    home::settle(&view, &home, &titles, &mut clusters);
    nominal::nominals(&view, &names, &mut clusters);
    let mut actors: Vec<Actor> = clusters.into_iter().filter_map(Cluster::into_actor).collect();
    actors.sort_by_key(|actor| actor.mentions.first().map_or((0, 0), |mention| (mention.span.start, mention.span.end)));
    draft.analysis.actors = actors;
    for place in &mut draft.analysis.places {
        for mention in &mut place.mentions {
            if spoken.binary_search(&mention.span).is_ok() {
                mention.metonym = true;
                mention.role = PlaceRole::Capital;
                place.roles.insert(PlaceRole::Capital);
            }
        }
        if place.roles.contains(&PlaceRole::Capital) && !place.mentions.is_empty() {
            let told: std::collections::BTreeSet<PlaceRole> = place.mentions.iter().map(|mention| mention.role).collect();
            place.roles.retain(|role| *role == PlaceRole::Capital || told.contains(role));
        }
    }
}

/// The names of the story itself: not its byline, its agency's mark in the dateline ("PARIS (Reuters) -"), or the words of links.
fn own_names(view: &View<'_>, draft: &Draft<'_>) -> Vec<NameMention> {
    let blocks = &draft.article.blocks;
    let mut out = Vec::with_capacity(draft.names.len());
    for name in &draft.names {
        let at = blocks.partition_point(|block| block.span.end <= name.span.start);
        let foreign = blocks.get(at).is_some_and(|block| {
            block.span.holds(name.span)
                && matches!(block.kind, BlockKind::Credit | BlockKind::RelatedLink | BlockKind::Boilerplate)
        });
        let agency = name.kind == NameKind::Organisation && is_agency_mark(view, name.span);
        if !foreign && !agency {
            out.push(name.clone());
        }
    }
    out
}

/// Farthest token of a paragraph at which the agency's mark of a dateline stands.
const DATELINE: usize = 14;

fn is_agency_mark(view: &View<'_>, span: Span) -> bool {
    let (first, last) = view.tokens_of(span);
    let begin = view.parsed.sentences.get(view.parsed.tokens.get(first).map_or(0, |token| token.sentence as usize));
    let near = begin.is_some_and(|sentence| first <= sentence.first as usize + DATELINE);
    let dash = |at: usize| matches!(view.word(at), "-" | "–" | "—" | "--" | "―" | ":");
    near && first > 0 && view.word(first - 1) == "(" && view.word(last) == ")" && dash(last + 1)
}
