//! Tables of scores: the other columns, the output formats and the final messages.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray,
};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::FileWriter;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::TempDir;

use crate::support::{Run, run, run_with_input};

const INSTRUMENT: &str = r#"
format = 1
id = "duo"
title = "Two"
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
options = [{ value = 1, label = "a" }, { value = 2, label = "b" }, { value = 3, label = "c" }]

[response-scales.age]
type = "numeric"
min = 0
max = 120
decimals = 0

[[items]]
id = "d1"
stem = "One"
response = "rating"

[[items]]
id = "d2"
stem = "Two"
response = "rating"

[[items]]
id = "age"
stem = "Age"
response = "age"
background = true

[[scales]]
id = "sum"
title = "Sum"
items = ["d1", "d2"]
score = "sum"
missing = "no-score"

[[norms]]
id = "town"
title = "Town"
scale = "sum"
derive = ["z", "t"]
groups = [{ when = "age >= 18", mean = 4, sd = 1 }]
"#;

const VISITS: &str = "id,visit,d1,d2,age,group\n\
    p1,first,1,2,30,a\n\
    p1,second,3,2,30,a\n\
    p2,first,2,2,40,\"b, c\"\n";

fn folder() -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::write(at.path().join("duo.toml"), INSTRUMENT).expect("the file is writable");
    fs::write(at.path().join("a.csv"), VISITS).expect("the file is writable");
    at
}

/// Scores `table` in the folder `at`, with the columns of scores only.
fn score(at: &Path, table: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "duo.toml", table, "--columns", "scores"];
    args.extend(more);
    run(&args, at)
}

fn read(at: &Path, name: &str) -> String {
    fs::read_to_string(at.join(name)).expect("valid UTF-8")
}

#[test]
fn columns_that_are_not_items_are_kept_beside_the_scores() {
    let at = folder();
    let result = score(at.path(), "a.csv", &[]);
    assert_eq!(
        (result.code, result.out.as_str()),
        (
            0,
            "id,visit,group,sum,town_z,town_t\np1,first,a,3,-1,40\np1,second,a,5,1,60\n\
             p2,first,\"b, c\",4,0,50\n"
        ),
        "{}",
        result.err
    );
    assert!(
        result.err.contains(
            "note: columns that are not items, written beside the scores: `visit`, `group`"
        ),
        "{}",
        result.err
    );
    for (args, head, expected) in [
        (&["--keep", "visit"][..], "id,visit,sum", "left out: `group`"),
        (&["--drop", "visit"][..], "id,group,sum", "left out: `visit`"),
        (&["--drop-all"][..], "id,sum", "left out: `visit`, `group`"),
        (
            &["--keep", "group", "--keep", "visit"][..],
            "id,visit,group,sum",
            "items, written beside",
        ),
    ] {
        let result = score(at.path(), "a.csv", args);
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.starts_with(head), "{args:?}: {}", result.out);
        assert_eq!(result.err.matches(expected).count(), 1, "{args:?}: {}", result.err);
    }
    for (args, expected) in [
        (&["--keep", "visits"][..], "did you mean `visit`?"),
        (&["--drop", "d1"][..], "the column answers an item"),
        (&["--keep", "id"][..], "the column names the respondent"),
        (&["--keep", "visit", "--drop", "group"][..], "cannot be used with"),
    ] {
        let result = score(at.path(), "a.csv", args);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{args:?}");
        assert!(result.err.contains(expected), "{args:?}: {}", result.err);
    }
}

