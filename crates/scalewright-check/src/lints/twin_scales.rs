//! Scales with the same items, keying and scoring.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, Keying, Origin, Scale, ScalePart, Severity, Terms};
use scalewright_scoring::formula_text;

use super::{Context, Group, Hit, Lint};

/// A scale with the same items, keying and scoring as another.
pub(super) static LINT: Lint = Lint {
    name: "twin-scales",
    summary: "a scale with the same items, keying and scoring as another",
    explain: include_str!("twin_scales.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut first: BTreeMap<Vec<(usize, bool)>, Vec<&Scale>> = BTreeMap::new();
    for scale in &context.instrument.scales {
        let Some(key) = key(context.instrument, scale) else { continue };
        let known = first.entry(key).or_default();
        // Few scales share their items but not their scoring; the bound keeps the search linear.
        let twin = known.iter().take(8).find(|other| scored_alike(scale, other));
        if let Some(twin) = twin {
            let message =
                format!("`{}` has the same items, keying and scoring as `{}`", scale.id, twin.id);
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(scale.pointer().key("id"), "")
                    .at(twin.pointer().key("id"), "the same items and keying")
                    .help("compare the items of both with the source; if they are one scale, remove one")
            }));
        }
        known.push(scale);
    }
    formulas(lint, context, hits);
}

/// Reports flags and formulas that are the same as an earlier one.
fn formulas(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut first: BTreeMap<String, &Scale> = BTreeMap::new();
    for (scale, formula, _) in context.formulas() {
        let text = format!("{} {:?}", formula_text(formula, context.instrument), scale.round);
        let Some(twin) = first.get(&text) else {
            first.insert(text, scale);
            continue;
        };
        let message = format!("`{}` has the same formula as `{}`", scale.id, twin.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("id"), "")
                .at(twin.pointer().key("id"), "the same formula")
                .help("compare both with the source; if they are one, remove one")
        }));
    }
}

/// The terms in a canonical order, each with whether it is reversed. Scales are numbered after the items.
fn key(instrument: &Instrument, scale: &Scale) -> Option<Vec<(usize, bool)>> {
    let of_scale = |scale: usize| instrument.items.len() + scale;
    let mut key: Vec<(usize, bool)> = match (&scale.terms, scale.origin) {
        (Terms::Items(items), _) => {
            items.iter().map(|entry| (entry.item.0, entry.keying == Keying::Negative)).collect()
        }
        (Terms::Scales(scales), Origin::Scale(_)) => {
            let part = |part: &ScalePart| (of_scale(part.scale.0), part.keying == Keying::Negative);
            scales.iter().map(part).collect()
        }
        _ => return None,
    };
    key.sort_unstable();
    Some(key)
}

fn scored_alike(scale: &Scale, other: &Scale) -> bool {
    let recoded = |scale: &Scale| match &scale.terms {
        Terms::Items(items) => items.iter().any(|entry| entry.recode.is_some()),
        _ => false,
    };
    scale.score == other.score
        && scale.round == other.round
        && scale.transform == other.transform
        // Weights and recodings are stated per item and are not compared, so scales with them are never twins.
        && scale.weights.is_none()
        && other.weights.is_none()
        && scale.missing == other.missing
        && !recoded(scale)
        && !recoded(other)
}
