//! Recognises formulas that are scales with a key.

use std::collections::BTreeSet;

use scalewright_model::file::ScaleFile;
use scalewright_model::{MissingKind, ScoreKind};

use crate::form::Form;

use super::formula::{F, Kind, Need};
use super::items;
use super::tabulate;

/// The scale that equals a formula.
pub(super) fn scale(form: &Form, formula: &F) -> Option<ScaleFile> {
    let (inner, round) = match formula {
        F::Round(inner, decimals) => (&**inner, Some(*decimals)),
        other => (other, None),
    };
    let mut scale = core(form, inner).or_else(|| affine(form, inner))?;
    scale.round = round;
    // One item alone is a scale, but what is computed from it reads better as a formula.
    let is_changed = !matches!(formula, F::Item(_) | F::Reverse(_));
    (scale.items.len() != 1 || !is_changed).then_some(scale)
}

/// A scale that is multiplied by a number, or to which a number is added.
fn affine(form: &Form, formula: &F) -> Option<ScaleFile> {
    match formula {
        F::Sum(terms) => {
            let [(false, inner), (minus, F::Number(number))] = &terms[..] else { return None };
            let mut scale = core(form, inner).or_else(|| affine(form, inner))?;
            let number = if *minus { -number } else { *number };
            (scale.intercept.is_none() && number.abs() <= 1e6)
                .then(|| scale.intercept = Some(number))?;
            Some(scale)
        }
        F::Product(factors) => {
            let (inner, number) = match &factors[..] {
                [(false, F::Number(number)), (false, inner)] => (inner, *number),
                [(false, inner), (false, F::Number(number))] => (inner, *number),
                // The same as a product only if its reciprocal is exact.
                [(false, inner), (true, F::Number(number))] if number.log2().fract() == 0.0 => {
                    (inner, 1.0 / number)
                }
                _ => return None,
            };
            let mut scale = core(form, inner)?;
            (number.abs() <= 1e6 && number != 0.0).then(|| scale.multiply = Some(number.into()))?;
            Some(scale)
        }
        _ => None,
    }
}

/// A sum, mean, lowest or highest of keyed items, or a sum or mean of scores.
fn core(form: &Form, formula: &F) -> Option<ScaleFile> {
    match formula {
        F::Item(_) | F::Reverse(_) => list(form, ScoreKind::Sum, [formula.clone()], Need::All),
        F::Sum(terms) => {
            let (keys, rest) = keys(form, terms)?;
            let mut scale = list(form, ScoreKind::Sum, keys, Need::All)?;
            let is_plain = terms.iter().all(|(minus, term)| !minus || matches!(term, F::Number(_)));
            if rest != 0.0 {
                // `a - b` is not the sum of `a` and reversed `b`, less something.
                (is_plain && rest.abs() <= 1e6).then(|| scale.intercept = Some(rest))?;
            }
            Some(scale)
        }
        F::Product(factors) => match &factors[..] {
            [(false, F::Sum(terms)), (true, F::Number(number))] => {
                let (terms, _) = keys(form, terms).filter(|(_, rest)| *rest == 0.0)?;
                #[expect(clippy::cast_precision_loss, reason = "lists are short")]
                let is_mean = *number == terms.len() as f64;
                is_mean.then(|| list(form, ScoreKind::Mean, terms, Need::All))?
            }
            _ => None,
        },
        F::Aggregate(kind, terms, need) => {
            let score = match kind {
                Kind::Sum => ScoreKind::Sum,
                Kind::Mean => ScoreKind::Mean,
                Kind::Min => ScoreKind::Min,
                Kind::Max => ScoreKind::Max,
            };
            list(form, score, terms.iter().cloned(), *need)
        }
        _ => None,
    }
}

/// The keyed items of a sum, and the number that is left. `a + 4 - b` reverses `b` if 4 is its lowest and highest answer
/// together, and leaves 0.
fn keys(form: &Form, terms: &[(bool, F)]) -> Option<(Vec<F>, f64)> {
    let mut rest = 0.0;
    let mut keys = Vec::new();
    for (minus, term) in terms {
        match (minus, term) {
            (false, F::Number(number)) => rest += number,
            (true, F::Number(number)) => rest -= number,
            (false, F::Item(_) | F::Reverse(_) | F::Score(_)) => keys.push(term.clone()),
            (true, F::Item(item)) => {
                let (low, high) = tabulate::bounds(form, *item)?;
                rest -= low + high;
                keys.push(F::Reverse(*item));
            }
            _ => return None,
        }
    }
    Some((keys, rest))
}

fn list(
    form: &Form,
    score: ScoreKind,
    terms: impl IntoIterator<Item = F>,
    need: Need,
) -> Option<ScaleFile> {
    let mut scale = ScaleFile::new("", "", score, MissingKind::NoScore);
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for term in terms {
        count += 1;
        let (is_item, at, sign) = match term {
            F::Item(item) => (true, item, ""),
            F::Reverse(item) => (true, item, "-"),
            F::Score(score) => (false, score, ""),
            _ => return None,
        };
        // A scale has no item twice, and needs the lowest and the highest answer of each.
        if !seen.insert((is_item, at)) || is_item && !items::has_range(form, at) {
            return None;
        }
        if is_item {
            scale.items.push(format!("{sign}{}", form.items.get(at)?.id));
        } else {
            scale.scales.push(form.scores.get(at)?.id.clone());
        }
    }
    // A scale has items or scales, and a scale of one scale is no scale of its own.
    let is_mixed = !scale.items.is_empty() && !scale.scales.is_empty();
    if is_mixed || scale.scales.len() == 1 || count == 0 {
        return None;
    }
    let (missing, least) = match need {
        Need::All => (MissingKind::NoScore, None),
        Need::AtLeast(need) if need >= count => (MissingKind::NoScore, None),
        Need::Prorate(need) if need >= count => (MissingKind::NoScore, None),
        Need::AtLeast(need) => (MissingKind::AnsweredOnly, Some(need)),
        Need::Prorate(need) => (MissingKind::Prorate, Some(need)),
    };
    scale.missing = missing;
    scale.min_answered = match least {
        Some(need) => Some(u32::try_from(need).ok()?),
        None => None,
    };
    Some(scale)
}
