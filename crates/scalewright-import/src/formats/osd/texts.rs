//! The texts of an Open Scale Definition, by language and key.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::place::Place;
use crate::words::{Words, plain};

/// The texts of all languages.
pub(super) struct Texts<'a> {
    languages: Vec<(String, Node<'a>)>,
    /// How many texts had markup.
    marked_up: Cell<usize>,
    /// The keys that were used.
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(translations: &Node<'a>) -> Self {
        let languages = translations.entries().into_iter();
        let languages =
            languages.map(|(language, texts)| (language.replace('_', "-"), texts)).collect();
        Self { languages, marked_up: Cell::new(0), used: RefCell::default() }
    }

    /// The main language: English, if it is there, as in the runner.
    pub(super) fn main(&self) -> Option<String> {
        let english = self.languages.iter().find(|(language, _)| language == "en");
        english.or(self.languages.first()).map(|(language, _)| language.clone())
    }

    /// The words of a key. A key without words in any language is a text itself, as in the runner.
    pub(super) fn words(&self, key: &str) -> Words {
        self.used.borrow_mut().insert(key.to_owned());
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

    /// Findings about texts as a whole: removed markup, and texts that nothing refers to.
    pub(super) fn findings(&self, file: &str) -> Vec<Finding> {
        let place = Place::new(file, "/translations");
        let mut findings = Vec::new();
        let count = self.marked_up.get();
        if count > 0 {
            let message = if count == 1 {
                "markup was removed from 1 text".to_owned()
            } else {
                format!("markup was removed from {count} texts")
            };
            findings.push(Finding::new(Kind::Changed, "markup-removed", &place, message));
        }
        let used = self.used.borrow();
        let keys: BTreeSet<&str> = self
            .languages
            .iter()
            .flat_map(|(_, texts)| texts.entries())
            .map(|(key, _)| key)
            .collect();
        let unused: Vec<&str> = keys.into_iter().filter(|key| !used.contains(*key)).collect();
        if !unused.is_empty() {
            let some: Vec<_> = unused.iter().take(6).map(|key| format!("`{key}`")).collect();
            let more = if unused.len() > 6 {
                format!(" and {} more", unused.len() - 6)
            } else {
                String::new()
            };
            let message = format!(
                "these texts have no place in a definition and are left out: {}{more}",
                some.join(", ")
            );
            findings.push(Finding::new(Kind::NotUnderstood, "unused-text", &place, message));
        }
        findings
    }
}
