//! Reads CDISC Dataset-JSON 1.1: an object with columns and rows, or its lines, of which the first has the columns.

use std::io::Read;

use serde::Deserialize;
use serde_json::Value;

use super::source::{Source, SourceCell, SourceColumn};
use super::surveyjs_table::text;
use crate::Stop;

const HELP: &str =
    "give a Dataset-JSON file of version 1.1, as JSON or NDJSON, or export the answers as CSV";

/// What a file states before its rows.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "datasetJSONVersion")]
    version: String,
    columns: Vec<Column>,
    records: Option<u64>,
    rows: Option<Vec<Vec<Value>>>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
    label: Option<String>,
}

/// A dataset.
pub(super) struct DatasetJson {
    columns: Vec<SourceColumn>,
    rows: std::vec::IntoIter<Vec<Value>>,
    bytes: u64,
}

impl DatasetJson {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When the file is damaged, has another version, or has fewer rows than it states.
    pub(super) fn open(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        let text = text(name, input)?;
        let (head, rows) = parse(name, &text)?;
        if !head.version.starts_with("1.1") {
            let version: String = head.version.chars().take(20).collect();
            return Err(Stop::wrong(format!(
                "{name}: this is version `{version}` of Dataset-JSON, and only 1.1 is read"
            ))
            .help(HELP));
        }
        let (width, count) = (head.columns.len(), rows.len());
        if let Some(at) = rows.iter().position(|row| row.len() != width) {
            return Err(Stop::wrong(format!(
                "{name}: row {} has {} values, but the file has {width} columns",
                at + 1,
                rows[at].len()
            ))
            .help(HELP));
        }
        if let Some(stated) = head.records.filter(|stated| *stated != count as u64) {
            return Err(Stop::wrong(format!(
                "{name}: the file states {stated} rows (`records`), but has {count}"
            ))
            .help("the file may be incomplete: export it again"));
        }
        let columns = head.columns.into_iter().map(|column| SourceColumn {
            name: column.name,
            label: column.label,
            ..SourceColumn::default()
        });
        let (columns, rows) = (columns.collect(), rows.into_iter());
        Ok(Self { columns, rows, bytes: text.len() as u64 })
    }
}

fn parse(name: &str, text: &str) -> Result<(Head, Vec<Vec<Value>>), Stop> {
    let wrong = |line: usize, column: usize| {
        Stop::wrong(format!("{name}:{line}:{column}: this is not valid Dataset-JSON")).help(HELP)
    };
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Head>();
    let mut head = match values.next() {
        Some(Ok(head)) => head,
        Some(Err(error)) => return Err(wrong(error.line(), error.column())),
        None => return Err(wrong(1, 1)),
    };
    let end = values.byte_offset();
    let before = text[..end].matches('\n').count();
    let more = serde_json::Deserializer::from_str(&text[end..]).into_iter::<Vec<Value>>();
    let more = more.collect::<Result<Vec<_>, _>>();
    let more = more.map_err(|error| wrong(before + error.line(), error.column()))?;
    match (head.rows.take(), more) {
        (Some(rows), more) if more.is_empty() => Ok((head, rows)),
        (None, more) => Ok((head, more)),
        (Some(_), _) => Err(wrong(before + 1, 1)),
    }
}

impl Source for DatasetJson {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop> {
        let Some(values) = self.rows.next() else { return Ok(false) };
        row.extend(values.into_iter().map(cell));
        Ok(true)
    }

    fn progress(&self) -> u64 {
        self.bytes
    }
}

fn cell(value: Value) -> SourceCell {
    match value {
        Value::Null => SourceCell::Blank,
        Value::Bool(truth) => SourceCell::Truth(truth),
        Value::Number(number) => match number.as_f64() {
            Some(number) => SourceCell::Number(number),
            None => SourceCell::Error("is not a number".to_owned()),
        },
        Value::String(text) if text.is_empty() => SourceCell::Blank,
        Value::String(text) => SourceCell::Text(text),
        Value::Array(_) | Value::Object(_) => {
            SourceCell::Error("is a list or an object, not a value".to_owned())
        }
    }
}
