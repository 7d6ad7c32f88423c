//! Checks that stop a command, and reports of skipped files: their findings and notes are printed here.

use scalewright_check::Checked;
use scalewright_model::{Instrument, Stop};
use scalewright_project::{Refused, Skipped};

use crate::render;
use crate::terminal::Terminal;

/// Returns the instrument, or prints its errors.
pub(crate) fn sound<'a>(
    checked: &'a Checked,
    terminal: &mut Terminal<'_>,
) -> Result<&'a Instrument, Stop> {
    scalewright_project::sound(checked).map_err(|unsound| {
        for finding in unsound.errors {
            terminal.eprint(render::full(finding, &checked.documents));
        }
        unsound.stop
    })
}

/// Stops if a key is recalled and `accept_recalled` is false. Prints a note if scores with unverified keys are left
/// out, and one about a supplied key.
pub(crate) fn keys_are_sure(
    checked: &Checked,
    instrument: &Instrument,
    accept_recalled: bool,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let program = &checked.program;
    let note = scalewright_project::keys_are_sure(instrument, program, accept_recalled)?;
    note.iter().for_each(|note| terminal.note(note));
    supplied_key(checked, terminal);
    Ok(())
}

/// Prints where a supplied key is from.
pub(crate) fn supplied_key(checked: &Checked, terminal: &mut Terminal<'_>) {
    scalewright_project::supplied_key(checked).iter().for_each(|note| terminal.note(note));
}

/// Prints the errors of the settings, and returns the reason for the stop.
pub(crate) fn refused(refused: &Refused, terminal: &mut Terminal<'_>) -> Stop {
    for finding in &refused.findings {
        terminal.eprint(render::full(finding, &refused.documents));
    }
    refused.stop.clone()
}

/// Prints which files and folders a search skipped. Returns whether everything could be read.
pub(crate) fn report_skipped(skipped: Skipped, terminal: &mut Terminal<'_>) -> bool {
    let (notes, unread) = skipped.into_notes();
    notes.iter().for_each(|note| terminal.note(note));
    unread.iter().for_each(|stop| terminal.eprint(render::stop(stop)));
    unread.is_empty()
}
