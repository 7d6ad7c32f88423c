//! Scores as a Parquet file.

use std::fs::File;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, UInt32Array};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use scalewright_model::Scale;
use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::{Column, Layout, Sink, Value, bands, label, value};

/// Rows that are held before they are written out together.
const GROUP: usize = 1 << 17;

/// A Parquet table being written.
pub(super) struct ParquetScores<'a> {
    layout: Layout<'a>,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
}

impl<'a> ParquetScores<'a> {
    pub(super) fn new(layout: Layout<'a>, file: File) -> std::io::Result<Self> {
        let schema = Arc::new(Schema::new(fields(&layout)));
        // Names of respondents are all different: a dictionary of them would be all of them.
        let id = ColumnPath::new(vec![layout.id_name.clone()]);
        let properties = WriterProperties::builder()
            .set_created_by("scalewright".to_owned())
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_column_dictionary_enabled(id, false)
            .build();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
        Ok(Self { layout, schema, writer: writer.map_err(plain)? })
    }
}

fn fields(layout: &Layout<'_>) -> Vec<Field> {
    let mut fields = vec![Field::new(&layout.id_name, DataType::Utf8, false)];
    fields.extend(layout.kept.iter().map(|name| Field::new(name, DataType::Utf8, false)));
    for Column { scale, .. } in &layout.columns {
        let id = &scale.id;
        let kind = match (scale.is_truth(), scale.words()) {
            (true, _) => DataType::Boolean,
            (false, Some(_)) => DataType::Utf8,
            (false, None) => DataType::Float64,
        };
        fields.push(Field::new(id, kind, true));
        if layout.all() {
            fields.push(Field::new(format!("{id}_answered"), DataType::UInt32, false));
            fields.push(Field::new(format!("{id}_prorated"), DataType::Boolean, true));
            fields.extend(bands(scale).map(|(name, _)| Field::new(name, DataType::Utf8, true)));
        }
    }
    fields
}

/// The scores of a scale as what they are.
fn scores_of(scale: &Scale, rows: usize, scored: &Scored) -> ArrayRef {
    let score = |row| scored.score.get(row);
    if scale.is_truth() {
        let truths = (0..rows).map(|row| score(row).map(|truth| truth != 0.0));
        return Arc::new(truths.collect::<BooleanArray>());
    }
    if let (None, Some((values, present))) = (scale.words(), scored.score.floats()) {
        let there = NullBuffer::from(present);
        return Arc::new(Float64Array::new(values.to_vec().into(), Some(there)));
    }
    if scale.words().is_none() {
        return Arc::new((0..rows).map(score).collect::<Float64Array>());
    }
    let mut words = StringBuilder::new();
    for row in 0..rows {
        words.append_option(score(row).and_then(|score| match value(scale, score) {
            Value::Word(word) => Some(word),
            Value::Number(_) | Value::Truth(_) => None,
        }));
    }
    Arc::new(words.finish())
}

/// What went wrong, without the library's words.
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
        let rows = batch.numbers.len();
        let mut ids = StringBuilder::new();
        (0..rows).for_each(|row| ids.append_value(batch.respondent(row)));
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(ids.finish())];
        for texts in &batch.kept {
            let mut kept = StringBuilder::new();
            (0..rows).for_each(|row| kept.append_value(texts.get(row).unwrap_or_default()));
            arrays.push(Arc::new(kept.finish()));
        }
        for column in &self.layout.columns {
            let scored = &scored[column.position];
            let score = |row| scored.score.get(row);
            arrays.push(scores_of(column.scale, rows, scored));
            if !self.layout.all() {
                continue;
            }
            arrays.push(Arc::new(UInt32Array::from(scored.answered.clone())));
            let prorated = |row| score(row).map(|_| scored.prorated[row]);
            arrays.push(Arc::new((0..rows).map(prorated).collect::<BooleanArray>()));
            for (_, bands) in bands(column.scale) {
                let mut labels = StringBuilder::new();
                (0..rows).for_each(|row| labels.append_option(label(bands, score(row))));
                arrays.push(Arc::new(labels.finish()));
            }
        }
        let made = RecordBatch::try_new(Arc::clone(&self.schema), arrays);
        let made = made.map_err(|_| std::io::Error::from(std::io::ErrorKind::Other))?;
        self.writer.write(&made).map_err(plain)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.writer.close().map(|_| ()).map_err(plain)
    }
}
