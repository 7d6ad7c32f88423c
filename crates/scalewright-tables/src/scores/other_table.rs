//! Writes a table with columns of any names and types, row by row. Only a block of rows is in memory.

use std::borrow::Cow;
use std::io::{BufWriter, Result, Write};

use serde_json::{Number, Value};

use crate::{Stop, TableFormat};

#[cfg(feature = "columnar")]
use super::other_columns::ColumnarTable;
use super::sink::Out;
use super::statistics::{Cell, Column, Kind, Program, Table as Statistics};
use super::text::{CsvCells, push_number};
#[cfg(feature = "workbooks")]
use super::xlsx_table::XlsxTable;

/// The type of the values in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Texts.
    Text,
    /// Floating-point numbers.
    Number,
    /// Whole numbers.
    Whole,
    /// Truth values.
    Truth,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub kind: ValueKind,
}

/// A cell of a table. Its type must be that of its column.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A floating-point number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A truth value.
    Truth(bool),
}

/// A table being written.
pub struct TableWriter {
    columns: Vec<TableColumn>,
    kind: WriterKind,
}

enum WriterKind {
    Text {
        file: Out,
        cells: CsvCells,
        line: Vec<u8>,
    },
    Json {
        file: Out,
        lines: bool,
        rows: u64,
    },
    Statistics(Box<Statistics>),
    #[cfg(feature = "columnar")]
    Columnar(Box<ColumnarTable>),
    #[cfg(feature = "workbooks")]
    Xlsx(Box<XlsxTable>),
}

impl TableWriter {
    /// Begins a table in `format`, written to `file`. With `guard`, cells of text tables that a spreadsheet would run as
    /// formulas get an apostrophe.
    ///
    /// # Errors
    ///
    /// When the beginning cannot be written, or this build lacks the format.
    pub fn new(
        columns: Vec<TableColumn>,
        format: TableFormat,
        (mut file, guard): (Out, bool),
    ) -> std::result::Result<Self, Stop> {
        file = Box::new(BufWriter::with_capacity(1 << 16, file));
        let delimiter = match format {
            TableFormat::Tsv => b'\t',
            _ => b',',
        };
        let kind = match format {
            TableFormat::Csv | TableFormat::Tsv => {
                let (mut cells, mut line) = (CsvCells::new(delimiter, guard), Vec::new());
                cells.line(&mut line, columns.iter().map(|column| column.name.as_str()));
                file.write_all(&line).map_err(|error| super::failures::failed(&error))?;
                WriterKind::Text { file, cells, line }
            }
            TableFormat::Json => WriterKind::Json { file, lines: false, rows: 0 },
            TableFormat::Jsonl => WriterKind::Json { file, lines: true, rows: 0 },
            TableFormat::Parquet | TableFormat::Arrow | TableFormat::ArrowStream => {
                columnar(&columns, format, file)?
            }
            TableFormat::Sav => statistics(&columns, Program::Spss, file)?,
            TableFormat::Zsav => statistics(&columns, Program::SpssCompressed, file)?,
            TableFormat::Dta => statistics(&columns, Program::Stata, file)?,
            TableFormat::Xlsx => workbook(&columns, file)?,
        };
        Ok(Self { columns, kind })
    }

    /// Writes a row, which has a cell for each column.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn row(&mut self, row: &[TableCell<'_>]) -> Result<()> {
        match &mut self.kind {
            WriterKind::Text { file, cells, line } => {
                line.clear();
                for (at, cell) in row.iter().enumerate() {
                    if at > 0 {
                        line.push(cells.delimiter());
                    }
                    text_cell(cells, line, cell);
                }
                line.push(b'\n');
                file.write_all(line)
            }
            WriterKind::Json { file, lines, rows } => {
                let names = self.columns.iter().map(|column| column.name.clone());
                let object = Value::Object(names.zip(row.iter().map(value)).collect());
                let before = match (*lines, *rows) {
                    (true, _) => "",
                    (false, 0) => "[\n",
                    (false, _) => ",\n",
                };
                let after = if *lines { "\n" } else { "" };
                *rows += 1;
                write!(file, "{before}{object}{after}")
            }
            WriterKind::Statistics(table) => {
                row.iter().try_for_each(|cell| table.add(statistics_cell(cell)))
            }
            #[cfg(feature = "columnar")]
            WriterKind::Columnar(table) => table.row(row),
            #[cfg(feature = "workbooks")]
            WriterKind::Xlsx(table) => {
                row.iter().try_for_each(|cell| sheet_cell(table, cell))?;
                table.end_row()
            }
        }
    }

    /// A note on cells of a text table that a spreadsheet would run as formulas. `table` is the name of the table in the
    /// note.
    #[must_use]
    pub fn note(&self, table: &str) -> Option<String> {
        match &self.kind {
            WriterKind::Text { cells, .. } => cells.note(table),
            _ => None,
        }
    }

    /// Writes the end of the table.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn finish(self) -> Result<()> {
        match self.kind {
            WriterKind::Text { mut file, .. } => file.flush(),
            WriterKind::Json { mut file, lines, rows } => {
                if !lines {
                    file.write_all(if rows == 0 { b"[]\n" } else { b"\n]\n" })?;
                }
                file.flush()
            }
            WriterKind::Statistics(table) => table.finish(),
            #[cfg(feature = "columnar")]
            WriterKind::Columnar(table) => table.finish(),
            #[cfg(feature = "workbooks")]
            WriterKind::Xlsx(table) => table.finish(),
        }
    }
}

