//! What a report consists of.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lints::{LINTS, Lint};

/// What `scalewright check --format json` prints: one object.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "scalewright report")]
pub struct Report {
    /// The version of this form: `1`. It is raised when something that is here changes its meaning or goes.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// The program that wrote this.
    pub tool: Tool,
    /// What was checked, in the order of the findings.
    pub instruments: Vec<Subject>,
    /// What was found, by instrument, file and position.
    pub findings: Vec<Told>,
    /// What lints found and the definitions allow.
    pub silenced: Vec<Told>,
    /// How much there is.
    pub summary: Summary,
    /// How often a finding was told that looks the same.
    #[serde(skip)]
    pub(super) seen: BTreeMap<String, usize>,
}

/// The program.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Tool {
    /// `scalewright`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// An instrument that was checked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Subject {
    /// The id that it gives itself, where so much of it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its definition.
    pub file: String,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Told {
    /// The kind of finding: `band-gap`.
    pub code: &'static str,
    /// How bad it is, with what is set for it taken in.
    pub severity: Severity,
    /// What is wrong, in a clause.
    pub message: String,
    /// The instrument, by its position in `instruments`, from 0.
    pub instrument: usize,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Other places that matter: what it clashes with.
    pub related: Vec<Place>,
    /// What to do, a sentence each.
    pub help: Vec<String>,
    /// A change of the files that mends it, where one can be made by machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// What a lint is about: `range`. Other findings have no group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The command that prints the page about it, for a lint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<String>,
    /// The same for the same finding as long as its instrument, file, words and marked text are the same, on
    /// whatever line it stands.
    pub fingerprint: String,
    /// Why it is allowed, as the definition says. Only under `silenced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It fails the check.
    Error,
    /// Probably not meant.
    Warning,
    /// Worth a second look.
    Hint,
}

/// A stretch of a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The file, relative to the folder in which the program ran where it lies below it, with `/` between folders.
    pub file: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the first character that does not belong to it.
    pub end: Position,
    /// What is to be said there; may be empty.
    pub text: String,
}

/// A position in a file. A byte order mark at its beginning counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// The character on the line, from 1: Unicode code points, a tab is one.
    #[schemars(range(min = 1))]
    pub column: usize,
    /// The byte of the file's UTF-8 text, from 0.
    pub byte: usize,
}

/// A change of files.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fix {
    /// What it does, in a clause.
    pub message: String,
    /// What is replaced. No two overlap.
    pub edits: Vec<Edit>,
}

/// A stretch of a file and what comes in its stead: `text`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Edit {
    /// The file.
    pub file: String,
    /// Where what goes begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// The text that comes.
    pub text: String,
}

/// How much there is.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// The instruments checked.
    pub instruments: usize,
    /// The errors.
    pub errors: usize,
    /// The warnings, and the mutants that no case notices.
    pub warnings: usize,
    /// The hints.
    pub hints: usize,
    /// What the definitions allow.
    pub silenced: usize,
    /// Mutants that no case notices and that are not among the findings, since there are very many.
    pub not_shown: usize,
    /// Whether the check fails: there are errors, or warnings that are not let pass.
    pub failed: bool,
}

impl Report {
    /// The lint that a finding is of.
    #[must_use]
    pub fn lint(code: &str) -> Option<&'static Lint> {
        LINTS.iter().copied().find(|lint| lint.name == code)
    }
}

impl From<scalewright_model::Severity> for Severity {
    fn from(severity: scalewright_model::Severity) -> Self {
        match severity {
            scalewright_model::Severity::Error => Self::Error,
            scalewright_model::Severity::Warning => Self::Warning,
            scalewright_model::Severity::Hint => Self::Hint,
        }
    }
}

impl Severity {
    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}
