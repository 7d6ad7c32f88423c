//! Makes text safe to print in a terminal or a CI log. All text in messages that comes from files, paths, arguments or
//! the operating system passes through here. Results are data and do not.

/// The maximal length of a message, in characters.
const LONGEST_MESSAGE: usize = 4_000;
/// The maximal length of a quotation in a message, in characters.
const LONGEST_QUOTE: usize = 80;

/// The beginnings of commands that CI services recognise anywhere in a line of output.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Returns `text` as a safe message: one line of at most 4,000 characters.
#[must_use]
pub fn message(text: &str) -> String {
    shortened(text, LONGEST_MESSAGE, line)
}

/// Returns `text` as a safe quotation: 80 characters at most. For text from files, which may be of any
/// length.
#[must_use]
pub fn quote(text: &str) -> String {
    shortened(text, LONGEST_QUOTE, line)
}

/// Returns `text` made safe for one line of a terminal. Safe text is returned unchanged.
#[must_use]
pub fn line(text: &str) -> String {
    let mut safe = clean(text).replace('\n', "\\n");
    // `::` at the start of a line begins a GitHub workflow command, even after blanks.
    let start = safe.len() - safe.trim_start().len();
    if safe[start..].starts_with("::") {
        safe.replace_range(start..=start, "\\u{3a}");
    }
    safe
}

/// Returns `text` made safe for a terminal, with its line feeds unchanged. Control characters, other line separators
/// and characters that change the writing direction are escaped.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match is_safe(character) || character == '\n' {
            true => safe.push(character),
            false => safe.extend(character.escape_unicode()),
        }
    }
    for command in COMMANDS {
        // Most texts contain none. `replace` would copy each of them three times.
        if safe.contains(command) {
            safe = safe.replace(command, &command.replacen('#', "\\u{23}", 1));
        }
    }
    safe
}

/// Returns `text` as content or an attribute of HTML or SVG: [`clean`], with markup escaped.
#[must_use]
pub fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Whether a character is safe to print: no control character, end of a line, or change of direction.
#[must_use]
pub fn is_safe(character: char) -> bool {
    let ends_a_line = matches!(character, '\u{2028}' | '\u{2029}');
    let turns = matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    // Tag characters are invisible, so they could hide text in a message.
    let is_tag = matches!(character, '\u{e0000}'..='\u{e007f}');
    !(character.is_control() || ends_a_line || turns || is_tag)
}

/// Returns the operating system's message for an error, without its number.
#[must_use]
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_owned();
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// Returns the text with its first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// Whether a spreadsheet program takes a cell for a formula when it opens the table.
#[must_use]
pub fn is_run_by_spreadsheets(text: &str) -> bool {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    // A negative score begins with a minus sign too, but must remain a number.
    text.starts_with(STARTS) && !is_number(text)
}

/// Whether spreadsheet programs read a text as a number: `-1`, `+2.5`, `-1e3`.
fn is_number(text: &str) -> bool {
    let plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    // `parse` alone would also accept `-inf` and `+nan`, which no spreadsheet takes for numbers.
    plain && text.parse::<f64>().is_ok()
}

/// Cuts a text, then makes the rest safe, so that long text costs little and no escape is cut in two.
fn shortened(text: &str, longest: usize, safe: impl Fn(&str) -> String) -> String {
    match text.char_indices().nth(longest) {
        None => safe(text),
        Some((end, _)) => format!("{}…", safe(&text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::{line, message, quote};

    #[test]
    fn control_sequences_of_terminals_and_ci_services_are_escaped() {
        for (text, safe) in [
            ("a\nb\r\u{1b}[31m", "a\\nb\\u{d}\\u{1b}[31m"),
            ("\u{85}\u{2028}\u{2029}\u{9b}2J", "\\u{85}\\u{2028}\\u{2029}\\u{9b}2J"),
            ("\u{202e}a\u{200f}", "\\u{202e}a\\u{200f}"),
            (" ::error::x", " \\u{3a}:error::x"),
            ("x ##[error]y ##vso[task]", "x \\u{23}#[error]y \\u{23}#vso[task]"),
            ("ab c::d “é” \u{200d}", "ab c::d “é” \u{200d}"),
        ] {
            assert_eq!(line(text), safe);
            assert_eq!(line(&line(text)), safe, "safe text is unchanged");
        }
    }

    #[test]
    fn long_text_is_shortened() {
        assert_eq!(quote(&"é".repeat(90)), format!("{}…", "é".repeat(80)));
        assert_eq!(message(&"a".repeat(1 << 20)).len(), 4_000 + "…".len());
        assert_eq!(message(&message(&"a".repeat(9_000))).chars().count(), 4_001);
    }
}
