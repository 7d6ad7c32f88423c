//! How a sum or mean is transformed.

use crate::file::{FactorFile, ScaleFile};
use crate::vocabulary::ScoreRange;
use crate::{Diagnostic, Pointer, Transform};

/// Resolves the transformation of a scale. `divide` is the common denominator of its weights.
pub(super) fn resolve(
    scale: &ScaleFile,
    divide: f64,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Transform {
    found.extend(scale.multiply.and_then(|factor| unusable(factor, place.key("multiply"))));
    match (scale.multiply, scale.intercept, scale.rescale) {
        (None, None, None) => linear(None, divide, 0.0),
        (multiply, add, None) => linear(multiply, divide, add.unwrap_or(0.0)),
        // The common denominator stretches the range of all results, so it does not change what they are mapped onto.
        (multiply, _, Some(ScoreRange { low, high })) => {
            let key = if multiply.is_some() { "multiply" } else { "intercept" };
            if multiply.is_some() || scale.intercept.is_some() {
                let message = format!("`rescale` and `{key}` are both given");
                let finding = Diagnostic::error("two-transforms", message)
                    .at_key(place.key("rescale"), "")
                    .at_key(place.key(key), "")
                    .help("keep the one that the source states");
                found.push(finding);
            }
            // Equal ends would map all scores to one. An upper end below the lower one is allowed: it turns the score
            // around.
            if (low - high).abs() < crate::TOLERANCE {
                let finding = Diagnostic::error("empty-range", "`rescale` has equal ends")
                    .at(place.key("rescale"), "")
                    .help(
                        "give the numbers that the lowest and the highest score become in the source",
                    );
                found.push(finding);
            }
            Transform::Rescale { low, high }
        }
    }
}

/// Returns the linear transformation, or none if it changes nothing.
fn linear(multiply: Option<FactorFile>, divide: f64, add: f64) -> Transform {
    #[expect(clippy::cast_precision_loss, reason = "both parts have at most 15 digits")]
    let (multiply, below) = match multiply {
        None => (1.0, 1.0),
        Some(FactorFile::Number(number)) => (number, 1.0),
        Some(FactorFile::Fraction { above, below }) => (above as f64, below as f64),
    };
    let (multiply, divide) = lowest(multiply, below * divide);
    match (multiply, divide, add) {
        (1.0, 1.0, 0.0) => Transform::None,
        _ => Transform::Linear { multiply, divide, add },
    }
}

/// Returns a fraction of whole numbers in its lowest terms; any other unchanged.
fn lowest(above: f64, below: f64) -> (f64, f64) {
    if above.fract() != 0.0 || below == 0.0 {
        return (above, below);
    }
    let (mut a, mut b) = (above.abs(), below);
    // Whole numbers below 2^53 have exact remainders.
    while b != 0.0 {
        (a, b) = (b, a % b);
    }
    if a == 0.0 { (above, below) } else { (above / a, below / a) }
}

/// Reports a fraction that is no number, or larger than a number may be.
pub(super) fn unusable(factor: FactorFile, place: Pointer) -> Option<Diagnostic> {
    /// The largest number of the schema.
    const LARGEST: f64 = 1_000_000.0;
    let FactorFile::Fraction { above: _, below } = factor else { return None };
    let (message, help) = match below {
        0 => ("the fraction divides by 0", "correct the number after `/`"),
        _ if factor.number().abs() > LARGEST => {
            ("the fraction is more than a million", "compare it with the source")
        }
        _ => return None,
    };
    Some(Diagnostic::error("out-of-range", message).at(place, "").help(help))
}

#[cfg(test)]
mod tests {
    use super::{FactorFile, Transform, linear};

    #[test]
    fn fractions_are_in_lowest_terms() {
        let fraction = |above, below| Some(FactorFile::Fraction { above, below });
        let of = |multiply, divide| linear(multiply, divide, 0.0);
        let product = |multiply, divide| Transform::Linear { multiply, divide, add: 0.0 };
        assert_eq!(of(fraction(2, 6), 1.0), product(1.0, 3.0));
        assert_eq!(of(fraction(-25, 10), 1.0), product(-5.0, 2.0));
        assert_eq!(of(fraction(3, 3), 1.0), Transform::None);
        assert_eq!(of(fraction(0, 5), 1.0), product(0.0, 1.0));
        assert_eq!(of(None, 6.0), product(1.0, 6.0));
        assert_eq!(of(Some(FactorFile::Number(4.0)), 6.0), product(2.0, 3.0));
        assert_eq!(of(Some(FactorFile::Number(0.5)), 3.0), product(0.5, 3.0));
    }
}
