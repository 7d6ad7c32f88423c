//! Conditions that are never missing.
//!
//! `iif` and `enableWhen` take a missing condition for one that is not met. `if` of our formulas is missing then, so the
//! condition is written such that it is true or false.

use super::algebra::{Num, Truth, Word, WordOf};

/// A condition that is true if `of` is true, and false if it is false or missing.
pub(crate) fn certain(of: &Truth) -> Truth {
    match of {
        Truth::Constant(truth) => Truth::Constant(*truth),
        Truth::Missing => Truth::Constant(false),
        Truth::Compare(_, left, right) => joined([present(left), present(right), of.clone()]),
        Truth::Among(item, _) => joined([present(&Num::Item(*item)), of.clone()]),
        Truth::IsWord(score, _) => joined([word_present(*score), of.clone()]),
        Truth::All(parts) => joined(parts.iter().map(certain)),
        Truth::Any(parts) => Truth::any(parts.iter().map(certain)),
        Truth::Not(of) => certainly_not(of),
        Truth::IsMissing(_) => of.clone(),
        Truth::If(test, then, otherwise) => {
            Truth::choice((**test).clone(), certain(then), certain(otherwise))
        }
    }
}

/// A condition that is true if `of` is false, and false if it is true or missing.
fn certainly_not(of: &Truth) -> Truth {
    match of {
        Truth::Constant(truth) => Truth::Constant(!truth),
        Truth::Missing => Truth::Constant(false),
        Truth::Compare(comparison, left, right) => {
            certain(&Truth::Compare(comparison.opposite(), left.clone(), right.clone()))
        }
        Truth::Among(item, _) => joined([present(&Num::Item(*item)), of.clone().negated()]),
        Truth::IsWord(score, _) => joined([word_present(*score), of.clone().negated()]),
        Truth::All(parts) => Truth::any(parts.iter().map(certainly_not)),
        Truth::Any(parts) => joined(parts.iter().map(certainly_not)),
        Truth::Not(of) => certain(of),
        Truth::IsMissing(_) => of.clone().negated(),
        Truth::If(test, then, otherwise) => {
            Truth::choice((**test).clone(), certainly_not(then), certainly_not(otherwise))
        }
    }
}

fn word_present(score: usize) -> Truth {
    Truth::IsMissing(Box::new(WordOf::Word(Word::Score(score)))).negated()
}

fn present(of: &Num) -> Truth {
    if is_always(of) { Truth::Constant(true) } else { of.clone().presence() }
}

/// Whether a number is never missing.
pub(crate) fn is_always(of: &Num) -> bool {
    match of {
        Num::Constant(_) | Num::Answered(_) | Num::Count(_, 0) => true,
        Num::Either(a, b) => is_always(a) || is_always(b),
        Num::Sum(terms) => terms.iter().all(is_always),
        Num::Negative(of) | Num::Round(of, _) | Num::Power(of, _) => is_always(of),
        Num::Times(a, b) => is_always(a) && is_always(b),
        Num::If(_, then, otherwise) => is_always(then) && is_always(otherwise),
        _ => false,
    }
}

/// All parts, each once.
fn joined(parts: impl IntoIterator<Item = Truth>) -> Truth {
    match Truth::all(parts) {
        Truth::All(parts) => {
            let mut once: Vec<Truth> = Vec::new();
            for part in parts {
                if !once.contains(&part) {
                    once.push(part);
                }
            }
            Truth::all(once)
        }
        other => other,
    }
}
