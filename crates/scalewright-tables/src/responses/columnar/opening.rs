//! Opens Parquet and Arrow files, after checking the sizes that they state.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;

use super::messages;
use super::pages::{self, Trouble};
use crate::Stop;
use crate::responses::guard::guarded;

/// The maximum number of column chunks (columns times row groups). The metadata of more would take too much memory.
const CHUNKS: usize = 200_000;

/// The reader of rows, by the format.
pub(super) enum Reader {
    /// A Parquet file whose columns are not chosen yet.
    Parquet(Option<(Box<ParquetRecordBatchReaderBuilder<File>>, File)>),
    ParquetRows(Box<ParquetRecordBatchReader>),
    ArrowFile(Box<FileReader<BufReader<File>>>),
    ArrowStream(Box<StreamReader<BufReader<File>>>),
}

/// A reader, the schema, and the number of rows; 0 if unknown.
type Begun = (Reader, Arc<Schema>, u64);

/// The error for a file that cannot be read in its format.
pub(super) fn damaged(name: &str, what: &str) -> Stop {
    Stop::wrong(format!("{name}: this is not {what}, or it is damaged"))
}

pub(super) fn parquet(name: &str, mut file: File) -> Result<Begun, Stop> {
    let wrong = || damaged(name, "a Parquet file");
    pages::footer(&mut file).map_err(|trouble| refused(name, "a Parquet file", &trouble))?;
    let again = file.try_clone().map_err(|_| wrong())?;
    let plain = || ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let typed = guarded(|| ArrowReaderMetadata::load(&file, plain()).ok());
    let typed = typed.flatten().ok_or_else(wrong)?;
    let about = typed.metadata();
    // An embedded Arrow schema says more than the types of Parquet, for instance that numbers are seconds of the day.
    // If it cannot be read, the types of Parquet are used.
    let with_schema =
        guarded(|| ArrowReaderMetadata::try_new(Arc::clone(about), ArrowReaderOptions::new()).ok());
    let with_schema = with_schema.flatten().unwrap_or_else(|| typed.clone());
    let schema = with_schema.schema().clone();
    if let Some(how) = unknown_compression(about) {
        return Err(Stop::wrong(format!(
            "{name}: the file is compressed with {how}, which is not supported"
        ))
        .help("write it with snappy, zstd, lz4_raw or no compression"));
    }
    let columns = about.file_metadata().schema_descr().num_columns();
    if columns.saturating_mul(about.num_row_groups()) > CHUNKS {
        let message = format!("{name}: the file has too many columns in too many row groups");
        return Err(Stop::wrong(message).help("write it with larger row groups"));
    }
    let rows = u64::try_from(about.file_metadata().num_rows()).unwrap_or(0);
    let seen = guarded(|| viewed(&with_schema)).flatten().unwrap_or(with_schema);
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, seen);
    Ok((Reader::Parquet(Some((Box::new(builder), again))), schema, rows))
}

/// Changes texts to views, so that a text of a dictionary is in memory once, even if many rows refer to it.
fn viewed(with_schema: &ArrowReaderMetadata) -> Option<ArrowReaderMetadata> {
    let fields: Vec<Field> =
        with_schema.schema().fields().iter().map(|field| view(field)).collect();
    let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(fields)));
    ArrowReaderMetadata::try_new(Arc::clone(with_schema.metadata()), options).ok()
}

fn view(field: &Field) -> Field {
    field.clone().with_data_type(view_of(field.data_type()))
}

fn view_of(kind: &DataType) -> DataType {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Dictionary(_, values) => match view_of(values) {
            DataType::Utf8View => DataType::Utf8View,
            _ => kind.clone(),
        },
        DataType::List(entry) => DataType::List(Arc::new(view(entry))),
        DataType::LargeList(entry) => DataType::LargeList(Arc::new(view(entry))),
        _ => kind.clone(),
    }
}

/// The first compression that is not supported.
fn unknown_compression(about: &ParquetMetaData) -> Option<&'static str> {
    for group in about.row_groups() {
        for column in group.columns() {
            let how = match column.compression() {
                Compression::GZIP(_) => "gzip",
                Compression::BROTLI(_) => "brotli",
                Compression::LZO => "lzo",
                Compression::LZ4 => "a deprecated kind of lz4",
                _ => continue,
            };
            return Some(how);
        }
    }
    None
}

pub(super) fn arrow(name: &str, mut file: File) -> Result<Begun, Stop> {
    let wrong = || damaged(name, "an Arrow file");
    let mut magic = [0; 6];
    let read = file.read(&mut magic).map_err(|_| wrong())?;
    file.rewind().map_err(|_| wrong())?;
    // Only files begin with these letters. A stream begins with a message.
    let is_stream = !(read == 6 && &magic == b"ARROW1");
    let checked = guarded(|| messages::check(&mut file, is_stream)).ok_or_else(wrong)?;
    checked.map_err(|trouble| refused(name, "an Arrow file", &trouble))?;
    let file = BufReader::new(file);
    if is_stream {
        let reader = guarded(|| StreamReader::try_new(file, None).ok()).flatten();
        let reader = reader.ok_or_else(wrong)?;
        let schema = reader.schema();
        return Ok((Reader::ArrowStream(Box::new(reader)), schema, 0));
    }
    let reader = guarded(|| FileReader::try_new(file, None).ok()).flatten().ok_or_else(wrong)?;
    let schema = reader.schema();
    Ok((Reader::ArrowFile(Box::new(reader)), schema, 0))
}

/// The error for a Parquet or Arrow file that is not read.
pub(super) fn refused(name: &str, what: &str, trouble: &Trouble) -> Stop {
    match trouble {
        Trouble::Damaged => damaged(name, what),
        Trouble::TooLarge(bytes) => {
            let size = (bytes >> 20).max(1);
            let message =
                format!("{name}: a part of the file needs {size} MiB of memory, which is too much");
            Stop::wrong(message).help(
                "write smaller row groups, record batches or pages, of about ten thousand rows",
            )
        }
    }
}
