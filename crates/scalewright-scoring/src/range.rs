//! Every score that can come about: the lowest, the highest, and all of them where they are few.
//!
//! For a list of terms the attainable pairs (how many present, what they add up to) are a finite
//! lattice. It is walked once, missing answers included, and each pair turned into its score. Where a formula
//! is no such list, what its parts can be is combined; that can only be too much, never too little, and
//! the answer says whether it is exact.

mod outward;
mod sums;
mod truth;

use std::cell::Cell;
use std::collections::BTreeSet;

use scalewright_model::{
    Aggregate, AggregateKind, Expr, Fill, Formula, Function, ItemIx, Operator, Test,
};

use crate::{Accepted, Answer, Program, evaluate, rounded};

pub use truth::Truth;

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
    /// All of them, ascending, where they are few enough to list and known exactly.
    pub values: Option<Vec<f64>>,
    /// Whether lowest and highest come about. Otherwise scores lie between them, and may not reach them.
    pub exact: bool,
    /// Whether it can be missing.
    pub may_miss: bool,
}

/// More scores than this are not listed.
const MOST_VALUES: usize = 20_000;
/// Steps that are spent on listing values, for a program as a whole. Real instruments take a thousandth.
const MOST_WORK: usize = 20_000_000;
/// Numbers are compared in units of this.
const GRAIN: f64 = 1e-9;
/// Numbers farther from 0 than this are not told apart.
const FARTHEST: f64 = 1e9;
/// Pairs of values that are combined one by one.
const MOST_PAIRS: usize = 250_000;

/// The range of each score, parallel to `program.scores`.
#[must_use]
pub fn range(program: &Program) -> Vec<Range> {
    let mut ranges = Ranges::default();
    ranges.extend(program);
    ranges.ranges
}

/// The ranges of the first scores of a program, each worked out once while the program grows.
pub(crate) struct Ranges {
    ranges: Vec<Range>,
    budget: Cell<usize>,
}

impl Default for Ranges {
    fn default() -> Self {
        Self { ranges: Vec::new(), budget: Cell::new(MOST_WORK) }
    }
}

impl Ranges {
    fn extend(&mut self, program: &Program) {
        for score in &program.scores[self.ranges.len()..] {
            let walk = |complete| self.walk(program, complete).formula(&score.formula);
            let (any, complete) = (walk(false), walk(true));
            self.ranges.push(Range { any, complete });
        }
    }

    /// What `expr` can be with everything answered, given the scores compiled so far.
    pub(crate) fn complete(&mut self, program: &Program, expr: &Expr) -> Reach {
        self.extend(program);
        self.walk(program, true).reach(expr)
    }

    fn walk<'a>(&'a self, program: &'a Program, complete: bool) -> Walk<'a> {
        Walk { program, ranges: &self.ranges, complete, budget: &self.budget }
    }
}

/// What parts of formulas and conditions can be, given the ranges of the scores, with every pattern of missing
/// answers.
pub struct Possible<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    budget: Cell<usize>,
}

impl<'a> Possible<'a> {
    /// Over a program and the ranges of its scores.
    #[must_use]
    pub fn new(program: &'a Program, ranges: &'a [Range]) -> Self {
        Self { program, ranges, budget: Cell::new(MOST_WORK) }
    }

    /// What numbers `expr` can be.
    #[must_use]
    pub fn reach(&self, expr: &Expr) -> Reach {
        self.walk(false).reach(expr)
    }

    /// What numbers `expr` can be with everything answered.
    #[must_use]
    pub fn reach_complete(&self, expr: &Expr) -> Reach {
        self.walk(true).reach(expr)
    }

    /// Whether `test` can be true, and whether it can be false. A `false` is for sure; a `true` may be too much.
    #[must_use]
    pub fn truth(&self, test: &Test) -> Truth {
        truth::of(&self.walk(false), test)
    }

    fn walk(&self, complete: bool) -> Walk<'_> {
        Walk { program: self.program, ranges: self.ranges, complete, budget: &self.budget }
    }
}

struct Walk<'a> {
    program: &'a Program,
    ranges: &'a [Range],
    complete: bool,
    /// Steps that may still be spent on listing values, for the program as a whole.
    budget: &'a Cell<usize>,
}

