//! Draft → proposed names of people, organisations and places.

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

/// Recurring names of world news, offices and titles.
#[derive(Debug, Default)]
pub struct NameBook {}

impl NameBook {
    #[must_use]
    pub fn load() -> Self {
        Self {}
    }
}

pub fn names(_knowledge: &Knowledge, _draft: &mut Draft<'_>) {}
