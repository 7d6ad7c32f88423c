//! Texts that a platform interprets as more than text.

use std::collections::BTreeSet;

use scalewright_model::{MOST_FINDINGS, Severity};

use crate::words::{Kind, Text};

use super::{Context, Group, Hit, Lint};
use crate::{TargetRules, WordRules};

/// A text that a platform interprets as more than text.
pub(super) static LINT: Lint = Lint {
    name: "unportable-label",
    summary: "a text that a platform interprets as more than text",
    explain: include_str!("unportable_label.md"),
    group: Group::Portability,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let instrument = context.instrument;
    let ids: BTreeSet<&str> = instrument
        .items
        .iter()
        .map(|item| item.id.as_str())
        .chain(instrument.scales.iter().map(|scale| scale.id.as_str()))
        .collect();
    for words in context.words {
        for text in &words.texts {
            let signs = context.targets.iter().find_map(|target| sign(text, &ids, target));
            let Some(sign) = signs else { continue };
            let message = format!("the text contains {sign}");
            let hit = lint.hit(words.language, message, |d| {
                d.at(text.place.clone(), "").help("rephrase it: platforms treat it differently")
            });
            hits.push(hit.inside(words.file));
            if hits.len() > MOST_FINDINGS {
                return;
            }
        }
    }
}

/// Returns the part of a text that a platform interprets, and how.
fn sign(text: &Text<'_>, ids: &BTreeSet<&str>, target: &TargetRules) -> Option<String> {
    let WordRules { separator, one_line, brackets } = target.words;
    let separator = separator.filter(|&separator| text.text.contains(separator));
    if let (Kind::Label, Some(separator)) = (text.kind, separator) {
        let why = "which separates the options in lists of options";
        return Some(format!("`{separator}`, {why}"));
    }
    // TOML texts of several lines often end with a line break, which does not count.
    if one_line && text.kind == Kind::Label && text.text.trim().contains('\n') {
        return Some("a line break, but lists of options have one option per line".to_owned());
    }
    brackets.iter().find_map(|&(open, close)| {
        let name = text.text.split(open).skip(1).find_map(|rest| {
            let (name, _) = rest.split_once(close)?;
            ids.contains(name).then_some(name)
        })?;
        let platform = target.platform;
        Some(format!("`{open}{name}{close}`, which {platform} replaces by the value of that field"))
    })
}
