//! Surveys with every construct that the reader knows, and damaged ones.

use serde_json::{Value, json};

use crate::formats::testing::{
    contains, finds, imported, imported_all, is_proven, survives_damage, survives_other_values,
    text,
};
use crate::{Imported, Options};

const KITCHEN: &str = include_str!("../../../../../tests/fixtures/import/surveyjs/kitchen.json");

/// Imports a survey with these elements and calculated values.
fn survey(elements: Value, values: Value) -> Imported {
    let survey = json!({"title": "Sand", "elements": elements, "calculatedValues": values});
    imported(&[("sand.json", &survey.to_string())])
}

fn radio(name: &str) -> Value {
    json!({"type": "radiogroup", "name": name, "choices": [0, 1, 2]})
}

#[test]
fn the_example_is_imported() {
    let imported = imported(&[("kitchen.json", KITCHEN)]);
    contains(
        &imported,
        &["id = \"kit_1\"", "min-label = \"cold\"", "code = \"yes\"", "title = \"kit_sum\""],
    );
    assert!(text(&imported, "de.toml").contains("heiß"));
    assert!(text(&imported, "import/columns.toml").contains("kit_1 = \"kit.kit_1\""));
    finds(&imported, "blank-as-zero", "kitchen.json", "counts a blank as 0");
    is_proven(&imported);
}

#[test]
fn questions_of_every_kind() {
    let imported = survey(
        json!([
            {"type": "rating", "name": "stars"},
            {"type": "rating", "name": "tens", "rateMin": 0, "rateMax": 1, "rateStep": 0.5},
            {"type": "rating", "name": "listed", "rateValues": [{"value": 1, "text": "low"}, 2], "maxRateDescription": "top"},
            {"type": "rating", "name": "counted", "rateCount": 3},
            {"type": "boolean", "name": "agree", "labelTrue": "Aye", "labelFalse": "Nay"},
            {"type": "boolean", "name": "coded", "valueTrue": "Y", "valueFalse": "N"},
            {"type": "dropdown", "name": "age", "choicesMin": 18, "choicesMax": 20},
            {"type": "radiogroup", "name": "mixed", "choices": ["1", 2, {"value": 3, "text": "three"}], "showOtherItem": true, "showDontKnowItem": true},
            {"type": "tagbox", "name": "tags", "choices": ["a", "b"], "choicesOrder": "random"},
            {"type": "text", "name": "free", "description": "In a few words", "validators": [{"type": "email"}]},
            {"type": "text", "name": "born", "inputType": "date"},
            {"type": "text", "name": "week", "inputType": "week"},
            {"type": "text", "name": "size", "inputType": "number", "step": 0.1, "validators": [{"type": "numeric", "minValue": 1, "maxValue": 9}]},
            {"type": "comment", "name": "long", "rows": 6},
            {"type": "slider", "name": "wave", "max": 10, "customLabels": [{"value": 0, "text": "calm"}, {"value": 5, "text": "half"}]},
            {"type": "multipletext", "name": "list", "title": "Names", "items": [{"name": "one"}, {"name": "two", "inputType": "number", "min": 0, "max": 5}]},
            {"type": "paneldynamic", "name": "many", "templateElements": []},
            {"type": "radiogroup", "name": "remote", "choicesByUrl": {"url": "https://example.org"}},
            {"type": "signaturepad", "name": "sign"},
            {"type": "radiogroup", "choices": [1]},
            {"type": "text", "name": "gone", "visible": false},
            {"type": "text", "name": "set", "defaultValue": "x", "requiredIf": "{free} notempty"},
        ]),
        json!([]),
    );
    contains(
        &imported,
        &[
            "[response-scales.stars]\noptions = [\n  { value = 1, unlabelled = true },\n  { value = 2, unlabelled = true },\n  { value = 3, unlabelled = true },\n  { value = 4, unlabelled = true },\n  { value = 5, unlabelled = true },\n]",
            "{ value = 0.5, unlabelled = true }",
            "label = \"top\"",
            "yes-label = \"Aye\"",
            "{ value = 0, label = \"No\", code = \"N\" }",
            "{ value = 20, unlabelled = true }",
            "{ value = 4, label = \"Don't know\", code = \"dontknow\" }",
            "{ value = 5, label = \"Other (describe)\", code = \"other\" }",
            "ask-if = \"not is_missing(mixed) and mixed = 5\"",
            "type = \"several-choice\"",
            "min = 1\nmax = 9\ndecimals = 1",
            "lines = 6",
            "type = \"visual-analogue\"\nmin = 0\nmax = 10\nmin-label = \"calm\"",
            "id = \"list_two\"",
            "lead-in = \"Names\"",
            "In a few words",
        ],
    );
    finds(&imported, "like-no-answer", "/elements/7", "Don't know");
    finds(&imported, "order", "/elements/8/choicesOrder", "random order");
    finds(&imported, "validator", "/elements/9/validators/0", "`email`");
    finds(&imported, "input-type", "/elements/11", "`week`");
    finds(&imported, "anchors", "/elements/14/customLabels", "1 points");
    finds(&imported, "answers", "/elements/16", "`paneldynamic`");
    finds(&imported, "answers", "/elements/17", "`choicesByUrl`");
    finds(&imported, "answers", "/elements/18", "`signaturepad`");
    finds(&imported, "no-name", "/elements/19", "without a name");
    finds(&imported, "never-shown", "/elements/20", "`gone`");
    finds(&imported, "unknown-key", "/elements/21/defaultValue", "`defaultValue`");
    finds(&imported, "unknown-key", "/elements/21/requiredIf", "`requiredIf`");
}

