//! Where a ReproSchema protocol contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{BAND_SETS, BANDS, MISSING, MODELS, NORMS, SCORED, TABLES, UNSEEN, joined};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the activity.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["@id", "variableName", "version"],
        how: "the id of the instrument begins the names of files",
    },
    Mapping { keys: &["title"], elements: &["prefLabel", "description"], how: "" },
    Mapping {
        keys: &["status"],
        elements: &["question"],
        how: "an item that is a text, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["all texts"],
        how: "each text by language",
    },
    Mapping { keys: &["instructions"], elements: &["preamble"], how: "" },
    Mapping { keys: &["rights.notice"], elements: &["question"], how: "an item that is a text" },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["inputType", "valueType", "multipleChoice"],
        how: "`radio`, `number`, `float`, `slider`, `text`, `date` or `time`; yes and no are the values 1 and 0",
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
        elements: &["choices"],
        how: "the value and the name of a choice; a non-response is never scored",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["minValue", "maxValue"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.decimals"],
        elements: &["valueType"],
        how: "`xsd:integer` without decimals, otherwise `xsd:decimal`",
    },
    Mapping { keys: &["response-scales.*.unit"], elements: &["unitOptions"], how: "" },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["choices"],
        how: "the names of the lowest and highest value of a slider",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["inputType"],
        how: "`text`, however many lines",
    },
    Mapping {
        keys: &["sections[].id", "sections[].title"],
        elements: &["question"],
        how: "an item that is a text before the items of the section",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["preamble", "question"],
        how: "the lead-in precedes each item; instructions follow the title",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["@id", "variableName"],
        how: "the name of the variable; it ends the name of the file",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["question"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["responseOptions", "order"],
        how: "items with the same response scale share its file",
    },
    Mapping { keys: &["items[].required"], elements: &["valueRequired"], how: "" },
    Mapping { keys: NOTES, elements: &["question"], how: "an item that is a text" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["isVis"],
        how: "an expression",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["compute"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["variableName"],
        how: "the name of a result",
    },
    Mapping {
        keys: &["scales[].title", "flags[].title", "norms[].title"],
        elements: &["description"],
        how: "of the item that holds the result",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["compute"],
        how: "expressions",
    },
    Mapping {
        keys: MODELS,
        elements: &["compute"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["compute"],
        how: "the result `<scale>_band`, or `<scale>_band_<set>` for each set",
    },
    Mapping { keys: UNSEEN, elements: &[], how: "" },
];
