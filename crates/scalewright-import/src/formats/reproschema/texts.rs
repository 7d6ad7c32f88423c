//! The texts of an activity, by language.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::json::Node;
use crate::markup::Markup;
use crate::words::{Words, tag as tag_of};

/// What was noticed about the texts that were read.
#[derive(Default)]
pub(super) struct Texts {
    markup: Markup,
    /// How many questions and answers there are in each language.
    asked: BTreeMap<String, usize>,
}

impl Texts {
    /// The words of a table of texts by language, or of a text.
    pub(super) fn words(&mut self, node: &Node<'_>) -> Words {
        if let Some(text) = node.text() {
            return Words::only(&self.markup.removed(text, node));
        }
        let mut words = Words::default();
        for text in node.list() {
            if let (Some(tag), Some(text)) =
                (text.get("@language").text(), text.get("@value").text())
            {
                words.add(&tag_of(tag), &self.markup.removed(text, node));
            }
        }
        for (tag, text) in node.entries() {
            if let Some(text) = text.text() {
                words.add(&tag_of(tag), &self.markup.removed(text, node));
            }
        }
        words
    }

    /// The words of a question or an answer. These decide which language is the main one.
    pub(super) fn asked(&mut self, node: &Node<'_>) -> Words {
        let words = self.words(node);
        for (language, _) in words.iter() {
            *self.asked.entry(language.to_owned()).or_default() += 1;
        }
        words
    }

    /// The language of most questions and answers; English, if as many are in English, as in the player.
    pub(super) fn main(&self) -> Option<String> {
        let stated = self.asked.iter().filter(|(language, _)| !language.is_empty());
        let best = stated.max_by_key(|(language, count)| (**count, *language == "en"));
        best.map(|(language, _)| language.clone())
    }

    /// Findings about texts as a whole.
    pub(super) fn findings(&self, file: &str) -> Vec<Finding> {
        self.markup.findings(file)
    }
}
