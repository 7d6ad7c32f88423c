//! Targets as text for a terminal.

use std::fmt::Write;

use scalewright_export::{OptionSpec, Stage, TargetDescription};

use super::default::default_of;

/// Returns one line for each target.
pub(super) fn list(targets: &[TargetDescription]) -> String {
    let width = targets.iter().map(|target| target.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for target in targets {
        let stage = match target.stage {
            Stage::Draft => "draft",
            Stage::Stable => "stable",
        };
        let _ = writeln!(text, "{:width$}  {stage:6}  {}", target.name, target.summary);
    }
    text
}

/// Returns the description of a target.
pub(super) fn target(target: &TargetDescription) -> String {
    let mut text = format!("{}: {}\n", target.name, target.summary);
    let files = target.files.iter().map(|file| (file.name, file.what));
    text.push_str(&columns("Files", &files.collect::<Vec<_>>()));
    if target.options.is_empty() {
        text.push_str("\nIt has no options.\n");
    } else {
        let _ = writeln!(
            text,
            "\nOptions, as `--set {0}.OPTION=VALUE`, or under `[export.{0}]` in `scalewright.toml`:",
            target.name
        );
        target.options.iter().for_each(|spec| option(spec, &mut text));
    }
    if !target.flags.is_empty() {
        let flags: Vec<String> = target.flags.iter().map(|flag| format!("--{flag}")).collect();
        let _ = writeln!(text, "\nIt also takes {}.", flags.join(", "));
    }
    if target.study {
        text.push_str("\nIt can publish several instruments together, with --study.\n");
    }
    names(target, &mut text);
    limits(target, &mut text);
    losses(target, &mut text);
    text
}

pub(super) fn option(option: &OptionSpec, text: &mut String) {
    let _ = writeln!(text, "  {}", option.name);
    let _ = writeln!(text, "      {}", option.summary);
    let _ = writeln!(
        text,
        "      takes {}; {} when left out",
        option.takes(),
        match default_of(option) {
            "nothing" => "nothing".to_owned(),
            default => format!("`{default}`"),
        }
    );
    for (value, meaning) in option.values().into_iter().filter(|(_, meaning)| !meaning.is_empty()) {
        let _ = writeln!(text, "      {value}: {meaning}");
    }
}

fn names(target: &TargetDescription, text: &mut String) {
    let Some(names) = &target.names else { return };
    let _ = writeln!(text, "\nNames:");
    let _ = writeln!(text, "  ids of more than {} characters are shortened", names.longest);
    let _ = writeln!(text, "  these cannot be ids: {}", names.reserved.join(", "));
    let endings: Vec<String> =
        names.form_endings.iter().map(|ending| format!("<form>_{ending}")).collect();
    let _ = writeln!(text, "  nor can {}", endings.join(", "));
}

fn limits(target: &TargetDescription, text: &mut String) {
    if !target.limits.is_empty() {
        text.push_str("\nLimits:\n");
    }
    for limit in target.limits {
        let _ = writeln!(text, "  {limit}");
    }
}

fn losses(target: &TargetDescription, text: &mut String) {
    text.push_str("\nLosses, reported as `lossy-export`:\n");
    for loss in target.losses {
        let what = loss.shown();
        let when = if loss.when.is_empty() { String::new() } else { format!(", {}", loss.when) };
        let _ = writeln!(text, "  {what}{when}");
    }
}

/// Returns a heading with two columns below it.
pub(super) fn columns(heading: &str, rows: &[(&str, &str)]) -> String {
    let width = rows.iter().map(|(first, _)| first.chars().count()).max().unwrap_or(0);
    let rows = rows.iter().map(|(first, second)| format!("  {first:width$}  {second}\n"));
    format!("\n{heading}:\n{}", rows.collect::<String>())
}
