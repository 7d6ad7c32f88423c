//! The words of answers: which option of a form is which option of the definition.

use std::collections::BTreeSet;

use scalewright_model::{OptionValue, ResponseKind as OurKind, ResponseOption, ResponseScale};

use crate::form::{Choice, Form, ResponseKind};
use crate::options::reads_like_no_answer;
use crate::words::{Words, some_of};

/// The part of a response scale that has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The option with this value.
    Option(OptionValue),
    /// The low end of a line.
    Low,
    /// The high end of a line.
    High,
    /// The word for yes.
    Yes,
    /// The word for no.
    No,
    /// The unit of a number.
    Unit,
}

/// The words that an item of a form has for the answers of the definition.
#[derive(Debug, Default)]
pub(super) struct Offered<'f> {
    /// The words of each part.
    pub(super) words: Vec<(Part, &'f Words)>,
    /// Options that only the form has, and that mean no answer.
    pub(super) beyond: Vec<&'f Choice>,
}

/// The words of the answers of an item of the form; the reason if they are not certain. Another kind of answer has no
/// words for ours: the item itself was found by its name.
pub(super) fn offered<'f>(
    form: &Form,
    ours: &ResponseScale,
    theirs: &'f ResponseKind,
) -> Result<Offered<'f>, String> {
    let mut offered = Offered::default();
    match (&ours.kind, theirs) {
        (OurKind::Coded { options }, ResponseKind::Coded(choices))
        | (OurKind::SeveralChoice { options }, ResponseKind::Several(choices)) => {
            return of_options(form, options, choices);
        }
        (OurKind::Coded { options }, ResponseKind::YesNo { yes, no }) => {
            let values: Vec<OptionValue> = scored(options).collect();
            if BTreeSet::from_iter(values) != BTreeSet::from([0, 1].map(OptionValue::whole)) {
                return Err("the form asks yes or no".to_owned());
            }
            offered.words.extend(
                [(1, yes), (0, no)]
                    .map(|(value, label)| (Part::Option(OptionValue::whole(value)), label)),
            );
        }
        (OurKind::YesNo, ResponseKind::YesNo { yes, no }) => {
            offered.words.extend([(Part::Yes, yes), (Part::No, no)]);
        }
        (OurKind::YesNo, ResponseKind::Coded(choices)) => {
            let (no, yes) = yes_and_no(choices)
                .ok_or("the options of the form are not yes and no, or 1 and 0")?;
            offered.words.extend([(Part::Yes, &yes.label), (Part::No, &no.label)]);
        }
        (
            OurKind::VisualAnalogue { min, max, .. },
            ResponseKind::VisualAnalogue { min: low, max: high, low: left, high: right, .. },
        ) => {
            if (min, max) != (low, high) {
                return Err(format!("the line of the form has the ends {low} and {high}"));
            }
            offered.words.extend([(Part::Low, left), (Part::High, right)]);
        }
        (OurKind::Numeric { .. }, ResponseKind::Numeric { unit, .. }) => {
            offered.words.push((Part::Unit, unit));
        }
        (OurKind::Coded { .. }, ResponseKind::Several(_))
        | (OurKind::SeveralChoice { .. }, ResponseKind::Coded(_)) => {
            return Err("only one of both takes several answers".to_owned());
        }
        _ => {}
    }
    Ok(offered)
}

/// Whether the answers of an item of the form are exactly those of the definition.
pub(super) fn agree(form: &Form, ours: &ResponseScale, theirs: &ResponseKind) -> bool {
    match (&ours.kind, theirs) {
        (OurKind::Text { .. }, ResponseKind::Text(_))
        | (OurKind::Date, ResponseKind::Date)
        | (OurKind::Time, ResponseKind::Time) => true,
        (OurKind::Numeric { min, max, .. }, ResponseKind::Numeric { min: low, max: high, .. }) => {
            (min, max) == (low, high)
        }
        _ => offered(form, ours, theirs)
            .is_ok_and(|offered| !offered.words.is_empty() && offered.beyond.is_empty()),
    }
}

