//! Text strings of PDF.

use lopdf::{Object, StringFormat};

/// A text string of PDF: UTF-16 with a byte order mark.
pub(crate) fn text(text: &str) -> Object {
    // Always UTF-16: PDF's own 8-bit encoding lacks most scripts.
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
