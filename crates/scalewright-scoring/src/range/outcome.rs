//! The value of a node, given the values of its operands, for one respondent. The results equal those of `evaluate`.
//!
//! A missing value is NaN here, so that each operand is a single number. Conditions are 1 and 0.

use scalewright_model::{Aggregate, AggregateKind, Expr, Fill, Model, TOLERANCE, Test};

use crate::{evaluate, rounded};

use super::graph::Op;
use super::size;
use super::work::Work;

/// The value of a node that needs all its operands at once; see [`gathers`] for the others.
pub(super) fn of(op: Op<'_>, args: &[f64]) -> f64 {
    match op {
        Op::Constant(value) => value.unwrap_or(f64::NAN),
        Op::Given(_) | Op::Chosen | Op::Score(_) => f64::NAN,
        Op::Asked(otherwise) => match args[0] {
            0.0 => otherwise.unwrap_or(f64::NAN),
            _ => args[1],
        },
        Op::Number(expr) => number(expr, args),
        Op::Truth(test) => truth(test, args),
    }
}

fn number(expr: &Expr, args: &[f64]) -> f64 {
    let one = |f: &dyn Fn(f64) -> Option<f64>| if args[0].is_nan() { None } else { f(args[0]) };
    let value = match expr {
        Expr::Reverse { of: _, low, high } => one(&|x| Some(low + high - x)),
        Expr::Round { of: _, decimals } => one(&|x| Some(rounded(x, *decimals))),
        Expr::Apply { function, of: _ } => one(&|x| evaluate::apply(*function, x)),
        Expr::Recode { of: _, table, other, missing } => match args[0].is_nan() {
            true => *missing,
            false => recoded(table, args[0]).or(*other),
        },
        Expr::Arithmetic { operator, left: _, right: _ } => {
            let known = !args[0].is_nan() && !args[1].is_nan();
            known.then(|| evaluate::arithmetic(*operator, args[0], args[1])).flatten()
        }
        Expr::If { .. } => Some(match args[0] {
            unknown if unknown.is_nan() => args[3],
            0.0 => args[2],
            _ => args[1],
        }),
        Expr::Lookup { of: _, table } => {
            let known = args.iter().all(|key| !key.is_nan());
            known.then(|| evaluate::found(table, args)).flatten()
        }
        // Computed by `Likely::estimate`, which has the probabilities.
        Expr::Eap { .. } => None,
        Expr::Number(_) | Expr::Missing | Expr::Score(_) => None,
        Expr::Answer(_) | Expr::Chosen { .. } => None,
        Expr::Aggregate(_) | Expr::Count { .. } | Expr::LongestRun(_) => None,
    };
    value.filter(|value| value.is_finite()).unwrap_or(f64::NAN)
}

fn truth(test: &Test, args: &[f64]) -> f64 {
    let known = match test {
        Test::Compare { comparison, left: _, right: _ } => {
            let known = !args[0].is_nan() && !args[1].is_nan();
            known.then(|| comparison.holds(args[0], args[1]))
        }
        Test::Not(_) => (!args[0].is_nan()).then_some(args[0] == 0.0),
        Test::IsMissing(_) | Test::IsUnknown(_) => Some(args[0].is_nan()),
        Test::Truth(_) | Test::Missing | Test::Flag(_) => None,
        Test::AtLeast { .. } | Test::All(_) | Test::Any(_) => None,
    };
    known.map_or(f64::NAN, |known| f64::from(u8::from(known)))
}

/// The new number for `x` in the table of a recoding; `None` if `x` is not listed.
pub(super) fn recoded(table: &[(f64, f64)], x: f64) -> Option<f64> {
    table.iter().find(|(key, _)| (key - x).abs() <= TOLERANCE).map(|(_, value)| *value)
}

/// The probability of each answer to each item of a model, at each point of the trait.
pub(super) struct Likely(Vec<Vec<Vec<f64>>>);

