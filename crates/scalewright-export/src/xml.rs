//! The characters of XML.

use std::borrow::Cow;

/// Whether the character may be written to XML. Control characters other than tabs and line breaks may not, not even as
/// references.
pub(crate) fn is_allowed(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
        || matches!(character, '\t' | '\n' | '\r')
}

/// Returns the text without the characters that are not allowed.
pub(crate) fn allowed(text: &str) -> Cow<'_, str> {
    match text.chars().all(is_allowed) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|&character| is_allowed(character)).collect()),
    }
}
