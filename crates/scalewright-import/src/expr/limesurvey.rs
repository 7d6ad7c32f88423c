//! ExpressionScript of LimeSurvey, as its PHP evaluates it.
//!
//! Values have types. A blank is an empty text, `+` joins texts unless both sides are numbers, other arithmetic with a
//! text gives NaN, and `<` compares texts letter by letter if one side is quoted.

use crate::form::{Form, ResponseKind};
use crate::value::Value;

use super::dialect::{
    Dialect, away, compared, compared_texts, computed, extreme, parsed, plain, stored, written,
};
use super::grammar::{Grammar, Prefix};
use super::node::{Func, Op};
use super::token::{Special, Token};

pub(super) struct LimeSurvey;

static GRAMMAR: Grammar = Grammar {
    symbols: &[
        "==", "!=", "<=", ">=", "&&", "||", "(", ")", ",", "+", "-", "*", "/", "<", ">", "!", "=",
    ],
    infix: &[
        ("or", Op::Or, 1),
        ("||", Op::Or, 1),
        ("and", Op::And, 2),
        ("&&", Op::And, 2),
        ("==", Op::Eq, 3),
        ("eq", Op::Eq, 3),
        ("!=", Op::Ne, 3),
        ("ne", Op::Ne, 3),
        ("<=", Op::Le, 4),
        ("le", Op::Le, 4),
        (">=", Op::Ge, 4),
        ("ge", Op::Ge, 4),
        ("<", Op::Lt, 4),
        ("lt", Op::Lt, 4),
        (">", Op::Gt, 4),
        ("gt", Op::Gt, 4),
        ("+", Op::Add, 5),
        ("-", Op::Sub, 5),
        ("*", Op::Mul, 6),
        ("/", Op::Div, 6),
    ],
    prefix: &[("!", Prefix::Not, 7), ("-", Prefix::Minus, 7), ("+", Prefix::Plus, 7)],
    postfix: &[],
    functions: &[
        ("if", Func::If, 2, 3),
        ("is_empty", Func::IsBlank, 1, 1),
        ("count", Func::Count, 1, usize::MAX),
        ("countif", Func::CountIf, 2, usize::MAX),
        ("countifop", Func::CountIfOp, 3, usize::MAX),
        ("sum", Func::Sum, 1, usize::MAX),
        ("sumifop", Func::SumIfOp, 3, usize::MAX),
        ("min", Func::Min, 1, usize::MAX),
        ("max", Func::Max, 1, usize::MAX),
        ("round", Func::Round, 1, 2),
        ("floor", Func::Floor, 1, 1),
        ("ceil", Func::Ceiling, 1, 1),
        ("abs", Func::Abs, 1, 1),
        ("intval", Func::Truncate, 1, 1),
        ("sqrt", Func::Sqrt, 1, 1),
        ("exp", Func::Exp, 1, 1),
        ("log", Func::Ln, 1, 1),
    ],
    constants: &[],
    word_signs: ".",
    has_bare_names: true,
    has_hyphens: false,
    ignores_case: true,
    has_escapes: true,
    has_left_powers: false,
    has_choice: false,
    has_index: false,
    special: numbered_question,
};

/// The names of old surveys: `123X4X5`, `123X4X5SQ001.NAOK`.
fn numbered_question(text: &str) -> Special {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
    let length = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    let mut parts = text[..length].splitn(3, 'X');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_one = is_number(parts.next())
        && is_number(parts.next())
        && parts.next().is_some_and(|part| part.starts_with(|first: char| first.is_ascii_digit()));
    is_one.then(|| Ok((Token::Name(text[..length].to_owned(), None), length)))
}

/// The expression of an equation, which may be in braces.
pub(super) fn without_braces(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    // Several expressions in a text are not one.
    inner.filter(|inner| !inner.contains(['{', '}'])).unwrap_or(trimmed)
}

