//! What a form on paper cannot represent.

use scalewright_model::{Diagnostic, Entry, ItemIx};

use super::skip;
use crate::loss::{self, Loss};
use crate::ui::{self, Ui};
use crate::{ExportRequest, notes};

const CONDITION: Loss =
    Loss::new(&["items[].ask-if"], "the condition of `{id}`", "this form always asks the item")
        .when("if the condition cannot be expressed as a skip instruction")
        .help("scores are unchanged: an answer counts only if `{text}`");

const NOTE_CONDITION: Loss = Loss::new(
    &["notes[].ask-if"],
    "the condition of the note `{id}`",
    "this form always shows the note",
)
.when("if the condition cannot be expressed as a skip instruction");

/// All losses.
pub(crate) static LOSSES: &[&Loss] = &[&CONDITION, &NOTE_CONDITION];

/// The conditions that cannot be skip instructions, and that the words of the form are English.
pub(crate) fn reported(request: &ExportRequest<'_>, words: &Ui) -> Vec<Diagnostic> {
    let worded = |entry: Entry| skip::condition(request, entry, words).is_some();
    let mut found =
        loss::conditions(request, &CONDITION, |index| worded(Entry::Item(ItemIx(index))));
    let of_notes = |note| worded(Entry::Note(note));
    found.extend(notes::conditions(request.instrument, &NOTE_CONDITION, of_notes));
    found.extend(ui::english(&request.wording.language, "the form"));
    found
}
