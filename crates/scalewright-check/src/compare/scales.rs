//! Compares scores: which exist, and how they are computed. Whether two scores are the same is decided on the compiled
//! programs; only if they are not, the changed parts are reported.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::{KeyStatus, MissingKind, RangeFile, ScoreKind};
use scalewright_model::{
    Fill, ItemIx, Keying, Missing, Origin, Pointer, Recode, ReferenceIx, Reliability, Scale,
    ScaleItem, ScaleIx, ScalePart, Terms, Transform,
};
use scalewright_scoring::{EvalStep, formula_text};

use super::canonical::{CanonicalWriter, Contents};
use super::metadata::listed_codes;
use super::tried::Tried;
use super::{Both, Change, Effect, Kind, Side, Touches, listed, shown, word};

/// How far a score is the same in both versions.
#[derive(Debug, Clone, Default)]
pub(super) struct Alike {
    /// Whether it is computed from its parts in the same way.
    pub(super) own: bool,
    /// Whether it is the same for all possible answers.
    pub(super) all: bool,
    /// The scales that it is computed from and that are not the same.
    pub(super) parts: Vec<ScaleIx>,
    /// The result of trying both versions on the same answers.
    pub(super) remark: Option<String>,
}

/// Compares all scales. Returns for each new scale how far its scores are the same.
pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) -> Vec<Alike> {
    let alike = alike(both);
    added_and_removed(both, changes);
    for (old, new) in both.pairs.scales.iter().enumerate() {
        if let Some(new) = *new {
            let pair = Pair::of(both, ScaleIx(old), new, &alike[new.0]);
            pair.compare(changes);
        }
    }
    alike
}

/// Returns for each scale of the new version how far its score is the same as before.
fn alike(both: &Both<'_>) -> Vec<Alike> {
    let (old, new) = (both.old.program, both.new.program);
    let mut contents = Contents::default();
    let mut items: Vec<bool> = (0..new.answers.len())
        .map(|item| {
            let Some(before) = both.pairs.items_back[item] else { return false };
            let mut writer =
                CanonicalWriter { names: &both.pairs.old_names, contents: &mut contents };
            let was = writer.answer(old.answer(before));
            let mut writer =
                CanonicalWriter { names: &both.pairs.new_names, contents: &mut contents };
            // If a label moved, the same answer in words is another number.
            was == writer.answer(new.answer(ItemIx(item))) && !both.labels_moved[item]
        })
        .collect();
    let mut alike = vec![Alike::default(); both.new.instrument.scales.len()];
    let mut tried = None;
    // In the order of evaluation, so that everything that a score depends on is judged before it.
    for step in &new.order {
        let (mut scales, mut below) = (Vec::new(), Vec::new());
        match *step {
            EvalStep::Ask(item) => {
                let asked = new.answer(item).and_then(|answer| answer.asked.as_ref());
                asked.into_iter().for_each(|a| a.when.operands(&mut scales, &mut below));
                items[item.0] &= scales.iter().all(|scale| alike[scale.0].all)
                    && below.iter().all(|item| items[item.0]);
            }
            EvalStep::Score(position) => {
                let score = &new.scores[position];
                let Some(before) = both.pairs.scales_back[score.scale.0] else { continue };
                let Some(before) = old.position(before) else { continue };
                score.formula.operands(&mut scales, &mut below);
                let mut writer =
                    CanonicalWriter { names: &both.pairs.old_names, contents: &mut contents };
                let was = writer.formula(&old.scores[before].formula);
                let mut writer =
                    CanonicalWriter { names: &both.pairs.new_names, contents: &mut contents };
                let own = was == writer.formula(&score.formula);
                let known = &alike;
                let mut parts: Vec<ScaleIx> =
                    scales.into_iter().filter(|scale| !known[scale.0].all).collect();
                parts.sort_unstable();
                parts.dedup();
                let all = own && parts.is_empty() && below.iter().all(|item| items[item.0]);
                let mut this = Alike { own, all, parts, remark: None };
                if !all {
                    // The sample is evaluated only if some score is not written the same.
                    let tried = tried.get_or_insert_with(|| Tried::new(both));
                    tried.judge(both, (before, position), &mut this);
                }
                alike[score.scale.0] = this;
            }
        }
    }
    alike
}

