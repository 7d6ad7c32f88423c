//! FHIR responses to other forms or versions, with other options or units, are not scored by mistake.

use serde_json::{Value, json};

use crate::support::{Run, root, run_with_input};

/// The canonical URL of the exported form.
const OURS: &str = "urn:scalewright:instrument:quiet-week";

fn score(input: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "instrument.toml", "-", "--from", "fhir", "--columns", "scores"];
    args.extend(more);
    run_with_input(&args, &root().join("tests/fixtures/quiet-week"), input.as_bytes().to_vec())
}

/// A response whose link ids are made by `link`; the first item is answered with 3, the second with 0.
fn response(id: &str, form: Option<&str>, link: impl Fn(usize) -> String) -> Value {
    let mut response = json!({
        "resourceType": "QuestionnaireResponse", "id": id, "status": "completed",
        "item": [
            { "linkId": link(1), "answer": [{ "valueCoding": { "code": "3" } }] },
            { "linkId": link(2), "answer": [{ "valueCoding": { "code": "0" } }] },
        ],
    });
    if let Some(form) = form {
        response["questionnaire"] = json!(form);
    }
    response
}

fn own(id: &str, form: Option<&str>) -> Value {
    response(id, form, |item| format!("quiet_{item}"))
}

/// Writes a file into a new folder. Returns the folder and the path of the file.
fn file(name: &str, content: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("the file is writable");
    (folder, path.display().to_string())
}

/// The scored rows: each id with the first score.
fn rows(run: &Run) -> Vec<String> {
    let cells = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{} {}", cells[0], cells[4])
    };
    run.out.lines().skip(1).map(cells).collect()
}

#[test]
fn the_exported_form_is_accepted_in_each_language_and_without_a_version() {
    let german = format!("{OURS}-de|1.0.0");
    for form in [OURS, &format!("{OURS}|1.0.0"), &german] {
        let result = score(&own("a", Some(form)).to_string(), &[]);
        assert_eq!((result.code, rows(&result)), (0, vec!["a 6".to_owned()]), "{}", result.err);
        assert!(!result.err.contains("note"), "{}", result.err);
    }
    let without_form = score(&own("a", None).to_string(), &[]);
    assert_eq!((without_form.code, rows(&without_form)), (0, vec!["a 6".to_owned()]));
    assert!(
        without_form.err.contains("1 response does not say which form was answered"),
        "{}",
        without_form.err
    );
}

#[test]
fn another_form_or_version_is_rejected_even_with_our_link_ids() {
    for (form, why) in [
        (
            "http://example.org/other|1",
            "is another form, but has link ids of items of this instrument",
        ),
        ("urn:scalewright:instrument:quiet-week-sr|1.0.0", "is another form"),
        (
            "urn:scalewright:instrument:quiet-week|0.9.0",
            "is another version of the form: version 1.0.0 is scored",
        ),
    ] {
        let result = score(&own("a", Some(form)).to_string(), &[]);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{form}");
        assert!(result.err.contains(why), "{}", result.err);
        // Following the advice gives the score.
        let advice = format!("questionnaire = \"{form}\"");
        assert!(result.err.contains(&advice), "{}", result.err);
        let (_folder, map) = file("map.toml", &advice);
        let output = score(&own("a", Some(form)).to_string(), &["--map", &map]);
        assert_eq!((output.code, rows(&output)), (0, vec!["a 6".to_owned()]), "{}", output.err);
        let left_out = score(&own("a", Some(form)).to_string(), &["--on-error", "skip"]);
        assert_eq!((left_out.code, rows(&left_out).len()), (0, 0), "{}", left_out.err);
    }
}

#[test]
fn a_map_applies_to_one_of_several_forms() {
    let link = |item: usize| format!("/q{item}");
    let bundle = |own: &str| {
        let pain = response("pain", Some("http://example.org/pain"), link);
        let calm = response("calm", Some(own), link);
        json!({ "resourceType": "Bundle", "entry": [{ "resource": calm }, { "resource": pain }] })
            .to_string()
    };
    let columns = "[columns]\nquiet_1 = \"/q1\"\nquiet_2 = \"/q2\"\n";
    let (_unsaid, map) = file("map.toml", columns);
    let result = score(&bundle("http://example.org/calm"), &["--map", &map]);
    assert_eq!((result.code, result.out.as_str()), (1, ""), "{}", result.err);
    for form in ["calm", "pain"] {
        assert!(
            result.err.contains(&format!("`http://example.org/{form}` is another form")),
            "{}",
            result.err
        );
    }
    let (_said, map) =
        file("map.toml", &format!("questionnaire = \"http://example.org/calm|2\"\n{columns}"));
    for form in ["http://example.org/calm", "http://example.org/calm|2"] {
        let result = score(&bundle(form), &["--map", &map]);
        assert_eq!((result.code, rows(&result)), (0, vec!["calm 6".to_owned()]), "{}", result.err);
        assert!(
            result
                .err
                .contains("1 response answers other forms (`http://example.org/pain`), not scored"),
            "{}",
            result.err
        );
    }
    let result = score(&bundle("http://example.org/calm|3"), &["--map", &map]);
    assert!(
        result.err.contains("is another version of the form: version 2 is scored"),
        "{}",
        result.err
    );
    let none = score(&own("a", Some("http://example.org/pain")).to_string(), &["--map", &map]);
    assert_eq!(none.code, 1, "{}", none.err);
}

