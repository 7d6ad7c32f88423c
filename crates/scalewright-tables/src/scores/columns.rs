//! Scores as typed columns, for Parquet and Arrow.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, UInt32Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Schema};
use scalewright_model::Scale;
use scalewright_scoring::Scored;

use crate::responses::{Batch, Texts};

use super::answers::{Answer, AnswerColumn};
use super::header::{Column, Origin, ScoresHeader};
use super::value::{Value, label, value};

/// The names and types of the columns.
pub(super) fn schema(header: &ScoresHeader<'_>) -> Arc<Schema> {
    let mut fields = vec![Field::new(&header.id_name, DataType::Utf8, false)];
    fields.extend(header.kept.iter().map(|kept| match kept.origin {
        Origin::Count(_) => Field::new(&kept.shown, DataType::UInt32, true),
        Origin::Table | Origin::Run => Field::new(&kept.shown, DataType::Utf8, true),
    }));
    for answer in &header.answers {
        let kind = if answer.is_number() { DataType::Float64 } else { DataType::Utf8 };
        fields.push(Field::new(&answer.name, kind, true));
    }
    for column in &header.columns {
        let Column { scale, name, .. } = column;
        let kind = match (scale.is_truth(), scale.words()) {
            (true, _) => DataType::Boolean,
            (false, Some(_)) => DataType::Utf8,
            (false, None) => DataType::Float64,
        };
        fields.push(Field::new(name, kind, true));
        if header.all() {
            let [answered, prorated] = column.counts();
            fields.push(Field::new(answered, DataType::UInt32, false));
            fields.push(Field::new(prorated, DataType::Boolean, true));
            fields.extend(column.bands().map(|(name, _)| Field::new(name, DataType::Utf8, true)));
        }
    }
    Arc::new(Schema::new(fields))
}

/// The cells of a column.
pub(super) enum Cells<'b> {
    /// Numbers, and whether each is present. They are not copied.
    Numbers(&'b [f64], &'b [bool]),
    Array(ArrayRef),
}

impl Cells<'_> {
    fn array(self) -> ArrayRef {
        match self {
            Self::Numbers(values, present) => {
                Arc::new(Float64Array::new(values.to_vec().into(), Some(NullBuffer::from(present))))
            }
            Self::Array(array) => array,
        }
    }
}

/// The scores of a scale in a column of their type: truth values, words or numbers.
fn scores_of<'b>(scale: &Scale, rows: usize, scored: &'b Scored) -> Cells<'b> {
    let score = |row| scored.score.get(row);
    if scale.is_truth() {
        let truths = (0..rows).map(|row| score(row).map(|truth| truth != 0.0));
        return Cells::Array(Arc::new(truths.collect::<BooleanArray>()));
    }
    if scale.words().is_none() {
        return match scored.score.floats() {
            Some((values, present)) => Cells::Numbers(values, present),
            None => Cells::Array(Arc::new((0..rows).map(score).collect::<Float64Array>())),
        };
    }
    let mut words = StringBuilder::new();
    for row in 0..rows {
        words.append_option(score(row).and_then(|score| match value(scale, score) {
            Value::Word(word) => Some(word),
            Value::Number(_) | Value::Truth(_) => None,
        }));
    }
    Cells::Array(Arc::new(words.finish()))
}

/// The respondents of a batch.
fn respondents(batch: &Batch) -> StringArray {
    let rows = batch.numbers.len();
    if let Some(all) = whole(&batch.ids).filter(|all| all.len() == rows) {
        return all;
    }
    let mut ids = StringBuilder::new();
    (0..rows).for_each(|row| ids.append_value(batch.respondent(row)));
    ids.finish()
}

/// All texts, copied as a whole instead of one by one. `None` if they are too long.
fn whole(texts: &Texts) -> Option<StringArray> {
    let ends = texts.ends().iter().map(|&end| i32::try_from(end).ok());
    let offsets: Vec<i32> = std::iter::once(Some(0)).chain(ends).collect::<Option<_>>()?;
    let text = texts.joined().as_bytes().to_vec();
    StringArray::try_new(OffsetBuffer::new(offsets.into()), text.into(), None).ok()
}

/// The rows of a batch as a record batch.
pub(super) fn rows(
    header: &ScoresHeader<'_>,
    schema: &Arc<Schema>,
    batch: &Batch,
    scored: &[Scored],
) -> std::io::Result<RecordBatch> {
    let arrays = columns(header, batch, scored).into_iter().map(Cells::array).collect();
    RecordBatch::try_new(Arc::clone(schema), arrays)
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::Other))
}

/// The columns of a batch, in the order of the fields of the [`schema`].
pub(super) fn columns<'b>(
    header: &ScoresHeader<'_>,
    batch: &Batch,
    scored: &'b [Scored],
) -> Vec<Cells<'b>> {
    let rows = batch.numbers.len();
    let mut columns = vec![Cells::Array(Arc::new(respondents(batch)))];
    for beside in &header.kept {
        if beside.origin.is_count() {
            let count = |row| batch.kept[beside.at].get(row)?.parse().ok();
            let counts: UInt32Array = (0..rows).map(count).collect();
            columns.push(Cells::Array(Arc::new(counts)));
            continue;
        }
        let mut kept = StringBuilder::new();
        (0..rows).for_each(|row| kept.append_option(batch.kept[beside.at].get(row)));
        columns.push(Cells::Array(Arc::new(kept.finish())));
    }
    columns.extend(header.answers.iter().map(|answer| answers(answer, batch)));
    for column in &header.columns {
        let scored = &scored[column.position];
        columns.push(scores_of(column.scale, rows, scored));
        if header.all() {
            columns.extend(more(column, rows, scored).into_iter().map(Cells::Array));
        }
    }
    columns
}

/// The answers to an item in a column of their type: numbers or texts.
fn answers<'b>(column: &AnswerColumn<'_>, batch: &Batch) -> Cells<'b> {
    let rows = 0..batch.numbers.len();
    if column.is_number() {
        let number = |row| match column.get(batch, row)? {
            Answer::Number(number) => Some(number),
            Answer::Several(_) | Answer::Text(_) => None,
        };
        return Cells::Array(Arc::new(rows.map(number).collect::<Float64Array>()));
    }
    let mut texts = StringBuilder::new();
    for row in rows {
        texts.append_option(column.get(batch, row).map(|answer| answer.text().into_owned()));
    }
    Cells::Array(Arc::new(texts.finish()))
}

/// The further columns of a score: the number of answers, whether it was prorated, and its bands.
fn more(column: &Column<'_>, rows: usize, scored: &Scored) -> Vec<ArrayRef> {
    let score = |row| scored.score.get(row);
    // Without a score nothing was prorated or not, so the cell is null.
    let prorated = |row| score(row).map(|_| scored.prorated[row]);
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(UInt32Array::from(scored.answered.clone())),
        Arc::new((0..rows).map(prorated).collect::<BooleanArray>()),
    ];
    for (_, bands) in column.bands() {
        let mut labels = StringBuilder::new();
        (0..rows).for_each(|row| labels.append_option(label(bands, score(row))));
        columns.push(Arc::new(labels.finish()));
    }
    columns
}
