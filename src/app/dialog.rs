//! What is asked of the system's file dialogs → their answers, and what becomes of them.

use std::path::{Path, PathBuf};

use crossbeam_channel::Sender;

use super::apply;
use super::state::{Asking, Choice, State};
use crate::ui::Command;

/// What a dialog gave.
pub enum Answer {
    Articles(Vec<PathBuf>),
    /// The folder to watch.
    Folder(PathBuf),
    /// A workspace, or a file of corrections.
    File(Asking, PathBuf),
    /// The choice that a view file holds.
    View(Box<Choice>),
    /// One sentence on what went wrong.
    Trouble(String),
}

/// Opens the dialog on a thread of the pool, so that the window goes on.
pub fn ask(asking: Asking, state: &State, answer: Sender<Answer>, ctx: egui::Context) {
    let kept = match asking {
        Asking::Nothing => return,
        Asking::SaveView => state.remembered(),
        _ => None,
    };
    rayon::spawn(move || {
        let given = match asking {
            Asking::Nothing => None,
            Asking::Articles => articles(),
            Asking::Folder => rfd::FileDialog::new().set_title("Watch a folder").pick_folder().map(Answer::Folder),
            Asking::SaveView => kept.and_then(|kept| save(&kept)),
            Asking::OpenView => view_file().pick_file().map(|path| opened(&path)),
            Asking::OpenWorkspace => workspace("Open workspace").pick_file().map(|path| Answer::File(asking, path)),
            Asking::NewWorkspace => {
                workspace("New workspace").set_file_name("story.dateline").save_file().map(|path| Answer::File(asking, path))
            }
            Asking::Duplicate => {
                let dialog = workspace("Save a copy of the workspace").set_file_name("copy.dateline");
                dialog.save_file().map(|path| Answer::File(asking, path))
            }
            Asking::ExportEdits => {
                let dialog = corrections("Save corrections").set_file_name("corrections.txt");
                dialog.save_file().map(|path| Answer::File(asking, path))
            }
            Asking::ImportEdits => corrections("Take over corrections").pick_file().map(|path| Answer::File(asking, path)),
        };
        // The window may have closed meanwhile.
        let _ = given.map(|given| answer.send(given));
        ctx.request_repaint();
    });
}

/// Performs what was chosen.
pub fn take(state: &mut State, answer: Answer) {
    match answer {
        Answer::Articles(paths) if paths.is_empty() => {}
        Answer::Articles(paths) => apply(state, Command::Import(paths)),
        Answer::File(asking, path) => super::apply::answered(state, asking, path),
        Answer::Folder(folder) => apply(state, Command::Watch(folder)),
        Answer::View(choice) => {
            let reading = state.choice.selection.reading;
            state.choice = *choice;
            // A view file may come from another desk: the article being read stays where its own is not here.
            let shown = state.choice.selection.reading.filter(|id| state.data.shows(*id));
            state.choice.selection.reading = shown.or(reading);
            if let Some(article) = state.choice.selection.reading {
                apply(state, Command::Read(article));
            }
        }
        Answer::Trouble(words) => state.look.front.trouble = Some(words),
    }
}

fn articles() -> Option<Answer> {
    let dialog = rfd::FileDialog::new()
        .set_title("Open articles")
        .add_filter("Articles", &crate::read::extensions())
        .add_filter("All files", &["*"]);
    dialog.pick_files().map(Answer::Articles)
}

fn workspace(title: &str) -> rfd::FileDialog {
    rfd::FileDialog::new().set_title(title).add_filter("Workspaces", &["dateline"])
}

fn corrections(title: &str) -> rfd::FileDialog {
    rfd::FileDialog::new().set_title(title).add_filter("Corrections", &["txt"])
}

fn view_file() -> rfd::FileDialog {
    rfd::FileDialog::new()
        .set_title("View file")
        .add_filter("Dateline view", &["dateline-view"])
        .set_file_name("desk.dateline-view")
}

fn save(kept: &str) -> Option<Answer> {
    let path = view_file().save_file()?;
    match std::fs::write(&path, kept) {
        Ok(()) => None,
        Err(error) => Some(Answer::Trouble(format!("The view was not written to {}: {error}", path.display()))),
    }
}

/// Reads a view file. Where it is none, says so.
pub fn opened(path: &Path) -> Answer {
    let read = std::fs::read_to_string(path).map_err(|error| error.to_string());
    let choice =
        read.and_then(|text| serde_json::from_str::<Choice>(&text).map_err(|_| "it is no view file of Dateline".to_owned()));
    match choice {
        Ok(choice) => Answer::View(Box::new(choice)),
        Err(reason) => Answer::Trouble(format!("{} was not opened: {reason}", path.display())),
    }
}
