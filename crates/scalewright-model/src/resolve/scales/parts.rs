//! Scales of scales: the parts, which may be reversed, and advice for lists that mix them with items.

use std::collections::{BTreeMap, BTreeSet};

use crate::file::{InstrumentFile, ScaleFile};
use crate::resolve::names;
use crate::vocabulary::{KeyStatus, MissingKind, ScoreKind};
use crate::{Diagnostic, Keying, MOST_FINDINGS, Pointer, ScaleIx, ScalePart, reversed_name};

use super::{check_once, unsigned};

/// The scales of a file, as parts of others.
pub(super) struct Parts<'f> {
    file: &'f InstrumentFile,
    /// The scales, by id.
    scales: BTreeMap<&'f str, usize>,
    /// The items that are not always asked.
    asked: BTreeSet<&'f str>,
    /// For each scale that was examined, why its range is not certain; `None` if it is.
    uncertain: BTreeMap<usize, Option<String>>,
}

impl<'f> Parts<'f> {
    pub(super) fn of(file: &'f InstrumentFile) -> Self {
        let scales = file.scales.iter().enumerate().rev();
        let asked = file.items.iter().filter(|item| item.ask_if.is_some());
        Self {
            file,
            // In reverse order, so that the first of two scales with the same id remains in the map.
            scales: scales.map(|(at, scale)| (scale.id.as_str(), at)).collect(),
            asked: asked.map(|item| item.id.as_str()).collect(),
            uncertain: BTreeMap::new(),
        }
    }

    /// Resolves the parts of a scale of scales. Returns `None` if one of them is invalid.
    pub(super) fn resolve(
        &mut self,
        scale: &ScaleFile,
        place: &Pointer,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<ScalePart>> {
        let list = place.key("scales");
        check_once(&scale.id, "scale", &scale.scales, &list, found);
        // Collected before it is joined, so that every invalid part is reported and not only the first.
        let parts: Vec<Option<ScalePart>> = scale
            .scales
            .iter()
            .enumerate()
            .map(|(index, entry)| self.part(scale, entry, list.index(index), found))
            .collect();
        parts.into_iter().collect()
    }

    fn part(
        &mut self,
        scale: &ScaleFile,
        entry: &str,
        place: Pointer,
        found: &mut Vec<Diagnostic>,
    ) -> Option<ScalePart> {
        let id = unsigned(entry);
        let Some(&at) = self.scales.get(id) else {
            // The search for similar names is slow, so a file with very many unknown names skips it.
            if found.len() <= MOST_FINDINGS {
                found.extend(self.unknown(scale, entry, place));
            }
            return None;
        };
        if id == entry {
            return Some(ScalePart { scale: ScaleIx(at), keying: Keying::Positive });
        }
        if let Some(why) = self.uncertain(at) {
            found.push(irreversible(&self.file.scales[at], &why, place));
            return None;
        }
        Some(ScalePart { scale: ScaleIx(at), keying: Keying::Negative })
    }

    /// Reports a part that is no scale.
    fn unknown(&self, scale: &ScaleFile, entry: &str, place: Pointer) -> Vec<Diagnostic> {
        let id = unsigned(entry);
        let ids = self.file.scales.iter().map(|scale| scale.id.as_str());
        let unknown = Diagnostic::error("unknown-scale", format!("there is no scale `{id}`"))
            .at(place.clone(), "not defined in this file");
        if self.file.items.iter().any(|item| item.id == id) {
            return vec![unknown.help(of_both(scale, &format!("`{id}` is an item")))];
        }
        let factor = entry.split_once(['*', '·', '×']);
        if let Some((factor, id)) = factor.filter(|(_, id)| self.scales.contains_key(id.trim())) {
            let (factor, id) = (factor.trim(), id.trim());
            let help = format!(
                "write `{id}` here, and give all weights: `weights = {{ {id} = {factor}, … }}`"
            );
            return vec![unknown.help(help)];
        }
        // A name such as `anger_r` looks reversed. A suggestion without the sign would lose the reversal.
        if let Some(part) = reversed_name(entry, ids.clone()) {
            let help = format!("did you mean `-{part}`? a minus before a scale reverses its score");
            return vec![unknown.help(help)];
        }
        let mut found = Vec::new();
        names::find("scale", "unknown-scale", entry, ids, place, &mut found);
        found
    }

    /// Returns why the range of a scale is not certain; `None` if it is.
    fn uncertain(&mut self, at: usize) -> Option<String> {
        if let Some(known) = self.uncertain.get(&at) {
            return known.clone();
        }
        let why = self.why_uncertain(at);
        self.uncertain.insert(at, why.clone());
        why
    }

    /// The range of sums and means of items is that of complete answers. It is not computed for formulas, and may be
    /// narrower than it seems if items are not always asked, or if parts share items.
    fn why_uncertain(&self, at: usize) -> Option<String> {
        let (mut seen, mut items) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let scale = &self.file.scales[at];
            // A stated range is taken as it is, and a rescaled score has the ends that it is mapped onto.
            let known = scale.stated_range.is_some() || scale.rescale.is_some();
            if known || scale.key_status == Some(KeyStatus::Unverified) {
                continue;
            }
            if !seen.insert(at) {
                return Some(format!("`{}` is part of it more than once", scale.id));
            }
            if scale.score == ScoreKind::Formula {
                return Some(format!("`{}` is a formula", scale.id));
            }
            for entry in &scale.items {
                let id = unsigned(entry);
                if self.asked.contains(id) {
                    return Some(format!("`{id}` is not always asked"));
                }
                if !items.insert(id) {
                    return Some(format!("`{id}` is part of it more than once"));
                }
            }
            let parts = scale.scales.iter();
            open.extend(parts.filter_map(|entry| self.scales.get(unsigned(entry)).copied()));
        }
        None
    }
}

