//! The options of `scalewright fmt`.

use std::path::PathBuf;

use clap::Args;

/// Format files in the canonical layout: definitions, wording files, cases.
///
/// The meaning and the comments of a file do not change. Keys and tables are sorted in the order of the
/// reference, lists that are too long for a line are broken, and spaces and blank lines are corrected.
/// Files are written completely, and only if they change; a file with a syntax error is not changed.
/// Without a path, the whole library is formatted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright fmt                         every file of the library
  scalewright fmt wai-sr                  the files of one instrument, by its id
  scalewright fmt --check                 list the files that would change, and write nothing
  scalewright fmt --diff my/de.toml       show what would change in a file
  scalewright fmt - < instrument.toml     from standard input to standard output, for editors

Exit codes: 0 formatted, 1 a file has a syntax error (or would change, with --check), 2 usage")]
pub(crate) struct FmtArgs {
    /// Files, folders or instrument ids; `-` is standard input. The whole library when left out.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// List the files that would change, and fail if there are any. Nothing is written.
    #[arg(long)]
    pub(crate) check: bool,
    /// Show what would change, as a unified diff. Nothing is written.
    #[arg(long)]
    pub(crate) diff: bool,
}
