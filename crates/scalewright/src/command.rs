//! The commands, one module each.

mod audit;
mod check;
mod compare;
mod course;
mod data_check;
mod diff;
mod explain;
mod explain_score;
mod export;
mod fmt;
mod import;
mod key;
mod list;
mod man;
mod map;
mod new;
mod pack;
mod plugin;
mod preview;
#[cfg(feature = "pdf")]
mod read;
mod reliability;
#[cfg(feature = "pdf")]
mod report;
mod schema;
mod score;
mod targets;
mod wording;

use std::path::Path;

use clap::CommandFactory;
use scalewright_export::TARGETS;
use scalewright_model::Stop;
use scalewright_project::{Disk, Library, Settings, packs};
use scalewright_wire::Kind;

use crate::cli::{Cli, Command, ExportArgs, PackArgs, PackCommand, SuppliedKeys, completing};
use crate::exit_code::{OK, USAGE};
use crate::plugins::Places;
use crate::terminal::Terminal;
use crate::{gates, target_options};

/// Runs the command and returns the exit code.
pub(crate) fn run(cli: Cli, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let settings = match &cli.command {
        // These explain the program and need no settings, so that they also work if the settings are wrong.
        Command::Explain(_) | Command::Schema(_) | Command::Man(_) | Command::Completions(_) => {
            Settings::default()
        }
        Command::Targets(args) if args.is_built_in() => Settings::default(),
        _ => Settings::read(&Disk, terminal.cwd, cli.library.as_deref())
            .map_err(|refused| gates::refused(&refused, terminal))?,
    };
    let is_without_packs = uses_no_packs(&cli.command);
    let packs = match is_without_packs {
        true => Vec::new(),
        false => packs(&Disk, terminal.cwd, &settings, cli.packs.as_ref())
            .map_err(|refused| gates::refused(&refused, terminal))?,
    };
    let cwd = terminal.cwd;
    // The options of a plug-in are checked when it exports: they are not known before.
    let is_outside = |settings: &Settings, name: &str| {
        // Without packs, nobody knows whether one of them provides the target.
        is_without_packs || Places::new(settings, &packs, cwd).is_known(Kind::Export, name)
    };
    let settings = target_options::sound(settings, is_outside, terminal)?;
    let mut library =
        Library::new(&Disk, terminal.cwd, cli.library, settings, TARGETS).with_packs(packs);
    if let Some(keys) = keys(&cli.command) {
        library = library.with_keys(&keys.key)?;
    }
    let done = dispatch(cli.command, &library, cli.config_dir.as_deref(), terminal);
    match gates::report_skipped(library.skipped(), terminal) {
        true => done,
        // What could not be read may be wrong, so the command has not succeeded.
        false => done.map(|_| USAGE),
    }
}

/// Whether a command works without packs, so that an error in one must not stop it.
fn uses_no_packs(command: &Command) -> bool {
    let corrects_them = |args: &PackArgs| !matches!(args.command, PackCommand::List);
    match command {
        Command::Explain(_)
        | Command::Schema(_)
        | Command::Man(_)
        | Command::Fmt(_)
        | Command::New(_)
        | Command::Completions(_) => true,
        Command::Targets(args) => args.is_built_in(),
        Command::Pack(args) => corrects_them(args),
        _ => false,
    }
}

/// Returns the keys given to a command that uses keys.
fn keys(command: &Command) -> Option<&SuppliedKeys> {
    match command {
        Command::Check(args) => Some(&args.keys),
        Command::Score(args) => Some(&args.keys),
        Command::DataCheck(args) => Some(&args.keys),
        Command::Course(args) => Some(&args.keys),
        Command::Reliability(args) => Some(&args.keys),
        Command::Export(args) => Some(&args.keys),
        Command::Preview(args) => Some(&args.keys),
        Command::Audit(args) => Some(&args.keys),
        Command::Read(args) => Some(&args.keys),
        Command::Report(args) => Some(&args.keys),
        Command::List(args) => Some(&args.keys),
        Command::ExplainScore(args) => Some(&args.keys),
        _ => None,
    }
}

fn dispatch(
    command: Command,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    match command {
        Command::Check(args) => check::run(&args, library, config_dir, terminal),
        Command::Diff(args) => diff::run(&args, library, terminal),
        Command::Fmt(args) => fmt::run(&args, library, terminal),
        Command::Score(args) => score::run(&args, library, terminal),
        Command::Map(args) => map::run(&args, library, terminal),
        Command::DataCheck(args) => data_check::run(&args, library, terminal),
        Command::Compare(args) => compare::run(&args, library, terminal),
        Command::Course(args) => course::run(&args, library, terminal),
        Command::Reliability(args) => reliability::run(&args, library, terminal),
        Command::Export(args) => export::run(&args, library, config_dir, terminal),
        Command::Preview(args) => {
            let export = |export: &ExportArgs, terminal: &mut Terminal<'_>| {
                export::run(export, library, config_dir, terminal)
            };
            preview::run(&args, export, terminal)
        }
        Command::Audit(args) => {
            let export = |export: &ExportArgs, terminal: &mut Terminal<'_>| {
                export::run(export, library, config_dir, terminal)
            };
            audit::run(&args, (library, config_dir), export, terminal)
        }
        Command::Import(args) => import::run(&args, library, config_dir, terminal),
        Command::Targets(args) => targets::run(&args, library, config_dir, terminal),
        #[cfg(feature = "pdf")]
        Command::Read(args) => read::run(&args, library, terminal),
        #[cfg(not(feature = "pdf"))]
        Command::Read(_) => Err(without_pdf()),
        #[cfg(feature = "pdf")]
        Command::Report(args) => report::run(&args, library, terminal),
        #[cfg(not(feature = "pdf"))]
        Command::Report(_) => Err(without_pdf()),
        Command::New(args) => new::run(&args, library, terminal),
        Command::Wording(args) => wording::run(&args, library, config_dir, terminal),
        Command::Key(args) => key::run(&args, library, terminal),
        Command::Pack(args) => pack::run(&args, library, terminal),
        Command::List(args) => list::run(&args, library, terminal),
        Command::Explain(args) => explain::run(&args, terminal),
        Command::ExplainScore(args) => explain_score::run(&args, library, terminal),
        Command::Schema(args) => Ok(schema::run(&args, terminal)),
        Command::Plugin(args) => plugin::run(&args, library, config_dir, terminal),
        Command::Man(args) => man::run(&args, terminal),
        Command::Completions(args) => {
            let mut script = Vec::new();
            let mut command = completing(Cli::command());
            clap_complete::generate(args.shell, &mut command, "scalewright", &mut script);
            terminal.write(&script);
            Ok(OK)
        }
    }
}

/// The reason why a command that needs PDF stops.
#[cfg(not(feature = "pdf"))]
fn without_pdf() -> Stop {
    Stop::usage("this program was built without PDF")
        .help("build it with the feature `pdf`, which is on by default")
}
