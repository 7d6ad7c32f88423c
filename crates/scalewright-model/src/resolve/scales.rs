//! Scales: their items or parts, their keying, and whether a score can be computed from them.

mod parts;
mod transform;
mod weights;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::file::{BandFile, InstrumentFile, ScaleFile};
use crate::vocabulary::{MissingKind, ScoreKind};
use crate::{
    Band, BandSet, Diagnostic, Item, ItemIx, Keying, Lower, MOST_FINDINGS, Origin, Pointer,
    ReferenceIx, Reliability, ResponseScale, Scale, ScaleItem, ScaleIx, Terms, Upper, keyed_name,
};

use super::{missing, names, recode};
use crate::expand::is_range;
use parts::Parts;

/// Resolves all scales. Scales with a formula get no terms yet: formulas are resolved when everything that they can
/// name is known. `items` is `None` if an item is invalid; then only the names in scales are checked. Returns `None` if
/// the terms of any scale are invalid.
pub(super) fn resolve(
    file: &InstrumentFile,
    items: &Option<Vec<Item>>,
    responses: &[ResponseScale],
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Scale>> {
    let mut parts = Parts::of(file);
    let scales: Vec<Option<Scale>> =
        (0..file.scales.len()).map(|index| scale(file, index, &mut parts, found)).collect();
    let mut resolved = Vec::new();
    for (index, scale) in scales.into_iter().enumerate() {
        let place = Pointer::scale(index);
        let scale = scale.map(|mut scale| {
            if let Some(items) = items {
                check_items(&scale, items, responses, &place, found);
                recode::apply(&file.scales[index], &mut scale, items, responses, &place, found);
            }
            scale
        });
        resolved.push(scale);
    }
    check_cycles(file, found);
    resolved.into_iter().collect()
}

fn scale(
    file: &InstrumentFile,
    index: usize,
    parts: &mut Parts<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Scale> {
    let scale = &file.scales[index];
    let place = Pointer::scale(index);
    check_formula_keys(scale, &place, found);
    check_size(scale, &place, found);
    let terms = terms(file, scale, &place, parts, found);
    // A range that cannot be written out has been reported; without it, the rest of the key would seem wrong.
    let is_open = |entry: &String| is_range(entry) || meant_range(file, entry).is_some();
    if scale.items.iter().chain(&scale.mandatory).any(is_open) {
        return None;
    }
    // From the names in the file, not from `terms`: those are missing if one name is unknown, and the rest is checked
    // anyway.
    let written: Vec<&str> = match scale.scales.is_empty() {
        true => scale.items.iter().map(|key| unsigned(key)).collect(),
        false => scale.scales.iter().map(|key| unsigned(key)).collect(),
    };
    let missing = missing::resolve(scale, &written, &place, found);
    let (weights, divide) = weights::resolve(scale, &written, &place, found);
    let transform = transform::resolve(scale, divide, &place, found);
    let parent = parent(file, scale, &place, found);
    let key_source = references(file, &scale.key_source, &place.key("key-source"), found);
    let missing_source =
        references(file, &scale.missing_source, &place.key("missing-source"), found);
    let bands = bands(&scale.bands, &place.key("bands"), found);
    let bands_source = references(file, &scale.bands_source, &place.key("bands-source"), found);
    let band_sets = band_sets(file, scale, &place.key("band-sets"), found);
    let reliability = reliability(file, scale, &place.key("reliability"), found);
    // `terms?` comes last, so that all findings of the other keys are reported first.
    Some(Scale {
        id: scale.id.clone(),
        title: scale.title.clone(),
        description: scale.description.clone(),
        unit: scale.unit.clone(),
        codes: scale.codes.clone(),
        parent,
        origin: Origin::Scale(index),
        terms: terms?,
        score: scale.score,
        weights,
        transform,
        round: scale.round,
        missing,
        key_status: scale.key_status,
        key_source,
        missing_source,
        reliability,
        stated_range: scale.stated_range,
        bands,
        bands_source,
        band_sets,
    })
}

fn reliability(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Reliability> {
    let given = scale.reliability.as_ref()?;
    Some(Reliability {
        value: given.value,
        kind: given.kind,
        sd: given.sd,
        population: given.population.clone(),
        source: references(file, &given.source, &place.key("source"), found),
    })
}

/// Reports a key with another number of items than the definition states.
fn check_size(scale: &ScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let count = scale.items.len();
    let Some(stated) = scale.stated_items.filter(|stated| count > 0 && count != *stated as usize)
    else {
        return;
    };
    let items = if count == 1 { "item" } else { "items" };
    let message =
        format!("the scale `{}` lists {count} {items}, but `stated-items` is {stated}", scale.id);
    let finding = Diagnostic::error("stated-items", message)
        .at(place.key("items"), format!("{count} {items}"))
        .help("compare the key with its source; if the number is wrong, correct `stated-items`");
    found.push(finding);
}

/// Reports keys that contradict `score`: keys for a formula on a scale without one, and keys for a sum or mean on a
/// scale with a formula.
fn check_formula_keys(scale: &ScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let is_formula = scale.score == ScoreKind::Formula;
    if (scale.missing == MissingKind::InFormula) != is_formula {
        let (message, help) = match is_formula {
            true => (
                "a formula itself states what happens when answers are missing",
                "write `missing = \"in-formula\"`, and state in the formula how many answers each list needs",
            ),
            false => (
                "`missing = \"in-formula\"` is only for `score = \"formula\"`",
                "state the rule of the source; if it states none, write `missing = \"no-score\"`",
            ),
        };
        let finding =
            Diagnostic::error("misplaced-key", message).at(place.key("missing"), "").help(help);
        found.push(finding);
    }
    match (is_formula, &scale.formula) {
        (true, None) => found.push(
            Diagnostic::error("missing-key", "the key `formula` is missing")
                .at(place.key("score"), "")
                .help("add `formula = \"…\"`"),
        ),
        (false, Some(_)) => found.push(
            Diagnostic::error("misplaced-key", "`formula` is not used for this score")
                .at_key(place.key("formula"), "")
                .help("write `score = \"formula\"`, or remove `formula`"),
        ),
        _ => {}
    }
    if !is_formula {
        return;
    }
    let keys = [
        ("items", !scale.items.is_empty()),
        ("scales", !scale.scales.is_empty()),
        ("recode", !scale.recode.is_empty()),
        ("weights", !scale.weights.is_empty()),
        ("multiply", scale.multiply.is_some()),
        ("intercept", scale.intercept.is_some()),
        ("rescale", scale.rescale.is_some()),
    ];
    for (key, _) in keys.into_iter().filter(|(_, given)| *given) {
        let finding = Diagnostic::error(
            "misplaced-key",
            format!("`{key}` has no meaning on a scale with a formula"),
        )
        .at_key(place.key(key), "")
        .help("express it in the formula, then remove it here");
        found.push(finding);
    }
}

fn band_sets(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<BandSet> {
    let mut sets: Vec<BandSet> = Vec::new();
    for (index, set) in scale.band_sets.iter().enumerate() {
        let here = place.index(index);
        if let Some(first) = sets.iter().position(|other| other.id == set.id) {
            let message = format!("two sets of bands have the id `{}`", set.id);
            let finding = Diagnostic::error("duplicate-id", message)
                .at(here.key("id"), "given again here")
                .at(place.index(first).key("id"), "first given here")
                .help("give each set an id of its own");
            found.push(finding);
        }
        sets.push(BandSet {
            id: set.id.clone(),
            title: set.title.clone(),
            bands: bands(&set.bands, &here.key("bands"), found),
            source: references(file, &set.source, &here.key("source"), found),
        });
    }
    sets
}

fn unsigned(key: &str) -> &str {
    key.strip_prefix('-').unwrap_or(key)
}

fn terms(
    file: &InstrumentFile,
    scale: &ScaleFile,
    place: &Pointer,
    parts: &mut Parts<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Terms> {
    if scale.score == ScoreKind::Formula {
        // Replaced by the formula when all names are known.
        return Some(Terms::Unknown);
    }
    match (scale.items.is_empty(), scale.scales.is_empty()) {
        (false, true) => items(file, scale, place, found).map(Terms::Items),
        (true, false) => parts.resolve(scale, place, found).map(Terms::Scales),
        // A scale whose key nobody could verify may be described without items. It is never scored.
        (true, true) if scale.key_status == Some(crate::vocabulary::KeyStatus::Unverified) => {
            Some(Terms::Unknown)
        }
        (true, true) => {
            let finding = Diagnostic::error(
                "empty-scale",
                format!("the scale `{}` has no items and no scales", scale.id),
            )
            .at_key(place.clone(), "")
            .help("list its items, each with its keying: `items = [\"a1\", \"-a2\"]`")
            .help("if the key is not known, write `key-status = \"unverified\"`");
            found.push(finding);
            None
        }
        (false, false) => {
            found.push(self::parts::mixed(scale, place));
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
    // In reverse order, so that the first of two items with the same id remains in the map.
    let ids: BTreeMap<&str, usize> =
        file.items.iter().enumerate().rev().map(|(i, item)| (item.id.as_str(), i)).collect();
    let list = place.key("items");
    check_once(&scale.id, "item", &scale.items, &list, found);
    let mut keyed = Vec::new();
    for (index, key) in scale.items.iter().enumerate() {
        // A range that is left has an error of its own.
        if is_range(key) {
            continue;
        }
        let name = unsigned(key);
        match ids.get(name) {
            Some(&item) => {
                // `name` is `key` without its minus, so they differ only if there was one.
                let keying = if key == name { Keying::Positive } else { Keying::Negative };
                keyed.push(ScaleItem { item: ItemIx(item), keying, recode: None });
            }
            // The search for similar names is slow, so a file with very many unknown names skips it.
            None if found.len() > MOST_FINDINGS => {}
            None => found.push(unknown_item((file, scale), key, list.index(index))),
        }
    }
    // An item that is listed twice stays in both places. `check_once` has reported it.
    (keyed.len() == scale.items.len()).then_some(keyed)
}

fn unknown_item(
    (file, scale): (&InstrumentFile, &ScaleFile),
    key: &str,
    place: Pointer,
) -> Diagnostic {
    let name = unsigned(key);
    let finding = Diagnostic::error("unknown-item", format!("there is no item `{name}`"))
        .at(place, "no item has this id");
    if file.scales.iter().any(|scale| scale.id == name) {
        return finding.help(parts::in_items(file, scale, key));
    }
    if let Some(range) = meant_range(file, key) {
        return finding.help(format!("to list the items from one to another, write `\"{range}\"`"));
    }
    // Items that are already on the scale are not candidates: a second entry would be wrong.
    let listed: BTreeSet<&str> = scale.items.iter().map(|key| unsigned(key)).collect();
    let ids = file.items.iter().map(|item| item.id.as_str()).filter(|id| !listed.contains(id));
    let near = keyed_name(key, ids);
    finding.help(near.unwrap_or_else(|| "add the item, or correct the name".to_owned()))
}

fn check_once(
    scale: &str,
    what: &str,
    keys: &[String],
    list: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        let name = unsigned(key);
        if let Some(&first) = seen.get(name) {
            let help = match keys[first] == *key {
                true => "it would count twice: remove one of the two",
                false => "it is keyed in both directions: keep the keying that the source states",
            };
            let message = format!("the {what} `{name}` is on the scale `{scale}` twice");
            let finding = Diagnostic::error("item-twice", message)
                .at(list.index(index), "again here")
                .at(list.index(first), "first here")
                .help(help);
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

pub(super) fn references(
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
    let mut resolved = Vec::new();
    for (index, band) in bands.iter().enumerate() {
        let here = place.index(index);
        let first = bands[..index].iter().position(|other| other.label == band.label);
        if let Some(first) = first {
            let message = format!("two bands have the label `{}`", band.label);
            let finding = Diagnostic::error("duplicate-band", message)
                .at(here.key("label"), "given again here")
                .at(place.index(first).key("label"), "first given here")
                .help("give each band a label of its own");
            found.push(finding);
        }
        resolved.extend(band_of(band, &here, found));
    }
    resolved
}

fn band_of(band: &BandFile, place: &Pointer, found: &mut Vec<Diagnostic>) -> Option<Band> {
    let mut report = |how: &str, ends: &str, help: &str| {
        let message = format!("the band `{}` {how} where it {ends}", band.label);
        let finding = Diagnostic::error("open-band", message).at_key(place.clone(), "").help(help);
        found.push(finding);
    };
    let begins = "give either `from` (inclusive) or `above` (exclusive)";
    let lower = match (band.from, band.above) {
        (Some(from), None) => Some(Lower::From(from)),
        (None, Some(above)) => Some(Lower::Above(above)),
        (from, _) => {
            report(
                if from.is_none() { "does not state" } else { "states twice" },
                "begins",
                begins,
            );
            None
        }
    };
    let ends = "give either `to` (inclusive) or `below` (exclusive)";
    let upper = match (band.to, band.below) {
        (Some(to), None) => Some(Upper::To(to)),
        (None, Some(below)) => Some(Upper::Below(below)),
        (to, _) => {
            report(if to.is_none() { "does not state" } else { "states twice" }, "ends", ends);
            None
        }
    };
    let (lower, upper) = (lower?, upper?);
    // A band of a single score has equal ends. With an exclusive end it would contain no score.
    let single = matches!((lower, upper), (Lower::From(_), Upper::To(_)));
    let width = upper.value() - lower.value();
    if width < 0.0 || (width == 0.0 && !single) {
        let message = format!("the band `{}` ends before it begins", band.label);
        let finding = Diagnostic::error("empty-band", message)
            .at_key(place.clone(), "")
            .help("give the lower end in `from` and the upper end in `to` or `below`");
        found.push(finding);
        return None;
    }
    Some(Band { label: band.label.clone(), lower, upper, feedback: band.feedback.clone() })
}

/// Returns the range that an entry means, if it joins two items in another way: `q1-q9`, `q1 to q9`.
fn meant_range(file: &InstrumentFile, key: &str) -> Option<String> {
    const JOINTS: [&str; 8] = ["...", "…", "-", "–", "—", ":", " to ", "~"];
    let (sign, name) = if key.starts_with('-') { ("-", unsigned(key)) } else { ("", key) };
    let known = |name: &str| file.items.iter().any(|item| item.id == name);
    JOINTS.iter().find_map(|joint| {
        let (first, last) = name.split_once(joint)?;
        let (first, last) = (first.trim(), last.trim());
        (known(first) && known(last)).then(|| format!("{sign}{first}..{last}"))
    })
}

/// Reports items of a scale that cannot be scored, and reverse-keyed items that cannot be reversed.
fn check_items(
    scale: &Scale,
    items: &[Item],
    responses: &[ResponseScale],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    // Only items are keyed here. Formulas check their items when they are lowered.
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
            found.extend(unreversible_answer(item, response, low + high, here));
        }
    }
}

fn unscorable(item: &Item, response: &ResponseScale, place: Pointer) -> Diagnostic {
    let (why, help) = match response.kind {
        crate::ResponseKind::Numeric { .. } => (
            "has no declared lowest and highest answer",
            "give its response scale `min` and `max`: they determine the range of the score and the reversal",
        ),
        crate::ResponseKind::SeveralChoice { .. } => (
            "takes several answers at once, which have no sum or mean",
            "leave it off the scale, or make each option a yes-no item",
        ),
        _ => ("has no numbers to score", "leave it off the scale, or give it coded options"),
    };
    Diagnostic::error("unscorable-item", format!("the item `{}` {why}", item.id))
        .at(place, format!("answered on the response scale `{}`", response.name))
        .help(help)
}

/// Reports an item with an answer that cannot be reversed. Reversal is `low + high - x` with the declared values, so
/// its result must be one of them.
fn unreversible_answer(
    item: &Item,
    response: &ResponseScale,
    ends: f64,
    place: Pointer,
) -> Option<Diagnostic> {
    let stray = response.unreversible_answer()?;
    let message = format!(
        "reversing `{}` turns its answer {stray} into {}, which is not an answer of `{}`",
        item.id,
        ends - stray,
        response.name
    );
    let finding = Diagnostic::error("reversal-off-scale", message)
        .at(place, "reverse keyed here")
        .help("reversal is lowest + highest − answer: use values that are symmetric, such as 1, 2, 4, 5");
    Some(finding)
}

/// Reports scales that are computed from themselves or are their own subscales, over any number of steps.
fn check_cycles(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let ids: BTreeMap<&str, usize> =
        file.scales.iter().enumerate().map(|(i, scale)| (scale.id.as_str(), i)).collect();
    let computed_from: Vec<Vec<usize>> = file
        .scales
        .iter()
        .map(|scale| scale.scales.iter().filter_map(|id| ids.get(unsigned(id)).copied()).collect())
        .collect();
    let parents: Vec<Vec<usize>> = file
        .scales
        .iter()
        .map(|scale| scale.parent.iter().filter_map(|id| ids.get(id.as_str()).copied()).collect())
        .collect();
    // Separately: a total that is computed from its own subscales is no circle, although each of them names the other.
    for (key, what, edges) in
        [("scales", "computed from", &computed_from), ("parent", "a subscale of", &parents)]
    {
        let mut seen = vec![false; edges.len()];
        for start in 0..edges.len() {
            if seen[start] {
                continue;
            }
            let Some(circle) = circle(edges, start) else { continue };
            circle.iter().for_each(|&index| seen[index] = true);
            found.push(circular(file, &circle, key, what));
        }
    }
}

fn circular(file: &InstrumentFile, circle: &[usize], key: &str, what: &str) -> Diagnostic {
    const SHOWN: usize = 8;
    let name = |&index: &usize| format!("`{}`", file.scales[index].id);
    let mut path: Vec<String> = circle.iter().take(SHOWN).map(name).collect();
    if circle.len() > SHOWN {
        path.push(format!("{} more", circle.len() - SHOWN));
    }
    path.push(name(&circle[0]));
    let message = format!("the scale {} is {what} itself", name(&circle[0]));
    let place = Pointer::scale(circle[0]).key(key);
    Diagnostic::error("scale-cycle", message)
        .at(place, format!("leads back to it: {}", path.join(" → ")))
        .help("break the circle: a total is computed from its subscales, and a subscale never from its total")
}

/// Returns the shortest path from `start` back to itself (breadth-first search), if there is one.
pub(super) fn circle(edges: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; edges.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        for &next in &edges[here] {
            if next == start {
                // The path ends at `start`, the only node that was visited and has no predecessor.
                let mut path: Vec<usize> =
                    std::iter::successors(Some(here), |&at| from[at]).collect();
                path.reverse();
                return Some(path);
            }
            if from[next].is_none() {
                from[next] = Some(here);
                queue.push_back(next);
            }
        }
    }
    None
}