/// Reports each score that is not known to be the same and that no change reported so far explains.
///
/// This ensures that every score that is not comparable has a change of its own: a score that is neither written the
/// same nor equal on all possible answers has changed, however it is written.
pub(super) fn unexplained(both: &Both<'_>, alike: &[Alike], changes: &mut Vec<Change>) {
    let explained = Explained::by(changes);
    for (old, new) in both.pairs.scales.iter().enumerate() {
        let Some(new) = *new else { continue };
        let this = &alike[new.0];
        let pair = Pair::of(both, ScaleIx(old), new, this);
        let derived = matches!(pair.new.origin, Origin::Norm(..));
        // `norms` reports derived scores. A score that is computed from the same parts in the same way differs because
        // of a part, which has its own change.
        if derived || this.own || pair.scored() != (true, true) || pair.is_explained(&explained) {
            continue;
        }
        pair.whole(changes);
    }
}

/// The items and scales that reported changes of scoring affect.
#[derive(Default)]
struct Explained {
    everything: bool,
    items: BTreeSet<ItemIx>,
    scales: BTreeSet<ScaleIx>,
}

impl Explained {
    fn by(changes: &[Change]) -> Self {
        let mut explained = Self::default();
        for change in changes.iter().filter(|change| change.kind.effect() == Effect::Score) {
            match &change.touches {
                Touches::Nothing => {}
                Touches::Everything => explained.everything = true,
                Touches::Items(items) => explained.items.extend(items),
                Touches::Scale(scale) => {
                    explained.scales.insert(*scale);
                }
            }
        }
        explained
    }
}

fn added_and_removed(both: &Both<'_>, changes: &mut Vec<Change>) {
    let name = |scale: &Scale| match scale.origin {
        Origin::Scale(_) => format!("scale `{}`", scale.id),
        Origin::Flag(_) => format!("flag `{}`", scale.id),
        Origin::Norm(..) => format!("derived score `{}`", scale.id),
    };
    let norm = |scale: &Scale| matches!(scale.origin, Origin::Norm(..));
    for (index, scale) in both.new.instrument.scales.iter().enumerate() {
        if both.pairs.scales_back[index].is_none() {
            let kind = if norm(scale) { Kind::NormAdded } else { Kind::ScaleAdded };
            let change = Change::new(kind, format!("{} is added", name(scale)));
            changes.push(change.at_key(scale.pointer()).touching(Touches::Scale(ScaleIx(index))));
        }
    }
    for (index, scale) in both.old.instrument.scales.iter().enumerate() {
        if both.pairs.scales[index].is_none() {
            let kind = if norm(scale) { Kind::NormRemoved } else { Kind::ScaleRemoved };
            let change = Change::new(kind, format!("{} is removed", name(scale)));
            changes.push(change.gone(scale.pointer()));
        }
    }
}

/// A scale in both versions.
struct Pair<'a> {
    both: &'a Both<'a>,
    old_ix: ScaleIx,
    new_ix: ScaleIx,
    old: &'a Scale,
    new: &'a Scale,
    place: Pointer,
    alike: &'a Alike,
}

impl<'a> Pair<'a> {
    fn of(both: &'a Both<'a>, old_ix: ScaleIx, new_ix: ScaleIx, alike: &'a Alike) -> Self {
        let old = &both.old.instrument.scales[old_ix.0];
        let new = &both.new.instrument.scales[new_ix.0];
        Self { both, old_ix, new_ix, old, new, place: new.pointer(), alike }
    }

