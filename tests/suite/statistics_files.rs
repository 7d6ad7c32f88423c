//! Files of SPSS and Stata, in and out, against the programs that write and read them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::oracles::python;
use crate::support::{Run, root, run};

/// A folder with the definition.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = root().join("tests/fixtures/statistics/instrument.toml");
    fs::copy(from, folder.path().join("stat5.toml")).expect("the fixture exists");
    folder
}

/// Runs a program of tests/oracles/statistics.
fn oracle(program: &str, script: &str, args: &[&str], at: &Path) -> String {
    let output = Command::new(program)
        .arg(root().join("tests/oracles/statistics").join(script))
        .args(args)
        .current_dir(at)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}: run `tests/oracles/setup`"));
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} (see `tests/oracles/setup`): {why}");
    String::from_utf8(output.stdout).expect("text")
}

/// Scores a file, and returns the rows.
fn rows(file: &str, more: &[&str], at: &Path) -> (Vec<Value>, String) {
    let mut args = vec!["score", "stat5.toml", file, "--columns", "scores", "--format", "jsonl"];
    args.extend(more);
    let done = run(&args, at);
    assert_eq!(done.code, 0, "{file}: {}", done.err);
    let rows = done.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (rows, done.err)
}

/// The answers of a row, which the scales of one item repeat.
fn answers(row: &Value) -> Vec<Value> {
    (1..=5).map(|item| row["scores"][format!("a{item}")]["score"].clone()).collect()
}

fn refused(file: &str, at: &Path, expected: &[&str]) {
    let Run { code, out, err } = run(&["score", "stat5.toml", file], at);
    assert_eq!((code, out.as_str()), (1, ""), "{file}: {err}");
    for expected in expected {
        assert!(err.contains(expected), "{file}: {expected}: {err}");
    }
}

/// The answers of the respondents, without missing codes.
fn table() -> Vec<(String, Vec<Value>)> {
    let text = fs::read_to_string(root().join("tests/fixtures/statistics/expected.csv"));
    let text = text.expect("the fixture exists");
    let answer = |cell: &str| match cell.parse::<u32>() {
        Ok(code @ ..=4) => json!(code),
        _ => Value::Null,
    };
    let row = |line: &str| {
        let (id, cells) = line.split_once(',').expect("a comma");
        (id.to_owned(), cells.split(',').map(answer).collect())
    };
    text.lines().skip(1).map(row).collect()
}

/// Asserts that a file has the answers of the table.
fn has_the_table(file: &str, more: &[&str], at: &Path) -> (Vec<Value>, String) {
    let (rows, notes) = rows(file, more, at);
    let table = table();
    assert_eq!(rows.len(), table.len(), "{file}");
    for (row, (id, expected)) in rows.iter().zip(table) {
        assert_eq!((&row["id"], answers(row)), (&json!(id), expected), "{file}");
    }
    (rows, notes)
}

#[test]
fn files_of_four_programs_have_the_same_answers() {
    let at = folder();
    for (file, more, expected) in [
        (
            "pspp.sav",
            &[][..],
            &[
                "the cases are weighted by `w`, which scores do not use",
                "values that the table declares as missing: 98 to 99 (98 is `do not know`, 99 is `refused`): `q1`, `q2`, `q3`, `q4`, `q5`",
            ][..],
        ),
        ("pyreadstat.zsav", &[], &["values that the table declares as missing: 98 (`"]),
        ("haven-118.dta", &[], &[]),
        (
            "readstata13-108.dta",
            &["--missing-code", "don't know", "--missing-code", "refused"],
            &[
                "renumbered columns, read by their value labels, which are those of the definition (1 means 0, 2 means 1, 3 means 2, 4 means 3, 5 means 4): `q1`",
            ],
        ),
    ] {
        let from = root().join("tests/fixtures/statistics").join(file);
        fs::copy(from, at.path().join(file)).expect("the fixture exists");
        let (_, notes) = has_the_table(file, more, at.path());
        for expected in expected {
            assert!(notes.contains(expected), "{file}: {expected}: {notes}");
        }
    }
    // Without the declaration, the answers that the definition does not have are named.
    let expected = ["row 5, column `q3`: `7` has the label `refused`, which is no answer"];
    refused("readstata13-108.dta", at.path(), &expected);
}

