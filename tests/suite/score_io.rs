//! Input and output of tables: every format, and every kind of wrong table.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int8Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int16Array, Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray,
    TimestampSecondArray, UInt8Array, UInt64Array,
};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use crate::support::{Run, run, run_with_input};

const INSTRUMENT: &str = r#"
format = 1
id = "trio"
title = "Three"
version = "1.0.0"
status = "active"
language = "en"

[rights]
holder = "us"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.rating]
options = [
  { value = -1, label = "none", non-response = true },
  { value = 1, label = "a" }, { value = 2, label = "b" }, { value = 11, label = "c" }, { value = 12, label = "d" },
]

[response-scales.hours]
type = "numeric"
min = 0
max = 300
decimals = 1

[[items]]
id = "t1"
stem = "One"
response = "rating"

[[items]]
id = "t2"
stem = "Two"
response = "rating"

[[items]]
id = "t3"
stem = "Three"
response = "hours"

[[scales]]
id = "pair"
title = "Pair"
items = ["t1", "-t2"]
score = "mean"
missing = "answered-only"
min-answered = 1
key-status = "verified"
key-source = ["invented"]
bands = [{ from = -10, below = 5, label = "low, =1" }, { from = 5, to = 20, label = "high" }]

[[scales]]
id = "time"
title = "Time"
items = ["t3"]
score = "sum"
missing = "no-score"
key-status = "verified"
key-source = ["invented"]

[[references]]
id = "invented"
citation = "Invented."
"#;

const ANSWERS: &str = "respondent,t1,t2,t3\np1,1,2,3.5\np2,12,,0\np3,NA,-1,\n";
const SCORES: &str = "respondent,pair,time\np1,6,3.5\np2,12,0\np3,,\n";

fn folder() -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::write(at.path().join("trio.toml"), INSTRUMENT).expect("the file is writable");
    at
}

/// Scores `table` in the folder `at`, with more arguments.
fn score(at: &Path, table: &str, more: &[&str]) -> Run {
    let mut args = vec!["score", "trio.toml", table];
    args.extend(more);
    run(&args, at)
}

fn scores(at: &Path, name: &str, bytes: impl AsRef<[u8]>) -> Run {
    fs::write(at.join(name), bytes).expect("the file is writable");
    score(at, name, &["--columns", "scores"])
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .expect("columns of one length")
}

fn parquet(at: &Path, name: &str, batch: &RecordBatch) {
    let file = File::create(at.join(name)).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(batch).expect("rows are written");
    writer.close().expect("the file is complete");
}

fn arrow(at: &Path, name: &str, batch: &RecordBatch) {
    let file = File::create(at.join(name)).expect("a file");
    let mut writer = FileWriter::try_new(file, &batch.schema()).expect("a writer");
    writer.write(batch).expect("rows are written");
    writer.finish().expect("the file is complete");
}

fn stream(at: &Path, name: &str, batch: &RecordBatch) {
    let file = File::create(at.join(name)).expect("a file");
    let mut writer = StreamWriter::try_new(file, &batch.schema()).expect("a writer");
    writer.write(batch).expect("rows are written");
    writer.finish().expect("the file is complete");
}

/// `ANSWERS` in columns.
fn columns() -> Vec<(&'static str, ArrayRef)> {
    vec![
        ("respondent", Arc::new(StringArray::from(vec!["p1", "p2", "p3"])) as ArrayRef),
        ("t1", Arc::new(Int8Array::from(vec![Some(1), Some(12), None]))),
        ("t2", Arc::new(Int64Array::from(vec![Some(2), None, Some(-1)]))),
        ("t3", Arc::new(Float64Array::from(vec![Some(3.5), Some(0.0), None]))),
    ]
}

