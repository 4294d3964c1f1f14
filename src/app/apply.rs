//! State + command → state. The only place where what people ask changes anything.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::choose;
use super::correct::{self, correct};
use super::state::{Asking, Shade, State};
use crate::job::{Anew, Order};
use crate::model::{ArticleId, EventNo, Standing};
use crate::query::{ChipKind, Filter, Thing, event_no, event_thing};
use crate::ui::{Command, Motion, Open, Spot};

/// Performs one command. Orders for the worker go to the outbox.
pub fn apply(state: &mut State, command: Command) {
    match command {
        Command::Hover(thing) => state.look.pointed = Some(thing),
        Command::Pick(thing) => pick(state, thing),
        Command::TogglePick(thing) => toggle_pick(state, thing),
        Command::PickAndFilter(thing) => pick_and_filter(state, thing),
        Command::ToggleFilter(thing) => toggle_filter(&mut state.choice.filter, &thing),
        Command::DropChip(kind) => drop_chip(state, &kind),
        Command::FilterDays(days) => state.choice.filter.days = days,
        Command::PickAll(things) => {
            state.choice.selection.picked = things;
            state.look.front.mention = 0;
        }
        Command::FilterArea(area) => state.choice.filter.area = area,
        Command::FilterEvents(things) => filter_events(&mut state.choice.filter, &things),
        Command::FilterSelection => choose::filter_selection(state),
        Command::Back => choose::back(state),
        Command::Forward => choose::forward(state),
        Command::PlayPause => {
            if let Some(stage) = choose::stage(state) {
                state.choice.play.toggle(stage);
            }
        }
        Command::StopPlaying => stop_playing(state),
        Command::SeekDay(day) => {
            if let Some(stage) = choose::stage(state) {
                state.choice.play.seek(day, stage);
            }
        }
        Command::PlayMode(mode) => state.choice.play.mode = mode,
        Command::PlayAtEnd(at_end) => state.choice.play.at_end = at_end,
        Command::PlayPace(pace) => state.choice.play.pace = pace,
        Command::KeepView => choose::keep_view(state),
        Command::ShowView(at) => choose::show_view(state, at),
        Command::DropView(at) => {
            if at < state.choice.views.len() {
                state.choice.views.remove(at);
            }
        }
        Command::SaveDesk => state.look.asking = Asking::SaveView,
        Command::OpenDesk => state.look.asking = Asking::OpenView,
        Command::MoveTab(tab, stand) => state.choice.layout.put(tab, stand),
        Command::ToggleCoverage => choose::toggle_coverage(state),
        Command::Scale(step) => choose::scale(state, step),
        Command::ToggleMotion => {
            let motion = &mut state.choice.likes.motion;
            *motion = if *motion == Motion::Full { Motion::Reduced } else { Motion::Full };
        }
        Command::ToggleContrast => {
            let dark = &mut state.choice.dark;
            *dark = if *dark == Shade::Contrast { Shade::Paper } else { Shade::Contrast };
        }
        Command::DropHint(number) => {
            state.choice.likes.hints_closed.insert(number);
        }
        Command::ToggleStanding(standing) => toggle(&mut state.choice.filter.standings, standing),
        Command::FilterWords(words) => filter_words(state, words),
        Command::Salience(salience) => state.choice.filter.salience = salience.clamp(0.0, 1.0),
        Command::LanesBy(by) => state.choice.filter.lanes = by,
        Command::Escape => escape(state),
        Command::ShowAll => {
            stop_playing(state);
            state.choice.selection.picked.clear();
            state.choice.filter.clear();
        }
        Command::Read(article) => read(state, article),
        Command::NextMention => state.look.front.mention = state.look.front.mention.wrapping_add(1),
        Command::PreviousMention => state.look.front.mention = state.look.front.mention.wrapping_sub(1),
        Command::NextEvent => step_event(state, Step::Next),
        Command::PreviousEvent => step_event(state, Step::Previous),
        Command::ShowTab(tab) => state.choice.layout.bring(tab),
        Command::Publish(article, date) => send(state, Order::Publish(article, date)),
        Command::OpenFiles => state.look.asking = Asking::Articles,
        Command::Edit(edits) => send(state, Order::Edit(edits)),
        Command::Correct(correction) => correct(state, correction),
        Command::Withdraw(number) => correct::withdraw(state, number),
        Command::ShowLog => toggle_open(&mut state.look.front.log),
        Command::NewWorkspace => state.look.asking = Asking::NewWorkspace,
        Command::OpenWorkspace => state.look.asking = Asking::OpenWorkspace,
        Command::OpenRecent(path) => send(state, Order::Open(path)),
        Command::DuplicateWorkspace => state.look.asking = Asking::Duplicate,
        Command::CompactWorkspace => send(state, Order::Compact),
        Command::WhereIsMyFile => {
            let path = state.look.front.path.as_ref();
            let words = path.map_or_else(|| "This workspace is in memory only".into(), |path| path.display().to_string());
            state.look.front.said = Some(words);
        }
        Command::Recover(path) => {
            state.look.front.damaged = None;
            send(state, Order::Recover(path));
        }
        Command::ExportEdits => state.look.asking = Asking::ExportEdits,
        Command::ImportEdits => state.look.asking = Asking::ImportEdits,
        Command::TakeTheirs(entries) => {
            state.look.front.conflicts.retain(|conflict| !entries.contains(&conflict.theirs));
            send(state, Order::TakeTheirs(entries));
        }
        Command::KeepOurs => state.look.front.conflicts.clear(),
        Command::ReadAnew => send(state, Order::ReadAnew),
        Command::AcceptAnew => send(state, Order::AcceptAnew),
        Command::DropAnew => {
            state.look.front.anew = Anew::None;
            send(state, Order::DropAnew);
        }
        Command::Compare(earlier, later) => send(state, Order::Compare(earlier, later)),
        Command::HideCompared => state.look.front.compared = None,
        Command::LookUp(words) => look_up(state, words),
        Command::HideSaid => state.look.front.said = None,
        Command::Import(paths) => {
            send(state, Order::Import(paths));
            state.look.front.imports = Open::Yes;
        }
        Command::PasteText(text) => {
            send(state, Order::Paste(text));
            state.look.front.imports = Open::Yes;
        }
        Command::CancelImport => send(state, Order::Cancel),
        Command::Retry(rows) => send(state, Order::Retry(rows)),
        Command::RetryFailed => {
            let failed = state.imports.iter().filter(|row| row.outcome.can_retry()).map(|row| row.number).collect();
            send(state, Order::Retry(failed));
        }
        Command::Columns(row, columns) => send(state, Order::Columns(row, columns)),
        Command::WatchFolder => state.look.asking = Asking::Folder,
        Command::Watch(folder) => send(state, Order::Watch(Some(folder))),
        Command::StopWatching => send(state, Order::Watch(None)),
        Command::ShowImports => state.look.front.imports = Open::Yes,
        Command::HideImports => state.look.front.imports = Open::No,
        Command::Undo => send(state, Order::Undo),
        Command::Redo => send(state, Order::Redo),
        Command::FocusSearch => state.look.front.search_wanted += 1,
        Command::OpenPalette => state.look.front.palette = Open::Yes,
        Command::ToggleTheme => {
            state.choice.dark = if state.choice.dark == Shade::Ink { Shade::Paper } else { Shade::Ink };
        }
        Command::ShowHelp => {
            state.look.front.help = if state.look.front.help == Open::Yes { Open::No } else { Open::Yes };
        }
        Command::FlyTo { name, point } => {
            let number = state.look.front.spot.as_ref().map_or(1, |spot| spot.number.wrapping_add(1));
            state.look.front.spot = Some(Spot { name, point, number });
        }
        Command::FitAll => state.look.fit.all += 1,
        Command::FitSelection => state.look.fit.selection += 1,
    }
}

