//! Response scales: checks that their keys fit their type and that their values make sense.

mod ends;

use std::collections::BTreeMap;

use crate::file::{InstrumentFile, OptionFile, ResponseScaleFile, ResponseType};
use crate::{Diagnostic, OptionValue, Pointer, ResponseKind, ResponseOption, ResponseScale};

pub(super) use ends::is_given as has_ends;

/// Resolves all response scales, in the order of their names.
pub(super) fn resolve(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Vec<ResponseScale> {
    let all = file.response_scales.iter();
    all.map(|(name, scale)| {
        let place = Pointer::response_scale(name);
        check_keys(scale, &place, found);
        let kind = kind(scale, &place, found);
        ResponseScale { name: name.clone(), kind }
    })
    .collect()
}

/// Returns the keys that belong only to some types, each with whether it is given and the types it belongs to.
fn optional_keys(scale: &ResponseScaleFile) -> [(&'static str, bool, &'static [ResponseType]); 10] {
    use ResponseType::{Coded, Numeric, SeveralChoice, Text, VisualAnalogue, YesNo};
    [
        ("options", !scale.options.is_empty(), &[Coded, SeveralChoice]),
        ("min", scale.min.is_some(), &[Numeric, VisualAnalogue, Coded]),
        ("max", scale.max.is_some(), &[Numeric, VisualAnalogue, Coded]),
        ("decimals", scale.decimals.is_some(), &[Numeric, VisualAnalogue]),
        ("unit", scale.unit.is_some(), &[Numeric]),
        ("min-label", scale.min_label.is_some(), &[VisualAnalogue, Coded]),
        ("max-label", scale.max_label.is_some(), &[VisualAnalogue, Coded]),
        ("yes-label", scale.yes_label.is_some(), &[YesNo]),
        ("no-label", scale.no_label.is_some(), &[YesNo]),
        ("lines", scale.lines.is_some(), &[Text]),
    ]
}

/// Returns the name of a type in the file.
fn kind_name(kind: ResponseType) -> &'static str {
    match kind {
        ResponseType::Coded => "coded",
        ResponseType::Numeric => "numeric",
        ResponseType::VisualAnalogue => "visual-analogue",
        ResponseType::YesNo => "yes-no",
        ResponseType::Text => "text",
        ResponseType::Date => "date",
        ResponseType::Time => "time",
        ResponseType::SeveralChoice => "several-choice",
    }
}

fn check_keys(scale: &ResponseScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    for (key, given, kinds) in optional_keys(scale) {
        if given && !kinds.contains(&scale.kind) {
            let own = kind_name(scale.kind);
            let others: Vec<String> =
                kinds.iter().map(|&k| format!("`{}`", kind_name(k))).collect();
            let message = format!("`{key}` has no meaning for a response scale of type `{own}`");
            let finding = Diagnostic::error("misplaced-key", message)
                .at_key(place.key(key), "")
                .help(format!("remove it, or set `type` to {}", others.join(" or ")));
            found.push(finding);
        }
    }
}

fn kind(scale: &ResponseScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) -> ResponseKind {
    let decimals = scale.decimals.unwrap_or(0);
    match scale.kind {
        ResponseType::Coded => ResponseKind::Coded { options: options(scale, place, found) },
        ResponseType::SeveralChoice => {
            ResponseKind::SeveralChoice { options: options(scale, place, found) }
        }
        ResponseType::Numeric => {
            check_bounds(scale.min, scale.max, place, found);
            ResponseKind::Numeric { min: scale.min, max: scale.max, decimals }
        }
        ResponseType::VisualAnalogue => {
            let (min, max) = (scale.min.unwrap_or(0.0), scale.max.unwrap_or(100.0));
            check_bounds(Some(min), Some(max), place, found);
            ResponseKind::VisualAnalogue { min, max, decimals }
        }
        ResponseType::YesNo => ResponseKind::YesNo,
        ResponseType::Text => ResponseKind::Text { lines: scale.lines.unwrap_or(1) },
        ResponseType::Date => ResponseKind::Date,
        ResponseType::Time => ResponseKind::Time,
    }
}

