//! Commands that need nothing pointed at → one table, from which menu, palette, shortcuts and help are drawn.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::command::{Command, Correction, Tab};
use crate::model::EventChange;

/// Where in the menu a command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// In the menu itself.
    Top,
    Go,
    Show,
    Time,
    /// What can be said about what is selected.
    Correct,
    /// Files of their own, copies, corrections of colleagues.
    Workspace,
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
        doc: "Stops reading at once",
        shortcut: None,
        make: || Command::CancelImport,
    },
    Entry {
        name: "Try failed imports again",
        menu: Menu::Top,
        doc: "Gives them more time",
        shortcut: None,
        make: || Command::RetryFailed,
    },
    Entry {
        name: "Watch a folder…",
        menu: Menu::Top,
        doc: "Adds what comes into a folder, now and later",
        shortcut: None,
        make: || Command::WatchFolder,
    },
    Entry {
        name: "Stop watching",
        menu: Menu::Top,
        doc: "Leaves the watched folder alone",
        shortcut: None,
        make: || Command::StopWatching,
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
        menu: Menu::Top,
        name: "Log of changes",
        doc: "Lists what people changed, with author and time",
        shortcut: Some(ctrl(Key::H)),
        make: || Command::ShowLog,
    },
    Entry {
        menu: Menu::Correct,
        name: "Accept event",
        doc: "Says that the selected events are right",
        shortcut: Some(plain(Key::A)),
        make: || Command::Correct(Correction::Judge(EventChange::Accept)),
    },
    Entry {
        menu: Menu::Correct,
        name: "Reject event",
        doc: "Says that the text tells no such event",
        shortcut: Some(plain(Key::Delete)),
        make: || Command::Correct(Correction::Judge(EventChange::Reject)),
    },
    Entry {
        menu: Menu::Correct,
        name: "Merge selected",
        doc: "Makes the selected actors, or events, one",
        shortcut: Some(plain(Key::M)),
        make: || Command::Correct(Correction::Merge),
    },
    Entry {
        menu: Menu::Correct,
        name: "Split selected",
        doc: "Parts a report from its event, or an actor in this article from its namesakes",
        shortcut: None,
        make: || Command::Correct(Correction::Split),
    },
    Entry {
        menu: Menu::Correct,
        name: "Star",
        doc: "Stars what is selected, or takes the star away",
        shortcut: Some(plain(Key::S)),
        make: || Command::Correct(Correction::Star),
    },
    Entry {
        menu: Menu::Correct,
        name: "Hide",
        doc: "Hides what is selected",
        shortcut: Some(plain(Key::H)),
        make: || Command::Correct(Correction::Hide),
    },
    Entry {
        menu: Menu::Correct,
        name: "Show everything hidden",
        doc: "Brings back what was hidden",
        shortcut: None,
        make: || Command::Correct(Correction::UnhideAll),
    },
    Entry {
        menu: Menu::Workspace,
        name: "New workspace…",
        doc: "Begins another story in a file of its own",
        shortcut: Some(ctrl(Key::N)),
        make: || Command::NewWorkspace,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Open workspace…",
        doc: "Opens another story",
        shortcut: Some(ctrl_shift(Key::O)),
        make: || Command::OpenWorkspace,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Save a copy of the workspace…",
        doc: "Writes the whole story to another file",
        shortcut: None,
        make: || Command::DuplicateWorkspace,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Compact workspace",
        doc: "Gives space back to the disk",
        shortcut: None,
        make: || Command::CompactWorkspace,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Where is my file?",
        doc: "Tells where the workspace is kept",
        shortcut: None,
        make: || Command::WhereIsMyFile,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Save corrections…",
        doc: "Writes your corrections to a small text file for a colleague",
        shortcut: None,
        make: || Command::ExportEdits,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Take over corrections…",
        doc: "Adds a colleague’s corrections to yours and shows where they differ",
        shortcut: None,
        make: || Command::ImportEdits,
    },
    Entry {
        menu: Menu::Workspace,
        name: "Read everything anew",
        doc: "Reads all articles with this version and shows what would change",
        shortcut: None,
        make: || Command::ReadAnew,
    },
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
