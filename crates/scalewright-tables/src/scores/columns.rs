//! Scores as typed columns, for Parquet and Arrow.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, UInt32Array};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Field, Schema};
use scalewright_model::Scale;
use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::header::{Column, ScoresHeader};
use super::value::{Value, bands, label, value};

/// The names and types of the columns.
pub(super) fn schema(header: &ScoresHeader<'_>) -> Arc<Schema> {
    let mut fields = vec![Field::new(&header.id_name, DataType::Utf8, false)];
    fields.extend(header.kept.iter().map(|kept| Field::new(&kept.shown, DataType::Utf8, true)));
    for Column { scale, .. } in &header.columns {
        let id = &scale.id;
        let kind = match (scale.is_truth(), scale.words()) {
            (true, _) => DataType::Boolean,
            (false, Some(_)) => DataType::Utf8,
            (false, None) => DataType::Float64,
        };
        fields.push(Field::new(id, kind, true));
        if header.all() {
            fields.push(Field::new(format!("{id}_answered"), DataType::UInt32, false));
            fields.push(Field::new(format!("{id}_prorated"), DataType::Boolean, true));
            fields.extend(bands(scale).map(|(name, _)| Field::new(name, DataType::Utf8, true)));
        }
    }
    Arc::new(Schema::new(fields))
}

/// The scores of a scale in a column of their type: truth values, words or numbers.
fn scores_of(scale: &Scale, rows: usize, scored: &Scored) -> ArrayRef {
    let score = |row| scored.score.get(row);
    if scale.is_truth() {
        let truths = (0..rows).map(|row| score(row).map(|truth| truth != 0.0));
        return Arc::new(truths.collect::<BooleanArray>());
    }
    // Most scores are stored like this, so a column is copied as a whole instead of row by row.
    if let (None, Some((values, present))) = (scale.words(), scored.score.floats()) {
        let validity = NullBuffer::from(present);
        return Arc::new(Float64Array::new(values.to_vec().into(), Some(validity)));
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

/// The rows of a batch as a record batch.
pub(super) fn rows(
    header: &ScoresHeader<'_>,
    schema: &Arc<Schema>,
    batch: &Batch,
    scored: &[Scored],
) -> std::io::Result<RecordBatch> {
    let rows = batch.numbers.len();
    let mut ids = StringBuilder::new();
    (0..rows).for_each(|row| ids.append_value(batch.respondent(row)));
    // The arrays must be in the order of the fields in `schema`.
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(ids.finish())];
    for beside in &header.kept {
        let mut kept = StringBuilder::new();
        (0..rows).for_each(|row| kept.append_option(batch.kept[beside.at].get(row)));
        arrays.push(Arc::new(kept.finish()));
    }
    for column in &header.columns {
        let scored = &scored[column.position];
        let score = |row| scored.score.get(row);
        arrays.push(scores_of(column.scale, rows, scored));
        if !header.all() {
            continue;
        }
        arrays.push(Arc::new(UInt32Array::from(scored.answered.clone())));
        // Without a score nothing was prorated or not, so the cell is null.
        let prorated = |row| score(row).map(|_| scored.prorated[row]);
        arrays.push(Arc::new((0..rows).map(prorated).collect::<BooleanArray>()));
        for (_, bands) in bands(column.scale) {
            let mut labels = StringBuilder::new();
            (0..rows).for_each(|row| labels.append_option(label(bands, score(row))));
            arrays.push(Arc::new(labels.finish()));
        }
    }
    RecordBatch::try_new(Arc::clone(schema), arrays)
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::Other))
}
