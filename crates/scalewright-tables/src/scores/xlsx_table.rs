//! Writes the sheet of a workbook (`.xlsx`) row by row. Rows wait in an unnamed temporary file, not in memory.

use std::io::{Error, Result, Write as _};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sink::Out;

/// The most rows of a sheet, with the header.
const ROWS: u32 = 1_048_576;
/// The most columns of a sheet.
const COLUMNS: usize = 16_384;

/// A sheet being written.
pub(super) struct XlsxTable {
    workbook: Workbook,
    out: Out,
    row: u32,
    column: u16,
}

impl XlsxTable {
    /// Begins a sheet with a header, which stays in view.
    pub(super) fn new<'n>(
        (sheet, out): (&str, Out),
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Self> {
        // The library panics if there is no place for temporary files.
        drop(tempfile::tempfile()?);
        let mut workbook = Workbook::new();
        let worksheet = workbook.add_worksheet_with_constant_memory();
        worksheet.set_name(sheet).map_err(|error| failed(&error))?;
        worksheet.set_freeze_panes(1, 0).map_err(|error| failed(&error))?;
        let mut table = Self { workbook, out, row: 0, column: 0 };
        let bold = Format::new().set_bold();
        for (at, name) in names.enumerate() {
            if at >= COLUMNS {
                return Err(Error::other(
                    "a sheet has at most 16,384 columns: write fewer, or another format",
                ));
            }
            table.cell(|sheet, row, column| {
                sheet.write_string_with_format(row, column, name, &bold).map(drop)
            })?;
        }
        table.end_row()?;
        Ok(table)
    }

    fn cell(
        &mut self,
        write: impl FnOnce(&mut Worksheet, u32, u16) -> std::result::Result<(), XlsxError>,
    ) -> Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(|error| failed(&error))?;
        write(sheet, self.row, self.column).map_err(|error| failed(&error))?;
        self.column += 1;
        Ok(())
    }

    /// Adds a text, which is never a formula.
    pub(super) fn text(&mut self, text: &str) -> Result<()> {
        self.cell(|sheet, row, column| sheet.write_string(row, column, text).map(drop))
    }

    /// Adds a number with all of its digits.
    pub(super) fn number(&mut self, number: f64) -> Result<()> {
        if !number.is_finite() {
            return self.text(&number.to_string());
        }
        // -0 is shown as 0 by spreadsheet programs, but stays -0 in others.
        let number = if number == 0.0 { 0.0 } else { number };
        self.cell(|sheet, row, column| sheet.write_number(row, column, number).map(drop))
    }

    /// Adds a truth value.
    pub(super) fn truth(&mut self, truth: bool) -> Result<()> {
        self.cell(|sheet, row, column| sheet.write_boolean(row, column, truth).map(drop))
    }

    /// Leaves a cell empty.
    pub(super) fn empty(&mut self) {
        self.column += 1;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) -> Result<()> {
        (self.row, self.column) = (self.row + 1, 0);
        match self.row > ROWS {
            true => Err(Error::other("a sheet has at most 1,048,576 rows: write another format")),
            false => Ok(()),
        }
    }

    /// Writes the workbook.
    pub(super) fn finish(mut self) -> Result<()> {
        // Otherwise the file would contain the present time.
        let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(&error))?;
        let properties = DocProperties::new().set_creation_datetime(&created);
        self.workbook.set_properties(&properties);
        self.workbook.save_to_writer(&mut self.out).map_err(|error| failed(&error))?;
        self.out.flush()
    }
}

fn failed(error: &XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::new(error.kind(), error.to_string()),
        XlsxError::MaxStringLengthExceeded => {
            Error::other("a cell of a workbook has at most 32,767 characters: write another format")
        }
        _ => Error::other("the workbook cannot be made"),
    }
}
