//! The section `[export.TARGET]` of `scalewright.toml`: the options that a study sets for its exports.

use std::collections::BTreeMap;

use scalewright_model::file::{ExportFile, SettingFile};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, did_you_mean};

use super::{OptionKind, OptionSpec, OptionValues, TargetOptions};
use crate::{exporter, exporters, listed};

/// Returns the options set for each built-in target, by the target's name, and diagnostics about all mistakes. Targets
/// for which `is_outside` is true are left out: plug-ins provide them, and their options are not known yet.
#[must_use]
pub fn configured(
    file: &ExportFile,
    is_outside: impl Fn(&str) -> bool,
) -> (BTreeMap<String, OptionValues>, Vec<Diagnostic>) {
    let (mut set, mut found) = (BTreeMap::new(), Vec::new());
    for name in file.keys() {
        match exporter(name) {
            Some(target) => {
                let (values, wrong) = configured_target(file, target.own());
                set.insert(name.clone(), values);
                found.extend(wrong);
            }
            None if is_outside(name) => {}
            None => found.push(no_target(name, Pointer::top("export").key(name))),
        }
    }
    found.truncate(MOST_FINDINGS);
    (set, found)
}

/// Returns the options set for one target, and diagnostics about all mistakes.
#[must_use]
pub fn configured_target(
    file: &ExportFile,
    target: TargetOptions<'_>,
) -> (OptionValues, Vec<Diagnostic>) {
    let (mut values, mut found) = (OptionValues::default(), Vec::new());
    let place = Pointer::top("export").key(target.name);
    for (option, value) in file.get(target.name).into_iter().flatten() {
        let place = place.clone().key(option);
        found.extend(wrong(target, (option, value), place, &mut values));
    }
    found.extend(conflict(target, &values, &place));
    found.truncate(MOST_FINDINGS);
    (values, found)
}

/// Returns the diagnostic for options of a target that exclude each other.
fn conflict(
    target: TargetOptions<'_>,
    values: &OptionValues,
    place: &Pointer,
) -> Option<Diagnostic> {
    let conflict = target.conflict(values, &[])?;
    let names = conflict.options.iter().map(|(name, _)| name);
    let sides: Vec<String> = names.clone().map(|name| format!("`{name}`")).collect();
    let message = format!("these values of {} exclude each other", sides.join(" and "));
    let found = Diagnostic::error("excluding-options", message);
    let found = names.fold(found, |found, name| found.at(place.clone().key(name), ""));
    Some(found.help(conflict.help.to_string()))
}

fn no_target(name: &str, place: Pointer) -> Diagnostic {
    let names: Vec<&str> = listed().map(|(_, exporter)| exporter.name).collect();
    let help = did_you_mean(name, names);
    Diagnostic::error("unknown-target", format!("there is no target `{name}`"))
        .at_key(place, "")
        .help(help.unwrap_or_else(|| "`scalewright targets` lists them".to_owned()))
}

/// Sets one option, or returns the diagnostic for its mistake.
fn wrong(
    target: TargetOptions<'_>,
    (option, value): (&str, &SettingFile),
    place: Pointer,
    values: &mut OptionValues,
) -> Option<Diagnostic> {
    let Some(spec) = target.option(option) else {
        let (message, help) = no_option(target, option);
        return Some(Diagnostic::error("unknown-option", message).at_key(place, "").help(help));
    };
    let text = match (&spec.kind, value) {
        (OptionKind::Switch, SettingFile::Switch(true)) => "yes".to_owned(),
        (OptionKind::Switch, SettingFile::Switch(false)) => "no".to_owned(),
        (OptionKind::Choice(_), SettingFile::Text(text)) => text.clone(),
        (OptionKind::List(_) | OptionKind::Names, SettingFile::Texts(texts)) => texts.join("+"),
        (OptionKind::Names, SettingFile::Text(text)) => text.clone(),
        _ => {
            let (message, help) = wrong_type(target.name, spec);
            return Some(Diagnostic::error("wrong-type", message).at(place, "").help(help));
        }
    };
    let wrong = values.set(spec, &text).err()?;
    let message = format!("`{}.{option}` {}", target.name, wrong.message);
    Some(Diagnostic::error("unknown-value", message).at(place, "").help(wrong.help))
}

/// Returns the message and the help for an option that the target does not have. The help suggests the option that may
/// be meant, or the targets that have it.
#[must_use]
pub fn no_option(target: TargetOptions<'_>, option: &str) -> (String, String) {
    let message = format!("`{}` has no option `{option}`", target.name);
    let own = did_you_mean(option, target.options.iter().map(|spec| &*spec.name));
    let own = own.unwrap_or_else(|| "it has no options".to_owned());
    let others: Vec<String> = exporters()
        .filter(|(_, other)| other.option(option).is_some())
        .map(|(_, other)| format!("`{}`", other.name))
        .collect();
    // If no name is similar, `did_you_mean` lists all of them: the targets that have the option help more.
    match own.starts_with("did you mean") || others.is_empty() {
        true => (message, own),
        false => (message, format!("it is an option of {}", others.join(", "))),
    }
}

/// Returns the message and the help for an option value of the wrong type in a file.
fn wrong_type(name: &str, spec: &OptionSpec) -> (String, String) {
    let known: Vec<String> = match &spec.kind {
        OptionKind::Switch => vec!["true".to_owned(), "false".to_owned()],
        OptionKind::Choice(_) => quoted(spec),
        OptionKind::List(_) => quoted(spec).into_iter().map(|text| format!("[{text}]")).collect(),
        OptionKind::Names => vec![format!("[\"{}\"]", spec.default)],
    };
    let takes = match spec.kind {
        OptionKind::Switch => "`true` or `false`",
        OptionKind::Choice(_) => "a text in quotes",
        OptionKind::List(_) => "a list of texts",
        OptionKind::Names => "a list of names",
    };
    let written: Vec<String> =
        known.iter().map(|value| format!("`{} = {value}`", spec.name)).collect();
    (format!("`{name}.{}` takes {takes}", spec.name), format!("write {}", written.join(" or ")))
}

fn quoted(spec: &OptionSpec) -> Vec<String> {
    spec.values().into_iter().map(|(value, _)| format!("\"{value}\"")).collect()
}
