//! The text of a file, in the encodings that programs write.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file, and the name of its encoding if that is assumed rather than stated by the file.
///
/// A byte order mark decides. A file without one is UTF-8 if it can be, and otherwise Windows-1252, which spreadsheet
/// programs write. `None` for what is not a text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (!had_errors && !text.contains('\0')).then(|| (text.into_owned(), None));
    }
    if bytes.contains(&0) {
        return None;
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Some((text.into_owned(), None)),
        None => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Some((text.into_owned(), Some(WINDOWS_1252.name())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_recognised() {
        let utf_16: Vec<u8> =
            [0xfeff_u16, 0xe4, 0x62].iter().flat_map(|unit| unit.to_le_bytes()).collect();
        for (bytes, expected) in [
            (&b"\xef\xbb\xbf\xc3\xa4b"[..], Some(("äb".to_owned(), None))),
            (b"\xc3\xa4b", Some(("äb".to_owned(), None))),
            (b"\xe4b", Some(("äb".to_owned(), Some("windows-1252")))),
            (&utf_16, Some(("äb".to_owned(), None))),
            (b"a\0b", None),
        ] {
            assert_eq!(decode(bytes), expected, "{bytes:?}");
        }
    }
}
