//! R as formr evaluates it.
//!
//! A blank is `NA`: arithmetic and comparisons with it are `NA`, and logic has three values. `na.rm = TRUE` leaves blanks
//! out. `round` rounds halves to the even digit.

use crate::value::Value;

use super::dialect::{
    Dialect, compared, compared_texts, computed, extreme, number_of, plain, written,
};
use super::grammar::{Constant, Grammar, Prefix};
use super::node::{Func, Op};
use super::token::{Special, Token};

pub(super) struct R;

static GRAMMAR: Grammar = Grammar {
    symbols: &[
        "%in%", "%%", "==", "!=", "<=", ">=", "&&", "||", "(", ")", ",", "+", "-", "*", "/", "^",
        "<", ">", "!", "&", "|", "=",
    ],
    infix: &[
        ("||", Op::Or, 1),
        ("|", Op::Or, 1),
        ("&&", Op::And, 2),
        ("&", Op::And, 2),
        ("==", Op::Eq, 4),
        ("!=", Op::Ne, 4),
        ("<=", Op::Le, 4),
        (">=", Op::Ge, 4),
        ("<", Op::Lt, 4),
        (">", Op::Gt, 4),
        ("+", Op::Add, 5),
        ("-", Op::Sub, 5),
        ("*", Op::Mul, 6),
        ("/", Op::Div, 6),
        ("%in%", Op::In, 7),
        ("%%", Op::Rem, 7),
        ("^", Op::Pow, 9),
    ],
    prefix: &[("!", Prefix::Not, 3), ("-", Prefix::Minus, 8), ("+", Prefix::Plus, 8)],
    postfix: &[],
    functions: &[
        ("sum", Func::Sum, 1, usize::MAX),
        ("rowSums", Func::Sum, 1, 1),
        ("mean", Func::Mean, 1, 1),
        ("rowMeans", Func::Mean, 1, 1),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("c", Func::Combine, 0, usize::MAX),
        ("cbind", Func::Combine, 1, usize::MAX),
        ("data.frame", Func::Combine, 1, usize::MAX),
        ("ifelse", Func::If, 3, 3),
        ("if_else", Func::If, 3, 3),
        ("is.na", Func::IsBlank, 1, 1),
        ("round", Func::Round, 1, 2),
        ("floor", Func::Floor, 1, 1),
        ("ceiling", Func::Ceiling, 1, 1),
        ("trunc", Func::Truncate, 1, 1),
        ("abs", Func::Abs, 1, 1),
        ("sqrt", Func::Sqrt, 1, 1),
        ("exp", Func::Exp, 1, 1),
        ("log", Func::Ln, 1, 1),
        ("as.numeric", Func::Number, 1, 1),
    ],
    constants: &[
        ("TRUE", Constant::True),
        ("T", Constant::True),
        ("FALSE", Constant::False),
        ("F", Constant::False),
        ("NA", Constant::Nothing),
        ("NA_real_", Constant::Nothing),
        ("NA_integer_", Constant::Nothing),
    ],
    word_signs: ".",
    has_bare_names: true,
    has_hyphens: false,
    ignores_case: false,
    has_escapes: true,
    has_left_powers: false,
    has_choice: false,
    has_index: false,
    special: quoted_name,
};

/// A name in backticks.
fn quoted_name(text: &str) -> Special {
    let inner = text.strip_prefix('`')?;
    Some(match inner.find('`') {
        Some(end) => Ok((Token::Name(inner[..end].to_owned(), None), end + 2)),
        None => Err("a backtick has no end".to_owned()),
    })
}

fn or_na(number: Option<f64>) -> Value {
    number.map_or(Value::Blank, Value::Number)
}

/// Rounded to decimal places, halves to the even digit.
fn to_even(number: f64, decimals: f64) -> f64 {
    let scale = 10_f64.powf(decimals.trunc());
    let scaled = number * scale;
    let floor = scaled.floor();
    let is_half = (scaled - floor - 0.5).abs() < 1e-9 * scaled.abs().max(1.0);
    let is_even = floor % 2.0 == 0.0;
    let rounded = match (is_half, is_even) {
        (true, true) => floor,
        (true, false) => floor + 1.0,
        _ => scaled.round(),
    };
    rounded / scale
}

impl Dialect for R {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn read(&self, score: Value) -> Value {
        score
    }

    // An empty text is a text here, and not `NA`.
    fn text(&self, text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        let result = number_of(left).zip(number_of(right)).map(|(left, right)| match op {
            // The remainder has the sign of the divisor.
            Op::Rem => left - (left / right).floor() * right,
            _ => computed(op, left, right),
        });
        or_na(result)
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        let is_text = matches!(left, Value::Text(_)) || matches!(right, Value::Text(_));
        match (left, right) {
            (Value::Blank, _) | (_, Value::Blank) => Value::Blank,
            _ if is_text => {
                let text = |value: &Value| match value {
                    Value::Text(text) => text.clone(),
                    other => number_of(other).map(written).unwrap_or_default(),
                };
                Value::Truth(compared_texts(op, &text(left), &text(right)))
            }
            _ => match number_of(left).zip(number_of(right)) {
                Some((left, right)) if !left.is_nan() && !right.is_nan() => {
                    Value::Truth(compared(op, left, right))
                }
                _ => Value::Blank,
            },
        }
    }

    fn truth(&self, value: &Value) -> Option<bool> {
        match value {
            Value::Blank | Value::Text(_) => None,
            Value::Number(number) if number.is_nan() => None,
            Value::Number(number) => Some(*number != 0.0),
            Value::Truth(truth) => Some(*truth),
        }
    }

    fn logic(&self, op: Op, left: Value, right: Value) -> Value {
        let decides = op == Op::Or;
        let (left, right) = (self.truth(&left), self.truth(&right));
        match (left, right) {
            _ if left == Some(decides) || right == Some(decides) => Value::Truth(decides),
            (Some(_), Some(_)) => Value::Truth(!decides),
            _ => Value::Blank,
        }
    }

    fn call(&self, func: Func, args: &[Value], leaves_blanks_out: bool) -> Value {
        let first = args.first().unwrap_or(&Value::Blank);
        let is_missing = |value: &Value| number_of(value).is_none_or(f64::is_nan);
        let is_list = matches!(func, Func::Sum | Func::Mean | Func::Min | Func::Max);
        if is_list && !leaves_blanks_out && args.iter().any(is_missing) {
            return Value::Blank;
        }
        let numbers: Vec<f64> =
            args.iter().filter_map(number_of).filter(|number| !number.is_nan()).collect();
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let length = numbers.len() as f64;
        let infinity = if func == Func::Min { f64::INFINITY } else { f64::NEG_INFINITY };
        match func {
            Func::Sum => Value::Number(numbers.iter().sum()),
            // NaN for nothing.
            Func::Mean => Value::Number(numbers.iter().sum::<f64>() / length),
            Func::Min | Func::Max => Value::Number(extreme(func, &numbers).unwrap_or(infinity)),
            Func::IsBlank => Value::Truth(match first {
                Value::Text(_) => false,
                other => is_missing(other),
            }),
            Func::Round => {
                let decimals = args.get(1).and_then(number_of).unwrap_or(0.0);
                or_na(number_of(first).map(|number| to_even(number, decimals)))
            }
            _ => or_na(number_of(first).and_then(|number| plain(func, number))),
        }
    }
}
