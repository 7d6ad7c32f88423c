//! Where a SurveyJS form contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{BAND_SETS, BANDS, MISSING, MODELS, NORMS, SCORED, TABLES, UNSEEN, joined};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the form.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["calculatedValues"],
        how: "the value `form__version`, which is part of the results",
    },
    Mapping { keys: &["title"], elements: &["title"], how: "in a study, the title of a page" },
    Mapping {
        keys: &["status"],
        elements: &["html"],
        how: "a banner, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["locale", "all texts"],
        how: "each text by locale; English texts, if there are any, are the default",
    },
    Mapping { keys: &["instructions", "rights.notice"], elements: &["html"], how: "" },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["type", "inputType"],
        how: "`radiogroup`, `matrix`, `checkbox`, `text`, `comment` or `slider`; yes and no are a `radiogroup` with the values 1 and 0",
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
        elements: &["choices", "columns"],
        how: "the value and the text of a choice, or of a column of a matrix; a non-response is never scored",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["min", "max"],
        how: "",
    },
    Mapping { keys: &["response-scales.*.decimals"], elements: &["step"], how: "" },
    Mapping {
        keys: &["response-scales.*.unit"],
        elements: &["description"],
        how: "under the field",
    },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["customLabels"],
        how: "the words at the ends of a slider",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["type", "rows"],
        how: "`text` for one line, otherwise `comment`",
    },
    Mapping {
        keys: &["sections[].id", "sections[].title"],
        elements: &["panel"],
        how: "a panel, if the section has a title",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["html"],
        how: "in the panel of the section",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["name", "rows"],
        how: "the name of a question, or the value of a row of a matrix; in a study after `<instrument>__`",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["title", "rows"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["matrix", "panel"],
        how: "neighbouring items that share a response scale and a section share a matrix",
    },
    Mapping { keys: &["items[].required"], elements: &["isRequired", "eachRowRequired"], how: "" },
    Mapping { keys: NOTES, elements: &["html"], how: "an element of type `html`" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["visibleIf"],
        how: "the answer is removed when the question is hidden",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["calculatedValues"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["calculatedValues"],
        how: "the name of a result",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["calculatedValues"],
        how: "expressions",
    },
    Mapping {
        keys: MODELS,
        elements: &["calculatedValues"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["calculatedValues"],
        how: "the result `<scale>_band`, or `<scale>_band_<set>` for each set",
    },
    Mapping {
        keys: joined![UNSEEN, &["scales[].title", "flags[].title", "norms[].title"]],
        elements: &[],
        how: "",
    },
];
