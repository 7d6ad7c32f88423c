//! The normal form to the wire.

use std::sync::Arc;

use scalewright_model::{ItemIx, Model};
use scalewright_scoring::normal as inner;
use scalewright_scoring::normal::tree;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::expression::{Encoder, numbers, pairs};
use crate::normal::{Case, Check, CombinePart, Node, Normal, Operation, Output, Step, TruthChecks};
use crate::number::Number;

pub(super) fn encoded(encoder: &mut Encoder<'_>, normal: &inner::Normal) -> Normal {
    let inner::Normal { steps, checks, answers, asked, shown, scores, answered, prorated } = normal;
    let mut trees = Trees::default();
    let id = |at: usize| encoder.item(ItemIx(at));
    let answers = answers.iter().enumerate();
    let answers = answers.filter_map(|(at, step)| Some((id(at), (*step)?.0))).collect();
    let asked = asked.iter().enumerate();
    let asked = asked.filter_map(|(at, truth)| Some((id(at), truth_checks((*truth)?)))).collect();
    let notes = encoder.instrument.notes.iter().zip(shown);
    let shown = notes
        .filter_map(|(note, truth)| Some((note.id.clone(), truth_checks((*truth)?))))
        .collect();
    Normal {
        steps: steps.iter().map(|of| step(encoder, &mut trees, of)).collect(),
        checks: checks.iter().map(|of| check(encoder, &mut trees, of)).collect(),
        answers,
        asked,
        shown,
        scores: scores.iter().map(output).collect(),
        answered: answered.iter().map(|of| self::checks(of)).collect(),
        prorated: self::checks(prorated),
        trees: trees.0.into_iter().map(|(_, node)| node).collect(),
    }
}

/// The trees, each listed once.
#[derive(Default)]
struct Trees(Vec<(Arc<tree::Node>, Node)>);

impl Trees {
    fn position(&mut self, tree: &Arc<tree::Node>) -> usize {
        if let Some(at) = self.0.iter().position(|(known, _)| Arc::ptr_eq(known, tree)) {
            return at;
        }
        self.0.push((tree.clone(), node(tree)));
        self.0.len() - 1
    }
}

fn node(node: &tree::Node) -> Node {
    match node {
        tree::Node::Leaf(tree::Leaf::Missing) => Node::Missing,
        tree::Node::Leaf(tree::Leaf::Value(value)) => Node::Value { value: Number(*value) },
        tree::Node::Leaf(tree::Leaf::Line { from, value, rise, run }) => Node::Line {
            from: Number(*from),
            value: Number(*value),
            rise: Number(*rise),
            run: Number(*run),
        },
        tree::Node::Split { edge: tree::Edge { key, below }, less, more } => Node::Split {
            key: *key,
            below: Number(*below),
            less: Box::new(self::node(less)),
            more: Box::new(self::node(more)),
        },
    }
}

fn output(output: &inner::Output) -> Output {
    match output {
        inner::Output::Number(step) => Output::Number { step: step.0 },
        inner::Output::Truth(truth) => Output::Truth(truth_checks(*truth)),
        inner::Output::Word { position, words } => {
            Output::Word { step: position.0, words: words.clone() }
        }
    }
}

fn truth_checks(truth: inner::TruthChecks) -> TruthChecks {
    let inner::TruthChecks { yes, no, known } = truth;
    TruthChecks { yes: yes.0, no: no.0, known: known.0 }
}

fn step(encoder: &mut Encoder<'_>, trees: &mut Trees, step: &inner::Step) -> Step {
    let inner::Step { operation, known, when, exists, uses, whole, low, high } = step;
    let bound = |value: f64| value.is_finite().then_some(Number(value));
    Step {
        operation: self::operation(encoder, trees, operation),
        known: known.0,
        when: when.0,
        exists: exists.0,
        uses: *uses,
        whole: *whole,
        low: bound(*low),
        high: bound(*high),
    }
}

