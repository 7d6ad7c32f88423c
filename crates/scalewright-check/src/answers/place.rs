//! Resolves the places that other programs answer against the tree of the document.

use scalewright_model::text::quote;
use scalewright_model::{Change, Pointer};
use toml::de::DeValue;

use crate::document::{Document, Tree};
use crate::outside::{OutsideChange, OutsideFix};

/// Returns the place that `text` points at, or what is wrong with it.
pub(super) fn resolve(text: &str, tree: &Tree<'_>) -> Result<Pointer, String> {
    let is_list = |place: &Pointer| matches!(tree.value(place), Some(DeValue::Array(_)));
    let place = Pointer::parse(text, is_list)?;
    match place.segments().is_empty() || tree.value(&place).is_some() {
        // Everything after this is about the definition without abbreviations.
        true => Ok(tree.written.part(&place)),
        false => Err(format!("it points at `{}`, which does not exist", quote(text))),
    }
}

/// Returns the place of a document at a JSON Pointer (RFC 6901), such as `/items/0/id`. `None` if the text is no pointer or
/// nothing exists there.
#[must_use]
pub fn place_in(document: &Document, text: &str) -> Option<Pointer> {
    resolve(text, &document.tree(0).0).ok()
}

/// Returns the changes of a fix, or what is wrong with them.
pub(super) fn changes(fix: &OutsideFix, tree: &Tree<'_>) -> Result<Vec<Change>, String> {
    let changes = fix.changes.iter().map(|change| match change {
        OutsideChange::Remove(at) => resolve(at, tree).map(Change::Remove),
        OutsideChange::Replace(at, text) => {
            let place = resolve(at, tree)?;
            match tree.value(&place) {
                Some(DeValue::String(_)) => Ok(Change::Replace(place, text.clone())),
                _ => Err(format!("its fix replaces `{}`, which is not a text", quote(at))),
            }
        }
    });
    changes.collect()
}
