//! Reads REDCap exports of type "CSV / labels": headers are the labels of fields, cells the labels of choices, and a
//! checkbox has a column `Label (choice=Option)` for each option.
//!
//! The headers become those of a raw export, which is then read as such.

use std::io::Read;

use scalewright_model::text::line;
use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::map_file::Map;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader as _;
use super::word_cells::WordCells;
use super::worded::Wordings;
use crate::Stop;

/// The columns of REDCap itself, in exports of labels and in raw ones. The repeated instrument keeps its name: it is a
/// label here, too.
const OWN: [(&str, &str); 3] = [
    ("Event Name", "redcap_event_name"),
    ("Repeat Instance", "redcap_repeat_instance"),
    ("Data Access Group", "redcap_data_access_group"),
];

/// Opens a table, and reads its header.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let table = CsvTable::open(name, input)?;
    let cells = WordCells::new(instrument);
    let header = raw(name, table.columns(), &cells, (instrument, map))?;
    let table = RedcapTable::of_events(name, table, header, (instrument, map))?;
    Ok(table.with_cells(CellMeaning::Words(cells)))
}

/// The headers as a raw export has them.
fn raw(
    name: &str,
    labels: &[String],
    cells: &WordCells,
    (instrument, map): (&Instrument, &Map),
) -> Result<Vec<String>, Stop> {
    let choices: Vec<Option<(&str, &str)>> = labels.iter().map(|label| choice(label)).collect();
    let words = Wordings::new(instrument, map);
    let of_fields: Vec<String> = labels
        .iter()
        .zip(&choices)
        .map(|(label, choice)| if choice.is_some() { String::new() } else { label.clone() })
        .collect();
    let items = words.items(name, &of_fields)?;
    let mut names = words.names(labels, &items);
    for (at, choice) in choices.iter().enumerate() {
        if let Some((field, option)) = choice
            && let Some(item) = words.items(name, &[(*field).to_owned()])?[0]
            && takes_several(instrument, item)
        {
            names[at] = column(name, (item, option), cells, (instrument, map))?;
        }
    }
    for (label, raw) in OWN {
        let at = labels.iter().position(|own| own == label).filter(|at| items[*at].is_none());
        if let Some(at) = at {
            names[at] = raw.to_owned();
        }
    }
    Ok(names)
}

/// The label of the field and that of the choice in the header of a checkbox.
fn choice(label: &str) -> Option<(&str, &str)> {
    label.strip_suffix(')')?.split_once(" (choice=")
}

fn takes_several(instrument: &Instrument, item: usize) -> bool {
    matches!(instrument.response(ItemIx(item)).kind, ResponseKind::SeveralChoice { .. })
}

/// The raw name of the column of a choice.
fn column(
    name: &str,
    (item, option): (usize, &str),
    cells: &WordCells,
    (instrument, map): (&Instrument, &Map),
) -> Result<String, Stop> {
    let id = &instrument.items[item].id;
    let Some(value) = cells.option(item, option) else {
        return Err(Stop::wrong(format!(
            "{name}: `{}` is not the label of one option of `{id}`",
            line(option)
        ))
        .help("correct the header, or export the data as \"CSV / raw data\""));
    };
    let code = value.to_string().replace(['-', '.'], "_");
    Ok(format!("{}___{code}", map.column(id)))
}
