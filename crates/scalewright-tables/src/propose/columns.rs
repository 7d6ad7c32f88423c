//! The columns of a table with their labels and what their cells contain.

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::Instrument;

use crate::responses::{Batch, Plan, Reading, TableInput, open};
use crate::{Note, ResponsesFormat as Format, Stop};

/// At most this many rows of the table are examined.
const MOST_ROWS: u64 = 10_000;
/// At most this many different values of a column are counted. A column of answers has fewer.
const MOST_VALUES: usize = 200;
/// Longer cells are cut, which no answer is.
const LONGEST: usize = 200;

/// A column of a table.
#[derive(Debug)]
pub(super) struct TableColumn {
    pub(super) name: String,
    /// What the column is about, if the table states it.
    pub(super) label: Option<String>,
    /// The cells that are not empty, with their numbers.
    pub(super) values: BTreeMap<String, u64>,
    /// Whether the column has further values.
    pub(super) more: bool,
    /// The number of cells that are not empty.
    pub(super) filled: u64,
}

/// A table whose rows were examined.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<TableColumn>,
    pub(super) rows: u64,
    pub(super) more: bool,
}

/// Reads the columns of a table, and up to [`MOST_ROWS`] of its rows.
pub(super) fn columns(
    from: TableInput,
    reading: &Reading,
    instrument: &Instrument,
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Table, Stop> {
    let mut opened = open(from, reading, instrument, cwd, notes)?;
    let is_long = reading.long.is_some();
    let nested = match opened.format() {
        Some(Format::Fhir) => Some("FHIR responses"),
        Some(Format::Odm) => Some("ODM files"),
        format if is_long || format == Some(Format::Long) => Some("tables with one answer per row"),
        _ => None,
    };
    if let Some(what) = nested {
        return Err(Stop::usage(format!(
            "a map is proposed for tables with a column for each item, which {what} do not have"
        ))
        .help("they name their items themselves: `scalewright score` reads them without a map"));
    }
    let mut plan = Plan::of_columns(opened.reader.columns());
    plan.kept.retain(|kept| kept.column.is_some_and(|at| opened.reader.has_text(at)));
    let labels = |at: Option<usize>| at.and_then(|at| opened.reader.label(at)).map(str::to_owned);
    let mut columns: Vec<TableColumn> = plan
        .kept
        .iter()
        .map(|kept| TableColumn {
            name: kept.name.clone(),
            label: labels(kept.column),
            values: BTreeMap::new(),
            more: false,
            filled: 0,
        })
        .collect();
    let own = opened.reader.kept().len();
    let mut batch = opened.batch(&plan);
    let (mut rows, mut more) = (0, true);
    while more && rows < MOST_ROWS {
        batch.clear();
        more = opened.fill(&mut plan, &mut batch)?;
        refuse_broken(&opened.name, &batch)?;
        let taken = batch.numbers.len().min(usize::try_from(MOST_ROWS - rows).unwrap_or(0));
        for (column, cells) in columns.iter_mut().zip(&batch.kept[own..]) {
            (0..taken).filter_map(|row| cells.get(row)).for_each(|cell| column.see(cell));
        }
        more |= taken < batch.numbers.len();
        rows += taken as u64;
    }
    Ok(Table { name: opened.name, columns, rows, more })
}

/// Stops at a row that is no row of the table.
fn refuse_broken(name: &str, batch: &Batch) -> Result<(), Stop> {
    match batch.faults.first() {
        None => Ok(()),
        Some(fault) => Err(Stop::wrong(format!("{name}: {}", fault.text()))
            .help("each row needs one cell per column, in UTF-8; cells may be empty")),
    }
}

impl TableColumn {
    fn see(&mut self, cell: &str) {
        let cell = cell.trim();
        if matches!(cell, "" | "NA") {
            return;
        }
        self.filled += 1;
        if let Some(count) = self.values.get_mut(cell) {
            *count += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(cell.chars().take(LONGEST).collect(), 1);
        } else {
            self.more = true;
        }
    }
}
