//! What the beginning of a CSV file tells: what divides its cells, and who wrote it.

use crate::Stop;

/// A first line such as `sep=;` is for spreadsheet programs: what divides cells, and how long that line is.
pub(super) fn stated_delimiter(bytes: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(16)])?;
    let line = bytes[..end].trim_ascii_end();
    // A tab is a space, too.
    let line = if line == b"sep=" && bytes[..end].contains(&b'\t') { b"sep=\t" } else { line };
    match line.strip_prefix(b"sep=")? {
        [delimiter @ (b',' | b';' | b'\t' | b'|')] => Some((*delimiter, end + 1)),
        _ => None,
    }
}

/// Qualtrics has two lines between the names of columns and the answers: its questions, and what it calls them.
pub(super) fn is_of_qualtrics(name: &str, bytes: &[u8]) -> Result<(), Stop> {
    let start = &bytes[..bytes.len().min(64 << 10)];
    match memchr::memmem::find(start, b"{\"\"ImportId\"\":") {
        None => Ok(()),
        Some(_) => Err(Stop::wrong(format!("{name}: this is an export of Qualtrics, with two rows that are no answers")).help(
            "export numeric values, not choice text; delete the two rows below the names of the columns, and say \
             with `--map` which column answers which item",
        )),
    }
}

/// Whichever of comma, semicolon and tab stands most often in the first line.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|&&byte| byte == wanted).count();
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte));
    best.unwrap_or(b',')
}
