//! Response scales of whole numbers of which only the lowest and the highest have words: `min` and `max` instead of a list
//! of options.

use crate::file::{ResponseScaleFile, ResponseType};
use crate::{Diagnostic, OptionValue, Pointer, ResponseOption};

/// Whether a response scale states the ends of its numbers instead of its options.
pub(in crate::resolve) fn is_given(scale: &ResponseScaleFile) -> bool {
    scale.kind == ResponseType::Coded && first_key(scale).is_some()
}

/// The first of its keys that a response scale has.
fn first_key(scale: &ResponseScaleFile) -> Option<&'static str> {
    let keys = [
        ("min", scale.min.is_some()),
        ("max", scale.max.is_some()),
        ("min-label", scale.min_label.is_some()),
        ("max-label", scale.max_label.is_some()),
    ];
    keys.into_iter().find(|(_, given)| *given).map(|(key, _)| key)
}

/// Returns the finding about a response scale that states both its ends and its options.
pub(super) fn beside_options(scale: &ResponseScaleFile, place: &Pointer) -> Option<Diagnostic> {
    let key = first_key(scale).filter(|_| is_given(scale) && !scale.options.is_empty())?;
    let message = format!("`{key}` has no meaning beside `options`");
    let finding = Diagnostic::error("misplaced-key", message).at_key(place.key(key), "");
    Some(finding.help(
        "remove it: the options state the answers and their words; an option without words says `unlabelled = true`",
    ))
}

/// Returns the options: the whole numbers from `min` to `max`. None if they are not known.
pub(super) fn options(
    scale: &ResponseScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<ResponseOption> {
    let (values, finding) = match values(scale, place) {
        Ok(values) => (values, None),
        Err(finding) => (Vec::new(), Some(*finding)),
    };
    found.extend(finding);
    let last = values.len().saturating_sub(1);
    let option = |(index, value)| ResponseOption {
        value: OptionValue::whole(value),
        code: None,
        non_response: false,
        unlabelled: index != 0 && index != last,
    };
    values.into_iter().enumerate().map(option).collect()
}

fn values(scale: &ResponseScaleFile, place: &Pointer) -> Result<Vec<i64>, Box<Diagnostic>> {
    let error = |code, message: &str| Diagnostic::error(code, message.to_owned());
    let (Some(min), Some(max)) = (scale.min, scale.max) else {
        let missing = if scale.min.is_none() { "min" } else { "max" };
        let message = format!("the response scale has no `{missing}`");
        let finding = error("missing-key", &message).at_key(place.clone(), "");
        return Err(Box::new(finding.help(format!("add `{missing} = …`, or list the `options`"))));
    };
    if let Some((key, _)) = [("min", min), ("max", max)].iter().find(|(_, end)| end.fract() != 0.0)
    {
        let message = format!("`{key}` of a coded response scale is a whole number");
        let finding = error("misplaced-key", &message).at(place.key(key), "");
        return Err(Box::new(finding.help("write a whole number, or `type = \"numeric\"`")));
    }
    if min >= max {
        let message = format!("the lowest answer, {min}, is not below the highest, {max}");
        let finding = error("empty-response-range", &message).at_key(place.clone(), "");
        return Err(Box::new(finding.help("set `min` below `max`")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within ±1,000,000")]
    let (min, max) = (min as i64, max as i64);
    let most = ResponseScaleFile::MOST_OPTIONS;
    if max.abs_diff(min) >= most as u64 {
        let message = format!("there are more than {most} numbers from {min} to {max}");
        let finding = error("too-many", &message).at_key(place.clone(), "");
        return Err(Box::new(
            finding.help("write `type = \"numeric\"` or `type = \"visual-analogue\"`"),
        ));
    }
    Ok((min..=max).collect())
}
