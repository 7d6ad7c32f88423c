//! Rules: how a source computes a score or decides a condition, and what we write for it.

use std::fmt;
use std::sync::Arc;

use scalewright_model::file::ScaleFile;

use super::Form;
use crate::place::Place;
use crate::value::Value;

/// The answers of one respondent: the coded value for each item of the form, before keying. `None` is a blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// One entry for each item of [`Form::items`].
    pub of: Vec<Option<f64>>,
}

/// The computation of the source, with its own arithmetic and its own treatment of blanks.
pub trait Source: Send + Sync {
    /// The result for one respondent. Other scores of the form are computed by their own rules.
    fn value(&self, form: &Form, answers: &Answers) -> Value;

    /// The scores of the form that the computation reads, by position.
    fn uses(&self) -> Vec<usize> {
        Vec::new()
    }
}

/// What we write for a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A scale with items, score and rule for missing answers. Its id, title and bands are set from the [`crate::Score`].
    Scale(Box<ScaleFile>),
    /// A formula, for a score or a condition.
    Formula(String),
    /// Nothing, because it was not understood: the reason, as a clause.
    NotUnderstood(String),
}

/// A score or a condition of the source.
#[derive(Clone)]
pub struct Rule {
    /// The rule as the source states it; empty if it is not a text.
    pub text: String,
    /// Where the source states it.
    pub place: Place,
    /// The source's computation; `None` if it cannot be run.
    pub source: Option<Arc<dyn Source>>,
    /// Our translation.
    pub target: Target,
}

impl Rule {
    /// A rule that was not understood, for a reason given as a clause.
    #[must_use]
    pub fn not_understood(text: &str, place: &Place, reason: impl Into<String>) -> Self {
        let target = Target::NotUnderstood(reason.into());
        Self { text: text.to_owned(), place: place.clone(), source: None, target }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("text", &self.text)
            .field("place", &self.place)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
