//! FHIR input and output: from QuestionnaireResponses to scores, and from scores to Observations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;
use scalewright_model::{Instrument, date_of};
use scalewright_scoring::dated;
use serde_json::{Value, json};

use crate::oracles::{Way, corpus, export_scores, fhir_items, python, respondents, rows};
use crate::support::{Run, load, root, run, run_with_input};

const FIXTURES: &str = "tests/fixtures/fhir";
/// The canonical URL of the form of HL7's example.
const PHQ9_FORM: &str =
    "http://hl7.org/fhir/uv/sdc/Questionnaire/questionnaire-sdc-profile-example-PHQ9";
/// The folder of HL7's Structured Data Capture guide.
const SDC: &str = "tests/oracles/fhir/node_modules/hl7.fhir.uv.sdc";

fn score(file: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "instrument.toml", file, "--from", "fhir"];
    args.extend(more);
    run(&args, &root().join(FIXTURES))
}

/// Scores one response with these items to the instrument of the fixtures.
fn items(items: &Value, more: &[&str]) -> Run {
    let response = json!({ "resourceType": "QuestionnaireResponse", "id": "r1", "item": items });
    resource(&response, more)
}

fn resource(resource: &Value, more: &[&str]) -> Run {
    let mut args = vec!["score", "instrument.toml", "-", "--from", "fhir"];
    args.extend(more);
    run_with_input(&args, &root().join(FIXTURES), resource.to_string().into_bytes())
}

/// A map for HL7's example: its nine questions, its codes in the order of their code system, and its total.
fn phq9_map() -> String {
    let system = std::fs::read(root().join(SDC).join("CodeSystem-CSPHQ9.json"));
    let system = system.expect("the oracles are installed: run `tests/oracles/setup`");
    let system: Value = serde_json::from_slice(&system).expect("valid JSON");
    let concepts = system["concept"].as_array().expect("codes");
    assert_eq!(concepts.len(), 4);
    let items = (1..=9).map(|item| format!("phq9_{item} = \"H1/T1/Q{item}\"\n"));
    let codes =
        concepts.iter().enumerate().map(|(value, one)| format!("{} = {value}\n", one["code"]));
    format!(
        "questionnaire = \"{PHQ9_FORM}\"\n[columns]\n{}[codes.frequency]\n{}[stated]\nphq9_total = \"H1/TS\"\n",
        items.collect::<String>(),
        codes.collect::<String>(),
    )
}

fn phq9(file: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "map.toml", &phq9_map());
    let example = root().join(SDC).join("example").join(file).display().to_string();
    let map = folder.path().join("map.toml").display().to_string();
    let mut args = vec!["score", "phq-9", &example, "--from", "fhir", "--map", &map];
    args.extend(more);
    run(&args, &root())
}

#[test]
fn the_stated_total_of_the_hl7_example_differs_from_its_answers() {
    for file in [
        "QuestionnaireResponse-questionnaireresponse-sdc-profile-example-PHQ9.json",
        "QuestionnaireResponse-adaptive-questionnaireresponse-sdc-example-phq9.json",
    ] {
        let result = phq9(file, &["--columns", "scores"]);
        assert_eq!(result.code, 0, "{}", result.err);
        let line = result.out.lines().nth(1).expect("a response");
        assert!(
            line.contains(
                ",http://hl7.org/fhir/Patient/proband,2019-08-21T20:36:57.544Z,completed,10,"
            ),
            "{line}"
        );
        assert!(
            result.err.contains("`H1/TS`: states 13 for `phq9_total`, but the answers give 10"),
            "{}",
            result.err
        );
    }
    // The form gives its highest option a number that the instrument does not have.
    let form =
        root().join(SDC).join("example/Questionnaire-questionnaire-sdc-profile-example-PHQ9.json");
    let form = form.display().to_string();
    let result = phq9(
        "QuestionnaireResponse-questionnaireresponse-sdc-profile-example-PHQ9.json",
        &["--questionnaire", &form, "--columns", "scores"],
    );
    assert!(
        result.out.contains(",completed,10,"),
        "the map takes precedence over the form: {}",
        result.err
    );
}

