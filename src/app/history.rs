//! Filters as they come to rest → the way back and forward through them.

use crate::query::{Filter, Thing};
use crate::ui::Way;

/// A filter and what was selected with it.
type Stop = (Filter, Vec<Thing>);

/// Seconds after which a filter counts as one to come back to: a brush being dragged and words being typed are on the way.
const REST: f64 = 0.4;
/// Steps kept.
const MOST: usize = 100;

/// The way through the filters. Invariant: no two neighbours have the same filter.
#[derive(Default)]
pub struct History {
    past: Vec<Stop>,
    now: Option<Stop>,
    future: Vec<Stop>,
    /// Since when, on the frame clock, the filter differs from `now`.
    changed: Option<f64>,
}

/// A filter without the clock, which is no choice of what to see.
fn stop(filter: &Filter, picked: &[Thing]) -> Stop {
    (Filter { clock: None, ..filter.clone() }, picked.to_vec())
}

/// Is the filter the kept one, the clock aside? Every frame asks: nothing is copied but while time plays.
fn same(kept: &Filter, filter: &Filter) -> bool {
    if filter.clock.is_none() { kept == filter } else { *kept == Filter { clock: None, ..filter.clone() } }
}

impl History {
    /// Looks at the filter of a frame, before the frame's commands.
    pub fn watch(&mut self, filter: &Filter, picked: &[Thing], seconds: f64) {
        match &mut self.now {
            None => self.now = Some(stop(filter, picked)),
            Some(now) if same(&now.0, filter) => {
                if now.1 != picked {
                    now.1 = picked.to_vec();
                }
                self.changed = None;
            }
            Some(_) => {
                let since = *self.changed.get_or_insert(seconds);
                if seconds - since >= REST {
                    self.settle(stop(filter, picked));
                }
            }
        }
    }

    fn settle(&mut self, here: Stop) {
        self.changed = None;
        self.future.clear();
        self.past.extend(self.now.replace(here));
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// The filter before this one.
    pub fn back(&mut self, filter: &Filter, picked: &[Thing]) -> Option<Stop> {
        if self.now.as_ref().is_some_and(|now| !same(&now.0, filter)) {
            self.settle(stop(filter, picked));
        }
        let before = self.past.pop()?;
        self.future.extend(self.now.replace(before.clone()));
        Some(before)
    }

    /// The filter that was left by going back.
    pub fn forward(&mut self) -> Option<Stop> {
        let after = self.future.pop()?;
        self.past.extend(self.now.replace(after.clone()));
        Some(after)
    }

    #[must_use]
    pub fn way(&self, filter: &Filter) -> Way {
        let differs = self.now.as_ref().is_some_and(|now| !same(&now.0, filter));
        Way { back: differs || !self.past.is_empty(), forward: !self.future.is_empty() && !differs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Filter {
        Filter { words: words.into(), ..Filter::default() }
    }

    #[test]
    fn back_and_forward_pass_only_filters_that_rested() {
        let mut history = History::default();
        history.watch(&words(""), &[], 0.0);
        for (at, typed) in [(1.0, "t"), (1.1, "ta"), (1.2, "talks"), (2.0, "talks"), (5.0, "talks")] {
            history.watch(&words(typed), &[], at);
        }
        history.watch(&words("aid"), &[], 6.0);
        let back = history.back(&words("aid"), &[]).map(|stop| stop.0.words);
        assert_eq!(back.as_deref(), Some("talks"));
        let back = history.back(&words("talks"), &[]).map(|stop| stop.0.words);
        assert_eq!(back.as_deref(), Some(""));
        assert!(history.back(&words(""), &[]).is_none());
        assert_eq!(history.forward().map(|stop| stop.0.words).as_deref(), Some("talks"));
        assert_eq!(history.forward().map(|stop| stop.0.words).as_deref(), Some("aid"));
        assert!(history.forward().is_none());
    }
}
