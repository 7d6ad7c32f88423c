//! Mutants of keys: directions, recodes, weights, transforms, rounding, and rules for missing answers.

use std::sync::Arc;

use scalewright_model::{
    Fill, Keying, Pointer, Recode, Scale, ScaleIx, ScalePart, Terms, Transform,
};
use scalewright_scoring::emit::number;

use super::{Maker, Mutant, nudged};

/// The keys that can set how many answers are needed. A scale has one of them.
const LIMITS: [&str; 6] = [
    "min-answered",
    "min-proportion",
    "more-than-answered",
    "more-than-proportion",
    "max-missing",
    "missing",
];

impl Maker<'_> {
    pub(super) fn keys(&self, index: ScaleIx, all: &mut Vec<Mutant>) {
        let place = self.scale(index).pointer();
        if matches!(self.scale(index).terms, Terms::Items(_) | Terms::Scales(_)) {
            self.directions(index, &place, all);
            self.recodes(index, &place, all);
            self.weights(index, &place, all);
            self.limits(index, &place, all);
            self.fills(index, &place, all);
        }
        self.transform(index, &place, all);
    }

    /// The ids of the items or scales that a scale is computed from.
    fn names(&self, scale: &Scale) -> Vec<String> {
        match &scale.terms {
            Terms::Items(items) => {
                items.iter().map(|entry| self.instrument.items[entry.item.0].id.clone()).collect()
            }
            Terms::Scales(scales) => {
                scales.iter().map(|part| self.scale(part.scale).id.clone()).collect()
            }
            Terms::Formula(_) | Terms::Unknown => Vec::new(),
        }
    }

    /// The reversed parts of a scale of scales, without their minus.
    fn parts(&self, index: ScaleIx, parts: &[ScalePart], place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let reversed = parts.iter().enumerate().filter(|(_, part)| part.keying == Keying::Negative);
        for (at, part) in reversed {
            let part = &self.scale(part.scale).id;
            let what = format!("`{part}` on `{}` is not reversed", scale.id);
            let needs = format!(
                "a score of `{part}` that is not in the middle of its range, and the score of `{}`",
                scale.id
            );
            all.push(self.change(index, place.key("scales").index(at), (what, needs), |scale| {
                if let Terms::Scales(parts) = &mut scale.terms {
                    parts[at].keying = Keying::Positive;
                }
            }));
        }
    }

    fn directions(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let items = match &scale.terms {
            Terms::Items(items) => items,
            Terms::Scales(parts) => return self.parts(index, parts, place, all),
            Terms::Formula(_) | Terms::Unknown => return,
        };
        for (at, entry) in items.iter().enumerate() {
            let response = self.instrument.response(entry.item);
            // Reversed, some answer would be none of the answers, and the check refuses such a key.
            if response.bounds().is_none() || response.unreversible_answer().is_some() {
                continue;
            }
            let item = &self.instrument.items[entry.item.0].id;
            let what = format!("`{item}` on `{}` is keyed the other way", scale.id);
            let needs = format!(
                "an answer to `{item}` that is not the middle one, and the score of `{}`",
                scale.id
            );
            all.push(self.change(index, place.key("items").index(at), (what, needs), |scale| {
                if let Terms::Items(items) = &mut scale.terms {
                    items[at].keying = match items[at].keying {
                        Keying::Positive => Keying::Negative,
                        Keying::Negative => Keying::Positive,
                    };
                }
            }));
        }
    }

    fn recodes(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let Terms::Items(items) = &scale.terms else { return };
        let mut seen: Vec<&Arc<[(f64, f64)]>> = Vec::new();
        for (at, entry) in items.iter().enumerate() {
            let Some(Recode { table, missing }) = &entry.recode else { continue };
            // Items that share a table refer to the same lines of the file, so one typing mistake changes all of them.
            if seen.iter().any(|other| Arc::ptr_eq(other, table)) {
                continue;
            }
            seen.push(table);
            let item = &self.instrument.items[entry.item.0].id;
            for (row, (from, to)) in table.iter().enumerate() {
                let (from, to, then) = (number(*from), number(*to), nudged(*to));
                let what = format!(
                    "{from} counts as {}, not {to}, for `{item}` on `{}`",
                    number(then),
                    scale.id
                );
                let needs = format!(
                    "a keyed answer of {from} to `{item}`, and the score of `{}`",
                    scale.id
                );
                let place = self.key(place, &["recode"]);
                all.push(
                    self.change(index, place, (what, needs), |scale| {
                        recode(scale, table, row, then)
                    }),
                );
            }
            if let Some(value) = *missing {
                let what = format!(
                    "a missing `{item}` counts as {} on `{}`",
                    number(nudged(value)),
                    scale.id
                );
                let needs = format!("no answer to `{item}`, and the score of `{}`", scale.id);
                all.push(self.change(
                    index,
                    self.key(place, &["recode"]),
                    (what, needs),
                    |scale| {
                        if let Terms::Items(items) = &mut scale.terms
                            && let Some(recode) = &mut items[at].recode
                        {
                            recode.missing = Some(nudged(value));
                        }
                    },
                ));
            }
        }
    }

    fn weights(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let Some(weights) = &scale.weights else { return };
        for (at, name) in self.names(scale).iter().enumerate() {
            let then = nudged(weights[at]);
            let what = format!("the weight of `{name}` on `{}` is {}", scale.id, number(then));
            let needs =
                format!("an answer to `{name}` other than 0, and the score of `{}`", scale.id);
            all.push(self.change(index, place.key("weights").key(name), (what, needs), |scale| {
                scale.weights.iter_mut().for_each(|weights| weights[at] = then);
            }));
        }
    }

    /// Makes mutants of how many terms must be answered, and of which.
    fn limits(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let (need, terms) = (scale.missing.need, scale.terms.len());
        let limit = self.key(place, &LIMITS);
        for then in [need.saturating_sub(1), need + 1] {
            // No rule gives a score without any answer.
            if (1..=terms).contains(&then) {
                let what =
                    format!("`{}` needs {then} of {terms} {}, not {need}", scale.id, noun(scale));
                let given = if then < need { then } else { need };
                let expects = if then < need { "`no-score`" } else { "a score" };
                let needs =
                    format!("{given} of {terms} {}, and {expects} for `{}`", noun(scale), scale.id);
                let change = |scale: &mut Scale| scale.missing.need = then;
                all.push(self.change(index, limit.clone(), (what, needs), change));
            }
        }
        let names = self.names(scale);
        for (at, &term) in scale.missing.mandatory.iter().enumerate() {
            let what = format!("`{}` does not need `{}`", scale.id, names[term]);
            let needs =
                format!("only `{}` missing, and `no-score` for `{}`", names[term], scale.id);
            let change = |scale: &mut Scale| {
                scale.missing.mandatory.remove(at);
            };
            all.push(self.change(index, self.key(place, &["mandatory"]), (what, needs), change));
        }
    }

    /// Makes mutants of what replaces a missing answer.
    fn fills(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        // If all answers are required, none is ever replaced.
        if scale.missing.need >= scale.terms.len() {
            return;
        }
        let missing = format!("missing {}", noun(scale));
        let needs =
            format!("as many {missing} as the rule allows, and the score of `{}`", scale.id);
        let mut push = |key: Pointer, what: String, fill: Fill| {
            let change = |scale: &mut Scale| scale.missing.fill = fill;
            all.push(self.change(index, key, (what, needs.clone()), change));
        };
        match &scale.missing.fill {
            Fill::Nothing => {
                let what = format!("{missing} of `{}` count as the mean of the others", scale.id);
                push(place.key("missing"), what, Fill::PersonMean);
            }
            Fill::PersonMean => {
                let what = format!("{missing} of `{}` are not replaced", scale.id);
                push(place.key("missing"), what, Fill::Nothing);
            }
            Fill::Constant(value) => {
                let what =
                    format!("{missing} of `{}` count as {}", scale.id, number(nudged(*value)));
                push(
                    self.key(place, &["substitute", "missing"]),
                    what,
                    Fill::Constant(nudged(*value)),
                );
            }
            Fill::Each(each) => {
                for (at, name) in self.names(scale).iter().enumerate() {
                    let mut then = each.to_vec();
                    then[at] = nudged(then[at]);
                    let what = format!(
                        "a missing `{name}` counts as {} on `{}`",
                        number(then[at]),
                        scale.id
                    );
                    push(place.key("substitutes").key(name), what, Fill::Each(then.into()));
                }
            }
        }
    }

    fn transform(&self, index: ScaleIx, place: &Pointer, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let mut push = |key: &str, what: String, change: &dyn Fn(&mut Scale)| {
            let needs = format!("the score of `{}`", scale.id);
            all.push(self.change(index, self.key(place, &[key]), (what, needs), change));
        };
        let is = |what: &str, value: f64| {
            format!("{what} of `{}` is {}", scale.id, number(nudged(value)))
        };
        match scale.transform {
            Transform::None => {}
            Transform::Linear { multiply, divide, add } => {
                // A factor of 1 or an intercept of 0 is usually the default, which nobody has typed.
                if multiply != 1.0 {
                    let then = Transform::Linear { multiply: nudged(multiply), divide, add };
                    push("multiply", is("the factor", multiply), &|scale| scale.transform = then);
                }
                if divide != 1.0 {
                    let then = Transform::Linear { multiply, divide: nudged(divide), add };
                    let key = if scale.weights.is_some() { "weights" } else { "multiply" };
                    push(key, is("the divisor", divide), &|scale| scale.transform = then);
                }
                if add != 0.0 {
                    let then = Transform::Linear { multiply, divide, add: nudged(add) };
                    push("intercept", is("the intercept", add), &|scale| scale.transform = then);
                }
            }
            Transform::Rescale { low, high } => {
                let then = Transform::Rescale { low: nudged(low), high };
                push("rescale", is("the low end of the rescaling", low), &|scale| {
                    scale.transform = then
                });
                let then = Transform::Rescale { low, high: nudged(high) };
                push("rescale", is("the high end of the rescaling", high), &|scale| {
                    scale.transform = then
                });
            }
        }
        if scale.round.is_some() {
            push("round", format!("`{}` is not rounded", scale.id), &|scale| scale.round = None);
        }
    }
}

/// The noun for what a scale is computed from.
fn noun(scale: &Scale) -> &'static str {
    if matches!(scale.terms, Terms::Scales(_)) { "scores" } else { "answers" }
}

/// Changes a row of `table` for every item that uses the table.
fn recode(scale: &mut Scale, table: &Arc<[(f64, f64)]>, row: usize, then: f64) {
    let mut changed = table.to_vec();
    changed[row].1 = then;
    let changed: Arc<[(f64, f64)]> = changed.into();
    let Terms::Items(items) = &mut scale.terms else { return };
    for entry in items {
        if let Some(recode) = &mut entry.recode
            && Arc::ptr_eq(&recode.table, table)
        {
            recode.table = changed.clone();
        }
    }
}
