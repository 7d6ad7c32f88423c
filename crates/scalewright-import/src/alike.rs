//! Names and words that are alike: without case, signs and markup.

use crate::form::Item;
use crate::words::plain;

/// A name without case and signs.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The names of an item of a form, as keys: its id, its column, and the last part of its column.
pub(crate) fn keys(item: &Item) -> [String; 3] {
    let last = item.column.rsplit(['.', '/', '[']).next().unwrap_or_default();
    [key(&item.id), key(&item.column), key(last)]
}

/// Words without markup, spaces and punctuation at their ends, in lower case.
pub(crate) fn words(text: &str) -> String {
    let (text, _) = plain(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
}
