//! What every panel is given to draw from, and the way to ask for a change.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::job::{Access, Anew, Row};
use crate::model::{Article, ArticleId, Facts, Filed, LonLat, Reading, Workspace};
use crate::query::{Compared, Conflict, Filter, Light, Playback, Selection, Thing, View};

use super::Theme;
use super::command::Command;
use super::dock::{Layout, Room};

/// The frame's picture. Panels read it and `send`; they change nothing else but their own looks.
pub struct Ctx<'a> {
    pub workspace: &'a Workspace,
    /// The one view: all counts, pins, lanes and rows.
    pub view: &'a View,
    /// Another number whenever `view` is another one: what panels make from it is kept by this.
    pub stamp: u64,
    /// Days since 1970-01-01 of this day, here.
    pub today: i32,
    pub filter: &'a Filter,
    pub selection: &'a Selection,
    /// What the selection means for events, places and actors.
    pub picked: &'a Light,
    /// The same for what the pointer was over in the last frame.
    pub hovered: &'a Light,
    pub theme: &'a Theme,
    /// Which panel stands where, and which is in front.
    pub layout: &'a Layout,
    pub room: Room,
    /// The one clock.
    pub play: &'a Playback,
    /// Names of the kept views.
    pub views: &'a [String],
    /// What the person likes: motion, hints.
    pub likes: &'a Likes,
    /// The article in the reader, once its text has come from the store.
    pub article: Option<&'a Arc<Article>>,
    /// Articles whose reasons and other readings have come from the store with their text.
    pub full: &'a BTreeMap<ArticleId, Arc<Filed>>,
    /// Rows of the import panel, by number.
    pub imports: &'a [Row],
    /// Grows when the map shall show all pins, or the selection; the map compares with what it saw last.
    pub fit: Fit,
    /// What stands in front: tabs, cards, the state of the worker.
    pub front: &'a Front,
    /// What panels asked for in this frame.
    pub commands: &'a RefCell<Vec<Command>>,
}

/// What stands in front of the person; cosmetic, changed only by commands.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// The workspace's name, in the top bar.
    pub name: String,
    /// Counts next (+1) and previous (−1); the reader takes it modulo the mentions there are.
    pub mention: i32,
    pub imports: Open,
    pub palette: Open,
    pub help: Open,
    /// Grows when the search field shall take the keyboard.
    pub search_wanted: u32,
    /// Orders the worker has not finished.
    pub busy: Busy,
    /// The folder whose new files are taken in.
    pub watching: Option<std::path::PathBuf>,
    /// The last thing that went wrong, in one sentence.
    pub trouble: Option<String>,
    /// The place looked up by name, ringed on the map until Esc.
    pub spot: Option<Spot>,
    /// There is a filter to go back or forward to.
    pub way: Way,
    /// The last thing that was done and is not seen otherwise, in one sentence.
    pub said: Option<String>,
    /// The log of edits is shown.
    pub log: Open,
    /// Where the workspace is kept; `None` for one in memory.
    pub path: Option<PathBuf>,
    pub access: Access,
    pub recent: Vec<PathBuf>,
    /// Articles that an older extraction has read.
    pub outdated: usize,
    pub anew: Anew,
    pub damaged: Option<Damaged>,
    pub conflicts: Vec<Conflict>,
    /// What the gazetteer has under a name that was looked up.
    pub readings: (String, Vec<Reading>),
    /// Two versions of an article, the earlier first, and what became of it.
    pub compared: Option<(ArticleId, ArticleId, Arc<Compared>)>,
}

/// Which ways through the filters are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    pub back: bool,
    pub forward: bool,
}

/// What the person likes; kept with the workspace.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Likes {
    /// 1.0 to 2.0.
    pub scale: f32,
    pub motion: Motion,
    pub coverage: Coverage,
    /// Hints that were closed, by number.
    pub hints_closed: std::collections::BTreeSet<u8>,
}

impl Default for Likes {
    fn default() -> Self {
        Self {
            scale: 1.0,
            motion: Motion::default(),
            coverage: Coverage::default(),
            hints_closed: std::collections::BTreeSet::new(),
        }
    }
}

/// Flights of the map and fades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Motion {
    #[default]
    Full,
    Reduced,
}

/// Does the reader show what was missed?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Coverage {
    #[default]
    Hidden,
    Shown,
}

/// A workspace that could not be opened and may be recovered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    pub path: PathBuf,
    pub reason: String,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            name: String::new(),
            mention: 0,
            imports: Open::No,
            palette: Open::No,
            help: Open::No,
            search_wanted: 0,
            busy: Busy::default(),
            watching: None,
            trouble: None,
            spot: None,
            way: Way::default(),
            said: None,
            log: Open::No,
            path: None,
            access: Access::Write,
            recent: Vec::new(),
            outdated: 0,
            anew: Anew::None,
            damaged: None,
            conflicts: Vec::new(),
            readings: (String::new(), Vec::new()),
            compared: None,
        }
    }
}

/// A place looked up by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub name: String,
    pub point: LonLat,
    /// Grows with each look-up, so that the map knows which it has flown to.
    pub number: u32,
}

// Degrees on Earth are never NaN.
impl Eq for Spot {}

/// Is a card open?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    #[default]
    No,
    Yes,
}

/// What the worker does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Busy {
    /// The workspace is being opened.
    #[default]
    Opening,
    Working,
    /// Nothing left to do; everything is saved.
    Idle,
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
        Some(self.filed(self.facts().article(self.facts().article_no(id)?)))
    }

    /// The article with reasons and other readings where they have come, else as it is kept in memory.
    #[must_use]
    pub fn filed(&self, lean: &'a Arc<Filed>) -> &'a Arc<Filed> {
        self.full.get(&lean.id).unwrap_or(lean)
    }
}