#[test]
fn cells_of_pyreadstat_are_read_as_they_were_written() {
    let at = folder();
    oracle(&python(), "files.py", &["write", "."], at.path());
    let cells = fs::read_to_string(at.path().join("table.json")).expect("it was written");
    let cells: BTreeMap<String, Vec<Value>> = serde_json::from_str(&cells).expect("JSON");
    let text = |text: &Value| match text.as_str().expect("a text").trim_end() {
        "" => Value::Null,
        text => json!(text),
    };
    for file in
        ["plain.sav", "packed.sav", "zlib.zsav", "stata-13.dta", "stata-14.dta", "stata-15.dta"]
    {
        let (rows, _) = has_the_table(file, &[], at.path());
        let is_stata = file.ends_with("dta");
        for (at, row) in rows.iter().enumerate() {
            let note = &cells["notes"][at];
            // Stata keeps blanks at the end of a text.
            let note = if is_stata && note != "" { note.clone() } else { text(note) };
            // pyreadstat writes UTF-8 into a format that has another encoding.
            if file != "stata-13.dta" || note.as_str().is_none_or(str::is_ascii) {
                assert_eq!(row["note"], note, "{file}");
            }
            assert_eq!(row["share"].as_f64(), cells["numbers"][at].as_f64(), "{file}");
            assert_eq!(row["day"], cells["days"][at], "{file}");
        }
    }
    for file in ["stata-8.dta", "stata-10.dta", "stata-12.dta", "alphabet.dta", "capitals.sav"] {
        has_the_table(file, &[], at.path());
    }
}

#[test]
fn labels_decide_or_the_table_is_refused() {
    let at = folder();
    oracle(&python(), "files.py", &["write", "."], at.path());
    let (_, notes) = has_the_table("alphabet.dta", &[], at.path());
    let expected = "renumbered columns, read by their value labels, which are those of the definition (0 means 4, 1 means 0, 2 means 3, 3 means 1, 4 means 2)";
    assert!(notes.contains(expected), "{notes}");
    let (_, notes) = has_the_table("strangers.sav", &[], at.path());
    let expected = "value labels that are not those of the definition, so the codes decide: `q1`, `q2`, `q3`, `q4`, `q5`";
    assert!(notes.contains(expected), "{notes}");
    refused(
        "backwards.sav",
        at.path(),
        &[
            "backwards.sav: value labels contradict the definition: `q1`, `q2`, `q3`, `q4`, `q5`",
            "`q1`: 4 is `never` in the table, `always` in the definition; 3 is `rarely` in the table, `often` in the definition",
            "if the labels are right, convert the column to the text of its labels",
        ],
    );
    refused(
        "contested.sav",
        at.path(),
        &[
            "contested.sav: the table declares 4 (`always`) of `q2` as missing, but the definition has it as an answer",
        ],
    );
    refused(
        "undeclared.sav",
        at.path(),
        &[
            "row 4, column `q4`: `98` is not an answer: the answers of `rating` are 0, 1, 2, 3, 4 (its label is `do not know`)",
        ],
    );
    has_the_table("undeclared.sav", &["--missing-code", "98", "--missing-code", "99"], at.path());
    refused("twice.sav", at.path(), &["there are two variables `q1` and `Q1`"]);
}

#[test]
fn files_of_haven_are_read() {
    let at = folder();
    oracle("Rscript", "haven.R", &["write", "."], at.path());
    for file in ["haven-byte.sav", "haven-none.sav", "haven.zsav"] {
        let (rows, _) = has_the_table(file, &[], at.path());
        assert_eq!(rows[7]["day"], "2026-01-09");
    }
    for version in 8..=15 {
        let (rows, _) = has_the_table(&format!("haven-{version}.dta"), &[], at.path());
        assert_eq!(rows[0]["day"], "2026-01-02");
    }
    for file in ["haven-factor.sav", "haven-factor.dta"] {
        let (_, notes) = has_the_table(file, &[], at.path());
        assert!(notes.contains("renumbered columns"), "{notes}");
    }
}

