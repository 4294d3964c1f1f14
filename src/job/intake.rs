//! What reading gave → the store and the rows: articles taken in, files lost, quarantine, second tries, the watched folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use super::desk::Desk;
use super::files::{files_of, shown_name};
use super::import::{Found, Input, Source};
use super::pool::Lost;
use super::{News, Outcome};
use crate::model::{Article, ArticleId, Change, Edit, Filed};
use crate::query::lean;
use crate::read::{Columns, ReadError};
use crate::store::{Access, Batch, SourceHash};

/// The setting under which files are kept that took their reader down: hash, and how often.
const QUARANTINE: &str = "quarantine";
/// A file that took its reader down so often is not tried again unless a person asks.
const DEADLY: u8 = 2;
/// The setting under which the watched folder is kept.
const WATCHED: &str = "watched";
/// How often the watched folder is looked at.
const GLANCE: Duration = Duration::from_secs(2);
/// How many times the usual time a second try may take: an hour for an archive, a minute for a page.
const PATIENCE: u32 = 6;
/// Bytes of pasted text kept for a second try.
const KEPT: usize = 1 << 20;

/// A folder from which new files are taken in.
#[derive(Debug)]
pub(super) struct Watch {
    folder: PathBuf,
    /// Files that were taken in, with length and time of change.
    seen: BTreeMap<PathBuf, (u64, Option<SystemTime>)>,
}

impl Desk {
    /// Ends an input and keeps it where it may be tried again.
    pub(super) fn end(&mut self, input: Input, outcome: Outcome) {
        let is_table = matches!(&outcome, Outcome::Done { table: Some(_), .. });
        self.row(input.number, &input.name, outcome);
        let is_small = !matches!(&input.source, Source::Bytes(bytes) if bytes.len() > KEPT);
        if is_table && is_small {
            self.again.insert(input.number, input);
        }
    }

    /// Ends an input that gave nothing.
    pub(super) fn give_up(&mut self, input: Input, outcome: Outcome) {
        self.row(input.number, &input.name, outcome);
        if !matches!(&input.source, Source::Bytes(bytes) if bytes.len() > KEPT) {
            self.again.insert(input.number, input);
        }
    }

    /// Ends an input whose reading failed, and remembers it where it took the reader down.
    pub(super) fn lose(&mut self, input: Input, hash: &SourceHash, lost: &Lost) {
        if lost.is_deadly() {
            let mut deaths = self.deaths();
            let count = deaths.entry(blake3::Hash::from_bytes(*hash).to_hex().to_string()).or_insert(0);
            *count = count.saturating_add(1);
            // A map of words to numbers is JSON.
            self.keep(QUARANTINE, &serde_json::to_string(&deaths).unwrap_or_default());
        }
        let outcome = match lost {
            Lost::Refused(ReadError::Link(_)) | Lost::Cancelled => Outcome::Skipped(lost.to_string()),
            lost if lost.is_deadly() => Outcome::Stopped(lost.to_string()),
            lost => Outcome::Failed(lost.to_string()),
        };
        self.give_up(input, outcome);
    }

    /// A setting of the workspace.
    fn kept(&self, name: &str) -> Option<String> {
        self.hold.as_ref()?.store.setting(name).ok().flatten()
    }

    fn keep(&self, name: &str, value: &str) {
        if let Some(Err(error)) = self.hold.as_ref().map(|hold| hold.store.remember(name, value)) {
            self.trouble(&error.to_string());
        }
    }

    fn deaths(&self) -> BTreeMap<String, u8> {
        self.kept(QUARANTINE).and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
    }

    /// Why a file is not to be tried by itself any more.
    pub(super) fn quarantined(&self, hash: &SourceHash, input: &Input) -> Option<String> {
        if input.patience > 1 {
            return None;
        }
        let count = *self.deaths().get(blake3::Hash::from_bytes(*hash).to_hex().as_str())?;
        (count >= DEADLY).then(|| format!("it stopped the reader {count} times and is not tried again by itself"))
    }

    /// The same bytes were read before: nothing is added. If they were taken off the desk, they come back to it.
    pub(super) fn bring_back(&mut self, input: &Input, known: Vec<ArticleId>) {
        let desk = self.workspace.on_desk();
        if known.iter().all(|id| desk.contains(id)) {
            return self.row(input.number, &input.name, Outcome::Duplicate);
        }
        let entry = self.entry(Edit::Import { articles: known.clone() }, input.step);
        let outcome = match self.commit(&Batch::default(), vec![Change::Did(entry)]) {
            Ok(()) => Outcome::Done { articles: known, undated: 0, warnings: Vec::new(), table: None },
            Err(error) => Outcome::Failed(error.to_string()),
        };
        self.row(input.number, &input.name, outcome);
    }

