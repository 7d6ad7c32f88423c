//! What SurveyJS cannot represent.

use scalewright_model::{Diagnostic, FactKey, ItemIx, Pointer};

use super::form::Form;
use crate::code::losses::{BANDS, SCORE};
use crate::key_groups;
use crate::loss::{self, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::ui;

const NO_PROPERTY: &str = "a SurveyJS form has no property for it";
const NOT_EMBEDDED: &str = "if the form does not contain the definition";

/// The loss of a fact about the instrument. It is not lost if the form contains the definition.
const fn fact(keys: &'static [&'static str], what: &'static str) -> Loss {
    Loss::new(keys, what, NO_PROPERTY).when(NOT_EMBEDDED)
}

const FACTS: Loss = fact(
    &["short-title", "family", "form", "date", "url", "description", "authors"],
    "the description of the instrument (short title, family, form, date, address, authors)",
);
const CODES: Loss = fact(&["codes[].system", "codes[].code"], "the list of codes");
const RIGHTS: Loss = fact(
    &[
        "rights.terms",
        "rights.obtain",
        "rights.evidence[].source",
        "rights.evidence[].states",
        "rights.evidence[].seen",
    ],
    "the information about rights beyond the notice",
);
const ADMINISTRATION: Loss = fact(
    &[
        "administration.respondent",
        "administration.subject",
        "administration.recall-period",
        "administration.modes",
        "administration.minutes",
    ],
    "the administration (who answers, about what period, how)",
);
const REFERENCES: Loss = fact(key_groups::REFERENCES, "the list of references");
const CODES_OF_PARTS: Loss = fact(
    &[
        "items[].codes[].system",
        "items[].codes[].code",
        "scales[].codes[].system",
        "scales[].codes[].code",
    ],
    "the terminology codes of items and scales",
);
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
        found.extend(unplaced(form));
    }
    found
}

fn unplaced(form: &Form<'_>) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let mut found = loss::of_facts(instrument, of_fact);
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(i, item)| (Pointer::item(ItemIx(i)), &item.codes));
    let mut coded =
        items.chain(instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes)));
    if let Some((place, _)) = coded.find(|(_, codes)| !codes.is_empty()) {
        found.push(CODES_OF_PARTS.at(place.key("codes")));
    }
    found
}

/// Returns the loss of a fact about the instrument and the key to report it at. `None` for a fact that the form
/// contains.
fn of_fact(key: FactKey) -> Option<(&'static str, &'static Loss)> {
    match key {
        FactKey::ShortTitle => Some(("short-title", &FACTS)),
        FactKey::Family => Some(("family", &FACTS)),
        FactKey::Form => Some(("form", &FACTS)),
        FactKey::Date => Some(("date", &FACTS)),
        FactKey::Url => Some(("url", &FACTS)),
        FactKey::Codes => Some(("codes", &CODES)),
        FactKey::Description => Some(("description", &FACTS)),
        FactKey::Authors => Some(("authors", &FACTS)),
        FactKey::Terms | FactKey::Obtain | FactKey::Evidence => Some(("rights", &RIGHTS)),
        FactKey::Respondent
        | FactKey::Subject
        | FactKey::RecallPeriod
        | FactKey::Modes
        | FactKey::Minutes => Some(("administration", &ADMINISTRATION)),
        FactKey::References => Some(("references", &REFERENCES)),
        FactKey::Id
        | FactKey::Title
        | FactKey::Version
        | FactKey::Status
        | FactKey::Language
        | FactKey::Holder
        | FactKey::Licence
        | FactKey::WordingPolicy
        | FactKey::Notice
        | FactKey::TermsUrl
        | FactKey::Uses => None,
    }
}
