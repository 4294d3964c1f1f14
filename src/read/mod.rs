//! Bytes in, articles out. Pure: the bytes are given, nothing is opened.
//!
//! A format is a file here and a line in [`READERS`]. What the content says goes before what the file's name says. A
//! container (an archive, a mailbox, a feed) gives the articles in it through [`bundle`]; a part of it that cannot be read
//! is a warning that names the part, not the end of the whole.

mod block;
mod bundle;
mod cues;
mod date;
mod decode;
mod epub;
mod feed;
mod gzip;
mod html;
mod json;
mod lines;
mod link;
mod mail;
mod markdown;
mod mbox;
mod news;
mod office;
mod pdf;
mod plain;
mod published;
mod rtf;
mod sample;
mod sheet;
mod sniff;
mod table;
mod warc;
mod xml;
mod zip;

pub use bundle::Nest;
pub use date::typed_date;
pub use html::Gate;
pub use sample::SAMPLE;
use serde::{Deserialize, Serialize};
pub use table::{Columns, columns};
use thiserror::Error;

use crate::model::{About, Article, ArticleId, Warning, Warnings};

/// What is known about the bytes from outside.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// File name as shown, with extension; decides only where the content does not.
    pub name: String,
    /// Where the bytes were pasted from or the page was saved from.
    pub url: Option<String>,
    /// Which columns of a table are what, where a person has said so; else it is guessed.
    pub columns: Option<Columns>,
    /// The containers around the bytes.
    pub nest: Nest,
}

impl Hint {
    /// Only a file name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// The operation gave nothing. One sentence for people, naming the reason.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    #[error("the file is empty")]
    Empty,
    #[error("this is {0}, which Dateline does not read yet")]
    Unsupported(String),
    #[error("no article text was found in it")]
    NoText,
    #[error("{0}: no article text was found in it")]
    NoTextIn(String),
    #[error("it is larger than the limit of {0}")]
    TooLarge(String),
    #[error("it is encrypted: open it with its password and save it without")]
    Encrypted,
    #[error("it was scanned and has no text in it, only pictures of pages")]
    Scanned,
    #[error("link, not fetched: {0}")]
    Link(String),
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
    /// One XML document, bytes: its tree takes some ten times as much memory.
    pub xml_bytes: usize,
    /// XML elements inside one another.
    pub xml_depth: usize,
    /// Attributes of one XML element.
    pub xml_attributes: usize,
    /// Files in an archive, messages in a mailbox, entries in a feed, rows in a table.
    pub entries: usize,
    /// One file out of an archive, bytes.
    pub entry_bytes: usize,
    /// Everything unpacked out of one input, the archives in its archives included, bytes.
    pub unpacked_bytes: u64,
    /// Containers inside one another.
    pub nesting: u8,
    /// How many times its packed size a packed file may grow to, once it is beyond `ratio_from` bytes.
    pub ratio: u64,
    pub ratio_from: u64,
    /// Pages of a PDF that are read.
    pub pages: usize,
}

/// The limits in force.
pub const LIMITS: Limits = Limits {
    file_bytes: 256 << 20,
    text_bytes: 2 << 20,
    page_bytes: 20_000_000,
    page: Gate { depth: 512, attributes: 1_000, elements: 50_000 },
    xml_bytes: 20_000_000,
    xml_depth: 100,
    xml_attributes: 256,
    entries: 10_000,
    entry_bytes: 64 << 20,
    unpacked_bytes: 1 << 30,
    nesting: 3,
    ratio: 100,
    ratio_from: 1 << 20,
    pages: 2_000,
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
    Reader { name: "Word document", extensions: &["docx", "docm"], sniff: office::sniff_docx, read: office::read_docx },
    Reader { name: "OpenDocument text", extensions: &["odt", "fodt"], sniff: office::sniff_odt, read: office::read_odt },
    Reader { name: "E-book", extensions: &["epub"], sniff: epub::sniff, read: epub::read },
    Reader { name: "Archive", extensions: &["zip", "wacz"], sniff: zip::sniff, read: zip::read },
    Reader { name: "Web archive", extensions: &["warc"], sniff: warc::sniff, read: warc::read },
    Reader { name: "Packed file", extensions: &["gz"], sniff: gzip::sniff, read: gzip::read },
    Reader { name: "PDF", extensions: &["pdf"], sniff: pdf::sniff, read: pdf::read },
    Reader { name: "Rich text", extensions: &["rtf"], sniff: rtf::sniff, read: rtf::read },
    Reader { name: "Mailbox", extensions: &["mbox"], sniff: mbox::sniff, read: mbox::read },
    Reader { name: "E-mail", extensions: &["eml", "mht", "mhtml"], sniff: mail::sniff, read: mail::read },
    Reader { name: "News item (NITF, NewsML)", extensions: &["nitf", "newsml"], sniff: news::sniff, read: news::read },
    Reader { name: "News feed", extensions: &["rss", "atom", "rdf"], sniff: feed::sniff, read: feed::read },
    Reader { name: "JSON", extensions: &["json"], sniff: json::sniff, read: json::read },
    Reader { name: "JSON lines", extensions: &["jsonl", "ndjson"], sniff: json::sniff_lines, read: json::read_lines },
    Reader { name: "Link", extensions: &["url", "webloc", "desktop"], sniff: link::sniff, read: link::read },
    Reader { name: "Table", extensions: &["csv", "tsv"], sniff: |_| false, read: table::read },
    Reader { name: "Web page", extensions: &["html", "htm", "xhtml", "shtml"], sniff: html::sniff, read: html::read },
    Reader { name: "Markdown", extensions: &["md", "markdown", "mdown"], sniff: markdown::sniff, read: markdown::read },
    Reader { name: "Plain text", extensions: &["txt", "text"], sniff: |_| false, read: plain::read },
];

/// The file extensions of all formats, without the dot.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    READERS.iter().flat_map(|reader| reader.extensions.iter().copied()).collect()
}

/// The reader for these bytes.
fn reader(bytes: &[u8], hint: &Hint) -> &'static Reader {
    let extension = hint.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    READERS
        .iter()
        .find(|reader| (reader.sniff)(bytes))
        .or_else(|| READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())))
        .unwrap_or(&READERS[READERS.len() - 1])
}

/// Reads one file's bytes as the articles it holds, each article once.
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
    if let Some(words) = sniff::unsupported(bytes) {
        return Err(ReadError::Unsupported(words));
    }
    let mut articles = (reader(bytes, hint).read)(bytes, hint, warnings)?;
    let mut seen = std::collections::BTreeSet::new();
    let found = articles.len();
    articles.retain(|article| seen.insert(article.id));
    if articles.len() < found {
        let twice = found - articles.len();
        warnings.push(Warning::new("repeated", format!("{twice} of {found} articles stood in it more than once")));
    }
    Ok(articles)
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
    About { doc_id: stem(&hint.name).to_owned(), source: hint.name.clone(), url: hint.url.clone(), ..About::default() }
}

/// A file's name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(name, |(stem, _)| stem)
}
