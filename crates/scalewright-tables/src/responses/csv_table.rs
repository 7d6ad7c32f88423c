//! Reads comma-separated values row by row. The delimiter (comma, semicolon or tab) is taken from the first line.
//!
//! Each row is first tried on the fast path, which accepts rows without quotation marks. Other rows are parsed by the
//! state machine of `csv-core`.

use std::io::Read;

use csv_core::ReadRecordResult;

use crate::Stop;

use super::answer::Given;
use super::batch::{self, BadRow, Batch, Fault};
use super::blocks::{Blocks, LONGEST_ROW};
use super::csv_head::{delimiter, refuse_qualtrics, stated_delimiter};
use super::csv_lanes::Lanes;
use super::plan::Plan;
use super::row_reader::{MOST_COLUMNS, RowReader, too_many_columns};

/// A table whose first line names the columns.
pub(super) struct CsvTable {
    name: String,
    blocks: Blocks,
    machine: csv_core::Reader,
    delimiter: u8,
    columns: Vec<String>,
    record: Record,
    /// The number of the next line, from 1.
    line: u64,
    rows: u64,
    /// The maximum number of rows per batch.
    portion: usize,
    lanes: Option<Lanes>,
}

/// A row parsed by the state machine.
#[derive(Default)]
pub(super) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    line: u64,
}

impl Record {
    fn cell(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }

    fn is_utf8(&self) -> bool {
        // Cell by cell, because the end of one cell and the beginning of the next could form a valid character.
        (0..self.cells).all(|index| std::str::from_utf8(self.cell(index)).is_ok())
    }

    /// The number of cells.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// The line that the row begins on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn text(&self, index: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.cell(index))
    }
}

impl CsvTable {
    /// Opens a table, and reads its header. An export from Qualtrics is refused.
    pub(super) fn open(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        Self::begin(name, input, refuse_qualtrics)
    }

    /// Opens a table whose rows below the header are read by the caller, as in an export from Qualtrics.
    pub(super) fn open_any(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        Self::begin(name, input, |_, _| Ok(()))
    }

    fn begin(
        name: &str,
        input: Box<dyn Read>,
        accepts: fn(&str, &[u8]) -> Result<(), Stop>,
    ) -> Result<Self, Stop> {
        let mut blocks = Blocks::new(name, input);
        blocks.more()?;
        // Spreadsheet programs begin a file in UTF-8 with a byte order mark. It is not part of the first name.
        if blocks.rest().starts_with(b"\xef\xbb\xbf") {
            blocks.take(3);
        }
        let stated = stated_delimiter(blocks.rest());
        let (delimiter, skipped) = stated.unwrap_or((delimiter(blocks.rest()), 0));
        accepts(name, blocks.rest())?;
        blocks.take(skipped);
        let machine = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut table = Self {
            name: name.to_owned(),
            blocks,
            machine,
            delimiter,
            columns: Vec::new(),
            record: Record::default(),
            line: if skipped > 0 { 2 } else { 1 },
            rows: 0,
            portion: batch::ROWS,
            lanes: None,
        };
        table.head()?;
        Ok(table)
    }

    fn head(&mut self) -> Result<(), Stop> {
        self.machine_row()?;
        if !self.record.is_utf8() {
            let name = &self.name;
            let message = format!("{name}: line {} is not UTF-8 text", self.record.line);
            return Err(Stop::wrong(message)
                .help("save the file as UTF-8: \"CSV UTF-8\" in a spreadsheet program"));
        }
        let cells = 0..self.record.cells;
        self.columns = cells.map(|index| self.record.text(index).trim().to_owned()).collect();
        if self.columns.iter().all(String::is_empty) {
            let message = format!("{}: the first line does not name columns", self.name);
            return Err(Stop::wrong(message)
                .help("begin the file with a line of column names, such as the item ids"));
        }
        Ok(())
    }