/// The file that was chosen in a dialog.
pub(super) fn answered(state: &mut State, asking: Asking, path: PathBuf) {
    match asking {
        Asking::NewWorkspace | Asking::OpenWorkspace => send(state, Order::Open(path)),
        Asking::Duplicate => send(state, Order::Duplicate(path)),
        Asking::ExportEdits => send(state, Order::ExportEdits(path)),
        Asking::ImportEdits => send(state, Order::ImportEdits(path)),
        Asking::Nothing | Asking::Articles | Asking::Folder | Asking::SaveView | Asking::OpenView => {}
    }
}

fn filter_words(state: &mut State, words: String) {
    // What was found holds until the store has told anew, where the words only go on.
    let goes_on = words.starts_with(&state.choice.filter.words) && !words.contains(['-', '"', '*']);
    if !goes_on || state.choice.filter.words.trim().is_empty() {
        state.choice.filter.found = None;
    }
    state.choice.filter.words.clone_from(&words);
    if !words.trim().is_empty() {
        state.outbox.push(Order::Search(words));
    }
}

/// Asked once for each name.
fn look_up(state: &mut State, words: String) {
    if state.look.asked_for.as_ref() != Some(&words) {
        state.look.asked_for = Some(words.clone());
        state.outbox.push(Order::LookUp(words));
    }
}

