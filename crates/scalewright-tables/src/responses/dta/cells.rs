//! The cells of a Stata file: missing values with their letters, and dates as text.

use dta::stata::dta::value::Value;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use dta::stata::temporal::TemporalKind;
use dta::stata::temporal::conversion::{
    STATA_EPOCH_UNIX_DAYS, STATA_EPOCH_UNIX_MILLIS, tm_months_to_year_month,
};

use crate::responses::moments::{date, written};
use crate::responses::source::SourceCell;

/// The number that a label of `.` belongs to. Those of `.a` to `.z` follow.
const MISSING: i32 = 2_147_483_621;

/// The cell that the number of a value label means.
pub(super) fn labelled(number: i32) -> SourceCell {
    match u8::try_from(i64::from(number) - i64::from(MISSING)) {
        Ok(0) => SourceCell::Blank,
        Ok(letter @ 1..=26) => SourceCell::Reason(format!(".{}", char::from(b'a' + letter - 1))),
        _ => SourceCell::Number(f64::from(number)),
    }
}

/// A cell with a fixed place in its row. `time` is what its format means.
pub(super) fn cell(value: &Value<'_>, time: Option<TemporalKind>) -> SourceCell {
    let number = match value {
        Value::Byte(StataByte::Present(number)) => f64::from(*number),
        Value::Int(StataInt::Present(number)) => f64::from(*number),
        Value::Long(StataLong::Present(number)) => f64::from(*number),
        // By way of its shortest text, a 3.1 in single precision is read as 3.1, not as 3.0999999046.
        Value::Float(StataFloat::Present(number)) => {
            number.to_string().parse().unwrap_or(f64::from(*number))
        }
        Value::Double(StataDouble::Present(number)) => *number,
        Value::Byte(StataByte::Missing(missing))
        | Value::Int(StataInt::Missing(missing))
        | Value::Long(StataLong::Missing(missing))
        | Value::Float(StataFloat::Missing(missing))
        | Value::Double(StataDouble::Missing(missing)) => return absent(*missing),
        Value::String(text) => return long(Some(text.to_string())),
        Value::LongStringRef(_) => return SourceCell::Blank,
    };
    match time.and_then(|kind| moment(number, kind)) {
        Some(time) => SourceCell::Time(time),
        None => SourceCell::Number(number),
    }
}

/// A text. One that cannot be decoded is an error.
pub(super) fn long(text: Option<String>) -> SourceCell {
    match text {
        Some(text) if text.is_empty() => SourceCell::Blank,
        Some(text) => SourceCell::Text(text),
        None => SourceCell::Error("is a long text that is lost or not readable".to_owned()),
    }
}

fn absent(missing: MissingValue) -> SourceCell {
    match missing {
        MissingValue::System => SourceCell::Blank,
        letter => SourceCell::Reason(letter.to_string()),
    }
}

/// The date that a number means, if it means one exactly.
fn moment(number: f64, kind: TemporalKind) -> Option<String> {
    // Far beyond all calendars, and within the range of whole numbers below.
    if !number.is_finite() || number.abs() > 1e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let whole = number.round() as i64;
    match kind {
        TemporalKind::Date if number.abs() < 1e8 => {
            #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
            let day = number.floor() as i64;
            Some(date(day + i64::from(STATA_EPOCH_UNIX_DAYS)))
        }
        TemporalKind::DateTime => Some(written(whole + STATA_EPOCH_UNIX_MILLIS, 1000, true)),
        TemporalKind::Month if number.fract() == 0.0 => {
            let (year, month) = tm_months_to_year_month(i32::try_from(whole).ok()?);
            Some(format!("{year:04}-{month:02}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{labelled, moment};
    use crate::responses::source::SourceCell;
    use dta::stata::temporal::TemporalKind;

    #[test]
    fn labels_of_missing_values_belong_to_their_letters() {
        for (number, expected) in [
            (4, SourceCell::Number(4.0)),
            (2_147_483_620, SourceCell::Number(2_147_483_620.0)),
            (2_147_483_621, SourceCell::Blank),
            (2_147_483_622, SourceCell::Reason(".a".to_owned())),
            (2_147_483_647, SourceCell::Reason(".z".to_owned())),
            (-1, SourceCell::Number(-1.0)),
        ] {
            assert_eq!(labelled(number), expected);
        }
    }

    #[test]
    fn numbers_become_dates_by_their_format() {
        for (number, kind, expected) in [
            (24_108.0, TemporalKind::Date, Some("2026-01-02")),
            (-1.0, TemporalKind::Date, Some("1959-12-31")),
            (2_082_931_200_000.0, TemporalKind::DateTime, Some("2026-01-02")),
            (792.0, TemporalKind::Month, Some("2026-01")),
            (264.0, TemporalKind::Quarter, None),
            (1e300, TemporalKind::Date, None),
        ] {
            assert_eq!(moment(number, kind).as_deref(), expected, "{number}");
        }
    }
}
