//! How the formulas of an XLSForm spell the normal form.
//!
//! JavaRosa, Enketo and ODK Web Forms read a blank differently as a condition, in `min` and `max`, and in sums. So no
//! operator and no function ever reads a blank: `x != ''` is tested first. It is false for a blank and true for 0 in all
//! three. A line is a `calculate` row, and `${name}` refers to it.

use std::collections::BTreeSet;

use scalewright_model::{AggregateKind, Comparison, Function, Operator, ResponseOption, TOLERANCE};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::spelling::{LONGEST, is_reference, reference, text};
use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined, sign};

/// What a missing number is.
pub(super) const MISSING: &str = "''";
/// A number that no score reaches, in place of a missing one in `min` and `max`.
const NEVER: f64 = 1e18;

/// Formulas of an XLSForm.
#[derive(Default)]
pub(super) struct XPath {
    /// What the names of lines begin with, after an underscore. Ids begin with a letter.
    pub(super) prefix: &'static str,
    /// The ids of the items whose answers are cleaned in a row of their own.
    pub(super) cleaned: BTreeSet<String>,
    /// The ids of the scales whose scores are words. The row with this name contains the word.
    pub(super) worded: BTreeSet<String>,
}

impl XPath {
    fn line(&self, kind: char, at: usize) -> String {
        reference(&format!("_{}{kind}{at}", self.prefix))
    }
}

/// The name of the row with the cleaned answer to an item.
pub(super) fn cleaned_name(id: &str) -> String {
    format!("_a_{id}")
}

