//! The result of evaluation: the scores of one scale.

use super::column::Column;

/// The scores of one scale, one row per respondent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scored {
    /// The scores. A truth value is 1 or 0, a word its position among the words of its scale.
    pub score: Column,
    /// How many of the scale's items were answered; empty if answers were not counted.
    pub answered: Vec<u32>,
    /// Whether the score exists and uses a substitute for a missing answer.
    pub prorated: Vec<bool>,
}
