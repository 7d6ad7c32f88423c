//! The sheet of a workbook that is read, and the errors that the formats of workbooks share.

use calamine::{Sheet, SheetVisible};

use crate::Stop;

use super::cells::Rows;
use super::choose::SheetEntry;
use super::facts::Facts;

/// A sheet, ready to be read.
pub(super) struct Book {
    /// The name of the file.
    pub(super) name: String,
    pub(super) facts: Facts,
    /// Notes on the workbook.
    pub(super) notes: Vec<String>,
    pub(super) rows: Box<dyn Rows>,
}

/// A sheet as the library describes it.
pub(super) fn entry(sheet: &Sheet) -> SheetEntry {
    let is_visible = sheet.visible == SheetVisible::Visible;
    SheetEntry { name: sheet.name.clone(), is_visible }
}

pub(super) fn damaged(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the workbook is damaged"))
        .help("open it in a spreadsheet program, and save it again")
}

pub(super) fn locked(name: &str) -> Stop {
    Stop::wrong(format!("{name}: a password protects the workbook"))
        .help("open it with the password, and save a copy without one")
}
