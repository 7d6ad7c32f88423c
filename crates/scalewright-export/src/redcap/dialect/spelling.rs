//! What REDCap's language is like: numbers, texts, rounding, tables, and how long a formula can be.

use std::rc::Rc;

use scalewright_model::{Band, TOLERANCE};

use scalewright_scoring::emit::{Unsupported, edges, first_of, number};
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

/// A formula longer than this is refused. Dictionaries are edited in spreadsheets, which cut off what a cell cannot
/// hold: more than 32,767 characters, a few of which an action tag takes.
const LONGEST: usize = 32_700;

pub(super) type Print<T> = Result<T, Unsupported>;

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
pub(in crate::redcap) fn band(field: &str, bands: &[(&Band, &str)]) -> Result<String, Unsupported> {
    let cases = bands.iter().map(|(band, label)| {
        let edge = |(sign, edge)| format!("[{field}] {sign} {}", number(edge));
        Ok((edges(band).map(edge).join(" and "), text(label)?))
    });
    let cases = cases.collect::<Print<Vec<_>>>()?;
    bounded(format!("if(isnumber([{field}]), {}, '')", first_of("if", cases, "''")))
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

/// A number without the brackets around it, where it is between commas.
pub(super) fn bare(number: &str) -> &str {
    let Some(inner) = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return number;
    };
    let mut depth = 0_usize;
    for character in inner.chars() {
        depth = match (character, depth) {
            ('(', depth) => depth + 1,
            // The first bracket is closed before the end.
            (')', 0) => return number,
            (')', depth) => depth - 1,
            (_, depth) => depth,
        };
    }
    inner
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
    node.print(leaf, &|Edge { key, below }, less, more| {
        format!("if({} < {}, {less}, {more})", keys[*key], signed(*below))
    })
}
