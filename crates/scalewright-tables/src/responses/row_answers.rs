//! The answers in a row that is being read.

use std::rc::Rc;

use super::batch::{Absent, Batch};
use super::cell::Answer;

/// The answers of a row, and why others are missing.
pub(super) struct RowAnswers {
    answers: Vec<Option<f64>>,
    absent: Vec<(usize, Rc<str>)>,
}

impl RowAnswers {
    /// A row without answers to `items` items.
    pub(super) fn new(items: usize) -> Self {
        Self { answers: vec![None; items], absent: Vec::new() }
    }

    /// Sets what the cell of an item says.
    pub(super) fn set(&mut self, item: usize, answer: Answer) {
        self.answers[item] = answer.code();
        if let Answer::Absent(reason) = answer {
            self.absent.push((item, reason));
        }
    }

    /// Adds the row to the answers of a batch.
    pub(super) fn push(self, batch: &mut Batch) {
        let row = batch.responses.rows;
        let absent = self.absent.into_iter().map(|(item, reason)| Absent { row, item, reason });
        batch.absent.extend(absent);
        for (column, answer) in batch.responses.items.iter_mut().zip(self.answers) {
            column.push(answer);
        }
        batch.responses.rows += 1;
    }
}
