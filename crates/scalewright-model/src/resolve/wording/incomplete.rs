//! What a wording file lacks that says that it is incomplete: one finding for the whole file.

use crate::{Diagnostic, Pointer};

/// Texts that are missing at one place of a file.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    /// What is missing: "the stems of `q1`, `q2`".
    pub(super) what: String,
    /// The number of texts.
    pub(super) count: usize,
}

/// Returns the number of missing texts.
pub(super) fn count(missing: &[Missing]) -> usize {
    missing.iter().map(|missing| missing.count).sum()
}

/// Returns the finding about an incomplete wording, which says how many texts are missing and where.
pub(super) fn finding(language: &str, missing: &[Missing]) -> Diagnostic {
    const SHOWN: usize = 8;
    let mark = Pointer::top("incomplete");
    if missing.is_empty() {
        let message =
            format!("the wording in `{language}` says that it is incomplete, and lacks nothing");
        let finding = Diagnostic::warning("incomplete-translation", message).at_key(mark, "");
        return finding
            .help("remove `incomplete = true`: until then nothing is published in this language");
    }
    let texts = match count(missing) {
        1 => "1 text".to_owned(),
        more => format!("{more} texts"),
    };
    let message = format!("the wording in `{language}` lacks {texts} and is not published");
    let mut parts: Vec<String> =
        missing.iter().take(SHOWN).map(|missing| missing.what.clone()).collect();
    if missing.len() > SHOWN {
        parts.push(format!("other texts at {} places", missing.len() - SHOWN));
    }
    Diagnostic::warning("incomplete-translation", message)
        .at_key(mark, "")
        .help(format!("still missing: {}", parts.join("; ")))
        .help("when they are there, remove `incomplete = true`")
}
