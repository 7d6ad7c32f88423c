//! The syntax of R: names, numbers, texts, rounding, comparisons, tables.

use scalewright_model::{Function, TOLERANCE};
use scalewright_scoring::emit::{digits, number};
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

use crate::code::compare::Signs;
use crate::code::intervals::intervals;
use crate::code::lines::{Piece, Print, unsupported};

/// R's reserved words that an id can be.
const RESERVED: [&str; 9] =
    ["break", "else", "for", "function", "if", "in", "next", "repeat", "while"];

/// The name of a column. An id has only lower-case letters, digits and underscores, and begins with a letter.
pub(crate) fn name(id: &str) -> String {
    if RESERVED.contains(&id) { format!("`{id}`") } else { id.to_owned() }
}

/// A literal text. All but ASCII is escaped, because R reads a script in the encoding of the locale.
pub(crate) fn text(text: &str) -> Print<String> {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '\0' => return unsupported("R cannot write the character U+0000 in a text"),
            '"' | '\\' => literal.extend(['\\', character]),
            ' '..='~' => literal.push(character),
            _ => literal.push_str(&format!("\\U{{{:x}}}", u32::from(character))),
        }
    }
    literal.push('"');
    Ok(literal)
}

pub(crate) fn literal(value: f64) -> Piece {
    if value < 0.0 { Piece::open(digits(value)) } else { Piece::atom(digits(value)) }
}

/// A vector of numbers; whole numbers that follow each other as `0:3`.
#[expect(clippy::float_cmp, reason = "whole numbers are represented exactly")]
pub(crate) fn values(values: &[f64]) -> String {
    match values {
        [only] => digits(*only),
        [first, .., last]
            if first.fract() == 0.0 && values.windows(2).all(|pair| pair[1] - pair[0] == 1.0) =>
        {
            format!("({}:{})", literal(*first).operand(), literal(*last).operand())
        }
        _ => {
            format!(
                "c({})",
                values.iter().map(|value| digits(*value)).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

pub(crate) fn apply(function: Function, x: &Piece) -> Piece {
    let (of, guard) = (x.operand(), number(TOLERANCE));
    Piece::atom(match function {
        Function::Abs => format!("abs({})", x.text),
        Function::Sqrt => format!("sqrt({})", x.text),
        Function::Ln => format!("log({})", x.text),
        Function::Exp => format!("exp({})", x.text),
        Function::Floor => format!("floor({of} + {guard})"),
        Function::Ceiling => format!("ceiling({of} - {guard})"),
        Function::Truncate => {
            return Piece::open(format!("sign({of}) * floor(abs({of}) + {guard})"));
        }
        Function::NormalCdf => format!("pnorm({})", x.text),
    })
}

/// Halves are rounded away from zero, with the guard of the evaluator. R's `round` rounds them to even numbers.
pub(crate) fn rounded(x: &str, decimals: u32, is_never_negative: bool) -> Piece {
    let (times, over) = match decimals {
        0 => (String::new(), String::new()),
        _ => {
            let scale = 10_u64.pow(decimals);
            (format!(" * {scale}"), format!(" / {scale}"))
        }
    };
    let size = |x: &str| format!("floor({x}{times} + {}){over}", number(0.5 + TOLERANCE));
    match is_never_negative {
        true => Piece::open(size(x)),
        false => Piece::open(format!("sign({x}) * {}", size(&format!("abs({x})")))),
    }
}

/// How comparisons are spelt.
pub(crate) const SIGNS: Signs = Signs { equal: "==", unequal: "!=", abs: "abs" };

/// The number of one of ascending intervals, each with the number at which it ends.
pub(crate) fn interval(x: &str, edges: &[f64], numbers: &[String]) -> String {
    format!("c({})[findInterval({x}, {}) + 1]", numbers.join(", "), values(edges))
}

/// A table, with `pick` as the function that chooses between two numbers: an index where only one key is left and no line is interpolated, otherwise comparisons that bisect it.
pub(crate) fn table(node: &Node, keys: &[String], pick: &str) -> String {
    let (edge, less, more) = match node {
        Node::Leaf(end) => return leaf(end, keys),
        Node::Split { edge, less, more } => (edge, less, more),
    };
    let Edge { key, below } = *edge;
    let pieces = intervals(node, key);
    let numbers = pieces.iter().map(|(_, node)| match node {
        Node::Leaf(Leaf::Missing) => Some("NA".to_owned()),
        Node::Leaf(Leaf::Value(value)) => Some(digits(*value)),
        _ => None,
    });
    match numbers.collect::<Option<Vec<_>>>() {
        Some(numbers) => {
            let edges: Vec<f64> = pieces.iter().filter_map(|(end, _)| *end).collect();
            interval(&keys[key], &edges, &numbers)
        }
        None => format!(
            "{pick}({} < {}, {}, {})",
            keys[key],
            digits(below),
            table(less, keys, pick),
            table(more, keys, pick)
        ),
    }
}

fn leaf(leaf: &Leaf, keys: &[String]) -> String {
    match leaf {
        Leaf::Missing => "NA".to_owned(),
        Leaf::Value(value) => digits(*value),
        Leaf::Line { from, value, rise, run } => {
            let (from, value) = (literal(*from).operand(), literal(*value).operand());
            let (rise, run) = (literal(*rise).operand(), literal(*run).operand());
            // A key within the tolerance below the line counts as its start.
            format!("{value} + pmax({} - {from}, 0) / {run} * {rise}", keys[0])
        }
    }
}
