//! What was filled in, or why it cannot be read.

use std::collections::BTreeMap;

use lopdf::{DecompressError, Error};

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
