//! Corrections in the window: from the menus to the orders, and back into what is shown.

use std::sync::Arc;

use dateline::app::{Desk, apply, hear};
use dateline::job::{News, Order};
use dateline::model::{Change, Edit, Entry, EventChange, Remark, Workspace};
use dateline::query::{Thing, settle};
use dateline::ui::{Command, Correction};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::desk::{names, talks};

fn edits(window: &mut Harness<'static, Desk>) -> Vec<Edit> {
    let orders = window.state_mut().orders();
    orders
        .into_iter()
        .flat_map(|order| match order {
            Order::Edit(edits) => edits,
            _ => Vec::new(),
        })
        .collect()
}

/// What the worker would answer.
fn perform(window: &mut Harness<'static, Desk>, edits: Vec<Edit>) {
    let mut workspace = Workspace::clone(&window.state().state.data);
    let step = workspace.next_step();
    let entry = |edit| Entry { by: "Ana".into(), at: 1_760_000_000, ..Entry::bare(step, edit) };
    workspace.apply(edits.into_iter().map(|edit| Change::Did(entry(edit))));
    settle(&mut workspace);
    hear(&mut window.state_mut().state, News::Changed(Arc::new(workspace), None));
    window.run_steps(3);
}

#[test]
fn an_event_is_rejected_from_its_menu_named_in_undo_and_listed_in_the_log() {
    let mut window = talks();
    window.get_by_label_contains("Talks: First round ends").click_secondary();
    window.run_steps(3);
    window.get_by_label("Reject").click();
    window.run_steps(2);
    let asked = edits(&mut window);
    assert!(matches!(asked.as_slice(), [Edit::Event { change: EventChange::Reject, .. }]), "{asked:?}");
    perform(&mut window, asked);
    assert_eq!(window.state().view().events.len(), 11);
    assert_eq!(window.state().state.data.undo_name().as_deref(), Some("rejection of “ended”"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::H);
    window.run_steps(3);
    assert!(!names(&window, "Rejection of “ended”", "").is_empty());
    assert!(!names(&window, "Ana", "2025").is_empty(), "author and time");
}

#[test]
fn what_is_selected_is_merged_starred_and_hidden() {
    let mut window = talks();
    let keys: Vec<_> = window.state().state.data.facts.actors.iter().take(2).map(|actor| actor.key.clone()).collect();
    let picked = keys.iter().cloned().map(Thing::Actor).collect();
    apply(&mut window.state_mut().state, Command::PickAll(picked));
    apply(&mut window.state_mut().state, Command::Correct(Correction::Merge));
    window.run_steps(2);
    let asked = edits(&mut window);
    assert!(matches!(asked.as_slice(), [Edit::MergeActors { into, others }] if *into == keys[0] && others[..] == keys[1..]));
    perform(&mut window, asked);
    let facts = &window.state().state.data.facts;
    assert_eq!(facts.actor_no(&keys[0]), facts.actor_no(&keys[1]));
    let place = facts.places[0].id.clone();
    apply(&mut window.state_mut().state, Command::Pick(Thing::Place(place)));
    apply(&mut window.state_mut().state, Command::Correct(Correction::Hide));
    window.run_steps(2);
    let asked = edits(&mut window);
    assert!(matches!(asked.as_slice(), [Edit::Remark { remark: Remark::Hide, .. }]));
    let pins = window.state().view().pins.len();
    perform(&mut window, asked);
    assert!(window.state().view().pins.len() < pins);
}
