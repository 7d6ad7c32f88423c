//! Targets as pages of the documentation: a list, and one page per target.

use std::fmt::Write;

use scalewright_export::{Mapping, OptionSpec, TargetDescription, TargetOptions};
use scalewright_model::text::capital;

use super::default::default_of;

/// Returns the list of targets, with links to their pages.
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

The formats that `scalewright export` can write. Each target has a page with its files, options, limits and losses,
which `scalewright targets NAME` prints too. Set options with `--set TARGET.OPTION=VALUE`, or under `[export.TARGET]`
in `scalewright.toml`: see [Exporting](../exporting.md#options-of-targets).

| target | what it makes | files |
|---|---|---|
";

/// Returns the page of a target. `main` is the target of the same platform whose page lists the losses and keys.
pub(super) fn page(target: &TargetDescription, main: Option<&str>) -> String {
    let mut text = format!("# `{}`\n\n{}.\n", target.name, capital(target.summary));
    files(target, &mut text);
    let own =
        TargetOptions { name: target.name, options: target.options, conflicts: target.conflicts };
    options(own, &mut text);
    also(target, &mut text);
    names(target, &mut text);
    if !target.limits.is_empty() {
        let _ = writeln!(text, "\nLimits:\n");
        target.limits.iter().for_each(|limit| _ = writeln!(text, "- {limit}"));
    }
    match main {
        Some(other) => {
            let _ =
                writeln!(text, "\nIt contains and loses the same keys as [`{other}`]({other}.md).");
        }
        None => {
            losses(target, &mut text);
            keys(target, &mut text);
        }
    }
    text
}

fn files(target: &TargetDescription, text: &mut String) {
    let _ = writeln!(text, "\n| file | content |\n|---|---|");
    for file in target.files {
        let _ = writeln!(text, "| `{}` | {} |", file.name, cell(file.what));
    }
}

pub(super) fn options(target: TargetOptions<'_>, text: &mut String) {
    if !target.options.is_empty() {
        let _ = writeln!(text, "\n| option | values | default | effect |\n|---|---|---|---|");
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
}

fn also(target: &TargetDescription, text: &mut String) {
    let mut also: Vec<String> = target.flags.iter().map(|flag| format!("`--{flag}`")).collect();
    also.extend(target.study.then(|| "`--study`".to_owned()));
    if !also.is_empty() {
        let _ = writeln!(text, "\nIt also takes {}.", also.join(", "));
    }
}

/// Returns the values of an option, each with its meaning if it has one.
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
    let _ = writeln!(text, "\n| reported loss | when | why |\n|---|---|---|");
    for loss in target.losses {
        let because = match loss.because {
            "" => "see the message".to_owned(),
            because => cell(because),
        };
        let when = if loss.when.is_empty() { "always" } else { loss.when };
        let _ = writeln!(text, "| {} | {} | {because} |", cell(&loss.shown()), cell(when));
    }
}

/// Writes where the target stores keys that have an element of their own.
fn keys(target: &TargetDescription, text: &mut String) {
    let _ = writeln!(text, "\n| key | element | how |\n|---|---|---|");
    let placed = target.keys.iter().filter(|row| !row.elements.is_empty());
    for Mapping { keys, elements, how } in placed {
        let code = |names: &[&str]| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(text, "| {} | {} | {} |", code(keys), code(elements), cell(how));
    }
    let _ = writeln!(text, "\nAll other keys are in the definition that the export embeds.");
}

/// Escapes the text of a table cell: a bar would end the cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
