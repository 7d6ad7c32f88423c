//! All that a check found, by itself: no text of a file is needed any more to print it.
//!
//! These types are the JSON of `check --format json`; `scalewright schema report` describes it. The other forms for
//! programs are made from them.

mod lines;
mod path;
mod print;
mod teller;

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_check::lints::{LINTS, Lint};
use scalewright_check::{Checked, Finding};
use schemars::JsonSchema;
use serde::Serialize;

use teller::Teller;

/// The version of the report's form.
const VERSION: u32 = 1;

/// What `scalewright check --format json` prints: one object.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "scalewright report")]
pub(crate) struct Report {
    /// The version of this form: `1`. It is raised when something that is here changes its meaning or goes.
    #[schemars(range(min = 1, max = 1))]
    pub(crate) version: u32,
    /// The program that wrote this.
    pub(crate) tool: Tool,
    /// What was checked, in the order of the findings.
    pub(crate) instruments: Vec<Subject>,
    /// What was found, by instrument, file and position.
    pub(crate) findings: Vec<Told>,
    /// What lints found and the definitions allow.
    pub(crate) silenced: Vec<Told>,
    /// How much there is.
    pub(crate) summary: Summary,
    /// How often a finding was told that looks the same.
    #[serde(skip)]
    seen: BTreeMap<String, usize>,
}

/// The program.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Tool {
    /// `scalewright`.
    pub(crate) name: &'static str,
    /// Its version.
    pub(crate) version: &'static str,
}

/// An instrument that was checked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Subject {
    /// The id that it gives itself, where so much of it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Its definition.
    pub(crate) file: String,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Told {
    /// The kind of finding: `band-gap`.
    pub(crate) code: &'static str,
    /// How bad it is, with what is set for it taken in.
    pub(crate) severity: Severity,
    /// What is wrong, in a clause.
    pub(crate) message: String,
    /// The instrument, by its position in `instruments`, from 0.
    pub(crate) instrument: usize,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    /// Other places that matter: what it clashes with.
    pub(crate) related: Vec<Place>,
    /// What to do, a sentence each.
    pub(crate) help: Vec<String>,
    /// A change of the files that mends it, where one can be made by machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fix: Option<Fix>,
    /// What a lint is about: `range`. Other findings have no group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    /// The command that prints the page about it, for a lint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) explain: Option<String>,
    /// The same for the same finding as long as its instrument, file, words and marked text are the same, on
    /// whatever line it stands.
    pub(crate) fingerprint: String,
    /// Why it is allowed, as the definition says. Only under `silenced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Severity {
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
pub(crate) struct Place {
    /// The file, relative to the folder in which the program ran where it lies below it, with `/` between folders.
    pub(crate) file: String,
    /// Where it begins.
    pub(crate) start: Position,
    /// Where it ends: the first character that does not belong to it.
    pub(crate) end: Position,
    /// What is to be said there; may be empty.
    pub(crate) text: String,
}

/// A position in a file. A byte order mark at its beginning counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Position {
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub(crate) line: usize,
    /// The character on the line, from 1: Unicode code points, a tab is one.
    #[schemars(range(min = 1))]
    pub(crate) column: usize,
    /// The byte of the file's UTF-8 text, from 0.
    pub(crate) byte: usize,
}

/// A change of files.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Fix {
    /// What it does, in a clause.
    pub(crate) message: String,
    /// What is replaced. No two overlap.
    pub(crate) edits: Vec<Edit>,
}

/// A stretch of a file and what comes in its stead: `text`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Edit {
    /// The file.
    pub(crate) file: String,
    /// Where what goes begins.
    pub(crate) start: Position,
    /// Where it ends.
    pub(crate) end: Position,
    /// The text that comes.
    pub(crate) text: String,
}

/// How much there is.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Summary {
    /// The instruments checked.
    pub(crate) instruments: usize,
    /// The errors.
    pub(crate) errors: usize,
    /// The warnings, and the mutants that no case notices.
    pub(crate) warnings: usize,
    /// The hints.
    pub(crate) hints: usize,
    /// What the definitions allow.
    pub(crate) silenced: usize,
    /// Mutants that no case notices and that are not among the findings, since there are very many.
    pub(crate) not_shown: usize,
    /// Whether the check fails: there are errors, or warnings that are not let pass.
    pub(crate) failed: bool,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            version: VERSION,
            tool: Tool { name: "scalewright", version: env!("CARGO_PKG_VERSION") },
            instruments: Vec::new(),
            findings: Vec::new(),
            silenced: Vec::new(),
            summary: Summary::default(),
            seen: BTreeMap::new(),
        }
    }

    /// Adds what was found about an instrument. Files below `cwd` are named from there.
    pub(crate) fn add(&mut self, checked: &Checked, more: &[Finding], cwd: &Path) {
        let mut teller = Teller::new(checked, self.instruments.len(), cwd, &mut self.seen);
        self.findings
            .extend(checked.findings.iter().chain(more).map(|finding| teller.tell(finding)));
        self.silenced.extend(checked.silenced.iter().map(|silenced| teller.silenced(silenced)));
        self.instruments.push(teller.subject());
    }

    /// The lint that a finding is of.
    pub(crate) fn lint(code: &str) -> Option<&'static Lint> {
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
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}
