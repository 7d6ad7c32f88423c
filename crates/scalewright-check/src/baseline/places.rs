//! Places that stay the same if lines or entries of lists are added elsewhere.

use std::fmt::Write;

use scalewright_model::text::line;
use scalewright_model::{Pointer, Segment};
use toml::de::DeValue;

use crate::Document;
use crate::document::Tree;

/// The keys that name an entry of a list, the best one first.
const NAMES: [&str; 7] = ["id", "name", "label", "value", "lint", "instrument", "when"];
/// The most characters of a name that are used.
const LONGEST: usize = 80;

/// The trees of the documents that a check has read.
pub(super) struct StablePlaces<'a> {
    trees: Vec<Tree<'a>>,
}

impl<'a> StablePlaces<'a> {
    pub(super) fn new(documents: &'a [Document]) -> Self {
        let trees = documents.iter().enumerate();
        Self { trees: trees.map(|(index, document)| document.tree(index).0).collect() }
    }

    /// Returns the place as a path such as `/items/calm4/stem`.
    pub(super) fn of(&self, document: usize, pointer: &Pointer) -> String {
        let (mut path, mut place) = (String::new(), Pointer::root());
        let tree = self.trees.get(document);
        for segment in pointer.segments() {
            place = place.join(segment.clone());
            let name = match segment {
                Segment::Key(key) => key.clone(),
                Segment::Index(index) => {
                    let value = tree.and_then(|tree| tree.value(&place));
                    value.and_then(name).unwrap_or_else(|| index.to_string())
                }
            };
            // Writing to a string cannot fail.
            let _ = write!(path, "/{}", line(&name));
        }
        path
    }
}

/// Returns the name of an entry of a list.
fn name(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Table(table) => {
            let named = NAMES.iter().find_map(|key| table.get(*key));
            named.and_then(|value| scalar(value.get_ref()))
        }
        other => scalar(other),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.chars().take(LONGEST).collect()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
