//! Files → read → extract → save, in the background.
//!
//! One worker owns the store; the window sends an [`Order`] and hears [`News`]. Nothing here waits for the window, and the
//! window never computes what is shown: it gets whole workspaces, with their facts settled.

mod anew;
mod answer;
mod desk;
mod files;
mod frame;
mod import;
mod intake;
mod pool;
mod sandbox;
mod serve;
mod takeover;
mod worker;
mod workspaces;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Article, ArticleId, Edit, Entry, Filed, Reading, Workspace};
use crate::query::{Compared, Conflict};
use crate::read::Columns;
pub use crate::store::Access;

pub use files::{bytes_of, default_workspace};
pub use pool::{Gave, Lost, Pool, Readers, time_for};
pub use serve::serve;
pub use worker::{Worker, start, start_apart, start_last};

/// What the window asks for.
#[derive(Debug)]
pub enum Order {
    /// Files and folders, dropped, chosen or given on the command line.
    Import(Vec<PathBuf>),
    /// Text from the clipboard.
    Paste(String),
    /// The sample story that comes with the program.
    Sample,
    /// Stops the import, what is being read is given up; and reading anew after the article in hand.
    Cancel,
    /// Tries inputs again, by the numbers of their rows, with more time.
    Retry(Vec<usize>),
    /// Reads the table of a row again, with other columns.
    Columns(usize, Columns),
    /// Takes in what comes into a folder from now on, or with `None` stops watching.
    Watch(Option<PathBuf>),
    /// Gives, changes or (with `None`) takes away an article's publication date, and reads it anew.
    Publish(ArticleId, Option<Date>),
    /// Corrections that are undone together.
    Edit(Vec<Edit>),
    Undo,
    Redo,
    /// Loads an article's text, reasons and other readings for the reader.
    Fetch(ArticleId),
    /// Finds the articles that say these words.
    Search(String),
    /// Seeks places of this name in the gazetteer.
    LookUp(String),
    /// Keeps what the person chose (filter, selection, panels) with the workspace, as JSON.
    Remember(String),
    /// Closes this workspace and opens another, making it where there is none.
    Open(PathBuf),
    /// Writes a copy of the workspace to a new file.
    Duplicate(PathBuf),
    /// Gives space back to the disk.
    Compact,
    /// Copies what can be read of a damaged workspace into a new one, and opens that.
    Recover(PathBuf),
    /// Reads every article anew that an older extraction has read; changes nothing until accepted.
    ReadAnew,
    AcceptAnew,
    DropAnew,
    /// Writes the edits in force to a small text file.
    ExportEdits(PathBuf),
    /// Takes over a colleague's edits.
    ImportEdits(PathBuf),
    /// Takes over edits that were held back because they contradict one's own.
    TakeTheirs(Vec<Entry>),
    /// Compares two versions of an article, the earlier first.
    Compare(ArticleId, ArticleId),
}

/// What happened to one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Queued,
    Reading,
    /// New articles on the desk; the second number counts those that have no publication date.
    Done {
        articles: Vec<ArticleId>,
        undated: usize,
        warnings: Vec<String>,
        /// Of a table: its columns, and what they were taken for.
        table: Option<Box<Table>>,
    },
    /// Everything in it is on the desk already.
    Duplicate,
    Skipped(String),
    Failed(String),
    /// Reading was stopped: it took too long or too much. More time may help.
    Stopped(String),
}

/// The columns of a table, in the order of the file, and what they were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub names: Vec<String>,
    pub columns: Columns,
}

impl Outcome {
    /// Is nothing more to come for this input?
    #[must_use]
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Queued | Self::Reading)
    }

    /// Can trying again help?
    #[must_use]
    pub const fn can_retry(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Stopped(_) | Self::Skipped(_))
    }
}

/// A row of the import panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Grows with every input; the same number replaces the row.
    pub number: usize,
    pub name: String,
    pub outcome: Outcome,
}

/// A workspace that has just been opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub workspace: Arc<Workspace>,
    /// What `Order::Remember` kept.
    pub remembered: Option<String>,
    /// `None` for one in memory.
    pub path: Option<PathBuf>,
    pub access: Access,
    /// Workspaces opened before, the last one first.
    pub recent: Vec<PathBuf>,
    /// Articles that an older extraction has read.
    pub outdated: usize,
}

/// How far reading anew has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anew {
    /// So many of so many articles.
    Reading(usize, usize),
    /// Stopped by a person; what is done is kept and goes on from there.
    Stopped(usize, usize),
    /// Done; what would change, in a few sentences.
    Ready(Vec<String>),
    /// Nothing is waiting.
    None,
}

/// What the worker tells the window.
#[derive(Debug)]
pub enum News {
    Opened(Box<Opened>),
    /// The workspace cannot be opened: one sentence with file and reason.
    Refused(String),
    /// It cannot be opened because it is damaged; `Order::Recover` may help.
    Damaged(PathBuf, String),
    Row(Row),
    /// The workspace as it is now, already saved; with the first article that has come in, if one has.
    Changed(Arc<Workspace>, Option<ArticleId>),
    /// An article's text, with everything found in it and the edits on top.
    Text(Arc<Article>, Option<Arc<Filed>>),
    /// The articles that say the words asked for.
    Found(String, Arc<BTreeSet<ArticleId>>),
    /// The places of a name, most prominent first.
    Readings(String, Vec<Reading>),
    Anew(Anew),
    /// A colleague's edits that contradict one's own.
    Conflicts(Vec<Conflict>),
    Compared(ArticleId, ArticleId, Arc<Compared>),
    /// The folder that is watched, or none any more.
    Watching(Option<PathBuf>),
    /// Something was done that is not seen otherwise: one sentence.
    Said(String),
    /// Something could not be saved or loaded: one sentence.
    Trouble(String),
    /// Nothing left to do; everything is saved.
    Idle,
}
