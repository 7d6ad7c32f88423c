//! JavaScript as ReproSchema's player evaluates it.
//!
//! The player replaces the first occurrence of each name by the answer, numbers bare and texts quoted, and evaluates the
//! result. An answer that was not given is `undefined`: arithmetic gives NaN, and comparisons are false. A name that
//! occurs twice fails, because its second occurrence is not replaced.

use std::collections::BTreeSet;

use crate::value::Value;

use super::dialect::{Dialect, compared, compared_texts, computed, extreme, parsed, plain};
use super::grammar::{Constant, Grammar, Prefix, nothing_special};
use super::node::{Func, Node, Op};

pub(super) struct JavaScript;

static GRAMMAR: Grammar = Grammar {
    symbols: &[
        "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "**", "(", ")", ",", "+", "-", "*", "/",
        "%", "<", ">", "!", "?", ":", "=",
    ],
    infix: &[
        ("||", Op::Or, 1),
        ("&&", Op::And, 2),
        ("===", Op::Same, 3),
        ("!==", Op::NotSame, 3),
        ("==", Op::Eq, 3),
        ("!=", Op::Ne, 3),
        ("<=", Op::Le, 4),
        (">=", Op::Ge, 4),
        ("<", Op::Lt, 4),
        (">", Op::Gt, 4),
        ("+", Op::Add, 5),
        ("-", Op::Sub, 5),
        ("*", Op::Mul, 6),
        ("/", Op::Div, 6),
        ("%", Op::Rem, 6),
        ("**", Op::Pow, 8),
    ],
    prefix: &[("!", Prefix::Not, 7), ("-", Prefix::Minus, 7), ("+", Prefix::Number, 7)],
    postfix: &[],
    functions: &[
        ("Math.max", Func::Max, 1, usize::MAX),
        ("Math.min", Func::Min, 1, usize::MAX),
        ("Math.round", Func::Round, 1, 1),
        ("Math.floor", Func::Floor, 1, 1),
        ("Math.ceil", Func::Ceiling, 1, 1),
        ("Math.trunc", Func::Truncate, 1, 1),
        ("Math.abs", Func::Abs, 1, 1),
        ("Math.sqrt", Func::Sqrt, 1, 1),
        ("Math.pow", Func::Pow, 2, 2),
        ("Number", Func::Number, 1, 1),
        ("isNaN", Func::IsBlank, 1, 1),
    ],
    constants: &[
        ("true", Constant::True),
        ("false", Constant::False),
        ("undefined", Constant::Nothing),
    ],
    word_signs: ".$",
    has_bare_names: true,
    has_hyphens: true,
    ignores_case: false,
    has_escapes: true,
    has_left_powers: false,
    has_choice: true,
    has_index: false,
    special: nothing_special,
};

/// The number of a value. `undefined` is NaN.
fn number(value: &Value) -> f64 {
    match value {
        Value::Blank => f64::NAN,
        Value::Number(number) => *number,
        Value::Truth(truth) => f64::from(u8::from(*truth)),
        Value::Text(text) if text.trim().is_empty() => 0.0,
        Value::Text(text) => parsed(text).unwrap_or(f64::NAN),
    }
}

/// `===`.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Blank, Value::Blank) => true,
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Truth(left), Value::Truth(right)) => left == right,
        _ => false,
    }
}

/// `==`: texts and truth values become numbers, but `undefined` equals only itself.
fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Blank, _) | (_, Value::Blank) | (Value::Text(_), Value::Text(_)) => {
            is_same(left, right)
        }
        _ => number(left) == number(right),
    }
}

impl Dialect for JavaScript {
    fn grammar(&self) -> &'static Grammar {
        &GRAMMAR
    }

    fn read(&self, score: Value) -> Value {
        score
    }

    // An empty text is a text here, and not `undefined`.
    fn text(&self, text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn arithmetic(&self, op: Op, left: &Value, right: &Value) -> Value {
        match (op, left, right) {
            (Op::Add, Value::Text(_), _) | (Op::Add, _, Value::Text(_)) => {
                Value::Text(format!("{}{}", shown(left), shown(right)))
            }
            _ => Value::Number(computed(op, number(left), number(right))),
        }
    }

    fn negated(&self, value: &Value) -> Value {
        Value::Number(-number(value))
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> Value {
        Value::Truth(match (op, left, right) {
            (Op::Same, ..) => is_same(left, right),
            (Op::NotSame, ..) => !is_same(left, right),
            (Op::Eq, ..) => is_equal(left, right),
            (Op::Ne, ..) => !is_equal(left, right),
            (_, Value::Text(left), Value::Text(right)) => compared_texts(op, left, right),
            _ => compared(op, number(left), number(right)),
        })
    }

    fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::Text(text) => !text.is_empty(),
            other => other.is_met(),
        })
    }

    fn logic(&self, op: Op, left: Value, right: Value) -> Value {
        let decides = (op == Op::Or) == (self.truth(&left) == Some(true));
        if decides { left } else { right }
    }

    fn call(&self, func: Func, args: &[Value], _leaves_blanks_out: bool) -> Value {
        let first = args.first().map_or(f64::NAN, number);
        let numbers: Vec<f64> = args.iter().map(number).collect();
        Value::Number(match func {
            Func::Min | Func::Max if numbers.iter().any(|number| number.is_nan()) => f64::NAN,
            Func::Min | Func::Max => extreme(func, &numbers).unwrap_or(f64::NAN),
            // Halves go up, also those of negative numbers.
            Func::Round => (first + 0.5).floor(),
            Func::Pow => first.powf(numbers.get(1).copied().unwrap_or(f64::NAN)),
            Func::IsBlank => return Value::Truth(first.is_nan()),
            _ => plain(func, first).unwrap_or(f64::NAN),
        })
    }
}

/// A value in a text.
fn shown(value: &Value) -> String {
    match value {
        Value::Blank => "undefined".to_owned(),
        Value::Number(number) => super::dialect::written(*number),
        Value::Truth(truth) => truth.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// Refuses an expression in which a name occurs twice: the player replaces only the first occurrence.
pub(super) fn each_name_once(node: &Node) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node {
            Node::Name(name) if !seen.insert(name.text.as_str()) => {
                return Err(format!(
                    "`{}` occurs twice, and the player replaces only its first occurrence",
                    name.text
                ));
            }
            Node::Number(_) | Node::Text(_) | Node::Truth(_) | Node::Nothing => {}
            Node::Name(_) | Node::Line(_) => {}
            Node::Not(inner) | Node::Minus(inner) => open.push(inner),
            Node::Chain(first, rest) => {
                open.push(first);
                open.extend(rest.iter().map(|(_, node)| node));
            }
            Node::Call(_, nodes, _) | Node::List(nodes) => open.extend(nodes),
        }
    }
    Ok(())
}
