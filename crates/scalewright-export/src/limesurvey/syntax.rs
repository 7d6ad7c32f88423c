//! ExpressionScript, the expression language of LimeSurvey.
//!
//! Its quirks decide the patterns here. `+` joins two texts, of which an empty answer is one, and every argument of `if`
//! is evaluated. So a part that may be blank is tested by `is_empty` before its result is used. `round` works otherwise
//! in the browser than on the server, so numbers are rounded by `intval`, which cuts off decimals in both. Operators are
//! written as words, because filters for HTML would change `<` and `&`.

use std::collections::BTreeMap;

use scalewright_model::{
    AggregateKind, Comparison, Function, Operator, ResponseKind, ResponseOption, TOLERANCE,
};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::{CheckIx, StepIx};

use super::codes::{CHOICE, LINE, answers};
use crate::code::lines::{Piece, Print, unsupported};
use crate::code::syntax::{ChoiceRead, Part, Syntax, joined};

/// What a missing value is.
pub(super) const MISSING: &str = "''";
/// What is always true, and what never is.
const TRUE: &str = "1";
const FALSE: &str = "0";
/// A number that no score reaches, in place of a missing one in `min` and `max`.
const NEVER: f64 = 1e12;
/// The maximum length of an expression.
const LONGEST: usize = 20_000;

/// The expressions of one instrument.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    /// What the codes of its lines end with, in a survey of several instruments.
    pub(super) ending: String,
    /// What refers to the answer of each item and to the number of each scale, by id.
    pub(super) variables: BTreeMap<String, String>,
}

/// The reference to the answer to a question, or to a result. It is blank if the question is hidden.
pub(super) fn reference(code: &str) -> String {
    format!("{code}.NAOK")
}

/// A number with at most 14 significant digits: LimeSurvey takes one with more for a text.
pub(super) fn decimal(value: f64) -> String {
    digits(format!("{value:.13e}").parse().unwrap_or(value))
}

/// The code that a reference refers to.
pub(super) fn referred(reference: &str) -> &str {
    reference.strip_suffix(".NAOK").unwrap_or(reference)
}

impl Expressions {
    fn line(&self, at: usize, kind: char) -> String {
        reference(&format!("{LINE}{at}{kind}{}", self.ending))
    }

    /// Conditions joined by `by`. `neutral` does not change the result, `decisive` is the result.
    fn connected(conditions: &[Piece], by: &str, [neutral, decisive]: [&str; 2]) -> Piece {
        if conditions.iter().any(|condition| condition.text == decisive) {
            return Piece::atom(decisive);
        }
        let kept = conditions.iter().filter(|condition| condition.text != neutral);
        match kept.cloned().collect::<Vec<_>>().as_slice() {
            [] => Piece::atom(neutral),
            [only] => only.clone(),
            kept => Piece::open(joined(kept, by)),
        }
    }
}

/// The result of a choice.
fn choice(when: &Piece, then: &Piece, otherwise: &Piece) -> Piece {
    match when.text.as_str() {
        TRUE => then.clone(),
        FALSE => otherwise.clone(),
        test => Piece::atom(format!("if({test}, {}, {})", then.text, otherwise.text)),
    }
}

