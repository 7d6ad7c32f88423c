//! `scalewright pack`.

mod check;
mod list;
mod new;

use scalewright_model::Stop;
use scalewright_project::Library;

use crate::cli::{PackArgs, PackCommand};
use crate::terminal::Terminal;

/// Runs a command about packs and returns the exit code.
pub(crate) fn run(
    args: &PackArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    match &args.command {
        PackCommand::Check(args) => check::run(args, library, terminal),
        PackCommand::New(args) => new::run(args, terminal),
        PackCommand::List => list::run(library, terminal),
    }
}
