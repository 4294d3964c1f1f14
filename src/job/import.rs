//! Bytes of one source file → its articles with what was found in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::Table;
use super::files::bytes_of;
use super::pool::{Lost, Pool, time_for};
use crate::extract::{Knowledge, extract};
use crate::model::{Article, Filed};
use crate::query::file;
use crate::read::Columns;
use crate::store::SourceHash;

/// One input on its way in.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub number: usize,
    pub step: u64,
    pub name: String,
    pub source: Source,
    /// How many times the usual time it may take.
    pub patience: u32,
    /// Columns of a table, where a person has said them.
    pub columns: Option<Columns>,
}

#[derive(Clone, Debug)]
pub(super) enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Input {
    pub(super) const fn new(number: usize, step: u64, name: String, source: Source) -> Self {
        Self { number, step, name, source, patience: 1, columns: None }
    }

    /// The bytes and their hash, or why there are none.
    pub(super) fn bytes(&self) -> Result<(Vec<u8>, SourceHash), String> {
        let bytes = match &self.source {
            Source::File(path) => bytes_of(path)?,
            Source::Bytes(bytes) => bytes.to_vec(),
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
    pub table: Option<Box<Table>>,
}

/// Reads, in a process of its own, and extracts. A panic in extraction is a defect of the program, not of the file: it costs
/// this one file and is said. Cancel is looked at before each article.
pub(super) fn find(
    pool: &Pool,
    knowledge: &Knowledge,
    input: &Input,
    bytes: &[u8],
    cancelled: &AtomicBool,
) -> Result<Found, Lost> {
    let time = time_for(&input.name, bytes) * input.patience;
    let gave = pool.read(&input.name, bytes, input.columns.clone(), time, cancelled)?;
    let work = || {
        let analyse = |article: &Article| (!cancelled.load(Ordering::Relaxed)).then(|| analyse(knowledge, article));
        gave.articles.par_iter().map(analyse).collect::<Option<Vec<Arc<Filed>>>>().ok_or(Lost::Cancelled)
    };
    let filed = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Lost::Defect))?;
    let warnings = gave.warnings.into_iter().map(|warning| warning.message).collect();
    let table = gave.table.map(|(names, columns)| Box::new(Table { names, columns }));
    Ok(Found { articles: gave.articles, filed, warnings, table })
}

/// An article with everything that is found in it.
pub(super) fn analyse(knowledge: &Knowledge, article: &Article) -> Arc<Filed> {
    Arc::new(file(article, extract(knowledge, article)))
}
