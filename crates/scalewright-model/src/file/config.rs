//! `scalewright.toml`: what a study or a repository sets for all its instruments.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

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
