//! Words and punctuation marks that are typed twice.

use std::ops::Range;

use scalewright_model::Severity;

use crate::words::{Kind, listed};

use super::{Context, Defect, Group, Hit, Lint};

/// A word or a punctuation mark that is typed twice.
pub(super) static LINT: Lint = Lint {
    name: "doubled-word",
    summary: "a word or a punctuation mark that is typed twice",
    explain: include_str!("doubled_word.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The words that may follow themselves, by language. In other languages doubling may have a meaning.
const ALLOWED: [(&str, &[&str]); 13] = [
    ("en", &["had", "that", "very", "so", "no", "is", "bye"]),
    ("de", &["die", "der", "das", "sie", "den", "dem", "sehr", "nein"]),
    ("fr", &["nous", "vous", "très", "non", "en"]),
    ("es", &["muy", "no"]),
    ("it", &["via", "man", "piano", "molto", "no", "poco", "così", "appena", "mano"]),
    ("pt", &["muito", "não", "logo"]),
    ("nl", &["die", "dat", "zij", "heel", "nee"]),
    ("pl", &["bardzo", "nie"]),
    ("cs", &["velmi", "ne", "se"]),
    ("sv", &["att", "som", "för", "mycket", "nej", "den", "det"]),
    ("da", &["det", "der", "meget", "nej", "den"]),
    ("nb", &["det", "som", "veldig", "nei", "den"]),
    ("fi", &["hyvin", "ei"]),
];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let help = "remove one of the two";
    lint.on_texts(context, hits, help, |text, words| {
        let allowed = listed(&ALLOWED, words.language);
        let names = text.kind == Kind::About;
        let word = || allowed.and_then(|allowed| word(text.text, allowed, names));
        let within = mark(text.text).or_else(word)?;
        let message = format!("`{}` is typed twice", doubled(&text.text[within.clone()]));
        Some(Defect { within: Some(within), message })
    });
}

/// Returns what is doubled: the word, or the punctuation mark.
fn doubled(both: &str) -> &str {
    both.split_whitespace()
        .next()
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .unwrap_or(both.char_indices().nth(1).map_or(both, |(at, _)| &both[..at]))
}

/// Returns the place of two equal words in a row. Names may be double: *Walla Walla*.
fn word(text: &str, allowed: &[&str], names: bool) -> Option<Range<usize>> {
    let mut before: Option<Range<usize>> = None;
    for part in text.split_ascii_whitespace() {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        // Punctuation after the second word is not part of it; before or after the first one, the two belong to
        // different clauses.
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some(range) = &before {
            let first = &text[range.clone()];
            let same = !word.is_empty()
                && first.len() == word.len()
                && first.to_lowercase() == word.to_lowercase();
            let is_name = names && first == word && word.starts_with(char::is_uppercase);
            let is_allowed = || allowed.contains(&word.to_lowercase().as_str());
            if same && !is_name && !is_allowed() {
                return Some(range.start..start + word.len());
            }
        }
        let whole = !part.is_empty() && part.chars().all(char::is_alphabetic);
        before = whole.then_some(start..start + part.len());
    }
    None
}

/// Returns the place of two equal punctuation marks. Three full stops are an ellipsis.
fn mark(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    for at in 0..bytes.len().saturating_sub(1) {
        let (mark, next) = (bytes[at], bytes[at + 1]);
        let other = |at: Option<usize>| at.and_then(|at| bytes.get(at)) != Some(&mark);
        let alone = other(at.checked_sub(1)) && other(Some(at + 2));
        let same = matches!(mark, b'.' | b',' | b';') && next == mark && alone;
        // After an abbreviation, a comma or a question mark may follow the full stop, but no full stop a question mark.
        let mixed = matches!((mark, next), (b'?' | b'!' | b',' | b';', b'.') | (b',' | b';', b'?'))
            && alone;
        if (same || mixed) && other(Some(at + 2)) && at > 0 {
            // `?..` and `....` are ellipses.
            let is_ellipsis = bytes.get(at + 2) == Some(&b'.') || bytes[at - 1] == b'.';
            if !is_ellipsis {
                return Some(at..at + 2);
            }
        }
    }
    ["。。", "，，", "、、"].into_iter().find_map(|both| {
        let at = text.find(both)?;
        Some(at..at + both.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{mark, word};

    #[test]
    fn what_is_typed_twice_is_found() {
        let found = |text| word(text, &["had"], false).is_some() || mark(text).is_some();
        for text in
            ["I felt felt calm.", "The the day", "calm..", "calm,, quiet", "calm?.", "and and so"]
        {
            assert!(found(text), "{text}");
        }
        for text in [
            "calm ...",
            "calm....",
            "I had had time.",
            "Calm, calm days",
            "2 2",
            "Wait … wait",
            "e.g., so",
            "day after day",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
