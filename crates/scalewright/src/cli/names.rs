//! Names and days as values of options.

/// Whether `text` has the form of an instrument's id: lower-case words and digits, joined by single hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(word)
}

/// Parses a name that is safe in file names and in programs: an id of at most 64 bytes.
pub(crate) fn slug(text: &str) -> Result<String, String> {
    match text.len() <= 64 && is_slug(text) {
        true => Ok(text.to_owned()),
        false => Err("write lower-case letters, digits and hyphens, such as `my-trial`".to_owned()),
    }
}

/// Parses a calendar day, such as `2026-01-05`.
pub(crate) fn day(text: &str) -> Result<String, String> {
    match scalewright_model::is_date(text) {
        true => Ok(text.to_owned()),
        false => Err("write year, month and day, such as `2026-01-31`".to_owned()),
    }
}
