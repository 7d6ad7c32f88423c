//! Columns of Parquet and Arrow files, of every type that programs write.

use std::path::Path;
use std::sync::Arc;

use arrow_array::types::{ArrowPrimitiveType, Decimal256Type, Int8Type, Int32Type};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, Decimal128Array,
    Decimal256Array, DictionaryArray, DurationSecondArray, Float32Array, Float64Array, Int8Array,
    Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray, StringViewArray,
    Time32SecondArray, Time64NanosecondArray, TimestampMicrosecondArray, UInt16Array,
};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use parquet::arrow::ArrowWriter;

use crate::support::Run;
use crate::tables_in::{folder, scores};

/// Two respondents, the second without answers. The given columns replace those of the same names.
fn batch(others: Vec<(&'static str, ArrayRef)>) -> RecordBatch {
    let day = Date32Array::from(vec![Some(20458), None]);
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(StringArray::from(vec!["r1", "r2"]))),
        ("q1", Arc::new(Int8Array::from(vec![Some(1), None]))),
        ("q2", Arc::new(Int64Array::from(vec![Some(1), None]))),
        ("hours", Arc::new(Float64Array::from(vec![Some(7.25), None]))),
        ("bed", Arc::new(StringArray::from(vec![Some("23:15"), None]))),
        ("helped", Arc::new(StringArray::from(vec![Some("1;3"), None]))),
        ("words", Arc::new(BinaryArray::from_opt_vec(vec![Some(b"x"), None]))),
        ("day", Arc::new(day)),
    ];
    for (name, array) in others {
        let place = columns.iter().position(|(column, _)| *column == name);
        columns[place.expect("a column of that name")].1 = array;
    }
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length")
}

fn bytes(batch: &RecordBatch, name: &str, pressed: Option<CompressionType>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let options = IpcWriteOptions::default().try_with_compression(pressed).expect("it is known");
    match name {
        "parquet" => {
            let mut writer =
                ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
            writer.write(batch).expect("rows are written");
            writer.close().expect("the file is complete");
        }
        "arrow" => {
            let writer = FileWriter::try_new_with_options(&mut bytes, &batch.schema(), options);
            let mut writer = writer.expect("a writer");
            writer.write(batch).expect("rows are written");
            writer.finish().expect("the file is complete");
        }
        _ => {
            let writer = StreamWriter::try_new_with_options(&mut bytes, &batch.schema(), options);
            let mut writer = writer.expect("a writer");
            writer.write(batch).expect("rows are written");
            writer.finish().expect("the file is complete");
        }
    }
    bytes
}

/// Scores the columns in each columnar format, and calls `look` with the name of the format and the result.
fn each(at: &Path, others: Vec<(&'static str, ArrayRef)>, more: &[&str], look: impl Fn(&str, Run)) {
    let batch = batch(others);
    for name in ["parquet", "arrow", "arrows"] {
        let file = format!("a.{name}");
        look(name, scores(at, &file, bytes(&batch, name, None), more));
    }
}

fn decimal(value: i128, precision: u8, scale: i8) -> ArrayRef {
    let array = Decimal128Array::from(vec![Some(value), None]);
    Arc::new(array.with_precision_and_scale(precision, scale).expect("it fits"))
}

#[test]
fn columns_of_every_type_are_read() {
    let at = folder();
    let number = <Decimal256Type as ArrowPrimitiveType>::Native::from_i128(725);
    let wide = Decimal256Array::from(vec![Some(number), None]);
    let wide = wide.with_precision_and_scale(50, 2).expect("it fits");
    let lists =
        ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1), Some(3)]), None]);
    let names: DictionaryArray<Int8Type> = vec![Some("1"), None].into_iter().collect();
    let columns: Vec<(&'static str, ArrayRef)> = vec![
        ("q1", decimal(1, 1, 0)),
        ("q1", decimal(100, 38, 2)),
        ("q1", Arc::new(UInt16Array::from(vec![Some(1), None]))),
        ("q1", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("q1", Arc::new(LargeStringArray::from(vec![Some("1"), None]))),
        ("q1", Arc::new(StringViewArray::from(vec![Some("1"), None]))),
        ("q1", Arc::new(names)),
        ("hours", decimal(725, 10, 2)),
        ("hours", Arc::new(wide)),
        ("hours", Arc::new(Float32Array::from(vec![Some(7.25), None]))),
        ("bed", Arc::new(Time32SecondArray::from(vec![Some(83_700), None]))),
        ("bed", Arc::new(Time64NanosecondArray::from(vec![Some(83_700_000_000_000), None]))),
        ("helped", Arc::new(lists)),
        ("helped", Arc::new(Int64Array::from(vec![Some(2), None]))),
        ("day", Arc::new(StringArray::from(vec![Some("2026-01-05"), None]))),
        ("day", Arc::new(Date64Array::from(vec![Some(1_767_571_200_000), None]))),
        ("day", Arc::new(TimestampMicrosecondArray::from(vec![Some(1_767_571_200_000_000), None]))),
    ];
    for (column, array) in columns {
        let kind = array.data_type().clone();
        each(at.path(), vec![(column, array)], &[], |name, result| {
            let expected = "id,total,late\nr1,9.25,1\nr2,,\n";
            assert_eq!(
                (result.code, result.out.as_str()),
                (0, expected),
                "{name} {column} {kind}: {}",
                result.err
            );
        });
    }
}