#[test]
fn every_input_format_keeps_the_same_columns() {
    let at = folder();
    let expected = score(at.path(), "a.csv", &[]).out;
    let list = r#"[{"id": "p1", "visit": "first", "d1": 1, "d2": 2, "age": 30, "group": "a"},
        {"id": "p1", "visit": "second", "d1": 3, "d2": 2, "age": 30, "group": "a"},
        {"id": "p2", "visit": "first", "d1": 2, "d2": 2, "age": 40, "group": "b, c"}]"#;
    fs::write(at.path().join("a.json"), list).expect("written");
    let lines: Vec<serde_json::Value> = serde_json::from_str(list).expect("valid JSON");
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(at.path().join("a.jsonl"), lines).expect("written");
    let texts = |texts: [&str; 3]| Arc::new(StringArray::from(texts.to_vec())) as ArrayRef;
    let numbers = |numbers: [i64; 3]| Arc::new(Int64Array::from(numbers.to_vec())) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        ("id", texts(["p1", "p1", "p2"])),
        ("visit", texts(["first", "second", "first"])),
        ("d1", numbers([1, 3, 2])),
        ("d2", numbers([2, 2, 2])),
        ("age", numbers([30, 30, 40])),
        ("group", texts(["a", "a", "b, c"])),
    ]);
    let batch = batch.expect("columns of one length");
    write_parquet(&at.path().join("a.parquet"), &batch);
    let file = File::create(at.path().join("a.arrow")).expect("a file");
    let mut writer = FileWriter::try_new(file, &batch.schema()).expect("a writer");
    writer.write(&batch).expect("rows are written");
    writer.finish().expect("the file is complete");
    for name in ["a.json", "a.jsonl", "a.parquet", "a.arrow"] {
        let result = score(at.path(), name, &[]);
        let mut rows: Vec<&str> = expected.lines().collect();
        // Keys of objects in a JSON list are sorted alphabetically.
        if name == "a.json" {
            rows = result.out.lines().collect();
            assert!(rows[2].contains("second"), "{}", result.out);
        }
        let got: Vec<&str> = result.out.lines().collect();
        assert_eq!((result.code, got), (0, rows), "{name}: {}", result.err);
    }
}

fn write_parquet(path: &Path, batch: &RecordBatch) {
    let file = File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(batch).expect("rows are written");
    writer.close().expect("the file is complete");
}

#[test]
fn rows_keep_their_own_columns_when_others_are_skipped() {
    let at = folder();
    let table = "id,visit,d1,d2,age,group\n\
        p1,\"fi,rst\",1,2,30,a\np2,,9,2,30,x\np3,dritter,2,2,30,ü\np4,last,3,3,30,d\n";
    fs::write(at.path().join("b.csv"), table).expect("written");
    let args = ["--on-error", "skip", "--format", "tsv"];
    let result = score(at.path(), "b.csv", &args);
    assert_eq!(
        (result.code, result.out.as_str()),
        (
            0,
            "id\tvisit\tgroup\tsum\ttown_z\ttown_t\np1\tfi,rst\ta\t3\t-1\t40\n\
             p3\tdritter\tü\t4\t0\t50\np4\tlast\td\t6\t2\t70\n"
        ),
        "{}",
        result.err
    );
}

#[test]
fn kept_cells_are_unchanged() {
    let at = folder();
    let lines = "{\"id\": \"p1\", \"visit\": 2, \"seen\": true, \"tags\": [1, \"x\"], \"d1\": 1, \"d2\": 2, \"age\": 30}\n\
        {\"id\": \"p2\", \"visit\": null, \"seen\": \"\", \"d1\": 1, \"d2\": 2, \"age\": 30}\n";
    fs::write(at.path().join("a.jsonl"), lines).expect("written");
    let result = score(at.path(), "a.jsonl", &["--format", "jsonl"]);
    let rows: Vec<serde_json::Value> =
        result.out.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
    assert_eq!(rows[0]["visit"], 2);
    assert_eq!(rows[0]["seen"], true);
    assert_eq!(rows[0]["tags"], serde_json::json!([1, "x"]));
    assert!(rows[1]["visit"].is_null() && rows[1]["tags"].is_null());
    assert_eq!(rows[1]["seen"], "");
    let lists = ListArray::from_iter_primitive::<arrow_array::types::Int64Type, _, _>([
        Some(vec![Some(1)]),
        None,
    ]);
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("visit", Arc::new(Int64Array::from(vec![Some(7), None])) as ArrayRef, true),
        ("weight", Arc::new(Float64Array::from(vec![70.5, 60.0])), true),
        ("seen", Arc::new(BooleanArray::from(vec![true, false])), true),
        ("tags", Arc::new(lists), true),
        ("d1", Arc::new(Int64Array::from(vec![1, 9])), true),
        ("d2", Arc::new(Int64Array::from(vec![1, 1])), true),
        ("age", Arc::new(Int64Array::from(vec![30, 30])), true),
    ]);
    write_parquet(&at.path().join("a.parquet"), &batch.expect("columns of one length"));
    let args = ["--format", "jsonl", "--on-error", "skip"];
    let result = score(at.path(), "a.parquet", &args);
    let row: serde_json::Value = serde_json::from_str(result.out.trim()).expect("one row of JSON");
    assert_eq!(
        (&row["visit"], &row["weight"], &row["seen"]),
        (&7.into(), &70.5.into(), &true.into())
    );
    assert!(result.err.contains("no text form, so left out: `tags`"), "{}", result.err);
}

