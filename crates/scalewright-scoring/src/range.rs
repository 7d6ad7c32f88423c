//! Every score that can come about: the lowest, the highest, and all of them where they are few.
//!
//! A score is looked at as a graph of what it is made of. Where parts of it have nothing to do with each other, what
//! each can be is combined; where they share answers, or one decides whether another is asked, their answers are gone
//! through together, keeping only what matters to the rest. So the scores are exactly those that come about,
//! missing answers included. Where that would be too much work there are bounds, which can only be too wide, and the
//! answer says so.

mod around;
mod exact;
mod graph;
mod outcome;
mod outward;
mod states;
mod sums;
mod witness;
mod work;

use scalewright_model::{Aggregate, AggregateKind, Expr, Fill, Operation, Test};

use crate::Program;
use exact::Exact;
use graph::Graph;
use work::Work;

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
pub struct Truth {
    /// Whether it can be true.
    pub can_hold: bool,
    /// Whether it can be false.
    pub can_fail: bool,
}

/// More scores than this are not listed.
const MOST_VALUES: usize = 100_000;
/// Numbers are compared in units of this.
const GRAIN: f64 = 1e-9;
/// Numbers farther from 0 than this are not told apart.
const FARTHEST: f64 = 1e9;
/// Pairs of values that are combined one by one.
const MOST_PAIRS: usize = 1_000_000;

/// The range of each score, parallel to `program.scores`.
#[must_use]
pub fn range(program: &Program) -> Vec<Range> {
    let mut ranges = Ranges::default();
    ranges.extend(program);
    witness::confirm(program, &mut ranges.ranges, &ranges.work);
    ranges.ranges
}

/// The ranges of the first scores of a program, each worked out once while the program grows.
#[derive(Default)]
pub(crate) struct Ranges {
    ranges: Vec<Range>,
    work: Work,
}

impl Ranges {
    fn extend(&mut self, program: &Program) {
        for score in &program.scores[self.ranges.len()..] {
            let [any, complete] = reach(program, &self.ranges, score.formula.root(), &self.work);
            self.ranges.push(Range { any, complete });
        }
    }

    /// What `expr` can be with everything answered, given the scores compiled so far.
    pub(crate) fn complete(&mut self, program: &Program, expr: &Expr) -> Reach {
        self.extend(program);
        let [_, complete] = reach(program, &self.ranges, Operation::Number(expr), &self.work);
        complete
    }
}

/// What parts of formulas and conditions can be, given the ranges of the scores, with every pattern of missing
/// answers.
pub struct Possible<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    work: Work,
}

impl<'a> Possible<'a> {
    /// Over a program and the ranges of its scores.
    #[must_use]
    pub fn new(program: &'a Program, ranges: &'a [Range]) -> Self {
        Self { program, ranges, work: Work::default() }
    }

    /// What numbers `expr` can be.
    #[must_use]
    pub fn reach(&self, expr: &Expr) -> Reach {
        let [any, _] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        any
    }

    /// What numbers `expr` can be with everything answered.
    #[must_use]
    pub fn reach_complete(&self, expr: &Expr) -> Reach {
        let [_, complete] = reach(self.program, self.ranges, Operation::Number(expr), &self.work);
        complete
    }

    /// Whether `test` can be true, and whether it can be false. A `false` is for sure; a `true` may be too much.
    #[must_use]
    pub fn truth(&self, test: &Test) -> Truth {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        test.operands(&mut scales, &mut items);
        // Nothing is known of a score that is not computed.
        if scales.into_iter().any(|scale| self.program.position(scale).is_none()) {
            return Truth { can_hold: true, can_fail: true };
        }
        let [any, _] = reach(self.program, self.ranges, Operation::Truth(test), &self.work);
        let is = |wanted: f64| match &any.values {
            Some(values) => values.iter().any(|value| (value - wanted).abs() < 0.5),
            None => true,
        };
        Truth { can_hold: is(1.0), can_fail: is(0.0) }
    }
}

/// What `root` can be with every pattern of missing answers, and with everything answered.
fn reach<'a>(
    program: &'a Program,
    known: &[Range],
    root: Operation<'a>,
    work: &Work,
) -> [Reach; 2] {
    let graph = Graph::of(program, root, work);
    [false, true].map(|complete| match &graph {
        Some(graph) => {
            let exact = Exact { graph, known, complete, work };
            let sets = exact.sets();
            around::root(&exact, sets)
        }
        None => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    })
}

/// Exactly what something can come to.
#[derive(Debug, Clone, Default)]
struct Set {
    /// The numbers, ascending. Conditions are 1 and 0.
    values: Vec<f64>,
    /// Whether it can be missing.
    missing: bool,
}

impl Set {
    fn new(values: Vec<f64>, missing: bool) -> Self {
        Self { values, missing }
    }

    /// Whether a condition can be true (1), or false (0).
    fn holds(&self, wanted: f64) -> bool {
        self.values.iter().any(|value| (value - wanted).abs() < 0.5)
    }

    /// Every number, and NaN for missing.
    fn outcomes(&self) -> Vec<f64> {
        self.values.iter().copied().chain(self.missing.then_some(f64::NAN)).collect()
    }

    fn of(outcomes: impl Iterator<Item = f64>) -> Self {
        let outcomes: Vec<f64> = outcomes.collect();
        let missing = outcomes.iter().any(|value| value.is_nan());
        Self { values: distinct(outcomes.into_iter().filter(|value| !value.is_nan())), missing }
    }

    fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self::of(self.outcomes().into_iter().map(f))
    }

    fn union<'s>(parts: impl Iterator<Item = &'s Self>) -> Self {
        Self::of(parts.flat_map(Self::outcomes))
    }
}

impl Reach {
    /// Just these, ascending.
    fn only(values: &[f64]) -> Self {
        let low = values.first().copied().unwrap_or(0.0);
        let high = values.last().copied().unwrap_or(0.0);
        Self { low, high, values: Some(values.to_vec()), exact: true, may_miss: false }
    }

    fn of(set: Set) -> Self {
        Self { may_miss: set.missing, ..Self::only(&set.values) }
    }

    /// The numbers, where exactly these are known to come about.
    fn set(&self) -> Option<Set> {
        let values = self.values.as_ref().filter(|_| self.exact)?;
        Some(Set::new(values.clone(), self.may_miss))
    }

    /// Somewhere between.
    fn between(low: f64, high: f64) -> Self {
        Self { low, high, values: None, exact: false, may_miss: false }
    }

    /// Whether no number is in it at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.as_ref().is_some_and(Vec::is_empty)
    }
}

/// The number made of `have` terms that add up to `sum`, when the rule is met.
fn combine(aggregate: &Aggregate, sum: f64, have: f64) -> f64 {
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
fn size(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what can be told apart")]
fn grains(value: f64) -> i64 {
    (value.clamp(-FARTHEST, FARTHEST) / GRAIN).round() as i64
}

/// The same for numbers that are the same but for rounding, and for nothing else.
#[expect(clippy::cast_possible_wrap, reason = "without its sign, a number's first bit is 0")]
fn key_of(value: f64) -> i64 {
    let bits = value.abs().to_bits() as i64;
    match value {
        near if near.abs() <= FARTHEST => grains(near),
        far if far > 0.0 => bits,
        far if far < 0.0 => -bits,
        _ => i64::MIN,
    }
}

/// The values, ascending, each once: those closer than a grain are one.
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < GRAIN);
    values
}
