//! Both versions, with their items and scales paired.

use scalewright_model::{Part, Pointer};

use super::change::{Place, Version};
use super::pairs::Pairs;
use super::side::Side;
use crate::finding::Mark;

/// Both versions, with their items and scales paired.
pub(super) struct Both<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    pub(super) pairs: Pairs,
    /// For each new item, whether labels of its answers moved to other values.
    pub(super) labels_moved: Vec<bool>,
}

impl Both<'_> {
    /// Finds the bytes that a change points at.
    pub(super) fn place(
        &self,
        (version, document, pointer, part): &(Version, usize, Pointer, Part),
    ) -> Place {
        let side = match version {
            Version::New => &self.new,
            Version::Old => &self.old,
        };
        // A key that was supplied is in a file of its own.
        let places = side.checked.places.as_ref().filter(|_| *document == 0);
        let pointer = &match side.checked.documents.get(*document) {
            Some(document) => document.written.place(pointer),
            None => pointer.clone(),
        };
        let moved =
            places.and_then(|places| Some((places.document, places.of_definition(pointer)?)));
        let (document, pointer) = moved.unwrap_or_else(|| (*document, pointer.clone()));
        let span = side.trees.get(document).map_or(0..0, |tree| tree.span(&pointer, *part));
        let mark = Mark::at(document, span);
        Place { version: *version, mark }
    }
}
