//! Sets of numbers that a score can be, and how close numbers are told apart.

use scalewright_model::{Aggregate, AggregateKind, Fill};

/// What one score can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// With every pattern of missing answers that still gives a score.
    pub any: Reach,
    /// With everything answered.
    pub complete: Reach,
}

/// A set of attainable numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// All of them, ascending, where they are few enough to list. Where the reach is not exact, some of them may not
    /// come about.
    pub values: Option<Vec<f64>>,
    /// Whether lowest and highest come about, and all values that are listed. Otherwise scores lie between them, and
    /// may not reach them.
    pub exact: bool,
    /// Whether it can be missing; for sure where the reach is exact and its values are listed.
    pub may_miss: bool,
}

/// Which of true and false a condition can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PossibleTruth {
    /// Whether it can be true.
    pub can_hold: bool,
    /// Whether it can be false.
    pub can_fail: bool,
}

/// More scores than this are not listed.
pub(super) const MOST_VALUES: usize = 100_000;

/// Numbers are compared in units of this.
pub(super) const GRAIN: f64 = 1e-9;

/// Numbers farther from 0 than this are not told apart.
pub(super) const FARTHEST: f64 = 1e9;

/// Pairs of values that are combined one by one.
pub(super) const MOST_PAIRS: usize = 1_000_000;

/// Exactly what something can come to.
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

    /// Every number, and NaN for missing.
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
    /// Just these, ascending.
    pub(super) fn only(values: &[f64]) -> Self {
        let low = values.first().copied().unwrap_or(0.0);
        let high = values.last().copied().unwrap_or(0.0);
        Self { low, high, values: Some(values.to_vec()), exact: true, may_miss: false }
    }

    pub(super) fn of(set: Set) -> Self {
        Self { may_miss: set.missing, ..Self::only(&set.values) }
    }

    /// The numbers, where exactly these are known to come about.
    pub(super) fn set(&self) -> Option<Set> {
        let values = self.values.as_ref().filter(|_| self.exact)?;
        Some(Set::new(values.clone(), self.may_miss))
    }

    /// Somewhere between.
    pub(super) fn between(low: f64, high: f64) -> Self {
        Self { low, high, values: None, exact: false, may_miss: false }
    }

    /// Whether no number is in it at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.as_ref().is_some_and(Vec::is_empty)
    }
}

/// The number made of `have` terms that add up to `sum`, when the rule is met.
pub(super) fn combine(aggregate: &Aggregate, sum: f64, have: f64) -> f64 {
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

#[expect(clippy::cast_possible_truncation, reason = "clamped to what can be told apart")]
pub(super) fn grains(value: f64) -> i64 {
    (value.clamp(-FARTHEST, FARTHEST) / GRAIN).round() as i64
}

/// The same for numbers that are the same but for rounding, and for nothing else.
#[expect(clippy::cast_possible_wrap, reason = "without its sign, a number's first bit is 0")]
pub(super) fn key_of(value: f64) -> i64 {
    let bits = value.abs().to_bits() as i64;
    match value {
        near if near.abs() <= FARTHEST => grains(near),
        far if far > 0.0 => bits,
        far if far < 0.0 => -bits,
        _ => i64::MIN,
    }
}

/// The values, ascending, each once: those closer than a grain are one.
pub(super) fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < GRAIN);
    values
}
