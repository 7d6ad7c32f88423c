//! Reads Parquet and Arrow files, which have typed columns. Of Parquet files, only the columns in use are read.

mod ahead;
mod cells;
mod direct;
mod messages;
mod opening;
mod pages;
mod thrift;
mod times;
mod types;

use std::collections::BTreeSet;
use std::fs::File;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;

use scalewright_scoring::Column;

use crate::ResponsesFormat as Format;
use crate::Stop;

use self::cells::Found;
use self::direct::Direct;
use self::opening::{Reader, damaged};
use super::answer::Given;
use super::batch::{self, Absent, BadRow, Batch};
use super::cell::Answer;
use super::guard::guarded;
use super::plan::Plan;
use super::row_reader::RowReader;

/// The maximum size of the ids and kept texts of a batch, in bytes, unless the batch has only one row.
const NAMES: usize = 4 << 20;

/// A Parquet or Arrow table.
struct Columnar {
    name: String,
    columns: Vec<String>,
    types: Vec<DataType>,
    reader: Reader,
    /// The rows that have been read but did not fit into the last batch.
    waiting: Option<RecordBatch>,
    rows: u64,
    /// The number of rows, and the size of the file in bytes, for the progress bar.
    all_rows: u64,
    bytes: u64,
    /// The maximum number of rows per batch.
    portion: usize,
    /// The table of valid codes of each item, if its answers are small whole numbers.
    tables: Vec<Option<cells::Codes>>,
    /// Whether [`Direct`] reads the answers of each item.
    is_direct: Vec<bool>,
    direct: Option<Direct>,
    begun: bool,
}

/// Opens a Parquet or Arrow file.
pub(super) fn open(name: &str, file: File, format: Format) -> Result<Box<dyn RowReader>, Stop> {
    let bytes = file.metadata().map_or(0, |about| about.len());
    let (reader, schema, all_rows) = match format {
        Format::Parquet => opening::parquet(name, file)?,
        _ => opening::arrow(name, file)?,
    };
    let columns: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let types = schema.fields().iter().map(|field| field.data_type().clone()).collect();
    if columns.len() > super::row_reader::MOST_COLUMNS {
        return Err(super::row_reader::too_many_columns(name));
    }
    Ok(Box::new(Columnar {
        name: name.to_owned(),
        columns,
        types,
        reader,
        waiting: None,
        rows: 0,
        all_rows,
        bytes,
        portion: batch::ROWS,
        tables: Vec::new(),
        is_direct: Vec::new(),
        direct: None,
        begun: false,
    }))
}

