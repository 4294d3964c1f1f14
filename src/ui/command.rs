//! Everything a person can ask of the window, in one enum; menu, palette and shortcuts come from one table.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use jiff::civil::Date;

use crate::model::{ArticleId, Standing};
use crate::query::{ChipKind, Days, LaneBy, Thing};

/// What a panel asks for. Only `app/apply.rs` acts on it.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The pointer is over this; sent in every frame in which it is.
    Hover(Thing),
    /// Selects this alone, everywhere.
    Pick(Thing),
    /// Adds to the selection or takes away from it (Ctrl+click).
    TogglePick(Thing),
    /// Selects this alone and narrows everything to it: the click on a pin, an actor, a lane.
    PickAndFilter(Thing),
    /// Adds to the filter or takes away from it (Ctrl+click on a pin, an actor).
    ToggleFilter(Thing),
    /// Takes one condition of the filter away: the x of a chip.
    DropChip(ChipKind),
    /// Narrows everything to these days; `None` takes that away.
    FilterDays(Option<Days>),
    /// Shows or hides events of this standing.
    ToggleStanding(Standing),
    /// Narrows to events that say these words.
    FilterWords(String),
    /// Least salience shown, 0..=1.
    Salience(f32),
    /// What the lanes of the timeline stand for.
    LanesBy(LaneBy),
    /// One step out: closes what is open, then the selection, then the filter.
    Escape,
    /// Takes selection and filter away.
    ShowAll,
    /// Opens an article in the reader.
    Read(ArticleId),
    /// Selects the next or previous mention of what is selected.
    NextMention,
    PreviousMention,
    /// Selects the next or previous event on the timeline.
    NextEvent,
    PreviousEvent,
    /// Brings a tab of the right side to the front.
    ShowTab(Tab),
    /// Gives an article's publication date or takes it away.
    Publish(ArticleId, Option<Date>),
    /// Asks for files.
    OpenFiles,
    Import(Vec<PathBuf>),
    /// Reads text from the clipboard as an article.
    PasteText(String),
    CancelImport,
    ShowImports,
    HideImports,
    Undo,
    Redo,
    FocusSearch,
    OpenPalette,
    /// Paper or ink.
    ToggleTheme,
    ShowHelp,
    /// Brings the whole map, or what is selected, into view.
    FitAll,
    FitSelection,
}

/// Tabs of the right side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Tab {
    #[default]
    Article,
    Event,
    Why,
}

impl Tab {
    pub const ALL: [Self; 3] = [Self::Article, Self::Event, Self::Why];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Event => "Event",
            Self::Why => "Why",
        }
    }
}

/// A line of menu and palette. Invariant: no shortcut occurs twice in the table.
pub struct Entry {
    pub name: &'static str,
    /// One sentence for the palette and the help.
    pub doc: &'static str,
    pub shortcut: Option<KeyboardShortcut>,
    pub make: fn() -> Command,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// Every command that needs nothing pointed at, in the order of the menu.
pub const COMMANDS: &[Entry] = &[
    Entry {
        name: "Open files…",
        doc: "Adds articles from files or folders",
        shortcut: Some(ctrl(Key::O)),
        make: || Command::OpenFiles,
    },
    Entry { name: "Show imports", doc: "Shows what happened to each file", shortcut: None, make: || Command::ShowImports },
    Entry { name: "Cancel import", doc: "Stops after the file in hand", shortcut: None, make: || Command::CancelImport },
    Entry { name: "Undo", doc: "Takes the last change back", shortcut: Some(ctrl(Key::Z)), make: || Command::Undo },
    Entry { name: "Redo", doc: "Does it again", shortcut: Some(ctrl_shift(Key::Z)), make: || Command::Redo },
    Entry {
        name: "Search",
        doc: "Narrows to events that say these words",
        shortcut: Some(ctrl(Key::F)),
        make: || Command::FocusSearch,
    },
    Entry { name: "Commands…", doc: "Finds a command by name", shortcut: Some(ctrl(Key::K)), make: || Command::OpenPalette },
    Entry {
        name: "Show all events",
        doc: "Takes selection and filter away",
        shortcut: Some(ctrl(Key::Backspace)),
        make: || Command::ShowAll,
    },
    Entry {
        name: "Step back",
        doc: "Closes, deselects, then clears",
        shortcut: Some(plain(Key::Escape)),
        make: || Command::Escape,
    },
    Entry {
        name: "Next event",
        doc: "Selects the next event on the timeline",
        shortcut: Some(plain(Key::J)),
        make: || Command::NextEvent,
    },
    Entry {
        name: "Previous event",
        doc: "Selects the event before on the timeline",
        shortcut: Some(plain(Key::K)),
        make: || Command::PreviousEvent,
    },
    Entry {
        name: "Next mention",
        doc: "Goes to the next place in the text that means the selection",
        shortcut: Some(plain(Key::N)),
        make: || Command::NextMention,
    },
    Entry {
        name: "Previous mention",
        doc: "Goes to the one before",
        shortcut: Some(plain(Key::P)),
        make: || Command::PreviousMention,
    },
    Entry { name: "Fit all on the map", doc: "Shows every pin", shortcut: Some(plain(Key::Home)), make: || Command::FitAll },
    Entry {
        name: "Fit selection on the map",
        doc: "Shows what is selected",
        shortcut: Some(plain(Key::F)),
        make: || Command::FitSelection,
    },
    Entry { name: "Light or dark", doc: "Paper or ink", shortcut: Some(ctrl_shift(Key::L)), make: || Command::ToggleTheme },
    Entry { name: "Help", doc: "Gestures and shortcuts on one card", shortcut: Some(plain(Key::F1)), make: || Command::ShowHelp },
];
