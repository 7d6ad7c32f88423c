//! XPath as ODK uses it.
//!
//! An answer is a text, and a blank the empty text. As a number, a blank is NaN, and NaN is not the empty text:
//! `coalesce(3 - ${x}, 0)` is NaN for a blank. Nothing but `!=` is true of NaN.

use crate::form::Form;
use crate::value::Value;

use super::dialect::{
    Dialect, compared, compared_texts, computed, extreme, parsed, plain, stored_text, written,
};
use super::grammar::{Grammar, Prefix};
use super::node::{Func, Op};
use super::token::{Special, Token};

pub(super) struct XPath;

static GRAMMAR: Grammar = Grammar {
    symbols: &["!=", "<=", ">=", "(", ")", ",", "+", "-", "*", "=", "<", ">", "|"],
    infix: &[
        ("or", Op::Or, 1),
        ("and", Op::And, 2),
        ("=", Op::Eq, 3),
        ("!=", Op::Ne, 3),
        ("<=", Op::Le, 4),
        (">=", Op::Ge, 4),
        ("<", Op::Lt, 4),
        (">", Op::Gt, 4),
        ("+", Op::Add, 5),
        ("-", Op::Sub, 5),
        ("*", Op::Mul, 6),
        ("div", Op::Div, 6),
        ("mod", Op::Rem, 6),
        ("|", Op::Union, 8),
    ],
    prefix: &[("-", Prefix::Minus, 7)],
    postfix: &[],
    functions: &[
        ("if", Func::If, 3, 3),
        ("not", Func::Not, 1, 1),
        ("true", Func::True, 0, 0),
        ("false", Func::False, 0, 0),
        ("selected", Func::Selected, 2, 2),
        ("coalesce", Func::Coalesce, 2, 2),
        ("sum", Func::Sum, 1, 1),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("round", Func::Round, 1, 2),
        ("int", Func::Truncate, 1, 1),
        ("number", Func::Number, 1, 1),
        ("abs", Func::Abs, 1, 1),
        ("sqrt", Func::Sqrt, 1, 1),
        ("exp", Func::Exp, 1, 1),
        ("log", Func::Ln, 1, 1),
        ("pow", Func::Pow, 2, 2),
        ("string-length", Func::Length, 1, 1),
        ("count-non-empty", Func::Count, 1, 1),
    ],
    constants: &[],
    word_signs: "-",
    has_bare_names: false,
    has_hyphens: false,
    ignores_case: false,
    has_escapes: false,
    has_left_powers: false,
    has_choice: false,
    has_index: false,
    special: path,
};

/// `${x}`, `../x`, `/data/g/x` or `.`: the name is the last step.
fn path(text: &str) -> Special {
    if let Some(inner) = text.strip_prefix("${") {
        let Some(end) = inner.find('}') else { return Some(Err("`${` has no `}`".to_owned())) };
        return Some(Ok((Token::Name(inner[..end].trim().to_owned(), None), end + 3)));
    }
    let after_dot = text.strip_prefix('.');
    if !text.starts_with('/')
        && after_dot.is_none_or(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
    {
        return None;
    }
    let is_step =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/' | ':');
    let length = text.find(|letter| !is_step(letter)).unwrap_or(text.len());
    let path = &text[..length];
    let name = if path == "." { "." } else { path.rsplit('/').next().unwrap_or(path) };
    let is_named =
        path == "." || name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    if !is_named {
        return Some(Err(format!("the path `{path}` is not understood")));
    }
    Some(Ok((Token::Name(name.to_owned(), None), length)))
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Blank => f64::NAN,
        Value::Number(number) => *number,
        Value::Truth(truth) => f64::from(u8::from(*truth)),
        Value::Text(text) => parsed(text).unwrap_or(f64::NAN),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => written(*number),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// Rounded to decimal places, halves away from zero. 1.005 is stored below the half that it was written as, and becomes 1.
fn rounded(number: f64, decimals: f64) -> f64 {
    let scale = 10_f64.powf(decimals.trunc());
    let size = ((number * scale).abs() + 0.5).floor() / scale;
    if number.is_nan() { number } else { size.copysign(number) }
}

impl Dialect for XPath {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn answer(&self, form: &Form, item: usize, answer: Option<f64>) -> Value {
        let Some(answer) = answer else { return Value::Blank };
        Value::Text(stored_text(form, item, answer).unwrap_or_else(|| written(answer)))
    }

    // A calculation is stored as a text, and NaN as an empty one.
    fn read(&self, score: Value) -> Value {
        match score {
            Value::Number(number) if number.is_nan() => Value::Blank,
            Value::Blank => Value::Blank,
            other => Value::Text(text(&other)),
        }
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        Value::Number(computed(op, number(left), number(right)))
    }

    fn negated(&self, value: &Value) -> Value {
        Value::Number(-number(value))
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        let is_text = |value: &Value| matches!(value, Value::Blank | Value::Text(_));
        let are_texts = is_text(left) && is_text(right);
        Value::Truth(match (op, left, right) {
            (Op::Eq | Op::Ne, Value::Truth(truth), other)
            | (Op::Eq | Op::Ne, other, Value::Truth(truth)) => {
                (self.truth(other) == Some(*truth)) == (op == Op::Eq)
            }
            (Op::Eq | Op::Ne, ..) if are_texts => compared_texts(op, &text(left), &text(right)),
            _ => compared(op, number(left), number(right)),
        })
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let first = args.first().cloned().unwrap_or(Value::Blank);
        let numbers: Vec<f64> = args.iter().map(number).collect();
        let second = numbers.get(1).copied();
        #[expect(clippy::cast_precision_loss, reason = "texts and lists are short")]
        let length = |count: usize| count as f64;
        Value::Number(match func {
            Func::Coalesce if first == Value::Blank => {
                return args.get(1).cloned().unwrap_or(Value::Blank);
            }
            Func::Coalesce => return first,
            Func::Sum => numbers.iter().sum(),
            Func::Min | Func::Max if numbers.iter().any(|number| number.is_nan()) => f64::NAN,
            Func::Min | Func::Max => extreme(func, &numbers).unwrap_or(f64::NAN),
            Func::Round => rounded(number(&first), second.unwrap_or(0.0)),
            Func::Pow => number(&first).powf(second.unwrap_or(f64::NAN)),
            Func::Length => length(text(&first).chars().count()),
            Func::Count => length(args.iter().filter(|value| !text(value).is_empty()).count()),
            _ => plain(func, number(&first)).unwrap_or(f64::NAN),
        })
    }
}
