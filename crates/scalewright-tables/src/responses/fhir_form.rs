//! Reads from a Questionnaire what is needed to understand its answers: the codes and units of its questions, and the
//! codes, labels and numbers of its options.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fhir_canonical::Canonical;

/// The extensions with the number of an option, including older addresses.
const WEIGHTS: [&str; 5] = [
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
];

/// The extension with the unit of a question.
const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";

/// The extension with a property of a concept in an expansion, for R4.
const PROPERTY: &str =
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property";

/// A form that responses answer.
#[derive(Default)]
pub(super) struct AnsweredForm {
    /// The address and version, if it has an address.
    pub(super) canonical: Option<Canonical>,
    /// The form that this form was derived from. A form within a response often has no other address.
    pub(super) derived_from: Option<Canonical>,
    questions: BTreeMap<String, Question>,
}

/// A question of a form.
#[derive(Default)]
pub(super) struct Question {
    /// The codes, each with its system, if stated.
    pub(super) codes: Vec<(Option<String>, String)>,
    /// The options.
    pub(super) options: Vec<Choice>,
    /// The unit: system, code and text.
    pub(super) unit: [Option<String>; 3],
}

/// An option of a question.
#[derive(Clone, Default)]
pub(super) struct Choice {
    pub(super) code: Option<String>,
    /// The label.
    pub(super) display: Option<String>,
    /// The number that the form gives the option.
    pub(super) number: Option<f64>,
}

impl Question {
    /// The number of the option with this code.
    pub(super) fn number(&self, code: &str) -> Option<f64> {
        self.options.iter().find(|option| option.code.as_deref() == Some(code))?.number
    }
}

impl AnsweredForm {
    /// Reads a Questionnaire and its contained value sets.
    pub(super) fn read(questionnaire: &Value) -> Self {
        let mut form = Self {
            canonical: address(questionnaire),
            derived_from: questionnaire["derivedFrom"][0].as_str().and_then(Canonical::parse),
            ..Self::default()
        };
        let sets = contained(questionnaire, "ValueSet");
        let sets: BTreeMap<&str, Vec<Choice>> =
            sets.filter_map(|set| Some((set["id"].as_str()?, of_set(set)))).collect();
        form.add(&questionnaire["item"], &sets);
        form
    }

    /// The question with this link id.
    pub(super) fn question(&self, link_id: &str) -> Option<&Question> {
        self.questions.get(link_id)
    }

    /// The number of questions and options, as a measure of the memory that the form takes.
    pub(super) fn size(&self) -> usize {
        self.questions.values().map(|question| 1 + question.options.len()).sum()
    }

    fn add(&mut self, items: &Value, sets: &BTreeMap<&str, Vec<Choice>>) {
        for item in items.as_array().into_iter().flatten() {
            self.add(&item["item"], sets);
            let Some(link_id) = item["linkId"].as_str() else { continue };
            let mut question = Question { unit: unit(item), ..Question::default() };
            let codes = item["code"].as_array().into_iter().flatten();
            question.codes.extend(codes.filter_map(|code| {
                Some((
                    code["system"].as_str().map(str::to_owned),
                    code["code"].as_str()?.to_owned(),
                ))
            }));
            let options = item["answerOption"].as_array().into_iter().flatten();
            question.options.extend(options.map(choice));
            // Only contained value sets are available: nothing is fetched.
            let set = item["answerValueSet"].as_str().and_then(|set| set.strip_prefix('#'));
            if let Some(set) = set.and_then(|set| sets.get(set)) {
                question.options.extend(set.iter().cloned());
            }
            self.questions.insert(link_id.to_owned(), question);
        }
    }
}

/// The address of a form, with its version.
fn address(questionnaire: &Value) -> Option<Canonical> {
    let mut canonical = Canonical::parse(questionnaire["url"].as_str()?)?;
    let version = questionnaire["version"].as_str().filter(|version| !version.is_empty());
    canonical.version = version.map(str::to_owned).or(canonical.version);
    Some(canonical)
}

/// The resources of one kind that `resource` contains.
pub(super) fn contained<'v>(
    resource: &'v Value,
    kind: &'static str,
) -> impl Iterator<Item = &'v Value> {
    let all = resource["contained"].as_array().into_iter().flatten();
    all.filter(move |inner| inner["resourceType"] == kind)
}

/// The number that an option, a coding or an answer states in an extension.
pub(super) fn weight(element: &Value) -> Option<f64> {
    let extensions = element["extension"].as_array()?;
    let extension = extensions
        .iter()
        .find(|extension| extension["url"].as_str().is_some_and(|url| WEIGHTS.contains(&url)))?;
    extension["valueDecimal"].as_f64().or_else(|| extension["valueInteger"].as_f64())
}

fn choice(option: &Value) -> Choice {
    let coding = &option["valueCoding"];
    let whole = option["valueInteger"].as_i64().map(|number| number.to_string());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Choice {
        code: text(&coding["code"]).or(whole),
        display: text(&coding["display"]).or_else(|| text(&option["valueString"])),
        // R4 and R5 allow the extension on the option and on its coding.
        number: weight(option)
            .or_else(|| weight(coding))
            .or_else(|| option["valueInteger"].as_f64()),
    }
}

/// The unit that a question states.
fn unit(item: &Value) -> [Option<String>; 3] {
    let extensions = item["extension"].as_array().into_iter().flatten();
    let unit = extensions.into_iter().find(|extension| extension["url"] == UNIT);
    let Some(unit) = unit.map(|unit| &unit["valueCoding"]) else { return Default::default() };
    ["system", "code", "display"].map(|key| unit[key].as_str().map(str::to_owned))
}

/// The concepts of a value set.
fn of_set(set: &Value) -> Vec<Choice> {
    let includes = set["compose"]["include"].as_array().into_iter().flatten();
    let listed = includes.flat_map(|include| include["concept"].as_array().into_iter().flatten());
    let expanded = set["expansion"]["contains"].as_array().into_iter().flatten();
    let found = listed.chain(expanded).filter_map(|concept| {
        Some(Choice {
            code: Some(concept["code"].as_str()?.to_owned()),
            display: concept["display"].as_str().map(str::to_owned),
            number: weight(concept).or_else(|| property(concept)),
        })
    });
    found.collect()
}

/// The property `itemWeight` of a concept in an expansion: an element in R5, an extension in R4.
fn property(concept: &Value) -> Option<f64> {
    let own = concept["property"].as_array().into_iter().flatten();
    let own = own
        .filter(|property| property["code"] == "itemWeight")
        .find_map(|property| property["valueDecimal"].as_f64());
    own.or_else(|| {
        let extensions = concept["extension"].as_array().into_iter().flatten();
        extensions.filter(|extension| extension["url"] == PROPERTY).find_map(|extension| {
            let parts = extension["extension"].as_array()?;
            let is_weight =
                parts.iter().any(|p| p["url"] == "code" && p["valueCode"] == "itemWeight");
            let value = parts.iter().find_map(|part| part["valueDecimal"].as_f64());
            value.filter(|_| is_weight)
        })
    })
}
