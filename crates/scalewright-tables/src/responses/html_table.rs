//! Reads what our HTML forms save: everything as JSON, or the answers as CSV.
//!
//! In a study, JSON has a result for each instrument, and the names of the columns of CSV begin with the id of theirs.

use std::io::{Cursor, Read};

use scalewright_model::Instrument;
use serde_json::{Value, json};

use crate::Stop;

use super::csv_table::CsvTable;
use super::redcap_table::RedcapTable;
use super::row_reader::{About, RowReader};
use super::surveyjs_table::{FormResult, ResultKind, SurveyjsTable, text};

static HTML: ResultKind = ResultKind {
    result: result_of,
    help: "give what the form saved: the JSON file, several of them one after the other, or the CSV file",
    others: [
        "1 result is of another instrument and is not scored",
        "results are of other instruments and are not scored",
    ],
    version: "version",
};

/// What a result has, beside the answers and the scores.
const OWN: [&str; 7] =
    ["instrument", "version", "language", "respondent", "answers", "not-asked", "scores"];

/// Opens a file, and reads it or its header.
pub(super) fn open(
    name: &str,
    input: Box<dyn Read>,
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    let text = text(name, input)?;
    if text.trim_start().starts_with(['{', '[']) {
        return Ok(Box::new(SurveyjsTable::of_text(name, &text, about, &HTML)?));
    }
    let About { instrument, map, form: _ } = about;
    let table = CsvTable::open(name, Box::new(Cursor::new(text.into_bytes())))?;
    let columns = named(table.columns(), instrument);
    Ok(Box::new(RedcapTable::plain(name, table, columns, instrument, map)))
}

/// The names of the columns without the id of the instrument. None of them is that of a choice.
fn named(header: &[String], instrument: &Instrument) -> (Vec<String>, Vec<bool>) {
    let prefix = format!("{}__", instrument.id);
    let own = |name: &String| name.strip_prefix(&prefix).unwrap_or(name).to_owned();
    header.iter().map(|name| (own(name), false)).unzip()
}

/// The answers and scores of a result, without their objects. An object that is not what our forms save stays as it is,
/// and its values are columns.
fn result_of(mut result: FormResult, instrument: &Instrument) -> Option<FormResult> {
    let is_own = result.keys().all(|key| OWN.contains(&key.as_str()));
    let (Some(Value::String(id)), true) = (result.get("instrument"), is_own) else {
        return Some(result);
    };
    if *id != instrument.id {
        return None;
    }
    let version = result.get("version").and_then(Value::as_str).unwrap_or_default();
    let version = json!(format!("{id} {version}"));
    let mut flat = FormResult::new();
    for key in ["scores", "answers"] {
        // Answers come last: a score may have the name of an item, and is then not compared.
        if let Some(Value::Object(values)) = result.remove(key) {
            flat.extend(values);
        }
    }
    if let Some(respondent) = result.remove("respondent").filter(|value| !value.is_null()) {
        flat.insert("respondent".to_owned(), respondent);
    }
    flat.insert("form__version".to_owned(), version);
    Some(flat)
}
