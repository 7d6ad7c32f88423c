//! Which columns of a sheet are read: those that are computed by formulas are read only if their stored values count.

use std::collections::BTreeSet;

use scalewright_model::text::quote;

use crate::Stop;
use crate::responses::plan::ID_COLUMNS;

use super::cells::{cell_name, column_name};
use super::facts::{Facts, Formulas};
use super::header::Headed;

/// How the columns of a sheet are used.
pub(super) struct Wish<'a> {
    /// The columns that answer items.
    pub(super) items: BTreeSet<&'a str>,
    /// The column that names respondents, if the user states it.
    pub(super) id: Option<&'a str>,
    /// Whether the stored values of formulas count.
    pub(super) stored: bool,
}

impl Wish<'_> {
    /// The column that names respondents.
    fn id<'h>(&self, headed: &'h [Headed]) -> Option<&'h Headed> {
        let named = |name: &str| headed.iter().find(|column| column.name == name);
        match self.id {
            Some(id) => named(id),
            None => ID_COLUMNS
                .iter()
                .filter(|name| !self.items.contains(**name))
                .find_map(|name| named(name)),
        }
    }
}

/// The columns that are read, and those that are computed and therefore not read.
///
/// # Errors
///
/// When formulas compute who the respondents are, or no program has computed the formulas.
pub(super) fn chosen(
    table: &str,
    (headed, row): (Vec<Headed>, u32),
    facts: &Facts,
    wish: &Wish<'_>,
) -> Result<(Vec<Headed>, Vec<String>), Stop> {
    let formulas =
        |column: &Headed| facts.formulas.get(&column.column).filter(|found| found.last > row);
    if let Some((column, found)) = wish.id(&headed).and_then(|id| Some((id, formulas(id)?))) {
        respondents(table, column, found, wish)?;
    }
    let is_item = |column: &Headed| wish.items.contains(column.name.as_str());
    let has_computed_items =
        headed.iter().any(|column| is_item(column) && formulas(column).is_some());
    if wish.stored && has_computed_items && facts.are_uncomputed() {
        return Err(Stop::wrong(format!(
            "{table}: the stored value of every formula is 0, because no program has computed them"
        ))
        .help("open the workbook in a spreadsheet program, let it compute everything again (opening and saving is not enough), and save it"));
    }
    let id = wish.id(&headed).map(|id| id.column);
    let (computed, read): (Vec<_>, Vec<_>) = headed.into_iter().partition(|column| {
        !wish.stored && !is_item(column) && id != Some(column.column) && formulas(column).is_some()
    });
    let name =
        |column: &Headed| format!("`{}` ({})", quote(&column.name), column_name(column.column));
    Ok((read, computed.iter().map(name).collect()))
}

/// Refuses respondents whose names are computed.
fn respondents(
    table: &str,
    column: &Headed,
    found: &Formulas,
    wish: &Wish<'_>,
) -> Result<(), Stop> {
    let row = match (wish.stored, found.valueless) {
        (false, _) => found.first,
        (true, Some(row)) => row,
        (true, None) => return Ok(()),
    };
    let (name, place) = (quote(&column.name), cell_name(row, column.column));
    let what = if wish.stored { "a formula without a stored value" } else { "a formula" };
    Err(Stop::wrong(format!("{table}: the column `{name}` names the respondents, but {place} is {what}"))
        .help(match wish.stored {
            true => "open the workbook in a spreadsheet program, and save it, so that the values are stored",
            false => "replace the formulas by their values, or use `--stored-values` if the stored values are up to date",
        }))
}
