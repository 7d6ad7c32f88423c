//! Computes scores from the steps and checks of a request, by the descriptions of their types alone, as the author of a
//! plug-in would.

use scalewright_scoring::{Responses, evaluate};
use scalewright_wire::expression::{Comparison, Function, Model, Operator};
use scalewright_wire::normal::{Check, CombineKind, Node, Operation, Output};
use scalewright_wire::scores::Accepted;
use scalewright_wire::{ExportRequest, Number, Request};

use super::{everything, plain_request, rows};

struct Computer<'a> {
    request: &'a ExportRequest,
    /// The answers, in the order of the items.
    answers: &'a [Option<f64>],
    steps: Vec<Option<Option<f64>>>,
    checks: Vec<Option<bool>>,
}

fn near(a: f64, b: f64, exact: bool) -> bool {
    (a - b).abs() <= if exact { 0.0 } else { 1e-9 }
}

impl<'a> Computer<'a> {
    fn of(request: &'a ExportRequest, answers: &'a [Option<f64>]) -> Self {
        let normal = &request.scores.normal;
        let (steps, checks) = (vec![None; normal.steps.len()], vec![None; normal.checks.len()]);
        Self { request, answers, steps, checks }
    }

    fn answer(&self, id: &str) -> Option<f64> {
        let position = self.request.instrument.items.iter().position(|item| item.id == id);
        self.answers[position.expect("the item exists")]
    }

    fn is_given(&self, id: &str) -> bool {
        let Some(answer) = self.answer(id) else { return false };
        match &self.request.scores.answers[id].accepted {
            Accepted::Values { values } => values.iter().any(|value| near(value.0, answer, true)),
            Accepted::Choices { values } => {
                answer >= 1.0 && answer.fract() == 0.0 && answer < 2_f64.powi(values.len() as i32)
            }
            Accepted::Between { min, max, decimals: _ } => {
                answer >= min.0 - 1e-9 && answer <= max.0 + 1e-9
            }
        }
    }

    fn score(&mut self, at: usize) -> Option<f64> {
        match &self.request.scores.normal.scores[at] {
            Output::Number { step } | Output::Word { step, words: _ } => self.step(*step),
            Output::Truth(truth) => match (self.check(truth.yes), self.check(truth.no)) {
                (true, _) => Some(1.0),
                (false, true) => Some(0.0),
                (false, false) => None,
            },
        }
    }

    fn step(&mut self, at: usize) -> Option<f64> {
        if let Some(known) = self.steps[at] {
            return known;
        }
        let step = &self.request.scores.normal.steps[at];
        let value = if self.check(step.known) { self.operation(&step.operation) } else { None };
        let value = value.filter(|value| value.is_finite());
        self.steps[at] = Some(value);
        value
    }

    fn operation(&mut self, operation: &Operation) -> Option<f64> {
        Some(match operation {
            Operation::Constant { value } => value.0,
            Operation::Missing => return None,
            Operation::Answer { item } => self.answer(item)?,
            Operation::Chosen { item, option } => {
                let answer = self.answer(item).unwrap_or(0.0);
                (answer / 2_f64.powi(*option as i32)).floor() % 2.0
            }
            Operation::Score { score } => self.score(*score)?,
            Operation::Arithmetic { operator, left, right } => {
                arithmetic(*operator, self.step(*left)?, self.step(*right)?)
            }
            Operation::Apply { function, of } => apply(*function, self.step(*of)?),
            Operation::Round { of, decimals } => rounded(self.step(*of)?, *decimals),
            Operation::AddUp { terms } => {
                terms.iter().map(|term| self.step(*term)).sum::<Option<f64>>()?
            }
            Operation::Combine { kind, parts, times } => {
                let parts = parts.iter();
                let counts = parts
                    .filter_map(|part| self.step(part.of).or(part.stand_in.map(f64::from)))
                    .collect::<Vec<f64>>();
                combined(*kind, &counts)? * times.0
            }
            #[expect(clippy::cast_precision_loss, reason = "a count of checks")]
            Operation::Count { checks } => self.count(checks) as f64,
            Operation::Choose { cases, otherwise } => {
                let chosen = cases.iter().find(|case| self.check(case.check));
                self.step(chosen.map_or(*otherwise, |case| case.then))?
            }
            Operation::Recode { of, pairs, other, exact } => {
                let of = self.step(*of)?;
                let hit = pairs.iter().find(|[from, _]| near(from.0, of, *exact));
                hit.map(|[_, to]| *to).or(*other)?.0
            }
            Operation::Lookup { keys, tree } => self.lookup(keys, *tree)?,
            Operation::Eap { answers, model, sd } => {
                let model = &self.request.instrument.models[*model];
                let answers: Vec<_> = answers.iter().map(|step| self.step(*step)).collect();
                expected(model, &answers, *sd)
            }
        })
    }

