//! The reference implementation of the normal form, written as simply as possible.

use std::collections::BTreeMap;

use scalewright_model::{AggregateKind, Comparison, Model, Operator, TOLERANCE, is_chosen};

use super::form::{Check, CheckIx, CombinePart, Normal, Operation, Output, StepIx, Values};
use super::tree::{Leaf, Node};
use crate::evaluate::{apply, arithmetic};
use crate::{Program, rounded, tidy};

/// The values of all steps, checks and scores for one respondent.
pub(super) fn values(normal: &Normal, program: &Program, answers: &[Option<f64>]) -> Values {
    let mut computer = Computer::new(normal, program, answers);
    // Steps refer only to earlier ones, whose values are cached, so the recursion stays shallow.
    let steps = (0..normal.steps.len()).map(|step| computer.step(StepIx(step))).collect();
    let checks = (0..normal.checks.len()).map(|check| computer.check(CheckIx(check))).collect();
    let scores = (0..normal.scores.len()).map(|position| computer.score(position)).collect();
    let answered = normal.answered.iter().map(|given| computer.count(given)).collect();
    let prorated = normal.prorated.iter().map(|mark| computer.check(*mark)).collect();
    Values { steps, checks, scores, answered, prorated }
}

/// The value of one step for one respondent.
pub(super) fn step_value(
    normal: &Normal,
    program: &Program,
    answers: &[Option<f64>],
    step: StepIx,
) -> Option<f64> {
    Computer::new(normal, program, answers).step(step)
}

/// The value of a step for a value of one of its operands, without any answers.
pub(super) fn step_from(normal: &Normal, step: StepIx, (of, value): (StepIx, f64)) -> Option<f64> {
    let program = Program::default();
    let answers = vec![None; normal.answers.len()];
    let mut computer = Computer::new(normal, &program, &answers);
    computer.steps.insert(of, Some(value));
    // The check that all operands exist refers to the answers, so only the part beyond it is decided here.
    let own = normal.step(step);
    let is_defined = computer.check(own.when);
    let value = is_defined.then(|| computer.operation(&own.operation));
    value.filter(|value| value.is_finite())
}

/// Whether one check is true for one respondent.
pub(super) fn check_value(
    normal: &Normal,
    program: &Program,
    answers: &[Option<f64>],
    check: CheckIx,
) -> bool {
    Computer::new(normal, program, answers).check(check)
}

struct Computer<'a> {
    normal: &'a Normal,
    program: &'a Program,
    answers: &'a [Option<f64>],
    /// The values of the steps that have been computed. Only some steps may be wanted, of thousands.
    steps: BTreeMap<StepIx, Option<f64>>,
    /// The values of the checks that have been computed.
    checks: BTreeMap<CheckIx, bool>,
}

impl<'a> Computer<'a> {
    fn new(normal: &'a Normal, program: &'a Program, answers: &'a [Option<f64>]) -> Self {
        Self { normal, program, answers, steps: BTreeMap::new(), checks: BTreeMap::new() }
    }

    fn score(&mut self, position: usize) -> Option<f64> {
        match &self.normal.scores[position] {
            Output::Number(step) => self.step(*step).map(tidy),
            Output::Word { position, words: _ } => self.step(*position),
            Output::Truth(truth) => match (self.check(truth.yes), self.check(truth.no)) {
                (true, _) => Some(1.0),
                (false, true) => Some(0.0),
                (false, false) => None,
            },
        }
    }

    fn step(&mut self, ix: StepIx) -> Option<f64> {
        if let Some(known) = self.steps.get(&ix) {
            return *known;
        }
        let step = self.normal.step(ix);
        // The check comes first: it guarantees that the operation is defined.
        let value =
            if self.check(step.known) { Some(self.operation(&step.operation)) } else { None };
        // As in the evaluator, an infinite or undefined result is missing.
        let value = value.filter(|value| value.is_finite());
        self.steps.insert(ix, value);
        value
    }

    /// The number of a step that is known to have one; NaN otherwise.
    fn number(&mut self, ix: StepIx) -> f64 {
        self.step(ix).unwrap_or(f64::NAN)
    }

    fn operation(&mut self, operation: &Operation) -> f64 {
        match operation {
            Operation::Constant(value) => *value,
            Operation::Missing => f64::NAN,
            Operation::Answer(item) => self.answers[item.0].unwrap_or(f64::NAN),
            Operation::Chosen { item, option } => {
                let answer = self.answers[item.0];
                f64::from(u8::from(answer.is_some_and(|answer| is_chosen(answer, *option))))
            }
            Operation::Score(position) => self.score(*position).unwrap_or(f64::NAN),
            Operation::Arithmetic { operator, left, right } => {
                let (left, right) = (self.number(*left), self.number(*right));
                match operator {
                    // The check has already excluded divisors near 0.
                    Operator::Divide => left / right,
                    operator => arithmetic(*operator, left, right).unwrap_or(f64::NAN),
                }
            }
            Operation::Apply { function, of } => {
                apply(*function, self.number(*of)).unwrap_or(f64::NAN)
            }
            Operation::Round { of, decimals } => rounded(self.number(*of), *decimals),
            Operation::Sum(terms) => terms.iter().map(|term| self.number(*term)).sum(),
            Operation::Combine { kind, parts, times } => self.combine(*kind, parts) * times,
            #[expect(clippy::cast_precision_loss, reason = "a count of checks")]
            Operation::Count(checks) => self.count(checks) as f64,
            Operation::Choose { cases, otherwise } => {
                let mut cases = cases.iter();
                let chosen = cases.find(|(check, _)| self.check(*check));
                self.number(chosen.map_or(*otherwise, |(_, step)| *step))
            }
            Operation::Recode { of, pairs, other, exact } => {
                let of = self.number(*of);
                let hit = pairs.iter().find(|(key, _)| is_equal(*key, of, *exact));
                hit.map(|(_, value)| *value).or(*other).unwrap_or(f64::NAN)
            }
            Operation::Lookup { keys, tree } => self.lookup(keys, tree).unwrap_or(f64::NAN),
            Operation::Eap { answers, model, sd } => self.eap(answers, model, *sd),
        }
    }

