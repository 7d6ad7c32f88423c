//! Translations in the words of the source.

use std::collections::BTreeSet;

use scalewright_model::Severity;

use crate::words::{Kind, Text, Words, plain};

use super::{Context, Group, Hit, Lint};

/// A stem of a translation that is in the words of the source.
pub(super) static LINT: Lint = Lint {
    name: "untranslated",
    summary: "a stem of a translation that is in the words of the source",
    explain: include_str!("untranslated.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// Shorter texts may well be the same in two languages.
const SHORTEST: usize = 3;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let all = context.words();
    let Some((source, translations)) = all.split_first() else { return };
    let source: BTreeSet<String> = stems(source).map(|text| plain(text.text)).collect();
    for words in translations.iter().filter(|words| words.language != context.file.language) {
        let same: Vec<&Text<'_>> =
            stems(words).filter(|text| source.contains(&plain(text.text))).collect();
        if same.is_empty() {
            continue;
        }
        let (count, language) = (same.len(), words.language);
        let noun = if count == 1 { "stem is" } else { "stems are" };
        let message = format!("{count} {noun} the same in `{language}` as in the source");
        let hit = lint.hit(language, message, |mut d| {
            for text in same.into_iter().take(MOST) {
                d = d.at(text.place.clone(), "");
            }
            d.help("translate what was copied from the source to be replaced")
        });
        hits.push(hit.inside(words.file));
    }
}

/// More are counted, not marked.
const MOST: usize = 5;

fn stems<'w>(words: &'w Words<'w>) -> impl Iterator<Item = &'w Text<'w>> {
    words
        .texts
        .iter()
        .filter(|text| text.kind == Kind::Stem && text.text.split_whitespace().count() >= SHORTEST)
}
