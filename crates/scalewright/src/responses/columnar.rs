//! Parquet and Arrow: columns of one type each. Only the columns that are used are read from Parquet.

mod cells;
mod direct;
mod guard;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek};

use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::Compression;

use scalewright_scoring::Column;

use crate::Stop;
use crate::cli::ResponsesFormat as Format;

use self::direct::Direct;
use self::guard::guarded;
use super::Source;
use super::answer::Given;
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
    /// For each item, whether its answers come by the straight way.
    straight: Vec<bool>,
    direct: Option<Direct>,
    begun: bool,
}

enum Reader {
    /// Not begun: which columns are read is not known yet.
    Parquet(Option<(Box<ParquetRecordBatchReaderBuilder<File>>, File)>),
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
        straight: Vec::new(),
        direct: None,
        begun: false,
    }))
}

type Begun = (Reader, std::sync::Arc<Schema>, u64);

fn parquet(name: &str, file: File) -> Result<Begun, Stop> {
    let again = file.try_clone().map_err(|_| damaged(name, "a Parquet file"))?;
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
    Ok((Reader::Parquet(Some((Box::new(builder), again))), schema, rows))
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
        self.tables = plan.rules.iter().map(cells::Codes::new).collect();
        self.straight = vec![false; plan.items.len()];
        self.begin_parquet(plan)
    }

    /// Divides the columns of a Parquet file between the two ways of reading them.
    fn begin_parquet(&mut self, plan: &Plan<'_>) -> Result<(), Stop> {
        let Reader::Parquet(waiting) = &mut self.reader else { return Ok(()) };
        let Some((builder, file)) = waiting.take() else { return Ok(()) };
        let wrong = || damaged(&self.name, "a Parquet file");
        let mut leaves = Vec::new();
        let beside = plan.kept.iter().filter_map(|beside| beside.column);
        let mut used: BTreeSet<usize> = plan.id.into_iter().chain(beside).collect();
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = column.filter(|_| plan.rules[item].is_scored()) else { continue };
            let signed = matches!(
                self.types[column],
                DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64
            );
            let leaf = direct::leaf(builder.parquet_schema(), &self.columns[column]);
            match leaf.filter(|_| signed && self.tables[item].is_some()) {
                Some(leaf) => leaves.push((item, leaf)),
                None => _ = used.insert(column),
            }
        }
        leaves.iter().for_each(|&(item, _)| self.straight[item] = true);
        let mask = ProjectionMask::roots(builder.parquet_schema(), used);
        let builder = builder.with_projection(mask).with_batch_size(batch::ROWS);
        let reader = guarded(|| builder.build().ok()).flatten().ok_or_else(wrong)?;
        self.direct = Some(guarded(|| Direct::new(file, leaves)).flatten().ok_or_else(wrong)?);
        self.reader = Reader::ParquetRows(Box::new(reader));
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
            Some(Some(Err(_))) | None => Err(self.damaged_here()),
        }
    }

    fn damaged_here(&self) -> Stop {
        Stop::wrong(format!("{}: the file is damaged after row {}", self.name, self.rows))
    }

    fn add(&mut self, rows: &RecordBatch, plan: &Plan<'_>, batch: &mut Batch) -> Result<(), Stop> {
        let count = rows.num_rows();
        let mut faults = self.add_straight(count, plan, batch)?;
        for (item, answers) in batch.responses.items.iter_mut().enumerate() {
            if self.straight[item] {
                continue;
            }
            let scored = plan.rules[item].is_scored();
            let array = rows.column_by_name(&plan.names[item]).filter(|_| scored);
            let Some(array) = array else {
                answers.codes_mut().resize(count, Column::MISSING_CODE);
                continue;
            };
            let (rule, table) = (&plan.rules[item], self.tables[item].as_ref());
            cells::answers(array.as_ref(), rule, table, answers, |row, value, reason| {
                faults.push(Wrong { row, item, value, reason });
            });
        }
        let ids = plan.id.and_then(|_| rows.column_by_name(&plan.id_name));
        let beside: Vec<Option<&ArrayRef>> =
            plan.kept.iter().map(|beside| rows.column_by_name(&beside.name)).collect();
        let bad = self.add_faults(faults, ids, plan, batch);
        batch.drop_rows(count, &bad);
        for row in (0..count).filter(|row| bad.is_empty() || !bad.contains(row)) {
            batch.numbers.push(self.rows + row as u64 + 1);
            if let Some(ids) = ids {
                cells::push_text(ids.as_ref(), row, &mut batch.ids);
            }
            for (kept, array) in batch.kept.iter_mut().zip(&beside) {
                match array {
                    Some(array) => cells::keep(array.as_ref(), row, kept),
                    None => kept.push_missing(),
                }
            }
        }
        Ok(())
    }

    /// Adds the answers that come by the straight way.
    fn add_straight(
        &mut self,
        count: usize,
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) -> Result<Vec<Wrong>, Stop> {
        let Some(direct) = &mut self.direct else { return Ok(Vec::new()) };
        let mut wrong = Vec::new();
        let read = guarded(|| direct.read(count, &self.tables, &mut batch.responses, &mut wrong));
        read.flatten().ok_or_else(|| self.damaged_here())?;
        #[expect(clippy::cast_precision_loss, reason = "what it would change is no answer")]
        let fault = |(row, item, number): direct::Wrong| {
            let reason = plan.rules[item].code(Given::Number(number as f64)).err();
            let reason = reason.unwrap_or_else(|| "is no answer".to_owned());
            Wrong { row, item, value: number.to_string(), reason }
        };
        Ok(wrong.into_iter().map(fault).collect())
    }

    /// Answers the rows that have faults.
    fn add_faults(
        &self,
        mut faults: Vec<Wrong>,
        ids: Option<&ArrayRef>,
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) -> BTreeSet<usize> {
        let column = |item: usize| plan.items[item].unwrap_or(0);
        // By row, then by column, as they stand in the table.
        faults.sort_by_key(|fault| (fault.row, column(fault.item)));
        let bad = faults.iter().map(|fault| fault.row).collect();
        for Wrong { row, item, value, reason } in faults {
            let number = self.rows + row as u64 + 1;
            let id = ids.map(|ids| cells::text(ids.as_ref(), row));
            batch.faults.push(Fault {
                within: None,
                row: number,
                line: None,
                respondent: id.unwrap_or_else(|| number.to_string()),
                column: self.columns[column(item)].clone(),
                value,
                reason,
            });
        }
        bad
    }
}

/// A cell that holds no answer.
struct Wrong {
    row: usize,
    item: usize,
    value: String,
    reason: String,
}

impl Source for Columnar {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn has_text(&self, column: usize) -> bool {
        cells::is_read(&self.types[column])
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        if !self.begun {
            self.begin(plan)?;
            self.begun = true;
        }
        let Some(rows) = self.next()? else { return Ok(false) };
        self.add(&rows, plan, batch)?;
        self.rows += rows.num_rows() as u64;
        Ok(true)
    }

    fn progress(&self) -> u64 {
        let share = u128::from(self.bytes) * u128::from(self.rows);
        u64::try_from(share / u128::from(self.all_rows.max(1))).unwrap_or(self.bytes)
    }
}
