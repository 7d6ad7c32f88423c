//! The structure tree of a joined document.
//!
//! The parts have one top element, and one tree that leads from the content of pages to its elements, so its keys are
//! counted on from part to part. The names of header cells get the number of their part, because they would be the same in
//! each.

use lopdf::{Dictionary, Document, Error, Object, ObjectId, StringFormat, dictionary};

/// The root of the structure tree, with what the parts add to it.
#[derive(Default)]
pub(super) struct Structure {
    root: Option<Dictionary>,
    top: Option<Dictionary>,
    /// The parts of the top element.
    kids: Vec<Object>,
    /// A key, then what it leads to, in ascending order.
    numbers: Vec<Object>,
    /// The named elements.
    names: Vec<(Vec<u8>, Object)>,
    parts: usize,
    next_key: i64,
}

/// How the keys and names of one part change.
pub(super) struct Renamed {
    /// What is added to each key.
    keys: i64,
    /// What each name begins with.
    prefix: Vec<u8>,
}

impl Structure {
    /// Starts a part, whose structure tree begins at `root`.
    pub(super) fn next(&mut self, part: &Document, root: ObjectId) -> Result<Renamed, Error> {
        let keys = self.next_key;
        self.parts += 1;
        let numbers = numbers(part.get_dictionary(root)?)?;
        let most = numbers.iter().step_by(2).filter_map(|key| key.as_i64().ok()).max();
        self.next_key += most.map_or(0, |most| most + 1);
        // Of one length, so that the names of all parts are sorted.
        Ok(Renamed { keys, prefix: format!("P{:06}", self.parts).into_bytes() })
    }

    /// Takes the root of a part. All roots are alike but for their lists.
    pub(super) fn root(&mut self, root: Dictionary, renamed: &Renamed) -> Result<(), Error> {
        for pair in numbers(&root)?.chunks_exact(2) {
            self.numbers.push((pair[0].as_i64()? + renamed.keys).into());
            self.numbers.push(pair[1].clone());
        }
        self.root.get_or_insert(root);
        Ok(())
    }

    /// Takes the top element of a part.
    pub(super) fn top(&mut self, mut top: Dictionary) -> Result<(), Error> {
        match top.remove(b"K") {
            Some(Object::Array(kids)) => self.kids.extend(kids),
            kid => self.kids.extend(kid),
        }
        self.top.get_or_insert(top);
        Ok(())
    }

    /// Takes note of an element that has a name.
    pub(super) fn named(&mut self, number: u32, object: &Object) {
        if let Object::Dictionary(element) = object
            && is_element(element)
            && let Ok(name) = element.get(b"ID").and_then(Object::as_str)
        {
            self.names.push((name.to_vec(), (number, 0).into()));
        }
    }

    /// The root, and the top element, which `top` refers to.
    pub(super) fn finish(mut self, top: Object) -> (Dictionary, Dictionary) {
        let mut root = self.root.unwrap_or_default();
        root.set("K", vec![top]);
        root.set("ParentTree", dictionary! { "Nums" => self.numbers });
        if root.has(b"ParentTreeNextKey") {
            root.set("ParentTreeNextKey", self.next_key);
        }
        root.remove(b"IDTree");
        self.names.sort_by(|(a, _), (b, _)| a.cmp(b));
        if !self.names.is_empty() {
            let names = self.names.into_iter();
            let names =
                names.flat_map(|(name, to)| [Object::String(name, StringFormat::Literal), to]);
            root.set("IDTree", dictionary! { "Names" => names.collect::<Vec<_>>() });
        }
        let mut element = self.top.unwrap_or_default();
        element.set("K", self.kids);
        (root, element)
    }
}

/// The entries of the tree that leads from content to elements. Typst writes them as one list.
fn numbers(root: &Dictionary) -> Result<&[Object], Error> {
    root.get(b"ParentTree")?.as_dict()?.get(b"Nums")?.as_array().map(Vec::as_slice)
}

fn is_element(of: &Dictionary) -> bool {
    of.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"StructElem")
}

impl Renamed {
    /// Changes the keys and the names in an object.
    pub(super) fn apply(&self, object: &mut Object) {
        let entries = match object {
            Object::Dictionary(entries) => entries,
            Object::Stream(stream) => &mut stream.dict,
            _ => return,
        };
        for key in ["StructParents", "StructParent"] {
            if let Ok(Object::Integer(number)) = entries.get_mut(key.as_bytes()) {
                *number += self.keys;
            }
        }
        if is_element(entries) {
            entries.get_mut(b"ID").into_iter().for_each(|name| self.rename(name));
            entries.get_mut(b"A").into_iter().for_each(|attributes| self.headers(attributes));
        }
    }

    /// Changes the names of header cells in the attributes of a cell.
    fn headers(&self, attributes: &mut Object) {
        match attributes {
            Object::Array(all) => all.iter_mut().for_each(|one| self.headers(one)),
            Object::Dictionary(entries) => {
                if let Ok(Object::Array(names)) = entries.get_mut(b"Headers") {
                    names.iter_mut().for_each(|name| self.rename(name));
                }
            }
            _ => {}
        }
    }

    fn rename(&self, name: &mut Object) {
        if let Object::String(name, _) = name {
            *name = [&self.prefix[..], name].concat();
        }
    }
}
