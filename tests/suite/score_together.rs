//! Several instruments at once, answers beside scores, long tables, facts about respondents, and proposed maps. The cases are
//! in `tests/together`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Deserialize;
use tempfile::TempDir;

use crate::support::{root, run, run_with_input};

/// A run of the program, and what it must say and write.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    #[serde(default)]
    code: u8,
    /// The file that is given on standard input.
    stdin: Option<String>,
    /// The whole standard output.
    out: Option<String>,
    /// Parts of standard error.
    #[serde(default)]
    err: Vec<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The files that the run writes.
    #[serde(default)]
    written: BTreeMap<String, String>,
}

fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/together/cases");
    let entries = fs::read_dir(folder).expect("the folder exists").flatten();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    cases.sort();
    cases
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

/// A folder with the instruments of the cases as its library.
fn place() -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    for id in ["calm", "ease", "grow", "lift"] {
        let from = root().join("tests/together/instruments").join(id).join("instrument.toml");
        let to = at.path().join("instruments").join(id);
        fs::create_dir_all(&to).expect("it can be made");
        fs::copy(from, to.join("instrument.toml")).expect("it can be copied");
    }
    at
}

impl Case {
    /// What is wrong with the run of the case.
    fn faults(&self) -> Vec<String> {
        let at = place();
        write(at.path(), &self.files);
        let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        let input = self.stdin.as_ref().map(|name| self.files[name].clone().into_bytes());
        let done = run_with_input(&args, at.path(), input.unwrap_or_default());
        let mut faults = Vec::new();
        if done.code != self.code {
            faults.push(format!("exit code {}: {}", done.code, done.err));
        }
        if let Some(out) = self.out.as_ref().filter(|out| **out != done.out) {
            faults.push(format!("printed:\n{}expected:\n{out}{}", done.out, done.err));
        }
        let missing = self.err.iter().filter(|part| !done.err.contains(part.as_str()));
        faults.extend(missing.map(|part| format!("no `{part}` in:\n{}", done.err)));
        for (name, expected) in &self.written {
            let text = fs::read_to_string(at.path().join(name)).unwrap_or_default();
            if text != *expected {
                faults.push(format!("{name} is:\n{text}expected:\n{expected}"));
            }
        }
        faults
    }
}

