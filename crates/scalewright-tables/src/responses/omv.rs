//! Files of jamovi (`.omv`): an archive with the description of the columns, their labels, and their values, one column
//! after another.

mod condition;
mod levels;

use std::collections::BTreeMap;
use std::fs::File;

use serde::Deserialize;
use serde_json::Value;

use scalewright_model::ItemIx;
use scalewright_model::text::quote;

use crate::Stop;

use super::archive::Archive;
use super::labels::Labels;
use super::row_reader::{About, RowReader};
use super::source::{Source, SourceCell, SourceColumn};
use super::source_table::SourceTable;

/// The most bytes of the descriptions, and of the values.
const MOST_OF_TEXTS: u64 = 64 << 20;
const MOST_OF_VALUES: u64 = 1 << 30;

/// The whole number that means a missing value.
const MISSING: i32 = i32::MIN;

/// What the file says of its columns.
#[derive(Deserialize)]
struct Description {
    #[serde(rename = "dataSet")]
    data: DataSet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataSet {
    row_count: usize,
    fields: Vec<Field>,
    #[serde(default)]
    weights: Value,
}

/// A column.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    /// How the values are stored: `integer`, `number` or `string`.
    #[serde(rename = "type")]
    kind: String,
    /// What the values are: the whole numbers of a `Text` column are positions among its labels.
    #[serde(default)]
    data_type: String,
    #[serde(default)]
    column_type: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    missing_values: Vec<String>,
}

/// The labels of a column: the stored value and the label of each, and more that is not needed.
#[derive(Deserialize, Default)]
struct Extra {
    #[serde(default)]
    labels: Vec<Vec<Value>>,
}

/// A jamovi file, read row by row.
struct Omv {
    name: String,
    columns: Vec<SourceColumn>,
    stores: Vec<Store>,
    values: Vec<u8>,
    texts: Vec<u8>,
    rows: usize,
    row: usize,
    notes: Vec<String>,
}

/// Where the values of a column are, and what they are.
struct Store {
    /// The position of the first value.
    from: usize,
    kind: StoreKind,
}

enum StoreKind {
    /// Whole numbers.
    Whole,
    /// Whole numbers that are positions among texts, or among the answers that those name.
    Level(BTreeMap<i32, SourceCell>),
    /// Numbers with decimals.
    Decimal,
    /// Positions of texts.
    Text,
}

impl StoreKind {
    fn width(&self) -> usize {
        if matches!(self, Self::Decimal) { 8 } else { 4 }
    }
}

/// Opens a file.
///
/// # Errors
///
/// When the file is damaged or too large.
pub(super) fn open(name: &str, file: File, about: &About<'_>) -> Result<Box<dyn RowReader>, Stop> {
    let omv = Omv::read(name, file)?.fitting(about);
    Ok(Box::new(SourceTable::new(Box::new(omv)).named(name)))
}

impl Omv {
    fn read(name: &str, file: File) -> Result<Self, Stop> {
        let mut archive = Archive::open(name, "jamovi file", file)?;
        let text = archive.text("metadata.json", MOST_OF_TEXTS)?;
        let description: Result<Description, _> = serde_json::from_str(&text);
        let DataSet { row_count: rows, fields, weights } =
            description.map_err(|_| archive.damaged("metadata.json"))?.data;
        let labels = labels(&mut archive)?;
        let values = archive.content("data.bin", MOST_OF_VALUES)?;
        let texts = archive.content("strings.bin", MOST_OF_VALUES)?;
        let (mut from, mut stores, mut columns) = (0_usize, Vec::new(), Vec::new());
        for field in &fields {
            let labels = labels.get(&field.name).map_or(&[][..], |extra| &extra.labels);
            let kind = store_kind(field, labels).ok_or_else(|| archive.damaged("metadata.json"))?;
            let size = rows.checked_mul(kind.width());
            columns.push(column(name, field, labels, &kind)?);
            stores.push(Store { from, kind });
            let end = size.and_then(|size| from.checked_add(size));
            from = end
                .filter(|end| *end <= values.len())
                .ok_or_else(|| archive.damaged("data.bin"))?;
        }
        let notes = notes(name, &fields, &weights);
        Ok(Self { name: name.to_owned(), columns, stores, values, texts, rows, row: 0, notes })
    }

