//! Terms that describe an instrument: its status, respondents, modes, terminology codes and translations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Choice;

/// The status of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In development: there is no evidence of validity yet. Printed forms state this.
    Development,
    /// In use.
    Active,
    /// No longer to be used for new respondents.
    Retired,
}

impl Status {
    /// Returns the name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

/// Who answers the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Respondent {
    /// The person described, who answers about himself or herself.
    #[serde(rename = "self")]
    SelfReport,
    /// An informant who knows the person described.
    Informant,
    /// A trained rater who judges from observation.
    Rater,
    /// Nobody has found out yet who answers. A lint reports it until somebody does.
    Unknown,
}

impl Respondent {
    /// Returns the name in the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfReport => "self",
            Self::Informant => "informant",
            Self::Rater => "rater",
            Self::Unknown => "unknown",
        }
    }
}

impl Choice for Respondent {
    const ALL: &'static [Self] = &[Self::SelfReport, Self::Informant, Self::Rater, Self::Unknown];

    fn name(self) -> &'static str {
        Self::name(self)
    }

    fn about(self) -> &'static str {
        match self {
            Self::SelfReport => "The person described, who answers about himself or herself.",
            Self::Informant => "An informant who knows the person described.",
            Self::Rater => "A trained rater who judges from observation.",
            Self::Unknown => "Nobody has found out yet who answers.",
        }
    }
}

/// How an instrument is administered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// On paper.
    Paper,
    /// On a screen.
    Electronic,
    /// Read out by an interviewer.
    Interview,
}

impl Mode {
    /// Returns the name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Electronic => "electronic",
            Self::Interview => "interview",
        }
    }
}

/// A code in a terminology, by which other systems identify an instrument, an item or a score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "CodeFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Code {
    /// The address that identifies the terminology: `http://loinc.org`, `http://snomed.info/sct`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$"), length(max = 500))]
    pub system: String,
    /// The code, without its description in the terminology.
    #[schemars(regex(pattern = r"^[!-~]+( [!-~]+)*$"), length(max = 200))]
    pub code: String,
}

impl Code {
    /// Returns the address of the terminology and the code, separated by a blank.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { system, code } = self;
        format!("{system} {code}")
    }
}

/// How far a translation has been tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TranslationStatus {
    /// The original wording: the instrument was written in this language.
    Source,
    /// Translated, but not tested.
    Draft,
    /// Translated back and compared with the original wording.
    BackTranslated,
    /// Published or authorised by the rights holder.
    Official,
}
