//! Rights in the wording: what is permitted in which context, and on what evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices;

/// Whether the words respondents read are part of the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WordingPolicy {
    /// The wording is in these files and may be redistributed with them.
    Included,
    /// The wording is not here: structure, keys and rights only. It is supplied by its holder.
    Withheld,
}

impl WordingPolicy {
    /// Its name in the file.
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
        Research = "research": "Research that is not sold.",
        Education = "education": "Teaching and training.",
        Commercial = "commercial": "A product or service that is sold.",
        Electronic = "electronic": "Administration on a screen.",
        Translation = "translation": "Translation into another language.",
    }
}

/// What may be done with the instrument, context by context.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "UseFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Permissions {
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

impl Permissions {
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

/// What is known about one context of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
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

/// One thing that was read and what it says about the rights.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "EvidenceFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Evidence {
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

impl Evidence {
    /// The source, what it states, and the day it was seen.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { source, states, seen } = self;
        format!("{source}: {states} ({seen})")
    }
}
