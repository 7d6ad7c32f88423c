//! Parses dates as people write them. A text that may mean two different days is refused.

use scalewright_model::is_date;

/// The English names of the months.
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

/// Returns the date of a text as `2026-01-31`, or the reason why it has none.
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
        // Between points the day comes first in every country; between other signs the month may come first.
        (None, None) => {
            // No month is 0, so a part that is not a number gives no day.
            let by_day = date(third, second.parse().unwrap_or(0), first);
            let by_month = date(third, first.parse().unwrap_or(0), second);
            let mut days: Vec<String> =
                by_day.into_iter().chain(by_month.filter(|_| !point)).collect();
            // `4/4/2026` is the same day in both orders, so it is not ambiguous.
            days.dedup();
            days
        }
    };
    match <[String; 1]>::try_from(days) {
        Ok([day]) => Ok(day),
        Err(days) if days.is_empty() => Err(NO_DAY),
        Err(_) => Err("which may mean two different days; write it in the form 2026-01-31"),
    }
}

/// Whether a text is written like a date with its year, but the day does not exist.
pub(super) fn impossible(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let is_day =
        |part: &&str| is_number(part) || month(part).is_some() || is_number(&ordinal(part));
    let has_year = parts.iter().any(|part| is_number(part) && part.len() >= 4);
    let is_written = parts.len() == 3 && parts.iter().all(is_day) && has_year;
    // An ambiguous day fails for another reason: it exists.
    is_written && day(text).is_err_and(|why| why == NO_DAY)
}

/// The reason for refusing a text that is not a date.
const NO_DAY: &str = "which is not an existing date with its year, such as 2026-01-31";

/// A calendar date, from a year of four digits, a month, and a day of one or two digits.
fn date(year: &str, month: u32, day: &str) -> Option<String> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !is_number(year) || !(1..=2).contains(&day.len()) || !is_number(day) {
        return None;
    }
    let date = format!("{year}-{month:02}-{day:0>2}");
    is_date(&date).then_some(date)
}

fn month(part: &str) -> Option<u32> {
    let is_month = |name: &&str| {
        *name == part
            || (part.len() == 3 && name.starts_with(part))
            || (*name == "september" && part == "sept")
    };
    let at = MONTHS.iter().position(is_month)?;
    u32::try_from(at + 1).ok()
}

/// The number of an ordinal: `1` of `1st`.
fn ordinal(part: &str) -> &str {
    let endings = ["st", "nd", "rd", "th"];
    endings.iter().find_map(|ending| part.strip_suffix(ending)).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::{day, impossible};

    #[test]
    fn only_unambiguous_dates_are_accepted() {
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
    fn only_texts_written_like_dates_can_be_impossible() {
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
