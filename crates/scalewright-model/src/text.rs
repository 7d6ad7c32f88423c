//! Text made safe to print: what a file, a path, an argument or the system says. All such text in a message passes through
//! here; results are data and do not.

/// A message is no longer than this, in characters.
const LONGEST_MESSAGE: usize = 4_000;
/// What a message quotes is no longer than this, in characters.
const LONGEST_QUOTE: usize = 80;

/// What begins a command to a service that reads the output of programs, wherever on a line it stands.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// A message: one line of bounded length.
#[must_use]
pub fn message(text: &str) -> String {
    shortened(text, LONGEST_MESSAGE, line)
}

/// A part of a message that is as long as a file has it.
#[must_use]
pub fn quote(text: &str) -> String {
    shortened(text, LONGEST_QUOTE, line)
}

/// Text made safe for one line of a terminal. What is safe already stays as it is.
#[must_use]
pub fn line(text: &str) -> String {
    let mut safe = clean(text).replace('\n', "\\n");
    // A colon pair at the start of a line is a command to GitHub, which skips blanks before it.
    let start = safe.len() - safe.trim_start().len();
    if safe[start..].starts_with("::") {
        safe.replace_range(start..=start, "\\u{3a}");
    }
    safe
}

/// Text made safe for a terminal, its line ends kept: characters that control it, end a line or turn the direction of
/// writing are spelled out.
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
        if safe.contains(command) {
            safe = safe.replace(command, &command.replacen('#', "\\u{23}", 1));
        }
    }
    safe
}

/// Whether a character is seen, stays on its line and leaves the order of its neighbours alone.
#[must_use]
pub fn is_safe(character: char) -> bool {
    let ends_a_line = matches!(character, '\u{2028}' | '\u{2029}');
    let turns = matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    // Letters of another alphabet that nobody sees.
    let is_tag = matches!(character, '\u{e0000}'..='\u{e007f}');
    !(character.is_control() || ends_a_line || turns || is_tag)
}

/// What the system says about an error: without its number, and in lower case.
#[must_use]
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_owned();
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

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
    fn what_controls_a_terminal_or_a_service_is_spelled_out() {
        for (text, safe) in [
            ("a\nb\r\u{1b}[31m", "a\\nb\\u{d}\\u{1b}[31m"),
            ("\u{85}\u{2028}\u{2029}\u{9b}2J", "\\u{85}\\u{2028}\\u{2029}\\u{9b}2J"),
            ("\u{202e}a\u{200f}", "\\u{202e}a\\u{200f}"),
            (" ::error::x", " \\u{3a}:error::x"),
            ("x ##[error]y ##vso[task]", "x \\u{23}#[error]y \\u{23}#vso[task]"),
            ("ab c::d “é” \u{200d}", "ab c::d “é” \u{200d}"),
        ] {
            assert_eq!(line(text), safe);
            assert_eq!(line(&line(text)), safe, "safe text stays as it is");
        }
    }

    #[test]
    fn no_text_is_long() {
        assert_eq!(quote(&"é".repeat(90)), format!("{}…", "é".repeat(80)));
        assert_eq!(message(&"a".repeat(1 << 20)).len(), 4_000 + "…".len());
        assert_eq!(message(&message(&"a".repeat(9_000))).chars().count(), 4_001);
    }
}