impl Likely {
    /// Computes the probabilities; `None` if that takes more work than is left.
    pub(super) fn of(model: &Model, work: &Work) -> Option<Self> {
        let answers: usize = model.items.iter().map(|item| item.values.len()).sum();
        work.spend(answers.saturating_mul(model.points.len()).saturating_mul(2))?;
        Some(Self(model.items.iter().map(|item| model.probabilities(item)).collect()))
    }

    /// The number of steps that an estimate takes.
    pub(super) fn steps(&self) -> usize {
        let points = self.0.first().map_or(0, Vec::len);
        points * (self.0.len() + 4) / 4
    }

    /// The expected trait given the answers to the items, or its standard deviation if `sd`; `None` with fewer than
    /// `need` answers.
    pub(super) fn estimate(
        &self,
        model: &Model,
        answers: &[f64],
        need: usize,
        sd: bool,
    ) -> Option<f64> {
        let mut likelihood = vec![1.0; model.points.len()];
        let mut present = 0;
        for ((item, answer), probabilities) in model.items.iter().zip(answers).zip(&self.0) {
            let near = |value: &f64| (value - answer).abs() <= TOLERANCE;
            // A missing answer is NaN here, which is near no value.
            let Some(category) = item.values.iter().position(near) else { continue };
            present += 1;
            for (likelihood, at_point) in likelihood.iter_mut().zip(probabilities) {
                *likelihood *= at_point[category];
            }
        }
        if present < need {
            return None;
        }
        model.posterior(&likelihood).map(|(mean, deviation)| if sd { deviation } else { mean })
    }
}

/// The intermediate result of a node whose operands are added one by one. Each kind of node uses the three numbers
/// differently.
pub(super) type Gathered = [f64; 3];

/// Whether a node gathers its operands one by one, so that operands already added need not be stored.
pub(super) fn gathers(op: Op<'_>) -> bool {
    match op {
        Op::Number(expr) => {
            matches!(expr, Expr::Aggregate(_) | Expr::Count { .. } | Expr::LongestRun(_))
        }
        Op::Truth(test) => matches!(test, Test::AtLeast { .. } | Test::All(_) | Test::Any(_)),
        _ => false,
    }
}

/// Whether a node must gather its operands in their order.
pub(super) fn in_order(op: Op<'_>) -> bool {
    matches!(op, Op::Number(Expr::LongestRun(_)))
}

/// The intermediate result before the first operand.
pub(super) fn nothing(op: Op<'_>) -> Gathered {
    match op {
        Op::Number(Expr::Aggregate(Aggregate {
            kind: AggregateKind::Min | AggregateKind::Max,
            ..
        })) => [f64::NAN, 0.0, 0.0],
        Op::Number(Expr::LongestRun(_)) => [0.0, 0.0, f64::NAN],
        _ => [0.0; 3],
    }
}

/// Adds the operand at position `place`; `open` more operands follow.
///
/// If the final result is already determined, the intermediate result becomes a fixed one. Fewer states then have to be
/// distinguished.
pub(super) fn gather(op: Op<'_>, all: &mut Gathered, place: usize, value: f64, open: usize) {
    match op {
        Op::Number(Expr::Aggregate(aggregate)) => term(aggregate, all, place, value),
        Op::Number(Expr::Count { tests, need }) => {
            counted(all, value);
            // Too many conditions are unknown: the count is missing, whatever follows.
            if all[1] > size(tests.len().saturating_sub(*need)) {
                *all = [0.0, f64::INFINITY, 0.0];
            }
        }
        Op::Number(Expr::LongestRun(_)) => run(all, value),
        Op::Truth(Test::AtLeast { count, tests: _ }) => at_least(all, value, *count, open),
        Op::Truth(Test::All(tests)) => at_least(all, value, tests.len(), open),
        Op::Truth(Test::Any(_)) => at_least(all, value, 1, open),
        _ => {}
    }
}

