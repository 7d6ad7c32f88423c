//! What is exported: the instruments that the arguments name, the targets, and the extra sheets.

use std::rc::Rc;

use scalewright_export::Sheet;
use scalewright_model::Stop;
use scalewright_project::{Found, Library};

use super::study;
use crate::cli::ExportArgs;
use crate::plugins::Plugins;
use crate::target::{ChosenTarget, Target};
use crate::target_options;
use crate::terminal::Terminal;

/// Returns the instruments that the arguments name. One that is named twice is exported once; in a study, where the
/// user may want to ask it twice, that is refused.
pub(super) fn targets(args: &ExportArgs, library: &Library<'_>) -> Result<Vec<Found>, Stop> {
    let mut targets: Vec<Found> = Vec::new();
    for given in &args.instruments {
        for found in library.find(given)? {
            match (targets.contains(&found), &args.study) {
                (false, _) => targets.push(found),
                (true, None) => {}
                (true, Some(_)) => return Err(study::twice(&given.display().to_string())),
            }
        }
    }
    Ok(targets)
}

/// Returns the targets with these names, each once. A plug-in is started only if no built-in target has the name.
pub(super) fn targets_of(
    names: &[String],
    plugins: &Plugins<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Target>, Stop> {
    let mut chosen: Vec<Target> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        // A target that is named twice is exported to once.
        if names[..index].contains(name) {
            continue;
        }
        let target = match Target::built_in(name) {
            Some(target) => target,
            None => match plugins.exporter(name, terminal)? {
                Some(outside) => Target::Outside(Rc::new(outside)),
                None => return Err(neither(name)),
            },
        };
        if target.prints() && cfg!(not(feature = "pdf")) {
            return Err(Stop::usage("this program was built without PDF")
                .help("build it with the feature `pdf`, which is on by default"));
        }
        if chosen.iter().any(|other| other.name() == target.name()) {
            let message = format!("two targets are called `{}`", target.name());
            return Err(Stop::usage(message).help("export to one after the other"));
        }
        chosen.push(target);
    }
    Ok(chosen)
}

/// Returns the error for a target that neither this program nor a plug-in provides.
fn neither(name: &str) -> Stop {
    target_options::no_target(name).help(format!(
        "there is no plug-in of that name either: no program `scalewright-export-{name}` on the \
         `PATH`, and no `[plugins.export.{name}]` in `scalewright.toml`"
    ))
}

/// Returns the extra sheets that the options of the targets request, each once.
pub(super) fn sheets(chosen: &[ChosenTarget]) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for sheet in chosen.iter().flat_map(|target| target.target.sheets(&target.options)) {
        if !sheets.contains(&sheet) {
            sheets.push(sheet);
        }
    }
    sheets
}
