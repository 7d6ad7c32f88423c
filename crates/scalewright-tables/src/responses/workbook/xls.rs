//! Workbooks in the format before 2007: `.xls`.

use std::fs::File;
use std::io::{Cursor, Read};

use calamine::{Reader as _, Xls, XlsError};
use scalewright_check::compound::{self, Compound, Hidden};
use scalewright_model::text::plain;

use crate::Stop;
use crate::responses::guard::guarded;

use super::book::{Book, damaged, entry, locked};
use super::cells::Area;
use super::choose::{SheetEntry, choose};
use super::facts::Facts;
use super::ranges::{MOST_CELLS, Ranges};

/// The most bytes of a file.
const MOST: u64 = 256 << 20;

/// Opens a workbook.
///
/// # Errors
///
/// When it is damaged, too large or protected, or does not tell which sheet has the answers.
pub(super) fn open(name: &str, file: File, wanted: Option<&str>) -> Result<Book, Stop> {
    let bytes = bytes(name, file)?;
    match compound::content(&bytes) {
        Some(Compound::Encrypted) => return Err(locked(name)),
        Some(Compound::Workbook { cells }) if cells > MOST_CELLS => {
            return Err(Stop::wrong(format!(
                "{name}: the sheets have more than {MOST_CELLS} cells"
            ))
            .help("save the workbook as .xlsx or CSV"));
        }
        Some(Compound::Workbook { .. }) => {}
        None => return Err(damaged(name)),
    }
    let hidden = compound::hidden(&bytes);
    let book = guarded(|| Xls::new(Cursor::new(bytes))).ok_or_else(|| damaged(name))?;
    let mut book: Xls<_> = book.map_err(|error| match error {
        XlsError::Password => locked(name),
        _ => damaged(name),
    })?;
    let sheets: Vec<SheetEntry> = book.sheets_metadata().iter().map(entry).collect();
    let mut read = |sheet: &str| {
        let values = book.worksheet_range(sheet).map_err(|_| damaged(name))?;
        let formulas = book.worksheet_formula(sheet).map_err(|_| damaged(name))?;
        let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        Ok((Ranges::new(values, formulas).vague(), merged))
    };
    let is_empty = |at: usize| -> Result<bool, Stop> { Ok(read(&sheets[at].name)?.0.is_empty()) };
    let (at, mut notes) = choose(name, &sheets, wanted, is_empty)?;
    let (rows, merged) = read(&sheets[at].name)?;
    let mut facts = Facts::default();
    merged.iter().for_each(|area| facts.merge(Area { from: area.start, to: area.end }));
    rows.see(&mut facts);
    let hidden = hidden.filter(|all| all.len() == sheets.len());
    match hidden.as_ref().map(|all| &all[at]) {
        Some(hidden) => hide(&mut facts, hidden),
        None => notes.push(format!(
            "{name}: hidden rows and columns of this workbook are not found: they are read like all others"
        )),
    }
    if rows.has_formulas() {
        notes.push(format!(
            "{name}: in the format before 2007 (.xls), cells between formulas count as formulas too: save the workbook as .xlsx to tell them from others"
        ));
    }
    Ok(Book { name: name.to_owned(), facts, notes, rows: Box::new(rows) })
}

fn hide(facts: &mut Facts, hidden: &Hidden) {
    hidden.rows.iter().for_each(|row| facts.hide_rows(u32::from(*row), u32::from(*row)));
    let columns = hidden.columns.iter().map(|(first, last)| (u32::from(*first), u32::from(*last)));
    facts.hidden_columns.extend(columns);
}

fn bytes(name: &str, file: File) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = file.take(MOST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    match bytes.len() as u64 > MOST {
        true => Err(Stop::wrong(format!("{name}: the file has more than {} MiB", MOST >> 20))
            .help("save the workbook as .xlsx or CSV")),
        false => Ok(bytes),
    }
}
