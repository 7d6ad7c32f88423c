//! `<lang>.toml`: the words of one language. A translation changes words only.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rights::RightsFile;
use crate::vocabulary::TranslationStatus;

/// The words respondents read, in one language: a translation, or the wording that the definition
/// itself withholds. It can change words only: no keys, no values, no scoring.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "scalewright wording")]
pub struct WordingFile {
    /// Version of the file format: `1`.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the instrument these words belong to.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), length(max = 64))]
    pub instrument: String,
    /// The language, as a BCP 47 tag such as `de`, `pt-BR` or `zh-Hant`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$"), length(max = 35))]
    pub language: String,
    /// The title of the instrument in this language.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// The instructions printed before the first item.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
    /// The period respondents are asked about, in this language.
    #[schemars(length(min = 1, max = 200))]
    pub recall_period: Option<String>,
    /// The rights notice to print on forms in this language. The definition's own when left out.
    #[schemars(length(min = 1, max = 2000))]
    pub notice: Option<String>,
    /// How this wording came about.
    pub translation: Option<TranslationFile>,
    /// Rights in this wording, when they differ from those of the instrument.
    pub rights: Option<RightsFile>,
    /// The words of each response scale, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub response_scales: BTreeMap<String, ResponseScaleWordingFile>,
    /// The words of each section, by its id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub sections: BTreeMap<String, SectionWordingFile>,
    /// The stem of each item, by its id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub items: BTreeMap<String, String>,
    /// The names of each scale, by its id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub scales: BTreeMap<String, ScaleWordingFile>,
}

/// How a wording came about.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TranslationFile {
    /// How far the translation has been tested.
    pub status: TranslationStatus,
    /// Who translated, or the publication the wording is taken from.
    #[schemars(length(min = 1, max = 1000))]
    pub source: Option<String>,
}

/// The words of one response scale.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResponseScaleWordingFile {
    /// The label of each response option, by its coded value: `{ "1" = "Nie", "2" = "Selten" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub options: BTreeMap<String, String>,
    /// The words at the low end of a visual analogue scale.
    #[schemars(length(min = 1, max = 300))]
    pub min_label: Option<String>,
    /// The words at the high end of a visual analogue scale.
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
    /// The words that every item of the section continues.
    #[schemars(length(min = 1, max = 2000))]
    pub lead_in: Option<String>,
    /// What the respondent is told to do in this section.
    #[schemars(length(min = 1, max = 10000))]
    pub instructions: Option<String>,
}

/// The names of one scale and its bands.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScaleWordingFile {
    /// The name of the scale.
    #[schemars(length(min = 1, max = 300))]
    pub title: Option<String>,
    /// What the score is counted in, in this language. The definition's own word when left out.
    #[schemars(length(min = 1, max = 100))]
    pub unit: Option<String>,
    /// The label of each band, by its label in the definition: `{ low = "niedrig" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 5000))]
    pub bands: BTreeMap<String, String>,
}
