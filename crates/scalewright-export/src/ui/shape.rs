//! What the words of a language are.

use super::report::ReportWords;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ui {
    pub(crate) language: &'static str,
    pub(crate) page: &'static str,
    pub(crate) respondent: &'static str,
    pub(crate) date: &'static str,
    pub(crate) number: &'static str,
    pub(crate) item: &'static str,
    pub(crate) range: &'static str,
    /// Introduces the condition of an item that is not always asked.
    pub(crate) only_if: &'static str,
    /// Names an item with a printed number, in a condition.
    pub(crate) numbered: &'static str,
    /// Names an item without a printed number by its words, in a condition.
    pub(crate) worded: &'static str,
    /// A condition: an item has one of some answers.
    pub(crate) answer: &'static str,
    /// A condition: an item was answered.
    pub(crate) answered: &'static str,
    /// A condition: an item was not answered.
    pub(crate) unanswered: &'static str,
    /// A condition: the sum of the answers to some items, compared with a number.
    pub(crate) sum: &'static str,
    /// Joins conditions that must all be true.
    pub(crate) and: &'static str,
    /// Joins conditions of which one must be true.
    pub(crate) or: &'static str,
    /// A condition: at least so many of some conditions are true.
    pub(crate) at_least: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) scores: &'static str,
    pub(crate) band: &'static str,
    pub(crate) development: &'static str,
    pub(crate) retired: &'static str,
    /// Marks a translation that has not been tested.
    pub(crate) draft: &'static str,
    /// The meaning of the mark of a required item.
    pub(crate) required: &'static str,
    /// The kind of a score, before its range: sum, mean, lowest, highest, other rule.
    pub(crate) made: [&'static str; 5],
    /// The meaning of the scores 1 and 0.
    pub(crate) truth: &'static str,
    /// Who answers: the person described, an informant, a rater.
    pub(crate) answered_by: [&'static str; 3],
    pub(crate) about: &'static str,
    pub(crate) recall_period: &'static str,
    pub(crate) takes: &'static str,
    /// The labels of a database's fields for record, version and language.
    pub(crate) fields: [&'static str; 3],
    pub(crate) report: &'static ReportWords,
}