#[test]
fn conditions_of_pages_panels_and_rows_are_joined() {
    let page = json!({"pages": [
        {"name": "first", "elements": [radio("a"), radio("b")]},
        {"name": "second", "title": "Second", "visibleIf": "{a} = 1", "elements": [
            {"type": "panel", "name": "box", "title": "Box", "description": "Read this", "visibleIf": "{b} > 0", "elements": [
                {"type": "matrix", "name": "m", "columns": [1, 2], "rows": ["r1", {"value": "r2", "visibleIf": "{b} = 2"}], "eachRowRequired": true},
                {"type": "html", "name": "h", "html": "<p>Over</p>"},
            ]},
        ]},
    ]});
    let imported = imported(&[("sand.json", &page.to_string())]);
    contains(
        &imported,
        &[
            "title = \"Second – Box\"",
            "instructions = \"Read this\"",
            "not is_missing(a) and a = 1 and not is_missing(b) and b > 0",
            "required = true",
            "[[notes]]\nid = \"h\"\n",
        ],
    );
    is_proven(&imported);
}

#[test]
fn checkboxes_in_conditions_are_split() {
    let imported = survey(
        json!([
            {"type": "checkbox", "name": "why", "title": "Why?", "choices": ["sun", {"value": 2, "text": "Sea"}], "showOtherItem": true},
            {"type": "text", "name": "more", "visibleIf": "{why} contains 'sun'"},
            {"type": "text", "name": "rest", "visibleIf": "{why} anyof ['sun', 2]"},
            {"type": "text", "name": "none", "visibleIf": "{why} empty and {kept} notempty"},
            {"type": "text", "name": "some", "visibleIf": "{why} notempty or 1 = 2"},
            {"type": "text", "name": "long", "visibleIf": "{why.length} > 1", "title": "x ".repeat(2001)},
            {"type": "checkbox", "name": "kept", "choices": ["x", "y"]},
            {"type": "checkbox", "name": "plain", "choices": ["x", "y"]},
        ]),
        json!([]),
    );
    contains(
        &imported,
        &[
            "id = \"why_sun\"",
            "id = \"why_2\"\nstem = \"Sea\"",
            "lead-in = \"Why?\"",
            "id = \"kept\"",
            "why_sun = 1",
        ],
    );
    finds(&imported, "split", "/elements/0", "each option of `why`");
    contains(&imported, &["id = \"kept_x\"", "(is_missing(why_2) or why_2 != 1) and ("]);
    finds(&imported, "condition", "/elements/5/visibleIf", "`long`");
    finds(&imported, "cut", "/elements/5", "4001 characters");
}

