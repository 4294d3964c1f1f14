//! State + news from the worker → state.

use std::sync::Arc;

use super::state::{Start, State};
use crate::job::{Access, Anew, News, Opened, Order, Outcome, Row};
use crate::model::{ArticleId, Filed, Workspace};
use crate::query::Thing;
use crate::ui::{Busy, Damaged};

/// Texts kept in memory; the store has the rest.
const MOST_TEXTS: usize = 16;

/// Takes in one piece of news.
pub fn hear(state: &mut State, news: News) {
    match news {
        News::Opened(opened) => take_opened(state, *opened),
        News::Refused(reason) => {
            state.look.front.busy = Busy::Idle;
            state.look.front.trouble = Some(reason);
        }
        News::Damaged(path, reason) => {
            state.look.front.trouble = Some(reason.clone());
            state.look.front.damaged = Some(Damaged { path, reason });
        }
        News::Trouble(reason) => state.look.front.trouble = Some(reason),
        News::Said(sentence) => state.look.front.said = Some(sentence),
        News::Row(row) => keep_row(state, row),
        News::Watching(folder) => state.look.front.watching = folder,
        News::Changed(workspace, arrived) => changed(state, workspace, arrived),
        News::Text(article, full) => keep_text(state, article, full),
        News::Found(words, found) => {
            if state.choice.filter.words == words {
                state.choice.filter.found = (!words.trim().is_empty()).then_some(found);
            }
        }
        News::Readings(words, readings) => state.look.front.readings = (words, readings),
        News::Anew(anew) => {
            if anew == Anew::None {
                state.look.front.outdated = 0;
            }
            state.look.front.anew = anew;
        }
        News::Conflicts(conflicts) => state.look.front.conflicts = conflicts,
        News::Compared(earlier, later, compared) => state.look.front.compared = Some((earlier, later, compared)),
        News::Idle => {
            state.look.front.busy = Busy::Idle;
            if !state.data.facts.articles.is_empty() {
                state.look.start = Start::Settled;
            }
        }
    }
}

fn keep_text(state: &mut State, article: Arc<crate::model::Article>, full: Option<Arc<Filed>>) {
    while state.texts.len() >= MOST_TEXTS {
        state.texts.pop_first();
    }
    while state.full.len() >= MOST_TEXTS {
        state.full.pop_first();
    }
    if let Some(full) = full {
        state.full.insert(article.id, full);
    }
    state.texts.insert(article.id, article);
}

fn take_opened(state: &mut State, opened: Opened) {
    state.data = opened.workspace;
    state.texts.clear();
    state.full.clear();
    // A choice that an older version wrote and this one cannot read is let go: it was only looks.
    let remembered = opened.remembered.as_deref();
    state.choice =
        remembered.and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_else(|| std::mem::take(&mut state.choice));
    let front = &mut state.look.front;
    front.busy = Busy::Working;
    front.name = opened
        .path
        .as_ref()
        .and_then(|path| path.file_stem())
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    front.path = opened.path;
    front.recent = opened.recent;
    front.outdated = opened.outdated;
    front.access = opened.access;
    front.anew = Anew::None;
    (front.damaged, front.trouble, front.compared) = (None, None, None);
    front.conflicts.clear();
    if opened.access == Access::Read {
        front.said = Some("Another window has this workspace: it can be read here, and changed there".into());
    }
    state.look.fit.all += 1;
    if !state.choice.filter.words.trim().is_empty() {
        state.outbox.push(Order::Search(state.choice.filter.words.clone()));
    }
    forget_gone(state);
    read_something(state);
}

fn changed(state: &mut State, workspace: Arc<Workspace>, arrived: Option<ArticleId>) {
    // Rows of an article read anew may stand for other events now.
    let anew = |id: &ArticleId| match (state.data.articles.get(id), workspace.articles.get(id)) {
        (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
        _ => false,
    };
    state.choice.selection.picked.retain(|thing| !matches!(thing, Thing::Event(id, _) if anew(id)));
    state.data = workspace;
    state.full.clear();
    if arrived.is_some() && state.look.start == Start::Arriving {
        state.look.fit.all += 1;
    }
    forget_gone(state);
    if let Some(article) = arrived.filter(|article| state.data.shows(*article)) {
        super::apply::read(state, article);
    }
    if !state.choice.filter.words.trim().is_empty() {
        state.outbox.push(Order::Search(state.choice.filter.words.clone()));
    }
    read_something(state);
}

/// Drops from selection and reader what is no longer on the desk.
fn forget_gone(state: &mut State) {
    let facts = &state.data.facts;
    let stands = |thing: &Thing| match thing {
        Thing::Place(id) => facts.place_no(id).is_some(),
        Thing::Actor(key) => facts.actor_no(key).is_some(),
        Thing::Event(..) => crate::query::event_no(facts, thing).is_some(),
        Thing::Article(id) => state.data.shows(*id),
    };
    let selection = &mut state.choice.selection;
    selection.picked.retain(stands);
    selection.reading = selection.reading.filter(|id| state.data.shows(*id));
}

/// The reader is never empty while there is something to read.
fn read_something(state: &mut State) {
    let first = state.data.facts.articles.first().map(|filed| filed.id);
    match (state.choice.selection.reading, first) {
        (None, Some(first)) => super::apply::read(state, first),
        (Some(reading), _) if !state.texts.contains_key(&reading) || !state.full.contains_key(&reading) => {
            state.outbox.push(Order::Fetch(reading));
        }
        _ => {}
    }
}

fn keep_row(state: &mut State, row: Row) {
    state.look.front.busy = Busy::Working;
    let failed = matches!(row.outcome, Outcome::Failed(_) | Outcome::Skipped(_) | Outcome::Stopped(_));
    match state.imports.binary_search_by_key(&row.number, |own| own.number) {
        Ok(at) => state.imports[at] = row,
        Err(at) => state.imports.insert(at, row),
    }
    if failed {
        state.look.front.imports = crate::ui::Open::Yes;
    }
}
