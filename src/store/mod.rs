//! Workspace ⇄ SQLite. The only floor that knows SQL.
//!
//! One workspace is one file. One source file is one transaction, keyed by the hash of its content: a commit may be on
//! disk without having been acknowledged, so importing again must add nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use thiserror::Error;

use crate::model::{Analysis, Article, ArticleId, Change, Filed, Workspace};

/// `application_id` of a workspace: "DLN1" as a big-endian number.
const APPLICATION_ID: i32 = 0x444C_4E31;

/// Schema changes in order; a workspace's `user_version` is the number of those it has.
const MIGRATIONS: &[&str] = &[include_str!("schema/001_street.sql")];

/// The version of the extraction whose results are stored; older ones can be read anew.
pub const ENGINE: u32 = 1;

/// The store gave nothing. One sentence for people, naming the file and the reason.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{0}: it is not a Dateline workspace")]
    Foreign(PathBuf),
    #[error("{0}: it was made by a newer Dateline; nothing was changed in it")]
    Newer(PathBuf),
    #[error("{0}: it is open in another Dateline window")]
    Busy(PathBuf),
    #[error("{0}: {1}")]
    Sql(PathBuf, rusqlite::Error),
    #[error("{0}: what is stored in it cannot be understood: {1}")]
    Garbled(PathBuf, serde_json::Error),
}

/// An open workspace file. Invariant: the one connection that writes to it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
}

/// What a source file's content hash is called here.
pub type SourceHash = [u8; 32];

impl Store {
    /// Opens a workspace file, making it where there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`] names the file and the reason; a file that is foreign or newer is left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path).map_err(|error| told(path, error))?;
        Self::prepare(path.to_owned(), connection)
    }

    /// A workspace that is gone when it is closed.
    ///
    /// # Errors
    /// Only where memory is short.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from("(memory)");
        let connection = Connection::open_in_memory().map_err(|error| told(&path, error))?;
        Self::prepare(path, connection)
    }

    fn prepare(path: PathBuf, mut connection: Connection) -> Result<Self, StoreError> {
        let ready = |connection: &mut Connection| -> Result<i64, rusqlite::Error> {
            connection.busy_timeout(Duration::from_millis(500))?;
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            // The lock is held from the first read on: never two writers.
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        };
        let tables = ready(&mut connection).map_err(|error| told(&path, error))?;
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) =
            (number("application_id").map_err(|e| told(&path, e))?, number("user_version").map_err(|e| told(&path, e))?);
        if tables > 0 && application != APPLICATION_ID {
            return Err(StoreError::Foreign(path));
        }
        let version = usize::try_from(version).unwrap_or(usize::MAX);
        if version > MIGRATIONS.len() {
            return Err(StoreError::Newer(path));
        }
        let migrate = |connection: &mut Connection| -> Result<(), rusqlite::Error> {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            for (done, sql) in MIGRATIONS.iter().enumerate().skip(version) {
                let transaction = connection.transaction()?;
                transaction.execute_batch(sql)?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", i32::try_from(done + 1).unwrap_or(i32::MAX))?;
                transaction.commit()?;
            }
            Ok(())
        };
        migrate(&mut connection).map_err(|error| told(&path, error))?;
        Ok(Self { path, connection })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything but the texts. An analysis that cannot be understood any more is left empty and its article named,
    /// so that it can be read anew.
    ///
    /// # Errors
    /// [`StoreError`] where the file itself cannot be read.
    pub fn load(&self) -> Result<(Workspace, Vec<ArticleId>), StoreError> {
        let mut stale = Vec::new();
        let mut filed = Vec::new();
        let mut statement = self.sql("SELECT id, about, blocks, analysis FROM article ORDER BY id")?;
        let mut rows = statement.query([]).map_err(|error| self.error(error))?;
        while let Some(row) = rows.next().map_err(|error| self.error(error))? {
            let text = |column: usize| row.get::<_, String>(column).map_err(|error| self.error(error));
            let id = ArticleId(row.get(0).map_err(|error| self.error(error))?);
            let analysis = serde_json::from_str(&text(3)?).unwrap_or_else(|_| {
                stale.push(id);
                Analysis::default()
            });
            filed.push(Arc::new(Filed { id, about: self.json(&text(1)?)?, blocks: self.json(&text(2)?)?, analysis }));
        }
        let mut log = Vec::new();
        let mut statement = self.sql("SELECT edit FROM edit ORDER BY number")?;
        let edits = statement.query_map([], |row| row.get::<_, String>(0)).map_err(|error| self.error(error))?;
        for edit in edits {
            log.push(self.json(&edit.map_err(|error| self.error(error))?)?);
        }
        let mark = self.setting("mark")?.and_then(|mark| mark.parse().ok()).unwrap_or(log.len());
        Ok((Workspace::from_parts(filed, log, mark), stale))
    }

    /// Saves new articles' texts and what changed, all or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of it is in the file.
    pub fn save(&mut self, source: Option<(&SourceHash, &str)>, texts: &[Article], changes: &[Change]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|error| told(&path, error))?;
        write(&transaction, source, texts, changes).map_err(|error| told(&path, error))?;
        transaction.commit().map_err(|error| told(&path, error))
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
    /// [`StoreError`] where the file cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, StoreError> {
        let found = self
            .sql("SELECT about, blocks, text FROM article WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))
            .optional()
            .map_err(|error| self.error(error))?;
        found
            .map(|(about, blocks, text)| Ok(Article { id, about: self.json(&about)?, blocks: self.json(&blocks)?, text }))
            .transpose()
    }

    /// A remembered value.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.sql("SELECT value FROM setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()
            .map_err(|error| self.error(error))
    }

    /// Remembers a value under a name.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    pub fn remember(&self, name: &str, value: &str) -> Result<(), StoreError> {
        put(&self.connection, name, value).map_err(|error| self.error(error))
    }

    fn sql(&self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, StoreError> {
        self.connection.prepare_cached(sql).map_err(|error| self.error(error))
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        told(&self.path, error)
    }

    fn json<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|error| StoreError::Garbled(self.path.clone(), error))
    }
}

