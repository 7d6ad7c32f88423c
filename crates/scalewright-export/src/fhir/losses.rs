//! What a Questionnaire cannot represent.

use scalewright_model::FactKey;

use crate::loss::{DESCRIPTION, Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::NOTE_CONDITION;

const NO_ELEMENT: &str = "a FHIR Questionnaire has no element for it";

pub(super) const SHORT_TITLE: Loss = Loss::new(&["short-title"], "the short title", NO_ELEMENT);
pub(super) const FAMILY: Loss = Loss::new(&["family"], "the family", NO_ELEMENT);
pub(super) const FORM: Loss = Loss::new(&["form"], "the form", NO_ELEMENT);
pub(super) const EVIDENCE: Loss = Loss::new(
    &["rights.evidence[].source", "rights.evidence[].states", "rights.evidence[].seen"],
    "the evidence for the rights",
    NO_ELEMENT,
);
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if FHIRPath cannot express it; the item is always asked");
pub(super) const SCORE: Loss = Loss::new(
    &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"],
    "the score of `{id}`",
    "",
)
.when("if FHIRPath cannot express it; the export is refused, or omits the score with `--leave-out-scores`");

/// All losses.
pub(super) static LOSSES: &[&Loss] = &[
    &SHORT_TITLE,
    &FAMILY,
    &FORM,
    &EVIDENCE,
    &DESCRIPTION,
    &CONDITION,
    &NOTE_CONDITION,
    &SCORE,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// Returns the loss of a fact about the instrument and the key to report it at. `None` for a fact that the
/// Questionnaire contains.
pub(super) fn of_fact(key: FactKey) -> Option<(&'static str, &'static Loss)> {
    match key {
        FactKey::ShortTitle => Some(("short-title", &SHORT_TITLE)),
        FactKey::Family => Some(("family", &FAMILY)),
        FactKey::Form => Some(("form", &FORM)),
        FactKey::Evidence => Some(("rights.evidence", &EVIDENCE)),
        FactKey::Id
        | FactKey::Title
        | FactKey::Version
        | FactKey::Status
        | FactKey::Date
        | FactKey::Language
        | FactKey::Url
        | FactKey::Codes
        | FactKey::Description
        | FactKey::Authors
        | FactKey::Holder
        | FactKey::Licence
        | FactKey::WordingPolicy
        | FactKey::Notice
        | FactKey::Terms
        | FactKey::TermsUrl
        | FactKey::Obtain
        | FactKey::Uses
        | FactKey::Respondent
        | FactKey::Subject
        | FactKey::RecallPeriod
        | FactKey::Modes
        | FactKey::Minutes
        | FactKey::References => None,
    }
}
