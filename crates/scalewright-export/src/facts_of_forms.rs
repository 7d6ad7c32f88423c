//! What a form cannot represent unless it contains the definition: facts about the instrument that no respondent sees.

use scalewright_model::{Diagnostic, FactKey, Instrument, ItemIx, Pointer};

use crate::key_groups;
use crate::loss::{self, Loss, NOT_EMBEDDED};

const NO_PLACE: &str = "the form has no place for it";

/// The loss of a fact about the instrument. It is not lost if the form contains the definition.
const fn fact(keys: &'static [&'static str], what: &'static str) -> Loss {
    Loss::new(keys, what, NO_PLACE).when(NOT_EMBEDDED)
}

pub(crate) const FACTS: Loss = fact(
    &["short-title", "family", "form", "date", "url", "description", "authors"],
    "the description of the instrument (short title, family, form, date, address, authors)",
);
pub(crate) const CODES: Loss = fact(&["codes[].system", "codes[].code"], "the list of codes");
pub(crate) const RIGHTS: Loss = fact(
    &[
        "rights.terms",
        "rights.obtain",
        "rights.evidence[].source",
        "rights.evidence[].states",
        "rights.evidence[].seen",
    ],
    "the information about rights beyond the notice",
);
pub(crate) const ADMINISTRATION: Loss = fact(
    &[
        "administration.respondent",
        "administration.subject",
        "administration.recall-period",
        "administration.modes",
        "administration.minutes",
    ],
    "the administration (who answers, about what period, how)",
);
pub(crate) const REFERENCES: Loss = fact(key_groups::REFERENCES, "the list of references");
pub(crate) const CODES_OF_PARTS: Loss = fact(
    &[
        "items[].codes[].system",
        "items[].codes[].code",
        "scales[].codes[].system",
        "scales[].codes[].code",
    ],
    "the terminology codes of items and scales",
);
/// The losses of a form that does not contain its definition.
pub(crate) fn unplaced(instrument: &Instrument) -> Vec<Diagnostic> {
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
