//! Opens a table with what its map takes from other rows or tables.

use std::path::Path;

use scalewright_model::Instrument;

use crate::{Note, Stop};

use super::open::{Among, TableInput, table};
use super::opened::{Opened, Reading};

/// Opens a table, detects its format and reads its header. `reading` names further files that describe the table;
/// their relative paths are resolved against `cwd`. Notes are added to `notes`.
///
/// # Errors
///
/// When a file cannot be read, the table is in another format than `reading` states, or options do not apply to the
/// format.
pub fn open(
    from: TableInput,
    reading: &Reading,
    instrument: &Instrument,
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    open_among(from, reading, Among { instrument, all: &[instrument], cwd }, notes)
}

/// The same for one of several instruments that the table has answers to.
///
/// # Errors
///
/// As for [`open`].
pub fn open_among(
    from: TableInput,
    reading: &Reading,
    among: Among<'_>,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    let opened = table(from, reading, among, notes)?;
    let Some(background) = opened.map.background.clone() else { return Ok(opened) };
    let facts = background.read(&opened, (among, reading), "`[background]` in a map", notes)?;
    Ok(opened.with_background(facts))
}
