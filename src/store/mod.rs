//! Workspace ⇄ SQLite. The only floor that knows SQL.
//!
//! One workspace is one file. One source file is one transaction, keyed by the hash of its content: a commit may be on
//! disk without having been acknowledged, so importing again must add nothing. Every row carries a checksum, so that a
//! damaged file is an error with a name and never wrong data.

mod draft;
mod open;
mod recover;
mod rows;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};
use thiserror::Error;

use crate::model::{Analysis, Article, ArticleId, Change, Filed, Workspace};

pub use recover::Recovered;

/// The version of the extraction whose results are stored; older ones can be read anew.
pub const ENGINE: u32 = 2;

/// The store gave nothing. One sentence for people, naming the file and the reason.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{0}: it is not a Dateline workspace")]
    Foreign(PathBuf),
    #[error("{0}: it was made by a newer Dateline; nothing was changed in it")]
    Newer(PathBuf),
    #[error("{0}: it is open in another Dateline window")]
    Busy(PathBuf),
    #[error("{0}: it is open for reading only; nothing can be changed")]
    ReadOnly(PathBuf),
    #[error("{0}: the disk is full; what was saved before is safe, and saving works again when there is room")]
    Full(PathBuf),
    #[error("{0}: it is damaged ({1}); “Recover” saves what can be read into a copy")]
    Damaged(PathBuf, String),
    #[error("{0}: {1}")]
    Sql(PathBuf, rusqlite::Error),
}

/// An open workspace file. Invariant: the one connection that writes to it, or one that only reads.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
    access: Access,
    ledger: Ledger,
}

/// What may be done with an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Write,
    /// Another window has it, or its place cannot be written to.
    Read,
}

/// How many rows there must be, and how many edits are in force: kept beside the rows, so that a lost row is noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ledger {
    articles: i64,
    edits: i64,
    mark: i64,
}

/// What a source file's content hash is called here.
pub type SourceHash = [u8; 32];

/// What is saved together, all or nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batch<'a> {
    /// The source file that the texts come from.
    pub source: Option<(&'a SourceHash, &'a str)>,
    pub texts: &'a [Article],
    /// Articles with everything that was found; their lean copies are in `changes`.
    pub full: &'a [Arc<Filed>],
    pub changes: &'a [Change],
    pub reading: Reading,
}

/// Which extraction the findings of a batch come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// This program's.
    #[default]
    Now,
    /// The one that is stored already; they are only filed in another form.
    Before,
}

/// What a workspace file held.
#[derive(Debug)]
pub struct Loaded {
    /// Its facts are not yet settled.
    pub workspace: Workspace,
    /// Articles whose findings an older version kept in another form; to be filed again.
    pub unfiled: Vec<ArticleId>,
    /// Articles whose findings come from an older extraction.
    pub outdated: usize,
}

/// Rows read at a time, and understood on all threads.
const CHUNK: usize = 256;

