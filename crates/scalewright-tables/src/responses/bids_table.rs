//! Reads phenotype data of BIDS: a TSV file whose first column is the participant, in which `n/a` is an empty cell. The
//! JSON file beside it describes the columns; its levels must not contradict the definition.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use scalewright_model::text::{line, plain};
use scalewright_model::{Instrument, ItemIx};
use serde_json::{Map as Object, Value};

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::labels::{LabelMatch, Labels};
use super::map_file::Map;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader as _;
use crate::Stop;

/// The most bytes of the file that describes the columns.
const LONGEST: u64 = 16 << 20;
/// At most this many contradictions are shown.
const SHOWN: usize = 6;

/// Opens a table. `path` is its place, beside which the description of its columns may be.
///
/// # Errors
///
/// When the table or its description cannot be read, or the levels contradict the definition.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    path: Option<&Path>,
    (instrument, map): (&Instrument, &Map),
) -> Result<RedcapTable, Stop> {
    let table = CsvTable::open(name, input)?;
    if let Some(path) = path {
        described(name, &path.with_extension("json"), (instrument, map))?;
    }
    let columns = table.columns().to_vec();
    let choices = vec![false; columns.len()];
    let table = RedcapTable::plain(name, table, (columns, choices), instrument, map);
    Ok(table.with_cells(CellMeaning::Blank("n/a")))
}

/// Compares the levels in the description with the options of the items, if there is a description.
fn described(name: &str, path: &Path, of: (&Instrument, &Map)) -> Result<(), Stop> {
    let Ok(file) = File::open(path) else { return Ok(()) };
    let shown = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::usage(format!("cannot read `{shown}`: {}", plain(&error))))?;
    let help = "it describes the columns of the table: correct it, or remove it";
    if bytes.len() as u64 > LONGEST {
        return Err(
            Stop::wrong(format!("{name}: `{shown}` beside it is longer than 16 MiB")).help(help)
        );
    }
    let columns: Object<String, Value> = serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Stop::wrong(format!("{name}: `{shown}` beside it is no JSON object ({line}:{column})"))
            .help(help)
    })?;
    let found = contradictions(&columns, of);
    if found.is_empty() {
        return Ok(());
    }
    let more = found.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let list = found[..found.len().min(SHOWN)].join("; ");
    Err(Stop::wrong(format!("{name}: `{shown}` beside it contradicts the definition: {list}{more}"))
        .help("find out which is right: correct the answers, the description of the columns, or the definition"))
}

/// The levels whose label belongs to an option with another value.
fn contradictions(
    columns: &Object<String, Value>,
    (instrument, map): (&Instrument, &Map),
) -> Vec<String> {
    let mut found = Vec::new();
    for (at, item) in instrument.items.iter().enumerate() {
        let column = map.column(&item.id);
        let levels = columns.get(column).and_then(|about| about.get("Levels")?.as_object());
        let labels = Labels::new(instrument, ItemIx(at));
        for (code, label) in levels.into_iter().flatten() {
            // The description of a level is a text, or an object with it.
            let text = label.as_str().or_else(|| label.get("Description")?.as_str());
            let LabelMatch::One(value) = labels.find(text.unwrap_or_default()) else { continue };
            if code.parse() != Ok(value.number()) {
                found.push(format!(
                    "`{}` of `{}` is {} there and {value} here",
                    line(text.unwrap_or_default()),
                    line(column),
                    line(code)
                ));
            }
        }
    }
    found
}
