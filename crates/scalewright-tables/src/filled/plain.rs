//! Numbers, dates and times as a form prints them, in the characters that are parsed.

/// The digits 0 of scripts that have their own digits; the other nine follow each of them.
const ZEROS: [u32; 14] = [
    0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
    0x0ed0, 0xff10,
];

/// Returns a text with the digits, minus sign and decimal mark of any script replaced by those of ASCII, and without the
/// invisible characters that set the direction of a text.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_direction(c))
        .map(|c| digit(c).unwrap_or_else(|| sign(c)))
        .collect()
}

fn digit(c: char) -> Option<char> {
    let value =
        ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|v| *v < 10))?;
    char::from_digit(value, 10)
}

fn sign(c: char) -> char {
    match c {
        // The minus sign that forms print, and its small and wide forms.
        '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{066b}' | '\u{ff0e}' => '.',
        '\u{ff0c}' => ',',
        '\u{ff1a}' => ':',
        other => other,
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a number without the unit that the form prints beside it.
pub(super) fn without<'a>(text: &'a str, units: &[&str]) -> &'a str {
    let rest = |unit: &&str| {
        let at = text.len().checked_sub(unit.len()).filter(|at| text.is_char_boundary(*at))?;
        let (number, ending) = text.split_at(at);
        let number = number.trim_end();
        let follows = number.ends_with(|c: char| c.is_ascii_digit());
        (!unit.is_empty() && follows && ending.to_lowercase() == unit.to_lowercase())
            .then_some(number)
    };
    units.iter().find_map(rest).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{plain, without};

    #[test]
    fn printed_signs_and_digits_of_any_script_are_read() {
        for (text, expected) in [
            ("\u{2212}6,5", "-6,5"),
            ("\u{0663}\u{066b}\u{0665}", "3.5"),
            ("\u{ff12}\u{ff11}\u{ff1a}\u{ff10}\u{ff15}", "21:05"),
            ("\u{200f}12\u{200f}", "12"),
            ("\u{06f1}\u{06f2}", "12"),
            ("7 h", "7 h"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn the_printed_unit_is_no_part_of_a_number() {
        for (text, expected) in [
            ("6,5 h", "6,5"),
            ("6,5h", "6,5"),
            ("6,5 H", "6,5"),
            ("6,5 min", "6,5 min"),
            ("h", "h"),
            ("6,5 hh", "6,5 hh"),
        ] {
            assert_eq!(without(text, &["h", "Std."]), expected, "{text}");
        }
    }
}
