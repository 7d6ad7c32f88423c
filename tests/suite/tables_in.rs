//! Tables as they occur in practice: which are read correctly, and which are rejected with advice.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, run, run_with_input};

/// An instrument with every type of answer. Three items are not scored.
pub(crate) const INSTRUMENT: &str = r#"
format = 1
id = "mix"
title = "Mixed"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "us"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.rating]
options = [
  { value = 0, label = "No" },
  { value = 1, label = "A little" },
  { value = 2, label = "Yes" },
]

[response-scales.hours]
type = "numeric"
min = 0
max = 24
decimals = 2

[response-scales.clock]
type = "time"

[response-scales.helped]
type = "several-choice"
options = [
  { value = 1, label = "Tea", code = "tea" },
  { value = 2, label = "Music" },
  { value = 3, label = "A walk" },
]

[response-scales.words]
type = "text"

[response-scales.day]
type = "date"

[[items]]
id = "q1"
stem = "I sing."
response = "rating"

[[items]]
id = "q2"
stem = "I dance."
response = "rating"

[[items]]
id = "hours"
stem = "How long did you sleep?"
response = "hours"

[[items]]
id = "bed"
stem = "When did you go to bed?"
response = "clock"

[[items]]
id = "helped"
stem = "What helped?"
response = "helped"

[[items]]
id = "words"
stem = "What else?"
response = "words"

[[items]]
id = "day"
stem = "Which day was it?"
response = "day"

[[scales]]
id = "total"
title = "Total"
items = ["q1", "-q2", "hours"]
score = "sum"
missing = "no-score"

[[scales]]
id = "late"
title = "Late"
score = "formula"
missing = "in-formula"
formula = "if bed > 1380 then 1 else 0"
"#;

pub(crate) const HEAD: &str = "id,q1,q2,hours,bed,helped,words,day\n";

pub(crate) fn folder() -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::write(at.path().join("mix.toml"), INSTRUMENT).expect("the file is writable");
    at
}

