//! What a list of session numbers tells: missed sessions, and which score is the early one.

use crate::numbers::mean;

/// The measured and the missed sessions of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// The number of measured sessions.
    pub measured: usize,
    /// The first of them.
    pub first: i64,
    /// The last of them.
    pub last: i64,
    /// The missed sessions between them.
    pub between: i64,
    /// The most missed in a row.
    pub longest: i64,
}

/// What is missed between the first and the last of `sessions`, which ascend. `None` without any.
#[must_use]
pub fn missed(sessions: &[i64]) -> Option<Missed> {
    let gaps = || sessions.windows(2).map(|pair| pair[1] - pair[0] - 1);
    Some(Missed {
        measured: sessions.len(),
        first: *sessions.first()?,
        last: *sessions.last()?,
        between: gaps().sum(),
        longest: gaps().max().unwrap_or_default(),
    })
}

/// Which session counts as early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlyRule {
    /// The session wanted.
    pub target: i64,
    /// The first that may replace it.
    pub from: i64,
    /// The last that may replace it.
    pub to: i64,
}

/// The third session, or the nearest to it among 2 to 5.
pub const EARLY: EarlyRule = EarlyRule { target: 3, from: 2, to: 5 };

/// The position of the early session: the nearest to the target, and of two the earlier. `None` if all are missed.
#[must_use]
pub fn early(sessions: &[i64], rule: EarlyRule) -> Option<usize> {
    let meant = (0..sessions.len()).filter(|at| (rule.from..=rule.to).contains(&sessions[*at]));
    meant.min_by_key(|at| ((sessions[*at] - rule.target).abs(), sessions[*at]))
}

/// The mean score of sessions 1 to 5.
#[must_use]
pub fn early_mean(sessions: &[i64], scores: &[f64]) -> Option<f64> {
    let meant = sessions.iter().zip(scores).filter(|(session, _)| (1..=5).contains(*session));
    let scores: Vec<f64> = meant.map(|(_, score)| *score).collect();
    mean(&scores)
}
