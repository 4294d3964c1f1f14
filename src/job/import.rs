//! Bytes of one source file → its articles with what was found in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use super::files::bytes_of;
use crate::extract::{Knowledge, extract};
use crate::model::{Article, Filed, Warnings};
use crate::query::file;
use crate::read::{Hint, read};
use crate::store::SourceHash;

/// One input on its way in.
#[derive(Debug)]
pub(super) struct Input {
    pub number: usize,
    pub step: u64,
    pub name: String,
    pub source: Source,
}

#[derive(Debug)]
pub(super) enum Source {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl Input {
    /// The bytes and their hash, or why there are none.
    pub(super) fn bytes(&self) -> Result<(Vec<u8>, SourceHash), String> {
        let bytes = match &self.source {
            Source::File(path) => bytes_of(path)?,
            Source::Bytes(bytes) => bytes.clone(),
        };
        let hash = *blake3::hash(&bytes).as_bytes();
        Ok((bytes, hash))
    }
}

/// What one source file gave.
#[derive(Debug)]
pub(super) struct Found {
    pub articles: Vec<Article>,
    pub filed: Vec<Arc<Filed>>,
    pub warnings: Vec<String>,
}

/// Reads and extracts. A panic below is a defect of the program, not of the file: it costs this one file and is said.
pub(super) fn find(knowledge: &Knowledge, name: &str, bytes: &[u8]) -> Result<Found, String> {
    let work = || {
        let mut warnings = Warnings::new();
        let hint = Hint::named(name);
        let articles = read(bytes, &hint, &mut warnings).map_err(|error| error.to_string())?;
        let filed = articles.iter().map(|article| analyse(knowledge, article)).collect();
        Ok(Found { articles, filed, warnings: warnings.into_iter().map(|warning| warning.message).collect() })
    };
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("Dateline failed on it: this is a defect, please report it".into()))
}

/// An article with everything that is found in it.
pub(super) fn analyse(knowledge: &Knowledge, article: &Article) -> Arc<Filed> {
    Arc::new(file(article, extract(knowledge, article)))
}
