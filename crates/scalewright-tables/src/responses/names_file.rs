//! `--names FILE`: the field names of items and scores in a study, from the table that the export of the study wrote.

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::Instrument;

use crate::Stop;

use super::csv_table::CsvTable;
use super::format;
use super::input::Input;
use super::row_reader::RowReader;

/// Returns the column of each item and scale of `instrument` in the table, with the position of its row.
pub(super) fn read(
    path: &Path,
    instrument: &Instrument,
    cwd: &Path,
) -> Result<BTreeMap<String, (String, String)>, Stop> {
    let name = path.display().to_string();
    let (input, kind, _) = Input::open(&name, &cwd.join(path))?.0.kind(&name)?;
    if let Some(foreign) = kind.foreign() {
        return Err(format::refuse(&name, &foreign));
    }
    let mut table = CsvTable::open(&name, input.reader())?;
    let header = table.columns().to_vec();
    let at = |wanted: &str| header.iter().position(|column| column == wanted);
    let (Some(field), Some(id)) = (at("field_name"), at("id")) else {
        return Err(Stop::wrong(format!("{name}: the columns `field_name` and `id` are missing"))
            .help("give the table of names that `scalewright export --to redcap` wrote"));
    };
    let of = at("instrument");
    let mut found = BTreeMap::new();
    while table.machine_row()? {
        let row = table.record();
        // A row may be shorter than the header: `machine_row` does not compare them.
        let cell = |at: usize| match at < row.cells() {
            true => row.text(at).trim().to_owned(),
            false => String::new(),
        };
        // A table of only one instrument has no column `instrument`.
        let is_ours = of.is_none_or(|of| cell(of) == instrument.id);
        let (field, id) = (cell(field), cell(id));
        let is_item = || instrument.items.iter().any(|item| item.id == id);
        let is_scale = || instrument.scales.iter().any(|scale| scale.id == id);
        if !is_ours || !(is_item() || is_scale()) {
            continue;
        }
        let place = format!("{name}:{}:1", row.line());
        if found.contains_key(&id) {
            return Err(Stop::wrong(format!("{place}: `{id}` has a second field name")).help(
                "one of the two lines is wrong: export the study again to get a correct table",
            ));
        }
        found.insert(id, (field, place));
    }
    Ok(found)
}
