//! Orders → news: the thread that owns the store.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::desk::{Desk, Recents};
use super::files::default_workspace;
use super::pool::Readers;
use super::workspaces;
use super::{News, Order};

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
            let last = matches!(news, News::Idle);
            heard.push(news);
            if last {
                break;
            }
        }
        heard
    }
}

/// Starts the worker on a workspace file, or on one in memory. `wake` is called after each piece of news. Files are read in
/// this process.
#[must_use]
pub fn start(workspace: Option<PathBuf>, wake: Box<dyn Fn() + Send>) -> Worker {
    spawn(workspace, Recents::Unknown, Readers::Here, wake)
}

/// As [`start`], with files read where `readers` says.
#[must_use]
pub fn start_apart(workspace: Option<PathBuf>, readers: Readers, wake: Box<dyn Fn() + Send>) -> Worker {
    spawn(workspace, Recents::Unknown, readers, wake)
}

/// Starts the worker on the workspace that was open last, or on the first one of a new user.
#[must_use]
pub fn start_last(wake: Box<dyn Fn() + Send>) -> Worker {
    let last = workspaces::recent().into_iter().next().or_else(default_workspace);
    spawn(last, Recents::Kept, Readers::apart(), wake)
}

fn spawn(workspace: Option<PathBuf>, recents: Recents, readers: Readers, wake: Box<dyn Fn() + Send>) -> Worker {
    let (order_sender, orders) = unbounded();
    let (news_sender, news) = unbounded();
    let cancelled = Arc::new(AtomicBool::new(false));
    let line = Line { orders, news: news_sender.clone(), wake, cancelled: Arc::clone(&cancelled) };
    let work = move || Desk::open_first(workspace.as_deref(), recents, readers, line).run();
    let spawned = std::thread::Builder::new().name("worker".into()).spawn(work);
    if let Err(error) = spawned {
        // The channel is open: its receiver is in our hand.
        let _ = news_sender.send(News::Refused(format!("Dateline cannot start its worker: {error}")));
        let _ = news_sender.send(News::Idle);
    }
    Worker { orders: order_sender, news, cancelled }
}

/// The worker's end of the line.
pub(super) struct Line {
    pub orders: Receiver<Order>,
    pub news: Sender<News>,
    pub wake: Box<dyn Fn() + Send>,
    pub cancelled: Arc<AtomicBool>,
}

impl Line {
    pub(super) fn tell(&self, news: News) {
        // Nobody listens any more when the window has closed; the work in hand is saved all the same.
        let _ = self.news.send(news);
        (self.wake)();
    }
}
