//! What kind of instrument it is: its stage, who answers and how, its codes in terminologies, its translations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far an instrument has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being developed: no validation evidence yet. Forms say so in print.
    Development,
    /// In use.
    Active,
    /// No longer to be used for new respondents.
    Retired,
}

impl Status {
    /// Its name in the file.
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
    /// The person described answers about himself or herself.
    #[serde(rename = "self")]
    SelfReport,
    /// Someone who knows the person described.
    Informant,
    /// A trained rater who judges by observation.
    Rater,
}

impl Respondent {
    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfReport => "self",
            Self::Informant => "informant",
            Self::Rater => "rater",
        }
    }
}

/// How an instrument is given.
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
    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Electronic => "electronic",
            Self::Interview => "interview",
        }
    }
}

/// A code of a terminology: what other systems know something by.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "CodeFile")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Code {
    /// The address of the terminology: `http://loinc.org`, `http://snomed.info/sct`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$"), length(max = 500))]
    pub system: String,
    /// The code itself, without the words that the terminology has for it.
    #[schemars(regex(pattern = r"^[!-~]+( [!-~]+)*$"), length(max = 200))]
    pub code: String,
}

impl Code {
    /// The address of the terminology and the code.
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
    /// The words in which the instrument was written.
    Source,
    /// Translated once, not tested.
    Draft,
    /// Translated back and compared with the source.
    BackTranslated,
    /// Published or authorised by the holder of the rights.
    Official,
}
