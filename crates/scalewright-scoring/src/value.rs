//! What a part of a formula comes to for one respondent: for telling how a score came about.

use scalewright_model::{Expr, Formula, ScaleIx, Test};

use crate::{Program, Responses, Score, Step, evaluate};

/// What `expr` comes to for the first respondent of `responses`; nothing when it is missing.
#[must_use]
pub fn value_of(program: &Program, responses: &Responses, expr: &Expr) -> Option<f64> {
    first(program, responses, vec![Formula::Number(expr.clone())]).pop().flatten()
}

/// As [`value_of`], for several at once.
#[must_use]
pub fn values_of(program: &Program, responses: &Responses, exprs: &[Expr]) -> Vec<Option<f64>> {
    first(program, responses, exprs.iter().cloned().map(Formula::Number).collect())
}

/// Whether `test` is true for the first respondent of `responses`; nothing when that is not known.
#[must_use]
pub fn truth_of(program: &Program, responses: &Responses, test: &Test) -> Option<bool> {
    let truth = first(program, responses, vec![Formula::Truth(test.clone())]).pop().flatten();
    truth.map(|truth| truth != 0.0)
}

/// Scores `formulas` as if they were the last scores of the program.
fn first(program: &Program, responses: &Responses, formulas: Vec<Formula>) -> Vec<Option<f64>> {
    let known = program.scores.len();
    let mut program = program.clone();
    for formula in formulas {
        program.order.push(Step::Score(program.scores.len()));
        program.scores.push(Score { scale: ScaleIx(usize::MAX), formula, items: Vec::new() });
    }
    let scored = evaluate(&program, responses);
    scored[known..].iter().map(|scored| scored.score.get(0)).collect()
}