impl Walk<'_> {
    fn formula(&self, formula: &Formula) -> Reach {
        match formula {
            Formula::Number(expr) => self.reach(expr),
            Formula::Truth(test) => Reach { may_miss: self.test_may_miss(test), ..truths() },
            Formula::Word { position: expr, words: _ } => self.reach(expr),
        }
    }

    fn reach(&self, expr: &Expr) -> Reach {
        match expr {
            Expr::Number(value) => Reach::only(&[*value]),
            Expr::Missing => Reach { may_miss: true, ..Reach::only(&[]) },
            Expr::Answer(item) => self.answer(*item),
            Expr::Score(scale) => match self.program.position(*scale) {
                Some(position) if self.complete => self.ranges[position].complete.clone(),
                Some(position) => self.ranges[position].any.clone(),
                None => Reach { may_miss: true, ..Reach::only(&[]) },
            },
            Expr::Reverse { of, low, high } => self.reach(of).map(|x| Some(low + high - x)),
            Expr::Round { of, decimals } => self.reach(of).map(|x| Some(rounded(x, *decimals))),
            Expr::Recode { of, table, other, missing } => {
                recoded(&self.reach(of), table, *other, *missing)
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => self.count(tests, *need),
            Expr::LongestRun(terms) => {
                Reach { may_miss: !self.complete, ..Reach::between(1.0, size(terms.len())) }
            }
            Expr::Arithmetic { operator, left, right } => self.arithmetic(*operator, left, right),
            Expr::Apply { function, of } => self.apply(*function, of),
            Expr::If { test, then, otherwise, unknown } => {
                let mut branches = vec![self.reach(then), self.reach(otherwise)];
                if self.test_may_miss(test) {
                    branches.push(self.reach(unknown));
                }
                union(&branches)
            }
            Expr::Lookup { of, table } => self.lookup(of, table),
            Expr::Eap { model, need, sd } => {
                let (low, high) = match (sd, model.points.first(), model.points.last()) {
                    (false, Some(first), Some(last)) => (first.0, last.0),
                    (true, Some(first), Some(last)) => (0.0, last.0 - first.0),
                    _ => (0.0, 0.0),
                };
                let may_miss = !self.complete && *need > 0;
                Reach { exact: false, may_miss, ..Reach::between(low, high) }
            }
        }
    }

    /// Every number of conditions comes about where each is about answers of its own.
    fn count(&self, tests: &[Test], need: usize) -> Reach {
        let may_miss = need > 0 && tests.iter().any(|test| self.test_may_miss(test));
        let sides: Option<Vec<Test>> = tests.iter().map(single).collect();
        let left = |test: &Test| match test {
            Test::Compare { left, .. } => (**left).clone(),
            _ => Expr::Missing,
        };
        let alone = sides
            .is_some_and(|tests| self.independent(&tests.iter().map(left).collect::<Vec<_>>()));
        let outcomes: Option<Vec<(bool, bool)>> =
            tests.iter().map(|test| self.outcomes(test)).collect();
        match outcomes.filter(|_| alone) {
            Some(outcomes) => {
                let always = outcomes.iter().filter(|(_, no)| !no).count();
                let ever = outcomes.iter().filter(|(yes, _)| *yes).count();
                // One that is missing is not met, so that fewer than always can be.
                let least = if may_miss || !self.complete { 0 } else { always };
                let values: Vec<f64> = (least..=ever).map(size).collect();
                Reach { exact: least == always || need == 0, may_miss, ..Reach::only(&values) }
            }
            None => Reach { may_miss, ..Reach::between(0.0, size(tests.len())) },
        }
    }

    /// Whether a comparison with a number can be true, and whether it can be false; nothing where that is not known.
    fn outcomes(&self, test: &Test) -> Option<(bool, bool)> {
        let Test::Compare { comparison, left, right } = test else { return None };
        let Expr::Number(bound) = **right else { return None };
        let reach = self.reach(left);
        let values = reach.values.filter(|_| reach.exact)?;
        let met = |value: &f64| comparison.holds(*value, bound);
        Some((values.iter().any(met), values.iter().any(|value| !met(value))))
    }

    fn answer(&self, item: ItemIx) -> Reach {
        let Some(Answer { accepted, asked }) = self.program.answer(item) else {
            return Reach { may_miss: true, ..Reach::only(&[]) };
        };
        let answered = Reach { may_miss: !self.complete, ..answers(accepted) };
        match asked {
            None => answered,
            Some(asked) => {
                let otherwise = match asked.otherwise.filter(|value| accepted.contains(*value)) {
                    Some(value) => Reach::only(&[value]),
                    None => Reach { may_miss: true, ..Reach::only(&[]) },
                };
                union(&[answered, otherwise])
            }
        }
    }

    /// Whether a condition can be missing.
    fn test_may_miss(&self, test: &Test) -> bool {
        match test {
            Test::Truth(_) | Test::IsMissing(_) | Test::IsUnknown(_) => false,
            Test::Missing => true,
            Test::Flag(scale) => match self.program.position(*scale) {
                Some(position) if self.complete => self.ranges[position].complete.may_miss,
                Some(position) => self.ranges[position].any.may_miss,
                None => true,
            },
            Test::Compare { comparison: _, left, right } => {
                self.reach(left).may_miss || self.reach(right).may_miss
            }
            Test::AtLeast { count: _, tests } | Test::All(tests) | Test::Any(tests) => {
                tests.iter().any(|test| self.test_may_miss(test))
            }
            Test::Not(of) => self.test_may_miss(of),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Reach {
        let terms: Vec<Reach> = aggregate.terms.iter().map(|term| self.reach(term)).collect();
        let weighted = |position: usize, term: Reach| match &aggregate.weights {
            Some(weights) => term.map(|x| Some(x * weights[position])),
            None => term,
        };
        let terms: Vec<Reach> = terms
            .into_iter()
            .enumerate()
            .map(|(position, term)| weighted(position, term))
            .collect();
        let all = terms.len();
        let need = aggregate.need.min(all);
        let may_miss: Vec<bool> = (0..all)
            .map(|i| need < all && terms[i].may_miss && !aggregate.mandatory.contains(&i))
            .collect();
        let independent = self.independent(&aggregate.terms);
        let exact = independent && terms.iter().all(|term| term.exact);
        // Missing when more can be missing than the rule allows.
        let open = terms.iter().filter(|term| term.may_miss).count();
        let misses = all - open < aggregate.need
            || aggregate.mandatory.iter().any(|&position| terms[position].may_miss);
        let reach = match aggregate.kind {
            AggregateKind::Min | AggregateKind::Max => {
                self.extreme(aggregate, &terms, &may_miss, exact)
            }
            AggregateKind::Sum | AggregateKind::Mean => {
                self.sum(aggregate, &terms, &may_miss, (need, independent))
            }
        };
        Reach { exact: exact && reach.exact, may_miss: misses, ..reach }
    }

    fn sum(
        &self,
        aggregate: &Aggregate,
        terms: &[Reach],
        may_miss: &[bool],
        (need, independent): (usize, bool),
    ) -> Reach {
        let most_missing = may_miss.iter().filter(|&&may| may).count();
        let need = need.max(terms.len() - most_missing);
        // Substitutes of their own make each missing term a value like any other.
        if let Fill::Each(each) = &aggregate.fill {
            let filled = terms.iter().zip(may_miss).zip(each.iter().enumerate());
            let filled: Vec<Reach> = filled
                .map(|((term, &may), (position, &value))| {
                    let weight = aggregate.weights.as_ref().map_or(1.0, |w| w[position]);
                    if may {
                        union(&[term.clone(), Reach::only(&[value * weight])])
                    } else {
                        term.clone()
                    }
                })
                .collect();
            let plain = Aggregate { fill: Fill::Nothing, ..aggregate.clone() };
            let none = vec![false; terms.len()];
            let reach = self.sum(&plain, &filled, &none, (terms.len(), independent));
            // With a limit, not every combination comes about.
            return Reach { exact: reach.exact && aggregate.need <= 1, ..reach };
        }
        let (low, high) = extremes(aggregate, terms, may_miss, need);
        let values = if independent {
            sums::attainable(terms, may_miss, need, self.budget)
                .map(|sums| scores(aggregate, &sums))
        } else {
            None
        };
        let values = values.filter(|values| values.len() <= MOST_VALUES);
        Reach { low, high, values, exact: true, may_miss: false }
    }

    /// Lowest and highest of the lowest or highest of some terms.
    fn extreme(
        &self,
        aggregate: &Aggregate,
        terms: &[Reach],
        may_miss: &[bool],
        exact: bool,
    ) -> Reach {
        let mut parts: Vec<Reach> = terms.to_vec();
        if let Fill::Constant(value) = aggregate.fill
            && may_miss.contains(&true)
        {
            parts.push(Reach::only(&[value]));
        }
        let least = |f: fn(&Reach) -> f64| parts.iter().map(f).fold(f64::INFINITY, f64::min);
        let most = |f: fn(&Reach) -> f64| parts.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
        // What must be there bounds what the result can be; what may be missing only widens it.
        let fixed: Vec<&Reach> =
            parts.iter().zip(may_miss).filter(|(_, may)| !**may).map(|(part, _)| part).collect();
        let (low, high) = match aggregate.kind {
            AggregateKind::Max => {
                let floor = fixed.iter().map(|part| part.low).fold(f64::NEG_INFINITY, f64::max);
                (floor.max(least(|p| p.low)), most(|p| p.high))
            }
            _ => {
                let ceiling = fixed.iter().map(|part| part.high).fold(f64::INFINITY, f64::min);
                (least(|p| p.low), ceiling.min(most(|p| p.high)))
            }
        };
        let all = union(&parts);
        let within = |value: &f64| (low - GRAIN..=high + GRAIN).contains(value);
        let values = all.values.filter(|_| exact).map(|v| v.into_iter().filter(within).collect());
        Reach { low, high, values, exact: true, may_miss: false }
    }

    /// Whether no item stands behind two terms: only then is every combination of terms attainable.
    fn independent(&self, terms: &[Expr]) -> bool {
        let mut seen: BTreeSet<ItemIx> = BTreeSet::new();
        terms.iter().all(|term| self.items(term).into_iter().all(|item| seen.insert(item)))
    }

    /// The distinct items behind an operation, conditions of being asked among them.
    fn items(&self, expr: &Expr) -> BTreeSet<ItemIx> {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        expr.operands(&mut scales, &mut items);
        let mut all: BTreeSet<ItemIx> = BTreeSet::new();
        let mut told = BTreeSet::new();
        loop {
            while let Some(scale) = scales.pop() {
                if let (true, Some(position)) = (told.insert(scale), self.program.position(scale)) {
                    items.extend(&self.program.scores[position].items);
                }
            }
            let Some(item) = items.pop() else { return all };
            let asked = self.program.answer(item).and_then(|answer| answer.asked.as_ref());
            if let (true, Some(asked)) = (all.insert(item), asked) {
                asked.when.operands(&mut scales, &mut items);
            }
        }
    }

    fn arithmetic(&self, operator: Operator, left: &Expr, right: &Expr) -> Reach {
        let independent = self.items(left).is_disjoint(&self.items(right));
        let (a, b) = (self.reach(left), self.reach(right));
        let may_divide_by_zero = matches!(operator, Operator::Divide | Operator::Modulo)
            && b.low <= GRAIN
            && b.high >= -GRAIN;
        let reach = combined(operator, &a, &b, independent);
        Reach { may_miss: a.may_miss || b.may_miss || may_divide_by_zero, ..reach }
    }

    fn apply(&self, function: Function, of: &Expr) -> Reach {
        let reach = self.reach(of);
        let misses = reach.may_miss
            || match function {
                Function::Sqrt => reach.low < 0.0,
                Function::Ln => reach.low <= 0.0,
                _ => false,
            };
        // Numbers of which there is no root or logarithm give nothing.
        let applied = |x: f64| evaluate::apply(function, x).filter(|y| y.is_finite());
        let mapped = match (function, &reach.values) {
            (_, Some(_)) => reach.map(applied),
            (Function::Abs, None) if reach.low < 0.0 && reach.high > 0.0 => {
                Reach { exact: false, ..Reach::between(0.0, reach.high.max(-reach.low)) }
            }
            (Function::Sqrt, None) if reach.low < 0.0 => {
                Reach { exact: false, ..Reach::between(0.0, reach.high.max(0.0).sqrt()) }
            }
            (Function::Ln, None) if reach.low <= 0.0 => {
                let high = reach.high.max(f64::MIN_POSITIVE).ln();
                Reach { exact: false, ..Reach::between(-FARTHEST, high) }
            }
            (_, None) => reach.map(applied),
        };
        Reach { may_miss: misses, ..mapped }
    }

    fn lookup(&self, of: &[Expr], table: &scalewright_model::Table) -> Reach {
        let keys: Vec<Reach> = of.iter().map(|key| self.reach(key)).collect();
        let independent = self.independent(of);
        let pairs = keys.iter().map(|key| key.values.as_ref().map_or(usize::MAX, Vec::len));
        let pairs = pairs.fold(1_usize, usize::saturating_mul);
        let may_miss = keys.iter().any(|key| key.may_miss);
        if pairs <= MOST_PAIRS && independent {
            let mut combinations: Vec<Vec<f64>> = vec![Vec::new()];
            for key in keys.iter().filter_map(|key| key.values.as_ref()) {
                let longer = combinations.iter().flat_map(|start| {
                    key.iter().map(move |value| [start.as_slice(), &[*value]].concat())
                });
                combinations = longer.collect();
            }
            let found: Vec<Option<f64>> =
                combinations.iter().map(|key| evaluate::found(table, key)).collect();
            let lost = found.contains(&None);
            let exact = keys.iter().all(|key| key.exact);
            let mut reach = Reach::only(&distinct(found.into_iter().flatten()));
            reach.exact &= exact;
            return Reach { may_miss: may_miss || lost, ..reach };
        }
        let results = table.rows.iter().filter_map(|row| row.last().copied());
        let reach = Reach::only(&distinct(results));
        Reach { values: None, exact: false, may_miss: true, ..reach }
    }
}

impl Reach {
    /// Just these, ascending.
    fn only(values: &[f64]) -> Self {
        let low = values.first().copied().unwrap_or(0.0);
        let high = values.last().copied().unwrap_or(0.0);
        Self { low, high, values: Some(values.to_vec()), exact: true, may_miss: false }
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

    /// Applies a function that is monotone, or any where the values are listed.
    fn map(self, f: impl Fn(f64) -> Option<f64>) -> Self {
        match self.values {
            Some(values) => {
                let all = distinct(values.into_iter().filter_map(f));
                Self { exact: self.exact, may_miss: self.may_miss, ..Self::only(&all) }
            }
            None => {
                let (a, b) = (f(self.low).unwrap_or(self.low), f(self.high).unwrap_or(self.high));
                Self { low: a.min(b), high: a.max(b), ..self }
            }
        }
    }
}

/// A condition that is a comparison with a number.
fn single(test: &Test) -> Option<Test> {
    match test {
        Test::Compare { right, .. } if matches!(**right, Expr::Number(_)) => Some(test.clone()),
        _ => None,
    }
}

fn truths() -> Reach {
    Reach { exact: false, ..Reach::only(&[0.0, 1.0]) }
}

#[expect(clippy::cast_precision_loss, reason = "a count of terms")]
fn size(count: usize) -> f64 {
    count as f64
}

/// What any of several can be.
fn union(parts: &[Reach]) -> Reach {
    let filled: Vec<&Reach> = parts.iter().filter(|part| !part.is_empty()).collect();
    let may_miss = parts.iter().any(|part| part.may_miss);
    let Some(first) = filled.first() else { return Reach { may_miss, ..Reach::only(&[]) } };
    let low = filled.iter().fold(first.low, |low, part| low.min(part.low));
    let high = filled.iter().fold(first.high, |high, part| high.max(part.high));
    let listed: Option<Vec<&Vec<f64>>> = filled.iter().map(|part| part.values.as_ref()).collect();
    let values = listed.map(|lists| distinct(lists.into_iter().flatten().copied()));
    // A branch may never be taken, so what is in it need not come about.
    let exact = filled.len() == 1 && first.exact;
    Reach {
        low,
        high,
        values: values.filter(|values| values.len() <= MOST_VALUES),
        exact,
        may_miss,
    }
}

/// What two numbers can make, each independent of the other or, where not, more than they can.
fn combined(operator: Operator, a: &Reach, b: &Reach, independent: bool) -> Reach {
    if a.is_empty() || b.is_empty() {
        return Reach::only(&[]);
    }
    let exact = independent && a.exact && b.exact;
    if let (Some(left), Some(right)) = (&a.values, &b.values)
        && left.len() * right.len() <= MOST_PAIRS
    {
        let pairs = left.iter().flat_map(|x| right.iter().map(move |y| (*x, *y)));
        let made = pairs.filter_map(|(x, y)| evaluate::arithmetic(operator, x, y));
        let all = distinct(made.filter(|value| value.is_finite()));
        if all.len() <= MOST_VALUES {
            let reach = Reach::only(&all);
            let values = reach.values.filter(|_| independent);
            return Reach { exact, values, ..reach };
        }
    }
    let ends = [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)];
    let (low, high) = match operator {
        Operator::Modulo => (b.low.min(0.0), b.high.max(0.0)),
        Operator::Divide if b.low <= 0.0 && b.high >= 0.0 => (-FARTHEST, FARTHEST),
        _ => {
            let made = ends.iter().filter_map(|(x, y)| evaluate::arithmetic(operator, *x, *y));
            let made: Vec<f64> = made.collect();
            let low = made.iter().copied().fold(f64::INFINITY, f64::min);
            (low, made.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
    };
    let monotone = matches!(operator, Operator::Add | Operator::Subtract);
    Reach { exact: exact && monotone, ..Reach::between(low, high) }
}

fn recoded(of: &Reach, table: &[(f64, f64)], other: Option<f64>, missing: Option<f64>) -> Reach {
    let same = |a: f64, b: f64| (a - b).abs() <= scalewright_model::TOLERANCE;
    let one = |x: f64| table.iter().find(|(key, _)| same(*key, x)).map(|(_, v)| *v).or(other);
    let (known, exact, lost) = match &of.values {
        Some(values) => {
            let made: Vec<Option<f64>> = values.iter().map(|x| one(*x)).collect();
            let lost = made.contains(&None);
            (made.into_iter().flatten().collect::<Vec<_>>(), of.exact, lost)
        }
        None => {
            let all = table.iter().map(|(_, value)| *value).chain(other);
            (all.collect(), false, other.is_none())
        }
    };
    let open = of.may_miss || lost;
    let stands_in = missing.filter(|_| of.may_miss);
    let reach = Reach::only(&distinct(known.into_iter().chain(stands_in)));
    Reach { exact, may_miss: lost || (open && missing.is_none()), ..reach }
}

#[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
fn answers(accepted: &Accepted) -> Reach {
    match accepted {
        Accepted::Values(values) => {
            let values: Vec<f64> = values.iter().map(|&value| value as f64).collect();
            Reach::only(&values)
        }
        Accepted::Between { min, max, decimals } => {
            let scale = 10_f64.powi(i32::try_from(*decimals).unwrap_or(6));
            let (from, to) = ((min * scale).ceil(), (max * scale).floor());
            let few = to - from <= 1500.0;
            let steps = few.then(|| {
                let mut at = from;
                let mut values = Vec::new();
                while at <= to {
                    values.push(at / scale);
                    at += 1.0;
                }
                values
            });
            Reach { low: *min, high: *max, values: steps, exact: true, may_miss: false }
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
            let (a, b) = (combine(aggregate, low, present), combine(aggregate, high, present));
            ends = Some(ends.map_or((a, b), |(c, d)| (a.min(c), b.max(d))));
        }
    }
    ends.unwrap_or((0.0, 0.0))
}

/// The number made of `present` terms that add up to `sum`, when the rule is met.
fn combine(aggregate: &Aggregate, sum: f64, present: usize) -> f64 {
    let (all, have) = (size(aggregate.terms.len()), size(present));
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => sum / have,
        (AggregateKind::Mean, Fill::Constant(value)) => (sum + (all - have) * value) / all,
        (AggregateKind::Mean, Fill::Each(_)) => sum / all,
        (_, Fill::PersonMean) => sum * all / have,
        (_, Fill::Constant(value)) => sum + (all - have) * value,
        (_, Fill::Nothing | Fill::Each(_)) => sum,
    }
}

/// The score of every attainable pair of a number of present terms and their sum.
fn scores(aggregate: &Aggregate, sums: &[(usize, Vec<f64>)]) -> Vec<f64> {
    distinct(
        sums.iter()
            .flat_map(|(count, sums)| sums.iter().map(move |&sum| combine(aggregate, sum, *count))),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what can be told apart")]
fn grains(value: f64) -> i64 {
    (value.clamp(-FARTHEST, FARTHEST) / GRAIN).round() as i64
}

/// The values, ascending, each once: those closer than a grain are one.
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < GRAIN);
    values
}
