//! The worker's state: one open workspace, what is waiting to be read, and what each order does to them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;
use jiff::civil::Date;
use rayon::prelude::*;

use super::files::{files_of, shown_name};
use super::import::{Found, Input, Source, analyse, find};
use super::intake::Watch;
use super::pool::{Lost, Pool, Readers};
use super::worker::Line;
use super::workspaces::{self, Hold, Shut};
use super::{News, Opened, Order, Outcome, Row};
use crate::extract::Knowledge;
use crate::model::{Article, ArticleId, Change, Edit, Entry, Filed, Published, PublishedFrom, Workspace};
use crate::query::{file, lean, settle};
use crate::read::SAMPLE;
use crate::store::{Access, Batch, Reading, SourceHash, StoreError};

/// Files taken in hand at a time: enough for all threads, few enough that Cancel and the first pins come at once.
const TAKEN_IN_HAND: usize = 8;

/// The setting under which the window's choices are kept.
const REMEMBERED: &str = "remembered";

/// How often a workspace that another window writes to is looked at for news.
const LOOK: Duration = Duration::from_secs(2);

/// How many times longer than settling took must pass before it is done again during an import: a fifth of the time at most.
const PATIENCE: u32 = 4;

/// Is the list of recent workspaces kept?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recents {
    Kept,
    Unknown,
}

/// The worker's state. Invariant: `workspace` is what is in the store.
pub(super) struct Desk {
    pub hold: Option<Hold>,
    pub workspace: Workspace,
    /// Loaded once the workspace stands on the screen.
    knowledge: OnceCell<Knowledge>,
    pub queue: VecDeque<Input>,
    pub number: usize,
    pub line: Line,
    pub recents: Recents,
    pub person: String,
    /// Articles still to be read anew, and how many there were at first.
    pub anew: Option<(VecDeque<ArticleId>, usize)>,
    pool: Pool,
    /// Inputs that may be tried again, by the numbers of their rows.
    pub again: BTreeMap<usize, Input>,
    pub watch: Option<Watch>,
    settled: Settled,
    seen: i64,
}

/// Are the facts those of the workspace?
#[derive(Clone, Copy, Debug)]
struct Settled {
    due: Due,
    at: Instant,
    took: Duration,
    arrived: Option<ArticleId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    No,
    Yes,
}

impl Desk {
    pub(super) fn open_first(path: Option<&Path>, recents: Recents, readers: Readers, line: Line) -> Self {
        let mut desk = Self {
            hold: None,
            workspace: Workspace::default(),
            knowledge: OnceCell::new(),
            queue: VecDeque::new(),
            number: 0,
            line,
            recents,
            person: workspaces::person(),
            anew: None,
            pool: Pool::new(readers),
            again: BTreeMap::new(),
            watch: None,
            settled: Settled { due: Due::No, at: Instant::now(), took: Duration::ZERO, arrived: None },
            seen: 0,
        };
        desk.open(path);
        desk
    }

    /// Until the window hangs up. Orders come before files, so that reading and undo do not wait for a long import.
    pub(super) fn run(mut self) {
        self.knowledge();
        loop {
            if self.queue.is_empty() && self.anew.is_none() {
                self.settle_now();
                self.line.tell(News::Idle);
                if !self.wait() {
                    return;
                }
            }
            while let Ok(order) = self.line.orders.try_recv() {
                self.obey(order);
            }
            if !self.queue.is_empty() {
                self.step();
            } else if self.anew.is_some() {
                self.step_anew();
            }
            self.settle_in_time();
        }
    }