#[test]
fn every_input_format_gives_the_same_scores() {
    let at = folder();
    let json = r#"[{"respondent": "p1", "t1": 1, "t2": 2, "t3": 3.5},
        {"respondent": "p2", "t1": 12, "t2": null, "t3": 0}, {"respondent": "p3", "t1": "NA", "t2": -1}]"#;
    let lines = "{\"respondent\": \"p1\", \"t1\": 1, \"t2\": \"2\", \"t3\": 3.5}\r\n\n\
        {\"respondent\": \"p2\", \"t1\": 12, \"t3\": 0}\n{\"respondent\": \"p3\", \"t2\": -1}";
    let texts = [
        ("a.csv", ANSWERS.to_owned()),
        ("crlf.csv", ANSWERS.replace('\n', "\r\n")),
        ("semicolons.csv", format!("\u{feff}{}", ANSWERS.replace(',', ";"))),
        ("tabs.tsv", ANSWERS.replace(',', "\t")),
        ("no-end.csv", ANSWERS.trim_end().to_owned()),
        ("quotes.csv", ANSWERS.replace("p1,1,", "\"p1\",\"1\",")),
        ("blank.csv", ANSWERS.replace('\n', "\n\n").replace("12", " 12 ")),
        ("a.json", json.to_owned()),
        ("a.jsonl", lines.to_owned()),
        ("a.ndjson", format!("\u{feff}{lines}\n")),
    ];
    for (name, text) in texts {
        let result = scores(at.path(), name, text);
        assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{name}: {}", result.err);
    }
    parquet(at.path(), "a.parquet", &batch(columns()));
    arrow(at.path(), "a.arrow", &batch(columns()));
    arrow(at.path(), "a.feather", &batch(columns()));
    stream(at.path(), "a.ipc", &batch(columns()));
    for name in ["a.parquet", "a.arrow", "a.feather", "a.ipc"] {
        let result = score(at.path(), name, &["--columns", "scores"]);
        assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{name}: {}", result.err);
    }
}

#[test]
fn columns_may_have_many_types() {
    let keys = Int8Array::from(vec![Some(1), Some(0), None]);
    let values: ArrayRef = Arc::new(StringArray::from(vec!["12", "1"]));
    let kinds: Vec<(&str, ArrayRef)> = vec![
        ("int16", Arc::new(Int16Array::from(vec![Some(1), Some(12), None]))),
        ("uint8", Arc::new(UInt8Array::from(vec![Some(1), Some(12), None]))),
        ("uint64", Arc::new(UInt64Array::from(vec![Some(1), Some(12), None]))),
        ("float32", Arc::new(Float32Array::from(vec![Some(1.0), Some(12.0), None]))),
        ("float64", Arc::new(Float64Array::from(vec![Some(1.0), Some(12.0), None]))),
        ("utf8", Arc::new(StringArray::from(vec![Some("1"), Some(" 12"), Some("")]))),
        ("large", Arc::new(LargeStringArray::from(vec![Some("1"), Some("12"), Some("NA")]))),
        ("dictionary", Arc::new(DictionaryArray::<Int8Type>::new(keys, values))),
    ];
    let at = folder();
    for (kind, array) in kinds {
        let mut columns = columns();
        columns[1].1 = array;
        parquet(at.path(), "a.parquet", &batch(columns.clone()));
        stream(at.path(), "a.ipc", &batch(columns));
        for name in ["a.parquet", "a.ipc"] {
            let result = score(at.path(), name, &["--columns", "scores"]);
            assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{kind}: {}", result.err);
        }
    }
    let mut columns = columns();
    columns[0].1 = Arc::new(Int64Array::from(vec![7, 8, i64::MAX]));
    columns[1].1 = Arc::new(NullArray::new(3));
    columns[2].1 = Arc::new(BooleanArray::from(vec![Some(true), None, None]));
    parquet(at.path(), "a.parquet", &batch(columns.clone()));
    let result = score(at.path(), "a.parquet", &["--columns", "scores"]);
    let expected = "respondent,pair,time\n7,12,3.5\n8,,0\n9223372036854775807,,\n";
    assert_eq!((result.code, result.out.as_str()), (0, expected), "{}", result.err);
    columns[1].1 = Arc::new(TimestampSecondArray::from(vec![1, 2, 3]));
    parquet(at.path(), "a.parquet", &batch(columns));
    let result = score(at.path(), "a.parquet", &[]);
    assert_eq!(result.code, 1);
    assert!(result.err.contains("`t1`: `1970-01-01 00:00:01` is not a number"), "{}", result.err);
}

