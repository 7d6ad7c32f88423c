//! Reads files of Stata, of all versions, with the crate `dta`.

mod bounded;
mod cells;

use std::fs::File;
use std::io::{BufReader, ErrorKind};

use dta::stata::dta::dta_error::{DtaError, Result};
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::record_reader::RecordReader;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label_table::ValueLabelTable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::temporal::TemporalKind;

use self::bounded::{Bounded, Watch};
use super::guard::guarded;
use super::row_reader::MOST_COLUMNS;
use super::source::{Source, SourceCell, SourceColumn};
use crate::Stop;

/// The maximum size of all long texts together, which are in memory, and of a row, in bytes.
const MOST_LONG_TEXT: usize = 64 << 20;
const LONGEST_ROW: usize = 32 << 20;
/// The maximum number of value labels of all columns together. A set of labels may belong to many columns.
const MOST_LABELS: usize = 2_000_000;

type Input = Bounded<BufReader<File>>;

/// A file of Stata.
pub(crate) struct Dta {
    name: String,
    columns: Vec<SourceColumn>,
    times: Vec<Option<TemporalKind>>,
    records: RecordReader<Input>,
    long_texts: LongStringTable,
    watch: Watch,
    rows: u64,
    at_end: bool,
}

/// What is read before the rows.
struct Parts {
    labels: ValueLabelTable,
    long_texts: LongStringTable,
    records: RecordReader<Input>,
}

impl Dta {
    /// Reads everything but the rows.
    ///
    /// # Errors
    ///
    /// When the file is damaged, or too large in one of its parts.
    pub(crate) fn open(name: &str, file: File) -> std::result::Result<Self, Stop> {
        let (input, watch) = Bounded::new(file).map_err(|error| {
            let why = scalewright_model::text::plain(&error);
            Stop::usage(format!("cannot read `{name}`: {why}"))
        })?;
        let parts = guarded(|| open(input, &watch));
        let Parts { labels, long_texts, records } = match parts {
            Some(Ok(parts)) => parts,
            Some(Err(error)) => return Err(damaged(name, &error)),
            None => return Err(broken(name)),
        };
        let schema = records.schema();
        let columns = columns(schema, &labels).map_err(|why| {
            Stop::wrong(format!("{name}: {why}")).help("give a table with fewer columns")
        })?;
        let variables = schema.variables();
        let times =
            variables.iter().map(|variable| TemporalKind::from_format(variable.format())).collect();
        if columns.is_empty() {
            return Err(Stop::wrong(format!("{name}: the file has no variables")));
        }
        let name = name.to_owned();
        Ok(Self { name, columns, times, records, long_texts, watch, rows: 0, at_end: false })
    }
}

fn open(input: Input, watch: &Watch) -> Result<Parts> {
    let schema = DtaReader::new().from_reader(input).read_header()?;
    if usize::try_from(schema.header().variable_count()).is_ok_and(|count| count > MOST_COLUMNS) {
        return Err(bounded::refused("the table has more than 100,000 columns"));
    }
    let characteristics = schema.read_schema()?;
    let variables = characteristics.schema().variables();
    let widths = variables.iter().map(|variable| width(variable.variable_type()));
    if widths.sum::<usize>() > LONGEST_ROW {
        return Err(bounded::refused("a row is longer than 32 MiB"));
    }
    let has_long = variables.iter().any(|of| of.variable_type() == VariableType::LongString);
    // From here to the rows, numbers of four bytes are lengths, which must not lead beyond the end of the file.
    watch.expect_lengths(characteristics.header().byte_order());
    let mut labels = ValueLabelTable::new();
    let mut sets = characteristics.seek_value_labels()?;
    while let Some(set) = sets.read_value_label_set()? {
        labels.insert(set);
    }
    let mut long_texts = LongStringTable::for_reading();
    let records = match has_long {
        true => {
            let mut reader = sets.seek_long_strings()?;
            let mut size = 0;
            while let Some(text) = reader.read_long_string()? {
                size += text.data().len();
                if size > MOST_LONG_TEXT {
                    return Err(bounded::refused(
                        "its long texts take more than 64 MiB: drop them",
                    ));
                }
                long_texts.get_or_insert(text.variable(), text.observation(), text.into_content());
            }
            reader.seek_records()?
        }
        false => sets.seek_records()?,
    };
    watch.expect_cells();
    Ok(Parts { labels, long_texts, records })
}

