//! The options of a question: their values, and those that read like no answer.

use scalewright_model::file::ResponseScaleFile;

use crate::finding::{Finding, Kind};
use crate::form::Choice;
use crate::options::{Options, reads_like_no_answer};
use crate::place::Place;
use crate::words::Words;

/// The most options of a response scale.
pub(crate) const MOST_OPTIONS: usize = ResponseScaleFile::MOST_OPTIONS;

/// The largest value of an option in our format.
pub(crate) const LARGEST: f64 = 1_000_000.0;

/// An option as a source lists it.
pub(crate) struct Listed {
    /// The text that the source stores.
    pub(crate) stored: String,
    /// The words.
    pub(crate) label: Words,
    /// Where the source has it.
    pub(crate) place: Place,
}

/// The options with their values: those of the source, if they are different whole numbers; otherwise 1, 2 and so on.
/// `at` is the place of the question.
pub(crate) fn numbered(
    options: &Options,
    findings: &mut Vec<Finding>,
    at: &Place,
    listed: Vec<Listed>,
) -> Vec<Choice> {
    let values = values(listed.iter().map(|option| option.stored.as_str()));
    if values.is_none() && !listed.is_empty() {
        let message = "the values of the options are not different whole numbers: the options are numbered from 1, and a value that is a word is their code";
        findings.push(Finding::new(Kind::Changed, "options-numbered", at, message));
    }
    let choice = |(index, Listed { stored, label, place }): (usize, Listed)| {
        let value = values.as_ref().map_or_else(|| number(index), |values| values[index]);
        let non_response = options.is_non_response(&stored);
        let choice = Choice { value, stored, label, non_response };
        findings.extend(offer(&choice, &place));
        choice
    };
    listed.into_iter().enumerate().map(choice).collect()
}

/// Offers to mark an option that reads like no answer.
pub(crate) fn offer(choice: &Choice, at: &Place) -> Option<Finding> {
    let mut labels = choice.label.iter().map(|(_, label)| label);
    let label =
        labels.find(|label| reads_like_no_answer(label)).filter(|_| !choice.non_response)?;
    let message = format!("the option `{label}` reads like no answer, but scores count it");
    let stored = &choice.stored;
    let help = format!(
        "to treat it as missing, import with `--non-response {stored}`; this changes scores"
    );
    Some(Finding::new(Kind::Note, "like-no-answer", at, message).help(help))
}

/// The values that the source stores for the options, if they are different whole numbers. Otherwise the options have to
/// be numbered.
pub(crate) fn values<'t>(stored: impl Iterator<Item = &'t str>) -> Option<Vec<i64>> {
    let values: Vec<i64> = stored.map(whole).collect::<Option<_>>()?;
    let mut sorted = values.clone();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1]).then_some(values)
}

/// A whole number that our format allows as the value of an option.
pub(crate) fn whole(text: &str) -> Option<i64> {
    let number: f64 = text.trim().parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and bounded")]
    let whole = number as i64;
    (number.fract() == 0.0 && number.abs() <= LARGEST).then_some(whole)
}

/// The number of the option at `index`, where options are numbered from 1.
pub(crate) fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1)
}
