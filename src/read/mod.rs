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
