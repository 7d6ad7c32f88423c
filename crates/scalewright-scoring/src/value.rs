//! The value of one part of a formula for one respondent, used to explain a score.

use scalewright_model::{Expr, Formula, ItemIx, ScaleIx, Test};

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

/// For each item of the instrument, whether one respondent is asked it: `None` when its condition is unknown, or when it
/// has none and is always asked. `answers` has one entry for each item.
#[must_use]
pub fn asked(program: &Program, answers: &[Option<f64>]) -> Vec<Option<bool>> {
    let condition = |item: usize| Some(&program.answer(ItemIx(item))?.asked.as_ref()?.when);
    let asked: Vec<usize> = (0..answers.len()).filter(|item| condition(*item).is_some()).collect();
    let conditions = asked.iter().filter_map(|item| condition(*item)).cloned();
    let formulas = conditions.map(Formula::Truth).collect();
    let mut found = vec![None; answers.len()];
    for (item, truth) in
        asked.into_iter().zip(first(program, &Responses::of_one(answers), formulas))
    {
        found[item] = truth.map(|truth| truth != 0.0);
    }
    found
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
