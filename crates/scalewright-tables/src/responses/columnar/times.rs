//! Formats dates, clock times and timestamps of columns as text.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Time32MillisecondType, Time32SecondType, Time64MicrosecondType,
    Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use arrow_schema::{DataType, TimeUnit};

use crate::responses::moments::{clock, date, written};

/// Formats a date cell: `2026-01-31`.
pub(super) fn day(array: &dyn Array, row: usize) -> String {
    match array.data_type() {
        DataType::Date32 => date(array.as_primitive::<Date32Type>().value(row).into()),
        // Milliseconds, usually a whole number of days.
        _ => written(array.as_primitive::<Date64Type>().value(row), 1000, true),
    }
}

/// Formats a clock time cell: `23:15:00`.
pub(super) fn time(array: &dyn Array, row: usize) -> String {
    let (value, parts) = match array.data_type() {
        DataType::Time32(TimeUnit::Second) => {
            (array.as_primitive::<Time32SecondType>().value(row).into(), 1)
        }
        DataType::Time32(_) => {
            (array.as_primitive::<Time32MillisecondType>().value(row).into(), 1000)
        }
        DataType::Time64(TimeUnit::Microsecond) => {
            (array.as_primitive::<Time64MicrosecondType>().value(row), 1_000_000)
        }
        _ => (array.as_primitive::<Time64NanosecondType>().value(row), 1_000_000_000),
    };
    clock(value, parts)
}

/// Formats a timestamp cell: `2026-01-31 23:15:00`, or only the date at midnight.
pub(super) fn moment(array: &dyn Array, row: usize) -> String {
    let (value, parts) = match array.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => {
            (array.as_primitive::<TimestampSecondType>().value(row), 1)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            (array.as_primitive::<TimestampMillisecondType>().value(row), 1000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000)
        }
        _ => (array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000),
    };
    // With a zone, midnight UTC may be another day elsewhere, so the time and UTC are always written.
    let has_zone = matches!(array.data_type(), DataType::Timestamp(_, Some(_)));
    let text = written(value, parts, !has_zone);
    if has_zone { format!("{text} UTC") } else { text }
}
