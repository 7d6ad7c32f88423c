//! What is to be published, and how.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Instrument, Layout, Paper, ScaleIx, Wording};
use scalewright_scoring::{Program, Range};

use crate::house::House;
use crate::options::OptionValues;

/// What is to be published, in which language and how.
pub struct ExportRequest<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Its scores.
    pub program: &'a Program,
    /// What each score can be, parallel to the program's scores.
    pub ranges: &'a [Range],
    /// The words to publish; one of the instrument's wordings.
    pub wording: &'a Wording,
    /// The files that it was read from, the definition first: what a platform can carry along for whoever wants
    /// the definition back.
    pub sources: &'a [SourceFile<'a>],
    /// What is asked of every target alike.
    pub common: Common,
    /// What is asked of this target.
    pub options: &'a OptionValues,
    /// How a printed form looks beside that.
    pub house: &'a House,
}

impl ExportRequest<'_> {
    /// The name of a file of this export, with `ending`: `wai-sr.en.pdf`.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.instrument.id, self.wording.language)
    }

    /// For each score of the program, whether it may be published.
    pub(crate) fn published(&self) -> Vec<bool> {
        let scores = self.program.scores.iter();
        scores.map(|score| self.is_published(score.scale)).collect()
    }

    pub(crate) fn is_published(&self, scale: ScaleIx) -> bool {
        let scored = self.program.position(scale).map(|position| &self.program.scores[position]);
        let recalled = |scale: &ScaleIx| {
            self.instrument.scales[scale.0].key_status == Some(KeyStatus::Recalled)
        };
        let below = scalewright_scoring::parts(self.program, scale);
        scored.is_some() && (self.common.accept_recalled_keys || !below.iter().any(recalled))
    }
}

/// What is to be published together.
pub struct StudyRequest<'a> {
    /// What its files are called: lower-case letters, digits and hyphens.
    pub name: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// Its instruments, in their order, all in one language and none of them twice.
    pub instruments: &'a [ExportRequest<'a>],
}

impl StudyRequest<'_> {
    /// The name of a file of the study, with `ending`: `trial.en.pdf`.
    pub(crate) fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.name, self.language())
    }

    /// The language that all its instruments are in.
    fn language(&self) -> &str {
        self.instruments.first().map_or("en", |first| first.wording.language.as_str())
    }
}

/// A file that an instrument was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// Its name, without folder.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// How to publish, as every target is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common {
    /// The size of the sheet.
    pub paper: Paper,
    /// How large and how close the printed form is.
    pub layout: Layout,
    /// Whether scores are published whose key is only recalled.
    pub accept_recalled_keys: bool,
    /// Whether scores that the platform cannot compute are left out, instead of refusing the export.
    pub leave_out_scores: bool,
}
