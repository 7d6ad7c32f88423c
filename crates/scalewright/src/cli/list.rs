//! The options of `scalewright list`.

use clap::{Args, ValueEnum};

use super::keys::SuppliedKeys;

/// List the instruments of the library: id, version, status, items, scales, key, languages, title.
///
/// If there are packs, their instruments follow, and a column names the pack. An id that exists in more than one place
/// is listed as `pack:id` or `library:id`: that is how commands take it.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The format of the list. When left out, aligned columns to read in a terminal.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
    #[command(flatten)]
    pub(crate) keys: SuppliedKeys,
    /// Also show the family and the form of each instrument, and the forms that are parallel to it.
    #[arg(long)]
    pub(crate) families: bool,
    /// Put an apostrophe before each CSV cell that a spreadsheet would run as a formula. This changes the data.
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Comma-separated values.
    Csv,
    /// JSON: a list of objects.
    Json,
}
