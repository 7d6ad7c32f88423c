//! Explanations of how an instrument is scored, and of how one respondent's scores were computed.

use std::fs;

use serde_json::Value;

use crate::support::{Run, load, root, run};

const EVERYTHING: &str = "tests/scoring/every-operation";

/// Explains the scores of one respondent of the instrument with every operation.
fn explained(answers: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("answers.csv");
    let header = "id,a1,a2,a3,a4,a5,sex,age,line,bed,up";
    fs::write(&file, format!("{header}\n{answers}\n")).expect("the file is writable");
    run(&["score", EVERYTHING, &file.display().to_string(), "--explain", "1"], &root())
}

#[test]
fn every_scale_is_explained() {
    let folders = ["tests/scoring", "instruments"].map(|folder| root().join(folder));
    let all = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("it exists").flatten());
    for folder in all.map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let name = folder.display().to_string();
        let result = run(&["explain-score", &name], &root());
        assert_eq!(result.code, 0, "{name}: {}", result.err);
        for scale in &load(&folder).instrument.expect("it is valid").scales {
            let line = format!("\n{}: {} (", scale.id, scale.title);
            assert!(result.out.contains(&line), "{name}: {line}\n{}", result.out);
        }
    }
}

#[test]
fn rules_are_explained_in_words_and_in_symbols() {
    let result = run(&["explain-score", EVERYTHING, "--scale", "tot", "--scale", "nn_t"], &root());
    for part in [
        "the sum of 4 items; the item marked − is reversed",
        "− 3 a3: 3 − answer",
        "sum(a1, a2, reverse(a3), a4; >= 3; prorate)",
        "a score is given if at least 3 of 4 items are answered",
        "each missing value counts as the mean of the values present",
        "a2: only if a1 > 0 (Never); otherwise the answer counts as 0",
        "complete: 0 to 12, 13 different scores",
        "some: above 3 to 12",
        "lo: 0 to below 6",
        "derived score: 50 + 10 × (tot − mean) / SD",
        "    group                          mean    SD\n    sex = 2 (Female) and age < 40   5.5   2.5\n",
    ] {
        assert!(result.out.contains(part), "{part}\n{}", result.out);
    }
    assert!(!result.out.contains("pomp"), "{}", result.out);
}

#[test]
fn tables_are_printed_in_columns() {
    let result = run(&["explain-score", EVERYTHING, "--scale", "look", "--scale", "rec"], &root());
    for part in [
        "    round(tot)  result   |   round(tot)  result\n             0      30   |            7      43\n",
        "    line  result\n       1      10\n       5      20\n       9      60\n    between two rows, interpolate linearly\n",
        "    item  0  1  2  3  no answer\n    a3    6  5  0  0        2.5\n",
    ] {
        assert!(result.out.contains(part), "{part}\n{}", result.out);
    }
    let model = run(&["explain-score", "feature-36-irt", "--library", "tests/scoring"], &root());
    for part in
        ["50 + 10 * eap_sum(mental)", "item  discrimination  threshold 1", "g4           1.89441"]
    {
        assert!(model.out.contains(part), "{part}\n{}{}", model.out, model.err);
    }
}

#[test]
fn every_kind_of_finding_is_explained() {
    let result = run(&["explain", "unknown-key"], &root());
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    assert!(result.out.starts_with("unknown-key: This table has no such key."), "{}", result.out);
    let near = run(&["explain", "unknown-kye"], &root());
    assert!(near.code == 2 && near.err.contains("did you mean `unknown-key`"), "{}", near.err);
}

#[test]
fn the_reliability_is_explained() {
    let result =
        run(&["explain-score", "tests/lints/reliability-without-source/quiet.toml"], &root());
    let expected = "reliability: Cronbach's alpha 0.87; with a standard deviation of 1.2, the standard error of measurement \
                is 0.43 and a change of more than 1.20 is reliable\n  source of the reliability: walk\n";
    assert!(result.out.contains(expected), "{}", result.out);
}

#[test]
fn sources_are_listed_at_the_end() {
    let result = run(&["explain-score", "wai-sr"], &root());
    let (_, references) = result.out.split_once("\nreferences\n").expect("sources are cited");
    assert!(references.contains("  blueprint: "), "{references}");
}

#[test]
fn explanations_can_be_json() {
    let result = run(&["explain-score", "side-by-side", "--format", "json"], &root());
    let whole: Value = serde_json::from_str(&result.out).expect("valid JSON");
    assert_eq!(whole["scores"].as_array().map(Vec::len), Some(4), "{whole}");
    assert_eq!(whole["scores"][0]["range"]["complete"]["low"], 4.0, "{whole}");
}

#[test]
fn an_unknown_scale_is_an_error() {
    let result = run(&["explain-score", "side-by-side", "--scale", "sbs_totl"], &root());
    assert_eq!(result.code, 2);
    assert!(result.err.contains("`side-by-side` has no scale `sbs_totl`"), "{}", result.err);
    assert!(result.err.contains("sbs_total"), "{}", result.err);
}

#[test]
fn every_score_of_a_respondent_is_explained() {
    let scales = load(&root().join(EVERYTHING)).instrument.expect("it is valid").scales;
    for answers in [
        "x,2,1,,3,,2,33,4.5,1380,420",
        "x,,,,,,,,,,",
        "x,0,1,9,2,,1,50,0,0,0",
        "x,3,3,3,3,3,1,99,10,1439,0",
    ] {
        let result = explained(answers);
        assert_eq!(result.code, 0, "{answers}: {}", result.err);
        for scale in &scales {
            assert!(
                result.out.contains(&format!("  {} = ", scale.id)),
                "{}\n{}",
                scale.id,
                result.out
            );
        }
        for score in result.out.split("\n\n") {
            assert!(score.lines().count() <= 66, "{score}");
        }
    }
}

#[test]
fn steps_show_their_numbers() {
    let result = explained("x,2,1,,3,,2,33,4.5,1380,420");
    for part in [
        "each missing one counts as the mean of the others: 6 × 4 / 3 = 8",
        "a3: missing, recoded to 2.5",
        "answered: 3 of 4 (4 needed): too few, no score",
        "a2: 1, weighted -1.25 × 1 = -1.25",
        "a3 >= 2: missing >= 2 is missing",
        "lookup in lin: 4.5 gives 18.75",
        "sex = 2 and age < 40 is true: the `then` branch applies",
        "dx = \"major\"",
        "band (alt): hi",
        "minutes_between(bed, up) = 480",
    ] {
        assert!(result.out.contains(part), "{part}\n{}", result.out);
    }
    let result = explained("x,0,1,1,2,,1,33,4.5,1380,420");
    assert!(result.out.contains("a2: not asked, counts as 0"), "{}", result.out);
    assert!(result.out.contains("a3: 1, reversed 3 − 1 = 2"), "{}", result.out);
}

#[test]
fn an_unknown_row_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.csv"), "id,a1,a2,a3,a4,a5,sex,age,line,bed,up\nx,,,,,,,,,,\n")
        .expect("the file is writable");
    let file = folder.path().join("a.csv").display().to_string();
    let result = run(&["score", EVERYTHING, &file, "--explain", "2"], &root());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("there is no row 2"), "{}", result.err);
}