#[test]
fn values_that_are_steps_are_inserted() {
    let imported = survey(
        json!([radio("a"), radio("b"), {"type": "expression", "name": "shown", "title": "Shown", "expression": "{a} * 2"}]),
        json!([
            {"name": "step", "expression": "sum({a}, {b})"},
            {"name": "score", "expression": "{step} / 2", "includeIntoResult": true},
            {"name": "alone", "expression": "max({a}, {b})"},
            {"name": "copy", "expression": "iif({a} = 0, 0, iif({a} = 1, 1, iif({a} = 2, 2)))"},
            {"name": "of_copy", "expression": "iif({copy} notempty, {copy})", "includeIntoResult": true},
            {"name": "version", "expression": "'sand 1'", "includeIntoResult": true},
            {"name": "circle", "expression": "{circle} + 1"},
            {"name": "around", "expression": "{circle}", "includeIntoResult": true},
            {"name": "unknown", "expression": "{nothing} + 1", "includeIntoResult": true},
            {"expression": "1"},
        ]),
    );
    let definition = text(&imported, "instrument.toml");
    for (id, is_there) in [
        ("score", true),
        ("alone", true),
        ("of_copy", true),
        ("shown", true),
        ("step", false),
        ("copy", false),
    ] {
        assert_eq!(
            definition.contains(&format!("[[scales]]\nid = \"{id}\"")),
            is_there,
            "{id}: {definition}"
        );
    }
    finds(&imported, "constant", "/calculatedValues/5", "`version`");
    finds(&imported, "score", "/calculatedValues/7", "computed from itself");
    finds(&imported, "score", "/calculatedValues/8", "`nothing`");
    finds(&imported, "computation", "/calculatedValues/9", "without a name");
}

#[test]
fn rows_with_common_names_are_distinguished() {
    let matrix = |name: &str, rows: Value| json!({"type": "matrix", "name": name, "columns": ["No", "Yes"], "rows": rows});
    let imported = survey(
        json!([
            matrix("m", json!(["Row 1", "a", "7"])),
            matrix("n", json!(["Row 1", "a", "7"])),
            radio("b")
        ]),
        json!([{"name": "s", "expression": "{n.7} + {m.Row 1}"}]),
    );
    contains(
        &imported,
        &[
            "id = \"m_1\"\nstem = \"Row 1\"",
            "id = \"a\"",
            "id = \"m_7\"",
            "id = \"n_1\"",
            "id = \"n_a\"",
            "id = \"n_7\"",
        ],
    );
}

#[test]
fn languages_and_placeholders() {
    let words = json!({"locale": "de", "elements": [
        {"type": "text", "name": "x", "title": {"default": "Wie hoch?", "pt-br": "Que altura?"}},
        {"type": "text", "name": "y", "title": "Hallo {x}, du {0}"},
    ]});
    let options = Options { licence: Some("CC0-1.0".to_owned()), ..Options::default() };
    let all = imported_all(&[("sand.json", words.to_string().as_bytes())], &options)
        .expect("it can be imported");
    contains(&all[0], &["language = \"de\"", "stem = \"Wie hoch?\""]);
    assert!(text(&all[0], "pt-BR.toml").contains("Que altura?"));
    finds(&all[0], "placeholder-left", "/elements/1/title", "1 texts");
    let silent = json!({"elements": [{"type": "text", "name": "x", "title": "Hello"}]}).to_string();
    let stop = imported_all(&[("sand.json", silent.as_bytes())], &options)
        .expect_err("the language is unknown");
    assert!(stop.message.contains("language"), "{}", stop.message);
}

#[test]
fn surveys_of_other_programs_are_found() {
    let survey = json!({"elements": [radio("a"), radio("b")]});
    let jspsych = json!({"type": "survey", "survey_json": survey}).to_string();
    contains(&imported(&[("trial.json", &jspsych)]), &["id = \"trial\"", "id = \"a\""]);
    let pavlovia = json!({"surveys": [survey, survey], "surveyFlow": {"nodes": []}}).to_string();
    let options = Options {
        language: Some("en".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        ..Options::default()
    };
    let all =
        imported_all(&[("study.json", pavlovia.as_bytes())], &options).expect("it can be imported");
    assert_eq!(all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["study-1", "study-2"]);
    finds(&all[0], "unknown-key", "/surveyFlow", "`surveyFlow`");
}

#[test]
fn damaged_surveys_are_reported() {
    survives_damage(&[("kitchen.json", KITCHEN)], 0);
    survives_other_values(&[("kitchen.json", KITCHEN)], 0);
}
