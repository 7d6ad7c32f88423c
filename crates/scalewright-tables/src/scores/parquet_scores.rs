//! Writes scores as a Parquet file.

use std::sync::Arc;

use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::columns::{rows, schema};
use super::header::ScoresHeader;
use super::sink::{Out, Sink};

/// The number of rows in a row group.
const GROUP: usize = 1 << 17;

/// A Parquet table being written.
pub(super) struct ParquetScores<'a> {
    header: ScoresHeader<'a>,
    schema: Arc<Schema>,
    writer: ArrowWriter<Out>,
}

impl<'a> ParquetScores<'a> {
    pub(super) fn new(header: ScoresHeader<'a>, file: Out) -> std::io::Result<Self> {
        let schema = schema(&header);
        // The ids of respondents are all different: a dictionary would only repeat them.
        let id = ColumnPath::new(vec![header.id_name.clone()]);
        let properties = WriterProperties::builder()
            .set_created_by("scalewright".to_owned())
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_column_dictionary_enabled(id, false)
            .build();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
        Ok(Self { header, schema, writer: writer.map_err(plain)? })
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
        let record_batch = rows(&self.header, &self.schema, batch, scored)?;
        self.writer.write(&record_batch).map_err(plain)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.writer.close().map(|_| ()).map_err(plain)
    }
}
