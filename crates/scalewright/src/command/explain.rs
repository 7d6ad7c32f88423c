//! `scalewright explain`: what a lint finds, why it matters, how to fix it, and when to allow it; and what any other
//! kind of finding means.

use std::fmt::Write;

use scalewright_check::lints::{Group, LINTS, Lint};
use scalewright_check::outside::plugin_of;
use scalewright_check::{kinds_of_messages, lint_page, meaning};
use scalewright_data::{CHECKS, check_named, check_page};
use scalewright_model::{Severity, Stop, did_you_mean};

use crate::cli::{ExplainArgs, PageFormat};
use crate::exit_code::OK;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Prints the page of a lint, or the list of all lints.
pub(crate) fn run(args: &ExplainArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let text = match args.lint.as_deref() {
        // The options of code blocks, such as `file=…`, are for the tests of the book. A terminal does not show them.
        Some(DATA_CHECKS) => match args.format {
            PageFormat::Text => data_list(),
            PageFormat::Markdown => data_table(),
        },
        Some(name) => match meaning(name) {
            Some(meaning) => format!("{name}: {meaning}\n"),
            None if check_named(name).is_ok() => {
                check_page(name, args.format == PageFormat::Markdown)
            }
            None => lint_page(lint(name)?, args.format == PageFormat::Markdown),
        },
        None => match args.format {
            PageFormat::Text => list(),
            PageFormat::Markdown => table(),
        },
    };
    match args.format {
        PageFormat::Text => terminal.print(Printable::page(&text)),
        PageFormat::Markdown => terminal.write(text.as_bytes()),
    }
    Ok(OK)
}

fn lint(name: &str) -> Result<&'static Lint, Stop> {
    if let Some(plugin) = plugin_of(name) {
        let message =
            format!("`{name}` is a lint of the plug-in `{plugin}`, which explains it itself");
        return Err(Stop::usage(message)
            .help("`scalewright check --format sarif` includes the pages of the lints that found something"));
    }
    let found = LINTS.iter().find(|lint| lint.name == name);
    found.copied().ok_or_else(|| {
        let stop = Stop::usage(format!("there is no lint or other finding `{name}`"));
        let lints = LINTS.iter().map(|lint| lint.name);
        let checks = CHECKS.iter().map(|check| check.name);
        let names: Vec<&str> = lints.chain(kinds_of_messages()).chain(checks).collect();
        let help = || "`scalewright explain` lists all lints".to_owned();
        stop.help(did_you_mean(name, names).unwrap_or_else(help))
    })
}

/// Returns all lints by group, as text for a terminal.
fn list() -> String {
    let width = LINTS.iter().map(|lint| lint.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for group in Group::ALL {
        let mut lints = LINTS.iter().filter(|lint| lint.group == group).peekable();
        if lints.peek().is_some() {
            let _ = writeln!(text, "{}:", group.name());
        }
        for lint in lints {
            let (name, level) = (lint.name, level(lint.level));
            let _ = writeln!(text, "  {name:width$}  {level:7}  {}", lint.summary);
        }
    }
    text + "\nThe checks of `scalewright data-check`: `scalewright explain data-checks`\n"
}

/// The name that lists the checks of data.
const DATA_CHECKS: &str = "data-checks";

/// Returns the checks of data, as text for a terminal.
fn data_list() -> String {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for check in CHECKS {
        let (name, level) = (check.name, level(check.level));
        let _ = writeln!(text, "  {name:width$}  {level:7}  {}", check.summary);
    }
    text
}

/// Returns the checks of data, as a page of the book.
fn data_table() -> String {
    let mut text = DATA_TABLE.to_owned();
    for check in CHECKS {
        let (name, level) = (check.name, level(check.level));
        let _ =
            writeln!(text, "| [`{name}`](data-checks/{name}.md) | {} | {level} |", check.summary);
    }
    text
}

const DATA_TABLE: &str = "\
# Checks of data

`scalewright data-check` runs these checks. Each has a page that states what it computes, the limits with their sources,
when it is quiet, and what to do; `scalewright explain CHECK` prints the page. The level is the highest that its findings
have: weaker evidence is a hint.

| check | finds | level |
|---|---|---|
";

/// Returns all lints by group, as a page of the book.
fn table() -> String {
    let mut text = TABLE.to_owned();
    for group in Group::ALL {
        let mut lints = LINTS.iter().filter(|lint| lint.group == group).peekable();
        if lints.peek().is_none() {
            continue;
        }
        let _ =
            writeln!(text, "\n## On {}\n\n| lint | finds | level |\n|---|---|---|", group.name());
        for lint in lints {
            let (name, summary, level) = (lint.name, lint.summary, level(lint.level));
            let _ = writeln!(text, "| [`{name}`](lints/{name}.md) | {summary} | {level} |");
        }
    }
    text
}

const TABLE: &str = "\
# Lints

A lint is a rule of good psychometrics that a definition may break for a reason. Each lint has a page that explains why
it matters, how to fix a finding, and when to allow it; `scalewright explain LINT` prints the page. An *error* fails a
check, a *warning* does so with `--deny-warnings`, and a *hint* never fails a check.

[Checking](checking.md#silencing-a-lint) describes how to silence a lint or to set its level.
";

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
