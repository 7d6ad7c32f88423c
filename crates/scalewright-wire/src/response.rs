//! Responses: what a plug-in answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of an exporter: files, or the reasons why there are none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportResponse {
    /// The version of the protocol: `1`.
    pub protocol: u32,
    /// The files. Nothing is written if a diagnostic is an error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// What is wrong with the definition for this exporter. An error refuses the export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Finding>,
    /// What the files do not represent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<Loss>,
    /// The reason why the request cannot be answered at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// A file to be written. Exactly one of `text` and `base64` is present.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The path below the output folder, with `/` between folders: `pages/phq-9.html`.
    pub path: String,
    /// The content as text, written as UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The content as bytes in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a second look.
    Hint,
    /// Probably not intended.
    #[default]
    Warning,
    /// Wrong.
    Error,
}

/// A finding about a definition. It is shown as `PLUGIN/CODE`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The kind of finding: lower-case words joined by hyphens. For a lint plug-in, the name of one of its lints.
    pub code: String,
    /// The severity. A lint plug-in leaves it out: its lints have levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// The place: a JSON pointer into the definition: `/items/3/stem`. An empty text is the whole file.
    pub at: String,
    /// Whether the key is marked instead of the value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_key: bool,
    /// The name of the file that the place is in, one of the `sources` of the request. The definition if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Words beside the marked text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The id of the item or scale that the finding is about, for the `at` of an `[[allow]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Further places in the same file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Mark>,
    /// What to do, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<String>,
    /// A change of the definition that fixes the finding. It is applied only if no score and no word that respondents
    /// read changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A further place of a finding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The place: a JSON pointer.
    pub at: String,
    /// Words beside the marked text.
    pub label: String,
}

/// A change that fixes a finding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// What the change does, as a clause in the imperative: `remove the entry`.
    pub message: String,
    /// The single changes, made together.
    pub changes: Vec<Change>,
}

/// A single change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// Removes what is at the place: a key with its value, an entry of a list, or a table.
    Remove {
        /// The place: a JSON pointer.
        at: String,
    },
    /// Replaces the value at the place by a text.
    Replace {
        /// The place: a JSON pointer.
        at: String,
        /// The text.
        with: String,
    },
}

/// Something that the files do not represent, reported as `lossy-export`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The place in the definition: a JSON pointer.
    pub at: String,
    /// What is lost: "the condition of `q3`".
    pub what: String,
    /// Why, as a clause.
    pub because: String,
    /// What to do about it, or what is not affected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

/// The reason why a request cannot be answered at all.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do, one sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<String>,
}

/// The answer of a lint plug-in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LintResponse {
    /// The version of the protocol: `1`.
    pub protocol: u32,
    /// The findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The reason why the request cannot be answered at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// The answer of an importer: a definition in `files`, or a `form`, or a refusal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportResponse {
    /// The version of the protocol: `1`.
    pub protocol: u32,
    /// The definition and its wording files, as TOML: `instrument.toml` first. Its scores are reported as not proved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// The same questionnaire as a file of a built-in format, such as an Open Scale Definition or a REDCap data dictionary.
    /// It is imported like any such file: its expressions are recognised, and its scores are proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<File>,
    /// What was imported with a note and what was not understood, each with its place in the source: a JSON pointer, a
    /// cell (`Sheet1!B3`), a line (`line 12`). A `hint` is a note, a `warning` is doubtful, an `error` was not understood
    /// and is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Finding>,
    /// The reason why the request cannot be answered at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// The answer to an [`EvaluateRequest`](crate::EvaluateRequest).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvaluateResponse {
    /// The version of the protocol: `1`.
    pub protocol: u32,
    /// For each respondent, the scores by the id of the scale. A score that is `null` or left out is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<BTreeMap<String, Option<ScoreValue>>>,
    /// The reason why the request cannot be answered at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// The value of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ScoreValue {
    /// A number.
    Number(f64),
    /// The truth value of a flag.
    Truth(bool),
    /// A word.
    Word(String),
}
