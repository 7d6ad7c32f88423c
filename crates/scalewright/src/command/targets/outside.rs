//! The target of a plug-in: its own description.

use std::fmt::Write;

use scalewright_model::text::capital;
use scalewright_wire::{Description, LossDescription, NameRules};

use super::page::cell;
use super::text::{columns, option};
use crate::plugins::OutsideExporter;

/// Returns the description as text for a terminal.
pub(super) fn text(exporter: &OutsideExporter) -> String {
    let Description { name, version, summary, files, names, limits, losses, .. } =
        &exporter.description;
    let mut text = format!("{name}: {summary}\nA plug-in, version {version}.\n");
    let files: Vec<(&str, &str)> =
        files.iter().map(|file| (file.name.as_str(), file.what.as_str())).collect();
    if !files.is_empty() {
        text.push_str(&columns("Files", &files));
    }
    let own = exporter.own();
    match own.options {
        [] => text.push_str("\nIt has no options.\n"),
        options => {
            let _ = writeln!(
                text,
                "\nOptions, as `--set {name}.OPTION=VALUE`, or under `[export.{name}]` in `scalewright.toml`:"
            );
            options.iter().for_each(|spec| option(spec, &mut text));
        }
    }
    let flags: Vec<String> = exporter.flags().iter().map(|flag| format!("--{flag}")).collect();
    if !flags.is_empty() {
        let _ = writeln!(text, "\nIt also takes {}.", flags.join(", "));
    }
    names.iter().for_each(|names| rules(names, &mut text));
    if !limits.is_empty() {
        text.push_str("\nLimits:\n");
    }
    limits.iter().for_each(|limit| _ = writeln!(text, "  {limit}"));
    if !losses.is_empty() {
        text.push_str("\nLosses, reported as `lossy-export`:\n");
    }
    for LossDescription { what, when, .. } in losses {
        let when = if when.is_empty() { String::new() } else { format!(", {when}") };
        let _ = writeln!(text, "  {what}{when}");
    }
    text
}

fn rules(names: &NameRules, text: &mut String) {
    let NameRules { longest, reserved } = names;
    text.push_str("\nNames:\n");
    if let Some(longest) = longest {
        let _ = writeln!(text, "  ids of more than {longest} characters are refused");
    }
    if !reserved.is_empty() {
        let _ = writeln!(text, "  these cannot be ids: {}", reserved.join(", "));
    }
}

/// Returns the description as a page in Markdown.
pub(super) fn page(exporter: &OutsideExporter) -> String {
    let Description { name, version, summary, files, limits, losses, .. } = &exporter.description;
    let mut text =
        format!("# `{name}`\n\n{}.\n\nA plug-in, version {version}.\n", capital(&cell(summary)));
    let _ = writeln!(text, "\n| file | content |\n|---|---|");
    for file in files {
        let _ = writeln!(text, "| `{}` | {} |", cell(&file.name), cell(&file.what));
    }
    super::page::options(exporter.own(), &mut text);
    if !limits.is_empty() {
        let _ = writeln!(text, "\nLimits:\n");
    }
    limits.iter().for_each(|limit| _ = writeln!(text, "- {limit}"));
    let _ = writeln!(text, "\n| reported loss | when | why |\n|---|---|---|");
    for LossDescription { what, when, because, .. } in losses {
        let when = if when.is_empty() { "always" } else { when };
        let _ = writeln!(text, "| {} | {} | {} |", cell(what), cell(when), cell(because));
    }
    text
}
