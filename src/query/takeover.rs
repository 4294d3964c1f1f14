//! Edits ⇄ text, and a colleague's edits against one's own.
//!
//! The file is one line of JSON for each edit, after a line that says what it is; `#` begins a comment.

use std::collections::BTreeMap;

use crate::model::{Anchor, Edit, Entry, EventChange, Reach, Remark, Span, Target, Workspace};

/// The first line of the file.
const HEAD: &str = "# Dateline corrections, version 1. One correction a line; lines with # are comments.";

/// A colleague's edit that contradicts one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub ours: Entry,
    pub theirs: Entry,
}

/// What becomes of a colleague's edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Takeover {
    /// To be added.
    pub new: Vec<Entry>,
    /// Those that one has made oneself.
    pub same: usize,
    pub conflicts: Vec<Conflict>,
}

/// The edits in force that are not about which articles are on the desk.
#[must_use]
pub fn edits_to_text(workspace: &Workspace) -> String {
    let mut text = format!("{HEAD}\n");
    for (_, entry) in workspace.in_force() {
        if matches!(entry.edit, Edit::Import { .. } | Edit::Remove { .. } | Edit::Withdraw { .. }) {
            continue;
        }
        // An edit is plain data: there is nothing in it that JSON could refuse.
        let Ok(line) = serde_json::to_string(entry) else { continue };
        let title = entry.edit.anchor().and_then(|at| workspace.articles.get(&at.article));
        let title = title.and_then(|filed| filed.about.title.clone()).map(|title| format!(" · {title}")).unwrap_or_default();
        let comment = format!("# {}{title}", entry.edit.name()).replace(['\n', '\r'], " ");
        text.extend([comment.as_str(), "\n", line.as_str(), "\n"]);
    }
    text
}

/// Reads the file back.
///
/// # Errors
/// One sentence that names the line.
pub fn edits_from_text(text: &str) -> Result<Vec<Entry>, String> {
    if text.lines().next().is_none_or(|line| !line.starts_with("# Dateline corrections")) {
        return Err("it does not begin with “# Dateline corrections”".into());
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let entry: Entry = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
            match entry.edit {
                Edit::Import { .. } | Edit::Remove { .. } | Edit::Withdraw { .. } => {
                    Err(format!("line {number}: it is not a correction"))
                }
                _ => Ok(entry),
            }
        })
        .collect()
}

/// Moves the edit's anchor to where its words stand in this text, the nearest to where they stood.
#[must_use]
pub fn reanchored(mut edit: Edit, text: &str) -> Edit {
    let Some(at) = edit.anchor() else { return edit };
    if at.words.is_empty() || at.span.of(text) == at.words {
        return edit;
    }
    let was = at.span.start as usize;
    let nearest = text.match_indices(&at.words).min_by_key(|(start, _)| start.abs_diff(was));
    let Some((start, words)) = nearest else { return edit };
    let span = Span::new(start, start + words.len());
    match &mut edit {
        Edit::Event { at, .. }
        | Edit::AddEvent { at, .. }
        | Edit::Place { at, .. }
        | Edit::Actor { at, .. }
        | Edit::SplitEvent { at } => at.span = span,
        _ => {}
    }
    edit
}

/// Sorts a colleague's edits into new ones, those made already, and those that say something else about the same thing.
#[must_use]
pub fn take_over(workspace: &Workspace, theirs: Vec<Entry>) -> Takeover {
    let mut own: BTreeMap<String, &Entry> = BTreeMap::new();
    for (_, entry) in workspace.in_force() {
        own.extend(subject(&entry.edit).map(|subject| (subject, entry)));
    }
    let mut taken = Takeover::default();
    for entry in theirs {
        let ours = subject(&entry.edit).and_then(|subject| own.get(&subject).copied());
        let again = workspace.in_force().iter().any(|(_, own)| own.edit == entry.edit);
        match ours {
            _ if again => taken.same += 1,
            Some(ours) if ours.edit != entry.edit => taken.conflicts.push(Conflict { ours: ours.clone(), theirs: entry }),
            _ => taken.new.push(entry),
        }
    }
    taken
}

/// What an edit decides, where only one answer can hold: two edits of one subject contradict each other.
fn subject(edit: &Edit) -> Option<String> {
    let at = |anchor: &Anchor| format!("{} {}..{}", anchor.article, anchor.span.start, anchor.span.end);
    Some(match edit {
        Edit::Published { article, .. } => format!("published {article}"),
        Edit::Event { at: own, change } => {
            let what = match change {
                EventChange::Accept | EventChange::Reject => "judgement",
                EventChange::Retype(_) => "type",
                EventChange::Standing(_) => "standing",
                EventChange::Date(_) => "date",
                EventChange::Rename(_) => "name",
                EventChange::Venue(_) => "venue",
            };
            format!("event {} {what}", at(own))
        }
        Edit::Place { at: own, reach: Reach::Everywhere, .. } => format!("place rule {}", own.words),
        Edit::Place { at: own, .. } => format!("place {}", at(own)),
        Edit::Actor { at: own, reach: Reach::Everywhere, .. } => format!("actor rule {}", own.words),
        Edit::Actor { at: own, .. } => format!("actor {}", at(own)),
        Edit::MovePlace { place, .. } => format!("point {}", place.0),
        Edit::RenamePlace { place, .. } => format!("place name {}", place.0),
        Edit::RenameActor { actor, .. } => format!("actor name {}", actor.0),
        Edit::Remark { on, remark: Remark::Note(_) } => format!("note {}", target(on, at)),
        Edit::Remark { on, remark: Remark::Hide | Remark::Unhide } => format!("hidden {}", target(on, at)),
        _ => return None,
    })
}

fn target(on: &Target, at: impl Fn(&Anchor) -> String) -> String {
    match on {
        Target::Article(id) => format!("article {id}"),
        Target::Place(id) => format!("place {}", id.0),
        Target::Actor(key) => format!("actor {}", key.0),
        Target::Event(own) => format!("event {}", at(own)),
    }
}
