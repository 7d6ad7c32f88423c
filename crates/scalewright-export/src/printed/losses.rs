//! What a form on paper cannot represent.

use scalewright_model::{Diagnostic, ItemIx};

use super::skip;
use crate::ExportRequest;
use crate::loss::{self, Loss};
use crate::ui::{self, Ui};

const CONDITION: Loss =
    Loss::new(&["items[].ask-if"], "the condition of `{id}`", "this form always asks the item")
        .when("if the condition cannot be expressed as a skip instruction")
        .help("scores are unchanged: an answer counts only if `{text}`");

/// All losses.
pub(crate) static LOSSES: &[&Loss] = &[&CONDITION];

/// The conditions that cannot be skip instructions, and that the words of the form are English.
pub(crate) fn reported(request: &ExportRequest<'_>, words: &Ui) -> Vec<Diagnostic> {
    let worded = |index: usize| skip::condition(request, ItemIx(index), words).is_some();
    let mut found = loss::conditions(request, &CONDITION, worded);
    found.extend(ui::english(&request.wording.language, "the form"));
    found
}
