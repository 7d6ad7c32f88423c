//! The paths of files in an answer.

use scalewright_model::text::is_safe;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The most bytes of a part of a path.
const LONGEST_PART: usize = 200;
/// The most parts of a path.
const DEEPEST: usize = 8;

/// Names that Windows reserves for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Returns what is wrong with a path, if anything.
pub(super) fn problem(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.split('/').count() > DEEPEST {
        return Some("it has more than 8 parts");
    }
    path.split('/').find_map(part)
}

/// Returns what is wrong with a part of a path.
fn part(part: &str) -> Option<&'static str> {
    let is_wrong = [
        (part.is_empty(), "a part of it is empty"),
        (part == "." || part == "..", "it contains `.` or `..`"),
        (part.len() > LONGEST_PART, "a part of it is longer than 200 bytes"),
        (part.contains('\\'), "it contains a backslash; folders are separated by `/`"),
        (
            part.contains(['<', '>', ':', '"', '|', '?', '*']),
            "it contains one of `<>:\"|?*`, which Windows refuses",
        ),
        (!part.chars().all(is_safe), "it contains a control character"),
        (part.starts_with('.'), "a part of it starts with a dot"),
        (part.starts_with(['-', '~', ' ']), "a part of it starts with `-`, `~` or a blank"),
        (part.ends_with(['.', ' ']), "a part of it ends in a dot or a blank"),
        (is_device(part), "Windows reserves a part of it for a device"),
        (!is_nfc(part), "it is not in the Unicode normal form NFC"),
    ];
    is_wrong.into_iter().find_map(|(is_wrong, problem)| is_wrong.then_some(problem))
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    // Superscript digits count too: `COM¹`.
    let is_port = ["com", "lpt"].iter().any(|kind| {
        let number = stem.strip_prefix(kind).unwrap_or_default();
        let mut digits = number.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    });
    is_port || DEVICES.contains(&stem.as_str())
}

/// Returns the key of a path. Paths with the same key may be the same file on some systems.
pub(super) fn key(path: &str) -> String {
    // Upper case first: it maps `ß` and `ſ` to the letters that file systems compare them with.
    path.nfkc().collect::<String>().to_uppercase().to_lowercase().nfkc().collect()
}
