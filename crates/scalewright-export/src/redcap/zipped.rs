//! Zips of files in memory.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Stored entries, at the first day that zip knows: the same bytes every time.
pub(super) fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), options).expect("internal: memory takes every write");
        writer.write_all(bytes).expect("internal: memory takes every write");
    }
    writer.finish().expect("internal: memory takes every write").into_inner()
}