/// The number of bytes of a value in a row.
fn width(kind: VariableType) -> usize {
    match kind {
        VariableType::Byte => 1,
        VariableType::Int => 2,
        VariableType::Long | VariableType::Float => 4,
        VariableType::Double | VariableType::LongString => 8,
        VariableType::FixedString(width) => width.into(),
    }
}

/// Makes the columns, each with the labels of its values.
fn columns(
    schema: &Schema,
    labels: &ValueLabelTable,
) -> std::result::Result<Vec<SourceColumn>, String> {
    let mut count = 0;
    let mut columns = Vec::new();
    for variable in schema.variables() {
        let set = Some(variable.value_label_name()).filter(|name| !name.is_empty());
        let set = set.and_then(|name| labels.get(name));
        let entries = set.map_or(&[][..], |set| set.entries());
        count += entries.len();
        if count > MOST_LABELS {
            return Err(format!("its columns have more than {MOST_LABELS} value labels"));
        }
        let label = |of: &dta::stata::dta::value_label::ValueLabelEntry| {
            (cells::labelled(of.value()), of.label().to_owned())
        };
        columns.push(SourceColumn {
            name: variable.name().to_owned(),
            label: Some(variable.label().to_owned()).filter(|label| !label.is_empty()),
            value_labels: entries.iter().map(label).collect(),
            ..SourceColumn::default()
        });
    }
    Ok(columns)
}

fn damaged(name: &str, error: &DtaError) -> Stop {
    if let Some(why) = bounded::reason(error) {
        return Stop::wrong(format!("{name}: {why}")).help("save a smaller table");
    }
    let why = match error {
        DtaError::Io { section, source } if source.kind() == ErrorKind::UnexpectedEof => {
            format!("it ends within its {section} section")
        }
        error => error.to_string(),
    };
    Stop::wrong(format!("{name}: the Stata file is damaged: {why}"))
        .help("get the file again, or open it in Stata and save it")
}

/// The error for a file on which the library failed.
fn broken(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the Stata file is damaged"))
        .help("get the file again, or open it in Stata and save it")
}

impl Source for Dta {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> std::result::Result<bool, Stop> {
        if self.at_end {
            return Ok(false);
        }
        let (records, times, long) = (&mut self.records, &self.times, &self.long_texts);
        let encoding = records.encoding();
        let text = |reference: &_| {
            long.get(reference)
                .and_then(|text| text.data_str(encoding).map(std::borrow::Cow::into_owned))
        };
        let read = guarded(|| -> Result<bool> {
            let Some(record) = records.read_record()? else { return Ok(false) };
            for (value, time) in record.values().iter().zip(times) {
                row.push(match value {
                    // An empty long text is stored nowhere.
                    Value::LongStringRef(at) if at.variable() == 0 || at.observation() == 0 => {
                        SourceCell::Blank
                    }
                    Value::LongStringRef(reference) => cells::long(text(reference)),
                    value => cells::cell(value, *time),
                });
            }
            Ok(true)
        });
        match read {
            Some(Ok(is_there)) => {
                self.at_end = !is_there;
                self.rows += u64::from(is_there);
                Ok(is_there)
            }
            Some(Err(error)) => {
                Err(damaged(&format!("{}: after row {}", self.name, self.rows), &error))
            }
            None => Err(broken(&self.name)),
        }
    }

    fn progress(&self) -> u64 {
        self.watch.position()
    }
}
