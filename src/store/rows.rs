//! Changes → rows, and the checksum that each row carries.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Batch, ENGINE, Ledger, Reading, SourceHash};
use crate::gazetteer::fold::folded_words;
use crate::model::{Article, Change, Edit, Entry, Filed};

/// The name under which the ledger is kept.
const LEDGER: &str = "ledger";

/// The first 16 bytes of BLAKE3 over the fields, each after its length.
pub(super) fn sum(fields: &[&[u8]]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    hasher.finalize().as_bytes()[..16].to_vec()
}

pub(super) fn entry_sum(number: i64, entry: &Entry, json: &str) -> Vec<u8> {
    sum(&[&number.to_le_bytes(), &entry.step.to_le_bytes(), entry.by.as_bytes(), &entry.at.to_le_bytes(), json.as_bytes()])
}

pub(super) fn setting(connection: &Connection, name: &str) -> Result<Option<String>, rusqlite::Error> {
    connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()
}

pub(super) fn put(connection: &Connection, name: &str, value: &str) -> Result<(), rusqlite::Error> {
    connection
        .prepare_cached("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")?
        .execute(params![name, value])
        .map(|_| ())
}

/// The stored ledger: `Ok(None)` where there is none yet, `Err` where it is not as it was written.
pub(super) fn ledger(connection: &Connection) -> Result<Result<Option<Ledger>, String>, rusqlite::Error> {
    let Some(kept) = setting(connection, LEDGER)? else { return Ok(Ok(None)) };
    let numbers: Option<Vec<i64>> = kept.split(' ').take(3).map(|word| word.parse().ok()).collect();
    Ok(match numbers.as_deref() {
        Some(&[articles, edits, mark]) => {
            let ledger = Ledger { articles, edits, mark };
            if kept == ledger_words(ledger) {
                Ok(Some(ledger))
            } else {
                Err("the count of its rows is not as it was saved".into())
            }
        }
        _ => Err("the count of its rows is not as it was saved".into()),
    })
}

fn ledger_words(ledger: Ledger) -> String {
    use std::fmt::Write;
    let mut words = format!("{} {} {}", ledger.articles, ledger.edits, ledger.mark);
    let sum = sum(&[words.as_bytes()]);
    words.push(' ');
    for byte in &sum {
        // Writing to a string cannot fail.
        let _ = write!(words, "{byte:02x}");
    }
    words
}

pub(super) fn put_ledger(connection: &Connection, ledger: Ledger) -> Result<(), rusqlite::Error> {
    put(connection, LEDGER, &ledger_words(ledger))
}

/// The log; the inner error names the first entry that is not as it was written.
pub(super) fn log(connection: &Connection) -> Result<Result<Vec<Entry>, String>, rusqlite::Error> {
    let mut statement = connection.prepare_cached("SELECT number, edit, step, author, at, sum FROM edit ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut log = Vec::new();
    while let Some(row) = rows.next()? {
        match entry(row)? {
            Some(entry) => log.push(entry),
            None => return Ok(Err(format!("edit {} is not as it was saved", log.len() + 1))),
        }
    }
    Ok(Ok(log))
}

/// One entry from `number, edit, step, author, at, sum`; `None` where it is not as it was written.
pub(super) fn entry(row: &rusqlite::Row<'_>) -> Result<Option<Entry>, rusqlite::Error> {
    let (number, json): (i64, String) = (row.get(0)?, row.get(1)?);
    let sum: Vec<u8> = row.get(5)?;
    let Ok(edit) = serde_json::from_str::<Edit>(&json) else { return Ok(None) };
    let step: i64 = row.get(2)?;
    let entry = Entry { edit, step: u64::try_from(step).unwrap_or(0), by: row.get(3)?, at: row.get(4)? };
    Ok((sum == entry_sum(number, &entry, &json)).then_some(entry))
}

/// Gives entries of before there were sums their sum, and the file its ledger. The last step of the migration to 2.
pub(super) fn fill_in(transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    let mut entries: Vec<(i64, String, i64)> = Vec::new();
    {
        let mut statement = transaction.prepare("SELECT number, edit, step FROM edit ORDER BY number")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            entries.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
    }
    for (number, json, step) in &entries {
        let edit =
            serde_json::from_str::<Edit>(json).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let step = u64::try_from(*step).unwrap_or(0);
        let entry = Entry::bare(step, edit);
        let json = self::json(&entry.edit)?;
        transaction.execute(
            "UPDATE edit SET edit = ?2, sum = ?3 WHERE number = ?1",
            params![number, json, entry_sum(*number, &entry, &json)],
        )?;
    }
    let edits = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let mark = setting(transaction, "mark")?.and_then(|mark| mark.parse().ok()).unwrap_or(edits);
    let articles = transaction.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
    put_ledger(transaction, Ledger { articles, edits, mark })?;
    transaction.execute("DELETE FROM setting WHERE name = 'mark'", [])?;
    index_all(transaction)
}

pub(super) fn index_all(transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    transaction.execute("INSERT INTO said (said) VALUES ('delete-all')", [])?;
    let mut statement = transaction.prepare("SELECT rowid, text FROM article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (rowid, text): (i64, String) = (row.get(0)?, row.get(1)?);
        index(transaction, rowid, &text)?;
    }
    Ok(())
}

fn index(transaction: &Transaction<'_>, rowid: i64, text: &str) -> Result<(), rusqlite::Error> {
    transaction
        .prepare_cached("INSERT INTO said (rowid, words) VALUES (?1, ?2)")?
        .execute(params![rowid, folded_words(text).join(" ")])
        .map(|_| ())
}

pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch<'_>, ledger: &mut Ledger) -> Result<(), rusqlite::Error> {
    if let Some((hash, name)) = batch.source {
        transaction.prepare_cached("INSERT OR IGNORE INTO source (hash, name) VALUES (?1, ?2)")?.execute(params![hash, name])?;
    }
    for change in batch.changes {
        match change {
            Change::File(lean) => {
                let full = batch.full.iter().find(|filed| filed.id == lean.id);
                let text = batch.texts.iter().find(|article| article.id == lean.id);
                file(transaction, batch, lean, full.map(|filed| &**filed), text, ledger)?;
            }
            Change::Did(entry) => {
                transaction.prepare_cached("DELETE FROM edit WHERE number > ?1")?.execute([ledger.mark])?;
                ledger.mark += 1;
                ledger.edits = ledger.mark;
                put_entry(transaction, ledger.mark, entry)?;
            }
            Change::Mark(mark) => ledger.mark = i64::try_from(*mark).unwrap_or(i64::MAX).min(ledger.edits),
        }
    }
    put_ledger(transaction, *ledger)
}

