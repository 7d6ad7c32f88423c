//! Stems that repeat the lead-in of their section.

use std::collections::BTreeMap;

use scalewright_model::file::{InstrumentFile, WordingFile};
use scalewright_model::{ItemIx, Pointer, Severity};

use crate::words::plain;

use super::{Context, File, Group, Hit, Lint};

/// A stem that repeats the lead-in of its section.
pub(super) static LINT: Lint = Lint {
    name: "stem-repeats-lead-in",
    summary: "a stem that repeats the lead-in of its section",
    explain: include_str!("stem_repeats_lead_in.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The least number of words that count as repeated.
const FEWEST: usize = 3;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    let stems = |at: usize| {
        file.items[at].stem.as_deref().map(|stem| (stem, Pointer::item(ItemIx(at)).key("stem")))
    };
    report(lint, file, &own(file), stems, hits, File::Definition);
    for (place, wording) in context.wordings {
        let stems = |at: usize| {
            let id = &file.items[at].id;
            wording.items.get(id).map(|stem| (stem.as_str(), Pointer::top("items").key(id)))
        };
        report(lint, file, &translated(wording), stems, hits, *place);
    }
}

/// The words of the lead-ins, by section.
type LeadIns<'a> = BTreeMap<&'a str, Vec<String>>;

fn own(file: &InstrumentFile) -> LeadIns<'_> {
    let lead_ins = file
        .sections
        .iter()
        .filter_map(|section| Some((section.id.as_str(), parts(section.lead_in.as_deref()?))));
    lead_ins.collect()
}

fn translated(file: &WordingFile) -> LeadIns<'_> {
    let lead_ins = file
        .sections
        .iter()
        .filter_map(|(id, section)| Some((id.as_str(), parts(section.lead_in.as_deref()?))));
    lead_ins.collect()
}

/// The words of a lead-in, and those of its first clause: *Over the last two weeks, how often …*.
fn parts(lead_in: &str) -> Vec<String> {
    let clause = lead_in.split([',', '，', '、', ':']).next().unwrap_or_default();
    let mut parts = vec![plain(lead_in), plain(clause)];
    // Words that are not separated by spaces cannot be counted, but a few letters say as much.
    parts.retain(|part| {
        part.split(' ').count() >= FEWEST
            || (!part.is_ascii() && part.chars().count() >= 3 * FEWEST)
    });
    parts.dedup();
    parts
}

fn report<'a>(
    lint: &Lint,
    file: &InstrumentFile,
    lead_ins: &LeadIns<'_>,
    stem: impl Fn(usize) -> Option<(&'a str, Pointer)>,
    hits: &mut Vec<Hit>,
    place: File,
) {
    for (at, item) in file.items.iter().enumerate() {
        let parts = item.section.as_deref().and_then(|section| lead_ins.get(section));
        let (Some(parts), Some((text, pointer))) =
            (parts.filter(|parts| !parts.is_empty()), stem(at))
        else {
            continue;
        };
        let words = plain(text);
        if !parts.iter().any(|part| repeats(&words, part)) {
            continue;
        }
        let message = format!("the stem of `{}` repeats the lead-in of its section", item.id);
        let hit = lint.hit(&item.id, message, |d| {
            d.at(pointer, "").help(
                "respondents read the lead-in and the stem: remove these words from one of them",
            )
        });
        hits.push(hit.inside(place));
    }
}

/// Whether a text begins or ends with the words of a part. It may be more than the part alone.
fn repeats(words: &str, part: &str) -> bool {
    let is_edge = |rest: &str, space: bool| rest.is_empty() || space || !rest.is_ascii();
    let begins = words.strip_prefix(part).is_some_and(|rest| is_edge(rest, rest.starts_with(' ')));
    begins || words.strip_suffix(part).is_some_and(|rest| is_edge(rest, rest.ends_with(' ')))
}
