//! State + what is asked about views of it → state: filters to go back to, kept views, the stage of the clock, sizes.

use super::apply::toggle_filter;
use super::state::{KeptView, State};
use crate::query::{Days, Running, Thing, View, view};
use crate::ui::Coverage;

/// The days that are played through: those chosen, else those of the story.
pub(super) fn stage(state: &State) -> Option<Days> {
    stage_of(state, &view(&state.data, &state.choice.filter, &state.choice.selection))
}

/// The same where the view is at hand.
pub(super) fn stage_of(state: &State, view: &View) -> Option<Days> {
    state.choice.filter.days.or(view.story).or(view.extent)
}

/// Brings the filter's clock in line with the clock.
pub(super) fn tick(state: &mut State, view: &View, seconds: f64) {
    let Some(stage) = stage_of(state, view) else {
        state.choice.play.stop();
        state.choice.filter.clock = None;
        return;
    };
    state.choice.play.advance(seconds, stage);
    state.choice.filter.clock = state.choice.play.days(stage);
}

/// The second gesture: what is selected becomes the filter; places and actors join, events stand alone.
pub(super) fn filter_selection(state: &mut State) {
    let filter = &mut state.choice.filter;
    for thing in &state.choice.selection.picked {
        let there = match thing {
            Thing::Place(id) => filter.places.contains(id),
            Thing::Actor(key) => filter.actors.contains(key),
            Thing::Article(id) => filter.articles.contains(id),
            Thing::Event(id, row) => filter.events.contains(&(*id, *row)),
        };
        if !there {
            toggle_filter(filter, thing);
        }
    }
}

pub(super) fn back(state: &mut State) {
    let stop = state.look.history.back(&state.choice.filter, &state.choice.selection.picked);
    if let Some((filter, picked)) = stop {
        state.choice.filter = filter;
        state.choice.selection.picked = picked;
    }
}

pub(super) fn forward(state: &mut State) {
    if let Some((filter, picked)) = state.look.history.forward() {
        state.choice.filter = filter;
        state.choice.selection.picked = picked;
    }
}

/// Keeps the filter under the words of its chips; the same words take the older one's place.
pub(super) fn keep_view(state: &mut State) {
    let view = view(&state.data, &state.choice.filter, &state.choice.selection);
    let words: Vec<&str> = view.chips.iter().map(|chip| chip.label.as_str()).collect();
    let name = if words.is_empty() { "Everything".to_owned() } else { words.join(" · ") };
    let mut filter = state.choice.filter.clone();
    filter.clock = None;
    state.choice.views.retain(|kept| kept.name != name);
    state.choice.views.push(KeptView { name, filter });
}

pub(super) fn show_view(state: &mut State, at: usize) {
    let Some(kept) = state.choice.views.get(at) else { return };
    state.choice.filter = kept.filter.clone();
    state.choice.selection.picked.clear();
}

pub(super) fn toggle_coverage(state: &mut State) {
    let coverage = &mut state.choice.likes.coverage;
    *coverage = if *coverage == Coverage::Hidden { Coverage::Shown } else { Coverage::Hidden };
}

/// A tenth larger or smaller; 0 goes back to the usual size.
pub(super) fn scale(state: &mut State, step: i8) {
    let scale = &mut state.choice.likes.scale;
    *scale = if step == 0 { 1.0 } else { ((*scale * 10.0).round() / 10.0 + f32::from(step) * 0.1).clamp(1.0, 2.0) };
}

/// Does time pass by itself?
pub(super) fn is_running(state: &State) -> bool {
    state.choice.play.running == Running::Yes
}
