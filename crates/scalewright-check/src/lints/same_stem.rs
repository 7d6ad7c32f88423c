//! Items with the same stem.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::ItemFile;
use scalewright_model::{Segment, Severity};

use crate::words::Text;

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
    let repeated = repeated(context);
    let items = context.file.items.iter().enumerate();
    let ids: BTreeMap<&str, usize> = items.map(|(at, item)| (item.id.as_str(), at)).collect();
    for words in context.words {
        let mut first: BTreeMap<&str, Vec<(usize, &Text<'_>)>> = BTreeMap::new();
        for text in words.stems() {
            let Some(at) = item(&ids, text) else { continue };
            let before = first.entry(text.plain()).or_default();
            let twin = before.iter().find(|(other, _)| !differ(context, &repeated, at, *other));
            if let Some((_, twin)) = twin {
                let hit = lint.hit(words.language, "two items have the same stem".to_owned(), |d| {
                    d.at(text.place.clone(), "the same words")
                        .at(twin.place.clone(), "as in this item")
                        .help("compare both with the source: one may have been copied and not changed")
                });
                hits.push(hit.inside(words.file));
            }
            before.push((at, text));
        }
    }
}

/// The items that are asked in the same way: the section, and the response scale.
type Way<'a> = (Option<&'a str>, &'a str);

/// The pairs of ways of which one repeats most stems of the other. They ask two questions about the same list: *How much do
/// you fear …* and *How often do you avoid …*.
fn repeated<'a>(context: &Context<'a>) -> BTreeSet<[Way<'a>; 2]> {
    let mut stems: BTreeMap<Way<'_>, BTreeSet<&str>> = BTreeMap::new();
    for item in &context.file.items {
        if let Some(stem) = item.stem.as_deref() {
            stems.entry(way(item)).or_default().insert(stem);
        }
    }
    let mut pairs = BTreeSet::new();
    for (one, own) in &stems {
        for (other, others) in stems.iter().filter(|(other, _)| *other != one) {
            let same = own.intersection(others).count();
            if same > 1 && same * 2 >= own.len().min(others.len()) {
                pairs.insert([*one, *other]);
            }
        }
    }
    pairs
}

fn way(item: &ItemFile) -> Way<'_> {
    (item.section.as_deref(), &item.response)
}

/// The position of the item of a stem.
fn item(ids: &BTreeMap<&str, usize>, text: &Text<'_>) -> Option<usize> {
    match text.place.segments() {
        [_, Segment::Index(at), ..] => Some(*at),
        [_, Segment::Key(id)] => ids.get(id.as_str()).copied(),
        _ => None,
    }
}

/// Whether two items with the same stem ask different questions.
fn differ(
    context: &Context<'_>,
    repeated: &BTreeSet<[Way<'_>; 2]>,
    one: usize,
    other: usize,
) -> bool {
    let [a, b] = [&context.file.items[one], &context.file.items[other]];
    repeated.contains(&[way(a), way(b)])
}
