//! Lints of other programs: what they are given and what they answer. `answers` turns the answers into findings.
//!
//! Nothing in an answer is trusted. What does not fit becomes an [`OutsideProblem`], which the caller reports as an
//! error of that program; the rest of the answer is used.

use scalewright_model::{Instrument, Severity, did_you_mean};
use scalewright_scoring::{Program, Range};

use crate::Document;

/// Runs lints that are not part of this program.
pub trait OutsideLints {
    /// Returns the names of the programs, also of those without a lint: `house`.
    fn plugins(&self) -> &[String];

    /// Returns the lints that the programs declare.
    fn lints(&self) -> &[OutsideLint];

    /// Runs the lints on one instrument.
    fn run(&self, linted: &Linted<'_>) -> OutsideAnswer;
}

/// A lint of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLint {
    /// The name of the program, a slash, and the name of the lint: `house/end-of-stem`.
    pub name: String,
    /// The defect, as a clause.
    pub summary: String,
    /// The page about the lint, in Markdown; may be empty.
    pub explain: String,
    /// The default severity of its findings.
    pub level: Severity,
}

/// The input of lints of other programs: an instrument whose definition could be resolved.
#[derive(Debug, Clone, Copy)]
pub struct Linted<'a> {
    /// The instrument with its wordings.
    pub instrument: &'a Instrument,
    /// Its compiled scores.
    pub program: &'a Program,
    /// The possible values of each score, parallel to the program's scores.
    pub ranges: &'a [Range],
    /// The definition, then its wordings. Answers refer to them by name.
    pub documents: &'a [&'a Document],
}

/// What the programs answered about one instrument.
#[derive(Debug, Clone, Default)]
pub struct OutsideAnswer {
    /// The findings.
    pub hits: Vec<OutsideHit>,
    /// Why programs gave no answer or only a part of it.
    pub problems: Vec<OutsideProblem>,
}

/// A finding of another program, as it was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutsideHit {
    /// The name of the lint, with that of the program: `house/end-of-stem`.
    pub lint: String,
    /// What is wrong.
    pub message: String,
    /// The name of the document that all places are in. `None` means the definition.
    pub file: Option<String>,
    /// The place, as a JSON pointer (RFC 6901) into that document: `/items/3/stem`.
    pub at: String,
    /// Whether the key is marked instead of the value.
    pub at_key: bool,
    /// A remark beside the marked text; may be empty.
    pub label: String,
    /// Other relevant places in that document, each as a JSON pointer and a remark.
    pub related: Vec<(String, String)>,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// The id of the item or scale that it is about. The `at` of an `[[allow]]` may name it.
    pub about: Option<String>,
    /// A change of that document that fixes the finding.
    pub fix: Option<OutsideFix>,
}

/// A change that fixes a finding of another program. `check --fix` applies it only if it is proved to be safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideFix {
    /// What the change does, as a clause in the imperative.
    pub message: String,
    /// The single changes.
    pub changes: Vec<OutsideChange>,
}

/// A single change. Places are JSON pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideChange {
    /// Removes what is at the place.
    Remove(String),
    /// Replaces the text at the place.
    Replace(String, String),
}

/// An error of another program, not of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideProblem {
    /// The name of the program: `house`.
    pub plugin: String,
    /// What is wrong, as a clause.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The name of the program in the name of a lint: `house` in `house/end-of-stem`. Names of our own lints have none.
#[must_use]
pub fn plugin_of(lint: &str) -> Option<&str> {
    lint.split_once('/').map(|(plugin, _)| plugin)
}

/// Whether a name can be that of a plug-in: lower-case words and digits joined by single hyphens, at most 64 bytes.
#[must_use]
pub fn is_plugin_name(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split('-').all(is_word)
}

/// Whether a declared lint has the name of one of the programs in front, so that it cannot pass for another one.
pub(crate) fn is_well_named(lint: &OutsideLint, outside: &dyn OutsideLints) -> bool {
    lint.name.split_once('/').is_some_and(|(plugin, name)| {
        outside.plugins().iter().any(|one| one == plugin) && is_plugin_name(name)
    })
}

/// Checks a name in settings, options or a definition against the lints of the programs that run. A name of our own, or
/// of a program that does not run, is accepted.
///
/// # Errors
/// Returns an error if the program has no such lint, with a suggestion if there is a similar name.
pub fn verify(name: &str, outside: &dyn OutsideLints) -> Result<(), Option<String>> {
    let runs = plugin_of(name).is_some_and(|plugin| outside.plugins().iter().any(|p| p == plugin));
    let mut names = outside.lints().iter().map(|lint| lint.name.as_str());
    match runs && !names.any(|lint| lint == name) {
        true => {
            let own = outside.lints().iter().map(|lint| lint.name.as_str());
            Err(did_you_mean(name, own.filter(|lint| plugin_of(lint) == plugin_of(name))))
        }
        false => Ok(()),
    }
}

/// No lints of other programs.
#[derive(Debug, Clone, Copy)]
pub struct NoOutsideLints;

impl OutsideLints for NoOutsideLints {
    fn plugins(&self) -> &[String] {
        &[]
    }

    fn lints(&self) -> &[OutsideLint] {
        &[]
    }

    fn run(&self, _: &Linted<'_>) -> OutsideAnswer {
        OutsideAnswer::default()
    }
}