    fn combine(&mut self, kind: AggregateKind, parts: &[CombinePart]) -> f64 {
        let counts = parts.iter().filter_map(|part| self.step(part.of).or(part.stand_in));
        let counts: Vec<f64> = counts.collect();
        let sum = || counts.iter().sum::<f64>();
        match kind {
            AggregateKind::Sum => sum(),
            #[expect(clippy::cast_precision_loss, reason = "a count of parts")]
            AggregateKind::Mean => sum() / counts.len() as f64,
            AggregateKind::Min => counts.into_iter().reduce(f64::min).unwrap_or(f64::NAN),
            AggregateKind::Max => counts.into_iter().reduce(f64::max).unwrap_or(f64::NAN),
        }
    }

    fn count(&mut self, checks: &[CheckIx]) -> usize {
        checks.iter().filter(|check| self.check(**check)).count()
    }

    fn lookup(&mut self, keys: &[StepIx], tree: &Node) -> Option<f64> {
        let keys: Option<Vec<f64>> = keys.iter().map(|key| self.step(*key)).collect();
        let keys = keys?;
        match tree.leaf(&keys) {
            Leaf::Missing => None,
            Leaf::Value(value) => Some(value),
            Leaf::Line { from, value, rise, run } => {
                // A key within the tolerance below the first row counts as that row.
                Some(value + ((keys[0] - from) / run).max(0.0) * rise)
            }
        }
    }

    fn eap(&mut self, answers: &[StepIx], model: &Model, sd: bool) -> f64 {
        let mut likelihoods = vec![1.0; model.points.len()];
        for (item, answer) in model.items.iter().zip(answers) {
            let Some(answer) = self.step(*answer) else { continue };
            let mut values = item.values.iter();
            let Some(category) = values.position(|v| is_equal(*v, answer, false)) else { continue };
            for (likelihood, at) in likelihoods.iter_mut().zip(model.probabilities(item)) {
                *likelihood *= at[category];
            }
        }
        let estimate = model.posterior(&likelihoods);
        estimate.map_or(f64::NAN, |(mean, deviation)| if sd { deviation } else { mean })
    }

    fn check(&mut self, ix: CheckIx) -> bool {
        if let Some(known) = self.checks.get(&ix) {
            return *known;
        }
        let normal = self.normal;
        let truth = match normal.check(ix) {
            Check::Never => false,
            Check::Always => true,
            Check::Given(item) => {
                let answer = self.program.answer(*item);
                let given = self.answers[item.0];
                given.is_some_and(|given| answer.is_some_and(|a| a.accepted.contains(given)))
            }
            Check::Known(step) => self.step(*step).is_some(),
            Check::Flag { score, truth } => self.score(*score) == Some(f64::from(u8::from(*truth))),
            Check::Decided(score) => self.score(*score).is_some(),
            Check::Compare { comparison, left, right, exact } => {
                let sides = self.step(*left).zip(self.step(*right));
                sides.is_some_and(|(left, right)| match exact {
                    true => holds_exactly(*comparison, left, right),
                    false => comparison.holds(left, right),
                })
            }
            Check::NonZero(step) => self.step(*step).is_some_and(|value| value.abs() > 1e-12),
            Check::Listed { of, values, exact } => {
                let of = self.step(*of);
                of.is_some_and(|of| values.iter().any(|value| is_equal(*value, of, *exact)))
            }
            Check::Covered { keys, tree } => self.lookup(keys, tree).is_some(),
            Check::AtLeast { count, of } => self.count(of) >= *count,
            Check::All(checks) => checks.iter().all(|check| self.check(*check)),
            Check::Any(checks) => checks.iter().any(|check| self.check(*check)),
            Check::Not(check) => !self.check(*check),
        };
        self.checks.insert(ix, truth);
        truth
    }
}

fn holds_exactly(comparison: Comparison, left: f64, right: f64) -> bool {
    match comparison {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => is_equal(left, right, true),
        Comparison::Unequal => !is_equal(left, right, true),
        Comparison::AtLeast => left >= right,
        Comparison::Greater => left > right,
    }
}

#[expect(clippy::float_cmp, reason = "both are whole numbers, represented exactly")]
fn is_equal(a: f64, b: f64, exact: bool) -> bool {
    if exact { a == b } else { (a - b).abs() <= TOLERANCE }
}