/// The options by their codes, else by their values, each of which the form must have.
fn of_options<'f>(
    form: &Form,
    options: &[ResponseOption],
    choices: &'f [Choice],
) -> Result<Offered<'f>, String> {
    let by_code = |option: &ResponseOption| {
        let code = option.code.as_ref()?;
        choices.iter().find(|choice| choice.stored == *code)
    };
    let has_codes = options.iter().any(|option| by_code(option).is_some());
    if !has_codes && are_numbered(form, choices) {
        return Err("the options of the form have neither our codes nor numbers".to_owned());
    }
    let found = |option: &ResponseOption| match has_codes {
        true => by_code(option),
        false => choices.iter().find(|choice| choice.value == option.value),
    };
    let mut offered = Offered::default();
    for option in options {
        match found(option) {
            Some(choice) if option.unlabelled && has_words(choice) => {
                let value = option.value;
                return Err(format!(
                    "its option {value} has words in the form, and only a number here"
                ));
            }
            Some(choice) => offered.words.push((Part::Option(option.value), &choice.label)),
            // The form need not offer to give no answer.
            None if option.non_response => {}
            None => return Err(other_values(options, choices)),
        }
    }
    let is_ours = |choice: &&Choice| {
        options.iter().filter_map(found).any(|known| std::ptr::eq(known, *choice))
    };
    let (beyond, other): (Vec<&Choice>, Vec<&Choice>) = choices
        .iter()
        .filter(|choice| !is_ours(choice))
        .partition(|choice| means_no_answer(choice));
    if !other.is_empty() {
        return Err(other_values(options, choices));
    }
    offered.beyond = beyond;
    Ok(offered)
}

/// Whether an option of the form shows more than its number.
fn has_words(choice: &Choice) -> bool {
    let number = choice.value.to_string();
    choice.label.iter().any(|(_, label)| label.trim() != number)
}

/// Whether an option of the form that the definition has not means no answer.
fn means_no_answer(choice: &Choice) -> bool {
    choice.non_response || choice.label.iter().any(|(_, label)| reads_like_no_answer(label))
}

/// Whether the importer has numbered the options in the order in which the form shows them: the form may show them from
/// high to low.
fn are_numbered(form: &Form, choices: &[Choice]) -> bool {
    let codes = ["options-numbered", "numbered"];
    let in_order =
        choices.iter().zip(1..).all(|(choice, number)| choice.value == OptionValue::whole(number));
    let are_words = choices.iter().any(|choice| choice.stored.trim().parse::<f64>().is_err());
    in_order && are_words && form.findings.iter().any(|finding| codes.contains(&&*finding.code))
}

fn other_values(options: &[ResponseOption], choices: &[Choice]) -> String {
    let own: Vec<String> = scored(options).map(|value| value.to_string()).collect();
    let theirs: Vec<String> = choices.iter().map(|choice| choice.value.to_string()).collect();
    let listed = |values: &[String]| some_of(values.iter().map(String::as_str));
    format!(
        "its options have the values {} in the form, and {} here",
        listed(&theirs),
        listed(&own)
    )
}

fn scored(options: &[ResponseOption]) -> impl Iterator<Item = OptionValue> {
    options.iter().filter(|option| !option.non_response).map(|option| option.value)
}

/// The options for no and yes, if these are the only two.
fn yes_and_no(choices: &[Choice]) -> Option<(&Choice, &Choice)> {
    let [one, other] = choices else { return None };
    let is = |choice: &Choice, names: [&str; 4]| {
        names.contains(&choice.stored.trim().to_lowercase().as_str())
    };
    let (no, yes) = (["0", "n", "no", "false"], ["1", "y", "yes", "true"]);
    match (is(one, no) && is(other, yes), is(one, yes) && is(other, no)) {
        (true, _) => Some((one, other)),
        (_, true) => Some((other, one)),
        _ => None,
    }
}