    /// Reads the texts of items by the labels of the definition: jamovi stores a factor as positions among its labels, and so
    /// the labels decide. A column with codes among its texts is left as it is.
    fn fitting(mut self, about: &About<'_>) -> Self {
        let mut by_label = Vec::new();
        for (at, item) in about.instrument.items.iter().enumerate() {
            let column = about.map.column(&item.id);
            let Some(at_column) = self.columns.iter().position(|own| own.name == column) else {
                continue;
            };
            let labels = Labels::new(about.instrument, ItemIx(at));
            if let StoreKind::Level(texts) = &mut self.stores[at_column].kind
                && levels::name_answers(texts, &labels)
            {
                by_label.push(format!("`{}`", quote(column)));
            }
        }
        if !by_label.is_empty() {
            let list = by_label.join(", ");
            self.notes.push(format!("{}: read by the labels of the definition: {list}", self.name));
        }
        self
    }

    /// The value of a column in the current row; `None` if the file is damaged.
    fn cell(&self, store: &Store) -> Option<SourceCell> {
        let at = store.from + self.row * store.kind.width();
        let bytes = self.values.get(at..)?;
        if let StoreKind::Decimal = store.kind {
            let number = f64::from_le_bytes(*bytes.first_chunk()?);
            return Some(if number.is_nan() {
                SourceCell::Blank
            } else {
                SourceCell::Number(number)
            });
        }
        let number = i32::from_le_bytes(*bytes.first_chunk()?);
        if number == MISSING {
            return Some(SourceCell::Blank);
        }
        Some(match &store.kind {
            StoreKind::Level(labels) => labels.get(&number)?.clone(),
            StoreKind::Text => SourceCell::Text(self.text(number)?),
            StoreKind::Whole | StoreKind::Decimal => SourceCell::Number(f64::from(number)),
        })
    }

    /// The text at a position of the list of texts. Each ends in a zero.
    fn text(&self, at: i32) -> Option<String> {
        let rest = self.texts.get(usize::try_from(at).ok()?..)?;
        let end = memchr::memchr(0, rest)?;
        String::from_utf8(rest[..end].to_vec()).ok()
    }
}

/// The labels of all columns.
fn labels(archive: &mut Archive) -> Result<BTreeMap<String, Extra>, Stop> {
    let text = archive.text("xdata.json", MOST_OF_TEXTS)?;
    match text.is_empty() {
        true => Ok(BTreeMap::new()),
        false => serde_json::from_str(&text).map_err(|_| archive.damaged("xdata.json")),
    }
}

/// The stored value and the text of a label.
fn label(entry: &[Value]) -> Option<(i32, &str)> {
    let value = i32::try_from(entry.first()?.as_i64()?).ok()?;
    Some((value, entry.get(1)?.as_str()?))
}

fn store_kind(field: &Field, labels: &[Vec<Value>]) -> Option<StoreKind> {
    Some(match field.kind.as_str() {
        "integer" if field.data_type == "Text" => {
            let labels = labels.iter().filter_map(|entry| label(entry));
            let cell = |text: &str| SourceCell::Text(text.to_owned());
            StoreKind::Level(labels.map(|(value, text)| (value, cell(text))).collect())
        }
        "integer" => StoreKind::Whole,
        "number" => StoreKind::Decimal,
        "string" => StoreKind::Text,
        _ => return None,
    })
}

fn column(
    table: &str,
    field: &Field,
    labels: &[Vec<Value>],
    kind: &StoreKind,
) -> Result<SourceColumn, Stop> {
    let label = (!field.description.is_empty()).then(|| field.description.clone());
    let named = labels.iter().filter_map(|entry| self::label(entry));
    // jamovi also lists the numbers themselves as labels.
    let named = named.filter(|(value, text)| *text != value.to_string());
    let value_labels = match kind {
        StoreKind::Whole => {
            named.map(|(value, text)| (SourceCell::Number(value.into()), text.to_owned())).collect()
        }
        _ => Vec::new(),
    };
    let mut missing = Vec::new();
    for text in &field.missing_values {
        let declared = condition::missing(text).ok_or_else(|| {
            let (text, name) = (quote(text), quote(&field.name));
            Stop::wrong(format!(
                "{table}: the missing value `{text}` of the column `{name}` cannot be read"
            ))
            .help("change it in jamovi, or export the table as CSV")
        })?;
        missing.extend(declared);
    }
    Ok(SourceColumn { name: field.name.clone(), label, value_labels, missing, label_bytes: None })
}

/// What the file has besides values: filters, computed columns, and weights.
fn notes(table: &str, fields: &[Field], weights: &Value) -> Vec<String> {
    let of_kind = |kinds: &[&str]| {
        let found = fields.iter().filter(|field| kinds.contains(&field.column_type.as_str()));
        found.map(|field| format!("`{}`", quote(&field.name))).collect::<Vec<_>>().join(", ")
    };
    let mut notes = Vec::new();
    let filters = of_kind(&["Filter"]);
    if !filters.is_empty() {
        notes.push(format!("{table}: filters, which leave out no row here: {filters}"));
    }
    let computed = of_kind(&["Computed", "Recoded", "Output"]);
    if !computed.is_empty() {
        notes.push(format!(
            "{table}: columns that jamovi computed, read with their stored values: {computed}"
        ));
    }
    if let Some(weights) = weights.as_str().filter(|weights| !weights.is_empty()) {
        notes.push(format!("{table}: weighted by `{}`: not used", quote(weights)));
    }
    notes
}

