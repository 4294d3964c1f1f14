//! Busy stretches of days + width → the scale of the overview, in which long empty times take little room. Pure.

use std::ops::RangeInclusive;

use crate::query::Days;

/// Width of an empty time that is folded, in points.
pub const FOLD: f32 = 22.0;

/// A stretch laid on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    /// Days since 1970-01-01, with fraction.
    from: f64,
    to: f64,
    left: f32,
    right: f32,
}

/// Days ⇄ x. Invariant: pieces are in order, without days or points between them; there is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    pieces: Vec<Piece>,
    /// Points per day in stretches that are not folded.
    pub day_width: f32,
    /// Where the folds are.
    pub folds: Vec<RangeInclusive<f32>>,
}

impl Overview {
    /// All days between `left` and `left + width`, with every time between two stretches folded.
    #[must_use]
    pub fn folded(busy: &[Days], left: f32, width: f32) -> Self {
        let air = 0.5;
        let days: f64 = busy.iter().map(|days| f64::from(days.to - days.from) + 1.0 + 2.0 * air).sum();
        let gaps = busy.len().saturating_sub(1) as f32;
        let fold = FOLD.min(width * 0.3 / gaps.max(1.0));
        let day_width = ((width - gaps * fold) / days.max(1.0) as f32).max(1e-6);
        let mut made = Self { pieces: Vec::new(), day_width, folds: Vec::new() };
        let mut x = left;
        for days in busy {
            let (from, to) = (f64::from(days.from) - air, f64::from(days.to) + 1.0 + air);
            if let Some(last) = made.pieces.last().copied() {
                made.pieces.push(Piece { from: last.to, to: from, left: x, right: x + fold });
                made.folds.push(x..=x + fold);
                x += fold;
            }
            let right = x + (to - from) as f32 * day_width;
            made.pieces.push(Piece { from, to, left: x, right });
            x = right;
        }
        if made.pieces.is_empty() {
            made.pieces.push(Piece { from: 0.0, to: 1.0, left, right: left + width });
        }
        made
    }

    #[must_use]
    pub fn x_from_day(&self, day: f64) -> f32 {
        let at = self.pieces.partition_point(|piece| piece.to < day).min(self.pieces.len() - 1);
        let piece = &self.pieces[at];
        let part = ((day - piece.from) / (piece.to - piece.from)).clamp(0.0, 1.0);
        piece.left + (piece.right - piece.left) * part as f32
    }

    #[must_use]
    pub fn day_from_x(&self, x: f32) -> f64 {
        let at = self.pieces.partition_point(|piece| piece.right < x).min(self.pieces.len() - 1);
        let piece = &self.pieces[at];
        let part = f64::from((x - piece.left) / (piece.right - piece.left).max(1e-6)).clamp(0.0, 1.0);
        piece.from + (piece.to - piece.from) * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_year_takes_no_more_room_than_a_fold() {
        let busy = [Days { from: 0, to: 3 }, Days { from: 400, to: 402 }];
        let overview = Overview::folded(&busy, 100.0, 900.0);
        assert!((overview.x_from_day(-0.5) - 100.0).abs() < 0.01);
        assert!((overview.x_from_day(403.5) - 1000.0).abs() < 0.5);
        assert!(overview.x_from_day(399.5) - overview.x_from_day(4.5) <= FOLD + 0.01);
        for day in [0.2, 2.9, 150.0, 400.1, 402.7] {
            assert!((overview.day_from_x(overview.x_from_day(day)) - day).abs() < 0.01, "{day}");
        }
    }
}
