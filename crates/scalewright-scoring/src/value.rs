//! The value of one part of a formula for one respondent, used to explain a score.

use scalewright_model::{Expr, Formula, Instrument, ScaleIx, Test};

use crate::{EvalStep, Program, Responses, Score, evaluate};

/// The value of `expr` for the first respondent of `responses`; `None` when it is missing.
#[must_use]
pub(crate) fn value_of(program: &Program, responses: &Responses, expr: &Expr) -> Option<f64> {
    first(program, responses, vec![Formula::Number(expr.clone())]).pop().flatten()
}

/// The values of several expressions, computed as by [`value_of`] in one evaluation.
#[must_use]
pub(crate) fn values_of(
    program: &Program,
    responses: &Responses,
    exprs: &[Expr],
) -> Vec<Option<f64>> {
    first(program, responses, exprs.iter().cloned().map(Formula::Number).collect())
}

/// Whether `test` is true for the first respondent of `responses`; `None` when it is unknown.
#[must_use]
pub(crate) fn truth_of(program: &Program, responses: &Responses, test: &Test) -> Option<bool> {
    let truth = first(program, responses, vec![Formula::Truth(test.clone())]).pop().flatten();
    truth.map(|truth| truth != 0.0)
}

/// For each item, whether one respondent is asked it: `None` when its condition is unknown, or when it has none and is
/// always asked. `answers` has one entry for each item of the instrument, in its order.
#[must_use]
pub fn asked(
    instrument: &Instrument,
    program: &Program,
    answers: &[Option<f64>],
) -> Vec<Option<bool>> {
    // From the instrument, because the program has no conditions of items that are never scored.
    let conditions = instrument.items.iter().map(|item| item.ask.as_ref().map(|ask| &ask.when));
    let formulas = conditions.clone().flatten().cloned().map(Formula::Truth).collect();
    let mut truths = first(program, &Responses::of_one(answers), formulas).into_iter();
    let asked = conditions.map(|condition| condition.and_then(|_| truths.next().flatten()));
    asked.map(|truth| truth.map(|truth| truth != 0.0)).collect()
}

/// Evaluates `formulas` for the first respondent, as if they were the last scores of the program.
fn first(program: &Program, responses: &Responses, formulas: Vec<Formula>) -> Vec<Option<f64>> {
    let known = program.scores.len();
    let mut program = program.clone();
    for formula in formulas {
        // The formula belongs to no scale. No formula refers to the index `usize::MAX`, so it can never be an operand.
        program.order.push(EvalStep::Score(program.scores.len()));
        program.scores.push(Score { scale: ScaleIx(usize::MAX), formula, items: Vec::new() });
    }
    let scored = evaluate(&program, responses);
    scored[known..].iter().map(|scored| scored.score.get(0)).collect()
}
