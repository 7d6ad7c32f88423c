//! The content of a file in an answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use scalewright_wire::File;

/// Returns the bytes of a file, or what is wrong with it.
pub(super) fn bytes(file: &File) -> Result<Vec<u8>, &'static str> {
    match (&file.text, &file.base64) {
        (Some(text), None) => Ok(text.clone().into_bytes()),
        (None, Some(coded)) => STANDARD
            .decode(coded)
            .map_err(|_| "its `base64` is not base64 (RFC 4648, with padding)"),
        (Some(_), Some(_)) => Err("it has both `text` and `base64`"),
        (None, None) => Err("it has neither `text` nor `base64`"),
    }
}
