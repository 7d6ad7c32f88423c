//! Scales, flags, norms and sections with one title.

use std::collections::BTreeMap;

use scalewright_model::file::{InstrumentFile, Status};
use scalewright_model::{Pointer, SectionIx, Severity};

use super::{Context, Group, Hit, Lint};

/// Two scales, flags, norms or sections with the same title.
pub(super) static LINT: Lint = Lint {
    name: "same-title",
    summary: "two scales, flags, norms or sections with the same title",
    explain: include_str!("same_title.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    // While an instrument is in development, scales may still be named alike.
    if context.instrument.status != Status::Development {
        scored(lint, file, hits);
    }
    for key in ["title", "lead-in"] {
        let sections = file.sections.iter().enumerate().filter_map(|(at, section)| {
            let (text, other) = match key {
                "title" => (section.title.as_deref()?, section.lead_in.as_deref()),
                _ => (section.lead_in.as_deref()?, section.title.as_deref()),
            };
            // Sections whose other words differ are two parts of one subject.
            let other = other.unwrap_or_default().to_owned();
            Some((Pointer::section(SectionIx(at)), &*section.id, text, other))
        });
        twins(lint, ("section", key), sections, hits);
    }
}

/// Reports scales, flags and norms of the same title.
fn scored(lint: &Lint, file: &InstrumentFile, hits: &mut Vec<Hit>) {
    let scales = file.scales.iter().enumerate();
    let scales =
        scales.map(|(at, scale)| (Pointer::scale(at), &*scale.id, &*scale.title, String::new()));
    twins(lint, ("scale", "title"), scales, hits);
    let flags = file.flags.iter().enumerate();
    let flags = flags.map(|(at, flag)| (Pointer::flag(at), &*flag.id, &*flag.title, String::new()));
    twins(lint, ("flag", "title"), flags, hits);
    let norms = file.norms.iter().enumerate();
    // Norms of different scales, or different derived scores, may be from one sample.
    let norms = norms.map(|(at, norm)| {
        (Pointer::norm(at), &*norm.id, &*norm.title, format!("{} {:?}", norm.scale, norm.derive))
    });
    twins(lint, ("norm", "title"), norms, hits);
}

/// Reports entries with the same words under `key`, unless what belongs to the words differs.
fn twins<'a>(
    lint: &Lint,
    (noun, key): (&str, &str),
    entries: impl Iterator<Item = (Pointer, &'a str, &'a str, String)>,
    hits: &mut Vec<Hit>,
) {
    let mut first: BTreeMap<(String, String), (Pointer, &str)> = BTreeMap::new();
    for (place, id, text, about) in entries {
        let words = (text.trim().to_lowercase(), about);
        let Some((before, other)) = first.get(&words) else {
            first.insert(words, (place, id));
            continue;
        };
        let what = key.replace('-', " ");
        let message = format!("the {noun}s `{other}` and `{id}` have the same {what}");
        let before = before.key(key);
        hits.push(lint.hit(id, message, |d| {
            d.at(place.key(key), "").at(before, "the same words")
                .help("readers of a form or a report see only these words: give each its own, or remove the copy")
        }));
    }
}
