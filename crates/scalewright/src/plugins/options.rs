//! The options of plug-ins: those that they describe, and the values for a request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scalewright_export::{
    OptionKind, OptionSpec, OptionValues, TargetOptions, ValueSpec, no_option,
};
use scalewright_model::Stop;
use scalewright_wire as wire;

/// Returns the values of all options, with the defaults of those that are not given.
pub(super) fn values(
    specs: &[OptionSpec],
    values: &OptionValues,
) -> BTreeMap<String, wire::OptionValue> {
    let value = |spec: &OptionSpec| {
        let text = values.get(spec);
        match spec.kind {
            OptionKind::Switch => wire::OptionValue::Switch(text == "yes"),
            OptionKind::Choice(_) => wire::OptionValue::Text(text.to_owned()),
            OptionKind::List(_) | OptionKind::Names => {
                let texts = text.split('+').filter(|text| !text.is_empty()).map(str::to_owned);
                wire::OptionValue::Texts(texts.collect())
            }
        }
    };
    specs.iter().map(|spec| (spec.name.to_string(), value(spec))).collect()
}

/// Returns the option in the form of an option of a target.
pub(super) fn spec(option: &wire::OptionDescription) -> OptionSpec {
    let wire::OptionDescription { name, summary, kind, values, default } = option;
    let values = values.iter().map(|wire::ValueDescription { value, meaning }| ValueSpec {
        value: Cow::Owned(value.clone()),
        meaning: Cow::Owned(meaning.clone()),
    });
    let values: Vec<ValueSpec> = values.collect();
    OptionSpec {
        name: Cow::Owned(name.clone()),
        summary: Cow::Owned(summary.clone()),
        kind: match kind {
            wire::OptionKind::Switch => OptionKind::Switch,
            wire::OptionKind::Choice => OptionKind::Choice(Cow::Owned(values)),
            wire::OptionKind::List => OptionKind::List(Cow::Owned(values)),
        },
        default: match (kind, default.as_str()) {
            (wire::OptionKind::Switch, "") => Cow::Borrowed("no"),
            _ => Cow::Owned(default.clone()),
        },
        former: None,
    }
}

/// Returns the values that `--set NAME.OPTION=VALUE` gives to the plug-in `name`.
pub(super) fn given(
    name: &str,
    specs: &[OptionSpec],
    set: &[String],
) -> Result<OptionValues, Stop> {
    let own = TargetOptions { name, options: specs, conflicts: &[] };
    let mut values = OptionValues::default();
    for text in set {
        let (option, value) = text
            .split_once('=')
            .and_then(|(option, value)| {
                Some((option.strip_prefix(name)?.strip_prefix('.')?, value))
            })
            .ok_or_else(|| {
                Stop::usage(format!("`--set {text}` names no option of `{name}`"))
                    .help(format!("write `--set {name}.OPTION=VALUE`"))
            })?;
        let spec = own.option(option).cloned().ok_or_else(|| {
            let (message, help) = no_option(own, option);
            Stop::usage(message).help(help)
        })?;
        if values.is_given(option) {
            return Err(Stop::usage(format!("`{name}.{option}` is set twice"))
                .help("leave one of them out"));
        }
        values.set(&spec, value).map_err(|wrong| {
            Stop::usage(format!("`{name}.{option}` {}", wrong.message)).help(wrong.help)
        })?;
    }
    Ok(values)
}
