//! The options that a question offers, and the words for them.

use scalewright_model::{Instrument, ResponseKind, ResponseOption, ResponseScaleIx, Wording};

use crate::ui::ui;

/// The options in printed order; nothing where an answer is no choice.
pub(crate) fn options(instrument: &Instrument, response: ResponseScaleIx) -> Vec<ResponseOption> {
    match &instrument.response_scales[response.0].kind {
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            options.clone()
        }
        ResponseKind::YesNo => {
            let option = |value| ResponseOption { value, code: None, non_response: false };
            vec![option(1), option(0)]
        }
        _ => Vec::new(),
    }
}

/// The label of each option. Yes and no are the language's own where the wording has no others.
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
