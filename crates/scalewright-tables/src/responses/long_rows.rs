//! The rows of a long table, from a text or from a table of another program.

use std::borrow::Cow;

use super::csv_table::CsvTable;
use super::source::{Source, SourceCell};
use crate::Stop;

/// A table that is read row by row.
pub(super) trait LongRows {
    /// The names of the columns.
    fn columns(&self) -> &[String];

    /// Reads the next row. Returns `false` after the last one.
    fn next(&mut self) -> Result<bool, Stop>;

    /// The fault of the whole row, such as a cell too many.
    fn fault(&self) -> Option<String> {
        None
    }

    /// The line of the row, or its number in formats without lines. From 1.
    fn line(&self) -> u64;

    /// The text of a cell of the row.
    fn text(&self, column: usize) -> Cow<'_, str>;

    /// The number of bytes read so far.
    fn progress(&self) -> u64;
}

impl LongRows for CsvTable {
    fn columns(&self) -> &[String] {
        super::row_reader::RowReader::columns(self)
    }

    fn next(&mut self) -> Result<bool, Stop> {
        self.machine_row()
    }

    fn fault(&self) -> Option<String> {
        self.whole().err()
    }

    fn line(&self) -> u64 {
        self.record().line()
    }

    fn text(&self, column: usize) -> Cow<'_, str> {
        self.record().text(column)
    }

    fn progress(&self) -> u64 {
        super::row_reader::RowReader::progress(self)
    }
}

/// The rows of a table of another program.
pub(super) struct SourceRows {
    source: Box<dyn Source>,
    columns: Vec<String>,
    row: Vec<SourceCell>,
    rows: u64,
}

impl SourceRows {
    pub(super) fn new(source: Box<dyn Source>) -> Self {
        let columns = source.columns().iter().map(|column| column.name.clone()).collect();
        Self { source, columns, row: Vec::new(), rows: 0 }
    }
}

impl LongRows for SourceRows {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self) -> Result<bool, Stop> {
        self.row.clear();
        self.rows += 1;
        self.source.next(&mut self.row)
    }

    fn line(&self) -> u64 {
        self.rows
    }

    fn text(&self, column: usize) -> Cow<'_, str> {
        self.row[column].text().into()
    }

    fn progress(&self) -> u64 {
        self.source.progress()
    }
}
