//! What the languages do differently when an expression is evaluated.

use std::cmp::Ordering;

use crate::form::{Form, ResponseKind};
use crate::value::Value;

use super::grammar::Grammar;
use super::node::{Func, Op};

/// How a language evaluates.
pub(super) trait Dialect: Sync {
    /// The grammar of the language.
    fn grammar(&self) -> &'static Grammar;

    /// The value of an answer. `None` is a blank.
    fn answer(&self, form: &Form, item: usize, answer: Option<f64>) -> Value {
        stored(form, item, answer)
    }

    /// The value of a tick. An option that is not ticked is 0.
    fn tick(&self, is_ticked: bool) -> Value {
        Value::Number(f64::from(u8::from(is_ticked)))
    }

    /// The result of another score, as an expression reads it.
    fn read(&self, score: Value) -> Value {
        match score {
            Value::Number(number) if number.is_nan() => Value::Blank,
            other => other,
        }
    }

    /// `NA`, `undefined`, and similar values.
    fn nothing(&self) -> Value {
        Value::Blank
    }

    /// A text in the expression.
    fn text(&self, text: &str) -> Value {
        if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) }
    }

    /// Arithmetic with two values.
    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value;

    /// `-value`.
    fn negated(&self, value: &Value) -> Value {
        self.arithmetic(Op::Sub, &Value::Number(0.0), value)
    }

    /// A comparison of two values.
    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value;

    /// Whether a value counts as true; `None` if that is unknown.
    fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::Blank => false,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Truth(truth) => *truth,
            Value::Text(_) => true,
        })
    }

    /// `and` and `or`.
    fn logic(&self, op: Op, left: Value, right: Value) -> Value {
        let (left, right) = (self.truth(&left), self.truth(&right));
        Value::Truth(match op {
            Op::And => left == Some(true) && right == Some(true),
            _ => left == Some(true) || right == Some(true),
        })
    }

    /// The result of `if` with an unknown condition.
    fn unknown(&self) -> Value {
        Value::Blank
    }

    /// A function other than `if`.
    fn call(&self, func: Func, args: &[Value], leaves_blanks_out: bool) -> Value;
}

/// The answer as the source stores it: a number if it reads as one.
pub(super) fn stored(form: &Form, item: usize, answer: Option<f64>) -> Value {
    let Some(answer) = answer else { return Value::Blank };
    match stored_text(form, item, answer) {
        Some(text) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => Value::Text(text),
        },
        None => Value::Number(answer),
    }
}

/// The text that the source stores for an option; `None` for an answer that is not an option.
pub(super) fn stored_text(form: &Form, item: usize, answer: f64) -> Option<String> {
    let response = form.responses.get(form.items.get(item)?.response)?;
    let ResponseKind::Coded(choices) = &response.kind else { return None };
    let choice = choices.iter().find(|choice| choice.value.number() == answer)?;
    Some(choice.stored.clone())
}

/// Arithmetic with two numbers.
pub(super) fn computed(op: Op, left: f64, right: f64) -> f64 {
    match op {
        Op::Add => left + right,
        Op::Sub => left - right,
        Op::Mul => left * right,
        Op::Div => left / right,
        Op::Rem => left % right,
        Op::Pow => left.powf(right),
        _ => f64::NAN,
    }
}

/// A comparison of two numbers. Nothing but `!=` is true of NaN.
pub(super) fn compared(op: Op, left: f64, right: f64) -> bool {
    match left.partial_cmp(&right) {
        Some(order) => op.holds(order),
        None => matches!(op, Op::Ne | Op::NotSame),
    }
}

/// A comparison of two texts.
pub(super) fn compared_texts(op: Op, left: &str, right: &str) -> bool {
    op.holds(left.cmp(right))
}

/// The number that a text reads as.
pub(super) fn parsed(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The number of a value; `None` for nothing and for a text that is not a number.
pub(super) fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Blank => None,
        Value::Number(number) => Some(*number),
        Value::Truth(truth) => Some(f64::from(u8::from(*truth))),
        Value::Text(text) => parsed(text),
    }
}

/// Rounded to decimal places, halves away from zero.
pub(super) fn away(number: f64, decimals: f64) -> f64 {
    let scale = 10_f64.powf(decimals.trunc());
    let scaled = number * scale;
    // 1.005 is stored below the half that it was written as.
    let nudge = scaled.abs() * f64::EPSILON * 4.0;
    let size = (scaled.abs() + 0.5 + nudge).floor() / scale;
    if number.is_nan() { number } else { size.copysign(number) }
}

/// The lowest or highest number.
pub(super) fn extreme(func: Func, numbers: &[f64]) -> Option<f64> {
    let wanted = if func == Func::Min { Ordering::Less } else { Ordering::Greater };
    numbers.iter().copied().reduce(|best, next| match next.partial_cmp(&best) {
        Some(order) if order == wanted => next,
        Some(_) => best,
        None => f64::NAN,
    })
}

/// A function of one number that all languages compute alike; `None` for another.
pub(super) fn plain(func: Func, number: f64) -> Option<f64> {
    Some(match func {
        Func::Abs => number.abs(),
        Func::Sqrt => number.sqrt(),
        Func::Exp => number.exp(),
        Func::Ln => number.ln(),
        Func::Floor => number.floor(),
        Func::Ceiling => number.ceil(),
        Func::Truncate => number.trunc(),
        Func::Number => number,
        _ => return None,
    })
}

/// A number as a text.
pub(super) fn written(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}
