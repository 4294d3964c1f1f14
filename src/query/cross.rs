//! Events of the view → who with whom, or who where: a grid whose cells are the events that two have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::filter::Thing;
use super::view::View;
use crate::model::{ActorKind, ActorNo, EventNo, Facts, PlaceNo, PlaceRole};

/// What the columns are; the rows are actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Columns {
    #[default]
    Places,
    Actors,
}

/// A row or a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub thing: Thing,
    pub name: String,
    /// Of an actor.
    pub kind: Option<ActorKind>,
    pub shown: u32,
}

/// Invariant: every cell holds at least one event, in the order of the view; a grid of actors by actors holds each pair
/// once, with row < column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    pub rows: Vec<Head>,
    pub columns: Vec<Head>,
    pub cells: BTreeMap<(u16, u16), Vec<EventNo>>,
}

/// Makes the grid of the `most` actors, and places, with the most events. Cost is linear in the number of events.
#[must_use]
pub fn cross(facts: &Facts, view: &View, columns: Columns, most: u16) -> Grid {
    let most = usize::from(most);
    let actors: Vec<(ActorNo, u32)> =
        view.actors.iter().filter(|line| line.shown > 0).take(most).map(|line| (line.actor, line.shown)).collect();
    let mut row_of: Vec<Option<u16>> = vec![None; facts.actors.len()];
    for (row, (actor, _)) in (0_u16..).zip(&actors) {
        row_of[actor.0 as usize] = Some(row);
    }
    let rows = actors.iter().map(|(no, shown)| actor_head(facts, *no, *shown)).collect();
    let mut grid = Grid { rows, ..Grid::default() };
    let mut column_of: Vec<Option<u16>> = vec![None; facts.places.len()];
    match columns {
        Columns::Actors => grid.columns.clone_from(&grid.rows),
        Columns::Places => {
            let places = places(facts, view, most);
            for (column, (place, _)) in (0_u16..).zip(&places) {
                column_of[place.0 as usize] = Some(column);
            }
            grid.columns = places.iter().map(|(no, shown)| place_head(facts, *no, *shown)).collect();
        }
    }
    for no in &view.events {
        let event = facts.event(*no);
        let mut here: Vec<u16> = event.actors.iter().filter_map(|(actor, _)| row_of[actor.0 as usize]).collect();
        here.sort_unstable();
        here.dedup();
        match columns {
            Columns::Actors => {
                for (at, row) in here.iter().enumerate() {
                    for column in &here[at + 1..] {
                        grid.cells.entry((*row, *column)).or_default().push(*no);
                    }
                }
            }
            Columns::Places => {
                let mut there: Vec<u16> = event
                    .places
                    .iter()
                    .filter(|(_, role)| is_there(*role))
                    .filter_map(|(no, _)| column_of[no.0 as usize])
                    .collect();
                there.sort_unstable();
                there.dedup();
                for row in &here {
                    for column in &there {
                        grid.cells.entry((*row, *column)).or_default().push(*no);
                    }
                }
            }
        }
    }
    without_empty(grid, columns)
}

/// Leaves out rows and columns that share nothing: they would be empty lines.
fn without_empty(grid: Grid, columns: Columns) -> Grid {
    let mut rows: BTreeSet<u16> = grid.cells.keys().map(|(row, _)| *row).collect();
    let mut kept: BTreeSet<u16> = grid.cells.keys().map(|(_, column)| *column).collect();
    if columns == Columns::Actors {
        rows.extend(&kept);
        kept.clone_from(&rows);
    }
    let heads = |all: &[Head], kept: &BTreeSet<u16>| kept.iter().map(|at| all[usize::from(*at)].clone()).collect();
    let place = |kept: &BTreeSet<u16>, at: u16| kept.range(..at).count() as u16;
    Grid {
        rows: heads(&grid.rows, &rows),
        columns: heads(&grid.columns, &kept),
        cells: grid
            .cells
            .into_iter()
            .map(|((row, column), events)| ((place(&rows, row), place(&kept, column)), events))
            .collect(),
    }
}

/// Something happens at the place, or goes there or comes from there.
const fn is_there(role: PlaceRole) -> bool {
    matches!(role, PlaceRole::Venue | PlaceRole::Destination | PlaceRole::Target | PlaceRole::Origin)
}

fn places(facts: &Facts, view: &View, most: usize) -> Vec<(PlaceNo, u32)> {
    let mut counts: Vec<u32> = vec![0; facts.places.len()];
    for no in &view.events {
        let places = &facts.event(*no).places;
        for (at, (place, role)) in places.iter().enumerate() {
            let again = places[..at].iter().any(|(earlier, role)| earlier == place && is_there(*role));
            counts[place.0 as usize] += u32::from(is_there(*role) && !again);
        }
    }
    let mut found: Vec<(PlaceNo, u32)> = (0_u32..).map(PlaceNo).zip(counts).filter(|(_, count)| *count > 0).collect();
    found.sort_by_key(|(no, count)| (std::cmp::Reverse(*count), *no));
    found.truncate(most);
    found
}

fn actor_head(facts: &Facts, no: ActorNo, shown: u32) -> Head {
    let actor = facts.actor(no);
    Head { thing: Thing::Actor(actor.key.clone()), name: actor.name.clone(), kind: Some(actor.kind), shown }
}

fn place_head(facts: &Facts, no: PlaceNo, shown: u32) -> Head {
    let place = facts.place(no);
    Head { thing: Thing::Place(place.id.clone()), name: place.name.clone(), kind: None, shown }
}
