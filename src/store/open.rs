//! A path → an open store: made, migrated after a snapshot, or refused and left as it is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{Access, Ledger, Store, StoreError, rows, told};

/// `application_id` of a workspace: "DLN1" as a big-endian number.
const APPLICATION_ID: i32 = 0x444C_4E31;

/// A schema change: SQL, and what SQL cannot do.
struct Migration {
    sql: &'static str,
    then: fn(&rusqlite::Transaction<'_>) -> Result<(), rusqlite::Error>,
}

/// Schema changes in order; a workspace's `user_version` is the number of those it has.
const MIGRATIONS: &[Migration] = &[
    Migration { sql: include_str!("schema/001_street.sql"), then: |_| Ok(()) },
    Migration { sql: include_str!("schema/002_nothing_lost.sql"), then: rows::fill_in },
];

/// What the head of a file says it is.
struct Head {
    tables: i64,
    application: i32,
    version: usize,
}

impl Store {
    /// Opens a workspace file, making it where there is none, and brings its schema up to date; before that a whole copy of
    /// an older file is written to `snapshot`, where one is given.
    ///
    /// # Errors
    /// [`StoreError`] names the file and the reason; a file that is foreign or newer is left as it is, to the byte.
    pub fn open(path: &Path, snapshot: Option<&Path>) -> Result<Self, StoreError> {
        // First without touching it: nothing is written to what is not ours.
        if let Ok(connection) = immutable(path) {
            head(path, &connection).and_then(|head| head.ours(path))?;
        }
        let connection = Connection::open(path).map_err(|error| told(path, error))?;
        Self::prepare(path.to_owned(), connection, snapshot)
    }

    /// Opens a workspace file for reading beside the window that writes to it, or where nothing can be written.
    ///
    /// # Errors
    /// [`StoreError`] names the file and the reason. An older file cannot be read without being migrated.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        if let Ok(connection) = immutable(path) {
            head(path, &connection).and_then(|head| head.ours(path))?;
        }
        let open = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let connection = match open.and_then(|connection| {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        }) {
            Ok(connection) => connection,
            // Write-ahead logging wants a file beside it even for reading; where there is none, the file stands alone.
            Err(_) => immutable(path).map_err(|error| told(path, error))?,
        };
        guard(&connection).map_err(|error| told(path, error))?;
        let head = head(path, &connection)?;
        head.ours(path)?;
        if head.version < MIGRATIONS.len() || head.tables == 0 {
            return Err(StoreError::ReadOnly(path.to_owned()));
        }
        Self { path: path.to_owned(), connection, access: Access::Read, ledger: Ledger::default() }.with_ledger()
    }

    /// A workspace that is gone when it is closed.
    ///
    /// # Errors
    /// Only where memory is short.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from("(memory)");
        let connection = Connection::open_in_memory().map_err(|error| told(&path, error))?;
        Self::prepare(path, connection, None)
    }

    fn prepare(path: PathBuf, mut connection: Connection, snapshot: Option<&Path>) -> Result<Self, StoreError> {
        guard(&connection).map_err(|error| told(&path, error))?;
        let head = head(&path, &connection)?;
        head.ours(&path)?;
        if head.tables > 0
            && head.version < MIGRATIONS.len()
            && let Some(snapshot) = snapshot
        {
            let to = snapshot.to_string_lossy();
            connection.execute("VACUUM INTO ?1", [to]).map_err(|error| told(snapshot, error))?;
        }
        let migrate = |connection: &mut Connection| -> Result<(), rusqlite::Error> {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            for (done, migration) in MIGRATIONS.iter().enumerate().skip(head.version) {
                let transaction = connection.transaction()?;
                transaction.execute_batch(migration.sql)?;
                (migration.then)(&transaction)?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", i32::try_from(done + 1).unwrap_or(i32::MAX))?;
                transaction.commit()?;
            }
            Ok(())
        };
        migrate(&mut connection).map_err(|error| told(&path, error))?;
        Self { path, connection, access: Access::Write, ledger: Ledger::default() }.with_ledger()
    }

    fn with_ledger(mut self) -> Result<Self, StoreError> {
        let kept = rows::ledger(&self.connection).map_err(|error| self.error(error))?;
        self.ledger = match kept {
            Ok(Some(ledger)) => ledger,
            Ok(None) => return Err(self.damaged("the count of its rows is gone")),
            Err(reason) => return Err(self.damaged(&reason)),
        };
        Ok(self)
    }
}

/// A connection that neither writes nor looks beside the file.
pub(super) fn immutable(path: &Path) -> Result<Connection, rusqlite::Error> {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(byte)),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02x}");
            }
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri, flags)
}

/// A file may come from anywhere: nothing in its schema is trusted.
pub(super) fn guard(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(Duration::from_millis(500))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

fn head(path: &Path, connection: &Connection) -> Result<Head, StoreError> {
    let read = || -> Result<Head, rusqlite::Error> {
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        Ok(Head {
            tables: connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
            application: number("application_id")?,
            version: usize::try_from(number("user_version")?).unwrap_or(usize::MAX),
        })
    };
    read().map_err(|error| told(path, error))
}

impl Head {
    /// Is the file one that this program may open?
    fn ours(&self, path: &Path) -> Result<(), StoreError> {
        if self.tables > 0 && self.application != APPLICATION_ID {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        if self.version > MIGRATIONS.len() {
            return Err(StoreError::Newer(path.to_owned()));
        }
        Ok(())
    }
}
