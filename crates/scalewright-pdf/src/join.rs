//! Joins the parts of a long document, each a PDF that Typst wrote, to one PDF.
//!
//! The objects of a part are numbered after those of the parts before it, and written at once, so that no more than one
//! part is in memory as objects. Objects that the parts share are written last: the list of pages, the root of the structure
//! tree with its top element, the outline, the metadata and the catalog.

mod body;
mod outline;
mod tree;

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Error, Object, ObjectId, dictionary};

use body::Body;
use outline::Outline;
use tree::Structure;

/// The numbers of the shared objects.
const PAGES: u32 = 1;
const STRUCTURE: u32 = 2;
const TOP: u32 = 3;
const OUTLINES: u32 = 4;
const METADATA: u32 = 5;
const CATALOG: u32 = 6;
/// The last number of them.
const SHARED: u32 = CATALOG;

/// Where the metadata states the number of pages.
const COUNT: [&str; 2] = ["<xmpTPg:NPages>", "</xmpTPg:NPages>"];

/// A document that is joined part by part.
pub(crate) struct Joined {
    body: Body,
    pages: Vec<Object>,
    structure: Structure,
    outline: Outline,
    /// What the first part states about the whole document.
    first: Option<First>,
}

struct First {
    catalog: Dictionary,
    trailer: Dictionary,
}

/// The shared objects of a part, by the numbers that they have in it.
struct Roots {
    catalog: ObjectId,
    pages: ObjectId,
    structure: ObjectId,
    top: ObjectId,
    outlines: Option<ObjectId>,
    metadata: ObjectId,
}

impl Roots {
    fn of(part: &Document) -> Result<Self, Error> {
        let catalog = part.catalog()?;
        let at = |key: &[u8]| catalog.get(key)?.as_reference();
        let structure = at(b"StructTreeRoot")?;
        let top = part.get_dictionary(structure)?.get(b"K")?;
        let top = top.as_array().ok().and_then(|kids| kids.first()).unwrap_or(top);
        Ok(Self {
            catalog: part.trailer.get(b"Root")?.as_reference()?,
            pages: at(b"Pages")?,
            structure,
            top: top.as_reference()?,
            outlines: at(b"Outlines").ok(),
            metadata: at(b"Metadata")?,
        })
    }

    /// The number that a shared object has in the joined document.
    fn shared(&self, id: ObjectId) -> Option<u32> {
        let outlines = self.outlines.map(|outlines| (outlines, OUTLINES));
        let others = [
            (self.catalog, CATALOG),
            (self.pages, PAGES),
            (self.structure, STRUCTURE),
            (self.top, TOP),
            (self.metadata, METADATA),
        ];
        others.into_iter().chain(outlines).find(|(shared, _)| *shared == id).map(|(_, to)| to)
    }
}

impl Joined {
    pub(crate) fn new() -> Self {
        Self {
            body: Body::new(SHARED),
            pages: Vec::new(),
            structure: Structure::default(),
            outline: Outline::default(),
            first: None,
        }
    }

    /// Adds the pages of a part.
    pub(crate) fn add(&mut self, pdf: &[u8]) -> Result<(), Error> {
        let mut part = Document::load_mem(pdf)?;
        let roots = Roots::of(&part)?;
        let base = self.body.last();
        let numbered = |id: ObjectId| (roots.shared(id).unwrap_or(base + id.0), 0);
        let left_out = if self.first.is_some() { stated_once(&part) } else { BTreeSet::new() };
        self.pages.extend(part.get_pages().into_values().map(|page| Object::from(numbered(page))));
        let renamed = self.structure.next(&part, roots.structure)?;
        let top_items = roots.outlines.map(|root| outline::items(&part, root)).unwrap_or_default();
        for (id, mut object) in std::mem::take(&mut part.objects) {
            if left_out.contains(&id) {
                continue;
            }
            renumber(&mut object, &numbered);
            renamed.apply(&mut object);
            let to = numbered(id).0;
            match (roots.shared(id), object) {
                (Some(STRUCTURE), Object::Dictionary(root)) => {
                    self.structure.root(root, &renamed)?
                }
                (Some(TOP), Object::Dictionary(top)) => self.structure.top(top)?,
                (Some(OUTLINES), Object::Dictionary(root)) => self.outline.root(root),
                (Some(CATALOG), Object::Dictionary(catalog)) => self.stated(catalog, &part)?,
                (Some(METADATA), metadata) => self.body.hold(metadata),
                (Some(_), _) => {}
                (None, object) if top_items.contains(&id) => self.outline.item(to, object)?,
                (None, object) => {
                    self.structure.named(to, &object);
                    self.body.write(to, &object)?;
                }
            }
        }
        self.body.end_part(base + part.max_id);
        Ok(())
    }

