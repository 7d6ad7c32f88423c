//! Sudden gains and losses between two sessions, after the three criteria of Tang and DeRubeis (1999).
//!
//! The third criterion compares the means of the three sessions before and after. It is read in two ways: the critical
//! t times the pooled standard deviation, as the R package suddengains has it, or a t test. The critical value follows
//! the degrees of freedom (Lutz and others 2013), or is always 2.776.

use scalewright_model::choices;

use crate::distribution::two_sided_t;
use crate::numbers::{at_least, mean, more_than, squares};

choices! {
    /// The direction of a sudden change.
    Direction {
        Falls = "falls": "The score falls",
        Rises = "rises": "The score rises",
    }
}

choices! {
    /// The third criterion.
    Third {
        PooledSd = "pooled-sd": "The difference of the means exceeds t times the pooled standard deviation",
        TTest = "t-test": "A t test: the same, by the square root of 1/n1 + 1/n2",
    }
}

/// When a change between two sessions counts as sudden.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SuddenRule {
    /// The direction.
    pub direction: Direction,
    /// The smallest change.
    pub need: f64,
    /// The smallest share of the score before the change, measured from `minimum`. 0 leaves the criterion out.
    pub share: f64,
    /// The smallest score of the scale.
    pub minimum: f64,
    /// The third criterion.
    pub third: Third,
    /// The critical values for 2, 3 and 4 degrees of freedom.
    pub critical: [f64; 3],
}

/// The critical values of t for 2, 3 and 4 degrees of freedom; always that of 4 without `adjust`.
#[must_use]
pub fn critical(alpha: f64, adjust: bool) -> [f64; 3] {
    match adjust {
        true => [2.0, 3.0, 4.0].map(|freedom| two_sided_t(alpha, freedom)),
        false => [2.776; 3],
    }
}

/// The judgement of an interval. `None` is not judged, because a score is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The session number before the change.
    pub from: i64,
    /// Whether the change is large enough.
    pub large: Option<bool>,
    /// Whether it is a large enough share.
    pub share: Option<bool>,
    /// Whether it is large beside the fluctuation around it.
    pub stable: Option<bool>,
    /// Whether all three are met.
    pub sudden: Option<bool>,
    /// Whether a later session loses half of it. `None` unless sudden.
    pub reversed: Option<bool>,
}

/// Judges each interval of a series with a place for each session, the first of which has the number `first`.
#[must_use]
pub fn sudden(grid: &[Option<f64>], first: i64, rule: &SuddenRule) -> Vec<Interval> {
    (2..grid.len().saturating_sub(1)).map(|at| interval(grid, (at, first), rule)).collect()
}

/// Judges the change from the position `at - 1` to `at`.
fn interval(grid: &[Option<f64>], (at, first): (usize, i64), rule: &SuddenRule) -> Interval {
    let sign = if rule.direction == Direction::Falls { 1.0 } else { -1.0 };
    let pair = grid[at - 1].zip(grid[at]);
    let fall = pair.map(|(before, after)| sign * (before - after));
    let large = fall.map(|fall| at_least(fall, rule.need));
    let share = pair.zip(fall).map(|((before, _), fall)| {
        rule.share == 0.0 || at_least(fall, rule.share * (before - rule.minimum))
    });
    let stable = stable(grid, at, sign, rule);
    let sudden = (large.zip(share).zip(stable)).map(|((a, b), c)| a && b && c);
    let reversed = pair.filter(|_| sudden == Some(true)).map(|(before, after)| {
        let half = (before + after) / 2.0;
        grid[at + 1..].iter().flatten().any(|later| more_than(sign * later, sign * half))
    });
    Interval { from: first + at as i64 - 1, large, share, stable, sudden, reversed }
}

fn stable(grid: &[Option<f64>], at: usize, sign: f64, rule: &SuddenRule) -> Option<bool> {
    let scores = |part: &[Option<f64>]| part.iter().flatten().copied().collect::<Vec<f64>>();
    let before = scores(&grid[at.saturating_sub(3)..at]);
    let after = scores(&grid[at..(at + 3).min(grid.len())]);
    if before.len() < 2 || after.len() < 2 {
        return None;
    }
    let freedom = before.len() + after.len() - 2;
    let pooled = ((squares(&before) + squares(&after)) / freedom as f64).sqrt();
    let mut limit = rule.critical[freedom - 2] * pooled;
    if rule.third == Third::TTest {
        limit *= (1.0 / before.len() as f64 + 1.0 / after.len() as f64).sqrt();
    }
    Some(more_than(sign * (mean(&before)? - mean(&after)?), limit))
}
