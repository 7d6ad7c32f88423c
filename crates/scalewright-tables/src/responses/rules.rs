//! What cells mean, in every format: each rule of `rules.toml` is read as CSV, JSON, JSON Lines, Parquet and as a table of
//! another program.

use std::io::Write;
use std::path::Path;

use scalewright_check::{Input, Source as File, check};
use scalewright_model::{Choice, Instrument};
use serde::Deserialize;
use toml::Value;

use super::meaning::{DateOrder, DecimalMark, Meaning, ThousandsMark};
use super::opened::{Opened, Reading};
use super::source::{Source, SourceCell, SourceColumn};
use super::source_table::SourceTable;
use super::{Advice, Batch, KeptColumns, TableInput, open};
use crate::Stop;

/// A rule: a column, and what is read from it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Rule {
    name: String,
    item: String,
    cells: Vec<Value>,
    #[serde(default)]
    formats: Vec<String>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    labels: bool,
    decimal: Option<String>,
    thousands: Option<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    date_format: Option<String>,
    map: Option<String>,
    #[serde(default)]
    read: Vec<String>,
    #[serde(default)]
    refused: Vec<String>,
    advice: Option<String>,
    stop: Option<String>,
}

#[derive(Deserialize)]
struct Rules {
    rules: Vec<Rule>,
}

const FORMATS: [&str; 6] = ["csv", "semicolons", "json", "jsonl", "parquet", "source"];

/// A table of another program in memory.
struct Cells {
    columns: Vec<SourceColumn>,
    rows: std::vec::IntoIter<Vec<SourceCell>>,
}

impl Source for Cells {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop> {
        row.extend(self.rows.next().into_iter().flatten());
        Ok(!row.is_empty())
    }
}

fn instrument() -> Instrument {
    let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.into() };
    let definition = file("instrument.toml", include_str!("rules/definition.toml"));
    let beside = vec![file("de.toml", include_str!("rules/de.toml"))];
    let checked = check(Input { beside, ..Input::alone(definition) });
    let sound = checked.sound().cloned();
    sound.unwrap_or_else(|| panic!("{:?}", checked.findings))
}

/// The choice with this name.
fn named<C: Choice>(name: Option<&String>) -> Option<C> {
    let named = |name| C::ALL.iter().copied().find(|choice| choice.name() == name);
    name.map(|name| named(name.as_str()).expect("a choice"))
}

impl Rule {
    fn reading(&self, folder: &Path) -> Reading {
        let map = self.map.as_ref().map(|text| {
            std::fs::write(folder.join("map.toml"), text).expect("a map");
            "map.toml".into()
        });
        let meaning = Meaning {
            labels: self.labels,
            decimal: named::<DecimalMark>(self.decimal.as_ref()),
            thousands: named::<ThousandsMark>(self.thousands.as_ref()),
            yes: self.yes.clone(),
            no: self.no.clone(),
            dates: named::<DateOrder>(self.date_format.as_ref()),
        };
        Reading { map, missing_codes: self.missing.clone(), meaning, ..Reading::default() }
    }

