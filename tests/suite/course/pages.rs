//! Pages with pictures, and courses from FHIR, maps and several raters.

use std::fs;

use serde_json::{Value, json as value};

use crate::support::{root, run};

/// Three answers of the instrument for tests, as cells.
const ITEMS: &str = "st_1,st_2,st_3";

fn instrument() -> String {
    root().join("tests/course/steady-three/instrument.toml").display().to_string()
}

#[test]
fn one_respondent_is_shown_as_among_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let scores = [("p1", [2, 0, 2, 1]), ("p2", [1, 1, 2, 0]), ("p3", [0, 2, 2, 2])];
    let rows = scores.iter().flat_map(|(who, answers)| {
        answers.iter().enumerate().map(move |(session, a)| format!("{who},{session},{a},{a},{a}\n"))
    });
    let rows: String = rows.collect();
    fs::write(at.join("s.csv"), format!("respondent,session,{ITEMS}\n{rows}")).expect("it can");
    let definition = instrument();
    let course = |more: &[&str]| run(&[&["course", &definition, "s.csv"], more].concat(), at);
    let (all, one) = (course(&[]), course(&["--id", "p2", "--report", "pages"]));
    assert_eq!((all.code, one.code), (0, 0), "{}", one.err);
    // Numbers of the sample are those of all respondents.
    let of_p2: Vec<&str> = all.out.lines().filter(|line| line.starts_with("p2,")).collect();
    assert_eq!(one.out.lines().skip(1).collect::<Vec<_>>(), of_p2);
    let pages: Vec<_> = fs::read_dir(at.join("pages")).expect("it is written").flatten().collect();
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].file_name(), "p2.html");
    for (more, why) in [
        (&["--id", "p4"][..], "there is no respondent `p4`"),
        (&["--id", "p2", "--table", "sample"], "this table is about the sample"),
    ] {
        let refused = course(more);
        assert!(refused.code != 0 && refused.err.contains(why), "{}", refused.err);
    }
}

#[test]
fn pages_show_every_series_and_contain_nothing_active() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let rows = [
        "p1,1,client,2,2,2",
        "p1,2,client,0,0,0",
        "p1,4,client,2,2,2",
        "p1,5,client,2,,2",
        "p1,1,therapist,1,2,1",
        "p1,2,therapist,1,1,1",
        "<script>alert(1)</script>,1,client,1,1,1",
        "../p2,1,client,1,1,1",
    ];
    fs::write(at.join("s.csv"), format!("respondent,session,form,{ITEMS}\n{}\n", rows.join("\n")))
        .expect("it can be written");
    let criteria = root().join("tests/course/steady-three.toml").display().to_string();
    let definition = instrument();
    let args = ["course", &definition, "s.csv", "--criteria", &criteria];
    let result = run(&[&args[..], &["--report", "pages", "--out", "t.csv"]].concat(), at);
    assert_eq!(result.code, 0, "{}", result.err);
    let mut names: Vec<String> = fs::read_dir(at.join("pages"))
        .expect("it is written")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["index.html", "p1.html", "respondent.1.html", "respondent.2.html"]);
    for name in &names {
        let page = fs::read_to_string(at.join("pages").join(name)).expect("it is written");
        assert!(!page.contains("<script"), "{name}");
        assert!(page.contains("Content-Security-Policy"), "{name}");
        let tree = page.replacen("<!DOCTYPE html>\n", "", 1);
        for tag in ["svg", "table", "ul", "li", "text", "title"] {
            let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
            assert_eq!(tree.matches(&open).count(), tree.matches(&close).count(), "{name}: {tag}");
        }
    }
    let page = fs::read_to_string(at.join("pages/p1.html")).expect("it is written");
    // A drop from 6 to 0 in session 2, back in session 4; session 3 is missed and session 5 has no score.
    for words in [
        "client, reliable-drop: 6 in session 1, a drop in session 2, lowest 0 in session 2: repaired in session 4",
        ">no reliable change: client<",
        "<td class=\"n\">no score</td>",
        "<th scope=\"col\" class=\"n\">therapist</th>",
        "shape: 3 scores, 5 needed",
    ] {
        assert!(page.contains(words), "no `{words}` in\n{page}");
    }
    // The line of the client is interrupted at the missed session.
    let line = page.split("<path d=\"").find(|path| path.starts_with("M64.0 34.0L"));
    let line = line.and_then(|path| path.split('"').next()).expect("a line");
    assert_eq!(line.matches('M').count(), 2, "{line}");
}

