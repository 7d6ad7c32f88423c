//! Translation of what only scripts have: cleaned answers, lists, and a missing value that counts as 0 in arithmetic.

use super::rounding::{self, Shape};
use crate::expr::compare;
use crate::expr::context::Lowering;
use crate::expr::formula::{F, Kind, Need};
use crate::expr::items;
use crate::expr::low::{Gap, Low};
use crate::expr::lower::words;
use crate::expr::node::{Func, Node, Op, Ref};
use crate::expr::tabulate;
use crate::expr::{Bound, Language};

/// A part of a script; `None` if it is translated like that of any other language.
pub(in crate::expr) fn part(
    lowering: &mut Lowering<'_>,
    node: &Node,
) -> Result<Option<Low>, String> {
    if let Some(shape) = rounding::shape(node) {
        return shaped(lowering, &shape).map(Some);
    }
    Ok(Some(match node {
        Node::Call(func, args, _) => match (func, &args[..]) {
            (Func::Coded, [Node::Name(name), Node::List(list)]) => coded(lowering, name, list)?,
            (Func::Within, [Node::Name(name), low, high]) => within(lowering, name, low, high)?,
            (Func::CountTrue, [Node::List(list)]) => count(lowering, list)?,
            (Func::SumOf, [known]) => {
                Low::Number(known_of(lowering, Kind::Sum, known)?.or_number(0.0), Gap::Never)
            }
            (Func::Min, [known]) => Low::number(known_of(lowering, Kind::Min, known)?, Gap::Blank),
            (Func::Max, [known]) => Low::number(known_of(lowering, Kind::Max, known)?, Gap::Blank),
            (Func::At, [Node::List(list), index]) => element(lowering, list, index)?,
            (Func::Floor, [of]) => applied(lowering, "floor", of)?,
            (Func::Abs, [of]) => applied(lowering, "abs", of)?,
            (Func::Sqrt, [of]) => applied(lowering, "sqrt", of)?,
            (Func::Ln, [of]) => applied(lowering, "ln", of)?,
            (Func::Exp, [of]) => applied(lowering, "exp", of)?,
            (Func::If, _) => return Ok(None),
            _ => return Err("a function of a script is called in another way".to_owned()),
        },
        Node::Chain(first, rest) => match rest.first().map(|(op, _)| *op) {
            Some(Op::Add | Op::Sub) => {
                let mut terms = vec![(false, number(lowering, first)?)];
                for (op, node) in rest {
                    terms.push((*op == Op::Sub, number(lowering, node)?));
                }
                Low::number(F::Sum(terms), Gap::Blank)
            }
            Some(Op::Mul | Op::Div) => {
                let mut factors = vec![(false, number(lowering, first)?)];
                for (op, node) in rest {
                    factors.push((*op == Op::Div, number(lowering, node)?));
                }
                Low::number(F::Product(factors), Gap::Blank)
            }
            Some(op) if op.compares() && rest.len() == 1 => {
                Low::Truth(compared(lowering, op, first, &rest[0].1)?)
            }
            _ => return Ok(None),
        },
        Node::Minus(inner) => match &**inner {
            Node::Number(_) => return Ok(None),
            inner => Low::number(F::Neg(Box::new(number(lowering, inner)?)), Gap::Blank),
        },
        _ => return Ok(None),
    }))
}

/// A rounding, or a comparison with a tolerance.
fn shaped(lowering: &mut Lowering<'_>, shape: &Shape<'_>) -> Result<Low, String> {
    let form = lowering.scope.form;
    let rounded = |of: F, decimals| F::Round(Box::new(of), decimals);
    Ok(match shape {
        Shape::Round(of, decimals) => {
            Low::number(rounded(number(lowering, of)?, *decimals), Gap::Blank)
        }
        Shape::RoundUp(of, decimals) => {
            let of = number(lowering, of)?;
            let formula = match is_not_negative(lowering, &of) {
                true => rounded(of, *decimals),
                false => upwards(of, *decimals),
            };
            Low::number(formula, Gap::Blank)
        }
        Shape::Floor(of) => applied(lowering, "floor", of)?,
        Shape::Ceiling(of) => applied(lowering, "ceiling", of)?,
        Shape::Truncate(of) => applied(lowering, "truncate", of)?,
        Shape::Equal(left, right, is_equal) => {
            let (left, right) = (number(lowering, left)?, number(lowering, right)?);
            let never = match (&left, &right) {
                (F::Item(item), F::Number(number)) => {
                    items::cannot_equal(form, *item, *number).is_some()
                }
                _ => false,
            };
            let equal =
                if never { F::Truth(false) } else { F::compare(Op::Eq, left, right).known() };
            Low::Truth(if *is_equal { equal } else { equal.negated() })
        }
        Shape::NonZero(of) => {
            let of = number(lowering, of)?;
            Low::Truth(F::compare(Op::Ne, of, F::Number(0.0)).known())
        }
    })
}

