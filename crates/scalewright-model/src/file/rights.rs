//! Rights as data: who owns the wording, what may be done with it, and the evidence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::{Evidence, Permissions, WordingPolicy};

/// Who owns the wording of this instrument, what may be done with it, and the evidence for these statements.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RightsFile {
    /// The person or organisation that owns the rights in the wording.
    #[schemars(length(min = 1, max = 500))]
    pub holder: String,
    /// The licence of the wording: an SPDX identifier such as `CC0-1.0` or `CC-BY-ND-4.0`, or a few words such as
    /// `permission required`.
    #[schemars(length(min = 1, max = 200))]
    pub licence: String,
    /// Whether these files contain the words that respondents read. Write `withheld` if the words may not be
    /// redistributed; somebody who may use them then supplies them in a wording file.
    pub wording: WordingPolicy,
    /// The notice to print on every form, as the holder requires it. Default: a notice made from holder and licence.
    #[schemars(length(min = 1, max = 2000))]
    pub notice: Option<String>,
    /// What the holder allows and requires, summarised in a sentence or two.
    #[schemars(length(min = 1, max = 4000))]
    pub terms: Option<String>,
    /// The web address of the terms.
    #[schemars(url, length(max = 2000))]
    pub url: Option<String>,
    /// How to obtain the wording or permission to use it.
    #[schemars(length(min = 1, max = 2000))]
    pub obtain: Option<String>,
    /// The digest of the wording in each language, if the wording may only be used unchanged:
    /// `{ en = "sha256:…" }`. `scalewright wording ID --language en --digest` prints it. The check then reports changed
    /// words, including those of a wording file that is supplied from elsewhere.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 500))]
    pub digests: BTreeMap<String, String>,
    /// What is permitted in each context of use. A context that is left out is `unknown`.
    #[serde(rename = "use")]
    pub usage: Option<Permissions>,
    /// The evidence for these statements: one entry for each page, letter or licence that was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub evidence: Vec<Evidence>,
}
