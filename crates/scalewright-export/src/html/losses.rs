//! What an HTML form cannot represent.

use scalewright_model::Diagnostic;

use super::options::Options;
use crate::ExportRequest;
use crate::code::losses::{BANDS, SCORE};
use crate::code::script::Script;
use crate::facts_of_forms::{
    ADMINISTRATION, CODES, CODES_OF_PARTS, FACTS, REFERENCES, RIGHTS, unplaced,
};
use crate::loss::{self, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::{self, NOTE_CONDITION};
use crate::ui;

const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if JavaScript cannot state it")
    .help("the item is always shown; scores are unchanged");

/// All losses.
pub(super) static LOSSES: &[&Loss] = &[
    &FACTS,
    &CODES,
    &RIGHTS,
    &ADMINISTRATION,
    &REFERENCES,
    &CODES_OF_PARTS,
    &CONDITION,
    &NOTE_CONDITION,
    &SCORE,
    &BANDS,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// The losses of a form.
pub(super) fn reported(
    request: &ExportRequest<'_>,
    script: &Script,
    options: &Options,
) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(request);
    found.extend(ui::english(&request.wording.language, "the form"));
    found.extend(conditions(request, script));
    if !options.attachments || request.sources.is_empty() {
        found.extend(unplaced(request.instrument));
    }
    found
}

fn conditions(request: &ExportRequest<'_>, script: &Script) -> Vec<Diagnostic> {
    let conditions = script.conditions.iter().enumerate();
    let lost = conditions.filter_map(|(at, condition)| {
        let why = condition.as_ref()?.as_ref().err()?;
        Some(notes::lost(request.instrument, at, &CONDITION, &why.because))
    });
    lost.collect()
}
