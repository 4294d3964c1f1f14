//! Bytes in, articles out. Pure: the bytes are given, nothing is opened.

use thiserror::Error;

use crate::model::{Article, Warnings};

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

/// Reads one file's bytes as the articles it holds.
///
/// # Errors
/// [`ReadError`] where there is no article in the bytes; what was lost on the way goes to `warnings`.
pub fn read(_bytes: &[u8], _hint: &Hint, _warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    Err(ReadError::NoText)
}

/// An article whose text is given as it stands; offsets point into exactly this text.
#[must_use]
pub fn article_from_text(text: String, about: crate::model::About) -> Article {
    use crate::model::{ArticleId, Block, BlockKind, Span};
    let hash = blake3::hash(text.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash.as_bytes()[..16]);
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + line.find(body).unwrap_or(0);
            blocks.push(Block { span: Span::new(start, start + body.len()), kind: BlockKind::Paragraph });
        }
        at += line.len();
    }
    Article { id: ArticleId(id), about, blocks, text }
}
