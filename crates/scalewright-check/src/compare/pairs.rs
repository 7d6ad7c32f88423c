//! Pairs the items and scales of two versions: by id, or, if only the id has changed, by everything else.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{ItemIx, Keying, ResponseScale, ScaleIx, Terms};

use super::Side;
use super::canonical::{CanonicalWriter, Contents, Names};

/// The paired items and scales, in both directions.
pub(super) struct Pairs {
    /// The new item of each old item.
    pub(super) items: Vec<Option<ItemIx>>,
    /// The old item of each new item.
    pub(super) items_back: Vec<Option<ItemIx>>,
    /// The new scale of each old scale.
    pub(super) scales: Vec<Option<ScaleIx>>,
    /// The old scale of each new scale.
    pub(super) scales_back: Vec<Option<ScaleIx>>,
    /// The names of the old items and scales in the canonical notation.
    pub(super) old_names: Names,
    /// The names of the new items and scales in the canonical notation.
    pub(super) new_names: Names,
}

impl Pairs {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let ids = |side: &Side<'_>| -> Vec<String> {
            side.instrument.items.iter().map(|item| item.id.clone()).collect()
        };
        let mut items = by_id(&ids(old), &ids(new));
        rename_items(old, new, &mut items);
        let ids = |side: &Side<'_>| -> Vec<String> {
            side.instrument.scales.iter().map(|scale| scale.id.clone()).collect()
        };
        let scales = by_id(&ids(old), &ids(new));
        let count = (new.instrument.items.len(), new.instrument.scales.len());
        let mut pairs = Self {
            items_back: back(&items, count.0).into_iter().map(|ix| ix.map(ItemIx)).collect(),
            scales_back: vec![None; count.1],
            old_names: Names { items: names("i", &items), scales: names("s", &scales) },
            new_names: Names { items: numbered("i", count.0), scales: numbered("s", count.1) },
            items: items.into_iter().map(|ix| ix.map(ItemIx)).collect(),
            scales: scales.into_iter().map(|ix| ix.map(ScaleIx)).collect(),
        };
        pairs.rename_scales(old, new);
        // Only now, because `rename_scales` adds pairs.
        for (index, scale) in pairs.scales.iter().enumerate() {
            if let Some(scale) = scale {
                pairs.scales_back[scale.0] = Some(ScaleIx(index));
            }
        }
        pairs
    }

    /// Pairs scales that have the same title and compute the same score.
    fn rename_scales(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let taken: BTreeSet<ScaleIx> = self.scales.iter().copied().flatten().collect();
        let mut contents = Contents::default();
        let mut free: BTreeMap<(String, &str), ScaleIx> = BTreeMap::new();
        for score in new.program.scores.iter().filter(|score| !taken.contains(&score.scale)) {
            let mut writer = CanonicalWriter { names: &self.new_names, contents: &mut contents };
            let formula = writer.formula(&score.formula);
            let title = new.instrument.scales[score.scale.0].title.as_str();
            free.insert((formula, title), score.scale);
        }
        for score in &old.program.scores {
            if free.is_empty() || self.scales[score.scale.0].is_some() {
                continue;
            }
            let mut writer = CanonicalWriter { names: &self.old_names, contents: &mut contents };
            let formula = writer.formula(&score.formula);
            let title = old.instrument.scales[score.scale.0].title.as_str();
            if let Some(same) = free.remove(&(formula, title)) {
                self.scales[score.scale.0] = Some(same);
                // Formulas that use this scale must be equal too, although it is renamed.
                self.old_names.scales[score.scale.0] = format!("s{}", same.0);
            }
        }
    }
}

fn by_id(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let positions: BTreeMap<&str, usize> =
        new.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    old.iter().map(|id| positions.get(id.as_str()).copied()).collect()
}

fn back(pairs: &[Option<usize>], count: usize) -> Vec<Option<usize>> {
    let mut back = vec![None; count];
    for (old, new) in pairs.iter().enumerate() {
        if let Some(new) = new {
            back[*new] = Some(old);
        }
    }
    back
}

/// Names the items or scales of the old version: by the position of their new counterpart, or, if removed, by their own
/// position after a hyphen.
fn names(letter: &str, pairs: &[Option<usize>]) -> Vec<String> {
    let name = |(index, new): (usize, &Option<usize>)| match new {
        Some(new) => format!("{letter}{new}"),
        None => format!("{letter}-{index}"),
    };
    pairs.iter().enumerate().map(name).collect()
}

fn numbered(letter: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{letter}{index}")).collect()
}

/// Pairs items that differ only in the id. They have the same answers, and the same stem or, if the words are withheld,
/// the same keys at the same position.
fn rename_items(old: &Side<'_>, new: &Side<'_>, pairs: &mut [Option<usize>]) {
    let taken: BTreeSet<usize> = pairs.iter().copied().flatten().collect();
    let (before, after) = (Likeness::of(old), Likeness::of(new));
    // Stems can be compared only if neither version withholds them.
    let worded = before.stems.is_some() && after.stems.is_some();
    let mut free: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    // In reverse, so that `pop` returns the first of several equal items.
    for index in (0..new.instrument.items.len()).rev().filter(|index| !taken.contains(index)) {
        free.entry(after.likeness(index, worded)).or_default().push(index);
    }
    if free.is_empty() {
        return;
    }
    for (index, pair) in pairs.iter_mut().enumerate().filter(|(_, pair)| pair.is_none()) {
        *pair = free.get_mut(&before.likeness(index, worded)).and_then(Vec::pop);
    }
}

/// What identifies items besides their ids.
struct Likeness<'a> {
    stems: Option<&'a [String]>,
    keys: Vec<Vec<String>>,
    responses: Vec<&'a ResponseScale>,
}

impl<'a> Likeness<'a> {
    fn of(side: &Side<'a>) -> Self {
        let mut keys = vec![Vec::new(); side.instrument.items.len()];
        for scale in &side.instrument.scales {
            let Terms::Items(items) = &scale.terms else { continue };
            for entry in items {
                let sign = if entry.keying == Keying::Negative { "-" } else { "" };
                keys[entry.item.0].push(format!("{sign}{}", scale.id));
            }
        }
        let source = side.instrument.wording(&side.instrument.language);
        let responses = (0..keys.len()).map(|item| side.instrument.response(ItemIx(item)));
        let responses = responses.collect();
        Self { stems: source.map(|wording| wording.stems.as_slice()), keys, responses }
    }

    /// Returns texts that are equal for items that can be paired: by the stem if `worded`, or else by keys and
    /// position.
    fn likeness(&self, item: usize, worded: bool) -> (String, String) {
        let response = format!("{:?}", self.responses[item].kind);
        let known = match (self.stems, worded) {
            (Some(stems), true) => stems[item].clone(),
            _ => format!("{item} {}", self.keys[item].join(" ")),
        };
        (known, response)
    }
}
