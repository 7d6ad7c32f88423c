//! Computed values of OpenScales, as its runner evaluates them.
//!
//! A blank is 0, and so is a score that is not there. Conditions are 1 or 0. A division by 0 is NaN.

use crate::form::Form;
use crate::value::Value;

use super::dialect::{Dialect, compared, computed, extreme, number_of, plain, stored_text};
use super::grammar::{Constant, Grammar, Prefix, nothing_special};
use super::node::{Func, Op};

pub(super) struct OpenScales;

static GRAMMAR: Grammar = Grammar {
    symbols: &[">=", "<=", "==", "!=", "+", "-", "*", "/", ">", "<", "(", ")", ","],
    infix: &[
        ("or", Op::Or, 1),
        ("and", Op::And, 2),
        (">=", Op::Ge, 3),
        ("<=", Op::Le, 3),
        ("==", Op::Eq, 3),
        ("!=", Op::Ne, 3),
        (">", Op::Gt, 3),
        ("<", Op::Lt, 3),
        ("+", Op::Add, 4),
        ("-", Op::Sub, 4),
        ("*", Op::Mul, 5),
        ("/", Op::Div, 5),
    ],
    prefix: &[("not", Prefix::Not, 3), ("-", Prefix::Minus, 6)],
    postfix: &[],
    functions: &[
        ("sum", Func::Sum, 1, usize::MAX),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("abs", Func::Abs, 1, 1),
        ("count", Func::Count, 1, usize::MAX),
    ],
    constants: &[("true", Constant::True), ("false", Constant::False)],
    word_signs: ".",
    has_bare_names: true,
    has_hyphens: false,
    ignores_case: false,
    has_escapes: false,
    has_left_powers: false,
    has_choice: false,
    has_index: false,
    special: nothing_special,
};

/// The number of a value. All values are numbers or conditions.
fn number(value: &Value) -> f64 {
    number_of(value).unwrap_or(0.0)
}

impl Dialect for OpenScales {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn answer(&self, form: &Form, item: usize, answer: Option<f64>) -> Value {
        let stored = answer.map(|answer| match stored_text(form, item, answer) {
            Some(text) => text.trim().parse().unwrap_or(0.0),
            None => answer,
        });
        Value::Number(stored.unwrap_or(0.0))
    }

    fn read(&self, score: Value) -> Value {
        match score {
            Value::Blank => Value::Number(0.0),
            other => other,
        }
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        let (left, right) = (number(left), number(right));
        Value::Number(match op {
            Op::Div if right == 0.0 => f64::NAN,
            _ => computed(op, left, right),
        })
    }

    fn negated(&self, value: &Value) -> Value {
        Value::Number(-number(value))
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        Value::Truth(compared(op, number(left), number(right)))
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let numbers: Vec<f64> = args.iter().map(number).collect();
        let first = numbers.first().copied().unwrap_or(0.0);
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let length = numbers.len() as f64;
        Value::Number(match func {
            Func::Sum => numbers.iter().sum(),
            Func::Min | Func::Max if numbers.iter().any(|number| number.is_nan()) => f64::NAN,
            Func::Min | Func::Max => extreme(func, &numbers).unwrap_or(0.0),
            Func::Count => length,
            _ => plain(func, first).unwrap_or(f64::NAN),
        })
    }
}
