//! What a platform is: the shape of a folder of this crate.

use std::borrow::Cow;

use scalewright_check::TargetRules;

use crate::options::{Conflict, OptionSpec, OptionValues, Side};
use crate::{ExportRequest, Exported, ExportedStudy, Loss, StudyRequest};

/// A platform to publish to. Everything about it is in one folder, which has `RULES` and `PLATFORM`.
pub struct Platform {
    /// What people call it: `REDCap`.
    pub name: &'static str,
    /// What lints know of it.
    pub rules: &'static TargetRules,
    /// The targets that the command line has for it.
    pub exporters: &'static [Exporter],
    /// What it cannot contain beside single keys, in sentences.
    pub limits: &'static [&'static str],
    /// What is lost on it.
    pub losses: &'static [&'static Loss],
    /// Where it has the keys of a definition.
    pub keys: &'static [Mapping],
}

/// A target of `scalewright export`: a form of publication that a platform has.
pub struct Exporter {
    /// Its name on the command line: `fhir`.
    pub name: &'static str,
    /// What is made, in a line.
    pub summary: &'static str,
    /// Whether it is announced.
    pub stage: Stage,
    /// The files that it makes.
    pub files: &'static [FileSpec],
    /// The plain options of the command line that change its files, but not those of every target, without hyphens in
    /// front: `paper`.
    pub flags: &'static [&'static str],
    /// Its own options.
    pub options: &'static [OptionSpec],
    /// Those that exclude each other.
    pub conflicts: &'static [Conflict],
    /// Whether it makes documents that have to be typeset.
    pub prints: bool,
    /// The sheets that are made beside the form, once for an instrument.
    pub sheets: fn(&OptionValues) -> Vec<Sheet>,
    /// Makes the files.
    pub export: fn(&ExportRequest<'_>) -> Exported,
    /// Makes the files of a study of several instruments; `None` where the platform has no such thing.
    pub study: Option<fn(&StudyRequest<'_>) -> ExportedStudy>,
}

/// How far an exporter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It can be named, but neither the help nor the completions nor the book list it.
    Draft,
    /// It is listed.
    Stable,
}

/// A file that an exporter makes.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct FileSpec {
    /// Its name, with what stands for words of the definition in angle brackets: `<id>.<language>.pdf`.
    pub name: &'static str,
    /// What it is, and when it is made.
    pub what: &'static str,
}

/// A sheet beside the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// A sheet to score by hand.
    Scoring,
}

/// Where a platform has some keys of a definition.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Mapping {
    /// The keys, as paths: `[]` is an entry of a list, `*` a name that the author gives.
    pub keys: &'static [&'static str],
    /// What contains them: elements, columns, parts of a page. Empty where only the definition within the export does.
    pub elements: &'static [&'static str],
    /// In which way.
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

    /// Its option of this name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.options.iter().find(|option| option.name == name)
    }

    /// The first of its conflicts among the values that are given and the plain options in `flags`.
    #[must_use]
    pub fn conflict(&self, values: &OptionValues, flags: &[&str]) -> Option<&'static Conflict> {
        self.conflicts.iter().find(|Conflict { options, flag, help: _ }| {
            let meets = |(name, value): &Side| {
                let given = self.option(name).map(|spec| values.get(spec));
                value.as_ref().map_or(values.is_given(name), |value| Some(&**value) == given)
            };
            options.iter().all(meets) && flag.as_ref().is_none_or(|flag| flags.contains(&&**flag))
        })
    }
}

impl Conflict {
    /// Two options of one target, each with the value that excludes that of the other.
    pub(crate) const fn between(options: &'static [Side], help: &'static str) -> Self {
        Self { options: Cow::Borrowed(options), flag: None, help: Cow::Borrowed(help) }
    }

    /// An option of a target, whatever its value, and a plain option of the command line.
    pub(crate) const fn with_flag(
        options: &'static [Side],
        flag: &'static str,
        help: &'static str,
    ) -> Self {
        let flag = Some(Cow::Borrowed(flag));
        Self { options: Cow::Borrowed(options), flag, help: Cow::Borrowed(help) }
    }
}