    fn compare(&self, changes: &mut Vec<Change>) {
        let Scale {
            id,
            title,
            description,
            unit,
            codes,
            parent,
            origin,
            terms: _,
            score: _,
            weights: _,
            transform: _,
            round: _,
            missing: _,
            key_status,
            key_source,
            missing_source,
            reliability,
            stated_range,
            bands: _,
            bands_source,
            band_sets: _,
        } = self.old;
        let new = self.new;
        if *id != new.id {
            let what = format!("`{id}` is renamed to `{}`", new.id);
            let change = Change::new(Kind::ScaleRenamed, what).was(id).is(&new.id);
            changes.push(change.at(self.place.key("id")));
        }
        let derived = matches!(origin, Origin::Norm(..)) && matches!(new.origin, Origin::Norm(..));
        // A derived score has these from its norm and its raw score, whose changes are reported.
        if !derived {
            self.text("title", Some(title), Some(&new.title), changes);
            let (was, is) = (listed_codes(codes), listed_codes(&new.codes));
            self.text("codes", was.as_ref(), is.as_ref(), changes);
            self.text("description", description.as_ref(), new.description.as_ref(), changes);
            self.key_status(*key_status, changes);
        }
        self.unit(unit.as_ref(), changes);
        let name = |side: &Side<'_>, parent: Option<ScaleIx>| {
            parent.map(|parent| side.scale(parent).to_owned())
        };
        let (was, is) = (name(&self.both.old, *parent), name(&self.both.new, new.parent));
        // Compared by position, because a parent that is only renamed is the same.
        if parent.and_then(|parent| self.both.pairs.scales[parent.0]) != new.parent {
            self.text("parent", was.as_ref(), is.as_ref(), changes);
        }
        let range = |range: Option<RangeFile>| {
            range.map(|RangeFile { low, high }| format!("{} to {}", shown(low), shown(high)))
        };
        let (was, is) = (range(*stated_range), range(new.stated_range));
        self.text("stated-range", was.as_ref(), is.as_ref(), changes);
        let coefficient = |reliability: &Option<Reliability>| {
            reliability.as_ref().map(|Reliability { value, kind, sd, population, source: _ }| {
                let sd = sd.map(|sd| format!(", sd {}", shown(sd))).unwrap_or_default();
                let who = population.as_ref().map(|who| format!(", {who}")).unwrap_or_default();
                format!("{} {}{sd}{who}", kind.title(), shown(*value))
            })
        };
        let (was, is) = (coefficient(reliability), coefficient(&new.reliability));
        self.text("reliability", was.as_ref(), is.as_ref(), changes);
        let works = |reliability: &Option<Reliability>| {
            reliability.as_ref().map(|given| given.source.clone()).unwrap_or_default()
        };
        self.sources("reliability", &works(reliability), &works(&new.reliability), changes);
        let key = if matches!(new.origin, Origin::Scale(_)) { "key-source" } else { "source" };
        self.sources(key, key_source, &new.key_source, changes);
        self.sources("missing-source", missing_source, &new.missing_source, changes);
        self.sources("bands-source", bands_source, &new.bands_source, changes);
        self.scoring(changes);
    }

    /// Compares units. A number in another unit means something else; a unit that is only added or removed does not
    /// change the meaning.
    fn unit(&self, old: Option<&String>, changes: &mut Vec<Change>) {
        match (old, self.new.unit.as_ref()) {
            (Some(was), Some(is)) if was != is => {
                let what = format!("the unit of `{}`", self.new.id);
                let change = Change::new(Kind::ScaleUnit, what).was(was).is(is);
                let place = self.place.key("unit");
                changes.push(change.at(place).touching(Touches::Scale(self.new_ix)));
            }
            (old, new) => self.text("unit", old, new, changes),
        }
    }

    fn text(
        &self,
        key: &str,
        old: Option<&String>,
        new: Option<&String>,
        changes: &mut Vec<Change>,
    ) {
        if old != new {
            let what = format!("the {} of `{}`", key.replace('-', " "), self.new.id);
            let change = Change::new(Kind::Metadata, what).turns(old.cloned(), new.cloned());
            changes.push(change.at(self.place.key(key)));
        }
    }

    fn sources(
        &self,
        key: &str,
        old: &[ReferenceIx],
        new: &[ReferenceIx],
        changes: &mut Vec<Change>,
    ) {
        let names = |side: &Side<'_>, works: &[ReferenceIx]| {
            let ids = works.iter().map(|work| side.instrument.references[work.0].id.as_str());
            ids.collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (names(&self.both.old, old), names(&self.both.new, new));
        if was != is {
            let what = format!("the {} of `{}`", key.replace('-', " "), self.new.id);
            let some = |text: String| (!text.is_empty()).then_some(text);
            let change = Change::new(Kind::Source, what).turns(some(was), some(is));
            changes.push(change.at(self.place.key(key)));
        }
    }

    fn key_status(&self, old: Option<KeyStatus>, changes: &mut Vec<Change>) {
        let new = self.new.key_status;
        if old == new {
            return;
        }
        let recalled = |status| status == Some(KeyStatus::Recalled);
        let kind = if recalled(old) || recalled(new) { Kind::KeyStatus } else { Kind::Source };
        let change = Change::new(kind, format!("the status of the key of `{}`", self.new.id));
        let change = change.turns(old.map(word), new.map(word));
        changes.push(change.at(self.place.key("key-status")));
    }

    /// Whether the scale is scored in the old and in the new version.
    fn scored(&self) -> (bool, bool) {
        let old = self.both.old.program.position(self.old_ix).is_some();
        (old, self.both.new.program.position(self.new_ix).is_some())
    }

    /// Reports why the score has changed, in terms of the keys of the definition.
    fn scoring(&self, changes: &mut Vec<Change>) {
        let (kind, what) = match self.scored() {
            (true, true) if self.alike.own => return,
            (true, true) => return self.parts(changes),
            (false, true) => (Kind::ScaleScored, "is scored"),
            (true, false) => (Kind::ScaleUnscored, "is no longer scored"),
            (false, false) => return,
        };
        let change = Change::new(kind, format!("`{}` {what}", self.new.id));
        changes.push(change.at_key(self.place.clone()).touching(Touches::Scale(self.new_ix)));
    }

    fn parts(&self, changes: &mut Vec<Change>) {
        // `norms` reports derived scores.
        if matches!(self.new.origin, Origin::Norm(..)) {
            return;
        }
        let before = changes.len();
        match (&self.old.terms, &self.new.terms) {
            (Terms::Items(old), Terms::Items(new)) => self.items(old, new, changes),
            (Terms::Scales(old), Terms::Scales(new)) => self.scales(old, new, changes),
            _ => {}
        }
        // The compiled formula contains conversion, rounding and rule for missing answers, and is compared as a whole.
        if !matches!(self.old.terms, Terms::Formula(_))
            && !matches!(self.new.terms, Terms::Formula(_))
        {
            self.computation(changes);
            self.missing(changes);
        }
        if changes.len() == before && !self.answers_differ() {
            self.whole(changes);
        }
    }

    /// Whether a reported change of scoring affects the score itself or an item below it.
    fn is_explained(&self, explained: &Explained) -> bool {
        let program = self.both.new.program;
        let items = program.position(self.new_ix).map(|at| program.scores[at].items.as_slice());
        let mut below = items.into_iter().flatten();
        explained.everything
            || explained.scales.contains(&self.new_ix)
            || below.any(|item| explained.items.contains(item))
    }

    /// Whether the possible answers to the items of the scale have changed. Then that is the reason why the score has
    /// changed, and `responses` reports it. Always false unless the scale is a list of items in both versions.
    fn answers_differ(&self) -> bool {
        let (Terms::Items(old), Terms::Items(new)) = (&self.old.terms, &self.new.terms) else {
            return false;
        };
        let kinds = |side: &Side<'_>, items: &[ScaleItem]| -> Vec<String> {
            let kind =
                |entry: &ScaleItem| format!("{:?}", side.instrument.response(entry.item).kind);
            items.iter().map(kind).collect()
        };
        kinds(&self.both.old, old) != kinds(&self.both.new, new)
    }

    fn note(&self, kind: Kind, what: String, place: Pointer) -> Change {
        Change::new(kind, what).at(place).touching(Touches::Scale(self.new_ix))
    }

    /// Reports a change of the score as a whole, in the notation of formulas.
    fn whole(&self, changes: &mut Vec<Change>) {
        let text = |side: &Side<'_>, scale: ScaleIx| {
            let position = side.program.position(scale)?;
            Some(formula_text(&side.program.scores[position].formula, side.instrument))
        };
        let was = text(&self.both.old, self.old_ix);
        let is = text(&self.both.new, self.new_ix);
        let key = if matches!(self.new.origin, Origin::Flag(_)) { "when" } else { "formula" };
        let id = &self.new.id;
        // The notation names tables and models, so if it is equal, the content of one of them differs.
        let change = match was == is {
            true => self.note(
                Kind::Formula,
                format!("a table or model that `{id}` uses"),
                self.place.clone(),
            ),
            false => {
                let place = self.first_key(&[key, "items", "scales"]);
                let what = format!("how `{id}` is computed");
                self.note(Kind::Formula, what, place).turns(was, is)
            }
        };
        changes.push(change);
    }

    /// The first of `keys` that the scale has in the new definition, or the scale itself.
    fn first_key(&self, keys: &[&str]) -> Pointer {
        let tree = self.both.new.trees.first();
        let exists = |place: &Pointer| tree.is_some_and(|tree| tree.value(place).is_some());
        let mut places = keys.iter().map(|key| self.place.key(key));
        places.find(exists).unwrap_or_else(|| self.place.clone())
    }

    fn items(&self, old: &[ScaleItem], new: &[ScaleItem], changes: &mut Vec<Change>) {
        let id = &self.new.id;
        let before: BTreeMap<ItemIx, (usize, &ScaleItem)> = old
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                Some((self.both.pairs.items[entry.item.0]?, (index, entry)))
            })
            .collect();
        let mut matched = BTreeSet::new();
        for (index, entry) in new.iter().enumerate() {
            let item = self.both.new.item(entry.item);
            let place = self.place.key("items").index(index);
            let Some((position, was)) = before.get(&entry.item) else {
                let what = format!("`{item}` is now scored on `{id}`");
                changes.push(self.note(Kind::Terms, what, place));
                continue;
            };
            matched.insert(*position);
            let ScaleItem { item: _, keying, recode } = was;
            if *keying != entry.keying {
                let what = format!("the keying of `{item}` on `{id}`");
                let change = self.note(Kind::Keying, what, place);
                changes.push(change.was(keyed(*keying)).is(keyed(entry.keying)));
            }
            if *recode != entry.recode {
                let what = format!("the recoding of `{item}` on `{id}`");
                let (was, is) = (recode.as_ref().map(recoded), entry.recode.as_ref().map(recoded));
                let change = self.note(Kind::Keying, what, self.place.key("recode"));
                changes.push(change.turns(was, is));
            }
            let weight = |scale: &Scale, index: usize| {
                // Without weights, every item has the weight 1, and stating that changes nothing.
                scale.weights.as_ref().and_then(|all| all.get(index).copied()).unwrap_or(1.0)
            };
            let (was, is) = (weight(self.old, *position), weight(self.new, index));
            if (was - is).abs() > 0.0 {
                let what = format!("the weight of `{item}` on `{id}`");
                let change = self.note(Kind::Keying, what, self.place.key("weights").key(item));
                changes.push(change.was(shown(was)).is(shown(is)));
            }
        }
        for (position, entry) in old.iter().enumerate().filter(|(at, _)| !matched.contains(at)) {
            let item = self.both.old.item(entry.item);
            let what = format!("`{item}` is no longer scored on `{id}`");
            let change = Change::new(Kind::Terms, what).touching(Touches::Scale(self.new_ix));
            changes.push(change.gone(self.old.pointer().key("items").index(position)));
        }
    }

    fn scales(&self, old: &[ScalePart], new: &[ScalePart], changes: &mut Vec<Change>) {
        let negative = |part: &ScalePart| part.keying == Keying::Negative;
        let before: BTreeSet<(Option<ScaleIx>, bool)> =
            old.iter().map(|part| (self.both.pairs.scales[part.scale.0], negative(part))).collect();
        let after: BTreeSet<(Option<ScaleIx>, bool)> =
            new.iter().map(|part| (Some(part.scale), negative(part))).collect();
        if before != after {
            let names = |side: &Side<'_>, parts: &[ScalePart]| {
                let name = |part: &ScalePart| {
                    format!("{}{}", if negative(part) { "-" } else { "" }, side.scale(part.scale))
                };
                let names: Vec<String> = parts.iter().map(name).collect();
                listed(names.iter().map(String::as_str))
            };
            let what = format!("the scales that `{}` is computed from", self.new.id);
            let change = self.note(Kind::Terms, what, self.place.key("scales"));
            changes.push(change.was(names(&self.both.old, old)).is(names(&self.both.new, new)));
        }
    }

    fn computation(&self, changes: &mut Vec<Change>) {
        let (old, new, id) = (self.old, self.new, &self.new.id);
        if old.score != new.score {
            let what = format!("how the score of `{id}` is computed");
            let change = self.note(Kind::Formula, what, self.place.key("score"));
            changes.push(change.was(score(old.score)).is(score(new.score)));
        }
        if old.transform != new.transform {
            let place = self.first_key(&["rescale", "multiply", "intercept"]);
            let change = self.note(Kind::Formula, format!("the conversion of `{id}`"), place);
            changes.push(change.was(transform(old.transform)).is(transform(new.transform)));
        }
        if old.round != new.round {
            let text = |round: Option<u32>| match round {
                None => "not rounded".to_owned(),
                Some(decimals) => format!("rounded to {decimals} decimals"),
            };
            let change = self.note(
                Kind::Formula,
                format!("the rounding of `{id}`"),
                self.place.key("round"),
            );
            changes.push(change.was(text(old.round)).is(text(new.round)));
        }
    }

    fn missing(&self, changes: &mut Vec<Change>) {
        let was = rule(&self.both.old, self.old);
        let is = rule(&self.both.new, self.new);
        if was == is {
            return;
        }
        // The first of these keys that exists is where the change is shown.
        let keys = if self.old.missing.kind == self.new.missing.kind {
            &[
                "min-answered",
                "min-proportion",
                "more-than-answered",
                "more-than-proportion",
                "max-missing",
                "substitute",
                "substitutes",
                "mandatory",
                "missing",
            ][..]
        } else {
            &["missing"]
        };
        let what = format!("the rule for missing answers of `{}`", self.new.id);
        let change = self.note(Kind::MissingRule, what, self.first_key(keys));
        changes.push(change.was(was).is(is));
    }
}

