//! Where a form contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, MISSING, MODELS, NORMS, REFERENCES, RELIABILITY, SCORED, TABLES, USES, joined,
};
use crate::notes::NOTES;

/// All keys that a form contains.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "title", "version"],
        elements: &["settings"],
        how: "`form_id`, `form_title` and `version`; in a study the title is the label of a group",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["settings", "label::…"],
        how: "`default_language`, and a column of labels for each language",
    },
    Mapping {
        keys: joined![
            &[
                "short-title",
                "family",
                "form",
                "status",
                "date",
                "url",
                "codes[].system",
                "codes[].code",
                "description",
                "authors",
                "rights.holder",
                "rights.licence",
                "rights.wording",
                "rights.terms",
                "rights.url",
                "rights.obtain",
                "rights.evidence[].source",
                "rights.evidence[].states",
                "rights.evidence[].seen",
                "administration.respondent",
                "administration.subject",
                "administration.recall-period",
                "administration.modes",
                "administration.minutes",
                "scales[].key-status",
                "scales[].key-source",
                "scales[].missing-source",
                "flags[].key-status",
                "flags[].source",
            ],
            USES,
            REFERENCES
        ],
        elements: &["about"],
        how: "a sheet for readers, which the platforms ignore",
    },
    Mapping { keys: &["instructions"], elements: &["note"], how: "the first row" },
    Mapping {
        keys: &["rights.notice"],
        elements: &["note"],
        how: "the last row that respondents see; with a warning about a draft translation",
    },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["type"],
        how: "`select_one`, `select_multiple`, `integer`, `decimal`, `range`, `text` or `date`; a clock time is a `text` with a constraint",
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
        how: "the name and the label of a choice; yes and no are 1 and 0",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["constraint", "parameters"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.decimals"],
        elements: &["type", "parameters"],
        how: "`integer` or `decimal`; the step of a `range`",
    },
    Mapping {
        keys: &[
            "response-scales.*.unit",
            "response-scales.*.min-label",
            "response-scales.*.max-label",
        ],
        elements: &["hint"],
        how: "",
    },
    Mapping { keys: &["response-scales.*.lines"], elements: &["appearance"], how: "`multiline`" },
    Mapping {
        keys: &["sections[].id", "sections[].title", "items[].section"],
        elements: &["begin_group"],
        how: "a group with the title as its label",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["note", "label"],
        how: "a note; the lead-in of a matrix is the label of its first row",
    },
    Mapping {
        keys: &["items[].id", "scales[].id", "flags[].id", "norms[].id"],
        elements: &["name"],
        how: "in a study, with the name of the form if several forms have the same name",
    },
    Mapping { keys: &["items[].number", "items[].stem"], elements: &["label"], how: "" },
    Mapping {
        keys: &["items[].response"],
        elements: &["type", "appearance"],
        how: "neighbouring items that share a response scale are `list-nolabel` rows of a `field-list` group",
    },
    Mapping { keys: &["items[].required"], elements: &["required"], how: "" },
    Mapping { keys: NOTES, elements: &["note"], how: "a row of type `note`" },
    Mapping { keys: &["items[].ask-if", "notes[].ask-if"], elements: &["relevant"], how: "" },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["calculation"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].title", "scales[].unit", "flags[].title", "norms[].title"],
        elements: &["about"],
        how: "the list of scores",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["calculation"],
        how: "hidden `calculate` rows: the score, its steps, `<scale>_answered` and `<scale>_prorated`",
    },
    Mapping {
        keys: MODELS,
        elements: &["calculation"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["calculation"],
        how: "`<scale>_band`, or `<scale>_band_<set>` for a named set, with the label in the exported language",
    },
    Mapping {
        keys: joined![
            &[
                "format",
                "allow[].lint",
                "allow[].at",
                "allow[].reason",
                "rights.digests",
                "short-form-of",
                "parallel-to",
                "items[].taken-from",
                "items[].background",
                "scales[].parent",
                "scales[].description",
                "flags[].description",
                "scales[].stated-range.low",
                "scales[].stated-range.high",
                "scales[].stated-items",
                "scales[].band-sets[].title",
                "scales[].bands-source",
                "scales[].bands[].feedback",
                "scales[].band-sets[].bands[].feedback",
                "scales[].band-sets[].source",
                "tables.*.source",
                "norms[].population",
                "norms[].source",
                "models.*.source",
            ],
            RELIABILITY
        ],
        elements: &[],
        how: "",
    },
];