/// Rounding upwards from halves, also of negative numbers.
fn upwards(of: F, decimals: u32) -> F {
    let scale = F::Number(10_f64.powi(i32::try_from(decimals).unwrap_or(0)));
    let half = (false, F::Number(0.5));
    let floor = |raised| F::Apply("floor", Box::new(F::Sum(raised)));
    match decimals {
        0 => floor(vec![(false, of), half]),
        _ => {
            let scaled = F::Product(vec![(false, of), (false, scale.clone())]);
            F::Product(vec![(false, floor(vec![(false, scaled), half])), (true, scale)])
        }
    }
}

/// An operand of arithmetic: a missing value counts as 0.
fn number(lowering: &mut Lowering<'_>, node: &Node) -> Result<F, String> {
    let part = lowering.part(node)?;
    number_of(lowering, part)
}

fn number_of(lowering: &Lowering<'_>, part: Low) -> Result<F, String> {
    let (formula, _) = lowering.number(part)?;
    Ok(if is_there(lowering, &formula) { formula } else { formula.or_number(0.0) })
}

/// Whether a formula is not missing here.
fn is_there(lowering: &Lowering<'_>, formula: &F) -> bool {
    let is_known = |of: &F| lowering.present.contains(of);
    is_known(formula)
        || lowering.is_present(formula)
        || match formula {
            F::Recode(of, table) => match &**of {
                F::Item(item) => {
                    let answers = tabulate::answers(lowering.scope.form, *item);
                    is_known(of) && answers.is_some_and(|answers| answers.len() == table.len())
                }
                _ => false,
            },
            _ => false,
        }
}

/// Whether a formula is never negative, as far as its form shows.
fn is_not_negative(lowering: &Lowering<'_>, formula: &F) -> bool {
    let all = |parts: &[F]| parts.iter().all(|part| is_not_negative(lowering, part));
    match formula {
        F::Number(number) => *number >= 0.0,
        F::Item(item) | F::Reverse(item) => {
            tabulate::bounds(lowering.scope.form, *item).is_some_and(|(low, _)| low >= 0.0)
        }
        F::Recode(_, table) => table.iter().all(|(_, number)| *number >= 0.0),
        F::Sum(terms) => {
            terms.iter().all(|(minus, term)| !minus && is_not_negative(lowering, term))
        }
        F::Product(factors) => factors.iter().all(|(_, factor)| is_not_negative(lowering, factor)),
        F::Aggregate(_, terms, _) => all(terms),
        F::Coalesce(parts) => all(&**parts),
        F::If(parts) => all(&parts[1..]),
        F::Round(of, _) => is_not_negative(lowering, of),
        F::Count(_) | F::Answered(_) | F::Missing => true,
        _ => false,
    }
}

fn applied(lowering: &mut Lowering<'_>, function: &'static str, of: &Node) -> Result<Low, String> {
    let of = number(lowering, of)?;
    Ok(Low::number(F::Apply(function, Box::new(of)), Gap::Blank))
}

/// A comparison, whose limit is moved by the tolerance of our comparisons.
fn compared(lowering: &mut Lowering<'_>, op: Op, left: &Node, right: &Node) -> Result<F, String> {
    let unmoved = rounding::unmoved(op, right);
    let (left, right) = (lowering.part(left)?, lowering.part(unmoved.as_ref().unwrap_or(right))?);
    if matches!(op, Op::Same | Op::NotSame) {
        let number = |part: &Low| match part {
            Low::Number(F::Number(number), _) => Some(*number),
            _ => None,
        };
        if let (Low::Item(item), Some(number)) = (&left, number(&right))
            && items::cannot_equal(lowering.scope.form, *item, number).is_some()
        {
            return Ok(F::Truth(op == Op::NotSame));
        }
        return compare::compare(lowering, op, left, right);
    }
    let (left, right) = (number_of(lowering, left)?, number_of(lowering, right)?);
    Ok(F::compare(op, left, right).known())
}

/// The item that a parameter gets.
fn item(name: &Ref) -> Result<usize, String> {
    match name.bound {
        Some(Bound::Item(item)) => Ok(item),
        _ => Err(format!("`{}` is no answer, but is read as one", name.text)),
    }
}

