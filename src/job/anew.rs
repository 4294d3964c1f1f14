//! Every article of an older extraction → read anew in the background, as drafts that a person accepts or drops.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::prelude::*;

use super::desk::Desk;
use super::import::analyse;
use super::{Anew, News};
use crate::model::{Article, Filed};
use crate::query::{lean, what_changes};

/// Articles read at a time: Cancel is looked at between them.
const TAKEN_IN_HAND: usize = 8;

impl Desk {
    pub(super) fn read_all_anew(&mut self) {
        let Some(hold) = &self.hold else { return self.trouble("no workspace is open") };
        let waiting = hold.store.to_read_anew().and_then(|waiting| {
            let drafted = hold.store.drafts()?.len();
            if !waiting.is_empty() || drafted > 0 {
                return Ok((waiting, drafted));
            }
            // Nothing is older than this program: then everything is read anew, as asked.
            hold.store.outdate()?;
            Ok((hold.store.to_read_anew()?, 0))
        });
        match waiting {
            Ok((waiting, drafted)) => {
                let all = waiting.len() + drafted;
                self.anew = Some((VecDeque::from(waiting), all));
                self.line.tell(News::Anew(Anew::Reading(drafted, all)));
            }
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    /// Reads the next few; with the last one, tells what would change.
    pub(super) fn step_anew(&mut self) {
        let Some((waiting, all)) = &mut self.anew else { return };
        let all = *all;
        let in_hand: Vec<_> = waiting.drain(..TAKEN_IN_HAND.min(waiting.len())).collect();
        let left = waiting.len();
        let articles: Vec<Article> = in_hand.iter().filter_map(|id| self.article(*id).ok()).collect();
        let knowledge = self.knowledge();
        let drafts: Vec<(Arc<Filed>, Arc<Filed>)> = articles
            .par_iter()
            .map(|article| {
                let full = analyse(knowledge, article);
                let lean = Arc::new(lean(&full));
                (full, lean)
            })
            .collect();
        let Some(hold) = &mut self.hold else { return };
        if let Err(error) = hold.store.keep_drafts(&drafts) {
            self.anew = None;
            return self.trouble(&error.to_string());
        }
        if left > 0 {
            return self.line.tell(News::Anew(Anew::Reading(all - left, all)));
        }
        self.anew = None;
        match hold.store.drafts() {
            Ok(drafts) => self.line.tell(News::Anew(Anew::Ready(what_changes(&self.workspace, &drafts)))),
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    /// What is done so far is kept; asking again goes on from there.
    pub(super) fn stop_anew(&mut self) {
        if let Some((waiting, all)) = self.anew.take() {
            self.line.tell(News::Anew(Anew::Stopped(all - waiting.len(), all)));
        }
    }

    pub(super) fn accept_anew(&mut self) {
        let Some(hold) = &mut self.hold else { return self.trouble("no workspace is open") };
        let snapshot = super::workspaces::snapshot_path(hold.store.path(), "before-reading-anew");
        let saved = match snapshot.filter(|_| hold.store.path().is_file()) {
            Some(to) => hold.store.copy_to(&to),
            None => Ok(()),
        };
        match saved.and_then(|()| hold.store.accept_drafts()) {
            Ok(changes) => {
                self.workspace.apply(changes);
                self.changed();
                self.line.tell(News::Anew(Anew::None));
            }
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    pub(super) fn drop_anew(&mut self) {
        let done = self.hold.as_ref().map(|hold| hold.store.drop_drafts());
        self.said(done, "Everything stays as it was read before");
        self.line.tell(News::Anew(Anew::None));
    }
}
