//! What an HTML form cannot represent.

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::options::Options;
use crate::ExportRequest;
use crate::code::losses::{BANDS, SCORE};
use crate::code::script::Script;
use crate::facts_of_forms::{
    ADMINISTRATION, CODES, CODES_OF_PARTS, FACTS, REFERENCES, RIGHTS, unplaced,
};
use crate::loss::{self, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
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
    let items = request.instrument.items.iter().zip(&script.conditions).enumerate();
    let lost = items.filter_map(|(index, (item, condition))| {
        let why = condition.as_ref()?.as_ref().err()?;
        let place = Pointer::item(ItemIx(index)).key("ask-if");
        Some(CONDITION.of(place, &[("id", item.id.as_str())], Some(&why.because)))
    });
    lost.collect()
}
