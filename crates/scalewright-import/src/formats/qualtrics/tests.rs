//! Surveys with every construct that the reader knows, and damaged ones.

use serde_json::{Value, json};

use crate::Imported;
use crate::formats::testing::{
    contains, finds, imported, is_proven, survives_damage, survives_other_values, text,
};

const RAIN: &str = include_str!("../../../../../tests/fixtures/import/qualtrics/rain.qsf");

/// Imports a survey with these questions in one block, other parts of the flow, and scoring categories.
fn survey(questions: &[Value], flow: &[Value], categories: Value) -> Imported {
    let ids: Vec<Value> = questions
        .iter()
        .map(|one| json!({"Type": "Question", "QuestionID": one["QuestionID"]}))
        .collect();
    let mut parts = flow.to_vec();
    parts.push(json!({"Type": "Block", "ID": "BL_1"}));
    let mut elements = vec![
        json!({"Element": "BL", "Payload": {"0": {"Type": "Default", "ID": "BL_1", "BlockElements": ids}}}),
        json!({"Element": "FL", "Payload": {"Type": "Root", "Flow": parts}}),
        json!({"Element": "SCO", "Payload": {"ScoringCategories": categories}}),
    ];
    elements.extend(questions.iter().map(|one| json!({"Element": "SQ", "Payload": one})));
    let survey = json!({"SurveyEntry": {"SurveyName": "Fog", "SurveyLanguage": "EN"}, "SurveyElements": elements});
    imported(&[("fog.qsf", &survey.to_string())])
}

/// A question with choices.
fn choice(id: &str, selector: &str, choices: Value) -> Value {
    json!({
        "QuestionID": id, "DataExportTag": format!("tag_{id}"), "QuestionType": "MC", "Selector": selector,
        "QuestionText": format!("Question {id}"), "Choices": choices, "Language": [],
    })
}

fn few() -> Value {
    json!({"1": {"Display": "a"}, "2": {"Display": "b"}, "10": {"Display": "c"}})
}

#[test]
fn the_example_is_imported() {
    let imported = imported(&[("rain.qsf", RAIN)]);
    contains(
        &imported,
        &[
            "coalesce(rain_in, 0) + coalesce(reverse(rain_out), 0) + coalesce(rain_sleep, 0)",
            "ask-if = \"not is_missing(rain_out) and rain_out = 3\"",
            "description = \"High: likes rain indoors.\"",
        ],
    );
    assert!(text(&imported, "de.toml").contains("… schlafe ich gut."));
    finds(&imported, "unused-block", "/SurveyElements/0", "`QID9`");
    is_proven(&imported);
}

