//! What REDCap's language is like: numbers, texts, rounding, tables, and how long a formula can be.

use std::rc::Rc;

use scalewright_model::{Band, Lower, TOLERANCE, Upper};

use super::Print;
use crate::emit::{Unsupported, number};
use crate::normal::tree::{Edge, Leaf, Node};

/// A formula longer than this is refused. Dictionaries are edited in spreadsheets, which cut off what a cell cannot
/// hold: more than 32,767 characters, a few of which an action tag takes.
const LONGEST: usize = 32_700;

pub(super) fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

pub(super) fn bounded(formula: String) -> Print<String> {
    if formula.len() <= LONGEST {
        return Ok(formula);
    }
    unsupported(format!(
        "the calculation would be {} characters long, and {LONGEST} fit",
        formula.len()
    ))
}

/// The label of the band that the score in `field` falls in, for a `@CALCTEXT` action tag.
///
/// # Errors
///
/// When a label contains a character that REDCap's logic has no way to write.
pub fn band(field: &str, bands: &[(&Band, &str)]) -> Result<String, Unsupported> {
    let mut tests = String::new();
    for (band, label) in bands {
        let lower = match band.lower {
            Lower::From(from) => format!("[{field}] >= {}", number(from - TOLERANCE)),
            Lower::Above(above) => format!("[{field}] > {}", number(above + TOLERANCE)),
        };
        let upper = match band.upper {
            Upper::To(to) => format!("[{field}] <= {}", number(to + TOLERANCE)),
            Upper::Below(below) => format!("[{field}] < {}", number(below - TOLERANCE)),
        };
        let label = text(label)?;
        tests.push_str(&format!("if({lower} and {upper}, {label}, "));
    }
    let close = ")".repeat(bands.len());
    bounded(format!("if(isnumber([{field}]), {tests}''{close}, '')"))
}

/// A text literal, in whichever quotes it does not contain. Escapes cannot be relied on, nor can brackets, which REDCap
/// pipes.
pub(super) fn text(value: &str) -> Print<String> {
    if let Some(character) = value.chars().find(|c| matches!(c, '[' | ']' | '\\') || c.is_control())
    {
        return unsupported(format!(
            "REDCap's logic has no reliable way to write {character:?} in a text"
        ));
    }
    match (value.contains('\''), value.contains('"')) {
        (false, _) => Ok(format!("'{value}'")),
        (true, false) => Ok(format!("\"{value}\"")),
        (true, true) => {
            unsupported("REDCap's logic has no reliable way to write both kinds of quotes")
        }
    }
}

/// A number that may follow an operator.
pub(super) fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", number(value)) } else { number(value) }
}

/// Halves away from zero: the guard makes a half that was stored a little low round as it should, and keeps clear of
/// ties, on which documentation is silent.
pub(super) fn rounded(value: &str, decimals: u32, is_never_negative: bool) -> String {
    let guard = number(TOLERANCE);
    match is_never_negative {
        true => format!("round({value} + {guard}, {decimals})"),
        false => format!("round({value} + if({value} >= 0, {guard}, -{guard}), {decimals})"),
    }
}

/// The whole number below, by rounding: what `rounddown` does below 0 is not documented. The guards keep clear of
/// numbers halfway between two, on which documentation is silent too.
pub(super) fn floor(x: &str) -> String {
    format!("round({x} - {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

pub(super) fn ceiling(x: &str) -> String {
    format!("round({x} + {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

/// What a table has, blank where it has nothing.
pub(super) fn lookup(table: &Node, keys: &[Rc<str>]) -> String {
    tree(table, keys, &|leaf| match leaf {
        Leaf::Missing => "''".to_owned(),
        Leaf::Value(value) => signed(*value),
        Leaf::Line { from, value, rise, run } => {
            let (value, from, slope) = (signed(*value), signed(*from), signed(rise / run));
            format!("({value} + ({} - {from}) * {slope})", keys[0])
        }
    })
}

pub(super) fn tree(node: &Node, keys: &[Rc<str>], leaf: &dyn Fn(&Leaf) -> String) -> String {
    match node {
        Node::Leaf(end) => leaf(end),
        Node::Split { edge: Edge { key, below }, less, more } => {
            let (less, more) = (tree(less, keys, leaf), tree(more, keys, leaf));
            format!("if({} < {}, {less}, {more})", keys[*key], signed(*below))
        }
    }
}
