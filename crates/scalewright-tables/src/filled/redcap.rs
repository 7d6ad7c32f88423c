//! Writes the answers of filled forms as a file that REDCap imports, with the fields of our own export.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind, ResponseScale};

use super::form::{Answers, Cell};
use crate::Stop;
use crate::scores::CsvCells;
use crate::scores::redcap_fields::{COMPLETE, RECORD, columns, refuse_names, status, ticks};

/// The file. Each form is a record.
///
/// # Errors
///
/// When REDCap cannot have the name of a field, a form names no respondent, or two forms name the same one: REDCap would
/// replace the answers of the first by those of the second.
pub(super) fn bytes<'r>(
    instrument: &Instrument,
    rows: impl Iterator<Item = (&'r str, &'r Answers)>,
) -> Result<Vec<u8>, Stop> {
    let items: Vec<(&str, &ResponseScale)> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| (item.id.as_str(), instrument.response(ItemIx(at))))
        .collect();
    let mut names = vec![RECORD.to_owned()];
    names.extend(items.iter().flat_map(|(id, scale)| columns(id, scale)));
    names.push(status(&instrument.id));
    refuse_names(&names)?;
    let rows: Vec<(&str, &Answers)> = rows.collect();
    refuse_records(&rows)?;
    let (mut cells, mut text) = (CsvCells::new(b',', false), Vec::new());
    cells.line(&mut text, names.iter().map(String::as_str));
    for (_, answers) in rows {
        let row = row(answers, &items);
        cells.line(&mut text, row.iter().map(String::as_str));
    }
    Ok(text)
}

fn refuse_records(rows: &[(&str, &Answers)]) -> Result<(), Stop> {
    let mut forms: BTreeMap<&str, &str> = BTreeMap::new();
    for (form, answers) in rows {
        let respondent = answers.respondent.trim();
        if respondent.is_empty() {
            let message = format!(
                "no import file for REDCap can be written: `{form}` names no respondent, and a record has a name"
            );
            return Err(Stop::wrong(message).help(
                "have the form name the respondent, or read it as CSV and fill in the column",
            ));
        }
        if let Some(other) = forms.insert(respondent, form) {
            let message = format!(
                "no import file for REDCap can be written: `{other}` and `{form}` are both of the respondent `{}`, \
                 and REDCap would keep only one",
                quote(respondent)
            );
            return Err(Stop::wrong(message)
                .help("read the forms of each occasion apart, and import each with its `redcap_event_name`"));
        }
    }
    Ok(())
}

fn row(answers: &Answers, items: &[(&str, &ResponseScale)]) -> Vec<String> {
    let mut cells = vec![answers.respondent.trim().to_owned()];
    for ((_, scale), cell) in items.iter().zip(&answers.cells) {
        let chosen = chosen(cell);
        match ticks(scale, chosen.as_deref()) {
            Some(ticks) => cells.extend(ticks),
            None => cells.push(match cell {
                Cell::Missing => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) if scale.kind == ResponseKind::Time => hour(text),
                Cell::Text(text) => text.clone(),
            }),
        }
    }
    let complete = if answers.answered() > 0 { COMPLETE } else { "" };
    cells.push(complete.to_owned());
    cells
}

/// A clock time with two digits for the hour.
fn hour(time: &str) -> String {
    if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() }
}

/// The values of the marked boxes; `None` without a mark.
fn chosen(cell: &Cell) -> Option<Vec<OptionValue>> {
    let value = |text: &str| OptionValue::of(text.parse().ok()?);
    match cell {
        Cell::Missing => None,
        Cell::Number(number) => Some(OptionValue::of(*number).into_iter().collect()),
        Cell::Text(text) => Some(text.split(';').filter_map(value).collect()),
    }
}
