//! Checks that stop a command, and reports of skipped files: their findings and notes are printed here.

use scalewright_check::Checked;
use scalewright_model::{Instrument, KeyDisclosure, Note, Stop, text};
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
    let Some(key) = &checked.key else { return };
    let id = checked.instrument.as_ref().map_or("", |instrument| instrument.id.as_str());
    let file = checked.documents.get(key.document).map_or("", |document| document.name.as_str());
    let (file, source) = (text::line(file), text::line(&key.source));
    let about = format!("the key of `{id}` is from `{file}`: {source} ({})", key.digest);
    terminal.note(&Note::info(about));
}

/// Stops if a supplied key may not appear in exported forms.
pub(crate) fn key_may_be_published(checked: &Checked) -> Result<(), Stop> {
    let refused = checked.key.as_ref().filter(|key| key.may_appear_in == KeyDisclosure::Scores);
    let Some(key) = refused else { return Ok(()) };
    let id = checked.instrument.as_ref().map_or("", |instrument| instrument.id.as_str());
    let file = checked.documents.get(key.document).map_or("", |document| document.name.as_str());
    let message = format!(
        "a form that computes scores contains the key, and `{}` does not permit that",
        text::line(file)
    );
    Err(Stop::wrong(message).help(format!(
        "if its holder permits it, write `may-appear-in = \"forms\"`; without the key, `{id}` is exported without scores"
    )))
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