fn text_cell(cells: &mut CsvCells, line: &mut Vec<u8>, cell: &TableCell<'_>) {
    match cell {
        TableCell::Empty => {}
        TableCell::Text(text) => cells.add(line, text),
        TableCell::Number(number) => push_number(line, *number),
        TableCell::Whole(number) => line.extend(itoa::Buffer::new().format(*number).as_bytes()),
        TableCell::Truth(truth) => line.extend(if *truth { "true" } else { "false" }.as_bytes()),
    }
}

/// The same as JSON. A whole number is written without decimals.
fn value(cell: &TableCell<'_>) -> Value {
    match cell {
        TableCell::Empty => Value::Null,
        TableCell::Text(text) => Value::String(text.to_string()),
        TableCell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Value::Number(Number::from(*number as i64))
        }
        TableCell::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        TableCell::Whole(number) => Value::Number(Number::from(*number)),
        TableCell::Truth(truth) => Value::Bool(*truth),
    }
}

/// Begins a table for a statistics program. Truth values become codes with labels.
fn statistics(
    columns: &[TableColumn],
    program: Program,
    file: Out,
) -> std::result::Result<WriterKind, Stop> {
    let labels = [(0, "false".to_owned()), (1, "true".to_owned())];
    let column = |column: &TableColumn| Column {
        name: column.name.clone(),
        label: String::new(),
        kind: match column.kind {
            ValueKind::Text => Kind::Text,
            ValueKind::Number | ValueKind::Whole => Kind::Number(None),
            ValueKind::Truth => Kind::Code,
        },
        labels: if column.kind == ValueKind::Truth { labels.to_vec() } else { Vec::new() },
    };
    let table = Statistics::new(program, columns.iter().map(column).collect(), file);
    table
        .map(|table| WriterKind::Statistics(Box::new(table)))
        .map_err(|error| super::failed(&error))
}

#[expect(clippy::cast_precision_loss, reason = "both programs have only floating-point numbers")]
fn statistics_cell<'c>(cell: &'c TableCell<'_>) -> Cell<'c> {
    match cell {
        TableCell::Empty => Cell::Missing,
        TableCell::Text(text) => Cell::Text(text),
        TableCell::Number(number) => Cell::Number(*number),
        TableCell::Whole(number) => Cell::Number(*number as f64),
        TableCell::Truth(truth) => Cell::Number(f64::from(u8::from(*truth))),
    }
}

#[cfg(feature = "columnar")]
fn columnar(
    columns: &[TableColumn],
    format: TableFormat,
    file: Out,
) -> std::result::Result<WriterKind, Stop> {
    let table = ColumnarTable::new(columns, format, file);
    table
        .map(|table| WriterKind::Columnar(Box::new(table)))
        .map_err(|error| super::failures::failed(&error))
}

#[cfg(not(feature = "columnar"))]
fn columnar(_: &[TableColumn], _: TableFormat, _: Out) -> std::result::Result<WriterKind, Stop> {
    Err(super::failures::no_columnar())
}

#[cfg(feature = "workbooks")]
fn workbook(columns: &[TableColumn], file: Out) -> std::result::Result<WriterKind, Stop> {
    let names = columns.iter().map(|column| column.name.as_str());
    let table = XlsxTable::new(("table", file), names);
    table.map(|table| WriterKind::Xlsx(Box::new(table))).map_err(|error| super::failed(&error))
}

#[cfg(not(feature = "workbooks"))]
fn workbook(_: &[TableColumn], _: Out) -> std::result::Result<WriterKind, Stop> {
    Err(super::failures::no_workbooks())
}

#[cfg(feature = "workbooks")]
fn sheet_cell(table: &mut XlsxTable, cell: &TableCell<'_>) -> Result<()> {
    match cell {
        TableCell::Empty => {
            table.empty();
            Ok(())
        }
        TableCell::Text(text) => table.text(text),
        TableCell::Number(number) => table.number(*number),
        #[expect(clippy::cast_precision_loss, reason = "larger numbers are texts")]
        TableCell::Whole(number) if number.unsigned_abs() < 1 << 53 => table.number(*number as f64),
        TableCell::Whole(number) => table.text(&number.to_string()),
        TableCell::Truth(truth) => table.truth(*truth),
    }
}
