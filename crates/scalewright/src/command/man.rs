//! `scalewright man`: the manual pages, one per command, from the same source as `--help`.

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use scalewright_model::Stop;

use crate::cli::{Cli, ManArgs};
use crate::exit_code::OK;
use crate::output::{Outputs, write_all};
use crate::terminal::Terminal;

/// Writes `scalewright.1` and a page for each command into the folder.
pub(crate) fn run(args: &ManArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let mut program = Cli::command().disable_help_subcommand(true);
    // Before this, the commands lack their full names and the options that are global.
    program.build();
    let pages: Result<Vec<_>, _> =
        program.get_subcommands().chain(std::iter::once(&program)).map(page).collect();
    let pages = pages.map_err(|error| Stop::usage(format!("cannot write a page: {error}")))?;
    let outputs = Outputs::new(terminal.cwd);
    for path in write_all(outputs, &args.out, pages, terminal)? {
        terminal.print(&path.display().to_string());
    }
    Ok(OK)
}

/// Returns the page of a command: its file name, and its text in roff.
fn page(command: &Command) -> std::io::Result<(String, Vec<u8>)> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let source = concat!("scalewright ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(source).manual("scalewright");
    let mut text = Vec::new();
    man.render(&mut text)?;
    Ok((format!("{name}.1"), text))
}
