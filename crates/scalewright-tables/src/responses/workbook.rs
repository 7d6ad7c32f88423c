//! Workbooks of spreadsheet programs: `.xlsx`, `.xlsm`, `.ods` and `.xls`.
//!
//! A library reads the values of cells. What it does not tell is found beside it: formulas without values, hidden rows,
//! merged cells, and the size of what is unpacked.

mod book;
mod cells;
mod choose;
mod columns;
mod facts;
mod feed;
mod header;
mod layout;
mod ods;
mod ods_scan;
mod parts;
mod ranges;
mod sheet;
mod sheet_scan;
mod values;
mod xls;
mod xlsx;

use std::fs::File;
use std::io::{Read, Seek};

use scalewright_model::text::plain;

use crate::Stop;

use super::archive::Archive;
use super::opened::Reading;
use super::row_reader::{About, RowReader};
use super::source_table::SourceTable;

use self::book::Book;
use self::sheet::SheetSource;

/// The first bytes of a workbook in the format before 2007, and of one with a password.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// Opens the sheet of a workbook that has the answers.
///
/// # Errors
///
/// When the workbook is damaged, protected or too large, or the sheet is not a table.
pub(super) fn open(
    name: &str,
    file: File,
    reading: &Reading,
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    let book = book(name, file, reading.sheet.as_deref())?;
    let source = SheetSource::new(book, reading, about)?;
    Ok(Box::new(SourceTable::new(Box::new(source)).named(name)))
}

fn book(name: &str, mut file: File, sheet: Option<&str>) -> Result<Book, Stop> {
    let mut start = Vec::new();
    let mut look = || -> std::io::Result<()> {
        file.by_ref().take(OLD.len() as u64).read_to_end(&mut start)?;
        file.rewind()
    };
    look().map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    if start == OLD {
        return xls::open(name, file, sheet);
    }
    let archive = Archive::open(name, "workbook", file)?;
    match archive.find("content.xml").is_some() && archive.find("_rels/.rels").is_none() {
        true => ods::open(archive, sheet),
        false => xlsx::open(archive, sheet),
    }
}
