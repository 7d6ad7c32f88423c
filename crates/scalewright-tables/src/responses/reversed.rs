//! Answers that are already reversed in the table, as a map declares: they are turned back.

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind, ResponseScale};

/// Returns the answer that was given, if `answer` is what a reversal made of it: lowest + highest − answer. Options are
/// exchanged by rank, which is the same if their values lie symmetrically. Non-responses are never reversed.
pub(super) fn turned(scale: &ResponseScale, answer: f64) -> f64 {
    if let Some(values) = scale.scored_values() {
        let rank = OptionValue::of(answer).and_then(|value| values.binary_search(&value).ok());
        return rank.map_or(answer, |rank| values[values.len() - 1 - rank].number());
    }
    match (&scale.kind, scale.bounds()) {
        (
            ResponseKind::Numeric { decimals, .. } | ResponseKind::VisualAnalogue { decimals, .. },
            Some((low, high)),
        ) => rounded(low + high - answer, *decimals),
        _ => answer,
    }
}

/// Why the answers to an item cannot be reversed.
pub(super) fn cannot_be_reversed(instrument: &Instrument, item: ItemIx) -> Option<&'static str> {
    match instrument.response(item).kind {
        ResponseKind::Coded { .. } | ResponseKind::YesNo | ResponseKind::VisualAnalogue { .. } => {
            None
        }
        ResponseKind::Numeric { min: Some(_), max: Some(_), .. } => None,
        ResponseKind::Numeric { .. } => Some("its numbers have no lowest or no highest"),
        ResponseKind::SeveralChoice { .. }
        | ResponseKind::Text { .. }
        | ResponseKind::Date
        | ResponseKind::Time => Some("its answers have no lowest and highest"),
    }
}

/// Removes the traces of binary arithmetic: 0.1 + 0.9 − 0.3 is 0.7.
fn rounded(number: f64, decimals: u32) -> f64 {
    let factor = 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    (number * factor).round() / factor
}

#[cfg(test)]
mod tests {
    use scalewright_model::{OptionValue, ResponseKind, ResponseOption, ResponseScale};

    use super::turned;

    fn coded(values: &[f64], non_responses: &[f64]) -> ResponseScale {
        let option = |value: f64| ResponseOption {
            value: OptionValue::of(value).expect("a value"),
            code: None,
            non_response: non_responses.contains(&value),
            unlabelled: false,
        };
        let options = values.iter().map(|value| option(*value)).collect();
        ResponseScale { name: "s".to_owned(), kind: ResponseKind::Coded { options } }
    }

    #[test]
    fn a_second_reversal_restores_the_answer() {
        let scale = |kind| ResponseScale { name: "s".to_owned(), kind };
        let analogue = scale(ResponseKind::VisualAnalogue { min: 0.1, max: 0.9, decimals: 1 });
        let likert = coded(&[5.0, 4.0, 3.0, 2.0, 1.0, 99.0], &[99.0]);
        let uneven = coded(&[0.0, 1.0, 3.0], &[]);
        for (scale, answer, expected) in [
            (&likert, 1.0, 5.0),
            (&likert, 3.0, 3.0),
            (&likert, 99.0, 99.0),
            (&uneven, 1.0, 1.0),
            (&uneven, 3.0, 0.0),
            (&analogue, 0.3, 0.7),
            (&scale(ResponseKind::YesNo), 0.0, 1.0),
        ] {
            assert_eq!(turned(scale, answer), expected, "{scale:?}: {answer}");
            assert_eq!(turned(scale, expected), answer, "{scale:?}: {expected}");
        }
    }
}
