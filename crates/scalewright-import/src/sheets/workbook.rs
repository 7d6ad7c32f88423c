//! Workbooks of spreadsheet programs: `.xlsx` and `.xls`.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, ExcelDateTime, Reader, SheetVisible, Xls, Xlsx};
use scalewright_check::compound::{self, Compound};
use scalewright_model::Stop;
use zip::ZipArchive;

use super::{Book, MOST_COLUMNS, OLD, Sheet, stated};
use crate::csv::MOST_ROWS;
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::source::MOST_BYTES;

/// The most files of the archive that a workbook is.
const MOST_FILES: usize = 500;

/// The most cells with content that are read from a workbook.
const MOST_CELLS: usize = 2_000_000;

/// Reads the sheets whose names `is_wanted` accepts.
///
/// # Errors
///
/// Returns a stop if the workbook cannot be read or is too large.
pub(super) fn open(
    file: &str,
    bytes: &[u8],
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Book, Stop> {
    let mut reader = Sheets { file, cells: 0, book: Book::default() };
    // The reader of workbooks panics on some that are damaged.
    let read = catch_unwind(AssertUnwindSafe(|| {
        if bytes.starts_with(OLD) {
            reader.old(bytes, is_wanted)
        } else {
            reader.recent(bytes, is_wanted)
        }
    }));
    read.unwrap_or_else(|_| Err(wrong(file, "the workbook is damaged")))?;
    Ok(reader.book)
}

fn wrong(file: &str, what: &str) -> Stop {
    Stop::wrong(format!("{file}: {what}"))
        .help("save the workbook again with a spreadsheet program, or save the table as CSV")
}

/// Reads the sheets of a workbook.
struct Sheets<'a> {
    file: &'a str,
    cells: usize,
    book: Book,
}