#[test]
fn columns_with_invalid_values_are_reported() {
    let at = folder();
    let columns: Vec<(&'static str, ArrayRef, &str)> = vec![
        (
            "bed",
            Arc::new(DurationSecondArray::from(vec![Some(83_700), None])),
            "column `bed` contains durations, which are not answers",
        ),
        (
            "q1",
            Arc::new(BinaryArray::from_opt_vec(vec![Some(b"1"), None])),
            "column `q1` contains bytes",
        ),
        ("q1", Arc::new(Float64Array::from(vec![Some(f64::NAN), None])), "`NaN` is not a number"),
        ("q1", decimal(15, 3, 1), "`1.5` is not an answer"),
        ("day", Arc::new(Date32Array::from(vec![Some(0), None])), ""),
        (
            "day",
            Arc::new(TimestampMicrosecondArray::from(vec![Some(1_767_571_200_000_001), None])),
            "is not a date",
        ),
        (
            "bed",
            Arc::new(Time64NanosecondArray::from(vec![Some(83_700_000_000_001), None])),
            "is not a clock time",
        ),
        ("helped", Arc::new(Int64Array::from(vec![Some(9), None])), "`9` is not a choice"),
        (
            "q2",
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(vec![
                Some(vec![Some(1)]),
                None,
            ])),
            "column `q2` contains lists",
        ),
    ];
    for (column, array, expected) in columns {
        let kind = array.data_type().clone();
        each(at.path(), vec![(column, array)], &[], |name, result| {
            assert_eq!(
                result.code,
                u8::from(!expected.is_empty()),
                "{name} {column} {kind}: {}",
                result.err
            );
            assert!(result.err.contains(expected), "{name} {expected}: {}", result.err);
        });
    }
}

#[test]
fn missing_codes_apply_to_columnar_formats() {
    let at = folder();
    let columns: Vec<(&'static str, ArrayRef)> = vec![
        ("q1", Arc::new(Int64Array::from(vec![Some(-99), None]))),
        ("q1", Arc::new(Int8Array::from(vec![Some(-99), None]))),
        ("q1", Arc::new(Float64Array::from(vec![Some(-99.0), None]))),
        ("q1", Arc::new(Float64Array::from(vec![Some(f64::NAN), None]))),
        ("q1", Arc::new(StringArray::from(vec![Some("-99"), None]))),
        ("hours", decimal(-9900, 10, 2)),
    ];
    for (column, array) in columns {
        let kind = array.data_type().clone();
        let marks = ["--missing-code", "-99", "--missing-code", "NaN"];
        each(at.path(), vec![(column, array)], &marks, |name, result| {
            let expected = "id,total,late\nr1,,1\nr2,,\n";
            assert_eq!(
                (result.code, result.out.as_str()),
                (0, expected),
                "{name} {kind}: {}",
                result.err
            );
        });
    }
}

#[test]
fn a_misleading_file_name_is_reported() {
    let at = folder();
    for (name, file, note) in [
        ("parquet", "a.csv", "note: `a.csv` is a Parquet file, and is read as that"),
        ("arrows", "a.parquet", "note: `a.parquet` is an Arrow file"),
        ("arrow", "a", "note: `a` is an Arrow file"),
    ] {
        let result = scores(at.path(), file, bytes(&batch(Vec::new()), name, None), &[]);
        assert_eq!(result.code, 0, "{}", result.err);
        assert!(result.err.starts_with(note), "{}", result.err);
    }
}

#[test]
fn false_lengths_are_rejected() {
    let at = folder();
    let long: Vec<i64> = vec![1; 4000];
    let columns: Vec<(&str, ArrayRef)> = vec![("q1", Arc::new(Int64Array::from(long)))];
    let long = RecordBatch::try_from_iter(columns).expect("a column");
    for pressed in [CompressionType::LZ4_FRAME, CompressionType::ZSTD] {
        for name in ["arrow", "arrows"] {
            let whole = bytes(&long, name, Some(pressed));
            let stated = 32_000_i64.to_le_bytes();
            let place = whole.windows(8).position(|eight| eight == stated).expect("it is stated");
            for lie in [1_i64 << 28, 1 << 40, i64::MAX, i64::MIN] {
                let mut lying = whole.clone();
                lying[place..place + 8].copy_from_slice(&lie.to_le_bytes());
                let result = scores(at.path(), &format!("a.{name}"), lying, &[]);
                assert_eq!((result.code, result.out.as_str()), (1, ""), "{name}: {}", result.err);
                let expected = ["MiB of memory", "damaged", "no column"];
                assert!(
                    expected.iter().any(|expected| result.err.contains(expected)),
                    "{}",
                    result.err
                );
            }
        }
    }
}