#[test]
fn every_output_format_has_the_same_scores() {
    let at = folder();
    fs::write(at.path().join("a.csv"), ANSWERS).expect("the file is writable");
    for name in ["s.csv", "s.json", "s.jsonl", "s.parquet"] {
        let result = score(at.path(), "a.csv", &["--out", name]);
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.err.contains(&format!("scored 3 rows: {name}")), "{}", result.err);
    }
    let read = |name: &str| fs::read_to_string(at.path().join(name)).expect("valid UTF-8");
    assert!(read("s.csv").contains("p1,6,2,no,high,3.5,1,no\n"), "{}", read("s.csv"));
    let list: Vec<serde_json::Value> = serde_json::from_str(&read("s.json")).expect("valid JSON");
    let text = read("s.jsonl");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("valid JSON")).collect();
    assert_eq!(list, lines);
    assert_eq!(list[0]["scores"]["pair"]["score"], 6);
    let file = File::open(at.path().join("s.parquet")).expect("it exists");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let rows = reader.build().expect("a reader").next().expect("rows").expect("sound rows");
    let column = |name: &str| rows.column_by_name(name).expect("the column");
    assert_eq!(column("respondent").as_string::<i32>().value(1), "p2");
    let pair = column("pair").as_primitive::<Float64Type>();
    assert_eq!((pair.value(0), pair.value(1), pair.is_null(2)), (6.0, 12.0, true));
    assert!(column("pair_prorated").as_boolean().is_null(2));
    assert_eq!(column("pair_band").as_string::<i32>().value(0), "high");
    let bytes = fs::read(at.path().join("s.parquet")).expect("it exists");
    score(at.path(), "a.csv", &["--out", "again.parquet"]);
    assert!(bytes == fs::read(at.path().join("again.parquet")).expect("it exists"));
}

#[test]
fn invalid_rows_are_an_error_or_are_skipped_and_reported() {
    let at = folder();
    let mut table = ANSWERS.as_bytes().to_vec();
    table.extend(b"p4,4,2,1\n=p5,1,2,301\np6,1,2\n\"p\n7\",1,2,3,4\np8,1,\xff,1\np9,11,11,12\n");
    fs::write(at.path().join("a.csv"), &table).expect("the file is writable");
    let expected = [
        "row 4 (line 5), column `t1`: `4` is not an answer",
        "row 5 (line 6), column `t3`: `301` is not an answer: the highest answer is 300",
        "row 6 (line 7) has 3 cells, but the table has 4 columns",
        "row 7 (line 8) has 5 cells, but the table has 4 columns",
        "row 8 (line 10) is not UTF-8 text",
    ];
    let stopped = score(at.path(), "a.csv", &[]);
    assert_eq!((stopped.code, stopped.out.as_str()), (1, ""));
    let args = ["--on-error", "skip", "--report", "left.csv", "--columns", "scores"];
    let skipped = score(at.path(), "a.csv", &args);
    assert_eq!((skipped.code, skipped.out), (0, format!("{SCORES}p9,6.5,12\n")), "{}", skipped.err);
    for expected in expected {
        assert!(stopped.err.contains(expected), "{expected}: {}", stopped.err);
        assert!(skipped.err.contains(expected), "{expected}: {}", skipped.err);
    }
    assert!(skipped.err.contains("5 rows left out"), "{}", skipped.err);
    let report = fs::read_to_string(at.path().join("left.csv")).expect("it exists");
    for line in ["row,respondent,column,value,reason", "5,=p5,t3,301,", "6,p6,,,\"has 3 cells"] {
        assert!(report.contains(line), "{line}: {report}");
    }
}

