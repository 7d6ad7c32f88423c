//! The syntax of SQL: numbers, texts, `CASE`, rounding, comparisons, tables.

use scalewright_model::{Comparison, Function, TOLERANCE};
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::tree::{Leaf, Node};

use crate::code::compare::{Signs, compared};
use crate::code::intervals::intervals;
use crate::code::lines::{Piece, Print, unsupported};

/// A literal text.
pub(super) fn text(text: &str) -> Print<String> {
    match text.contains('\0') {
        true => unsupported("SQL cannot write the character U+0000 in a text"),
        false => Ok(format!("'{}'", text.replace('\'', "''"))),
    }
}

pub(super) fn literal(value: f64) -> Piece {
    if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
}

pub(super) fn when(cases: &[(String, String)], otherwise: Option<&str>) -> String {
    let cases: Vec<String> =
        cases.iter().map(|(when, then)| format!("WHEN {when} THEN {then} ")).collect();
    let otherwise = otherwise.map(|text| format!("ELSE {text} ")).unwrap_or_default();
    format!("CASE {}{otherwise}END", cases.concat())
}

pub(super) fn case(of: &str, cases: &[(String, String)], otherwise: Option<&str>) -> String {
    when(cases, otherwise).replacen("CASE ", &format!("CASE {of} "), 1)
}

fn ceiling(x: &str) -> String {
    // Unlike `CEIL`, this never gives −0.
    format!("0 - FLOOR({} - {x})", number(TOLERANCE))
}

fn floor(x: &str) -> String {
    format!("FLOOR({x} + {})", number(TOLERANCE))
}

pub(super) fn apply(function: Function, x: &str) -> Print<Piece> {
    Ok(Piece::atom(match function {
        Function::Abs => format!("ABS({x})"),
        Function::Sqrt => format!("SQRT({x})"),
        Function::Ln => format!("LN({x})"),
        Function::Exp => format!("EXP({x})"),
        Function::Floor => floor(x),
        Function::Ceiling => return Ok(Piece::open(ceiling(x))),
        Function::Truncate => {
            format!("CASE WHEN {x} < 0 THEN {} ELSE {} END", ceiling(x), floor(x))
        }
        Function::NormalCdf => {
            return unsupported(
                "SQL has no normal distribution function: define the norm by a table",
            );
        }
    }))
}

/// Halves are rounded away from zero, with the guard of the evaluator.
pub(super) fn rounded(x: &str, decimals: u32, is_never_negative: bool) -> Piece {
    let (times, over) = match decimals {
        0 => (String::new(), String::new()),
        _ => {
            let scale = 10_u64.pow(decimals);
            (format!(" * {scale}"), format!(" / {scale}.0"))
        }
    };
    let size = |x: &str| format!("FLOOR({x}{times} + {}){over}", number(0.5 + TOLERANCE));
    match (is_never_negative, decimals) {
        (true, 0) => Piece::atom(size(x)),
        (true, _) => Piece::open(size(x)),
        (false, _) => Piece::atom(format!(
            "CASE WHEN {x} < 0 THEN 0 - {} ELSE {} END",
            size(&format!("(0 - {x})")),
            size(x)
        )),
    }
}

/// How comparisons are spelt.
pub(super) const SIGNS: Signs = Signs { equal: "=", unequal: "<>", abs: "ABS" };

pub(super) fn is(x: &str, value: f64, exact: bool) -> String {
    compared(&SIGNS, Comparison::Equal, x, (&literal(value).operand(), Some(value)), exact)
}

/// A table as a `CASE` for each key.
pub(super) fn table(node: &Node, keys: &[String]) -> String {
    let key = match node {
        Node::Leaf(end) => return leaf(end, keys),
        Node::Split { edge, less: _, more: _ } => edge.key,
    };
    let (mut cases, mut last) = (Vec::new(), None);
    for (end, node) in intervals(node, key) {
        let found = table(node, keys);
        match end {
            Some(end) => cases.push((format!("{} < {}", keys[key], digits(end)), found)),
            None => last = Some(found),
        }
    }
    when(&cases, last.as_deref())
}

fn leaf(leaf: &Leaf, keys: &[String]) -> String {
    match leaf {
        Leaf::Missing => "NULL".to_owned(),
        Leaf::Value(value) => digits(*value),
        Leaf::Line { from, value, rise, run } => {
            let key = &keys[0];
            let (from, value) = (literal(*from).operand(), literal(*value).operand());
            let (rise, run) = (literal(*rise).operand(), literal(*run).operand());
            // A key within the tolerance below the line counts as its start.
            let line = format!("{value} + 1.0 * ({key} - {from}) / {run} * {rise}");
            format!("CASE WHEN {key} > {from} THEN {line} ELSE {value} END")
        }
    }
}
