//! Writes scores as a Parquet file.

use std::sync::Arc;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::columns::{Cells, columns, schema};
use super::header::ScoresHeader;
use super::parquet_numbers::NumberColumn;
use super::sink::{Out, Sink};

/// A row group ends with the batch of rows that reaches this number.
const GROUP: usize = 1 << 16;

/// A Parquet table being written.
pub(super) struct ParquetScores<'a> {
    header: ScoresHeader<'a>,
    schema: Arc<Schema>,
    file: SerializedFileWriter<Out>,
    writers: ArrowRowGroupWriterFactory,
    /// The columns of the row group being filled, and its rows.
    columns: Vec<Column>,
    rows: usize,
}

/// A column of a row group.
enum Column {
    Numbers(NumberColumn),
    Other(Box<ArrowColumnWriter>),
}

impl Column {
    fn add(&mut self, field: &Field, cells: &Cells<'_>) -> Result<()> {
        match (self, cells) {
            (Self::Numbers(numbers), Cells::Numbers(values, present)) => {
                numbers.add(values, present);
            }
            (Self::Numbers(numbers), Cells::Array(array)) => {
                let array = array.as_primitive::<Float64Type>();
                let present: Vec<bool> = (0..array.len()).map(|row| array.is_valid(row)).collect();
                numbers.add(array.values(), &present);
            }
            (Self::Other(writer), Cells::Array(array)) => {
                for leaf in compute_leaves(field, array)? {
                    writer.write(&leaf)?;
                }
            }
            // `begin_group` chooses the writer by the type of the column.
            (Self::Other(_), Cells::Numbers(..)) => {
                return Err(ParquetError::General("a column has another type".to_owned()));
            }
        }
        Ok(())
    }
}

impl<'a> ParquetScores<'a> {
    pub(super) fn new(header: ScoresHeader<'a>, file: Out) -> std::io::Result<Self> {
        let schema = schema(&header);
        // The ids of respondents are all different: a dictionary would only repeat them.
        let id = ColumnPath::new(vec![header.id_name.clone()]);
        let properties = WriterProperties::builder()
            .set_created_by("scalewright".to_owned())
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_column_dictionary_enabled(id, false)
            .build();
        // This writer also adds the schema of Arrow to the file.
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
        let begun = writer.and_then(ArrowWriter::into_serialized_writer);
        let (file, writers) = begun.map_err(plain)?;
        Ok(Self { header, schema, file, writers, columns: Vec::new(), rows: 0 })
    }

    /// Begins the columns of the next row group.
    fn begin_group(&mut self) -> Result<()> {
        let group = self.file.flushed_row_groups().len();
        let others = self.writers.create_column_writers(group)?;
        let columns =
            self.schema.fields().iter().zip(others).map(|(field, other)| match field.data_type() {
                DataType::Float64 => Column::Numbers(NumberColumn::default()),
                _ => Column::Other(Box::new(other)),
            });
        self.columns = columns.collect();
        Ok(())
    }

    fn end_group(&mut self) -> Result<()> {
        let columns = self.file.schema_descr().columns().to_vec();
        let mut group = self.file.next_row_group()?;
        for (column, description) in self.columns.drain(..).zip(columns) {
            match column {
                Column::Numbers(numbers) => {
                    let (bytes, close) = numbers.finish(description)?;
                    group.append_column(&bytes, close)?;
                }
                Column::Other(writer) => writer.close()?.append_to_row_group(&mut group)?,
            }
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    fn add(&mut self, columns: &[Cells<'_>], count: usize) -> Result<()> {
        if self.rows == 0 {
            self.begin_group()?;
        }
        for ((column, field), cells) in
            self.columns.iter_mut().zip(self.schema.fields()).zip(columns)
        {
            column.add(field, cells)?;
        }
        self.rows += count;
        if self.rows >= GROUP {
            self.end_group()?;
        }
        Ok(())
    }
}

/// Converts the library's error, dropping its message.
fn plain(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(_) => std::io::Error::from(std::io::ErrorKind::Other),
        },
        _ => std::io::Error::from(std::io::ErrorKind::Other),
    }
}

impl Sink for ParquetScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        let columns = columns(&self.header, batch, scored);
        self.add(&columns, batch.numbers.len()).map_err(plain)
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        if self.rows > 0 {
            self.end_group().map_err(plain)?;
        }
        self.file.close().map(|_| ()).map_err(plain)
    }
}
