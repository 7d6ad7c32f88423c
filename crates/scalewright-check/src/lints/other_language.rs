//! Texts in another language than their file.

use std::collections::BTreeSet;

use scalewright_model::{Pointer, Severity};

use crate::tongues::{Count, Enough};
use crate::words::{Kind, Text, Words, primary};

use super::{Context, Group, Hit, Lint};

/// Texts in another language than the one that their file states.
pub(super) static LINT: Lint = Lint {
    name: "other-language",
    summary: "texts in another language than their file",
    explain: include_str!("other_language.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// How many words make the language of a file certain.
const FILE: Enough = Enough { words: 25, frequent: 8, share: 6 };
/// How many words make the language of a single text certain.
const TEXT: Enough = Enough { words: 4, frequent: 3, share: 2 };
/// The number of texts that are marked in a file; the message counts all.
const MOST: usize = 5;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        if let Some(hit) = whole(lint, words).or_else(|| single(lint, context, words)) {
            hits.push(hit.inside(words.file));
        }
    }
    equal(lint, context, hits);
}

/// Reports a file whose texts are together in another language.
fn whole(lint: &Lint, words: &Words<'_>) -> Option<Hit> {
    let mut count = Count::default();
    words.texts.iter().for_each(|text| count.add(text.plain()));
    let other = count.other(words.language, FILE)?;
    let message = format!("the texts are in `{other}`, but the language is `{}`", words.language);
    Some(lint.hit(words.language, message, |d| {
        d.at(Pointer::top("language"), "")
            .help("correct the language, or the texts: they may have been copied from another file")
    }))
}

/// Reports the texts that are in another language than the rest.
fn single(lint: &Lint, context: &Context<'_>, words: &Words<'_>) -> Option<Hit> {
    let source = context.words.first().filter(|source| source.file != words.file);
    let copied: BTreeSet<&str> =
        source.into_iter().flat_map(|source| &source.texts).map(|text| text.plain()).collect();
    let language = |text: &&Text<'_>| {
        let mut count = Count::default();
        count.add(text.plain());
        count.other(words.language, TEXT)
    };
    let strange: Vec<&Text<'_>> = words
        .texts
        .iter()
        .filter(|text| {
            matches!(text.kind, Kind::Stem | Kind::LeadIn | Kind::Instructions | Kind::Title)
        })
        // A text that was copied from the source has a finding of another lint.
        .filter(|text| language(text).is_some() && !copied.contains(text.plain()))
        .collect();
    let other = language(strange.first()?)?;
    let (noun, verb) = if strange.len() == 1 { ("text", "is") } else { ("texts", "are") };
    let message = format!(
        "{} {noun} in a file in `{}` {verb} in another language: `{other}`",
        strange.len(),
        words.language
    );
    Some(lint.hit(words.language, message, |mut d| {
        for text in strange.into_iter().take(MOST) {
            d = d.at(text.place.clone(), "");
        }
        d.help("write the text in the language of the file")
    }))
}

/// Reports two translations with the same stems, of which one must be a copy.
fn equal(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let translations = context.words.get(1..).unwrap_or_default();
    for (at, words) in translations.iter().enumerate() {
        let stems = |words: &Words<'_>| -> BTreeSet<String> {
            words
                .stems()
                .map(|text| text.plain().to_owned())
                .filter(|stem| stem.contains(' '))
                .collect()
        };
        let own = stems(words);
        let twin = translations[..at].iter().find(|other| {
            primary(other.language) != primary(words.language)
                && own.len() > 2
                && stems(other).intersection(&own).count() * 2 > own.len()
        });
        let Some(twin) = twin else { continue };
        let message =
            format!("most stems are the same in `{}` and in `{}`", words.language, twin.language);
        let hit = lint.hit(words.language, message, |d| {
            d.at(Pointer::top("language"), "")
                .help("one file is a copy of the other: translate it, or correct its language")
        });
        hits.push(hit.inside(words.file));
    }
}
