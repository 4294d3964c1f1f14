//! Draft → proposed names of people, organisations and places.

pub mod book;
pub mod features;
pub mod tagger;
mod repair;
mod title;
mod vote;

pub use book::NameBook;
use vote::Proposal;

use super::{Draft, Knowledge};
use crate::model::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    Person,
    Organisation,
    Location,
    Misc,
}

/// A proposed name, without title or article.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    pub span: Span,
    pub kind: NameKind,
    /// Probability of `kind`, 0..=1.
    pub score: f32,
    /// Title words before or after it ("US Secretary of State").
    pub title: Option<Span>,
    pub why: &'static str,
}

/// Proposes names sentence by sentence, lets the text as a whole decide, and reads the offices round people's names.
pub fn names(knowledge: &Knowledge, draft: &mut Draft<'_>) {
    let text = &draft.article.text;
    let parsed = &draft.parsed;
    let seen = features::look(&knowledge.names, text, parsed);
    let mut proposals = Vec::new();
    for sentence in &parsed.sentences {
        let first = sentence.first as usize;
        let found = knowledge.name_tagger.tag(features::of_sentence(&seen, sentence));
        let mut here: Vec<Proposal> = Vec::with_capacity(found.len());
        here.extend(found.into_iter().map(|found| Proposal {
            first: first + found.first,
            last: first + found.last,
            kind: found.kind,
            score: found.score,
            why: "tagged by the trained field",
        }));
        repair::add_listed(&knowledge.names, &seen, sentence, &mut here);
        repair::add_titled(text, &seen, parsed, sentence, &mut here);
        proposals.append(&mut here);
    }
    repair::join(text, &seen, parsed, &mut proposals);
    vote::vote(&seen, parsed, &mut proposals);
    let is_country = |name: &str| {
        // "a Sri Lankan court": two words of origin
        knowledge.gazetteer.country_by_name(name).is_some()
            || name.contains(' ') && knowledge.gazetteer.demonym_country(name).is_some()
    };
    let is_place = |name: &str| !knowledge.gazetteer.lookup(name).is_empty();
    let is_seat = |name: &str| !name.contains(' ') && knowledge.gazetteer.metonym(name).is_some();
    repair::sort_out(&seen, parsed, text, is_country, is_place, is_seat, &mut proposals);
    for one in &mut proposals {
        title::strip(&knowledge.names, text, &seen, parsed, one);
    }
    let mut from = 0;
    for sentence in &parsed.sentences {
        let to = from + proposals[from..].iter().take_while(|one| one.first < sentence.last as usize).count();
        for one in &proposals[from..to] {
            let office = (one.kind == NameKind::Person)
                .then(|| title::title(&seen, text, parsed, sentence, one, &proposals[from..to]))
                .flatten();
            draft.names.push(vote::mention(parsed, one, office));
        }
        from = to;
    }
}
