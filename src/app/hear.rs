//! State + news from the worker → state.

use std::sync::Arc;

use super::state::{Start, State};
use crate::job::{News, Order, Outcome, Row};
use crate::model::{ArticleId, Change, Edit, Workspace};
use crate::query::Thing;
use crate::ui::Busy;

/// Texts kept in memory; the store has the rest.
const MOST_TEXTS: usize = 16;

/// Takes in one piece of news.
pub fn hear(state: &mut State, news: News) {
    match news {
        News::Opened { workspace, remembered } => opened(state, *workspace, remembered.as_deref()),
        News::Refused(reason) | News::Trouble(reason) => state.look.front.trouble = Some(reason),
        News::Row(row) => keep_row(state, row),
        News::Changed(changes) => changed(state, changes),
        News::Text(article) => {
            while state.texts.len() >= MOST_TEXTS {
                state.texts.pop_first();
            }
            state.texts.insert(article.id, article);
        }
        News::Idle => {
            state.look.front.busy = Busy::Idle;
            if !state.data.facts.articles.is_empty() {
                state.look.start = Start::Settled;
            }
        }
    }
}

fn opened(state: &mut State, workspace: Workspace, remembered: Option<&str>) {
    state.data = Arc::new(workspace);
    // A choice that an older version wrote and this one cannot read is let go: it was only looks.
    state.choice =
        remembered.and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_else(|| std::mem::take(&mut state.choice));
    state.look.front.busy = Busy::Working;
    state.look.fit.all += 1;
    forget_gone(state);
    read_something(state);
}

fn changed(state: &mut State, changes: Vec<Change>) {
    let arrived = changes.iter().find_map(|change| match change {
        Change::Did(Edit::Import { articles, .. }) => articles.first().copied(),
        _ => None,
    });
    let anew: Vec<ArticleId> = changes
        .iter()
        .filter_map(|change| match change {
            Change::File(filed) if state.data.articles.contains_key(&filed.id) => Some(filed.id),
            _ => None,
        })
        .collect();
    Arc::make_mut(&mut state.data).apply_all(changes);
    if arrived.is_some() && state.look.start == Start::Arriving {
        state.look.fit.all += 1;
    }
    // Rows of an article read anew may stand for other events now.
    state.choice.selection.picked.retain(|thing| !matches!(thing, Thing::Event(id, _) if anew.contains(id)));
    forget_gone(state);
    if let Some(article) = arrived.filter(|article| state.data.shows(*article)) {
        super::apply::read(state, article);
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
        (Some(reading), _) if !state.texts.contains_key(&reading) => state.outbox.push(Order::Fetch(reading)),
        _ => {}
    }
}

fn keep_row(state: &mut State, row: Row) {
    state.look.front.busy = Busy::Working;
    let failed = matches!(row.outcome, Outcome::Failed(_) | Outcome::Skipped(_));
    match state.imports.binary_search_by_key(&row.number, |own| own.number) {
        Ok(at) => state.imports[at] = row,
        Err(at) => state.imports.insert(at, row),
    }
    if failed {
        state.look.front.imports = crate::ui::Open::Yes;
    }
}
