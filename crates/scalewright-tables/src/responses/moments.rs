//! Formats dates, clock times and moments as text.

/// The number of seconds in a day.
const SECONDS: i64 = 86_400;

/// Formats a timestamp: the time since the beginning of 1970, in units of `1 / parts` seconds. With `day_alone`,
/// midnight is left out.
pub(super) fn written(value: i64, parts: i64, day_alone: bool) -> String {
    // Euclidean division, because times before 1970 are negative and must be rounded down.
    let (days, rest) = (value.div_euclid(SECONDS * parts), value.rem_euclid(SECONDS * parts));
    match rest == 0 && day_alone {
        true => date(days),
        false => format!("{} {}", date(days), clock(rest, parts)),
    }
}

/// Formats hours, minutes and seconds, with a fraction if it is not zero.
pub(super) fn clock(value: i64, parts: i64) -> String {
    let (seconds, rest) = (value.div_euclid(parts), value.rem_euclid(parts));
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let text = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if rest == 0 {
        return text;
    }
    let digits = format!("{:0width$}", rest, width = parts.ilog10() as usize);
    format!("{text}.{}", digits.trim_end_matches('0'))
}

/// Formats a date of the Gregorian calendar, from the number of days since the beginning of 1970.
pub(super) fn date(days: i64) -> String {
    // Counting from 1 March of the year 0 makes the leap day the last day of its year.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::{clock, written};

    #[test]
    fn timestamps_are_formatted_as_dates_and_times() {
        for (value, parts, expected) in [
            (0, 1, "1970-01-01"),
            (951_782_400, 1, "2000-02-29"),
            (-1, 1, "1969-12-31 23:59:59"),
            (1_767_225_600_000, 1000, "2026-01-01"),
            (1_767_225_600_500, 1000, "2026-01-01 00:00:00.5"),
            (-2_208_988_800, 1, "1900-01-01"),
        ] {
            assert_eq!(written(value, parts, true), expected);
        }
        assert_eq!(clock(83_700_000_000, 1_000_000), "23:15:00");
        assert_eq!(clock(83_700_000_001, 1_000_000), "23:15:00.000001");
    }
}