impl Syntax for XPath {
    fn language(&self) -> &'static str {
        "XLSForm"
    }

    fn propagates(&self) -> bool {
        false
    }

    fn longest(&self) -> usize {
        LONGEST
    }

    fn most_cases(&self) -> usize {
        40
    }

    fn names_counts(&self) -> bool {
        true
    }

    fn step_name(&self, StepIx(ix): StepIx) -> String {
        self.line('s', ix)
    }

    fn part_name(&self, at: usize) -> String {
        self.line('p', at)
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        self.line('c', ix)
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        (self.sure_truth_value(&condition), Piece::atom(format!("{name} = 1")))
    }

    fn variable(&self, id: &str) -> String {
        if self.cleaned.contains(id) {
            return reference(&cleaned_name(id));
        }
        match self.worded.contains(id) {
            true => reference(&format!("_w_{id}")),
            false => reference(id),
        }
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(MISSING)
    }

    fn text(&self, value: &str) -> Print<String> {
        text(value)
    }

    fn choice(&self, item: &str, options: &[ResponseOption], option: usize) -> Print<ChoiceRead> {
        let (answer, value) = (reference(item), options[option].value);
        let text = format!("if(selected({answer}, '{value}'), 1, 0)");
        Ok(ChoiceRead::Number(Piece::atom(text)))
    }

    fn clean(&self, column: &str, _: Option<&Accepted>) -> Piece {
        Piece::atom(column)
    }

    fn column(&self, id: &str) -> String {
        reference(id)
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} div {b}"),
            Operator::Modulo => format!("{a} - {b} * {}", exact_floor(&format!("{a} div {b}"))),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let x = of.operand();
        let (guard, most) = (self.number(TOLERANCE).text, self.number(1.0 - TOLERANCE).text);
        Ok(Piece::atom(match function {
            Function::Abs => format!("abs({})", of.text),
            Function::Sqrt => format!("sqrt({})", of.text),
            Function::Ln => format!("log({})", of.text),
            Function::Exp => format!("exp({})", of.text),
            Function::Floor => whole(&x, &most, &guard),
            Function::Ceiling => whole(&x, &guard, &most),
            Function::Truncate => whole(&x, &guard, &guard),
            Function::NormalCdf => {
                return unsupported(
                    "XLSForm has no normal distribution function: define the norm by a table",
                );
            }
        }))
    }

    /// The engines round halves differently, so `round` is not used.
    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let half = self.number(0.5 + TOLERANCE).text;
        let size = |x: &str| match decimals {
            0 => format!("int({x} + {half})"),
            _ => {
                let scale = 10_u64.pow(decimals);
                format!("int({x} * {scale} + {half}) div {scale}")
            }
        };
        let x = of.operand();
        match positive {
            true => Piece::open(size(&x)),
            false => Piece::atom(format!(
                "if({x} < 0, 0 - {}, {})",
                size(&format!("(0 - {x})")),
                size(&x)
            )),
        }
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        let otherwise = self.number(otherwise).text;
        Piece::atom(format!("if({}, {}, {otherwise})", self.known(number).text, number.text))
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        // JavaRosa's `max` of negative numbers is 0, so the highest number is the opposite of the lowest opposite.
        let opposite = kind != AggregateKind::Min;
        let never = if opposite { -NEVER } else { NEVER };
        let number = |part: &Part| {
            let number = match part.is_known {
                true => part.number.clone(),
                false => self.or_else(&part.number, part.stand_in.unwrap_or(never)),
            };
            if opposite { format!("0 - {}", number.operand()) } else { number.text }
        };
        let lowest = format!("min({})", parts.iter().map(number).collect::<Vec<_>>().join(", "));
        match opposite {
            true => Piece::open(format!("0 - {lowest}")),
            false => Piece::atom(lowest),
        }
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        // The row of a condition contains 1 or 0.
        let one = |condition: &Piece| match condition.text.strip_suffix(" = 1") {
            Some(row) if is_reference(row) && row.starts_with("${_") => Piece::atom(row),
            _ => self.sure_truth_value(condition),
        };
        match conditions {
            [only] => one(only),
            _ => Piece::open(joined(&conditions.iter().map(one).collect::<Vec<_>>(), " + ")),
        }
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let choice = |rest: Piece, (when, then): &(Piece, Piece)| {
            Piece::atom(format!("if({}, {}, {})", when.text, then.text, rest.text))
        };
        cases.iter().rev().fold(otherwise.clone(), choice)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { "true()" } else { "false()" })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} != {MISSING}", of.operand()))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("{} = {MISSING}", of.operand()))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let sign = sign(comparison, ["=", "!="]);
        let (mut a, mut b) = (left.operand(), right.operand());
        // Two rows would be compared as texts, in which 3 and 3.0 differ.
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        if is_equality && b.parse::<f64>().is_err() {
            (a, b) = (format!("number({})", left.text), format!("number({})", right.text));
        }
        Piece::atom(format!("{a} {sign} {b}"))
    }

    fn definite(&self, condition: Piece, open: &[Piece]) -> Piece {
        let mut all: Vec<Piece> = Vec::new();
        for piece in open.iter().map(|piece| self.known(piece)) {
            if all.iter().all(|other| other.text != piece.text) {
                all.push(piece);
            }
        }
        all.push(condition);
        self.all(&all)
    }

    fn all(&self, conditions: &[Piece]) -> Piece {
        connected(conditions, " and ")
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        connected(conditions, " or ")
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(format!("not({})", condition.text))
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, 1.0), (no, 0.0)];
        let cases =
            cases.into_iter().filter_map(|(when, value)| Some((when?.clone(), self.number(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        self.choose(&[(yes.clone(), self.number(1.0))], &self.number(0.0))
    }
}

/// The whole number that remains after `below` is added to the size of a negative number, or `above` to any other.
/// JavaRosa has no `floor`, and `int` is the same in all engines only for numbers that are not negative.
fn whole(x: &str, below: &str, above: &str) -> String {
    format!("if({x} < 0, 0 - int(0 - {x} + {below}), int({x} + {above}))")
}

/// The number rounded down, without tolerance.
fn exact_floor(x: &str) -> String {
    let size = format!("int(0 - {x})");
    format!("if({x} < 0, 0 - {size} - if(0 - {x} > {size}, 1, 0), int({x}))")
}

fn connected(conditions: &[Piece], by: &str) -> Piece {
    match conditions {
        [only] => only.clone(),
        _ => Piece::open(joined(conditions, by)),
    }
}
