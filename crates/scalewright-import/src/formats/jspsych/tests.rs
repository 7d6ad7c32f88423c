//! Plans with every construct that the reader knows, and damaged ones.

use crate::formats::testing::{contains, finds, imported, survives_damage};

const PLAN: &str = include_str!("../../../../../tests/fixtures/import/jspsych/plan.js");

#[test]
fn the_example_is_imported() {
    let imported = imported(&[("plan.js", PLAN)]);
    contains(
        &imported,
        &[
            "{ value = 0, label = \"Strongly disagree\" }",
            "lead-in = \"How far do you agree?\"",
            "citation = \"plan.js, a jsPsych survey-likert trial.\"",
            "required = true",
        ],
    );
    finds(&imported, "code", "line 11", "on_finish");
    finds(&imported, "options-numbered", "line 7", "positions");
}

#[test]
fn trials_of_every_kind() {
    let imported = imported(&[(
        "plan.js",
        "const agree = ['no', \"prefer not to say\"];\n\
         jsPsych.run([{type: 'survey-multi-choice', questions: [{prompt: 'One?', options: agree}, {prompt: 'B', options: shuffled()}]},\n\
         {type: jsPsychSurveyMultiSelect, questions: [{prompt: 'Many?', name: 'many', options: ['x', 'y']}], randomize_question_order: true},\n\
         {type: jsPsychSurveyText, questions: [{prompt: '<b>Why</b>?', name: 'why', rows: 5, validation: 'x'}, makeQuestion()]},\n\
         {type: 'survey-template', items: ['I sing.', 'I hum.', words[2]], scale: ['never', 'always'], reverse: [false, true]},\n\
         {type: jsPsychSurveyLikert, questions: questionsOf(3)}]);",
    )]);
    contains(
        &imported,
        &[
            "id = \"q0\"",
            "type = \"several-choice\"",
            "stem = \"Why?\"",
            "id = \"q01\"",
            "id = \"q02\"",
        ],
    );
    for (code, at, message) in [
        ("like-no-answer", "line 2", "prefer not to say"),
        ("item", "line 2", "`Q1`"),
        ("order", "line 3", "randomize_question_order"),
        ("unknown-key", "line 4", "validation"),
        ("questions", "line 4", "question 2"),
        ("item", "line 5", "`Q03`"),
        ("reversed-in-data", "line 5", "already reversed"),
        ("reverse-length", "line 5", "2 entries for 3"),
        ("code", "line 6", "questionsOf"),
    ] {
        finds(&imported, code, at, message);
    }
}

#[test]
fn damaged_plans_are_survived() {
    survives_damage(&[("plan.js", PLAN)], 0);
}
