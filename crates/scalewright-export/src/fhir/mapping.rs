//! Where the Questionnaire contains each key of a definition. A test checks that every key of the format is listed
//! here, and that every element listed here occurs in an export.

use crate::Mapping;
use crate::key_groups::{
    BAND_SETS, BANDS, FEEDBACK, MISSING, MODELS, NORMS, RELIABILITY, SCORED, STANDING, TABLES,
    USES, joined,
};
use crate::notes::NOTES;

const fn row(
    keys: &'static [&'static str],
    elements: &'static [&'static str],
    how: &'static str,
) -> Mapping {
    Mapping { keys, elements, how }
}

/// The elements of a score.
const SCORE: &[&str] = &["variable", "sdc-questionnaire-calculatedExpression", "designNote"];

/// All keys, in the order of the file.
pub static MAPPING: &[Mapping] = &[
    row(&["format", "allow[].lint", "allow[].at", "allow[].reason"], &[], ""),
    row(
        &["id"],
        &["identifier", "id", "name"],
        "as a URN; as the resource's id; as a name of letters and digits only",
    ),
    row(&["title"], &["title"], ""),
    row(&["short-title", "family", "form"], &[], "reported as lost"),
    row(
        &["version"],
        &["version", "artifact-versionAlgorithm", "versionAlgorithmCoding"],
        "with `semver` as the rule for comparing versions",
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
        "one Questionnaire for each language, derived from that of the source language; each also contains the words of the other languages",
    ),
    row(
        &["url"],
        &["url"],
        "with the suffix `-<language>` for translations; without a `url`, a URN formed from the id",
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
        "on the Questionnaire, on a question, and on the item of a score after its own code; without display words",
    ),
    row(&["description"], &["description"], "followed by the administration"),
    row(&["authors"], &["artifact-author"], "one for each author"),
    row(&["instructions"], &["linkId", "text"], "the item `form-instructions`, of type `display`"),
    row(
        &["rights.holder", "rights.licence", "rights.notice"],
        &["copyright", "artifact-copyrightLabel", "copyrightLabel", "questionnaire-itemControl"],
        "the notice also as the item `form-rights`, a `legal` text",
    ),
    row(&["rights.terms", "rights.url", "rights.obtain"], &["copyright"], "as paragraphs"),
    row(joined![&["rights.wording"], USES], &[], "withheld wording is not exported"),
    row(&["rights.digests", "short-form-of", "parallel-to", "items[].taken-from"], &[], ""),
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
        "as sentences",
    ),
    row(&["administration.modes"], &[], ""),
    row(
        &["references[].id", "references[].citation", "references[].doi", "references[].url"],
        &["artifact-relatedArtifact", "label", "citation"],
        "one for each reference, of type `citation`; the address is that of the DOI if there is one",
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
        "the `code` of the option and its number; with `--set fhir.value-sets=contained`, those of a `concept`",
    ),
    row(
        &["response-scales.*.options[].label", "response-scales.*.options[].unlabelled"],
        &["display"],
        "the value of an option without words",
    ),
    row(
        &["response-scales.*.options[].non-response"],
        &["answerOption"],
        "an option without a number",
    ),
    row(&["response-scales.*.options[].code"], &[], ""),
    row(&["response-scales.*.min", "response-scales.*.max"], &["minValue", "maxValue"], ""),
    row(
        &["response-scales.*.decimals"],
        &["maxDecimalPlaces", "type"],
        "type `integer` if there are none",
    ),
    row(
        &["response-scales.*.unit", "scales[].unit"],
        &["questionnaire-unit"],
        "the words, with a UCUM code if one is known",
    ),
    row(
        &["response-scales.*.min-label", "response-scales.*.max-label"],
        &["questionnaire-itemControl", "display"],
        "items of type `display` within the question, with the controls `lower` and `upper`",
    ),
    row(
        &["response-scales.*.yes-label", "response-scales.*.no-label"],
        &["answerOption", "valueCoding", "display"],
        "a question with its own words for yes or no is a choice of two options, coded 1 and 0; without them it is a `boolean`, for which clients show their own words",
    ),
    row(&["response-scales.*.lines"], &["type"], "`string` for one line, otherwise `text`"),
    row(
        &["sections[].id", "sections[].title"],
        &["item", "linkId", "text"],
        "a `group` named `section-<id>`; with the control `htable` if it is an item table",
    ),
    row(
        &["sections[].lead-in", "sections[].instructions"],
        &["text", "display"],
        "items of type `display` at the beginning of the group; without a title, the lead-in is the text of the group",
    ),
    row(&["items[].id"], &["linkId"], ""),
    row(&["items[].number"], &["prefix"], ""),
    row(&["items[].stem"], &["text", "_text"], "with its translations"),
    row(
        &["items[].response"],
        &["type", "answerOption"],
        "each question has its own copy of the options",
    ),
    row(&["items[].section"], &["item"], "the group that contains the item"),
    row(&["items[].required"], &["required"], ""),
    row(NOTES, &["item", "linkId", "text", "display"], "an item of type `display`"),
    row(
        &["items[].ask-if", "notes[].ask-if"],
        &["enableWhen", "enableBehavior", "sdc-questionnaire-enableWhenExpression"],
        "as FHIR's own comparisons if they are equivalent, otherwise in FHIRPath",
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
        "the description of the calculated expression",
    ),
    row(SCORED, SCORE, "FHIRPath expressions, and a note in words"),
    row(MISSING, SCORE, "FHIRPath expressions, and a note in words"),
    row(&["flags[].when"], SCORE, "an item of type `boolean`"),
    row(TABLES, SCORE, "in the scores that use the table"),
    row(NORMS, SCORE, "a score for each kind of derived score"),
    row(
        MODELS,
        SCORE,
        "a score estimated from the sum becomes a table; one estimated from the answers cannot be expressed in FHIRPath and is refused",
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
        &["scales[].stated-range.low", "scales[].stated-range.high", "scales[].stated-items"],
        &[],
        "the computed range of the score is in `minValue` and `maxValue`",
    ),
    row(FEEDBACK, &[], ""),
    row(STANDING, &[], ""),
];

/// Returns the documentation page about the mapping.
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

This table shows which elements of the Questionnaire, written by `--to fhir` and `--to fhir-r5`, contain each key of
`instrument.toml`. Every Questionnaire also contains the definition itself, byte for byte, as a document that it is
`derived-from` (`artifact-relatedArtifact`): keys without an element (–) are only there. Extensions are named by the last part
of their address.

| key | elements and extensions | how |
|---|---|---|
";
