//! Questionnaires that were invented for each construct, and files that are wrong in every place.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::read;
use crate::form::rule::{Answers, Target};
use crate::form::{Form, ResponseKind};
use crate::options::Options;
use crate::words::Words;

const FILES: [&str; 6] = ["lamp", "answers", "groups", "conditions", "scores", "bundle"];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fhir").join(name)
}

fn parsed(bytes: &[u8]) -> Json {
    serde_json::from_slice(bytes).expect("it is JSON")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(&format!("{name}.json"))).expect("the file is part of the crate")
}

/// `UPDATE_FHIR=1` writes the expected texts again, for a person to read.
#[test]
fn questionnaires_become_forms() {
    for name in FILES {
        let forms = read(&format!("{name}.json"), &parsed(&bytes(name)), &Options::default())
            .expect("a questionnaire");
        let found: String = forms.iter().map(shown).collect();
        let file = path(&format!("{name}.txt"));
        if std::env::var_os("UPDATE_FHIR").is_some() {
            std::fs::write(&file, &found).expect("written");
        }
        let expected = std::fs::read_to_string(&file).expect("the file is part of the crate");
        assert_eq!(found, expected, "{name}");
    }
}

fn shown(form: &Form) -> String {
    let mut out = format!("form {} {:?} {}\n", form.id, form.language, words(&form.titled.title));
    let titled = &form.titled;
    let facts = (&titled.version, titled.status, &titled.date, &titled.url, &form.rights.licence);
    writeln!(out, "  {facts:?}\n  {}", titled.citation).expect("a text");
    for (name, text) in [("instructions", &titled.instructions), ("notice", &titled.notice)] {
        if !text.is_empty() {
            writeln!(out, "  {name}: {}", words(text)).expect("a text");
        }
    }
    for response in &form.responses {
        let kind = match &response.kind {
            ResponseKind::Coded(choices) | ResponseKind::Several(choices) => {
                let choice = |choice: &crate::form::Choice| {
                    format!("{} ({}) {}", choice.value, choice.stored, words(&choice.label))
                };
                choices.iter().map(choice).collect::<Vec<_>>().join(", ")
            }
            other => format!("{other:?}"),
        };
        writeln!(out, "response {}: {kind}", response.name).expect("a text");
    }
    for section in &form.sections {
        let parts = [&section.title, &section.lead_in, &section.instructions].map(words);
        writeln!(out, "section {}: {}", section.id, parts.join(" | ")).expect("a text");
    }
    for item in &form.items {
        let section = item.section.map_or("-", |section| &form.sections[section].id);
        let response = &form.responses[item.response].name;
        let required = if item.required { ", required" } else { "" };
        let stem = words(&item.stem);
        writeln!(
            out,
            "item {} ({}) in {section}: {stem}: {response}{required}",
            item.id, item.column
        )
        .expect("a text");
        if let Some(rule) = &item.condition {
            writeln!(out, "  if {}\n  = {}", rule.text, target(&rule.target)).expect("a text");
        }
    }
    for note in &form.notes {
        let side = if note.is_after { "after" } else { "before" };
        writeln!(out, "note {} {side} {}: {}", note.id, note.at, words(&note.text))
            .expect("a text");
        if let Some(rule) = &note.condition {
            writeln!(out, "  if {}\n  = {}", rule.text, target(&rule.target)).expect("a text");
        }
    }
    for score in &form.scores {
        writeln!(out, "score {} {}: {}", score.id, words(&score.title), score.rule.text)
            .expect("a text");
        writeln!(out, "  = {}", target(&score.rule.target)).expect("a text");
        for band in &score.bands {
            let edges = (band.from, band.above, band.to, band.below);
            writeln!(out, "  band {} {edges:?}", band.label).expect("a text");
        }
    }
    for finding in &form.findings {
        let (kind, code, place) = (finding.kind.name(), &finding.code, &finding.place);
        writeln!(out, "{kind} ({code}) {place}: {}", finding.message).expect("a text");
    }
    out
}

fn words(words: &Words) -> String {
    let each = words.iter().map(|(language, text)| match language {
        "" | "en" => text.replace('\n', " / "),
        other => format!("{other}: {text}"),
    });
    each.collect::<Vec<_>>().join("; ")
}

fn target(target: &Target) -> String {
    match target {
        Target::Formula(formula) => formula.clone(),
        Target::NotUnderstood(why) => format!("not understood: {why}"),
        Target::Scale(scale) => {
            let parts = [scale.items.join(" "), scale.scales.join(" ")];
            let rule = (
                scale.score,
                scale.missing,
                scale.min_answered,
                scale.round,
                scale.multiply.map(|by| by.number()),
            );
            format!("scale {} {rule:?}", parts.concat())
        }
    }
}

