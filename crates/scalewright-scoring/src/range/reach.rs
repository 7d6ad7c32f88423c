//! Sets of possible scores, and the precision with which numbers are distinguished.

use scalewright_model::{Aggregate, AggregateKind, Fill};

/// The possible values of one score.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// With all patterns of missing answers that still give a score.
    pub any: Reach,
    /// With all items answered.
    pub complete: Reach,
}

/// A set of reachable numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The lowest number; 0 if the set is empty.
    pub low: f64,
    /// The highest number; 0 if the set is empty.
    pub high: f64,
    /// All numbers, ascending, if they are few enough to list. If the reach is not exact, some of them may be
    /// unreachable.
    pub values: Option<Vec<f64>>,
    /// Whether the lowest, the highest and all listed numbers are reachable. Otherwise `low` and `high` are bounds,
    /// which scores may not reach.
    pub exact: bool,
    /// Whether the score can be missing. `true` is certain only if the reach is exact and its values are listed.
    pub may_miss: bool,
}

/// Which truth values a condition can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PossibleTruth {
    /// Whether it can be true.
    pub can_be_true: bool,
    /// Whether it can be false.
    pub can_be_false: bool,
}

/// At most this many scores are listed.
pub(super) const MOST_VALUES: usize = 100_000;

/// The unit in which numbers are compared: closer numbers are the same.
pub(super) const GRAIN: f64 = 1e-9;

/// Numbers farther from 0 than this do not fit in [`grains`].
pub(super) const FARTHEST: f64 = 1e9;

/// At most this many pairs of values are combined one by one.
pub(super) const MOST_PAIRS: usize = 1_000_000;

/// The exact set of possible values of a number or condition.
#[derive(Debug, Clone, Default)]
pub(super) struct Set {
    /// The numbers, ascending. Conditions are 1 and 0.
    pub(super) values: Vec<f64>,
    /// Whether it can be missing.
    pub(super) missing: bool,
}

impl Set {
    pub(super) fn new(values: Vec<f64>, missing: bool) -> Self {
        Self { values, missing }
    }

    /// Whether a condition can be true (1), or false (0).
    pub(super) fn holds(&self, wanted: f64) -> bool {
        self.values.iter().any(|value| (value - wanted).abs() < 0.5)
    }

    /// All numbers, and NaN for missing.
    pub(super) fn outcomes(&self) -> Vec<f64> {
        self.values.iter().copied().chain(self.missing.then_some(f64::NAN)).collect()
    }

    pub(super) fn of(outcomes: impl Iterator<Item = f64>) -> Self {
        let outcomes: Vec<f64> = outcomes.collect();
        let missing = outcomes.iter().any(|value| value.is_nan());
        Self { values: distinct(outcomes.into_iter().filter(|value| !value.is_nan())), missing }
    }

    pub(super) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self::of(self.outcomes().into_iter().map(f))
    }

    pub(super) fn union<'s>(parts: impl Iterator<Item = &'s Self>) -> Self {
        Self::of(parts.flat_map(Self::outcomes))
    }
}

impl Reach {
    /// Exactly these numbers, which are ascending.
    pub(super) fn only(values: &[f64]) -> Self {
        let low = values.first().copied().unwrap_or(0.0);
        let high = values.last().copied().unwrap_or(0.0);
        Self { low, high, values: Some(values.to_vec()), exact: true, may_miss: false }
    }

    pub(super) fn of(set: Set) -> Self {
        Self { may_miss: set.missing, ..Self::only(&set.values) }
    }

    /// The set of numbers, if the reach lists exactly the reachable ones.
    pub(super) fn set(&self) -> Option<Set> {
        let values = self.values.as_ref().filter(|_| self.exact)?;
        Some(Set::new(values.clone(), self.may_miss))
    }

    /// Bounds only.
    pub(super) fn between(low: f64, high: f64) -> Self {
        Self { low, high, values: None, exact: false, may_miss: false }
    }

    /// Whether the set is known to contain no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.as_ref().is_some_and(Vec::is_empty)
    }
}

/// The result of an aggregate, given the sum of the `have` terms that are present; the rule for missing terms is met.
pub(super) fn combine(aggregate: &Aggregate, sum: f64, have: f64) -> f64 {
    // The same formulas as in `evaluate::settle`, in the same order of operations.
    let all = size(aggregate.terms.len());
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => sum / have,
        (AggregateKind::Mean, Fill::Constant(value)) => (sum + (all - have) * value) / all,
        (AggregateKind::Mean, Fill::Each(_)) => sum / all,
        (_, Fill::PersonMean) => sum * all / have,
        (_, Fill::Constant(value)) => sum + (all - have) * value,
        (_, Fill::Nothing | Fill::Each(_)) => sum,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of terms")]
pub(super) fn size(count: usize) -> f64 {
    count as f64
}

/// `value` in grains, limited to ±[`FARTHEST`].
#[expect(clippy::cast_possible_truncation, reason = "clamped to ±1e18 grains, which fit")]
pub(super) fn grains(value: f64) -> i64 {
    (value.clamp(-FARTHEST, FARTHEST) / GRAIN).round() as i64
}

/// A key that is equal for numbers that differ only by rounding errors, and different for all others. NaN has its own.
#[expect(clippy::cast_possible_wrap, reason = "without its sign, a number's first bit is 0")]
pub(super) fn key_of(value: f64) -> i64 {
    let bits = value.abs().to_bits() as i64;
    match value {
        near if near.abs() <= FARTHEST => grains(near),
        // No collision with grains: those are within ±10^18, and these bits are above 4.7 · 10^18.
        far if far > 0.0 => bits,
        far if far < 0.0 => -bits,
        _ => i64::MIN,
    }
}

/// The values in ascending order without duplicates. Values closer than a grain are duplicates.
pub(super) fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    // Each value is compared with the one that was kept. Comparing neighbours would merge a chain of close values.
    values.dedup_by(|next, kept| *next - *kept < GRAIN);
    values
}