/// The answer to an item, if the list has it.
fn coded(lowering: &Lowering<'_>, name: &Ref, list: &[Node]) -> Result<Low, String> {
    let (form, item) = (lowering.scope.form, item(name)?);
    let formula = items::number(form, Language::Script, item)?;
    let column = &form.items[item].column;
    let answers = tabulate::answers(form, item)
        .ok_or_else(|| format!("`{column}` is no choice, but is read as one"))?;
    let table: Vec<(f64, f64)> = match formula {
        F::Recode(_, table) => table,
        _ => answers.into_iter().map(|answer| (answer, answer)).collect(),
    };
    let mut listed = Vec::new();
    for node in list {
        match lowering_constant(node) {
            Some(number) => listed.push(number),
            None => return Err(format!("the accepted answers to `{column}` are no numbers")),
        }
    }
    let all = table.len();
    let kept: Vec<(f64, f64)> =
        table.into_iter().filter(|(_, stored)| listed.contains(stored)).collect();
    let is_plain = kept.iter().all(|(answer, stored)| answer == stored);
    Ok(match (kept.len() == all && is_plain, kept.is_empty()) {
        (true, _) => Low::Item(item),
        (_, true) => Low::Blank,
        _ => Low::Number(F::Recode(Box::new(F::Item(item)), kept), Gap::Blank),
    })
}

fn lowering_constant(node: &Node) -> Option<f64> {
    match node {
        Node::Number(number) => Some(*number),
        Node::Minus(inner) => lowering_constant(inner).map(|number| -number),
        _ => None,
    }
}

/// The answer to an item, if it is between two numbers.
fn within(lowering: &Lowering<'_>, name: &Ref, low: &Node, high: &Node) -> Result<Low, String> {
    let (form, item) = (lowering.scope.form, item(name)?);
    let formula = items::number(form, Language::Script, item)?;
    let (Some(low), Some(high)) = (lowering_constant(low), lowering_constant(high)) else {
        return Err("the bounds of an answer are no numbers".to_owned());
    };
    if let (F::Item(_), Some((least, most))) = (&formula, tabulate::bounds(form, item))
        && low <= least
        && most <= high
    {
        return Ok(Low::Item(item));
    }
    let inside = F::all([
        formula.clone().test_present(),
        F::compare(Op::Ge, formula.clone(), F::Number(low)),
        F::compare(Op::Le, formula.clone(), F::Number(high)),
    ]);
    Ok(Low::Number(F::choice(inside, formula, F::Missing), Gap::Blank))
}

/// How many conditions are true.
fn count(lowering: &mut Lowering<'_>, list: &[Node]) -> Result<Low, String> {
    let mut conditions = Vec::new();
    for node in list {
        conditions.push(lowering.condition(node)?);
    }
    let present = conditions.iter().map(|condition| match condition {
        F::Not(inner) => match &**inner {
            F::IsMissing(of) => Some((**of).clone()),
            _ => None,
        },
        _ => None,
    });
    let formula = match present.collect::<Option<Vec<F>>>() {
        Some(terms) => F::Answered(terms),
        None => F::Count(conditions),
    };
    Ok(Low::Number(formula, Gap::Never))
}

/// The combination of the numbers of a list that are known; missing if there are none.
fn known_of(lowering: &mut Lowering<'_>, kind: Kind, known: &Node) -> Result<F, String> {
    let list = match known {
        Node::Call(Func::Known, args, _) => match &args[..] {
            [Node::List(list)] => list,
            _ => return Err("the numbers that are known are no list".to_owned()),
        },
        _ => return Err("a list is combined with numbers that are missing".to_owned()),
    };
    let mut terms = Vec::new();
    for node in list {
        let part = lowering.part(node)?;
        terms.push(lowering.number(part)?.0);
    }
    if terms.is_empty() {
        return Err("an empty list is combined".to_owned());
    }
    Ok(F::Aggregate(kind, terms, Need::AtLeast(1)))
}

/// A word of a list, by a position that is chosen by conditions.
fn element(lowering: &mut Lowering<'_>, list: &[Node], index: &Node) -> Result<Low, String> {
    let mut all = Vec::new();
    for node in list {
        all.push(words(lowering.part(node)?)?);
    }
    let part = lowering.part(index)?;
    let (position, _) = lowering.number(part)?;
    chosen(position, &all).map(Low::Words)
}

fn chosen(position: F, words: &[F]) -> Result<F, String> {
    match position {
        F::Missing => Ok(F::Missing),
        F::Number(number) => {
            let at = words
                .iter()
                .enumerate()
                .find(|(at, _)| u32::try_from(*at).is_ok_and(|at| f64::from(at) == number));
            Ok(at.map_or(F::Missing, |(_, word)| word.clone()))
        }
        F::If(parts) => {
            let [condition, then, otherwise] = *parts;
            Ok(F::choice(condition, chosen(then, words)?, chosen(otherwise, words)?))
        }
        _ => Err("the position of a word is computed".to_owned()),
    }
}
