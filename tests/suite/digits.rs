//! Scores are rounded only as the definition states: every output has enough digits to read back the exact score.

use std::fs;

use arrow_array::Float64Array;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::support::run;

const DEFINITION: &str = include_str!("digits/instrument.toml");
/// Respondents whose scores are not whole numbers.
const TABLE: &str = "respondent,a,b,c\np1,999,1,0\np2,1000,0,\np3,2,2,1\np4,0,0,0\n";

/// The scores in exact arithmetic, to the nearest floating-point number: thirds of sums, a prorated sum, a sum of
/// tenths.
fn expected() -> Vec<[f64; 3]> {
    vec![
        [1000.0 / 3.0, 1000.0, 99.9 + 0.1],
        [f64::NAN, 1500.0, 100.0],
        [5.0 / 3.0, 5.0, 0.4],
        [0.0, 0.0, 0.0],
    ]
}

const NAMES: [&str; 3] = ["thirds", "whole", "tenths"];

fn same(got: &[Vec<Option<f64>>]) {
    assert_eq!(got.len(), expected().len());
    for (row, (got, expected)) in got.iter().zip(expected()).enumerate() {
        for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
            let (name, row) = (NAMES[at], row + 1);
            match got {
                None => assert!(expected.is_nan(), "{name} of p{row} is missing"),
                Some(got) => {
                    assert_eq!(got.to_bits(), expected.to_bits(), "{name} of p{row}: {got}")
                }
            }
        }
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("digits.toml"), DEFINITION).expect("the file is writable");
    fs::write(folder.path().join("in.csv"), TABLE).expect("the file is writable");
    folder
}

fn text(args: &[&str]) -> String {
    let folder = folder();
    let result = run(&[&["score", "digits.toml", "in.csv"], args].concat(), folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    result.out
}

#[test]
fn tables_of_text_read_back() {
    let text = text(&["--columns", "scores"]);
    let rows = text.lines().skip(1).map(|line| {
        let cells = line.split(',').skip(1);
        cells.map(|cell| cell.parse().ok()).collect::<Vec<Option<f64>>>()
    });
    same(&rows.collect::<Vec<_>>());
    assert!(text.contains("333.3333333333333,1000,100\n"), "{text}");
    assert!(text.contains("1.6666666666666667,5,0.4\n"), "{text}");
}

#[test]
fn json_and_observations_read_back() {
    let list: serde_json::Value =
        serde_json::from_str(&text(&["--format", "json"])).expect("valid JSON");
    let rows = list.as_array().expect("an array").iter().map(|row| {
        NAMES.iter().map(|name| row["scores"][name]["score"].as_f64()).collect::<Vec<_>>()
    });
    same(&rows.collect::<Vec<_>>());

    let bundle: serde_json::Value =
        serde_json::from_str(&text(&["--format", "fhir"])).expect("valid JSON");
    let rows = bundle["entry"].as_array().expect("an array").iter().map(|entry| {
        let parts = entry["resource"]["component"].as_array().expect("an array").iter();
        parts.map(|part| part["valueQuantity"]["value"].as_f64()).collect::<Vec<_>>()
    });
    same(&rows.collect::<Vec<_>>());
}

#[test]
fn parquet_has_the_exact_numbers() {
    let folder = folder();
    let args = ["score", "digits.toml", "in.csv", "--columns", "scores", "--out", "out.parquet"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let file = fs::File::open(folder.path().join("out.parquet")).expect("it was written");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
    let batch =
        reader.build().expect("the file is readable").next().expect("a batch").expect("whole");
    let columns = NAMES.map(|name| {
        let column = batch.column_by_name(name).expect("it exists");
        column.as_any().downcast_ref::<Float64Array>().expect("numbers").clone()
    });
    let rows = (0..batch.num_rows())
        .map(|row| columns.iter().map(|c| c.iter().nth(row).flatten()).collect::<Vec<_>>());
    same(&rows.collect::<Vec<_>>());
}

#[test]
fn explanations_have_all_digits() {
    let folder = folder();
    let args = ["score", "digits.toml", "in.csv", "--explain", "1"];
    let explained = run(&args, folder.path());
    assert!(explained.out.contains("thirds = 333.3333333333333\n"), "{}", explained.out);
}