    fn count(&mut self, checks: &[usize]) -> usize {
        checks.iter().filter(|check| self.check(**check)).count()
    }

    fn lookup(&mut self, keys: &[usize], tree: usize) -> Option<f64> {
        let keys: Vec<f64> = keys.iter().map(|key| self.step(*key)).collect::<Option<_>>()?;
        let mut node = &self.request.scores.normal.trees[tree];
        loop {
            node = match node {
                Node::Split { key, below, less, more } => {
                    if keys[*key] < below.0 {
                        less
                    } else {
                        more
                    }
                }
                Node::Missing => return None,
                Node::Value { value } => return Some(value.0),
                Node::Line { from, value, rise, run } => {
                    return Some(value.0 + ((keys[0] - from.0) / run.0).max(0.0) * rise.0);
                }
            }
        }
    }

    fn check(&mut self, at: usize) -> bool {
        if let Some(known) = self.checks[at] {
            return known;
        }
        let truth = match &self.request.scores.normal.checks[at] {
            Check::Never => false,
            Check::Always => true,
            Check::Given { item } => self.is_given(item),
            Check::Known { step } => self.step(*step).is_some(),
            Check::Flag { score, truth } => {
                self.score(*score).is_some_and(|score| (score > 0.5) == *truth)
            }
            Check::Decided { score } => self.score(*score).is_some(),
            Check::Compare { comparison, left, right, exact } => {
                let sides = self.step(*left).zip(self.step(*right));
                sides.is_some_and(|(left, right)| compared(*comparison, left, right, *exact))
            }
            Check::NonZero { of } => self.step(*of).is_some_and(|value| value.abs() > 1e-12),
            Check::Listed { of, values, exact } => {
                let of = self.step(*of);
                of.is_some_and(|of| values.iter().any(|value| near(value.0, of, *exact)))
            }
            Check::Covered { keys, tree } => self.lookup(keys, *tree).is_some(),
            Check::AtLeast { count, of } => self.count(of) >= *count,
            Check::All { of } => of.iter().all(|check| self.check(*check)),
            Check::Any { of } => of.iter().any(|check| self.check(*check)),
            Check::Not { of } => !self.check(*of),
        };
        self.checks[at] = Some(truth);
        truth
    }
}

fn arithmetic(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Modulo => left - right * apply(Function::Floor, left / right),
    }
}

fn apply(function: Function, of: f64) -> f64 {
    let whole = near(of, of.round(), false).then(|| of.round());
    match function {
        Function::Abs => of.abs(),
        Function::Sqrt => of.sqrt(),
        Function::Ln => of.ln(),
        Function::Exp => of.exp(),
        Function::Floor => whole.unwrap_or(of.floor()),
        Function::Ceiling => whole.unwrap_or(of.ceil()),
        Function::Truncate => whole.unwrap_or(of.trunc()),
        Function::NormalCdf => normal_cdf(of),
    }
}

