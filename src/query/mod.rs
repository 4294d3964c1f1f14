//! Workspace + filter + selection → view. Pure: nothing here knows the time of day.

mod filter;
mod light;
mod view;

pub use filter::{Days, Filter, Selection, Thing};
pub use light::{Light, event_no, event_thing, light};
pub use view::{ActorLine, Bar, Chip, ChipKind, Lane, LaneBy, Pin, PinKind, Tie, View, days_in_words, view};
