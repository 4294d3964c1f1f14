//! Everything a person can ask of the window, in one enum; menu, palette and shortcuts come from one table.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};
use jiff::civil::Date;

use crate::model::{ArticleId, Standing};
use crate::query::{AtEnd, ChipKind, Days, LaneBy, Outline, PlayMode, Thing};

use super::dock::Stand;

/// What a panel asks for. Only `app/apply.rs` acts on it.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The pointer is over this; sent in every frame in which it is.
    Hover(Thing),
    /// Selects this alone, everywhere.
    Pick(Thing),
    /// Adds to the selection or takes away from it (Ctrl+click).
    TogglePick(Thing),
    /// Selects all of these, everywhere: Shift+click in a list, a box round marks.
    PickAll(Vec<Thing>),
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
    /// Narrows everything to what happens inside the line; `None` takes that away.
    FilterArea(Option<Outline>),
    /// Narrows everything to these events; an empty list takes that away.
    FilterEvents(Vec<Thing>),
    /// Narrows everything to what is selected: the filter button, the second gesture.
    FilterSelection,
    /// One filter back or forward, as a browser goes.
    Back,
    Forward,
    /// Plays through time, or pauses.
    PlayPause,
    /// Takes the clock away and shows everything.
    StopPlaying,
    /// Sets the clock: days since 1970-01-01, with fraction.
    SeekDay(f64),
    PlayMode(PlayMode),
    PlayAtEnd(AtEnd),
    /// How many times faster than the usual.
    PlayPace(f32),
    /// Keeps the present filter under a name made from its conditions.
    KeepView,
    /// Shows a kept view, by its place in the list.
    ShowView(usize),
    DropView(usize),
    /// Writes filter, selection and layout to a file, or takes them from one.
    SaveDesk,
    OpenDesk,
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
    /// Brings a panel to the front of its side.
    ShowTab(Tab),
    /// Puts a panel on another side of the desk.
    MoveTab(Tab, Stand),
    /// Greys what told nothing and marks names and dates left unresolved, or stops that.
    ToggleCoverage,
    /// Everything larger or smaller; 0 is the usual size.
    Scale(i8),
    /// Movements that only please the eye are left out, or come back.
    ToggleMotion,
    /// Black on white with strong lines, or back.
    ToggleContrast,
    /// Closes one hint for good.
    DropHint(u8),
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

/// The panels of the desk, each a tab on its side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Tab {
    #[default]
    Article,
    Event,
    Why,
    Actors,
    Articles,
    Map,
    Network,
    Matrix,
    Timeline,
    Events,
}

impl Tab {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Event => "Event",
            Self::Why => "Why",
            Self::Actors => "Actors",
            Self::Articles => "Articles",
            Self::Map => "Map",
            Self::Network => "Network",
            Self::Matrix => "Matrix",
            Self::Timeline => "Timeline",
            Self::Events => "Events",
        }
    }
}

/// Where in the menu a command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// In the menu itself.
    Top,
    Go,
    Show,
    Time,
}

