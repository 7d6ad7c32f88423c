//! The options of a question: their values, and those that read like no answer.

use scalewright_model::OptionValue;
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

/// The options with their values: those of the source, if they are different numbers; otherwise 1, 2 and so on.
/// `at` is the place of the question.
pub(crate) fn numbered(
    options: &Options,
    findings: &mut Vec<Finding>,
    at: &Place,
    listed: Vec<Listed>,
) -> Vec<Choice> {
    let values = values(listed.iter().map(|option| option.stored.as_str()));
    if values.is_none() && !listed.is_empty() {
        let message = "the values of the options are not different numbers: the options are numbered from 1, and a value that is a word is their code";
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

/// The values that the source stores for the options, if they are different numbers of our format. Otherwise the options
/// have to be numbered.
pub(crate) fn values<'t>(stored: impl Iterator<Item = &'t str>) -> Option<Vec<OptionValue>> {
    different(stored.map(|text| text.trim().parse().ok()))
}

/// A number that our format allows as the value of an option.
pub(crate) fn of_text(text: &str) -> Option<OptionValue> {
    OptionValue::of(text.trim().parse().ok()?)
}

/// Different numbers that our format allows as the values of options.
pub(crate) fn different(numbers: impl Iterator<Item = Option<f64>>) -> Option<Vec<OptionValue>> {
    let values: Vec<OptionValue> =
        numbers.map(|number| OptionValue::of(number?)).collect::<Option<_>>()?;
    let mut sorted = values.clone();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1]).then_some(values)
}

/// The number of the option at `index`, where options are numbered from 1.
pub(crate) fn number(index: usize) -> OptionValue {
    OptionValue::whole(i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn different_numbers_are_values_and_others_are_not() {
        let shown = |stored: &[&str]| {
            values(stored.iter().copied())
                .map(|values| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(shown(&["0", "0.5", "-1.25"]).as_deref(), Some("0 0.5 -1.25"));
        assert_eq!(shown(&["1", "1.0"]), None);
        assert_eq!(shown(&["1", "A2"]), None);
        assert_eq!(shown(&["0.1234567"]), None);
        assert_eq!(shown(&["2000000"]), None);
    }
}