    /// Parses the next row with the state machine. Returns `false` at the end.
    pub(super) fn machine_row(&mut self) -> Result<bool, Stop> {
        self.skip_blank_lines()?;
        let record = &mut self.record;
        record.line = self.line;
        let (mut text, mut cells) = (0, 0);
        loop {
            // There is always space for more text and cells, so that each call makes progress.
            if record.text.len() < text + 256 {
                record.text.resize(record.text.len() * 2 + 1024, 0);
            }
            if record.ends.len() < cells + 16 {
                record.ends.resize(record.ends.len() * 2 + 64, 0);
            }
            // An empty input means the end of the file to the machine, so it is passed only then.
            if self.blocks.rest().is_empty() && !self.blocks.at_end() {
                self.blocks.more()?;
            }
            let input = self.blocks.rest();
            let (result, read, written, ended) = self.machine.read_record(
                input,
                &mut record.text[text..],
                &mut record.ends[cells..],
            );
            self.line += memchr::memchr_iter(b'\n', &input[..read]).count() as u64;
            self.blocks.take(read);
            (text, cells) = (text + written, cells + ended);
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
                _ if text > LONGEST_ROW => return Err(self.blocks.too_long()),
                _ if cells > MOST_COLUMNS => return Err(too_many_columns(&self.name)),
                ReadRecordResult::InputEmpty
                | ReadRecordResult::OutputFull
                | ReadRecordResult::OutputEndsFull => {}
            }
        }
        // The call that exceeds the limit may also be the one that ends the row.
        if cells > MOST_COLUMNS {
            return Err(too_many_columns(&self.name));
        }
        record.cells = cells;
        Ok(true)
    }

    /// The row that was parsed last.
    pub(super) fn record(&self) -> &Record {
        &self.record
    }

    /// Checks that the row parsed last has one cell per column, in UTF-8.
    pub(super) fn whole(&self) -> Result<(), String> {
        let (got, wanted) = (self.record.cells, self.columns.len());
        if got != wanted {
            return Err(format!("has {got} cells, but the table has {wanted} columns"));
        }
        match self.record.is_utf8() {
            true => Ok(()),
            false => Err("is not UTF-8 text".to_owned()),
        }
    }

    /// Skips blank lines, so that the line of a row is the one that it begins on.
    fn skip_blank_lines(&mut self) -> Result<(), Stop> {
        loop {
            let rest = self.blocks.rest();
            let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let (all, lines) = (blank == rest.len(), memchr::memchr_iter(b'\n', &rest[..blank]));
            self.line += lines.count() as u64;
            self.blocks.take(blank);
            if !all || self.blocks.at_end() {
                return Ok(());
            }
            self.blocks.more()?;
        }
    }

    /// Reads plain rows up to the first other row.
    fn plain_rows(
        &mut self,
        plan: &Plan<'_>,
        lanes: &mut Lanes,
        batch: &mut Batch,
    ) -> Result<(), Stop> {
        let mut at = 0;
        let rest = self.blocks.rest();
        while batch.numbers.len() < self.portion && !batch.has_much_text() {
            let ahead = &rest[at..];
            if let Some(length) = blank_line(ahead) {
                // The slow path skips blank lines too, so they are no rows on either path.
                at += length;
            } else if let Some(length) = lanes.plain_row(ahead, plan, batch) {
                self.rows += 1;
                batch.numbers.push(self.rows);
                at += length;
            } else {
                // Most rows are read without looking for their end first.
                let Some(length) = memchr::memchr(b'\n', ahead) else { break };
                if !lanes.learn_line_end(&ahead[..=length]) {
                    break;
                }
                continue;
            }
            self.line += 1;
        }
        let unfinished = memchr::memchr(b'\n', &rest[at..]).is_none();
        self.blocks.take(at);
        if unfinished && !self.blocks.at_end() {
            self.blocks.more()?;
        }
        Ok(())
    }

    /// Reads a row on the slow path. Returns `false` at the end.
    fn slow_row(
        &mut self,
        plan: &Plan<'_>,
        lanes: &mut Lanes,
        batch: &mut Batch,
    ) -> Result<bool, Stop> {
        if !self.machine_row()? {
            return Ok(false);
        }
        self.rows += 1;
        let faults = self.faults(plan, lanes);
        if faults.is_empty() {
            batch.numbers.push(self.rows);
            if let Some(column) = plan.id {
                lanes.flush_ids(batch);
                batch.ids.push(&self.record.text(column));
            }
            for (kept, column) in batch.kept.iter_mut().zip(lanes.kept()) {
                kept.push(&self.record.text(*column));
            }
            lanes.keep(batch);
        } else {
            batch.faults.extend(faults);
        }
        Ok(true)
    }

    /// The row parsed last, as the place of its faults.
    fn bad_row(&self, plan: &Plan<'_>) -> BadRow {
        let record = &self.record;
        let number = self.rows.to_string();
        let respondent = match plan.id {
            Some(column) if column < record.cells => record.text(column),
            Some(_) => "".into(),
            None => number.as_str().into(),
        };
        BadRow::new(self.rows, Some(record.line), &respondent)
    }

    /// Reads the answers of the row into the lanes, and returns the faults of the row.
    fn faults(&self, plan: &Plan<'_>, lanes: &mut Lanes) -> Vec<Fault> {
        let record = &self.record;
        if let Err(why) = self.whole() {
            return vec![self.bad_row(plan).fault("", "", why)];
        }
        let mut bad = None;
        let mut faults = Vec::new();
        lanes.begin();
        for index in 0..lanes.items_by_column().len() {
            let (column, item) = lanes.items_by_column()[index];
            let cell = record.text(column);
            match plan.cells[item].answer(Given::Text(&cell)) {
                Ok(answer) => lanes.set(item, answer),
                Err(why) => {
                    let row = bad.get_or_insert_with(|| self.bad_row(plan));
                    faults.push(row.fault(&self.columns[column], &cell, why));
                }
            }
        }
        faults
    }
}

/// The length of the blank line that `bytes` begin with.
#[inline]
fn blank_line(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}

impl RowReader for CsvTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        self.portion = batch::portion(plan.cells.len());
        // Moved out of `self`, because reading rows changes both.
        let mut lanes = match self.lanes.take() {
            Some(lanes) => lanes,
            None => Lanes::new(plan, self.columns.len(), self.delimiter),
        };
        let mut more = true;
        while more && !batch.has_rows(self.portion) {
            self.plain_rows(plan, &mut lanes, batch)?;
            if !batch.has_rows(self.portion) {
                // One row only: most rows after it can take the fast path again.
                more = self.slow_row(plan, &mut lanes, batch)?;
            }
        }
        lanes.flush(batch);
        self.lanes = Some(lanes);
        Ok(more)
    }

    fn has_commas(&self) -> bool {
        self.delimiter == b';'
    }

    fn progress(&self) -> u64 {
        self.blocks.used()
    }
}
