//! Scales: what they are made of, how it is keyed, and that a score can come of it.

use std::collections::{BTreeMap, VecDeque};

use crate::file::{BandFile, InstrumentFile, ScaleFile};
use crate::{
    Band, Diagnostic, Item, ItemIx, Keying, MOST_FINDINGS, Pointer, ReferenceIx, ResponseScale,
    Scale, ScaleItem, ScaleIx, Terms, Upper,
};

use super::{entry, missing, names};

/// Resolves all scales, or none when one refers to nothing. `items` is absent when an item was broken:
/// then only names are looked at.
pub(super) fn resolve(
    file: &InstrumentFile,
    items: &Option<Vec<Item>>,
    responses: &[ResponseScale],
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Scale>> {
    let scales: Vec<Option<Scale>> =
        (0..file.scales.len()).map(|index| scale(file, index, found)).collect();
    for (index, scale) in scales.iter().enumerate() {
        if let (Some(scale), Some(items)) = (scale, items) {
            keyed_answers(scale, items, responses, &entry("scales", index), found);
        }
    }
    no_cycles(file, found);
    scales.into_iter().collect()
}

fn scale(file: &InstrumentFile, index: usize, found: &mut Vec<Diagnostic>) -> Option<Scale> {
    let scale = &file.scales[index];
    let place = entry("scales", index);
    let terms = terms(file, scale, &place, found);
    let written: Vec<&str> = match scale.scales.is_empty() {
        true => scale.items.iter().map(|key| unsigned(key)).collect(),
        false => scale.scales.iter().map(String::as_str).collect(),
    };
    let missing = missing::resolve(scale, &written, &place, found);
    let parent = parent(file, scale, &place, found);
    let key_source = references(file, &scale.key_source, &place.key("key-source"), found);
    let missing_source =
        references(file, &scale.missing_source, &place.key("missing-source"), found);
    let bands = bands(&scale.bands, &place.key("bands"), found);
    let bands_source = references(file, &scale.bands_source, &place.key("bands-source"), found);
    // Given up only now: everything above has had its say.
    Some(Scale {
        id: scale.id.clone(),
        title: scale.title.clone(),
        description: scale.description.clone(),
        parent,
        terms: terms?,
        score: scale.score,
        round: scale.round,
        missing,
        key_status: scale.key_status,
        key_source,
        missing_source,
        stated_range: scale.stated_range,
        bands,
        bands_source,
    })
}

fn unsigned(key: &str) -> &str {
    key.strip_prefix('-').unwrap_or(key)
}

fn terms(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Terms> {
    match (scale.items.is_empty(), scale.scales.is_empty()) {
        (false, true) => items(file, scale, place, found).map(Terms::Items),
        (true, false) => scales(file, scale, place, found).map(Terms::Scales),
        (true, true) if scale.key_status == Some(crate::file::KeyStatus::Unverified) => {
            Some(Terms::Unknown)
        }
        (true, true) => {
            let finding = Diagnostic::error(
                "empty-scale",
                format!("the scale `{}` is made of nothing", scale.id),
            )
            .at_key(place.clone(), "")
            .help("list its items, each with its keying: `items = [\"a1\", \"-a2\"]`")
            .help("if the key is not known, say so: `key-status = \"unverified\"`");
            found.push(finding);
            None
        }
        (false, false) => {
            let message = format!("the scale `{}` has both items and scales", scale.id);
            let finding = Diagnostic::error("items-and-scales", message)
                .at_key(place.key("scales"), "")
                .at_key(place.key("items"), "")
                .help("a scale is made of items or of other scales: keep one of the two");
            found.push(finding);
            None
        }
    }
}

fn items(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<ScaleItem>> {
    let ids: BTreeMap<&str, usize> =
        file.items.iter().enumerate().rev().map(|(i, item)| (item.id.as_str(), i)).collect();
    let list = place.key("items");
    once(&scale.id, "item", scale.items.iter().map(|key| unsigned(key)), &list, found);
    let mut keyed = Vec::new();
    for (index, key) in scale.items.iter().enumerate() {
        let name = unsigned(key);
        match ids.get(name) {
            Some(&item) => {
                let keying = if key == name { Keying::Positive } else { Keying::Negative };
                keyed.push(ScaleItem { item: ItemIx(item), keying });
            }
            None if found.len() > MOST_FINDINGS => {}
            None => found.push(unknown_item(file, name, list.index(index))),
        }
    }
    (keyed.len() == scale.items.len()).then_some(keyed)
}

fn unknown_item(file: &InstrumentFile, name: &str, place: Pointer) -> Diagnostic {
    let finding = Diagnostic::error("unknown-item", format!("there is no item `{name}`"))
        .at(place, "this key is on no item");
    if file.scales.iter().any(|scale| scale.id == name) {
        return finding.help(format!("`{name}` is a scale: list it under `scales` instead"));
    }
    let ids = file.items.iter().map(|item| item.id.as_str());
    let near = crate::did_you_mean(name, ids);
    finding.help(near.unwrap_or_else(|| "add the item, or correct the name".to_owned()))
}

fn scales(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<ScaleIx>> {
    let list = place.key("scales");
    once(&scale.id, "scale", scale.scales.iter().map(String::as_str), &list, found);
    let known = file.scales.iter().map(|scale| scale.id.as_str());
    let all: Vec<Option<usize>> = scale
        .scales
        .iter()
        .enumerate()
        .map(|(i, name)| {
            names::find("scale", "unknown-scale", name, known.clone(), list.index(i), found)
        })
        .collect();
    all.into_iter().map(|position| position.map(ScaleIx)).collect()
}

fn once<'a>(
    scale: &str,
    what: &str,
    names: impl Iterator<Item = &'a str>,
    list: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, name) in names.enumerate() {
        if let Some(&first) = seen.get(name) {
            let message = format!("the {what} `{name}` is on the scale `{scale}` twice");
            let finding = Diagnostic::error("item-twice", message)
                .at(list.index(index), "again here")
                .at(list.index(first), "first here")
                .help("it would count double: remove one");
            found.push(finding);
        } else {
            seen.insert(name, index);
        }
    }
}

fn parent(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<ScaleIx> {
    let name = scale.parent.as_deref()?;
    let known = file.scales.iter().map(|scale| scale.id.as_str());
    names::find("scale", "unknown-scale", name, known, place.key("parent"), found).map(ScaleIx)
}

fn references(
    file: &InstrumentFile,
    given: &[String],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<ReferenceIx> {
    let known = file.references.iter().map(|reference| reference.id.as_str());
    let found = given.iter().enumerate().filter_map(|(i, name)| {
        let place = place.index(i);
        names::find("reference", "unknown-reference", name, known.clone(), place, found)
    });
    found.map(ReferenceIx).collect()
}

fn bands(bands: &[BandFile], place: &Pointer, found: &mut Vec<Diagnostic>) -> Vec<Band> {
    let mut made = Vec::new();
    for (index, band) in bands.iter().enumerate() {
        let here = place.index(index);
        let first = bands[..index].iter().position(|other| other.label == band.label);
        if let Some(first) = first {
            let message = format!("two bands are called `{}`", band.label);
            let finding = Diagnostic::error("duplicate-band", message)
                .at(here.key("label"), "given again here")
                .at(place.index(first).key("label"), "first given here")
                .help("give each band a name of its own");
            found.push(finding);
        }
        made.extend(band_of(band, &here, found));
    }
    made
}

fn band_of(band: &BandFile, place: &Pointer, found: &mut Vec<Diagnostic>) -> Option<Band> {
    let upper = match (band.to, band.below) {
        (Some(to), None) if band.from <= to => Upper::To(to),
        (None, Some(below)) if band.from < below => Upper::Below(below),
        (Some(_), None) | (None, Some(_)) => {
            let message = format!("the band `{}` ends before it begins", band.label);
            let finding = Diagnostic::error("empty-band", message)
                .at_key(place.clone(), "")
                .help("give the lower end in `from` and the upper end in `to` or `below`");
            found.push(finding);
            return None;
        }
        (None, None) | (Some(_), Some(_)) => {
            let how = if band.to.is_none() { "does not say" } else { "says twice" };
            let message = format!("the band `{}` {how} where it ends", band.label);
            let finding = Diagnostic::error("open-band", message)
                .at_key(place.clone(), "")
                .help("give either `to` (belongs to the band) or `below` (does not)");
            found.push(finding);
            return None;
        }
    };
    Some(Band { label: band.label.clone(), from: band.from, upper })
}

/// Whether the items of a scale can be scored at all, and reversed where they are.
fn keyed_answers(
    scale: &Scale,
    items: &[Item],
    responses: &[ResponseScale],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let Terms::Items(keyed) = &scale.terms else { return };
    for (index, entry) in keyed.iter().enumerate() {
        let item = &items[entry.item.0];
        let response = &responses[item.response.0];
        let here = place.key("items").index(index);
        let Some((low, high)) = response.bounds() else {
            found.push(unscorable(item, response, here));
            continue;
        };
        if entry.keying == Keying::Negative {
            found.extend(irreversible(item, response, low + high, here));
        }
    }
}

fn unscorable(item: &Item, response: &ResponseScale, place: Pointer) -> Diagnostic {
    let (why, cure) = match response.kind {
        crate::ResponseKind::Numeric { .. } => (
            "has no declared lowest and highest answer",
            "give its response scale `min` and `max`: keying and range need them",
        ),
        crate::ResponseKind::SeveralChoice { .. } => (
            "takes several answers, which have no sum or mean",
            "leave it off the scale, or make each option a yes-no item",
        ),
        _ => ("has no numbers to score", "leave it off the scale, or give it coded options"),
    };
    Diagnostic::error("unscorable-item", format!("the item `{}` {why}", item.id))
        .at(place, format!("answered on `{}`", response.name))
        .help(cure)
}

/// Reversal is `low + high - x` on the declared values, so it must land on one of them again.
fn irreversible(
    item: &Item,
    response: &ResponseScale,
    ends: f64,
    place: Pointer,
) -> Option<Diagnostic> {
    let values = response.scored_values()?;
    #[expect(clippy::cast_possible_truncation, reason = "a sum of two coded values")]
    let ends = ends as i64;
    let stray = values.iter().find(|&&value| values.binary_search(&(ends - value)).is_err())?;
    let message = format!(
        "reversing `{}` turns its answer {stray} into {}, which is no answer of `{}`",
        item.id,
        ends - stray,
        response.name
    );
    let finding = Diagnostic::error("reversal-off-scale", message)
        .at(place, "reverse keyed here")
        .help("reversal is lowest + highest − answer; use values that are symmetric under it");
    Some(finding)
}

/// No scale may be made of itself, nor be its own subscale, over any number of steps.
fn no_cycles(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let ids: BTreeMap<&str, usize> =
        file.scales.iter().enumerate().map(|(i, scale)| (scale.id.as_str(), i)).collect();
    let made_of: Vec<Vec<usize>> = file
        .scales
        .iter()
        .map(|scale| scale.scales.iter().filter_map(|id| ids.get(id.as_str()).copied()).collect())
        .collect();
    let parents: Vec<Vec<usize>> = file
        .scales
        .iter()
        .map(|scale| scale.parent.iter().filter_map(|id| ids.get(id.as_str()).copied()).collect())
        .collect();
    for (key, what, edges) in
        [("scales", "made of", &made_of), ("parent", "a subscale of", &parents)]
    {
        let mut told = vec![false; edges.len()];
        for start in 0..edges.len() {
            if told[start] {
                continue;
            }
            let Some(circle) = circle(edges, start) else { continue };
            circle.iter().for_each(|&index| told[index] = true);
            found.push(circular(file, &circle, key, what));
        }
    }
}

fn circular(file: &InstrumentFile, circle: &[usize], key: &str, what: &str) -> Diagnostic {
    const SHOWN: usize = 8;
    let name = |&index: &usize| format!("`{}`", file.scales[index].id);
    let mut way: Vec<String> = circle.iter().take(SHOWN).map(name).collect();
    if circle.len() > SHOWN {
        way.push(format!("{} more", circle.len() - SHOWN));
    }
    way.push(name(&circle[0]));
    let message = format!("the scale {} is {what} itself", name(&circle[0]));
    let place = entry("scales", circle[0]).key(key);
    Diagnostic::error("scale-cycle", message)
        .at(place, format!("leads back to it: {}", way.join(" → ")))
        .help("break the circle: a total is made of subscales, never the other way too")
}

/// The shortest way from `start` back to itself, when there is one.
fn circle(edges: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; edges.len()];
    let mut open = VecDeque::from([start]);
    while let Some(here) = open.pop_front() {
        for &next in &edges[here] {
            if next == start {
                let mut way: Vec<usize> =
                    std::iter::successors(Some(here), |&at| from[at]).collect();
                way.reverse();
                return Some(way);
            }
            if from[next].is_none() {
                from[next] = Some(here);
                open.push_back(next);
            }
        }
    }
    None
}
