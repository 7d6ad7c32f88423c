//! Where each key of a definition is found in the Questionnaire. A test asks for every key that there is, and for every
//! name of an element that is listed here in what is exported.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, MISSING, MODELS, NORMS, RELIABILITY, SCORED, STANDING, TABLES, USES, joined,
};

const fn row(
    keys: &'static [&'static str],
    elements: &'static [&'static str],
    how: &'static str,
) -> Mapping {
    Mapping { keys, elements, how }
}

/// A score's own elements.
const SCORE: &[&str] = &["variable", "sdc-questionnaire-calculatedExpression", "designNote"];

/// All keys, in the order of the file.
pub static MAPPING: &[Mapping] = &[
    row(&["format", "allow[].lint", "allow[].at", "allow[].reason"], &[], ""),
    row(
        &["id"],
        &["identifier", "id", "name"],
        "as a URN; as the resource's id; in letters and digits alone",
    ),
    row(&["title"], &["title"], ""),
    row(&["short-title", "family", "form"], &[], "reported as lost"),
    row(
        &["version"],
        &["version", "artifact-versionAlgorithm", "versionAlgorithmCoding"],
        "with `semver` as the rule by which versions are compared",
    ),
    row(
        &["status"],
        &["status", "experimental"],
        "an instrument in development is a `draft` and experimental",
    ),
    row(&["date"], &["date"], ""),
    row(
        &["language", "translations"],
        &["language", "translation", "derivedFrom"],
        "a Questionnaire for each language, derived from that of the source; the words of the other languages beside the words of each",
    ),
    row(
        &["url"],
        &["url"],
        "with `-<language>` behind it for translations; a URN made of the id where there is none",
    ),
    row(
        &[
            "codes[].system",
            "codes[].code",
            "items[].codes[].system",
            "items[].codes[].code",
            "scales[].codes[].system",
            "scales[].codes[].code",
        ],
        &["code"],
        "of the Questionnaire, of a question, and of the item of a score behind its own code; without words",
    ),
    row(&["description"], &["description"], "with what is said of administration"),
    row(&["authors"], &["artifact-author"], "one each"),
    row(&["instructions"], &["linkId", "text"], "the item `form-instructions`, of type `display`"),
    row(
        &["rights.holder", "rights.licence", "rights.notice"],
        &["copyright", "artifact-copyrightLabel", "copyrightLabel", "questionnaire-itemControl"],
        "and once more as the item `form-rights`, a `legal` text",
    ),
    row(&["rights.terms", "rights.url", "rights.obtain"], &["copyright"], "paragraphs of it"),
    row(joined![&["rights.wording"], USES], &[], "wording that is withheld is not exported at all"),
    row(&["rights.digests", "short-form-of", "items[].taken-from"], &[], ""),
    row(
        &["rights.evidence[].source", "rights.evidence[].states", "rights.evidence[].seen"],
        &[],
        "reported as lost",
    ),
    row(
        &[
            "administration.respondent",
            "administration.subject",
            "administration.recall-period",
            "administration.minutes",
        ],
        &["description"],
        "sentences of it",
    ),
    row(&["administration.modes"], &[], ""),
    row(
        &["references[].id", "references[].citation", "references[].doi", "references[].url"],
        &["artifact-relatedArtifact", "label", "citation"],
        "one each, of type `citation`; the address is that of the DOI where there is one",
    ),
    row(&["references[].note"], &[], ""),
    row(
        &["response-scales.*.type"],
        &[
            "type",
            "answerConstraint",
            "repeats",
            "questionnaire-choiceOrientation",
            "questionnaire-sliderStepValue",
        ],
        "the type of the question: `choice` (R4) or `coding` (R5), `integer`, `decimal`, `boolean`, `string`, `text`, `date`, `time`; the name of the response scale is in the `system` of its options",
    ),
    row(
        &["response-scales.*.options[].value"],
        &["answerOption", "valueCoding", "code", "ordinalValue", "itemWeight"],
        "the `code` of the option, and the number it carries; with `--set fhir.value-sets=contained`, of a `concept`",
    ),
    row(&["response-scales.*.options[].label"], &["display"], ""),
    row(
        &["response-scales.*.options[].non-response"],
        &["answerOption"],
        "an option that carries no number",
    ),
    row(&["response-scales.*.options[].code"], &[], ""),
    row(&["response-scales.*.min", "response-scales.*.max"], &["minValue", "maxValue"], ""),
    row(
        &["response-scales.*.decimals"],
        &["maxDecimalPlaces", "type"],
        "`integer` where there are none",
    ),
    row(
        &["response-scales.*.unit", "scales[].unit"],
        &["questionnaire-unit"],
        "the words, with a code of UCUM where one is known",
    ),
    row(
        &["response-scales.*.min-label", "response-scales.*.max-label"],
        &["questionnaire-itemControl", "display"],
        "items of type `display` within the question, `lower` and `upper`",
    ),
    row(
        &["response-scales.*.yes-label", "response-scales.*.no-label"],
        &["answerOption", "valueCoding", "display"],
        "a question with words of its own for yes or no is a choice of two options, coded 1 and 0; others are a `boolean`, for which clients have their own words",
    ),
    row(&["response-scales.*.lines"], &["type"], "`string` for one line, else `text`"),
    row(
        &["sections[].id", "sections[].title"],
        &["item", "linkId", "text"],
        "a `group` called `section-<id>`; `htable` where it is a table",
    ),
    row(
        &["sections[].lead-in", "sections[].instructions"],
        &["text", "display"],
        "items of type `display` at the head of the group; a lead-in stands for a title that is not there",
    ),
    row(&["items[].id"], &["linkId"], ""),
    row(&["items[].number"], &["prefix"], ""),
    row(&["items[].stem"], &["text", "_text"], "with its translations"),
    row(
        &["items[].response"],
        &["type", "answerOption"],
        "each question has its own copy of the options",
    ),
    row(&["items[].section"], &["item"], "where the item stands"),
    row(&["items[].required"], &["required"], ""),
    row(
        &["items[].ask-if"],
        &["enableWhen", "enableBehavior", "sdc-questionnaire-enableWhenExpression"],
        "by comparisons of FHIR where they say the same, else in FHIRPath",
    ),
    row(&["items[].when-not-asked"], SCORE, "in the scores that use the item"),
    row(&["items[].background"], &[], ""),
    row(
        &["scales[].id", "flags[].id", "norms[].id"],
        &["linkId", "code", "sdc-questionnaire-observationExtract"],
        "a read-only item of the group `form-scores`, with a code of its own",
    ),
    row(&["scales[].title", "flags[].title", "norms[].title"], &["text", "_text"], ""),
    row(
        &["scales[].description", "flags[].description", "norms[].population"],
        &["description"],
        "that of the calculated expression",
    ),
    row(SCORED, SCORE, "expressions in FHIRPath; in words in the note"),
    row(MISSING, SCORE, "expressions in FHIRPath; in words in the note"),
    row(&["flags[].when"], SCORE, "an item of type `boolean`"),
    row(TABLES, SCORE, "in the scores that look something up in them"),
    row(NORMS, SCORE, "a score for each kind of derived score"),
    row(
        MODELS,
        SCORE,
        "a score given the answers cannot be said in FHIRPath and is refused; one given the sum becomes a table",
    ),
    row(
        BANDS,
        &["sdc-questionnaire-calculatedExpression"],
        "the item `<scale>-band`, of type `string`",
    ),
    row(
        BAND_SETS,
        &["sdc-questionnaire-calculatedExpression"],
        "an item `<scale>-band-<set>` for each set",
    ),
    row(&["scales[].band-sets[].title"], &[], ""),
    row(RELIABILITY, &[], ""),
    row(
        &["scales[].stated-range.low", "scales[].stated-range.high"],
        &[],
        "the range that the score really has is in `minValue` and `maxValue`",
    ),
    row(STANDING, &[], ""),
];

/// The page of the documentation.
#[must_use]
pub fn page() -> String {
    let mut text = String::from(HEAD);
    for Mapping { keys, elements, how } in MAPPING {
        let code = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        let elements = if elements.is_empty() { "–".to_owned() } else { code(elements) };
        text.push_str(&format!("| {} | {elements} | {how} |\n", code(keys)));
    }
    text
}

const HEAD: &str = "\
# A definition in FHIR

Where each key of `instrument.toml` is found in the Questionnaire that `--to fhir` and `--to fhir-r5` write. The definition
itself is in every Questionnaire, byte for byte, as a document that it is `derived-from` (`artifact-relatedArtifact`): what has
no element (–) is there. Extensions are called by the last part of their address.

| key | elements and extensions | how |
|---|---|---|
";
