//! Questions that change nothing → what the store and the gazetteer know.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::News;
use super::desk::Desk;
use crate::model::{Article, ArticleId, Reading, Span};
use crate::query::{Edits, Terms, compare, file, shown};

impl Desk {
    /// The text with all reasons and readings, and the edits on top.
    pub(super) fn fetch(&self, id: ArticleId) {
        let found = self.hold.as_ref().map(|hold| hold.store.found(id)).transpose();
        match found {
            Ok(Some(Some((article, analysis)))) => {
                let in_force = self.workspace.in_force();
                let full = analysis.map(|analysis| shown(&Arc::new(file(&article, analysis)), &Edits::of(&in_force)).filed);
                self.line.tell(News::Text(Arc::new(article), full));
            }
            Ok(_) => self.trouble("the article is not in the workspace any more"),
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    pub(super) fn search(&mut self, words: String) {
        let terms = Terms::parse(&words);
        let everything = || self.workspace.articles.keys().copied().collect();
        let found: BTreeSet<ArticleId> = match (terms.full_text(), &mut self.hold) {
            (Some(asked), Some(hold)) => {
                let found = hold.store.search(&asked).or_else(|_| {
                    // An index can be made anew; a search is never an error.
                    let _ = hold.store.index_anew();
                    hold.store.search(&asked)
                });
                found.unwrap_or_default().into_iter().collect()
            }
            _ => everything(),
        };
        self.line.tell(News::Found(words, Arc::new(found)));
    }

    pub(super) fn look_up(&self, words: String) {
        let entries = self.knowledge().gazetteer.lookup(&words);
        let readings = entries.into_iter().take(12).map(|entry| Reading {
            id: entry.id,
            name: entry.name,
            kind: entry.kind,
            point: Some(entry.point),
            country: Some(entry.country).filter(|code| !code.is_empty()),
        });
        let readings = readings.collect();
        self.line.tell(News::Readings(words, readings));
    }

    pub(super) fn compare(&self, earlier: ArticleId, later: ArticleId) {
        let side = |id: ArticleId| -> Result<(Article, Vec<Span>), String> {
            let article = self.article(id)?;
            let sentences = self.workspace.articles.get(&id).map(|filed| filed.analysis.sentences.clone()).unwrap_or_default();
            Ok((article, sentences))
        };
        match (side(earlier), side(later)) {
            (Ok((a, first)), Ok((b, second))) => {
                let compared = compare(&a.text, &first, &b.text, &second);
                self.line.tell(News::Compared(earlier, later, Arc::new(compared)));
            }
            (Err(reason), _) | (_, Err(reason)) => self.trouble(&reason),
        }
    }
}
