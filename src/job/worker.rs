//! Orders → news: the thread that owns the store.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};
use jiff::civil::Date;
use rayon::prelude::*;

use super::files::{files_of, shown_name};
use super::import::{Found, Input, Source, analyse, find};
use super::{News, Order, Outcome, Row};
use crate::extract::Knowledge;
use crate::model::{ArticleId, Change, Edit, Filed, Published, PublishedFrom, Workspace};
use crate::read::SAMPLE;
use crate::store::{SourceHash, Store, StoreError};

/// Files taken in hand at a time: enough for all threads, few enough that Cancel and the first pins come at once.
const TAKEN_IN_HAND: usize = 8;

/// The setting under which the window's choices are kept.
const REMEMBERED: &str = "remembered";

/// The window's end of the line.
#[derive(Debug)]
pub struct Worker {
    orders: Sender<Order>,
    news: Receiver<News>,
    cancelled: Arc<AtomicBool>,
}

impl Worker {
    /// Returns at once; the answer comes as news.
    pub fn send(&self, order: Order) {
        if matches!(order, Order::Cancel) {
            self.cancelled.store(true, Ordering::Relaxed);
        }
        // A worker that has ended has said why in its last news.
        let _ = self.orders.send(order);
    }

    /// What has come in since the last call; never waits.
    pub fn news(&self) -> impl Iterator<Item = News> + '_ {
        self.news.try_iter()
    }

    /// Waits until the worker has nothing left to do and gives what it told on the way. For the command line and tests.
    pub fn finish(&self) -> Vec<News> {
        let mut heard = Vec::new();
        while let Ok(news) = self.news.recv() {
            let last = matches!(news, News::Idle | News::Refused(_));
            heard.push(news);
            if last {
                break;
            }
        }
        heard
    }
}

/// Starts the worker on a workspace file, or on one in memory. `wake` is called after each piece of news.
#[must_use]
pub fn start(workspace: Option<PathBuf>, wake: Box<dyn Fn() + Send>) -> Worker {
    let (order_sender, orders) = unbounded();
    let (news_sender, news) = unbounded();
    let cancelled = Arc::new(AtomicBool::new(false));
    let line = Line { orders, news: news_sender.clone(), wake, cancelled: Arc::clone(&cancelled) };
    let spawned = std::thread::Builder::new().name("worker".into()).spawn(move || work(workspace.as_deref(), line));
    if let Err(error) = spawned {
        // The channel is open: its receiver is in our hand.
        let _ = news_sender.send(News::Refused(format!("Dateline cannot start its worker: {error}")));
    }
    Worker { orders: order_sender, news, cancelled }
}

/// The worker's end of the line.
struct Line {
    orders: Receiver<Order>,
    news: Sender<News>,
    wake: Box<dyn Fn() + Send>,
    cancelled: Arc<AtomicBool>,
}

impl Line {
    fn tell(&self, news: News) {
        // Nobody listens any more when the window has closed; the work in hand is saved all the same.
        let _ = self.news.send(news);
        (self.wake)();
    }
}

fn work(path: Option<&Path>, line: Line) {
    let opened = open(path).and_then(|store| {
        let (workspace, stale) = store.load().map_err(|error| error.to_string())?;
        let remembered = store.setting(REMEMBERED).map_err(|error| error.to_string())?;
        Ok((store, workspace, stale, remembered))
    });
    let (store, workspace, stale, remembered) = match opened {
        Ok(opened) => opened,
        Err(reason) => return line.tell(News::Refused(reason)),
    };
    let new = workspace.articles.is_empty() && workspace.log.is_empty();
    let ledger = Workspace::from_parts(Vec::new(), workspace.log.clone(), workspace.mark);
    line.tell(News::Opened { workspace: Box::new(workspace), remembered });
    let mut desk = Desk { store, ledger, knowledge: Knowledge::load(), queue: VecDeque::new(), number: 0, line };
    for id in stale {
        desk.read_anew(id, Vec::new());
    }
    if new {
        desk.obey(Order::Sample);
    }
    desk.run();
}

fn open(path: Option<&Path>) -> Result<Store, String> {
    let Some(path) = path else { return Store::in_memory().map_err(|error| error.to_string()) };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Store::open(path).map_err(|error| error.to_string())
}

/// The worker's state. Invariant: `ledger` has the log and mark that are in the store (and no articles).
struct Desk {
    store: Store,
    ledger: Workspace,
    knowledge: Knowledge,
    queue: VecDeque<Input>,
    number: usize,
    line: Line,
}

