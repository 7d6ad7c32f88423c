//! Parallel forms whose items, answers or keys do not correspond.

use std::collections::BTreeMap;

use scalewright_model::file::{InstrumentFile, ItemFile, KeyStatus, ScaleFile};
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Parallel forms whose items, answers or keys do not correspond.
pub(super) static LINT: Lint = Lint {
    name: "parallel-forms-differ",
    summary: "parallel forms whose items, answers or keys do not correspond",
    explain: include_str!("parallel_forms_differ.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    for (index, id) in file.parallel_to.iter().enumerate() {
        let place = Pointer::top("parallel-to").index(index);
        let Some(other) = context.parallel.iter().find(|other| other.id == *id) else {
            let message = format!("there is no definition of `{id}` beside this one");
            hits.push(lint.hit(id, message, |d| {
                d.at(place, "")
                    .help("correct the id, or add that definition: parallel forms are compared")
            }));
            continue;
        };
        for (what, help) in differences(file, other) {
            let message = format!("`{}` and `{id}` are parallel forms, but {what}", file.id);
            hits.push(lint.hit(id, message, |d| d.at(place.clone(), "").help(help)));
        }
    }
}

/// What prevents a comparison of the scores of two forms, each with what to do.
fn differences(one: &InstrumentFile, other: &InstrumentFile) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if one.family.is_none() || one.family != other.family {
        let what = "they do not have the same `family`".to_owned();
        found.push((what, "give both forms the same `family`, and each its `form`"));
    }
    if !other.parallel_to.contains(&one.id) {
        let what = format!("`{}` does not name `{}`", other.id, one.id);
        found.push((what, "add the id to `parallel-to` there too"));
    }
    let [ours, theirs] = [items(one), items(other)];
    if ours.len() != theirs.len() {
        let what = format!("they have {} and {} items", ours.len(), theirs.len());
        found.push((what, "remove it from `parallel-to`: items correspond by position"));
        return found;
    }
    let answers = ours.iter().zip(&theirs).position(|(a, b)| values(one, a) != values(other, b));
    if let Some(at) = answers {
        let what = format!("their items {} have different answers", at + 1);
        found.push((what, "compare the response scales with their sources"));
    }
    found.extend(scales(one, other));
    found
}

/// The items without background items, such as age.
fn items(file: &InstrumentFile) -> Vec<&ItemFile> {
    file.items.iter().filter(|item| !item.background).collect()
}

/// The coded values that an item can have.
fn values(file: &InstrumentFile, item: &ItemFile) -> Vec<f64> {
    let options = file.response_scales.get(&item.response).map(|scale| scale.options.as_slice());
    let mut values: Vec<f64> = options.unwrap_or_default().iter().map(|one| one.value).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Compares the scales by position.
fn scales(one: &InstrumentFile, other: &InstrumentFile) -> Option<(String, &'static str)> {
    if one.scales.len() != other.scales.len() {
        let what = format!("they have {} and {} scales", one.scales.len(), other.scales.len());
        return Some((what, "define the same scales in both, in the same order"));
    }
    let pairs = one.scales.iter().zip(&other.scales);
    pairs.into_iter().find_map(|(a, b)| {
        let what = scale((one, a), (other, b))?;
        let names = format!("`{}` and `{}`", a.id, b.id);
        Some((format!("{names} {what}"), "compare both keys with their sources"))
    })
}

fn scale(
    (one, a): (&InstrumentFile, &ScaleFile),
    (other, b): (&InstrumentFile, &ScaleFile),
) -> Option<&'static str> {
    if a.title != b.title {
        return Some("have different titles");
    }
    let is_known = |scale: &ScaleFile| scale.key_status != Some(KeyStatus::Unverified);
    // Nobody knows whether an unknown key differs.
    if !is_known(a) || !is_known(b) {
        return None;
    }
    if positions(one, a) != positions(other, b) {
        return Some("have different items or keying");
    }
    let rule = |scale: &ScaleFile| (scale.score, scale.multiply, scale.missing, scale.min_answered);
    (rule(a) != rule(b)).then_some("are scored differently")
}

/// The positions of the items of a scale, each with whether it is reversed.
fn positions(file: &InstrumentFile, scale: &ScaleFile) -> BTreeMap<usize, bool> {
    let at: BTreeMap<&str, usize> =
        items(file).iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    let entries = scale.items.iter().filter_map(|entry| {
        let bare = entry.strip_prefix('-');
        Some((*at.get(bare.unwrap_or(entry))?, bare.is_some()))
    });
    entries.collect()
}
