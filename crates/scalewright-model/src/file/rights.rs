//! Rights as data: who owns the wording, what may be done with it, on what evidence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::{Evidence, Permissions, WordingPolicy};

/// Who owns the words of this instrument, what may be done with them, on what evidence, and when
/// that evidence was seen.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RightsFile {
    /// The person or body that holds the rights in the wording.
    #[schemars(length(min = 1, max = 500))]
    pub holder: String,
    /// The licence of the wording: an SPDX identifier such as `CC0-1.0` or `CC-BY-ND-4.0`, or a few
    /// words such as `permission required`.
    #[schemars(length(min = 1, max = 200))]
    pub licence: String,
    /// Whether the words respondents read are in these files. `withheld` where they may not be
    /// redistributed: then they are supplied as a wording file by someone who may use them.
    pub wording: WordingPolicy,
    /// The notice to print on every form, as the holder wants it. Made from holder and licence when left out.
    #[schemars(length(min = 1, max = 2000))]
    pub notice: Option<String>,
    /// What the holder allows and asks, in a sentence or two of our own.
    #[schemars(length(min = 1, max = 4000))]
    pub terms: Option<String>,
    /// Where the terms can be read.
    #[schemars(url, length(max = 2000))]
    pub url: Option<String>,
    /// How to obtain the wording or a permission.
    #[schemars(length(min = 1, max = 2000))]
    pub obtain: Option<String>,
    /// The digest of the wording in each language, where it may be used as it is only: `{ en = "sha256:…" }`.
    /// `scalewright wording ID --language en --digest` prints it. Words that were changed are then noticed, also
    /// where they are supplied from elsewhere.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 500))]
    pub digests: BTreeMap<String, String>,
    /// What may be done, context by context. A context left out is `unknown`.
    #[serde(rename = "use")]
    pub usage: Option<Permissions>,
    /// What the statements above rest on: one entry for each page, letter or licence seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub evidence: Vec<Evidence>,
}