fn check_bounds(min: Option<f64>, max: Option<f64>, place: &Pointer, found: &mut Vec<Diagnostic>) {
    if let (Some(min), Some(max)) = (min, max)
        && min >= max
    {
        let message = format!("the lowest answer, {min}, is not below the highest, {max}");
        let finding = Diagnostic::error("empty-response-range", message)
            .at_key(place.clone(), "")
            .help("set `min` below `max`");
        found.push(finding);
    }
}

fn options(
    scale: &ResponseScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<ResponseOption> {
    match ends::beside_options(scale, place) {
        Some(finding) => found.push(finding),
        None if ends::is_given(scale) => return ends::options(scale, place, found),
        None => {}
    }
    // A scale that offers only non-responses has options, but no answer to score.
    if !scale.options.iter().any(|option| !option.non_response) {
        let finding = Diagnostic::error("no-options", "the response scale offers no answer")
            .at_key(place.clone(), "")
            .help("add `options = [{ value = 0, label = \"Never\" }, …]`")
            .help("if only the lowest and the highest number have words: `min`, `max`, `min-label` and `max-label`");
        found.push(finding);
    }
    check_distinct(&scale.options, &place.key("options"), found);
    check_unlabelled(&scale.options, &place.key("options"), found);
    let given = scale.options.iter();
    given
        .map(|o| ResponseOption {
            // A value with too many decimals has been reported.
            value: OptionValue::of(o.value).unwrap_or_default(),
            code: o.code.clone(),
            non_response: o.non_response,
            unlabelled: o.unlabelled,
        })
        .collect()
}

/// Reports options that have words although they are unlabelled, and options without words whose meaning nobody could
/// know.
fn check_unlabelled(options: &[OptionFile], place: &Pointer, found: &mut Vec<Diagnostic>) {
    for (index, option) in options.iter().enumerate().filter(|(_, option)| option.unlabelled) {
        let place = place.index(index);
        if option.label.is_some() {
            let message = format!("the option {} is unlabelled and has a label", option.value);
            let finding = Diagnostic::error("misplaced-key", message)
                .at(place.key("label"), "")
                .at_key(place.key("unlabelled"), "unlabelled here")
                .help("remove one of the two");
            found.push(finding);
        }
        if option.non_response {
            let message =
                format!("the option {} counts as no answer, and no words say so", option.value);
            let finding = Diagnostic::error("misplaced-key", message)
                .at_key(place.key("unlabelled"), "")
                .help("replace `unlabelled = true` by a `label`, such as `label = \"Does not apply\"`");
            found.push(finding);
        }
    }
}

fn check_distinct(options: &[OptionFile], place: &Pointer, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<OptionValue, usize> = BTreeMap::new();
    for (index, option) in options.iter().enumerate() {
        let Some(value) = OptionValue::of(option.value) else {
            let message = format!("the value {} has more than six decimals", option.value);
            let finding = Diagnostic::error("out-of-range", message)
                .at(place.index(index).key("value"), "")
                .help("round it, or code the options by whole numbers and recode them");
            found.push(finding);
            continue;
        };
        if let Some(&first) = seen.get(&value) {
            let message = format!("the value {value} is given to two options");
            let finding = Diagnostic::error("duplicate-value", message)
                .at(place.index(index).key("value"), "given again here")
                .at(place.index(first).key("value"), "first given here")
                .help("give each option a value of its own, or data cannot distinguish them");
            found.push(finding);
        } else {
            seen.insert(value, index);
        }
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, option) in options.iter().enumerate() {
        let Some(code) = option.code.as_deref() else { continue };
        if let Some(first) = codes.insert(code, index) {
            let message = format!("the code `{code}` is given to two options");
            let finding = Diagnostic::error("duplicate-value", message)
                .at(place.index(index).key("code"), "given again here")
                .at(place.index(first).key("code"), "first given here")
                .help("give each option a code of its own");
            found.push(finding);
        }
    }
}
