//! The writing direction of a language, from its tag.

/// A writing direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

/// Returns the writing direction of a BCP 47 tag, by its script or its language.
#[must_use]
pub fn direction(tag: &str) -> Direction {
    const SCRIPTS: [&str; 5] = ["arab", "hebr", "syrc", "thaa", "nkoo"];
    const LANGUAGES: [&str; 9] = ["ar", "he", "fa", "ur", "yi", "ps", "sd", "dv", "ckb"];
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    // In BCP 47, a subtag of four letters is the script: `az-Arab` is written from right to left, `az` is not.
    let right = match parts.find(|part| part.len() == 4) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    };
    if right { Direction::RightToLeft } else { Direction::LeftToRight }
}