/// Every node of a questionnaire that is left out or has another type.
#[test]
fn no_mutated_questionnaire_stops_the_program() {
    for name in FILES {
        let whole: Json = serde_json::from_slice(&bytes(name)).expect("JSON");
        let mut pointers = Vec::new();
        collect(&whole, String::new(), &mut pointers);
        // Some places of large files, so that the test stays quick.
        let step = pointers.len().div_ceil(if name == "scores" { 30 } else { 100 });
        let others =
            [json!(null), json!("x"), json!(-1.5), json!([[]]), json!({ "a": {} }), json!(true)];
        for (at, pointer) in pointers.iter().enumerate().step_by(step) {
            let mut changed = whole.clone();
            *changed.pointer_mut(pointer).expect("a node") = others[at % others.len()].clone();
            survives(&changed);
            let mut without = whole.clone();
            remove(&mut without, pointer);
            survives(&without);
        }
    }
}

fn collect(json: &Json, pointer: String, out: &mut Vec<String>) {
    match json {
        Json::Array(all) => {
            for (at, inner) in all.iter().enumerate() {
                collect(inner, format!("{pointer}/{at}"), out);
            }
        }
        Json::Object(all) => {
            for (key, inner) in all {
                collect(
                    inner,
                    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
                    out,
                );
            }
        }
        _ => {}
    }
    out.push(pointer);
}

fn remove(json: &mut Json, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    match json.pointer_mut(parent) {
        Some(Json::Object(object)) => {
            object.remove(key);
        }
        Some(Json::Array(all)) => {
            all.remove(key.parse().expect("a position"));
        }
        _ => {}
    }
}

fn survives(json: &Json) {
    let Ok(forms) = read("x.json", json, &Options::default()) else { return };
    for form in forms {
        let answers = Answers { of: vec![Some(1.0); form.items.len()] };
        let rules = form.items.iter().filter_map(|item| item.condition.as_ref());
        for rule in rules.chain(form.scores.iter().map(|score| &score.rule)) {
            rule.source.as_ref().map(|source| source.value(&form, &answers));
        }
    }
}

/// A questionnaire with two items and a score.
fn with_score(variables: &[(String, String)], expression: &str) -> Json {
    let of = |url: &str, name: Option<&str>, expression: &str| json!({ "url": url, "valueExpression": { "language": "text/fhirpath", "name": name, "expression": expression } });
    let variables: Vec<Json> = variables
        .iter()
        .map(|(name, expression)| {
            of("http://hl7.org/fhir/StructureDefinition/variable", Some(name), expression)
        })
        .collect();
    let item = |id: &str| json!({ "linkId": id, "type": "integer", "text": id });
    json!({
        "resourceType": "Questionnaire", "id": "x", "extension": variables,
        "item": [item("a"), item("b"), {
            "linkId": "s", "type": "decimal", "text": "s", "readOnly": true,
            "extension": [of("http://x/sdc-questionnaire-calculatedExpression", None, expression)],
        }],
    })
}

fn understood(json: &Json) -> Result<String, String> {
    let forms = read("x.json", json, &Options::default()).expect("a questionnaire");
    match &forms[0].scores[0].rule.target {
        Target::NotUnderstood(why) => Err(why.clone()),
        other => Ok(target(other)),
    }
}

