//! Everything a person has gathered: articles with what was found in them, and the log of what people did.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::edit::step_name;
use super::{About, Analysis, ArticleId, Block, Edit, Entry, Facts, Span};

/// The words at the spans that edits, search and comparison need, so that the text itself can stay in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Of each mention of a place or an actor by name; sorted, no span twice.
    pub mentions: Vec<(Span, Box<str>)>,
    /// Of each sentence that tells an event; sorted, no span twice.
    pub sentences: Vec<(Span, Box<str>)>,
}

impl Wording {
    /// The words of a mention; empty where none is known at the span.
    #[must_use]
    pub fn mention(&self, span: Span) -> &str {
        at(&self.mentions, span)
    }

    /// The words of a sentence that tells an event; empty where none is known at the span.
    #[must_use]
    pub fn sentence(&self, span: Span) -> &str {
        at(&self.sentences, span)
    }
}

fn at(list: &[(Span, Box<str>)], span: Span) -> &str {
    list.binary_search_by_key(&span, |(own, _)| *own).map_or("", |found| &list[found].1)
}

/// What tells copies of one text from texts about one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Least hash of the text's five-word shingles under each of a row of hash functions; empty for a text without words.
    pub least: Vec<u32>,
    /// Number of words.
    pub words: u32,
    /// The news agency that the article credits as its one source, lower case.
    pub agency: Option<String>,
}

/// An article in the workspace, without its text (that stays in the store until it is read). In a workspace the analysis is
/// lean: without reasons and other readings, which are fetched with the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    pub id: ArticleId,
    pub about: About,
    pub blocks: Vec<Block>,
    pub analysis: Analysis,
    #[serde(default)]
    pub wording: Wording,
    #[serde(default)]
    pub fingerprint: Fingerprint,
}

/// A change of the workspace, as the store saves it and as `Workspace::apply` performs it.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new article, or a new analysis of one that is there already.
    File(Arc<Filed>),
    /// A new edit at the mark; edits that had been undone beyond it are dropped.
    Did(Entry),
    /// Undo or redo: so many entries are now in force.
    Mark(usize),
}

/// What is known. Invariants: `mark <= log.len()`; steps grow along the log.
/// `facts` are those of articles and log once whoever changed them has called `query::settle`.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Grows by one with every change.
    pub version: u64,
    /// Every article ever filed, also those whose import was undone, as the machine left them.
    pub articles: BTreeMap<ArticleId, Arc<Filed>>,
    pub log: Vec<Entry>,
    /// Number of entries in force; those after it are undone and can be redone.
    pub mark: usize,
    /// The merged tables that views are made from: what was found, with the edits in force on top.
    pub facts: Arc<Facts>,
}

impl Workspace {
    /// Rebuilds from what the store holds; the facts are still to be settled.
    #[must_use]
    pub fn from_parts(articles: Vec<Arc<Filed>>, log: Vec<Entry>, mark: usize) -> Self {
        Self {
            version: 0,
            articles: articles.into_iter().map(|filed| (filed.id, filed)).collect(),
            mark: mark.min(log.len()),
            log,
            facts: Arc::default(),
        }
    }

    /// Performs changes on articles and log; the facts are still to be settled.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            self.version += 1;
            match change {
                Change::File(filed) => {
                    self.articles.insert(filed.id, filed);
                }
                Change::Did(entry) => {
                    self.log.truncate(self.mark);
                    self.log.push(entry);
                    self.mark = self.log.len();
                }
                Change::Mark(mark) => self.mark = mark.min(self.log.len()),
            }
        }
    }

    /// The entries in force that no later one withdraws, with their numbers.
    #[must_use]
    pub fn in_force(&self) -> Vec<(usize, &Entry)> {
        // From the end: a withdrawal that is itself withdrawn does not count.
        let mut withdrawn = BTreeSet::new();
        for (number, entry) in self.log[..self.mark].iter().enumerate().rev() {
            if let Edit::Withdraw { number: earlier, .. } = &entry.edit
                && !withdrawn.contains(&number)
            {
                withdrawn.insert(*earlier);
            }
        }
        self.log[..self.mark].iter().enumerate().filter(|(number, _)| !withdrawn.contains(number)).collect()
    }

    /// The articles on the desk, by id. In which order they came in plays no part.
    #[must_use]
    pub fn on_desk(&self) -> BTreeSet<ArticleId> {
        let mut desk = BTreeSet::new();
        for (_, entry) in self.in_force() {
            match &entry.edit {
                Edit::Import { articles } => desk.extend(articles.iter().filter(|id| self.articles.contains_key(id))),
                Edit::Remove { articles } => articles.iter().for_each(|id| {
                    desk.remove(id);
                }),
                _ => {}
            }
        }
        desk
    }

    /// Is the article on the desk (imported, and the import not undone)?
    #[must_use]
    pub fn shows(&self, id: ArticleId) -> bool {
        self.facts.article_no(id).is_some()
    }

    /// A number for the next step that no entry in the log has.
    #[must_use]
    pub fn next_step(&self) -> u64 {
        self.log.iter().map(|entry| entry.step).max().map_or(1, |last| last + 1)
    }

    /// The publication date a person gave, if any: `Some(None)` means "said to be unknown".
    #[must_use]
    pub fn given_date(&self, id: ArticleId) -> Option<Option<Date>> {
        self.in_force().iter().rev().find_map(|(_, entry)| match &entry.edit {
            Edit::Published { article, date } if *article == id => Some(*date),
            _ => None,
        })
    }

    /// Where the mark goes on undo; `None` where nothing is left to undo.
    #[must_use]
    pub fn mark_before(&self) -> Option<usize> {
        let last = self.mark.checked_sub(1)?;
        let step = self.log[last].step;
        let more = self.log[..last].iter().rev().take_while(|earlier| earlier.step == step).count();
        Some(last - more)
    }

    /// Where the mark goes on redo; `None` where nothing is undone.
    #[must_use]
    pub fn mark_after(&self) -> Option<usize> {
        let step = self.log.get(self.mark)?.step;
        let more = self.log[self.mark + 1..].iter().take_while(|later| later.step == step).count();
        Some(self.mark + 1 + more)
    }

    /// What undo would take back: "import of 3 articles".
    #[must_use]
    pub fn undo_name(&self) -> Option<String> {
        step_name(&self.log[self.mark_before()?..self.mark])
    }

    /// What redo would bring back.
    #[must_use]
    pub fn redo_name(&self) -> Option<String> {
        step_name(&self.log[self.mark..self.mark_after()?])
    }
}
