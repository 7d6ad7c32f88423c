//! The JavaScript of expressions.
//!
//! reproschema-ui replaces the first occurrence of each name in an expression by the answer, as a text, and evaluates the
//! result. So the names of items are only at the beginning, and those of variables contain none of them.

use crate::code::scalar::{Scalar, Spelling};

/// JavaScript.
pub(super) static REPROSCHEMA: Scalar = Scalar(&Spelling {
    language: "ReproSchema",
    nothing: "null",
    truth: ["true", "false"],
    connectives: ["&&", "||", "!"],
    equal: ["===", "!=="],
    known: ["!== null", "=== null"],
    functions: ["Math.abs", "Math.sqrt", "Math.log", "Math.exp", "Math.floor", "_normalCdf"],
    choose: |when, then, otherwise| format!("{when} ? {then} : {otherwise}"),
    count: |list| format!("{list}.filter(Boolean).length"),
    known_sum: |list| format!("_known({list}).reduce((_x, _y) => _x + _y, 0)"),
    extreme: |lowest, list| {
        format!("Math.{}(..._known({list}))", if lowest { "min" } else { "max" })
    },
    word: |list, at| format!("{list}[{at}]"),
    text: literal,
    // Ids contain no double underscores.
    prefix: "v__",
    no_dates: Some("an expression of ReproSchema cannot read a date as a number"),
    reserved: &[],
});

/// A literal text, in ASCII. All escapes have four digits, so that no letter of an escape is a word of its own.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ (b' ' | b'!' | b'#'..=b'[' | b']'..=b'~')) => literal.push(char::from(byte)),
            _ => literal.push_str(&format!("\\u{unit:04x}")),
        }
    }
    literal + "\""
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(literal("a\"\\é\u{1f600}\n"), "\"a\\u0022\\u005c\\u00e9\\ud83d\\ude00\\u000a\"");
    }
}