#[test]
fn columns_that_appear_late_are_reported_unless_requested() {
    let at = folder();
    let row = "{\"id\": \"x\", \"d1\": 1, \"d2\": 1, \"age\": 20}\n";
    let late = "{\"id\": \"y\", \"d1\": 1, \"d2\": 1, \"age\": 20, \"visit\": \"late\"}\n";
    fs::write(at.path().join("a.jsonl"), row.repeat(1500) + late).expect("written");
    let result = score(at.path(), "a.jsonl", &[]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("so not written beside the scores: `visit`"), "{}", result.err);
    let result = score(at.path(), "a.jsonl", &["--keep", "visit"]);
    assert!(result.out.ends_with("y,late,2,-2,30\n"), "{}", result.err);
    let result = score(at.path(), "a.jsonl", &["--keep", "nothing"]);
    assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
}

#[test]
fn kept_columns_named_like_scores_are_renamed() {
    let at = folder();
    let table = "id,sum,sum_in_table,d1,d2,age\np1,99,x,1,2,30\n";
    fs::write(at.path().join("b.csv"), table).expect("written");
    let result = score(at.path(), "b.csv", &[]);
    assert_eq!(
        result.out, "id,sum_in_table_,sum_in_table,sum,town_z,town_t\np1,99,x,3,-1,40\n",
        "{}",
        result.err
    );
    assert!(result.err.contains("`sum` is written as `sum_in_table_`"), "{}", result.err);
    let table = "scores,d1,d2,age\n7,1,2,30\n";
    let args = ["score", "duo.toml", "-", "--format", "jsonl", "--id-column", "scores"];
    let result = run_with_input(&args, at.path(), table.as_bytes().to_vec());
    let row: serde_json::Value = serde_json::from_str(&result.out).expect("valid JSON");
    assert_eq!((&row["scores_in_table"], &row["scores"]["sum"]["score"]), (&"7".into(), &3.into()));
}

#[test]
fn kept_columns_are_notes_of_observations() {
    let at = folder();
    let result = run(&["score", "duo.toml", "a.csv", "--format", "fhir-ndjson"], at.path());
    let line = result.out.lines().nth(1).expect("a second line");
    let row: serde_json::Value = serde_json::from_str(line).expect("valid JSON");
    assert_eq!(
        row["note"],
        serde_json::json!([{ "text": "visit: second" }, { "text": "group: a" }])
    );
}

#[test]
fn the_extension_determines_the_format() {
    let at = folder();
    let csv = score(at.path(), "a.csv", &[]).out;
    for name in
        ["s.csv", "s.tsv", "s.arrow", "s.feather", "s.ipc", "s.arrows", "s.parquet", "s.parq"]
    {
        let result = score(at.path(), "a.csv", &["--out", name]);
        assert_eq!(result.code, 0, "{name}: {}", result.err);
    }
    assert_eq!(read(at.path(), "s.csv"), csv);
    assert_eq!(read(at.path(), "s.tsv").lines().nth(3), Some("p2\tfirst\tb, c\t4\t0\t50"));
    let open = |name: &str| File::open(at.path().join(name)).expect("it exists");
    let mut batches = Vec::new();
    for name in ["s.arrow", "s.feather", "s.ipc"] {
        let mut reader = FileReader::try_new(open(name), None).expect("an Arrow file");
        batches.push(reader.next().expect("rows").expect("sound rows"));
    }
    let mut reader = StreamReader::try_new(open("s.arrows"), None).expect("an Arrow stream");
    batches.push(reader.next().expect("rows").expect("sound rows"));
    for name in ["s.parquet", "s.parq"] {
        let reader = ParquetRecordBatchReaderBuilder::try_new(open(name)).expect("Parquet");
        let mut reader = reader.build().expect("a reader");
        batches.push(reader.next().expect("rows").expect("sound rows"));
    }
    for batch in batches {
        let column = |name: &str| batch.column_by_name(name).expect("the column");
        assert_eq!(column("visit").as_string::<i32>().value(1), "second");
        let sums = column("sum").as_primitive::<arrow_array::types::Float64Type>();
        assert_eq!((sums.len(), sums.value(0), sums.value(2)), (3, 3.0, 4.0));
    }
}

