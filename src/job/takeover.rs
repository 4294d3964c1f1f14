//! Edits ⇄ a small text file, so that a colleague can take them over.

use std::path::Path;

use super::desk::Desk;
use super::workspaces::replace;
use super::{News, files};
use crate::model::{Change, Entry};
use crate::query::{edits_from_text, edits_to_text, reanchored, take_over};

impl Desk {
    pub(super) fn export_edits(&self, path: &Path) {
        let text = edits_to_text(&self.workspace);
        match replace(path, text.as_bytes()) {
            Ok(()) => self.line.tell(News::Said(format!("The corrections are in {}", path.display()))),
            Err(error) => self.trouble(&format!("{}: {error}", path.display())),
        }
    }

    pub(super) fn import_edits(&mut self, path: &Path) {
        let read = files::bytes_of(path)
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not text".into()))
            .and_then(|text| edits_from_text(&text));
        let mut entries = match read {
            Ok(entries) => entries,
            Err(reason) => return self.trouble(&format!("{}: {reason}", path.display())),
        };
        // The colleague's copy of a text may differ by what a newer reader left out: anchors go where their words stand.
        for entry in &mut entries {
            let text = entry.edit.anchor().and_then(|at| self.article(at.article).ok()).map(|article| article.text);
            if let Some(text) = text {
                entry.edit = reanchored(entry.edit.clone(), &text);
            }
        }
        let taken = take_over(&self.workspace, entries);
        let counts = format!(
            "{} corrections taken over, {} were there already, {} contradict yours",
            taken.new.len(),
            taken.same,
            taken.conflicts.len()
        );
        self.take_over(taken.new);
        if !taken.conflicts.is_empty() {
            self.line.tell(News::Conflicts(taken.conflicts));
        }
        self.line.tell(News::Said(counts));
    }

    /// Adds a colleague's entries as one step, under their names and times.
    pub(super) fn take_over(&mut self, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        let step = self.workspace.next_step();
        self.redo_dates(entries.into_iter().map(|entry| Change::Did(Entry { step, ..entry })).collect());
    }
}
