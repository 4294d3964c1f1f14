//! Everything read anew → drafts beside what is there, until a person accepts or drops them.

use std::sync::Arc;

use rusqlite::params;

use super::{ENGINE, Store, StoreError, rows, told};
use crate::model::{ArticleId, Change, Filed};

impl Store {
    /// Articles that an older extraction read and that have no draft yet, in order.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn to_read_anew(&self) -> Result<Vec<ArticleId>, StoreError> {
        let mut statement = self.sql(
            "SELECT id FROM article WHERE engine < ?1 AND id NOT IN (SELECT article FROM draft WHERE engine = ?1) ORDER BY rowid",
        )?;
        let ids = statement.query_map([ENGINE], |row| row.get(0).map(ArticleId)).map_err(|error| self.error(error))?;
        ids.collect::<Result<_, _>>().map_err(|error| self.error(error))
    }

    /// Says of all articles that they were read by an older extraction, so that they can be read anew.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    pub fn outdate(&self) -> Result<(), StoreError> {
        self.writable()?;
        self.connection.execute("UPDATE article SET engine = 0", []).map(|_| ()).map_err(|error| self.error(error))
    }

    /// Keeps drafts, all or nothing.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be written.
    pub fn keep_drafts(&mut self, drafts: &[(Arc<Filed>, Arc<Filed>)]) -> Result<(), StoreError> {
        self.writable()?;
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|error| told(&path, error))?;
        let write = || -> Result<(), rusqlite::Error> {
            for (full, lean) in drafts {
                let (analysis, lean_json) = (rows::json(&full.analysis)?, rows::json(&**lean)?);
                let sum = rows::sum(&[&full.id.0, analysis.as_bytes(), lean_json.as_bytes()]);
                transaction
                    .prepare_cached(
                        "INSERT OR REPLACE INTO draft (article, engine, analysis, lean, sum) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![full.id.0, ENGINE, analysis, lean_json, sum])?;
            }
            Ok(())
        };
        write().map_err(|error| told(&path, error))?;
        transaction.commit().map_err(|error| told(&path, error))
    }

    /// The drafts as they would be in memory, in order of id.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub fn drafts(&self) -> Result<Vec<Arc<Filed>>, StoreError> {
        let mut statement = self.sql("SELECT article, analysis, lean, sum FROM draft WHERE engine = ?1 ORDER BY article")?;
        let mut rows = statement.query([ENGINE]).map_err(|error| self.error(error))?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.error(error))? {
            let read = || -> Result<([u8; 16], String, String, Vec<u8>), rusqlite::Error> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            let (id, analysis, lean, sum) = read().map_err(|error| self.error(error))?;
            if sum != rows::sum(&[&id, analysis.as_bytes(), lean.as_bytes()]) {
                return Err(self.damaged("a new reading is not as it was saved"));
            }
            drafts.extend(serde_json::from_str::<Filed>(&lean).ok().map(Arc::new));
        }
        Ok(drafts)
    }

    /// Puts the drafts in the place of what was there. Gives the changes that a workspace in memory needs.
    ///
    /// # Errors
    /// [`StoreError`]; then everything is as it was.
    pub fn accept_drafts(&mut self) -> Result<Vec<Change>, StoreError> {
        self.writable()?;
        let drafts = self.drafts()?;
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|error| told(&path, error))?;
        let write = || -> Result<(), rusqlite::Error> {
            for lean in &drafts {
                let (about, blocks, text, analysis, lean_json): (String, String, String, String, String) = transaction.query_row(
                    "SELECT about, blocks, text, draft.analysis, draft.lean FROM article JOIN draft ON article = id WHERE id = ?1",
                    [lean.id.0],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
                )?;
                let id = lean.id.0;
                let whole = [id.as_slice(), about.as_bytes(), blocks.as_bytes(), text.as_bytes(), analysis.as_bytes()];
                let (text_sum, lean_sum) = (rows::sum(&whole), rows::sum(&[&id, lean_json.as_bytes()]));
                transaction.execute(
                    "UPDATE article SET analysis = ?2, engine = ?3, lean = ?4, lean_sum = ?5, text_sum = ?6 WHERE id = ?1",
                    params![id, analysis, ENGINE, lean_json, lean_sum, text_sum],
                )?;
            }
            transaction.execute("DELETE FROM draft", []).map(|_| ())
        };
        write().map_err(|error| told(&path, error))?;
        transaction.commit().map_err(|error| told(&path, error))?;
        Ok(drafts.into_iter().map(Change::File).collect())
    }

    /// Lets the drafts go; what was there stays, and is not offered again until the next extraction.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written.
    pub fn drop_drafts(&self) -> Result<(), StoreError> {
        self.writable()?;
        self.connection.execute_batch("DELETE FROM draft").map_err(|error| self.error(error))
    }
}
