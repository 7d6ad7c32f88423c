//! The texts of an Open Scale Definition, by language and key.

use std::cell::Cell;

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::place::Place;
use crate::words::{Words, plain};

/// The texts of all languages.
pub(super) struct Texts<'a> {
    languages: Vec<(String, Node<'a>)>,
    /// How many texts had markup.
    marked_up: Cell<usize>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(translations: &Node<'a>) -> Self {
        let languages = translations.entries().into_iter();
        let languages =
            languages.map(|(language, texts)| (language.replace('_', "-"), texts)).collect();
        Self { languages, marked_up: Cell::new(0) }
    }

    /// The main language: English, if it is there, as in the runner.
    pub(super) fn main(&self) -> Option<String> {
        let english = self.languages.iter().find(|(language, _)| language == "en");
        english.or(self.languages.first()).map(|(language, _)| language.clone())
    }

    /// The words of a key. A key without words in any language is a text itself, as in the runner.
    pub(super) fn words(&self, key: &str) -> Words {
        let mut words = Words::default();
        for (language, texts) in &self.languages {
            if let Some(text) = texts.get(key).text() {
                words.add(language, &self.plain(text));
            }
        }
        if words.is_empty() { Words::only(&self.plain(key)) } else { words }
    }

    fn plain(&self, text: &str) -> String {
        let (text, had_markup) = plain(text);
        self.marked_up.set(self.marked_up.get() + usize::from(had_markup));
        text
    }

    pub(super) fn finding(&self, file: &str) -> Option<Finding> {
        let count = self.marked_up.get();
        let message = format!("markup was removed from {count} texts");
        (count > 0).then(|| {
            Finding::new(
                Kind::Changed,
                "markup-removed",
                &Place::new(file, "/translations"),
                message,
            )
        })
    }
}
