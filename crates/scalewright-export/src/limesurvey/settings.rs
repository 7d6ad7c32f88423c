//! The settings of a survey.

use super::model::Survey;

/// The settings of a survey, except for its texts. All that change answers are stated.
pub(super) fn settings(survey: &Survey) -> Vec<(&'static str, String)> {
    let (base, others) = survey
        .languages
        .split_first()
        .map_or(("en", &[][..]), |(base, others)| (base.as_str(), others));
    let mut all = vec![
        ("language", base.to_owned()),
        ("additional_languages", others.join(" ")),
        ("format", if survey.by_group { "G" } else { "A" }.to_owned()),
    ];
    let fixed = [
        ("active", "N"),
        ("anonymized", "N"),
        // Otherwise every question that is not required has one more answer.
        ("shownoanswer", "N"),
        ("showwelcome", "N"),
        ("showxquestions", "N"),
        ("showgroupinfo", "B"),
        ("showqnumcode", "X"),
        ("allowprev", "Y"),
        ("assessments", "N"),
    ];
    all.extend(fixed.map(|(name, value)| (name, value.to_owned())));
    all
}
