//! Responses in: a CSV or JSON table of coded answers, every one checked against the definition.

mod csv_table;
mod json_table;

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::{Instrument, ItemIx, ResponseKind, did_you_mean};
use scalewright_scoring::{Column, Responses};

use crate::library::plain;
use crate::{Stop, Terminal, render};

/// A table as read: names of columns, and cells that may be empty.
pub(crate) struct RawTable {
    /// The names of the columns, in order.
    pub(crate) columns: Vec<String>,
    /// The rows: a cell a column; nothing where a cell is empty.
    pub(crate) rows: Vec<Vec<Option<String>>>,
    /// For each row, where it is in the file, for messages: `row 3 (line 4)`.
    pub(crate) places: Vec<String>,
}

/// Responses that the definition allows, and who gave them.
pub(crate) struct Table {
    /// The name of the column that names the respondent.
    pub(crate) id_column: String,
    /// Who answered, a row each.
    pub(crate) ids: Vec<String>,
    /// The coded answers.
    pub(crate) responses: Responses,
}

/// An answer that the definition does not allow.
struct Fault {
    row: usize,
    column: usize,
    text: String,
}

/// More faults than this are counted, not shown.
const SHOWN: usize = 50;
/// The columns that name the respondent when none is given, in order of preference.
const ID_COLUMNS: [&str; 3] = ["respondent", "id", "record_id"];

/// Reads the responses in `path`, or reports every answer that the definition does not allow.
pub(crate) fn read(
    path: &Path,
    id_column: Option<&str>,
    instrument: &Instrument,
    terminal: &mut Terminal<'_>,
) -> Result<Table, Stop> {
    let name = path.display().to_string();
    let bytes = std::fs::read(terminal.cwd.join(path))
        .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let raw = match is_json {
        true => json_table::read(&name, &bytes)?,
        false => csv_table::read(&name, &bytes)?,
    };
    let columns = columns(&name, &raw, instrument)?;
    let id_column = id_column_of(&name, &raw, id_column, instrument)?;
    tell_ignored(&raw, &columns, id_column, terminal);
    let mut faults = Vec::new();
    let responses = coded(&name, &raw, &columns, instrument, &mut faults);
    // As they stand in the table: by row, then by column.
    faults.sort_by_key(|fault| (fault.row, fault.column));
    report(&name, &faults, terminal)?;
    let ids = match id_column {
        Some(column) => {
            raw.rows.iter().map(|row| row[column].clone().unwrap_or_default()).collect()
        }
        None => (1..=raw.rows.len()).map(|row| row.to_string()).collect(),
    };
    let id_column = id_column.map_or("row".to_owned(), |column| raw.columns[column].clone());
    Ok(Table { id_column, ids, responses })
}

/// For each item, the column that holds its answers.
fn columns(name: &str, raw: &RawTable, instrument: &Instrument) -> Result<Vec<usize>, Stop> {
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, column) in raw.columns.iter().enumerate() {
        if positions.insert(column, position).is_some() {
            return Err(Stop::wrong(format!("{name}: there are two columns called `{column}`"))
                .help("remove one of them"));
        }
    }
    let found: Vec<Option<usize>> =
        instrument.items.iter().map(|item| positions.get(item.id.as_str()).copied()).collect();
    let missing: Vec<&str> = instrument
        .items
        .iter()
        .zip(&found)
        .filter(|(_, column)| column.is_none())
        .map(|(item, _)| item.id.as_str())
        .collect();
    match missing.first() {
        None => Ok(found.into_iter().flatten().collect()),
        Some(first) => Err(no_column(name, raw, &missing, first)),
    }
}

fn no_column(name: &str, raw: &RawTable, missing: &[&str], first: &str) -> Stop {
    let mut list: Vec<String> = missing.iter().take(6).map(|id| format!("`{id}`")).collect();
    if missing.len() > 6 {
        list.push(format!("{} more", missing.len() - 6));
    }
    let stop = Stop::wrong(format!("{name}: there is no column for {}", list.join(", ")));
    let near = scalewright_model::closest(first, raw.columns.iter().map(String::as_str));
    stop.help(match near {
        Some(near) => format!("is `{near}` the column of `{first}`? rename it"),
        None => "add the column; leave its cells empty if the item was not asked".to_owned(),
    })
}

