//! The report of the kit.

use scalewright_wire::Kind;
use serde::Serialize;

/// What the kit found about a plug-in.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The name of the plug-in.
    pub name: String,
    /// What it does.
    pub kind: Kind,
    /// Its version.
    pub version: String,
    /// The number of requests.
    pub requests: usize,
    /// The number of respondents whose scores were compared, all instruments together.
    pub respondents: usize,
    /// Whether one process answered the requests.
    pub serves: bool,
    /// Whether the plug-in computes scores.
    pub evaluates: bool,
    /// What is wrong, by rule. Empty if the plug-in passes.
    pub problems: Vec<Problem>,
    /// What the author should know although it is not wrong: refused instruments, lints that found nothing.
    pub notes: Vec<String>,
}

/// Something wrong, with all its occurrences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// The name of the rule: `wrong-escape`.
    pub rule: &'static str,
    /// What is wrong in the first occurrence, in lower case and without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// How many times it occurs.
    pub count: usize,
    /// The first occurrence, if it is in the answer to a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Example>,
}

/// Where a problem occurs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Example {
    /// The id of the instrument.
    pub instrument: String,
    /// The language.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The option that differs from its default: `labels=short`. Empty for the defaults.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub option: String,
    /// The place in the answer: a file with a line, or a JSON pointer. Empty if it is the answer as a whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What the process wrote to standard error.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stderr: String,
    /// The request that shows it: one line of JSON.
    #[serde(skip)]
    pub request: String,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.problems.is_empty()
    }
}
