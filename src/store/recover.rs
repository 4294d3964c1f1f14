//! A damaged workspace → a new one with every row that is still as it was written.

use std::path::Path;

use rusqlite::{Connection, Row, params};

use super::{Ledger, Store, StoreError, rows, told};

/// What came out of a damaged file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    pub articles: usize,
    pub edits: usize,
    /// Rows that were there and could not be read.
    pub lost: usize,
}

/// Row numbers tried one by one after the last that could be read.
const TRIES: i64 = 4_096;

impl Store {
    /// Copies from a damaged file what can be read and is as it was written. Both files are ours to use: `from` a copy of
    /// the damaged one with what stands beside it, `to` not there yet.
    ///
    /// # Errors
    /// [`StoreError`] where nothing at all can be read, or the copy cannot be written.
    pub fn recover(from: &Path, to: &Path) -> Result<Recovered, StoreError> {
        let old = Connection::open(from).map_err(|error| told(from, error))?;
        // The schema may be damaged, too: what it says is not trusted, only tried.
        super::open::guard(&old).map_err(|error| told(from, error))?;
        let mut new = Self::open(to, None)?;
        let mut done = Recovered::default();
        let transaction = new.connection.transaction().map_err(|error| told(to, error))?;
        let mut ledger = Ledger::default();
        each(&old, "SELECT rowid, hash, name FROM source", |row| {
            let (hash, name): (Vec<u8>, String) = (row.get(1)?, row.get(2)?);
            transaction.execute("INSERT OR IGNORE INTO source (hash, name) VALUES (?1, ?2)", params![hash, name])?;
            Ok(true)
        });
        let columns = "SELECT rowid, id, source, about, blocks, analysis, engine, text, lean, lean_sum, text_sum FROM article";
        done.lost += each(&old, columns, |row| {
            let (id, source): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
            let (about, blocks, analysis): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let engine: i64 = row.get(6)?;
            let (text, lean): (String, String) = (row.get(7)?, row.get(8)?);
            let (lean_sum, text_sum): (Vec<u8>, Vec<u8>) = (row.get(9)?, row.get(10)?);
            let whole = [id.as_slice(), about.as_bytes(), blocks.as_bytes(), text.as_bytes(), analysis.as_bytes()];
            if id.len() != 16 || text_sum != rows::sum(&whole) {
                return Ok(false);
            }
            // What stays in memory can be made anew from the rest.
            let lean_whole = lean_sum == rows::sum(&[&id, lean.as_bytes()]);
            let (lean, lean_sum) = if lean_whole { (lean, lean_sum) } else { (String::new(), Vec::new()) };
            transaction.execute("INSERT OR IGNORE INTO source (hash, name) VALUES (?1, '')", params![source])?;
            transaction.execute(
                "INSERT OR IGNORE INTO article (id, source, about, blocks, analysis, engine, text, lean, lean_sum, text_sum)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![id, source, about, blocks, analysis, engine, text, lean, lean_sum, text_sum],
            )?;
            ledger.articles += 1;
            Ok(true)
        });
        let mark = rows::ledger(&old).ok().and_then(Result::ok).flatten().map(|ledger| ledger.mark);
        let mut in_force = 0;
        done.lost += each(&old, "SELECT number AS rowid, edit, step, author, at, sum FROM edit", |row| {
            let number: i64 = row.get(0)?;
            let Some(entry) = rows::entry(row)? else { return Ok(false) };
            ledger.edits += 1;
            rows::put_entry(&transaction, ledger.edits, &entry)?;
            in_force += i64::from(mark.is_none_or(|mark| number <= mark));
            Ok(true)
        });
        ledger.mark = in_force;
        if let Some(remembered) = rows::setting(&old, "remembered").ok().flatten() {
            rows::put(&transaction, "remembered", &remembered).map_err(|error| told(to, error))?;
        }
        rows::put_ledger(&transaction, ledger).map_err(|error| told(to, error))?;
        rows::index_all(&transaction).map_err(|error| told(to, error))?;
        transaction.commit().map_err(|error| told(to, error))?;
        done.articles = usize::try_from(ledger.articles).unwrap_or(0);
        done.edits = usize::try_from(ledger.edits).unwrap_or(0);
        if done.articles == 0 && done.edits == 0 {
            return Err(StoreError::Damaged(from.to_owned(), "nothing in it can be read any more".into()));
        }
        Ok(done)
    }
}

/// Takes the rows of a table one by one, in order of their number, stepping over those that cannot be read. Gives how many
/// were there and not taken.
fn each(old: &Connection, select: &str, mut take: impl FnMut(&Row<'_>) -> Result<bool, rusqlite::Error>) -> usize {
    let key = if select.contains("number AS rowid") { "number" } else { "rowid" };
    let sql = format!("{select} WHERE {key} > ?1 ORDER BY {key} LIMIT 1");
    let one = format!("{select} WHERE {key} = ?1");
    let (Ok(mut next), Ok(mut exact)) = (old.prepare(&sql), old.prepare(&one)) else { return 1 };
    let (mut at, mut lost, mut tries) = (0_i64, 0, 0);
    while tries < TRIES {
        // The next row by order; where the way to it is broken, the next number by itself.
        let found = if tries == 0 { step(&mut next, at, &mut take) } else { step(&mut exact, at + 1, &mut take) };
        match found {
            // A damaged tree may lead back to where one has been: numbers must grow.
            Step::Taken(number) | Step::Left(number) if number <= at => {
                lost += 1;
                (at, tries) = (at + 1, tries + 1);
            }
            Step::Taken(number) => (at, tries) = (number, 0),
            Step::Left(number) => {
                (at, tries) = (number, 0);
                lost += 1;
            }
            Step::End if tries == 0 => break,
            Step::End => (at, tries) = (at + 1, tries + 1),
            Step::Broken => {
                lost += usize::from(tries == 0);
                if tries > 0 {
                    at += 1;
                }
                tries += 1;
            }
        }
    }
    lost
}

enum Step {
    Taken(i64),
    /// It is there and not as it was written.
    Left(i64),
    End,
    Broken,
}

fn step(
    statement: &mut rusqlite::Statement<'_>,
    at: i64,
    take: &mut impl FnMut(&Row<'_>) -> Result<bool, rusqlite::Error>,
) -> Step {
    let Ok(mut rows) = statement.query([at]) else { return Step::Broken };
    match rows.next() {
        Ok(Some(row)) => match (row.get::<_, i64>(0), take(row)) {
            (Ok(number), Ok(true)) => Step::Taken(number),
            (Ok(number), _) => Step::Left(number),
            _ => Step::Broken,
        },
        Ok(None) => Step::End,
        Err(_) => Step::Broken,
    }
}
