//! Raw data exports of REDCap: events, repeats, checkboxes and missing-data codes.

use crate::support::{Run, root, run};

fn score(table: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "instrument.toml", table, "--from", "redcap"];
    args.extend(more);
    run(&args, &root().join("tests/fixtures/redcap"))
}

#[test]
fn lines_of_this_form_are_scored_with_their_event_and_repeat() {
    let result = score("raw.csv", &["--missing-code", "-99"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(
        result.out,
        "study_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group,\
         age,evening_walk_complete,walking,walking_answered,walking_prorated\n\
         1001,baseline_arm_1,evening_walk,1,north,,2,4,2,no\n\
         1001,baseline_arm_1,evening_walk,2,north,,2,2,1,yes\n\
         =1002,follow_up_arm_1,,,\"south, rest\",51,1,0,2,no\n"
    );
    assert!(
        result.err.contains("note: raw.csv: 2 lines contain no answer to this form"),
        "{}",
        result.err
    );
}

#[test]
fn every_output_format_has_the_event() {
    let result =
        score("raw.csv", &["--missing-code", "-99", "--format", "jsonl", "--columns", "scores"]);
    let first = result.out.lines().next().expect("a line");
    let object: serde_json::Value = serde_json::from_str(first).expect("valid JSON");
    assert_eq!(object["redcap_event_name"], "baseline_arm_1");
    assert_eq!(object["redcap_repeat_instance"], "1");
    assert_eq!(object["scores"]["walking"]["score"], 4);
}

#[test]
fn a_missing_data_code_must_be_declared() {
    let result = score("raw.csv", &[]);
    assert_eq!((result.code, result.out.as_str()), (1, ""), "{}", result.err);
    assert!(result.err.contains("row 3 (line 4), column `walk_2`: `-99`"), "{}", result.err);
    let result = score("raw.csv", &["--missing-code", "1"]);
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("it is an answer to `walk_1`"), "{}", result.err);
}

#[test]
fn shortened_names_are_recognised() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition =
        std::fs::read_to_string(root().join("tests/scoring/steady-ten/instrument.toml"));
    let long = "a_steady_person_is_calm_in_all_weathers";
    let definition =
        definition.expect("the fixture exists").replace("steady_1\"", &format!("{long}\""));
    std::fs::write(folder.path().join("ten.toml"), definition).expect("the file is writable");
    let result = run(&["export", "ten.toml", "--to", "redcap", "--out", "."], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("it exists");
    let names = read("steady-ten.en.redcap-names.csv");
    let (name, id) = names.lines().nth(1).and_then(|line| line.split_once(',')).expect("a name");
    assert_eq!(id, long);
    assert!(name.len() <= 26 && read("steady-ten.en.redcap.csv").contains(&format!("[{name}]")));
    let others: Vec<String> = (2..=10).map(|item| format!("steady_{item}")).collect();
    let table = format!("record_id,{name},{}\n7,3{}\n", others.join(","), ",0,3,0,3,0,3,0,3,0");
    std::fs::write(folder.path().join("raw.csv"), table).expect("the file is writable");
    let result = run(&["score", "ten.toml", "raw.csv", "--from", "redcap"], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.out.contains("7,30,10,no"), "{}", result.out);
}
