//! Everything a person can ask of the window, in one enum; menu, palette and shortcuts come from one table.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::model::{ArticleId, Edit, EventChange, EventNo, LonLat, Remark, Standing};
use crate::query::{AtEnd, ChipKind, Days, LaneBy, Outline, PlayMode, Thing};
use crate::read::Columns;

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
    /// Corrections that are undone together.
    Edit(Vec<Edit>),
    /// A correction of what is picked, or of one thing; what it means is worked out from the selection.
    Correct(Correction),
    /// Takes back an earlier edit, by its number in the log.
    Withdraw(usize),
    /// Shows or hides the log of edits.
    ShowLog,
    NewWorkspace,
    OpenWorkspace,
    OpenRecent(PathBuf),
    DuplicateWorkspace,
    CompactWorkspace,
    WhereIsMyFile,
    /// Saves what can be read of a damaged workspace into a copy and opens that.
    Recover(PathBuf),
    ExportEdits,
    ImportEdits,
    /// Takes over edits that contradict one's own.
    TakeTheirs(Vec<crate::model::Entry>),
    KeepOurs,
    /// Reads everything anew; nothing changes until that is accepted.
    ReadAnew,
    AcceptAnew,
    DropAnew,
    /// Lays a later version of an article beside an earlier one.
    Compare(ArticleId, ArticleId),
    HideCompared,
    HideSaid,
    /// Seeks places of this name in the gazetteer.
    LookUp(String),
    /// Asks for files.
    OpenFiles,
    Import(Vec<PathBuf>),
    /// Reads text from the clipboard as an article.
    PasteText(String),
    CancelImport,
    /// Tries inputs again, by the numbers of their rows, with more time.
    Retry(Vec<usize>),
    /// Tries every input again that was not read.
    RetryFailed,
    /// Reads the table of a row again, with other columns.
    Columns(usize, Columns),
    /// Asks for a folder to watch.
    WatchFolder,
    /// Takes in what comes into a folder from now on.
    Watch(PathBuf),
    StopWatching,
    ShowImports,
    HideImports,
    Undo,
    Redo,
    FocusSearch,
    OpenPalette,
    /// Paper or ink.
    ToggleTheme,
    ShowHelp,
    /// Shows a place by its name on the map, in the workspace or not.
    FlyTo {
        name: String,
        point: LonLat,
    },
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

/// What a person can say about what is picked, or about one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// The actors, or the events, that are picked are one.
    Merge,
    /// The report picked tells of another event; the actor picked is another one in the article being read.
    Split,
    /// Said of every event picked.
    Judge(EventChange),
    Hide,
    UnhideAll,
    Star,
    RemoveArticle(ArticleId),
    Event(EventNo, EventChange),
    Remark(Thing, Remark),
}