/// The value of a node, given the intermediate result after its last operand.
pub(super) fn gathered(op: Op<'_>, all: &Gathered) -> f64 {
    let truth = |count: usize| match (all[0] >= size(count), all[0] + all[1] >= size(count)) {
        (true, _) => 1.0,
        (false, true) => f64::NAN,
        (false, false) => 0.0,
    };
    match op {
        Op::Number(Expr::Aggregate(aggregate)) => settled(aggregate, all),
        Op::Number(Expr::Count { .. }) if all[1].is_infinite() => f64::NAN,
        Op::Number(Expr::LongestRun(_)) if all[0] == 0.0 => f64::NAN,
        Op::Number(Expr::Count { .. } | Expr::LongestRun(_)) => all[0],
        Op::Truth(Test::AtLeast { count, tests: _ }) => truth(*count),
        Op::Truth(Test::All(tests)) => truth(tests.len()),
        Op::Truth(Test::Any(_)) => truth(1),
        _ => f64::NAN,
    }
}

/// Adds a condition to the number of true conditions and the number of unknown ones.
fn counted(all: &mut Gathered, value: f64) {
    match value {
        unknown if unknown.is_nan() => all[1] += 1.0,
        value => all[0] += value,
    }
}

fn at_least(all: &mut Gathered, value: f64, count: usize, open: usize) {
    counted(all, value);
    // Certainly true, or certainly false: the numbers behind the result no longer matter.
    if all[0] >= size(count) {
        *all = [f64::INFINITY, 0.0, 0.0];
    } else if all[0] + all[1] + size(open) < size(count) {
        *all = [f64::NEG_INFINITY, 0.0, 0.0];
    }
}

/// Updates the longest run, the current run and the last number.
fn run(all: &mut Gathered, value: f64) {
    // Before the first number and after a missing one, the last number is NaN, which is near no value.
    all[1] = match (value.is_nan(), (all[2] - value).abs() <= TOLERANCE) {
        (true, _) => 0.0,
        (false, true) => all[1] + 1.0,
        (false, false) => 1.0,
    };
    all[0] = all[0].max(all[1]);
    all[2] = value;
}

/// Adds a term to the result so far and to the number of missing terms.
fn term(aggregate: &Aggregate, all: &mut Gathered, place: usize, value: f64) {
    let adds = matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Mean);
    let weight = aggregate.weights.as_ref().filter(|_| adds).map_or(1.0, |all| all[place]);
    let lost = value.is_nan();
    let value = match (lost, &aggregate.fill) {
        (false, _) => value * weight,
        (true, Fill::Each(each)) => each[place] * weight,
        (true, Fill::Constant(value)) if !adds => *value,
        (true, _) => f64::NAN,
    };
    let has_value = |all: &Gathered| !all[0].is_nan();
    match aggregate.kind {
        AggregateKind::Sum | AggregateKind::Mean if !value.is_nan() => all[0] += value,
        AggregateKind::Min if !value.is_nan() && has_value(all) => all[0] = all[0].min(value),
        AggregateKind::Max if !value.is_nan() && has_value(all) => all[0] = all[0].max(value),
        AggregateKind::Min | AggregateKind::Max if !value.is_nan() => all[0] = value,
        _ => {}
    }
    all[1] += f64::from(u8::from(lost));
    // A sum of no terms would be 0, so it needs at least one. A minimum or maximum of no terms is missing anyway.
    let most = aggregate.terms.len().saturating_sub(aggregate.need.max(usize::from(adds)));
    let required = lost && aggregate.mandatory.binary_search(&place).is_ok();
    // The score is missing, whatever follows. An infinite count marks that.
    if required || all[1] > size(most) {
        *all = [0.0, f64::INFINITY, 0.0];
    }
}

/// The result of all terms, if enough of them are present; otherwise NaN.
fn settled(aggregate: &Aggregate, all: &Gathered) -> f64 {
    let terms = size(aggregate.terms.len());
    match aggregate.kind {
        _ if all[1].is_infinite() => f64::NAN,
        AggregateKind::Min | AggregateKind::Max => all[0],
        AggregateKind::Sum | AggregateKind::Mean => {
            let value = super::combine(aggregate, all[0], terms - all[1]);
            if value.is_finite() { value } else { f64::NAN }
        }
    }
}
