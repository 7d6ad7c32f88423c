//! Comparisons of numbers with a tolerance, in any dialect.

use scalewright_model::{Comparison, TOLERANCE};
use scalewright_scoring::emit::number;

/// How a language spells comparisons.
pub(crate) struct Signs {
    pub(crate) equal: &'static str,
    pub(crate) unequal: &'static str,
    /// The function that returns the absolute value.
    pub(crate) abs: &'static str,
}

/// Compares two numbers. Numbers within the tolerance of each other are equal, unless `exact`.
pub(crate) fn compared(
    signs: &Signs,
    comparison: Comparison,
    a: &str,
    (b, constant): (&str, Option<f64>),
    exact: bool,
) -> String {
    let tolerance = number(TOLERANCE);
    let moved = |by: f64| match constant {
        _ if exact => b.to_owned(),
        Some(value) => number(value + by),
        None if by < 0.0 => format!("{b} - {tolerance}"),
        None => format!("{b} + {tolerance}"),
    };
    match comparison {
        Comparison::Less => format!("{a} < {}", moved(-TOLERANCE)),
        Comparison::AtMost => format!("{a} <= {}", moved(TOLERANCE)),
        Comparison::AtLeast => format!("{a} >= {}", moved(-TOLERANCE)),
        Comparison::Greater => format!("{a} > {}", moved(TOLERANCE)),
        Comparison::Equal if exact => format!("{a} {} {b}", signs.equal),
        Comparison::Unequal if exact => format!("{a} {} {b}", signs.unequal),
        Comparison::Equal => format!("{}({a} - {b}) <= {tolerance}", signs.abs),
        Comparison::Unequal => format!("{}({a} - {b}) > {tolerance}", signs.abs),
    }
}