#[test]
fn an_unknown_extension_is_rejected_and_nothing_is_written() {
    let at = folder();
    for name in ["s.rds", "s.ods", "s.txt", "s.csv.gz"] {
        let result = score(at.path(), "a.csv", &["--out", name]);
        assert_eq!((result.code, at.path().join(name).exists()), (2, false), "{name}");
        assert!(result.err.contains(".csv, .tsv"), "{name}: {}", result.err);
        let args = ["--report", name, "--on-error", "skip"];
        let result = score(at.path(), "a.csv", &args);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{name}: {}", result.err);
        let result = run(&["check", "duo.toml", "--out", name], at.path());
        // Findings are text by default.
        assert_eq!(result.code == 2, name != "s.txt", "{name}: {}", result.err);
        for option in ["--out", "--report"] {
            let args = ["read", "--instrument", "duo.toml", "duo.toml", option, name];
            let result = run(&args, at.path());
            assert_eq!(result.code, 2, "{option} {name}: {}", result.err);
        }
        let args = ["wording", "duo.toml", "--language", "de", "--out", name];
        assert_eq!(run(&args, at.path()).code, 2, "{name}");
        fs::remove_file(at.path().join("s.txt")).ok();
    }
    // A name without an extension may have any format.
    let result = score(at.path(), "a.csv", &["--out", "s"]);
    assert_eq!((result.code, read(at.path(), "s")), (0, score(at.path(), "a.csv", &[]).out));
    let result = score(at.path(), "a.csv", &["--out", "s.txt", "--format", "csv"]);
    assert_eq!((result.code, result.err.contains("warning")), (0, false), "{}", result.err);
    for name in ["s.json", "s.xlsx"] {
        let result = score(at.path(), "a.csv", &["--out", name, "--format", "csv"]);
        assert!(result.err.contains("is written as CSV, as `--format` says"), "{}", result.err);
        assert_eq!(read(at.path(), name), score(at.path(), "a.csv", &[]).out);
    }
    for (name, format) in [("s.json", "fhir"), ("s.ndjson", "fhir-ndjson"), ("s.arrow", "arrow")] {
        let result = score(at.path(), "a.csv", &["--out", name, "--format", format]);
        assert!(!result.err.contains("warning"), "{name}: {}", result.err);
    }
    let result = run(&["check", "duo.toml", "--out", "found.sarif"], at.path());
    assert!(result.code < 2 && read(at.path(), "found.sarif").contains("2.1.0"), "{}", result.err);
}

#[test]
fn cells_are_unchanged_unless_they_are_made_safe_for_spreadsheets() {
    let at = folder();
    let table = "id,note,d1,d2,age\n@anna,-1;10,1,2,30\n-17,=1+1,1,2,30\n";
    fs::write(at.path().join("b.csv"), table).expect("written");
    let result = score(at.path(), "b.csv", &[]);
    assert!(result.out.contains("\n@anna,-1;10,3,-1,40\n-17,=1+1,3,-1,40\n"), "{}", result.out);
    assert!(result.err.contains("3 cells (`@anna` and others) would be run"), "{}", result.err);
    assert!(result.err.contains("`--spreadsheet-safe`"), "{}", result.err);
    let result = score(at.path(), "b.csv", &["--spreadsheet-safe"]);
    assert!(result.out.contains("\n'@anna,'-1;10,3,-1,40\n-17,'=1+1,3"), "{}", result.out);
    assert!(
        result.err.contains("3 cells (`@anna` and others) got an apostrophe"),
        "{}",
        result.err
    );
    let result = score(at.path(), "b.csv", &["--spreadsheet-safe", "--format", "json"]);
    assert_eq!((result.code, result.out.as_str()), (2, ""), "{}", result.err);
    fs::write(at.path().join("c.csv"), "id,d1,d2,age\n=x,9,2,30\n").expect("written");
    let skip = ["--on-error", "skip", "--report", "left.csv"];
    let result = score(at.path(), "c.csv", &skip);
    assert!(read(at.path(), "left.csv").contains("1,=x,d1,9,"), "{}", result.err);
    assert!(result.err.contains("the report: 1 cell (`=x`) would be run"), "{}", result.err);
    score(at.path(), "c.csv", &[&skip[..], &["--spreadsheet-safe"]].concat());
    assert!(read(at.path(), "left.csv").contains("1,'=x,d1,9,"));
}

