//! `scalewright.toml`: the settings of a study or a repository for all its instruments.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::export::ExportFile;
use super::levels::LintsFile;
use super::plugins::PluginsFile;
use crate::vocabulary::{Layout, Paper, UseContext};

/// The settings for all instruments of a study or a repository. The file is called `scalewright.toml`. The nearest one
/// applies: in the folder where `scalewright` runs, or above it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright settings")]
pub struct ConfigFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: Option<u32>,
    /// The location of the instruments.
    pub library: Option<LibraryFile>,
    /// The packs whose instruments are used together with the library.
    pub packs: Option<PacksFile>,
    /// The keys that the definitions lack, as with `--key`.
    pub keys: Option<KeysFile>,
    /// The study in which the instruments are used.
    pub study: Option<StudyFile>,
    /// The look of printed forms, scoring sheets and score reports. Options on the command line take precedence.
    pub pdf: Option<PdfFile>,
    /// The options of export targets, by target: `[export.redcap]` with `project = true`. `--set` on the command line
    /// takes precedence. `scalewright targets redcap` lists the options of a target.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub export: ExportFile,
    /// The programs and the templates of plug-ins, by kind and name: `[plugins.export.itemlist]`.
    pub plugins: Option<PluginsFile>,
    /// The levels of lints. The key is a lint, a group of lints (`range`, `missing-data`), `all` or `warnings`; the
    /// value is `deny` (the check fails), `warn`, `hint` (the check never fails) or `allow` (the lint is switched off).
    /// The level of a lint takes precedence over that of its group, and both over `warnings` and `all`. Only lints have
    /// levels: an error of syntax, shape or references remains an error.
    ///
    /// A table, such as `[lints.house]`, runs the lint plug-in of that name in every check, also if the table is empty.
    /// It sets the levels of the lints of the plug-in: `end-of-stem = "deny"` for `house/end-of-stem`, or `all`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 300))]
    pub lints: BTreeMap<String, LintsFile>,
    /// Other levels for some of the instruments. If several entries apply to one instrument, the last one wins.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub overrides: Vec<OverrideFile>,
}

/// The study in which the instruments are used, as far as checks and exports depend on it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StudyFile {
    /// The title of the study: the title of a project that is exported with `--study NAME`. Default: that name.
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// What the instruments are used for: `["research", "electronic"]`. The check fails for an instrument that does not
    /// allow these uses.
    #[serde(default, rename = "use")]
    #[schemars(length(max = 6))]
    pub usage: Vec<UseContext>,
    /// The day on which the study starts: `2026-01-05`. Evidence of rights should be recent on that day. Default: the
    /// `date` of the definition or the release date of the program, whichever is later.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub date: Option<String>,
}

/// The look of printed forms, scoring sheets and score reports. Options on the command line take precedence.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PdfFile {
    /// The paper size, as with `--paper`. Default: `"a4"`.
    pub paper: Option<Paper>,
    /// The text size and density of a form, as with `--layout`. Default: `"comfortable"`.
    pub layout: Option<Layout>,
    /// The colour of titles, headings and table rules: `#1f4e79`. Its contrast with white must be at least 4.5 to 1.
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    pub colour: Option<String>,
    /// The logo, printed beside the title: the path of an SVG or PNG file, relative to this file and in its folder or
    /// below it: `logo.svg`.
    #[schemars(length(min = 1, max = 1000))]
    pub logo: Option<String>,
    /// A text alternative for the logo, for readers who cannot see it: `University of Somewhere`. Required with `logo`.
    #[schemars(length(min = 1, max = 300))]
    pub logo_alt: Option<String>,
    /// A line at the foot of every page, above the rights notice: the study, its registration number.
    #[schemars(length(min = 1, max = 300))]
    pub footer: Option<String>,
    /// A folder of fonts for characters that the embedded fonts lack, as with `--fonts`. Relative to this file.
    #[schemars(length(min = 1, max = 1000))]
    pub fonts: Option<String>,
}

/// The location of the instruments.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LibraryFile {
    /// The folder that contains the instruments, relative to this file: `scales`. Without `[library]`, it is the
    /// nearest folder called `instruments`.
    #[schemars(length(min = 1, max = 1000))]
    pub path: String,
}

/// The packs whose instruments are used together with the library.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PacksFile {
    /// Folders relative to this file: each is a pack, with a `pack.toml`, or a folder that contains packs:
    /// `["packs/alliance", "../shared-packs"]`. `SCALEWRIGHT_PATH` names further ones.
    #[schemars(length(min = 1, max = 100), inner(length(min = 1, max = 1000)))]
    pub paths: Vec<String>,
}

/// The locations of key files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeysFile {
    /// Key files, or folders that contain them, relative to this file: `["../licensed/keys"]`. Each key is used for its
    /// instrument unless `--key` names another one.
    #[schemars(length(min = 1, max = 100), inner(length(min = 1, max = 1000)))]
    pub paths: Vec<String>,
}

/// Levels for some of the instruments.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OverrideFile {
    /// The instruments: the path of a definition, or of a folder and all folders below it, relative to this file:
    /// `scales/drafts`.
    #[schemars(length(min = 1, max = 1000))]
    pub path: String,
    /// The levels for these instruments, as under `[lints]`.
    #[schemars(extend("maxProperties" = 300))]
    pub lints: BTreeMap<String, LintsFile>,
}
