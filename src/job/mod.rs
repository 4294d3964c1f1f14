//! Files → read → extract → save, in the background.
//!
//! One worker owns the store; the window sends an [`Order`] and hears [`News`]. Nothing here waits for the window.

mod files;
mod import;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{Article, ArticleId, Change, Workspace};

pub use files::{bytes_of, default_workspace};
pub use worker::{Worker, start};

/// What the window asks for.
#[derive(Debug)]
pub enum Order {
    /// Files and folders, dropped, chosen or given on the command line.
    Import(Vec<PathBuf>),
    /// Text from the clipboard.
    Paste(String),
    /// The sample story that comes with the program.
    Sample,
    /// Stops the import after the file in hand.
    Cancel,
    /// Gives, changes or (with `None`) takes away an article's publication date, and reads it anew.
    Publish(ArticleId, Option<Date>),
    Undo,
    Redo,
    /// Loads an article's text for the reader.
    Fetch(ArticleId),
    /// Keeps what the person chose (filter, selection, panels) with the workspace, as JSON.
    Remember(String),
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
    },
    /// Everything in it is on the desk already.
    Duplicate,
    Skipped(String),
    Failed(String),
}

/// A row of the import panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Grows with every input; the same number replaces the row.
    pub number: usize,
    pub name: String,
    pub outcome: Outcome,
}

/// What the worker tells the window.
#[derive(Debug)]
pub enum News {
    /// The workspace as it was when it was last open; the string is what `Order::Remember` kept.
    Opened {
        workspace: Box<Workspace>,
        remembered: Option<String>,
    },
    /// The workspace cannot be opened: one sentence with file and reason.
    Refused(String),
    Row(Row),
    /// To be applied to the workspace at once, in order; already saved.
    Changed(Vec<Change>),
    Text(Arc<Article>),
    /// Something could not be saved or loaded: one sentence.
    Trouble(String),
    /// Nothing left to do; everything is saved.
    Idle,
}
