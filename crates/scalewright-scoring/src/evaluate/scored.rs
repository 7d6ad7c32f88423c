//! What evaluation gives: the scores of one scale.

use super::column::Column;

/// The scores of one scale, a row a respondent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scored {
    /// The scores. Truth is 1 and 0, a word its position among the words of its scale.
    pub score: Column,
    /// How many of the scale's items were answered.
    pub answered: Vec<u32>,
    /// Whether a score is there in which something stands in for a missing answer.
    pub prorated: Vec<bool>,
}
