//! Subscales that are scored unlike all others of their total.

use std::collections::BTreeMap;

use scalewright_model::{Scale, ScaleIx, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// A subscale that is scored or rounded unlike all others of its total.
pub(super) static LINT: Lint = Lint {
    name: "unlike-subscales",
    summary: "a subscale scored or rounded unlike all others",
    explain: include_str!("unlike_subscales.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut families: BTreeMap<ScaleIx, Vec<&Scale>> = BTreeMap::new();
    for scale in &context.instrument.scales {
        if let (Some(parent), Terms::Items(_)) = (scale.parent, &scale.terms) {
            families.entry(parent).or_default().push(scale);
        }
    }
    for family in families.values().filter(|family| family.len() > 2) {
        let Some((odd, usual, key)) = odd_one(family) else { continue };
        let message =
            format!("`{}` has another `{key}` than all other subscales beside it", odd.id);
        let is_there = |scale: &Scale| key == "score" || (key == "round" && scale.round.is_some());
        let place = |scale: &Scale| scale.pointer().key(if is_there(scale) { key } else { "id" });
        hits.push(lint.hit(&odd.id, message, |d| {
            d.at(place(odd), "")
                .at(place(usual), format!("`{}` is like the others", usual.id))
                .help("subscales are usually scored alike: compare both with the source")
        }));
    }
}

/// The only subscale that differs from all others, one of these, and the key in which it differs.
fn odd_one<'a>(family: &[&'a Scale]) -> Option<(&'a Scale, &'a Scale, &'static str)> {
    type Same = fn(&Scale, &Scale) -> bool;
    let keys: [(&str, Same); 3] = [
        ("score", |a, b| a.score == b.score),
        ("multiply", |a, b| a.transform == b.transform),
        ("round", |a, b| a.round == b.round),
    ];
    keys.into_iter().find_map(|(key, same)| {
        let is_odd = |at: &usize| {
            let mut others = family.iter().enumerate().filter(|(other, _)| other != at);
            let (_, first) = others.next()?;
            (!same(family[*at], first) && others.all(|(_, other)| same(first, other)))
                .then_some(*first)
        };
        let odd = (0..family.len()).find_map(|at| Some((family[at], is_odd(&at)?)))?;
        Some((odd.0, odd.1, key))
    })
}
