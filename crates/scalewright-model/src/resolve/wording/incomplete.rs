//! What a wording file lacks that says that it is incomplete: one finding for the whole file.

use crate::{Diagnostic, Pointer};

/// Texts that are missing at one place of a file.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    /// What is missing: "the stems of `q1`, `q2`".
    pub(super) what: String,
    /// The number of texts.
    pub(super) count: usize,
    /// The place that lacks them.
    pub(super) place: Pointer,
    /// What to do, in words.
    pub(super) help: String,
}

/// If a file lacks texts at more places than this, they are reported together.
const MOST_ALONE: usize = 2;
/// How many places are marked or named.
const SHOWN: usize = 8;

/// Returns errors about the texts that a file lacks that does not say so: one for each place or, if there are several,
/// one for all.
pub(super) fn errors(language: &str, missing: Vec<Missing>) -> Vec<Diagnostic> {
    let error = |what: &str| {
        let message = format!("the wording in `{language}` lacks {what}");
        Diagnostic::error("missing-translation", message)
    };
    if missing.len() <= MOST_ALONE {
        let each = missing.into_iter();
        let each =
            each.map(|one| error(&one.what).help(one.help).at_key(one.place, "incomplete here"));
        return each.collect();
    }
    let places = missing.len();
    let whole = error(&format!("{} texts at {places} places", count(&missing)));
    let parts = named(&missing);
    // Several places that do not exist yet are marked at the same line, so only the first mark has a remark.
    let marked = missing
        .into_iter()
        .take(SHOWN)
        .zip(std::iter::once("incomplete here").chain(std::iter::repeat("")));
    let whole = marked.fold(whole, |whole, (one, remark)| whole.at_key(one.place, remark));
    vec![
        whole
            .help(format!("missing: {parts}"))
            .help("add them, or write `incomplete = true` at the top as long as some are missing"),
    ]
}

/// Names what is missing at the first places, and counts the rest.
fn named(missing: &[Missing]) -> String {
    let mut parts: Vec<String> =
        missing.iter().take(SHOWN).map(|missing| missing.what.clone()).collect();
    if missing.len() > SHOWN {
        parts.push(format!("other texts at {} places", missing.len() - SHOWN));
    }
    parts.join("; ")
}

/// Returns the number of missing texts.
pub(super) fn count(missing: &[Missing]) -> usize {
    missing.iter().map(|missing| missing.count).sum()
}

/// Returns the finding about an incomplete wording, which says how many texts are missing and where.
pub(super) fn finding(language: &str, missing: &[Missing]) -> Diagnostic {
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
    Diagnostic::warning("incomplete-translation", message)
        .at_key(mark, "")
        .help(format!("still missing: {}", named(missing)))
        .help("when they are there, remove `incomplete = true`")
}