/// Writes three respondents in each of the ways of PSPP.
const SYNTAX: &str = "\
SET DECIMAL=DOT.
DATA LIST LIST (',') /id (A3) q1 q2 q3 q4 q5 (F2.0) day (SDATE10) time (TIME8) region (A20) w (F4.2).
BEGIN DATA.
007,0,1,2,3,4,2026/01/02,23:15:00,north,1.5
010,0,,2,98,4,2026/01/05,00:00:01,refused,1
014,99,98,,1,0,,,,2
END DATA.
VALUE LABELS q1 TO q5 0 'never' 1 'rarely' 2 'sometimes' 3 'often' 4 'always' 98 'do not know' 99 'refused'.
MISSING VALUES q1 TO q5 (98 THRU HI).
VALUE LABELS region 'north' 'The North'.
MISSING VALUES region ('refused').
WEIGHT BY w.
SAVE OUTFILE='a.sav' /UNCOMPRESSED.
SAVE OUTFILE='b.sav' /COMPRESSED.
SAVE OUTFILE='c.zsav' /ZCOMPRESSED.
SAVE OUTFILE='d.sav' /VERSION=2.
";

fn pspp(syntax: &str, at: &Path) -> String {
    fs::write(at.join("syntax.sps"), syntax).expect("the folder is writable");
    let output = Command::new("pspp").arg("syntax.sps").current_dir(at).output();
    let output = output.expect("PSPP is installed: run `tests/oracles/setup`");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{out}{}", String::from_utf8_lossy(&output.stderr));
    out
}

#[test]
fn files_of_pspp_are_read() {
    let at = folder();
    pspp(SYNTAX, at.path());
    let table: BTreeMap<String, Vec<Value>> = table().into_iter().collect();
    for file in ["a.sav", "b.sav", "c.zsav", "d.sav"] {
        let (rows, notes) = rows(file, &[], at.path());
        let region = if file == "d.sav" { "REGION" } else { "region" };
        assert_eq!(rows.len(), 3, "{file}");
        for row in &rows {
            let id = row["id"].as_str().expect("a text");
            assert_eq!(answers(row), table[id], "{file}");
        }
        assert_eq!((&rows[0][region], &rows[2][region]), (&json!("north"), &Value::Null), "{file}");
        let (day, time) = if file == "d.sav" { ("DAY", "TIME") } else { ("day", "time") };
        assert_eq!((&rows[1][day], &rows[1][time]), (&json!("2026-01-05"), &json!("00:00:01")));
        assert!(notes.to_lowercase().contains("the cases are weighted by `w`"), "{notes}");
    }
}

/// Answers with columns that no statistics program accepts by their names, and a long text.
fn answers_to_write(at: &Path) {
    let long = "ö".repeat(1500);
    let table = format!(
        "id,Visit day,visit_day,größe,q1,q2,q3,q4,q5\n\
         7,first,1.5,{long},0,1,1,1,0\n\
         8,,2,b,4,4,4,4,4\n\
         9,x,,,,,,,1\n"
    );
    fs::write(at.join("answers.csv"), table).expect("the folder is writable");
}

/// An instrument whose two items have several choices, and a formula that looks into both.
const CHOICES: &str = r#"
format = 1
id = "choices"
title = "Choices"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "Nobody"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.ways]
type = "several-choice"
options = [{ value = 1, label = "Tea" }, { value = 2, label = "Music" }, { value = 3, label = "A walk" }]

[[items]]
id = "helped"
stem = "What helped?"
response = "ways"

[[items]]
id = "eased"
stem = "What eased it?"
response = "ways"

[[scales]]
id = "ways"
title = "Ways"
score = "formula"
missing = "in-formula"
formula = "count(helped, 1, 2, 3) * 100 + count(helped, 3) * 10 + count(eased, 1, 2, 3)"
"#;

#[test]
fn multiple_response_sets_are_items_with_several_choices() {
    let at = folder();
    fs::write(at.path().join("choices.toml"), CHOICES).expect("the folder is writable");
    let syntax = "\
DATA LIST LIST (',') /id (A3) h1 h2 h3 e1 e2 (F2.0).
BEGIN DATA.
a,1,0,1,3,1
b,0,1,0,2,
c,0,0,0,,
END DATA.
VARIABLE LABELS h1 'A walk' h2 'Tea' h3 'Music'.
MRSETS /MDGROUP NAME=$helped VARIABLES=h1 h2 h3 VALUE=1 /MCGROUP NAME=$eased VARIABLES=e1 e2.
SAVE OUTFILE='a.sav'.
";
    pspp(syntax, at.path());
    let done =
        run(&["score", "choices.toml", "a.sav", "--columns", "scores", "--drop-all"], at.path());
    assert_eq!(done.out, "id,ways\na,212\nb,101\nc,0\n", "{}", done.err);
}