/// An operator as an argument: `'>='`, `'ge'`.
pub(super) fn operator(text: &str) -> Option<Op> {
    let found = GRAMMAR.infix.iter().find(|(name, _, _)| *name == text);
    found.map(|(_, op, _)| *op).filter(|op| op.compares())
}

/// The number of a value; `None` for a text that is not a number.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Blank => None,
        Value::Number(number) => Some(*number),
        Value::Truth(truth) => Some(f64::from(u8::from(*truth))),
        Value::Text(text) => parsed(text),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => written(*number),
        Value::Truth(truth) => if *truth { "1" } else { "" }.to_owned(),
        Value::Text(text) => text.clone(),
    }
}

/// Numbers if both values are, else texts.
fn loosely(op: Op, left: &Value, right: &Value) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => compared(op, left, right),
        _ => compared_texts(op, &text(left), &text(right)),
    }
}

impl Dialect for LimeSurvey {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn answer(&self, form: &Form, item: usize, answer: Option<f64>) -> Value {
        let response = form.items.get(item).and_then(|item| form.responses.get(item.response));
        match (response.map(|response| &response.kind), answer) {
            (Some(ResponseKind::YesNo { .. }), Some(answer)) => {
                Value::Text(if answer != 0.0 { "Y" } else { "N" }.to_owned())
            }
            _ => stored(form, item, answer),
        }
    }

    fn tick(&self, is_ticked: bool) -> Value {
        if is_ticked { Value::Text("Y".to_owned()) } else { Value::Blank }
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        match (number(left), number(right)) {
            (Some(left), Some(right)) => Value::Number(computed(op, left, right)),
            _ if op == Op::Add => Value::Text(format!("{}{}", text(left), text(right))),
            _ => Value::Number(f64::NAN),
        }
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        let is_quoted = matches!(left, Value::Text(_)) || matches!(right, Value::Text(_));
        Value::Truth(match (number(left), number(right)) {
            _ if matches!(op, Op::Eq | Op::Ne) => loosely(op, left, right),
            (Some(_), Some(_)) if is_quoted => compared_texts(op, &text(left), &text(right)),
            (Some(left), Some(right)) => compared(op, left, right),
            (None, None) => compared_texts(op, &text(left), &text(right)),
            // A number and a text that is not one.
            _ => false,
        })
    }

    fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::Blank => false,
            // NaN is true here.
            Value::Number(number) => *number != 0.0,
            Value::Truth(truth) => *truth,
            Value::Text(text) => text != "0",
        })
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let first = args.first().unwrap_or(&Value::Blank);
        let numbers: Vec<f64> = args.iter().filter_map(number).collect();
        let is_blank = |value: &Value| text(value).is_empty();
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let length = |count: usize| count as f64;
        let chosen = |skip: usize, op: Op, value: &Value| {
            let rest = args.get(skip..).unwrap_or_default().iter();
            rest.filter(|arg| loosely(op, arg, value)).cloned().collect::<Vec<_>>()
        };
        let op = operator(&text(first)).unwrap_or(Op::Eq);
        Value::Number(match func {
            Func::Sum => numbers.iter().sum(),
            Func::Count => length(args.iter().filter(|value| !is_blank(value)).count()),
            Func::CountIf => length(chosen(1, Op::Eq, first).len()),
            Func::CountIfOp => length(chosen(2, op, args.get(1).unwrap_or(&Value::Blank)).len()),
            Func::SumIfOp => {
                chosen(2, op, args.get(1).unwrap_or(&Value::Blank)).iter().filter_map(number).sum()
            }
            // An empty text is less than a number.
            Func::Min if args.iter().any(is_blank) => return Value::Blank,
            Func::Min | Func::Max => match extreme(func, &numbers) {
                Some(number) => number,
                None => return Value::Blank,
            },
            Func::IsBlank => return Value::Truth(is_blank(first)),
            Func::Round => {
                away(number(first).unwrap_or(0.0), args.get(1).and_then(number).unwrap_or(0.0))
            }
            _ => plain(func, number(first).unwrap_or(0.0)).unwrap_or(f64::NAN),
        })
    }
}
