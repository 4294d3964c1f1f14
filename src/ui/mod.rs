//! View → panels → commands.

mod actors;
mod articles;
mod bars;
mod cards;
pub mod command;
mod corrections;
mod ctx;
mod desk;
mod dock;
mod entries;
mod events;
mod fonts;
mod glyph;
mod hints;
mod imports;
mod inspector;
mod log;
pub mod map;
mod matrix;
mod network;
mod palette;
mod place_card;
mod parts;
mod rtl;
mod reader;
mod reports;
mod style;
pub mod theme;
pub mod timeline;
mod why;

pub use command::{Command, Correction, Tab};
pub use ctx::{Busy, Coverage, Ctx, Damaged, Fit, Front, Likes, Motion, Open, Spot, Way};
pub use desk::{Looks, PANELS, Panel, desk_ui};
pub use dock::{Layout, Room, Stand};
pub use entries::{COMMANDS, Entry, Menu};
pub use rtl::visual;
pub use theme::Theme;

use parts::{empty, icon_button, thing_link};

/// Binds the embedded fonts; once, before the first frame.
pub fn install_fonts(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
}

/// Dresses egui's own widgets; whenever the theme changes.
pub fn install_style(ctx: &egui::Context, theme: &Theme) {
    style::install(ctx, theme);
}