#[test]
fn many_faults_are_counted_also_in_numeric_columns() {
    let at = folder();
    let rows = "x,9,2,1\n".repeat(70);
    let result = scores(at.path(), "a.csv", format!("respondent,t1,t2,t3\n{rows}"));
    assert_eq!((result.code, result.err.matches("`9` is not an answer").count()), (1, 50));
    assert!(result.err.contains("… and 20 more"), "{}", result.err);
    assert!(result.err.contains("70 answers are not allowed"), "{}", result.err);
    let mut columns = columns();
    columns[1].1 = Arc::new(Int8Array::from(vec![Some(9), Some(12), None]));
    parquet(at.path(), "a.parquet", &batch(columns));
    let result = score(at.path(), "a.parquet", &["--columns", "scores"]);
    assert_eq!(result.code, 1);
    assert!(result.err.contains("row 1, column `t1`: `9` is not an answer"), "{}", result.err);
    let result = score(at.path(), "a.parquet", &["--columns", "scores", "--on-error", "skip"]);
    assert_eq!(result.out, SCORES.replace("p1,6,3.5\n", ""), "{}", result.err);
    let lines = "{\"t1\": 1, \"t2\": 1, \"t3\": 1}\n[1]\n{\"t1\": 1, \"t1\": 2}\nnonsense\n\
        {\"t1\": {}}\n{\"t1\": 11}\n";
    fs::write(at.path().join("a.jsonl"), lines).expect("the file is writable");
    let result = score(at.path(), "a.jsonl", &["--columns", "scores", "--on-error", "skip"]);
    assert_eq!(result.out, "row,pair,time\n1,6.5,1\n6,11,\n", "{}", result.err);
    for expected in [
        "row 2 (line 2) is not an object",
        "row 3 (line 3) has the same key twice",
        "row 4 (line 4) is not JSON",
        "row 5 (line 5), column `t1`: `{…}` is not an answer: it is an object",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
}

#[test]
fn columns_can_be_mapped_and_every_mistake_in_a_map_is_reported() {
    let at = folder();
    let write = |name: &str, text: &str| fs::write(at.path().join(name), text).expect("written");
    write("a.csv", &ANSWERS.replace("t1,t2", "first,Second item"));
    write("map.toml", "[columns]\nt1 = \"first\"\nt2 = \"Second item\"\n");
    let result = score(at.path(), "a.csv", &["--map", "map.toml", "--columns", "scores"]);
    assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{}", result.err);
    write("wrong.toml", "[columns]\nt1 = \"fist\"\nitem4 = \"first\"\nt2 = \"first\"\nt3 = 3\n");
    let result = score(at.path(), "a.csv", &["--map", "wrong.toml"]);
    assert_eq!((result.code, result.out.as_str()), (1, ""));
    for expected in [
        "wrong.toml:2:6: `a.csv` has no column `fist`\n",
        "wrong.toml:3:1: there is no item `item4`",
        "wrong.toml:4:6: column `first` is already mapped to `item4`",
        "wrong.toml:5:6: the name of a column must be a text",
        "4 entries are wrong",
    ] {
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
}

#[test]
fn standard_input_can_be_scored_and_a_row_explained() {
    let at = folder();
    let lines = "{\"respondent\": \"p1\", \"t1\": 1, \"t2\": 2, \"t3\": 3.5}\n";
    let args = ["score", "trio.toml", "-", "--columns", "scores"];
    let result = run_with_input(&args, at.path(), ANSWERS.as_bytes().to_vec());
    assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{}", result.err);
    let mut from = args.to_vec();
    from.extend(["--from", "jsonl"]);
    let result = run_with_input(&from, at.path(), lines.as_bytes().to_vec());
    assert_eq!(result.out, "respondent,pair,time\np1,6,3.5\n", "{}", result.err);
    parquet(at.path(), "a.parquet", &batch(columns()));
    let bytes = fs::read(at.path().join("a.parquet")).expect("it exists");
    from[6] = "parquet";
    let result = run_with_input(&from, at.path(), bytes);
    assert_eq!((result.code, result.out.as_str()), (0, SCORES), "{}", result.err);
    for (how, which) in [("--explain", "2"), ("--explain-id", "p2")] {
        let result = score(at.path(), "a.parquet", &[how, which]);
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.out.contains("12"), "{}", result.out);
    }
    let result = score(at.path(), "a.parquet", &["--explain", "9"]);
    assert!(result.code == 1 && result.err.contains("there is no row 9"), "{}", result.err);
}

#[test]
fn broken_files_are_rejected_with_a_message() {
    let at = folder();
    parquet(at.path(), "a.parquet", &batch(columns()));
    arrow(at.path(), "a.arrow", &batch(columns()));
    stream(at.path(), "a.ipc", &batch(columns()));
    for name in ["a.parquet", "a.arrow", "a.ipc"] {
        let whole = fs::read(at.path().join(name)).expect("it exists");
        let broken = Path::new(name).with_extension(format!("broken.{}", &name[2..]));
        let broken = broken.to_string_lossy().into_owned();
        for length in (0..whole.len()).step_by(whole.len() / 40) {
            let result = scores(at.path(), &broken, &whole[..length]);
            assert!(result.code == 1 || result.code == 0, "{name} {length}: {}", result.err);
            // A stream may end between two messages, so a truncated one can be valid.
            assert!(result.code == 1 || name == "a.ipc", "{name} {length}");
        }
        for place in (0..whole.len()).step_by(13) {
            let mut bytes = whole.clone();
            bytes[place] ^= 0x55;
            let result = scores(at.path(), &broken, &bytes);
            assert!(result.code <= 1, "{name} {place}: {}", result.err);
        }
    }
    for (name, text, expected) in [
        ("b.parquet", ANSWERS, "this is not a Parquet file, or it is damaged"),
        ("b.arrow", ANSWERS, "this is not an Arrow file, or it is damaged"),
        ("b.jsonl", "{\"t1\"\n", "row 1 (line 1) is not JSON"),
        ("b.jsonl", "{\"t1\": 1}\n", "there is no column for `t2`, `t3`"),
        ("b.json", "[3]", "row 1 is not an object"),
    ] {
        let result = scores(at.path(), name, text);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{name}: {}", result.err);
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
}

/// Scores a table with the `csv` crate and simple code. Returns the scores, or the numbers of the wrong rows.
fn reference(table: &str, delimiter: u8) -> Result<String, Vec<usize>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(table.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["respondent", "pair", "time"]).expect("written");
    let mut wrong = Vec::new();
    for (row, record) in reader.records().skip(1).enumerate() {
        let record = record.expect("it is UTF-8");
        let cell = |index: usize, allowed: &dyn Fn(f64) -> bool| match record.get(index)?.trim() {
            "" | "NA" => Some(None),
            text => text.parse().ok().filter(|&number| allowed(number)).map(Some),
        };
        let rating = |n: f64| [-1.0, 1.0, 2.0, 11.0, 12.0].contains(&n);
        let hours =
            |n: f64| (0.0..=300.0).contains(&n) && (n * 10.0 - (n * 10.0).round()).abs() < 1e-6;
        let answers = (cell(2, &rating), cell(1, &rating), cell(3, &hours));
        let (Some(second), Some(first), Some(time)) = answers else {
            wrong.push(row + 1);
            continue;
        };
        if record.len() != 4 {
            wrong.push(row + 1);
            continue;
        }
        let there = |answer: Option<f64>| answer.filter(|&answer| answer > 0.0);
        let terms: Vec<f64> =
            there(first).into_iter().chain(there(second).map(|n| 13.0 - n)).collect();
        let mean = match terms.len() {
            0 => String::new(),
            count => (terms.iter().sum::<f64>() / count as f64).to_string(),
        };
        let id = record[0].to_owned();
        let time = time.map_or(String::new(), |time| (time + 0.0).to_string());
        writer.write_record([id, mean, time]).expect("written");
    }
    let bytes = writer.into_inner().expect("everything is written");
    if wrong.is_empty() { Ok(String::from_utf8(bytes).expect("UTF-8")) } else { Err(wrong) }
}

fn cells() -> impl Strategy<Value = String> {
    let usual = proptest::sample::select(vec!["1", "2", "11", "12", "-1", "", "NA"]);
    let rare = proptest::sample::select(vec![
        " 1",
        "1 ",
        "1.0",
        "\"2\"",
        "\"\"",
        "x",
        "4",
        "300",
        "2.5",
        "+1",
        "01",
        "1e0",
        "-0",
        "\"1",
        "a\"b",
        "\"a\nb\"",
        "\"a,b;c\t\"\"d\"\"\"",
        "=1+1",
        "é",
        "\"\r\n\"",
        "\r",
        "000",
        "00",
    ]);
    prop_oneof![40 => usual, 1 => rare].prop_map(str::to_owned)
}

fn tables() -> impl Strategy<Value = (String, u8)> {
    let row = (cells(), cells(), cells(), cells(), 0..60_u8);
    let ends = proptest::sample::select(vec!["\n", "\r\n", "\n\n", "\n\r\n"]);
    let delimiters = proptest::sample::select(vec![b',', b';', b'\t']);
    (proptest::collection::vec(row, 0..12), ends, delimiters, any::<[bool; 3]>()).prop_map(
        |(rows, end, delimiter, [mark, last, quoted])| {
            let mut table = if mark { "\u{feff}".to_owned() } else { String::new() };
            let between = char::from(delimiter).to_string();
            let head = if quoted { "\"respondent\",t1,\"t2\",t3" } else { "respondent,t1,t2,t3" };
            table.push_str(&head.replace(',', &between));
            for (a, b, c, d, shape) in rows {
                table.push_str(end);
                let mut cells = vec![a, b, c, d];
                match shape {
                    0 => cells.truncate(3),
                    1 => cells.push("1".to_owned()),
                    _ => {}
                }
                table.push_str(&cells.join(&between));
            }
            if last {
                table.push_str(end);
            }
            (table, delimiter)
        },
    )
}

fn agrees(at: &Path, table: &str, delimiter: u8) -> Result<(), TestCaseError> {
    fs::write(at.join("a.csv"), table).expect("the file is writable");
    let _ = fs::remove_file(at.join("s.csv"));
    let result = score(at, "a.csv", &["--columns", "scores", "--out", "s.csv"]);
    let written = fs::read_to_string(at.join("s.csv"));
    match reference(table, delimiter) {
        Ok(expected) => {
            prop_assert_eq!(&written.expect("it exists"), &expected, "{}", &result.err);
        }
        Err(wrong) => {
            prop_assert!(result.code == 1 && written.is_err());
            for row in wrong {
                let phrase = format!("row {row} (line");
                prop_assert!(result.err.contains(&phrase), "{}: {}", phrase, &result.err);
            }
        }
    }
    Ok(())
}

#[test]
fn tables_are_read_like_the_csv_crate_reads_them() {
    let at = folder();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    let test = |(table, delimiter): (String, u8)| {
        agrees(at.path(), table.trim_end_matches('\r'), delimiter)
    };
    TestRunner::new_with_rng(config, rng).run(&tables(), test).expect("it is true for all tables");
}

#[test]
fn rows_across_block_boundaries_are_read_whole() {
    let at = folder();
    let mut table = String::from("respondent,t1,t2,t3\n");
    for row in 0..60_000_u32 {
        let id = match row % 977 {
            0 => format!("\"{}\n\"\"{row}\"\"\"", "long ".repeat(200 + row as usize % 31)),
            _ => format!("respondent number {row}"),
        };
        let hours = f64::from(row % 3000) / 10.0;
        table.push_str(&format!(
            "{id},{},{},{hours}\n",
            [1, 2, 11][row as usize % 3],
            ["", "12", "-1"][row as usize % 3]
        ));
    }
    assert!(table.len() > 2 << 20, "the table has several blocks");
    agrees(at.path(), &table, b',').expect("the scores agree");
}
