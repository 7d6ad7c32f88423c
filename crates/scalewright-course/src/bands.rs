//! Intervals around a score.
//!
//! Observed score ± z · SEM; true score and next score after Lord and Novick (1968), around the estimate that
//! regresses to the mean; and the corridor within which one later score shows no reliable change.

use crate::change::Group;
use crate::numbers::QUANTILE;

/// The intervals around a score, at 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Around the observed score.
    pub observed: (f64, f64),
    /// The scores that show no reliable change from this one.
    pub corridor: (f64, f64),
    /// Around the true score. `None` without a mean.
    pub truth: Option<Truth>,
}

/// The estimated true score and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Truth {
    /// The estimate.
    pub score: f64,
    /// Its standard error.
    pub error: f64,
    /// The interval around it.
    pub interval: (f64, f64),
    /// The interval of the next score.
    pub next: (f64, f64),
}

/// The scores that show no reliable change from `before`, the mean of the first `count` scores. For one score, the
/// standard error of the difference is √2 SEM; for more, SEM √(1 + 1/count).
#[must_use]
pub fn corridor_of(before: f64, count: usize, group: &Group) -> (f64, f64) {
    let error = QUANTILE * group.sem() * (1.0 + 1.0 / count.max(1) as f64).sqrt();
    (before - error, before + error)
}

/// The intervals around `score`.
#[must_use]
pub fn bands(score: f64, group: &Group) -> Bands {
    let around = |middle: f64, error: f64| (middle - QUANTILE * error, middle + QUANTILE * error);
    let r = group.reliability;
    let truth = group.mean.map(|mean| {
        let (score, error) = (mean + r * (score - mean), group.sd * (r * (1.0 - r)).sqrt());
        let next = around(score, group.error_of_prediction());
        Truth { score, error, interval: around(score, error), next }
    });
    Bands {
        observed: around(score, group.sem()),
        corridor: around(score, group.error_of_difference()),
        truth,
    }
}
