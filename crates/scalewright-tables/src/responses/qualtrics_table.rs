//! Reads exports from Qualtrics: CSV or tabs with three rows of headers, which are the names of the columns, the words
//! of the questions, and the import ids.
//!
//! The column of an item has its id, in a study after the id of the instrument. The column of a slider may end in `_1`. A
//! question with several choices has one column with all of them, or one for each choice, which ends in its number.

use std::collections::BTreeSet;
use std::io::Read;

use scalewright_model::{Instrument, ItemIx, ResponseKind, Scale};
use scalewright_scoring::looked_into;

use crate::Stop;

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::map_file::Map;
use super::qualtrics_cells::QualtricsCells;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader as _;

/// The column that identifies a response.
pub(super) const RESPONSE: &str = "ResponseId";

/// How each cell of the third row begins.
const IMPORT_ID: &str = "{\"ImportId\":";

/// Opens a table, and reads its three rows of headers.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let mut table = CsvTable::open_any(name, input)?;
    for _ in 0..2 {
        if !table.machine_row()? {
            return Err(no_headers(name));
        }
    }
    let record = table.record();
    let is_import_id = |cell: usize| record.text(cell).trim_start().starts_with(IMPORT_ID);
    if record.cells() != table.columns().len() || !(0..record.cells()).all(is_import_id) {
        return Err(no_headers(name));
    }
    let (columns, choices) = named(table.columns(), instrument, map);
    not_divided(name, table.columns(), &columns, instrument, map)?;
    let cells = CellMeaning::Qualtrics(QualtricsCells::new(&columns, instrument, map));
    Ok(RedcapTable::plain(name, table, (columns, choices), instrument, map).with_cells(cells))
}

/// Refuses a column for each choice of an item that scores look into: its number may be that of the choice or its value.
fn not_divided(
    name: &str,
    header: &[String],
    columns: &[String],
    instrument: &Instrument,
    map: &Map,
) -> Result<(), Stop> {
    for item in looked_into(instrument) {
        let id = &instrument.items[item.0].id;
        let own = map.column(id);
        let at = columns.iter().position(|column| column == own);
        if at.is_some_and(|at| !header[at].ends_with(own)) {
            let message = format!("{name}: each choice of `{id}` has a column of its own");
            return Err(Stop::wrong(message).help(
                "export the data again without `Split multi-value fields into columns`: scores look into the choices",
            ));
        }
    }
    Ok(())
}

fn no_headers(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the table does not have the three rows of headers of a Qualtrics export"))
        .help("export the data as CSV from Qualtrics and give the file unchanged; for a table with one row of names, leave out `--from qualtrics`")
}

/// Returns the names of the columns without the id of the instrument, and whether each is that of a choice.
fn named(header: &[String], instrument: &Instrument, map: &Map) -> (Vec<String>, Vec<bool>) {
    let items: BTreeSet<&str> = instrument.items.iter().map(|item| map.column(&item.id)).collect();
    let of_kind = |is: fn(&ResponseKind) -> bool| {
        let items = instrument.items.iter().enumerate();
        let items = items.filter(move |(at, _)| is(&instrument.response(ItemIx(*at)).kind));
        items.map(|(_, item)| map.column(&item.id)).collect::<BTreeSet<&str>>()
    };
    let sliders = of_kind(|kind| matches!(kind, ResponseKind::VisualAnalogue { .. }));
    let several = of_kind(|kind| matches!(kind, ResponseKind::SeveralChoice { options: _ }));
    let prefix = format!("{}__", instrument.id);
    let is_study = header.iter().any(|column| column.starts_with(&prefix));
    let mut seen = BTreeSet::new();
    let column = |column: &String| {
        let own = match column.strip_prefix(&prefix) {
            Some(own) => own,
            // A column of another instrument of the study, whose items may have the same ids.
            None if is_study
                && (items.contains(column.as_str()) || is_result(column, instrument)) =>
            {
                return (format!("{column} (not of {})", instrument.id), false);
            }
            None => column,
        };
        match own.rsplit_once('_') {
            _ if items.contains(own) => (own.to_owned(), false),
            Some((item, "1")) if sliders.contains(item) => (item.to_owned(), false),
            // Ticks are not scored, but the item counts as asked.
            Some((item, number)) if several.contains(item) && is_number(number) => {
                match seen.insert(item.to_owned()) {
                    true => (item.to_owned(), false),
                    false => (own.to_owned(), true),
                }
            }
            _ => (own.to_owned(), is_of_survey(own, instrument)),
        }
    };
    header.iter().map(column).unzip()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_result(column: &str, instrument: &Instrument) -> bool {
    instrument.scales.iter().any(|scale| scale.id == column)
}

/// Whether a field of our surveys is no answer and no score: how the survey flow decides, the version, and what is
/// known about a score.
fn is_of_survey(column: &str, instrument: &Instrument) -> bool {
    let mark = |scale: &Scale| {
        let ending = column.strip_prefix(scale.id.as_str()).and_then(|rest| rest.strip_prefix('_'));
        ending.is_some_and(|ending| {
            matches!(ending, "answered" | "prorated" | "band") || ending.starts_with("band_")
        })
    };
    // Ids contain no double underscores; in a study they precede the fields of other instruments.
    column.contains("__") || instrument.scales.iter().any(mark)
}
