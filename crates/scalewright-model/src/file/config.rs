//! `scalewright.toml`: what a study or a repository sets for all its instruments.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::export::ExportFile;
use crate::vocabulary::{Layout, Paper, UseContext};

/// What is set for all instruments of a study or a repository. The file is called `scalewright.toml`; the nearest
/// one holds, in the folder where `scalewright` runs or above it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright settings")]
pub struct ConfigFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: Option<u32>,
    /// Where the instruments are.
    pub library: Option<LibraryFile>,
    /// What the instruments are used for, and what that is called.
    pub study: Option<StudyFile>,
    /// How printed forms, scoring sheets and score reports look. What a command says goes before it.
    pub pdf: Option<PdfFile>,
    /// The options of targets, which `--set` gives a command, by the target: `[export.redcap]` with `project = true`.
    /// What a command says goes before it; `scalewright targets redcap` lists what there is.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub export: ExportFile,
    /// How bad lints are taken to be: the name of a lint, of a group of lints (`range`, `missing-data`), `all` or
    /// `warnings`, and `deny` (it fails a check), `warn`, `hint` (it never fails one) or `allow` (it is switched
    /// off). A lint's own line goes before its group's, and that before `warnings` and `all`. Only lints can be
    /// set: an error of syntax, shape or references stays one.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 300))]
    pub lints: BTreeMap<String, LevelFile>,
    /// Other levels for some of the instruments. Of several that are about one, the later goes before the earlier.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub overrides: Vec<OverrideFile>,
}

/// What a study is, as far as checks and exports depend on it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StudyFile {
    /// What people call the study: the title of a project that is exported with `--study`. Its name when left out.
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// What the instruments are used for: `["research", "electronic"]`. One that does not allow it fails the check.
    #[serde(default, rename = "use")]
    #[schemars(length(max = 6))]
    pub usage: Vec<UseContext>,
    /// The day on which the study starts, as `2026-01-05`: evidence of rights is to be recent then. The later of the
    /// definition's `date` and the release of the program when left out.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub date: Option<String>,
}

/// How printed forms, scoring sheets and score reports look. What a command says goes before it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PdfFile {
    /// The size of the sheet, as `--paper`: `"a4"` when left out.
    pub paper: Option<Paper>,
    /// How large and how close a form is, as `--layout`: `"comfortable"` when left out.
    pub layout: Option<Layout>,
    /// The colour of titles, headings and the rules of tables, as `#1f4e79`: dark enough to be read on white, with a
    /// contrast of 4.5 to 1.
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    pub colour: Option<String>,
    /// The logo, beside the title: an SVG or PNG file in the folder of this file or below it, as seen from this file:
    /// `logo.svg`.
    #[schemars(length(min = 1, max = 1000))]
    pub logo: Option<String>,
    /// What the logo shows, for those who cannot see it: `University of Somewhere`. Goes with `logo`.
    #[schemars(length(min = 1, max = 300))]
    pub logo_alt: Option<String>,
    /// A line at the foot of every page, above the notice of rights: the study, its number in a register.
    #[schemars(length(min = 1, max = 300))]
    pub footer: Option<String>,
    /// Fonts for letters that the embedded ones lack, as `--fonts`: a folder, as seen from this file.
    #[schemars(length(min = 1, max = 1000))]
    pub fonts: Option<String>,
}

/// Where the instruments are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LibraryFile {
    /// The folder that holds the instruments, as seen from this file: `scales`. The nearest folder called
    /// `instruments` when left out.
    #[schemars(length(min = 1, max = 1000))]
    pub path: String,
}

/// Levels for some of the instruments.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OverrideFile {
    /// The instruments: a definition, or a folder and all below it, as seen from this file: `scales/drafts`.
    #[schemars(length(min = 1, max = 1000))]
    pub path: String,
    /// Their levels, as under `[lints]`.
    #[schemars(extend("maxProperties" = 300))]
    pub lints: BTreeMap<String, LevelFile>,
}

/// How bad a lint is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelFile {
    /// It is switched off.
    Allow,
    /// Worth a second look; it never fails a check.
    Hint,
    /// Probably not meant.
    Warn,
    /// It fails a check. The instrument can still be scored and exported.
    Deny,
}
