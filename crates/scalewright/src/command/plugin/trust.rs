//! `scalewright plugin trust`.

use std::path::Path;

use scalewright_model::{Stop, did_you_mean};
use scalewright_plugins::process::Program;
use scalewright_project::Library;
use scalewright_wire::Kind;

use crate::cli::PluginTrustArgs;
use crate::exit_code::OK;
use crate::plugins::{Form, Located, Origin, Places, Trust, command_text, kind_name};
use crate::terminal::Terminal;

/// Records that the user trusts the commands of the settings, or withdraws that.
pub(super) fn run(
    args: &PluginTrustArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let places = Places::new(library.settings(), library.packs(), terminal.cwd);
    let found = commands(&places)?;
    let chosen = chosen(&args.names, &found)?;
    let trust = Trust::new(config_dir, false);
    let programs: Vec<&Program> = chosen.iter().map(|(_, program)| program).collect();
    if args.remove {
        let removed = trust.remove(&programs)?;
        let commands = if removed == 1 { "command" } else { "commands" };
        terminal.eprint(&format!("{removed} {commands} no longer trusted\n"));
        return Ok(OK);
    }
    let record = trust.add(&programs)?;
    for (located, program) in &chosen {
        let kind = kind_name(located.kind);
        terminal.print(&format!("trusted: {kind} {}: {}\n", located.name, command_text(program)));
    }
    terminal.eprint(&format!("recorded in {}\n", record.display()));
    Ok(OK)
}

/// Returns the commands that the settings and packs name.
fn commands(places: &Places<'_>) -> Result<Vec<(Located, Program)>, Stop> {
    let mut commands = Vec::new();
    for kind in [Kind::Export, Kind::Lint, Kind::Import] {
        for located in places.all(kind).into_values() {
            let located = located?;
            if let (Origin::File(_), Form::Program(program)) = (&located.origin, &located.form) {
                let program = program.clone();
                commands.push((located, program));
            }
        }
    }
    Ok(commands)
}

/// Returns the commands of the plug-ins with these names; all of them if there are no names.
fn chosen(names: &[String], found: &[(Located, Program)]) -> Result<Vec<(Located, Program)>, Stop> {
    if found.is_empty() {
        return Err(Stop::usage("neither the settings nor a pack names the command of a plug-in")
            .help("plug-ins on the `PATH` and templates need no trust"));
    }
    for name in names {
        if !found.iter().any(|(located, _)| located.name == *name) {
            let known = found.iter().map(|(located, _)| located.name.as_str());
            let stop = Stop::usage(format!(
                "neither the settings nor a pack names the command of a plug-in `{name}`"
            ));
            return Err(did_you_mean(name, known).into_iter().fold(stop, Stop::help));
        }
    }
    let is_chosen = |located: &Located| names.is_empty() || names.contains(&located.name);
    Ok(found.iter().filter(|(located, _)| is_chosen(located)).cloned().collect())
}
