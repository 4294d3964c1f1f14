//! Everything a person has gathered: articles with what was found in them, and the log of what people did.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{About, Analysis, ArticleId, Block, Facts};

/// An article in the workspace, without its text (that stays in the store until it is read).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    pub id: ArticleId,
    pub about: About,
    pub blocks: Vec<Block>,
    pub analysis: Analysis,
}

/// What a person did. The machine's findings are never overwritten: an edit is a row on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// These articles came in from one source file; undoing it takes them off the desk (they stay in the workspace).
    /// Files that were dropped together share a batch and are undone together.
    Import { batch: u64, articles: Vec<ArticleId> },
    /// The publication date of an article was given or changed; `None` says it is unknown.
    Published { article: ArticleId, date: Option<Date> },
}

impl Edit {
    /// Are the two undone in one step?
    const fn goes_with(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Import { batch: a, .. }, Self::Import { batch: b, .. }) if *a == *b)
    }
}

/// How the menu names edits that go together: "import of 3 articles".
fn name(edits: &[Edit]) -> Option<String> {
    let articles: usize = edits
        .iter()
        .map(|edit| match edit {
            Edit::Import { articles, .. } => articles.len(),
            Edit::Published { .. } => 0,
        })
        .sum();
    Some(match edits.first()? {
        Edit::Import { .. } if articles == 1 => "import of 1 article".into(),
        Edit::Import { .. } => format!("import of {articles} articles"),
        Edit::Published { .. } => "change of publication date".into(),
    })
}

/// A change of the workspace, as the store saves it and as `Workspace::apply` performs it.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new article, or a new analysis of one that is there already.
    File(Arc<Filed>),
    /// A new edit at the mark; edits that had been undone beyond it are dropped.
    Did(Edit),
    /// Undo or redo: so many edits are now in force.
    Mark(usize),
}

/// What is known. Invariants: `mark <= log.len()`; `facts` is what `Facts::of` gives for the articles in force.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Grows by one with every change.
    pub version: u64,
    /// Every article ever filed, also those whose import was undone.
    pub articles: BTreeMap<ArticleId, Arc<Filed>>,
    pub log: Vec<Edit>,
    /// Number of edits in force; those after it are undone and can be redone.
    pub mark: usize,
    /// The merged tables that views are made from.
    pub facts: Facts,
}

impl Workspace {
    /// Rebuilds from what the store holds.
    #[must_use]
    pub fn from_parts(articles: Vec<Arc<Filed>>, log: Vec<Edit>, mark: usize) -> Self {
        let mut workspace = Self {
            version: 0,
            articles: articles.into_iter().map(|filed| (filed.id, filed)).collect(),
            mark: mark.min(log.len()),
            log,
            facts: Facts::default(),
        };
        workspace.facts = Facts::of(&workspace.in_force());
        workspace
    }

    pub fn apply(&mut self, change: Change) {
        self.apply_all(vec![change]);
    }

    /// Applies a batch; the merged tables are rebuilt at most once.
    pub fn apply_all(&mut self, changes: Vec<Change>) {
        let mut rebuild = false;
        for change in changes {
            self.version += 1;
            match change {
                Change::File(filed) => {
                    rebuild |= self.articles.insert(filed.id, filed).is_some();
                }
                Change::Did(edit) => {
                    self.log.truncate(self.mark);
                    if let Edit::Import { articles, .. } = &edit {
                        let new = articles.iter().filter_map(|id| self.articles.get(id));
                        new.for_each(|filed| self.facts.add(filed));
                    }
                    self.log.push(edit);
                    self.mark = self.log.len();
                }
                Change::Mark(mark) => {
                    self.mark = mark.min(self.log.len());
                    rebuild = true;
                }
            }
        }
        if rebuild {
            self.facts = Facts::of(&self.in_force());
        }
    }

    /// The articles on the desk, in order of import.
    #[must_use]
    pub fn in_force(&self) -> Vec<Arc<Filed>> {
        let mut seen = std::collections::BTreeSet::new();
        self.log[..self.mark]
            .iter()
            .filter_map(|edit| match edit {
                Edit::Import { articles, .. } => Some(articles),
                Edit::Published { .. } => None,
            })
            .flatten()
            .filter(|id| seen.insert(**id))
            .filter_map(|id| self.articles.get(id).cloned())
            .collect()
    }

    /// Is the article on the desk (imported, and the import not undone)?
    #[must_use]
    pub fn shows(&self, id: ArticleId) -> bool {
        self.facts.article_no(id).is_some()
    }

    /// A number for the next import that no edit in the log has.
    #[must_use]
    pub fn next_batch(&self) -> u64 {
        let batch = |edit: &Edit| match edit {
            Edit::Import { batch, .. } => *batch,
            Edit::Published { .. } => 0,
        };
        self.log.iter().map(batch).max().map_or(1, |last| last + 1)
    }

    /// The publication date a person gave, if any: `Some(None)` means "said to be unknown".
    #[must_use]
    pub fn given_date(&self, id: ArticleId) -> Option<Option<Date>> {
        self.log[..self.mark].iter().rev().find_map(|edit| match edit {
            Edit::Published { article, date } if *article == id => Some(*date),
            _ => None,
        })
    }

    /// Where the mark goes on undo; `None` where nothing is left to undo.
    #[must_use]
    pub fn mark_before(&self) -> Option<usize> {
        let last = self.mark.checked_sub(1)?;
        let edit = &self.log[last];
        let more = self.log[..last].iter().rev().take_while(|earlier| earlier.goes_with(edit)).count();
        Some(last - more)
    }

    /// Where the mark goes on redo; `None` where nothing is undone.
    #[must_use]
    pub fn mark_after(&self) -> Option<usize> {
        let edit = self.log.get(self.mark)?;
        let more = self.log[self.mark + 1..].iter().take_while(|later| later.goes_with(edit)).count();
        Some(self.mark + 1 + more)
    }

    /// What undo would take back: "import of 3 articles".
    #[must_use]
    pub fn undo_name(&self) -> Option<String> {
        name(&self.log[self.mark_before()?..self.mark])
    }

    /// What redo would bring back.
    #[must_use]
    pub fn redo_name(&self) -> Option<String> {
        name(&self.log[self.mark..self.mark_after()?])
    }
}
