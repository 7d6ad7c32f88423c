//! Reads the values of the form fields of a PDF.
//!
//! The file comes from an untrusted source, so its size, the decompressed size of its streams, the number of its fields
//! and the depth of their tree are limited. A file that can be read only after a repair is rejected: a repair recovers
//! *some* state of the file, but not necessarily the answers that were given last.

mod attached;
mod drawn;
mod fields;
mod given;
mod limits;
mod remarks;
mod widgets;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::marks;
use given::refusal;
use limits::{MOST_UNPACKED, MOST_UNPACKED_TOGETHER, MOST_VALUES};

pub use attached::attached;
pub use given::{FieldValue, Filled, Remark, Spot, Unreadable};
pub use limits::MOST_BYTES;

/// Reads the values of the form fields of a PDF, which may have at most `most_fields`.
///
/// # Errors
///
/// If the values cannot be read with certainty: see [`Unreadable`].
pub fn filled(pdf: &[u8], most_fields: usize) -> Result<Filled, Unreadable> {
    let document = document(pdf)?;
    let fields = fields::read(&document, most_fields)?;
    Ok(Filled { marks: marks::get(&document), fields, remarks: remarks::read(&document) })
}

/// The marks of a PDF; empty if another program made it.
///
/// # Errors
///
/// If it cannot be read with certainty: see [`Unreadable`].
pub fn marked(pdf: &[u8]) -> Result<BTreeMap<String, String>, Unreadable> {
    document(pdf).map(|document| marks::get(&document))
}

fn document(pdf: &[u8]) -> Result<Document, Unreadable> {
    if pdf.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    // As PDF readers do, accept other bytes before the header, within the first 1024.
    if !pdf.windows(5).take(1024).any(|bytes| bytes == b"%PDF-") {
        return Err(Unreadable::NoPdf);
    }
    // Data after the last end-of-file mark is an incomplete update or foreign. The mark before it would end an older
    // state of the file, with other answers.
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
    /// How many bytes may still be decompressed, and how many values may still be read. In a thread-local variable,
    /// because the filter of `lopdf` is a function pointer, which has no state.
    static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// The panic payload when a limit is exceeded. `lopdf` offers no other way to stop reading.
struct LimitExceeded;

fn load(pdf: &[u8]) -> Result<Document, Unreadable> {
    // For each file again, because a thread may read many.
    LEFT.set((MOST_UNPACKED_TOGETHER, MOST_VALUES));
    // Strict: nothing is repaired, and the first unreadable object ends the reading.
    let options = LoadOptions {
        strict: true,
        filter: Some(count),
        max_decompressed_size: Some(MOST_UNPACKED),
        ..LoadOptions::default()
    };
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(pdf, options)));
    let document = match loaded {
        Ok(loaded) => loaded.map_err(|error| refusal(&error))?,
        Err(payload) if payload.is::<LimitExceeded>() => return Err(Unreadable::TooLarge),
        // Any other panic comes from the parser, on malformed input.
        Err(_) => return Err(Unreadable::Damaged),
    };
    // `lopdf` decrypts a file with an empty password by itself. Such a file restricts permissions and is refused too.
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    match document.xref_recovery {
        None => Ok(document),
        Some(_) => Err(Unreadable::Damaged),
    }
}

/// Subtracts an object from the remaining budget. Called by `lopdf` for each object that it reads.
fn count(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (bytes, values) = LEFT.get();
    let unpacked = match object {
        // Of all streams, only these contain further objects. Others are limited where they are read.
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            stream.get_plain_content_with_limit(MOST_UNPACKED).map_or(0, |content| content.len())
        }
        _ => 0,
    };
    let left = bytes.checked_sub(unpacked).zip(values.checked_sub(size(object)));
    match left {
        Some(left) => LEFT.set(left),
        // Unlike `panic!`, this does not run the panic hook, which would print a message.
        None => resume_unwind(Box::new(LimitExceeded)),
    }
    // A copy, because a filter of `lopdf` gets a reference and must return a value.
    Some((id, object.clone()))
}

/// The number of values in an object. The recursion is safe, because the parser limits the depth of objects.
fn size(object: &Object) -> usize {
    let dictionary = |entries: &Dictionary| entries.iter().map(|(_, value)| 2 + size(value)).sum();
    match object {
        Object::Array(values) => values.iter().map(size).sum::<usize>() + 1,
        Object::Dictionary(entries) => dictionary(entries),
        // A stream is not unpacked here, and the size of the file bounds it: viewers embed whole fonts for one letter.
        Object::Stream(stream) => dictionary(&stream.dict),
        // Bytes count by the memory that they take: 16 bytes are one value.
        Object::String(bytes, _) | Object::Name(bytes) => 1 + bytes.len() / 16,
        _ => 1,
    }
}
