//! The words of the parts that not every report has: feedback, several occasions, groups.

/// The words of one language. Placeholders in braces are replaced.
#[derive(Debug)]
pub(crate) struct PartWords {
    pub(super) language: &'static str,
    /// The heading of the texts about bands.
    pub(crate) feedback: &'static str,
    /// The heading of the scores of several occasions.
    pub(crate) occasions: &'static str,
    /// The heading of the names of occasions.
    pub(crate) occasion: &'static str,
    /// The words before the values of the usual columns of an occasion.
    pub(crate) session: &'static str,
    pub(crate) form: &'static str,
    pub(crate) rater: &'static str,
    /// The heading of differences from the first score.
    pub(crate) since_first: &'static str,
    /// A difference larger than the smallest reliable change.
    pub(crate) reliable: &'static str,
    /// The alternative text of the picture of several occasions.
    pub(crate) course_alt: &'static str,
    /// The order and the marks of the occasions.
    pub(crate) course_rule: &'static str,
    /// The kind of sheet.
    pub(crate) group_report: &'static str,
    /// How many respondents a group has.
    pub(crate) group_of: &'static str,
    /// How many rows they have, if more.
    pub(crate) rows: &'static str,
    /// What is not shown of a small group.
    pub(crate) rule: &'static str,
    /// A score that is not shown.
    pub(crate) suppressed: &'static str,
    /// The heading of the number of rows without a score.
    pub(crate) without: &'static str,
    /// The heading of the number of scores with missing answers.
    pub(crate) replaced: &'static str,
    /// The abbreviation of the standard deviation.
    pub(crate) sd: &'static str,
    /// The heading of the lowest and the highest score of a group.
    pub(crate) observed: &'static str,
    /// The heading of the counts of each band.
    pub(crate) distribution: &'static str,
    /// The heading of percentages.
    pub(crate) share: &'static str,
    /// The heading of published means.
    pub(crate) norms: &'static str,
    pub(crate) norm: &'static str,
    /// The heading of the groups of a norm.
    pub(crate) norm_group: &'static str,
    /// A group of a norm that has no condition.
    pub(crate) everyone: &'static str,
    /// The alternative text of the picture of a distribution.
    pub(crate) group_alt: &'static str,
    /// Scores that no band contains.
    pub(crate) outside: &'static str,
}
