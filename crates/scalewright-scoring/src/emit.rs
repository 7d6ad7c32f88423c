//! Helpers for dialects. A dialect prints the [normal form](crate::normal) in the language of a platform; it is in the
//! folder of that platform in the export crate.

mod condition;

pub use condition::Condition;

use scalewright_model::{Band, Lower, TOLERANCE, Upper};

/// Why a platform's language cannot express a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The reason, as a clause: "a calculation cannot …".
    pub because: String,
}

/// A number in a form that every supported language reads: digits, a decimal point if needed, no exponent.
#[must_use]
pub fn number(value: f64) -> String {
    // The ends of a range without limits.
    if value.is_infinite() {
        return if value < 0.0 { "−∞" } else { "∞" }.to_owned();
    }
    // Nine decimals are enough: values in a definition have at most six, and so have their sums.
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    // A small negative number such as −1e-12 also prints as −0 with nine decimals.
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The result of the first true condition, otherwise `last`, as nested calls of the three-argument function `name`:
/// `if(condition, result, if(condition, result, last))`.
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

/// The lower and the upper limit of a band, each as a comparison sign and a number. The numbers are moved by the
/// tolerance, so that a score within the tolerance of a limit counts as equal to it.
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
    // Adding 0 turns −0 into 0, which prints without a sign.
    (value + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::{digits, number};

    #[test]
    fn digits_read_back_as_the_same_number() {
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
    fn numbers_have_no_exponent() {
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
