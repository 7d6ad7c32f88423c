//! Operators on collections.

use std::collections::BTreeSet;

use super::ast::Operator;
use super::scalar::{Collection, Datum, Evaluated, is_equal, is_near, text};

/// The only value of a collection; `None` if it is empty.
pub(crate) fn single<'c, 'w>(of: &'c [Datum<'w>], what: &str) -> Evaluated<Option<&'c Datum<'w>>> {
    match of {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(format!("{what} has several values where one is expected")),
    }
}

/// A collection as a truth value. A single value that is not a truth value counts as true.
pub(crate) fn truth(of: &[Datum<'_>]) -> Evaluated<Option<bool>> {
    Ok(single(of, "a condition")?.map(|datum| match datum {
        Datum::Truth(truth) => *truth,
        _ => true,
    }))
}

fn truths<'w>(truth: Option<bool>) -> Collection<'w> {
    truth.map(Datum::Truth).into_iter().collect()
}

/// Joins two collections by an operator.
pub(crate) fn binary<'w>(
    operator: Operator,
    left: &Collection<'w>,
    right: &Collection<'w>,
) -> Evaluated<Collection<'w>> {
    Ok(match operator {
        Operator::And | Operator::Or | Operator::Xor | Operator::Implies => {
            truths(logic(operator, truth(left)?, truth(right)?))
        }
        Operator::Union => distinct(left.iter().chain(right).cloned().collect()),
        Operator::Equal => truths(equal(left, right)),
        Operator::Unequal => truths(equal(left, right).map(|equal| !equal)),
        Operator::Equivalent => vec![Datum::Truth(is_equivalent(left, right))],
        Operator::NotEquivalent => vec![Datum::Truth(!is_equivalent(left, right))],
        Operator::In => membership(left, right)?,
        Operator::Contains => membership(right, left)?,
        Operator::Join => {
            let part = |of| -> Evaluated<String> {
                match single(of, "`&`")? {
                    None => Ok(String::new()),
                    Some(Datum::Text(text)) => Ok(text.to_string()),
                    Some(_) => Err("`&` joins something that is not a text".to_owned()),
                }
            };
            vec![text(part(left)? + &part(right)?)]
        }
        Operator::Less | Operator::AtMost | Operator::Greater | Operator::AtLeast => {
            ordered(operator, left, right)?
        }
        Operator::Times
        | Operator::Over
        | Operator::Div
        | Operator::Mod
        | Operator::Plus
        | Operator::Minus => arithmetic(operator, left, right)?,
    })
}

/// The values of a collection, each once.
pub(crate) fn distinct<'w>(all: Collection<'w>) -> Collection<'w> {
    let mut texts = BTreeSet::new();
    let mut others: Vec<&Datum<'w>> = Vec::new();
    let mut first: Vec<bool> = Vec::with_capacity(all.len());
    for datum in &all {
        first.push(match datum {
            // Lists of several hundred codes are met.
            Datum::Text(text) => texts.insert(&**text),
            datum if others.iter().any(|other| is_equal(other, datum)) => false,
            datum => {
                others.push(datum);
                true
            }
        });
    }
    all.iter().zip(first).filter(|(_, first)| *first).map(|(datum, _)| datum.clone()).collect()
}

/// Three-valued logic.
pub(crate) fn logic(operator: Operator, left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match operator {
        Operator::And => match (left, right) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Operator::Xor => Some(left? != right?),
        Operator::Implies => logic(Operator::Or, left.map(|left| !left), right),
        _ => match (left, right) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
    }
}

fn equal(left: &Collection<'_>, right: &Collection<'_>) -> Option<bool> {
    if left.is_empty() || right.is_empty() {
        return None;
    }
    Some(left.len() == right.len() && left.iter().zip(right).all(|(a, b)| is_equal(a, b)))
}

fn is_equivalent(left: &Collection<'_>, right: &Collection<'_>) -> bool {
    let alike = |a: &Datum<'_>, b: &Datum<'_>| match (a, b) {
        (Datum::Text(a), Datum::Text(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => is_equal(a, b),
    };
    left.len() == right.len() && left.iter().all(|a| right.iter().any(|b| alike(a, b)))
}

fn membership<'w>(one: &Collection<'w>, all: &Collection<'w>) -> Evaluated<Collection<'w>> {
    let one = single(one, "`in` or `contains`")?;
    Ok(truths(one.map(|one| all.iter().any(|other| is_equal(one, other)))))
}

fn ordered<'w>(
    operator: Operator,
    left: &Collection<'w>,
    right: &Collection<'w>,
) -> Evaluated<Collection<'w>> {
    use std::cmp::Ordering;
    let sides = (single(left, "a comparison")?, single(right, "a comparison")?);
    let (Some(left), Some(right)) = sides else { return Ok(Vec::new()) };
    let order = match (left, right) {
        (Datum::Number(a) | Datum::Quantity(a), Datum::Number(b) | Datum::Quantity(b)) => {
            if is_near(*a, *b) { Some(Ordering::Equal) } else { a.partial_cmp(b) }
        }
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        _ => return Err("it compares values of different types".to_owned()),
    };
    Ok(truths(order.map(|order| match operator {
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    })))
}

fn arithmetic<'w>(
    operator: Operator,
    left: &Collection<'w>,
    right: &Collection<'w>,
) -> Evaluated<Collection<'w>> {
    let sides = (single(left, "arithmetic")?, single(right, "arithmetic")?);
    let (Some(left), Some(right)) = sides else { return Ok(Vec::new()) };
    let (a, b) = match (operator, left, right) {
        (_, Datum::Number(a), Datum::Number(b)) => (*a, *b),
        (Operator::Plus, Datum::Text(a), Datum::Text(b)) => {
            return Ok(vec![text(format!("{a}{b}"))]);
        }
        _ => return Err("it computes with something that is not a number".to_owned()),
    };
    let result = match operator {
        Operator::Times => a * b,
        Operator::Over => a / b,
        Operator::Div => (a / b).trunc(),
        Operator::Mod => a % b,
        Operator::Plus => a + b,
        _ => a - b,
    };
    Ok(result.is_finite().then_some(Datum::Number(result)).into_iter().collect())
}
