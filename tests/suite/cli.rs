//! The command line: exit codes, written files and messages.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("the file is writable");
}

/// Runs the program in `cwd` with the library of the repository.
fn with_library(args: &[&str], cwd: &Path) -> Run {
    let library = root().join("instruments").display().to_string();
    let mut all = vec!["--library", &library];
    all.extend(args);
    run(&all, cwd)
}

const ANSWERS: &str = "\
respondent,age,sbs_1,sbs_2,sbs_3,sbs_4,sbs_5,sbs_6,sbs_7,sbs_8,sbs_9,sbs_10,sbs_11,sbs_12
p1,33,5,5,5,1,5,1,5,5,1,5,1,5
p2,41,3,,4,2,5,1,NA,3,2,4,1,4
=cmd(),22,1,,,,,,,,,,,
";

#[test]
fn scores_come_with_the_number_of_answers_and_other_columns() {
    let at = folder();
    write(at.path(), "a.csv", ANSWERS);
    let result = with_library(&["score", "side-by-side", "a.csv"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let rows: Vec<Vec<&str>> = result.out.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0][..4], ["respondent", "age", "sbs_tasks", "sbs_tasks_answered"]);
    assert_eq!(rows[1][..5], ["p1", "33", "20", "4", "no"]);
    // 3 + (6 - 2) + 4 = 11 of three answers: 11 / 3 * 4.
    assert_eq!(rows[2][0], "p2");
    let prorated: f64 = rows[2][2].parse().expect("a number");
    assert!((prorated - 44.0 / 3.0).abs() < 1e-9);
    assert_eq!(rows[2][3..5], ["3", "yes"]);
    // Cells are copied unchanged, and one answer is not enough for a score.
    assert_eq!(rows[3][..5], ["=cmd()", "22", "", "1", ""]);
    assert!(result.err.contains("written beside the scores: `age`"), "{}", result.err);
}

