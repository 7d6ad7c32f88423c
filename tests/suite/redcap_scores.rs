//! Scores that REDCap calculated are compared with ours, and the events of one record are distinguished.

use std::path::Path;

use crate::support::{Run, root, run};

const HEAD: &str = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,walk_1,walk_2,walk_with___1,walk_with___2,walk_minutes,walking,evening_walk_complete\n";

fn on(command: &str, folder: &Path, rows: &str, more: &[&str]) -> Run {
    let table = folder.join("raw.csv");
    std::fs::write(&table, format!("{HEAD}{rows}")).expect("the file is writable");
    let table = table.display().to_string();
    let mut args = vec![command, "instrument.toml", &table, "--from", "redcap"];
    args.extend(more);
    run(&args, &root().join("tests/fixtures/redcap"))
}

#[test]
fn scores_that_redcap_calculated_are_compared() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = "1,baseline_arm_1,,,2,0,0,0,,4,2\n2,baseline_arm_1,,,2,0,0,0,,3,2\n3,baseline_arm_1,,,2,0,0,0,,,2\n4,baseline_arm_1,,,0,,0,0,,4.0000000001,2\n";
    let result = on("score", folder.path(), rows, &["--columns", "scores"]);
    assert_eq!(result.code, 0, "{}", result.err);
    for expected in [
        "row 2 (line 3, `2`), column `walking`: states 3 for `walking`, but the answers give 4",
        "row 3 (line 4, `3`), column `walking`: states no score for `walking`, but the answers give 4",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    assert!(!result.err.contains("row 1 ("), "{}", result.err);
    assert!(!result.err.contains("not used: `walking`"), "{}", result.err);
    // A map names the column if it has another name, and it is compared too.
    let other = HEAD.replace(",walking,", ",walk_sum,");
    let table = folder.path().join("other.csv");
    std::fs::write(&table, format!("{other}2,baseline_arm_1,,,2,0,0,0,,3,2\n"))
        .expect("the file is writable");
    let map = folder.path().join("map.toml");
    std::fs::write(&map, "[stated]\nwalking = \"walk_sum\"\n").expect("the file is writable");
    let paths = [&table, &map].map(|path| path.display().to_string());
    let args = ["score", "instrument.toml", &paths[0], "--from", "redcap", "--map", &paths[1]];
    let result = run(&args, &root().join("tests/fixtures/redcap"));
    assert!(result.err.contains("column `walk_sum`: states 3 for"), "{}", result.err);
}

#[cfg(unix)]
#[test]
fn events_of_a_record_give_separate_reports_that_name_the_event() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = "1,baseline_arm_1,,,2,0,0,0,,4,2\n1,month1_arm_1,,,1,1,0,0,,2,2\n1,month1_arm_1,evening_walk,2,0,0,0,0,,2,2\n2,a b,,,1,1,0,0,,1,2\n";
    let out = folder.path().join("out");
    let to = out.display().to_string();
    let result = on("report", folder.path(), rows, &["--out", &to]);
    assert_eq!(result.code, 0, "{}", result.err);
    let names: Vec<&str> = result.out.lines().filter_map(|line| line.rsplit('/').next()).collect();
    assert_eq!(
        names,
        [
            "evening-walk.1.baseline_arm_1.pdf",
            "evening-walk.1.month1_arm_1.pdf",
            "evening-walk.1.month1_arm_1.2.pdf",
            "evening-walk.row.4.pdf"
        ]
    );
    assert!(
        result.err.contains("row 4 (line 5, `2`), column `walking`: states 1 for"),
        "{}",
        result.err
    );
    for (name, expected) in [
        (names[0], "1 · event baseline_arm_1 · "),
        (names[2], "1 · event month1_arm_1, repeat 2 · "),
        (names[3], "2 · event a b · "),
    ] {
        let text = std::process::Command::new("pdftotext")
            .args(["-layout", &out.join(name).display().to_string(), "-"])
            .output()
            .expect("pdftotext can be run: `tests/oracles/setup` installs it");
        let text = String::from_utf8_lossy(&text.stdout);
        assert!(text.contains(expected), "{name}: {text}");
    }
}
