//! Zip archives in memory.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Returns an archive of the entries. They are stored uncompressed with the earliest date of the format, so that the
/// same entries always give the same bytes.
pub(crate) fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), options).expect("internal: writing to memory cannot fail");
        writer.write_all(bytes).expect("internal: writing to memory cannot fail");
    }
    writer.finish().expect("internal: writing to memory cannot fail").into_inner()
}