#[test]
fn questions_of_every_kind() {
    let with = |mut question: Value, key: &str, value: Value| {
        question[key] = value;
        question
    };
    let kind = |id: &str, kind: &str, selector: &str| json!({"QuestionID": id, "DataExportTag": id, "QuestionType": kind, "Selector": selector, "QuestionText": "Text"});
    let number = json!({"Settings": {"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "0", "Max": "9", "NumDecimals": "0"}}});
    let imported = survey(
        &[
            kind("note", "DB", "TB"),
            choice("one", "SAVR", few()),
            with(choice("recoded", "DL", few()), "RecodeValues", json!({"1": "5", "2": "x"})),
            with(
                choice("na", "SAVR", json!([{"Display": "Never"}, {"Display": "N/A"}])),
                "AnalyzeChoices",
                json!({"1": "No"}),
            ),
            choice("many", "MAVR", few()),
            with(kind("number", "TE", "SL"), "Validation", number),
            with(
                kind("mail", "TE", "ML"),
                "Validation",
                json!({"Settings": {"Type": "ContentType", "ContentType": "ValidEmail"}}),
            ),
            with(
                with(kind("form", "TE", "FORM"), "Choices", few()),
                "ChoiceOrder",
                json!(["10", 2]),
            ),
            with(
                with(kind("line", "Slider", "HSLIDER"), "Choices", json!({"1": {"Display": " "}})),
                "Configuration",
                json!({"CSSliderMin": 1, "CSSliderMax": 7}),
            ),
            kind("rank", "RO", "DND"),
            kind("clock", "Timing", "PageTimer"),
            with(kind("script", "TE", "SL"), "QuestionJS", json!("alert(1)")),
        ],
        &[
            json!({"Type": "BlockRandomizer", "SubSet": 0, "Flow": [{"Type": "Block", "ID": "BL_1"}]}),
            json!({"Type": "EmbeddedData", "EmbeddedData": [{"Field": "mean", "Value": "$e{ gr://SC_1/Score / 3 }"}]}),
            json!({"Type": "WebService"}),
        ],
        json!([]),
    );
    contains(
        &imported,
        &[
            "instructions = \"Text\"",
            "{ value = 10, label = \"c\" }",
            "id = \"form_1\"",
            "type = \"visual-analogue\"",
            "max = 9",
        ],
    );
    for (code, message) in [
        ("options-numbered", "tag_recoded"),
        ("like-no-answer", "N/A"),
        ("excluded-from-analysis", "--non-response 1"),
        ("validation", "ValidEmail"),
        ("item", "RO/DND"),
        ("item", "`clock`"),
        ("unknown-key", "QuestionJS"),
        ("drawn", "drawn by chance"),
        ("repeated-block", "BL_1"),
        ("embedded-data", "`mean`"),
        ("flow", "WebService"),
    ] {
        finds(&imported, code, "fog.qsf", message);
    }
}

/// A term of a condition.
fn term(locator: &str, operator: &str, right: Value, joint: Value) -> Value {
    json!({"LogicType": "Question", "LeftOperand": locator, "Operator": operator, "RightOperand": right, "Conjuction": joint})
}

#[test]
fn languages_become_tags() {
    for (code, tag) in [("EN", "en"), ("PT-BR", "pt-BR"), ("ZH-S", "zh-Hans"), ("ES-419", "es-419")]
    {
        assert_eq!(super::tag(code), tag);
    }
}

#[test]
fn conditions_and_grades_are_read() {
    let asked = |id: &str, set: Value| {
        let mut question = choice(id, "SAVR", few());
        question["DisplayLogic"] = json!({"0": set, "Type": "BooleanExpression"});
        question
    };
    let mut graded = choice("graded", "SAVR", few());
    graded["GradingData"] = json!([
        {"ChoiceID": "1", "Grades": {"SC_1": "3", "SC_2": "1"}}, {"ChoiceID": "2", "Grades": {"SC_1": 0.5, "SC_2": "1"}},
        {"ChoiceID": "10", "Grades": {"SC_1": "", "SC_2": "1"}}, {"ChoiceID": "11", "Grades": {"SC_1": "1"}},
    ]);
    let number = json!({"Settings": {"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "0", "Max": "9"}}});
    let imported = survey(
        &[
            graded,
            choice("many", "MAVR", few()),
            json!({"QuestionID": "age", "DataExportTag": "age", "QuestionType": "TE", "Selector": "SL", "QuestionText": "Age", "Validation": number}),
            asked(
                "a",
                json!({"0": term("q://graded/SelectableChoice/2", "NotSelected", json!(null), json!(null))}),
            ),
            asked(
                "b",
                json!({"0": term("q://many/SelectableChoice/10", "Selected", json!(null), json!(null)), "1": term("q://age/ChoiceTextEntryValue", "GreaterThanOrEqual", json!("5"), json!("Or"))}),
            ),
            asked(
                "c",
                json!({"0": {"LogicType": "EmbeddedField", "LeftOperand": "group", "Operator": "EqualTo"}}),
            ),
            asked(
                "d",
                json!({"0": term("q://graded/SelectableChoice/77", "Selected", json!(null), json!(null))}),
            ),
        ],
        &[],
        json!([{"ID": "SC_1", "Name": "Grade"}, {"ID": "SC_2", "Name": "Counted"}, {"ID": "SC_3", "Name": "Empty"}]),
    );
    contains(
        &imported,
        &[
            "ask-if = \"is_missing(tag_graded) or tag_graded != 2\"",
            "tag_many_10 = 1",
            "age >= 5",
            "coalesce(recode(tag_graded, 1: 3, 2: 0.5, 10: 0), 0)",
            "answered(tag_graded)",
        ],
    );
    for (code, message) in [
        ("options-as-items", "tag_many"),
        ("grade", "1 grades"),
        ("condition", "group"),
        ("condition", "no answer that was imported"),
        ("score", "no answer has points"),
    ] {
        finds(&imported, code, "fog.qsf", message);
    }
    let differs =
        |proof: &&crate::prove::Proof| matches!(proof.outcome, crate::prove::Outcome::Differs(_));
    assert!(!imported.proofs.iter().any(|proof| differs(&proof)), "{:?}", imported.proofs);
}

#[test]
fn damaged_files_are_survived() {
    survives_damage(&[("rain.qsf", RAIN)], 0);
    survives_other_values(&[("rain.qsf", RAIN)], 0);
}
