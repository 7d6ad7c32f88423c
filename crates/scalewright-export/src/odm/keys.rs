//! Where an ODM file contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, FEEDBACK, MISSING, MODELS, NORMS, RELIABILITY, SCORED, STANDING, TABLES,
    USES, joined,
};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the form.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["FormDef/Alias", "MetaDataVersion"],
        how: "the alias `scalewright:version`; the id is also in the identifiers, in capital letters",
    },
    Mapping {
        keys: &["title"],
        elements: &["FormDef/Description", "StudyName"],
        how: "in a study, only the description of the form",
    },
    Mapping {
        keys: &["status"],
        elements: &["ItemGroupDef/Description"],
        how: "a banner in the first group, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["TranslatedText"],
        how: "each text by language",
    },
    Mapping {
        keys: &["instructions"],
        elements: &["ItemGroupDef/Description"],
        how: "in the first group",
    },
    Mapping {
        keys: &["rights.notice"],
        elements: &["ItemGroupDef/Description", "StudyDescription"],
        how: "the last group, which has no items; in version 2.0 in the description of the form",
    },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["ItemDef/@DataType", "CodeListRef"],
        how: "`integer`, `float`, `string`, `text`, `date` or `time`; an item with several answers becomes an item for each option, with 1 and 0",
    },
    Mapping {
        keys: &[
            "response-scales.*.options[].value",
            "response-scales.*.options[].label",
            "response-scales.*.options[].unlabelled",
            "response-scales.*.yes-label",
            "response-scales.*.no-label",
        ],
        elements: &["CodeListItem/@CodedValue", "Decode"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.options[].code", "response-scales.*.options[].non-response"],
        elements: &["CodeListItem/Alias"],
        how: "the aliases `scalewright:code` and `scalewright:non-response`; a non-response is never scored",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["RangeCheck"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.decimals"],
        elements: &["ItemDef/@SignificantDigits"],
        how: "in version 2.0 only whether there are any",
    },
    Mapping {
        keys: &["response-scales.*.unit"],
        elements: &["MeasurementUnit"],
        how: "in version 2.0 after the words of the item",
    },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["Question"],
        how: "after the words of the item",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["ItemDef/@DataType"],
        how: "`string` for one line, otherwise `text`",
    },
    Mapping { keys: &["sections[].id"], elements: &["ItemGroupDef/@Name"], how: "" },
    Mapping {
        keys: &["sections[].title", "sections[].lead-in", "sections[].instructions"],
        elements: &["ItemGroupDef/Description"],
        how: "",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["ItemDef/@Name", "ItemDef/@OID"],
        how: "`I.<id>`; in a study `I.<INSTRUMENT>_<id>`",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["Question"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["CodeListRef", "ItemGroupDef"],
        how: "neighbouring items of a section are a group",
    },
    Mapping { keys: &["items[].required"], elements: &["ItemRef/@Mandatory"], how: "" },
    Mapping { keys: NOTES, elements: &["Description"], how: "the description of a group" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["ConditionDef"],
        how: "true if the item is not collected",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["FormalExpression"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["ItemDef/@Name", "MethodDef/@Name"],
        how: "a computed item",
    },
    Mapping {
        keys: &["scales[].title", "flags[].title", "norms[].title"],
        elements: &["Question", "MethodDef/Description"],
        how: "",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["FormalExpression", "ItemDef/Alias"],
        how: "expressions for OpenEDC, R and SPSS; the alias `scalewright:reversed` names the scales on which an item is reversed",
    },
    Mapping {
        keys: MODELS,
        elements: &["FormalExpression"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["FormalExpression"],
        how: "the item `<scale>_band`, or `<scale>_band_<set>` for each set; not for OpenEDC",
    },
    Mapping {
        keys: joined![
            &[
                "format",
                "allow[].lint",
                "allow[].at",
                "allow[].reason",
                "rights.holder",
                "rights.licence",
                "rights.url",
                "rights.wording"
            ],
            USES,
            &[
                "rights.digests",
                "short-form-of",
                "parallel-to",
                "items[].taken-from",
                "items[].background",
                "scales[].unit",
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
