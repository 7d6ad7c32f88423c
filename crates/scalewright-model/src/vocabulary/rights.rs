//! Rights in the wording: what is permitted in which context, and the evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices;

/// Whether the words that respondents read are part of the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordingPolicy {
    /// These files contain the wording, and it may be redistributed with them.
    Included,
    /// These files do not contain the wording, only structure, keys and rights. The rights holder supplies the wording.
    Withheld,
}

impl WordingPolicy {
    /// Returns the name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Withheld => "withheld",
        }
    }
}

choices! {
    /// A context of use.
    #[derive(PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    UseContext {
        Clinical = "clinical": "The care of patients or clients.",
        Research = "research": "Non-commercial research.",
        Education = "education": "Teaching and training.",
        Commercial = "commercial": "A commercial product or service.",
        Electronic = "electronic": "Administration on a screen.",
        Translation = "translation": "Translation into another language.",
    }
}

/// What is permitted in each context of use.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "UseFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Permissions {
    /// Use in the care of patients or clients.
    pub clinical: Permission,
    /// Use in non-commercial research.
    pub research: Permission,
    /// Use in teaching and training.
    pub education: Permission,
    /// Use in a commercial product or service.
    pub commercial: Permission,
    /// Administration on a screen, as opposed to paper.
    pub electronic: Permission,
    /// Translation into another language.
    pub translation: Permission,
}

impl Permissions {
    /// Returns the permission for a context.
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

/// The permission for one context of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Allowed without permission from the holder.
    Allowed,
    /// Allowed only with permission: ask the holder first.
    Ask,
    /// Not allowed.
    Prohibited,
    /// Not known: treat it as not allowed.
    #[default]
    Unknown,
}

impl Permission {
    /// Returns the name in the file.
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

/// One source that was read, and what it states about the rights.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "EvidenceFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Evidence {
    /// The source: a web address, a citation, or the date and parties of a letter.
    #[schemars(length(min = 1, max = 2000))]
    pub source: String,
    /// What the source states, in your own words.
    #[schemars(length(min = 1, max = 4000))]
    pub states: String,
    /// The day on which it was read: `2026-01-05`.
    #[schemars(regex(pattern = r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"))]
    pub seen: String,
}

impl Evidence {
    /// Returns the source, its statement and the day on which it was read, as one text.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { source, states, seen } = self;
        format!("{source}: {states} ({seen})")
    }
}
