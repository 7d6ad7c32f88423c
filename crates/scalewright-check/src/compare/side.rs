//! One of the two versions that are compared.

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Instrument, ItemIx, Pointer, ScaleIx};
use scalewright_scoring::Program;

use crate::Checked;
use crate::document::Tree;

/// One of the two versions that are compared.
pub(super) struct Side<'a> {
    pub(super) checked: &'a Checked,
    pub(super) file: &'a InstrumentFile,
    pub(super) instrument: &'a Instrument,
    pub(super) program: &'a Program,
    pub(super) trees: Vec<Tree<'a>>,
}

impl<'a> Side<'a> {
    /// Returns `None` if an error leaves the meaning of the definition open.
    pub(super) fn of(checked: &'a Checked) -> Option<Self> {
        if checked.findings.iter().any(|finding| checked.obscures(finding)) {
            return None;
        }
        let instrument = checked.instrument.as_ref()?;
        let file = checked.file.as_ref()?;
        let documents = checked.documents.iter().enumerate();
        let trees = documents.map(|(index, document)| document.tree(index).0).collect();
        Some(Self { checked, file, instrument, program: &checked.program, trees })
    }

    /// Returns the index of the document with the words of `language`: a wording file, or the definition itself.
    pub(super) fn document(&self, language: &str) -> usize {
        let key = Pointer::top("language");
        let is_in_language = |tree: &Tree<'_>| {
            tree.value(&key)
                .and_then(|value| value.as_str())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(language))
        };
        // The definition is the first document, and a wording file takes precedence over it.
        self.trees.iter().skip(1).position(is_in_language).map_or(0, |position| position + 1)
    }

    pub(super) fn item(&self, item: ItemIx) -> &'a str {
        &self.instrument.items[item.0].id
    }

    pub(super) fn scale(&self, scale: ScaleIx) -> &'a str {
        &self.instrument.scales[scale.0].id
    }
}