#[test]
fn scores_for_statistics_programs_are_read_by_them() {
    let at = folder();
    answers_to_write(at.path());
    for file in ["scores.sav", "scores.dta"] {
        let done = run(&["score", "stat5.toml", "answers.csv", "--out", file], at.path());
        assert_eq!(done.code, 0, "{}", done.err);
        let program = if file.ends_with("sav") { "SPSS" } else { "Stata" };
        let note = format!(
            "renamed columns, because of the rules of {program}: `Visit day` is `Visit_day_2`"
        );
        assert!(done.err.contains(&note), "{}", done.err);
        let bytes = fs::read(at.path().join(file)).expect("it was written");
        let again = run(&["score", "stat5.toml", "answers.csv", "--out", file], at.path());
        assert_eq!((again.code, fs::read(at.path().join(file)).ok()), (0, Some(bytes)), "{file}");
    }
    let read = oracle(&python(), "files.py", &["read", "scores.sav", "scores.dta"], at.path());
    let read: Vec<Value> = serde_json::from_str(&read).expect("JSON");
    for table in &read {
        let columns = table["columns"].as_array().expect("a list");
        let name = |at: usize| columns[at]["name"].as_str().expect("a text");
        assert_eq!([name(0), name(1), name(3)], ["id", "Visit_day_2", "größe"]);
        let place = |wanted: &str| {
            columns.iter().position(|column| column["name"] == wanted).expect("the column exists")
        };
        assert_eq!(columns[place("tot")]["label"], "Total");
        assert_eq!(columns[place("tot_band")]["label"], "Total: band");
        let labels = table["labels"]["tot_band"].as_object().expect("labels");
        assert_eq!(labels.values().collect::<Vec<_>>(), [&json!("low"), &json!("größer")]);
        let cells = |wanted: &str| -> Vec<Value> {
            let rows = table["rows"].as_array().expect("rows");
            rows.iter().map(|row| row[place(wanted)].clone()).collect()
        };
        assert_eq!(cells("id"), [json!("7"), json!("8"), json!("9")]);
        assert_eq!(cells("tot"), [json!(0.6), json!(4.0), Value::Null]);
        assert_eq!(
            cells("tot_band").iter().map(Value::as_f64).collect::<Vec<_>>(),
            [Some(1.0), Some(2.0), None]
        );
        assert_eq!(cells("größe")[0].as_str().map(|text| text.chars().count()), Some(1500));
    }
    let shown = oracle("Rscript", "haven.R", &["read", "scores.sav", "scores.dta"], at.path());
    assert_eq!(shown.matches("\tlow\t").count(), 2, "{shown}");
    assert_eq!(shown.matches("\tgrößer\t").count(), 2, "{shown}");
    let listed =
        pspp("GET FILE='scores.sav'.\nDISPLAY DICTIONARY.\nLIST id tot tot_band.\n", at.path());
    assert!(listed.contains("Total: band") && listed.contains("größer"), "{listed}");
}

#[test]
fn what_is_written_is_read_again() {
    let at = folder();
    answers_to_write(at.path());
    for file in ["scores.sav", "scores.dta"] {
        let done = run(&["score", "stat5.toml", "answers.csv", "--out", file], at.path());
        assert_eq!(done.code, 0, "{}", done.err);
        // The scores are the answers now.
        let map: String = (1..=5).map(|item| format!("q{item} = \"a{item}\"\n")).collect();
        let map = format!("[columns]\n{map}");
        fs::write(at.path().join("map.toml"), map).expect("the folder is writable");
        let (rows, _) = rows(file, &["--map", "map.toml"], at.path());
        assert_eq!(answers(&rows[0]), [json!(0), json!(1), json!(1), json!(1), json!(0)]);
        assert_eq!(rows[0]["größe"].as_str().map(|text| text.chars().count()), Some(1500));
        assert_eq!(rows[1]["visit_day"], json!("2"));
    }
}
