//! Hints not yet closed → one quiet line in the status bar; three in all, and never in the way.

use egui::{RichText, Stroke};

use super::theme::{self, size};
use super::{Command, Ctx, glyph, icon_button};

/// What is not seen by looking. At most three: more would be a manual.
pub const HINTS: [&str; 3] = [
    "Click a pin, an actor or a lane: everything narrows to it, and the chip above takes it back",
    "Point at anything: it lights up in every panel, and its sentence in the text",
    "Drag over the overview of the timeline to choose days; Space plays through them",
];

/// Draws the first hint that is open, while there is something on the desk.
pub fn hint_ui(ctx: &Ctx<'_>, ui: &mut egui::Ui) {
    if ctx.view.total == 0 {
        return;
    }
    let open = (0_u8..).zip(HINTS).find(|(number, _)| !ctx.likes.hints_closed.contains(number));
    let Some((number, words)) = open else { return };
    let close = icon_button(ctx, ui, "Close hint", |painter, at, stroke| {
        glyph::cross(painter, at, 3.0, Stroke::new(1.3, stroke.color));
    });
    if close.clicked() {
        ctx.send(Command::DropHint(number));
    }
    let text = RichText::new(words).font(theme::sans(size::CHROME)).color(ctx.theme.ink_soft);
    ui.add(egui::Label::new(text).truncate()).on_hover_text(words);
}
