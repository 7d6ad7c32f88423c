//! Stems that ask two things at once.

use scalewright_model::Severity;

use crate::words::{self, Text};

use super::{Context, Group, Hit, Lint};

/// A stem that asks two things at once.
pub(super) static LINT: Lint = Lint {
    name: "double-barrelled",
    summary: "a stem that asks two things at once",
    explain: include_str!("double_barrelled.md"),
    group: Group::Wording,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The words that join two things, by language.
const JOINING: [(&str, &[&str]); 7] = [
    ("de", &["und", "oder", "sowie"]),
    ("en", &["and", "or"]),
    ("es", &["y", "o"]),
    ("fr", &["et", "ou"]),
    ("it", &["e", "o"]),
    ("nl", &["en", "of"]),
    ("pt", &["e", "ou"]),
];
/// Idioms in which these words join nothing.
const IDIOMS: [&str; 14] = [
    "more or less",
    "now and then",
    "now and again",
    "again and again",
    "over and over",
    "on and off",
    "up and down",
    "one or two",
    "one or more",
    "ups and downs",
    "pros and cons",
    "mehr oder weniger",
    "ab und zu",
    "nach und nach",
];
/// The number of stems that are marked in the file; the message counts all.
const MOST: usize = 5;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        let joined: Vec<&Text<'_>> =
            words.stems().filter(|text| joins(text.text, words.language)).collect();
        if joined.is_empty() {
            continue;
        }
        let (count, language) = (joined.len(), words.language);
        let noun = if count == 1 { "stem" } else { "stems" };
        let message = format!("{count} {noun} in `{language}` may ask two things at once");
        let hit = lint.hit(language, message, |mut d| {
            for text in joined.into_iter().take(MOST) {
                d = d.at(text.place.clone(), "");
            }
            d.help("a respondent who agrees with only one half cannot answer: ask one thing, or split the item in two")
        });
        hits.push(hit.inside(words.file));
    }
}

fn joins(text: &str, language: &str) -> bool {
    let Some(joining) = words::listed(&JOINING, language) else { return false };
    let has = |word: &str| joining.iter().any(|known| known.eq_ignore_ascii_case(word));
    // Before the comparison below, because this one copies no text.
    if !text.split(|c: char| !c.is_alphanumeric()).any(has) {
        return false;
    }
    let text = words::plain(text);
    let text = IDIOMS.iter().fold(text, |text, idiom| text.replace(idiom, ""));
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| joining.contains(word) && !joins_people(&words, at))
}

/// Whether the word at `at` joins the respondent to another person: *my therapist and I*, *between her and me*.
fn joins_people(words: &[&str], at: usize) -> bool {
    const SUBJECTS: [&str; 6] = ["i", "ich", "yo", "ik", "io", "eu"];
    const OBJECTS: [&str; 5] = ["me", "mir", "mich", "moi", "mí"];
    let Some(next) = words.get(at + 1) else { return false };
    // Later in a sentence, *and I* usually begins a second statement.
    let is_short = at <= 3 || at + 2 == words.len();
    OBJECTS.contains(next) || (SUBJECTS.contains(next) && is_short && !words[..at].contains(next))
}

#[cfg(test)]
mod tests {
    use super::joins;

    #[test]
    fn words_that_join_nothing_are_ignored() {
        assert!(joins("I was calm and rested.", "en-GB"));
        assert!(joins("Ich war ruhig oder müde.", "de"));
        assert!(!joins("I slept more or less well.", "en"));
        assert!(!joins("I walked the sand.", "en"));
        assert!(!joins("calm and rested", "fi"));
        assert!(!joins("My therapist and I agree.", "en"));
        assert!(!joins("Sabía para qué trabajábamos mi terapeuta y yo.", "es"));
        assert!(joins("I agree and I was calm.", "en"));
        assert!(joins("My thoughts were quiet and I slept well.", "en"));
    }
}
