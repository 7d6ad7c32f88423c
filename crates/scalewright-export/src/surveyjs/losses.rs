//! What SurveyJS cannot represent.

use scalewright_model::Diagnostic;

use super::form::Form;
use crate::code::losses::{BANDS, SCORE};
use crate::facts_of_forms::{
    ADMINISTRATION, CODES, CODES_OF_PARTS, FACTS, REFERENCES, RIGHTS, unplaced,
};
use crate::loss::{self, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::NOTE_CONDITION;
use crate::ui;

pub(super) const DEFINITION: Loss = Loss::new(&["id"], "the definition itself", "")
    .when("if it has more than 100,000 characters when packed");
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if an expression cannot state it")
    .help("the item is always shown; scores are unchanged");

/// All losses.
pub(super) static LOSSES: &[&Loss] = &[
    &FACTS,
    &CODES,
    &RIGHTS,
    &ADMINISTRATION,
    &REFERENCES,
    &CODES_OF_PARTS,
    &DEFINITION,
    &CONDITION,
    &NOTE_CONDITION,
    &SCORE,
    &BANDS,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// The losses of a form, which contains its definition or not.
pub(super) fn reported(form: &Form<'_>, is_embedded: bool) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(form.request);
    let languages = form.languages.0.iter();
    found.extend(languages.filter_map(|wording| ui::english(&wording.language, "the form")));
    if !is_embedded {
        found.extend(unplaced(form.request.instrument));
    }
    found
}
