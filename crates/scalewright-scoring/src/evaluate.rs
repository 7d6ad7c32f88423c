//! Responses to scores, column by column: one respondent or ten million take the same path.

use scalewright_model::Fill;

use crate::{Aggregate, Expr, Program, Score, rounded};

/// Numbers of which some are missing. A missing one is marked, never a number that means missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// A number a row; 0 where it is missing.
    pub values: Vec<f64>,
    /// Whether it is there.
    pub present: Vec<bool>,
}

impl Column {
    /// A column of `rows` missing numbers.
    #[must_use]
    pub fn missing(rows: usize) -> Self {
        Self { values: vec![0.0; rows], present: vec![false; rows] }
    }

    /// The number in `row`, if it is there.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        self.present[row].then(|| self.values[row])
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<f64>) {
        self.values.push(value.unwrap_or(0.0));
        self.present.push(value.is_some());
    }
}

/// The coded answers of many respondents: a column an item, in the instrument's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Responses {
    /// How many respondents.
    pub rows: usize,
    /// A column for each item of the instrument, `rows` long.
    pub items: Vec<Column>,
}

/// The scores of one scale, a row a respondent.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The scores.
    pub score: Column,
    /// How many of the scale's items were answered.
    pub answered: Vec<u32>,
    /// Whether a score is there in which something stands in for a missing answer.
    pub prorated: Vec<bool>,
}

/// Scores all respondents; the result is parallel to `program.scores`.
#[must_use]
pub fn evaluate(program: &Program, responses: &Responses) -> Vec<Scored> {
    let mut scored: Vec<Scored> = Vec::with_capacity(program.scores.len());
    for score in &program.scores {
        let (column, prorated) = run(&score.expr, responses, &scored);
        scored.push(Scored { score: column, answered: answered(score, responses), prorated });
    }
    scored
}

fn answered(score: &Score, responses: &Responses) -> Vec<u32> {
    let mut counts = vec![0; responses.rows];
    for (item, accepted) in &score.items {
        let column = &responses.items[item.0];
        for (row, count) in counts.iter_mut().enumerate() {
            *count += u32::from(column.get(row).is_some_and(|answer| accepted.contains(answer)));
        }
    }
    counts
}

/// The value of `expr` for every row, and whether something stood in for a missing answer in it.
fn run(expr: &Expr, responses: &Responses, scored: &[Scored]) -> (Column, Vec<bool>) {
    match expr {
        Expr::Answer { item, accepted } => {
            let mut column = responses.items[item.0].clone();
            for (value, present) in column.values.iter_mut().zip(&mut column.present) {
                *present = *present && accepted.contains(*value);
                *value = if *present { *value } else { 0.0 };
            }
            (column, vec![false; responses.rows])
        }
        Expr::Score(position) => {
            (scored[*position].score.clone(), scored[*position].prorated.clone())
        }
        Expr::Reverse { of, low, high } => map(run(of, responses, scored), |x| low + high - x),
        Expr::Round { of, decimals } => map(run(of, responses, scored), |x| rounded(x, *decimals)),
        Expr::Aggregate(aggregate) => combine(aggregate, responses, scored),
    }
}

fn map((mut column, marks): (Column, Vec<bool>), f: impl Fn(f64) -> f64) -> (Column, Vec<bool>) {
    for (value, present) in column.values.iter_mut().zip(&column.present) {
        if *present {
            *value = f(*value);
        }
    }
    (column, marks)
}

fn combine(aggregate: &Aggregate, responses: &Responses, scored: &[Scored]) -> (Column, Vec<bool>) {
    let rows = responses.rows;
    let mut sums = vec![0.0; rows];
    let mut counts = vec![0_usize; rows];
    let mut ruled_out = vec![false; rows];
    let mut prorated = vec![false; rows];
    for (position, term) in aggregate.terms.iter().enumerate() {
        let mandatory = aggregate.mandatory.contains(&position);
        let (column, marks) = run(term, responses, scored);
        for row in 0..rows {
            sums[row] += column.values[row];
            counts[row] += usize::from(column.present[row]);
            ruled_out[row] |= mandatory && !column.present[row];
            prorated[row] |= marks[row];
        }
    }
    let mut result = Column::default();
    for row in 0..rows {
        let met = counts[row] >= aggregate.need && !ruled_out[row];
        result.push(met.then(|| aggregate.combine(sums[row], counts[row])));
        let filled = aggregate.fill != Fill::Nothing && counts[row] < aggregate.terms.len();
        prorated[row] = met && (prorated[row] || filled);
    }
    (result, prorated)
}
