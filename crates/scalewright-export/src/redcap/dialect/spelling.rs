//! The syntax of REDCap's logic: numbers, texts, rounding, tables, and the maximum length of a formula.

use std::rc::Rc;

use scalewright_model::{Band, TOLERANCE};

use scalewright_scoring::emit::{Unsupported, edges, first_of, number};
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

/// The maximum length of a formula; longer ones are refused. Dictionaries are edited in spreadsheets, which truncate
/// cells after 32,767 characters, and an action tag takes a few of these.
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
        "the calculation would be {} characters long, and the limit is {LONGEST}",
        formula.len()
    ))
}

/// Returns an expression for the label of the band that contains the score in `field`, for a `@CALCTEXT` action tag.
///
/// # Errors
///
/// If a label contains characters that REDCap's logic has no reliable way to write, or the expression is too long.
pub(in crate::redcap) fn band(field: &str, bands: &[(&Band, &str)]) -> Result<String, Unsupported> {
    let cases = bands.iter().map(|(band, label)| {
        let edge = |(sign, edge)| format!("[{field}] {sign} {}", number(edge));
        Ok((edges(band).map(edge).join(" and "), text(label)?))
    });
    let cases = cases.collect::<Print<Vec<_>>>()?;
    // REDCap does not document what a comparison of a blank with a number gives.
    bounded(format!("if(isnumber([{field}]), {}, '')", first_of("if", cases, "''")))
}

/// Returns a text literal, in the kind of quotes that it does not contain. Escapes are not reliable, and REDCap
/// replaces square brackets by piped values.
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

/// Returns a number that may follow an operator: negative numbers are parenthesised.
pub(super) fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", number(value)) } else { number(value) }
}

/// Returns a number without its outer parentheses, for use between commas.
pub(super) fn bare(number: &str) -> &str {
    let Some(inner) = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return number;
    };
    let mut depth = 0_usize;
    for character in inner.chars() {
        depth = match (character, depth) {
            ('(', depth) => depth + 1,
            // The first parenthesis is closed before the end.
            (')', 0) => return number,
            (')', depth) => depth - 1,
            (_, depth) => depth,
        };
    }
    inner
}

/// Rounds halves away from zero. The guard corrects halves that are stored slightly too low, and avoids exact ties,
/// whose rounding REDCap does not document.
pub(super) fn rounded(value: &str, decimals: u32, is_never_negative: bool) -> String {
    let guard = number(TOLERANCE);
    match is_never_negative {
        true => format!("round({value} + {guard}, {decimals})"),
        false => format!("round({value} + if({value} >= 0, {guard}, -{guard}), {decimals})"),
    }
}

/// Rounds down to a whole number by `round`, because REDCap does not document what `rounddown` does below 0. The guard
/// avoids exact ties, whose rounding is not documented either.
pub(super) fn floor(x: &str) -> String {
    format!("round({x} - {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

/// Rounds up to a whole number; see [`floor`].
pub(super) fn ceiling(x: &str) -> String {
    format!("round({x} + {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

/// Looks up `keys` in a table. The result is blank if the table has no value.
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

/// Prints a table as nested comparisons of its keys, each leaf by `leaf`.
pub(super) fn tree(node: &Node, keys: &[Rc<str>], leaf: &dyn Fn(&Leaf) -> String) -> String {
    node.print(leaf, &|Edge { key, below }, less, more| {
        format!("if({} < {}, {less}, {more})", keys[*key], signed(*below))
    })
}