#[test]
fn duplicate_respondents_are_reported() {
    let at = folder();
    let note = |table: &str, more: &[&str]| {
        fs::write(at.path().join("b.csv"), table).expect("written");
        let result = score(at.path(), "b.csv", more);
        assert_eq!(result.code, 0, "{}", result.err);
        result.err
    };
    let output = note("id,d1,d2,age\nr1,1,1,20\nr2,1,1,20\nr1,3,3,20\n,1,1,20\n,1,1,20\n", &[]);
    assert!(
        output
            .contains("no column written beside the scores distinguishes their rows: row 3 (`r1`)"),
        "{output}"
    );
    let visits = "id,visit,d1,d2,age\nr1,1,1,1,20\nr1,2,1,1,20\nr1,2,1,1,20\n";
    let output = note(visits, &[]);
    assert!(
        output.contains("differ in the columns written beside the scores: row 2 (`r1`)"),
        "{output}"
    );
    assert!(output.contains("distinguishes their rows: row 3 (`r1`)"), "{output}");
    let output = note(visits, &["--drop", "visit"]);
    assert!(output.contains("distinguishes their rows: rows 2 (`r1`), 3 (`r1`)"), "{output}");
    let output = note("id,d1,d2,age\nr1,1,1,20\nr2,1,1,20\n", &[]);
    assert!(!output.contains("more than once"), "{output}");
    let output = note("d1,d2,age\n1,1,20\n1,1,20\n", &[]);
    assert!(!output.contains("more than once"), "{output}");
    let events = "record_id,redcap_event_name,d1,d2,age\nr1,one,1,1,20\nr1,two,1,1,20\n";
    let output = note(events, &["--from", "redcap"]);
    assert!(!output.contains("more than once"), "{output}");
    let output = note(&format!("{events}r1,two,1,2,20\n"), &["--from", "redcap"]);
    assert!(output.contains("distinguishes their rows: row 3 (`r1`)"), "{output}");
}

#[test]
fn blank_derived_scores_are_counted_and_named() {
    let at = folder();
    let table = "id,d1,d2,age\np1,1,2,\np2,3,2,12\np3,,2,\np4,1,1,20\np5,1,1,\n";
    fs::write(at.path().join("b.csv"), table).expect("written");
    let result = score(at.path(), "b.csv", &["--report", "blank.csv"]);
    assert_eq!(result.code, 0, "{}", result.err);
    for expected in [
        "b.csv: `town_z`, `town_t` are blank because `age` is missing: rows 1, 5",
        "b.csv: `town_z`, `town_t` are blank because no group of the norm fits: row 2",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    assert_eq!(
        read(at.path(), "blank.csv"),
        "row,respondent,column,value,reason\n\
         1,p1,town_z,,is blank: `age` is missing\n1,p1,town_t,,is blank: `age` is missing\n\
         2,p2,town_z,,is blank: no group of the norm fits\n\
         2,p2,town_t,,is blank: no group of the norm fits\n\
         5,p5,town_z,,is blank: `age` is missing\n5,p5,town_t,,is blank: `age` is missing\n"
    );
    let result = score(at.path(), "a.csv", &[]);
    assert!(!result.err.contains("blank"), "{}", result.err);
}

#[test]
fn report_reads_tables_like_score() {
    let at = folder();
    let options = |command: &str| {
        let help = run(&[command, "--help"], at.path()).out;
        let line = |line: &str| line.trim().split([' ', '[']).next().map(str::to_owned);
        let lines: Vec<String> = help.lines().filter_map(line).collect();
        ["--from", "--id-column", "--map", "--names", "--missing-code", "--questionnaire"]
            .map(|option| lines.iter().any(|line| line == option))
    };
    assert_eq!(options("score"), [true; 6]);
    assert_eq!(options("report"), [true; 6]);
    let table = "record_id,d1,d2,age\nr1,1,-99,20\n";
    fs::write(at.path().join("b.csv"), table).expect("written");
    let args = ["report", "duo.toml", "b.csv", "--from", "redcap", "--missing-code", "-99"];
    let result = run(&[&args[..], &["--out", "out"]].concat(), at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(at.path().join("out/duo.r1.pdf").exists(), "{}", result.out);
}
