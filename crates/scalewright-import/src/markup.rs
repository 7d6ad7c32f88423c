//! The texts of a source without markup, and what was removed from them.

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::place::Place;
use crate::words::{counted_texts, plain};

/// How many texts were changed when their markup was removed.
#[derive(Default)]
pub(crate) struct Markup {
    count: usize,
    /// The first text with a control character, and how many there are.
    control: Option<(Place, usize)>,
}

impl Markup {
    /// The text at a node without markup.
    pub(crate) fn removed(&mut self, text: &str, at: &Node<'_>) -> String {
        let (plain, had_markup) = plain(text);
        self.count += usize::from(had_markup);
        let replaced = |text: &str| text.matches(char::REPLACEMENT_CHARACTER).count();
        if replaced(&plain) > replaced(text) {
            self.control.get_or_insert_with(|| (at.place(), 0)).1 += 1;
        }
        plain
    }

    /// The findings about all texts.
    pub(crate) fn findings(&self, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.count > 0 {
            let message = format!("markup was removed from {}", counted_texts(self.count));
            findings.push(Finding::new(
                Kind::Changed,
                "markup-removed",
                &Place::new(file, ""),
                message,
            ));
        }
        if let Some((place, count)) = &self.control {
            let message = format!(
                "{count} texts contain control characters, which are now `�`; the source was probably saved in another encoding"
            );
            let help = "write the intended letters in the definition and its wording files";
            findings
                .push(Finding::new(Kind::Doubtful, "control-character", place, message).help(help));
        }
        findings
    }
}