#[test]
fn every_case_says_and_writes_what_it_states() {
    let mut faults = Vec::new();
    let cases = cases();
    assert!(cases.len() > 30);
    for path in cases {
        let text = fs::read_to_string(&path).expect("the case is readable");
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        faults.extend(case.faults().into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// A table of many rows, whose batches end at other rows for each instrument. Some rows are refused by one of them.
fn large() -> String {
    let mut text = "id,q1,ease_2,where,note,c1,calm_2,age,lift_1,lift_2\n".to_owned();
    for row in 0..40_000_u32 {
        let code = |step: u32| row.wrapping_mul(step).wrapping_add(row / 7) % 3;
        let first = if row % 9_973 == 5 { 7 } else { code(5) };
        let second = if row % 8_009 == 3 { 9 } else { code(11) };
        let empty = if row % 13 == 0 { String::new() } else { code(3).to_string() };
        text.push_str(&format!(
            "p{row},{first},{empty},1;2,,{second},{},{},{},{}\n",
            code(7),
            row % 90,
            code(13),
            code(17)
        ));
    }
    text
}

/// The rows of a table of scores, by their first cell.
fn rows(text: &str) -> BTreeMap<&str, Vec<&str>> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(id, rest)| (id, rest.split(',').collect()))
        .collect()
}

#[test]
fn the_scores_of_several_instruments_are_those_of_each_alone() {
    let at = place();
    let map = "[columns.calm]\nq1 = \"c1\"\n".to_owned();
    write(at.path(), &BTreeMap::from([("t.csv".into(), large()), ("map.toml".into(), map)]));
    let skip = ["--map", "map.toml", "--on-error", "skip", "--drop-all"];
    let score = |ids: &[&str]| {
        let done = run(&[&["score"], ids, &["t.csv"][..], &skip[..]].concat(), at.path());
        assert_eq!(done.code, 0, "{}", done.err);
        done.out
    };
    let together = score(&["ease", "calm", "lift"]);
    let alone = ["ease", "calm", "lift"].map(|id| score(&[id]));
    let alone: Vec<_> = alone.iter().map(|text| rows(text)).collect();
    let together = rows(&together);
    let in_all = |id: &&&str| alone.iter().all(|rows| rows.contains_key(**id));
    let expected: Vec<&str> = alone[2].keys().filter(in_all).copied().collect();
    assert_eq!(together.keys().copied().collect::<Vec<_>>(), expected);
    assert!(expected.len() > 39_000 && expected.len() < 40_000, "{}", expected.len());
    for id in expected {
        let each: Vec<&str> = alone.iter().flat_map(|rows| rows[id].clone()).collect();
        assert_eq!(together[id], each, "{id}");
    }
}

#[test]
fn answers_and_long_tables_are_typed_in_parquet() {
    let at = place();
    write(at.path(), &BTreeMap::from([("t.csv".to_owned(), large())]));
    for (args, column, rows) in [
        (&["--with", "answers", "--out", "wide.parquet"][..], "ease_2", 39_995),
        (&["--shape", "long", "--out", "long.parquet"][..], "score", 39_995),
    ] {
        let skip = ["score", "ease", "t.csv", "--on-error", "skip", "--drop-all"];
        let done = run(&[&skip[..], args].concat(), at.path());
        assert_eq!(done.code, 0, "{}", done.err);
        let name = args.last().expect("it ends with a name");
        let file = fs::File::open(at.path().join(name)).expect("it was written");
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
        let (mut all, mut present) = (0, 0);
        for batch in reader.build().expect("it can be read") {
            let batch = batch.expect("it is whole");
            let array = batch.column_by_name(column).expect("the column exists").clone();
            let numbers = array.as_primitive::<Float64Type>();
            all += numbers.len();
            present += numbers.iter().flatten().count();
        }
        assert_eq!(all, rows, "{name}");
        assert!(present < all && present > all / 2, "{name}");
    }
    // The answers that were written give the same scores.
    let options = ["--drop-all", "--columns", "scores"];
    let again = run(&[&["score", "ease", "wide.parquet"], &options[..]].concat(), at.path());
    let skip = ["score", "ease", "t.csv", "--on-error", "skip"];
    let first = run(&[&skip[..], &options].concat(), at.path());
    assert_eq!(again.out, first.out, "{}", again.err);
}

#[test]
fn a_redcap_import_file_read_back_gives_the_same_scores() {
    let at = place();
    write(at.path(), &BTreeMap::from([("t.csv".to_owned(), large())]));
    let options = ["--on-error", "skip", "--drop-all"];
    let made = ["score", "ease", "lift", "t.csv", "--format", "redcap", "--out", "import.csv"];
    let made = run(&[&made[..], &options].concat(), at.path());
    assert_eq!(made.code, 0, "{}", made.err);
    let first = run(&[&["score", "ease", "lift", "t.csv"][..], &options].concat(), at.path());
    let redcap = ["score", "ease", "lift", "import.csv", "--from", "redcap"];
    let again = run(&[&redcap[..], &options].concat(), at.path());
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(again.out.replacen("record_id", "id", 1), first.out);
}

#[test]
fn answers_are_scored_again_from_every_kind_of_file() {
    let table = "id,q1,ease_2,where,note,c1,calm_2\na,1,2,1;3,fine,0,1\nb,2,,,,2,2\nc,0,0,2,,1,\n";
    let map = "[columns.calm]\nq1 = \"c1\"\n";
    let again = "[columns.ease]\nq1 = \"ease_q1\"\n\n[columns.calm]\nq1 = \"calm_q1\"\n";
    let files = [("t.csv", table), ("map.toml", map), ("again.toml", again)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let at = place();
    write(at.path(), &BTreeMap::from(files));
    let score = |table: &str, map: &str, more: &[&str]| {
        let args = ["score", "ease", "calm", table, "--map", map, "--columns", "scores"];
        run(&[&args[..], &["--drop-all"], more].concat(), at.path())
    };
    let expected = score("t.csv", "map.toml", &[]);
    assert_eq!(expected.out, "id,ease_total,calm_total\na,3,1\nb,,4\nc,0,\n", "{}", expected.err);
    for ending in ["sav", "dta", "xlsx", "parquet", "arrow", "jsonl", "tsv"] {
        let file = format!("answers.{ending}");
        let written = score("t.csv", "map.toml", &["--with", "answers,missing", "--out", &file]);
        assert_eq!(written.code, 0, "{}", written.err);
        // In JSON the answers are an object of their own, which is no table of answers.
        if ending != "jsonl" {
            let done = score(&file, "again.toml", &[]);
            assert_eq!(done.out, expected.out, "{ending}: {}", done.err);
        }
    }
}
