//! Columns of the table that are written with other names, because scores have theirs.

use crate::Note;

/// At most this many columns are named.
const SHOWN: usize = 6;

/// The note on renamed columns: the name before, and the name that is written. `None` without any.
pub(super) fn note(renamed: &[(String, String)]) -> Option<Note> {
    let shown: Vec<String> = renamed
        .iter()
        .take(SHOWN)
        .map(|(before, name)| format!("`{before}` is written as `{name}`"))
        .collect();
    let more = match renamed.len() - shown.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let columns = match renamed.len() {
        0 => return None,
        1 => "a column of the table has the name of a score".to_owned(),
        several => format!("{several} columns of the table have the names of scores"),
    };
    Some(Note::info(format!("{columns}: {}{more}", shown.join(", "))))
}

/// A name that is not taken: `name`, or `name` with underscores added.
pub(super) fn free(mut name: String, is_taken: impl Fn(&str) -> bool) -> String {
    while is_taken(&name) {
        name.push('_');
    }
    name
}
