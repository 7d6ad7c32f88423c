//! Calculations and branching logic of REDCap.
//!
//! A blank is an empty text. Arithmetic with a blank is blank; `sum`, `mean`, `min` and `max` leave blanks out; a number
//! and a text of digits are equal. What REDCap does not document is as observed most often: `sum` of nothing is blank,
//! and a blank is neither less nor greater than a number.

use crate::value::Value;

use super::dialect::{
    Dialect, away, compared, compared_texts, computed, extreme, parsed, plain, written,
};
use super::grammar::{Constant, Grammar, Prefix};
use super::node::{Func, Op};
use super::token::{Special, Token};

pub(super) struct RedCap;

static GRAMMAR: Grammar = Grammar {
    symbols: &[
        "<>", "!=", "<=", ">=", "==", "&&", "||", "(", ")", ",", "+", "-", "*", "/", "%", "^", "=",
        "<", ">", "!",
    ],
    infix: &[
        ("or", Op::Or, 1),
        ("||", Op::Or, 1),
        ("and", Op::And, 2),
        ("&&", Op::And, 2),
        ("=", Op::Eq, 3),
        ("==", Op::Eq, 3),
        ("<>", Op::Ne, 3),
        ("!=", Op::Ne, 3),
        ("<=", Op::Le, 3),
        (">=", Op::Ge, 3),
        ("<", Op::Lt, 3),
        (">", Op::Gt, 3),
        ("+", Op::Add, 4),
        ("-", Op::Sub, 4),
        ("*", Op::Mul, 5),
        ("/", Op::Div, 5),
        ("%", Op::Rem, 5),
        ("^", Op::Pow, 7),
    ],
    prefix: &[
        ("-", Prefix::Minus, 6),
        ("+", Prefix::Plus, 6),
        ("!", Prefix::Not, 6),
        ("not", Prefix::Not, 3),
    ],
    postfix: &[],
    functions: &[
        ("if", Func::If, 3, 3),
        ("sum", Func::Sum, 1, usize::MAX),
        ("mean", Func::Mean, 1, usize::MAX),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("round", Func::Round, 1, 2),
        ("roundup", Func::RoundUp, 1, 2),
        ("rounddown", Func::RoundDown, 1, 2),
        ("abs", Func::Abs, 1, 1),
        ("sqrt", Func::Sqrt, 1, 1),
        ("exponential", Func::Exp, 1, 1),
        // To the base e. Formulas have no other base.
        ("log", Func::Ln, 1, 1),
        ("isblankormissingcode", Func::IsBlank, 1, 1),
    ],
    constants: &[("true", Constant::True), ("false", Constant::False), ("nan", Constant::Nothing)],
    word_signs: ".",
    has_bare_names: false,
    has_hyphens: false,
    ignores_case: true,
    has_escapes: false,
    has_left_powers: false,
    has_choice: false,
    has_index: false,
    special: field,
};

/// `[field]` or `[field(code)]`.
fn field(text: &str) -> Special {
    let inner = text.strip_prefix('[')?;
    let Some(end) = inner.find(']') else { return Some(Err("`[` has no `]`".to_owned())) };
    let length = end + 2;
    let name = inner[..end].trim();
    if text[length..].starts_with('[') {
        return Some(Err(format!("`[{name}]` is an event or has an instance")));
    }
    let (name, option) = match name.strip_suffix(')').and_then(|inner| inner.split_once('(')) {
        Some((name, code)) => (name.trim(), Some(code.trim().to_owned())),
        None => (name, None),
    };
    let is_field = |letter: char| letter.is_alphanumeric() || letter == '_';
    if name.is_empty() || !name.chars().all(is_field) {
        return Some(Err(format!("`[{name}]` is not a field of the form")));
    }
    Some(Ok((Token::Name(name.to_owned(), option), length)))
}

/// The number of a value; `None` for a blank or a text that is not a number.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Blank => None,
        Value::Number(number) => Some(*number).filter(|number| !number.is_nan()),
        Value::Truth(truth) => Some(f64::from(u8::from(*truth))),
        Value::Text(text) => parsed(text),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => number(other).map(written).unwrap_or_default(),
    }
}

/// A number, or a blank where there is none.
fn or_blank(number: Option<f64>) -> Value {
    number.filter(|number| number.is_finite()).map_or(Value::Blank, Value::Number)
}

impl Dialect for RedCap {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn text(&self, text: &str) -> Value {
        match text.to_ascii_lowercase().as_str() {
            "" | "nan" => Value::Blank,
            _ => Value::Text(text.to_owned()),
        }
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        let (left, right) = (number(left), number(right));
        or_blank(left.zip(right).map(|(left, right)| computed(op, left, right)))
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        let is_equality = matches!(op, Op::Eq | Op::Ne);
        Value::Truth(match (number(left), number(right)) {
            (Some(left), Some(right)) => compared(op, left, right),
            _ if is_equality => compared_texts(op, &text(left), &text(right)),
            _ if *left == Value::Blank || *right == Value::Blank => false,
            _ => compared_texts(op, &text(left), &text(right)),
        })
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let first = args.first().and_then(number);
        let numbers = || args.iter().filter_map(number).collect::<Vec<_>>();
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
        let decimals = args.get(1).and_then(number).unwrap_or(0.0).trunc();
        let scale = 10_f64.powf(decimals);
        or_blank(match func {
            Func::Sum => {
                Some(numbers()).filter(|list| !list.is_empty()).map(|list| list.iter().sum())
            }
            Func::Mean => Some(numbers()).filter(|list| !list.is_empty()).map(|list| mean(&list)),
            Func::Min | Func::Max => extreme(func, &numbers()),
            Func::Round => first.map(|number| away(number, decimals)),
            Func::RoundUp => first.map(|number| (number * scale - 1e-9).ceil() / scale),
            Func::RoundDown => first.map(|number| (number * scale + 1e-9).floor() / scale),
            Func::IsBlank => {
                return Value::Truth(args.first().is_none_or(|value| text(value).is_empty()));
            }
            _ => first.and_then(|number| plain(func, number)),
        })
    }
}
