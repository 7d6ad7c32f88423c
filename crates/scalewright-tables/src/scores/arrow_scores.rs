//! Writes scores as Arrow IPC: a file (Feather), or a stream.

use std::io::BufWriter;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, Schema};
use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::columns::{rows, schema};
use super::header::ScoresHeader;
use super::sink::{Out, Sink};

/// An Arrow table being written.
struct ArrowScores<'a, W> {
    header: ScoresHeader<'a>,
    schema: Arc<Schema>,
    writer: W,
}

/// A writer of record batches, to a file or a stream.
trait Writer {
    fn write(&mut self, rows: &RecordBatch) -> Result<(), ArrowError>;
    fn end(self) -> Result<(), ArrowError>;
}

impl Writer for FileWriter<BufWriter<Out>> {
    fn write(&mut self, rows: &RecordBatch) -> Result<(), ArrowError> {
        FileWriter::write(self, rows)
    }

    fn end(self) -> Result<(), ArrowError> {
        flushed(self.into_inner()?)
    }
}

impl Writer for StreamWriter<BufWriter<Out>> {
    fn write(&mut self, rows: &RecordBatch) -> Result<(), ArrowError> {
        StreamWriter::write(self, rows)
    }

    fn end(self) -> Result<(), ArrowError> {
        flushed(self.into_inner()?)
    }
}

/// Flushes the buffer. Dropping it would also flush, but ignore errors.
fn flushed(file: BufWriter<Out>) -> Result<(), ArrowError> {
    match file.into_inner() {
        Ok(_) => Ok(()),
        Err(error) => Err(ArrowError::from(error.into_error())),
    }
}

/// Begins an Arrow file.
pub(super) fn file<'a>(header: ScoresHeader<'a>, file: Out) -> std::io::Result<Box<dyn Sink + 'a>> {
    let schema = schema(&header);
    let writer = FileWriter::try_new(BufWriter::new(file), &schema).map_err(plain)?;
    Ok(Box::new(ArrowScores { header, schema, writer }))
}

/// Begins an Arrow stream.
pub(super) fn stream<'a>(
    header: ScoresHeader<'a>,
    file: Out,
) -> std::io::Result<Box<dyn Sink + 'a>> {
    let schema = schema(&header);
    let writer = StreamWriter::try_new(BufWriter::new(file), &schema).map_err(plain)?;
    Ok(Box::new(ArrowScores { header, schema, writer }))
}

/// Converts the library's error, dropping its message.
fn plain(error: ArrowError) -> std::io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        _ => std::io::Error::from(std::io::ErrorKind::Other),
    }
}

impl<W: Writer> Sink for ArrowScores<'_, W> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        let record_batch = rows(&self.header, &self.schema, batch, scored)?;
        self.writer.write(&record_batch).map_err(plain)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.writer.end().map_err(plain)
    }
}