/// A form whose two questions have the codes of our items, with the given options: code, number and words.
fn form(options: &[(&str, Option<i64>, &str)]) -> Value {
    let options: Vec<Value> = options
        .iter()
        .map(|(code, number, display)| {
            let mut coding = json!({ "code": code, "display": display });
            if let Some(number) = number {
                coding["extension"] = json!([{
                    "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": number
                }]);
            }
            json!({ "valueCoding": coding })
        })
        .collect();
    let question = |item: usize| {
        json!({ "linkId": format!("/L{item}"), "code": [{ "code": format!("quiet_{item}") }],
            "type": "choice", "answerOption": options })
    };
    json!({ "resourceType": "Questionnaire", "url": "http://example.org/q", "version": "7",
        "status": "active", "item": [question(1), question(2)] })
}

fn with_codes(form: Option<&str>, codes: [&str; 2]) -> Value {
    let mut answers = response("a", form, |item| format!("/L{item}"));
    for (item, code) in codes.iter().enumerate() {
        answers["item"][item]["answer"][0]["valueCoding"]["code"] = json!(code);
    }
    answers
}

const SAME: [(&str, Option<i64>, &str); 4] = [
    ("LA0", Some(0), "Not at all"),
    ("LA1", Some(1), "A little"),
    ("LA2", Some(2), "Rather"),
    ("LA3", Some(3), "Entirely"),
];

#[test]
fn a_given_form_is_scored_if_it_was_answered_and_has_our_values() {
    let (_folder, same) = file("q.json", &form(&SAME).to_string());
    let answers = |form| with_codes(form, ["LA3", "LA1"]).to_string();
    for expected in [Some("http://example.org/q"), Some("http://example.org/q|7"), None] {
        let result = score(&answers(expected), &["--questionnaire", &same]);
        assert_eq!((result.code, rows(&result)), (0, vec!["a 5".to_owned()]), "{}", result.err);
    }
    let others =
        score(&answers(Some("http://example.org/DIFFERENT|9")), &["--questionnaire", &same]);
    assert_eq!((others.code, others.out.as_str()), (1, ""), "{}", others.err);
    let older = score(&answers(Some("http://example.org/q|6")), &["--questionnaire", &same]);
    assert!(
        older.err.contains("is another version of the form: version 7 is scored"),
        "{}",
        older.err
    );
}

#[test]
fn a_form_with_other_option_values_or_words_is_rejected() {
    let from_1: Vec<_> =
        SAME.iter().map(|(code, n, words)| (*code, n.map(|n| n + 1), *words)).collect();
    let turned: Vec<_> =
        SAME.iter().map(|(code, n, words)| (*code, n.map(|n| 3 - n), *words)).collect();
    let bare: Vec<_> =
        [("1", "x"), ("2", "y"), ("3", "z")].map(|(code, words)| (code, None, words)).to_vec();
    for (options, code, why) in [
        (
            from_1.clone(),
            "LA2",
            "their values are 1, 2, 3, 4, but those of `amount` are 0, 1, 2, 3",
        ),
        (turned, "LA2", "`Not at all` is 3 there, but 0 in `amount`"),
        (bare, "2", "their values are 1, 2, 3, but those of `amount` are 0, 1, 2, 3"),
        (SAME[..3].to_vec(), "LA2", "their values are 0, 1, 2"),
    ] {
        let form = form(&options);
        let answers = with_codes(Some("http://example.org/q"), [code, code]);
        let (_folder, path) = file("q.json", &form.to_string());
        let given = score(&answers.to_string(), &["--questionnaire", &path]);
        let bundle = json!({ "resourceType": "Bundle",
            "entry": [{ "resource": answers }, { "resource": form }] });
        let mut within = answers.clone();
        within["contained"] = json!([form]);
        for result in [given, score(&bundle.to_string(), &[]), score(&within.to_string(), &[])] {
            assert_eq!((result.code, result.out.as_str()), (1, ""), "{why}");
            assert!(result.err.contains(why), "{why}: {}", result.err);
        }
    }
    // Following the advice: a map states the values of the codes.
    let map = "[codes.amount]\nLA0 = 0\nLA1 = 1\nLA2 = 2\nLA3 = 3\n";
    let (_map, map) = file("map.toml", map);
    let (_folder, path) = file("q.json", &form(&from_1).to_string());
    let answers = with_codes(Some("http://example.org/q"), ["LA2", "LA1"]).to_string();
    let result = score(&answers, &["--questionnaire", &path, "--map", &map]);
    assert_eq!((result.code, rows(&result)), (0, vec!["a 4".to_owned()]), "{}", result.err);
}

