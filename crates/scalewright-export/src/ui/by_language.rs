//! The words of the parts of reports, by language.

use super::parts::PartWords;
use super::{ar, de, en, es, fr, he, it, ja, ko, nl, pt, zh};

/// Returns the words of a language; those of English if it has none here.
pub(super) fn parts(language: &str) -> &'static PartWords {
    WORDS.into_iter().find(|words| words.language == language).unwrap_or(WORDS[0])
}

static WORDS: [&PartWords; 12] = [
    &en::PARTS,
    &de::PARTS,
    &es::PARTS,
    &fr::PARTS,
    &it::PARTS,
    &nl::PARTS,
    &pt::PARTS,
    &ar::PARTS,
    &he::PARTS,
    &ja::PARTS,
    &ko::PARTS,
    &zh::PARTS,
];
