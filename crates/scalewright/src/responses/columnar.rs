//! Parquet and Arrow: columns of one type each. Only the columns that are used are read from Parquet.

mod cells;
mod guard;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek};

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::Compression;

use crate::Stop;
use crate::cli::ResponsesFormat as Format;

use self::guard::guarded;
use super::Source;
use super::batch::{self, Batch, Fault};
use super::plan::Plan;

/// A table of columns.
struct Columnar {
    name: String,
    columns: Vec<String>,
    types: Vec<DataType>,
    reader: Reader,
    /// What has been read and is longer than a batch of ours.
    waiting: Option<RecordBatch>,
    rows: u64,
    /// How many rows and bytes there are, for the progress bar.
    all_rows: u64,
    bytes: u64,
    tables: Vec<Option<cells::Codes>>,
    checked: bool,
}

enum Reader {
    /// Not begun: which columns are read is not known yet.
    Parquet(Option<Box<ParquetRecordBatchReaderBuilder<File>>>),
    ParquetRows(Box<ParquetRecordBatchReader>),
    ArrowFile(Box<FileReader<BufReader<File>>>),
    ArrowStream(Box<StreamReader<BufReader<File>>>),
}

/// Opens a file of columns.
pub(super) fn open(name: &str, file: File, format: Format) -> Result<Box<dyn Source>, Stop> {
    let bytes = file.metadata().map_or(0, |about| about.len());
    let (reader, schema, all_rows) = match format {
        Format::Parquet => parquet(name, file)?,
        _ => arrow(name, file)?,
    };
    let columns = schema.fields().iter().map(|field| field.name().clone()).collect();
    let types = schema.fields().iter().map(|field| field.data_type().clone()).collect();
    Ok(Box::new(Columnar {
        name: name.to_owned(),
        columns,
        types,
        reader,
        waiting: None,
        rows: 0,
        all_rows,
        bytes,
        tables: Vec::new(),
        checked: false,
    }))
}

type Begun = (Reader, std::sync::Arc<Schema>, u64);

fn parquet(name: &str, file: File) -> Result<Begun, Stop> {
    let (builder, compressed) = guarded(|| {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).ok()?;
        let compressed = unknown_compression(&builder);
        Some((builder, compressed))
    })
    .flatten()
    .ok_or_else(|| damaged(name, "a Parquet file"))?;
    if let Some(how) = compressed {
        return Err(Stop::wrong(format!("{name}: the file is compressed by {how}"))
            .help("write it with snappy, zstd, lz4_raw or no compression"));
    }
    let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    let schema = builder.schema().clone();
    Ok((Reader::Parquet(Some(Box::new(builder))), schema, rows))
}

/// The first compression that is not read.
fn unknown_compression(builder: &ParquetRecordBatchReaderBuilder<File>) -> Option<&'static str> {
    for group in builder.metadata().row_groups() {
        for column in group.columns() {
            let how = match column.compression() {
                Compression::GZIP(_) => "gzip",
                Compression::BROTLI(_) => "brotli",
                Compression::LZO => "lzo",
                Compression::LZ4 => "an lz4 that is out of use",
                _ => continue,
            };
            return Some(how);
        }
    }
    None
}

fn arrow(name: &str, mut file: File) -> Result<Begun, Stop> {
    let wrong = || damaged(name, "an Arrow file");
    let mut magic = [0; 6];
    let read = file.read(&mut magic).map_err(|_| wrong())?;
    file.rewind().map_err(|_| wrong())?;
    if magic.starts_with(b"FEA1") {
        return Err(Stop::wrong(format!("{name}: this is Feather version 1"))
            .help("write it again as version 2, which is Arrow"));
    }
    let file = BufReader::new(file);
    if read == 6 && &magic == b"ARROW1" {
        let reader = guarded(|| FileReader::try_new(file, None).ok());
        let reader = reader.flatten().ok_or_else(wrong)?;
        let schema = reader.schema();
        return Ok((Reader::ArrowFile(Box::new(reader)), schema, 0));
    }
    let reader = guarded(|| StreamReader::try_new(file, None).ok()).flatten().ok_or_else(wrong)?;
    let schema = reader.schema();
    Ok((Reader::ArrowStream(Box::new(reader)), schema, 0))
}

fn damaged(name: &str, what: &str) -> Stop {
    Stop::wrong(format!("{name}: this is not {what}, or it is damaged"))
}

