//! Scores that responses state beside their answers, where they are not what the answers come to.

use scalewright_model::text::quote;
use scalewright_model::{Instrument, Scale};
use scalewright_scoring::{Program, Scored};

use crate::responses::{Batch, Stated};
use crate::{Note, NoteKind};

/// More differences than this are counted, not shown.
const SHOWN: usize = 50;
/// Engines of others keep eight decimals; a score that differs by more is another one.
const CLOSE: f64 = 1e-6;

/// What differed so far.
pub struct Differences {
    name: String,
    count: usize,
}

/// A row, as messages call it.
pub struct Row<'r> {
    /// Its number in the table, from 1.
    pub number: u64,
    /// Who answered.
    pub respondent: &'r str,
}

impl Differences {
    /// None yet, in the table that messages call `name`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), count: 0 }
    }

    /// Compares what a batch of responses states with its scores.
    pub(super) fn batch(
        &mut self,
        (instrument, program): (&Instrument, &Program),
        batch: &Batch,
        scored: &[Scored],
        notes: &mut Vec<Note>,
    ) {
        for stated in &batch.stated {
            let Some(position) = program.position(stated.scale) else { continue };
            let score = scored[position].score.get(stated.row);
            let respondent = batch.respondent(stated.row);
            let row = Row { number: batch.numbers[stated.row], respondent: &respondent };
            self.compare(&instrument.scales[stated.scale.0], stated, (&row, score), notes);
        }
    }

    /// Compares one score with the one that is stated.
    pub fn compare(
        &mut self,
        scale: &Scale,
        stated: &Stated,
        (row, score): (&Row<'_>, Option<f64>),
        notes: &mut Vec<Note>,
    ) {
        if agree(stated, score) {
            return;
        }
        self.count += 1;
        if self.count <= SHOWN {
            let text = self.text(scale, stated, row, score);
            notes.push(Note::new(NoteKind::Warning, text).about(&self.name));
        }
    }

    fn text(&self, scale: &Scale, stated: &Stated, row: &Row<'_>, score: Option<f64>) -> String {
        let ours = match score {
            Some(score) if scale.is_truth() => (score != 0.0).to_string(),
            Some(score) => score.to_string(),
            None => "no score".to_owned(),
        };
        let shown: String = match stated.text.as_str() {
            "" => "no score".to_owned(),
            text => text.chars().take(40).collect(),
        };
        let Row { number, respondent } = row;
        let respondent = quote(respondent);
        let place = match stated.line {
            Some(line) => {
                format!("row {number} (line {line}, `{respondent}`), column `{}`", stated.place)
            }
            None => format!("response {number} (`{respondent}`), `{}`", stated.place),
        };
        format!("{place}: it states {shown}, but its answers come to {ours}: `{}`", scale.id)
    }

    /// How many were not shown.
    #[must_use]
    pub fn finish(self) -> Option<Note> {
        let more = self.count.checked_sub(SHOWN + 1)? + 1;
        let text = format!("… and {more} more scores that differ from those stated");
        Some(Note::new(NoteKind::Total, text))
    }
}

fn agree(stated: &Stated, score: Option<f64>) -> bool {
    match (stated.score, score) {
        (Some(stated), Some(score)) => (stated - score).abs() <= CLOSE * score.abs().max(1.0),
        (None, None) => stated.text.is_empty(),
        (None, Some(_)) | (Some(_), None) => false,
    }
}
