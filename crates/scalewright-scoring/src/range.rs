//! Every score that can come about: the lowest, the highest, and all of them where they are few.
//!
//! For a list of terms the attainable pairs (how many present, what they add up to) are a finite
//! lattice. It is walked once, missing answers included, and each pair turned into its score.

mod sums;

use std::cell::Cell;
use std::collections::BTreeSet;

use scalewright_model::ItemIx;

use crate::{Accepted, Aggregate, Expr, Program, rounded};

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
    /// All of them, ascending, where they are few enough to list.
    pub values: Option<Vec<f64>>,
}

/// More scores than this are not listed.
const MOST_VALUES: usize = 20_000;
/// Steps that are spent on listing values, for a program as a whole. Real instruments take a thousandth.
const MOST_WORK: usize = 20_000_000;
/// Numbers are compared in units of this.
const GRAIN: f64 = 1e-9;

/// The range of each score, parallel to `program.scores`.
#[must_use]
pub fn range(program: &Program) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::with_capacity(program.scores.len());
    let budget = Cell::new(MOST_WORK);
    for score in &program.scores {
        let walk = |complete| {
            Walk { program, ranges: &ranges, complete, budget: &budget }.reach(&score.expr)
        };
        let (any, complete) = (walk(false), walk(true));
        ranges.push(Range { any, complete });
    }
    ranges
}

struct Walk<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    complete: bool,
    /// Steps that may still be spent on listing values, for the program as a whole.
    budget: &'a Cell<usize>,
}

impl Walk<'_> {
    fn reach(&self, expr: &Expr) -> Reach {
        match expr {
            Expr::Answer { item: _, accepted } => answers(accepted),
            Expr::Score(position) if self.complete => self.ranges[*position].complete.clone(),
            Expr::Score(position) => self.ranges[*position].any.clone(),
            Expr::Reverse { of, low, high } => self.reach(of).map(|x| low + high - x),
            Expr::Round { of, decimals } => self.reach(of).map(|x| rounded(x, *decimals)),
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Reach {
        let terms: Vec<Reach> = aggregate.terms.iter().map(|term| self.reach(term)).collect();
        let all = terms.len();
        let need = if self.complete { all } else { aggregate.need.min(all) };
        let may_miss: Vec<bool> =
            (0..all).map(|i| need < all && !aggregate.mandatory.contains(&i)).collect();
        let (low, high) = extremes(aggregate, &terms, &may_miss, need);
        let values = if self.independent(aggregate) {
            sums::attainable(&terms, &may_miss, need, self.budget)
                .map(|sums| scores(aggregate, &sums))
        } else {
            None
        };
        Reach { low, high, values: values.filter(|values| values.len() <= MOST_VALUES) }
    }

    /// Whether no item stands behind two terms: only then is every combination of terms attainable.
    fn independent(&self, aggregate: &Aggregate) -> bool {
        let mut seen: BTreeSet<ItemIx> = BTreeSet::new();
        aggregate
            .terms
            .iter()
            .all(|term| self.items(term).into_iter().all(|item| seen.insert(item)))
    }

    fn items(&self, expr: &Expr) -> Vec<ItemIx> {
        match expr {
            Expr::Answer { item, accepted: _ } => vec![*item],
            Expr::Score(position) => {
                self.program.scores[*position].items.iter().map(|(item, _)| *item).collect()
            }
            Expr::Reverse { of, .. } | Expr::Round { of, .. } => self.items(of),
            Expr::Aggregate(aggregate) => {
                aggregate.terms.iter().flat_map(|term| self.items(term)).collect()
            }
        }
    }
}

impl Reach {
    /// Applies a monotone function.
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let (a, b) = (f(self.low), f(self.high));
        let values = self.values.map(|values| distinct(values.into_iter().map(f)));
        Self { low: a.min(b), high: a.max(b), values }
    }
}

#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
fn answers(accepted: &Accepted) -> Reach {
    match accepted {
        Accepted::Values(values) => {
            let values: Vec<f64> = values.iter().map(|&value| value as f64).collect();
            let low = values.first().copied().unwrap_or(0.0);
            Reach { low, high: values.last().copied().unwrap_or(low), values: Some(values) }
        }
        Accepted::Between { min, max, decimals } => {
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let (from, to) = ((min * scale).ceil(), (max * scale).floor());
            let few = to - from <= 1000.0;
            let steps = few.then(|| {
                let mut at = from;
                let mut values = Vec::new();
                while at <= to {
                    values.push(at / scale);
                    at += 1.0;
                }
                values
            });
            Reach { low: *min, high: *max, values: steps }
        }
    }
}

/// The lowest and highest score, by the lowest and highest sum of each number of present terms: the
/// mandatory ones and as many of the lowest, or highest, of the others.
fn extremes(aggregate: &Aggregate, terms: &[Reach], may_miss: &[bool], need: usize) -> (f64, f64) {
    let (mut low, mut high) = (0.0, 0.0);
    let (mut lows, mut highs) = (Vec::new(), Vec::new());
    for (term, &may_miss) in terms.iter().zip(may_miss) {
        if may_miss {
            lows.push(term.low);
            highs.push(term.high);
        } else {
            low += term.low;
            high += term.high;
        }
    }
    lows.sort_by(f64::total_cmp);
    highs.sort_by(|a, b| b.total_cmp(a));
    let fixed = terms.len() - lows.len();
    let mut ends: Option<(f64, f64)> = None;
    for more in 0..=lows.len() {
        if more > 0 {
            low += lows[more - 1];
            high += highs[more - 1];
        }
        let present = fixed + more;
        if present >= need.max(1) {
            let (a, b) = (aggregate.combine(low, present), aggregate.combine(high, present));
            ends = Some(ends.map_or((a, b), |(c, d)| (a.min(c), b.max(d))));
        }
    }
    ends.unwrap_or((0.0, 0.0))
}

/// The score of every attainable pair of a number of present terms and their sum.
fn scores(aggregate: &Aggregate, sums: &[(usize, Vec<f64>)]) -> Vec<f64> {
    distinct(
        sums.iter()
            .flat_map(|(count, sums)| sums.iter().map(move |&sum| aggregate.combine(sum, *count))),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "values are within ±1e9 by the schema")]
fn grains(value: f64) -> i64 {
    (value / GRAIN).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "grains of values within ±1e6")]
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let grains: BTreeSet<i64> = values.map(grains).collect();
    grains.into_iter().map(|grain| grain as f64 * GRAIN).collect()
}
