//! One news article as read: its text, what each part of it is, and what is known about it from outside.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Span;

/// Identity by content: the first 16 bytes of the BLAKE3 hash of the source file's bytes and the article's number in it.
/// The same bytes give the same id on every machine, so importing twice adds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleId(pub [u8; 16]);

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What stands about an article outside its text. Every field may be unknown; nothing is invented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Name for people and for output: the one given, else the file's name without folder and extension.
    pub doc_id: String,
    /// File name or address it came from, as shown.
    pub source: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub url: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The date everything relative hangs on; `None` until known or given.
    pub published: Option<Published>,
    /// Every date that could be the publication date, best first.
    pub date_candidates: Vec<Published>,
}

/// A publication date and where it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    pub date: Date,
    pub from: PublishedFrom,
    /// The words or field that gave it, for people: `meta article:published_time = 2025-10-09T08:00Z`.
    pub evidence: String,
}

/// Where a publication date was found, in the order of trust; names are those of the open format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    Given,
    JsonLd,
    Meta,
    TimeElement,
    Url,
    Dateline,
    Text,
    File,
}

/// What a block of text is. Only headline, subheading, paragraph and caption are the article's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    Headline,
    Subheading,
    Paragraph,
    Caption,
    /// A link to another article: its words are not events of this one.
    RelatedLink,
    /// "(With Reuters)", bylines, copyright lines.
    Credit,
    Boilerplate,
}

/// A run of text of one kind. Invariant: blocks are in text order, do not overlap, and hold no leading or trailing white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
}

/// An article ready for extraction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    pub id: ArticleId,
    pub about: About,
    pub blocks: Vec<Block>,
    /// The text all spans point into; at most 2 MiB.
    pub text: String,
}

/// Something was read or found, and something was lost or doubtful on the way. Ends visibly in the import panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable, kebab-case: `no-publication-date`, `truncated`, `other-language` …
    pub code: String,
    /// One sentence for people.
    pub message: String,
    pub span: Option<Span>,
}

impl Warning {
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), span: None }
    }
}

/// Warnings gathered on the way, passed down as a parameter.
pub type Warnings = Vec<Warning>;
