//! The state of the window in three parts: what is known, what is chosen, how it looks.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::job::{Order, Row};
use crate::model::{Article, ArticleId, Filed, Workspace};
use crate::query::{Filter, Playback, Selection, Thing};
use crate::ui::timeline::axis::Window;
use crate::ui::{Fit, Front, Layout, Likes, Looks};

use super::history::History;

/// Everything the window holds. Changed only by `apply` (what people ask) and `hear` (what the worker tells).
#[derive(Default)]
pub struct State {
    /// What is known.
    pub data: Arc<Workspace>,
    pub choice: Choice,
    pub look: Look,
    /// Texts that have come from the store; few, the last ones read.
    pub texts: BTreeMap<ArticleId, Arc<Article>>,
    /// With each text, everything found in it, edits on top; gone whenever the workspace changes.
    pub full: BTreeMap<ArticleId, Arc<Filed>>,
    /// What happened to each input since the window opened, by number.
    pub imports: Vec<Row>,
    /// Orders to send after this frame.
    pub outbox: Vec<Order>,
}

/// What the person picked; kept with the workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub filter: Filter,
    pub selection: Selection,
    pub dark: Shade,
    pub layout: Layout,
    pub likes: Likes,
    pub play: Playback,
    /// What the timeline shows, where a person chose it.
    pub window: Option<Window>,
    pub views: Vec<KeptView>,
}

/// A filter kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptView {
    pub name: String,
    pub filter: Filter,
}

/// Paper or ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shade {
    #[default]
    Paper,
    Ink,
    /// High contrast.
    Contrast,
}

/// Has the worker come to rest once since the window opened?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    #[default]
    Arriving,
    Settled,
}

/// Which of the system's dialogs is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asking {
    #[default]
    Nothing,
    /// Articles to import.
    Articles,
    /// A folder to watch.
    Folder,
    /// Where to write the view file.
    SaveView,
    /// A view file to open.
    OpenView,
    NewWorkspace,
    OpenWorkspace,
    Duplicate,
    ExportEdits,
    ImportEdits,
}

/// Cosmetic; lost with the window, and nobody minds.
#[derive(Default)]
pub struct Look {
    pub panels: Looks,
    pub front: Front,
    pub fit: Fit,
    /// What the pointer is over in the frame being drawn.
    pub pointed: Option<Thing>,
    /// Until it is settled, the map follows what arrives; then nothing moves under the hand.
    pub start: Start,
    /// The file dialog that is asked for.
    pub asking: Asking,
    pub history: History,
    /// The name last looked up in the gazetteer.
    pub asked_for: Option<String>,
}

impl State {
    /// The choice as it is kept with the workspace.
    #[must_use]
    pub fn remembered(&self) -> Option<String> {
        serde_json::to_string(&self.choice).ok()
    }
}
