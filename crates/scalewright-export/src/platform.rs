//! The types that describe a platform: what each platform's folder provides.

use std::borrow::Cow;

use scalewright_check::TargetRules;

use crate::options::{Conflict, OptionSpec, OptionValues, Side, TargetOptions};
use crate::{ExportRequest, Exported, ExportedStudy, Loss, StudyRequest};

/// A platform to publish to. Everything about it is in one folder, which exports `RULES` and `PLATFORM`.
pub struct Platform {
    /// Its name for readers: `REDCap`.
    pub name: &'static str,
    /// Its rules, for lints.
    pub rules: &'static TargetRules,
    /// Its targets on the command line.
    pub exporters: &'static [Exporter],
    /// Limits that do not concern single keys, as sentences.
    pub limits: &'static [&'static str],
    /// What it cannot represent.
    pub losses: &'static [&'static Loss],
    /// Where the exported files contain the keys of a definition.
    pub keys: &'static [Mapping],
}

/// A target of `scalewright export`: one form of publication on a platform.
pub struct Exporter {
    /// Its name on the command line: `fhir`.
    pub name: &'static str,
    /// What it writes, in one line.
    pub summary: &'static str,
    /// Whether it is listed.
    pub stage: Stage,
    /// The files that it writes.
    pub files: &'static [FileSpec],
    /// The plain command-line options that change its files, without leading hyphens: `paper`. Options that apply to
    /// every target are not listed.
    pub flags: &'static [&'static str],
    /// Its own options.
    pub options: &'static [OptionSpec],
    /// The options that exclude each other.
    pub conflicts: &'static [Conflict],
    /// Whether it makes documents that have to be typeset.
    pub prints: bool,
    /// Returns the sheets that are made in addition to the form, once per instrument.
    pub sheets: fn(&OptionValues) -> Vec<Sheet>,
    /// Makes the files.
    pub export: fn(&ExportRequest<'_>) -> Exported,
    /// Makes the files of a study of several instruments. `None` if the platform does not support studies.
    pub study: Option<fn(&StudyRequest<'_>) -> ExportedStudy>,
}

/// The maturity of an exporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It can be used by name, but the help, the completions and the book do not list it.
    Draft,
    /// It is listed.
    Stable,
}

/// A file that an exporter writes.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct FileSpec {
    /// Its name, with placeholders in angle brackets: `<id>.<language>.pdf`.
    pub name: &'static str,
    /// What it is, and when it is written.
    pub what: &'static str,
}

/// A sheet in addition to the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The scoring sheet, for scoring by hand.
    Scoring,
}

/// Where the exported files of a platform contain some keys of a definition.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Mapping {
    /// The keys, as paths: `[]` is an entry of a list, `*` a name that the author chooses.
    pub keys: &'static [&'static str],
    /// The elements, columns or parts of a page that contain them. Empty if only the embedded definition does.
    pub elements: &'static [&'static str],
    /// How they are represented.
    pub how: &'static str,
}

impl Exporter {
    /// An exporter without options, for single instruments.
    pub(crate) const fn new(
        name: &'static str,
        summary: &'static str,
        export: fn(&ExportRequest<'_>) -> Exported,
    ) -> Self {
        Self {
            name,
            summary,
            stage: Stage::Stable,
            files: &[],
            flags: &[],
            options: &[],
            conflicts: &[],
            prints: false,
            sheets: |_| Vec::new(),
            export,
            study: None,
        }
    }

    /// Returns its name with its options.
    #[must_use]
    pub const fn own(&self) -> TargetOptions<'static> {
        TargetOptions { name: self.name, options: self.options, conflicts: self.conflicts }
    }

    /// Returns its option with this name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.own().option(name)
    }
}

impl Conflict {
    /// A conflict between two options of one target, each with the value that excludes that of the other.
    pub(crate) const fn between(options: &'static [Side], help: &'static str) -> Self {
        Self { options: Cow::Borrowed(options), flag: None, help: Cow::Borrowed(help) }
    }

    /// A conflict between an option of a target, with any value, and a plain option of the command line.
    pub(crate) const fn with_flag(
        options: &'static [Side],
        flag: &'static str,
        help: &'static str,
    ) -> Self {
        let flag = Some(Cow::Borrowed(flag));
        Self { options: Cow::Borrowed(options), flag, help: Cow::Borrowed(help) }
    }
}
