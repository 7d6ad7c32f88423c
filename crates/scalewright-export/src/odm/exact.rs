//! Whether OpenEDC shows a score as it is. It rounds every computed number to two decimals.

use scalewright_model::AggregateKind;
use scalewright_scoring::normal::tree::{Leaf, Node};
use scalewright_scoring::normal::{Normal, Operation, Output, Step, StepIx};

/// Whether each step is always a whole number of hundredths, as far as that can be seen from its operands.
pub(super) struct Hundredths(Vec<bool>);

impl Hundredths {
    pub(super) fn of(normal: &Normal) -> Self {
        let mut known = Vec::with_capacity(normal.steps.len());
        for step in &normal.steps {
            let is = step.whole || is_exact(normal, step, &known);
            known.push(is);
        }
        Self(known)
    }

    /// Whether the number of a step is a whole number of hundredths.
    pub(super) fn is(&self, StepIx(ix): StepIx) -> bool {
        self.0[ix]
    }
}

/// The same for one step, whose operands are decided.
fn is_exact(normal: &Normal, step: &Step, known: &[bool]) -> bool {
    let is = |step: &StepIx| known[step.0];
    match &step.operation {
        Operation::Constant(value) => is_hundredth(*value),
        Operation::Missing | Operation::Count(_) | Operation::Round { of: _, decimals: 0..=2 } => {
            true
        }
        Operation::Score(position) => match &normal.scores[*position] {
            Output::Number(step) => is(step),
            Output::Word { position: _, words: _ } | Output::Truth(_) => true,
        },
        Operation::Sum(terms) => terms.iter().all(is),
        Operation::Combine { kind, parts, times: _ } if *kind != AggregateKind::Mean => {
            parts.iter().all(|part| is(&part.of) && part.stand_in.is_none_or(is_hundredth))
        }
        Operation::Choose { cases, otherwise } => {
            cases.iter().all(|(_, step)| is(step)) && is(otherwise)
        }
        Operation::Recode { of: _, pairs, other, exact: _ } => {
            pairs.iter().all(|(_, to)| is_hundredth(*to)) && other.is_none_or(is_hundredth)
        }
        Operation::Lookup { keys: _, tree } => leaves_are(tree),
        _ => false,
    }
}

fn is_hundredth(value: f64) -> bool {
    ((value * 100.0).round() / 100.0 - value).abs() < 1e-9
}

fn leaves_are(tree: &Node) -> bool {
    let mut next = vec![tree];
    while let Some(node) = next.pop() {
        match node {
            Node::Leaf(Leaf::Missing) => {}
            Node::Leaf(Leaf::Value(value)) if is_hundredth(*value) => {}
            Node::Leaf(_) => return false,
            Node::Split { edge: _, less, more } => next.extend([less.as_ref(), more.as_ref()]),
        }
    }
    true
}
