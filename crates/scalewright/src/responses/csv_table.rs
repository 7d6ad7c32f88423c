//! Comma-separated values (or semicolons or tabs, by the first line), read row by row.
//!
//! A row is first tried as nearly all rows are: no quotation marks, short cells of plain numbers. A row that is
//! anything else goes to the machine of the `csv` crate, which decides what it means.

use std::io::Read;

use csv_core::ReadRecordResult;

use crate::Stop;

use super::Source;
use super::answer::Given;
use super::batch::{self, Batch, Fault};
use super::blocks::{Blocks, LONGEST_ROW};
use super::csv_lanes::Lanes;
use super::plan::Plan;

/// A table whose first line names the columns.
pub(super) struct CsvTable {
    name: String,
    blocks: Blocks,
    machine: csv_core::Reader,
    delimiter: u8,
    columns: Vec<String>,
    record: Record,
    /// The line that is read next, from 1.
    line: u64,
    rows: u64,
    lanes: Option<Lanes>,
}

/// A row taken apart by the machine.
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
        (0..self.cells).all(|index| std::str::from_utf8(self.cell(index)).is_ok())
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// The line the row begins on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn text(&self, index: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.cell(index))
    }
}

impl CsvTable {
    pub(super) fn open(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        let mut blocks = Blocks::new(name, input);
        blocks.more()?;
        if blocks.rest().starts_with(b"\xef\xbb\xbf") {
            blocks.take(3);
        }
        let delimiter = delimiter(blocks.rest());
        let machine = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut table = Self {
            name: name.to_owned(),
            blocks,
            machine,
            delimiter,
            columns: Vec::new(),
            record: Record::default(),
            line: 1,
            rows: 0,
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
            return Err(Stop::wrong(message).help("save the file as UTF-8"));
        }
        let cells = 0..self.record.cells;
        self.columns = cells.map(|index| self.record.text(index).trim().to_owned()).collect();
        if self.columns.iter().all(String::is_empty) {
            let message = format!("{}: the first line names no columns", self.name);
            return Err(Stop::wrong(message).help("begin with a line of item ids"));
        }
        Ok(())
    }

    /// Takes one row apart, whatever it holds; `false` when there is none.
    pub(super) fn machine_row(&mut self) -> Result<bool, Stop> {
        self.skip_blank_lines()?;
        let record = &mut self.record;
        record.line = self.line;
        let (mut text, mut cells) = (0, 0);
        loop {
            if record.text.len() < text + 256 {
                record.text.resize(record.text.len() * 2 + 1024, 0);
            }
            if record.ends.len() < cells + 16 {
                record.ends.resize(record.ends.len() * 2 + 64, 0);
            }
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
                ReadRecordResult::InputEmpty
                | ReadRecordResult::OutputFull
                | ReadRecordResult::OutputEndsFull => {}
            }
        }
        record.cells = cells;
        Ok(true)
    }

    /// The row that was taken apart last.
    pub(super) fn record(&self) -> &Record {
        &self.record
    }

    /// Whether that row has a cell for each column, of text.
    pub(super) fn whole(&self) -> Result<(), String> {
        let (got, wanted) = (self.record.cells, self.columns.len());
        if got != wanted {
            return Err(format!("has {got} cells, not {wanted}"));
        }
        match self.record.is_utf8() {
            true => Ok(()),
            false => Err("is not UTF-8 text".to_owned()),
        }
    }

    /// So that the line of a row is where it begins, not where the row before it ended.
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

    /// Rows of plain numbers, as many as come one after another.
    fn plain_rows(
        &mut self,
        plan: &Plan<'_>,
        lanes: &mut Lanes,
        batch: &mut Batch,
    ) -> Result<(), Stop> {
        let mut at = 0;
        let rest = self.blocks.rest();
        while batch.numbers.len() < batch::ROWS {
            let Some(length) = memchr::memchr(b'\n', &rest[at..]) else { break };
            let line = &rest[at..=at + length];
            if !matches!(line, b"\n" | b"\r\n") {
                if !lanes.plain_row(line, plan, batch) {
                    break;
                }
                self.rows += 1;
                batch.numbers.push(self.rows);
            }
            self.line += 1;
            at += line.len();
        }
        let unfinished = memchr::memchr(b'\n', &rest[at..]).is_none();
        self.blocks.take(at);
        if unfinished && !self.blocks.at_end() {
            self.blocks.more()?;
        }
        Ok(())
    }

    /// Any row: `false` when there is none.
    fn careful_row(
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

    /// Reads the row's answers into the lanes, and answers what is wrong with it.
    fn faults(&self, plan: &Plan<'_>, lanes: &mut Lanes) -> Vec<Fault> {
        let record = &self.record;
        let respondent = match plan.id {
            Some(column) if column < record.cells => record.text(column).into_owned(),
            Some(_) => String::new(),
            None => self.rows.to_string(),
        };
        let fault = |column: &str, value: &str, reason: String| Fault {
            within: None,
            row: self.rows,
            line: Some(record.line),
            respondent: respondent.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason,
        };
        if let Err(why) = self.whole() {
            return vec![fault("", "", why)];
        }
        let mut faults = Vec::new();
        lanes.begin();
        for index in 0..lanes.items_by_column().len() {
            let (column, item) = lanes.items_by_column()[index];
            let cell = record.text(column);
            match plan.rules[item].code(Given::Text(&cell)) {
                Ok(answer) => lanes.set(item, answer),
                Err(why) => faults.push(fault(&self.columns[column], &cell, why)),
            }
        }
        faults
    }
}

impl Source for CsvTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        let mut lanes = match self.lanes.take() {
            Some(lanes) => lanes,
            None => Lanes::new(plan, self.columns.len(), self.delimiter),
        };
        let mut more = true;
        // Faults count too: a file of nothing else must not fill the memory.
        while more && batch.numbers.len() + batch.faults.len() < batch::ROWS {
            self.plain_rows(plan, &mut lanes, batch)?;
            if batch.numbers.len() < batch::ROWS {
                more = self.careful_row(plan, &mut lanes, batch)?;
            }
        }
        lanes.flush(batch);
        self.lanes = Some(lanes);
        Ok(more)
    }

    fn progress(&self) -> u64 {
        self.blocks.used()
    }
}

/// Whichever of comma, semicolon and tab stands most often in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|&&byte| byte == wanted).count();
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte));
    best.unwrap_or(b',')
}