fn toggle_open(open: &mut Open) {
    *open = if *open == Open::Yes { Open::No } else { Open::Yes };
}

pub(super) fn send(state: &mut State, order: Order) {
    state.look.front.busy = crate::ui::Busy::Working;
    state.outbox.push(order);
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// Selects one thing. An event also brings its article into the reader.
fn pick(state: &mut State, thing: Thing) {
    if let Thing::Event(article, _) = &thing {
        read(state, *article);
    }
    state.choice.selection.picked = vec![thing];
    state.look.front.mention = 0;
}

fn toggle_pick(state: &mut State, thing: Thing) {
    let picked = &mut state.choice.selection.picked;
    match picked.iter().position(|own| *own == thing) {
        Some(at) => {
            picked.remove(at);
        }
        None => picked.push(thing),
    }
    state.look.front.mention = 0;
}

/// Narrows to the thing alone among its kind; a second click on it takes that back.
fn pick_and_filter(state: &mut State, thing: Thing) {
    let filter = &mut state.choice.filter;
    let only = match &thing {
        Thing::Place(id) => filter.places.len() == 1 && filter.places.contains(id),
        Thing::Actor(key) => filter.actors.len() == 1 && filter.actors.contains(key),
        Thing::Article(id) => filter.articles.len() == 1 && filter.articles.contains(id),
        Thing::Event(id, row) => filter.events.len() == 1 && filter.events.contains(&(*id, *row)),
    };
    match &thing {
        Thing::Place(_) => filter.places.clear(),
        Thing::Actor(_) => filter.actors.clear(),
        Thing::Article(_) => filter.articles.clear(),
        Thing::Event(..) => filter.events.clear(),
    }
    if only {
        state.choice.selection.picked.retain(|own| *own != thing);
    } else {
        toggle_filter(filter, &thing);
        pick(state, thing);
    }
}

/// Narrows to these events alone; asked for again, it takes that back.
fn filter_events(filter: &mut Filter, things: &[Thing]) {
    let events: BTreeSet<(ArticleId, u32)> = things
        .iter()
        .filter_map(|thing| match thing {
            Thing::Event(id, row) => Some((*id, *row)),
            _ => None,
        })
        .collect();
    filter.events = if filter.events == events { BTreeSet::new() } else { events };
}

fn stop_playing(state: &mut State) {
    state.choice.play.stop();
    state.choice.filter.clock = None;
}

pub(super) fn toggle_filter(filter: &mut Filter, thing: &Thing) {
    match thing {
        Thing::Place(id) => toggle(&mut filter.places, id.clone()),
        Thing::Actor(key) => toggle(&mut filter.actors, key.clone()),
        Thing::Article(id) => toggle(&mut filter.articles, *id),
        Thing::Event(id, row) => toggle(&mut filter.events, (*id, *row)),
    }
}

fn drop_chip(state: &mut State, kind: &ChipKind) {
    let filter = &mut state.choice.filter;
    let picked = match kind {
        ChipKind::Place(id) => {
            filter.places.remove(id);
            Some(Thing::Place(id.clone()))
        }
        ChipKind::Actor(key) => {
            filter.actors.remove(key);
            Some(Thing::Actor(key.clone()))
        }
        ChipKind::Article(id) => {
            filter.articles.remove(id);
            Some(Thing::Article(*id))
        }
        ChipKind::Kind(event_type) => {
            filter.kinds.remove(event_type);
            None
        }
        ChipKind::Standing(standing) => {
            drop_standing(filter, *standing);
            None
        }
        ChipKind::Days => {
            filter.days = None;
            None
        }
        ChipKind::Words => {
            filter.words.clear();
            filter.found = None;
            None
        }
        ChipKind::Area => {
            filter.area = None;
            None
        }
        ChipKind::Events => {
            filter.events.clear();
            None
        }
        ChipKind::Clock => {
            stop_playing(state);
            None
        }
    };
    state.choice.selection.picked.retain(|own| Some(own) != picked.as_ref());
}

fn drop_standing(filter: &mut Filter, standing: Standing) {
    filter.standings.remove(&standing);
}

/// One step out: a card, else the selection with the conditions it made, else the filter.
fn escape(state: &mut State) {
    let front = &mut state.look.front;
    if front.palette == Open::Yes || front.help == Open::Yes || front.log == Open::Yes || front.compared.is_some() {
        (front.palette, front.help, front.log) = (Open::No, Open::No, Open::No);
        front.compared = None;
        return;
    }
    if front.spot.take().is_some() {
        return;
    }
    (front.trouble, front.said) = (None, None);
    if state.choice.play.at.is_some() {
        stop_playing(state);
        return;
    }
    if state.choice.selection.picked.is_empty() {
        state.choice.filter.clear();
        return;
    }
    for thing in std::mem::take(&mut state.choice.selection.picked) {
        let filter = &mut state.choice.filter;
        match thing {
            Thing::Place(id) => {
                filter.places.remove(&id);
            }
            Thing::Actor(key) => {
                filter.actors.remove(&key);
            }
            Thing::Article(id) => {
                filter.articles.remove(&id);
            }
            Thing::Event(id, row) => {
                filter.events.remove(&(id, row));
            }
        }
    }
}

/// Opens an article in the reader and asks for its text.
pub(super) fn read(state: &mut State, article: ArticleId) {
    if state.choice.selection.reading != Some(article) {
        state.look.front.mention = 0;
    }
    state.choice.selection.reading = Some(article);
    if !state.texts.contains_key(&article) || !state.full.contains_key(&article) {
        state.outbox.push(Order::Fetch(article));
    }
}

/// Which way along the timeline.
#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
}

/// The next event in the order of the view, round and round.
fn step_event(state: &mut State, step: Step) {
    let view = crate::query::view(&state.data, &state.choice.filter, &state.choice.selection);
    if view.events.is_empty() {
        return;
    }
    let facts = &state.data.facts;
    let now: Option<EventNo> = state.choice.selection.picked.first().and_then(|thing| event_no(facts, thing));
    let at = now.and_then(|no| view.events.iter().position(|own| *own == no));
    let last = view.events.len() - 1;
    let next = match (at, step) {
        (Some(at), Step::Next) if at < last => at + 1,
        (_, Step::Next) => 0,
        (Some(at), Step::Previous) if at > 0 => at - 1,
        (_, Step::Previous) => last,
    };
    let thing = event_thing(facts, view.events[next]);
    pick(state, thing);
}
