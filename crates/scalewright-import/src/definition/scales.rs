//! The scores of a form as scales.

use scalewright_model::file::{InstrumentFile, ScaleFile};
use scalewright_model::{KeyStatus, MissingKind, ScoreKind};

use super::{Maker, words};
use crate::form::Score;
use crate::form::rule::Target;

impl Maker<'_> {
    /// Adds a scale for each score that was understood. Returns the scores, by position, one for each scale.
    pub(super) fn scales(&mut self, file: &mut InstrumentFile) -> Vec<usize> {
        let mut kept = Vec::new();
        for (index, score) in self.form.scores.iter().enumerate() {
            if let Some(scale) = self.scale(score) {
                file.scales.push(scale);
                kept.push(index);
            }
        }
        kept
    }

    /// The scale of a score; `None` if it was not understood.
    fn scale(&self, score: &Score) -> Option<ScaleFile> {
        let title = score.title.of(self.language).unwrap_or(&score.column);
        let title = words::shortened(title, 300);
        let scale = match &score.rule.target {
            Target::NotUnderstood(_) => return None,
            Target::Scale(scale) => ScaleFile { id: score.id.clone(), title, ..(**scale).clone() },
            Target::Formula(formula) => ScaleFile {
                formula: Some(formula.clone()),
                ..ScaleFile::new(&score.id, &title, ScoreKind::Formula, MissingKind::InFormula)
            },
        };
        Some(ScaleFile {
            description: score.description.clone().map(|text| words::shortened(&text, 4000)),
            key_status: Some(KeyStatus::SingleSource),
            key_source: vec!["import".to_owned()],
            bands: score.bands.clone(),
            ..scale
        })
    }
}
