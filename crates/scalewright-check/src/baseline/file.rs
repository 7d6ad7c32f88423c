//! The file of a baseline.

use schemars::JsonSchema;
use serde::Deserialize;

/// Known findings: `scalewright check --baseline FILE` reports only others. `--write-baseline FILE` writes the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright baseline")]
pub struct BaselineFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The known findings, sorted.
    #[serde(default)]
    pub known: Vec<KnownFile>,
}

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KnownFile {
    /// The id of the instrument.
    pub instrument: String,
    /// The name of the file, without its folder: `instrument.toml`.
    pub file: String,
    /// The kind of finding: `item-on-no-scale`.
    #[schemars(length(min = 1))]
    pub lint: String,
    /// The place in the file. Entries of lists are named by their id, label or value: `/items/calm4/stem`.
    #[serde(default)]
    pub at: String,
    /// What is wrong.
    #[schemars(length(min = 1))]
    pub message: String,
    /// How many findings have this place and this message. Default: 1.
    #[schemars(range(min = 1))]
    pub count: Option<u32>,
}
