//! Where a Word document contains each key of a definition.

use crate::Mapping;
use crate::key_groups::UNPRINTED;
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the form.
pub(super) static KEYS: &[Mapping] = &[
    Mapping { keys: &["id", "version", "date"], elements: &["footer"], how: "" },
    Mapping { keys: &["title"], elements: &["title"], how: "" },
    Mapping {
        keys: &["status"],
        elements: &["banner"],
        how: "above the title, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["all words"],
        how: "a form for each language; right to left if the language is",
    },
    Mapping { keys: &["instructions"], elements: &["instructions"], how: "" },
    Mapping { keys: &["rights.notice"], elements: &["notice"], how: "after the items" },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["answer"],
        how: "a table of options, a list of options, a line of 100 mm, or a field for a number, a text or a date",
    },
    Mapping {
        keys: &["response-scales.*.options[].value"],
        elements: &["option"],
        how: "beside or above its box, and in the tag of the box",
    },
    Mapping {
        keys: &[
            "response-scales.*.options[].label",
            "response-scales.*.options[].unlabelled",
            "response-scales.*.yes-label",
            "response-scales.*.no-label",
        ],
        elements: &["option"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max", "response-scales.*.unit"],
        elements: &["answer"],
        how: "beside the field for a number",
    },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["answer"],
        how: "at the ends of the line",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["answer"],
        how: "the number of lines to write on",
    },
    Mapping {
        keys: &["sections[].title", "sections[].lead-in", "sections[].instructions"],
        elements: &["heading"],
        how: "",
    },
    Mapping { keys: &["items[].id"], elements: &["field"], how: "the tag of its field" },
    Mapping { keys: &["items[].number", "items[].stem"], elements: &["item"], how: "" },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["item"],
        how: "neighbouring items that share their options share a table",
    },
    Mapping { keys: NOTES, elements: &["note"], how: "a paragraph before or after the item" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["item"],
        how: "a skip instruction in words",
    },
    Mapping {
        keys: &["items[].required"],
        elements: &["item"],
        how: "marked with `*`, which a sentence above the items explains",
    },
    Mapping { keys: UNPRINTED, elements: &[], how: "" },
];
