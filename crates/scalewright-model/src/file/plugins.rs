//! `[plugins]` in `scalewright.toml`: the programs and the templates of plug-ins.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// The plug-ins of a study or a repository. A plug-in that is on the `PATH` as `scalewright-export-NAME`,
/// `scalewright-lint-NAME` or `scalewright-import-NAME` needs no entry.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PluginsFile {
    /// Exporters, by the name of their target: `[plugins.export.itemlist]` is `--to itemlist`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub export: BTreeMap<String, PluginFile>,
    /// Lint plug-ins, by name: `[plugins.lint.house]` is `--lints house`, or `[lints.house]` for every check.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub lint: BTreeMap<String, PluginFile>,
    /// Importers, by the name of their format.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub import: BTreeMap<String, PluginFile>,
}

/// A plug-in: a program, or templates.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PluginFile {
    /// The program and its arguments: `["python3", "plugins/itemlist.py"]`. It is run without a shell, and only after
    /// `scalewright plugin trust`. A name without `/` is looked up on the `PATH`; arguments that name files below the
    /// folder of this file are passed with their full path. Without it, the settings apply to the plug-in on the `PATH`.
    #[schemars(length(min = 1, max = 50))]
    pub command: Option<Vec<String>>,
    /// The folder of an exporter that consists of templates, with its `target.toml`, relative to this file:
    /// `plugins/page`. Only for exporters.
    #[schemars(length(min = 1, max = 1000))]
    pub templates: Option<String>,
    /// The variables of the environment that the program gets, besides `PATH`, `LANG`, `HOME` and `TMPDIR`:
    /// `["R_HOME"]`.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub pass_env: Vec<String>,
    /// Folders and files that the program may read, besides its own folder and those of the system: `["fonts"]`.
    /// Relative to this file.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub read: Vec<String>,
    /// The longest time for one request, in seconds. Default: 60.
    #[schemars(range(min = 1, max = 3600))]
    pub time_limit: Option<u32>,
    /// The most output for one request, in megabytes. Default: 64.
    #[schemars(range(min = 1, max = 4096))]
    pub output_limit: Option<u32>,
    /// The most files for one request. Default: 10,000.
    #[schemars(range(min = 1, max = 100_000))]
    pub file_limit: Option<u32>,
    /// The most memory of each process, in megabytes. Default: 1,024.
    #[schemars(range(min = 64, max = 1_048_576))]
    pub memory_limit: Option<u32>,
}
