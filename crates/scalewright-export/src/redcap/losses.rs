//! What REDCap cannot represent.

use scalewright_model::FactKey;

use crate::key_groups;
use crate::loss::{Loss, NOT_EMBEDDED, RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::notes::NOTE_CONDITION;

const NO_COLUMN: &str = "a REDCap data dictionary has no column for it";

/// The loss of a fact about the instrument. It is not lost if the form contains the definition.
const fn fact(keys: &'static [&'static str], what: &'static str) -> Loss {
    Loss::new(keys, what, NO_COLUMN).when(NOT_EMBEDDED)
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
    "the information about rights beyond the notice",
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
    "the terminology codes of items and scales",
);
pub(super) const DEFINITION: Loss = Loss::new(&["id"], "the definition itself", "")
    .when("if it has more than 32,000 characters when packed");
pub(super) const CONDITION: Loss = Loss::new(&["items[].ask-if"], "the condition of `{id}`", "")
    .when("if branching logic cannot express it")
    .help("the item is always shown; scores are unchanged");
pub(super) const PRECISION: Loss = Loss::new(
    &["response-scales.*.decimals"],
    "the precision of `{id}`",
    "a REDCap slider records whole numbers only",
)
.when("if it is a visual analogue scale with decimals; the export is refused")
.help("make it a numeric response scale with the same `min`, `max` and `decimals`: scores are unchanged");
pub(super) const SLIDER_ENDS: Loss = Loss::new(
    &["response-scales.*.min", "response-scales.*.max"],
    "the ends of the line of `{id}`, {min} and {max},",
    "REDCap's own project files do not contain the ends of sliders",
)
.when("for visual analogue scales in a project, unless the ends are 0 and 100")
.verb("may be missing in the project")
.help("check the slider after creating the project, and enter its ends there if they are missing");
pub(super) const SCORE: Loss = Loss::new(
    &["scales[].score", "scales[].formula", "flags[].when", "norms[].derive"],
    "the score of `{id}`",
    "",
)
.when("if a calculation cannot express it; the export is refused, or omits the score with `--leave-out-scores`");
pub(super) const BANDS: Loss =
    Loss::new(&["scales[].bands[].label"], "the list of bands of `{id}`", "")
        .when("if a calculation cannot express them; the export is refused, or omits the bands with `--leave-out-scores`");

const UNDOCUMENTED: &str = "REDCap does not document where its translation file stores them";
const OTHER_LANGUAGES: &str = "in the files of other languages";

pub(super) const TRANSLATED_HEADINGS: Loss = Loss::new(
    &["sections[].title", "sections[].lead-in", "sections[].instructions"],
    "the translation of headings and lead-ins",
    UNDOCUMENTED,
)
.when(OTHER_LANGUAGES);
pub(super) const TRANSLATED_ENDS: Loss = Loss::new(
    &["response-scales.*.min-label", "response-scales.*.max-label"],
    "the translation of the words at the ends of visual analogue lines",
    UNDOCUMENTED,
)
.when(OTHER_LANGUAGES);
pub(super) const TRANSLATED_BANDS: Loss =
    Loss::new(&["scales[].bands[].label"], "the translation of the names of bands", UNDOCUMENTED)
        .when(OTHER_LANGUAGES);

/// All losses.
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
    &NOTE_CONDITION,
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

/// Returns the loss of a fact about the instrument and the key to report it at. `None` for a fact that the form
/// contains.
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
