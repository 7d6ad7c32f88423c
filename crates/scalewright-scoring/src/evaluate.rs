//! Responses to scores, column by column: one respondent or ten million take the same path.

use scalewright_model::Fill;

use crate::{Aggregate, Expr, Program, Score, rounded};

/// Numbers of which some are missing: small whole ones as codes, others as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Column(Cells);

#[derive(Debug, Clone, PartialEq)]
enum Cells {
    /// Whole numbers within ±127; `MISSING_CODE` where there is none.
    Codes(Vec<i8>),
    /// Any numbers.
    Numbers(Vec<Option<f64>>),
}

impl Default for Column {
    fn default() -> Self {
        Self(Cells::Codes(Vec::new()))
    }
}

impl Column {
    /// What stands in a column of codes where an answer is missing.
    pub const MISSING_CODE: i8 = i8::MIN;

    /// A column of `rows` missing numbers.
    #[must_use]
    pub fn missing(rows: usize) -> Self {
        Self(Cells::Codes(vec![Self::MISSING_CODE; rows]))
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Cells::Codes(codes) => codes.len(),
            Cells::Numbers(numbers) => numbers.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets the rows and keeps their room.
    pub fn clear(&mut self) {
        match &mut self.0 {
            Cells::Codes(codes) => codes.clear(),
            Cells::Numbers(numbers) => numbers.clear(),
        }
    }

    /// The codes themselves; a column of other numbers is emptied first.
    pub fn codes_mut(&mut self) -> &mut Vec<i8> {
        if matches!(self.0, Cells::Numbers(_)) {
            self.0 = Cells::Codes(Vec::new());
        }
        match &mut self.0 {
            Cells::Codes(codes) => codes,
            Cells::Numbers(_) => unreachable!("made codes above"),
        }
    }

    /// The number in `row`, if it is there.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        match &self.0 {
            Cells::Codes(codes) => number(codes[row]),
            Cells::Numbers(numbers) => numbers[row],
        }
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<f64>) {
        if let Cells::Codes(codes) = &mut self.0 {
            if let Some(code) = code(value) {
                return codes.push(code);
            }
            self.0 = Cells::Numbers(codes.iter().map(|&code| number(code)).collect());
        }
        if let Cells::Numbers(numbers) = &mut self.0 {
            numbers.push(value);
        }
    }
}

fn number(code: i8) -> Option<f64> {
    (code != Column::MISSING_CODE).then(|| f64::from(code))
}

#[expect(clippy::cast_possible_truncation, reason = "taken only where it is whole and small")]
fn code(value: Option<f64>) -> Option<i8> {
    let Some(value) = value else { return Some(Column::MISSING_CODE) };
    let negative_zero = value == 0.0 && value.is_sign_negative();
    (value.fract() == 0.0 && value.abs() <= 127.0 && !negative_zero).then_some(value as i8)
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
            let answers = &responses.items[item.0];
            let mut column = Column::default();
            for row in 0..responses.rows {
                column.push(answers.get(row).filter(|&answer| accepted.contains(answer)));
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

fn map((column, marks): (Column, Vec<bool>), f: impl Fn(f64) -> f64) -> (Column, Vec<bool>) {
    let mut mapped = Column::default();
    for row in 0..column.len() {
        mapped.push(column.get(row).map(&f));
    }
    (mapped, marks)
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
            let value = column.get(row);
            sums[row] += value.unwrap_or(0.0);
            counts[row] += usize::from(value.is_some());
            ruled_out[row] |= mandatory && value.is_none();
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
