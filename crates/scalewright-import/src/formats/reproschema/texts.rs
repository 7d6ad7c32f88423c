//! The texts of an activity, by language.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::place::Place;
use crate::words::{Words, plain};

/// What was noticed about the texts that were read.
#[derive(Default)]
pub(super) struct Texts {
    marked_up: usize,
    /// How many questions there are in each language.
    questions: BTreeMap<String, usize>,
}

impl Texts {
    /// The words of a table of texts by language, or of a text.
    pub(super) fn words(&mut self, node: &Node<'_>) -> Words {
        if let Some(text) = node.text() {
            return Words::only(&self.plain(text));
        }
        let mut words = Words::default();
        for text in node.list() {
            if let (Some(tag), Some(text)) =
                (text.get("@language").text(), text.get("@value").text())
            {
                words.add(&language(tag), &self.plain(text));
            }
        }
        for (tag, text) in node.entries() {
            if let Some(text) = text.text() {
                words.add(&language(tag), &self.plain(text));
            }
        }
        words
    }

    /// The words of a question. Questions decide which language is the main one.
    pub(super) fn question(&mut self, node: &Node<'_>) -> Words {
        let words = self.words(node);
        for (language, _) in words.iter() {
            *self.questions.entry(language.to_owned()).or_default() += 1;
        }
        words
    }

    fn plain(&mut self, text: &str) -> String {
        let (text, had_markup) = plain(text);
        self.marked_up += usize::from(had_markup);
        text
    }

    /// The language of most questions; English, if as many are in English, as in the player.
    pub(super) fn main(&self) -> Option<String> {
        let stated = self.questions.iter().filter(|(language, _)| !language.is_empty());
        let best = stated.max_by_key(|(language, count)| (**count, *language == "en"));
        best.map(|(language, _)| language.clone())
    }

    /// A finding about markup that was removed.
    pub(super) fn finding(&self, file: &str) -> Option<Finding> {
        let message = format!("markup was removed from {} texts", self.marked_up);
        (self.marked_up > 0)
            .then(|| Finding::new(Kind::Changed, "markup-removed", &Place::new(file, ""), message))
    }
}

/// A BCP 47 tag in its usual case: `pt-br` is `pt-BR`.
fn language(tag: &str) -> String {
    let parts =
        tag.trim().split(['-', '_']).enumerate().map(|(index, part)| match (index, part.len()) {
            (0, _) => part.to_ascii_lowercase(),
            (_, 2) => part.to_ascii_uppercase(),
            (_, 4) if part.is_ascii() => {
                part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
            }
            _ => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("-")
}
