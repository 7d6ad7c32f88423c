//! Decodes Parquet columns of small whole numbers directly to codes. Most columns of most tables are of this type.
//!
//! Pages with a dictionary of few numbers, which most writers make, are decoded here. The library's reader of columns
//! reads all other pages, and also decides which damaged pages cannot be read.

mod dictionary;
mod runs;

use std::fs::File;

use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;
use scalewright_scoring::{Column, Responses};

use self::dictionary::{Buffers, DictionaryPages};
use super::ahead::Ahead;
use super::cells::Codes;

/// The columns that are decoded directly.
pub(super) struct Direct {
    file: SerializedFileReader<Ahead>,
    /// The item and the leaf of each column.
    columns: Vec<(usize, usize)>,
    readers: Vec<Rows>,
    next_group: usize,
    /// The number of rows of the row group, and of those that are not read yet.
    rows: usize,
    left: usize,
    buffers: Buffers,
    levels: Vec<i16>,
    short: Vec<i32>,
    long: Vec<i64>,
}

/// The reader of a column in the current row group.
enum Rows {
    Dictionary(DictionaryPages),
    Any(ColumnReader),
}

/// A number that is not an answer: the row, the item and the number.
pub(super) type Wrong = (usize, usize, i64);

/// The index of a column among the leaves, if it can be decoded directly.
pub(super) fn leaf(schema: &SchemaDescriptor, name: &str) -> Option<usize> {
    let is_wanted = |leaf: &usize| {
        let column = schema.column(*leaf);
        // Repeated values are lists, and further levels mean a column within a record.
        let flat = column.max_rep_level() == 0 && column.max_def_level() <= 1;
        let whole = matches!(column.physical_type(), Type::INT32 | Type::INT64);
        flat && whole && matches!(column.path().parts(), [only] if only == name)
    };
    (0..schema.num_columns()).find(is_wanted)
}

impl Direct {
    pub(super) fn new(file: File, columns: Vec<(usize, usize)>) -> Option<Self> {
        let ahead = Ahead::new(file, columns.len()).ok()?;
        let file = SerializedFileReader::new(ahead).ok()?;
        Some(Self {
            file,
            columns,
            readers: Vec::new(),
            next_group: 0,
            rows: 0,
            left: 0,
            buffers: Buffers::default(),
            levels: Vec::new(),
            short: Vec::new(),
            long: Vec::new(),
        })
    }

    /// Adds the next `rows` answers of each column. Returns `None` if they cannot be read.
    pub(super) fn read(
        &mut self,
        rows: usize,
        tables: &[Option<Codes>],
        responses: &mut Responses,
        wrong: &mut Vec<Wrong>,
    ) -> Option<()> {
        let mut done = 0;
        while done < rows {
            // The next group may be empty, so it is checked again.
            if self.left == 0 {
                self.begin_group()?;
                continue;
            }
            // The Arrow reader returns batches across row groups, but readers of columns end with their group.
            let count = self.left.min(rows - done);
            for index in 0..self.columns.len() {
                let item = self.columns[index].0;
                let codes = responses.items[item].codes_mut();
                self.column(index, count, tables[item].as_ref()?, codes, wrong)?;
            }
            self.left -= count;
            done += count;
        }
        Some(())
    }

    fn begin_group(&mut self) -> Option<()> {
        if self.next_group == self.file.num_row_groups() {
            return None;
        }
        let group = self.file.get_row_group(self.next_group).ok()?;
        let schema = group.metadata().schema_descr();
        let reader = |&(_, leaf): &(usize, usize)| {
            let pages = group.get_column_page_reader(leaf).ok()?;
            Some(Rows::Dictionary(DictionaryPages::new(pages, &schema.column(leaf))))
        };
        self.readers = self.columns.iter().map(reader).collect::<Option<_>>()?;
        self.rows = usize::try_from(group.metadata().num_rows()).ok()?;
        self.left = self.rows;
        self.next_group += 1;
        Some(())
    }

