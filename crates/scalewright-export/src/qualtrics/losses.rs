//! What a survey cannot represent.

use scalewright_model::{Diagnostic, ItemIx, Pointer, ResponseKind};

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
    .when("if display logic cannot state it")
    .help("the item is always shown, and no score that uses it is computed in the survey");
pub(super) const CHECK: Loss = Loss::new(
    &["response-scales.*.type"],
    "the form of the answer to `{id}`",
    "Qualtrics checks dates only in its own formats, and no clock times",
)
.when("if it is a date or a clock time")
.help("ask for dates as `2025-12-31` and for times as `18:30`: nothing else can be read back");
const IN_TEXT: &str = "a text file of Qualtrics has no place for it";
const AS_TEXT: &str = "in the text file of `qualtrics.format=txt` or `both`";
pub(super) const TEXT_CONDITION: Loss =
    Loss::new(&["items[].ask-if"], "the condition of `{id}` in the text file", IN_TEXT)
        .when(AS_TEXT)
        .help("add display logic by hand, or import the survey file");
pub(super) const TEXT_NOTE_CONDITION: Loss =
    Loss::new(&["notes[].ask-if"], "the condition of the note `{id}` in the text file", IN_TEXT)
        .when(AS_TEXT)
        .help("add display logic by hand, or import the survey file");
pub(super) const REQUIRED: Loss =
    Loss::new(&["items[].required"], "that `{id}` must be answered, in the text file", IN_TEXT)
        .when(AS_TEXT);
pub(super) const TRANSLATIONS: Loss =
    Loss::new(&["translations"], "the translations in the text file", IN_TEXT).when(AS_TEXT);

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
    &CHECK,
    &TEXT_CONDITION,
    &TEXT_NOTE_CONDITION,
    &REQUIRED,
    &TRANSLATIONS,
    &SCORE,
    &BANDS,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// The losses of a survey, which contains the definition or not.
pub(super) fn reported(form: &Form<'_>, is_embedded: bool) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(form.request);
    let languages = form.languages.0.iter();
    found.extend(languages.filter_map(|wording| ui::english(&wording.language, "the form")));
    found.extend(unchecked(form));
    if !is_embedded {
        found.extend(unplaced(form.request.instrument));
    }
    found
}

/// The losses of items whose answers are not checked.
fn unchecked(form: &Form<'_>) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let items = instrument.items.iter().enumerate();
    let is_open = |at: usize| {
        matches!(instrument.response(ItemIx(at)).kind, ResponseKind::Date | ResponseKind::Time)
    };
    let found = items.filter(|(at, _)| is_open(*at)).map(|(at, item)| {
        CHECK.of(Pointer::item(ItemIx(at)).key("response"), &[("id", item.id.as_str())], None)
    });
    found.collect()
}