#[test]
fn a_map_for_fhir_is_checked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = std::fs::read_to_string(root().join(FIXTURES).join("instrument.toml"));
    write(folder.path(), "evening-rest.toml", &definition.expect("a definition"));
    let definition = "evening-rest.toml";
    let text =
        "[codes]\nnever = 1\n[codes.often]\na = 9\nb = \"x\"\n[stated]\nresst = \"r\"\nrest = 3\n";
    write(folder.path(), "map.toml", text);
    write(folder.path(), "r.json", "{\"resourceType\": \"QuestionnaireResponse\"}");
    let args = ["score", definition, "r.json", "--from", "fhir", "--map", "map.toml"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1);
    for expected in [
        "map.toml:2:1: `never` must be a response scale or an item, with a table of codes",
        "map.toml:4:5: the answers of `often` are -1, 0, 1, 2, 3",
        "map.toml:5:5: the value of a code must be a number",
        "map.toml:7:1: there is no scale `resst`",
        "map.toml:8:8: a link id must be a text in quotation marks",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    write(folder.path(), "map.toml", "[stated]\nrest = \"r\"\n");
    write(folder.path(), "r.csv", "id\n");
    let result = run(&["score", definition, "r.csv", "--map", "map.toml"], folder.path());
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("--from fhir"), "{}", result.err);
}

#[test]
fn a_bundle_a_list_and_lines_give_the_same_scores() {
    let expected = score("bundle.json", &["--columns", "scores"]);
    assert_eq!(expected.code, 0, "{}", expected.err);
    assert_eq!(
        expected.out,
        "id,subject,authored,status,rest,heavy\n\
         one,Patient/1,2026-03-01,completed,5,false\n\
         two,Patient/2,2026-03-02T08:30:00+01:00,amended,4,true\n\
         three,north-17,,in-progress,,\n"
    );
    for note in [
        "1 response answers no item of this form",
        "1 response was entered in error",
        "1 response is in progress or stopped",
        "answers to questions that are not items, so not used: `favourite`",
        "`rest`: states 6 for `rest`, but the answers give 5",
    ] {
        assert!(expected.err.contains(note), "{note}: {}", expected.err);
    }
    let text =
        std::fs::read_to_string(root().join(FIXTURES).join("bundle.json")).expect("valid UTF-8");
    let bundle: Value = serde_json::from_str(&text).expect("valid JSON");
    let responses: Vec<&Value> = bundle["entry"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| &entry["resource"])
        .collect();
    let list = serde_json::to_string(&responses).expect("valid JSON");
    let lines: Vec<String> = responses.iter().map(|one| one.to_string()).collect();
    for text in [list, lines.join("\n"), format!("\u{feff}{}\n", lines.join("\r\n"))] {
        let args = ["score", "instrument.toml", "-", "--from", "fhir", "--columns", "scores"];
        let result = run_with_input(&args, &root().join(FIXTURES), text.into_bytes());
        assert_eq!((result.code, &result.out), (0, &expected.out), "{}", result.err);
    }
}

#[test]
fn an_answer_is_recognised_by_its_code_number_or_type() {
    let weight = |url: &str, value: Value| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{url}"), "valueDecimal": value });
    for (answer, expected) in [
        (json!({ "valueCoding": { "code": "2" } }), "2"),
        (json!({ "valueCoding": { "system": "https://example.org/x", "code": "often" } }), "2"),
        (
            json!({ "valueCoding": { "code": "LA1" , "extension": [weight("ordinalValue", json!(1))] } }),
            "1",
        ),
        (
            json!({ "valueCoding": { "code": "LA1" }, "extension": [weight("itemWeight", json!(3.0))] }),
            "3",
        ),
        (json!({ "valueInteger": 3 }), "3"),
        (json!({ "valueDecimal": 3.0 }), "3"),
        (json!({ "valueString": "often" }), "2"),
        // Missing answers: a non-response of the definition, or FHIR's own.
        (json!({ "valueCoding": { "code": "-1" } }), ""),
        (
            json!({ "valueCoding": {
            "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-declined"
        } }),
            "",
        ),
        (json!({ "extension": [{ "url": "https://example.org/x", "valueBoolean": true }] }), ""),
    ] {
        let only = json!([{ "linkId": "calm", "answer": [answer] }]);
        let result = items(&only, &["--columns", "scores"]);
        assert_eq!(result.code, 0, "{answer}: {}", result.err);
        // The other item of the scale is missing, and the answer is prorated from one to two.
        let line = result.out.lines().nth(1).expect("a row");
        let score = line.split(',').nth(4).expect("a score");
        let doubled: String =
            expected.parse::<f64>().map_or(String::new(), |number| (number * 2.0).to_string());
        assert_eq!(score, doubled, "{answer}");
    }
}

