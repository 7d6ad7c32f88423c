//! Rounding written with `floor`.

use super::super::algebra::{Compared, Num, Truth};
use super::{Known, low};

/// What is added before `floor` to round: a half, or a little more against errors of binary numbers.
fn is_half(number: f64) -> bool {
    (0.5..0.500_001).contains(&number)
}

/// The number that is rounded up by `floor(x + 0.5)`.
fn rounded_up(of: &Num) -> Option<Num> {
    let Num::Apply("floor", of) = of else { return None };
    let Num::Sum(terms) = &**of else { return None };
    match &terms[..] {
        [rest @ .., Num::Constant(half)] if is_half(*half) => Some(match rest {
            [only] => only.clone(),
            _ => Num::Sum(rest.to_vec()),
        }),
        _ => None,
    }
}

/// `floor(x + 0.5)` of a number that is not negative is `round(x)`.
pub(super) fn applied(function: &'static str, of: Num, known: &Known) -> Num {
    let whole = Num::Apply(function, Box::new(of));
    match rounded_up(&whole) {
        Some(of) if low(&of, known).is_some_and(|low| low >= 0.0) => Num::Round(Box::new(of), 0),
        _ => whole,
    }
}

/// The number of decimals for a factor: 2 for 100.
fn decimals(scale: f64) -> Option<u32> {
    (0..=6).find(|decimals| 10_f64.powi(*decimals) == scale).and_then(|d| u32::try_from(d).ok())
}

/// The number without a factor.
fn without(of: &Num, scale: f64) -> Option<Num> {
    match of {
        of if scale == 1.0 => Some(of.clone()),
        Num::Times(a, b) => match (&**a, &**b) {
            (a, Num::Constant(b)) if *b == scale => Some(a.clone()),
            (Num::Constant(a), b) if *a == scale => Some(b.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// `round(x * 100) / 100` is `round(x, 2)`.
pub(super) fn scaled_back(of: &Num, by: &Num, known: &Known) -> Option<Num> {
    let (Num::Round(scaled, 0), Num::Constant(scale)) = (of, by) else { return None };
    let inner = without(scaled, *scale)?;
    low(&inner, known).filter(|low| *low >= 0.0)?;
    Some(Num::Round(Box::new(inner), decimals(*scale)?))
}

/// A number rounded away from zero: up if it is positive, down if it is negative.
pub(super) fn away(test: &Truth, then: &Num, otherwise: &Num, known: &Known) -> Option<Num> {
    let Truth::Compare(Compared::AtLeast, of, Num::Constant(zero)) = test else { return None };
    if *zero != 0.0 {
        return None;
    }
    if let (Num::Round(up, up_to), Num::Negative(_)) = (then, otherwise)
        && **up == *of
        && low(of, known).is_some_and(|low| low >= 0.0)
    {
        return Some(Num::Round(up.clone(), *up_to));
    }
    let (up, scale) = match then {
        Num::Over(up, scale) => match &**scale {
            Num::Constant(scale) => (rounded_up(up)?, *scale),
            _ => return None,
        },
        up => (rounded_up(up)?, 1.0),
    };
    let Num::Negative(down) = otherwise else { return None };
    let down = match &**down {
        Num::Over(down, by) if **by == Num::Constant(scale) => down,
        _ if scale == 1.0 => down,
        _ => return None,
    };
    // floor(0.5 - x), as a sum with the constant at the end.
    let mirrored = rounded_up(down)?;
    let is_mirror = mirrored == up.clone().negative();
    (is_mirror && without(&up, scale)? == *of)
        .then(|| decimals(scale).map(|decimals| Num::Round(Box::new(of.clone()), decimals)))
        .flatten()
}
