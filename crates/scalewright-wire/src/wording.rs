//! The words of an instrument on the wire.

use std::collections::BTreeMap;

use scalewright_model::TranslationStatus;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::Number;

/// The words of an instrument in one language, by the ids of the instrument: `wording.items.q1.stem`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wording {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The title of the instrument.
    pub title: String,
    /// The instructions before the first item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// The period that respondents are asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall_period: Option<String>,
    /// How far the translation has been tested. Left out for the words of the definition, and if it is not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<TranslationStatus>,
    /// The notice to print instead of `rights.notice` of the instrument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The words of each response scale, by its id.
    pub response_scales: BTreeMap<String, ResponseWording>,
    /// The words of each section, by its id.
    pub sections: BTreeMap<String, SectionWording>,
    /// The words of each item, by its id.
    pub items: BTreeMap<String, ItemWording>,
    /// The words of each note, by its id. Left out if the instrument has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, NoteWording>,
    /// The names of each scale and its bands, by its id.
    pub scales: BTreeMap<String, ScaleWording>,
}

/// The words of a response scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseWording {
    /// The options with their labels, in printed order. For yes and no, the labels are `yes_label` and `no_label`, or
    /// else the usual words of the language. Empty for a response scale without options.
    pub options: Vec<OptionWording>,
    /// The words at the low end of a visual analogue scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_label: Option<String>,
    /// The words at the high end of a visual analogue scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_label: Option<String>,
    /// The wording's own word for yes, if it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yes_label: Option<String>,
    /// The wording's own word for no, if it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_label: Option<String>,
    /// The unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A response option with its label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OptionWording {
    /// The number that codes the answer.
    pub value: Number,
    /// The label.
    pub label: String,
}

/// The words of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SectionWording {
    /// The heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The words that all items of the section continue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<String>,
    /// The instructions for the items of the section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
}

/// The words of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemWording {
    /// The stem.
    pub stem: String,
}

/// The words of a note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoteWording {
    /// The text.
    pub text: String,
}

/// The names of a scale and its bands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleWording {
    /// The name of the scale.
    pub title: String,
    /// The unit of the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The name of each band, in the order of `bands` of the scale.
    pub bands: Vec<String>,
    /// The names of the bands of each further set, in the order of `band_sets` of the scale.
    pub band_sets: Vec<Vec<String>>,
    /// The feedback on the bands: a list for `bands`, unless there are none, then one for each further set. `null` for a
    /// band without feedback. Empty if no band has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<Vec<Option<String>>>,
}
