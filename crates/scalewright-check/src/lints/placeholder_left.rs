//! Texts with a placeholder.

use scalewright_model::Severity;

use crate::words::{Kind, Text};

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
const WORDS: &[&str] = &[
    "TODO",
    "TBD",
    "TBC",
    "TBA",
    "FIXME",
    "XXX",
    "XXXX",
    "XX",
    "MISSING",
    "PLACEHOLDER",
    "LOREM",
    "BLANK",
    "UNTRANSLATED",
];
/// Placeholders that are part of a text, in lower case.
const PARTS: &[&str] = &[
    "lorem ipsum",
    "???",
    "<insert",
    "[insert",
    "(insert",
    "to be translated",
    "not yet translated",
    "not translated",
    "translation missing",
    "missing translation",
    "translate me",
    "übersetzung fehlt",
    "noch nicht übersetzt",
    "noch zu übersetzen",
    "à traduire",
    "por traducir",
    "asdf",
    "qwert",
    "your text here",
    "text here",
    "placeholder",
    "platzhalter",
    "[translate",
    "[text]",
    "sample text",
    "to be added",
];
/// Texts that are placeholders as a whole, perhaps with a number.
const WHOLE: &str = "item|stem|item text|item stem|question|question text|frage|fragetext|label|option|answer|text|title|lead in|section|\
    n a|na|none given|test|foo|bar|baz|dummy|example|beispiel|new item|neues item|untitled|ohne titel|copy|kopie|null|undefined|nan|\
    xx|xxx|x|todo|choice|response|unknown author|string|heading|description|instructions";

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        // If most texts of a kind are such words, as in a small example, they are meant.
        let is_example = |one: &Text<'_>| {
            // Labels belong to their response scale.
            let group = |text: &Text<'_>| text.place.parent().parent();
            let is_label = one.kind == Kind::Label;
            let similar = || {
                let of_kind = words.all().filter(|text| text.kind == one.kind);
                of_kind.filter(|text| !is_label || group(text) == group(one))
            };
            similar().filter(|text| is_whole(text)).count() * 2 > similar().count()
        };
        for text in words.all() {
            let Some(message) = placeholder(text) else { continue };
            if part(text.text).is_none() && is_whole(text) && is_example(text) {
                continue;
            }
            let hit = lint.hit(words.language, message, |d| {
                d.at(text.place.clone(), "").help("write the text that people are to read")
            });
            hits.push(hit.inside(words.file));
        }
    }
}

/// Returns what is wrong with a text that is, or contains, a placeholder.
fn placeholder(text: &Text<'_>) -> Option<String> {
    let sign = part(text.text).or_else(|| variable(text.text));
    if let Some(sign) = sign {
        return Some(format!("the text still contains `{sign}`"));
    }
    if is_blank(text) {
        return Some("the text has no words".to_owned());
    }
    is_whole(text).then(|| format!("the text `{}` is a placeholder", text.text.trim()))
}

/// The beginnings of words without which no text contains one of [`PARTS`], so that most texts need no closer look.
const SIGNS: &[&str] = &[
    "lorem",
    "insert",
    "translat",
    "übersetz",
    "Übersetz",
    "traduire",
    "traducir",
    "asdf",
    "qwert",
    "here",
    "placeholder",
    "platzhalter",
    "text",
    "added",
];

/// Returns a placeholder inside a text.
fn part(text: &str) -> Option<&str> {
    let mut is_suspect = text.contains("???");
    // In upper case only: `todo` is a word in Spanish and Portuguese. A text in capitals has other reasons for them.
    let shouts = || text.len() > 12 && !text.chars().any(char::is_lowercase);
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if WORDS.contains(&word) && !(matches!(word, "MISSING" | "BLANK" | "XX") && shouts()) {
            return Some(word);
        }
        let begins = |sign: &&str| {
            word.as_bytes()
                .get(..sign.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()))
        };
        is_suspect |= SIGNS.iter().any(begins);
    }
    if !is_suspect {
        return None;
    }
    let lower = text.to_lowercase();
    PARTS.iter().copied().find(|sign| lower.contains(sign))
}

/// Returns a variable of a template: `{name}`, `${name}`, `%s`, `<name>`, `[NAME]`.
fn variable(text: &str) -> Option<&str> {
    let between = |open: char, close: char| {
        let start = text.find(open)?;
        let end = start + text[start..].find(close)?;
        let inner = &text[start + 1..end];
        let is_name = !inner.is_empty()
            && inner.len() < 40
            && inner.starts_with(|c: char| c.is_alphabetic() || matches!(c, '{' | '$' | '_'))
            && inner.chars().all(|c| c.is_alphanumeric() || "_- .{$".contains(c));
        is_name.then(|| &text[start..=end])
    };
    // `[NAME]`, but not `[U]`.
    let capital = |name: &&str| {
        name.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !name.chars().any(char::is_lowercase)
    };
    let percent = || {
        let at = text.find("%s").or_else(|| text.find("%d"))?;
        let after = text[at + 2..].chars().next();
        after.is_none_or(|c| !c.is_alphanumeric()).then(|| &text[at..at + 2])
    };
    // `<item text>`, but not `<Sleep>`.
    let is_lower = |name: &&str| name[1..].starts_with(|c: char| c.is_ascii_lowercase());
    // Tags have a lint of their own.
    let is_tag = |name: &&str| name.len() < 5;
    between('{', '}')
        .or_else(|| between('<', '>').filter(|name| !is_tag(name) && is_lower(name)))
        .or_else(|| between('[', ']').filter(capital))
        .or_else(percent)
}

/// Whether a text has no letter and no digit, and no sign that could be meant.
fn is_blank(text: &Text<'_>) -> bool {
    let blank = |c: char| {
        c.is_whitespace()
            || "-–—_.…?·*#/".contains(c)
            || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
    };
    // A line may end in `-` and `+`, or in `--` and `++`.
    let signs = text.text.len() <= 3 || text.text.chars().count() == 1;
    let is_sign =
        text.kind == Kind::Label && signs && text.text.chars().all(|c| "-–—?*".contains(c));
    // An empty text is missing, which the gates report.
    !text.text.is_empty() && text.text.chars().all(blank) && !is_sign
}

/// Whether a text is nothing but a word such as *item*, perhaps with a number.
fn is_whole(text: &Text<'_>) -> bool {
    let plain = text.plain();
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let numbered = word.len() < plain.len();
    if word.len() > 16 || !WHOLE.split('|').any(|whole| whole == word) {
        return false;
    }
    match text.kind {
        Kind::About | Kind::RecallPeriod => false,
        Kind::Title | Kind::Name => numbered && !matches!(word, "x" | "test" | "section" | "title"),
        Kind::Label => {
            numbered && word != "x"
                || word.len() > 3 && !matches!(word, "text" | "test" | "example" | "title")
        }
        Kind::Stem | Kind::LeadIn | Kind::Instructions => !matches!(word, "section" | "title"),
    }
}
