//! The definition of an instrument, packed for a field of text.

use std::collections::BTreeMap;

use miniz_oxide::deflate::compress_to_vec_zlib;

use crate::ExportRequest;
use crate::base64::base64;

/// zlib's highest usual level.
const LEVEL: u8 = 9;

/// Returns the files of the definition: the base64 encoding of a zlib stream of a JSON object that maps the name of
/// each file to its text.
pub(crate) fn packed(request: &ExportRequest<'_>) -> String {
    // Sorted, so that the same files always give the same text.
    let files: BTreeMap<&str, &str> =
        request.sources.iter().map(|source| (source.name, source.text)).collect();
    let json = serde_json::to_vec(&files).expect("internal: plain data is always JSON");
    base64(&compress_to_vec_zlib(&json, LEVEL))
}
