//! Where a LimeSurvey survey contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{BAND_SETS, BANDS, MISSING, MODELS, NORMS, SCORED, TABLES, UNSEEN, joined};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the survey.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["question"],
        how: "the result `formversion`, which is part of the data",
    },
    Mapping {
        keys: &["title"],
        elements: &["surveyls_title", "group_name"],
        how: "also the name of a group that is not a section with a title",
    },
    Mapping {
        keys: &["status"],
        elements: &["description"],
        how: "a banner, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["language", "additional_languages"],
        how: "each text in each language; a text that a translation lacks is in the base language",
    },
    Mapping { keys: &["instructions"], elements: &["description"], how: "of the first group" },
    Mapping {
        keys: &["rights.notice"],
        elements: &["question"],
        how: "a text (X) after the last question",
    },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["type"],
        how: "`F` (array), `L` (list), `M` (several choices), `N` (number), `K` (slider), `S` and `T` (text), `D` (date); a clock time is a text `S` with a pattern; yes and no are a list with the codes 1 and 0",
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
        elements: &["code", "answer", "assessment_value"],
        how: "the code is the value, `m` and the value for a negative one, `a` and the position for a longer one; a non-response is never scored",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["min_num_value_n", "max_num_value_n", "slider_min", "slider_max"],
        how: "",
    },
    Mapping {
        keys: &["response-scales.*.decimals"],
        elements: &["num_value_int_only", "slider_accuracy"],
        how: "other numbers of decimals are not checked in a number",
    },
    Mapping { keys: &["response-scales.*.unit"], elements: &["suffix"], how: "after the field" },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["question"],
        how: "the words at the ends of a slider, in the text of its row",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["type"],
        how: "`S` for one line, otherwise `T`, whose height is the same for any number",
    },
    Mapping {
        keys: &["sections[].id", "sections[].title"],
        elements: &["group_name"],
        how: "a group; its name is the title if it has one",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["description", "question"],
        how: "the lead-in is the text of arrays",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["title"],
        how: "the code of a question, or of a row of an array: the id without underscores, or a shorter one if it has more than 20 characters; in a study with the instrument if another one has the same id",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["question"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["type", "gid"],
        how: "neighbouring items that share a response scale, a section and a condition share an array",
    },
    Mapping { keys: &["items[].required"], elements: &["mandatory"], how: "" },
    Mapping { keys: NOTES, elements: &["X"], how: "a text (type `X`) between the questions" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["relevance"],
        how: "the answer is not stored when the question is hidden",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["equation"],
        how: "in the scores that use the item",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["title"],
        how: "the code of an equation that is not shown: the id without underscores",
    },
    Mapping {
        keys: &["scales[].title"],
        elements: &["question"],
        how: "the text of the equation, which is not shown",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["equation"],
        how: "expressions",
    },
    Mapping {
        keys: MODELS,
        elements: &["equation"],
        how: "a score estimated from the sum becomes a table; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["equation"],
        how: "the result `<scale>band`, or `<scale>band<set>` for each set",
    },
    Mapping { keys: joined![UNSEEN, &["flags[].title", "norms[].title"]], elements: &[], how: "" },
];
