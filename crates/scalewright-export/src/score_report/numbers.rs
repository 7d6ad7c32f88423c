//! Numbers as a report shows them.

use scalewright_scoring::emit::number;

/// Formats a number with at most two decimals. A note lists the scores that have more.
pub(super) fn shown(value: f64) -> String {
    number(rounded(value))
}

/// Returns the number that is shown.
pub(super) fn rounded(value: f64) -> f64 {
    scalewright_scoring::rounded(value, 2)
}
