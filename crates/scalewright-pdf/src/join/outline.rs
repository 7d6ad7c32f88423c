//! The outline of a joined document: the headings of all parts in one list.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Error, Object, ObjectId};

/// The outline, of which the items of the highest level are linked at last.
#[derive(Default)]
pub(super) struct Outline {
    root: Option<Dictionary>,
    items: Vec<(u32, Dictionary)>,
}

/// The items of the highest level of a part's outline, in no order.
pub(super) fn items(part: &Document, root: ObjectId) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let next =
        |of: ObjectId, key: &[u8]| part.get_dictionary(of).ok()?.get(key).ok()?.as_reference().ok();
    let mut item = next(root, b"First");
    while let Some(at) = item.filter(|at| found.insert(*at)) {
        item = next(at, b"Next");
    }
    found
}

impl Outline {
    /// Takes the root of a part's outline. All roots are alike but for their items.
    pub(super) fn root(&mut self, root: Dictionary) {
        self.root.get_or_insert(root);
    }

    /// Takes an item of the highest level, with the number of its object.
    pub(super) fn item(&mut self, number: u32, item: Object) -> Result<(), Error> {
        self.items.push((number, item.as_dict()?.clone()));
        Ok(())
    }

    /// The root and the items of the highest level, each with its number.
    pub(super) fn finish(mut self, number: u32) -> Vec<(u32, Dictionary)> {
        let Some(mut root) = self.root else { return Vec::new() };
        // Typst numbers the items in their order.
        self.items.sort_by_key(|(number, _)| *number);
        let numbers: Vec<u32> = self.items.iter().map(|(number, _)| *number).collect();
        let link = |of: &mut Dictionary, key: &str, to: Option<&u32>| match to {
            Some(to) => of.set(key, (*to, 0)),
            None => {
                of.remove(key.as_bytes());
            }
        };
        for (at, (_, item)) in self.items.iter_mut().enumerate() {
            link(item, "Prev", at.checked_sub(1).and_then(|before| numbers.get(before)));
            link(item, "Next", numbers.get(at + 1));
        }
        link(&mut root, "First", numbers.first());
        link(&mut root, "Last", numbers.last());
        if root.has(b"Count") {
            let below =
                |item: &Dictionary| item.get(b"Count").and_then(Object::as_i64).unwrap_or(0).max(0);
            let count: i64 = self.items.iter().map(|(_, item)| 1 + below(item)).sum();
            root.set("Count", count);
        }
        self.items.push((number, root));
        self.items
    }
}
