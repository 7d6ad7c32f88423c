//! The values of options: those of the source where our format allows them.

use crate::finding::{Finding, Kind};
use crate::form::Choice;
use crate::options::reads_like_no_answer;
use crate::place::Place;

/// The largest value of an option in our format.
pub(crate) const LARGEST: f64 = 1_000_000.0;

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

/// Offers to treat an option as missing, if its label reads like no answer.
pub(crate) fn like_no_answer(choice: &Choice, question: &str, place: &Place) -> Option<Finding> {
    let (_, text) = choice.label.iter().find(|(_, label)| reads_like_no_answer(label))?;
    if choice.non_response {
        return None;
    }
    let stored = &choice.stored;
    let message = format!(
        "the option `{text}` of `{question}` reads like no answer, but `{stored}` is an answer like others"
    );
    let help = format!(
        "to treat it as missing, import with `--non-response {stored}`; this changes scores"
    );
    Some(Finding::new(Kind::Note, "like-no-answer", place, message).help(help))
}