/// The share of the standard normal distribution below `x`, by its series (Marsaglia 2004).
fn normal_cdf(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > f64::EPSILON * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).expect("few decimals"));
    ((value.abs() * scale + 0.5 + 1e-9).floor() / scale).copysign(value)
}

fn combined(kind: CombineKind, counts: &[f64]) -> Option<f64> {
    match kind {
        CombineKind::Sum => Some(counts.iter().sum()),
        #[expect(clippy::cast_precision_loss, reason = "a count of parts")]
        CombineKind::Mean => Some(counts.iter().sum::<f64>() / counts.len() as f64),
        CombineKind::Min => counts.iter().copied().reduce(f64::min),
        CombineKind::Max => counts.iter().copied().reduce(f64::max),
    }
}

fn compared(comparison: Comparison, left: f64, right: f64, exact: bool) -> bool {
    let equal = near(left, right, exact);
    match comparison {
        Comparison::Less => left < right && !equal,
        Comparison::AtMost => left < right || equal,
        Comparison::Equal => equal,
        Comparison::Unequal => !equal,
        Comparison::AtLeast => left > right || equal,
        Comparison::Greater => left > right && !equal,
    }
}

/// The mean of the trait given the answers, or its standard deviation.
fn expected(model: &Model, answers: &[Option<f64>], sd: bool) -> f64 {
    let weights: Vec<f64> = model
        .points
        .iter()
        .map(|[point, weight]| {
            let items = model.items.iter().zip(answers);
            let likelihoods = items.filter_map(|(item, answer)| {
                let answer = (*answer)?;
                let category = item.values.iter().position(|of| near(of.0, answer, false))?;
                let slope = model.scaling.0 * item.discrimination.0;
                Some(probability(model, slope, &item.thresholds, point.0, category))
            });
            weight.0 * likelihoods.product::<f64>()
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mean_of = |of: &dyn Fn(f64) -> f64| {
        let points = model.points.iter().zip(&weights);
        points.map(|([point, _], weight)| of(point.0) * weight).sum::<f64>() / total
    };
    let mean = mean_of(&|point| point);
    if sd { mean_of(&|point| (point - mean).powi(2)).sqrt() } else { mean }
}

fn probability(
    model: &Model,
    slope: f64,
    thresholds: &[Number],
    point: f64,
    category: usize,
) -> f64 {
    match model.kind {
        scalewright_model::ModelType::GradedResponse => {
            let above = |at: usize| match at {
                0 => 1.0,
                at if at > thresholds.len() => 0.0,
                at => 1.0 / (1.0 + (-slope * (point - thresholds[at - 1].0)).exp()),
            };
            above(category) - above(category + 1)
        }
        scalewright_model::ModelType::GeneralizedPartialCredit => {
            let exponent =
                |to: usize| thresholds[..to].iter().map(|b| slope * (point - b.0)).sum::<f64>();
            let total: f64 = (0..=thresholds.len()).map(|to| exponent(to).exp()).sum();
            exponent(category).exp() / total
        }
    }
}

#[test]
fn scores_can_be_computed_from_a_request_alone() {
    let mut compared = 0;
    for (name, checked) in everything() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let Some(wording) = instrument.wordings.first() else { continue };
        let text = plain_request(checked, wording, "fhir");
        let Request::Export(request) = serde_json::from_str(&text).expect("it can be read") else {
            panic!("it is a request to export");
        };
        for answers in rows(checked).iter().step_by(3) {
            let scored = evaluate(&checked.program, &Responses::of_one(answers));
            let mut computer = Computer::of(&request, answers);
            for (at, scored) in scored.iter().enumerate() {
                let (own, expected) = (computer.score(at), scored.score.get(0));
                let same = match (own, expected) {
                    (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
                    (a, b) => a == b,
                };
                let id = &request.scores.scores[at].scale;
                assert!(same, "{name}, `{id}`: {own:?} for {expected:?} from {answers:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 5_000, "{compared} scores were compared");
}
