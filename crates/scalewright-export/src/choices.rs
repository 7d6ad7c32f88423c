//! The number, the options of a question, and their labels.

use scalewright_model::{
    Instrument, OptionValue, ResponseKind, ResponseOption, ResponseScaleIx, Wording,
};

use crate::ui::ui;

/// Returns the number of an item as it precedes the words, with a point after a letter or digit. `None` if there is none.
pub(crate) fn printed_number(number: &str) -> Option<String> {
    let last = number.chars().last()?;
    Some(if last.is_alphanumeric() { format!("{number}.") } else { number.to_owned() })
}

/// Returns the options in printed order. The list is empty if the response scale has no options.
pub(crate) fn options(instrument: &Instrument, response: ResponseScaleIx) -> Vec<ResponseOption> {
    match &instrument.response_scales[response.0].kind {
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            options.clone()
        }
        ResponseKind::YesNo => {
            let option = |value| ResponseOption {
                value: OptionValue::whole(value),
                code: None,
                non_response: false,
                unlabelled: false,
            };
            vec![option(1), option(0)]
        }
        _ => Vec::new(),
    }
}

/// Returns the most decimals that the value of an option has.
pub(crate) fn decimals(options: &[ResponseOption]) -> u32 {
    let decimals = |option: &ResponseOption| {
        let text = option.value.to_string();
        text.split_once('.').map_or(0, |(_, digits)| u32::try_from(digits.len()).unwrap_or(0))
    };
    options.iter().map(decimals).max().unwrap_or(0)
}

/// Returns the label of each option. If the wording has no labels for yes and no, the language's words are used.
pub(crate) fn labels<'w>(
    instrument: &Instrument,
    wording: &'w Wording,
    response: ResponseScaleIx,
) -> Vec<&'w str> {
    let words = &wording.responses[response.0];
    match instrument.response_scales[response.0].kind {
        ResponseKind::YesNo => {
            let (own, _) = ui(&wording.language);
            let yes = words.yes_label.as_deref().unwrap_or(own.yes);
            vec![yes, words.no_label.as_deref().unwrap_or(own.no)]
        }
        _ => words.labels.iter().map(String::as_str).collect(),
    }
}
