//! Labels, lead-ins, titles and names that a translation leaves in the words of the source.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Pointer, Severity};

use crate::ranks::is_label;
use crate::tongues::is_of;
use crate::words::{Kind, Text, Words, primary};

use super::{Context, Group, Hit, Lint};

/// A label, a lead-in, a title or a name that a translation leaves in the words of the source.
pub(super) static LINT: Lint = Lint {
    name: "copied-text",
    summary: "a label, a lead-in, a title or a name that a translation leaves in the words of the source",
    explain: include_str!("copied_text.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The number of texts that are marked in a file; the message counts all.
const MOST: usize = 5;
/// The number of words from which two languages do not have the same text by chance.
const MANY: usize = 3;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some((source, translations)) = context.words.split_first() else { return };
    let known: Known<'_> = source.all().map(key).filter(|(_, words)| !words.is_empty()).collect();
    for words in
        translations.iter().filter(|words| primary(words.language) != primary(source.language))
    {
        let same = |text: &&Text<'_>| known.contains(&key(text));
        let mut copied: Vec<&Text<'_>> = words.all().filter(same).collect();
        if copied.is_empty() {
            continue;
        }
        let groups = groups(words);
        copied.retain(|text| {
            is_copy(text, source.language, words.language) || is_group(text, &groups, &known)
        });
        if copied.is_empty() {
            continue;
        }
        let (noun, verb) = if copied.len() == 1 { ("text", "is") } else { ("texts", "are") };
        let message = format!(
            "{} {noun} {verb} the same in `{}` as in the source",
            copied.len(),
            words.language
        );
        let hit = lint.hit(words.language, message, |mut d| {
            for text in copied.into_iter().take(MOST) {
                d = d.at(text.place.clone(), "");
            }
            d.help("translate the text, or allow the lint if both languages have the same word")
        });
        hits.push(hit.inside(words.file));
    }
}

/// The texts of the source, by kind.
type Known<'a> = BTreeSet<(Kind, &'a str)>;
/// Texts that belong together, by the place that they have in common.
type Groups<'w> = BTreeMap<Pointer, Vec<&'w Text<'w>>>;

/// Whether a text that is the same in two languages was copied.
fn is_copy(text: &Text<'_>, source: &str, language: &str) -> bool {
    let words = || text.plain().split(' ');
    // A word that only the source has.
    let own = || words().any(|word| is_of(word, source, language));
    let label = || is_label(text.text, source) && !is_label(text.text, language);
    match text.kind {
        // `untranslated` reports longer stems.
        Kind::Stem => words().count() < MANY && own(),
        Kind::LeadIn | Kind::Instructions | Kind::RecallPeriod => words().count() >= MANY || own(),
        Kind::Label | Kind::Name => words().count() > MANY || own() || label(),
        // The titles of many instruments are names, which are not translated.
        Kind::Title => own(),
        Kind::About => false,
    }
}

/// The texts of each response scale and each set of bands, and the titles of all scales.
fn groups<'w>(words: &'w Words<'w>) -> Groups<'w> {
    let mut groups = Groups::new();
    for text in words.all().filter(|text| matches!(text.kind, Kind::Label | Kind::Name)) {
        groups.entry(group(&text.place)).or_default().push(text);
    }
    groups
}

/// The place that texts of one kind have in common: that of the options, that of the bands, or that of the scales.
fn group(place: &Pointer) -> Pointer {
    let above = place.parent();
    // `/scales/ID/title`: the titles of all scales belong together.
    if place.segments().len() == 3 { above.parent() } else { above }
}

/// Whether all texts of a group, at least three, are the same as in the source. Single words may be, but not all of them.
fn is_group(text: &Text<'_>, groups: &Groups<'_>, known: &Known<'_>) -> bool {
    let Some(group) = groups.get(&group(&text.place)) else { return false };
    let same = |text: &&&Text<'_>| {
        known.contains(&key(text)) && text.plain().chars().any(char::is_alphabetic)
    };
    group.len() >= 3 && group.iter().filter(same).count() == group.len()
}

/// A text as it is compared: texts of different kinds may have the same words.
fn key<'t>(text: &'t Text<'_>) -> (Kind, &'t str) {
    (text.kind, text.plain())
}
