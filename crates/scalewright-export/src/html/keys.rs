//! Where a HTML form contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{BAND_SETS, BANDS, MISSING, MODELS, NORMS, SCORED, TABLES, UNSEEN, joined};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition that the form contains.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["FORMS"],
        how: "part of what is saved as JSON",
    },
    Mapping { keys: &["title"], elements: &["h1"], how: "in a study, a heading `h2`" },
    Mapping {
        keys: &["status"],
        elements: &["p.banner"],
        how: "a banner, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["html"],
        how: "the attributes `lang` and `dir`; each language is a file",
    },
    Mapping { keys: &["instructions", "rights.notice"], elements: &["p"], how: "" },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["input", "textarea"],
        how: "the type of the field; yes and no are radio buttons with the values 1 and 0",
    },
    Mapping {
        keys: &[
            "response-scales.*.options[].value",
            "response-scales.*.options[].label",
            "response-scales.*.options[].unlabelled",
            "response-scales.*.options[].non-response",
            "response-scales.*.yes-label",
            "response-scales.*.no-label",
        ],
        elements: &["input", "label"],
        how: "the value and the label of a button; a non-response is never scored",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["min", "max"],
        how: "and, beside a number, in words",
    },
    Mapping { keys: &["response-scales.*.decimals"], elements: &["step"], how: "" },
    Mapping {
        keys: &["response-scales.*.unit"],
        elements: &["span.note"],
        how: "beside the field",
    },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["div.line"],
        how: "the words at the ends of a slider",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["input", "textarea"],
        how: "the number of lines",
    },
    Mapping {
        keys: &["sections[].id", "sections[].title"],
        elements: &["panel"],
        how: "a panel with the title of the section",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["p"],
        how: "below the heading",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["name"],
        how: "the name of a field, a column of the CSV file; in a study after `<instrument>__`",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["legend", "label"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["fieldset", "div"],
        how: "a group of buttons, or a field",
    },
    Mapping {
        keys: &["items[].required"],
        elements: &["required", "aria-required"],
        how: "marked with `*`; nothing is saved until it is answered",
    },
    Mapping { keys: NOTES, elements: &["p"], how: "a paragraph before or after the question" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["evaluate"],
        how: "the question is hidden, and its answer is not saved",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["evaluate"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["columns"],
        how: "the name of a score in the JSON file",
    },
    Mapping {
        keys: &["scales[].title", "flags[].title", "norms[].title"],
        elements: &["columns"],
        how: "the name of a score where scores are shown",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["evaluate"],
        how: "JavaScript",
    },
    Mapping {
        keys: MODELS,
        elements: &["evaluate"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["evaluate"],
        how: "the score `<scale>_band`, or `<scale>_band_<set>` for each set",
    },
    Mapping { keys: UNSEEN, elements: &[], how: "" },
];
