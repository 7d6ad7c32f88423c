//! The truth of conditions for all combinations of what they ask.
//!
//! What a condition compares with numbers (answers, scores) is divided at these numbers, so that each part is enough to
//! know every comparison. Different answers and scores are taken as independent, although a score depends on answers.
//! More combinations are thus considered than can occur: if a condition is never true of these, it is never true.

use scalewright_model::{Expr, ItemIx, Test};
use scalewright_scoring::Possible;

/// The greatest number of combinations that are considered.
const MOST: usize = 4_096;

/// What conditions ask, and one number for each part of the answers to it.
pub(crate) struct Cells<'t> {
    subjects: Vec<(Subject<'t>, Vec<f64>)>,
    rows: usize,
}

/// Something that a condition asks.
#[derive(Clone, Copy, PartialEq)]
enum Subject<'t> {
    /// A number that is compared with fixed numbers.
    Number(&'t Expr),
    /// A condition of another kind, which is 1 or 0.
    Truth(&'t Test),
}

impl<'t> Cells<'t> {
    /// The combinations that `tests` distinguish. `None` if they are too many.
    pub(crate) fn of(possible: &Possible<'_>, tests: &[&'t Test]) -> Option<Self> {
        let mut asked: Vec<(Subject<'t>, Vec<f64>)> = Vec::new();
        for test in tests {
            ask(test, &mut asked);
            if asked.len() > 12 {
                return None;
            }
        }
        let mut subjects = Vec::new();
        let mut rows = 1_usize;
        for (subject, cuts) in asked {
            let values = match subject {
                Subject::Number(expr) => parts(possible, expr, cuts),
                Subject::Truth(_) => vec![0.0, 1.0],
            };
            // Without a possible answer nothing can be concluded.
            rows = rows.checked_mul(values.len()).filter(|rows| (1..=MOST).contains(rows))?;
            subjects.push((subject, values));
        }
        Some(Self { subjects, rows })
    }

    /// All combinations, one number for each subject.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        (0..self.rows).map(|mut row| {
            let pick = |(_, values): &(Subject<'t>, Vec<f64>)| {
                let value = values[row % values.len()];
                row /= values.len();
                value
            };
            self.subjects.iter().map(pick).collect()
        })
    }

    /// Whether `test` is true of a combination.
    pub(crate) fn holds(&self, test: &Test, row: &[f64]) -> bool {
        match test {
            Test::Truth(truth) => *truth,
            Test::All(tests) => tests.iter().all(|test| self.holds(test, row)),
            Test::Any(tests) => tests.iter().any(|test| self.holds(test, row)),
            Test::Not(of) => !self.holds(of, row),
            Test::Compare { comparison, left, right } => match (&**left, &**right) {
                (left, Expr::Number(number)) => {
                    comparison.holds(self.value(Subject::Number(left), row), *number)
                }
                (Expr::Number(number), right) => {
                    comparison.holds(*number, self.value(Subject::Number(right), row))
                }
                _ => self.value(Subject::Truth(test), row) > 0.5,
            },
            _ => self.value(Subject::Truth(test), row) > 0.5,
        }
    }

    /// The position of the answers to an item in a combination, if conditions compare them.
    pub(crate) fn column(&self, item: ItemIx) -> Option<usize> {
        let is_answer = |subject: &Subject<'_>| matches!(subject, Subject::Number(Expr::Answer(other)) if *other == item);
        self.subjects.iter().position(|(subject, _)| is_answer(subject))
    }

    fn value(&self, subject: Subject<'_>, row: &[f64]) -> f64 {
        let at = self.subjects.iter().position(|(other, _)| *other == subject);
        at.map_or(0.0, |at| row[at])
    }
}

/// Adds what a condition asks, with the numbers that it compares with.
fn ask<'t>(test: &'t Test, asked: &mut Vec<(Subject<'t>, Vec<f64>)>) {
    let mut add = |subject: Subject<'t>, cut: Option<f64>| match asked
        .iter_mut()
        .find(|(other, _)| *other == subject)
    {
        Some((_, cuts)) => cuts.extend(cut),
        None => asked.push((subject, cut.into_iter().collect())),
    };
    match test {
        Test::Truth(_) => {}
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| ask(test, asked)),
        Test::Not(of) => ask(of, asked),
        Test::Compare { left, right, .. } => match (&**left, &**right) {
            (left, Expr::Number(number)) => add(Subject::Number(left), Some(*number)),
            (Expr::Number(number), right) => add(Subject::Number(right), Some(*number)),
            _ => add(Subject::Truth(test), None),
        },
        _ => add(Subject::Truth(test), None),
    }
}

/// One possible value from each part into which `cuts` divide the values of `expr`.
fn parts(possible: &Possible<'_>, expr: &Expr, mut cuts: Vec<f64>) -> Vec<f64> {
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let reach = possible.reach(expr);
    let candidates: Vec<f64> = match &reach.values {
        Some(values) => values.clone(),
        None => {
            let between = cuts.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
            let ends = [reach.low, reach.high];
            let mut all: Vec<f64> = cuts.iter().copied().chain(between).chain(ends).collect();
            all.retain(|value| (reach.low..=reach.high).contains(value));
            all.sort_by(f64::total_cmp);
            all
        }
    };
    // The values are ascending, so those of one part follow one another.
    let part = |value: f64| {
        let below = cuts.partition_point(|cut| *cut < value - scalewright_model::TOLERANCE);
        let on = cuts.get(below).is_some_and(|cut| *cut <= value + scalewright_model::TOLERANCE);
        (below, on)
    };
    let mut values = candidates;
    values.dedup_by_key(|value| part(*value));
    values
}
