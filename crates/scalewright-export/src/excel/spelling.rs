//! How formulas spell numbers and texts, and calls with many arguments.

use scalewright_scoring::emit::digits;

use super::names::{is_name, list};
use crate::code::lines::{Piece, Print, unsupported};

/// The maximum length of a text within a formula.
const TEXT: usize = 255;
/// The maximum length of a label: eight of them must fit into a formula.
const LABEL: usize = 800;
/// The maximum number of arguments of a call.
const ARGUMENTS: usize = 255;

/// A number: a decimal point, no exponent.
pub(super) fn number(value: f64) -> Piece {
    let text = digits(value);
    if text.starts_with('-') { Piece::open(text) } else { Piece::atom(text) }
}

/// A text. Longer ones than a formula can contain are joined from parts.
pub(super) fn text(text: &str) -> Print<String> {
    if let Some(wrong) = text.chars().find(|c| is_no_character(*c)) {
        return unsupported(format!(
            "a formula cannot contain the character U+{:04X}",
            u32::from(wrong)
        ));
    }
    let length = text.encode_utf16().count();
    if length > LABEL {
        return unsupported(format!(
            "a text is {length} characters long, and the limit of a formula is {LABEL}"
        ));
    }
    let quoted = parts(text).into_iter().map(|part| format!("\"{}\"", part.replace('"', "\"\"")));
    Ok(quoted.collect::<Vec<_>>().join("&"))
}

/// Whether XML has no such character.
fn is_no_character(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\r' | '\u{fffe}' | '\u{ffff}')
}

/// The text in parts of at most [`TEXT`] characters as Excel counts them. `_x0041_` is divided, because Excel reads it
/// as an escaped character.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut length) = (Vec::new(), String::new(), 0);
    for character in text.chars() {
        if length + character.len_utf16() > TEXT || (character == 'x' && part.ends_with('_')) {
            parts.push(std::mem::take(&mut part));
            length = 0;
        }
        length += character.len_utf16();
        part.push(character);
    }
    parts.push(part);
    parts
}

/// The call of a function whose arguments can be nested calls of it: `SUM`, `AND`, `MIN`.
pub(super) fn call(function: &str, arguments: &[String]) -> String {
    if arguments.len() <= ARGUMENTS {
        return format!("{function}({})", arguments.join(","));
    }
    let parts = arguments.chunks(ARGUMENTS).map(|part| call(function, part));
    call(function, &parts.collect::<Vec<_>>())
}

/// The call of a function that ignores texts in cells, for names of cells: its ranges are short. `outer` is the
/// function that joins the results for more names than a call has arguments.
pub(super) fn over(function: &str, outer: &str, names: &[&str]) -> String {
    let lists = names.chunks(ARGUMENTS).map(|names| format!("{function}({})", list(names)));
    match &lists.collect::<Vec<_>>()[..] {
        [only] => only.clone(),
        several => call(outer, several),
    }
}

/// Pieces that are names of cells, and the other ones.
pub(super) fn divided<'p>(
    pieces: impl IntoIterator<Item = &'p Piece>,
) -> (Vec<&'p str>, Vec<&'p Piece>) {
    let (names, others): (Vec<&Piece>, Vec<&Piece>) =
        pieces.into_iter().partition(|piece| is_name(&piece.text));
    (names.into_iter().map(|piece| piece.text.as_str()).collect(), others)
}

/// The cell of which a condition states that it contains a number; `None` for other conditions.
pub(super) fn known_cell(condition: &Piece) -> Option<&str> {
    let of = condition.text.strip_prefix("ISNUMBER(")?.strip_suffix(')')?;
    is_name(of).then_some(of)
}

#[cfg(test)]
mod tests {
    use super::{call, text};

    #[test]
    fn texts_cannot_leave_their_quotes() {
        for (label, literal) in [
            ("plain", "\"plain\""),
            ("=1+1", "\"=1+1\""),
            ("a \"quote\"", "\"a \"\"quote\"\"\""),
            ("_x0041_", "\"_\"&\"x0041_\""),
            ("", "\"\""),
        ] {
            assert_eq!(text(label).as_deref(), Ok(literal));
        }
        let long = text(&"e".repeat(300)).expect("it is divided");
        assert_eq!(long, format!("\"{}\"&\"{}\"", "e".repeat(255), "e".repeat(45)));
        assert!(text("a\u{2}b").expect_err("it is a control character").because.contains("U+0002"));
        assert!(text(&"e".repeat(801)).expect_err("it is too long").because.contains("801"));
    }

    #[test]
    fn calls_have_at_most_255_arguments() {
        let many = call("SUM", &vec!["1".to_owned(); 300]);
        assert_eq!(many.matches("SUM").count(), 3);
    }
}
