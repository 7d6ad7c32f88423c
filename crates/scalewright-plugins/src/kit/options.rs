//! The values of options that the kit requests: the defaults, and each other value of each option.

use std::collections::BTreeMap;

use scalewright_wire::{Description, OptionDescription, OptionKind, OptionValue};

/// The values of all options.
pub(super) struct OptionSet {
    pub(super) values: BTreeMap<String, OptionValue>,
    /// The option that differs from its default, with its value: `labels=short`. `None` for the defaults.
    pub(super) changed: Option<String>,
}

/// Returns the defaults, and for each other value of each option a set with that value.
pub(super) fn sets(description: &Description) -> Vec<OptionSet> {
    let defaults: BTreeMap<String, OptionValue> =
        description.options.iter().map(|option| (option.name.clone(), default(option))).collect();
    let mut sets = vec![OptionSet { values: defaults.clone(), changed: None }];
    for option in &description.options {
        for value in values(option).into_iter().filter(|value| *value != default(option)) {
            let changed = Some(format!("{}={}", option.name, shown(&value)));
            let mut values = defaults.clone();
            values.insert(option.name.clone(), value);
            sets.push(OptionSet { values, changed });
        }
    }
    sets
}

fn default(option: &OptionDescription) -> OptionValue {
    let text = option.default.as_str();
    match option.kind {
        OptionKind::Switch => OptionValue::Switch(text == "yes"),
        OptionKind::Choice => OptionValue::Text(text.to_owned()),
        OptionKind::List => {
            let texts = text.split('+').filter(|text| !text.is_empty());
            OptionValue::Texts(texts.map(str::to_owned).collect())
        }
    }
}

fn values(option: &OptionDescription) -> Vec<OptionValue> {
    let names = || option.values.iter().map(|value| value.value.clone());
    match option.kind {
        OptionKind::Switch => vec![OptionValue::Switch(true), OptionValue::Switch(false)],
        OptionKind::Choice => names().map(OptionValue::Text).collect(),
        OptionKind::List => {
            let single = names().map(|name| OptionValue::Texts(vec![name]));
            let all = OptionValue::Texts(names().collect());
            let mut lists: Vec<OptionValue> = single.collect();
            lists.push(OptionValue::Texts(Vec::new()));
            if option.values.len() > 1 {
                lists.push(all);
            }
            lists
        }
    }
}

fn shown(value: &OptionValue) -> String {
    match value {
        OptionValue::Switch(true) => "yes".to_owned(),
        OptionValue::Switch(false) => "no".to_owned(),
        OptionValue::Text(text) => text.clone(),
        OptionValue::Texts(texts) => texts.join("+"),
    }
}
