//! What has been filled into the fields of a PDF.
//!
//! The file comes from anywhere: its size, what its streams may unpack to, the number of its fields and the depth
//! of their tree are bounded, and a file that would have to be mended to be read is refused. Mending finds *some*
//! state of a file; answers have to be those that were given.

mod fields;
mod widgets;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use crate::marks;

/// Files larger than this many bytes are not read.
pub const MOST_BYTES: usize = 8 << 20;

/// What one stream of objects may unpack to, in bytes; a hundred objects, as programs pack them, take some 20 kB.
const MOST_UNPACKED: usize = 2 << 20;

/// What all streams of objects of a file may unpack to, in bytes.
const MOST_UNPACKED_TOGETHER: usize = 16 << 20;

/// How many values, counted down to each number, the objects of a file may hold.
const MOST_VALUES: usize = 2_500_000;

/// A form as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The marks it bears; none if it was made by another program.
    pub marks: BTreeMap<String, String>,
    /// What its fields hold, by their full names.
    pub fields: BTreeMap<String, Given>,
}

/// The middle of a button or a line: its page, from 0, and how far it is from the left and from the bottom, in
/// hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The page.
    pub page: usize,
    /// From the left.
    pub x: i32,
    /// From the bottom.
    pub y: i32,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Buttons or boxes, and which are marked.
    Buttons {
        /// Whether only one can be marked.
        one: bool,
        /// The values that can be marked, in the order of the buttons.
        values: Vec<String>,
        /// The one that the field says is marked.
        marked: Option<String>,
        /// Those that are drawn as marked.
        drawn: Vec<String>,
        /// Where each button is, in the order of the buttons; nothing where it cannot be seen.
        spots: Vec<Option<Spot>>,
    },
    /// Something typed.
    Typed {
        /// The text; empty when there is none.
        text: String,
        /// What is drawn in its place, where that can be told.
        shown: Option<String>,
        /// Where it is; nothing where it cannot be seen.
        spots: Vec<Option<Spot>>,
    },
    /// A field of a kind that forms of ours do not have.
    Foreign,
}

/// Why nothing can be read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no PDF.
    NoPdf,
    /// It has a password, or forbids something to those who have none.
    Encrypted,
    /// It is not whole: cut off, or changed by something that does not know PDF.
    Damaged,
    /// It is larger, or unpacks to more, than any form.
    TooLarge,
    /// It has no fields.
    NoFields,
    /// It has more fields than were expected at most.
    TooManyFields,
    /// Its fields lie in each other without end, or deeper than those of any form.
    TooDeep,
    /// Two of its fields have this name.
    Twice(String),
}

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

fn refusal(error: &Error) -> Unreadable {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Unreadable::TooLarge,
        Error::InvalidPassword
        | Error::Decryption(_)
        | Error::UnsupportedSecurityHandler(_)
        | Error::AlreadyEncrypted => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
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
