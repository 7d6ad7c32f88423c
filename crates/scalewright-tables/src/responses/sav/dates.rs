//! Numbers that SPSS shows as dates and times, by their format.

use crate::responses::moments::{clock, date, written};

/// The number of seconds from the beginning of SPSS's calendar, 14 October 1582, to the beginning of 1970.
const TO_1970: i64 = 141_428 * 86_400;
/// Fractions of seconds are read to this part of a second.
const PARTS: i64 = 1_000_000;

/// Whether numbers of this format are dates or times.
pub(super) fn is_time(format: u8) -> bool {
    matches!(format, 20..=25 | 28..=30 | 38..=41)
}

/// The date or time that a number means in a format; `None` if it is beyond all calendars.
pub(super) fn time(number: f64, format: u8) -> Option<String> {
    // Seconds of 30,000 years.
    if number.is_nan() || number.abs() > 1e12 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    let value = (number * PARTS as f64).round() as i64;
    let since_1970 = value - TO_1970 * PARTS;
    match format {
        // TIME, DTIME and MTIME are durations.
        21 | 25 | 40 => (value >= 0).then(|| clock(value, PARTS)),
        22 | 41 => Some(written(since_1970, PARTS, true)),
        _ => Some(date(since_1970.div_euclid(86_400 * PARTS))),
    }
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn numbers_become_dates_by_their_format() {
        for (number, format, expected) in [
            (13_986_691_200.0, 20, Some("2026-01-02")),
            (13_986_691_200.0, 39, Some("2026-01-02")),
            (13_986_691_200.0, 22, Some("2026-01-02")),
            (13_986_774_900.5, 22, Some("2026-01-02 23:15:00.5")),
            (13_986_774_900.0, 20, Some("2026-01-02")),
            (0.0, 20, Some("1582-10-14")),
            (83_700.0, 21, Some("23:15:00")),
            (108_000.0, 25, Some("30:00:00")),
            (-5.0, 21, None),
            (1e300, 20, None),
            (f64::NAN, 20, None),
        ] {
            assert_eq!(time(number, format).as_deref(), expected, "{number} {format}");
        }
    }
}
