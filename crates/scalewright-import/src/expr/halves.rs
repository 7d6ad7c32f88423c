//! Where rounding never meets a half.

use crate::form::Form;

use super::formula::{F, Kind, Need};
use super::tabulate;

/// Whether a formula, rounded to some decimal places, is never exactly between two numbers.
///
/// A fraction in lowest terms whose denominator is divisible by 2 at most `decimals` times cannot be one.
pub(super) fn cannot_occur(form: &Form, formula: &F, decimals: u32) -> bool {
    twos(form, formula).is_some_and(|twos| twos <= decimals)
}

/// How often 2 may divide the denominator of a value; `None` if the value may be any number.
fn twos(form: &Form, formula: &F) -> Option<u32> {
    let of_number = |number: f64| {
        let whole = (0..=6).find(|power| (number * 2_f64.powi(*power)).fract() == 0.0)?;
        u32::try_from(whole).ok()
    };
    match formula {
        F::Number(number) => of_number(*number),
        F::Missing => Some(0),
        F::Item(item) | F::Reverse(item) => {
            tabulate::answers(form, *item)?.iter().map(|value| of_number(*value)).max()?
        }
        F::Sum(terms) => terms
            .iter()
            .map(|(_, term)| twos(form, term))
            .try_fold(0, |most, next| Some(most.max(next?))),
        F::Product(factors) => {
            factors.iter().try_fold(0, |sum, (divides, factor)| match (divides, factor) {
                (true, F::Number(number)) if number.fract() == 0.0 && *number != 0.0 => {
                    Some(sum + divisor(number.abs()))
                }
                (true, _) => None,
                (false, factor) => Some(sum + twos(form, factor)?),
            })
        }
        F::Neg(of) => twos(form, of),
        F::If(parts) => Some(twos(form, &parts[1])?.max(twos(form, &parts[2])?)),
        F::Coalesce(parts) => Some(twos(form, &parts[0])?.max(twos(form, &parts[1])?)),
        F::Count(_) | F::Answered(_) => Some(0),
        F::Aggregate(kind, terms, need) => {
            let most = terms
                .iter()
                .map(|term| twos(form, term))
                .try_fold(0, |most, next| Some(most.max(next?)))?;
            let divides = *kind == Kind::Mean || matches!(need, Need::Prorate(_));
            // The number of present terms may be any up to all.
            let power = if divides { u32::try_from(terms.len()).ok()?.ilog2() } else { 0 };
            Some(most + power)
        }
        _ => None,
    }
}

/// How often 2 divides a whole number.
fn divisor(number: f64) -> u32 {
    let mut left = number;
    let mut twos = 0;
    while left % 2.0 == 0.0 && twos < 20 {
        left /= 2.0;
        twos += 1;
    }
    twos
}
