//! Makes answers of the cells of a [`Source`].
//!
//! A number is a coded answer, as in any other table. Where the table has labels for its values, the labels decide: see
//! [`super::source_rules`].

use std::rc::Rc;

use super::batch::{Absent, BadRow, Batch, portion};
use super::cell::Answer;
use super::plan::Plan;
use super::row_reader::RowReader;
use super::source::{BLANK, LeanSource, Source, SourceCell};
use super::source_rules::{ColumnRule, rules};
use crate::Stop;

/// A table of another program, read row by row.
pub(super) struct SourceTable {
    name: String,
    source: Box<dyn Source>,
    columns: Vec<String>,
    row: Vec<SourceCell>,
    rows: u64,
    staged: Staged,
    /// The rule of the column of each item. Empty until the plan is known.
    rules: Vec<ColumnRule>,
    /// The answer of each small whole number, for each item whose answers have no other state.
    codes: Vec<Option<Box<Codes>>>,
    begun: bool,
    notes: Vec<String>,
}

/// What a row contains, until it is known whether it has faults.
#[derive(Default)]
struct Staged {
    answers: Vec<Option<f64>>,
    absent: Vec<(usize, Rc<str>)>,
    /// The item, and why its cell is refused.
    faults: Vec<(usize, String)>,
}

/// The answers of the numbers from −127 to 127.
struct Codes([Quick; 255]);

#[derive(Clone, Copy)]
enum Quick {
    Code(i8),
    /// Decided by [`ColumnRule::answer`].
    Other,
}

impl Codes {
    fn new(rule: &ColumnRule, plan: &Plan<'_>, item: usize) -> Option<Box<Self>> {
        if rule.has_state(&plan.cells[item]) {
            return None;
        }
        let quick = |at: usize| {
            let number = at as f64 - 127.0;
            match rule.answer(&SourceCell::Number(number), &plan.cells[item]) {
                #[expect(clippy::cast_possible_truncation, reason = "whole and within ±127")]
                Ok(Answer::Code(Some(code))) if code.fract() == 0.0 && code.abs() <= 127.0 => {
                    Quick::Code(code as i8)
                }
                _ => Quick::Other,
            }
        };
        let codes = Self(std::array::from_fn(quick));
        plan.cells[item].forget_forms();
        Some(Box::new(codes))
    }

    #[inline]
    fn get(&self, number: f64) -> Quick {
        #[expect(clippy::cast_possible_truncation, reason = "compared with the number")]
        let whole = number as i32;
        if f64::from(whole) != number {
            return Quick::Other;
        }
        let at = usize::try_from(whole + 127).ok().and_then(|at| self.0.get(at));
        at.copied().unwrap_or(Quick::Other)
    }
}

impl SourceTable {
    pub(super) fn new(source: Box<dyn Source>) -> Self {
        let columns = source.columns().iter().map(|column| column.name.clone()).collect();
        Self {
            name: String::new(),
            source,
            columns,
            row: Vec::new(),
            rows: 0,
            staged: Staged::default(),
            rules: Vec::new(),
            codes: Vec::new(),
            begun: false,
            notes: Vec::new(),
        }
    }

    /// The same with the name of the table, for messages on whole columns.
    pub(super) fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Decides how the column of each item is read.
    fn begin(&mut self, plan: &Plan<'_>) -> Result<(), Stop> {
        self.rules = rules(&self.name, self.source.columns(), plan, &mut self.notes)?;
        let items = self.rules.iter().enumerate();
        self.codes = items.map(|(item, rule)| Codes::new(rule, plan, item)).collect();
        self.begun = true;
        Ok(())
    }

    /// Reads rows whose cells are all made.
    fn fill_whole(&mut self, plan: &Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.has_rows(portion(plan.cells.len())) {
            self.row.clear();
            if !self.source.next(&mut self.row)? {
                return Ok(false);
            }
            self.rows += 1;
            self.staged.clear(plan.cells.len());
            for (item, column) in plan.items.iter().enumerate() {
                let Some(column) = *column else { continue };
                let answer = self.rules[item].answer(&self.row[column], &plan.cells[item]);
                self.staged.add(item, answer);
            }
            let (row, source) = (&self.row, &self.source);
            let bad = Bad { columns: &self.columns, row: self.rows };
            let place = |column: usize| source.place(column);
            self.staged.end(&bad, plan, batch, (&|column: usize| row[column].clone(), &place));
        }
        Ok(true)
    }

    /// Reads rows of which only the cells in use are made.
    fn fill_lean(&mut self, plan: &Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        let Self { source, columns, rows, staged, rules, codes, .. } = self;
        let Some(lean) = source.lean() else { return Ok(false) };
        while !batch.has_rows(portion(plan.cells.len())) {
            if !lean.advance()? {
                return Ok(false);
            }
            *rows += 1;
            staged.clear(plan.cells.len());
            staged.lean(plan, &*lean, (rules, codes));
            let bad = Bad { columns, row: *rows };
            staged.end(&bad, plan, batch, (&|column: usize| lean.cell(column), &|_| None));
        }
        Ok(true)
    }
}

