//! What the words of score reports are.

/// The words of one language. Placeholders in braces are replaced.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReportWords {
    /// The kind of sheet.
    pub(crate) report: &'static str,
    /// The kind of sheet, with the respondent.
    pub(crate) report_of: &'static str,
    pub(crate) profile: &'static str,
    /// The heading of the names of scores.
    pub(crate) score_of: &'static str,
    pub(crate) score: &'static str,
    pub(crate) range: &'static str,
    pub(crate) answered: &'static str,
    pub(crate) interval: &'static str,
    pub(crate) change: &'static str,
    pub(crate) reliability: &'static str,
    /// The smallest reliable change.
    pub(crate) more_than: &'static str,
    /// The heading of the intervals.
    pub(crate) how_sure: &'static str,
    /// The definition of intervals and reliable changes.
    pub(crate) how_sure_text: &'static str,
    /// The heading of the notes.
    pub(crate) to_know: &'static str,
    pub(crate) answers: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) in_words: &'static str,
    /// The heading of the scales of an item.
    pub(crate) counts_on: &'static str,
    pub(crate) sources: &'static str,
    /// Replaces a missing score.
    pub(crate) none: &'static str,
    /// A number out of all.
    pub(crate) count: &'static str,
    pub(crate) no_score: &'static str,
    /// Replaces an answer that is never scored.
    pub(crate) not_shown: &'static str,
    pub(crate) not_answered: &'static str,
    /// A scale for which an item is reverse scored.
    pub(crate) reversed: &'static str,
    pub(crate) items_answered: &'static str,
    /// Added if one item is never scored.
    pub(crate) beside_one: &'static str,
    /// Added if several items are never scored.
    pub(crate) beside_more: &'static str,
    /// A missing score, and why.
    pub(crate) scored_none: &'static str,
    /// Why a derived score is missing: an answer or score is missing, no norm group fits, no table row does, one of
    /// these two, or a formula has no value.
    pub(crate) blank: [&'static str; 5],
    /// A score with missing answers, and how these are handled.
    pub(crate) scored_some: &'static str,
    pub(crate) prorated: &'static str,
    pub(crate) substituted: &'static str,
    pub(crate) answered_only: &'static str,
    pub(crate) stands_in: &'static str,
    pub(crate) left_out: &'static str,
    /// The words before the name of a study's event and before the number of a repeat.
    pub(crate) event: &'static str,
    pub(crate) repeat: &'static str,
    /// Lists scores with more digits than are printed.
    pub(crate) cut: &'static str,
    pub(crate) too_few: &'static str,
    pub(crate) mandatory: &'static str,
    pub(crate) parts_missing: &'static str,
    pub(crate) recalled: &'static str,
    /// The source of a key that is not part of the definition.
    pub(crate) supplied_key: &'static str,
    /// The middle of a norm.
    pub(crate) middle: &'static str,
    pub(crate) one_sd: &'static str,
    /// The alternative text of a line of the profile.
    pub(crate) alt: &'static str,
    pub(crate) alt_none: &'static str,
    pub(crate) alt_interval: &'static str,
    pub(crate) alt_part: &'static str,
    pub(crate) alt_parts: &'static str,
    /// The names of reliability coefficients, in the order of their kinds.
    pub(crate) coefficients: [&'static str; 6],
}