impl Syntax for Expressions {
    fn language(&self) -> &'static str {
        "LimeSurvey"
    }

    fn propagates(&self) -> bool {
        false
    }

    fn reads(&self, kind: &ResponseKind) -> Print<()> {
        match kind {
            ResponseKind::Date => {
                unsupported("an expression of LimeSurvey cannot read a date as a number")
            }
            _ => Ok(()),
        }
    }

    /// Lines are columns of the data, of which databases accept a limited number.
    fn lengths(&self) -> (usize, usize) {
        (400, 60)
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
        self.line(ix, 's')
    }

    fn part_name(&self, at: usize) -> String {
        self.line(at, 'p')
    }

    fn check_name(&self, CheckIx(ix): CheckIx) -> String {
        self.line(ix, 'c')
    }

    fn check_line(&self, name: &str, condition: Piece) -> (Piece, Piece) {
        (self.sure_truth_value(&condition), Piece::atom(format!("{name} eq 1")))
    }

    fn variable(&self, id: &str) -> String {
        self.variables.get(id).cloned().unwrap_or_else(|| reference(id))
    }

    fn number(&self, value: f64) -> Piece {
        if value < 0.0 { Piece::open(decimal(value)) } else { Piece::atom(decimal(value)) }
    }

    fn missing(&self) -> Piece {
        Piece::atom(MISSING)
    }

    fn text(&self, text: &str) -> Print<String> {
        super::texts::literal(text)
    }

    /// The subquestion of a chosen option contains `Y`, that of another one nothing.
    fn choice(&self, item: &str, options: &[ResponseOption], option: usize) -> Print<ChoiceRead> {
        let own = self.variable(item);
        let answer = &answers(options)[option];
        let row = reference(&format!("{}_{CHOICE}{answer}", referred(&own)));
        Ok(ChoiceRead::Number(Piece::atom(format!("if({row} eq 'Y', 1, 0)"))))
    }

    fn clean(&self, column: &str, _: Option<&Accepted>) -> Piece {
        Piece::atom(column)
    }

    fn column(&self, id: &str) -> String {
        self.variable(id)
    }

    fn arithmetic(&self, operator: Operator, left: &Piece, right: &Piece) -> Piece {
        let (a, b) = (left.operand(), right.operand());
        Piece::open(match operator {
            Operator::Add => format!("{a} + {b}"),
            Operator::Subtract => format!("{a} - {b}"),
            Operator::Multiply => format!("{a} * {b}"),
            Operator::Divide => format!("{a} / {b}"),
            // The result has the sign of the divisor.
            Operator::Modulo => format!("{a} - {b} * {}", exact_floor(&format!("({a} / {b})"))),
        })
    }

    fn apply(&self, function: Function, of: &Piece) -> Print<Piece> {
        let x = of.operand();
        let (guard, most) = (decimal(TOLERANCE), decimal(1.0 - TOLERANCE));
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
                    "LimeSurvey has no normal distribution function: define the norm by a table",
                );
            }
        }))
    }

    fn round(&self, of: &Piece, decimals: u32, positive: bool) -> Piece {
        let half = decimal(0.5 + TOLERANCE);
        let size = |x: &str| match decimals {
            0 => format!("intval({x} + {half})"),
            _ => {
                let scale = 10_u64.pow(decimals);
                format!("intval({x} * {scale} + {half}) / {scale}")
            }
        };
        let x = of.operand();
        if positive {
            return Piece::open(size(&x));
        }
        let below = size(&format!("(0 - {x})"));
        Piece::atom(format!("if({x} lt 0, 0 - ({below}), {})", size(&x)))
    }

    fn or_else(&self, number: &Piece, otherwise: f64) -> Piece {
        choice(&self.absent(number), &self.number(otherwise), number)
    }

    fn extreme(&self, kind: AggregateKind, parts: &[Part]) -> Piece {
        let is_lowest = kind == AggregateKind::Min;
        let never = if is_lowest { NEVER } else { -NEVER };
        let number = |part: &Part| match part.is_known {
            true => part.number.text.clone(),
            false => self.or_else(&part.number, part.stand_in.unwrap_or(never)).text,
        };
        let numbers = parts.iter().map(number).collect::<Vec<_>>().join(", ");
        Piece::atom(format!("{}({numbers})", if is_lowest { "min" } else { "max" }))
    }

    fn count(&self, conditions: &[Piece]) -> Piece {
        let one = |condition: &Piece| self.sure_truth_value(condition);
        match conditions {
            [only] => one(only),
            _ => Piece::open(joined(&conditions.iter().map(one).collect::<Vec<_>>(), " + ")),
        }
    }

    fn choose(&self, cases: &[(Piece, Piece)], otherwise: &Piece) -> Piece {
        let nested = |rest: Piece, (when, then): &(Piece, Piece)| choice(when, then, &rest);
        cases.iter().rev().fold(otherwise.clone(), nested)
    }

    fn truth(&self, value: bool) -> Piece {
        Piece::atom(if value { TRUE } else { FALSE })
    }

    fn known(&self, of: &Piece) -> Piece {
        Piece::atom(format!("!is_empty({})", of.text))
    }

    fn absent(&self, of: &Piece) -> Piece {
        Piece::atom(format!("is_empty({})", of.text))
    }

    fn compare(&self, comparison: Comparison, left: &Piece, right: &Piece) -> Piece {
        let word = match comparison {
            Comparison::Less => "lt",
            Comparison::AtMost => "le",
            Comparison::Equal => "eq",
            Comparison::Unequal => "ne",
            Comparison::AtLeast => "ge",
            Comparison::Greater => "gt",
        };
        Piece::atom(format!("{} {word} {}", left.operand(), right.operand()))
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
        Self::connected(conditions, " and ", [TRUE, FALSE])
    }

    fn any(&self, conditions: &[Piece]) -> Piece {
        Self::connected(conditions, " or ", [FALSE, TRUE])
    }

    fn not(&self, condition: &Piece) -> Piece {
        Piece::atom(match condition.text.as_str() {
            TRUE => FALSE.to_owned(),
            FALSE => TRUE.to_owned(),
            test => format!("!({test})"),
        })
    }

    fn truth_value(&self, yes: Option<&Piece>, no: Option<&Piece>) -> Piece {
        let cases = [(yes, 1.0), (no, 0.0)];
        let cases =
            cases.into_iter().filter_map(|(when, value)| Some((when?.clone(), self.number(value))));
        self.choose(&cases.collect::<Vec<_>>(), &self.missing())
    }

    fn sure_truth_value(&self, yes: &Piece) -> Piece {
        choice(yes, &self.number(1.0), &self.number(0.0))
    }
}

/// The whole number that remains after `below` is added to the size of a negative number, or `above` to any other.
fn whole(x: &str, below: &str, above: &str) -> String {
    format!("if({x} lt 0, 0 - intval(0 - {x} + {below}), intval({x} + {above}))")
}

/// The number rounded down, without tolerance.
fn exact_floor(x: &str) -> String {
    format!("if(intval({x}) gt {x}, intval({x}) - 1, intval({x}))")
}
