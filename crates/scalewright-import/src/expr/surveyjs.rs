//! Expressions of SurveyJS.
//!
//! An answer that was not given is `undefined`: arithmetic counts it as 0, and comparisons are false, except that nothing
//! equals nothing. Texts of digits are numbers.

use crate::form::{Form, ResponseKind};
use crate::value::Value;

use super::dialect::{
    Dialect, away, compared, compared_texts, computed, extreme, number_of, plain, stored, written,
};
use super::grammar::{Constant, Grammar, Prefix};
use super::node::{Func, Op};
use super::token::{Special, Token};

pub(super) struct SurveyJs;

static GRAMMAR: Grammar = Grammar {
    symbols: &[
        "<>", "!=", "==", "<=", ">=", "&&", "||", "*=", "(", ")", "[", "]", ",", "+", "-", "*",
        "/", "%", "^", "=", "<", ">", "!",
    ],
    infix: &[
        ("or", Op::Or, 1),
        ("||", Op::Or, 1),
        ("and", Op::And, 2),
        ("&&", Op::And, 2),
        ("=", Op::Eq, 3),
        ("==", Op::Eq, 3),
        ("equal", Op::Eq, 3),
        ("<>", Op::Ne, 3),
        ("!=", Op::Ne, 3),
        ("notequal", Op::Ne, 3),
        ("<=", Op::Le, 3),
        ("lessorequal", Op::Le, 3),
        (">=", Op::Ge, 3),
        ("greaterorequal", Op::Ge, 3),
        ("<", Op::Lt, 3),
        ("less", Op::Lt, 3),
        (">", Op::Gt, 3),
        ("greater", Op::Gt, 3),
        ("contains", Op::Contains, 3),
        ("contain", Op::Contains, 3),
        ("*=", Op::Contains, 3),
        ("notcontains", Op::NotContains, 3),
        ("notcontain", Op::NotContains, 3),
        ("anyof", Op::AnyOf, 3),
        ("allof", Op::AllOf, 3),
        ("+", Op::Add, 4),
        ("-", Op::Sub, 4),
        ("*", Op::Mul, 5),
        ("/", Op::Div, 5),
        ("%", Op::Rem, 5),
        ("^", Op::Pow, 6),
    ],
    prefix: &[("!", Prefix::Not, 7), ("negate", Prefix::Not, 7), ("-", Prefix::Minus, 7)],
    postfix: &[("empty", Func::IsBlank), ("notempty", Func::IsPresent)],
    functions: &[
        ("iif", Func::If, 2, 3),
        ("sum", Func::Sum, 1, usize::MAX),
        ("avg", Func::Mean, 1, usize::MAX),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("count", Func::Count, 1, usize::MAX),
        ("round", Func::Round, 1, 2),
        ("trunc", Func::Truncate, 1, 1),
    ],
    constants: &[
        ("true", Constant::True),
        ("false", Constant::False),
        ("undefined", Constant::Nothing),
    ],
    word_signs: "",
    has_bare_names: false,
    has_hyphens: false,
    ignores_case: true,
    has_escapes: true,
    has_left_powers: true,
    has_choice: false,
    has_index: false,
    special: name,
};

/// `{question}`, `{matrix.row}`.
fn name(text: &str) -> Special {
    let inner = text.strip_prefix('{')?;
    Some(match inner.find('}') {
        Some(end) => Ok((Token::Name(inner[..end].trim().to_owned(), None), end + 2)),
        None => Err("`{` has no `}`".to_owned()),
    })
}

fn text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => written(*number),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) => text.clone(),
    }
}

fn finite(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Blank }
}

impl Dialect for SurveyJs {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn answer(&self, form: &Form, item: usize, answer: Option<f64>) -> Value {
        let response = form.items.get(item).and_then(|item| form.responses.get(item.response));
        match (response.map(|response| &response.kind), answer) {
            (Some(ResponseKind::YesNo { .. }), Some(answer)) => Value::Truth(answer != 0.0),
            _ => stored(form, item, answer),
        }
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        let of = |value: &Value| {
            if *value == Value::Blank { 0.0 } else { number_of(value).unwrap_or(f64::NAN) }
        };
        finite(computed(op, of(left), of(right)))
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        let is_equality = matches!(op, Op::Eq | Op::Ne);
        Value::Truth(match (left, right) {
            (Value::Blank, Value::Blank) => op == Op::Eq,
            (Value::Blank, _) | (_, Value::Blank) => op == Op::Ne,
            (Value::Truth(_), Value::Text(_)) | (Value::Text(_), Value::Truth(_))
                if is_equality =>
            {
                compared_texts(op, &text(left).to_lowercase(), &text(right).to_lowercase())
            }
            _ => match (number_of(left), number_of(right)) {
                (Some(left), Some(right)) => compared(op, left, right),
                _ => compared_texts(op, &text(left), &text(right)),
            },
        })
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let first = args.first().unwrap_or(&Value::Blank);
        let numbers: Vec<f64> = args.iter().filter_map(number_of).collect();
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let length = |count: usize| count as f64;
        let decimals = args.get(1).and_then(number_of).unwrap_or(0.0);
        finite(match func {
            Func::Sum => numbers.iter().sum(),
            // The mean of nothing is 0.
            Func::Mean if numbers.is_empty() => 0.0,
            Func::Mean => numbers.iter().sum::<f64>() / length(numbers.len()),
            Func::Min | Func::Max => extreme(func, &numbers).unwrap_or(f64::NAN),
            Func::Count => length(args.iter().filter(|value| **value != Value::Blank).count()),
            Func::IsBlank => return Value::Truth(*first == Value::Blank),
            Func::IsPresent => return Value::Truth(*first != Value::Blank),
            Func::Round => number_of(first).map_or(f64::NAN, |number| away(number, decimals)),
            _ => number_of(first).and_then(|number| plain(func, number)).unwrap_or(f64::NAN),
        })
    }
}
