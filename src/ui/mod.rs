//! View → panels → commands.

pub mod command;
mod ctx;
pub mod map;
pub mod theme;

pub use command::{COMMANDS, Command, Entry, Tab};
pub use ctx::{Ctx, Fit};
pub use theme::Theme;
