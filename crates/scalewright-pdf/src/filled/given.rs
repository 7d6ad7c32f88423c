//! The values of a filled-in form, or the reason why they cannot be read.

use std::collections::BTreeMap;

use lopdf::{DecompressError, Error};

/// A filled-in form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its marks; empty if another program made the PDF.
    pub marks: BTreeMap<String, String>,
    /// The values of its fields, by their full names.
    pub fields: BTreeMap<String, FieldValue>,
    /// What was added beside the fields, such as ink and notes.
    pub remarks: Vec<Remark>,
}

/// The centre of a button or text field on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The page, from 0.
    pub page: usize,
    /// The distance from the left edge of the page, in hundredths of a point.
    pub x: i32,
    /// The distance from the bottom edge of the page, in hundredths of a point.
    pub y: i32,
}

/// Something that was added to a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is, with its article: `a note`, `ink`.
    pub kind: &'static str,
    /// Its place. The page counts from 0.
    pub spot: Spot,
    /// Its words; empty if it has none.
    pub words: String,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Radio buttons or check boxes, and which are marked.
    Buttons {
        /// Whether only one can be marked.
        one: bool,
        /// The values that can be marked, in the order of the buttons.
        values: Vec<String>,
        /// The value that is marked according to the field.
        marked: Option<String>,
        /// The values whose buttons are drawn as marked.
        drawn: Vec<String>,
        /// The position of each button, in the order of the buttons; `None` if it is not visible.
        spots: Vec<Option<Spot>>,
    },
    /// Typed text.
    Typed {
        /// The text; empty if none was typed.
        text: String,
        /// The text that the field shows; `None` if it cannot be read with certainty.
        shown: Option<String>,
        /// The position of each widget of the field; `None` if it is not visible.
        spots: Vec<Option<Spot>>,
    },
    /// A field of a kind that scalewright's forms do not have.
    Foreign,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not a PDF.
    NoPdf,
    /// It is encrypted: it has a password or restricts permissions.
    Encrypted,
    /// It is incomplete or corrupted.
    Damaged,
    /// It is larger than any form, compressed or decompressed.
    TooLarge,
    /// It has no form fields.
    NoFields,
    /// It has more fields than the caller allows.
    TooManyFields,
    /// The tree of its fields is cyclic, or deeper than that of any form.
    TooDeep,
    /// Two of its fields have this name.
    Twice(String),
}

/// The reason for an error of the PDF library.
pub(super) fn refusal(error: &Error) -> Unreadable {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Unreadable::TooLarge,
        Error::InvalidPassword
        | Error::Decryption(_)
        | Error::UnsupportedSecurityHandler(_)
        | Error::AlreadyEncrypted => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}
