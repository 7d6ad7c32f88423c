//! Compares forms of one family over two versions: what was alike in two forms, and has changed in only one of them.
//!
//! A short form is compared with its long form, item by item: keys, stems and answers. Parallel forms are compared by
//! position: keys and coded answers, because their words differ by intent.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::{InstrumentFile, ItemFile};
use scalewright_model::{Diagnostic, ItemIx, Pointer};

use crate::{Checked, Levels, locate};

/// A relation of two items, by their positions.
type Shared = (usize, usize);

/// What is compared of an item.
#[derive(PartialEq)]
struct Facets {
    /// The directions in which scales key it: `true` is reversed.
    keyed: BTreeSet<bool>,
    stem: Option<String>,
    answers: Vec<(String, String)>,
}

/// Returns a warning about each item that was alike in two forms of a family and has changed in only one of them, as
/// checks of the changed definitions. `versions` are the old and the new versions of instruments.
#[must_use]
pub fn forms(versions: &[(&Checked, &Checked)]) -> Vec<Checked> {
    let by_id: BTreeMap<&str, usize> = versions
        .iter()
        .enumerate()
        .filter_map(|(index, (_, new))| Some((new.file.as_ref()?.id.as_str(), index)))
        .collect();
    let mut found: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
    for (index, (_, new)) in versions.iter().enumerate() {
        let Some(file) = &new.file else { continue };
        let parallel = file.parallel_to.iter().map(|id| (id, false));
        for (id, is_long) in file.short_form_of.iter().map(|id| (id, true)).chain(parallel) {
            let Some(&other) = by_id.get(id.as_str()).filter(|other| **other != index) else {
                continue;
            };
            // Parallel forms name each other, and are compared once.
            if is_long || index < other || !names(versions[other].1, &file.id) {
                let pair = [(index, versions[index]), (other, versions[other])];
                for (changed, diagnostic) in diverged(pair, is_long) {
                    found.entry(changed).or_default().push(diagnostic);
                }
            }
        }
    }
    let checks = found.into_iter().filter_map(|(index, found)| {
        let document = versions[index].1.documents.first()?;
        let findings = locate(found, 0, document);
        Some(Checked::of_file(document.clone(), findings, &Levels::default()))
    });
    checks.collect()
}

fn names(form: &Checked, id: &str) -> bool {
    form.file.as_ref().is_some_and(|file| file.parallel_to.iter().any(|other| other == id))
}

/// Two versions of an instrument, with its position among all.
type Form<'a> = (usize, (&'a Checked, &'a Checked));

/// The items of two forms that are no longer alike, each with the form that has changed.
fn diverged([one, other]: [Form<'_>; 2], is_long: bool) -> Vec<(usize, Diagnostic)> {
    let files = |(_, (old, new)): Form<'_>| Some([old.file.clone()?, new.file.clone()?]);
    let (Some(ones), Some(others)) = (files(one), files(other)) else { return Vec::new() };
    let shared = if is_long { taken(&ones[1], &others[1]) } else { opposite(&ones[1], &others[1]) };
    let mut found = Vec::new();
    for (here, there) in shared {
        let facets = |files: &[InstrumentFile; 2], item: usize| {
            let id = &files[1].items[item].id;
            let before = files[0].items.iter().find(|old| old.id == *id)?;
            Some([
                facets(&files[0], before, is_long),
                facets(&files[1], &files[1].items[item], is_long),
            ])
        };
        let (Some(ours), Some(theirs)) = (facets(&ones, here), facets(&others, there)) else {
            continue;
        };
        for (what, alike) in differences(&ours, &theirs) {
            // If both have changed, each is compared with the other form as it was.
            let ours_changed = !alike(&ours[0], &ours[1]);
            let [changed, kept] = match ours_changed {
                true => [(one.0, &ones[1], here), (other.0, &others[1], there)],
                false => [(other.0, &others[1], there), (one.0, &ones[1], here)],
            };
            found.push((changed.0, warning(what, (changed.1, changed.2), (kept.1, kept.2))));
        }
    }
    found
}

type Alike = fn(&Facets, &Facets) -> bool;

/// What was alike in both forms and no longer is.
fn differences(ours: &[Facets; 2], theirs: &[Facets; 2]) -> Vec<(&'static str, Alike)> {
    let facets: [(&str, Alike); 3] = [
        ("the keying", |a, b| a.keyed == b.keyed),
        ("the stem", |a, b| a.stem == b.stem),
        ("the answers", |a, b| a.answers == b.answers),
    ];
    let diverged = |alike: Alike| alike(&ours[0], &theirs[0]) && !alike(&ours[1], &theirs[1]);
    facets.into_iter().filter(|(_, alike)| diverged(*alike)).collect()
}

fn warning(
    what: &str,
    (changed, at): (&InstrumentFile, usize),
    (kept, there): (&InstrumentFile, usize),
) -> Diagnostic {
    let (item, other) = (&changed.items[at].id, &kept.items[there].id);
    let [has, that] = if what == "the answers" { ["have", "those"] } else { ["has", "that"] };
    let message = format!(
        "{what} of `{item}` {has} changed on `{}`, but not {that} of `{other}` on `{}`",
        changed.id, kept.id
    );
    Diagnostic::warning("forms-diverge", message)
        .at(Pointer::item(ItemIx(at)).key("id"), "the two were alike before")
        .help("compare both forms with their sources: change both, or neither")
}

/// The items of a short form that are taken from its long form.
fn taken(short: &InstrumentFile, long: &InstrumentFile) -> Vec<Shared> {
    let there: BTreeMap<&str, usize> =
        long.items.iter().enumerate().map(|(index, item)| (item.id.as_str(), index)).collect();
    let items = short.items.iter().enumerate();
    let shared = items.filter_map(|(index, item)| {
        Some((index, *there.get(item.taken_from.as_deref().unwrap_or(&item.id))?))
    });
    shared.collect()
}

/// The items of parallel forms with the same position, without background items.
fn opposite(one: &InstrumentFile, other: &InstrumentFile) -> Vec<Shared> {
    let asked = |file: &InstrumentFile| -> Vec<usize> {
        let items = file.items.iter().enumerate();
        items.filter(|(_, item)| !item.background).map(|(index, _)| index).collect()
    };
    asked(one).into_iter().zip(asked(other)).collect()
}

fn facets(file: &InstrumentFile, item: &ItemFile, is_long: bool) -> Facets {
    let entries = file.scales.iter().flat_map(|scale| &scale.items);
    let keyed = entries.filter_map(|entry| match entry.strip_prefix('-') {
        Some(bare) => (bare == item.id).then_some(true),
        None => (*entry == item.id).then_some(false),
    });
    let options = file.response_scales.get(&item.response).into_iter().flat_map(|one| &one.options);
    let answers = options.map(|option| {
        let label = format!("{:?}", option.label);
        (option.value.to_string(), if is_long { label } else { String::new() })
    });
    Facets {
        keyed: keyed.collect(),
        stem: item.stem.clone().filter(|_| is_long),
        answers: answers.collect(),
    }
}
