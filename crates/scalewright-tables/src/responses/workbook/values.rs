//! The values of cells, from those of the library that reads workbooks.

use calamine::{Data, ExcelDateTime};
use scalewright_model::text::line;

use super::facts::constant;
use crate::responses::source::SourceCell;

/// The errors of spreadsheet programs. OpenDocument stores them as texts.
const ERRORS: [&str; 8] =
    ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#DATA!"];

/// The value of a cell with its formula. A formula that only states a truth value is that value.
pub(super) fn cell(value: Data, formula: Option<&str>) -> (SourceCell, Option<Box<str>>) {
    match formula.map(|formula| (formula, constant(formula))) {
        None => (self::value(value), None),
        Some((_, Some(truth))) => (SourceCell::Truth(truth), None),
        Some((formula, None)) => (self::value(value), Some(formula.into())),
    }
}

/// Whether a character is a control character that no text of a cell has.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

fn value(value: Data) -> SourceCell {
    match value {
        Data::Empty => SourceCell::Blank,
        Data::Int(number) => whole(number),
        Data::Float(number) if number.is_finite() => SourceCell::Number(number),
        Data::Float(number) => SourceCell::Error(number.to_string()),
        Data::String(text) if text.is_empty() => SourceCell::Blank,
        Data::String(text) if ERRORS.contains(&text.as_str()) => SourceCell::Error(text),
        // Only damaged files have other control characters: XML cannot contain them.
        Data::String(text) if text.contains(is_control) => SourceCell::Error(line(&text)),
        Data::String(text) => SourceCell::Text(text),
        Data::Bool(truth) => SourceCell::Truth(truth),
        Data::DateTime(time) => SourceCell::Time(self::time(&time)),
        Data::DateTimeIso(text) => SourceCell::Time(day(&text)),
        Data::DurationIso(text) => SourceCell::Time(duration(&text).unwrap_or(text)),
        Data::Error(error) => SourceCell::Error(error.to_string()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "as the program itself computes")]
fn whole(number: i64) -> SourceCell {
    SourceCell::Number(number as f64)
}

/// A date, a time of day, or both.
fn time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, millis) = time.to_ymd_hms_milli();
    if time.is_duration() {
        #[expect(clippy::cast_possible_truncation, reason = "a number of seconds")]
        return seconds((time.as_f64() * 86_400.0).round() as i64);
    }
    let clock = match (second, millis) {
        (0, 0) => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    // A number below 1 is a part of a day.
    if (0.0..1.0).contains(&time.as_f64()) {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match clock.as_str() {
        "00:00" => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// Hours, minutes and seconds, which are left out if there are none.
fn seconds(total: i64) -> String {
    let sign = if total < 0 { "-" } else { "" };
    let total = total.unsigned_abs();
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    match seconds {
        0 => format!("{sign}{hours:02}:{minutes:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// A date without the midnight that some programs write after it.
fn day(text: &str) -> String {
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

/// The time that a duration such as `PT23H15M00S` means.
fn duration(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let whole = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let number = |text: &str| text.parse::<u32>().ok().map(i64::from);
    Some(seconds(number(hours)? * 3600 + number(minutes)? * 60 + number(whole)?))
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::{duration, time};

    #[test]
    fn times_are_written_as_iso_8601_writes_them() {
        for (serial, is_1904, expected) in [
            (46_024.0, false, "2026-01-02"),
            (44_562.0, true, "2026-01-02"),
            (46_024.5, false, "2026-01-02T12:00:00"),
            (0.96875, false, "23:15"),
            (0.0, false, "00:00"),
        ] {
            let value = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
            assert_eq!(time(&value), expected, "{serial}");
        }
        let value = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(time(&value), "30:00");
        assert_eq!(duration("PT23H15M00S").as_deref(), Some("23:15"));
        assert_eq!(duration("PT30H00M05.5S").as_deref(), Some("30:00:05"));
        assert_eq!(duration("P1D"), None);
    }
}
