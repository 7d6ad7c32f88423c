//! Items are shown exactly if their conditions are true: by REDCap's branching logic, and by FHIR's comparisons and
//! expressions.

use std::collections::BTreeMap;

use scalewright_check::Checked;
use scalewright_export::redcap_names::field_name;
use scalewright_model::{Formula, ScaleIx};
use scalewright_scoring::{EvalStep, Responses, Score, evaluate};
use serde_json::{Map, Value, json};

use crate::invented;
use crate::oracles::{Way, corpus, export_scores, respondents, rows, with_options};

const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
const ENABLED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// For each item with a condition, whether the condition is true for each respondent. An unknown condition counts as
/// false.
pub(crate) fn asked<'a>(checked: &'a Checked, responses: &Responses) -> Vec<(&'a str, Vec<bool>)> {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let mut program = checked.program.clone();
    let mut items = Vec::new();
    // The conditions are evaluated as the scores of a program of their own.
    for (item, answer) in instrument.items.iter().zip(&checked.program.answers) {
        let when = match answer.as_ref().map(|answer| answer.asked.as_ref()) {
            Some(Some(asked)) => &asked.when,
            _ => continue,
        };
        items.push((item.id.as_str(), program.scores.len()));
        program.order.push(EvalStep::Score(program.scores.len()));
        let formula = Formula::Truth(when.clone());
        program.scores.push(Score { scale: ScaleIx(usize::MAX), formula, items: Vec::new() });
    }
    let scored = evaluate(&program, responses);
    let of = |position: usize| {
        (0..responses.rows).map(|row| scored[position].score.get(row) == Some(1.0)).collect()
    };
    items.into_iter().map(|(item, position)| (item, of(position))).collect()
}

/// Asserts that REDCap's logic shows the items that are asked. Returns the number of comparisons.
pub(crate) fn compare(
    name: &str,
    checked: &Checked,
    responses: &Responses,
    theirs: &[Map<String, Value>],
) -> usize {
    let mut compared = 0;
    for (item, asked) in asked(checked, responses) {
        for (row, (asked, theirs)) in asked.iter().zip(theirs).enumerate() {
            // If the logic is refused, the item is always shown, so there is nothing to compare.
            let Some(shown) = theirs["visible"].get(field_name(item)) else { continue };
            assert_eq!(shown, asked, "{name}, respondent {row}: whether `{item}` is shown");
            compared += 1;
        }
    }
    compared
}

/// Comparisons show the items that are asked. `fhir_engines` compares expressions, with every engine.
#[test]
fn fhir_shows_the_items_that_are_asked() {
    let mut compared = 0;
    for (name, checked) in corpus().into_iter().chain(invented::corpus()) {
        let responses = respondents(&checked);
        let asked = asked(&checked, &responses);
        if asked.is_empty() {
            continue;
        }
        let (bytes, _) = export_scores(&checked, ("fhir", Way::Portable), ".json");
        let form: Value = serde_json::from_slice(&bytes).expect("the export is valid JSON");
        let comparisons = comparisons(&with_options(&form));
        let answers = rows(&checked, &responses);
        for (item, asked) in &asked {
            let Some(conditions) = comparisons.get(*item) else { continue };
            for (row, asked) in asked.iter().enumerate() {
                let shown = enabled(conditions, &answers[row]);
                assert_eq!(shown, *asked, "{name}, respondent {row}: whether `{item}` is shown");
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "some items are shown by comparisons");
}

/// Adds an item for each expression that shows an item, so that an engine computes it like a score. Returns the link
/// ids of the items shown.
pub(crate) fn calculate_conditions(form: &mut Value) -> Vec<String> {
    fn find(items: &Value, found: &mut Vec<(String, Value)>) {
        for item in items.as_array().into_iter().flatten() {
            let extensions = item["extension"].as_array().into_iter().flatten();
            let expressions = extensions.filter(|extension| extension["url"] == ENABLED);
            found.extend(expressions.map(|extension| {
                let id = item["linkId"].as_str().expect("an item has a link id");
                (id.to_owned(), extension["valueExpression"].clone())
            }));
            find(&item["item"], found);
        }
    }
    let mut found = Vec::new();
    find(&form["item"], &mut found);
    let items = form["item"].as_array_mut().expect("a form has items");
    for (id, expression) in &found {
        items.push(json!({
            "linkId": format!("shown-{id}"),
            "type": "boolean",
            "readOnly": true,
            "extension": [{ "url": CALCULATED, "valueExpression": expression }],
        }));
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The items with comparisons, by link id.
fn comparisons(items: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for item in items.as_array().into_iter().flatten() {
        if item["enableWhen"].is_array() {
            let id = item["linkId"].as_str().expect("an item has a link id");
            found.insert(id.to_owned(), item.clone());
        }
        found.extend(comparisons(&item["item"]));
    }
    found
}

/// Evaluates `enableWhen` according to the specification, for the operators that are used.
fn enabled(item: &Value, answers: &BTreeMap<&str, f64>) -> bool {
    let conditions = item["enableWhen"].as_array().expect("conditions exist");
    let mut met = conditions.iter().map(|condition| {
        let answer = condition["question"].as_str().and_then(|question| answers.get(question));
        let code = condition["answerCoding"]["code"].as_str().and_then(|code| code.parse().ok());
        let wanted =
            code.or(condition["answerBoolean"].as_bool().map(|yes| f64::from(u8::from(yes))));
        let wanted: f64 = wanted.expect("the condition has a value to compare with");
        let equal = answer.is_some_and(|answer| (answer - wanted).abs() < f64::EPSILON);
        match condition["operator"].as_str() {
            Some("exists") => answer.is_some() == (wanted > 0.5),
            Some("=") => equal,
            Some("!=") => !equal,
            other => panic!("the operator {other:?} is not used"),
        }
    });
    match item["enableBehavior"].as_str() {
        Some("any") => met.any(|met| met),
        _ => met.all(|met| met),
    }
}