impl Sheets<'_> {
    /// A workbook in the format of 2007 and later.
    fn recent(&mut self, bytes: &[u8], is_wanted: &dyn Fn(&str) -> bool) -> Result<(), Stop> {
        let formulas = expanded(self.file, bytes)?;
        let unreadable = |error: calamine::XlsxError| {
            wrong(self.file, &format!("the workbook cannot be read: {error}"))
        };
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        for (name, visible) in visibility(workbook.sheets_metadata()) {
            if !is_wanted(&name) {
                self.book.others.push(name);
                continue;
            }
            self.hidden(&name, visible);
            let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
            let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| {
                wrong(self.file, &format!("the sheet `{name}` cannot be read: {error}"))
            })?;
            while let Some(cell) = cells.next_cell().map_err(|error| {
                wrong(self.file, &format!("the sheet `{name}` cannot be read: {error}"))
            })? {
                self.cell(&mut sheet, cell.get_position(), Data::from(cell.get_value().clone()))?;
            }
            self.book.sheets.push(sheet);
        }
        if formulas > 0 {
            self.formulas(formulas);
        }
        Ok(())
    }

    /// A workbook in the format before 2007. The reader makes a table of the smallest range with all cells, so that its
    /// size is computed first.
    fn old(&mut self, bytes: &[u8], is_wanted: &dyn Fn(&str) -> bool) -> Result<(), Stop> {
        let cells = match compound::content(bytes) {
            Some(Compound::Workbook { cells }) => cells,
            Some(Compound::Encrypted) => {
                return Err(wrong(self.file, "a password protects the workbook"));
            }
            None => return Err(wrong(self.file, "the workbook is damaged")),
        };
        if cells > u64::try_from(MOST_CELLS).unwrap_or(u64::MAX) {
            let what = format!("the sheets of the workbook have more than {MOST_CELLS} cells");
            return Err(wrong(self.file, &what));
        }
        let unreadable = |error: calamine::XlsError| {
            wrong(self.file, &format!("the workbook cannot be read: {error}"))
        };
        let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(unreadable)?;
        let mut formulas = 0;
        for (name, visible) in visibility(workbook.sheets_metadata()) {
            if !is_wanted(&name) {
                self.book.others.push(name);
                continue;
            }
            self.hidden(&name, visible);
            let range = workbook.worksheet_range(&name).map_err(unreadable)?;
            let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = |begin: u32, offset| {
                    begin.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
                };
                self.cell(&mut sheet, (at(top, row), at(left, column)), value.clone())?;
            }
            let computed = workbook.worksheet_formula(&name).map_err(unreadable)?;
            formulas += computed.used_cells().filter(|(_, _, text)| !text.is_empty()).count();
            self.book.sheets.push(sheet);
        }
        if formulas > 0 {
            self.formulas(formulas);
        }
        Ok(())
    }

    /// Adds a cell. Empty cells are left out, because formats may reach far beyond the table.
    fn cell(&mut self, sheet: &mut Sheet, at: (u32, u32), value: Data) -> Result<(), Stop> {
        let (row, column) = (index(at.0), index(at.1));
        let Some(text) = self.text(sheet, (row, column), &value) else { return Ok(()) };
        self.cells += 1;
        if row >= MOST_ROWS || column >= MOST_COLUMNS || self.cells > MOST_CELLS {
            let name = &sheet.name;
            return Err(wrong(
                self.file,
                &format!(
                    "the sheet `{name}` has more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells"
                ),
            ));
        }
        if sheet.rows.len() <= row {
            sheet.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut sheet.rows[row];
        if cells.len() <= column {
            self.cells += column - cells.len();
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = text;
        Ok(())
    }

    /// The text of a cell; `None` if it is empty. A date is reported, because spreadsheet programs make dates of texts
    /// such as `1-5`.
    fn text(&mut self, sheet: &Sheet, at: (usize, usize), value: &Data) -> Option<String> {
        let text = match value {
            Data::Empty => return None,
            Data::String(text) => text.clone(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            Data::Bool(truth) => truth.to_string().to_uppercase(),
            Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::DateTime(time) => {
                let text = day(time);
                let message = format!("the cell is a date; it is read as `{text}`");
                let help = "spreadsheet programs make dates of texts such as `1-5`; format the cell as text if it was none";
                let place = sheet.place(self.file, at.0, at.1);
                let finding = Finding::new(Kind::Doubtful, "date-cell", &place, message);
                self.book.findings.push(finding.help(help));
                text
            }
            Data::Error(error) => {
                let message = format!("the cell has the error `{error}` and is read as empty");
                let place = sheet.place(self.file, at.0, at.1);
                self.book.findings.push(Finding::new(
                    Kind::NotUnderstood,
                    "error-cell",
                    &place,
                    message,
                ));
                return None;
            }
        };
        (!text.is_empty()).then_some(text)
    }

    /// Reports a hidden sheet.
    fn hidden(&mut self, name: &str, visible: SheetVisible) {
        if visible == SheetVisible::Visible {
            return;
        }
        let message = format!("the sheet `{name}` is hidden; it is read all the same");
        let place = Place::new(self.file, name);
        self.book.findings.push(Finding::new(Kind::Note, "hidden-sheet", &place, message));
    }

    /// Reports formulas of the spreadsheet program.
    fn formulas(&mut self, count: usize) {
        let message = format!(
            "{count} cells are computed by formulas of the spreadsheet program; the results that the file contains are read"
        );
        let place = Place::new(self.file, "");
        let finding = Finding::new(Kind::Note, "formula-cells", &place, message);
        let help = "if the workbook was not saved by a spreadsheet program, open and save it, so that the results are up to date";
        self.book.findings.push(finding.help(help));
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The names of the sheets, and whether each is visible.
fn visibility(sheets: &[calamine::Sheet]) -> Vec<(String, SheetVisible)> {
    sheets.iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect()
}

/// A day, and its time unless that is midnight.
fn day(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return day;
    }
    format!("{day} {hour:02}:{minute:02}:{second:02}")
}

/// Expands all parts of a workbook once, so that none is larger than allowed whatever the archive states. Returns the
/// number of cells with formulas.
fn expanded(file: &str, bytes: &[u8]) -> Result<usize, Stop> {
    let unreadable = |_| wrong(file, "the workbook is a damaged archive");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let too_large = || {
        Stop::wrong(format!(
            "{file}: the workbook has more than {MOST_FILES} parts or {} MiB",
            MOST_BYTES >> 20
        ))
    };
    if archive.len() > MOST_FILES {
        return Err(too_large());
    }
    let mut left = MOST_BYTES;
    let mut formulas = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        let is_sheet = part.name().starts_with("xl/worksheets/");
        let mut content = Vec::new();
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        part.take(most)
            .read_to_end(&mut content)
            .map_err(|_| wrong(file, "the workbook is a damaged archive"))?;
        left = left.checked_sub(content.len()).ok_or_else(too_large)?;
        if stated::states_too_many(&content) {
            return Err(wrong(file, "the workbook is damaged: it states more texts than it has"));
        }
        if is_sheet {
            formulas += content.windows(3).filter(|end| matches!(*end, b"<f>" | b"<f ")).count();
        }
    }
    Ok(formulas)
}
