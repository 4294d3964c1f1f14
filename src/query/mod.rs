//! Workspace + filter + selection → view. Pure: nothing here knows the time of day.
//!
//! Before it stand the facts: articles ⊕ edits, one row for one thing over all articles. They are made when articles or
//! edits change; the view when the filter does.

mod actors;
mod compare;
mod copies;
mod cross;
mod dispute;
mod facts;
mod filing;
mod filter;
mod light;
mod playback;
mod same;
mod shown;
mod table;
mod tally;
mod takeover;
mod view;
mod words;

pub use compare::{Compared, Piece, compare, what_changes};
pub use copies::{are_copies, likeness};
pub use cross::{Columns, Grid, Head, cross};
pub use dispute::{Answer, Dispute, Step, dispute, why_same};
pub use facts::{facts, settle};
pub use filing::{file, lean};
pub use filter::{Days, Filter, Outline, Selection, Thing};
pub use light::{Light, event_no, event_thing, light};
pub use playback::{AtEnd, PACES, PlayMode, Playback, Running};
pub use same::Reason;
pub use shown::{Edits, Judgement, event_anchor, event_row, shown, trigger_words};
pub use table::{GroupBy, Line, Order, SortBy, table, venue};
pub use takeover::{Conflict, Takeover, edits_from_text, edits_to_text, reanchored, take_over};
pub use view::{ActorLine, Bar, Chip, ChipKind, Lane, LaneBy, Pin, PinKind, Tie, View, days_in_words, view};
pub use words::{Term, Terms};
