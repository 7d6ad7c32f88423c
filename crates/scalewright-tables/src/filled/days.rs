//! Days as people write them, as `2026-01-31`. What could be meant as one of two days is none.

use scalewright_model::is_date;

/// The months, as they are written in English.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that a text stands for, or why it stands for none.
pub(super) fn day(text: &str) -> Result<String, &'static str> {
    let text = text.trim().to_lowercase();
    if is_date(&text) {
        return Ok(text);
    }
    let is_part = |c: char| c.is_alphanumeric();
    let parts: Vec<&str> = text.split(|c| !is_part(c)).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Err(NO_DAY) };
    let point = text.contains('.');
    let days: Vec<String> = match (month(first), month(second)) {
        // January 31, 2026
        (Some(month), None) => date(third, month, ordinal(second)).into_iter().collect(),
        // 31 January 2026
        (None, Some(month)) => date(third, month, ordinal(first)).into_iter().collect(),
        (Some(_), Some(_)) => Vec::new(),
        // 2026/1/31
        (None, None) if first.len() == 4 => {
            date(first, second.parse().unwrap_or(0), third).into_iter().collect()
        }
        // With points the day comes first everywhere; with strokes the month may.
        (None, None) => {
            let by_day = date(third, second.parse().unwrap_or(0), first);
            let by_month = date(third, first.parse().unwrap_or(0), second);
            let mut days: Vec<String> =
                by_day.into_iter().chain(by_month.filter(|_| !point)).collect();
            days.dedup();
            days
        }
    };
    match <[String; 1]>::try_from(days) {
        Ok([day]) => Ok(day),
        Err(days) if days.is_empty() => Err(NO_DAY),
        Err(_) => Err("which may be meant as one of two days; as 2026-01-31 it would be certain"),
    }
}

/// Whether a text is written as a day is, with its year, and there is no such day.
pub(super) fn impossible(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let is_day =
        |part: &&str| is_number(part) || month(part).is_some() || is_number(&ordinal(part));
    let has_year = parts.iter().any(|part| is_number(part) && part.len() >= 4);
    let is_written = parts.len() == 3 && parts.iter().all(is_day) && has_year;
    is_written && day(text).is_err_and(|why| why == NO_DAY)
}

/// Why a text is no day.
const NO_DAY: &str = "which is no day that there is, written with its year as 2026-01-31";

/// A day of the calendar, from a year of four digits, a month, and a day of one or two digits.
fn date(year: &str, month: u32, day: &str) -> Option<String> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !is_number(year) || !(1..=2).contains(&day.len()) || !is_number(day) {
        return None;
    }
    let date = format!("{year}-{month:02}-{day:0>2}");
    is_date(&date).then_some(date)
}

fn month(part: &str) -> Option<u32> {
    let is_it = |name: &&str| {
        *name == part
            || (part.len() == 3 && name.starts_with(part))
            || (*name == "september" && part == "sept")
    };
    let at = MONTHS.iter().position(is_it)?;
    u32::try_from(at + 1).ok()
}

/// The number of 1st, 2nd, 3rd and 4th.
fn ordinal(part: &str) -> &str {
    let endings = ["st", "nd", "rd", "th"];
    endings.iter().find_map(|ending| part.strip_suffix(ending)).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::{day, impossible};

    #[test]
    fn days_are_taken_where_they_can_be_no_other() {
        for (text, expected) in [
            ("2026-01-31", Some("2026-01-31")),
            ("2026/1/5", Some("2026-01-05")),
            ("28.11.2026", Some("2026-11-28")),
            ("5. 4. 2026", Some("2026-04-05")),
            ("31/12/2025", Some("2025-12-31")),
            ("12/31/2025", Some("2025-12-31")),
            ("4/4/2026", Some("2026-04-04")),
            ("1 May 2026", Some("2026-05-01")),
            ("May 1st, 2026", Some("2026-05-01")),
            ("29 Feb 2024", Some("2024-02-29")),
            ("5/4/2026", None),
            ("12.31.2025", None),
            ("30 February 2026", None),
            ("2026-02-30", None),
            ("2026-13-01", None),
            ("30.02.2026", None),
            ("1 May 20234", None),
            ("20234-01-01", None),
            ("1 May", None),
            ("01.05.26", None),
            ("46021", None),
            ("2026", None),
            ("2026-01-05 10:00", None),
            ("yesterday", None),
        ] {
            assert_eq!(day(text).ok().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_written_as_a_day_may_be_any() {
        for (text, expected) in [
            ("2026-02-30", true),
            ("30 February 2026", true),
            ("2026-13-01", true),
            ("1.1.20234", true),
            ("5/4/2026", false),
            ("1 May", false),
            ("01.05.26", false),
            ("second visit", false),
            ("", false),
        ] {
            assert_eq!(impossible(text), expected, "{text}");
        }
    }
}
