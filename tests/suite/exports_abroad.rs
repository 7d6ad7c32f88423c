//! Scores and their texts on other platforms: labels of two options, units, bounds, words and lengths.

use serde_json::{Value, json};

use crate::oracles::{Way, corpus, export_scores};
use crate::support::{load, root, run};

fn questionnaire(fixture: &str, format: &str) -> Value {
    let checked = load(&root().join("tests/scoring").join(fixture));
    let (bytes, _) = export_scores(&checked, (format, Way::Portable), ".json");
    serde_json::from_slice(&bytes).expect("the export is valid JSON")
}

/// The item with this link id, at any depth.
fn item<'v>(of: &'v Value, id: &str) -> Option<&'v Value> {
    let items = of["item"].as_array().into_iter().flatten();
    let mut found =
        items.map(|inner| if inner["linkId"] == id { Some(inner) } else { item(inner, id) });
    found.find_map(|found| found)
}

fn extension<'v>(item: &'v Value, name: &str) -> Option<&'v Value> {
    let mut all = item["extension"].as_array().into_iter().flatten();
    all.find(|extension| extension["url"].as_str().is_some_and(|url| url.ends_with(name)))
}

#[test]
fn two_options_keep_their_own_labels() {
    for (format, kind) in [("fhir", "choice"), ("fhir-r5", "coding")] {
        let form = questionnaire("own-yes-no", format);
        let asked = item(&form, "o1").expect("it is asked");
        assert_eq!(asked["type"], kind);
        let shown: Vec<(&str, &str)> = asked["answerOption"]
            .as_array()
            .expect("it has options")
            .iter()
            .map(|option| &option["valueCoding"])
            .filter_map(|coding| Some((coding["code"].as_str()?, coding["display"].as_str()?)))
            .collect();
        assert_eq!(shown, [("1", "True"), ("0", "Not true")]);
        let when = &item(&form, "o3").expect("it is asked")["enableWhen"];
        assert_eq!(when[0]["answerCoding"]["code"], "0");
    }
    let plain = questionnaire("asked-after-no", "fhir");
    assert!(plain.to_string().contains("\"boolean\""), "with standard labels it is a boolean");
}

#[test]
fn answers_to_two_options_are_read_in_both_forms() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let of = |answers: [Value; 2]| {
        let items = ["o1", "o2"].iter().zip(answers);
        let items: Vec<Value> =
            items.map(|(id, answer)| json!({ "linkId": id, "answer": [answer] })).collect();
        json!({
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "urn:scalewright:instrument:own-yes-no|1.0.0",
            "status": "completed",
            "item": items,
        })
    };
    let system = "urn:scalewright:instrument:own-yes-no:response-scale:true";
    let coding = |code: &str| json!({ "valueCoding": { "system": system, "code": code } });
    let boolean = |truth: bool| json!({ "valueBoolean": truth });
    for answers in [[coding("1"), coding("0")], [boolean(true), boolean(false)]] {
        let file = folder.path().join("response.json").display().to_string();
        std::fs::write(&file, of(answers).to_string()).expect("the file is writable");
        let args =
            ["score", "tests/scoring/own-yes-no", &file, "--from", "fhir", "--columns", "scores"];
        let result = run(&args, &root());
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.lines().nth(1).is_some_and(|row| row.ends_with(",2")), "{}", result.out);
    }
}

#[test]
fn a_score_has_the_unit_of_the_definition_and_no_other() {
    let form = questionnaire("own-yes-no", "fhir");
    let total = item(&form, "total").expect("it is scored");
    let unit = extension(total, "/questionnaire-unit").expect("it has a unit");
    assert_eq!(unit["valueCoding"]["display"], "points");
    assert_eq!(unit["valueCoding"]["code"], "{score}");
    let without = questionnaire("steady-ten", "fhir");
    assert!(!without.to_string().contains("questionnaire-unit"), "no unit is invented");
}

#[test]
fn bounds_are_short_decimals() {
    for (name, checked) in corpus() {
        let (bytes, _) = export_scores(&checked, ("fhir", Way::Portable), ".json");
        let text = String::from_utf8(bytes).expect("the export is UTF-8");
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.contains("/minValue\"") || line.contains("/maxValue\"") {
                let value = lines.peek().copied().unwrap_or_default();
                let decimals = value.split_once('.').map_or("", |(_, decimals)| decimals);
                assert!(decimals.trim_end_matches(',').len() <= 6, "{name}: {value}");
            }
        }
    }
}

/// The rows of a data dictionary.
fn dictionary(fixture: &str) -> Vec<Vec<String>> {
    let checked = load(&root().join("tests/scoring").join(fixture));
    let (bytes, _) = export_scores(&checked, ("redcap", Way::Portable), ".redcap.csv");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.records().map(|row| row.expect("a row of CSV"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_score_with_codes_is_a_word_in_redcap() {
    let rows = dictionary("words");
    let rule = rows.iter().find(|row| row[0] == "rule").expect("it is scored");
    assert_eq!(rule[3], "text");
    assert!(rule[17].starts_with("@CALCTEXT(if("), "{}", rule[17]);
    assert!(rule[17].contains("'full'") && rule[17].contains("\"don't know\""), "{}", rule[17]);
    assert!(!rows.iter().any(|row| row[0] == "rule_word"), "there is only one field for it");
}

#[test]
fn a_table_of_a_prorated_sum_fits_in_a_calculation() {
    let rows = dictionary("prorated-table");
    let derived = rows.iter().find(|row| row[0] == "us_t").expect("it is scored");
    assert!(derived[5].len() < 16_000, "{} characters", derived[5].len());
}

#[test]
fn no_calculation_is_longer_than_a_cell() {
    for (name, checked) in corpus() {
        let (bytes, _) = export_scores(&checked, ("redcap", Way::Portable), ".redcap.csv");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        for row in reader.records() {
            let row = row.expect("a row of CSV");
            let longest = [5, 11, 17].map(|at| row[at].chars().count()).into_iter().max();
            let held = row[17].contains("scalewright-definition");
            assert!(held || longest <= Some(32_767), "{name}, `{}`: {longest:?}", &row[0]);
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("runs.toml");
    let items: String = (1..=26)
        .map(|n| format!("[[items]]\nid = \"r{n}\"\nstem = \"Item {n}.\"\nresponse = \"a\"\n\n"))
        .collect();
    let text = format!(
        "format = 1\nid = \"runs\"\ntitle = \"Runs\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\n\
         [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\n\
         [administration]\nrespondent = \"self\"\n\n\
         [response-scales.a]\noptions = [{{ value = 0, label = \"No\" }}, {{ value = 1, label = \"Yes\" }}]\n\n\
         {items}[[flags]]\nid = \"careless\"\ntitle = \"The same many times\"\nwhen = \"longest_run(r1..r26) >= 20\"\n"
    );
    std::fs::write(&path, text).expect("the file is writable");
    let out = folder.path().join("out").display().to_string();
    let args = ["export", &path.display().to_string(), "--to", "redcap", "--out", &out];
    let result = run(&args, &root());
    assert_eq!(result.code, 1, "{}", result.err);
    assert!(result.err.contains("characters long"), "{}", result.err);
    assert!(result.err.contains("runs.toml:"), "the location is reported: {}", result.err);
    assert!(result.err.contains("--leave-out-scores"), "{}", result.err);
}
