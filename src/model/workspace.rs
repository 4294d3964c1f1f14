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
    /// These articles came in together; undoing it takes them off the desk (they stay in the file).
    Import { articles: Vec<ArticleId> },
    /// The publication date of an article was given or changed; `None` says it is unknown.
    Published { article: ArticleId, date: Option<Date> },
}

impl Edit {
    /// How the menu names it: "Undo import of 3 articles".
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Import { articles } if articles.len() == 1 => "import of 1 article".into(),
            Self::Import { articles } => format!("import of {} articles", articles.len()),
            Self::Published { .. } => "change of publication date".into(),
        }
    }
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
                    match &edit {
                        Edit::Import { articles } if !rebuild => {
                            for id in articles {
                                if let Some(filed) = self.articles.get(id) {
                                    self.facts.add(filed);
                                }
                            }
                        }
                        Edit::Import { .. } => {}
                        Edit::Published { .. } => {}
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
                Edit::Import { articles } => Some(articles),
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
        self.facts.articles.iter().any(|filed| filed.id == id)
    }

    /// The publication date a person gave, if any: `Some(None)` means "said to be unknown".
    #[must_use]
    pub fn given_date(&self, id: ArticleId) -> Option<Option<Date>> {
        self.log[..self.mark].iter().rev().find_map(|edit| match edit {
            Edit::Published { article, date } if *article == id => Some(*date),
            _ => None,
        })
    }

    #[must_use]
    pub fn undo_name(&self) -> Option<String> {
        self.mark.checked_sub(1).map(|last| self.log[last].name())
    }

    #[must_use]
    pub fn redo_name(&self) -> Option<String> {
        self.log.get(self.mark).map(Edit::name)
    }
}
