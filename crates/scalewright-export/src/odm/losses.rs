//! What ODM, or one of the languages of its expressions, cannot represent.

use scalewright_model::Diagnostic;

use super::form::Form;
use super::scripts::Computed;
use crate::code::losses::{BANDS, SCORE};
use crate::code::script::Content;
use crate::facts_of_forms::{
    ADMINISTRATION, CODES, CODES_OF_PARTS, FACTS, REFERENCES, RIGHTS, unplaced,
};
use crate::loss::{self, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::NOTE_CONDITION;
use crate::ui;

const SCORES: &[&str] = &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"];
const OTHERS: &str = "the expressions in the other languages compute it";

pub(super) const DEFINITION: Loss = Loss::new(&["id"], "the definition itself", "")
    .when("if it has more than 100,000 characters when packed");
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if no expression can state it")
    .help("the item is always collected; scores are unchanged");
pub(super) const OPENEDC_CONDITION: Loss =
    Loss::new(&["items[].ask-if", "notes[].ask-if"], "the condition of `{id}` for OpenEDC", "")
        .when("if OpenEDC cannot compute it")
        .help("OpenEDC always shows the item; scores are unchanged");
pub(super) const SPSS_CONDITION: Loss =
    Loss::new(&["items[].ask-if", "notes[].ask-if"], "the condition of `{id}` for SPSS", "")
        .when("if SPSS reserves the name of an item");
pub(super) const OPENEDC_SEVERAL: Loss = Loss::new(
    &["items[].ask-if", "notes[].ask-if"],
    "the condition of `{id}` before all of its items are answered in OpenEDC",
    "OpenEDC hides the item until then",
)
.when("if it depends on several items");
pub(super) const OPENEDC: Loss = Loss::new(SCORES, "the expression of `{id}` for OpenEDC", "")
    .when("if OpenEDC rounds the score, or cannot compute it")
    .help(OTHERS);
pub(super) const OPENEDC_TEXTS: Loss = Loss::new(
    &["scales[].bands[].label", "scales[].formula"],
    "the band or word of `{id}` for OpenEDC",
    "OpenEDC shows `undefined` for a text until it can compute it",
)
.when("if a score has bands, or words for its values")
.help(OTHERS);
pub(super) const OPENEDC_BLANK: Loss = Loss::new(
    &["scales[].missing"],
    "a score of incomplete answers for OpenEDC",
    "OpenEDC computes nothing from an item without an answer",
)
.when("if there are scores")
.help(OTHERS);
pub(super) const SPSS: Loss = Loss::new(SCORES, "the expression of `{id}` for SPSS", "")
    .when("if SPSS reserves a name, or cannot compute the score")
    .help(OTHERS);

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
    &OPENEDC_CONDITION,
    &OPENEDC_SEVERAL,
    &SPSS_CONDITION,
    &OPENEDC,
    &OPENEDC_TEXTS,
    &OPENEDC_BLANK,
    &SPSS,
    &SCORE,
    &BANDS,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// What some languages do not compute. Each loss is reported once for each scale.
pub(super) fn of_scores(form: &Form<'_>, computed: &[Computed]) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut add = |finding: Diagnostic| {
        if found.iter().all(|other| other.message != finding.message) {
            found.push(finding);
        }
    };
    for own in computed {
        let scale = &instrument.scales[own.column.scale.0];
        let words = [("id", scale.id.as_str())];
        let is_text = own.column.is_text();
        match &own.code.openedc {
            Err(_) if is_text => add(OPENEDC_TEXTS.of(scale.pointer(), &words, None)),
            Err(why) => add(OPENEDC.of(scale.pointer(), &words, Some(why))),
            Ok(_) if own.column.content == Content::Score => {
                add(OPENEDC_BLANK.of(scale.pointer(), &[], None));
            }
            Ok(_) => {}
        }
        if let Err(why) = &own.code.spss {
            add(SPSS.of(scale.pointer(), &words, Some(why)));
        }
    }
    found
}

/// The losses of a form, which contains its definition or not.
pub(super) fn reported(form: &Form<'_>, is_embedded: bool) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(form.request);
    let languages = form.languages.iter();
    found.extend(languages.filter_map(|wording| ui::english(&wording.language, "the form")));
    if !is_embedded {
        found.extend(unplaced(form.request.instrument));
    }
    found
}