impl Desk {
    /// Until the window hangs up. Orders come before files, so that reading and undo do not wait for a long import.
    fn run(&mut self) {
        loop {
            if self.queue.is_empty() {
                self.line.tell(News::Idle);
                match self.line.orders.recv() {
                    Ok(order) => self.obey(order),
                    Err(_) => return,
                }
            }
            while let Ok(order) = self.line.orders.try_recv() {
                self.obey(order);
            }
            self.step();
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Import(paths) => self.enqueue(paths),
            Order::Paste(text) => {
                let name = String::from("Pasted text");
                self.enqueue_bytes(vec![(name, text.into_bytes())]);
            }
            Order::Sample => {
                self.enqueue_bytes(SAMPLE.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect());
            }
            Order::Cancel => self.cancel(),
            Order::Publish(id, date) => self.publish(id, date),
            Order::Undo => self.move_mark(self.ledger.mark_before()),
            Order::Redo => self.move_mark(self.ledger.mark_after()),
            Order::Fetch(id) => match self.store.article(id) {
                Ok(Some(article)) => self.line.tell(News::Text(Arc::new(article))),
                Ok(None) => self.trouble("the article is not in the workspace any more"),
                Err(error) => self.trouble(&error.to_string()),
            },
            Order::Remember(value) => {
                if let Err(error) = self.store.remember(REMEMBERED, &value) {
                    self.trouble(&error.to_string());
                }
            }
        }
    }

    fn trouble(&self, sentence: &str) {
        self.line.tell(News::Trouble(sentence.to_owned()));
    }

