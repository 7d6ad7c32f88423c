//! Export requests: what to publish, and how.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Instrument, Layout, Paper, ScaleIx, Wording};
use scalewright_scoring::{Program, Range};

use crate::house::House;
use crate::options::OptionValues;

/// A request to export one instrument in one language.
pub struct ExportRequest<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its scores.
    pub program: &'a Program,
    /// The range of each score, parallel to the program's scores.
    pub ranges: &'a [Range],
    /// The words to publish: one of the instrument's wordings.
    pub wording: &'a Wording,
    /// The files that the instrument was read from, the definition first. A platform may embed them so that the
    /// definition can be recovered.
    pub sources: &'a [SourceFile<'a>],
    /// The options of every target.
    pub common: Common,
    /// The options of this target.
    pub options: &'a OptionValues,
    /// The house style of printed forms.
    pub house: &'a House,
}

impl ExportRequest<'_> {
    /// Returns the name of an exported file with `ending`: `wai-sr.en.pdf`.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.instrument.id, self.wording.language)
    }

    /// Returns for each score of the program whether it may be published.
    #[must_use]
    pub fn published(&self) -> Vec<bool> {
        let scores = self.program.scores.iter();
        scores.map(|score| self.is_published(score.scale)).collect()
    }

    /// Whether the score of a scale is in the program and, unless recalled keys are accepted, uses no recalled key.
    pub(crate) fn is_published(&self, scale: ScaleIx) -> bool {
        let scored = self.program.position(scale).map(|position| &self.program.scores[position]);
        let recalled = |scale: &ScaleIx| {
            self.instrument.scales[scale.0].key_status == Some(KeyStatus::Recalled)
        };
        let below = scalewright_scoring::parts(self.program, scale);
        scored.is_some() && (self.common.accept_recalled_keys || !below.iter().any(recalled))
    }
}

/// A request to export several instruments together.
pub struct StudyRequest<'a> {
    /// The study's name in file names: lower-case letters, digits and hyphens.
    pub name: &'a str,
    /// The study's title for readers.
    pub title: &'a str,
    /// The instruments in their order, all in one language and none of them twice.
    pub instruments: &'a [ExportRequest<'a>],
}

impl StudyRequest<'_> {
    /// Returns the name of a file of the study with `ending`: `trial.en.pdf`.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.name, self.language())
    }

    /// Returns the language of all its instruments.
    fn language(&self) -> &str {
        self.instruments.first().map_or("en", |first| first.wording.language.as_str())
    }
}

/// A file that an instrument was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// Its name, without folder.
    pub name: &'a str,
    /// Its content.
    pub text: &'a str,
}

/// The options of every target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common {
    /// The paper size.
    pub paper: Paper,
    /// The page layout of the printed form.
    pub layout: Layout,
    /// Whether scores with a recalled key are published.
    pub accept_recalled_keys: bool,
    /// Whether scores that the platform cannot compute are left out, instead of refusing the export.
    pub leave_out_scores: bool,
}
