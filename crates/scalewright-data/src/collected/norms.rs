//! The derived scores of norms, for their mean and standard deviation in the sample.

use scalewright_model::{Derived, Instrument, Origin};
use scalewright_scoring::{Column, Program, Responses, evaluate_scores};

use crate::reading::Row;
use crate::statistics::float;

/// The rows that are scored at a time.
const BATCH: usize = 4096;

/// The sums of the derived scores of a norm.
#[derive(Debug, Clone)]
pub(crate) struct NormSum {
    /// The position among the scales of the instrument.
    pub(crate) scale: usize,
    /// The metric.
    pub(crate) metric: Derived,
    /// The position among the scores of the program.
    score: usize,
    n: u64,
    sum: f64,
    square: f64,
}

/// The derived scores of all norms.
pub(crate) struct NormSums {
    /// The norms whose metric has a stated mean and standard deviation.
    pub(crate) norms: Vec<NormSum>,
    waiting: Responses,
}

/// The mean and the standard deviation of a metric in the group of its norm.
pub(crate) fn expected(metric: Derived) -> Option<(f64, f64)> {
    match metric {
        Derived::Z => Some((0.0, 1.0)),
        Derived::T => Some((50.0, 10.0)),
        Derived::Iq => Some((100.0, 15.0)),
        Derived::Stanine => Some((5.0, 2.0)),
        Derived::Sten => Some((5.5, 2.0)),
        // A percentile and a measure of a table have no standard deviation that is the same for all norms.
        Derived::Percentile | Derived::Measure => None,
    }
}

impl NormSums {
    pub(super) fn new(instrument: &Instrument, program: &Program) -> Self {
        let norm = |(scale, one): (usize, &scalewright_model::Scale)| {
            let Origin::Norm(_, metric) = one.origin else { return None };
            expected(metric)?;
            let score = program.scores.iter().position(|score| score.scale.0 == scale)?;
            Some(NormSum { scale, metric, score, n: 0, sum: 0.0, square: 0.0 })
        };
        let norms = instrument.scales.iter().enumerate().filter_map(norm).collect();
        let items = vec![Column::default(); instrument.items.len()];
        Self { norms, waiting: Responses { rows: 0, items } }
    }

    pub(super) fn add(&mut self, row: &Row<'_>, program: &Program) {
        if self.norms.is_empty() {
            return;
        }
        for (column, &answer) in self.waiting.items.iter_mut().zip(row.valid) {
            column.push((!answer.is_nan()).then_some(answer));
        }
        self.waiting.rows += 1;
        if self.waiting.rows == BATCH {
            self.score(program);
        }
    }

    /// Scores the rows that wait.
    pub(super) fn score(&mut self, program: &Program) {
        let mut scored = Vec::new();
        evaluate_scores(program, &self.waiting, &mut scored);
        for norm in &mut self.norms {
            for row in 0..self.waiting.rows {
                if let Some(score) = scored[norm.score].score.get(row) {
                    norm.n += 1;
                    norm.sum += score;
                    norm.square += score * score;
                }
            }
        }
        self.waiting.rows = 0;
        self.waiting.items.iter_mut().for_each(Column::clear);
    }
}

impl NormSum {
    /// The number of scores, their mean and their standard deviation.
    pub(crate) fn moments(&self) -> (u64, f64, f64) {
        let n = float(self.n);
        let mean = self.sum / n;
        let variance = (self.square - n * mean * mean) / (n - 1.0);
        (self.n, mean, variance.max(0.0).sqrt())
    }
}
