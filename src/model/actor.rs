//! Who: people, organisations and governments, each with every place in the text that means them.

use serde::{Deserialize, Serialize};

use super::Span;

/// Names are those of the open format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    Person,
    Organisation,
    Government,
    /// Armed or political group without an office ("gunmen", "protesters").
    Group,
    /// "Gazans", "villagers".
    Population,
    /// An unnamed holder of a role ("a French diplomatic source").
    Role,
}

/// How a mention is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    Name,
    /// "the group", "the minister".
    Nominal,
    Pronoun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorMention {
    /// For a name: the name alone, without title.
    pub span: Span,
    pub form: MentionForm,
}

/// One actor of one article. Invariant: at least one mention; mentions in text order, not overlapping one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The fullest name found.
    pub name: String,
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2 of the state it belongs to or acts for.
    pub country: Option<String>,
    pub titles: Vec<String>,
    /// Other names in the text, without the full one.
    pub aliases: Vec<String>,
    pub mentions: Vec<ActorMention>,
    /// Why these mentions are one actor, in words.
    pub why: String,
}
