//! From an instrument to the files of a platform, in memory.
//!
//! A platform is a folder here, and a line in [`platforms!`]. An exporter is a pure function from an [`ExportRequest`]
//! to [`Exported`]: files, and what the platform has no place for. Scores come from the compiled program alone; what a
//! platform cannot score exactly as our evaluator does is refused at its place in the definition.
//!
//! Invariant: no file system, no clock, no network.

mod base64;
mod choices;
mod description;
mod house;
mod loss;
mod options;
mod platform;
mod score_report;
mod ui;

pub use description::{TargetDescription, described};
pub use fhir::mapping as fhir_mapping;
pub use fhir::names as fhir_names;
pub use fhir::ucum::code as ucum_code;
pub use house::{House, Logo};
pub use loss::Loss;
pub use options::{
    Conflict, Former, OptionKind, OptionSpec, OptionValues, Side, ValueSpec, WrongValue,
    configured, no_option,
};
pub use pdf::form;
pub use platform::{Exporter, FileSpec, Mapping, Platform, Sheet, Stage};
pub use redcap::field_names as redcap_names;
pub use score_report::{ReportRequest, english_words, score_report};

use scalewright_check::TargetRules;
use scalewright_model::file::KeyStatus;
use scalewright_model::{Diagnostic, Instrument, ScaleIx, Wording};
use scalewright_scoring::{Program, Range};

/// Declares the platforms: for each a module, and its entry in the registry.
macro_rules! platforms {
    ($($folder:ident,)*) => {
        $(mod $folder;)*

        /// Every platform there is.
        pub static PLATFORMS: &[&Platform] = &[$(&$folder::PLATFORM,)*];

        /// What lints know of the platforms.
        pub static TARGETS: &[&TargetRules] = &[$(&$folder::RULES,)*];
    };
}

platforms! {
    fhir,
    pdf,
    redcap,
}

/// Every exporter there is, with its platform.
pub fn exporters() -> impl Iterator<Item = (&'static Platform, &'static Exporter)> {
    let exporters = |platform: &&'static Platform| {
        let platform = *platform;
        platform.exporters.iter().map(move |exporter| (platform, exporter))
    };
    PLATFORMS.iter().flat_map(exporters)
}

/// The exporters that help, completions and pages list.
pub fn listed() -> impl Iterator<Item = (&'static Platform, &'static Exporter)> {
    exporters().filter(|(_, exporter)| exporter.stage == Stage::Stable)
}

/// The exporter of this name.
#[must_use]
pub fn exporter(name: &str) -> Option<&'static Exporter> {
    exporters().map(|(_, exporter)| exporter).find(|exporter| exporter.name == name)
}

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

/// What is to be published together.
pub struct StudyRequest<'a> {
    /// What its files are called: lower-case letters, digits and hyphens.
    pub name: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// Its instruments, in their order, all in one language and none of them twice.
    pub instruments: &'a [ExportRequest<'a>],
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

/// How large and how close a printed form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// 9-point text, little space: as few sheets as possible.
    Compact,
    /// 10-point text.
    Comfortable,
    /// 28-point text, one item a block.
    LargePrint,
}

/// A field of a form to be filled in on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its name: the id of its item.
    pub name: String,
    /// What it asks.
    pub tooltip: String,
    /// The coded values and their labels.
    pub options: Vec<(String, String)>,
}

/// A size of sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    UsLetter,
}

/// What came of an export.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// The files; of no use when a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// What the platform has no place for, and what it refuses.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of the export of a study.
#[derive(Debug, Clone, Default)]
pub struct ExportedStudy {
    /// The files; of no use when a diagnostic is an error.
    pub files: Vec<ExportedFile>,
    /// What is to be said of each instrument, in their order.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct ExportedFile {
    /// Its name, without folder.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

impl ExportedFile {
    /// A file of these bytes.
    fn of(name: String, bytes: Vec<u8>) -> Self {
        Self { name, content: Content::Bytes(bytes) }
    }
}

/// What is in a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The PDF that Typst makes of this.
    Typst(Document),
}

/// A document to be set.
#[derive(Debug, Clone)]
pub struct Document {
    /// What sets it: reads its data from `/form.json`, and the logo where the house style has one.
    pub template: &'static str,
    /// The data.
    pub data: Vec<u8>,
    /// Further files that it reads, by absolute path.
    pub files: Vec<(String, Vec<u8>)>,
    /// Identifies the document; the same for the same definition.
    pub ident: String,
    /// The fields it gets; `None` for a form on paper.
    pub fields: Option<Vec<FormField>>,
    /// What a form to fill in is known by when it comes back: names and values.
    pub marks: Vec<(&'static str, String)>,
    /// The memory that it takes to be set, in kB, beside what any document takes: an estimate.
    pub weight: usize,
}

impl Document {
    /// The weight of a document that is mostly running text and tables of it, from the data that it prints.
    #[must_use]
    pub fn weight_of(data: &[u8]) -> usize {
        data.len() * 6 / 10
    }
}

impl StudyRequest<'_> {
    /// The name of a file of the study, with `ending`: `trial.en.pdf`.
    fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.name, self.language())
    }

    /// The language that all its instruments are in.
    fn language(&self) -> &str {
        self.instruments.first().map_or("en", |first| first.wording.language.as_str())
    }
}

impl ExportRequest<'_> {
    /// The name of a file of this export, with `ending`: `wai-sr.en.pdf`.
    fn file_name(&self, ending: &str) -> String {
        format!("{}.{}.{ending}", self.instrument.id, self.wording.language)
    }

    /// For each score of the program, whether it may be published.
    fn published(&self) -> Vec<bool> {
        let scores = self.program.scores.iter();
        scores.map(|score| self.is_published(score.scale)).collect()
    }

    fn is_published(&self, scale: ScaleIx) -> bool {
        let scored = self.program.position(scale).map(|position| &self.program.scores[position]);
        let recalled = |scale: &ScaleIx| {
            self.instrument.scales[scale.0].key_status == Some(KeyStatus::Recalled)
        };
        let below = scalewright_scoring::parts(self.program, scale);
        scored.is_some() && (self.common.accept_recalled_keys || !below.iter().any(recalled))
    }
}

/// What `cargo xtask new exporter` writes, compiled here so that it cannot go stale.
#[cfg(test)]
#[path = "../../../xtask/templates/exporter/new_platform/mod.rs"]
mod new_platform;

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_of_a_platform_is_a_platform() {
        assert_eq!(super::new_platform::PLATFORM.rules.platform, "new-platform");
        assert_eq!(super::new_platform::RULES.platform, "new-platform");
    }
}
