//! Writes a report as JSON.

use serde::Serialize;

use super::types::Report;

/// Returns the report as JSON.
#[must_use]
pub fn report(report: &Report) -> String {
    text(report)
}

/// Returns a value as indented JSON that is safe to show in a terminal or on a page: control characters and characters
/// that change the direction of writing are escaped, which does not change the JSON value.
pub(super) fn text(value: &impl Serialize) -> String {
    let plain = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut safe = String::with_capacity(plain.len() + 1);
    for character in plain.chars() {
        let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if turns || (character.is_control() && character != '\n') {
            safe.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            safe.push(character);
        }
    }
    safe.push('\n');
    safe
}