impl Columnar {
    /// Checks the types of the columns, and begins to read the columns in use.
    fn begin(&mut self, plan: &Plan<'_>) -> Result<(), Stop> {
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = *column else { continue };
            let (kind, item) = (&self.types[column], &plan.cells[item]);
            if !item.takes_anything() && !types::is_read(kind, item.takes_several()) {
                return Err(self.no_answers(column));
            }
        }
        if let Some(id) = plan.id.filter(|&id| !types::is_read(&self.types[id], false)) {
            let (name, column) = (&self.name, &self.columns[id]);
            let what = types::words(&self.types[id]);
            let message =
                format!("{name}: column `{column}` contains {what}, which cannot name respondents");
            return Err(
                Stop::wrong(message).help("convert it to a column of texts or whole numbers")
            );
        }
        self.tables = plan.cells.iter().map(cells::Codes::new).collect();
        self.portion = batch::portion(plan.cells.len());
        self.is_direct = vec![false; plan.items.len()];
        self.begin_parquet(plan)
    }

    /// Divides the columns of a Parquet file between [`Direct`], which reads small whole numbers, and the Arrow reader.
    fn begin_parquet(&mut self, plan: &Plan<'_>) -> Result<(), Stop> {
        let Reader::Parquet(waiting) = &mut self.reader else { return Ok(()) };
        let Some((builder, mut file)) = waiting.take() else { return Ok(()) };
        let wrong = || damaged(&self.name, "a Parquet file");
        let mut leaves = Vec::new();
        let beside = plan.kept.iter().filter_map(|beside| beside.column);
        let mut used: BTreeSet<usize> = plan.id.into_iter().chain(beside).collect();
        for (item, column) in plan.items.iter().enumerate() {
            let Some(column) = column.filter(|_| !plan.cells[item].takes_anything()) else {
                continue;
            };
            // Unsigned columns have the same physical types, in which large numbers would be read as negative.
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
        leaves.iter().for_each(|&(item, _)| self.is_direct[item] = true);
        let mask = ProjectionMask::roots(builder.parquet_schema(), used);
        // Only these pages are checked, because a check reads the header of every page.
        let wanted: Vec<usize> = (0..builder.parquet_schema().num_columns())
            .filter(|&leaf| mask.leaf_included(leaf) || leaves.iter().any(|&(_, l)| l == leaf))
            .collect();
        let about = builder.metadata().clone();
        let rows = guarded(|| pages::pages(&mut file, &about, &wanted)).ok_or_else(wrong)?;
        let rows =
            rows.map_err(|trouble| opening::refused(&self.name, "a Parquet file", &trouble))?;
        self.portion = self.portion.min(rows);
        let builder = builder.with_projection(mask).with_batch_size(self.portion);
        let reader = guarded(|| builder.build().ok()).flatten().ok_or_else(wrong)?;
        self.direct = Some(guarded(|| Direct::new(file, leaves)).flatten().ok_or_else(wrong)?);
        self.reader = Reader::ParquetRows(Box::new(reader));
        Ok(())
    }

    fn no_answers(&self, column: usize) -> Stop {
        let what = types::words(&self.types[column]);
        let (name, column) = (&self.name, &self.columns[column]);
        Stop::wrong(format!("{name}: column `{column}` contains {what}, which are not answers")).help(
            "convert the column: answers are numbers, true and false, texts, dates or clock times",
        )
    }

    /// Returns the next rows, at most as many as fit into a batch.
    fn next(&mut self, plan: &Plan<'_>) -> Result<Option<RecordBatch>, Stop> {
        let whole = match self.waiting.take() {
            Some(waiting) => waiting,
            None => match self.read()? {
                Some(read) => read,
                None => return Ok(None),
            },
        };
        let portion = self.portion(&whole, plan);
        if whole.num_rows() <= portion {
            return Ok(Some(whole));
        }
        self.waiting = Some(whole.slice(portion, whole.num_rows() - portion));
        Ok(Some(whole.slice(0, portion)))
    }

    /// Returns how many of these rows fit into a batch. Long texts reduce the number: a file may store a text once and
    /// repeat it in many rows.
    fn portion(&self, rows: &RecordBatch, plan: &Plan<'_>) -> usize {
        let most = self.portion.min(rows.num_rows());
        let id = plan.id.map(|_| plan.id_name.as_str());
        let beside = plan.kept.iter().map(|beside| beside.name.as_str());
        let arrays = id.into_iter().chain(beside).filter_map(|name| rows.column_by_name(name));
        let texts: Vec<&ArrayRef> =
            arrays.filter(|array| cells::has_length(array.as_ref())).collect();
        if texts.is_empty() {
            return most.max(1);
        }
        let mut sum = 0;
        let fitting = (0..most).take_while(|&row| {
            sum += texts.iter().map(|array| cells::length(array.as_ref(), row)).sum::<usize>();
            sum <= NAMES
        });
        // A single row always fits, however long its texts are. Otherwise the table would never end.
        fitting.count().max(1)
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
        let mut others = self.add_direct(count, plan, batch)?;
        for (item, answers) in batch.responses.items.iter_mut().enumerate() {
            if self.is_direct[item] {
                continue;
            }
            let read = !plan.cells[item].takes_anything();
            // By name: only the columns in use are read, so their indices differ from those in the file.
            let array = rows.column_by_name(&plan.names[item]).filter(|_| read);
            let Some(array) = array else {
                answers.codes_mut().resize(count, Column::MISSING_CODE);
                continue;
            };
            let (takes, table) = (&plan.cells[item], self.tables[item].as_ref());
            cells::answers(array.as_ref(), takes, table, answers, |row, found| {
                others.push(Other { row, item, found });
            });
        }
        let ids = plan.id.and_then(|_| rows.column_by_name(&plan.id_name));
        let beside: Vec<Option<&ArrayRef>> =
            plan.kept.iter().map(|beside| rows.column_by_name(&beside.name)).collect();
        let bad = self.add_others(others, ids, plan, batch);
        batch.drop_rows(count, &bad);
        if let Some(ids) = ids.filter(|_| bad.is_empty()) {
            cells::push_texts(ids.as_ref(), &mut batch.ids);
        }
        for row in (0..count).filter(|row| bad.is_empty() || !bad.contains(row)) {
            batch.numbers.push(self.rows + row as u64 + 1);
            if let Some(ids) = ids.filter(|_| !bad.is_empty()) {
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

    /// Adds the answers that [`Direct`] reads, and returns the other cells.
    fn add_direct(
        &mut self,
        count: usize,
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) -> Result<Vec<Other>, Stop> {
        let Some(direct) = &mut self.direct else { return Ok(Vec::new()) };
        let mut wrong = Vec::new();
        let read = guarded(|| direct.read(count, &self.tables, &mut batch.responses, &mut wrong));
        read.flatten().ok_or_else(|| self.damaged_here())?;
        #[expect(clippy::cast_precision_loss, reason = "numbers that lose digits are not answers")]
        let other = |(row, item, number): direct::Wrong| {
            // A missing-answer code is not in the table of codes, but it is not a fault.
            let found = match plan.cells[item].answer(Given::Number(number as f64)) {
                Ok(Answer::Code(_)) => return None,
                Ok(Answer::Absent(reason)) => Found::Absent(reason),
                Err(reason) => Found::Wrong { value: number.to_string(), reason },
            };
            Some(Other { row, item, found })
        };
        Ok(wrong.into_iter().filter_map(other).collect())
    }

    /// Adds the faults and the reasons for missing answers to the batch, and returns the rows that have faults.
    fn add_others(
        &self,
        mut others: Vec<Other>,
        ids: Option<&ArrayRef>,
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) -> BTreeSet<usize> {
        let column = |item: usize| plan.items[item].unwrap_or(0);
        // By row, then by column, in the order of the table.
        others.sort_by_key(|other| (other.row, column(other.item)));
        let wrong = others.iter().filter(|other| matches!(other.found, Found::Wrong { .. }));
        let bad: BTreeSet<usize> = wrong.map(|other| other.row).collect();
        let mut last: Option<BadRow> = None;
        for Other { row, item, found } in others {
            let (value, reason) = match found {
                Found::Wrong { value, reason } => (value, reason),
                Found::Absent(_) if bad.contains(&row) => continue,
                Found::Absent(reason) => {
                    // The rows with faults are left out.
                    let row = row - bad.range(..row).count();
                    batch.absent.push(Absent { row, item, reason });
                    continue;
                }
            };
            let number = self.rows + row as u64 + 1;
            let place = match last.take().filter(|place| place.row == number) {
                Some(place) => place,
                None => {
                    let id = ids.map(|ids| cells::text(ids.as_ref(), row));
                    BadRow::new(number, None, &id.unwrap_or_else(|| number.to_string()))
                }
            };
            batch.faults.push(place.fault(&self.columns[column(item)], &value, reason));
            last = Some(place);
        }
        bad
    }
}

/// A cell that does not contain an answer.
struct Other {
    row: usize,
    item: usize,
    found: Found,
}

impl RowReader for Columnar {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn has_text(&self, column: usize) -> bool {
        types::is_read(&self.types[column], false)
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        if !self.begun {
            // Not when the file is opened, because only the plan knows which columns are in use.
            self.begin(plan)?;
            self.begun = true;
        }
        let Some(rows) = self.next(plan)? else { return Ok(false) };
        self.add(&rows, plan, batch)?;
        self.rows += rows.num_rows() as u64;
        Ok(true)
    }

    fn progress(&self) -> u64 {
        // In 128 bits, because bytes times rows may not fit into 64.
        let share = u128::from(self.bytes) * u128::from(self.rows);
        u64::try_from(share / u128::from(self.all_rows.max(1))).unwrap_or(self.bytes)
    }
}
