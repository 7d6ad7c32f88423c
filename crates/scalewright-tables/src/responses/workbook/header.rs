//! The header of a sheet: the names of the columns, in the first row that has content.

use std::collections::BTreeMap;

use scalewright_model::text::quote;

use crate::Stop;
use crate::responses::source::SourceCell;

use super::cells::{SheetRow, cell_name};
use super::facts::Facts;

/// A column with a name.
#[derive(Debug, Clone)]
pub(super) struct Headed {
    /// The index of the column in the sheet.
    pub(super) column: u32,
    /// The name, without spaces around it.
    pub(super) name: String,
}

/// The names of the columns.
///
/// # Errors
///
/// When a name is missing or an error, or two differ at most in case and spaces.
pub(super) fn header(table: &str, row: &SheetRow, facts: &Facts) -> Result<Vec<Headed>, Stop> {
    let mut headed = Vec::new();
    for cell in &row.cells {
        let name = match &cell.value {
            SourceCell::Error(shown) => {
                let place = cell_name(row.row, cell.column);
                return Err(Stop::wrong(format!(
                    "{table}: the header cell {place} has the error `{shown}`"
                ))
                .help("type the name of the column"));
            }
            value => trimmed(&value.text()),
        };
        if !name.is_empty() {
            headed.push(Headed { column: cell.column, name });
        }
    }
    nameless(table, row.row, &headed, facts)?;
    distinct(table, row.row, &headed)?;
    Ok(headed)
}

/// A name without the spaces around it, of any kind.
fn trimmed(name: &str) -> String {
    name.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').to_owned()
}

/// Checks that all columns with content have a name.
fn nameless(table: &str, row: u32, headed: &[Headed], facts: &Facts) -> Result<(), Stop> {
    let has_name = |column: u32| headed.iter().any(|other| other.column == column);
    let below = facts.filled.iter().filter(|(_, (_, last))| *last > row);
    let found =
        below.map(|(column, (first, _))| (*column, *first)).find(|(column, _)| !has_name(*column));
    let Some((column, first)) = found else { return Ok(()) };
    let (head, place) = (cell_name(row, column), cell_name(first.max(row + 1), column));
    let message = if first > row {
        format!("{table}: the header cell {head} is empty, but {place} has content")
    } else {
        format!("{table}: the header cell {head} is empty, but there is content below it")
    };
    Err(Stop::wrong(message)
        .help("type the name of the column, or delete what is not part of the table"))
}

/// Checks that no two names are equal but for case and spaces.
fn distinct(table: &str, row: u32, headed: &[Headed]) -> Result<(), Stop> {
    let mut seen: BTreeMap<String, &Headed> = BTreeMap::new();
    for column in headed {
        let Some(before) = seen.insert(folded(&column.name), column) else { continue };
        let place = |headed: &Headed| {
            format!("`{}` ({})", quote(&headed.name), cell_name(row, headed.column))
        };
        let what = match before.name == column.name {
            true => "have the same name",
            false => "have names that differ only in case and spaces",
        };
        let message =
            format!("{table}: the columns {} and {} {what}", place(before), place(column));
        return Err(Stop::wrong(message).help("rename or delete one of them"));
    }
    Ok(())
}

/// A name without case and spaces.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !letter.is_whitespace());
    let letters = letters.filter(|letter| !matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}'));
    letters.flat_map(char::to_lowercase).collect()
}