#[test]
fn hostile_expressions_are_not_understood() {
    let a = "%resource.item.where(linkId = 'a').answer.value";
    let b = "%resource.item.where(linkId = 'b').answer.value";
    let pair = |name: &str, expression: String| (name.to_owned(), expression);
    let brackets = format!("{}{a} + {b}{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(understood(&with_score(&[], &brackets)).is_err());
    let chain = format!("{a}{}", " + 1".repeat(20_000));
    assert!(understood(&with_score(&[], &chain)).is_err());
    let signs = format!("{}{a}", "-".repeat(10_001));
    assert_eq!(understood(&with_score(&[], &signs)), Ok("-a".to_owned()));
    // Each doubles the one before.
    let mut doubled = vec![pair("v0", format!("{a} + {b}"))];
    doubled.extend((1..60).map(|at| (format!("v{at}"), format!("%v{0} * %v{0}", at - 1))));
    assert!(understood(&with_score(&doubled, "%v59")).is_err());
    // A long chain of variables.
    let mut long = vec![pair("v0", a.to_owned())];
    long.extend((1..3_000).map(|at| (format!("v{at}"), format!("%v{} + {b}", at - 1))));
    assert!(understood(&with_score(&long, "%v2999")).is_err());
    let cycle = [pair("v", "%w".to_owned()), pair("w", "iif(%v.exists(), %v, 1)".to_owned())];
    assert!(understood(&with_score(&cycle, "%v")).is_err());
    let itself = "%resource.item.where(linkId = 's').answer.value + 1";
    assert!(understood(&with_score(&[], itself)).is_err());
    let walks = "%questionnaire.descendants().where(%questionnaire.descendants().where(%questionnaire.descendants().where(%questionnaire.descendants().count() > 1).exists()).exists()).count()";
    let _ = understood(&with_score(&[], walks));
}

#[test]
fn what_is_no_questionnaire_is_refused() {
    let message =
        |json: &Json| read("x.json", json, &Options::default()).expect_err("refused").message;
    assert_eq!(message(&json!({})), "`x.json` is not a FHIR resource: it has no `resourceType`");
    assert_eq!(
        message(&json!({ "resourceType": "Patient" })),
        "`x.json` has no Questionnaire: it is a Patient"
    );
    let item = json!({ "linkId": "x", "type": "display" });
    let many = json!({ "resourceType": "Questionnaire", "item": vec![item; 6_000] });
    assert_eq!(message(&many), "`x.json` has more than 5000 items");
}

/// A questionnaire with items of its own.
fn questionnaire(items: &Json) -> Vec<u8> {
    json!({"resourceType": "Questionnaire", "status": "draft", "title": "T", "item": items})
        .to_string()
        .into_bytes()
}

#[test]
fn a_code_of_two_systems_is_told_apart() {
    let coding =
        |system: &str| json!({"valueCoding": {"system": system, "code": "x", "display": system}});
    let options = json!([coding("a"), coding("b")]);
    let items = json!([
        {"linkId": "q", "text": "Q", "type": "choice", "answerOption": options},
        {"linkId": "r", "text": "R", "type": "string", "enableWhen": [
            {"question": "q", "operator": "=", "answerCoding": {"system": "b", "code": "x"}},
        ]},
    ]);
    let bytes = questionnaire(&items);
    let options = Options { language: Some("en".to_owned()), ..Options::default() };
    let imported = crate::formats::testing::imported_all(&[("q.json", &bytes)], &options);
    let one = imported.expect("a questionnaire").swap_remove(0);
    assert!(one.errors.is_empty(), "{:?}", one.errors);
    crate::formats::testing::contains(
        &one,
        &["code = \"x\"", "code = \"x_2\"", "ask-if = \"not is_missing(q) and q = 2\""],
    );
    crate::formats::testing::finds(&one, "same-code", "q.json", "the later ones are `x_2`");
}

#[test]
fn a_questionnaire_without_questions_says_what_was_left_out() {
    let items = json!([{"linkId": "f", "text": "A file", "type": "attachment"}]);
    let stop = read("q.json", &parsed(&questionnaire(&items)), &Options::default())
        .expect_err("it asks nothing");
    assert_eq!(stop.message, "q.json: the questionnaire has no items to answer");
    assert!(
        stop.help[0].contains("a question of the type `attachment` is not imported"),
        "{:?}",
        stop.help
    );
}

#[test]
fn a_language_that_the_source_lacks_is_refused() {
    let items = json!([{"linkId": "q", "text": "Frage", "type": "boolean"}]);
    let mut json = parsed(&questionnaire(&items));
    json["language"] = json!("de");
    let options = Options { language: Some("fr".to_owned()), ..Options::default() };
    let bytes = json.to_string().into_bytes();
    let imported = crate::formats::testing::imported_all(&[("q.json", &bytes)], &options);
    let stop = imported.expect_err("it has no French");
    assert!(stop.message.contains("no words in `fr`, but in `de`"), "{}", stop.message);
}

#[test]
fn texts_of_groups_without_items_of_their_own_are_kept() {
    let question = |id: &str| json!({"linkId": id, "text": "Words", "type": "boolean"});
    let display = |id: &str| json!({"linkId": id, "text": format!("Text {id}"), "type": "display"});
    let items = json!([
        {"linkId": "page", "type": "group", "item": [display("alone")]},
        {"linkId": "outer", "type": "group", "item": [
            display("around"),
            {"linkId": "inner", "type": "group", "text": "Inner", "item": [question("a")]},
        ]},
        {"linkId": "bare", "type": "group", "text": "Only a heading"},
        question("b"),
        {"linkId": "last", "type": "group", "text": "End", "item": [display("thanks")]},
    ]);
    let forms = read("q.json", &parsed(&questionnaire(&items)), &Options::default());
    let form = forms.expect("a questionnaire").swap_remove(0);
    let notes: Vec<(&str, usize)> =
        form.notes.iter().map(|note| (note.text.of("").unwrap_or_default(), note.at)).collect();
    assert_eq!(notes, [("Text alone", 0), ("End\nText thanks", 2)]);
    assert_eq!(form.sections[0].title.of(""), Some("Inner"));
    assert_eq!(form.sections[0].instructions.of(""), Some("Text around"));
    assert!(form.findings.iter().any(|finding| finding.code == "empty-group"));
}
