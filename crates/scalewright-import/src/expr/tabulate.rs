//! The values of a formula for each answer to an item.

use crate::form::{Form, ResponseKind};

use super::formula::{F, Kind, Need};
use super::node::Op;

/// A value of a formula; `None` is missing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Known {
    Number(f64),
    Truth(bool),
    Word(String),
}

/// The answers that an item may have, without those that mean no answer; `None` if they are not a short list.
pub(super) fn answers(form: &Form, item: usize) -> Option<Vec<f64>> {
    let response = form.responses.get(form.items.get(item)?.response)?;
    match &response.kind {
        ResponseKind::Coded(choices) => {
            let values = choices
                .iter()
                .filter(|choice| !choice.non_response)
                .map(|choice| choice.value.number());
            let mut values: Vec<_> = values.collect();
            values.sort_by(f64::total_cmp);
            values.dedup();
            (!values.is_empty()).then_some(values)
        }
        ResponseKind::YesNo { .. } => Some(vec![0.0, 1.0]),
        _ => None,
    }
}

/// The lowest and highest answer to an item.
pub(super) fn bounds(form: &Form, item: usize) -> Option<(f64, f64)> {
    if let Some(values) = answers(form, item) {
        return values.first().copied().zip(values.last().copied());
    }
    match &form.responses.get(form.items.get(item)?.response)?.kind {
        ResponseKind::Numeric { min, max, .. } => min.zip(*max),
        ResponseKind::VisualAnalogue { min, max, .. } => Some((*min, *max)),
        _ => None,
    }
}

/// The value of a formula. `of` has the values of items and scores; `None` is missing.
pub(super) fn value(formula: &F, form: &Form, of: &dyn Fn(&F) -> Option<f64>) -> Option<Known> {
    let number = |part: &F| match value(part, form, of) {
        Some(Known::Number(number)) => Some(number),
        _ => None,
    };
    let truth = |part: &F| match value(part, form, of) {
        Some(Known::Truth(truth)) => Some(truth),
        _ => None,
    };
    Some(match formula {
        F::Number(number) => Known::Number(*number),
        F::Missing => return None,
        F::Truth(truth) => Known::Truth(*truth),
        F::Word(word) => Known::Word(word.clone()),
        F::Item(_) | F::Score(_) => Known::Number(of(formula)?),
        F::Reverse(item) => {
            let (low, high) = bounds(form, *item)?;
            Known::Number(low + high - of(&F::Item(*item))?)
        }
        F::Sum(terms) => Known::Number(terms.iter().try_fold(0.0, |sum, (minus, term)| {
            let term = number(term)?;
            Some(if *minus { sum - term } else { sum + term })
        })?),
        F::Product(factors) => {
            Known::Number(factors.iter().try_fold(1.0, |product, (divides, factor)| {
                let factor = number(factor)?;
                if *divides {
                    (factor != 0.0).then(|| product / factor)
                } else {
                    Some(product * factor)
                }
            })?)
        }
        F::Neg(inner) => Known::Number(-number(inner)?),
        F::Power(inner, power) => Known::Number(number(inner)?.powi(i32::try_from(*power).ok()?)),
        F::Compare(op, left, right) => Known::Truth(is_met(*op, number(left)?, number(right)?)),
        F::And(list) => Known::Truth(junction(list.iter().map(truth), false)?),
        F::Or(list) => Known::Truth(junction(list.iter().map(truth), true)?),
        F::Not(inner) => Known::Truth(!truth(inner)?),
        F::If(parts) => {
            return value(if truth(&parts[0])? { &parts[1] } else { &parts[2] }, form, of);
        }
        F::IsMissing(inner) => Known::Truth(value(inner, form, of).is_none()),
        F::Coalesce(parts) => {
            return value(&parts[0], form, of).or_else(|| value(&parts[1], form, of));
        }
        F::Recode(inner, table) => {
            let from = number(inner)?;
            Known::Number(table.iter().find(|(value, _)| (value - from).abs() < 1e-7)?.1)
        }
        F::Aggregate(kind, terms, need) => {
            Known::Number(aggregate(*kind, terms.iter().map(number), *need)?)
        }
        F::Count(list) => {
            Known::Number(count(list.iter().filter(|one| truth(one) == Some(true)).count()))
        }
        F::Answered(list) => {
            Known::Number(count(list.iter().filter(|one| value(one, form, of).is_some()).count()))
        }
        F::Round(inner, decimals) => {
            Known::Number(scalewright_scoring::rounded(number(inner)?, *decimals))
        }
        F::Apply(name, inner) => {
            let of = number(inner)?;
            let result = match *name {
                "floor" => of.floor(),
                "ceiling" => of.ceil(),
                "truncate" => of.trunc(),
                "abs" => of.abs(),
                "sqrt" => of.sqrt(),
                "exp" => of.exp(),
                "ln" => of.ln(),
                _ => return None,
            };
            Known::Number(Some(result).filter(|result| result.is_finite())?)
        }
    })
}

#[expect(clippy::cast_precision_loss, reason = "lists are short")]
fn count(count: usize) -> f64 {
    count as f64
}

fn is_met(op: Op, left: f64, right: f64) -> bool {
    let order = if (left - right).abs() < 1e-7 {
        std::cmp::Ordering::Equal
    } else {
        left.total_cmp(&right)
    };
    op.holds(order)
}

/// `or` if `decides` is true, `and` otherwise: one truth value decides, and without it a missing one makes it missing.
fn junction(list: impl Iterator<Item = Option<bool>>, decides: bool) -> Option<bool> {
    let mut result = Some(!decides);
    for truth in list {
        match truth {
            Some(truth) if truth == decides => return Some(decides),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

fn aggregate(kind: Kind, terms: impl Iterator<Item = Option<f64>>, need: Need) -> Option<f64> {
    let terms: Vec<_> = terms.collect();
    let present: Vec<f64> = terms.iter().copied().flatten().collect();
    let least = match need {
        Need::All => terms.len(),
        Need::AtLeast(need) | Need::Prorate(need) => need.max(1),
    };
    if present.len() < least || present.is_empty() {
        return None;
    }
    let sum: f64 = present.iter().sum();
    let mean = sum / count(present.len());
    Some(match kind {
        Kind::Sum if matches!(need, Need::Prorate(_)) => mean * count(terms.len()),
        Kind::Sum => sum,
        Kind::Mean => mean,
        Kind::Min => present.into_iter().reduce(f64::min)?,
        Kind::Max => present.into_iter().reduce(f64::max)?,
    })
}
