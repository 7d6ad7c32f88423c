//! Reads Parquet files back.

use std::fs::File;

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// The number of rows in a Parquet file.
pub(super) fn rows_of(path: &str) -> usize {
    let file = File::open(path).expect("the file exists");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
    let reader = reader.build().expect("it can be read");
    reader.map(|batch| batch.expect("it can be read").num_rows()).sum()
}