    fn enqueue(&mut self, paths: Vec<PathBuf>) {
        let batch = self.next_batch();
        for path in paths {
            match files_of(&path) {
                Ok(files) => {
                    for file in files {
                        let number = self.next_number();
                        self.admit(Input { number, batch, name: shown_name(&file), source: Source::File(file) });
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
        let batch = self.next_batch();
        for (name, bytes) in inputs {
            let number = self.next_number();
            self.admit(Input { number, batch, name, source: Source::Bytes(bytes) });
        }
    }

    fn admit(&mut self, input: Input) {
        self.row(input.number, &input.name, Outcome::Queued);
        self.queue.push_back(input);
    }

    fn next_batch(&self) -> u64 {
        self.queue.back().map_or(0, |input| input.batch + 1).max(self.ledger.next_batch())
    }

    const fn next_number(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    fn row(&self, number: usize, name: &str, outcome: Outcome) {
        self.line.tell(News::Row(Row { number, name: name.to_owned(), outcome }));
    }

    fn cancel(&mut self) {
        self.line.cancelled.store(false, Ordering::Relaxed);
        for input in std::mem::take(&mut self.queue) {
            self.row(input.number, &input.name, Outcome::Skipped("cancelled".into()));
        }
    }

    /// Reads the next few files on all threads and saves them one after the other.
    fn step(&mut self) {
        let in_hand: Vec<Input> = self.queue.drain(..TAKEN_IN_HAND.min(self.queue.len())).collect();
        let mut fresh: Vec<(Input, Vec<u8>, SourceHash)> = Vec::new();
        for input in in_hand {
            match input.bytes() {
                Err(reason) => self.row(input.number, &input.name, Outcome::Failed(reason)),
                Ok((bytes, hash)) => match self.store.articles_of(&hash) {
                    Err(error) => self.row(input.number, &input.name, Outcome::Failed(error.to_string())),
                    Ok(known) if known.is_empty() => {
                        self.row(input.number, &input.name, Outcome::Reading);
                        fresh.push((input, bytes, hash));
                    }
                    Ok(known) => self.bring_back(&input, known),
                },
            }
        }
        let (knowledge, cancelled) = (&self.knowledge, &self.line.cancelled);
        let found: Vec<Option<Result<Found, String>>> = fresh
            .par_iter()
            .map(|(input, bytes, _)| (!cancelled.load(Ordering::Relaxed)).then(|| find(knowledge, &input.name, bytes)))
            .collect();
        for ((input, _, hash), found) in fresh.into_iter().zip(found) {
            let outcome = match found {
                None => Outcome::Skipped("cancelled".into()),
                Some(Err(reason)) => Outcome::Failed(reason),
                Some(Ok(found)) => self.take_in(&input, &hash, found),
            };
            self.row(input.number, &input.name, outcome);
        }
    }

    /// The same bytes were read before: nothing is added. If their import was undone, they come back to the desk.
    fn bring_back(&mut self, input: &Input, known: Vec<ArticleId>) {
        let shown = self.shown();
        if known.iter().all(|id| shown.contains(id)) {
            return self.row(input.number, &input.name, Outcome::Duplicate);
        }
        let edit = Edit::Import { batch: input.batch, articles: known.clone() };
        let outcome = match self.commit(None, &[], vec![Change::Did(edit)]) {
            Ok(()) => Outcome::Done { articles: known, undated: 0, warnings: Vec::new() },
            Err(error) => Outcome::Failed(error.to_string()),
        };
        self.row(input.number, &input.name, outcome);
    }

    fn shown(&self) -> std::collections::BTreeSet<ArticleId> {
        let in_force = &self.ledger.log[..self.ledger.mark];
        in_force
            .iter()
            .flat_map(|edit| match edit {
                Edit::Import { articles, .. } => articles.as_slice(),
                Edit::Published { .. } => &[],
            })
            .copied()
            .collect()
    }

    fn take_in(&mut self, input: &Input, hash: &SourceHash, found: Found) -> Outcome {
        // Two copies of one file in one drop: the first has been saved by now.
        if self.store.articles_of(hash).is_ok_and(|known| !known.is_empty()) {
            return Outcome::Duplicate;
        }
        let articles: Vec<ArticleId> = found.filed.iter().map(|filed| filed.id).collect();
        let undated = found.filed.iter().filter(|filed| filed.about.published.is_none()).count();
        let mut changes: Vec<Change> = found.filed.into_iter().map(Change::File).collect();
        changes.push(Change::Did(Edit::Import { batch: input.batch, articles: articles.clone() }));
        match self.commit(Some((hash, &input.name)), &found.articles, changes) {
            Ok(()) => Outcome::Done { articles, undated, warnings: found.warnings },
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }

    /// Saves, then tells: what the window hears is on disk.
    fn commit(
        &mut self,
        source: Option<(&SourceHash, &str)>,
        texts: &[crate::model::Article],
        changes: Vec<Change>,
    ) -> Result<(), StoreError> {
        self.store.save(source, texts, &changes)?;
        let own = changes.iter().filter(|change| !matches!(change, Change::File(_))).cloned().collect();
        self.ledger.apply_all(own);
        self.line.tell(News::Changed(changes));
        Ok(())
    }

    fn publish(&mut self, id: ArticleId, date: Option<Date>) {
        let edit = Edit::Published { article: id, date };
        self.read_anew(id, vec![Change::Did(edit)]);
    }

    fn move_mark(&mut self, mark: Option<usize>) {
        let Some(mark) = mark else { return };
        let touched = &self.ledger.log[mark.min(self.ledger.mark)..mark.max(self.ledger.mark)];
        let redated = touched.iter().find_map(|edit| match edit {
            Edit::Published { article, .. } => Some(*article),
            Edit::Import { .. } => None,
        });
        match redated {
            Some(id) => self.read_anew(id, vec![Change::Mark(mark)]),
            None => {
                if let Err(error) = self.commit(None, &[], vec![Change::Mark(mark)]) {
                    self.trouble(&error.to_string());
                }
            }
        }
    }

    /// Extracts a stored article again, dated as it will be after `changes`, and saves it together with them.
    fn read_anew(&mut self, id: ArticleId, mut changes: Vec<Change>) {
        let mut after = Workspace::from_parts(Vec::new(), self.ledger.log.clone(), self.ledger.mark);
        after.apply_all(changes.clone());
        let filed: Result<Arc<Filed>, String> = match self.store.article(id) {
            Ok(Some(mut article)) => {
                article.about.published = match after.given_date(id) {
                    Some(given) => {
                        given.map(|date| Published { date, from: PublishedFrom::Given, evidence: "given by you".into() })
                    }
                    None => article.about.date_candidates.first().cloned(),
                };
                Ok(analyse(&self.knowledge, &article))
            }
            Ok(None) => Err("the article is not in the workspace any more".into()),
            Err(error) => Err(error.to_string()),
        };
        let saved = filed.and_then(|filed| {
            changes.insert(0, Change::File(filed));
            self.commit(None, &[], changes).map_err(|error| error.to_string())
        });
        if let Err(reason) = saved {
            self.trouble(&reason);
        }
    }
}