#[test]
fn scores_can_be_json_and_a_file() {
    let at = folder();
    let json = r#"[{"id": "x", "sbs_1": 1, "sbs_2": 1, "sbs_3": 1, "sbs_4": 5, "sbs_5": null,
        "sbs_6": 5, "sbs_7": 1, "sbs_8": 1, "sbs_9": 5, "sbs_10": 1, "sbs_11": 5, "sbs_12": 1}]"#;
    write(at.path(), "a.json", json);
    let result = with_library(&["score", "side-by-side", "a.json", "--out", "s.json"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let text = fs::read_to_string(at.path().join("s.json")).expect("the scores exist");
    let rows: serde_json::Value = serde_json::from_str(&text).expect("the scores are JSON");
    assert_eq!(rows[0]["id"], "x");
    assert_eq!(rows[0]["scores"]["sbs_tasks"]["score"], 4);
    assert_eq!(rows[0]["scores"]["sbs_goals"]["answered"], 3);
    assert_eq!(rows[0]["scores"]["sbs_goals"]["prorated"], true);
}

#[test]
fn an_invalid_answer_is_named_and_nothing_is_written() {
    let at = folder();
    let wrong = ANSWERS.replace("p2,41,3,", "p2,41,7,x");
    write(at.path(), "a.csv", &wrong);
    let result = with_library(&["score", "side-by-side", "a.csv", "--out", "s.csv"], at.path());
    assert_eq!(result.code, 1);
    for expected in ["row 2 (line 3), column `sbs_1`: `7`", "column `sbs_2`: `x` is not a number"] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    assert!(!at.path().join("s.csv").exists());
}

#[test]
fn tables_in_other_formats_are_read_or_rejected() {
    let at = folder();
    write(at.path(), "semicolons.csv", &format!("\u{feff}{}", ANSWERS.replace(',', ";")));
    let result = with_library(&["score", "side-by-side", "semicolons.csv"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    for (name, text, expected) in [
        ("lacking.csv", ANSWERS.replace("sbs_12", "sbs_13"), "no column for `sbs_12`"),
        ("twice.csv", ANSWERS.replace("sbs_12", "sbs_11"), "two columns called `sbs_11`"),
        (
            "short.csv",
            ANSWERS.replace("p1,33,", "p1,"),
            "row 1 (line 2) has 13 cells, but the table has 14 columns",
        ),
        ("empty.csv", String::new(), "does not name columns"),
        ("broken.json", "[{".to_owned(), "this is not JSON"),
        ("object.json", "{}".to_owned(), "not a list"),
    ] {
        write(at.path(), name, &text);
        let result = with_library(&["score", "side-by-side", name], at.path());
        assert_eq!(result.code, 1, "{name}: {}", result.err);
        assert!(result.err.contains(expected), "{name}: {}", result.err);
        assert_eq!(result.out, "", "{name}");
    }
    assert_eq!(with_library(&["score", "side-by-side", "none.csv"], at.path()).code, 2);
}

#[test]
fn a_recalled_key_needs_an_option_and_an_unverified_one_is_not_scored() {
    let at = folder();
    let ids: Vec<String> = (1..=12).map(|n| format!("star_p_{n}")).collect();
    let row = ["4"; 12].join(",");
    write(at.path(), "star.csv", &format!("{}\n{row}\n", ids.join(",")));
    let result = with_library(&["score", "star-p", "star.csv"], at.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("--accept-recalled-keys"), "{}", result.err);
    let args = ["score", "star-p", "star.csv", "--accept-recalled-keys"];
    let result = with_library(&args, at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    // All answers 4: six items at 4, three at 4, three reversed to 0.
    let scores: Vec<&str> = result.out.lines().nth(1).expect("a row").split(',').collect();
    assert_eq!([scores[1], scores[4], scores[7], scores[10]], ["24", "12", "0", "36"]);
    let result =
        with_library(&["score", "calpas-p", "star.csv", "--accept-recalled-keys"], at.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("unverified"), "{}", result.err);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn exports_are_byte_identical() {
    let at = folder();
    let args = |out: &'static str| {
        ["export", "side-by-side", "--to", "fhir,redcap,pdf", "--language", "all", "--out", out]
    };
    for out in ["one", "two"] {
        let result = with_library(&args(out), at.path());
        assert_eq!(result.code, 0, "{}", result.err);
    }
    let files = names(&at.path().join("one"));
    assert_eq!(
        files.len(),
        14,
        "four files in three languages, and two of translations: {files:?}"
    );
    for file in files {
        let read = |out: &str| fs::read(at.path().join(out).join(&file)).expect("a file");
        assert!(read("one") == read("two"), "{file} differs");
    }
}

#[test]
fn withheld_wording_is_requested_and_can_be_supplied() {
    let at = folder();
    let result = with_library(&["export", "wai-sr", "--to", "fhir", "--out", "out"], at.path());
    assert_eq!(result.code, 1);
    for expected in ["stems of 12 items", "scalewright wording wai-sr --language en", "--wording"] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    assert!(!at.path().join("out").exists());
    write(at.path(), "answers.csv", "id,wai_sr_1\na,1\n");
    let report = ["report", "wai-sr", "answers.csv", "--language", "de", "--out", "out"];
    let result = with_library(&report, at.path());
    assert_eq!(result.code, 1);
    for expected in ["withholds its wording", "scalewright wording wai-sr --language de"] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    assert!(!at.path().join("out").exists());
    let template = with_library(&["wording", "wai-sr", "--language", "en"], at.path());
    assert_eq!(template.code, 0, "{}", template.err);
    write(at.path(), "en.toml", &template.out);
    let args =
        ["export", "wai-sr", "--to", "fhir,redcap,pdf", "--out", "out", "--wording", "en.toml"];
    let result = with_library(&args, at.path());
    assert_eq!(result.code, 1, "an empty template is not enough");
    assert!(result.err.contains("missing-translation"), "{}", result.err);
    write(at.path(), "en.toml", &template.out.replace("= \"\"", "= \"Invented\""));
    let result = with_library(&args, at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(names(&at.path().join("out")).len(), 4);
}

#[test]
fn nothing_is_written_if_one_instrument_fails() {
    let at = folder();
    let args = ["export", "side-by-side", "wai-sr", "--to", "fhir", "--out", "out"];
    let result = with_library(&args, at.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("nothing was written"), "{}", result.err);
    assert!(!at.path().join("out").exists());
    let args = ["export", "side-by-side", "--to", "redcap", "--deny-loss", "--out", "out"];
    assert_eq!(with_library(&args, at.path()).code, 1);
    assert!(!at.path().join("out").exists());
}

#[test]
fn impossible_requests_fail_with_a_reason() {
    let at = folder();
    let cases: [(&[&str], &str); 8] = [
        (&["check", "sid-by-side"], "did you mean `side-by-side`?"),
        (&["check", "../outside"], "there is no file, folder or instrument"),
        (&["export", "side-by-side", "--to", "fihr", "--out", "o"], "did you mean `fhir`?"),
        (&["new", "Not An Id"], "cannot be an id"),
        (&["wording", "side-by-side", "--language", "de"], "already has words in `de`"),
        (&["wording", "side-by-side", "--language", "x!"], "is not a language tag"),
        (&["export", "side-by-side", "--to", "fhir"], "--out"),
        (&["frobnicate"], "unrecognized subcommand"),
    ];
    for (args, expected) in cases {
        let result = with_library(args, at.path());
        assert_eq!(result.code, 2, "{args:?}: {}", result.err);
        assert!(result.err.contains(expected), "{args:?}: {}", result.err);
    }
    let args = ["export", "side-by-side", "--to", "fhir", "--language", "fr", "--out", "o"];
    let result = with_library(&args, at.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("no wording in `fr`"), "{}", result.err);
}

#[test]
fn a_new_instrument_has_no_findings_and_exports_to_every_target() {
    let at = folder();
    fs::create_dir(at.path().join("instruments")).expect("a library");
    assert_eq!(run(&["new", "my-scale"], at.path()).code, 0);
    let result = run(&["check", "--deny-warnings"], at.path());
    assert_eq!((result.code, result.out.as_str()), (0, ""), "{}", result.err);
    assert_eq!(run(&["new", "my-scale"], at.path()).code, 2, "it is never overwritten");
    let path = at.path().join("instruments/my-scale/instrument.toml");
    let text = fs::read_to_string(&path).expect("the definition exists");
    let added = "\n[[items]]\nid = \"my_scale_4\"\nstem = \"I slept well.\"\nresponse = \"frequency\"\n\n[[scales]]";
    let edited = text
        .replacen("\n[[scales]]", added, 1)
        .replace("\"my_scale_3\"]", "\"my_scale_3\", \"my_scale_4\"]")
        .replace("min-answered = 2", "min-answered = 3")
        .replace("from = 5, to = 9", "from = 5, to = 12");
    fs::write(&path, edited).expect("it can be edited");
    fs::remove_file(at.path().join("instruments/my-scale/cases.toml"))
        .expect("its cases can be removed");
    let args = ["export", "my-scale", "--to", "pdf,fhir,redcap", "--out", "out"];
    let result = run(&args, at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(names(&at.path().join("out")).len(), 4);
}

#[test]
fn an_instrument_in_a_nested_folder_is_found_by_its_id() {
    let at = folder();
    let put = |folder: &str| {
        let folder = at.path().join("instruments").join(folder);
        fs::create_dir_all(&folder).expect("a folder");
        let from = root().join("instruments/wai-sr/instrument.toml");
        fs::copy(from, folder.join("instrument.toml")).expect("it can be copied");
    };
    put("alliance/wai-sr");
    let result = run(&["check", "wai-sr"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    put("others/wai-sr");
    let result = run(&["check", "wai-sr"], at.path());
    assert_eq!(result.code, 2);
    let asked = "name one of them: `instruments/alliance/wai-sr`, `instruments/others/wai-sr`";
    assert!(result.err.contains(asked), "{}", result.err);
}

#[test]
fn checking_finds_instruments_by_id_file_and_folder() {
    let cwd = root();
    for path in ["wai-sr", "instruments/wai-sr", "instruments/wai-sr/cases.toml", "instruments"] {
        let result = run(&["check", path], &cwd);
        assert_eq!(result.code, 0, "{path}: {}{}", result.out, result.err);
    }
    assert!(run(&["check", "wai-sr", "instruments/wai-sr"], &cwd).err.contains("1 instrument:"));
    let deep = root().join("instruments/wai-sr");
    assert_eq!(run(&["check", "star-p"], &deep).code, 0, "the library is found from inside it");
}

#[test]
fn every_command_has_help() {
    let cwd = root();
    for command in ["check", "score", "export", "new", "wording", "list", "schema", "completions"] {
        let result = run(&[command, "--help"], &cwd);
        assert_eq!(result.code, 0, "{command}");
        assert!(result.out.contains("Usage: scalewright"), "{command}: {}", result.out);
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let result = run(&["completions", shell], &cwd);
        assert!(result.code == 0 && result.out.contains("scalewright"), "{shell}");
    }
    let result = run(&["list", "--format", "json"], &cwd);
    let list: serde_json::Value = serde_json::from_str(&result.out).expect("the list is JSON");
    assert!(list.as_array().is_some_and(|list| list.iter().any(|row| row["id"] == "side-by-side")));
    assert_eq!(run(&[], &cwd).code, 2, "a missing command is a usage error");
    assert!(run(&["--help"], &cwd).out.contains("Exit codes"));
}

#[test]
fn a_preview_is_a_form_in_a_new_folder() {
    let at = folder();
    let result = with_library(&["preview", "side-by-side", "--no-open"], at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let form = Path::new(result.out.trim());
    let page = fs::read_to_string(form).expect("the form exists");
    assert!(form.is_absolute() && form.ends_with("side-by-side.en.html"), "{}", form.display());
    assert!(page.contains("<title>"), "{page}");
    fs::remove_dir_all(form.parent().expect("a folder")).expect("it can be removed");
    let refused = with_library(&["preview", "side-by-side", "--language", "xx"], at.path());
    assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{}", refused.err);
    let unknown = ["preview", "side-by-side", "--set", "redcap.project=yes", "--no-open"];
    assert_eq!(with_library(&unknown, at.path()).code, 2);
}