    /// Waits for an order; `false` where none can come any more. Beside another window it looks up now and then.
    fn wait(&mut self) -> bool {
        let reads = self.hold.as_ref().is_some_and(|hold| hold.store.access() == Access::Read);
        loop {
            let order = if reads || self.watch.is_some() {
                match self.line.orders.recv_timeout(LOOK) {
                    Err(RecvTimeoutError::Timeout) => {
                        if reads {
                            self.look_again();
                        } else if self.look_around() {
                            return true;
                        }
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return false,
                    Ok(order) => order,
                }
            } else {
                match self.line.orders.recv() {
                    Ok(order) => order,
                    Err(_) => return false,
                }
            };
            self.obey(order);
            return true;
        }
    }

    /// Another window writes to the workspace: shows what it has written.
    fn look_again(&mut self) {
        let Some(hold) = &self.hold else { return };
        let Ok(seen) = hold.store.changes_seen() else { return };
        if seen == self.seen {
            return;
        }
        self.seen = seen;
        if let Ok(loaded) = hold.store.load() {
            let version = self.workspace.version + 1;
            self.workspace = Workspace { version, ..loaded.workspace };
            self.settled.due = Due::Yes;
            self.settle_now();
        }
    }

    fn open(&mut self, path: Option<&Path>) {
        let opened = workspaces::open(path).and_then(|hold| {
            let loaded = hold.store.load()?;
            let remembered = hold.store.setting(REMEMBERED)?;
            Ok((hold, loaded, remembered))
        });
        let (hold, loaded, remembered) = match opened {
            Ok(opened) => opened,
            Err(Shut::Refused(reason)) => return self.line.tell(News::Refused(reason)),
            Err(Shut::Damaged(path, reason)) => return self.line.tell(News::Damaged(path, reason)),
        };
        let version = self.workspace.version + 1;
        self.workspace = Workspace { version, ..loaded.workspace };
        self.seen = hold.store.changes_seen().unwrap_or(0);
        let access = hold.store.access();
        self.hold = Some(hold);
        for id in loaded.unfiled {
            self.file_again(id);
        }
        settle(&mut self.workspace);
        if let (Some(path), Recents::Kept) = (path, self.recents) {
            workspaces::note_recent(path);
        }
        let recent = if self.recents == Recents::Kept { workspaces::recent() } else { Vec::new() };
        let new = self.workspace.articles.is_empty() && self.workspace.log.is_empty();
        self.line.tell(News::Opened(Box::new(Opened {
            workspace: Arc::new(self.workspace.clone()),
            remembered,
            path: path.map(Path::to_owned),
            access,
            recent,
            outdated: loaded.outdated,
        })));
        self.resume_watch();
        if new && access == Access::Write {
            self.obey(Order::Sample);
        } else if let Some(hold) = &self.hold
            && let Err(error) = workspaces::daily_snapshot(&hold.store)
        {
            self.trouble(&error.to_string());
        }
    }

    pub(super) fn obey(&mut self, order: Order) {
        match order {
            Order::Import(paths) => self.enqueue(paths),
            Order::Paste(text) => self.enqueue_bytes(vec![(String::from("Pasted text"), text.into_bytes())]),
            Order::Sample => {
                self.enqueue_bytes(SAMPLE.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect());
            }
            Order::Cancel => self.cancel(),
            Order::Retry(numbers) => self.retry(&numbers),
            Order::Columns(number, columns) => self.read_columns(number, columns),
            Order::Watch(folder) => self.watch(folder),
            Order::Publish(article, date) => self.edit(vec![Edit::Published { article, date }]),
            Order::Edit(edits) => self.edit(edits),
            Order::Undo => self.move_mark(self.workspace.mark_before()),
            Order::Redo => self.move_mark(self.workspace.mark_after()),
            Order::Fetch(id) => self.fetch(id),
            Order::Search(words) => self.search(words),
            Order::LookUp(words) => self.look_up(words),
            Order::Remember(value) => {
                // Beside another window the choice is not kept: that one keeps its own.
                if let Some(hold) = self.hold.as_ref().filter(|hold| hold.store.access() == Access::Write)
                    && let Err(error) = hold.store.remember(REMEMBERED, &value)
                {
                    self.trouble(&error.to_string());
                }
            }
            Order::Open(path) => {
                self.cancel();
                self.anew = None;
                // Closed first: the same workspace may be asked for again.
                self.hold = None;
                self.open(Some(&path));
            }
            Order::Duplicate(path) => self.duplicate(&path),
            Order::Compact => {
                let done = self.hold.as_ref().map(|hold| hold.store.compact());
                self.said(done, "The workspace is compact");
            }
            Order::Recover(path) => self.recover(&path),
            Order::ReadAnew => self.read_all_anew(),
            Order::AcceptAnew => self.accept_anew(),
            Order::DropAnew => self.drop_anew(),
            Order::ExportEdits(path) => self.export_edits(&path),
            Order::ImportEdits(path) => self.import_edits(&path),
            Order::TakeTheirs(entries) => self.take_over(entries),
            Order::Compare(earlier, later) => self.compare(earlier, later),
        }
    }

    pub(super) fn knowledge(&self) -> &Knowledge {
        self.knowledge.get_or_init(Knowledge::load)
    }

    pub(super) fn trouble(&self, sentence: &str) {
        self.line.tell(News::Trouble(sentence.to_owned()));
    }

    pub(super) fn said(&self, done: Option<Result<(), StoreError>>, sentence: &str) {
        match done {
            Some(Ok(())) => self.line.tell(News::Said(sentence.to_owned())),
            Some(Err(error)) => self.trouble(&error.to_string()),
            None => self.trouble("no workspace is open"),
        }
    }

    fn duplicate(&self, path: &Path) {
        if path.exists() {
            return self.trouble(&format!("{}: a file of this name is there already", path.display()));
        }
        let done = self.hold.as_ref().map(|hold| hold.store.copy_to(path));
        self.said(done, &format!("A copy is in {}", path.display()));
    }

    fn recover(&mut self, path: &Path) {
        match workspaces::recover(path) {
            Err(reason) => self.trouble(&reason),
            Ok((to, done)) => {
                let lost = if done.lost == 0 { "nothing was lost".into() } else { format!("{} rows were lost", done.lost) };
                self.line.tell(News::Said(format!(
                    "{} articles and {} edits were saved into {}; {lost}",
                    done.articles,
                    done.edits,
                    to.display()
                )));
                self.obey(Order::Open(to));
            }
        }
    }

    fn enqueue(&mut self, paths: Vec<PathBuf>) {
        let step = self.next_step();
        for path in paths {
            match files_of(&path, &self.line.cancelled) {
                Ok(found) => {
                    for file in found.files {
                        let number = self.next_number();
                        self.admit(Input::new(number, step, shown_name(&file), Source::File(file)));
                    }
                    for (folder, reason) in found.left_out {
                        let number = self.next_number();
                        self.row(number, &shown_name(&folder), Outcome::Skipped(reason));
                    }
                }
                Err(reason) => {
                    let number = self.next_number();
                    self.row(number, &shown_name(&path), Outcome::Failed(reason));
                }
            }
        }
    }

    fn enqueue_bytes(&mut self, inputs: Vec<(String, Vec<u8>)>) {
        let step = self.next_step();
        for (name, bytes) in inputs {
            let number = self.next_number();
            self.admit(Input::new(number, step, name, Source::Bytes(bytes.into())));
        }
    }

    pub(super) fn admit(&mut self, input: Input) {
        self.row(input.number, &input.name, Outcome::Queued);
        self.queue.push_back(input);
    }

    pub(super) fn next_step(&self) -> u64 {
        self.queue.back().map_or(0, |input| input.step + 1).max(self.workspace.next_step())
    }

    pub(super) const fn next_number(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    pub(super) fn row(&self, number: usize, name: &str, outcome: Outcome) {
        self.line.tell(News::Row(Row { number, name: name.to_owned(), outcome }));
    }

    fn cancel(&mut self) {
        self.line.cancelled.store(false, Ordering::Relaxed);
        for input in std::mem::take(&mut self.queue) {
            self.give_up(input, Outcome::Skipped("cancelled".into()));
        }
        self.stop_anew();
    }

    /// Reads the next few files on all threads and saves them one after the other.
    fn step(&mut self) {
        let in_hand: Vec<Input> = self.queue.drain(..TAKEN_IN_HAND.min(self.queue.len())).collect();
        let mut fresh: Vec<(Input, Vec<u8>, SourceHash)> = Vec::new();
        for input in in_hand {
            let Some(hold) = &self.hold else {
                self.give_up(input, Outcome::Failed("no workspace is open".into()));
                continue;
            };
            match input.bytes() {
                Err(reason) => self.give_up(input, Outcome::Failed(reason)),
                Ok((bytes, hash)) => match hold.store.articles_of(&hash) {
                    Err(error) => self.give_up(input, Outcome::Failed(error.to_string())),
                    Ok(known) if known.is_empty() || input.columns.is_some() => {
                        if let Some(reason) = self.quarantined(&hash, &input) {
                            self.give_up(input, Outcome::Stopped(reason));
                        } else {
                            self.row(input.number, &input.name, Outcome::Reading);
                            fresh.push((input, bytes, hash));
                        }
                    }
                    Ok(known) => self.bring_back(&input, known),
                },
            }
        }
        let (knowledge, pool, cancelled) = (self.knowledge(), &self.pool, &self.line.cancelled);
        let found: Vec<Result<Found, Lost>> =
            fresh.par_iter().map(|(input, bytes, _)| find(pool, knowledge, input, bytes, cancelled)).collect();
        for ((input, _, hash), found) in fresh.into_iter().zip(found) {
            match found {
                Err(lost) => self.lose(input, &hash, &lost),
                Ok(found) => {
                    let outcome = self.take_in(&input, &hash, found);
                    self.end(input, outcome);
                }
            }
        }
    }

    /// The map follows what comes in first.
    pub(super) fn arrived(&mut self, article: Option<ArticleId>) {
        self.settled.arrived = self.settled.arrived.or(article);
    }

    pub(super) fn entry(&self, edit: Edit, step: u64) -> Entry {
        Entry { edit, step, by: self.person.clone(), at: workspaces::seconds() }
    }

    /// Saves, then changes what is in memory: what the window hears is on disk.
    pub(super) fn commit(&mut self, batch: &Batch<'_>, changes: Vec<Change>) -> Result<(), StoreError> {
        let Some(hold) = &mut self.hold else { return Err(StoreError::ReadOnly("no workspace".into())) };
        hold.store.save(&Batch { changes: &changes, ..*batch })?;
        self.workspace.apply(changes);
        self.settled.due = Due::Yes;
        Ok(())
    }

    /// The workspace is another than the window knows: settles and tells.
    pub(super) fn changed(&mut self) {
        self.settled.due = Due::Yes;
        self.settle_now();
    }

    /// Makes the facts anew and tells the window.
    pub(super) fn settle_now(&mut self) {
        if self.settled.due == Due::No {
            return;
        }
        let began = Instant::now();
        settle(&mut self.workspace);
        let arrived = self.settled.arrived;
        self.settled = Settled { due: Due::No, at: Instant::now(), took: began.elapsed(), arrived: None };
        self.line.tell(News::Changed(Arc::new(self.workspace.clone()), arrived));
    }

    /// During an import: now and then, so that it costs a fifth of the time at most.
    fn settle_in_time(&mut self) {
        if self.settled.at.elapsed() >= self.settled.took * PATIENCE {
            self.settle_now();
        }
    }

    /// Adds edits to the log as one step.
    pub(super) fn edit(&mut self, edits: Vec<Edit>) {
        let step = self.next_step();
        let entries = edits.into_iter().map(|edit| Change::Did(self.entry(edit, step))).collect();
        self.redo_dates(entries);
    }

    fn move_mark(&mut self, mark: Option<usize>) {
        if let Some(mark) = mark {
            self.redo_dates(vec![Change::Mark(mark)]);
        }
    }

    /// Performs changes of the log; articles that get another publication date by them are read anew with it.
    pub(super) fn redo_dates(&mut self, mut changes: Vec<Change>) {
        let mut after = Workspace::from_parts(Vec::new(), self.workspace.log.clone(), self.workspace.mark);
        after.apply(changes.iter().cloned());
        let dated = |workspace: &Workspace| -> BTreeSet<ArticleId> {
            let published = workspace.log[..workspace.mark].iter().filter_map(|entry| match &entry.edit {
                Edit::Published { article, .. } => Some(*article),
                _ => None,
            });
            published.collect()
        };
        let touched: BTreeMap<ArticleId, Option<Option<Date>>> = dated(&self.workspace)
            .union(&dated(&after))
            .filter(|id| self.workspace.articles.contains_key(id))
            .map(|id| (*id, after.given_date(*id)))
            .filter(|(id, given)| self.workspace.given_date(*id) != *given)
            .collect();
        let mut full = Vec::new();
        for (id, given) in touched {
            match self.read_dated(id, given) {
                Ok(filed) => {
                    changes.insert(0, Change::File(Arc::new(lean(&filed))));
                    full.push(filed);
                }
                Err(reason) => return self.trouble(&reason),
            }
        }
        let batch = Batch { full: &full, ..Batch::default() };
        match self.commit(&batch, changes) {
            Ok(()) => self.settle_now(),
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    /// Extracts a stored article again, dated as a person says, or by its own best candidate.
    #[allow(clippy::option_option)] // nothing said; said to be unknown; a date
    pub(super) fn read_dated(&self, id: ArticleId, given: Option<Option<Date>>) -> Result<Arc<Filed>, String> {
        let article = self.article(id)?;
        Ok(analyse(self.knowledge(), &dated(article, given)))
    }

    pub(super) fn article(&self, id: ArticleId) -> Result<Article, String> {
        let found = self.hold.as_ref().map(|hold| hold.store.article(id)).transpose().map_err(|error| error.to_string())?;
        found.flatten().ok_or_else(|| "the article is not in the workspace any more".into())
    }

    /// Files an article again whose lean copy an older version made, or that has none; its findings stay what they are.
    fn file_again(&mut self, id: ArticleId) {
        let found = self.hold.as_ref().map(|hold| hold.store.found(id)).transpose();
        let (full, reading) = match found {
            Ok(Some(Some((article, Some(analysis))))) => (Arc::new(file(&article, analysis)), Reading::Before),
            Ok(Some(Some((article, None)))) => {
                let given = self.workspace.given_date(id);
                (analyse(self.knowledge(), &dated(article, given)), Reading::Now)
            }
            Ok(_) => return,
            Err(error) => return self.trouble(&error.to_string()),
        };
        let changes = vec![Change::File(Arc::new(lean(&full)))];
        let batch = Batch { full: std::slice::from_ref(&full), reading, ..Batch::default() };
        match self.hold.as_ref().map(|hold| hold.store.access()) {
            Some(Access::Write) => {
                if let Err(error) = self.commit(&batch, changes) {
                    self.trouble(&error.to_string());
                }
            }
            _ => self.workspace.apply(changes),
        }
    }
}

/// The article with the publication date that holds: a person's, else its own best candidate.
#[allow(clippy::option_option)] // as above
fn dated(mut article: Article, given: Option<Option<Date>>) -> Article {
    article.about.published = match given {
        Some(given) => given.map(|date| Published { date, from: PublishedFrom::Given, evidence: "given by you".into() }),
        None => article.about.date_candidates.first().cloned(),
    };
    article
}