#[test]
fn an_answer_with_the_words_of_another_value_is_rejected() {
    let mut answers = own("a", Some(OURS));
    answers["item"][0]["answer"][0]["valueCoding"] = json!({ "code": "2", "display": "Ziemlich" });
    assert_eq!(rows(&score(&answers.to_string(), &[])), ["a 5"]);
    answers["item"][0]["answer"][0]["valueCoding"] = json!({ "code": "3", "display": "Rather" });
    let result = score(&answers.to_string(), &[]);
    assert_eq!(result.code, 1);
    assert!(
        result.err.contains("its code or number means 3, but its label `Rather` means 2"),
        "{}",
        result.err
    );
}

#[test]
fn words_without_a_code_need_a_map() {
    for value in ["valueString", "valueCoding"] {
        let mut answers = own("a", Some(OURS));
        let words = match value {
            "valueString" => json!("Entirely"),
            _ => json!({ "display": "Entirely" }),
        };
        answers["item"][0]["answer"] = json!([{ value: words }]);
        let result = score(&answers.to_string(), &[]);
        assert_eq!(result.code, 1);
        assert!(result.err.contains("`[codes.amount]`, then `\"Entirely\" = …`"), "{}", result.err);
        let (_folder, map) = file("map.toml", "[codes.amount]\n\"Entirely\" = 3\n");
        let result = score(&answers.to_string(), &["--map", &map]);
        assert_eq!((result.code, rows(&result)), (0, vec!["a 6".to_owned()]), "{}", result.err);
    }
}

#[test]
fn quantities_are_converted_exactly_or_rejected() {
    let ucum = |value: f64, code: &str| json!({ "value": value, "unit": code, "system": "http://unitsofmeasure.org", "code": code });
    for (quantity, expected) in [
        (json!({ "value": 7.5 }), Ok("7.5")),
        (ucum(7.5, "h"), Ok("7.5")),
        (ucum(450.0, "min"), Ok("7.5")),
        (json!({ "value": 450, "unit": "minutes" }), Ok("7.5")),
        (json!({ "value": 7.5, "unit": "Stunden" }), Ok("7.5")),
        (ucum(20.0, "min"), Err("in `hours`, and answers have at most 2 decimals")),
        (ucum(2.0, "d"), Err("it is 48 in `hours`, and the highest answer is 24")),
        (ucum(7.5, "kg"), Err("is in `kg`, but the item is in `hours`")),
        (
            json!({ "value": 7.5, "unit": "nights" }),
            Err("is in `nights`, but the item is in `hours`"),
        ),
        (
            json!({ "value": 7.5, "unit": "hours", "code": "min", "system": "http://unitsofmeasure.org" }),
            Err("has two units"),
        ),
        (json!({ "value": 7.5, "comparator": "<" }), Err("a bound instead of a number")),
    ] {
        let answers = json!({ "resourceType": "QuestionnaireResponse", "id": "a", "questionnaire": OURS,
            "item": [{ "linkId": "slept", "answer": [{ "valueQuantity": quantity }] }] });
        let result = score(&answers.to_string(), &[]);
        match expected {
            Ok(score) => {
                let line = result.out.lines().nth(1).expect(&result.err);
                assert_eq!(line.split(',').nth(5), Some(score), "{quantity}");
            }
            Err(why) => {
                assert_eq!((result.code, result.out.as_str()), (1, ""), "{quantity}");
                assert!(result.err.contains(why), "{quantity}: {}", result.err);
            }
        }
    }
    // An item without a unit does not accept millimetres. A form may state the unit of its numbers.
    let coded = json!({ "resourceType": "QuestionnaireResponse", "id": "a", "questionnaire": OURS,
        "item": [{ "linkId": "quiet_1", "answer": [{ "valueQuantity": ucum(3.0, "mm") }] }] });
    assert!(score(&coded.to_string(), &[]).err.contains("is in `mm`, but the item has no unit"));
    let form = json!({ "resourceType": "Questionnaire", "url": "http://example.org/q", "item": [{
        "linkId": "x", "code": [{ "code": "slept" }], "type": "decimal", "extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
            "valueCoding": { "system": "http://unitsofmeasure.org", "code": "min" }
        }]
    }] });
    let (_folder, path) = file("q.json", &form.to_string());
    let answers = json!({ "resourceType": "QuestionnaireResponse", "id": "a", "questionnaire": "http://example.org/q",
        "item": [{ "linkId": "x", "answer": [{ "valueDecimal": 450 }] }] });
    let result = score(&answers.to_string(), &["--questionnaire", &path]);
    assert_eq!(
        result.out.lines().nth(1).and_then(|line| line.split(',').nth(5)),
        Some("7.5"),
        "{}",
        result.err
    );
}

