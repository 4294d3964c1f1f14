//! Names with the nouns beside them → those nouns as mentions of the same actor: "Apple chief executive X", "airline Y".

use std::collections::HashMap;

use super::View;
use super::cluster::Cluster;
use crate::extract::name::book::bit;
use crate::extract::name::{NameKind, NameMention};
use crate::lang::Upos;
use crate::model::{ActorKind, MentionForm, Span};

/// Tokens behind an organisation's name in which its apposition has its noun: ", the world's largest plane maker".
const BEHIND: usize = 8;

pub fn appositions(view: &View<'_>, names: &[NameMention], clusters: &mut [Cluster]) {
    let mut row_of: HashMap<Span, usize> = HashMap::new();
    for (row, cluster) in clusters.iter().enumerate() {
        row_of.extend(cluster.mentions.iter().map(|mention| (mention.span, row)));
    }
    for name in names {
        let Some(&row) = row_of.get(&name.span) else { continue };
        let found = match (name.kind, clusters[row].kind) {
            (NameKind::Person, ActorKind::Person) => name.title.and_then(|title| office(view, title)),
            (NameKind::Organisation, ActorKind::Organisation) => body(view, name.span),
            _ => None,
        };
        if let Some(span) = found {
            clusters[row].add(span, MentionForm::Nominal);
        }
    }
}

/// The noun of an office: its last title word before "of" or "for".
fn office(view: &View<'_>, title: Span) -> Option<Span> {
    let (first, last) = view.tokens_of(title);
    let end = (first + 1..last).find(|&at| matches!(view.word(at), "of" | "for" | "," | "in")).unwrap_or(last);
    let at = (first..end).rev().find(|&at| {
        let bits = view.book.look(&view.word(at).to_lowercase()).bits;
        bits & (bit::TITLE | bit::ROLE) != 0 && bits & bit::HONORIFIC == 0
    })?;
    Some(view.parsed.tokens[at].span)
}

/// "Irish airline Y", "Y, a market research firm,".
fn body(view: &View<'_>, name: Span) -> Option<Span> {
    let (first, last) = view.tokens_of(name);
    let sentence = view.parsed.tokens.get(first)?.sentence;
    let inside = |at: usize| view.parsed.tokens.get(at).is_some_and(|token| token.sentence == sentence);
    let tells = |at: usize| {
        view.upos(at) == Upos::Noun
            && view.book.look(&view.word(at).to_lowercase()).bits & (bit::ORG_NOMINAL | bit::COMPANY_NOMINAL) != 0
    };
    if first > 0 && inside(first - 1) && tells(first - 1) {
        return Some(view.parsed.tokens[first - 1].span);
    }
    if !inside(last) || view.word(last) != "," || !matches!(view.word(last + 1), "a" | "an" | "the" | "its" | "one") {
        return None;
    }
    (last + 2..last + BEHIND)
        .take_while(|&at| inside(at) && matches!(view.upos(at), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Part | Upos::Num))
        .filter(|&at| !matches!(view.upos(at + 1), Upos::Noun | Upos::Propn))
        .find(|&at| tells(at))
        .map(|at| view.parsed.tokens[at].span)
}
