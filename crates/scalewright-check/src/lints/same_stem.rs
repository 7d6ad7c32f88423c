//! Items with the same stem.

use std::collections::BTreeMap;

use scalewright_model::Severity;

use crate::words::{Kind, Text, plain};

use super::{Context, Group, Hit, Lint};

/// Two items with the same stem.
pub(super) static LINT: Lint = Lint {
    name: "same-stem",
    summary: "two items with the same stem",
    explain: include_str!("same_stem.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        let mut first: BTreeMap<String, &Text<'_>> = BTreeMap::new();
        for text in words.texts.iter().filter(|text| text.kind == Kind::Stem) {
            let Some(before) = first.insert(plain(text.text), text) else { continue };
            let hit = lint.hit(words.language, "two items have the same stem".to_owned(), |d| {
                d.at(text.place.clone(), "the same words")
                    .at(before.place.clone(), "as in this item")
                    .help("compare both with the source: one may have been copied and not changed")
            });
            hits.push(hit.inside(words.file));
        }
    }
}
