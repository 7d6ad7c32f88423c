//! What libraries refuse or pass over, printed here before a command stops or goes on.

use scalewright_check::Checked;
use scalewright_model::{Instrument, Stop};
use scalewright_project::{PassedOver, Refused};
use scalewright_scoring::Program;

use crate::render;
use crate::terminal::Terminal;

/// The instrument, or its errors on the terminal.
pub(crate) fn sound<'a>(
    checked: &'a Checked,
    terminal: &mut Terminal<'_>,
) -> Result<&'a Instrument, Stop> {
    scalewright_project::sound(checked).map_err(|unsound| {
        for finding in unsound.errors {
            terminal.tell(render::full(finding, &checked.documents));
        }
        unsound.stop
    })
}

/// Scoring a recalled key takes a flag; an unverified one is not scored, which is printed.
pub(crate) fn keys_are_sure(
    instrument: &Instrument,
    program: &Program,
    accept_recalled: bool,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let note = scalewright_project::keys_are_sure(instrument, program, accept_recalled)?;
    note.iter().for_each(|note| terminal.note(note));
    Ok(())
}

/// Prints what is wrong with the settings; answers why nothing is done.
pub(crate) fn refused(refused: &Refused, terminal: &mut Terminal<'_>) -> Stop {
    for finding in &refused.findings {
        terminal.tell(render::full(finding, &refused.documents));
    }
    refused.stop.clone()
}

/// Prints what walks did not look into; whether everything could be read.
pub(crate) fn passed_over(passed_over: PassedOver, terminal: &mut Terminal<'_>) -> bool {
    let (notes, unread) = passed_over.told();
    notes.iter().for_each(|note| terminal.note(note));
    unread.iter().for_each(|stop| terminal.tell(render::stop(stop)));
    unread.is_empty()
}
