//! Dates: whether they exist in the calendar.

use crate::file::InstrumentFile;
use crate::{Diagnostic, Pointer};

/// Reports dates that do not exist.
pub(super) fn check_dates(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let date = file.date.iter().map(|date| (Pointer::top("date"), date));
    let evidence = Pointer::top("rights").key("evidence");
    let seen = file.rights.evidence.iter().enumerate();
    let seen = seen.map(|(i, e)| (evidence.index(i).key("seen"), &e.seen));
    for (place, date) in date.chain(seen) {
        if !is_date(date) {
            let finding =
                Diagnostic::error("no-such-date", format!("the date `{date}` does not exist"))
                    .at(place, "not in the calendar")
                    .help("write year, month and day: `2026-01-31`");
            found.push(finding);
        }
    }
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
    use super::is_date;

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
