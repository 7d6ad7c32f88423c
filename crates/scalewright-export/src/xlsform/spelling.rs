//! References, and texts in formulas.

use std::collections::BTreeMap;

use crate::code::lines::{Print, unsupported};

/// The maximum length of a formula. A cell of a workbook contains at most 32,767 characters.
pub(super) const LONGEST: usize = 32_000;
/// What a reference to a row begins with.
const BEGIN: &str = "${";

/// The reference to the row with this name.
pub(super) fn reference(name: &str) -> String {
    format!("{BEGIN}{name}}}")
}

/// The name of the row that `text` refers to, if it is only a reference.
pub(super) fn referred(text: &str) -> Option<&str> {
    let name = text.strip_prefix(BEGIN)?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

/// Whether `text` is only a reference.
pub(super) fn is_reference(text: &str) -> bool {
    referred(text).is_some()
}

/// The formula with other names of rows. Texts in formulas contain no references.
pub(super) fn renamed(formula: &str, names: &BTreeMap<String, String>) -> String {
    let mut parts = formula.split(BEGIN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        text.push_str(&reference(names.get(name).map_or(name, String::as_str)));
        text.push_str(rest);
    }
    text
}

/// A text in the quotes that it does not contain. A text with both, or with what begins a reference, is joined.
pub(super) fn text(value: &str) -> Print<String> {
    if let Some(wrong) = value.chars().find(|c| c.is_control()) {
        return unsupported(format!(
            "a formula cannot contain the character U+{:04X}",
            u32::from(wrong)
        ));
    }
    match &parts(value)[..] {
        [] => Ok("''".to_owned()),
        [only] => Ok(quoted(only)),
        several => {
            let several: Vec<String> = several.iter().map(|part| quoted(part)).collect();
            Ok(format!("concat({})", several.join(", ")))
        }
    }
}

fn quoted(part: &str) -> String {
    let quote = if part.chars().any(|c| straight(c) == Some('\'')) { '"' } else { '\'' };
    format!("{quote}{part}{quote}")
}

/// The straight quotation mark that pyxform writes in place of a quotation mark. `None` for other characters.
pub(super) fn straight(character: char) -> Option<char> {
    match character {
        '\'' | '\u{2018}' | '\u{2019}' => Some('\''),
        '"' | '\u{201c}' | '\u{201d}' => Some('"'),
        _ => None,
    }
}

/// The text in parts that contain at most one kind of quotes, and `$` and `{` apart.
fn parts(value: &str) -> Vec<&str> {
    let (mut parts, mut start, mut before) = (Vec::new(), 0, None);
    let mut quote = None;
    for (at, character) in value.char_indices() {
        let own = straight(character);
        let other = own.is_some() && quote.is_some() && quote != own;
        if other || (before == Some('$') && character == '{') {
            parts.push(&value[start..at]);
            (start, quote) = (at, None);
        }
        quote = own.or(quote);
        before = Some(character);
    }
    parts.push(&value[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{renamed, text};

    #[test]
    fn texts_cannot_leave_their_quotes() {
        for (label, literal) in [
            ("", "''"),
            ("plain", "'plain'"),
            ("it's", "\"it's\""),
            ("\"it's\"", "concat('\"it', \"'s\", '\"')"),
            ("${x}", "concat('$', '{x}')"),
            ("it\u{2019}s", "\"it\u{2019}s\""),
        ] {
            assert_eq!(text(label).as_deref(), Ok(literal));
        }
        assert!(text("a\nb").expect_err("it is a line break").because.contains("U+000A"));
    }

    #[test]
    fn references_are_renamed() {
        let names = BTreeMap::from([("a".to_owned(), "x_a".to_owned())]);
        assert_eq!(renamed("if(${a} != '', ${b}, '}')", &names), "if(${x_a} != '', ${b}, '}')");
    }
}