impl Columnar {
    /// Looks at the types, and begins to read the columns that are used.
    fn begin(&mut self, plan: &Plan<'_>) -> Result<(), Stop> {
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = *column else { continue };
            if plan.rules[item].is_scored() && !cells::is_read(&self.types[column]) {
                return Err(self.no_answers(column));
            }
        }
        if let Some(id) = plan.id.filter(|&id| !cells::is_read(&self.types[id])) {
            let column = &self.columns[id];
            let message = format!("{}: column `{column}` cannot name the respondent", self.name);
            return Err(Stop::wrong(message).help("make it a column of texts or whole numbers"));
        }
        let scored = |item: &usize| plan.rules[*item].is_scored();
        let items = (0..plan.items.len()).filter(scored).filter_map(|item| plan.items[item]);
        let mut used: BTreeSet<usize> = items.chain(plan.id).collect();
        if used.is_empty() {
            used.insert(0);
        }
        if let Reader::Parquet(builder) = &mut self.reader {
            let Some(builder) = builder.take() else { return Ok(()) };
            let mask = ProjectionMask::roots(builder.parquet_schema(), used);
            let builder = builder.with_projection(mask).with_batch_size(batch::ROWS);
            let reader = guarded(|| builder.build().ok()).flatten();
            let reader = reader.ok_or_else(|| damaged(&self.name, "a Parquet file"))?;
            self.reader = Reader::ParquetRows(Box::new(reader));
        }
        self.tables = plan.rules.iter().map(cells::Codes::new).collect();
        Ok(())
    }

    fn no_answers(&self, column: usize) -> Stop {
        let name = &self.columns[column];
        Stop::wrong(format!("{}: column `{name}` is of a type that holds no answers", self.name))
            .help("answers are whole numbers, decimals, true and false, or texts")
    }

    /// The next rows, as many as a batch takes at most.
    fn next(&mut self) -> Result<Option<RecordBatch>, Stop> {
        let whole = match self.waiting.take() {
            Some(waiting) => waiting,
            None => match self.read()? {
                Some(read) => read,
                None => return Ok(None),
            },
        };
        if whole.num_rows() <= batch::ROWS {
            return Ok(Some(whole));
        }
        self.waiting = Some(whole.slice(batch::ROWS, whole.num_rows() - batch::ROWS));
        Ok(Some(whole.slice(0, batch::ROWS)))
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, Stop> {
        let reader = &mut self.reader;
        let next = guarded(|| match reader {
            Reader::Parquet(_) => None,
            Reader::ParquetRows(reader) => reader.next(),
            Reader::ArrowFile(reader) => reader.next(),
            Reader::ArrowStream(reader) => reader.next(),
        });
        match next {
            Some(None) => Ok(None),
            Some(Some(Ok(rows))) => Ok(Some(rows)),
            Some(Some(Err(_))) | None => {
                let message = format!("{}: the file is damaged after row {}", self.name, self.rows);
                Err(Stop::wrong(message))
            }
        }
    }

    fn add(&self, rows: &RecordBatch, plan: &Plan<'_>, batch: &mut Batch) {
        let count = rows.num_rows();
        let mut faults = Vec::new();
        for (item, answers) in batch.responses.items.iter_mut().enumerate() {
            let array = match plan.rules[item].is_scored() {
                true => rows.column_by_name(&plan.names[item]),
                false => None,
            };
            let Some(array) = array else {
                (0..count).for_each(|_| answers.push(None));
                continue;
            };
            let table = self.tables[item].as_ref();
            cells::answers(array.as_ref(), &plan.rules[item], table, answers, |row, value, why| {
                faults.push((row, plan.items[item].unwrap_or(0), value, why));
            });
        }
        let ids = plan.id.and_then(|_| rows.column_by_name(&plan.id_name));
        let id = |row: usize| ids.map(|ids| cells::text(ids.as_ref(), row));
        // By row, then by column, as they stand in the table.
        faults.sort_by_key(|fault| (fault.0, fault.1));
        let bad: BTreeSet<usize> = faults.iter().map(|fault| fault.0).collect();
        for (row, column, value, reason) in faults {
            let number = self.rows + row as u64 + 1;
            batch.faults.push(Fault {
                row: number,
                line: None,
                respondent: id(row).unwrap_or_else(|| number.to_string()),
                column: self.columns[column].clone(),
                value,
                reason,
            });
        }
        batch.drop_rows(count, &bad);
        for row in (0..count).filter(|row| !bad.contains(row)) {
            batch.numbers.push(self.rows + row as u64 + 1);
            if let Some(ids) = ids {
                cells::push_text(ids.as_ref(), row, &mut batch.ids);
            }
        }
    }
}

impl Source for Columnar {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        if !self.checked {
            self.begin(plan)?;
            self.checked = true;
        }
        let Some(rows) = self.next()? else { return Ok(false) };
        self.add(&rows, plan, batch);
        self.rows += rows.num_rows() as u64;
        Ok(true)
    }

    fn progress(&self) -> u64 {
        let share = u128::from(self.bytes) * u128::from(self.rows);
        u64::try_from(share / u128::from(self.all_rows.max(1))).unwrap_or(self.bytes)
    }
}
