//! Where a codebook contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, MISSING, NORMS, REFERENCES, RELIABILITY, SCORED, STANDING, USES, joined,
};

/// All keys.
pub(super) static KEYS: &[Mapping] = &[
    Mapping { keys: &["title"], elements: &["title"], how: "in a study, the title of a part" },
    Mapping {
        keys: joined![
            &[
                "id",
                "version",
                "status",
                "short-title",
                "family",
                "form",
                "date",
                "url",
                "codes[].system",
                "codes[].code",
                "description",
                "authors",
                "rights.holder",
                "rights.licence",
                "rights.url",
                "rights.wording",
                "rights.terms",
                "rights.obtain",
                "rights.evidence[].source",
                "rights.evidence[].states",
                "rights.evidence[].seen",
                "administration.respondent",
                "administration.subject",
                "administration.recall-period",
                "administration.modes",
                "administration.minutes",
            ],
            USES
        ],
        elements: &["About the instrument"],
        how: "a fact with its name; in `instruments` of the workbook, `notes` of CSV and DDI, `About` of BIDS, and descriptions of Frictionless and Psych-DS",
    },
    Mapping {
        keys: &["rights.notice"],
        elements: &["notice"],
        how: "before the columns; `conditions` of DDI",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["all texts"],
        how: "each language is a file; DDI contains all",
    },
    Mapping {
        keys: REFERENCES,
        elements: &["References"],
        how: "`relPubl` of DDI, `citation` of Psych-DS",
    },
    Mapping {
        keys: &["instructions"],
        elements: &["instructions"],
        how: "before the answers; `abstract` of DDI",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["name"],
        how: "the name of a column of the answers",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["label", "question"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &[
            "sections[].id",
            "sections[].title",
            "sections[].lead-in",
            "sections[].instructions",
        ],
        elements: &["section"],
        how: "the lead-in precedes the words of each item; the id is not shown",
    },
    Mapping { keys: &["items[].section"], elements: &["section"], how: "" },
    Mapping {
        keys: &["items[].response", "response-scales.*.type"],
        elements: &["type"],
        how: "with the name of the response scale in Markdown and HTML",
    },
    Mapping {
        keys: &[
            "response-scales.*.options[].value",
            "response-scales.*.options[].label",
            "response-scales.*.options[].unlabelled",
            "response-scales.*.options[].code",
            "response-scales.*.yes-label",
            "response-scales.*.no-label",
        ],
        elements: &["values"],
        how: "`categories` and `enum` of Frictionless, `Levels` of BIDS, `valueReference` of Psych-DS, `catgry` of DDI",
    },
    Mapping {
        keys: &["response-scales.*.options[].non-response"],
        elements: &["missing_codes"],
        how: "`missingValues` of Frictionless, `invalrng` of DDI, a note elsewhere",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["minimum", "maximum"],
        how: "",
    },
    Mapping { keys: &["response-scales.*.unit", "scales[].unit"], elements: &["unit"], how: "" },
    Mapping {
        keys: &[
            "response-scales.*.decimals",
            "response-scales.*.min-label",
            "response-scales.*.max-label",
            "items[].required",
            "items[].ask-if",
            "notes[].text",
            "notes[].before",
            "notes[].after",
            "notes[].ask-if",
            "items[].when-not-asked",
            "items[].background",
            "items[].taken-from",
            "items[].codes[].system",
            "items[].codes[].code",
        ],
        elements: &["notes"],
        how: "a note with its name; a condition is also `universe` of DDI",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["name"],
        how: "the names of the columns that `scalewright score` writes",
    },
    Mapping {
        keys: &["scales[].title", "flags[].title", "norms[].title"],
        elements: &["label"],
        how: "",
    },
    Mapping {
        keys: joined![
            SCORED,
            MISSING,
            NORMS,
            RELIABILITY,
            STANDING,
            &[
                "flags[].when",
                "scales[].description",
                "flags[].description",
                "norms[].population",
                "scales[].stated-range.low",
                "scales[].stated-range.high",
                "scales[].stated-items",
                "scales[].codes[].system",
                "scales[].codes[].code",
            ]
        ],
        elements: &["notes"],
        how: "how the score is computed, in words and as a formula; `derivation` of DDI",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS, &["scales[].band-sets[].title"]],
        elements: &["values"],
        how: "the labels of a column with the limits; the data contain the labels of the definition",
    },
];
