//! Numbers as a report shows them.

use scalewright_scoring::emit::number;

/// A number as a report shows it: two decimals at most. Where a score has more, a note says so.
pub(super) fn shown(value: f64) -> String {
    number(rounded(value))
}

/// The number that is shown.
pub(super) fn rounded(value: f64) -> f64 {
    scalewright_scoring::rounded(value, 2)
}
