//! Commands and literal texts of Stata.

/// The most characters of a line, for readers.
const LINE: usize = 110;

/// Commands, one on each line of `text`, each as lines of bounded length after `indent`.
pub(super) fn lines(text: &str, indent: &str) -> String {
    text.lines().map(|command| broken(command, indent) + "\n").collect()
}

/// A command that continues after `///`. It is broken at spaces outside texts.
fn broken(command: &str, indent: &str) -> String {
    let (mut lines, mut line, mut word, mut quoted) =
        (Vec::new(), String::new(), String::new(), false);
    for character in command.chars().chain([' ']) {
        quoted ^= character == '"';
        if character != ' ' || quoted {
            word.push(character);
            continue;
        }
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LINE {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&std::mem::take(&mut word));
    }
    lines.push(line.trim_end().to_owned());
    format!("{indent}{}", lines.join(&format!(" ///\n{indent}    ")))
}

/// Characters that Stata interprets within a text.
const INTERPRETED: [char; 4] = ['"', '`', '$', '\\'];

/// A literal text. What Stata interprets is written by its number.
pub(super) fn literal(text: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut plain = String::new();
    for character in text.chars() {
        if !character.is_ascii_control() && !INTERPRETED.contains(&character) {
            plain.push(character);
            continue;
        }
        if !plain.is_empty() {
            pieces.push(format!("\"{}\"", std::mem::take(&mut plain)));
        }
        pieces.push(format!("char({})", u32::from(character)));
    }
    if !plain.is_empty() || pieces.is_empty() {
        pieces.push(format!("\"{plain}\""));
    }
    pieces.join(" + ")
}

/// Commands that use a text where Stata takes no expression; `{}` in `command` is the text.
pub(super) fn with_text(command: &str, text: &str) -> String {
    let literal = literal(text);
    match literal.contains("char(") {
        true => {
            let command = command.replace("{}", "`\"`macval(text)'\"'");
            format!("local text = {literal}\n{command}\n")
        }
        false => command.replace("{}", &literal) + "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::{LINE, lines, literal, with_text};

    #[test]
    fn macros_and_quotation_marks_are_written_by_number() {
        assert_eq!(literal("it's"), "\"it's\"");
        assert_eq!(literal("$x"), "char(36) + \"x\"");
        assert_eq!(literal("a`b'\"\\"), "\"a\" + char(96) + \"b'\" + char(34) + char(92)");
        assert_eq!(literal(""), "\"\"");
        assert_eq!(literal("a\nb"), "\"a\" + char(10) + \"b\"");
        assert_eq!(with_text("label variable q {}", "one"), "label variable q \"one\"\n");
        let text = with_text("label variable q {}", "$");
        assert_eq!(text, "local text = char(36)\nlabel variable q `\"`macval(text)'\"'\n");
    }

    #[test]
    fn long_commands_continue_on_indented_lines() {
        assert_eq!(lines("gen a = \"b  c\"", "  "), "  gen a = \"b  c\"\n");
        let command = format!("gen a = {}\"one  two\"", "item + ".repeat(60));
        let text = lines(&command, "");
        assert!(text.lines().all(|line| line.len() <= LINE + 8), "{text}");
        assert_eq!(text.replace(" ///\n    ", " ").trim_end(), command);
    }
}
