//! Reads tables with one answer per row, such as those of the Item Response Warehouse: `id, item, resp`.
//!
//! The rows may have any order. All answers to items of the definition are kept in memory, 16 bytes for each, and every
//! text only once. Then they are sorted by respondent, in the order in which respondents first appear.

use scalewright_model::Instrument;

use super::answer::Given;
use super::batch::{self, BadRow, Batch, Fault};
use super::long_columns::LongColumns;
use super::long_found::{Answer, Found};
use super::long_rows::LongRows;
use super::long_texts::Interned;
use super::map_file::Map;
use super::plan::Plan;
use super::row_answers::RowAnswers;
use super::row_reader::RowReader;
use crate::Stop;

/// A long table.
pub(super) struct LongTable {
    /// The name of the column of respondents, then the columns of the items.
    columns: Vec<String>,
    /// The name of the column that distinguishes occasions, if there is one.
    kept: Vec<String>,
    answers: Vec<Answer>,
    texts: Interned,
    /// The respondent and the session of each row, as texts.
    rows: Vec<(u32, u32)>,
    next_row: u32,
    next_answer: usize,
    faults: Vec<Fault>,
    notes: Vec<String>,
    bytes: u64,
}

impl LongTable {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// When a column is missing, an item is in no row, or the table has too many answers.
    pub(super) fn open(
        name: &str,
        mut rows: Box<dyn LongRows>,
        columns: &LongColumns,
        (instrument, map): (&Instrument, &Map),
    ) -> Result<Self, Stop> {
        let header = rows.columns().to_vec();
        let at = columns.find(name, &header)?;
        let found = Found::read(name, rows.as_mut(), at, (instrument, map))?;
        found.all_seen(name, (&header[at.item], instrument, map))?;
        let notes = found.notes(name, &header, at);
        let items = instrument.items.iter().map(|item| map.column(&item.id).to_owned());
        let Found { mut answers, texts, rows: respondents, faults, .. } = found;
        answers.sort_unstable();
        Ok(Self {
            columns: std::iter::once(header[at.id].clone()).chain(items).collect(),
            kept: at.session.iter().map(|at| header[*at].clone()).collect(),
            answers,
            texts,
            rows: respondents,
            next_row: 0,
            next_answer: 0,
            faults,
            notes,
            bytes: rows.progress(),
        })
    }

    /// Adds the next respondent to the batch, or the faults of the answers.
    fn add(&mut self, plan: &Plan<'_>, batch: &mut Batch) {
        let row = self.next_row;
        let begin = self.next_answer;
        let rest = &self.answers[begin..];
        let own = &rest[..rest.partition_point(|answer| answer.row == row)];
        (self.next_row, self.next_answer) = (row + 1, begin + own.len());
        let (id, session) = self.rows[row as usize];
        let id = self.texts.get(id);
        let mut faults = Vec::new();
        let mut answers = RowAnswers::new(plan.cells.len());
        for same in own.chunk_by(|one, other| one.item == other.item) {
            let item = same[0].item as usize;
            match self.answer(same, plan, item) {
                Ok(answer) => answers.set(item, answer),
                Err((at, why)) => {
                    let bad = BadRow::new(u64::from(row) + 1, Some(u64::from(at.line)), id);
                    faults.push(bad.fault(&plan.names[item], self.texts.get(at.text), why));
                }
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
        }
        batch.numbers.push(u64::from(row) + 1);
        if plan.id.is_some() {
            batch.ids.push(id);
        }
        // Other columns are not kept, because they may differ between the rows of a respondent.
        for (at, kept) in batch.kept.iter_mut().enumerate() {
            kept.push(if at < self.kept.len() { self.texts.get(session) } else { "" });
        }
        answers.push(batch);
    }

    /// The answer to an item in one or several rows.
    fn answer(
        &self,
        same: &[Answer],
        plan: &Plan<'_>,
        item: usize,
    ) -> Result<super::cell::Answer, (Answer, String)> {
        let cells = &plan.cells[item];
        // Several choices have a row each.
        if cells.takes_several() {
            let texts: Vec<&str> = same.iter().map(|answer| self.texts.get(answer.text)).collect();
            return cells.answer(Given::Text(&texts.join(";"))).map_err(|why| (same[0], why));
        }
        if let Some(other) = same.iter().find(|answer| answer.text != same[0].text) {
            let why = format!(
                "is a second answer: line {} has `{}`; if the rows are of different occasions, name their column: `--long session=COLUMN`",
                same[0].line,
                batch::short(self.texts.get(same[0].text))
            );
            return Err((*other, why));
        }
        cells.answer(Given::Text(self.texts.get(same[0].text))).map_err(|why| (same[0], why))
    }
}

impl RowReader for LongTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The answers of a respondent are in several rows.
    fn has_text(&self, _: usize) -> bool {
        false
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn occasion(&self) -> &[usize] {
        if self.kept.is_empty() { &[] } else { &[0] }
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        batch.faults.append(&mut self.faults);
        let portion = batch::portion(plan.cells.len());
        while !batch.has_rows(portion) {
            if self.next_row as usize == self.rows.len() {
                return Ok(false);
            }
            self.add(plan, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    fn progress(&self) -> u64 {
        self.bytes
    }
}