fn irreversible(part: &ScaleFile, why: &str, place: Pointer) -> Diagnostic {
    let id = &part.id;
    let message = format!("the range of `{id}` is not certain, so its score cannot be reversed");
    Diagnostic::error("reversed-scale", message).at(place, why.to_owned()).help(format!(
        "give `{id}` the range that the source states, `stated-range = {{ low = …, high = … }}`: a reversed score is lowest + highest − score"
    ))
}

/// Reports a scale that lists items and scales.
pub(super) fn mixed(scale: &ScaleFile, place: &Pointer) -> Diagnostic {
    let message = format!("the scale `{}` has both items and scales", scale.id);
    let finding = Diagnostic::error("items-and-scales", message)
        .at_key(place.key("scales"), "")
        .at_key(place.key("items"), "");
    finding.help(of_both(scale, "a list has only items or only scales"))
}

/// Returns what to do about a scale that is listed among items.
pub(super) fn in_items(file: &InstrumentFile, scale: &ScaleFile, entry: &str) -> String {
    let id = unsigned(entry);
    let is_scale = |entry: &String| file.scales.iter().any(|scale| scale.id == unsigned(entry));
    if scale.items.iter().all(is_scale) {
        return format!("`{id}` is a scale: write `scales = [\"{entry}\"]` instead of `items`");
    }
    of_both(scale, &format!("`{id}` is a scale"))
}

/// Returns how to write a score of items and scales: as a formula.
fn of_both(scale: &ScaleFile, why: &str) -> String {
    const MOST: usize = 12;
    let entries: Vec<&String> = scale.scales.iter().chain(&scale.items).collect();
    let need = match (scale.missing, scale.min_answered) {
        (MissingKind::NoScore | MissingKind::InFormula, _) => Some(String::new()),
        (MissingKind::AnsweredOnly, Some(least)) => Some(format!("; >= {least}")),
        (MissingKind::Prorate, Some(least)) => Some(format!("; >= {least}; prorate")),
        _ => None,
    };
    let plain = entries.len() <= MOST
        && entries.iter().all(|entry| !entry.starts_with('-') && !entry.contains(".."))
        && scale.weights.is_empty()
        && scale.recode.is_empty()
        && scale.multiply.is_none()
        && scale.intercept.is_none()
        && scale.rescale.is_none()
        && scale.mandatory.is_empty();
    let kind = match scale.score {
        ScoreKind::Sum => "sum",
        ScoreKind::Mean => "mean",
        ScoreKind::Min => "min",
        ScoreKind::Max => "max",
        ScoreKind::Formula => "",
    };
    match need.filter(|_| plain && !kind.is_empty()) {
        Some(need) => {
            let list: Vec<&str> = entries.iter().map(|entry| entry.as_str()).collect();
            let list = list.join(", ");
            format!(
                "{why}: write `score = \"formula\"`, `missing = \"in-formula\"` and `formula = \"{kind}({list}{need})\"` instead of the lists and their rule"
            )
        }
        None => format!(
            "{why}: write a formula, such as `sum(a, b; >= 2)`, with `score = \"formula\"` and `missing = \"in-formula\"`, instead of the lists and their rule"
        ),
    }
}