    /// Keeps what the first part states about the whole document.
    fn stated(&mut self, catalog: Dictionary, part: &Document) -> Result<(), Error> {
        if self.first.is_none() {
            let mut trailer = Dictionary::new();
            let info = part.trailer.get(b"Info")?.as_reference()?;
            trailer.set("Info", (SHARED + info.0, 0));
            if let Ok(id) = part.trailer.get(b"ID") {
                trailer.set("ID", id.clone());
            }
            self.first = Some(First { catalog, trailer });
        }
        Ok(())
    }

    /// The joined document.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Error> {
        let none = || Error::DictKey("Root".to_owned());
        let First { catalog, mut trailer } = self.first.take().ok_or_else(none)?;
        let count = self.pages.len();
        let metadata = counted(self.body.held().ok_or_else(none)?, count);
        let pages = dictionary! {
            "Type" => "Pages", "Count" => i64::try_from(count).unwrap_or(i64::MAX), "Kids" => self.pages,
        };
        self.body.write(PAGES, &pages.into())?;
        let (root, top) = self.structure.finish((TOP, 0).into());
        self.body.write(STRUCTURE, &root.into())?;
        self.body.write(TOP, &top.into())?;
        for (number, object) in self.outline.finish(OUTLINES) {
            self.body.write(number, &object.into())?;
        }
        self.body.write(METADATA, &metadata)?;
        self.body.write(CATALOG, &catalog.into())?;
        trailer.set("Root", (CATALOG, 0));
        self.body.finish(trailer)
    }
}

/// The objects of a further part that the first one states for the whole document: the dates, the metadata, and which colours
/// the output has. Profiles of colours stay, because pages may use them too.
fn stated_once(part: &Document) -> BTreeSet<ObjectId> {
    let catalog = part.catalog().ok();
    let of_catalog = |key: &[u8]| catalog.and_then(|catalog| catalog.get(key).ok());
    let own = [part.trailer.get(b"Info").ok(), of_catalog(b"Metadata")];
    let own = own.into_iter().flatten().filter_map(|own| own.as_reference().ok());
    let mut found: BTreeSet<ObjectId> = own.collect();
    if let Some(colours) = of_catalog(b"OutputIntents") {
        below(part, colours, &mut found);
    }
    found
}

/// Adds the objects below one, without streams.
fn below(part: &Document, object: &Object, found: &mut BTreeSet<ObjectId>) {
    match object {
        Object::Reference(id) => match part.get_object(*id) {
            Ok(Object::Stream(_)) | Err(_) => {}
            Ok(object) => {
                if found.insert(*id) {
                    below(part, object, found);
                }
            }
        },
        Object::Array(parts) => parts.iter().for_each(|object| below(part, object, found)),
        Object::Dictionary(entries) => {
            entries.iter().for_each(|(_, object)| below(part, object, found));
        }
        _ => {}
    }
}

/// Renumbers all references in an object.
fn renumber(object: &mut Object, numbered: &impl Fn(ObjectId) -> ObjectId) {
    match object {
        Object::Reference(id) => *id = numbered(*id),
        Object::Array(parts) => parts.iter_mut().for_each(|object| renumber(object, numbered)),
        Object::Dictionary(entries) => {
            entries.iter_mut().for_each(|(_, object)| renumber(object, numbered));
        }
        Object::Stream(stream) => {
            stream.dict.iter_mut().for_each(|(_, object)| renumber(object, numbered));
        }
        _ => {}
    }
}

/// The metadata with the number of all pages.
fn counted(mut metadata: Object, pages: usize) -> Object {
    let [before, after] = COUNT;
    if let Object::Stream(stream) = &mut metadata
        && let Ok(text) = std::str::from_utf8(&stream.content)
        && let Some((head, rest)) = text.split_once(before)
        && let Some((_, tail)) = rest.split_once(after)
    {
        stream.set_content(format!("{head}{before}{pages}{after}{tail}").into_bytes());
    }
    metadata
}
