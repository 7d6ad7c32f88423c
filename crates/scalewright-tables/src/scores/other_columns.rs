//! Tables with columns of any names and types as Parquet and Arrow files.

use std::io::{Error, ErrorKind, Result};
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::TableFormat;

use super::other_table::{TableCell, TableColumn, ValueKind};
use super::sink::Out;

/// The number of rows that are written at a time.
const BLOCK: usize = 8192;

/// A columnar table being written.
pub(super) struct ColumnarTable {
    schema: Arc<Schema>,
    builders: Vec<Builder>,
    rows: usize,
    writer: Writer,
}

enum Writer {
    Parquet(ArrowWriter<Out>),
    Arrow(FileWriter<Out>),
    Stream(StreamWriter<Out>),
}

enum Builder {
    Text(StringBuilder),
    Number(Float64Builder),
    Whole(Int64Builder),
    Truth(BooleanBuilder),
}

impl Builder {
    fn new(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Text => Self::Text(StringBuilder::new()),
            ValueKind::Number => Self::Number(Float64Builder::new()),
            ValueKind::Whole => Self::Whole(Int64Builder::new()),
            ValueKind::Truth => Self::Truth(BooleanBuilder::new()),
        }
    }

    /// Adds a cell. A cell of another type is empty.
    fn add(&mut self, cell: &TableCell<'_>) {
        match self {
            Self::Text(texts) => texts.append_option(match cell {
                TableCell::Text(text) => Some(text.as_ref()),
                _ => None,
            }),
            Self::Number(numbers) => numbers.append_option(match cell {
                TableCell::Number(number) => Some(*number),
                TableCell::Whole(number) => Some(*number as f64),
                _ => None,
            }),
            Self::Whole(numbers) => numbers.append_option(match cell {
                TableCell::Whole(number) => Some(*number),
                _ => None,
            }),
            Self::Truth(truths) => truths.append_option(match cell {
                TableCell::Truth(truth) => Some(*truth),
                _ => None,
            }),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => ArrayBuilder::finish(builder),
            Self::Number(builder) => ArrayBuilder::finish(builder),
            Self::Whole(builder) => ArrayBuilder::finish(builder),
            Self::Truth(builder) => ArrayBuilder::finish(builder),
        }
    }
}

/// Converts an error of the libraries, dropping its message.
fn plain<E>(_: E) -> Error {
    Error::from(ErrorKind::Other)
}

impl ColumnarTable {
    pub(super) fn new(columns: &[TableColumn], format: TableFormat, file: Out) -> Result<Self> {
        let field = |column: &TableColumn| {
            let kind = match column.kind {
                ValueKind::Text => DataType::Utf8,
                ValueKind::Number => DataType::Float64,
                ValueKind::Whole => DataType::Int64,
                ValueKind::Truth => DataType::Boolean,
            };
            Field::new(&column.name, kind, true)
        };
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let writer = match format {
            TableFormat::Parquet => {
                let properties = WriterProperties::builder()
                    .set_created_by("scalewright".to_owned())
                    .set_compression(Compression::SNAPPY)
                    .build();
                let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
                Writer::Parquet(writer.map_err(plain)?)
            }
            TableFormat::ArrowStream => {
                Writer::Stream(StreamWriter::try_new(file, &schema).map_err(plain)?)
            }
            _ => Writer::Arrow(FileWriter::try_new(file, &schema).map_err(plain)?),
        };
        let builders = columns.iter().map(|column| Builder::new(column.kind)).collect();
        Ok(Self { schema, builders, rows: 0, writer })
    }

    pub(super) fn row(&mut self, row: &[TableCell<'_>]) -> Result<()> {
        for (builder, cell) in self.builders.iter_mut().zip(row) {
            builder.add(cell);
        }
        self.rows += 1;
        if self.rows == BLOCK { self.block() } else { Ok(()) }
    }

    fn block(&mut self) -> Result<()> {
        let arrays = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(plain)?;
        self.rows = 0;
        match &mut self.writer {
            Writer::Parquet(writer) => writer.write(&batch).map_err(plain),
            Writer::Arrow(writer) => writer.write(&batch).map_err(plain),
            Writer::Stream(writer) => writer.write(&batch).map_err(plain),
        }
    }

    pub(super) fn finish(mut self: Box<Self>) -> Result<()> {
        if self.rows > 0 {
            self.block()?;
        }
        match self.writer {
            Writer::Parquet(writer) => writer.close().map(|_| ()).map_err(plain),
            Writer::Arrow(mut writer) => writer.finish().map_err(plain),
            Writer::Stream(mut writer) => writer.finish().map_err(plain),
        }
    }
}