#[test]
fn a_map_of_forms_is_checked_and_requires_fhir() {
    let (_folder, map) =
        file("map.toml", "questionnaire = [\"http://example.org/a\", 3, \"\"]\ncolums = 1\n");
    let result = score(&own("a", None).to_string(), &["--map", &map]);
    assert_eq!(result.code, 1);
    for expected in [
        ":1:42: `questionnaire` must be the address",
        "unknown key `colums`; did you mean `columns`?",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    let (_folder, map) = file("map.toml", "questionnaire = \"http://example.org/a\"\n");
    let folder = root().join("tests/fixtures/quiet-week");
    let args = ["score", "instrument.toml", "-", "--from", "csv", "--map", &map];
    let result = run_with_input(&args, &folder, b"id\n".to_vec());
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("--from fhir"), "{}", result.err);
}

#[test]
fn a_form_may_come_after_its_responses_and_in_several_versions() {
    let answers = with_codes(Some("http://example.org/q|7"), ["LA3", "LA0"]);
    let other: Vec<_> =
        SAME.iter().map(|(code, n, words)| (*code, n.map(|n| n + 1), *words)).collect();
    let mut older = form(&other);
    older["version"] = json!("6");
    let lines = [answers.to_string(), older.to_string(), form(&SAME).to_string()].join("\n");
    let result = score(&lines, &[]);
    assert_eq!((result.code, rows(&result)), (0, vec!["a 6".to_owned()]), "{}", result.err);
}

#[test]
fn unfinished_responses_and_nested_bundles_are_reported() {
    let mut answers = own("a", Some(OURS));
    answers["status"] = json!("in-progress");
    let inner =
        json!({ "resourceType": "Bundle", "entry": [{ "resource": own("b", Some(OURS)) }] });
    let bundle = json!({ "resourceType": "Bundle", "entry": [{ "resource": answers }, { "resource": inner }] });
    let result = score(&bundle.to_string(), &[]);
    assert_eq!(rows(&result), ["a 6"]);
    for note in [
        "1 response is in progress or stopped",
        "1 Bundle is inside another Bundle or a list, and is not read",
    ] {
        assert!(result.err.contains(note), "{}", result.err);
    }
    let twice = json!([own("a", Some(OURS)), own("b", Some(OURS))]);
    assert_eq!(rows(&score(&twice.to_string(), &[])), ["a 6", "b 6"]);
}

#[test]
fn too_long_or_too_deep_resources_and_invalid_dates_are_rejected_with_their_location() {
    let long = "x".repeat(5 << 20);
    let mut giant = own("a", Some(OURS));
    giant["note"] = json!(long);
    let mut photo = json!({ "resourceType": "Binary", "data": long });
    let result = score(&giant.to_string(), &[]);
    assert_eq!(result.code, 1);
    assert!(result.err.contains("line 1: the resource is longer than 4 MiB"), "{}", result.err);
    // A resource that is not read may be longer, up to another limit.
    let lines = format!("{photo}\n{}", own("a", Some(OURS)));
    assert_eq!(rows(&score(&lines, &[])), ["a 6"]);
    photo["data"] = json!("x".repeat(17 << 20));
    let result = score(&format!("{}\n{photo}", own("a", Some(OURS))), &[]);
    assert!(
        result.err.contains("line 2, column 1: the resource is longer than 16 MiB"),
        "{}",
        result.err
    );
    let deep = format!("{}{}", "{\"item\": [".repeat(100_000), "]}".repeat(100_000));
    assert!(score(&deep, &[]).err.contains("nested too deeply"));
    let mut named = own("a", Some(OURS));
    named["id"] = json!("x".repeat(2000));
    assert!(score(&named.to_string(), &[]).err.contains("is longer than 1024 bytes"));
    for day in ["2026-02-30", "2026-13", "20234-01-01"] {
        let answers = json!({ "resourceType": "QuestionnaireResponse", "id": "a", "questionnaire": OURS,
            "item": [{ "linkId": "day", "answer": [{ "valueDate": day }] }] });
        let result = score(&answers.to_string(), &[]);
        assert_eq!(result.code, 1, "{day}");
        assert!(result.err.contains("is not a date"), "{day}: {}", result.err);
    }
}
