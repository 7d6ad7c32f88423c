//! Examines the beginning of a CSV file: the delimiter, and the program that wrote the file.

use crate::Stop;

/// Returns the delimiter that a first line such as `sep=;` states for spreadsheet programs, and the length of that
/// line.
pub(super) fn stated_delimiter(bytes: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(16)])?;
    let line = bytes[..end].trim_ascii_end();
    // Trimming removes a tab, which is a delimiter here.
    let line = if line == b"sep=" && bytes[..end].contains(&b'\t') { b"sep=\t" } else { line };
    match line.strip_prefix(b"sep=")? {
        [delimiter @ (b',' | b';' | b'\t' | b'|')] => Some((*delimiter, end + 1)),
        _ => None,
    }
}

/// Whether a table is an export from Qualtrics. It has two rows between the header and the answers: the questions and the
/// import ids.
pub(super) fn has_import_ids(bytes: &[u8]) -> bool {
    // The ids are in the third line, after questions that may be long.
    let start = &bytes[..bytes.len().min(64 << 10)];
    // CSV doubles the quotation marks of the JSON.
    memchr::memmem::find(start, b"{\"\"ImportId\"\":").is_some()
}

/// Refuses an export from Qualtrics, which is read in another way.
pub(super) fn refuse_qualtrics(name: &str, bytes: &[u8]) -> Result<(), Stop> {
    match has_import_ids(bytes) {
        false => Ok(()),
        true => Err(Stop::wrong(format!("{name}: this is an export from Qualtrics, with two rows that are not answers")).help(
            "use `--from qualtrics`; for a survey that scalewright did not write, also map columns to items with `--map`",
        )),
    }
}

/// Returns the most frequent of comma, semicolon and tab in the first line.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|&&byte| byte == wanted).count();
    // `max_by_key` returns the last maximum. In this order a comma wins ties.
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte));
    best.unwrap_or(b',')
}
