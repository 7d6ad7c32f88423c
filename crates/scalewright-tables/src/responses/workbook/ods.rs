//! OpenDocument spreadsheets: `.ods`.

use calamine::{Ods, Reader as _};

use crate::Stop;
use crate::responses::archive::Archive;
use crate::responses::guard::guarded;

use super::book::{Book, damaged, entry, locked};
use super::choose::{SheetEntry, choose};
use super::ods_scan::{Table, scan};
use super::ranges::{MOST_CELLS, Ranges};

/// The most bytes of all sheets.
const MOST: u64 = 2 << 30;
/// The most bytes of the list of parts.
const MOST_OF_LIST: u64 = 16 << 20;

/// Opens a spreadsheet.
///
/// # Errors
///
/// When it is damaged or too large, or does not tell which sheet has the answers.
pub(super) fn open(mut archive: Archive, wanted: Option<&str>) -> Result<Book, Stop> {
    let name = archive.name.clone();
    let list = archive.text("META-INF/manifest.xml", MOST_OF_LIST)?;
    if list.contains("encryption-data") {
        return Err(locked(&name));
    }
    let scanned = scan(archive.markup("content.xml", MOST)?);
    let mut tables = scanned.map_err(|error| archive.failed(&error, "content.xml"))?;
    let cells = tables.iter().fold(0_u64, |sum, table| sum.saturating_add(table.cells()));
    if cells > MOST_CELLS {
        let message = format!("{name}: the sheets have more than {MOST_CELLS} cells");
        return Err(Stop::wrong(message)
            .help("save the workbook as .xlsx, of which only some rows are in memory, or as CSV"));
    }
    let wrong = archive.damaged("content.xml");
    let file = archive.into_file();
    let book: Option<Ods<_>> = guarded(|| Ods::new(file).ok()).flatten();
    let mut book = book.ok_or(wrong)?;
    let sheets: Vec<SheetEntry> = book.sheets_metadata().iter().map(entry).collect();
    let mut read = |sheet: &str| -> Result<Ranges, Stop> {
        let values = book.worksheet_range(sheet).ok();
        let formulas = book.worksheet_formula(sheet).ok();
        let both = values.zip(formulas).map(|(values, formulas)| Ranges::new(values, formulas));
        both.ok_or_else(|| damaged(&name))
    };
    let (at, notes) = choose(&name, &sheets, wanted, |at| Ok(read(&sheets[at].name)?.is_empty()))?;
    let rows = read(&sheets[at].name)?;
    let hidden = tables.iter_mut().find(|table| table.name == sheets[at].name);
    let mut facts =
        hidden.map(|table: &mut Table| std::mem::take(&mut table.facts)).unwrap_or_default();
    rows.see(&mut facts);
    Ok(Book { name: name.clone(), facts, notes, rows: Box::new(rows) })
}
