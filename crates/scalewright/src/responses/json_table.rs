//! A JSON list of objects, one a respondent: `[{"respondent": "p1", "calm1": 3, "calm2": null}]`.

use serde_json::Value;

use crate::Stop;

use super::RawTable;

/// Reads a list of flat objects. Columns are the keys of all of them.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<RawTable, Stop> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Stop::wrong(format!("{name}: {place}: this is not JSON"))
    })?;
    let Value::Array(list) = value else {
        return Err(Stop::wrong(format!("{name}: the file is not a list"))
            .help("write `[{\"respondent\": \"p1\", \"item1\": 3}]`, an object a respondent"));
    };
    let mut table = RawTable { columns: Vec::new(), rows: Vec::new(), places: Vec::new() };
    let mut positions: std::collections::BTreeMap<String, usize> = Default::default();
    for (index, entry) in list.into_iter().enumerate() {
        let place = format!("row {}", index + 1);
        let Value::Object(entry) = entry else {
            return Err(Stop::wrong(format!("{name}: {place} is not an object")));
        };
        let mut row = vec![None; table.columns.len()];
        for (key, value) in entry {
            let next = positions.len();
            let position = *positions.entry(key.clone()).or_insert(next);
            if position == table.columns.len() {
                table.columns.push(key.clone());
                row.push(None);
            }
            row[position] = cell(value).map_err(|what| {
                Stop::wrong(format!("{name}: {place}, column `{key}`: {what} is no answer"))
                    .help("an answer is a number, a text, true, false or null")
            })?;
        }
        table.rows.push(row);
        table.places.push(place);
    }
    let width = table.columns.len();
    table.rows.iter_mut().for_each(|row| row.resize(width, None));
    Ok(table)
}

/// A value as a cell: yes and no are coded 1 and 0.
fn cell(value: Value) -> Result<Option<String>, &'static str> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(u8::from(truth).to_string())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::String(text) => Ok((!text.is_empty()).then_some(text)),
        Value::Array(_) => Err("a list"),
        Value::Object(_) => Err("an object"),
    }
}
