//! One of several instruments that a table is scored with: its own reading of the table, a batch at a time.
//!
//! Readers return rows in batches of different lengths, and each leaves out the rows that it refuses or that belong to
//! another form. [`Lane`] therefore says up to which row it has read, and returns its part of the rows up to another.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Instrument;
use scalewright_scoring::{Column, Program, Responses, Scored};

use super::Blanked;
use super::missed::Missed;
use super::stated::Differences;
use crate::responses::{Absent, Batch, Fault, Opened, Plan, Stated};
use crate::scores::MissingColumns;
use crate::{Note, Stop};

/// A reading of a table for one instrument.
pub(super) struct Lane<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) program: &'a Program,
    /// The digest of a supplied key.
    pub(super) digest: Option<&'a str>,
    pub(super) table: Opened,
    pub(super) plan: Plan<'a>,
    pub(super) batch: Batch,
    /// The rows of the batch that were taken already. Faults are removed from the batch when they are taken.
    rows_taken: usize,
    /// Whether the table has further batches.
    more: bool,
    pub(super) blanked: Blanked<'a>,
    pub(super) missed: Missed<'a>,
    pub(super) differences: Differences,
    pub(super) scored: Vec<Scored>,
}

/// The rows of a lane up to a row.
pub(super) struct Part {
    /// The rows, as indices in the batch of the lane.
    pub(super) rows: std::ops::Range<usize>,
    /// The faults of rows that the lane refuses.
    pub(super) faults: Vec<Fault>,
}

impl<'a> Lane<'a> {
    pub(super) fn new(
        (instrument, program, digest): (&'a Instrument, &'a Program, Option<&'a str>),
        (table, plan): (Opened, Plan<'a>),
    ) -> Self {
        Self {
            instrument,
            program,
            digest,
            batch: table.batch(&plan),
            rows_taken: 0,
            more: true,
            blanked: Blanked::new(&table.name, instrument, program),
            missed: Missed::new(&table.name, (instrument, program), &plan),
            differences: Differences::new(&table.name),
            scored: Vec::new(),
            table,
            plan,
        }
    }

    /// The same with columns of the numbers of missing answers.
    pub(super) fn counting(mut self, columns: Option<MissingColumns>) -> Self {
        if let Some(columns) = columns {
            self.missed.by_row(self.program, columns);
        }
        self
    }

    /// Reads the next batch if all rows of the last one were taken.
    pub(super) fn fill(&mut self) -> Result<(), Stop> {
        // A batch is empty if all its rows belong to other forms.
        while self.more && self.is_taken() {
            self.batch.clear();
            self.rows_taken = 0;
            self.more = self.table.fill(&mut self.plan, &mut self.batch)?;
        }
        Ok(())
    }

    /// The last row that was read; `None` if there are no more rows to read.
    pub(super) fn horizon(&self) -> Option<u64> {
        let fault = self.batch.faults.iter().map(|fault| fault.row).max();
        self.more.then(|| self.batch.numbers.last().copied().max(fault).unwrap_or_default())
    }

    /// Whether all rows were read and taken.
    pub(super) fn is_done(&self) -> bool {
        !self.more && self.is_taken()
    }

    /// Whether all rows of the batch were taken.
    fn is_taken(&self) -> bool {
        self.rows_taken == self.batch.numbers.len() && self.batch.faults.is_empty()
    }

    /// Takes the rows up to `last`, or all.
    pub(super) fn take(&mut self, last: Option<u64>) -> Part {
        let is_within = |row: u64| last.is_none_or(|last| row <= last);
        let rest = &self.batch.numbers[self.rows_taken..];
        let end = self.rows_taken + rest.partition_point(|&row| is_within(row));
        let rows = self.rows_taken..end;
        let faults = std::mem::take(&mut self.batch.faults).into_iter();
        let (faults, later) = faults.partition(|fault| is_within(fault.row));
        self.batch.faults = later;
        self.rows_taken = end;
        Part { rows, faults }
    }

    /// The answers in some rows, each an index in the batch; `None` is a row that the lane does not have.
    pub(super) fn responses(&self, rows: &[Option<usize>]) -> Responses {
        let items = self.batch.responses.items.iter().map(|column| gather(column, rows));
        Responses { rows: rows.len(), items: items.collect() }
    }

    /// The missing answers with a reason in some rows, as [`responses`](Self::responses) takes them.
    pub(super) fn absent(&self, rows: &[Option<usize>]) -> Vec<Absent> {
        if self.batch.absent.is_empty() {
            return Vec::new();
        }
        let joined = rows.iter().enumerate().filter_map(|(at, row)| row.map(|row| (row, at)));
        let joined: BTreeMap<usize, usize> = joined.collect();
        let absent = self.batch.absent.iter().filter_map(|absent| {
            joined.get(&absent.row).map(|&row| Absent { row, ..absent.clone() })
        });
        absent.collect()
    }

    /// Removes the scores of rows that the lane does not have: nobody answered the form, so there is nothing to score.
    pub(super) fn blank(&mut self, rows: &[Option<usize>]) {
        let absent: BTreeSet<usize> = (0..rows.len()).filter(|&row| rows[row].is_none()).collect();
        if absent.is_empty() {
            return;
        }
        for scored in &mut self.scored {
            let mut score = Column::default();
            for row in 0..rows.len() {
                score.push(scored.score.get(row).filter(|_| !absent.contains(&row)));
            }
            scored.score = score;
            for &row in &absent {
                // Empty if answers are not counted.
                scored.answered.get_mut(row).into_iter().for_each(|count| *count = 0);
                scored.prorated.get_mut(row).into_iter().for_each(|prorated| *prorated = false);
            }
        }
    }

    /// The scores that the table states in some rows of the batch.
    pub(super) fn stated(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = &Stated> {
        self.batch.stated.iter().filter(move |stated| rows.contains(&stated.row))
    }

    /// The notes on the scores of this instrument, after the last row.
    pub(super) fn notes(&mut self) -> Vec<Note> {
        let mut notes = self.blanked.notes();
        notes.extend(self.differences.take().finish());
        notes.extend(self.missed.note());
        notes.extend(self.plan.notes().into_iter().map(|note| note.about(&self.table.name)));
        notes.into_iter().map(|note| self.named(note)).collect()
    }

    /// A note that names the instrument.
    pub(super) fn named(&self, note: Note) -> Note {
        Note { text: format!("{} (`{}`)", note.text, self.instrument.id), ..note }
    }
}

/// Some rows of a column. A row that does not exist is missing.
fn gather(column: &Column, rows: &[Option<usize>]) -> Column {
    let mut gathered = Column::default();
    match column.codes() {
        Some(codes) => {
            let code = |row: &Option<usize>| row.map_or(Column::MISSING_CODE, |row| codes[row]);
            gathered.codes_mut().extend(rows.iter().map(code));
        }
        None => rows.iter().for_each(|row| gathered.push(row.and_then(|row| column.get(row)))),
    }
    gathered
}
