//! Words with their translations.

use serde_json::Value as Json;

use super::json::{extensions, list, text};
use crate::words::{Words, plain};

/// The words of a text element and of its translations. `language` is that of the resource.
pub(super) fn of(json: &Json, key: &str, language: &str) -> Words {
    let mut words = Words::default();
    if let Some(text) = text(json, key) {
        words.add(language, text);
    }
    if let Some(element) = json.get(format!("_{key}")) {
        translations(element, &mut words, language);
    }
    words
}

fn translations(element: &Json, words: &mut Words, language: &str) {
    for (_, extension) in extensions(element, "translation") {
        let part = |name: &str| {
            let found =
                list(extension, "extension").iter().find(|e| text(e, "url") == Some(name))?;
            super::json::choice(found, "value")?.1.as_str()
        };
        if let (Some(tag), Some(content)) = (part("lang"), part("content"))
            && tag != language
        {
            words.add(tag, content);
        }
    }
}

/// Adds the designations of a concept.
pub(super) fn designations(concept: &Json, words: &mut Words, language: &str) {
    for designation in list(concept, "designation") {
        if let (Some(tag), Some(value)) =
            (text(designation, "language"), text(designation, "value"))
            && tag != language
        {
            words.add(tag, value);
        }
    }
}

/// The words without markup, and whether there was any.
pub(super) fn unmarked(words: &Words) -> (Words, bool) {
    let mut had_markup = false;
    let words = words.map(|text| {
        let (text, had) = plain(text);
        had_markup |= had;
        text
    });
    (words, had_markup)
}
