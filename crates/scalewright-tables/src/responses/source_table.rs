//! Makes answers of the cells of a [`Source`].
//!
//! A number is a coded answer, as in any other table. Where the table has labels for its values, the labels decide.

use super::answer::Given;
use super::batch::{Absent, BadRow, Batch, Fault};
use super::cell::Cells;
use super::plan::Plan;
use super::row_reader::RowReader;
use super::source::{Source, SourceCell};
use crate::Stop;

/// A table of another program, read row by row.
pub(super) struct SourceTable {
    source: Box<dyn Source>,
    columns: Vec<String>,
    row: Vec<SourceCell>,
    rows: u64,
}

impl SourceTable {
    pub(super) fn new(source: Box<dyn Source>) -> Self {
        let columns = source.columns().iter().map(|column| column.name.clone()).collect();
        Self { source, columns, row: Vec::new(), rows: 0 }
    }

    /// Adds the current row to the batch, or its faults.
    fn add(&self, plan: &Plan<'_>, batch: &mut Batch) {
        let respondent = plan.id.map(|column| text(&self.row[column])).unwrap_or_default();
        let bad = BadRow::new(self.rows, None, &respondent);
        let mut answers = vec![None; plan.cells.len()];
        let (mut absent, mut faults) = (Vec::new(), Vec::new());
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = *column else { continue };
            match answer(&self.row[column], &plan.cells[item]) {
                Ok(Answer::Code(code)) => answers[item] = code,
                Ok(Answer::Absent(reason)) => absent.push((item, reason)),
                Err(why) => faults.push(self.fault(&bad, column, why)),
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
        }
        let row = batch.numbers.len();
        let absent = absent.into_iter().map(|(item, reason)| Absent { row, item, reason });
        batch.absent.extend(absent);
        batch.numbers.push(self.rows);
        if plan.id.is_some() {
            batch.ids.push(&respondent);
        }
        for (column, answer) in batch.responses.items.iter_mut().zip(answers) {
            column.push(answer);
        }
        batch.responses.rows += 1;
        self.keep(plan, batch);
    }

    fn keep(&self, plan: &Plan<'_>, batch: &mut Batch) {
        for (kept, beside) in batch.kept.iter_mut().zip(&plan.kept) {
            let cell = beside.column.map(|column| &self.row[column]);
            match cell {
                None | Some(SourceCell::Blank) => kept.push_missing(),
                Some(cell @ (SourceCell::Number(_) | SourceCell::Truth(_))) => {
                    kept.push_literal(&text(cell));
                }
                Some(cell) => kept.push_text(&text(cell)),
            }
        }
    }

    fn fault(&self, bad: &BadRow, column: usize, why: String) -> Fault {
        let why = match self.source.place(column) {
            Some(place) => format!("(cell {place}) {why}"),
            None => why,
        };
        bad.fault(&self.columns[column], &text(&self.row[column]), why)
    }
}

/// What a cell says about an item.
enum Answer {
    Code(Option<f64>),
    /// A missing answer with its reason.
    Absent(std::rc::Rc<str>),
}

fn answer(cell: &SourceCell, cells: &Cells<'_>) -> Result<Answer, String> {
    let code = |given| cells.code(given).map(Answer::Code);
    match cell {
        SourceCell::Blank => Ok(Answer::Code(None)),
        SourceCell::Number(number) => code(Given::Number(*number)),
        SourceCell::Text(text) | SourceCell::Time(text) => code(Given::Text(text)),
        SourceCell::Truth(truth) => code(Given::Text(if *truth { "true" } else { "false" })),
        SourceCell::Reason(reason) => Ok(Answer::Absent(reason.as_str().into())),
        SourceCell::Error(why) => Err(why.clone()),
    }
}

/// The text of a cell.
fn text(cell: &SourceCell) -> String {
    match cell {
        SourceCell::Blank => String::new(),
        SourceCell::Number(number) => number.to_string(),
        SourceCell::Truth(truth) => truth.to_string(),
        SourceCell::Text(text) | SourceCell::Time(text) => text.clone(),
        SourceCell::Reason(reason) | SourceCell::Error(reason) => reason.clone(),
    }
}

impl RowReader for SourceTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.is_full() {
            self.row.clear();
            if !self.source.next(&mut self.row)? {
                return Ok(false);
            }
            self.rows += 1;
            self.add(plan, batch);
        }
        Ok(true)
    }

    fn label(&self, column: usize) -> Option<&str> {
        self.source.columns()[column].label.as_deref()
    }

    fn notes(&self) -> Vec<String> {
        self.source.notes()
    }

    fn progress(&self) -> u64 {
        self.source.progress()
    }
}
