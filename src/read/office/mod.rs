//! Documents of word processors → one article each. Both are XML in a ZIP archive.

mod docx;
mod odt;

pub(super) use docx::{read as read_docx, sniff as sniff_docx};
pub(super) use odt::{read as read_odt, sniff as sniff_odt};

use super::date::field_date;
use super::published::Candidates;
use super::xml::Element;
use crate::model::{About, PublishedFrom};

/// Title, author, language and day of making from a document's own card (Dublin Core in both formats).
///
/// The day a document was made is the weakest of evidence: a clipping is typed long after it was printed.
fn fill(card: &Element, about: &mut About) {
    let meta = if card.name == "document-meta" { card.child("meta").unwrap_or(card) } else { card };
    about.title = meta.said("title").filter(|title| title.split(' ').count() >= 3);
    about.byline = meta.said("creator").or_else(|| meta.said("initial-creator"));
    about.language = meta.said("language").map(|language| language.to_lowercase().chars().take(2).collect());
    let mut found = Candidates::default();
    for name in ["created", "creation-date"] {
        if let Some(value) = meta.said(name) {
            found.push(PublishedFrom::File, field_date(&value), || format!("document {name} = {value}"));
        }
    }
    about.date_candidates = found.into_vec();
}