pub(super) fn put_entry(transaction: &Transaction<'_>, number: i64, entry: &Entry) -> Result<(), rusqlite::Error> {
    let json = json(&entry.edit)?;
    let step = i64::try_from(entry.step).unwrap_or(i64::MAX);
    transaction
        .prepare_cached("INSERT INTO edit (number, edit, step, author, at, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![number, json, step, entry.by, entry.at, entry_sum(number, entry, &json)])
        .map(|_| ())
}

fn file(
    transaction: &Transaction<'_>,
    batch: &Batch<'_>,
    lean: &Filed,
    full: Option<&Filed>,
    text: Option<&Article>,
    ledger: &mut Ledger,
) -> Result<(), rusqlite::Error> {
    let id = lean.id.0;
    let lean_json = json(lean)?;
    let lean_sum = sum(&[&id, lean_json.as_bytes()]);
    let source: Option<&SourceHash> = batch.source.map(|(hash, _)| hash);
    let known: Option<(i64, String, String, String, u32)> = transaction
        .prepare_cached("SELECT rowid, blocks, text, analysis, engine FROM article WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let about = json(full.map_or(&lean.about, |full| &full.about))?;
    match (known, source, text, full) {
        (Some((rowid, blocks, text, analysis, engine)), ..) => {
            // A draft was made of what stood there before.
            transaction.prepare_cached("DELETE FROM draft WHERE article = ?1")?.execute([id])?;
            let engine = if batch.reading == Reading::Now { ENGINE } else { engine };
            let (blocks, analysis) = match full {
                Some(full) => (json(&full.blocks)?, json(&full.analysis)?),
                None => (blocks, analysis),
            };
            let text_sum = sum(&[&id, about.as_bytes(), blocks.as_bytes(), text.as_bytes(), analysis.as_bytes()]);
            transaction
                .prepare_cached(
                    "UPDATE article SET about = ?2, blocks = ?3, analysis = ?4, engine = ?5, lean = ?6, lean_sum = ?7, text_sum = ?8
                     WHERE rowid = ?1",
                )?
                .execute(params![rowid, about, blocks, analysis, engine, lean_json, lean_sum, text_sum])?;
        }
        (None, Some(hash), Some(article), Some(full)) => {
            let (blocks, analysis) = (json(&full.blocks)?, json(&full.analysis)?);
            let text_sum = sum(&[&id, about.as_bytes(), blocks.as_bytes(), article.text.as_bytes(), analysis.as_bytes()]);
            transaction
                .prepare_cached(
                    "INSERT INTO article (id, source, about, blocks, analysis, engine, text, lean, lean_sum, text_sum)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![id, hash, about, blocks, analysis, ENGINE, article.text, lean_json, lean_sum, text_sum])?;
            index(transaction, transaction.last_insert_rowid(), &article.text)?;
            ledger.articles += 1;
        }
        // Findings without a text: there is nothing that they could be found in again.
        (None, ..) => {}
    }
    Ok(())
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String, rusqlite::Error> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