/// A line of menu and palette. Invariant: no shortcut occurs twice in the table.
pub struct Entry {
    pub name: &'static str,
    pub menu: Menu,
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

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// Every command that needs nothing pointed at, in the order of the menu.
pub const COMMANDS: &[Entry] = &[
    Entry {
        name: "Open files…",
        menu: Menu::Top,
        doc: "Adds articles from files or folders",
        shortcut: Some(ctrl(Key::O)),
        make: || Command::OpenFiles,
    },
    Entry {
        name: "Show imports",
        menu: Menu::Top,
        doc: "Shows what happened to each file",
        shortcut: None,
        make: || Command::ShowImports,
    },
    Entry {
        name: "Cancel import",
        menu: Menu::Top,
        doc: "Stops after the file in hand",
        shortcut: None,
        make: || Command::CancelImport,
    },
    Entry {
        name: "Undo",
        menu: Menu::Top,
        doc: "Takes the last change back",
        shortcut: Some(ctrl(Key::Z)),
        make: || Command::Undo,
    },
    Entry { name: "Redo", menu: Menu::Top, doc: "Does it again", shortcut: Some(ctrl_shift(Key::Z)), make: || Command::Redo },
    Entry {
        name: "Search",
        menu: Menu::Top,
        doc: "Narrows to events that say these words",
        shortcut: Some(ctrl(Key::F)),
        make: || Command::FocusSearch,
    },
    Entry {
        name: "Commands…",
        menu: Menu::Top,
        doc: "Finds a command by name",
        shortcut: Some(ctrl(Key::K)),
        make: || Command::OpenPalette,
    },
    Entry {
        name: "Show all events",
        menu: Menu::Go,
        doc: "Takes selection and filter away",
        shortcut: Some(ctrl(Key::Backspace)),
        make: || Command::ShowAll,
    },
    Entry {
        name: "Filter by selection",
        menu: Menu::Go,
        doc: "Narrows everything to what is selected",
        shortcut: Some(plain(Key::Enter)),
        make: || Command::FilterSelection,
    },
    Entry {
        name: "Back",
        menu: Menu::Go,
        doc: "Brings the filter before this one",
        shortcut: Some(alt(Key::ArrowLeft)),
        make: || Command::Back,
    },
    Entry {
        name: "Forward",
        menu: Menu::Go,
        doc: "Goes to the filter after",
        shortcut: Some(alt(Key::ArrowRight)),
        make: || Command::Forward,
    },
    Entry {
        name: "Keep this view",
        menu: Menu::Top,
        doc: "Keeps the filter under a name, in the menu Views",
        shortcut: Some(ctrl(Key::D)),
        make: || Command::KeepView,
    },
    Entry {
        name: "Save view file…",
        menu: Menu::Top,
        doc: "Writes filter and layout to a file",
        shortcut: None,
        make: || Command::SaveDesk,
    },
    Entry {
        name: "Open view file…",
        menu: Menu::Top,
        doc: "Takes filter and layout from a file",
        shortcut: None,
        make: || Command::OpenDesk,
    },
    Entry {
        name: "Step back",
        menu: Menu::Go,
        doc: "Closes, deselects, then clears",
        shortcut: Some(plain(Key::Escape)),
        make: || Command::Escape,
    },
    Entry {
        name: "Next event",
        menu: Menu::Go,
        doc: "Selects the next event on the timeline",
        shortcut: Some(plain(Key::J)),
        make: || Command::NextEvent,
    },
    Entry {
        name: "Previous event",
        menu: Menu::Go,
        doc: "Selects the event before on the timeline",
        shortcut: Some(plain(Key::K)),
        make: || Command::PreviousEvent,
    },
    Entry {
        name: "Next mention",
        menu: Menu::Go,
        doc: "Goes to the next place in the text that means the selection",
        shortcut: Some(plain(Key::N)),
        make: || Command::NextMention,
    },
    Entry {
        name: "Previous mention",
        menu: Menu::Go,
        doc: "Goes to the one before",
        shortcut: Some(plain(Key::P)),
        make: || Command::PreviousMention,
    },
    Entry {
        name: "Play or pause",
        menu: Menu::Time,
        doc: "Plays through time in every panel",
        shortcut: Some(plain(Key::Space)),
        make: || Command::PlayPause,
    },
    Entry { name: "Stop playing", menu: Menu::Time, doc: "Takes the clock away", shortcut: None, make: || Command::StopPlaying },
    Entry {
        name: "Fit all",
        menu: Menu::Go,
        doc: "Shows every pin and every day",
        shortcut: Some(plain(Key::Home)),
        make: || Command::FitAll,
    },
    Entry {
        name: "Fit selection",
        menu: Menu::Go,
        doc: "Shows what is selected on map and timeline",
        shortcut: Some(plain(Key::F)),
        make: || Command::FitSelection,
    },
    Entry {
        name: "Show article",
        menu: Menu::Show,
        doc: "The text with what was found",
        shortcut: Some(alt(Key::Num1)),
        make: || Command::ShowTab(Tab::Article),
    },
    Entry {
        name: "Show event",
        menu: Menu::Show,
        doc: "Details of the selection",
        shortcut: Some(alt(Key::Num2)),
        make: || Command::ShowTab(Tab::Event),
    },
    Entry {
        name: "Show why",
        menu: Menu::Show,
        doc: "Rules and readings behind it",
        shortcut: Some(alt(Key::Num3)),
        make: || Command::ShowTab(Tab::Why),
    },
    Entry {
        name: "Show map",
        menu: Menu::Show,
        doc: "Where",
        shortcut: Some(alt(Key::Num4)),
        make: || Command::ShowTab(Tab::Map),
    },
    Entry {
        name: "Show network",
        menu: Menu::Show,
        doc: "Who with whom",
        shortcut: Some(alt(Key::Num5)),
        make: || Command::ShowTab(Tab::Network),
    },
    Entry {
        name: "Show matrix",
        menu: Menu::Show,
        doc: "Who where, who with whom",
        shortcut: Some(alt(Key::Num6)),
        make: || Command::ShowTab(Tab::Matrix),
    },
    Entry {
        name: "Show timeline",
        menu: Menu::Show,
        doc: "When",
        shortcut: Some(alt(Key::Num7)),
        make: || Command::ShowTab(Tab::Timeline),
    },
    Entry {
        name: "Show list of events",
        menu: Menu::Show,
        doc: "Every event in a table",
        shortcut: Some(alt(Key::Num8)),
        make: || Command::ShowTab(Tab::Events),
    },
    Entry {
        name: "Coverage",
        menu: Menu::Show,
        doc: "Greys sentences that told nothing, marks names and dates left unresolved",
        shortcut: Some(plain(Key::C)),
        make: || Command::ToggleCoverage,
    },
    Entry {
        name: "Larger",
        menu: Menu::Show,
        doc: "Up to twice the size",
        shortcut: Some(ctrl(Key::Plus)),
        make: || Command::Scale(1),
    },
    Entry {
        name: "Smaller",
        menu: Menu::Show,
        doc: "Down to the usual size",
        shortcut: Some(ctrl(Key::Minus)),
        make: || Command::Scale(-1),
    },
    Entry {
        name: "Usual size",
        menu: Menu::Show,
        doc: "Everything at 100 %",
        shortcut: Some(ctrl(Key::Num0)),
        make: || Command::Scale(0),
    },
    Entry {
        name: "High contrast",
        menu: Menu::Show,
        doc: "Black on white with strong lines",
        shortcut: None,
        make: || Command::ToggleContrast,
    },
    Entry {
        name: "Reduced motion",
        menu: Menu::Show,
        doc: "Leaves out movement that only pleases",
        shortcut: None,
        make: || Command::ToggleMotion,
    },
    Entry {
        name: "Light or dark",
        menu: Menu::Show,
        doc: "Paper or ink",
        shortcut: Some(ctrl_shift(Key::L)),
        make: || Command::ToggleTheme,
    },
    Entry {
        name: "Help",
        menu: Menu::Top,
        doc: "Gestures and shortcuts on one card",
        shortcut: Some(plain(Key::F1)),
        make: || Command::ShowHelp,
    },
];
