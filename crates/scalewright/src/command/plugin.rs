//! `scalewright plugin`.

mod check;
mod list;
mod new;
mod trust;

use std::path::Path;

use scalewright_model::Stop;
use scalewright_project::Library;

use crate::cli::{PluginAction, PluginCommand};
use crate::terminal::Terminal;

/// Runs one of the actions.
pub(crate) fn run(
    command: &PluginCommand,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    match &command.what {
        PluginAction::List(args) => list::run(args, library, config_dir, terminal),
        PluginAction::Trust(args) => trust::run(args, library, config_dir, terminal),
        PluginAction::Check(args) => check::run(args, library, config_dir, terminal),
        PluginAction::New(args) => new::run(args, terminal),
    }
}
