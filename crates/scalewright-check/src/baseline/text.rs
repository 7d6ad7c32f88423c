//! Writes a baseline.

use std::fmt::Write;

use super::Key;
use crate::write::scalar;

/// The beginning of the file.
const HEAD: &str = "\
# Findings that were known when this file was written by `scalewright check --write-baseline`.
# `scalewright check --baseline` reports only others, and the entries here that are no longer found.
format = 1
";

/// Returns the text of a baseline with these entries, and the number of findings in it.
pub(super) fn written<'a>(entries: impl Iterator<Item = (&'a Key, usize)>) -> (String, usize) {
    let (mut text, mut findings) = (HEAD.to_owned(), 0);
    for (key, count) in entries {
        findings += count;
        text.push_str("\n[[known]]\n");
        let Key { instrument, file, code, at, message } = key;
        let values = [
            ("instrument", instrument),
            ("file", file),
            ("lint", code),
            ("at", at),
            ("message", message),
        ];
        for (name, value) in
            values.into_iter().filter(|(name, value)| *name != "at" || !value.is_empty())
        {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name} = {}", scalar::text(value));
        }
        if count > 1 {
            let _ = writeln!(text, "count = {count}");
        }
    }
    (text, findings)
}
