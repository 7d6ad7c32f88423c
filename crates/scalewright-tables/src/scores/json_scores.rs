//! Writes scores as JSON: a list of objects, or one object per line.

use scalewright_model::Scale;
use scalewright_scoring::Scored;
use serde_json::{Map, Value, json};

use crate::responses::{Batch, KeptCell};

use super::answers::Answer;
use super::entries::{Entries, Frame};
use super::header::ScoresHeader;
use super::sink::{Out, Sink};
use super::value::{self, label, value};

/// A JSON table being written.
pub(super) struct JsonScores<'a> {
    header: ScoresHeader<'a>,
    entries: Entries,
}

const LIST: Frame = Frame { head: "[\n  ", line_break: "\n  ", tail: "\n]\n", no_entries: "[]\n" };

impl<'a> JsonScores<'a> {
    /// Begins a list of objects.
    pub(super) fn list(header: ScoresHeader<'a>, file: Out) -> Self {
        Self { header, entries: Entries::new(file, Some(LIST)) }
    }

    /// Begins a file with one object per line.
    pub(super) fn lines(header: ScoresHeader<'a>, file: Out) -> Self {
        Self { header, entries: Entries::new(file, None) }
    }

    fn object(&self, batch: &Batch, scored: &[Scored], row: usize) -> Value {
        let mut scores = Map::new();
        for column in &self.header.columns {
            let (scale, scored) = (column.scale, &scored[column.position]);
            let score = scored.score.get(row);
            let mut entry = Map::new();
            entry
                .insert("score".to_owned(), score.map_or(Value::Null, |score| shown(scale, score)));
            if self.header.all() {
                entry.insert("answered".to_owned(), json!(scored.answered[row]));
                entry.insert("items".to_owned(), json!(column.items));
                entry.insert("prorated".to_owned(), json!(scored.prorated[row]));
                if !scale.bands.is_empty() {
                    entry.insert("band".to_owned(), json!(label(&scale.bands, score)));
                }
                if !scale.band_sets.is_empty() {
                    let sets = scale.band_sets.iter();
                    let sets = sets.map(|set| (set.id.clone(), json!(label(&set.bands, score))));
                    entry.insert("band-sets".to_owned(), Value::Object(sets.collect()));
                }
            }
            scores.insert(column.name.clone(), Value::Object(entry));
        }
        let mut object = Map::new();
        object.insert(self.header.id_name.clone(), json!(batch.respondent(row)));
        for beside in &self.header.kept {
            object.insert(beside.shown.clone(), kept(batch.kept[beside.at].cell(row)));
        }
        if !self.header.answers.is_empty() {
            object.insert("answers".to_owned(), self.answers(batch, row));
        }
        object.insert("scores".to_owned(), Value::Object(scores));
        Value::Object(object)
    }

    fn answers(&self, batch: &Batch, row: usize) -> Value {
        let answers = self.header.answers.iter().map(|answer| {
            let value = match answer.get(batch, row) {
                None => Value::Null,
                Some(Answer::Number(answer)) => number(answer),
                Some(Answer::Several(values)) => values.into_iter().map(number).collect(),
                Some(Answer::Text(text)) => json!(text),
            };
            (answer.name.clone(), value)
        });
        Value::Object(answers.collect())
    }
}

impl Sink for JsonScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        for row in 0..batch.numbers.len() {
            let object = self.object(batch, scored, row);
            self.entries.add(&object)?;
        }
        self.entries.flush()
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.entries.finish()
    }
}

/// A kept cell as JSON, of the same type as in the responses.
fn kept(cell: Option<KeptCell<'_>>) -> Value {
    match cell {
        None => Value::Null,
        Some(KeptCell::Text(text)) => json!(text),
        // A column of floats may contain NaN, which is not JSON and is written as a text.
        Some(KeptCell::Literal(text)) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}

/// A score as JSON: a number, a truth value or a word.
fn shown(scale: &Scale, score: f64) -> Value {
    match value(scale, score) {
        value::Value::Number(score) => number(score),
        value::Value::Truth(truth) => json!(truth),
        value::Value::Word(word) => json!(word),
    }
}

/// A number as JSON. Whole numbers are written without a decimal point.
#[expect(clippy::cast_possible_truncation, reason = "taken only where it is whole and small")]
pub(super) fn number(score: f64) -> Value {
    // By way of a whole number, -0.0 becomes 0.
    match score.fract() == 0.0 && score.abs() < 1e15 {
        true => json!(score as i64),
        false => json!(score),
    }
}