#[test]
fn pages_are_typeset_with_the_same_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let rows = [
        "p1,1,2026-01-05,client,2,2,2",
        "p1,2,2026-01-12,client,0,0,0",
        "p1,4,2026-01-26,client,2,2,2",
        "p1,5,2026-02-02,client,2,,2",
        "p1,1,2026-01-05,therapist,1,2,1",
        "#[x] $y$,1,2026-01-05,client,1,1,1",
    ];
    let table = format!("respondent,session,date,form,{ITEMS}\n{}\n", rows.join("\n"));
    fs::write(at.join("s.csv"), table).expect("it can be written");
    let criteria = root().join("tests/course/steady-three.toml").display().to_string();
    let definition = instrument();
    let args = ["course", &definition, "s.csv", "--criteria", &criteria, "--whiskers"];
    for axis in ["sessions", "days"] {
        let more = ["--axis", axis, "--pdf", axis, "--out", "t.csv"];
        let result = run(&[&args[..], &more[..]].concat(), at);
        assert_eq!(result.code, 0, "{}", result.err);
    }
    let names = ["all-respondents.pdf", "p1.pdf", "respondent.1.pdf"];
    let pages: Vec<_> = ["sessions", "days"]
        .iter()
        .flat_map(|axis| names.map(|name| at.join(axis).join(name)))
        .collect();
    crate::pdf::assert_kept(&pages);
    let text = |page: &std::path::Path| {
        crate::pdf::command("pdftotext", &["-layout", &page.display().to_string(), "-"])
    };
    let page = text(&pages[1]);
    for words in [
        "Steady three: p1",
        "client, reliable-drop: 6 in session 1, a drop in session 2, lowest 0 in session 2: repaired",
        "no reliable change: client",
        "no score",
        "2026-01-26",
        "therapist",
    ] {
        assert!(page.contains(words), "no `{words}` in\n{page}");
    }
    assert!(text(&pages[4]).contains("days since the first session"));
    // Words of others are never markup.
    assert!(text(&pages[2]).contains("#[x] $y$"), "{}", text(&pages[2]));
    assert!(text(&pages[0]).contains("repaired: reliable-drop"), "{}", text(&pages[0]));
}

#[test]
fn a_session_of_fhir_is_an_encounter_and_a_form_is_who_answered() {
    let response = |id: &str, source: &str, encounter: &str, day: &str, answers: [i32; 3]| {
        let item = |at: usize| value!({ "linkId": format!("st_{}", at + 1), "answer": [{ "valueInteger": answers[at] }] });
        value!({
            "resourceType": "QuestionnaireResponse", "id": id, "status": "completed",
            "subject": { "reference": "Patient/7" }, "source": { "reference": source },
            "encounter": { "reference": encounter }, "authored": day,
            "item": [item(0), item(1), item(2)],
        })
    };
    let lines = [
        response("r3", "Patient/7", "Encounter/b", "2026-03-09", [1, 1, 1]),
        response("r1", "Patient/7", "Encounter/a", "2026-03-02", [2, 2, 2]),
        // After midnight, and still the first session.
        response("r2", "Practitioner/1", "Encounter/a", "2026-03-03", [2, 1, 2]),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("r.ndjson"), lines.join("\n")).expect("it can be written");
    let definition = instrument();
    let args =
        ["course", &definition, "r.ndjson", "--from", "fhir", "--table", "series", "--format"];
    let result = run(&[&args[..], &["jsonl"]].concat(), folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let rows: Vec<Value> =
        result.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| {
            value!([row["respondent"], row["form"], row["session"], row["date"], row["score"]])
        })
        .collect();
    let expected = [
        value!(["Patient/7", "Patient", 1, "2026-03-02", 6]),
        value!(["Patient/7", "Patient", 2, "2026-03-09", 3]),
        value!(["Patient/7", "Practitioner", 1, "2026-03-03", 5]),
    ];
    assert_eq!(shown, expected);
    let observations = run(
        &["score", &definition, "r.ndjson", "--from", "fhir", "--format", "fhir-ndjson"],
        folder.path(),
    );
    let first: Value =
        serde_json::from_str(observations.out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["encounter"], value!({ "reference": "Encounter/b" }));
    assert_eq!(first["performer"], value!([{ "reference": "Patient/7" }]));
    assert_eq!(first["effectiveDateTime"], "2026-03-09");
}

#[test]
fn labels_of_sessions_and_means_of_raters_are_used_when_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = [
        "p1,intake,observer,a,2,2,2",
        "p1,intake,observer,b,1,1,1",
        "p1,2,observer,a,2,2,2",
        "p1,3,observer,a,1,1,0",
        "p1,3,observer,b,1,1,2",
    ];
    let table = format!("respondent,session,form,rater,{ITEMS}\n{}\n", rows.join("\n"));
    fs::write(folder.path().join("s.csv"), table).expect("it can be written");
    fs::write(folder.path().join("map.toml"), "[sessions]\nintake = 0\n").expect("it can be");
    let definition = instrument();
    let unknown = run(&["course", &definition, "s.csv"], folder.path());
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("`intake` is not a whole number"), "{}", unknown.err);
    let args = ["course", &definition, "s.csv", "--map", "map.toml", "--average-raters"];
    let result =
        run(&[&args[..], &["--table", "series", "--format", "jsonl"]].concat(), folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let rows: Vec<Value> =
        result.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let means = rows.iter().filter(|row| row["rater"] == "mean of raters");
    let means: Vec<Value> = means.map(|row| value!([row["session"], row["score"]])).collect();
    // Session 2 has one rater.
    assert_eq!(means, [value!([0, 4.5]), value!([3, 3])]);
}