fn told(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => StoreError::Busy(path.to_owned()),
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::Foreign(path.to_owned()),
        _ => StoreError::Sql(path.to_owned(), error),
    }
}

fn put(connection: &Connection, name: &str, value: &str) -> Result<(), rusqlite::Error> {
    connection
        .prepare_cached("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")?
        .execute(params![name, value])
        .map(|_| ())
}

fn write(
    transaction: &Transaction<'_>,
    source: Option<(&SourceHash, &str)>,
    texts: &[Article],
    changes: &[Change],
) -> Result<(), rusqlite::Error> {
    if let Some((hash, name)) = source {
        transaction.prepare_cached("INSERT OR IGNORE INTO source (hash, name) VALUES (?1, ?2)")?.execute(params![hash, name])?;
    }
    let mut mark = None;
    for change in changes {
        match change {
            Change::File(filed) => file(transaction, source, texts, filed)?,
            Change::Did(edit) => {
                let before = match mark {
                    Some(mark) => mark,
                    None => stored_mark(transaction)?,
                };
                transaction.prepare_cached("DELETE FROM edit WHERE number > ?1")?.execute([before])?;
                transaction
                    .prepare_cached("INSERT INTO edit (number, edit) VALUES (?1, ?2)")?
                    .execute(params![before + 1, json(edit)?])?;
                mark = Some(before + 1);
            }
            Change::Mark(moved) => mark = Some(i64::try_from(*moved).unwrap_or(i64::MAX)),
        }
    }
    mark.map_or(Ok(()), |mark| put(transaction, "mark", &mark.to_string()))
}

fn file(
    transaction: &Transaction<'_>,
    source: Option<(&SourceHash, &str)>,
    texts: &[Article],
    filed: &Filed,
) -> Result<(), rusqlite::Error> {
    let (about, blocks, analysis) = (json(&filed.about)?, json(&filed.blocks)?, json(&filed.analysis)?);
    match (source, texts.iter().find(|article| article.id == filed.id)) {
        (Some((hash, _)), Some(article)) => transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO article (id, source, about, blocks, analysis, engine, text)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![filed.id.0, hash, about, blocks, analysis, ENGINE, article.text])?,
        _ => transaction
            .prepare_cached("UPDATE article SET about = ?2, blocks = ?3, analysis = ?4, engine = ?5 WHERE id = ?1")?
            .execute(params![filed.id.0, about, blocks, analysis, ENGINE])?,
    };
    Ok(())
}

fn stored_mark(transaction: &Transaction<'_>) -> Result<i64, rusqlite::Error> {
    let mark: Option<String> =
        transaction.query_row("SELECT value FROM setting WHERE name = 'mark'", [], |row| row.get(0)).optional()?;
    match mark.and_then(|mark| mark.parse().ok()) {
        Some(mark) => Ok(mark),
        None => transaction.query_row("SELECT count(*) FROM edit", [], |row| row.get(0)),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, rusqlite::Error> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