    /// The items of a row: a cell for the item of the rule, and nothing for the others.
    fn row<'r>(
        &'r self,
        items: &'r [String],
        cell: &'r Value,
    ) -> impl Iterator<Item = Option<&'r Value>> {
        items.iter().map(move |item| (*item == self.item).then_some(cell))
    }

    fn text(&self, items: &[String], delimiter: &str) -> String {
        let quoted = |cell: &Value| format!("\"{}\"", shown(cell).replace('"', "\"\""));
        let mut lines = vec![items.join(delimiter)];
        for cell in &self.cells {
            let cells = self.row(items, cell).map(|cell| cell.map(quoted).unwrap_or_default());
            lines.push(cells.collect::<Vec<_>>().join(delimiter));
        }
        lines.join("\n") + "\n"
    }

    fn objects(&self, items: &[String]) -> Vec<String> {
        let object = |cell: &Value| {
            let cells = items.iter().zip(self.row(items, cell));
            let cells = cells.map(|(item, cell)| (item.clone(), json(cell)));
            serde_json::Value::Object(cells.collect()).to_string()
        };
        self.cells.iter().map(object).collect()
    }

    fn source(&self, items: &[String]) -> Box<dyn Source> {
        let column = |name: &String| SourceColumn { name: name.clone(), ..SourceColumn::default() };
        let cell = |cell: Option<&Value>| match cell {
            None => SourceCell::Blank,
            Some(Value::String(text)) => SourceCell::Text(text.clone()),
            Some(number) => SourceCell::Number(shown(number).parse().expect("a number")),
        };
        let row = |value| self.row(items, value).map(cell).collect::<Vec<_>>();
        let rows: Vec<Vec<SourceCell>> = self.cells.iter().map(row).collect();
        Box::new(Cells { columns: items.iter().map(column).collect(), rows: rows.into_iter() })
    }

    /// Opens the rule as a table in a format.
    fn open(&self, format: &str, instrument: &Instrument, folder: &Path) -> Result<Opened, Stop> {
        let items: Vec<String> = instrument.items.iter().map(|item| item.id.clone()).collect();
        let reading = self.reading(folder);
        let (name, bytes) = match format {
            "csv" => ("t.csv", self.text(&items, ",").into_bytes()),
            "semicolons" => ("t.csv", self.text(&items, ";").into_bytes()),
            "json" => ("t.json", format!("[{}]", self.objects(&items).join(",")).into_bytes()),
            "jsonl" => ("t.jsonl", self.objects(&items).join("\n").into_bytes()),
            "source" => ("t.jsonl", self.objects(&items).join("\n").into_bytes()),
            _ => ("t.parquet", self.parquet(&items, folder)),
        };
        let path = folder.join(name);
        std::fs::File::create(&path).and_then(|mut file| file.write_all(&bytes)).expect("a file");
        let from = TableInput::File { shown: name.into(), path };
        let mut opened = open(from, &reading, instrument, folder, &mut Vec::new())?;
        if format == "source" {
            opened.reader = Box::new(SourceTable::new(self.source(&items)));
        }
        Ok(opened)
    }

    #[cfg(feature = "columnar")]
    fn parquet(&self, items: &[String], folder: &Path) -> Vec<u8> {
        use crate::{TableCell, TableColumn, TableFormat, TableWriter, ValueKind};
        let numbers: Option<Vec<f64>> = self.cells.iter().map(number).collect();
        let kind = if numbers.is_some() { ValueKind::Number } else { ValueKind::Text };
        let columns = items.iter().map(|name| TableColumn { name: name.clone(), kind }).collect();
        let path = folder.join("written.parquet");
        let file = Box::new(std::fs::File::create(&path).expect("a file"));
        let mut writer =
            TableWriter::new(columns, TableFormat::Parquet, (file, false)).expect("a table");
        for value in &self.cells {
            let cell = |cell: Option<&Value>| match (cell, kind) {
                (None, _) => TableCell::Empty,
                (Some(cell), ValueKind::Number) => {
                    number(cell).map_or(TableCell::Empty, TableCell::Number)
                }
                (Some(cell), _) => TableCell::Text(shown(cell).into()),
            };
            let row: Vec<TableCell<'_>> = self.row(items, value).map(cell).collect();
            writer.row(&row).expect("a row");
        }
        writer.finish().expect("a table");
        std::fs::read(path).expect("a table")
    }

    #[cfg(not(feature = "columnar"))]
    fn parquet(&self, _: &[String], _: &Path) -> Vec<u8> {
        Vec::new()
    }

    /// Reads the rule in a format: what each row contains, and the faults with the advice.
    fn read(
        &self,
        format: &str,
        instrument: &Instrument,
    ) -> Result<(Vec<String>, Vec<String>, String), Stop> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut table = self.open(format, instrument, folder.path())?;
        let mut notes = Vec::new();
        let mut plan = table.plan(KeptColumns::Silent, instrument, &mut notes).map_err(|stop| {
            let notes = notes.iter().map(|note| note.text.as_str()).collect::<String>();
            Stop { message: format!("{}{notes}", stop.message), ..stop }
        })?;
        let item = plan.names.iter().position(|name| *name == self.item).expect("the item");
        let (mut read, mut faults, mut advice) = (Vec::new(), Vec::new(), Advice::default());
        let mut more = true;
        while more {
            let mut batch = table.batch(&plan);
            more = table.fill(&mut plan, &mut batch)?;
            read.extend((0..batch.responses.rows).map(|row| said(&batch, row, item)));
            for fault in &batch.faults {
                advice.see(fault);
                faults.push(fault.reason.clone());
            }
        }
        Ok((read, faults, advice.help(instrument).unwrap_or_default()))
    }
}

/// What a row says about an item.
fn said(batch: &Batch, row: usize, item: usize) -> String {
    let absent = batch.absent.iter().find(|absent| (absent.row, absent.item) == (row, item));
    match (batch.responses.items[item].get(row), absent) {
        (Some(number), _) => number.to_string(),
        (None, Some(absent)) => format!("({})", absent.reason),
        (None, None) => "blank".to_owned(),
    }
}

fn number(cell: &Value) -> Option<f64> {
    match cell {
        Value::Integer(number) => number.to_string().parse().ok(),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn shown(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        number => self::number(number).expect("a number").to_string(),
    }
}

fn json(cell: Option<&Value>) -> serde_json::Value {
    match cell {
        None => serde_json::Value::Null,
        Some(Value::String(text)) => text.as_str().into(),
        Some(cell) => number(cell).into(),
    }
}

#[test]
fn cells_mean_the_same_in_every_format() {
    let rules: Rules = toml::from_str(include_str!("rules/rules.toml")).expect("rules");
    let instrument = instrument();
    for rule in &rules.rules {
        let formats = FORMATS.iter().filter(|format| {
            let wanted = rule.formats.is_empty() || rule.formats.iter().any(|one| one == *format);
            // Between semicolons commas prove themselves, which rules of their own show.
            let own = **format == "semicolons" && rule.item == "hours" && rule.refused.len() == 1;
            let is_built = **format != "parquet" || cfg!(feature = "columnar");
            wanted && is_built && (!own || !rule.formats.is_empty())
        });
        for format in formats {
            let place = format!("{} ({format})", rule.name);
            let (read, faults, advice) = match (rule.read(format, &instrument), &rule.stop) {
                (Ok(read), None) => read,
                (Err(stop), Some(expected)) => {
                    assert!(stop.message.contains(expected), "{place}: {}", stop.message);
                    continue;
                }
                (Err(stop), None) => panic!("{place}: {}", stop.message),
                (Ok(_), Some(_)) => panic!("{place}: not stopped"),
            };
            assert_eq!(faults.len(), rule.refused.len(), "{place}: {faults:?}");
            for (fault, expected) in faults.iter().zip(&rule.refused) {
                assert!(fault.contains(expected.as_str()), "{place}: {fault}");
            }
            if faults.is_empty() {
                assert_eq!(read, rule.read, "{place}");
            }
            if let Some(expected) = &rule.advice {
                assert_eq!(advice, *expected, "{place}");
            }
        }
    }
}