fn keyed(keying: Keying) -> &'static str {
    match keying {
        Keying::Positive => "as answered",
        Keying::Negative => "reversed",
    }
}

fn recoded(recode: &Recode) -> String {
    let Recode { table, missing } = recode;
    let rows = table.iter().map(|(key, value)| format!("{} = {}", shown(*key), shown(*value)));
    let mut rows: Vec<String> = rows.collect();
    rows.extend(missing.map(|missing| format!("missing = {}", shown(missing))));
    rows.join(", ")
}

fn score(score: ScoreKind) -> &'static str {
    match score {
        ScoreKind::Sum => "the sum",
        ScoreKind::Mean => "the mean",
        ScoreKind::Min => "the lowest value",
        ScoreKind::Max => "the highest value",
        ScoreKind::Formula => "a formula",
    }
}

fn transform(transform: Transform) -> String {
    match transform {
        Transform::None => "none".to_owned(),
        Transform::Linear { multiply, divide, add } => {
            let divided = match divide {
                1.0 => String::new(),
                _ => format!(" / {}", shown(divide)),
            };
            format!("times {}{divided}, plus {}", shown(multiply), shown(add))
        }
        Transform::Rescale { low, high } => {
            format!("rescaled to {} to {}", shown(low), shown(high))
        }
    }
}

