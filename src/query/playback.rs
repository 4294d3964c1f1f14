//! Seconds of playing + days to play through → the days that the one clock of all panels shows.

use serde::{Deserialize, Serialize};

use super::filter::Days;

/// What of the past stays in sight while time plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlayMode {
    /// Everything up to the clock.
    #[default]
    UpTo,
    /// A window that moves with the clock; events with a duration are in it as long as they last.
    Window,
}

/// What happens at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AtEnd {
    #[default]
    Stop,
    Loop,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Running {
    #[default]
    No,
    Yes,
}

/// The one clock. Where it stands is not kept with the workspace: a desk opens at rest, with everything in sight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Playback {
    pub mode: PlayMode,
    pub at_end: AtEnd,
    /// How many times faster than [`WHOLE`].
    pub pace: f32,
    /// Days since 1970-01-01, with fraction; `None` while there is no clock and everything is shown.
    #[serde(skip)]
    pub at: Option<f64>,
    #[serde(skip)]
    pub running: Running,
}

impl Default for Playback {
    fn default() -> Self {
        Self { mode: PlayMode::UpTo, at_end: AtEnd::Stop, pace: 1.0, at: None, running: Running::No }
    }
}

/// Seconds in which all days pass at pace 1: long enough to follow a story of some forty events, by eye.
pub const WHOLE: f64 = 16.0;
/// The paces offered.
pub const PACES: [f32; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// A moving window holds this part of the days, and at least one.
const WINDOW: i32 = 8;

impl Playback {
    /// Starts, goes on, or pauses. At the end it begins anew.
    pub fn toggle(&mut self, stage: Days) {
        if self.running == Running::Yes {
            self.running = Running::No;
            return;
        }
        self.running = Running::Yes;
        if self.at.is_none_or(|at| at < f64::from(stage.from) || at >= end(stage) - 1e-6) {
            self.at = Some(f64::from(stage.from));
        }
    }

    /// Takes the clock away: everything is shown.
    pub const fn stop(&mut self) {
        self.at = None;
        self.running = Running::No;
    }

    /// Sets the clock, within the stage.
    pub fn seek(&mut self, at: f64, stage: Days) {
        self.at = Some(at.clamp(f64::from(stage.from), end(stage)));
    }

    /// Lets so many seconds pass.
    pub fn advance(&mut self, seconds: f64, stage: Days) {
        let (Running::Yes, Some(at)) = (self.running, self.at) else { return };
        let length = end(stage) - f64::from(stage.from);
        let next = at.max(f64::from(stage.from)) + seconds * length / WHOLE * f64::from(self.pace);
        match self.at_end {
            _ if next < end(stage) => self.at = Some(next),
            AtEnd::Loop => self.at = Some(f64::from(stage.from)),
            AtEnd::Stop => {
                self.at = Some(end(stage));
                self.running = Running::No;
            }
        }
    }

    /// The days in sight; `None` where there is no clock. The day in which the clock stands has begun, so it is shown.
    #[must_use]
    pub fn days(&self, stage: Days) -> Option<Days> {
        let now = (self.at?.floor() as i32).clamp(stage.from, stage.to);
        Some(match self.mode {
            PlayMode::UpTo => Days { from: i32::MIN, to: now },
            PlayMode::Window => Days { from: now - ((stage.to - stage.from + 1) / WINDOW).max(1) + 1, to: now },
        })
    }
}

/// The instant at which the last day is over.
fn end(stage: Days) -> f64 {
    f64::from(stage.to) + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: Days = Days { from: 100, to: 115 };

    #[test]
    fn it_plays_from_the_first_day_to_the_last_and_stops() {
        let mut play = Playback::default();
        assert_eq!(play.days(STAGE), None);
        play.toggle(STAGE);
        assert_eq!(play.days(STAGE), Some(Days { from: i32::MIN, to: 100 }));
        play.advance(WHOLE / 2.0, STAGE);
        assert_eq!(play.days(STAGE).map(|days| days.to), Some(108));
        play.advance(WHOLE, STAGE);
        assert_eq!((play.days(STAGE).map(|days| days.to), play.running), (Some(115), Running::No));
        play.toggle(STAGE);
        assert_eq!(play.days(STAGE).map(|days| days.to), Some(100));
    }

    #[test]
    fn a_window_moves_and_a_loop_begins_anew() {
        let mut play = Playback { mode: PlayMode::Window, at_end: AtEnd::Loop, ..Playback::default() };
        play.seek(110.5, STAGE);
        assert_eq!(play.days(STAGE), Some(Days { from: 109, to: 110 }));
        play.running = Running::Yes;
        play.advance(WHOLE, STAGE);
        assert_eq!((play.at, play.running), (Some(100.0), Running::Yes));
    }
}
