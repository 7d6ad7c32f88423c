//! Where a data dictionary contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, FEEDBACK, MISSING, MODELS, NORMS, RELIABILITY, SCORED, STANDING, TABLES,
    USES, joined,
};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the form.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id"],
        elements: &["Form Name", "Field Annotation"],
        how: "with underscores instead of hyphens; in the annotation of the rights notice",
    },
    Mapping {
        keys: &["title"],
        elements: &["Field Annotation"],
        how: "in the annotation of the rights notice; in a project, the title of the form",
    },
    Mapping {
        keys: &["version", "status", "language", "rights.licence"],
        elements: &["Field Annotation"],
        how: "in the annotation of the rights notice",
    },
    Mapping {
        keys: &["instructions"],
        elements: &["Field Label"],
        how: "a descriptive field, `<form>_instructions`",
    },
    Mapping {
        keys: &["translations"],
        elements: &["redcap-mlm.json"],
        how: "a file for each additional language",
    },
    Mapping {
        keys: &["rights.notice"],
        elements: &["Field Label"],
        how: "a descriptive field, `<form>_rights`",
    },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["Field Type", "Text Validation Type OR Show Slider Number"],
        how: "`radio`, `checkbox`, `slider`, `text` or `notes`; yes and no are a `radio` field with the codes 1 and 0",
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
        elements: &["Choices, Calculations, OR Slider Labels"],
        how: "the code and the label of a choice",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["Text Validation Min", "Text Validation Max"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.decimals"],
        elements: &["Text Validation Type OR Show Slider Number"],
        how: "`integer`, `number_1dp` to `number_4dp`, or `number`",
    },
    Mapping { keys: &["response-scales.*.unit"], elements: &["Field Note"], how: "" },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["Choices, Calculations, OR Slider Labels"],
        how: "the words at the ends of a slider",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["Field Type"],
        how: "`text` for one line, otherwise `notes`",
    },
    Mapping {
        keys: &["sections[].title", "sections[].lead-in", "sections[].instructions"],
        elements: &["Section Header"],
        how: "in the first field of the section",
    },
    Mapping {
        keys: &["items[].id", "scales[].id", "flags[].id", "norms[].id"],
        elements: &["Variable / Field Name"],
        how: "shortened if longer than 26 characters",
    },
    Mapping { keys: &["items[].number"], elements: &["Question Number (surveys only)"], how: "" },
    Mapping { keys: &["items[].stem"], elements: &["Field Label"], how: "" },
    Mapping {
        keys: &["items[].response"],
        elements: &["Field Type", "Matrix Group Name"],
        how: "neighbouring items that share a response scale share a matrix",
    },
    Mapping {
        keys: &["items[].section"],
        elements: &["Section Header"],
        how: "the position of the field",
    },
    Mapping { keys: &["items[].required"], elements: &["Required Field?"], how: "" },
    Mapping {
        keys: NOTES,
        elements: &["Field Type", "Field Label"],
        how: "a descriptive field before or after that of the item",
    },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["Branching Logic (Show field only if...)"],
        how: "",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["Choices, Calculations, OR Slider Labels"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].title", "flags[].title", "norms[].title"],
        elements: &["Field Label"],
        how: "",
    },
    Mapping {
        keys: &["scales[].unit"],
        elements: &["Field Note"],
        how: "with the range of the score",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["Choices, Calculations, OR Slider Labels"],
        how: "a calculation; a score that is a word is a `@CALCTEXT` action tag",
    },
    Mapping {
        keys: MODELS,
        elements: &["Choices, Calculations, OR Slider Labels"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: BANDS,
        elements: &["Field Annotation"],
        how: "a `@CALCTEXT` action tag of the field `<scale>_band`",
    },
    Mapping {
        keys: BAND_SETS,
        elements: &["Field Annotation"],
        how: "a `@CALCTEXT` action tag of a field `<scale>_band_<set>` for each set",
    },
    Mapping {
        keys: joined![
            &[
                "format",
                "allow[].lint",
                "allow[].at",
                "allow[].reason",
                "rights.holder",
                "rights.url",
                "rights.wording"
            ],
            USES,
            &[
                "rights.digests",
                "short-form-of",
                "parallel-to",
                "items[].taken-from",
                "response-scales.*.options[].code",
                "sections[].id",
                "items[].background",
                "scales[].description",
                "flags[].description",
                "norms[].population",
                "scales[].band-sets[].title"
            ],
            RELIABILITY,
            &["scales[].stated-range.low", "scales[].stated-range.high", "scales[].stated-items"],
            FEEDBACK,
            STANDING
        ],
        elements: &[],
        how: "",
    },
];
