//! What every panel is given to draw from, and the way to ask for a change.

use std::cell::RefCell;
use std::sync::Arc;

use crate::job::Row;
use crate::model::{Article, Facts, Filed, Workspace};
use crate::query::{Filter, Light, Selection, Thing, View};

use super::Theme;
use super::command::Command;

/// The frame's picture. Panels read it and `send`; they change nothing else but their own looks.
pub struct Ctx<'a> {
    pub workspace: &'a Workspace,
    /// The one view: all counts, pins, lanes and rows.
    pub view: &'a View,
    pub filter: &'a Filter,
    pub selection: &'a Selection,
    /// What the selection means for events, places and actors.
    pub picked: &'a Light,
    /// The same for what the pointer was over in the last frame.
    pub hovered: &'a Light,
    pub theme: &'a Theme,
    /// The article in the reader, once its text has come from the store.
    pub article: Option<&'a Arc<Article>>,
    /// Rows of the import panel, by number.
    pub imports: &'a [Row],
    /// Grows when the map shall show all pins, or the selection; the map compares with what it saw last.
    pub fit: Fit,
    /// What panels asked for in this frame.
    pub commands: &'a RefCell<Vec<Command>>,
}

/// Wishes to bring something into view, counted so that a panel knows which it has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    pub all: u32,
    pub selection: u32,
}

impl<'a> Ctx<'a> {
    /// Asks for something; it happens after this frame.
    pub fn send(&self, command: Command) {
        self.commands.borrow_mut().push(command);
    }

    /// Says what the pointer is over, so that every panel lights it.
    pub fn hover(&self, thing: Thing) {
        self.send(Command::Hover(thing));
    }

    #[must_use]
    pub fn facts(&self) -> &'a Facts {
        &self.workspace.facts
    }

    /// The article in the reader, as filed, also before its text is here.
    #[must_use]
    pub fn reading(&self) -> Option<&'a Arc<Filed>> {
        let id = self.selection.reading?;
        self.facts().articles.iter().find(|filed| filed.id == id)
    }
}
