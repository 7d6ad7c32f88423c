//! Writes numbers, texts and keys as TOML.

use std::fmt::Write;

/// 2^53: smaller integers are exact as floats.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes a number, without a decimal point if it is whole. It reads back as the same number.
pub(super) fn number(value: f64) -> String {
    // An integer has no negative zero, so `-0.0` must remain a float.
    let is_zero_with_sign = value == 0.0 && value.is_sign_negative();
    if value.fract() == 0.0 && value.abs() < EXACT && !is_zero_with_sign {
        return format!("{value:.0}");
    }
    // `{:?}` writes the fewest digits that read back as the same number, but `NaN`, which is not TOML.
    match value {
        nan if nan.is_nan() => "nan".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Writes a text on one line, in single quotes if that avoids escapes.
pub(crate) fn text(text: &str) -> String {
    // Single quotes allow no escapes, so such a text can contain neither a single quote nor control characters.
    let plain = !text.contains('\'') && !text.chars().any(char::is_control);
    if plain && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            other => escaped(other, &mut quoted),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a text in three quotes, with its lines wrapped at spaces to at most `width` characters where possible.
pub(super) fn paragraphs(text: &str, width: usize) -> String {
    let mut quoted = String::from("\"\"\"\n");
    let (mut column, mut before, last) = (0, None, text.len().saturating_sub(1));
    for (start, word) in words(text) {
        let size = word.chars().count();
        // After a backslash at the end of a line, TOML removes all space, so a piece that begins with space stays here.
        if column > 0 && column + size > width && !word.starts_with([' ', '\t', '\n']) {
            quoted.push_str("\\\n");
            column = 0;
        }
        for (at, character) in word.char_indices() {
            match character {
                '\n' => quoted.push('\n'),
                // Three quotes in a row would end the text, and a quote at its end would join the closing quotes.
                '"' if before == Some('"') || start + at == last => quoted.push_str("\\\""),
                '"' => quoted.push('"'),
                other => escaped(other, &mut quoted),
            }
            before = Some(character);
        }
        column = if word.ends_with('\n') { 0 } else { column + size };
    }
    quoted.push_str("\"\"\"");
    quoted
}

/// Returns the pieces of a text after which a line may be wrapped, with their positions. Each ends with one space or a
/// line break.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive([' ', '\n']).map(move |word| {
        let at = start;
        start += word.len();
        (at, word)
    })
}

fn escaped(character: char, out: &mut String) {
    match character {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        control if control.is_control() => {
            let _ = write!(out, "\\u{:04X}", u32::from(control));
        }
        other => out.push(other),
    }
}

/// Writes a key. A key that begins with a digit or a hyphen is quoted, so that it looks like a word and not like a
/// number.
pub(super) fn key(name: &str) -> String {
    let is_bare = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare { name.to_owned() } else { text(name) }
}

#[cfg(test)]
mod tests {
    use super::{number, paragraphs, text};

    fn read(value: &str) -> toml::Value {
        let table: toml::Table = toml::from_str(&format!("x = {value}")).expect("valid TOML");
        table["x"].clone()
    }

    #[test]
    fn numbers_read_back_exactly() {
        for value in
            [0.0, -0.0, 1.0, -3.0, 0.1, 1e-7, 1e21, 5e-324, f64::MAX, 1.0 / 3.0, 2f64.powi(53)]
        {
            let back: f64 = match read(&number(value)) {
                toml::Value::Integer(whole) => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "the number was written without decimals"
                    )]
                    let whole = whole as f64;
                    whole
                }
                other => other.as_float().expect("a number"),
            };
            assert_eq!(back.to_bits(), value.to_bits(), "{value} as {}", number(value));
        }
        assert_eq!(number(f64::INFINITY), "inf");
        assert_eq!(number(f64::NAN), "nan");
    }

    #[test]
    fn texts_read_back_exactly() {
        let parts = [
            "a", " ", "\n", "\t", "\"", "\"\"\"", "\\", "'", "\r\n", "\u{0}", "\u{7f}", "\u{85}",
            "é", "\u{2028}", "  ",
        ];
        let mut texts: Vec<String> = vec![String::new()];
        for _ in 0..3 {
            let longer = texts.iter().flat_map(|text| parts.map(|part| format!("{text}{part}")));
            texts = longer.chain([String::new()]).collect();
        }
        for written in texts {
            assert_eq!(read(&text(&written)).as_str(), Some(written.as_str()));
            for width in [1, 100] {
                let back = read(&paragraphs(&written, width));
                assert_eq!(
                    back.as_str(),
                    Some(written.as_str()),
                    "{}",
                    paragraphs(&written, width)
                );
            }
        }
    }
}