impl Source for Omv {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop> {
        if self.row == self.rows {
            return Ok(false);
        }
        for (store, column) in self.stores.iter().zip(&self.columns) {
            let cell = self.cell(store).ok_or_else(|| {
                let (row, name) = (self.row + 1, quote(&column.name));
                Stop::wrong(format!("{}: row {row}, column `{name}` has no valid value", self.name))
                    .help("open the file in jamovi, and save it again")
            })?;
            row.push(cell);
        }
        self.row += 1;
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    fn progress(&self) -> u64 {
        (self.row as u64) * self.stores.iter().map(|store| store.kind.width() as u64).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::Omv;
    use crate::responses::source::{DeclaredMissing, Source, SourceCell};

    const METADATA: &str = r#"{"dataSet": {"rowCount": 2, "weights": "w", "fields": [
        {"name": "id", "type": "string", "dataType": "Text", "columnType": "Data"},
        {"name": "q1", "type": "integer", "dataType": "Integer", "missingValues": ["== 98", ">= 100"]},
        {"name": "q2", "type": "integer", "dataType": "Text"},
        {"name": "w", "type": "number", "dataType": "Decimal", "columnType": "Computed"},
        {"name": "Filter 1", "type": "integer", "dataType": "Integer", "columnType": "Filter"}]}}"#;
    const LABELS: &str = r#"{"q1": {"labels": [[1, "a little", "1", false], [2, "2", "2", false]]},
        "q2": {"labels": [[0, "never", "never", false], [5, "often", "often", false]]}}"#;

    fn file(metadata: &str, values: &[u8]) -> std::fs::File {
        let mut zip = ZipWriter::new(tempfile::tempfile().expect("a file"));
        let parts: [(&str, &[u8]); 4] = [
            ("metadata.json", metadata.as_bytes()),
            ("xdata.json", LABELS.as_bytes()),
            ("data.bin", values),
            ("strings.bin", b"007\0\xc3\xa9\0"),
        ];
        for (name, content) in parts {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(content).expect("its content");
        }
        let mut file = zip.finish().expect("an archive");
        file.rewind().expect("a file");
        file
    }

    fn values() -> Vec<u8> {
        let whole = |numbers: [i32; 2]| numbers.map(i32::to_le_bytes).concat();
        let mut values = [whole([0, 4]), whole([1, i32::MIN]), whole([5, 0])].concat();
        values.extend([0.5, f64::NAN].map(f64::to_le_bytes).concat());
        values.extend(whole([1, 0]));
        values
    }

    #[test]
    fn a_file_is_read_cell_by_cell() {
        let mut omv = Omv::read("a.omv", file(METADATA, &values())).expect("a jamovi file");
        let columns = omv.columns();
        let labels = [(SourceCell::Number(1.0), "a little".to_owned())];
        assert_eq!(columns[1].value_labels, labels);
        let missing = [
            DeclaredMissing::Value(SourceCell::Number(98.0)),
            DeclaredMissing::Range(100.0, f64::INFINITY),
        ];
        assert_eq!(columns[1].missing, missing);
        let (number, text) = (SourceCell::Number, |text: &str| SourceCell::Text(text.to_owned()));
        let mut row = Vec::new();
        assert!(omv.next(&mut row).expect("a row"));
        assert_eq!(row, [text("007"), number(1.0), text("often"), number(0.5), number(1.0)]);
        row.clear();
        assert!(omv.next(&mut row).expect("a row"));
        assert_eq!(
            row,
            [text("é"), SourceCell::Blank, text("never"), SourceCell::Blank, number(0.0)]
        );
        assert!(!omv.next(&mut row).expect("the end"));
        assert_eq!(omv.notes().len(), 3);
    }

    #[test]
    fn damaged_files_are_refused() {
        let all = values();
        assert!(Omv::read("a.omv", file(METADATA, &all[..all.len() - 1])).is_err());
        assert!(Omv::read("a.omv", file("{}", &all)).is_err());
        let huge = METADATA.replace("\"rowCount\": 2", "\"rowCount\": 18446744073709551615");
        assert!(Omv::read("a.omv", file(&huge, &all)).is_err());
        let mut beyond = all;
        beyond[0] = 200;
        let mut omv = Omv::read("a.omv", file(METADATA, &beyond)).expect("a jamovi file");
        assert!(omv.next(&mut Vec::new()).is_err());
    }
}
