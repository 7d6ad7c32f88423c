//! The command line: files, terminal, exit codes.
//!
//! Invariant: no other crate prints or writes files.

mod accounts;
mod analysis;
mod cli;
mod command;
mod difference;
mod exit_code;
mod findings_output;
mod gates;
mod house;
mod letters;
mod output;
mod plugins;
mod printing;
mod render;
mod sources;
mod stored;
mod target;
mod target_options;
mod terminal;
mod words;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;

use clap::Parser;
use clap::error::ErrorKind;
use scalewright_model::text::quote;
use scalewright_model::{Cause, Stop};

use cli::Cli;
use exit_code::{OK, USAGE, WRONG};
use render::Printable;
pub use terminal::Stream;
use terminal::Terminal;

/// Runs the program with `args` (the first is the program's own name) in the folder `cwd`.
///
/// Results are written to `out` unchanged. Text for people contains terminal styles, in `out` and in `err`. Returns the
/// exit code: 0 for success, 1 if a definition or responses are wrong, 2 if the command could not be carried out.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    cwd: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_with_input(args, cwd, Box::new(std::io::stdin()), out, err)
}

/// Does the same as [`run`], with `input` as standard input.
pub fn run_with_input<'a>(
    args: impl IntoIterator<Item = OsString>,
    cwd: &'a Path,
    input: Box<dyn Read>,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
) -> u8 {
    let styled = true;
    run_on(args, cwd, input, [Stream { to: out, styled }, Stream { to: err, styled }])
}

/// Does the same as [`run`], with all streams: standard input, then standard output and standard error in `streams`.
pub fn run_on<'a>(
    args: impl IntoIterator<Item = OsString>,
    cwd: &'a Path,
    input: Box<dyn Read>,
    streams: [Stream<'a>; 2],
) -> u8 {
    let mut terminal = Terminal::new(cwd, input, streams);
    // Collected, because `refuse` parses them a second time.
    let args: Vec<OsString> = args.into_iter().collect();
    let code = match Cli::try_parse_from(&args) {
        Ok(cli) => command::run(cli, &mut terminal),
        Err(error) => refuse(&error, &args, &mut terminal),
    };
    let code = code.unwrap_or_else(|stop| stopped(&stop, &mut terminal));
    match terminal.finish() {
        Ok(()) => code,
        Err(stop) => stopped(&stop, &mut terminal),
    }
}

fn stopped(stop: &Stop, terminal: &mut Terminal<'_>) -> u8 {
    terminal.eprint(render::stop(stop));
    match stop.cause {
        Cause::Wrong => WRONG,
        Cause::Usage => USAGE,
    }
}

/// Prints what clap reports: help and version are results, everything else is wrong usage.
fn refuse(error: &clap::Error, args: &[OsString], terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        terminal.print(rendered(error));
        return Ok(OK);
    }
    // clap repeats arguments unchanged, control characters included. So parse again with quoted arguments, which fail
    // in the same way, and print that error.
    let harmless = args.iter().map(|arg| OsString::from(quote(&arg.to_string_lossy())));
    let harmless = Cli::try_parse_from(harmless).err();
    terminal.eprint(rendered(harmless.as_ref().unwrap_or(error)));
    Ok(USAGE)
}

fn rendered(error: &clap::Error) -> Printable {
    Printable::page(&error.render().ansi().to_string())
}
