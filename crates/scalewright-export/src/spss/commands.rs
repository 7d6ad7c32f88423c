//! Commands, comments and literal texts of SPSS syntax.
//!
//! A file is read in two modes: INSERT ends a command at a period at the end of a line, INCLUDE at a line that does not
//! begin with a space. So a command begins in the first column, its further lines are indented, and it ends with a
//! period.

use crate::code::head::wrapped;
use crate::code::lines::{Print, unsupported};

/// The most bytes of a line. SPSS reads 256.
const LINE: usize = 200;
/// The most bytes of a literal, before quotation marks are doubled. SPSS reads 255.
const LITERAL: usize = 90;

/// Commands, one on each line of `text`, as lines of bounded length.
pub(crate) fn lines(text: &str) -> String {
    text.lines().map(|command| broken(command) + "\n").collect()
}

/// A command on lines of bounded length. It is broken at spaces outside literals.
fn broken(command: &str) -> String {
    let (mut text, mut line, mut word, mut quoted) =
        (String::new(), String::new(), String::new(), false);
    for character in command.chars().chain([' ']) {
        quoted ^= character == '\'';
        if character != ' ' || quoted {
            word.push(character);
            continue;
        }
        if !line.is_empty() && line.len() + 1 + word.len() > LINE {
            text.push_str(&line);
            text.push_str("\n ");
            line.clear();
        }
        if !line.is_empty() || !text.is_empty() {
            line.push(' ');
        }
        line.push_str(&std::mem::take(&mut word));
    }
    text + line.trim_end()
}

/// A text as comments. A line that ends with a period ends a comment, so the next one begins another.
pub(crate) fn comments(text: &str) -> String {
    // What follows `/*` would be a comment of another kind.
    let text = text.replace("/*", "/ *");
    let lines: Vec<String> =
        wrapped(&text, 100).iter().flat_map(|line| pieces(line, LINE)).collect();
    if text.trim().is_empty() {
        return "*.\n".to_owned();
    }
    let mut comments = String::from("* ");
    for (at, line) in lines.iter().enumerate() {
        comments.push_str(line.trim());
        let is_last = at + 1 == lines.len();
        match comments.ends_with('.') {
            true if is_last => {}
            true => comments.push_str("\n* "),
            false if is_last => comments.push('.'),
            false => comments.push_str("\n    "),
        }
    }
    comments + "\n"
}

/// A text in pieces of bounded length in bytes; at least one.
fn pieces(text: &str, longest: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in text.chars() {
        match pieces.last_mut() {
            Some(last) if last.len() + character.len_utf8() <= longest => last.push(character),
            _ => pieces.push(character.to_string()),
        }
    }
    pieces
}

/// A literal text. Long ones are joined from several literals, on several lines.
pub(super) fn text(text: &str) -> Print<String> {
    if let Some(control) = text.chars().find(|c| c.is_control()) {
        let control = u32::from(control);
        return unsupported(format!("SPSS cannot write the character U+{control:04X} in a text"));
    }
    Ok(literal(text))
}

/// A literal text. Control characters become spaces.
pub(super) fn literal(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let quoted = |piece: &String| format!("'{}'", piece.replace('\'', "''"));
    pieces(&plain, LITERAL).iter().map(quoted).collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::{LINE, comments, lines, literal, text};

    #[test]
    fn no_text_ends_a_comment() {
        assert_eq!(comments("One. Two /* three..."), "* One. Two / * three...\n");
        assert_eq!(comments(""), "*.\n");
        assert_eq!(comments("one\n.two"), "* one .two.\n");
        let words = comments(&format!("{} end. {} last", "word".repeat(24), "word".repeat(24)));
        let (first, second) = ("word".repeat(24), "word".repeat(24));
        assert_eq!(words, format!("* {first}\n    end.\n* {second}\n    last.\n"));
        let long = comments(&"é".repeat(500));
        assert!(long.lines().all(|line| line.len() <= LINE + 5), "{long}");
    }

    #[test]
    fn quotation_marks_are_doubled_and_control_characters_refused() {
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal(""), "''");
        assert_eq!(
            literal(&"x".repeat(100)),
            format!("'{}' + '{}'", "x".repeat(90), "x".repeat(10))
        );
        assert!(text("a\nb").expect_err("a line break").because.contains("U+000A"));
    }

    #[test]
    fn long_commands_continue_on_indented_lines() {
        assert_eq!(lines("COMPUTE a = 'b  c'.\nEXECUTE."), "COMPUTE a = 'b  c'.\nEXECUTE.\n");
        let command = format!("COMPUTE a = {}'one two'.", "item + ".repeat(60));
        let text = lines(&command);
        assert!(text.lines().all(|line| line.len() <= LINE + 1), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("  ")), "{text}");
        assert_eq!(text.replace("\n  ", " ").trim_end(), command);
    }
}
