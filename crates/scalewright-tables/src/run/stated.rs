//! Compares the scores that responses state with the scores of their answers.

use scalewright_model::text::quote;
use scalewright_model::{Instrument, Scale};
use scalewright_scoring::{Program, Scored};

use crate::responses::{Batch, Stated};
use crate::{Note, NoteKind};

/// At most this many differences are shown; the others are counted.
const SHOWN: usize = 50;
/// The tolerance, relative to scores above 1. Third-party engines keep eight decimals, so a larger difference is a real
/// one.
const CLOSE: f64 = 1e-6;

/// The differences so far.
pub struct Differences {
    name: String,
    count: usize,
}

/// A row, as messages name it.
pub struct Row<'r> {
    /// The number of the row in the table, from 1.
    pub number: u64,
    /// The respondent.
    pub respondent: &'r str,
}

impl Differences {
    /// Begins without differences. `name` is the name of the table in messages.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), count: 0 }
    }

    /// Removes and returns the differences so far.
    pub(super) fn take(&mut self) -> Self {
        let begun = Self::new(&self.name);
        std::mem::replace(self, begun)
    }

    /// Compares the scores that the responses of a batch state with the computed scores.
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

    /// Compares a computed score with a stated one, and notes a difference.
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
        format!("{place}: states {shown} for `{}`, but the answers give {ours}", scale.id)
    }

    /// Returns a note with the number of differences that were not shown, if any.
    #[must_use]
    pub fn finish(self) -> Option<Note> {
        let more = self.count.checked_sub(SHOWN + 1)? + 1;
        let text = format!("… and {more} more stated scores that differ");
        Some(Note::new(NoteKind::Total, text))
    }
}

fn agree(stated: &Stated, score: Option<f64>) -> bool {
    match (stated.score, score) {
        (Some(stated), Some(score)) => (stated - score).abs() <= CLOSE * score.abs().max(1.0),
        // A stated text that cannot be a score differs even from a score that is missing.
        (None, None) => stated.text.is_empty(),
        (None, Some(_)) | (Some(_), None) => false,
    }
}
