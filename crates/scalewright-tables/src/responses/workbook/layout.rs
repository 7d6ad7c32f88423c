//! Finds out whether a sheet is one table with one header row: titles above the header, a second header row, and merged
//! cells are refused, because nothing is guessed.

use std::collections::{BTreeSet, VecDeque};

use scalewright_model::text::quote;
use scalewright_model::{Instrument, ItemIx};

use crate::Stop;
use crate::responses::labels::{LabelMatch, Labels};
use crate::responses::map_file::Map;
use crate::responses::source::SourceCell;

use super::cells::{SheetCell, SheetRow, cell_name};
use super::facts::Facts;
use super::header::Headed;

/// The number of rows after the first one that are examined.
pub(super) const EXAMINED: usize = 8;

/// The columns that answer items, by their names.
pub(super) fn item_columns<'a>(instrument: &'a Instrument, map: &'a Map) -> BTreeSet<&'a str> {
    instrument.items.iter().map(|item| map.column(&item.id)).collect()
}

/// Refuses a sheet whose first row is a title: a later one has more of the names of `wanted`.
pub(super) fn refuse_title(
    table: &str,
    first: &SheetRow,
    next: &VecDeque<SheetRow>,
    wanted: &BTreeSet<&str>,
) -> Result<(), Stop> {
    let names = |row: &SheetRow| {
        let names = row.cells.iter().filter_map(|cell| match &cell.value {
            SourceCell::Text(text) => Some(text.trim()),
            _ => None,
        });
        names.filter(|name| wanted.contains(name)).count()
    };
    let here = names(first);
    // Two names, or the only one, are no coincidence.
    let better = next.iter().find(|row| names(row) > here && names(row) >= wanted.len().min(2));
    let Some(better) = better else { return Ok(()) };
    let (row, first) = (better.row + 1, first.row + 1);
    Err(Stop::wrong(format!(
        "{table}: the names of the columns are in row {row}, not in row {first}"
    ))
    .help(format!("delete the rows above row {row}, so that it is the first one")))
}

/// Refuses a second header row: its cells are no answers, and those of the next row are.
pub(super) fn refuse_second_header(
    table: &str,
    (instrument, map): (&Instrument, &Map),
    headed: &[Headed],
    next: &VecDeque<SheetRow>,
) -> Result<(), Stop> {
    let (Some(first), Some(second)) = (next.front(), next.get(1)) else { return Ok(()) };
    let items: Vec<(u32, ItemIx)> = items(instrument, map, headed).collect();
    let found = |row: &SheetRow| -> (usize, usize) {
        let cells = items.iter().filter_map(|(column, item)| Some((cell(row, *column)?, *item)));
        let answers: Vec<bool> =
            cells.map(|(cell, item)| is_answer(instrument, item, &cell.value)).collect();
        (answers.len(), answers.iter().filter(|is_answer| **is_answer).count())
    };
    let ((filled, answers), (_, below)) = (found(first), found(second));
    if answers > 0 || below == 0 || filled < items.len().div_ceil(2).max(items.len().min(2)) {
        return Ok(());
    }
    let shown = items.iter().find_map(|(column, _)| cell(first, *column));
    let shown = shown.map_or(String::new(), |cell| {
        format!(" (`{}` in {})", quote(&cell.value.text()), cell_name(first.row, cell.column))
    });
    let row = first.row + 1;
    Err(Stop::wrong(format!(
        "{table}: row {row} is a second header row, not a row of answers{shown}"
    ))
    .help(format!(
        "delete row {row}, so that the answers follow the row with the ids of the items"
    )))
}

/// The columns of items, each with its item.
fn items<'a>(
    instrument: &'a Instrument,
    map: &'a Map,
    headed: &'a [Headed],
) -> impl Iterator<Item = (u32, ItemIx)> + 'a {
    instrument.items.iter().enumerate().filter_map(|(at, item)| {
        let column = headed.iter().find(|headed| headed.name == map.column(&item.id))?;
        Some((column.column, ItemIx(at)))
    })
}

fn cell(row: &SheetRow, column: u32) -> Option<&SheetCell> {
    row.cells.iter().find(|cell| cell.column == column)
}

/// Whether a cell may be an answer or a missing code.
fn is_answer(instrument: &Instrument, item: ItemIx, value: &SourceCell) -> bool {
    let SourceCell::Text(text) = value else { return true };
    let text = text.trim();
    text.parse::<f64>().is_ok()
        || text == "NA"
        || instrument.response(item).coded(text).is_some()
        || Labels::new(instrument, item).find(text) != LabelMatch::None
}

/// Refuses merged cells within the table.
pub(super) fn refuse_merged(
    table: &str,
    row: u32,
    headed: &[Headed],
    facts: &Facts,
) -> Result<(), Stop> {
    let last = facts.last_row().unwrap_or(row);
    let inside = facts.merged.iter().filter(|area| {
        let has_column = |headed: &Headed| (area.from.1..=area.to.1).contains(&headed.column);
        area.to.0 >= row && area.from.0 <= last && headed.iter().any(has_column)
    });
    let names: Vec<String> = inside.map(|area| format!("{area}")).collect();
    if names.is_empty() {
        return Ok(());
    }
    let shown = names[..names.len().min(5)].join(", ");
    let more =
        if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
    Err(Stop::wrong(format!("{table}: cells of the table are merged: {shown}{more}"))
        .help("of merged cells only the first has content: split them, and fill in the others"))
}
