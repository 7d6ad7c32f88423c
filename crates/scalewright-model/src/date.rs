//! Dates of the calendar, as text and as numbers.

/// The first and the last day that formulas can use, as [`date_number`] returns them.
pub(crate) const DAYS: (f64, f64) = (18_000_101.0, 21_991_231.0);

/// Returns the number of a date in formulas: 20260131 for `2026-01-31`. `None` if the text is no date in this form.
#[must_use]
pub fn date_number(date: &str) -> Option<f64> {
    let digits = is_date(date).then(|| date.replace('-', ""))?;
    digits.parse().ok()
}

/// Returns the date of such a number. `None` if it is for no date that exists.
#[must_use]
pub fn date_of(number: f64) -> Option<String> {
    let digits = format!("{number:08}");
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let date = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
    is_date(&date).then_some(date)
}

/// Whether a text is a date in the form `2026-01-31`.
#[must_use]
pub fn is_date(date: &str) -> bool {
    // Eleven characters show that a text is too long, so that long texts are not copied whole.
    let shape: String =
        date.chars().take(11).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00" {
        return false;
    }
    let mut parts = date.split('-').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{date_number, date_of, is_date};

    #[test]
    fn a_date_and_its_number_become_each_other() {
        for (date, number) in [("2000-02-29", 20_000_229.0), ("0987-01-02", 9_870_102.0)] {
            assert_eq!(date_number(date), Some(number));
            assert_eq!(date_of(number).as_deref(), Some(date));
        }
        assert_eq!(date_number("2001-02-29"), None);
        for number in [20_010_229.0, 20_000_229.5, -1.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(date_of(number), None, "{number}");
        }
    }

    #[test]
    fn dates_are_checked_by_the_gregorian_calendar() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-04-31",
            "2026-00-10",
            "20234-01-01",
            "2026-1-5",
            "2026-01-05-01",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
