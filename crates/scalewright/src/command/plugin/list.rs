//! `scalewright plugin list`.

use std::path::Path;

use scalewright_model::Stop;
use scalewright_project::Library;
use scalewright_wire::Kind;
use serde::Serialize;

use crate::cli::{PluginListArgs, PluginListFormat};
use crate::exit_code::OK;
use crate::plugins::{Form, Located, Origin, Plugins, command_text, kind_name};
use crate::render::Printable;
use crate::terminal::Terminal;

/// A plug-in as a row of the list.
#[derive(Serialize)]
struct Row {
    name: String,
    kind: &'static str,
    /// Its version; absent if it was not run, or does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// What it does, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    /// Where it was found: the settings file, the `PATH`.
    found: String,
    /// Its command or folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
    trusted: bool,
    /// Why it cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// Prints one line for each plug-in.
pub(super) fn run(
    args: &PluginListArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let mut rows = Vec::new();
    for kind in [Kind::Export, Kind::Lint, Kind::Import] {
        for (name, located) in plugins.places.all(kind) {
            rows.push(row(kind, name, located, &plugins, terminal));
        }
    }
    match args.format {
        PluginListFormat::Json => {
            let text = serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n";
            terminal.write(text.as_bytes());
        }
        PluginListFormat::Text => terminal.print(Printable::page(&text(&rows))),
    }
    if rows.is_empty() {
        terminal
            .eprint("there is no plug-in: `scalewright plugin new` creates one to start from\n");
    }
    Ok(OK)
}

fn row(
    kind: Kind,
    name: String,
    located: Result<Located, Stop>,
    plugins: &Plugins<'_>,
    terminal: &mut Terminal<'_>,
) -> Row {
    let mut row = Row {
        name,
        kind: kind_name(kind),
        version: None,
        summary: None,
        found: "settings".to_owned(),
        command: None,
        trusted: false,
        problem: None,
    };
    let located = match located {
        Ok(located) => located,
        Err(stop) => return Row { problem: Some(stop.message), ..row },
    };
    row.found = match &located.origin {
        Origin::File(file) => file.display().to_string(),
        Origin::Path => "PATH".to_owned(),
        Origin::Given => "folder".to_owned(),
    };
    row.command = Some(match &located.form {
        Form::Program(program) => command_text(program),
        Form::Templates(folder) => folder.display().to_string(),
    });
    if let Err(stop) = plugins.may_run(&located) {
        return Row { problem: Some(stop.message), ..row };
    }
    row.trusted = true;
    match plugins.describe(located, terminal) {
        Ok(description) => {
            row.version = Some(description.version);
            row.summary = Some(description.summary);
        }
        Err(stop) => row.problem = Some(stop.message),
    }
    row
}

/// Returns the rows in aligned columns.
fn text(rows: &[Row]) -> String {
    let cells = |row: &Row| {
        let version = row.version.clone().unwrap_or_else(|| "-".to_owned());
        let trusted = if row.trusted { "trusted" } else { "not trusted" };
        let what = row.problem.clone().or(row.summary.clone()).unwrap_or_default();
        [
            row.kind.to_owned(),
            row.name.clone(),
            version,
            trusted.to_owned(),
            row.found.clone(),
            what,
        ]
    };
    let table: Vec<[String; 6]> = rows.iter().map(cells).collect();
    let width = |column: usize| {
        table.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}  {}\n", cells.collect::<Vec<_>>().join("  "), row[5])
    };
    table.iter().map(line).collect()
}
