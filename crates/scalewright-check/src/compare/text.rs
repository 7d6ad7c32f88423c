//! Formats names, numbers and lists for messages.

/// Returns the name of a variant as it is written in files: `single-source` for `SingleSource`.
pub(super) fn word(value: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// Formats a number for a message.
pub(super) fn shown(value: f64) -> String {
    scalewright_scoring::emit::number(value)
}

/// Joins names for a message. Long lists are cut.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    pub(super) const MOST: usize = 8;
    let names: Vec<&str> = names.into_iter().collect();
    let some: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}
