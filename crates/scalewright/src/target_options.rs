//! The options of targets, from the command line and the settings. An option of a target that is not exported to is
//! refused, not ignored.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_export::{
    OptionSpec, OptionValues, TargetOptions, configured, configured_target, exporter, exporters,
    listed, no_option,
};
use scalewright_model::{Diagnostic, Pointer, Stop, did_you_mean};

use crate::cli::{ExplicitOptions, ExportArgs, FormerArgs};
use crate::gates;
use crate::target::{ChosenTarget, Target};
use crate::terminal::Terminal;
use scalewright_project::Settings;

/// Returns the settings, or stops if they set an option of a built-in target wrongly. `is_outside` returns whether a
/// plug-in provides a target.
pub(crate) fn sound(
    settings: Settings,
    is_outside: impl Fn(&Settings, &str) -> bool,
    terminal: &mut Terminal<'_>,
) -> Result<Settings, Stop> {
    let (_, mut wrong) = configured(settings.export(), |name| is_outside(&settings, name));
    wrong.extend(never_reached(&settings));
    match wrong.is_empty() {
        true => Ok(settings),
        false => Err(gates::refused(&settings.refuse(wrong), terminal)),
    }
}

/// Reports exporters of plug-ins with the name of a built-in target, which `--to` would never reach.
fn never_reached(settings: &Settings) -> Vec<Diagnostic> {
    let names = settings.plugins().export.keys().filter(|name| exporter(name).is_some());
    let wrong = names.map(|name| {
        let place = Pointer::top("plugins").key("export").key(name);
        Diagnostic::error("built-in-target", format!("`{name}` is a built-in target"))
            .at_key(place, "")
            .help("choose another name: `--to` would never reach this plug-in")
    });
    wrong.collect()
}

/// Returns the targets with their options. Options of the command override those of the settings.
pub(crate) fn chosen(
    args: &ExportArgs,
    targets: &[Target],
    settings: &Settings,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<ChosenTarget>, Stop> {
    are_current(&args.former, targets)?;
    flags_are_used(&args.given, targets)?;
    let mut given = given(&args.set, targets)?;
    // After `given`: of a target that does not exist, that is the error, not that it is unused.
    are_used(&args.set, targets)?;
    let flags: Vec<&str> = args.given.all().collect();
    let mut chosen = Vec::new();
    for target in targets {
        let own = target.own();
        let given = given.remove(own.name).unwrap_or_default();
        agree(own, (&given, &given), &flags)?;
        let (set, wrong) = configured_target(settings.export(), own);
        if !wrong.is_empty() {
            return Err(gates::refused(&settings.refuse(wrong), terminal));
        }
        let options = given.clone().or(&set);
        // Settings apply to all commands and may have no effect on this one, so they are not checked against its flags.
        agree(own, (&options, &given), &[])?;
        chosen.push(ChosenTarget { target: target.clone(), options });
    }
    Ok(chosen)
}

/// Stops if two options exclude each other. Options that the command does not give are from the settings.
fn agree(
    target: TargetOptions<'_>,
    (options, given): (&OptionValues, &OptionValues),
    flags: &[&str],
) -> Result<(), Stop> {
    let Some(conflict) = target.conflict(options, flags) else { return Ok(()) };
    let mut sides = Vec::new();
    for (name, _) in conflict.options.iter() {
        let value = target.option(name).map_or("", |spec| options.get(spec));
        let option = format!("{}.{name}={value}", target.name);
        sides.push(match given.is_given(name) {
            true => format!("`--set {option}`"),
            false => format!("`{option}` in the settings"),
        });
    }
    sides.extend(conflict.flag.iter().map(|flag| format!("`--{flag}`")));
    let message = format!("{} exclude each other", sides.join(" and "));
    Err(Stop::usage(message).help(conflict.help.to_string()))
}

/// Returns the options that `--set` gives to each target.
fn given(all: &[String], targets: &[Target]) -> Result<BTreeMap<String, OptionValues>, Stop> {
    let mut values: BTreeMap<String, OptionValues> = BTreeMap::new();
    for text in all {
        let (target, option, value) = parts(text, targets)?;
        let (target, spec) = known(target, option, targets)?;
        let values = values.entry(target.name().to_owned()).or_default();
        if values.is_given(option) {
            return Err(Stop::usage(format!("`{}.{option}` is set twice", target.name()))
                .help("leave one of them out"));
        }
        values.set(&spec, value).map_err(|wrong| {
            let message = format!("`{}.{option}` {}", target.name(), wrong.message);
            Stop::usage(message).help(wrong.help)
        })?;
    }
    Ok(values)
}

/// Returns the parts of a text such as `redcap.project=yes`: target, option and value.
fn parts<'t>(text: &'t str, targets: &[Target]) -> Result<(&'t str, &'t str, &'t str), Stop> {
    let name = text.split('=').next().unwrap_or_default();
    let Some((target, option)) = name.split_once('.') else {
        return Err(Stop::usage(format!("`--set {text}` does not name an option of a target"))
            .help("write target, option and value, such as `--set redcap.project=yes`"));
    };
    match text.split_once('=') {
        Some((_, value)) => Ok((target, option, value)),
        None => {
            let stop = Stop::usage(format!("`--set {text}` has no value"));
            let (_, spec) = known(target, option, targets)?;
            Err(stop.help(format!("write a value after an equals sign: it takes {}", spec.takes())))
        }
    }
}

