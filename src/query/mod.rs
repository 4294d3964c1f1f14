//! Workspace + filter + selection → view. Pure: nothing here knows the time of day.

mod cross;
mod filter;
mod light;
mod playback;
mod table;
mod view;

pub use cross::{Columns, Grid, Head, cross};
pub use filter::{Days, Filter, Outline, Selection, Thing};
pub use light::{Light, event_no, event_thing, light};
pub use playback::{AtEnd, PACES, PlayMode, Playback, Running};
pub use table::{GroupBy, Line, Order, SortBy, table, venue};
pub use view::{ActorLine, Bar, Chip, ChipKind, Lane, LaneBy, Pin, PinKind, Tie, View, days_in_words, view};
