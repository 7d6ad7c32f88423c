//! `scalewright targets`: the formats that instruments can be exported to, from the registry.

mod default;
mod page;
mod text;

use scalewright_export::{TargetDescription, described, exporters, listed};
use scalewright_model::Stop;

use crate::cli::{TargetsArgs, TargetsFormat};
use crate::exit_code::OK;
use crate::render::Printable;
use crate::target_options::no_target;
use crate::terminal::Terminal;

/// Prints the list of targets, or the description of one target.
pub(crate) fn run(args: &TargetsArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let one = args.target.as_deref().map(named).transpose()?;
    match (args.format, one) {
        (TargetsFormat::Text, None) => terminal.print(Printable::page(&text::list(&all()))),
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

fn named(name: &str) -> Result<TargetDescription, Stop> {
    let found = exporters().find(|(_, exporter)| exporter.name == name);
    let (platform, exporter) = found.ok_or_else(|| no_target(name))?;
    Ok(described(platform, exporter))
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