/// Returns the target and its option, or an error if one of them does not exist. A target of a plug-in is known only if
/// it is exported to.
fn known(target: &str, option: &str, targets: &[Target]) -> Result<(Target, OptionSpec), Stop> {
    let chosen = targets.iter().find(|chosen| chosen.name() == target).cloned();
    let target = chosen.or_else(|| Target::built_in(target)).ok_or_else(|| no_target(target))?;
    let spec = target.own().option(option).cloned().ok_or_else(|| {
        let (message, help) = no_option(target.own(), option);
        Stop::usage(message).help(help)
    });
    Ok((target, spec?))
}

/// Returns the error for an unknown target, with a suggestion if a known name is similar.
pub(crate) fn no_target(name: &str) -> Stop {
    let stop = Stop::usage(format!("there is no target `{name}`"));
    let names: Vec<&str> = listed().map(|(_, target)| target.name).collect();
    match did_you_mean(name, names) {
        Some(help) => stop.help(help),
        None => stop.help("`scalewright targets` lists them"),
    }
}

/// Stops if a `--set` is for a target that is not exported to.
fn are_used(all: &[String], chosen: &[Target]) -> Result<(), Stop> {
    let target = |text: &str| text.split('.').next().unwrap_or_default().to_owned();
    let is_used = |text: &&String| chosen.iter().any(|one| one.name() == target(text));
    let unused: Vec<&String> = all.iter().filter(|text| !is_used(text)).collect();
    let options = unused.iter().map(|text| format!("`--set {text}`")).collect();
    let targets: BTreeSet<String> =
        unused.iter().map(|text| format!("`{0}.…` is for `{0}`", target(text))).collect();
    refuse_unused(options, chosen, targets.into_iter().collect())
}

/// Stops if the user wrote an option that only other targets take than those exported to.
fn flags_are_used(given: &ExplicitOptions, chosen: &[Target]) -> Result<(), Stop> {
    let used = |flag: &str| chosen.iter().any(|target| target.flags().contains(&flag));
    let known: BTreeSet<&str> =
        exporters().flat_map(|(_, exporter)| exporter.flags).copied().collect();
    let unused: Vec<&str> = given.among(known.into_iter()).filter(|flag| !used(flag)).collect();
    let options = unused.iter().map(|flag| format!("`--{flag}`")).collect();
    refuse_unused(options, chosen, unused.iter().map(|flag| taken_by(flag)).collect())
}

/// Returns the targets that take an option, in words: `--paper` is for `pdf`.
fn taken_by(flag: &str) -> String {
    let targets = exporters().filter(|(_, exporter)| exporter.flags.contains(&flag));
    let targets: Vec<String> = targets.map(|(_, target)| format!("`{}`", target.name)).collect();
    format!("`--{flag}` is for {}", targets.join(", "))
}

fn refuse_unused(
    options: Vec<String>,
    chosen: &[Target],
    reasons: Vec<String>,
) -> Result<(), Stop> {
    if options.is_empty() {
        return Ok(());
    }
    let targets: Vec<String> = chosen.iter().map(|target| format!("`{}`", target.name())).collect();
    let verb = if options.len() == 1 { "has" } else { "have" };
    let message = format!("{} {verb} no effect on {}", options.join(", "), targets.join(", "));
    let help = format!("{}: leave it out, or add that target", reasons.join("; "));
    Err(Stop::usage(message).help(help))
}

/// Stops if the user wrote a former option, with what to write instead.
fn are_current(former: &FormerArgs, chosen: &[Target]) -> Result<(), Stop> {
    if former.written.is_empty() {
        return Ok(());
    }
    let flags: Vec<String> = former.written.iter().map(|(flag, _)| format!("`--{flag}`")).collect();
    let (verb, what) = match flags.len() {
        1 => ("has", "an option"),
        _ => ("have", "options"),
    };
    let stop =
        Stop::usage(format!("{} {verb} been replaced by {what} of targets", flags.join(", ")));
    let instead: Vec<String> = former
        .written
        .iter()
        .flat_map(|(flag, value)| instead(flag, value.as_deref(), chosen))
        .collect();
    Err(stop.help(format!("write {}", instead.join(" and "))))
}

/// Returns what to write instead of `--flag value`: for the given targets that have the option, else for all targets.
fn instead(flag: &str, value: Option<&str>, chosen: &[Target]) -> Vec<String> {
    let new = |target: TargetOptions<'_>| {
        let spec = target.options.iter().find(|o| o.former.is_some_and(|f| f.flag == flag))?;
        let meant = spec.former.and_then(|former| former.value).or(value).unwrap_or("…");
        Some(format!("`--set {}.{}={meant}`", target.name, spec.name))
    };
    let asked: Vec<String> = chosen.iter().filter_map(|target| new(target.own())).collect();
    match asked.is_empty() {
        true => exporters().filter_map(|(_, target)| new(target.own())).collect(),
        false => asked,
    }
}