fn operation(
    encoder: &mut Encoder<'_>,
    trees: &mut Trees,
    operation: &inner::Operation,
) -> Operation {
    use inner::Operation as Inner;
    match operation {
        Inner::Constant(value) => Operation::Constant { value: Number(*value) },
        Inner::Missing => Operation::Missing,
        Inner::Answer(item) => Operation::Answer { item: encoder.item(*item) },
        Inner::Chosen { item, option } => {
            Operation::Chosen { item: encoder.item(*item), option: *option }
        }
        Inner::Score(score) => Operation::Score { score: *score },
        Inner::Arithmetic { operator, left, right } => {
            Operation::Arithmetic { operator: (*operator).into(), left: left.0, right: right.0 }
        }
        Inner::Apply { function, of } => {
            Operation::Apply { function: (*function).into(), of: of.0 }
        }
        Inner::Round { of, decimals } => Operation::Round { of: of.0, decimals: *decimals },
        Inner::Sum(terms) => Operation::AddUp { terms: steps(terms) },
        Inner::Combine { kind, parts, times } => Operation::Combine {
            kind: (*kind).into(),
            parts: parts.iter().copied().map(part).collect(),
            times: Number(*times),
        },
        Inner::Count(of) => Operation::Count { checks: checks(of) },
        Inner::Choose { cases, otherwise } => {
            let case = |(check, step): &(CheckIx, StepIx)| Case { check: check.0, then: step.0 };
            Operation::Choose { cases: cases.iter().map(case).collect(), otherwise: otherwise.0 }
        }
        Inner::Recode { of, pairs: table, other, exact } => Operation::Recode {
            of: of.0,
            pairs: pairs(table),
            other: other.map(Number),
            exact: *exact,
        },
        Inner::Lookup { keys, tree } => {
            Operation::Lookup { keys: steps(keys), tree: trees.position(tree) }
        }
        Inner::Eap { answers, model, sd } => eap(encoder, answers, model, *sd),
    }
}

fn eap(encoder: &mut Encoder<'_>, answers: &[StepIx], model: &Arc<Model>, sd: bool) -> Operation {
    Operation::Eap { answers: steps(answers), model: encoder.model(model), sd }
}

fn part(part: inner::CombinePart) -> CombinePart {
    let inner::CombinePart { of, stand_in } = part;
    CombinePart { of: of.0, stand_in: stand_in.map(Number) }
}

fn check(encoder: &Encoder<'_>, trees: &mut Trees, check: &inner::Check) -> Check {
    use inner::Check as Inner;
    match check {
        Inner::Never => Check::Never,
        Inner::Always => Check::Always,
        Inner::Given(item) => Check::Given { item: encoder.item(*item) },
        Inner::Known(step) => Check::Known { step: step.0 },
        Inner::Flag { score, truth } => Check::Flag { score: *score, truth: *truth },
        Inner::Decided(score) => Check::Decided { score: *score },
        Inner::Compare { comparison, left, right, exact } => Check::Compare {
            comparison: (*comparison).into(),
            left: left.0,
            right: right.0,
            exact: *exact,
        },
        Inner::NonZero(of) => Check::NonZero { of: of.0 },
        Inner::Listed { of, values, exact } => {
            Check::Listed { of: of.0, values: numbers(values), exact: *exact }
        }
        Inner::Covered { keys, tree } => {
            Check::Covered { keys: steps(keys), tree: trees.position(tree) }
        }
        Inner::AtLeast { count, of } => Check::AtLeast { count: *count, of: checks(of) },
        Inner::All(of) => Check::All { of: checks(of) },
        Inner::Any(of) => Check::Any { of: checks(of) },
        Inner::Not(of) => Check::Not { of: of.0 },
    }
}

fn steps(steps: &[StepIx]) -> Vec<usize> {
    steps.iter().map(|step| step.0).collect()
}

fn checks(checks: &[CheckIx]) -> Vec<usize> {
    checks.iter().map(|check| check.0).collect()
}
