//! Facts about the number of a step that are known without computing it: simple bounds, and whether it is whole.

use std::collections::BTreeSet;

use scalewright_model::{AggregateKind, Function, ItemIx, Operator};

use super::form::{Check, CheckIx, CombinePart, Normal, Operation, Output, Step, StepIx};
use super::tree::{Leaf, Node};
use crate::{Accepted, Program, rounded};

/// The facts of a step, see [`Step`]. If it never has a value, `low` is above `high`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) whole: bool,
    pub(super) low: f64,
    pub(super) high: f64,
}

const NOTHING: Facts = Facts { whole: true, low: f64::INFINITY, high: f64::NEG_INFINITY };

impl Facts {
    pub(super) fn of(step: &Step) -> Self {
        Self { whole: step.whole, low: step.low, high: step.high }
    }

    fn number(value: f64) -> Self {
        Self { whole: value.fract() == 0.0, low: value, high: value }
    }

    /// Facts with these bounds; NaN is an unknown bound.
    fn within(whole: bool, low: f64, high: f64) -> Self {
        let low = if low.is_nan() { f64::NEG_INFINITY } else { low };
        let high = if high.is_nan() { f64::INFINITY } else { high };
        Self { whole, low, high }
    }

    /// The facts of a number that equals one of two numbers.
    fn or(self, other: Self) -> Self {
        let whole = self.whole && other.whole;
        Self { whole, low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn plus(self, other: Self) -> Self {
        let whole = self.whole && other.whole;
        Self::within(whole, self.low + other.low, self.high + other.high)
    }

    /// The facts of `f` of both numbers. `f` must take its extreme values at the bounds of its arguments.
    fn corners(self, other: Self, whole: bool, f: fn(f64, f64) -> f64) -> Self {
        let pairs = [
            (self.low, other.low),
            (self.low, other.high),
            (self.high, other.low),
            (self.high, other.high),
        ];
        let ends = pairs.map(|(a, b)| f(a, b));
        // 0 · ∞ and ∞ / ∞ are NaN, which `min` and `max` would ignore.
        if ends.iter().any(|end| end.is_nan()) {
            return Self::within(whole, f64::NAN, f64::NAN);
        }
        let (low, high) = (ends.into_iter().reduce(f64::min), ends.into_iter().reduce(f64::max));
        Self::within(whole, low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN))
    }
}

/// The facts of an operation on earlier steps, which is computed if `when` is true.
pub(super) fn facts(
    normal: &Normal,
    program: &Program,
    operation: &Operation,
    when: CheckIx,
) -> Facts {
    let of = |step: StepIx| Facts::of(normal.step(step));
    match operation {
        Operation::Constant(value) => Facts::number(*value),
        Operation::Missing => NOTHING,
        Operation::Answer(item) => answer(program, *item),
        Operation::Chosen { item: _, option: _ } => Facts { whole: true, low: 0.0, high: 1.0 },
        Operation::Score(position) => match normal.scores.get(*position) {
            Some(Output::Number(step) | Output::Word { position: step, words: _ }) => of(*step),
            Some(Output::Truth(_)) | None => Facts { whole: true, low: 0.0, high: 1.0 },
        },
        Operation::Arithmetic { operator, left, right } => {
            arithmetic(*operator, of(*left), of(*right))
        }
        Operation::Apply { function, of: argument } => applied(*function, of(*argument)),
        Operation::Round { of: argument, decimals } => {
            let Facts { whole, low, high } = of(*argument);
            Facts {
                whole: whole || *decimals == 0,
                low: rounded(low, *decimals),
                high: rounded(high, *decimals),
            }
        }
        Operation::Sum(terms) => {
            terms.iter().map(|term| of(*term)).reduce(Facts::plus).unwrap_or(Facts::number(0.0))
        }
        Operation::Combine { kind, parts, times } => {
            combined(normal, (*kind, *times), parts, are_all_known(normal, parts, when))
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of checks")]
        Operation::Count(checks) => Facts { whole: true, low: 0.0, high: checks.len() as f64 },
        Operation::Choose { cases, otherwise } => {
            cases.iter().map(|(_, step)| of(*step)).fold(of(*otherwise), Facts::or)
        }
        Operation::Recode { of: _, pairs, other, exact: _ } => {
            let values = pairs.iter().map(|(_, value)| *value).chain(*other);
            values.map(Facts::number).fold(NOTHING, Facts::or)
        }
        Operation::Lookup { keys: _, tree } => found(tree),
        Operation::Eap { answers: _, model: _, sd } => {
            let low = if *sd { 0.0 } else { f64::NEG_INFINITY };
            Facts { whole: false, low, high: f64::INFINITY }
        }
    }
}

fn answer(program: &Program, item: ItemIx) -> Facts {
    match program.answer(item).map(|answer| &answer.accepted) {
        Some(Accepted::Values(values)) => {
            let values = values.iter().map(|value| Facts::number(value.number()));
            values.fold(NOTHING, Facts::or)
        }
        Some(Accepted::Between { min, max, decimals }) => {
            Facts { whole: *decimals == 0, low: *min, high: *max }
        }
        // Only their options are read.
        Some(Accepted::Choices(_)) | None => NOTHING,
    }
}

fn arithmetic(operator: Operator, left: Facts, right: Facts) -> Facts {
    let whole = left.whole && right.whole;
    let unknown = Facts::within(whole, f64::NAN, f64::NAN);
    match operator {
        Operator::Add => left.plus(right),
        Operator::Subtract => Facts::within(whole, left.low - right.high, left.high - right.low),
        Operator::Multiply => left.corners(right, whole, |a, b| a * b),
        Operator::Divide if right.low > 0.0 || right.high < 0.0 => {
            left.corners(right, false, |a, b| a / b)
        }
        // If the divisor can be near 0, only the sign of the result is known.
        Operator::Divide if left.low >= 0.0 && right.low >= 0.0 => {
            Facts { whole: false, low: 0.0, high: f64::INFINITY }
        }
        Operator::Divide => Facts { whole: false, ..unknown },
        Operator::Modulo if right.low >= 0.0 => Facts { low: 0.0, high: right.high, whole },
        Operator::Modulo => unknown,
    }
}

fn applied(function: Function, Facts { whole, low, high }: Facts) -> Facts {
    // One more on both sides, since the evaluator takes a number near a whole one as that.
    let stepped = |f: fn(f64) -> f64| Facts { whole: true, low: f(low) - 1.0, high: f(high) + 1.0 };
    match function {
        Function::Abs if low >= 0.0 => Facts { whole, low, high },
        Function::Abs => Facts { whole, low: 0.0, high: low.abs().max(high.abs()) },
        Function::Sqrt => Facts::within(false, low.max(0.0).sqrt(), high.sqrt()),
        Function::Ln => Facts::within(false, low.max(0.0).ln(), high.ln()),
        Function::Exp => Facts { whole: false, low: low.exp(), high: high.exp() },
        Function::Floor | Function::Ceiling | Function::Truncate if low >= 0.0 => {
            // Without the extra 1, so that a number known not to be negative stays so.
            Facts { low: low.floor(), ..stepped(f64::floor) }
        }
        Function::Floor => stepped(f64::floor),
        Function::Ceiling => stepped(f64::ceil),
        Function::Truncate => stepped(f64::trunc),
        Function::NormalCdf => Facts { whole: false, low: 0.0, high: 1.0 },
    }
}

/// Whether `when` implies that all parts are known.
fn are_all_known(normal: &Normal, parts: &[CombinePart], when: CheckIx) -> bool {
    let required: BTreeSet<CheckIx> = match normal.check(when) {
        Check::All(checks) => checks.iter().copied().collect(),
        _ => BTreeSet::from([when]),
    };
    let mut known = parts.iter().map(|part| normal.step(part.of).exists);
    known.all(|known| known == CheckIx::ALWAYS || required.contains(&known))
}

fn combined(
    normal: &Normal,
    (kind, times): (AggregateKind, f64),
    parts: &[CombinePart],
    all: bool,
) -> Facts {
    let each: Vec<Facts> = parts.iter().map(|part| part_facts(normal, *part)).collect();
    let widest = each.iter().copied().fold(NOTHING, Facts::or);
    let lows = || each.iter().map(|part| part.low);
    let highs = || each.iter().map(|part| part.high);
    match kind {
        AggregateKind::Sum => each.iter().copied().fold(Facts::number(0.0), Facts::plus),
        AggregateKind::Mean => {
            Facts { whole: false, ..widest }.corners(Facts::number(times), false, |a, b| a * b)
        }
        // If a part may be missing, the minimum of the others can be higher than its upper bound.
        AggregateKind::Min if all => {
            Facts { high: highs().fold(f64::INFINITY, f64::min), ..widest }
        }
        AggregateKind::Max if all => {
            Facts { low: lows().fold(f64::NEG_INFINITY, f64::max), ..widest }
        }
        AggregateKind::Min | AggregateKind::Max => widest,
    }
}

fn part_facts(normal: &Normal, CombinePart { of, stand_in }: CombinePart) -> Facts {
    let step = normal.step(of);
    match stand_in {
        Some(value) if step.exists != CheckIx::ALWAYS => Facts::of(step).or(Facts::number(value)),
        _ => Facts::of(step),
    }
}

fn found(tree: &Node) -> Facts {
    match tree {
        Node::Leaf(Leaf::Missing) => NOTHING,
        Node::Leaf(Leaf::Value(value)) => Facts::number(*value),
        Node::Leaf(Leaf::Line { from: _, value, rise, run: _ }) => {
            Facts { whole: false, ..Facts::number(*value).or(Facts::number(value + rise)) }
        }
        Node::Split { edge: _, less, more } => found(less).or(found(more)),
    }
}
