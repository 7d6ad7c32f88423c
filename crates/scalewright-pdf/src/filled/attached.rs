//! The files that are attached to a PDF.

use lopdf::{Dictionary, Document, Object};

use super::limits::MOST_UNPACKED;
use super::{Unreadable, document};

/// The most files that are read.
const MOST_FILES: usize = 600;

/// The files attached to a PDF, by name, in the order of its objects.
///
/// # Errors
///
/// If it cannot be read with certainty: see [`Unreadable`].
pub fn attached(pdf: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let document = document(pdf)?;
    let mut files = Vec::new();
    for object in document.objects.values().take(MOST_FILES * 100) {
        let Object::Dictionary(entries) = object else { continue };
        if !entries.has_type(b"Filespec") || files.len() == MOST_FILES {
            continue;
        }
        files.extend(file(&document, entries)?);
    }
    Ok(files)
}

/// The name and the content of a file; `None` if the PDF only refers to it.
fn file(
    document: &Document,
    entries: &Dictionary,
) -> Result<Option<(String, Vec<u8>)>, Unreadable> {
    let name = [b"UF".as_slice(), b"F"].iter().find_map(|key| {
        match document.dereference(entries.get(key).ok()?).ok()?.1 {
            text @ Object::String(..) => lopdf::decode_text_string(text).ok(),
            _ => None,
        }
    });
    let embedded = |key: &[u8]| {
        let files = document.dereference(entries.get(b"EF").ok()?).ok()?.1.as_dict().ok()?;
        document.dereference(files.get(key).ok()?).ok()?.1.as_stream().ok()
    };
    let (Some(name), Some(stream)) = (name, embedded(b"F").or_else(|| embedded(b"UF"))) else {
        return Ok(None);
    };
    let content =
        stream.get_plain_content_with_limit(MOST_UNPACKED).map_err(|_| Unreadable::Damaged)?;
    Ok(Some((name, content)))
}
