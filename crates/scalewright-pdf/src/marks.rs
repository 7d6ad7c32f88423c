//! Marks that identify a form when it is returned: names and values in the document's page-piece dictionary. PDF
//! provides that dictionary for data of the program that made the file, and programs that fill in forms do not change
//! it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, dictionary};

use crate::strings::text;

/// The owner of the data in the dictionary.
const OWNER: &str = "scalewright";

/// At most this many marks are read; scalewright writes fewer.
const MOST: usize = 32;

/// The maximum length of a value, in bytes; longer values are ignored.
const LONGEST: usize = 256;

/// Writes `marks` into the document.
pub(crate) fn put(document: &mut Document, marks: &[(&str, String)]) -> Result<(), lopdf::Error> {
    if marks.is_empty() {
        return Ok(());
    }
    let mut private = Dictionary::new();
    for (name, value) in marks {
        private.set(*name, text(value));
    }
    // PDF requires a time here. This is the date of documents that state none.
    let modified = Object::string_literal("D:19700101000000Z");
    let data = dictionary! { "LastModified" => modified, "Private" => private };
    let mut owners = Dictionary::new();
    owners.set(OWNER, data);
    document.catalog_mut()?.set("PieceInfo", owners);
    Ok(())
}

/// The marks of a document; empty if another program made it.
pub(crate) fn get(document: &Document) -> BTreeMap<String, String> {
    let private = document.catalog().ok().and_then(|catalog| {
        let owners = catalog.get_deref(b"PieceInfo", document).ok()?.as_dict().ok()?;
        let data = owners.get_deref(OWNER.as_bytes(), document).ok()?.as_dict().ok()?;
        data.get_deref(b"Private", document).ok()?.as_dict().ok()
    });
    // Bounded, because the file may come from anybody.
    let entries = private.into_iter().flat_map(Dictionary::iter).take(MOST);
    let read = entries.filter_map(|(name, value)| {
        let value = document.dereference(value).ok()?.1;
        let value = lopdf::decode_text_string(value).ok().filter(|value| value.len() <= LONGEST)?;
        Some((String::from_utf8(name.clone()).ok()?, value))
    });
    read.collect()
}