/// The cell of each column of a row, and its name.
type CellsOfRow<'r> = (&'r dyn Fn(usize) -> SourceCell, &'r dyn Fn(usize) -> Option<String>);

/// Where the faults of a row are.
struct Bad<'a> {
    columns: &'a [String],
    row: u64,
}

impl Staged {
    fn clear(&mut self, items: usize) {
        self.answers.clear();
        self.answers.resize(items, None);
        self.absent.clear();
        self.faults.clear();
    }

    fn add(&mut self, item: usize, answer: Result<Answer, String>) {
        match answer {
            Ok(Answer::Code(code)) => self.answers[item] = code,
            Ok(Answer::Absent(reason)) => self.absent.push((item, reason)),
            Err(why) => self.faults.push((item, why)),
        }
    }

    /// Adds the answers of a row.
    fn lean(
        &mut self,
        plan: &Plan<'_>,
        lean: &dyn LeanSource,
        (rules, codes): (&[ColumnRule], &[Option<Box<Codes>>]),
    ) {
        let numbers = lean.numbers();
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = *column else { continue };
            let number = numbers[column];
            match codes[item].as_ref().map_or(Quick::Other, |codes| codes.get(number)) {
                Quick::Code(code) => self.answers[item] = Some(f64::from(code)),
                Quick::Other if number == BLANK => {}
                Quick::Other => {
                    let answer = rules[item].answer(&lean.cell(column), &plan.cells[item]);
                    self.add(item, answer);
                }
            }
        }
    }

    /// Adds the row to the batch, or its faults. `cell` returns the cell of a column, `place` its name.
    fn end(
        &mut self,
        bad: &Bad<'_>,
        plan: &Plan<'_>,
        batch: &mut Batch,
        (cell, place): CellsOfRow<'_>,
    ) {
        let respondent = plan.id.map(|column| cell(column).text()).unwrap_or_default();
        if !self.faults.is_empty() {
            let row = BadRow::new(bad.row, None, &respondent);
            for (item, why) in self.faults.drain(..) {
                let Some(column) = plan.items[item] else { continue };
                let why = match place(column) {
                    Some(place) => format!("(cell {place}) {why}"),
                    None => why,
                };
                batch.faults.push(row.fault(&bad.columns[column], &cell(column).text(), why));
            }
            return;
        }
        let row = batch.numbers.len();
        let absent = self.absent.drain(..).map(|(item, reason)| Absent { row, item, reason });
        batch.absent.extend(absent);
        batch.numbers.push(bad.row);
        if plan.id.is_some() {
            batch.ids.push(&respondent);
        }
        for (column, answer) in batch.responses.items.iter_mut().zip(&self.answers) {
            column.push(*answer);
        }
        batch.responses.rows += 1;
        keep(plan, batch, cell);
    }
}

/// Adds the cells that are written beside the scores.
fn keep(plan: &Plan<'_>, batch: &mut Batch, cell: &dyn Fn(usize) -> SourceCell) {
    for (kept, beside) in batch.kept.iter_mut().zip(&plan.kept) {
        match beside.column.map(cell) {
            None | Some(SourceCell::Blank) => kept.push_missing(),
            Some(cell @ (SourceCell::Number(_) | SourceCell::Truth(_))) => {
                kept.push_literal(&cell.text());
            }
            Some(cell) => kept.push_text(&cell.text()),
        }
    }
}

impl RowReader for SourceTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        if !self.begun {
            self.begin(plan)?;
        }
        match self.source.lean().is_some() {
            true => self.fill_lean(plan, batch),
            false => self.fill_whole(plan, batch),
        }
    }

    fn has_reasons(&self) -> bool {
        true
    }

    fn label(&self, column: usize) -> Option<&str> {
        self.source.columns()[column].label.as_deref()
    }

    fn meant(&self, column: usize, text: &str) -> Option<&str> {
        let column = &self.source.columns()[column];
        let number = text.parse().ok().map(SourceCell::Number);
        let is_it = |cell: &SourceCell| number.as_ref() == Some(cell) || cell.text() == text;
        let is_missing = |cell: &SourceCell| column.is_missing(cell);
        if number.as_ref().is_some_and(is_missing) || is_missing(&SourceCell::Text(text.to_owned()))
        {
            return Some("");
        }
        let labels = column.value_labels.iter();
        labels.filter(|(value, _)| is_it(value)).map(|(_, label)| label.as_str()).next()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.iter().cloned().chain(self.source.notes()).collect()
    }

    fn progress(&self) -> u64 {
        self.source.progress()
    }
}
