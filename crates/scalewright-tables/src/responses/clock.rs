//! Parses clock times as people write them. A text that may mean two different times is refused.

/// Returns the minutes after midnight of a time that has minutes, or is marked as a time.
///
/// Examples: `9:05`, `21:30:00`, `9.05 pm`, `9 p.m.`, `21h30`, `9.05 Uhr`.
pub(crate) fn clock(text: &str) -> Option<f64> {
    // East Asian keyboards type this full-width colon.
    let lower = text.trim().to_lowercase().replace('\u{ff1a}', ":");
    let (time, mark) = marked(&lower);
    let (hours, minutes) = parts(time, mark)?;
    let hours = match mark {
        Mark::None | Mark::Hours => hours,
        // 12 am and 12 pm are refused: people disagree on which is noon and which is midnight.
        Mark::Morning | Mark::Evening
            if hours == 0 || hours > 12 || (hours, minutes) == (12, 0) =>
        {
            return None;
        }
        Mark::Morning => hours % 12,
        Mark::Evening => hours % 12 + 12,
    };
    (hours < 24 && minutes < 60).then(|| f64::from(hours * 60 + minutes))
}

/// The word after a time.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    None,
    /// A word for hours.
    Hours,
    Morning,
    Evening,
}

fn marked(text: &str) -> (&str, Mark) {
    let marks = [
        ("a.m.", Mark::Morning),
        ("am", Mark::Morning),
        ("p.m.", Mark::Evening),
        ("pm", Mark::Evening),
        ("uhr", Mark::Hours),
    ];
    let found = marks.into_iter().find_map(|(word, mark)| Some((text.strip_suffix(word)?, mark)));
    found.map_or((text, Mark::None), |(rest, mark)| (rest.trim_end(), mark))
}

/// Returns hours and minutes. A point between them, or hours alone, are accepted only with a word that marks a time.
fn parts(time: &str, mark: Mark) -> Option<(u32, u32)> {
    let is_marked = mark != Mark::None;
    let divided = [':', 'h', '.'].into_iter().find_map(|sign| Some((sign, time.split_once(sign)?)));
    let Some((sign, (hours, rest))) = divided else {
        return is_marked.then(|| Some((number(time, 1)?, 0))).flatten();
    };
    let (minutes, seconds) = match rest.split_once(':') {
        Some((minutes, seconds)) if sign == ':' => (minutes, Some(seconds)),
        _ => (rest, None),
    };
    // `9.05` may as well be a decimal number.
    if sign == '.' && !is_marked {
        return None;
    }
    // A score counts minutes, so seconds are only checked.
    if let Some(seconds) = seconds
        && number(seconds, 2)? > 59
    {
        return None;
    }
    Some((number(hours, 1)?, number(minutes, 2)?))
}

/// Parses a number of `least` to two digits.
fn number(digits: &str, least: usize) -> Option<u32> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && (least..=2).contains(&digits.len())).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn only_unambiguous_times_are_accepted() {
        for (text, expected) in [
            ("23:15", Some(1395.0)),
            ("07:05:59", Some(425.0)),
            ("9:05", Some(545.0)),
            ("0:00", Some(0.0)),
            ("9.05 pm", Some(1265.0)),
            ("9:05PM", Some(1265.0)),
            ("9 p.m.", Some(1260.0)),
            ("12:30 am", Some(30.0)),
            ("12:30 pm", Some(750.0)),
            ("21h30", Some(1290.0)),
            ("9.05 Uhr", Some(545.0)),
            ("9 Uhr", Some(540.0)),
            ("9：05", Some(545.0)),
            ("12 am", None),
            ("12:00 pm", None),
            ("13:00 pm", None),
            ("0:30 pm", None),
            ("7", None),
            ("930", None),
            ("1130", None),
            ("9.05", None),
            ("21.30", None),
            ("9:5", None),
            ("9:05.30", None),
            ("24:00", None),
            ("12:60", None),
            ("12:05:60", None),
            ("12:5x", None),
            ("+1:30", None),
            ("-1:30", None),
            ("1:30:00:00", None),
            (":30", None),
            ("noon", None),
            ("", None),
        ] {
            assert_eq!(clock(text), expected, "{text}");
        }
    }
}