    /// Adds the next `count` answers of a column.
    fn column(
        &mut self,
        index: usize,
        count: usize,
        table: &Codes,
        codes: &mut Vec<i8>,
        wrong: &mut Vec<Wrong>,
    ) -> Option<()> {
        let (item, leaf) = self.columns[index];
        let (codes_before, wrong_before) = (codes.len(), wrong.len());
        // Rows are counted in the batch, which may contain rows of several groups.
        let mut add = |row: usize, number: i64| wrong.push((row, item, number));
        if let Rows::Dictionary(pages) = &mut self.readers[index] {
            if pages.read(count, table, &mut self.buffers, codes, &mut add).is_some() {
                return Some(());
            }
            codes.truncate(codes_before);
            wrong.truncate(wrong_before);
            self.readers[index] = Rows::Any(self.reader(leaf)?);
        }
        let mut add = |row: usize, number: i64| wrong.push((row, item, number));
        self.levels.clear();
        let levels = &mut self.levels;
        match &mut self.readers[index] {
            Rows::Any(ColumnReader::Int32ColumnReader(reader)) => {
                take(reader, count, levels, &mut self.short)?;
                spread(levels, &self.short, count, table, codes, &mut add)
            }
            Rows::Any(ColumnReader::Int64ColumnReader(reader)) => {
                take(reader, count, levels, &mut self.long)?;
                spread(levels, &self.long, count, table, codes, &mut add)
            }
            _ => None,
        }
    }

    /// The library's reader of a column, after the rows that are read already.
    fn reader(&self, leaf: usize) -> Option<ColumnReader> {
        let group = self.file.get_row_group(self.next_group - 1).ok()?;
        let mut reader = group.get_column_reader(leaf).ok()?;
        let read = self.rows - self.left;
        let skipped = match &mut reader {
            ColumnReader::Int32ColumnReader(reader) => reader.skip_records(read).ok()?,
            ColumnReader::Int64ColumnReader(reader) => reader.skip_records(read).ok()?,
            _ => return None,
        };
        (skipped == read).then_some(reader)
    }
}

/// Reads the numbers in the next `count` rows, and the definition levels, which are 1 for rows with a number.
fn take<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Option<()> {
    values.clear();
    let mut done = 0;
    while done < count {
        let (rows, _, _) = reader.read_records(count - done, Some(levels), None, values).ok()?;
        if rows == 0 {
            return None;
        }
        done += rows;
    }
    Some(())
}

/// Adds a code for each row: that of the next value if the level of the row is 1, else the code for a missing answer. A
/// column without levels has a value in each row.
fn spread<T: Copy + Into<i64>>(
    levels: &[i16],
    values: &[T],
    count: usize,
    table: &Codes,
    codes: &mut Vec<i8>,
    mut wrong: impl FnMut(usize, i64),
) -> Option<()> {
    let before = codes.len();
    let mut all = true;
    let present = |row: usize| levels.get(row).is_none_or(|&level| level == 1);
    if levels.len() == count {
        // Without branches, because missing answers are unpredictable.
        let mut at = 0;
        codes.extend(levels.iter().map(|&level| {
            let present = level == 1;
            let code = values.get(at).map_or(Column::MISSING_CODE, |&value| table.of(value.into()));
            all &= !present | (code != Column::MISSING_CODE);
            at += usize::from(present);
            if present { code } else { Column::MISSING_CODE }
        }));
    } else if values.len() == count {
        codes.extend(values.iter().map(|&value| {
            let code = table.of(value.into());
            all &= code != Column::MISSING_CODE;
            code
        }));
    } else {
        return None;
    }
    if !all {
        let rows = (0..count).filter(|&row| present(row));
        for (row, value) in rows.zip(values) {
            if table.of((*value).into()) == Column::MISSING_CODE {
                wrong(before + row, (*value).into());
            }
        }
    }
    Some(())
}
