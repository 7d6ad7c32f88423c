//! Checks dates and times of FHIR.

/// Whether a text is a `dateTime` of FHIR: a year, a month, an existing day, or a day with a time and a time zone.
pub(super) fn is_date_time(text: &str) -> bool {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = date.split('-');
    let year = parts.next().is_some_and(|year| digits(year, 4));
    let rest: Vec<&str> = parts.collect();
    let is_day = match rest[..] {
        [] => true,
        [month] => ("01"..="12").contains(&month),
        _ => scalewright_model::is_date(date),
    };
    let date_is_valid =
        year && rest.len() <= 2 && rest.iter().all(|part| digits(part, 2)) && is_day;
    match time {
        None => date_is_valid,
        Some(time) => date_is_valid && rest.len() == 2 && is_zoned_time(time),
    }
}

/// Whether a text is a time with a zone, such as `20:36:57.544Z` or `20:36:57+02:00`.
fn is_zoned_time(text: &str) -> bool {
    let shape: String =
        text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).take(40).collect();
    // With this shape, the slices below contain ASCII digits only, and texts compare like numbers.
    let Some(rest) = shape.strip_prefix("00:00:00") else { return false };
    // Second 60 is a leap second.
    if &text[..2] > "23" || &text[3..5] > "59" || &text[6..8] > "60" {
        return false;
    }
    let zone = match rest.strip_prefix('.') {
        Some(parts) if parts.starts_with('0') => parts.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    matches!(zone, "Z" | "+00:00" | "-00:00")
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn only_dates_and_times_of_fhir_are_accepted() {
        for (text, expected) in [
            ("2019", true),
            ("2019-08", true),
            ("2019-08-21", true),
            ("2019-08-21T20:36:57.544Z", true),
            ("2019-08-21T20:36:57+02:00", true),
            ("2019-08-21T20:36", false),
            ("2019-08T20:36:57Z", false),
            ("2019-08-21T20:36:57.Z", false),
            ("yesterday", false),
            ("2019-08-21-01", false),
            ("2019-08-21T24:36:57Z", false),
            ("2019-02-30", false),
            ("2019-13", false),
            ("2020-02-29", true),
        ] {
            assert_eq!(is_date_time(text), expected, "{text}");
        }
    }
}
