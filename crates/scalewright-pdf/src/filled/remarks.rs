//! What somebody added to a form beside its fields: ink, notes, words. A person can read it, a program cannot.

use lopdf::{Dictionary, Document, Object};

use super::given::{Remark, Spot};
use super::widgets::spot_of;

/// At most this many additions are returned.
const MOST: usize = 100;

/// The maximum length of the words of an addition, in characters; longer words are cut.
const LONGEST: usize = 200;

/// The additions to a document, page by page.
pub(super) fn read(document: &Document) -> Vec<Remark> {
    let mut found = Vec::new();
    for (page, id) in document.page_iter().enumerate() {
        let list = document.get_dictionary(id).ok();
        let list = list.and_then(|page| page.get_deref(b"Annots", document).ok());
        let list = list.and_then(|list| list.as_array().ok());
        for annotation in list.into_iter().flatten() {
            let dictionary =
                document.dereference(annotation).ok().and_then(|(_, a)| a.as_dict().ok());
            found.extend(dictionary.and_then(|dictionary| remark(document, dictionary, page)));
            if found.len() == MOST {
                return found;
            }
        }
    }
    found
}

fn remark(document: &Document, annotation: &Dictionary, page: usize) -> Option<Remark> {
    let kind = kind(annotation.get_deref(b"Subtype", document).ok()?.as_name().ok()?)?;
    let spot = spot_of(document, annotation, page).unwrap_or(Spot { page, x: 0, y: 0 });
    let words = annotation.get_deref(b"Contents", document).ok();
    let words = words.and_then(|words| match words {
        text @ Object::String(..) => lopdf::decode_text_string(text).ok(),
        _ => None,
    });
    let words = words.unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Remark { kind, spot, words: words.chars().take(LONGEST).collect() })
}

/// The name of a kind of annotation; `None` for those that are part of a form, or that belong to another one.
fn kind(subtype: &[u8]) -> Option<&'static str> {
    Some(match subtype {
        b"Widget" | b"Link" | b"Popup" => return None,
        b"Text" => "a note",
        b"FreeText" => "written words",
        b"Ink" => "ink",
        b"Highlight" | b"Underline" | b"Squiggly" => "marked words",
        b"StrikeOut" => "crossed-out words",
        b"Line" | b"PolyLine" => "a line",
        b"Square" | b"Circle" | b"Polygon" => "a shape",
        b"Stamp" => "a stamp",
        b"FileAttachment" => "an attached file",
        _ => "an addition",
    })
}
