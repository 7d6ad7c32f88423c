//! Texts with a placeholder.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// A text that still contains a placeholder.
pub(super) static LINT: Lint = Lint {
    name: "placeholder-left",
    summary: "a text that still contains a placeholder",
    explain: include_str!("placeholder_left.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// Placeholders that are words: in upper case, and not part of a longer word.
const WORDS: [&str; 6] = ["TODO", "TBD", "TBC", "FIXME", "XXX", "XXXX"];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        for text in &words.texts {
            let Some(sign) = placeholder(text.text) else { continue };
            let message = format!("the text still contains `{sign}`");
            let hit = lint.hit(words.language, message, |d| {
                d.at(text.place.clone(), "").help("write the text that respondents are to read")
            });
            hits.push(hit.inside(words.file));
        }
    }
}

fn placeholder(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    // In upper case only: `todo` is a word in Spanish and Portuguese.
    if let Some(word) = words.find(|word| WORDS.contains(word)) {
        return Some(word);
    }
    let lower = text.to_lowercase();
    ["lorem ipsum", "???", "<insert", "[insert"].into_iter().find(|sign| lower.contains(sign))
}
