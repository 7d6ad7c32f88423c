//! Days of the calendar: ISO 8601 dates, as day numbers.

/// The day number of a date such as `2026-01-31`, which may be followed by a time. `None` if it is no such date.
pub(crate) fn day(text: &str) -> Option<i32> {
    let text = text.trim();
    let date = text.get(..10)?;
    let rest = &text[10..];
    if !(rest.is_empty() || rest.starts_with('T') || rest.starts_with(' ')) {
        return None;
    }
    let bytes = date.as_bytes();
    let digits = |from: usize, to: usize| -> Option<i32> {
        let part = &date.as_bytes()[from..to];
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok())?
    };
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let in_month = (1..=12).contains(&month) && day >= 1 && day <= days_of(year, month);
    in_month.then(|| number(year, month, day))
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i32, month: i32) -> i32 {
    match month {
        2 => 28 + i32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1 March of the year 0. Years begin in March, so that the leap day comes last.
fn number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month < 3 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 1
}

/// The date of a day number.
pub(crate) fn text(number: i32) -> String {
    let (mut low, mut high) = (0, 10_001);
    while high - low > 1 {
        let middle = (low + high) / 2;
        match self::number(middle, 3, 1) <= number {
            true => low = middle,
            false => high = middle,
        }
    }
    let rest = number - self::number(low, 3, 1);
    let month = (5 * rest + 2) / 153;
    let day = rest - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (low, month + 3) } else { (low + 1, month - 9) };
    format!("{year:04}-{month:02}-{day:02}")
}
