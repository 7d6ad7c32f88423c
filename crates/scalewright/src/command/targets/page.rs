//! Targets as pages of the documentation: a list, and a page each.

use std::fmt::Write;

use scalewright_export::{Mapping, OptionSpec, TargetDescription};
use scalewright_model::text::capital;

use super::default::default_of;

/// The list of targets, each with a page of its own.
pub(super) fn list(targets: &[TargetDescription]) -> String {
    let mut text = HEAD.to_owned();
    for target in targets {
        let files = target.files.iter().map(|file| format!("`{}`", file.name));
        let files = files.collect::<Vec<_>>().join("<br>");
        let TargetDescription { name, summary, .. } = target;
        let _ = writeln!(text, "| [`{name}`](targets/{name}.md) | {} | {files} |", cell(summary));
    }
    text
}

const HEAD: &str = "\
# Targets

What `scalewright export` can publish to. Each target has a page with its files, options, limits and losses, which
`scalewright targets NAME` prints too. Options are given as `--set TARGET.OPTION=VALUE`, or under `[export.TARGET]` in
`scalewright.toml`: see [Exporting](../exporting.md#options-of-targets).

| target | what it makes | files |
|---|---|---|
";

/// The page of a target. `alike` is the name of one whose page has the same losses and keys.
pub(super) fn page(target: &TargetDescription, alike: Option<&str>) -> String {
    let mut text = format!("# `{}`\n\n{}.\n", target.name, capital(target.summary));
    files(target, &mut text);
    options(target, &mut text);
    names(target, &mut text);
    if !target.limits.is_empty() {
        let _ = writeln!(text, "\nLimits:\n");
        target.limits.iter().for_each(|limit| _ = writeln!(text, "- {limit}"));
    }
    match alike {
        Some(other) => {
            let _ = writeln!(text, "\nIt has and loses the same keys as [`{other}`]({other}.md).");
        }
        None => {
            losses(target, &mut text);
            keys(target, &mut text);
        }
    }
    text
}

fn files(target: &TargetDescription, text: &mut String) {
    let _ = writeln!(text, "\n| file | what it is |\n|---|---|");
    for file in target.files {
        let _ = writeln!(text, "| `{}` | {} |", file.name, cell(file.what));
    }
}

fn options(target: &TargetDescription, text: &mut String) {
    if !target.options.is_empty() {
        let _ = writeln!(
            text,
            "\n| option | values | when left out | what it changes |\n|---|---|---|---|"
        );
    }
    for option in target.options {
        let default = match default_of(option) {
            "nothing" => "nothing".to_owned(),
            default => format!("`{default}`"),
        };
        let _ = writeln!(
            text,
            "| `{}.{}` | {} | {default} | {} |",
            target.name,
            option.name,
            cell(&values(option)),
            cell(&option.summary)
        );
    }
    let mut also: Vec<String> = target.flags.iter().map(|flag| format!("`--{flag}`")).collect();
    also.extend(target.study.then(|| "`--study`".to_owned()));
    if !also.is_empty() {
        let _ = writeln!(text, "\nIt also takes {}.", also.join(", "));
    }
}

/// The values of an option, each with its meaning where it has one.
fn values(option: &OptionSpec) -> String {
    let values = option.values().into_iter().map(|(value, meaning)| match meaning {
        "" => format!("`{value}`"),
        meaning => format!("`{value}`: {meaning}"),
    });
    values.collect::<Vec<_>>().join("<br>")
}

fn names(target: &TargetDescription, text: &mut String) {
    let Some(names) = &target.names else { return };
    let code = |all: &mut dyn Iterator<Item = String>| {
        all.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(
        text,
        "\nAn id of more than {} characters is shortened. These cannot be ids: {}, {}.",
        names.longest,
        code(&mut names.reserved.iter().map(|&name| name.to_owned())),
        code(&mut names.form_endings.iter().map(|ending| format!("<form>_{ending}")))
    );
}

fn losses(target: &TargetDescription, text: &mut String) {
    let _ = writeln!(text, "\n| what is lost | when | why |\n|---|---|---|");
    for loss in target.losses {
        let because = match loss.because {
            "" => "the message says why".to_owned(),
            because => cell(because),
        };
        let when = if loss.when.is_empty() { "always" } else { loss.when };
        let _ = writeln!(text, "| {} | {} | {because} |", cell(&loss.shown()), cell(when));
    }
}

/// Where the keys are that have a place of their own.
fn keys(target: &TargetDescription, text: &mut String) {
    let _ = writeln!(text, "\n| key | where it is | how |\n|---|---|---|");
    let placed = target.keys.iter().filter(|row| !row.elements.is_empty());
    for Mapping { keys, elements, how } in placed {
        let code = |names: &[&str]| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(text, "| {} | {} | {} |", code(keys), code(elements), cell(how));
    }
    let _ = writeln!(text, "\nAll other keys are in the definition that the export contains.");
}

/// Text in a table, where a bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
