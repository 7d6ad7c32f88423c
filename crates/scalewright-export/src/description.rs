//! A target described as data: what `scalewright targets` prints.

use serde::Serialize;

use crate::{Conflict, Exporter, FileSpec, Loss, Mapping, OptionSpec, Platform, Stage};

/// A target described as data.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TargetDescription {
    /// What `--to` calls it.
    pub name: &'static str,
    /// The platform that it is a target of.
    pub platform: &'static str,
    /// What is made, in a line.
    pub summary: &'static str,
    /// Whether it is announced.
    pub stage: Stage,
    /// Whether several instruments can be published together.
    pub study: bool,
    /// The files that it makes.
    pub files: &'static [FileSpec],
    /// The plain options that change its files, but not those of every target.
    pub flags: &'static [&'static str],
    /// Its own options.
    pub options: &'static [OptionSpec],
    /// Those that exclude each other.
    pub conflicts: &'static [Conflict],
    /// The rules for the names of fields; absent where ids are taken as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Names>,
    /// What it cannot contain beside single keys.
    pub limits: &'static [&'static str],
    /// What is lost on it.
    pub losses: &'static [&'static Loss],
    /// Where it has the keys of a definition.
    pub keys: &'static [Mapping],
}

/// The rules for the names of fields.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Names {
    /// The most characters of a name; that of a longer id is shortened.
    pub longest: usize,
    /// Names that the platform keeps for itself.
    pub reserved: &'static [&'static str],
    /// What it puts behind the name of a form, and an underscore, to name fields of its own.
    pub form_endings: &'static [&'static str],
}

/// The description of a target.
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
