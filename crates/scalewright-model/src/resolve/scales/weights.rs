//! The weights of a sum. Fractions become whole numbers with one common denominator, so that a weighted sum is exact
//! until the only rounding, by the division at its end.

use std::collections::BTreeMap;

use crate::file::{FactorFile, ScaleFile};
use crate::resolve::by_term::by_term;
use crate::vocabulary::{MissingKind, ScoreKind};
use crate::{Diagnostic, Pointer};

use super::transform::unusable;

/// The greatest common denominator. With weights of at most a million, sums of 5,000 terms then stay far below 2^53.
const MOST: i64 = 100_000;

/// Returns the weight of each term, and the number that the sum is divided by. The weights are `None` if there are
/// none, or if a term lacks one.
pub(super) fn resolve(
    scale: &ScaleFile,
    terms: &[&str],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> (Option<Vec<f64>>, f64) {
    if scale.weights.is_empty() || scale.score == ScoreKind::Formula {
        return (None, 1.0);
    }
    let place = place.key("weights");
    let refuse = |message: &str, help: &str| {
        Diagnostic::error("misplaced-key", message).at_key(place.clone(), "").help(help)
    };
    if scale.score != ScoreKind::Sum {
        found.push(refuse(
            "only a sum can have weights",
            "write a formula, such as `(2 * a + b) / 3` for a weighted mean",
        ));
    }
    if scale.missing == MissingKind::Prorate {
        found.push(refuse(
            "a weighted sum cannot be prorated: answers with different weights do not represent the missing ones",
            "state what a missing answer counts as (`missing = \"substitute\"`), or write `missing = \"no-score\"`",
        ));
    }
    let Some((weights, divide)) = whole(&scale.weights, &place, found) else { return (None, 1.0) };
    (by_term("the weights", &weights, terms, None, &place, found), divide)
}

/// Returns the weights over their common denominator.
fn whole(
    given: &BTreeMap<String, FactorFile>,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<(BTreeMap<String, f64>, f64)> {
    let is_fraction = |factor: &FactorFile| matches!(factor, FactorFile::Fraction { .. });
    if !given.values().any(is_fraction) {
        let numbers = given.iter().map(|(id, factor)| (id.clone(), factor.number()));
        return Some((numbers.collect(), 1.0));
    }
    let before = found.len();
    found.extend(given.iter().filter_map(|(id, factor)| unusable(*factor, place.key(id))));
    if found.len() > before {
        return None;
    }
    let mut common = 1_i64;
    for (id, factor) in given {
        let below = fraction(*factor).map(|(_, below)| below);
        // The denominators so far have at most six digits, and so has this one.
        let next = below.map(|below| common / greatest_common_divisor(common, below) * below);
        match next.filter(|next| *next <= MOST) {
            Some(next) => common = next,
            None => {
                let help = format!(
                    "write fractions whose common denominator is at most {MOST}, or decimal numbers"
                );
                let message = "the weights have no small common denominator";
                found.push(
                    Diagnostic::error("out-of-range", message).at(place.key(id), "").help(help),
                );
                return None;
            }
        }
    }
    let whole = given.iter().map(|(id, factor)| {
        let (above, below) = fraction(*factor)?;
        #[expect(clippy::cast_precision_loss, reason = "a million times the common denominator")]
        let weight = (above * (common / below)) as f64;
        Some((id.clone(), weight))
    });
    #[expect(clippy::cast_precision_loss, reason = "at most `MOST`")]
    let divide = common as f64;
    Some((whole.collect::<Option<_>>()?, divide))
}

/// Returns a factor as a fraction of whole numbers with a small denominator.
fn fraction(factor: FactorFile) -> Option<(i64, i64)> {
    /// Six decimals, as the file format allows for numbers.
    const SCALE: f64 = 1_000_000.0;
    let (above, below) = match factor {
        FactorFile::Fraction { above, below } => (above, below),
        FactorFile::Number(number) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most a million, times a million"
            )]
            let above = (number * SCALE).round() as i64;
            (above, 1_000_000)
        }
    };
    let divisor = greatest_common_divisor(above, below);
    let fits = below > 0 && below / divisor <= MOST;
    fits.then(|| (above / divisor, below / divisor))
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{FactorFile, whole};
    use crate::Pointer;

    #[test]
    fn weights_have_one_denominator() {
        let fraction = |above, below| FactorFile::Fraction { above, below };
        let weights =
            [("a", fraction(1, 3)), ("b", fraction(-1, 2)), ("c", FactorFile::Number(0.1))];
        let given = weights.into_iter().map(|(id, factor)| (id.to_owned(), factor)).collect();
        let mut found = Vec::new();
        let (whole, divide) = whole(&given, &Pointer::root(), &mut found).expect("small numbers");
        assert_eq!(divide, 30.0);
        let expected = [("a", 10.0), ("b", -15.0), ("c", 3.0)];
        let expected: BTreeMap<String, f64> =
            expected.into_iter().map(|(id, weight)| (id.to_owned(), weight)).collect();
        assert_eq!(whole, expected);
        assert!(found.is_empty());
    }
}
