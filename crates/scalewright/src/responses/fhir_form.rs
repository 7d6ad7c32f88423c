//! What a Questionnaire says of its answers: the codes of its questions and the numbers of its options.

use std::collections::BTreeMap;

use serde_json::Value;

/// Where programs keep the number of an option, old addresses included.
const WEIGHTS: [&str; 5] = [
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
];

/// A property of an expansion, as R4 has it.
const PROPERTY: &str =
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property";

/// A form that answers came from.
#[derive(Default)]
pub(super) struct Form {
    questions: BTreeMap<String, Question>,
}

/// What a question of it is.
#[derive(Default)]
pub(super) struct Question {
    /// Its codes, of any system.
    pub(super) codes: Vec<String>,
    /// The numbers of its options, by their codes.
    pub(super) weights: BTreeMap<String, f64>,
}

impl Form {
    /// Reads a Questionnaire, its contained value sets included.
    pub(super) fn read(questionnaire: &Value) -> Self {
        let mut form = Self::default();
        let sets = contained(questionnaire, "ValueSet");
        let sets: BTreeMap<&str, BTreeMap<String, f64>> =
            sets.filter_map(|set| Some((set["id"].as_str()?, of_set(set)))).collect();
        form.add(&questionnaire["item"], &sets);
        form
    }

    /// The question with this link id.
    pub(super) fn question(&self, link_id: &str) -> Option<&Question> {
        self.questions.get(link_id)
    }

    fn add(&mut self, items: &Value, sets: &BTreeMap<&str, BTreeMap<String, f64>>) {
        for item in items.as_array().into_iter().flatten() {
            self.add(&item["item"], sets);
            let Some(link_id) = item["linkId"].as_str() else { continue };
            let mut question = Question::default();
            let codes = item["code"].as_array().into_iter().flatten();
            question.codes.extend(codes.filter_map(|code| Some(code["code"].as_str()?.to_owned())));
            for option in item["answerOption"].as_array().into_iter().flatten() {
                let coding = &option["valueCoding"];
                let number = weight(option).or_else(|| weight(coding));
                if let (Some(code), Some(number)) = (coding["code"].as_str(), number) {
                    question.weights.insert(code.to_owned(), number);
                }
            }
            let set = item["answerValueSet"].as_str().and_then(|set| set.strip_prefix('#'));
            if let Some(set) = set.and_then(|set| sets.get(set)) {
                question.weights.extend(set.iter().map(|(code, number)| (code.clone(), *number)));
            }
            self.questions.insert(link_id.to_owned(), question);
        }
    }
}

/// The resources of a kind that are within `resource`.
pub(super) fn contained<'v>(
    resource: &'v Value,
    kind: &'static str,
) -> impl Iterator<Item = &'v Value> {
    let all = resource["contained"].as_array().into_iter().flatten();
    all.filter(move |inner| inner["resourceType"] == kind)
}

/// The number that an option, a coding or an answer carries.
pub(super) fn weight(element: &Value) -> Option<f64> {
    let extensions = element["extension"].as_array()?;
    let extension = extensions
        .iter()
        .find(|extension| extension["url"].as_str().is_some_and(|url| WEIGHTS.contains(&url)))?;
    extension["valueDecimal"].as_f64().or_else(|| extension["valueInteger"].as_f64())
}

/// The numbers of the concepts of a value set.
fn of_set(set: &Value) -> BTreeMap<String, f64> {
    let includes = set["compose"]["include"].as_array().into_iter().flatten();
    let listed = includes.flat_map(|include| include["concept"].as_array().into_iter().flatten());
    let expanded = set["expansion"]["contains"].as_array().into_iter().flatten();
    let found = listed.chain(expanded).filter_map(|concept| {
        let number = weight(concept).or_else(|| property(concept))?;
        Some((concept["code"].as_str()?.to_owned(), number))
    });
    found.collect()
}

/// The property `itemWeight` of a concept in an expansion: R5's own, or as an extension in R4.
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
