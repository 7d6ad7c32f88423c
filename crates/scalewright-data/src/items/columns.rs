//! Columns of keyed answers. The scoring crate computes them: once for each code, or for each row where answers are no
//! codes or depend on other answers.

use scalewright_model::{Expr, Formula, ScaleIx};
use scalewright_scoring::{Column, EvalStep, Program, Responses, Score, evaluate};

use crate::moments::{Cells, LARGEST};

/// What computes the columns of some expressions from a batch of responses.
#[derive(Debug, Clone)]
pub struct ItemColumns {
    /// The program with the expressions as its last scores.
    program: Program,
    columns: Vec<How>,
}

/// How a column is computed.
#[derive(Debug, Clone)]
enum How {
    /// From the codes of an item.
    Coded(usize, Box<[Option<i16>; 256]>),
    /// By evaluation of every row.
    Evaluated,
}

/// `program` with the formulas `exprs` after its scores. No formula refers to the scale that they are given.
fn extended(program: &Program, exprs: &[Expr]) -> Program {
    let mut program = program.clone();
    for expr in exprs {
        program.order.push(EvalStep::Score(program.scores.len()));
        let formula = Formula::Number(expr.clone());
        program.scores.push(Score { scale: ScaleIx(usize::MAX), formula, items: Vec::new() });
    }
    program
}

/// A program of the formulas `exprs` alone, which must not depend on scores. Every item counts as asked.
pub(super) fn alone(program: &Program, exprs: &[Expr]) -> Program {
    let empty = Program::of_parts(program.answers.clone(), Vec::new(), Vec::new(), 0);
    extended(&empty, exprs)
}

impl ItemColumns {
    /// Prepares `exprs`, each a formula of the answer to one item, which is the number beside it.
    #[must_use]
    pub fn new(program: &Program, exprs: &[(usize, Expr)]) -> Self {
        let all: Vec<Expr> = exprs.iter().map(|(_, expr)| expr.clone()).collect();
        let values = evaluate(&alone(program, &all), &every_code(program.answers.len()));
        let columns = exprs.iter().zip(values).map(|((item, _), value)| {
            let is_gated = program.answers[*item].as_ref().is_none_or(|a| a.asked.is_some());
            match table(&value.score).filter(|_| !is_gated) {
                Some(table) => How::Coded(*item, Box::new(table)),
                None => How::Evaluated,
            }
        });
        Self { columns: columns.collect(), program: extended(program, &all) }
    }

    /// The columns of a batch.
    #[must_use]
    pub fn of(&self, responses: &Responses) -> Vec<Cells> {
        let first = self.program.scores.len() - self.columns.len();
        let mut evaluated = None;
        let column = |(at, how): (usize, &How)| {
            if let How::Coded(item, table) = how
                && let Some(codes) = responses.items[*item].codes()
            {
                return Cells::of_codes(codes, table);
            }
            let scored = evaluated.get_or_insert_with(|| evaluate(&self.program, responses));
            let score = &scored[first + at].score;
            Cells::of_numbers((0..responses.rows).map(|row| score.get(row)))
        };
        self.columns.iter().enumerate().map(column).collect()
    }
}

/// Responses in which every item has the same code: a row for each code, in the order of bytes, the mark of a missing
/// answer among them.
fn every_code(items: usize) -> Responses {
    let mut column = Column::default();
    column.codes_mut().extend((0..=u8::MAX).map(u8::cast_signed));
    Responses { rows: 256, items: vec![column; items] }
}

/// The value of each code. `None` if some are not small whole numbers.
fn table(values: &Column) -> Option<[Option<i16>; 256]> {
    let mut table = [None; 256];
    for (code, cell) in table.iter_mut().enumerate() {
        let Some(value) = values.get(code) else { continue };
        if value.fract() != 0.0 || value.abs() > f64::from(LARGEST) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "whole and at most 512")]
        let value = value as i16;
        *cell = Some(value);
    }
    Some(table)
}
