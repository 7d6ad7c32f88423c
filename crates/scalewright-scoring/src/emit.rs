//! What dialects share. A dialect prints the [normal form](crate::normal) in the language of a platform, in the folder of
//! that platform.

mod condition;

pub use condition::Condition;

use scalewright_model::{Band, Lower, TOLERANCE, Upper};

/// Why a platform's language cannot express a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// What cannot be expressed, in a clause: "a calculation cannot …".
    pub because: String,
}

/// A number as every language here reads it: digits, a point where needed, no exponent.
#[must_use]
pub fn number(value: f64) -> String {
    // Values in a definition have at most six decimals, sums of them no more.
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The result of the first condition that is true, otherwise `last`, as calls of a function with three arguments:
/// `if(condition, result, if(condition, result, last))`. The name of the function is `name`.
#[must_use]
pub fn first_of(
    name: &str,
    cases: impl IntoIterator<Item = (String, String)>,
    last: &str,
) -> String {
    let (mut text, mut depth) = (String::new(), 0);
    for (condition, result) in cases {
        text.push_str(&format!("{name}({condition}, {result}, "));
        depth += 1;
    }
    text + last + &")".repeat(depth)
}

/// Where a band begins and ends: the sign of a comparison and the number it is with, moved by the tolerance so that a
/// score very near to an edge is on it.
#[must_use]
pub fn edges(band: &Band) -> [(&'static str, f64); 2] {
    let lower = match band.lower {
        Lower::From(from) => (">=", from - TOLERANCE),
        Lower::Above(above) => (">", above + TOLERANCE),
    };
    let upper = match band.upper {
        Upper::To(to) => ("<=", to + TOLERANCE),
        Upper::Below(below) => ("<", below - TOLERANCE),
    };
    [lower, upper]
}

/// A score as text: the shortest digits that read back as the same number, without exponent.
#[must_use]
pub fn digits(value: f64) -> String {
    (value + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::{digits, number};

    #[test]
    fn digits_read_back() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (10.0, "10"),
            (1000.0 / 3.0, "333.3333333333333"),
            (1e-9 / 4.0, "0.00000000025"),
        ] {
            assert_eq!(digits(value), text);
            assert_eq!(text.parse(), Ok(value));
        }
    }

    #[test]
    fn numbers_are_plain() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (10.0, "10"),
            (-3.5, "-3.5"),
            (1e6, "1000000"),
            (0.000_000_1, "0.0000001"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
