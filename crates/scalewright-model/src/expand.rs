//! Abbreviations of a definition, written out: ranges of items, and recodings that several scales use.
//!
//! Everything after this sees the definition as if its author had written each item and each recoding. Findings about
//! it are placed where the abbreviation is.

mod ranges;
mod recodes;
mod written;

use std::borrow::Cow;

use crate::file::InstrumentFile;

pub(crate) use ranges::is_range;
pub use written::{Expanded, Written};

/// Writes out the abbreviations of a definition.
#[must_use]
pub fn expand(file: &InstrumentFile) -> Expanded<'_> {
    let mut expanded =
        Expanded { file: Cow::Borrowed(file), written: Written::default(), found: Vec::new() };
    if ranges::any(file) {
        ranges::expand(&mut expanded);
    }
    if recodes::any(file) {
        recodes::expand(&mut expanded);
    }
    expanded
}
