//! Options that are about other formats than those asked for are refused, instead of ignored.

use scalewright_export::{EXPORTERS, Exporter};

use crate::Stop;
use crate::cli::Given;

/// Whether each option that was written, and that some format takes, is taken by one of those asked for.
pub(super) fn all_are_used(given: &Given, chosen: &[&Exporter]) -> Result<(), Stop> {
    let takes = |exporter: &Exporter, option: &str| exporter.options.contains(&option);
    let used = |option: &str| chosen.iter().any(|exporter| takes(exporter, option));
    let mut known: Vec<&str> =
        EXPORTERS.iter().flat_map(|exporter| exporter.options).copied().collect();
    known.sort_unstable();
    known.dedup();
    let unused: Vec<&str> = given.among(known.into_iter()).filter(|option| !used(option)).collect();
    if unused.is_empty() {
        return Ok(());
    }
    let options: Vec<String> = unused.iter().map(|option| format!("`--{option}`")).collect();
    let formats: Vec<String> =
        chosen.iter().map(|exporter| format!("`{}`", exporter.name)).collect();
    let verb = if unused.len() == 1 { "has" } else { "have" };
    let message = format!("{} {verb} no effect on {}", options.join(", "), formats.join(", "));
    let help: Vec<String> = unused.iter().map(|option| taken_by(option, &takes)).collect();
    Err(Stop::usage(message).help(format!("{}: leave it out, or add that format", help.join("; "))))
}

/// `--project` is taken by `redcap`.
fn taken_by(option: &str, takes: &dyn Fn(&Exporter, &str) -> bool) -> String {
    let formats = EXPORTERS.iter().filter(|exporter| takes(exporter, option));
    let formats: Vec<String> = formats.map(|exporter| format!("`{}`", exporter.name)).collect();
    format!("`--{option}` goes with {}", formats.join(", "))
}
