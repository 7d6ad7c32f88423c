//! `scalewright preview`.

use std::fs;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;

use crate::cli::{ExportArgs, PreviewArgs};
use crate::exit_code::OK;
use crate::terminal::Terminal;

/// Exports the form to a temporary folder with `export`, and opens it.
pub(crate) fn run(
    args: &PreviewArgs,
    export: impl FnOnce(&ExportArgs, &mut Terminal<'_>) -> Result<u8, Stop>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let folder = tempfile::Builder::new().prefix("scalewright-preview-").tempdir();
    let folder = folder.map_err(|error| {
        Stop::usage(format!("cannot make a temporary folder: {}", plain(&error)))
    })?;
    let code = export(&args.export(folder.path().to_path_buf()), terminal)?;
    if code != OK {
        return Ok(code);
    }
    // The browser reads the file after the end of this program, so it is kept.
    for form in forms(&folder.keep()) {
        if !args.no_open && open::that_detached(&form).is_err() {
            terminal.eprint("note: no browser could be started: open the file with one\n");
        }
    }
    Ok(OK)
}

/// The files in a folder.
fn forms(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}