/// The rule for missing answers, in a message.
fn rule(side: &Side<'_>, scale: &Scale) -> String {
    let Missing { kind, need, mandatory, fill } = &scale.missing;
    let terms: Vec<&str> = match &scale.terms {
        Terms::Items(items) => items.iter().map(|entry| side.item(entry.item)).collect(),
        Terms::Scales(parts) => parts.iter().map(|part| side.scale(part.scale)).collect(),
        Terms::Formula(_) | Terms::Unknown => Vec::new(),
    };
    let mut text = match (kind, fill) {
        (MissingKind::NoScore, _) => return "no score if an answer is missing".to_owned(),
        (MissingKind::InFormula, _) => return "handled by the formula".to_owned(),
        (MissingKind::Prorate, _) => "prorated".to_owned(),
        (MissingKind::AnsweredOnly, _) => "computed from the given answers".to_owned(),
        (MissingKind::Substitute, Fill::Constant(value)) => {
            format!("{} for each missing answer", shown(*value))
        }
        (MissingKind::Substitute, Fill::Each(values)) => {
            let each = terms.iter().zip(values.iter());
            let each = each.map(|(term, value)| format!("{} for `{term}`", shown(*value)));
            let mut each: Vec<String> = each.collect();
            // Sorted, because items in another order are the same rule.
            each.sort();
            each.join(", ")
        }
        (MissingKind::Substitute, Fill::Nothing | Fill::PersonMean) => "substituted".to_owned(),
    };
    let verb = if *need == 1 { "is" } else { "are" };
    text.push_str(&format!(", if at least {need} {verb} answered"));
    if !mandatory.is_empty() {
        let mut must: Vec<&str> =
            mandatory.iter().filter_map(|position| terms.get(*position).copied()).collect();
        must.sort_unstable();
        text.push_str(&format!(", including {}", listed(must)));
    }
    text
}
