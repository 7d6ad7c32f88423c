//! The types of a report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lints::{LINTS, Lint};
use crate::outside::OutsideLint;

/// The output of `scalewright check --format json`: one object.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "scalewright report")]
pub struct Report {
    /// The version of this format: `1`. It is raised if something changes its meaning or is removed.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// The program that wrote the report.
    pub tool: Tool,
    /// The instruments that were checked, in the order of the findings.
    pub instruments: Vec<Subject>,
    /// The findings, by instrument, file and position.
    pub findings: Vec<ReportedFinding>,
    /// The findings of lints that the definitions allow.
    pub silenced: Vec<ReportedFinding>,
    /// The findings that the baseline knows. Empty without one.
    pub known: Vec<ReportedFinding>,
    /// The numbers of findings.
    pub summary: Summary,
    /// Whether the findings were compared with a baseline.
    #[serde(skip)]
    pub compared: bool,
    /// The lints of other programs that ran, by name.
    #[serde(skip)]
    pub(super) outside: BTreeMap<String, OutsideLint>,
    /// How many findings with the same fingerprint there are.
    #[serde(skip)]
    pub(super) seen: BTreeMap<String, usize>,
}

/// The program that wrote the report.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Tool {
    /// The name: `scalewright`.
    pub name: &'static str,
    /// The version.
    pub version: &'static str,
}

/// An instrument that was checked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Subject {
    /// The id in the definition, if that much of the text can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The path of the definition.
    pub file: String,
}

/// A finding: an error, a warning or a hint.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedFinding {
    /// The kind of finding: `band-gap`. The findings of other programs are named `program/kind`.
    pub code: Cow<'static, str>,
    /// The severity, according to the levels that are set.
    pub severity: Severity,
    /// What is wrong, as a clause.
    pub message: String,
    /// The instrument, by its position in `instruments`, from 0.
    pub instrument: usize,
    /// The location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Other relevant locations, such as a conflicting entry.
    pub related: Vec<Place>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// A change of the files that fixes the finding, if it can be made automatically.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// The group of the lint: `range`; for a lint of another program, the name of that program. Other findings have no group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The command that prints the page about the lint. Other findings have no page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<String>,
    /// Identifies the finding. It stays the same as long as the kind, instrument, file name, message and marked text
    /// are the same, whatever the line.
    pub fingerprint: String,
    /// The reason why the definition allows the finding. Only under `silenced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Fails the check.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth a second look.
    Hint,
}

/// A range of a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The path of the file, with `/` between folders. It is relative if the file is below the folder in which the
    /// program ran.
    pub file: String,
    /// The start.
    pub start: Position,
    /// The end: the first character that does not belong to the range.
    pub end: Position,
    /// The remark about this range; may be empty.
    pub text: String,
}

/// A position in a file. A byte order mark at the beginning does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// The character on the line, from 1, counted in Unicode code points. A tab is one character.
    #[schemars(range(min = 1))]
    pub column: usize,
    /// The byte in the file's UTF-8 text, from 0.
    pub byte: usize,
}

/// A change of files that fixes a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fix {
    /// What the fix does, as a clause.
    pub message: String,
    /// The replacements. They do not overlap.
    pub edits: Vec<Edit>,
}

/// A range of a file, and the text that replaces it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Edit {
    /// The path of the file.
    pub file: String,
    /// The start of the replaced range.
    pub start: Position,
    /// The end of the replaced range: the first character that does not belong to it.
    pub end: Position,
    /// The replacement.
    pub text: String,
}

/// The numbers of instruments and findings.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// The number of instruments checked.
    pub instruments: usize,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings, including mutants that no case notices.
    pub warnings: usize,
    /// The number of hints.
    pub hints: usize,
    /// The number of findings that the definitions allow.
    pub silenced: usize,
    /// The number of findings that the baseline knows.
    pub known: usize,
    /// The number of entries of the baseline that are no longer found. They are among the hints.
    pub stale: usize,
    /// The number of mutants that no case notices and that are left out of the findings, because there are too many.
    pub not_shown: usize,
    /// Whether the check fails, because of errors, or of warnings if these fail a check.
    pub failed: bool,
}

impl Report {
    /// Returns the lint with this name, or `None` if the kind of finding is not a lint.
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
    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}