    /// Files articles that are new, and tells of those that are here already.
    pub(super) fn take_in(&mut self, input: &Input, hash: &SourceHash, found: Found) -> Outcome {
        let is_told = input.columns.is_some();
        // Two copies of one file in one drop: the first has been saved by now.
        let known = self.hold.as_ref().is_some_and(|hold| hold.store.articles_of(hash).is_ok_and(|known| !known.is_empty()));
        if known && !is_told {
            return Outcome::Duplicate;
        }
        let all: Vec<ArticleId> = found.filed.iter().map(|filed| filed.id).collect();
        // An article that another file has brought stays that file's; one that was taken off the desk comes back. Columns told
        // by a person replace what the file gave before.
        let held: BTreeSet<ArticleId> =
            all.iter().filter(|id| !is_told && self.workspace.articles.contains_key(id)).copied().collect();
        // Asked only where it matters: the log is long after many imports.
        let desk = if held.is_empty() && !is_told { BTreeSet::new() } else { self.workspace.on_desk() };
        let articles: Vec<ArticleId> = all.iter().copied().filter(|id| !desk.contains(id)).collect();
        if articles.is_empty() && !is_told {
            return Outcome::Duplicate;
        }
        let mut warnings = found.warnings;
        let count = all.len() - articles.len();
        if count > 0 && !is_told {
            warnings.push(format!("{count} of {} articles in it are on the desk already", all.len()));
        }
        let undated = found.filed.iter().filter(|filed| articles.contains(&filed.id) && filed.about.published.is_none()).count();
        let full: Vec<Arc<Filed>> = found.filed.into_iter().filter(|filed| !held.contains(&filed.id)).collect();
        let texts: Vec<Article> = found.articles.into_iter().filter(|article| !held.contains(&article.id)).collect();
        let mut changes: Vec<Change> = full.iter().map(|filed| Change::File(Arc::new(lean(filed)))).collect();
        if !articles.is_empty() {
            changes.push(Change::Did(self.entry(Edit::Import { articles: articles.clone() }, input.step)));
        }
        let batch = Batch { source: Some((hash, &input.name)), texts: &texts, full: &full, ..Batch::default() };
        match self.commit(&batch, changes) {
            Ok(()) => {
                self.arrived(articles.first().copied());
                Outcome::Done {
                    articles: if articles.is_empty() { all } else { articles },
                    undated,
                    warnings,
                    table: found.table,
                }
            }
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// Tries inputs again, with more time; their rows are used again.
    pub(super) fn retry(&mut self, numbers: &[usize]) {
        let step = self.next_step();
        for number in numbers {
            if let Some(input) = self.again.remove(number) {
                let patience = input.patience.saturating_mul(PATIENCE).min(PATIENCE * PATIENCE);
                self.admit(Input { step, patience, ..input });
            }
        }
    }

    /// Reads a table anew with the columns that a person has told.
    pub(super) fn read_columns(&mut self, number: usize, columns: Columns) {
        if let Some(input) = self.again.get(&number).cloned() {
            let step = self.next_step();
            self.admit(Input { step, columns: Some(columns), ..input });
        }
    }

    /// Begins or ends watching a folder. What is in it already is taken in, too.
    pub(super) fn watch(&mut self, folder: Option<PathBuf>) {
        let told = folder.as_deref().map(|folder| folder.display().to_string()).unwrap_or_default();
        self.keep(WATCHED, &told);
        self.watch = folder.clone().map(|folder| Watch { folder, seen: BTreeMap::new() });
        self.line.tell(News::Watching(folder));
    }

    /// Goes on watching after a restart.
    pub(super) fn resume_watch(&mut self) {
        self.watch = None;
        let writes = self.hold.as_ref().is_some_and(|hold| hold.store.access() == Access::Write);
        if let Some(folder) = self.kept(WATCHED).filter(|folder| writes && !folder.is_empty()) {
            self.watch = Some(Watch { folder: PathBuf::from(&folder), seen: BTreeMap::new() });
            self.line.tell(News::Watching(Some(PathBuf::from(folder))));
        }
    }

    /// Looks into the watched folder; a file is taken in once it has stopped growing. `true` where there is something to read.
    pub(super) fn look_around(&mut self) -> bool {
        let Some(watch) = &mut self.watch else { return false };
        // A folder that is away for a while (a stick, a share) is looked for again.
        let Ok(walk) = files_of(&watch.folder, &AtomicBool::new(false)) else { return false };
        let mut ready = Vec::new();
        for file in walk.files {
            let Some(now) = stamp(&file) else { continue };
            // Young files may still be growing.
            let is_whole = now.1.and_then(|changed| changed.elapsed().ok()).is_none_or(|age| age > GLANCE);
            if is_whole && watch.seen.get(&file) != Some(&now) {
                watch.seen.insert(file.clone(), now);
                ready.push(file);
            }
        }
        if ready.is_empty() {
            return false;
        }
        let step = self.next_step();
        for file in ready {
            let number = self.next_number();
            self.admit(Input::new(number, step, shown_name(&file), Source::File(file)));
        }
        true
    }
}

fn stamp(file: &Path) -> Option<(u64, Option<SystemTime>)> {
    std::fs::metadata(file).ok().map(|kind| (kind.len(), kind.modified().ok()))
}