fn id_column_of(
    name: &str,
    raw: &RawTable,
    given: Option<&str>,
    instrument: &Instrument,
) -> Result<Option<usize>, Stop> {
    let position = |wanted: &str| raw.columns.iter().position(|column| column == wanted);
    if let Some(given) = given {
        return position(given).map(Some).ok_or_else(|| {
            let stop = Stop::wrong(format!("{name}: there is no column `{given}`"));
            match did_you_mean(given, raw.columns.iter().map(String::as_str)) {
                Some(help) => stop.help(help),
                None => stop,
            }
        });
    }
    let is_item = |column: &str| instrument.items.iter().any(|item| item.id == column);
    Ok(ID_COLUMNS.iter().filter(|column| !is_item(column)).find_map(|column| position(column)))
}

/// Columns that are neither items nor the respondent: not an error, but nothing is ignored in silence.
fn tell_ignored(
    raw: &RawTable,
    columns: &[usize],
    id_column: Option<usize>,
    terminal: &mut Terminal<'_>,
) {
    let ignored: Vec<String> = (0..raw.columns.len())
        .filter(|position| !columns.contains(position) && id_column != Some(*position))
        .map(|position| format!("`{}`", render::clean(&raw.columns[position])))
        .collect();
    match ignored.len() {
        0 => {}
        1..=8 => terminal.tell(&format!("note: not items, so not used: {}\n", ignored.join(", "))),
        more => terminal.tell(&format!(
            "note: not items, so not used: {} and {} more\n",
            ignored[..7].join(", "),
            more - 7
        )),
    }
}

fn coded(
    name: &str,
    raw: &RawTable,
    columns: &[usize],
    instrument: &Instrument,
    faults: &mut Vec<Fault>,
) -> Responses {
    let mut items = Vec::new();
    for (index, &column) in columns.iter().enumerate() {
        let mut answers = Column::default();
        for (row, (cells, place)) in raw.rows.iter().zip(&raw.places).enumerate() {
            let cell = cells[column].as_deref();
            let answer = answer(cell, ItemIx(index), instrument).unwrap_or_else(|why| {
                let id = &instrument.items[index].id;
                let shown: String = cell.unwrap_or_default().chars().take(40).collect();
                let text = format!("{name}: {place}, column `{id}`: `{shown}` {why}");
                faults.push(Fault { row, column, text });
                None
            });
            answers.push(answer);
        }
        items.push(answers);
    }
    Responses { rows: raw.rows.len(), items }
}

/// The coded answer in a cell: a number that the response scale allows, or nothing.
fn answer(
    cell: Option<&str>,
    item: ItemIx,
    instrument: &Instrument,
) -> Result<Option<f64>, String> {
    let Some(cell) = cell.map(str::trim).filter(|cell| !cell.is_empty()) else { return Ok(None) };
    let response = instrument.response(item);
    // Texts, dates and lists of choices are never scored: any answer will do.
    if response.bounds().is_none() && !matches!(response.kind, ResponseKind::Numeric { .. }) {
        return Ok(None);
    }
    if cell == "NA" {
        return Ok(None);
    }
    let number: f64 = cell.parse().map_err(|_| "is not a number".to_owned())?;
    response.accepts(number).map_err(|why| format!("is no answer: {why}"))?;
    Ok(Some(number))
}

fn report(name: &str, faults: &[Fault], terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    if faults.is_empty() {
        return Ok(());
    }
    for fault in faults.iter().take(SHOWN) {
        terminal.tell(&format!("error: {}\n", render::clean(&fault.text)));
    }
    if faults.len() > SHOWN {
        terminal.tell(&format!("… and {} more\n", faults.len() - SHOWN));
    }
    let count = match faults.len() {
        1 => "1 answer is".to_owned(),
        more => format!("{more} answers are"),
    };
    Err(Stop::wrong(format!("{name}: {count} not allowed by the definition; nothing was scored"))
        .help("correct the cells named above, or empty them if nothing was answered"))
}
