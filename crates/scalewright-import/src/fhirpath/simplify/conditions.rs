//! Conditions in a shorter form.

use super::super::algebra::{Compared, Num, Truth};
use super::enough::unguarded;

/// `x >= 5 and x <= 5` is `x = 5`.
pub(super) fn all(of: Truth) -> Truth {
    let Truth::All(parts) = &of else { return of };
    if let [Truth::Compare(Compared::AtLeast, a, low), Truth::Compare(Compared::AtMost, b, high)] =
        &parts[..]
        && a == b
        && low == high
        && matches!(low, Num::Constant(_))
    {
        return Truth::Compare(Compared::Equal, a.clone(), low.clone());
    }
    of
}

/// One answer that may be one of several values, instead of several comparisons of it.
pub(super) fn any(of: Truth) -> Truth {
    let Truth::Any(parts) = of else { return of };
    let mut merged: Vec<Truth> = Vec::new();
    for part in parts {
        let with = match (merged.last(), &part) {
            (Some(last), part) => together(last, part),
            (None, _) => None,
        };
        match with {
            Some(both) => {
                merged.pop();
                merged.push(both);
            }
            None => merged.push(part),
        }
    }
    Truth::any(merged)
}

/// Two conditions about the same answer as one.
fn together(one: &Truth, other: &Truth) -> Option<Truth> {
    let of = |test: &Truth| match unguarded(test)?.0 {
        Truth::Among(item, values) => Some((item, values)),
        _ => None,
    };
    let ((item, mut values), (same, more)) = (of(one)?, of(other)?);
    let is_guarded = |test: &Truth| matches!(test, Truth::All(_));
    if item != same || is_guarded(one) != is_guarded(other) {
        return None;
    }
    values.extend(more);
    values.sort_unstable();
    values.dedup();
    let among = Truth::Among(item, values);
    Some(match is_guarded(one) {
        true => Truth::all([Num::Item(item).presence(), among]),
        false => among,
    })
}

/// True if a condition is, false if its opposite is, and otherwise missing: the condition itself.
pub(super) fn choice(test: Truth, then: Truth, otherwise: Truth) -> Truth {
    if then == Truth::Constant(true)
        && let Truth::If(opposite, no, rest) = &otherwise
        && **no == Truth::Constant(false)
        && **rest == Truth::Missing
        && **opposite == test.clone().opposite()
    {
        return test;
    }
    Truth::choice(test, then, otherwise)
}
