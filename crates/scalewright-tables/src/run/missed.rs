//! Missing answers by their kind: blank cells, and cells with a reason, such as a code for a refusal. All are counted for a note,
//! and on request for each row and score.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx};
use scalewright_scoring::{Column, Program};

use crate::Note;
use crate::responses::{Batch, Kept, NonResponses, Plan};
use crate::scores::MissingColumns;

/// The missing answers so far.
pub(super) struct Missed<'a> {
    name: String,
    /// Whether each item is used by a score. Answers to other items are not all stored, so blanks are not counted for them.
    is_used: Vec<bool>,
    non_responses: NonResponses,
    /// Whether codes are declared, so that their number is of interest even if it is 0.
    is_declared: bool,
    blank: u64,
    reasons: BTreeMap<Rc<str>, u64>,
    rows: Option<RowCounts<'a>>,
}

/// The columns with the counts of each row.
struct RowCounts<'a> {
    program: &'a Program,
    columns: MissingColumns,
    cells: Vec<Kept>,
}

impl<'a> Missed<'a> {
    pub(super) fn new(
        name: &str,
        (instrument, program): (&Instrument, &Program),
        plan: &Plan<'_>,
    ) -> Self {
        let mut is_used = vec![false; instrument.items.len()];
        for item in program.scores.iter().flat_map(|score| &score.items) {
            is_used[item.0] = true;
        }
        Self {
            name: name.to_owned(),
            is_used,
            non_responses: NonResponses::new(instrument),
            is_declared: !plan.reasons.is_empty(),
            blank: 0,
            reasons: plan.reasons.iter().map(|reason| (Rc::clone(reason), 0)).collect(),
            rows: None,
        }
    }

    /// Also counts for each row, in these columns.
    pub(super) fn by_row(&mut self, program: &'a Program, columns: MissingColumns) {
        let cells = (0..columns.count()).map(|_| Kept::default()).collect();
        self.rows = Some(RowCounts { program, columns, cells });
    }

    /// Counts the missing answers of a batch.
    pub(super) fn add(&mut self, batch: &Batch) {
        let items = batch.responses.items.iter().zip(&self.is_used).filter(|(_, used)| **used);
        let missing: usize = items.map(|(column, _)| missing(column)).sum();
        let of_used = batch.absent.iter().filter(|absent| self.is_used[absent.item]).count();
        self.blank += (missing - of_used) as u64;
        for absent in &batch.absent {
            match self.reasons.get_mut(&absent.reason) {
                Some(count) => *count += 1,
                None => _ = self.reasons.insert(Rc::clone(&absent.reason), 1),
            }
        }
        if self.is_declared || self.rows.is_some() {
            self.add_non_responses(batch);
        }
    }

    /// Counts the answers that are options without an answer.
    fn add_non_responses(&mut self, batch: &Batch) {
        let items = batch.responses.items.iter().enumerate();
        let has_any =
            |item: usize| self.is_used[item] && self.non_responses.of(item).next().is_some();
        for (item, column) in items.filter(|(item, _)| has_any(*item)) {
            let answers = (0..column.len()).filter_map(|row| column.get(row));
            for reason in answers.filter_map(|answer| self.non_responses.reason(item, answer)) {
                *self.reasons.entry(Rc::clone(reason)).or_insert(0) += 1;
            }
        }
    }

    /// Adds the columns of counts to the columns that are kept beside the scores.
    pub(super) fn stamp(&mut self, batch: &mut Batch) {
        if let Some(rows) = &mut self.rows {
            rows.fill(batch);
            batch.kept.append(&mut rows.cells);
        }
    }

    /// Removes what [`stamp`](Self::stamp) added, because readers fill the columns of the table.
    pub(super) fn unstamp(&mut self, batch: &mut Batch) {
        if let Some(rows) = &mut self.rows {
            rows.cells = batch.kept.split_off(batch.kept.len() - rows.columns.count());
        }
    }

    /// The note with the totals, if codes are declared or the table gives reasons.
    pub(super) fn note(&self) -> Option<Note> {
        if !self.is_declared && self.reasons.is_empty() {
            return None;
        }
        let blank = format!("{} blank", self.blank);
        let reasons = self.reasons.iter().map(|(reason, count)| format!("{count} `{reason}`"));
        let all: Vec<String> = std::iter::once(blank).chain(reasons).collect();
        Some(Note::info(format!("missing answers: {}", all.join(", "))).about(&self.name))
    }
}

/// The number of rows without an answer.
fn missing(column: &Column) -> usize {
    match (column.codes(), column.floats()) {
        (Some(codes), _) => codes.iter().filter(|code| **code == Column::MISSING_CODE).count(),
        (None, Some((_, present))) => present.iter().filter(|present| !**present).count(),
        (None, None) => 0,
    }
}

impl RowCounts<'_> {
    fn fill(&mut self, batch: &Batch) {
        self.cells.iter_mut().for_each(Kept::clear);
        let absent = batch.absent.iter().map(|absent| ((absent.row, absent.item), &*absent.reason));
        let absent: BTreeMap<(usize, usize), &str> = absent.collect();
        for row in 0..batch.responses.rows {
            let mut cells = self.cells.iter_mut();
            for score in &self.columns.scores {
                let items = &self.program.scores[*score].items;
                let counts = self.columns.counts(|counts| {
                    for ItemIx(item) in items {
                        match batch.responses.items[*item].get(row) {
                            None => counts(absent.get(&(row, *item)).copied()),
                            Some(answer) => {
                                let non_response = self.columns.non_responses.reason(*item, answer);
                                non_response.into_iter().for_each(|reason| counts(Some(reason)));
                            }
                        }
                    }
                });
                for (count, cell) in counts.into_iter().zip(&mut cells) {
                    cell.push_literal(itoa::Buffer::new().format(count));
                }
            }
        }
    }
}
