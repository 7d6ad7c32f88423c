//! Tables of texts: the sheets of workbooks, and comma-separated values.

#[cfg(feature = "workbooks")]
mod stated;
#[cfg(feature = "workbooks")]
mod workbook;

use scalewright_model::Stop;

use crate::csv;
use crate::encoding::decode;
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::source::Opened;

/// The most columns of a sheet.
const MOST_COLUMNS: usize = 2000;

/// The delimiters that spreadsheet programs write.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// A table of texts. Rows and columns are counted from 0, in the source from 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// The name of the sheet; empty for a file that is one table.
    pub(crate) name: String,
    /// The cells of each row. Rows may be of different lengths.
    pub(crate) rows: Vec<Vec<String>>,
    /// The number of cells to the left that are not part of the table.
    left: usize,
    /// The number of rows above that are not part of the table.
    above: usize,
}

impl Sheet {
    /// The text of a cell, without spaces at its ends; empty if there is none.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", |cell| tidy(cell))
    }

    /// Whether a row has no text.
    pub(crate) fn is_blank(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|cells| cells.iter().all(|cell| tidy(cell).is_empty()))
    }

    /// Where a cell is: `survey!C7`, or `row 7, column "label"` in a file that is one table.
    pub(crate) fn place(&self, file: &str, row: usize, column: usize) -> Place {
        if self.name.is_empty() {
            let header = self.cell(0, column);
            let row = row + self.above + 1;
            let at = if header.is_empty() {
                format!("row {row}, column {}", column + 1)
            } else {
                format!("row {row}, column \"{header}\"")
            };
            return Place::new(file, at);
        }
        let (row, column) = (row + self.above + 1, letters(column + self.left));
        Place::new(file, format!("{}!{column}{row}", self.name))
    }

    /// Where a row is.
    pub(crate) fn row_place(&self, file: &str, row: usize) -> Place {
        let row = row + self.above + 1;
        let name = if self.name.is_empty() { "row ".to_owned() } else { format!("{}!", self.name) };
        Place::new(file, format!("{name}{row}"))
    }
}

/// A text without spaces at its ends, non-breaking ones included.
fn tidy(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// The letters of a column: A, B, …, Z, AA.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A file with tables.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// The sheets that were read, in order.
    pub(crate) sheets: Vec<Sheet>,
    /// The names of the sheets that were not read.
    pub(crate) others: Vec<String>,
    /// What was noticed about the sheets that were read.
    pub(crate) findings: Vec<Finding>,
}

impl Book {
    /// The sheet with one of these names, in any case.
    pub(crate) fn sheet(&self, names: &[&str]) -> Option<&Sheet> {
        self.sheets
            .iter()
            .find(|sheet| names.iter().any(|name| sheet.name.trim().eq_ignore_ascii_case(name)))
    }
}

/// Whether a file is a workbook, judged by its first bytes.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    is_archive(bytes) || bytes.starts_with(OLD)
}

/// How the workbooks of before 2007 (`.xls`) begin.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether a file is an archive with a workbook. The name of its main part is not compressed.
fn is_archive(bytes: &[u8]) -> bool {
    let name = b"xl/workbook.xml";
    bytes.starts_with(b"PK") && bytes.windows(name.len()).any(|window| window == name)
}

/// The sheets of a workbook whose names `is_wanted` accepts; `None` if the file is no workbook.
///
/// # Errors
///
/// Returns a stop if the workbook cannot be read or is too large.
pub(crate) fn workbook(
    opened: &Opened<'_>,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Option<Book>, Stop> {
    let bytes = opened.sources.bytes;
    if !is_workbook(bytes) {
        return Ok(None);
    }
    open(opened.name(), bytes, is_wanted).map(Some)
}

#[cfg(feature = "workbooks")]
use workbook::open;

#[cfg(not(feature = "workbooks"))]
fn open(file: &str, _bytes: &[u8], _is_wanted: &dyn Fn(&str) -> bool) -> Result<Book, Stop> {
    Err(Stop::wrong(format!("{file}: this build of scalewright reads no workbooks"))
        .help("save the table as CSV"))
}

/// A text file as one table, with the delimiter that gives the most columns in the first row; `None` if it is no text.
///
/// # Errors
///
/// Returns a stop if the table is too long.
pub(crate) fn table(opened: &Opened<'_>) -> Result<Option<Book>, Stop> {
    let file = opened.name();
    if opened.json().is_some() || is_workbook(opened.sources.bytes) {
        return Ok(None);
    }
    let Some((text, assumed)) = decode(opened.sources.bytes) else { return Ok(None) };
    let mut book = Book::default();
    if let Some(encoding) = assumed {
        let message = format!("the file is not UTF-8; it is read as {encoding}");
        let help = "check letters with accents; if they are wrong, save the file as UTF-8";
        let place = Place::new(file, "");
        let finding = Finding::new(Kind::Assumed, "encoding", &place, message);
        book.findings.push(finding.help(help));
    }
    let mut rows = csv::rows(&text, delimiter(&text));
    if rows.len() > csv::MOST_ROWS {
        return Err(Stop::wrong(format!(
            "{file}: the table has more than {} rows",
            csv::MOST_ROWS
        )));
    }
    rows.iter_mut().for_each(|row| row.truncate(MOST_COLUMNS));
    book.sheets.push(Sheet { rows, ..Sheet::default() });
    Ok(Some(book))
}

/// The delimiter that occurs most often in the first line with one.
fn delimiter(text: &str) -> char {
    let line = text.lines().find(|line| line.contains(DELIMITERS)).unwrap_or_default();
    let line: String = line.chars().take(4000).collect();
    let cells = |delimiter: char| csv::rows(&line, delimiter).first().map_or(0, Vec::len);
    let most = DELIMITERS.into_iter().rev().max_by_key(|delimiter| cells(*delimiter));
    most.unwrap_or(',')
}

/// The tables of a file in which the first cell of a row names the table that follows, and is empty in its rows.
pub(crate) fn stacked(sheet: &Sheet) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        let first = row.first().map_or("", |cell| tidy(cell));
        if !first.is_empty() {
            let name = first.to_owned();
            sheets.push(Sheet { name, rows: Vec::new(), left: 1, above: index + 1 });
        } else if let Some(sheet) = sheets.last_mut() {
            sheet.rows.push(row.iter().skip(1).cloned().collect());
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_spreadsheets() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn delimiters_are_recognised() {
        for (text, expected) in [
            ("a;b,c;d\n", ';'),
            ("a,b\n", ','),
            ("a\tb\tc,d\n", '\t'),
            ("a", ','),
            ("\n\na;b", ';'),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }
}
