//! Where a Qualtrics survey contains each key of a definition.

use crate::Mapping;
use crate::key_groups::{BAND_SETS, BANDS, MISSING, MODELS, NORMS, SCORED, TABLES, UNSEEN, joined};
use crate::notes::NOTES;

/// All keys. Keys without elements are only in the definition embedded in the survey.
pub(super) static KEYS: &[Mapping] = &[
    Mapping {
        keys: &["id", "version"],
        elements: &["EmbeddedData"],
        how: "the field `form__version`, which is part of the data",
    },
    Mapping {
        keys: &["title"],
        elements: &["SurveyName", "BL"],
        how: "the first 99 characters; also the name of a block",
    },
    Mapping {
        keys: &["status"],
        elements: &["DB"],
        how: "a banner, if the instrument is not active or the translation is a draft",
    },
    Mapping {
        keys: &["language", "translations"],
        elements: &["SurveyLanguage", "AvailableLanguages", "Language"],
        how: "the published language, and the texts of the others by the code of the language",
    },
    Mapping { keys: &["instructions", "rights.notice"], elements: &["DB"], how: "" },
    Mapping {
        keys: &["response-scales.*.type"],
        elements: &["QuestionType", "Selector"],
        how: "Matrix/Likert, MC/SAVR, MC/MAVR, TE/SL, TE/ML or Slider/HSLIDER; yes and no are choices with the values 1 and 0",
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
        elements: &["RecodeValues", "Choices", "Answers"],
        how: "the raw value and the text of a choice, or of a column of a matrix; a non-response has no points",
    },
    Mapping {
        keys: &["response-scales.*.min", "response-scales.*.max"],
        elements: &["ValidNumber", "CSSliderMin", "CSSliderMax"],
        how: "",
    },
    Mapping { keys: &["response-scales.*.decimals"], elements: &["NumDecimals"], how: "" },
    Mapping {
        keys: &["response-scales.*.unit"],
        elements: &["QuestionText"],
        how: "in parentheses below the words",
    },
    Mapping {
        keys: &["response-scales.*.min-label", "response-scales.*.max-label"],
        elements: &["Labels"],
        how: "the words at the ends of a slider",
    },
    Mapping {
        keys: &["response-scales.*.lines"],
        elements: &["Selector"],
        how: "`SL` for one line, otherwise `ML`; Qualtrics does not take the number of lines",
    },
    Mapping {
        keys: &["sections[].id", "sections[].title"],
        elements: &["BL", "DB"],
        how: "a block, which begins a page",
    },
    Mapping {
        keys: &["sections[].lead-in", "sections[].instructions"],
        elements: &["DB", "QuestionText"],
        how: "the lead-in is the text of the matrices of the section",
    },
    Mapping {
        keys: &["items[].id"],
        elements: &["DataExportTag", "ChoiceDataExportTags"],
        how: "the name of a column of the data; in a study after `<instrument>__`",
    },
    Mapping {
        keys: &["items[].number", "items[].stem"],
        elements: &["QuestionText", "Choices"],
        how: "the number precedes the words",
    },
    Mapping {
        keys: &["items[].response", "items[].section"],
        elements: &["Matrix", "BL"],
        how: "neighbouring items that share a response scale and a section share a matrix",
    },
    Mapping { keys: &["items[].required"], elements: &["ForceResponse"], how: "" },
    Mapping { keys: NOTES, elements: &["DB"], how: "a descriptive text" },
    Mapping {
        keys: &["items[].ask-if", "notes[].ask-if"],
        elements: &["DisplayLogic"],
        how: "on a later page than the questions that it reads, without a way back",
    },
    Mapping {
        keys: &["items[].when-not-asked"],
        elements: &["GradingData"],
        how: "points of the choices after which the item is not asked",
    },
    Mapping {
        keys: &["scales[].id", "flags[].id", "norms[].id"],
        elements: &["EmbeddedData"],
        how: "the name of a field of the data",
    },
    Mapping {
        keys: joined![SCORED, MISSING, &["flags[].when"], NORMS, TABLES],
        elements: &["SCO", "GradingData", "EmbeddedData", "Branch"],
        how: "points, sums of points, and fields that the survey flow sets; what these cannot express is refused",
    },
    Mapping {
        keys: MODELS,
        elements: &["Branch"],
        how: "a score estimated from the sum becomes branches; one estimated from the answers is refused",
    },
    Mapping {
        keys: joined![BANDS, BAND_SETS],
        elements: &["Branch", "EmbeddedData"],
        how: "the field `<scale>_band`, or `<scale>_band_<set>` for each set",
    },
    Mapping {
        keys: joined![UNSEEN, &["scales[].title", "flags[].title", "norms[].title"]],
        elements: &[],
        how: "",
    },
];
