//! What has been filled into the fields of a PDF.
//!
//! The file comes from anywhere: its size, what its streams may unpack to, the number of its fields and the depth
//! of their tree are bounded, and a file that would have to be mended to be read is refused. Mending finds *some*
//! state of a file; answers have to be those that were given.

mod fields;
mod given;
mod limits;
mod widgets;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::marks;
use given::refusal;
use limits::{MOST_UNPACKED, MOST_UNPACKED_TOGETHER, MOST_VALUES};

pub use given::{Filled, Given, Spot, Unreadable};
pub use limits::MOST_BYTES;

/// Reads what was filled into the fields of a PDF, of which there may be `most_fields`.
///
/// # Errors
///
/// When that is not certain: see [`Unreadable`].
pub fn filled(pdf: &[u8], most_fields: usize) -> Result<Filled, Unreadable> {
    let document = document(pdf)?;
    let fields = fields::read(&document, most_fields)?;
    Ok(Filled { marks: marks::get(&document), fields })
}

/// The marks that a PDF bears; none if it was made by another program.
///
/// # Errors
///
/// When it cannot be read for certain: see [`Unreadable`].
pub fn marked(pdf: &[u8]) -> Result<BTreeMap<String, String>, Unreadable> {
    document(pdf).map(|document| marks::get(&document))
}

fn document(pdf: &[u8]) -> Result<Document, Unreadable> {
    if pdf.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if !pdf.windows(5).take(1024).any(|bytes| bytes == b"%PDF-") {
        return Err(Unreadable::NoPdf);
    }
    // What comes behind the last end of file was cut off, or is not of this file: the end before it is that of an
    // older state, with other answers.
    if !is_ended(pdf) {
        return Err(Unreadable::Damaged);
    }
    load(pdf)
}

fn is_ended(pdf: &[u8]) -> bool {
    let end = pdf.iter().rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0);
    end.is_some_and(|end| pdf[..=end].ends_with(b"%%EOF"))
}

thread_local! {
    /// What may still be unpacked, in bytes, and how many values may still be read.
    static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Thrown where a limit is passed: reading has no other way to be stopped.
struct Passed;

fn load(pdf: &[u8]) -> Result<Document, Unreadable> {
    LEFT.set((MOST_UNPACKED_TOGETHER, MOST_VALUES));
    // Strictly: nothing is mended, and the first object that cannot be read is the last.
    let options = LoadOptions {
        strict: true,
        filter: Some(count),
        max_decompressed_size: Some(MOST_UNPACKED),
        ..LoadOptions::default()
    };
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(pdf, options)));
    let document = match loaded {
        Ok(loaded) => loaded.map_err(|error| refusal(&error))?,
        Err(thrown) if thrown.is::<Passed>() => return Err(Unreadable::TooLarge),
        Err(_) => return Err(Unreadable::Damaged),
    };
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    match document.xref_recovery {
        None => Ok(document),
        Some(_) => Err(Unreadable::Damaged),
    }
}

/// Keeps account of what is read.
fn count(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (bytes, values) = LEFT.get();
    let unpacked = match object {
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            stream.get_plain_content_with_limit(MOST_UNPACKED).map_or(0, |content| content.len())
        }
        _ => 0,
    };
    let left = bytes.checked_sub(unpacked).zip(values.checked_sub(size(object)));
    match left {
        Some(left) => LEFT.set(left),
        None => resume_unwind(Box::new(Passed)),
    }
    Some((id, object.clone()))
}

/// How many values there are in an object; its depth is bounded where it is read.
fn size(object: &Object) -> usize {
    let dictionary = |entries: &Dictionary| entries.iter().map(|(_, value)| 2 + size(value)).sum();
    match object {
        Object::Array(values) => values.iter().map(size).sum::<usize>() + 1,
        Object::Dictionary(entries) => dictionary(entries),
        // A stream is as much memory as its bytes.
        Object::Stream(stream) => dictionary(&stream.dict) + stream.content.len() / 16,
        Object::String(bytes, _) | Object::Name(bytes) => 1 + bytes.len() / 16,
        _ => 1,
    }
}
