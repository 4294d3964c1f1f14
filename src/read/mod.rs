//! Bytes in, articles out. Pure: the bytes are given, nothing is opened.
//!
//! A format is a file here and a line in [`READERS`]. What the content says goes before what the file's name says.

mod block;
mod cues;
mod date;
mod decode;
mod html;
mod lines;
mod markdown;
mod plain;
mod published;
mod sample;
mod sniff;

pub use date::typed_date;
pub use html::Gate;
pub use sample::SAMPLE;
use thiserror::Error;

use crate::model::{About, Article, ArticleId, Warnings};

/// What is known about the bytes from outside.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// File name as shown, with extension; decides only where the content does not.
    pub name: String,
    /// Where the bytes were pasted from or the page was saved from.
    pub url: Option<String>,
}

/// The operation gave nothing. One sentence for people, naming the reason.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    #[error("the file is empty")]
    Empty,
    #[error("this is {0}, which Dateline does not read yet")]
    Unsupported(String),
    #[error("no article text was found in it")]
    NoText,
    #[error("it is larger than the limit of {0}")]
    TooLarge(String),
    #[error("it could not be read: {0}")]
    Broken(String),
}

/// Every limit on input, in one place. Beyond them a file is refused, or cut with a warning.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One input file, bytes.
    pub file_bytes: usize,
    /// One article's text, bytes of UTF-8.
    pub text_bytes: usize,
    /// One web page, bytes.
    pub page_bytes: usize,
    /// What a page may hold to be given to the parser of HTML.
    pub page: Gate,
}

/// The limits in force.
pub const LIMITS: Limits = Limits {
    file_bytes: 256 << 20,
    text_bytes: 2 << 20,
    page_bytes: 20_000_000,
    page: Gate { depth: 512, attributes: 1_000, elements: 50_000 },
};

/// A format that can be read.
pub struct Reader {
    /// For people: "Plain text".
    pub name: &'static str,
    /// File extensions, lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Does the content, seen from its first bytes, say that it is this format?
    pub sniff: fn(&[u8]) -> bool,
    pub read: Read,
}

/// A reader's main function: the articles, or why there are none.
pub type Read = fn(&[u8], &Hint, &mut Warnings) -> Result<Vec<Article>, ReadError>;

/// The formats. The first whose content says so reads it; else the first whose extension fits; else the last.
pub const READERS: &[Reader] = &[
    Reader { name: "Web page", extensions: &["html", "htm", "xhtml", "shtml"], sniff: html::sniff, read: html::read },
    Reader { name: "Markdown", extensions: &["md", "markdown", "mdown"], sniff: markdown::sniff, read: markdown::read },
    Reader { name: "Plain text", extensions: &["txt", "text"], sniff: |_| false, read: plain::read },
];

/// The reader for these bytes.
fn reader(bytes: &[u8], hint: &Hint) -> &'static Reader {
    let extension = hint.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    READERS
        .iter()
        .find(|reader| (reader.sniff)(bytes))
        .or_else(|| READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())))
        .unwrap_or(&READERS[READERS.len() - 1])
}

/// Reads one file's bytes as the articles it holds.
///
/// # Errors
/// [`ReadError`] where there is no article in the bytes; what was lost on the way goes to `warnings`.
pub fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > LIMITS.file_bytes {
        return Err(ReadError::TooLarge(format!("{} MiB", LIMITS.file_bytes >> 20)));
    }
    if let Some(words) = sniff::unsupported(bytes, &hint.name) {
        return Err(ReadError::Unsupported(words));
    }
    (reader(bytes, hint).read)(bytes, hint, warnings)
}

/// An article whose text is given as it stands; offsets point into exactly this text. Beyond the limit it is cut.
#[must_use]
pub fn article_from_text(text: String, about: About) -> Article {
    let id = article_id(text.as_bytes(), 0);
    plain::article(id, text, about, "", &mut Warnings::new())
}

/// Identity of the article number `number` of the file with these bytes.
#[must_use]
pub fn article_id(bytes: &[u8], number: u32) -> ArticleId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(bytes);
    if number > 0 {
        hasher.update(&number.to_le_bytes());
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    ArticleId(id)
}

fn about_from_hint(hint: &Hint) -> About {
    let stem = hint.name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(hint.name.as_str(), |(stem, _)| stem);
    About { doc_id: stem.to_owned(), source: hint.name.clone(), url: hint.url.clone(), ..About::default() }
}