impl Store {
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// Everything but the texts.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a row is not what was written.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        // One moment of the file: another window may be writing to it.
        let _moment = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        let kept = rows::ledger(&self.connection).map_err(|error| self.error(error))?.map_err(|reason| self.damaged(&reason))?;
        let ledger = kept.unwrap_or(self.ledger);
        let mut filed: Vec<Arc<Filed>> = Vec::new();
        let mut unfiled = Vec::new();
        let mut statement = self.sql("SELECT id, lean, lean_sum FROM article ORDER BY rowid")?;
        let mut rows = statement.query([]).map_err(|error| self.error(error))?;
        let mut seen = 0;
        loop {
            let mut chunk: Vec<([u8; 16], String, Vec<u8>)> = Vec::with_capacity(CHUNK);
            while chunk.len() < CHUNK
                && let Some(row) = rows.next().map_err(|error| self.error(error))?
            {
                let read = || Ok((row.get(0)?, row.get(1)?, row.get(2)?));
                chunk.push(read().map_err(|error| self.error(error))?);
            }
            if chunk.is_empty() {
                break;
            }
            seen += chunk.len();
            let understood: Vec<Result<Result<Filed, ArticleId>, String>> = chunk
                .par_iter()
                .map(|(id, lean, sum)| {
                    // Rows of before there were sums have neither the one nor the other.
                    if !(sum.is_empty() && lean.is_empty()) && *sum != rows::sum(&[id, lean.as_bytes()]) {
                        return Err(format!("article {} is not as it was saved", ArticleId(*id)));
                    }
                    // A form that this version does not understand is filed again from text and analysis.
                    let understood = serde_json::from_str::<Filed>(lean).ok().filter(|filed| filed.id == ArticleId(*id));
                    Ok(understood.ok_or(ArticleId(*id)))
                })
                .collect();
            for one in understood {
                match one.map_err(|reason| self.damaged(&reason))? {
                    Ok(one) => filed.push(Arc::new(one)),
                    Err(id) => unfiled.push(id),
                }
            }
        }
        if i64::try_from(seen).ok() != Some(ledger.articles) {
            return Err(self.damaged(&format!("{seen} of {} articles are left", ledger.articles)));
        }
        let log = rows::log(&self.connection).map_err(|error| self.error(error))?.map_err(|reason| self.damaged(&reason))?;
        if i64::try_from(log.len()).ok() != Some(ledger.edits) {
            return Err(self.damaged(&format!("{} of {} edits are left", log.len(), ledger.edits)));
        }
        let mark = usize::try_from(ledger.mark).unwrap_or(0);
        let outdated: i64 = self
            .sql("SELECT count(*) FROM article WHERE engine < ?1")?
            .query_row([ENGINE], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        let outdated = usize::try_from(outdated).unwrap_or(0);
        Ok(Loaded { workspace: Workspace::from_parts(filed, log, mark), unfiled, outdated })
    }

    /// Saves new articles' texts and what changed, all or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of it is in the file.
    pub fn save(&mut self, batch: &Batch<'_>) -> Result<(), StoreError> {
        self.writable()?;
        let path = self.path.clone();
        let mut ledger = self.ledger;
        let transaction = self.connection.transaction().map_err(|error| told(&path, error))?;
        rows::write(&transaction, batch, &mut ledger).map_err(|error| told(&path, error))?;
        transaction.commit().map_err(|error| told(&path, error))?;
        self.ledger = ledger;
        Ok(())
    }

    fn writable(&self) -> Result<(), StoreError> {
        if self.access == Access::Read { Err(StoreError::ReadOnly(self.path.clone())) } else { Ok(()) }
    }

