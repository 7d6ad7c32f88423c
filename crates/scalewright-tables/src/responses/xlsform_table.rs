//! Reads submissions of XLSForms as ODK Central, KoboToolbox and Ona export them to CSV.
//!
//! The header of a question is its name, after the names of its groups: `feelings-calm_1` in ODK Central,
//! `feelings/calm_1` in KoboToolbox and Ona. KoboToolbox and Ona add a column for each choice of a question with several
//! choices. Ids contain neither sign.

use std::collections::BTreeSet;
use std::io::Read;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::Stop;

use super::cell_meaning::CellMeaning;
use super::csv_table::CsvTable;
use super::map_file::Map;
use super::redcap_table::RedcapTable;
use super::row_reader::RowReader;
use super::ticks::Ticks;
use super::word_cells::WordCells;
use super::worded::Wordings;

/// The columns that identify a submission, in order of preference.
pub(super) const SUBMISSION: [&str; 7] =
    ["KEY", "meta-instanceID", "meta/instanceID", "__id", "instanceID", "_uuid", "_id"];
/// What divides the names of groups and questions.
const DIVIDERS: [char; 2] = ['/', '-'];

/// Opens a table, and reads its header.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    instrument: &Instrument,
    map: &Map,
) -> Result<RedcapTable, Stop> {
    let table = CsvTable::open(name, input)?;
    let worded = worded(name, table.columns(), instrument, map)?;
    let is_worded = worded.is_some();
    let columns = worded.unwrap_or_else(|| named(table.columns(), instrument, map));
    let ticks = Ticks::new(name, &choices(table.columns()), instrument, &|item, option| {
        let own = map.column(&instrument.items[item.0].id);
        let value = option.value.to_string();
        let codes = option.code.iter().chain([&value]);
        codes.map(|code| format!("{own}/{code}")).collect()
    })?;
    let table = RedcapTable::plain(name, table, columns, instrument, map);
    let table = table.with_ticks(ticks.with_zeros());
    Ok(match is_worded {
        true => table.with_cells(CellMeaning::Words(WordCells::new(instrument))),
        false => table,
    })
}

/// The names of columns, and for each whether it has a choice of several.
type Named = (Vec<String>, Vec<bool>);

/// The names of the columns of an export with labels as headers, which has labels in its cells too. The labels of groups may
/// precede those of questions. `None` if an item has a column of its own name.
fn worded(
    name: &str,
    header: &[String],
    instrument: &Instrument,
    map: &Map,
) -> Result<Option<Named>, Stop> {
    let items = instrument.items.iter().map(|item| map.column(&item.id));
    let (own, _) = named(header, instrument, map);
    if items.clone().any(|item| own.iter().any(|column| column == item)) {
        return Ok(None);
    }
    let words = Wordings::new(instrument, map);
    let question = |column: &String| match column.rsplit_once('/') {
        // A label may contain the sign itself.
        Some((_, question)) if !words.has(column) && words.has(question) => question.to_owned(),
        _ => column.clone(),
    };
    let texts: Vec<String> = header.iter().map(question).collect();
    let found = words.items(name, &texts)?;
    if found.iter().flatten().count() < instrument.items.len() {
        return Ok(None);
    }
    let several = instrument.items.iter().enumerate().find(|(at, _)| {
        matches!(instrument.response(ItemIx(*at)).kind, ResponseKind::SeveralChoice { .. })
    });
    if let Some((_, item)) = several {
        let message = format!(
            "{name}: labels of several choices, such as those of `{}`, are joined by spaces",
            item.id
        );
        return Err(Stop::wrong(message).help("export XML values and headers instead of labels"));
    }
    let columns = words.names(header, &found);
    let choices = vec![false; columns.len()];
    Ok(Some((columns, choices)))
}

/// The headers, of which those of choices are the question and the choice without groups: `symptoms/2`.
fn choices(header: &[String]) -> Vec<String> {
    let own = |column: &String| {
        let (question, choice) = column.rsplit_once('/')?;
        let question = question.rsplit(DIVIDERS).next().unwrap_or_default();
        Some(format!("{question}/{choice}"))
    };
    header.iter().map(|column| own(column).unwrap_or_else(|| column.clone())).collect()
}

/// Returns the names of the columns without groups, and whether each is that of a choice.
fn named(header: &[String], instrument: &Instrument, map: &Map) -> Named {
    let items = instrument.items.iter().map(|item| map.column(&item.id));
    let scales = instrument.scales.iter();
    let scales = scales.map(|scale| map.named_stated(&scale.id).unwrap_or(&scale.id));
    let wanted: BTreeSet<&str> = items.chain(scales).collect();
    let several = instrument.items.iter().enumerate().filter(|(at, _)| {
        let kind = &instrument.response(ItemIx(*at)).kind;
        matches!(kind, ResponseKind::SeveralChoice { options: _ })
    });
    let several: BTreeSet<&str> = several.map(|(_, item)| map.column(&item.id)).collect();
    let column = |column: &String| {
        let last = column.rsplit(DIVIDERS).next().unwrap_or_default();
        if wanted.contains(last) {
            return (last.to_owned(), false);
        }
        let question = column.rsplit_once('/').and_then(|(groups, _)| groups.rsplit('/').next());
        (column.clone(), question.is_some_and(|question| several.contains(question)))
    };
    header.iter().map(column).unzip()
}
