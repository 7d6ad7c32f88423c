//! Pieces of findings that several readers share.

use crate::finding::{Finding, Kind};
use crate::place::Place;

/// A finding about a file that does not say its encoding.
pub(super) fn assumed_encoding(file: &str, encoding: &str) -> Finding {
    let message = format!("the file is not UTF-8; it is read as {encoding}");
    Finding::new(Kind::Assumed, "encoding", &Place::new(file, ""), message)
        .help("check letters with accents; if they are wrong, save the file as UTF-8")
}

/// Names for a message: some of them, and how many more there are.
pub(super) fn listed<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let names: Vec<&str> = names.collect();
    let some: Vec<String> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(some.len()) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}
