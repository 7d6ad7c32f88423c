//! `pack.toml`: a collection of instruments, wordings, templates and programs that is used as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::FORMAT;
use crate::vocabulary::{Evidence, WordingPolicy};

/// The name of the library in `library:id`, which no pack may have.
pub const LIBRARY_NAME: &str = "library";

/// A pack: a folder with instruments, wordings, templates and lints that others use together with their own library.
/// The file is called `pack.toml` and is at the top of the folder.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright pack")]
pub struct PackFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The name of the pack: lower-case words joined by hyphens, such as `alliance`. It names instruments whose id
    /// exists in more than one place: `alliance:wai-sr`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub name: String,
    /// The version of the collection: `1.0.0`.
    #[schemars(regex(pattern = r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$"), length(max = 60))]
    pub version: String,
    /// The title of the collection.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The versions of the file format that the definitions of the pack may have: `{ from = 1, to = 1 }`. Default: `1`
    /// only.
    pub formats: Option<FormatsFile>,
    /// The rights in the collection.
    pub rights: PackRightsFile,
    /// Programs that check instruments, by name: `[lints.house]`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub lints: BTreeMap<String, PackProgramFile>,
    /// Programs that export instruments, by name: `[exporters.itemlist]`. An exporter made of templates needs no entry:
    /// it is a folder in `templates`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub exporters: BTreeMap<String, PackProgramFile>,
    /// Programs that read instruments from files of other programs, by name: `[importers.diary]`.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 100))]
    pub importers: BTreeMap<String, PackProgramFile>,
}

impl PackFile {
    /// Returns the versions of the file format that the pack supports.
    #[must_use]
    pub fn formats(&self) -> FormatsFile {
        self.formats.unwrap_or(FormatsFile { from: FORMAT, to: FORMAT })
    }
}

/// A range of versions of the file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormatsFile {
    /// The lowest version.
    #[schemars(range(min = 1, max = 1000))]
    pub from: u32,
    /// The highest version.
    #[schemars(range(min = 1, max = 1000))]
    pub to: u32,
}

/// The rights in the collection. Each instrument states its own rights in its definition as well.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PackRightsFile {
    /// The person or organisation that publishes the collection.
    #[schemars(length(min = 1, max = 500))]
    pub holder: String,
    /// The licence of the collection: an SPDX identifier such as `CC0-1.0` or `CC-BY-ND-4.0`, or a few words such as
    /// `permission required`.
    #[schemars(length(min = 1, max = 200))]
    pub licence: String,
    /// Whether the pack contains words that respondents read. With `withheld`, no definition in the pack may include
    /// its wording, and the pack may not have wording files.
    pub wording: WordingPolicy,
    /// What the holder allows and requires, summarised in a sentence or two.
    #[schemars(length(min = 1, max = 4000))]
    pub terms: Option<String>,
    /// The web address of the terms.
    #[schemars(url, length(max = 2000))]
    pub url: Option<String>,
    /// The evidence for these statements: one entry for each page, letter or licence that was read.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub evidence: Vec<Evidence>,
}

/// A program of a pack. It runs only after its user has trusted it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PackProgramFile {
    /// The program and its arguments: `["python3", "lints/house.py"]`. No shell is involved. It runs in the folder of
    /// the pack.
    #[schemars(length(min = 1, max = 100), inner(length(min = 1, max = 1000)))]
    pub command: Vec<String>,
}
