//! Tests of whether there are enough answers.

use super::super::algebra::{Compared, Num, Truth, WordOf};

/// What must be present for a number to be present, apart from how it is keyed.
pub(super) fn base(of: &Num) -> Num {
    match of {
        Num::Reversed(item) => Num::Item(*item),
        of => of.clone(),
    }
}

/// The number whose presence a test asks for.
fn asked(test: &Truth) -> Option<Num> {
    match test {
        Truth::Not(of) => match &**of {
            Truth::IsMissing(what) => match &**what {
                WordOf::Number(of) => Some(of.clone()),
                WordOf::Truth(_) | WordOf::Word(_) => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The list that a test is about, and how many of it must be present for the test to be true.
pub(super) fn enough(test: &Truth) -> Option<(Vec<Num>, usize)> {
    match test {
        Truth::Any(parts) => Some((parts.iter().map(asked).collect::<Option<_>>()?, 1)),
        Truth::All(parts) => {
            let list: Vec<Num> = parts.iter().map(asked).collect::<Option<_>>()?;
            let count = list.len();
            Some((list, count))
        }
        Truth::Compare(comparison, Num::Answered(list), Num::Constant(edge)) => {
            at_least(*comparison, *edge).map(|least| (list.clone(), least))
        }
        Truth::Compare(comparison, Num::Constant(edge), Num::Answered(list)) => {
            at_least(comparison.exchanged(), *edge).map(|least| (list.clone(), least))
        }
        test => asked(test).map(|of| (vec![of], 1)),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
fn at_least(comparison: Compared, edge: f64) -> Option<usize> {
    if !(0.0..1e6).contains(&edge) {
        return None;
    }
    match comparison {
        Compared::AtLeast => Some((edge - 1e-8).ceil().max(0.0) as usize),
        Compared::Greater => Some((edge + 1e-8).floor() as usize + 1),
        _ => None,
    }
}

/// What is counted by a number that is 1 if it is present and 0 otherwise.
pub(super) fn counts(of: &Num) -> Option<Num> {
    let Num::If(test, then, otherwise) = of else { return None };
    match (&**then, &**otherwise) {
        (Num::Constant(1.0), Num::Constant(0.0)) => asked(test),
        (Num::Constant(0.0), Num::Constant(1.0)) => asked(&(**test).clone().negated()),
        _ => None,
    }
}

/// The condition that a number is 1 for, and 0 otherwise.
pub(super) fn indicated(of: &Num) -> Option<Truth> {
    let Num::If(test, then, otherwise) = of else { return None };
    let is_indicator = **then == Num::Constant(1.0) && **otherwise == Num::Constant(0.0);
    is_indicator.then(|| (**test).clone())
}

/// A condition without the test that its answer is present, which a count of conditions does not need, and the answer.
pub(crate) fn unguarded(test: &Truth) -> Option<(Truth, Num)> {
    match test {
        Truth::All(parts) => match &parts[..] {
            [present, Truth::Among(item, values)] if asked(present) == Some(Num::Item(*item)) => {
                Some((Truth::Among(*item, values.clone()), Num::Item(*item)))
            }
            _ => None,
        },
        Truth::Among(item, _) => Some((test.clone(), Num::Item(*item))),
        Truth::Compare(_, of, Num::Constant(_)) => Some((test.clone(), base(of))),
        _ => None,
    }
}

/// The terms of a sum in which those that are missing count nothing.
pub(super) fn sum_of_present(of: &Num) -> Option<Vec<Num>> {
    let term = |term: &Num| match term {
        Num::Either(of, zero) if **zero == Num::Constant(0.0) => Some((**of).clone()),
        _ => None,
    };
    match of {
        Num::Sum(terms) => terms.iter().map(term).collect(),
        of => Some(vec![term(of)?]),
    }
}

/// Whether a number is missing if `what` is.
pub(super) fn needs(of: &Num, what: &Num) -> bool {
    if base(of) == base(what) {
        return true;
    }
    match of {
        Num::Missing => true,
        Num::Recoded(item, _) => *what == Num::Item(*item),
        Num::Sum(terms) => terms.iter().any(|term| needs(term, what)),
        Num::Times(a, b) | Num::Over(a, b) => needs(a, what) || needs(b, what),
        Num::Negative(of) | Num::Apply(_, of) | Num::Power(of, _) | Num::Round(of, _) => {
            needs(of, what)
        }
        Num::Among(among) => {
            among.least == among.of.len() && among.of.iter().any(|of| needs(of, what))
        }
        _ => false,
    }
}
