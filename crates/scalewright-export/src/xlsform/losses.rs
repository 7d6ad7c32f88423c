//! What a form cannot represent.

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::definition::is_embedded;
use super::languages::Languages;
use crate::loss::{Loss, NOT_EMBEDDED, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::NOTE_CONDITION;
use crate::{ExportRequest, loss, ui};

pub(super) const SCORE: Loss = crate::code::losses::SCORE;
pub(super) const BANDS: Loss = crate::code::losses::BANDS;
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if a form cannot express it")
    .help("the item is always shown; scores are unchanged");
pub(super) const CODES: Loss = Loss::new(
    &[
        "items[].codes[].system",
        "items[].codes[].code",
        "scales[].codes[].system",
        "scales[].codes[].code",
        "response-scales.*.options[].code",
    ],
    "the codes of items, scales and options",
    "XLSForm has no column for them",
)
.when(NOT_EMBEDDED);
pub(super) const REFERENCE: Loss =
    Loss::new(&["items[].stem"], "the text", "XLSForm takes `${` for a reference to an answer")
        .when("if words contain `${`; the export is refused")
        .help("write the text without `${`");
pub(super) const CURLY: Loss = Loss::new(
    &["items[].stem"],
    "the shape of the quotation marks",
    "pyxform writes straight quotation marks instead of curly ones",
)
.when("if words contain curly quotation marks")
.verb("is not kept");
pub(super) const FORMATTED: Loss = Loss::new(
    &["items[].stem"],
    "the form of the text",
    "ODK shows lists, links and tags in a text as what they mark",
)
.when("if words contain a line that begins like an entry of a list, a link in Markdown, or a tag")
.verb("is not kept");
pub(super) const LANGUAGES: Loss = Loss::new(
    &["translations"],
    "the translation into `{language}`",
    "not every instrument of the study has it, and a form has the same languages everywhere",
)
.when("in a study, if another instrument is not translated into the language");

/// All losses.
pub(super) static LOSSES: &[&Loss] = &[
    &CODES,
    &CONDITION,
    &NOTE_CONDITION,
    &SCORE,
    &BANDS,
    &REFERENCE,
    &CURLY,
    &FORMATTED,
    &LANGUAGES,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// Returns the losses of what the instrument states about its parts, each at the first part that states it.
pub(super) fn of(request: &ExportRequest<'_>, languages: &Languages<'_>) -> Vec<Diagnostic> {
    let instrument = request.instrument;
    let mut found = untranslated(request, languages);
    if is_embedded(request) {
        return found;
    }
    let items = instrument.items.iter().enumerate();
    let place = |at: usize| Pointer::item(ItemIx(at));
    let of_items = items.map(|(at, item)| (place(at), &item.codes));
    let of_scales = instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes));
    if let Some((place, _)) = of_items.chain(of_scales).find(|(_, codes)| !codes.is_empty()) {
        found.push(CODES.at(place.key("codes")));
    }
    found
}

/// Returns the warnings about words that are not in the languages of the form.
fn untranslated(request: &ExportRequest<'_>, languages: &Languages<'_>) -> Vec<Diagnostic> {
    let mut found = loss::words_of_formulas(request);
    found.extend(languages.0.iter().filter_map(|w| ui::english(&w.language, "the form")));
    found
}
