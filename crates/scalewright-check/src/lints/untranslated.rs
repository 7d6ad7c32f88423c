//! Texts that a translation leaves in the words of the source, or leaves out.

use std::collections::BTreeSet;

use scalewright_model::file::{WordingFile, WordingPolicy};
use scalewright_model::{Pointer, Severity};

use crate::words::{Kind, Text, Words, plain};

use super::{Context, Group, Hit, Lint};

/// A stem of a translation that is identical to the source, or a missing translation of a unit.
pub(super) static LINT: Lint = Lint {
    name: "untranslated",
    summary: "a stem or a unit that a translation leaves in the words of the source",
    explain: include_str!("untranslated.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The least number of words of a stem to compare. Shorter texts may be the same in two languages.
const SHORTEST: usize = 3;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    copied(lint, context, hits);
    // If the wording is withheld, names and units need no translation either.
    if context.instrument.rights.wording == WordingPolicy::Withheld {
        return;
    }
    let source = &context.instrument.language;
    let translations = context.wordings.iter();
    for (place, file) in
        // What an incomplete file lacks is counted in one finding of its own.
        translations
            .filter(|(_, file)| !file.incomplete && !file.language.eq_ignore_ascii_case(source))
    {
        let lacking = left_out(context, file);
        let Some(first) = lacking.first() else { continue };
        let language = &file.language;
        let shown: Vec<&str> = lacking.iter().take(MOST).map(|(what, _)| what.as_str()).collect();
        let more = match lacking.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("not translated into `{language}`: {}{more}", shown.join(", "));
        let hit = lint.hit(language, message, |d| {
            d.at(Pointer::top("language"), "").help(format!("add {}", first.1))
        });
        hits.push(hit.inside(*place));
    }
}

/// The units that a translation lacks, each with the line to add. The name of a derived score needs no translation: it
/// contains the name of the norm, which is that of a publication.
fn left_out(context: &Context<'_>, file: &WordingFile) -> Vec<(String, String)> {
    let mut lacking = Vec::new();
    for (name, scale) in &context.file.response_scales {
        let given = file.response_scales.get(name).is_some_and(|words| words.unit.is_some());
        if scale.unit.is_some() && !given {
            let line = format!("`unit = \"…\"` under `[response-scales.{name}]`");
            lacking.push((format!("the unit of `{name}`"), line));
        }
    }
    for scale in &context.instrument.scales {
        let (id, words) = (&scale.id, file.scales.get(&scale.id));
        if scale.unit.is_some() && words.is_none_or(|words| words.unit.is_none()) {
            let line = format!("`unit = \"…\"` under `[scales.{id}]`");
            lacking.push((format!("the unit of `{id}`"), line));
        }
    }
    lacking
}

/// Reports stems that are identical to the source.
fn copied(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let all = context.words;
    // The texts of the definition, in the source language, come first.
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
            d.help("translate the stems that were copied from the source")
        });
        hits.push(hit.inside(words.file));
    }
}

/// The number of texts that are named or marked; the message counts the rest.
const MOST: usize = 5;

fn stems<'w>(words: &'w Words<'w>) -> impl Iterator<Item = &'w Text<'w>> {
    words
        .texts
        .iter()
        .filter(|text| text.kind == Kind::Stem && text.text.split_whitespace().count() >= SHORTEST)
}