    /// The articles that came from a source file with these contents; empty where it was never read.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn articles_of(&self, source: &SourceHash) -> Result<Vec<ArticleId>, StoreError> {
        let mut statement = self.sql("SELECT id FROM article WHERE source = ?1 ORDER BY rowid")?;
        let ids = statement.query_map([source], |row| row.get(0).map(ArticleId)).map_err(|error| self.error(error))?;
        ids.collect::<Result<_, _>>().map_err(|error| self.error(error))
    }

    /// An article with its text.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read or the text is not what was saved.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, StoreError> {
        Ok(self.found(id)?.map(|(article, _)| article))
    }

    /// An article with its text and everything that was found in it; the latter is `None` where its form is too old.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read or the row is not what was saved.
    pub fn found(&self, id: ArticleId) -> Result<Option<(Article, Option<Analysis>)>, StoreError> {
        let found = self
            .sql("SELECT about, blocks, text, analysis, text_sum, lean = '' FROM article WHERE id = ?1")?
            .query_row([id.0], |row| {
                let text = |column: usize| row.get::<_, String>(column);
                Ok((text(0)?, text(1)?, text(2)?, text(3)?, row.get::<_, Vec<u8>>(4)?, row.get::<_, bool>(5)?))
            })
            .optional()
            .map_err(|error| self.error(error))?;
        let Some((about, blocks, text, analysis, sum, is_old)) = found else {
            // Looked for once more row by row: an index that has lost it is damage, not absence.
            let rows: i64 = self
                .sql("SELECT count(*) FROM article NOT INDEXED WHERE id = ?1")?
                .query_row([id.0], |row| row.get(0))
                .map_err(|error| self.error(error))?;
            return if rows == 0 { Ok(None) } else { Err(self.damaged(&format!("article {id} is not where it should be"))) };
        };
        let broken = || self.damaged(&format!("the text of article {id} is not as it was saved"));
        if !(sum.is_empty() && is_old)
            && sum != rows::sum(&[&id.0, about.as_bytes(), blocks.as_bytes(), text.as_bytes(), analysis.as_bytes()])
        {
            return Err(broken());
        }
        let about = serde_json::from_str(&about).map_err(|_| broken())?;
        let blocks = serde_json::from_str(&blocks).map_err(|_| broken())?;
        Ok(Some((Article { id, about, blocks, text }, serde_json::from_str(&analysis).ok())))
    }

    /// Articles whose text says what is asked for, in `SQLite`'s full-text syntax with every word in quotes.
    ///
    /// # Errors
    /// [`StoreError`] where the index cannot be read; [`Store::index_anew`] mends it.
    pub fn search(&self, full_text: &str) -> Result<Vec<ArticleId>, StoreError> {
        let mut statement =
            self.sql("SELECT article.id FROM said JOIN article ON article.rowid = said.rowid WHERE said MATCH ?1")?;
        let ids = statement.query_map([full_text], |row| row.get(0).map(ArticleId)).map_err(|error| self.error(error))?;
        ids.collect::<Result<_, _>>().map_err(|error| self.error(error))
    }

    /// Builds the index of what the articles say from their texts.
    ///
    /// # Errors
    /// [`StoreError`] where the texts cannot be read.
    pub fn index_anew(&mut self) -> Result<(), StoreError> {
        self.writable()?;
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|error| told(&path, error))?;
        rows::index_all(&transaction).map_err(|error| told(&path, error))?;
        transaction.commit().map_err(|error| told(&path, error))
    }

    /// A remembered value.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        rows::setting(&self.connection, name).map_err(|error| self.error(error))
    }

    /// Remembers a value under a name.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    pub fn remember(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.writable()?;
        rows::put(&self.connection, name, value).map_err(|error| self.error(error))
    }

    /// Writes a whole copy to a file that is not there yet: a snapshot, a duplicate.
    ///
    /// # Errors
    /// [`StoreError`] where the file is there or cannot be written.
    pub fn copy_to(&self, to: &Path) -> Result<(), StoreError> {
        self.connection.execute("VACUUM INTO ?1", params![to.to_string_lossy()]).map(|_| ()).map_err(|error| told(to, error))
    }

    /// Gives space back that deleted rows left.
    ///
    /// # Errors
    /// [`StoreError`] where there is no room for a second copy meanwhile.
    pub fn compact(&self) -> Result<(), StoreError> {
        self.writable()?;
        self.connection.execute_batch("VACUUM").map_err(|error| self.error(error))
    }

    /// Looks through the whole file for damage. Takes a second for a few hundred megabytes.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing that is wrong.
    pub fn check(&self) -> Result<(), StoreError> {
        let said: String =
            self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| self.error(error))?;
        if said == "ok" { Ok(()) } else { Err(self.damaged(&said)) }
    }

    /// Lets the file grow to so many pages and no further; how tests fill a disk.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "max_page_count", pages).map_err(|error| self.error(error))
    }

    /// A number that grows when another connection has changed the file.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn changes_seen(&self) -> Result<i64, StoreError> {
        self.connection.pragma_query_value(None, "data_version", |row| row.get(0)).map_err(|error| self.error(error))
    }

    /// Pages in the file now.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn pages(&self) -> Result<u32, StoreError> {
        self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).map_err(|error| self.error(error))
    }

    fn sql(&self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, StoreError> {
        self.connection.prepare_cached(sql).map_err(|error| self.error(error))
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        told(&self.path, error)
    }

    fn damaged(&self, what: &str) -> StoreError {
        StoreError::Damaged(self.path.clone(), what.to_owned())
    }
}

fn told(path: &Path, error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode as Code;
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => StoreError::Busy(path),
        Some(Code::NotADatabase) => StoreError::Foreign(path),
        Some(Code::DiskFull) => StoreError::Full(path),
        Some(Code::ReadOnly) => StoreError::ReadOnly(path),
        Some(Code::DatabaseCorrupt | Code::TypeMismatch) => StoreError::Damaged(path, "a page of it makes no sense".into()),
        _ => match error {
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => StoreError::Damaged(path, "a value of it makes no sense".into()),
            error => StoreError::Sql(path, error),
        },
    }
}
