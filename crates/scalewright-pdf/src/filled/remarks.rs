//! What somebody added to a form beside its fields: ink, notes, words, drawings. A person can read it, a program cannot.

use lopdf::{Dictionary, Document, Object};

use super::drawn;
use super::given::{Remark, Spot};
use super::widgets::{annotations, spot_of};

/// At most this many additions are returned.
const MOST: usize = 100;

/// The maximum length of the words of an addition, in characters; longer words are cut.
const LONGEST: usize = 200;

/// The additions to a document, page by page.
pub(super) fn read(document: &Document) -> Vec<Remark> {
    let dictionary = |object| document.dereference(object).ok()?.1.as_dict().ok();
    let found = annotations(document)
        .filter_map(|(page, object)| remark(document, dictionary(object)?, page));
    found.chain(drawn::read(document)).take(MOST).collect()
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
