//! What a data dictionary has no place for.

use scalewright_model::FactKey;

use crate::key_groups;
use crate::loss::{Loss, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};

const NO_PLACE: &str = "a REDCap data dictionary has no place for it";
const NOT_HELD: &str = "where the form does not contain the definition";

/// A fact about the instrument, which the definition within the form still has.
const fn fact(keys: &'static [&'static str], what: &'static str) -> Loss {
    Loss::new(keys, what, NO_PLACE).when(NOT_HELD)
}

pub(super) const SHORT_TITLE: Loss = fact(&["short-title"], "the short title");
pub(super) const FAMILY: Loss = fact(&["family"], "the family");
pub(super) const FORM: Loss = fact(&["form"], "the form");
pub(super) const DATE: Loss = fact(&["date"], "the date");
pub(super) const URL: Loss = fact(&["url"], "the address");
pub(super) const CODES: Loss = fact(&["codes[].system", "codes[].code"], "the list of codes");
pub(super) const DESCRIPTION: Loss = fact(&["description"], "the description");
pub(super) const AUTHORS: Loss = fact(&["authors"], "the list of authors");
pub(super) const RIGHTS: Loss = fact(
    &[
        "rights.terms",
        "rights.obtain",
        "rights.evidence[].source",
        "rights.evidence[].states",
        "rights.evidence[].seen",
    ],
    "what is known of the rights beyond the notice",
);
pub(super) const ADMINISTRATION: Loss = fact(
    &[
        "administration.respondent",
        "administration.subject",
        "administration.recall-period",
        "administration.modes",
        "administration.minutes",
    ],
    "the administration (who answers, about what period, how)",
);
pub(super) const REFERENCES: Loss = fact(key_groups::REFERENCES, "the list of references");
pub(super) const CODES_OF_PARTS: Loss = fact(
    &[
        "items[].codes[].system",
        "items[].codes[].code",
        "scales[].codes[].system",
        "scales[].codes[].code",
    ],
    "what terminologies call items and scales",
);
pub(super) const DEFINITION: Loss = Loss::new(&["id"], "the definition itself", "")
    .when("where it has more than 32,000 characters when it is packed");
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("where branching logic cannot express it")
    .help("the item is always shown; scores are the same");
pub(super) const PRECISION: Loss = Loss::new(
    &["response-scales.*.decimals"],
    "the precision of `{id}`",
    "a REDCap slider records whole numbers only",
)
.when("of a visual analogue scale that has decimals; the export is refused")
.help("make it a numeric response scale, with the same `min`, `max` and `decimals`: scores stay as they are");
pub(super) const SLIDER_ENDS: Loss = Loss::new(
    &["response-scales.*.min", "response-scales.*.max"],
    "the ends of the line of `{id}`, {min} and {max},",
    "REDCap's own project files do not hold the ends of sliders",
)
.when("of a visual analogue scale in a project, unless they are 0 and 100")
.verb("may not reach the project")
.help("look at the slider when the project is made, and type them in if need be");
pub(super) const SCORE: Loss = Loss::new(
    &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"],
    "the score of `{id}`",
    "",
)
.when("where a calculation cannot express it; the export is refused, or with `--leave-out-scores` has no such score");
pub(super) const BANDS: Loss =
    Loss::new(&["scales[].bands[].label"], "the bands of `{id}`", "")
        .when("where a calculation cannot express them; the export is refused, or with `--leave-out-scores` has no such bands");

const UNKNOWN: &str = "it is not publicly known where REDCap's file of translations has them";
const OTHER_LANGUAGES: &str = "in the files of other languages";

pub(super) const TRANSLATED_HEADINGS: Loss = Loss::new(
    &["sections[].title", "sections[].lead-in", "sections[].instructions"],
    "the translation of headings and lead-ins",
    UNKNOWN,
)
.when(OTHER_LANGUAGES);
pub(super) const TRANSLATED_ENDS: Loss = Loss::new(
    &["response-scales.*.min-label", "response-scales.*.max-label"],
    "the translation of the words at the ends of visual analogue lines",
    UNKNOWN,
)
.when(OTHER_LANGUAGES);
pub(super) const TRANSLATED_BANDS: Loss =
    Loss::new(&["scales[].bands[].label"], "the translation of the names of bands", UNKNOWN)
        .when(OTHER_LANGUAGES);

/// All of it.
pub(super) static LOSSES: &[&Loss] = &[
    &SHORT_TITLE,
    &FAMILY,
    &FORM,
    &DATE,
    &URL,
    &CODES,
    &DESCRIPTION,
    &AUTHORS,
    &RIGHTS,
    &ADMINISTRATION,
    &REFERENCES,
    &CODES_OF_PARTS,
    &DEFINITION,
    &CONDITION,
    &PRECISION,
    &SLIDER_ENDS,
    &SCORE,
    &BANDS,
    &TRANSLATED_HEADINGS,
    &TRANSLATED_ENDS,
    &TRANSLATED_BANDS,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// The loss of a fact about the instrument, and its place; `None` for a fact that the form contains.
pub(super) fn of_fact(key: FactKey) -> Option<(&'static str, &'static Loss)> {
    match key {
        FactKey::ShortTitle => Some(("short-title", &SHORT_TITLE)),
        FactKey::Family => Some(("family", &FAMILY)),
        FactKey::Form => Some(("form", &FORM)),
        FactKey::Date => Some(("date", &DATE)),
        FactKey::Url => Some(("url", &URL)),
        FactKey::Codes => Some(("codes", &CODES)),
        FactKey::Description => Some(("description", &DESCRIPTION)),
        FactKey::Authors => Some(("authors", &AUTHORS)),
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
