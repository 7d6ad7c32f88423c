//! How the expressions of a script are evaluated: JavaScript in which a missing value is `null`, not `undefined`.

use crate::expr::dialect::{Dialect, compared, compared_texts, computed, extreme, parsed, plain};
use crate::expr::grammar::Grammar;
use crate::expr::javascript::JavaScript;
use crate::expr::node::{Func, Op};
use crate::value::Value;

use super::grammar::GRAMMAR;

/// Scripts.
pub(in crate::expr) struct Script;

/// The tolerance at the bounds of a number.
const NEAR: f64 = 1e-7;

/// The number of a value. `null` is 0.
fn number(value: &Value) -> f64 {
    match value {
        Value::Blank => 0.0,
        Value::Number(number) => *number,
        Value::Truth(truth) => f64::from(u8::from(*truth)),
        Value::Text(text) if text.trim().is_empty() => 0.0,
        Value::Text(text) => parsed(text).unwrap_or(f64::NAN),
    }
}

/// The number that an answer states. Texts are numbers or clock times.
fn given(value: &Value) -> Option<f64> {
    match value {
        Value::Text(text) => match text.trim() {
            "" => None,
            text => match text.split_once(':') {
                Some((hours, minutes)) => Some(parsed(hours)? * 60.0 + parsed(minutes.get(..2)?)?),
                None => parsed(text),
            },
        },
        Value::Blank => None,
        other => Some(number(other)),
    }
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Blank, Value::Blank) => true,
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Truth(left), Value::Truth(right)) => left == right,
        _ => false,
    }
}

impl Dialect for Script {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    // An empty text is a text here, and not `null`.
    fn text(&self, text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        match (op, left, right) {
            // Scripts do not join texts.
            (Op::Add, Value::Text(_), _) | (Op::Add, _, Value::Text(_)) => Value::Number(f64::NAN),
            _ => Value::Number(computed(op, number(left), number(right))),
        }
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        Value::Truth(match (op, left, right) {
            (Op::Same | Op::Eq, ..) => is_same(left, right),
            (Op::NotSame | Op::Ne, ..) => !is_same(left, right),
            (_, Value::Text(left), Value::Text(right)) => compared_texts(op, left, right),
            _ => compared(op, number(left), number(right)),
        })
    }

    fn truth(&self, value: &Value) -> Option<bool> {
        JavaScript.truth(value)
    }

    fn logic(&self, op: Op, left: Value, right: Value) -> Value {
        JavaScript.logic(op, left, right)
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let numbers = || args.iter().map(number).collect::<Vec<f64>>();
        let or_null = |number: Option<f64>| number.map_or(Value::Blank, Value::Number);
        match (func, args) {
            (Func::Coded, [answer, list @ ..]) => {
                let answer = given(answer);
                or_null(answer.filter(|answer| {
                    list.iter().any(|value| is_same(value, &Value::Number(*answer)))
                }))
            }
            (Func::Within, [answer, low, high]) => {
                let (low, high) = (number(low) - NEAR, number(high) + NEAR);
                or_null(given(answer).filter(|answer| low <= *answer && *answer <= high))
            }
            (Func::CountTrue, _) => {
                let count = args.iter().filter(|value| self.truth(value) == Some(true)).count();
                #[expect(clippy::cast_precision_loss, reason = "lists are short")]
                Value::Number(count as f64)
            }
            (Func::SumOf, _) => Value::Number(numbers().into_iter().sum()),
            (Func::Min | Func::Max, _) => {
                let none = if func == Func::Min { f64::INFINITY } else { f64::NEG_INFINITY };
                Value::Number(extreme(func, &numbers()).unwrap_or(none))
            }
            (_, [one]) => Value::Number(plain(func, number(one)).unwrap_or(f64::NAN)),
            _ => Value::Blank,
        }
    }
}
