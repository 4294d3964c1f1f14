//! Keys, drops and pastes of a frame → commands.

use std::path::PathBuf;

use egui::{Event, Key, Modifiers};

use crate::ui::{COMMANDS, Command, Open};

/// Takes what the frame brought and no field wants.
pub fn commands_of(ctx: &egui::Context, palette: Open) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    // With the keyboard on a button or a row, Enter and Space press it, and arrows move.
    let on_widget = ctx.memory(|memory| memory.focused().is_some());
    let mut commands: Vec<Command> = Vec::new();
    ctx.input_mut(|input| {
        // Longer shortcuts first: Ctrl+Shift+Z would also answer to Ctrl+Z.
        let mut entries: Vec<_> = COMMANDS.iter().filter_map(|entry| Some((entry, entry.shortcut?))).collect();
        entries.sort_by_key(|(_, shortcut)| std::cmp::Reverse(shortcut.modifiers != Modifiers::COMMAND));
        for (entry, shortcut) in entries {
            let plain = shortcut.modifiers == Modifiers::NONE;
            let closes = shortcut.logical_key == Key::Escape && palette == Open::Yes;
            let own_undo = typing && matches!(shortcut.logical_key, Key::Z | Key::Backspace);
            // In a field, letters are letters, Ctrl+Z takes back what was typed, and Escape leaves it.
            let presses = plain && on_widget && matches!(shortcut.logical_key, Key::Enter | Key::Space);
            if (typing && plain && !closes) || own_undo || presses {
                continue;
            }
            if input.consume_shortcut(&shortcut) {
                commands.push((entry.make)());
            }
        }
        if !typing {
            for event in &input.events {
                if let Event::Paste(text) = event
                    && !text.trim().is_empty()
                {
                    commands.push(Command::PasteText(text.clone()));
                }
            }
        }
    });
    let dropped: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    if !dropped.is_empty() {
        commands.push(Command::Import(dropped));
    }
    commands
}
