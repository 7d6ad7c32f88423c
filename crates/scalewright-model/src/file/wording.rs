//! `<lang>.toml`: the words of one language. A translation changes only words.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rights::RightsFile;
use crate::vocabulary::TranslationStatus;

/// The words that respondents read, in one language: a translation, or the wording that the definition withholds. It
/// contains only words; keys, values and scoring are those of the definition.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright wording")]
pub struct WordingFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the instrument that these words belong to.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub instrument: String,
    /// The language: a BCP 47 tag such as `de`, `pt-BR` or `zh-Hant`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$"), length(max = 35))]
    pub language: String,
    /// `true` while texts are missing. A check then counts what is missing, and nothing is published in this language.
    /// Default: `false`; a missing text is an error.
    #[serde(default)]
    pub incomplete: bool,
    /// The title of the instrument in this language.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The instructions printed before the first item.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
    /// The period that respondents are asked about, in this language.
    #[schemars(length(min = 1, max = 200))]
    pub recall_period: Option<String>,
    /// The rights notice to print on forms in this language. Default: the notice of this file's `rights` if it has
    /// them, else that of the definition.
    #[schemars(length(min = 1, max = 2000))]
    pub notice: Option<String>,
    /// The origin of this wording, and how far it has been tested.
    pub translation: Option<TranslationFile>,
    /// The rights in this wording, if they differ from those of the instrument.
    pub rights: Option<RightsFile>,
    /// The words of each response scale, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub response_scales: BTreeMap<String, ResponseScaleWordingFile>,
    /// The words of each section, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub sections: BTreeMap<String, SectionWordingFile>,
    /// The stem of each item, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub items: BTreeMap<String, String>,
    /// The words of each note, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub notes: BTreeMap<String, String>,
    /// The names of each scale and its bands, and the feedback on the bands, by scale id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub scales: BTreeMap<String, ScaleWordingFile>,
}

/// The origin of a wording, and how far it has been tested.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TranslationFile {
    /// How far the translation has been tested.
    pub status: TranslationStatus,
    /// The translators, or the publication that the wording is taken from.
    #[schemars(length(min = 1, max = 1000))]
    pub source: Option<String>,
}

/// The words of one response scale.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseScaleWordingFile {
    /// The label of each response option, by its value: `{ "1" = "Nie", "2" = "Selten" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub options: BTreeMap<String, String>,
    /// The words at the low end of a visual analogue scale, or of numbers of which only the ends have words.
    #[schemars(length(min = 1, max = 300))]
    pub min_label: Option<String>,
    /// The words at the high end of a visual analogue scale, or of numbers of which only the ends have words.
    #[schemars(length(min = 1, max = 300))]
    pub max_label: Option<String>,
    /// The word for yes.
    #[schemars(length(min = 1, max = 100))]
    pub yes_label: Option<String>,
    /// The word for no.
    #[schemars(length(min = 1, max = 100))]
    pub no_label: Option<String>,
    /// The unit of a number, in this language.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
}

/// The words of one section.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionWordingFile {
    /// The heading of the section.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// Words that all items of the section continue.
    #[schemars(length(min = 1, max = 2000))]
    pub lead_in: Option<String>,
    /// The instructions for the items of this section.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
}

/// The names of one scale and its bands, and the feedback on the bands.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScaleWordingFile {
    /// The name of the scale.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The unit of the score, in this language. Default: the unit in the definition.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The label of each band, by its label in the definition: `{ low = "niedrig" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub bands: BTreeMap<String, String>,
    /// What a score in each band means, in plain words for respondents, by the label of the band in the definition:
    /// `{ low = "…" }`. Score reports print it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub feedback: BTreeMap<String, String>,
}
