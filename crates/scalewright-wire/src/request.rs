//! Requests: what a plug-in reads.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Instrument, Kind, PROTOCOL, Scores, Wording};

/// A request to a plug-in: one line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// Asks what the plug-in is and does.
    Describe(Describe),
    /// Asks an exporter for the files of an instrument in one language.
    Export(Box<ExportRequest>),
    /// Asks a lint plug-in for its findings about a definition.
    Lint(Box<LintRequest>),
    /// Asks an importer for a definition.
    Import(ImportRequest),
    /// Asks an exporter for the scores that its files would compute.
    Evaluate(Box<EvaluateRequest>),
}

/// Asks what the plug-in is and does. The answer is a [`Description`](crate::Description).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Describe {
    /// The version of the protocol.
    pub protocol: u32,
    /// The features of answers that the program knows.
    pub features: Vec<String>,
    /// The kind of plug-in that the program looks for.
    pub kind: Kind,
    /// The name under which the program knows the plug-in.
    pub name: String,
}

impl Describe {
    /// The request of this version of the protocol.
    #[must_use]
    pub fn new(kind: Kind, name: &str) -> Self {
        let features = crate::FEATURES.iter().map(|feature| (*feature).to_owned()).collect();
        Self { protocol: PROTOCOL, features, kind, name: name.to_owned() }
    }
}

/// Asks an exporter for the files of an instrument in one language. The answer is an
/// [`ExportResponse`](crate::ExportResponse).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExportRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The options of the exporter, complete: those that nobody set have their defaults.
    pub options: BTreeMap<String, OptionValue>,
    /// The instrument, without its words.
    pub instrument: Instrument,
    /// The words to publish.
    pub wording: Wording,
    /// The words of every language, `wording` included; the source language first if its words are known. A platform
    /// with several languages in one file can publish all of them.
    pub wordings: Vec<Wording>,
    /// The scores: what may be published, and how each is computed.
    pub scores: Scores,
    /// The files that the instrument was read from, the definition first.
    pub sources: Vec<SourceFile>,
    /// The paper size: `a4` or `us-letter`.
    pub paper: String,
    /// The page layout of printed forms: `comfortable`, `compact` or `large-print`.
    pub layout: String,
    /// Whether the user accepts scores with a recalled key. `published` of each score already says the outcome.
    pub accept_recalled_keys: bool,
    /// Whether scores that the platform cannot compute are left out with a loss, instead of refusing the export with
    /// an error.
    pub leave_out_scores: bool,
    /// The house style of printed forms.
    pub house: HouseStyle,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OptionValue {
    /// The value of a switch.
    Switch(bool),
    /// The value of a choice.
    Text(String),
    /// The values of a list.
    Texts(Vec<String>),
}

/// A file that an instrument was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceFile {
    /// Its name, without folder.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The house style of printed forms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HouseStyle {
    /// The logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// The colour of titles and rules: `#1f4e79`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// A line at the foot of every page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Logo {
    /// The name of the file: `logo.svg` or `logo.png`.
    pub file: String,
    /// The alternative text.
    pub alt: String,
    /// The bytes of the file in base64.
    pub base64: String,
}

/// Asks a lint plug-in for its findings about a definition. The answer is a [`LintResponse`](crate::LintResponse).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LintRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The instrument, without its words.
    pub instrument: Instrument,
    /// The words of every language, the source language first if its words are known.
    pub wordings: Vec<Wording>,
    /// The scores.
    pub scores: Scores,
    /// The files that the instrument was read from, the definition first.
    pub sources: Vec<SourceFile>,
}

/// Asks an importer for a definition. The answer is an [`ImportResponse`](crate::ImportResponse).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The options of the importer, complete.
    pub options: BTreeMap<String, OptionValue>,
    /// The name of the file, without folder.
    pub name: String,
    /// The bytes of the file in base64.
    pub base64: String,
}

/// Asks an exporter for the scores that its files would compute. The answer is an
/// [`EvaluateResponse`](crate::EvaluateResponse).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvaluateRequest {
    /// The version of the protocol.
    pub protocol: u32,
    /// The export whose files are meant.
    pub export: ExportRequest,
    /// The answers of the respondents.
    pub answers: Answers,
}

/// The answers of respondents, as a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answers {
    /// The ids of the items: the columns.
    pub items: Vec<String>,
    /// A row for each respondent: the coded answer to each item, `null` if there is none.
    pub rows: Vec<Vec<Option<f64>>>,
}
