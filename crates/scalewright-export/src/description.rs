//! Descriptions of targets as data, for `scalewright targets`.

use serde::Serialize;

use crate::{Conflict, Exporter, FileSpec, Loss, Mapping, OptionSpec, Platform, Stage};

/// A description of a target.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TargetDescription {
    /// Its name for `--to`.
    pub name: &'static str,
    /// The name of its platform.
    pub platform: &'static str,
    /// What it writes, in one line.
    pub summary: &'static str,
    /// Whether it is listed.
    pub stage: Stage,
    /// Whether several instruments can be published together.
    pub study: bool,
    /// The files that it writes.
    pub files: &'static [FileSpec],
    /// The plain options that change its files. Options that apply to every target are not listed.
    pub flags: &'static [&'static str],
    /// Its own options.
    pub options: &'static [OptionSpec],
    /// The options that exclude each other.
    pub conflicts: &'static [Conflict],
    /// The rules for field names. `None` if ids are used unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Names>,
    /// Limits that do not concern single keys, as sentences.
    pub limits: &'static [&'static str],
    /// What it cannot represent.
    pub losses: &'static [&'static Loss],
    /// Where the exported files contain the keys of a definition.
    pub keys: &'static [Mapping],
}

/// The rules for field names.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Names {
    /// The maximum length of a name, in characters. Longer ids are shortened.
    pub longest: usize,
    /// Names that the platform reserves.
    pub reserved: &'static [&'static str],
    /// The endings with which the platform names fields of its own: `<form>_<ending>`.
    pub form_endings: &'static [&'static str],
}

/// Returns the description of a target.
#[must_use]
pub fn described(platform: &'static Platform, exporter: &'static Exporter) -> TargetDescription {
    let names = platform.rules.names.map(|names| Names {
        longest: names.longest,
        reserved: names.reserved,
        form_endings: names.form_endings,
    });
    TargetDescription {
        name: exporter.name,
        platform: platform.name,
        summary: exporter.summary,
        stage: exporter.stage,
        study: exporter.study.is_some(),
        files: exporter.files,
        flags: exporter.flags,
        options: exporter.options,
        conflicts: exporter.conflicts,
        names,
        limits: platform.limits,
        losses: platform.losses,
        keys: platform.keys,
    }
}
