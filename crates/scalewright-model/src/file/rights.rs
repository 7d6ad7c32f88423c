//! Rights as data: who owns the wording, what may be done with it, on what evidence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// Who owns the words of this instrument, what may be done with them, on what evidence, and when
/// that evidence was seen.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    #[serde(default)]
    #[schemars(extend("maxProperties" = 500))]
    pub digests: BTreeMap<String, String>,
    /// What may be done, context by context. A context left out is `unknown`.
    #[serde(rename = "use")]
    pub usage: Option<UseFile>,
    /// What the statements above rest on: one entry for each page, letter or licence seen.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub evidence: Vec<EvidenceFile>,
}

/// Whether the words respondents read are part of the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordingPolicy {
    /// The wording is in these files and may be redistributed with them.
    Included,
    /// The wording is not here: structure, keys and rights only. It is supplied by its holder.
    Withheld,
}

/// What may be done with the instrument, context by context.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct UseFile {
    /// Use in the care of patients or clients.
    pub clinical: Permission,
    /// Use in research that is not sold.
    pub research: Permission,
    /// Use in teaching and training.
    pub education: Permission,
    /// Use in a product or service that is sold.
    pub commercial: Permission,
    /// Administration on a screen, as opposed to paper.
    pub electronic: Permission,
    /// Translation into another language.
    pub translation: Permission,
}

/// A context of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UseContext {
    /// The care of patients or clients.
    Clinical,
    /// Research that is not sold.
    Research,
    /// Teaching and training.
    Education,
    /// A product or service that is sold.
    Commercial,
    /// Administration on a screen.
    Electronic,
    /// Translation into another language.
    Translation,
}

impl UseContext {
    /// Every context, in the order of the file.
    pub const ALL: [Self; 6] = [
        Self::Clinical,
        Self::Research,
        Self::Education,
        Self::Commercial,
        Self::Electronic,
        Self::Translation,
    ];

    /// Its key under `[rights.use]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clinical => "clinical",
            Self::Research => "research",
            Self::Education => "education",
            Self::Commercial => "commercial",
            Self::Electronic => "electronic",
            Self::Translation => "translation",
        }
    }
}

impl UseFile {
    /// What is known about a context.
    #[must_use]
    pub fn of(&self, context: UseContext) -> Permission {
        match context {
            UseContext::Clinical => self.clinical,
            UseContext::Research => self.research,
            UseContext::Education => self.education,
            UseContext::Commercial => self.commercial,
            UseContext::Electronic => self.electronic,
            UseContext::Translation => self.translation,
        }
    }
}

impl Permission {
    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Ask => "ask",
            Self::Prohibited => "prohibited",
            Self::Unknown => "unknown",
        }
    }
}

/// What is known about one context of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Allowed without asking.
    Allowed,
    /// The holder must be asked first.
    Ask,
    /// Not allowed.
    Prohibited,
    /// Nobody has found out: treat as not granted.
    #[default]
    Unknown,
}

/// One thing that was read and what it says about the rights.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EvidenceFile {
    /// Where it says so: an address, a citation, or the date and parties of a letter.
    #[schemars(length(min = 1, max = 2000))]
    pub source: String,
    /// What it says, in our own words.
    #[schemars(length(min = 1, max = 4000))]
    pub states: String,
    /// The day it was seen, as `2026-01-05`.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub seen: String,
}
