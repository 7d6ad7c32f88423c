//! `scalewright targets`: the formats that instruments can be exported to, from the registry.

mod default;
mod outside;
mod page;
mod text;

use std::path::Path;

use scalewright_export::{
    TargetDescription, described, exporters, keys_by_target, keys_page, listed,
};
use scalewright_model::Stop;
use scalewright_project::Library;
use scalewright_wire::Kind;

use crate::cli::{TargetsArgs, TargetsFormat};
use crate::exit_code::OK;
use crate::plugins::{OutsideExporter, Places, Plugins};
use crate::render::Printable;
use crate::target_options::no_target;
use crate::terminal::Terminal;

/// Prints the list of targets, or the description of one target.
pub(crate) fn run(
    args: &TargetsArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let one = match args.target.as_deref().map(|name| (name, named(name))) {
        Some((_, Some(one))) => Some(one),
        // Only if no built-in target has the name, so that describing ours runs no program.
        Some((name, None)) => match plugins.exporter(name, terminal)? {
            Some(outside) => return Ok(print(&outside, args.format, terminal)),
            None => return Err(no_target(name)),
        },
        None => None,
    };
    match (args.format, one) {
        (TargetsFormat::Json, None) if args.keys => {
            terminal.write(json(&keys_by_target()).as_bytes());
        }
        (_, None) if args.keys => terminal.write(keys_page().as_bytes()),
        (TargetsFormat::Text, None) => {
            terminal.print(Printable::page(&text::list(&all())));
            terminal.eprint(&of_plugins(&plugins.places));
        }
        (TargetsFormat::Text, Some(one)) => terminal.print(Printable::page(&text::target(&one))),
        (TargetsFormat::Json, None) => terminal.write(json(&all()).as_bytes()),
        (TargetsFormat::Json, Some(one)) => terminal.write(json(&one).as_bytes()),
        (TargetsFormat::Markdown, None) => terminal.write(page::list(&announced()).as_bytes()),
        (TargetsFormat::Markdown, Some(one)) => {
            terminal.write(page::page(&one, main_target(&one)).as_bytes());
        }
    }
    Ok(OK)
}

fn named(name: &str) -> Option<TargetDescription> {
    let found = exporters().find(|(_, exporter)| exporter.name == name);
    found.map(|(platform, exporter)| described(platform, exporter))
}

/// Prints the target of a plug-in.
fn print(outside: &OutsideExporter, format: TargetsFormat, terminal: &mut Terminal<'_>) -> u8 {
    match format {
        TargetsFormat::Text => terminal.print(Printable::page(&outside::text(outside))),
        TargetsFormat::Json => terminal.write(json(&outside.description).as_bytes()),
        TargetsFormat::Markdown => terminal.write(outside::page(outside).as_bytes()),
    }
    OK
}

/// Returns a note about the targets of plug-ins; empty if there are none. They are named and not run.
fn of_plugins(places: &Places<'_>) -> String {
    let names = places.all(Kind::Export).into_keys().map(|name| format!("`{name}`"));
    let names: Vec<String> = names.collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(
            "plug-ins provide {} more: {} (`scalewright plugin list`)\n",
            names.len(),
            names.join(", ")
        ),
    }
}

/// Returns every target, drafts included.
fn all() -> Vec<TargetDescription> {
    exporters().map(|(platform, exporter)| described(platform, exporter)).collect()
}

/// Returns the targets that the book lists.
fn announced() -> Vec<TargetDescription> {
    listed().map(|(platform, exporter)| described(platform, exporter)).collect()
}

/// Returns the first target of the platform, unless `target` is the first itself.
fn main_target(target: &TargetDescription) -> Option<&'static str> {
    let mut of_platform = exporters().filter(|(platform, _)| platform.name == target.platform);
    of_platform.next().map(|(_, first)| first.name).filter(|first| *first != target.name)
}

fn json(targets: &impl serde::Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(targets).unwrap_or_default())
}
