//! The parts of a formula, one by one.

use scalewright_model::{Aggregate, Expr, Formula, Test};

/// A part of a formula.
#[derive(Clone, Copy)]
pub(crate) enum Part<'f> {
    Number(&'f Expr),
    Truth(&'f Test),
}

/// Every part of `formula`, the whole first.
pub(crate) fn of(formula: &Formula) -> Vec<Part<'_>> {
    let whole = match formula {
        Formula::Number(expr) | Formula::Word { position: expr, words: _ } => Part::Number(expr),
        Formula::Truth(test) => Part::Truth(test),
    };
    all(whole)
}

/// `whole` and every part of it.
pub(crate) fn all(whole: Part<'_>) -> Vec<Part<'_>> {
    let mut parts = vec![whole];
    let mut next = 0;
    while let Some(&part) = parts.get(next) {
        next += 1;
        match part {
            Part::Number(expr) => below(expr, &mut parts),
            Part::Truth(test) => under(test, &mut parts),
        }
    }
    parts
}

fn below<'f>(expr: &'f Expr, parts: &mut Vec<Part<'f>>) {
    match expr {
        Expr::Number(_) | Expr::Missing | Expr::Answer(_) | Expr::Score(_) => {}
        Expr::Reverse { of, .. }
        | Expr::Recode { of, .. }
        | Expr::Apply { of, .. }
        | Expr::Round { of, .. } => parts.push(Part::Number(of)),
        Expr::Aggregate(Aggregate { terms, .. })
        | Expr::LongestRun(terms)
        | Expr::Lookup { of: terms, .. } => parts.extend(terms.iter().map(Part::Number)),
        Expr::Count { tests, need: _ } => parts.extend(tests.iter().map(Part::Truth)),
        Expr::Arithmetic { operator: _, left, right } => {
            parts.extend([Part::Number(left), Part::Number(right)]);
        }
        Expr::If { test, then, otherwise, unknown } => {
            parts.push(Part::Truth(test));
            parts.extend([then, otherwise, unknown].map(|part| Part::Number(part)));
        }
        Expr::Eap { model, .. } => {
            parts.extend(model.items.iter().map(|item| Part::Number(&item.answer)));
        }
    }
}

fn under<'f>(test: &'f Test, parts: &mut Vec<Part<'f>>) {
    match test {
        Test::Truth(_) | Test::Missing | Test::Flag(_) => {}
        Test::Compare { comparison: _, left, right } => {
            parts.extend([Part::Number(left), Part::Number(right)]);
        }
        Test::AtLeast { count: _, tests } | Test::All(tests) | Test::Any(tests) => {
            parts.extend(tests.iter().map(Part::Truth));
        }
        Test::Not(of) | Test::IsUnknown(of) => parts.push(Part::Truth(of)),
        Test::IsMissing(of) => parts.push(Part::Number(of)),
    }
}
