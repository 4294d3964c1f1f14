//! View → panels → commands.

mod actors;
mod articles;
mod bars;
pub mod command;
mod ctx;
mod desk;
mod fonts;
mod glyph;
mod imports;
mod inspector;
pub mod map;
mod palette;
mod parts;
mod reader;
mod style;
pub mod theme;
pub mod timeline;
mod why;

pub use command::{COMMANDS, Command, Entry, Tab};
pub use ctx::{Busy, Ctx, Fit, Front, Open};
pub use desk::{Looks, PANELS, Panel, Stand, desk_ui};
pub use theme::Theme;

use parts::{empty, heading, icon_button, thing_link};

/// Binds the embedded fonts; once, before the first frame.
pub fn install_fonts(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
}

/// Dresses egui's own widgets; whenever the theme changes.
pub fn install_style(ctx: &egui::Context, theme: &Theme) {
    style::install(ctx, theme);
}
