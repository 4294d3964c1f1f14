//! A correction of what is picked, or of one thing → the edits it means.

use super::apply::send;
use super::state::State;
use crate::job::Order;
use crate::model::{Anchor, Edit, EventNo, Facts, Remark, Remarks, Row, Shown, Starred, Target};
use crate::query::{Thing, event_anchor, event_no};
use crate::ui::Correction;

/// Sends the edits of a correction to the worker; says so where it cannot mean anything.
pub(super) fn correct(state: &mut State, correction: Correction) {
    match edits(state, correction) {
        Ok(edits) => send(state, Order::Edit(edits)),
        Err(reason) => state.look.front.said = Some(reason.into()),
    }
}

/// Takes an earlier edit back, wherever it stands in the log.
pub(super) fn withdraw(state: &mut State, number: usize) {
    if let Some(entry) = state.data.log.get(number) {
        let name = entry.edit.name();
        send(state, Order::Edit(vec![Edit::Withdraw { number, name }]));
    }
}

fn edits(state: &State, correction: Correction) -> Result<Vec<Edit>, &'static str> {
    let facts = &state.data.facts;
    let picked = &state.choice.selection.picked;
    let events = || -> Vec<Anchor> { picked.iter().filter_map(|thing| anchor(facts, event_no(facts, thing)?)).collect() };
    match correction {
        Correction::Merge => {
            let actors: Vec<_> = picked
                .iter()
                .filter_map(|thing| match thing {
                    Thing::Actor(key) => Some(key.clone()),
                    _ => None,
                })
                .collect();
            let events = events();
            match (actors.split_first(), events.len()) {
                (Some((into, others)), _) if !others.is_empty() => {
                    Ok(vec![Edit::MergeActors { into: into.clone(), others: others.to_vec() }])
                }
                (_, 2..) => Ok(vec![Edit::MergeEvents { events }]),
                _ => Err("Select two actors or two events with Ctrl+click first"),
            }
        }
        Correction::Split => {
            let split: Vec<Edit> = picked
                .iter()
                .filter_map(|thing| match thing {
                    Thing::Event(..) => {
                        let no = event_no(facts, thing)?;
                        (!facts.event(no).more.is_empty()).then_some(())?;
                        // The report that was picked, not the leading one.
                        let Thing::Event(id, row) = thing else { return None };
                        Some(Edit::SplitEvent { at: event_anchor(facts.article(facts.article_no(*id)?), *row)? })
                    }
                    Thing::Actor(key) => {
                        let article = state.choice.selection.reading?;
                        Some(Edit::SplitActor { actor: key.clone(), article })
                    }
                    _ => None,
                })
                .collect();
            if split.is_empty() {
                Err("Select an event with several reports, or an actor named in several articles")
            } else {
                Ok(split)
            }
        }
        Correction::Judge(change) => {
            let edits: Vec<Edit> = events().into_iter().map(|at| Edit::Event { at, change: change.clone() }).collect();
            if edits.is_empty() { Err("Select an event first") } else { Ok(edits) }
        }
        Correction::Hide => remark(state, |_| Remark::Hide),
        Correction::UnhideAll => {
            let hidden = facts.remarks.iter().filter(|(_, remarks)| remarks.hidden == Shown::Hidden);
            let edits: Vec<Edit> = hidden
                .filter_map(|(row, _)| Some(Edit::Remark { on: target_of_row(facts, *row)?, remark: Remark::Unhide }))
                .collect();
            if edits.is_empty() { Err("Nothing is hidden") } else { Ok(edits) }
        }
        Correction::Star => {
            remark(
                state,
                |remarks| {
                    if remarks.is_some_and(|own| own.starred == Starred::Yes) { Remark::Unstar } else { Remark::Star }
                },
            )
        }
        Correction::RemoveArticle(id) => Ok(vec![Edit::Remove { articles: vec![id] }]),
        Correction::Event(no, change) => {
            let at = anchor(facts, no).ok_or("The event is gone")?;
            Ok(vec![Edit::Event { at, change }])
        }
        Correction::Remark(thing, remark) => {
            let on = target(facts, &thing).ok_or("It is gone")?;
            Ok(vec![Edit::Remark { on, remark }])
        }
    }
}

fn remark(state: &State, remark: impl Fn(Option<&Remarks>) -> Remark) -> Result<Vec<Edit>, &'static str> {
    let facts = &state.data.facts;
    let edits: Vec<Edit> = state
        .choice
        .selection
        .picked
        .iter()
        .filter_map(|thing| {
            let row = row_of(facts, thing)?;
            Some(Edit::Remark { on: target(facts, thing)?, remark: remark(facts.remarks(row)) })
        })
        .collect();
    if edits.is_empty() { Err("Select something first") } else { Ok(edits) }
}

fn anchor(facts: &Facts, no: EventNo) -> Option<Anchor> {
    let event = facts.event(no);
    event_anchor(facts.article(event.article), event.row)
}

fn row_of(facts: &Facts, thing: &Thing) -> Option<Row> {
    match thing {
        Thing::Place(id) => facts.place_no(id).map(Row::Place),
        Thing::Actor(key) => facts.actor_no(key).map(Row::Actor),
        Thing::Event(..) => event_no(facts, thing).map(Row::Event),
        Thing::Article(id) => facts.article_no(*id).map(Row::Article),
    }
}

fn target(facts: &Facts, thing: &Thing) -> Option<Target> {
    target_of_row(facts, row_of(facts, thing)?)
}

fn target_of_row(facts: &Facts, row: Row) -> Option<Target> {
    Some(match row {
        Row::Article(no) => Target::Article(facts.article(no).id),
        Row::Place(no) => Target::Place(facts.place(no).id.clone()),
        Row::Actor(no) => Target::Actor(facts.actor(no).key.clone()),
        Row::Event(no) => Target::Event(anchor(facts, no)?),
    })
}