/// Scores a file with the given bytes, with the columns of scores only.
pub(crate) fn scores(at: &Path, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Run {
    fs::write(at.join(name), bytes).expect("the file is writable");
    let mut args = vec!["score", "mix.toml", name, "--columns", "scores"];
    args.extend(more);
    run(&args, at)
}

/// A table of one respondent.
pub(crate) fn row(cells: &str) -> String {
    format!("{HEAD}{cells}\n")
}

#[track_caller]
pub(crate) fn refused(result: &Run, expected: &[&str]) {
    assert_eq!((result.code, result.out.as_str()), (1, ""), "{}", result.err);
    for expected in expected {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
}

#[test]
fn invalid_cells_are_rejected_with_a_reason() {
    let at = folder();
    for (column, cell, expected) in [
        ("q1", "Yes", "is the label of an answer, not its coded value, which is 2"),
        ("q1", "NaN", "`NaN` is not a number"),
        ("q1", "inf", "`inf` is not a number"),
        ("q1", "7", "`7` is not an answer: the answers of `rating` are 0, 1, 2"),
        ("hours", "\"7,5\"", "decimals are written with a point, not with a comma"),
        ("hours", "−1", "is not an answer: the lowest answer is 0"),
        ("day", "31/12/2025", "is not a date such as 2026-01-31"),
        ("day", "2026-02-30", "is not a date"),
        ("day", "46021", "is not a date"),
        ("day", "2026-01-05 10:00", "is not a date"),
        ("helped", "1;9", "is not a choice: the answers of `helped` are 1, 2, 3"),
        ("helped", "Tea", "is not a choice"),
    ] {
        let cells = HEAD.trim_end().split(',').map(|name| match name {
            "id" => "r1",
            _ if name == column => cell,
            "hours" => "7",
            "bed" => "23:15",
            "q1" | "q2" => "1",
            _ => "",
        });
        let cells: Vec<&str> = cells.collect();
        // Alone in the table, and after a valid row that takes the fast path.
        for rows in [cells.join(","), format!("r0,1,1,7,23:15,,,\n{}", cells.join(","))] {
            refused(&scores(at.path(), "a.csv", row(&rows), &[]), &[column, expected]);
        }
    }
    for cell in ["1 3", "\"1,3\"", "1;3", "1|3", "tea;2", "", "3"] {
        let table = row(&format!("r1,1,1,7,23:15,{cell},\"a, b\",2026-01-05"));
        let result = scores(at.path(), "a.csv", table, &[]);
        assert_eq!(
            (result.code, result.out.as_str()),
            (0, "id,total,late\nr1,9,1\n"),
            "{cell}: {}",
            result.err
        );
    }
}

#[test]
fn several_choices_may_be_lists_in_json() {
    let at = folder();
    let row = |helped: &str, words: &str| {
        format!(
            "{{\"id\": \"r1\", \"q1\": 1, \"q2\": true, \"hours\": 7.25, \"bed\": \"23:15\", \
             \"helped\": {helped}, \"words\": {words}, \"day\": \"2026-01-05\"}}"
        )
    };
    for (helped, words) in [
        ("[1, 3]", "\"x\""),
        ("[\"1\", \"tea\"]", "[\"a\", 1]"),
        ("[]", "{\"a\": [1]}"),
        ("\"1;3\"", "null"),
        ("2", "3"),
        ("null", "[[1]]"),
    ] {
        for (name, text) in
            [("a.json", format!("[{}]", row(helped, words))), ("a.jsonl", row(helped, words))]
        {
            let result = scores(at.path(), name, text, &[]);
            assert_eq!(
                (result.code, result.out.as_str()),
                (0, "id,total,late\nr1,9.25,1\n"),
                "{helped} {words}: {}",
                result.err
            );
        }
    }
    for (helped, expected) in [
        ("[1, 9]", "`[1, 9]` is not a choice: the answers of `helped` are 1, 2, 3"),
        ("[[1]]", "is not an answer: it is a list"),
        ("{\"1\": true}", "is not an answer: it is an object"),
        ("[1, null]", "the list contains a null"),
    ] {
        refused(&scores(at.path(), "a.json", format!("[{}]", row(helped, "1")), &[]), &[expected]);
    }
    let list = row("1", "1").replace("\"q1\": 1", "\"q1\": [1]");
    refused(
        &scores(at.path(), "a.jsonl", list, &[]),
        &["column `q1`: `[1]` is not an answer: it is a list"],
    );
}

#[test]
fn json_must_be_a_flat_list_of_respondents() {
    let at = folder();
    for (text, expected) in [
        (
            r#"[{"id": 1, "page": {"q1": 1, "q2": 0}}]"#,
            "answers are nested in an object: `q1` is in `page`",
        ),
        (r#"{"columns": ["q1"], "data": [[1]]}"#, "the file is not a list"),
        (r#"{"q1": {"0": 1}}"#, "`orient=\"records\"`"),
        (r#"{"resourceType": "Bundle"}"#, "is read as FHIR responses"),
        (r#"[{"resourceType": "Patient"}]"#, "`--from fhir`"),
        ("[{\"q1\": 1},\n {\"q1\" 2}]", "line 2, column 8: this is not JSON"),
        ("[{\"q1\": 1}", "this is not JSON"),
        ("[{\"q1\": 1}] x", "line 1, column 13: this is not JSON"),
        ("[{\"q1\": 1, \"q1\": 2}]", "row 1 has the same key twice"),
        (&format!("[{{\"q1\": {}}}]", "[".repeat(100_000)), "this is not JSON"),
    ] {
        refused(&scores(at.path(), "a.json", text, &[]), &[expected]);
    }
}

#[test]
fn the_first_bytes_determine_the_format_and_a_misleading_extension_is_reported() {
    let at = folder();
    let table = row("r1,1,1,7,23:15,1,x,2026-01-05");
    let object = r#"{"id": "r1", "q1": 1, "q2": 1, "hours": 7, "bed": "23:15", "helped": 1, "words": "x", "day": null}"#;
    let second = object.replace("r1", "r2");
    let lines = format!("{object}\n{second}\n");
    let list = format!("\u{feff}[{object},{second}]");
    for (name, bytes, note) in [
        ("a.csv", table.clone().into_bytes(), ""),
        ("a.txt", table.clone().into_bytes(), ""),
        ("sep.csv", format!("sep=;\r\n{}", table.replace(',', ";")).into_bytes(), ""),
        ("a.csv.gz", gzip(table.as_bytes()), ""),
        ("a.csv", gzip(table.as_bytes()), ""),
        ("a.json.gz", gzip(list.as_bytes()), ""),
        (
            "lines.json",
            lines.clone().into_bytes(),
            "note: `lines.json` is JSON Lines (one object per line), and is read as that",
        ),
        (
            "list.jsonl",
            list.clone().into_bytes(),
            "note: `list.jsonl` is JSON, and is read as that",
        ),
        ("list.csv", list.into_bytes(), "note: `list.csv` is JSON"),
        ("lines.txt", lines.into_bytes(), "note: `lines.txt` is JSON Lines"),
    ] {
        let result = scores(at.path(), name, &bytes, &[]);
        assert_eq!(result.code, 0, "{name}: {}", result.err);
        assert!(result.out.starts_with("id,total,late\nr1,9,1\n"), "{name}: {}", result.out);
        assert!(result.err.starts_with(note), "{name}: {}", result.err);
        assert!(!note.is_empty() || !result.err.contains("read as that"), "{name}: {}", result.err);
        let again =
            run_with_input(&["score", "mix.toml", "-", "--columns", "scores"], at.path(), bytes);
        assert_eq!((again.code, again.out), (0, result.out), "{name}: {}", again.err);
    }
    let mut damaged = gzip(table.as_bytes());
    let place = damaged.len() - 5;
    damaged[place] ^= 1;
    for bytes in [damaged.clone(), damaged[..damaged.len() - 12].to_vec()] {
        let result = scores(at.path(), "a.csv.gz", bytes, &[]);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
        assert!(result.err.contains("damaged or incomplete"), "{}", result.err);
    }
    refused(&scores(at.path(), "a.gz", gzip(&gzip(b"id\n")), &[]), &["compressed twice"]);
    let expected = ["this is JSON, but `--from csv` says otherwise"];
    refused(&scores(at.path(), "a.json", format!("[{object}]"), &["--from", "csv"]), &expected);
}

/// Wraps bytes in the gzip format, uncompressed.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short table");
    let mut packed = vec![0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, b'a', 0, 1];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(bytes);
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    });
    packed.extend((!sum).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

#[test]
fn missing_codes_can_be_declared_for_every_format() {
    let at = folder();
    let csv = format!(
        "{HEAD}r1,-99,1,7,23:15,1,x,2026-01-05\nr2,1,1,n/a,23:15,-99,n/a,\"-99\"\nr3,1,1,-99.0,,,,\n"
    );
    let json = r#"[{"id": "r1", "q1": -99, "q2": 1, "hours": 7, "bed": "23:15", "helped": 1, "words": "", "day": "n/a"},
        {"id": "r2", "q1": 1, "q2": "1", "hours": "n/a", "bed": "23:15"}, {"id": "r3", "q1": 1, "q2": 1, "hours": -99.0}]"#;
    let marks = ["--missing-code", "-99", "--missing-code", "n/a"];
    let expected = "id,total,late\nr1,,1\nr2,,1\nr3,,\n";
    for (name, text) in [("a.csv", csv.as_str()), ("a.json", json)] {
        let result = scores(at.path(), name, text, &marks);
        assert_eq!((result.code, result.out.as_str()), (0, expected), "{name}: {}", result.err);
        let help = "mark a missing answer, use `--missing-code -99 --missing-code n/a`";
        refused(&scores(at.path(), name, text, &[]), &[help]);
    }
    for (mark, quoted) in [
        ("NULL", "NULL"),
        (".", "."),
        ("#N/A", "'#N/A'"),
        ("?", "'?'"),
        ("NaN", "NaN"),
        ("---", "---"),
    ] {
        let table = row(&format!("r1,{mark},1,7,23:15,,,"));
        let help = format!("if `{mark}` marks a missing answer, use `--missing-code {quoted}`");
        refused(&scores(at.path(), "a.csv", &table, &[]), &[&help]);
        let result = scores(at.path(), "a.csv", &table, &["--missing-code", mark]);
        assert_eq!(
            (result.code, result.out.as_str()),
            (0, "id,total,late\nr1,,1\n"),
            "{}",
            result.err
        );
    }
    for (mark, item) in
        [("1", "q1"), ("tea", "helped"), ("3", "hours"), ("23:15", "bed"), ("2026-01-01", "day")]
    {
        let result = scores(at.path(), "a.csv", &csv, &["--missing-code", mark]);
        assert_eq!(result.code, 2, "{}", result.err);
        assert!(
            result.err.contains(&format!("it is an answer to `{item}`")),
            "{mark}: {}",
            result.err
        );
    }
    let result = scores(at.path(), "a.json", "{}", &["--from", "fhir", "--decimal", ","]);
    assert!(result.code == 2 && result.err.contains("`--decimal`"), "{}", result.err);
}

#[test]
fn a_table_of_another_shape_is_recognised() {
    let at = folder();
    let qualtrics = format!(
        "{HEAD}Id,Sing?,Dance?,Hours?,Bed?,Helped?,Words?,Day?\n\"{{\"\"ImportId\"\":\"\"QID1\"\"}}\",,,,,,,\nr1,1,1,7,,,,\n"
    );
    for (table, expected) in [
        (qualtrics.as_str(), "is read as an export from Qualtrics: its third row has `ImportId`"),
        ("id,item,resp\nr1,q1,1\n", "is read as a long table with one answer per row"),
        ("id,ID,item,resp\nr1,r1,q1,1\n", "this looks like a long table with one answer per row"),
        ("id,Q1,Q2,hours,bed,helped,words,day\n", "`Q1` of `q1`, `Q2` of `q2`"),
        (
            "id,q1,q2_r,hours,bed,helped,words,day\n",
            "`q2_r` may contain answers that are already reversed",
        ),
        (qualtrics.as_str(), "does not have the three rows of headers"),
        ("a;b\n", "map columns to items with `--map`"),
    ] {
        refused(&scores(at.path(), "a.csv", table, &[]), &[expected]);
    }
    let wide = format!("{}\n", ",".repeat(100_001));
    refused(&scores(at.path(), "a.csv", wide, &[]), &["more than 100000 columns"]);
    let open = format!("{HEAD}r1,\"{}", "x\n".repeat(9 << 20));
    refused(&scores(at.path(), "a.csv", open, &[]), &["a row is longer than 16 MiB"]);
}
