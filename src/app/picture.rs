//! State → the picture that a frame is drawn from: the view and the lights, made anew only where something changed.

use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};

use super::state::State;
use crate::query::{Filter, Light, Thing, View, light, view};

/// Up to so many events a view is made within the frame (3 ms for 20,000 on two shared cores, `cargo bench`); beyond, on a
/// thread of the pool, so that typing never drops a frame, and the last one is shown until it is there.
const AT_ONCE: usize = 20_000;

/// What a view hangs on: version of the workspace, and filter.
type Key = (u64, Filter);

/// The picture. Invariant: `view` belongs to the version of the workspace it was last painted for.
#[derive(Default)]
pub struct Picture {
    made_for: Option<Key>,
    view: View,
    stamp: u64,
    coming: Option<(Key, Receiver<View>)>,
    pub picked: Light,
    pub hovered: Light,
}

impl Picture {
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// Another number for every other view.
    pub const fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Makes view and lights anew where what they hang on has changed.
    pub fn paint(&mut self, state: &State, ctx: &egui::Context) {
        let State { data, choice, .. } = state;
        let mut fresh = self.arrived(data.version);
        let is_current =
            self.made_for.as_ref().is_some_and(|(version, filter)| *version == data.version && *filter == choice.filter);
        if !is_current {
            let key = (data.version, choice.filter.clone());
            let same_data = self.made_for.as_ref().is_some_and(|(version, _)| *version == data.version);
            // Rows of another workspace mean other things: then there is nothing old to show meanwhile.
            if data.facts.events.len() <= AT_ONCE || !same_data {
                self.coming = None;
                self.set(key, view(data, &choice.filter, &choice.selection));
                fresh = true;
            } else if self.coming.is_none() {
                self.send_for(key, state, ctx);
            }
        }
        if fresh || self.picked.core != choice.selection.picked {
            self.picked = light(&data.facts, &choice.selection.picked);
        }
        let hovered: &[Thing] = choice.selection.hovered.as_slice();
        if fresh || self.hovered.core != hovered {
            self.hovered = light(&data.facts, hovered);
        }
    }

    fn set(&mut self, key: Key, view: View) {
        self.view = view;
        self.made_for = Some(key);
        self.stamp += 1;
    }

    /// Takes in a view that was made meanwhile; one of another workspace is let go.
    fn arrived(&mut self, version: u64) -> bool {
        let Some((key, receiver)) = self.coming.take() else { return false };
        match receiver.try_recv() {
            Ok(view) if key.0 == version => {
                self.set(key, view);
                true
            }
            Err(crossbeam_channel::TryRecvError::Empty) if key.0 == version => {
                self.coming = Some((key, receiver));
                false
            }
            _ => false,
        }
    }

    fn send_for(&mut self, key: Key, state: &State, ctx: &egui::Context) {
        let (answer, receiver) = bounded(1);
        let (data, filter, selection) = (Arc::clone(&state.data), key.1.clone(), state.choice.selection.clone());
        let wake = ctx.clone();
        rayon::spawn(move || {
            // Nobody waits any more where the workspace changed meanwhile.
            let _ = answer.send(view(&data, &filter, &selection));
            drop(data);
            wake.request_repaint();
        });
        self.coming = Some((key, receiver));
    }
}