#[test]
fn an_invalid_answer_is_reported_with_its_location() {
    let place = "response 1 (`r1`), `item[0].answer[0]`, `calm`:";
    let weighted = json!({ "code": "2", "extension": [
        { "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1 }
    ] });
    for (answer, why) in [
        (
            json!({ "valueCoding": { "code": "7" } }),
            "`7` is not an answer: the answers of `often` are -1, 0, 1, 2, 3",
        ),
        (json!({ "valueCoding": { "code": "02" } }), "`02` is not an answer"),
        (json!({ "valueCoding": weighted }), "its code means 2, but its weight is 1"),
        (json!({ "valueInteger": 4 }), "`4` is not an answer"),
        (json!({ "valueDecimal": 1.5 }), "`1.5` is not an answer"),
        (json!({ "valueInteger": "1" }), "`1` is not a number"),
        (json!({ "valueString": "Sometimes" }), "`Sometimes` is not an answer"),
        (json!({ "valueBoolean": true }), "the item does not accept a `valueBoolean`"),
        (
            json!({ "valueQuantity": { "value": 2, "comparator": "<" } }),
            "a bound instead of a number",
        ),
        (json!({ "valueInteger": 1, "valueDecimal": 2 }), "it has two values"),
        (json!(3), "it is not an object"),
    ] {
        let result = items(&json!([{ "linkId": "calm", "answer": [answer] }]), &[]);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{answer}");
        assert!(result.err.contains(place) && result.err.contains(why), "{answer}: {}", result.err);
    }
    let nested = json!([{ "linkId": "g", "item": [
        { "linkId": "calm", "answer": [{ "valueInteger": 1, "item": [
            { "linkId": "hours", "answer": [{ "valueDecimal": 25 }] }
        ] }] }
    ] }]);
    let result = items(&nested, &[]);
    let place = "`item[0].item[0].answer[0].item[0].answer[0]`, `hours`: `25` is not an answer: the highest answer is 24";
    assert!(result.err.contains(place), "{}", result.err);
    for (given, why) in [
        (
            json!([{ "linkId": "calm", "answer": [{ "valueInteger": 1 }, { "valueInteger": 2 }] }]),
            "has 2 answers, but the item accepts only one",
        ),
        (
            json!([{ "linkId": "calm" }, { "linkId": "calm" }]),
            "occurs a second time in the response",
        ),
        (json!([{ "linkId": "calm" }, { "answer": [] }]), "has no link id"),
        (
            json!([{ "linkId": "why", "answer": [{ "valueCoding": { "code": "1" } }, { "valueCoding": { "code": "9" } }] }]),
            "`9` is not an answer",
        ),
    ] {
        let result = items(&given, &[]);
        assert_eq!(result.code, 1, "{given}");
        assert!(result.err.contains(why), "{given}: {}", result.err);
    }
    let skipped = items(
        &json!([{ "linkId": "calm", "answer": [{ "valueInteger": 9 }] }]),
        &["--on-error", "skip"],
    );
    assert_eq!(skipped.code, 0, "{}", skipped.err);
    assert!(skipped.err.contains("1 row left out"), "{}", skipped.err);
}

#[test]
fn every_kind_of_answer_is_read() {
    let all = json!([
        { "linkId": "calm", "answer": [{ "valueInteger": 3 }] },
        { "linkId": "tense", "answer": [{ "valueInteger": 0 }] },
        { "linkId": "hours", "answer": [{ "valueQuantity": { "value": 7.5, "unit": "h" } }] },
        { "linkId": "bed", "answer": [{ "valueTime": "23:15:00.000" }] },
        { "linkId": "nap", "answer": [{ "valueCoding": { "system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "Y" } }] },
        { "linkId": "why", "answer": [{ "valueCoding": { "code": "1" } }, { "valueCoding": { "code": "2" } }] },
        { "linkId": "more", "answer": [{ "valueString": "=1+1" }] },
    ]);
    let result = items(&all, &["--explain", "1"]);
    assert_eq!(result.code, 0, "{}", result.err);
    for line in ["calm: 3", "tense: 0, reversed 3 − 0 = 3", "rest = 6"] {
        assert!(result.out.contains(line), "{line}: {}", result.out);
    }
    let result = items(&all, &["--columns", "scores"]);
    assert_eq!(result.out.lines().nth(1), Some("r1,,,,6,true"), "{}", result.err);
}

#[test]
fn items_of_a_foreign_form_are_found_by_their_codes() {
    let response = json!({
        "resourceType": "QuestionnaireResponse", "questionnaire": "https://example.org/other|7", "status": "completed",
        "item": [
            { "linkId": "/1", "answer": [{ "valueCoding": { "code": "a3" } }] },
            { "linkId": "/2", "answer": [{ "valueCoding": { "code": "b0" } }] },
        ],
    });
    let lost = resource(&response, &[]);
    assert_eq!(lost.code, 1);
    assert!(lost.err.contains("no response answers an item of `evening-rest`"), "{}", lost.err);
    assert!(lost.err.contains("`--questionnaire`"), "{}", lost.err);
    let given = resource(&response, &["--questionnaire", "other-form.json", "--columns", "scores"]);
    assert_eq!(
        (given.code, given.out.lines().nth(1)),
        (0, Some(",,,completed,6,")),
        "{}",
        given.err
    );
    let form = std::fs::read(root().join(FIXTURES).join("other-form.json")).expect("a form");
    let form: Value = serde_json::from_slice(&form).expect("valid JSON");
    let bundle = json!({ "resourceType": "Bundle", "type": "collection",
        "entry": [{ "resource": response }, { "resource": form }] });
    assert_eq!(resource(&bundle, &["--columns", "scores"]).out, given.out);
    let mut own = response.clone();
    own["contained"] = json!([form]);
    assert_eq!(resource(&own, &["--columns", "scores"]).out, given.out);
}

#[test]
fn input_that_is_not_fhir_is_rejected() {
    let folder = root().join(FIXTURES);
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    for (text, why) in [
        ("{", "line 1, column 1: this is not JSON"),
        ("", "the file contains no QuestionnaireResponse"),
        ("{\"resourceType\": \"Patient\"}", "the file contains no QuestionnaireResponse"),
        ("{\"id\": 1,\n \"id\": 2}", "line 2, column"),
        (deep.as_str(), "nested too deeply"),
        (
            "{\"resourceType\": \"QuestionnaireResponse\", \"status\": \"done\", \"item\": [{\"linkId\": \"calm\"}]}",
            "is not a status of a response",
        ),
        (
            "{\"resourceType\": \"QuestionnaireResponse\", \"authored\": \"now\", \"item\": [{\"linkId\": \"calm\"}]}",
            "is not a date and time",
        ),
    ] {
        let args = ["score", "instrument.toml", "-", "--from", "fhir"];
        let result = run_with_input(&args, &folder, text.as_bytes().to_vec());
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{text}");
        assert!(result.err.contains(why), "{why}: {}", result.err);
    }
    let recognised = run(&["score", "instrument.toml", "bundle.json"], &folder);
    let stated = run(&["score", "instrument.toml", "bundle.json", "--from", "fhir"], &folder);
    assert!(recognised.err.contains("is read as FHIR responses"), "{}", recognised.err);
    assert_eq!((recognised.code, recognised.out), (stated.code, stated.out));
    let args = ["score", "instrument.toml", "x.csv", "--questionnaire", "other-form.json"];
    assert_eq!(run_with_input(&args, &folder, Vec::new()).code, 2);
}

/// Writes rows of answers as CSV.
fn table(instrument: &Instrument, rows: &[BTreeMap<&str, f64>]) -> String {
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let dates = dated(instrument);
    let dates: BTreeSet<&str> = dates.iter().map(|at| ids[at.0]).collect();
    let mut csv = format!("id,{}\n", ids.join(","));
    for (number, row) in rows.iter().enumerate() {
        let day = |id: &str| date_of(row[id]).filter(|_| dates.contains(id));
        let cell = |id: &&str| day(id).unwrap_or_else(|| row[*id].to_string());
        let cells =
            ids.iter().map(|id| if row.contains_key(id) { cell(id) } else { String::new() });
        csv.push_str(&format!("r{number},{}\n", cells.collect::<Vec<_>>().join(",")));
    }
    csv
}

/// Writes rows of answers as responses to our own form, one per line.
fn filled(checked: &Checked, format: &str, rows: &[BTreeMap<&str, f64>]) -> String {
    let (bytes, _) = export_scores(checked, (format, Way::Portable), ".json");
    let form: Value = serde_json::from_slice(&bytes).expect("the export is valid JSON");
    let lines = rows.iter().enumerate().map(|(number, row)| {
        let response = json!({
            "resourceType": "QuestionnaireResponse",
            "id": format!("r{number}"),
            "questionnaire": format!("{}|{}", form["url"].as_str()?, form["version"].as_str()?),
            "status": "completed",
            "item": fhir_items(&form["item"], row),
        });
        Some(response.to_string())
    });
    lines.collect::<Option<Vec<_>>>().expect("a form has a URL and a version").join("\n")
}

fn scores(definition: &Path, at: &Path, file: &str, more: &[&str]) -> String {
    let definition = definition.display().to_string();
    let mut args = vec!["score", &definition, file, "--accept-recalled-keys"];
    args.extend(more);
    let result = run(&args, at);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(!result.err.contains("not used"), "{}", result.err);
    result.out
}

#[test]
fn responses_to_our_forms_give_the_scores_of_tables_and_valid_observations() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let mut bundles = Vec::new();
    for (name, checked) in corpus() {
        let parent = ["instruments", "tests/scoring"].map(|parent| root().join(parent).join(&name));
        let definition = parent.iter().find(|folder| folder.is_dir()).expect("it exists");
        let definition = definition.join("instrument.toml");
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let responses = respondents(&checked);
        let rows = rows(&checked, &responses);
        write(at, "rows.csv", &table(instrument, &rows));
        let by_rows = scores(&definition, at, "rows.csv", &["--columns", "scores"]);
        for format in ["fhir", "fhir-r5"] {
            write(at, "rows.ndjson", &filled(&checked, format, &rows));
            let args = ["--from", "fhir", "--columns", "scores"];
            let by_answers = scores(&definition, at, "rows.ndjson", &args);
            // Subject, date and status are between the id and the scores.
            let plain = by_answers
                .replacen("id,subject,authored,status,", "id,", 1)
                .replace(",,,completed,", ",");
            assert!(plain == by_rows, "{name}, {format}");
        }
        let lines: Vec<String> =
            filled(&checked, "fhir", &rows).lines().take(4).map(str::to_owned).collect();
        write(at, "few.ndjson", &lines.join("\n"));
        let bundle = scores(&definition, at, "few.ndjson", &["--from", "fhir", "--format", "fhir"]);
        write(at, &format!("{name}.json"), &bundle);
        bundles.push(at.join(format!("{name}.json")));
    }
    assert_valid(&["node", "tests/oracles/fhir/validate.mjs"], &bundles);
    assert_valid(&[&*python(), "tests/oracles/fhir/validate_r5.py"], &bundles);
}

fn write(at: &Path, name: &str, text: &str) {
    std::fs::write(at.join(name), text).expect("the file is writable");
}

/// Asserts that a validator reports only `ok` for the files.
fn assert_valid(validator: &[&str], files: &[PathBuf]) {
    let output = Command::new(validator[0])
        .args(&validator[1..])
        .args(files)
        .current_dir(root())
        .output()
        .expect("the validator can be run: `tests/oracles/setup` installs it");
    let printed = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{why}");
    assert_eq!(printed.matches(": ok").count(), files.len(), "{printed}");
}

#[test]
fn an_observation_has_its_code_subject_and_source() {
    let result = score("bundle.json", &["--format", "fhir"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let bundle: Value = serde_json::from_str(&result.out).expect("valid JSON");
    let all: Vec<&Value> =
        bundle["entry"].as_array().expect("entries").iter().map(|e| &e["resource"]).collect();
    assert_eq!(all.len(), 3);
    let [one, two, three] = [all[0], all[1], all[2]];
    assert_eq!(one["code"]["coding"][0]["system"], "https://example.org/evening-rest");
    assert_eq!(one["derivedFrom"][0]["reference"], "QuestionnaireResponse/one");
    assert_eq!(one["subject"]["reference"], "Patient/1");
    assert_eq!(
        (&one["status"], &one["effectiveDateTime"]),
        (&json!("final"), &json!("2026-03-01"))
    );
    let [rest, heavy] = [&one["component"][0], &one["component"][1]];
    assert_eq!(rest["code"]["coding"][0]["code"], "rest");
    assert_eq!(rest["valueQuantity"]["value"], 5);
    assert_eq!(rest["interpretation"][0]["text"], "much");
    assert_eq!(rest["referenceRange"][0]["low"]["value"], 0);
    assert!(rest["referenceRange"][0]["high"].is_null(), "an exclusive end is not stated");
    assert_eq!(rest["referenceRange"][0]["text"], "little: from 0, below 3");
    assert_eq!(rest["referenceRange"][1]["high"]["value"], 6);
    assert_eq!(heavy["valueBoolean"], false);
    assert_eq!(two["status"], "amended");
    assert_eq!(
        two["note"][0]["text"],
        "rest: 1 of 2 items answered; missing answers were replaced"
    );
    assert_eq!(three["status"], "preliminary");
    assert_eq!(three["subject"]["display"], "north-17");
    let absent = &three["component"][0];
    assert_eq!(absent["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert!(absent["valueQuantity"].is_null() && absent["interpretation"].is_null());
    let lines = score("bundle.json", &["--format", "fhir-ndjson"]);
    let lines: Vec<Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
    assert_eq!(lines.iter().collect::<Vec<_>>(), all);
    let mut ids: Vec<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    assert_eq!(score("bundle.json", &["--format", "fhir"]).out, result.out);
}

/// The item with this link id, at any depth.
fn item<'a>(items: &'a Value, link_id: &str) -> Option<&'a Value> {
    let mut all = items.as_array().into_iter().flatten();
    all.find_map(
        |one| if one["linkId"] == link_id { Some(one) } else { item(&one["item"], link_id) },
    )
}

#[test]
fn terminology_codes_are_exported_and_recognised() {
    let checked = load(&root().join(FIXTURES));
    for format in ["fhir", "fhir-r5"] {
        let (bytes, _) = export_scores(&checked, (format, Way::Portable), ".json");
        let form: Value = serde_json::from_slice(&bytes).expect("the export is valid JSON");
        assert_eq!(
            form["code"],
            json!([{ "system": "https://example.org/codes", "code": "100-1" }])
        );
        let calm = item(&form["item"], "calm").expect("the item");
        assert_eq!(
            calm["code"],
            json!([{ "system": "https://example.org/codes", "code": "101-9" }])
        );
        let rest = item(&form["item"], "rest").expect("the score");
        assert_eq!(rest["code"][0]["code"], "rest");
        assert_eq!(rest["code"][1]["code"], "102-7");
        assert!(item(&form["item"], "tense").expect("the item")["code"].is_null());
    }
    let by_code = items(
        &json!([{ "linkId": "/101-9", "answer": [{ "valueInteger": 2 }] }]),
        &["--columns", "scores"],
    );
    assert_eq!(by_code.out.lines().nth(1), Some("r1,,,,4,"), "{}", by_code.err);
    let scores = score("bundle.json", &["--format", "fhir-ndjson"]);
    let first: Value =
        serde_json::from_str(scores.out.lines().next().expect("a line")).expect("valid JSON");
    assert_eq!(first["code"]["coding"][1]["code"], "100-1");
    assert_eq!(first["component"][0]["code"]["coding"][1]["code"], "102-7");
    assert_eq!(first["component"][1]["code"]["coding"].as_array().map(Vec::len), Some(1));
}

#[test]
fn tables_can_be_scored_to_observations() {
    let folder = root().join(FIXTURES);
    let csv = "id,calm,tense,hours,bed,nap,why,more\nr1,3,0,7.5,23:15,1,,\n,1,1,,,,,\n";
    let args = ["score", "instrument.toml", "-", "--format", "fhir-ndjson"];
    let result = run_with_input(&args, &folder, csv.as_bytes().to_vec());
    assert_eq!(result.code, 0, "{}", result.err);
    let lines: Vec<Value> =
        result.out.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
    assert_eq!(lines[0]["subject"]["identifier"]["value"], "r1");
    assert_eq!(lines[0]["component"][0]["valueQuantity"]["value"], 6);
    assert!(lines[0]["derivedFrom"].is_null(), "there is no QuestionnaireResponse");
    assert!(lines[1]["subject"].is_null(), "the respondent has no name");
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        folder.path(),
        "none.json",
        &run_with_input(
            &["score", "instrument.toml", "-", "--format", "fhir"],
            &root().join(FIXTURES),
            b"id,calm,tense,hours,bed,nap,why,more\n".to_vec(),
        )
        .out,
    );
    assert_valid(&["node", "tests/oracles/fhir/validate.mjs"], &[folder.path().join("none.json")]);
}
