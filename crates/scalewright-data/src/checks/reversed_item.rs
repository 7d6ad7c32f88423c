//! Items that run against their scale.

use scalewright_model::{Diagnostic, Keying, Severity, Terms};

use super::exchanged_columns;
use crate::check::{Check, two};
use crate::collected::{Collected, Pairs};
use crate::statistics::{Z_99, interval};

pub(super) static CHECK: Check = Check {
    name: "reversed-item",
    summary: "An item runs against its scale after keying",
    level: Severity::Warning,
    explain: include_str!("reversed_item.md"),
    run,
};

/// The fewest respondents.
pub(super) const FEWEST: f64 = 50.0;

/// An item that runs against its scale.
pub(super) struct Against {
    pub(super) item: usize,
    /// The correlation with the rest of the scale, after the items found before it are reversed.
    pub(super) r: f64,
    pub(super) n: f64,
}

/// The items of a scale that run against it. One after the other, the item with the lowest correlation is reversed, so
/// that an item that is keyed correctly is not taken for a wrong one because of its neighbours. If half of the items
/// were to be reversed, the data do not say which half, and the result is empty.
pub(super) fn against(pairs: &Pairs, items: &[(usize, f64)], z: f64, fewest: f64) -> Vec<Against> {
    let mut keyed = items.to_vec();
    let mut found: Vec<Against> = Vec::new();
    while 2 * found.len() < keyed.len() {
        let rest = |&(item, sign): &(usize, f64)| {
            let (r, n) = pairs.with_rest(item, &keyed)?;
            Some(Against { item, r: sign * r, n })
        };
        let all = keyed.iter().filter_map(rest);
        let Some(worst) = all.min_by(|a, b| a.r.total_cmp(&b.r)) else { break };
        let (_, high) = interval(worst.r, worst.n, z);
        if worst.n < fewest || high >= 0.0 || found.iter().any(|one| one.item == worst.item) {
            break;
        }
        for (item, sign) in &mut keyed {
            if *item == worst.item {
                *sign = -*sign;
            }
        }
        found.push(worst);
    }
    if 2 * found.len() >= keyed.len() { Vec::new() } else { found }
}

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let exchanged = exchanged_columns::found(collected);
    let mut done: Vec<usize> = exchanged.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    let mut findings = Vec::new();
    for (at, scale) in collected.shape.scales.iter().enumerate() {
        let found = against(&collected.whole.pairs, &scale.items, Z_99, FEWEST);
        let items: Vec<usize> = found.iter().map(|one| one.item).collect();
        for one in &found {
            if !done.contains(&one.item) {
                done.push(one.item);
                findings.push(finding(collected, at, one, &items));
            }
        }
    }
    findings
}

fn finding(collected: &Collected<'_>, scale: usize, one: &Against, all: &[usize]) -> Diagnostic {
    let shape = &collected.shape;
    let scale = &shape.scales[scale];
    let id = &shape.items[one.item].id;
    let (low, high) = interval(one.r, one.n, Z_99);
    let message = format!(
        "`{id}` runs against `{}`: after keying, its correlation with the rest of the scale is {} (99 % interval {} to \
         {}, n = {})",
        scale.id,
        two(one.r),
        two(low),
        two(high),
        one.n
    );
    let keying = match keying(collected, scale.index, one.item) {
        Some(Keying::Negative) => format!(
            "if the file has answers that are already reversed, map the original ones; if the key is wrong, remove the minus sign of `{id}`"
        ),
        _ => format!(
            "if the key is wrong, write `-{id}`; if the column is coded the other way, recode it"
        ),
    };
    let finding = CHECK.of_item(Severity::Warning, (collected, one.item), message).help(keying);
    let sign = |item: usize| scale.items.iter().find(|(other, _)| *other == item).map(|one| one.1);
    let opposite = all.iter().find(|&&other| sign(other) != sign(one.item));
    finding.maybe_help(opposite.map(|&other| {
        format!(
            "`{}` is keyed in the opposite direction and runs against the scale too: the two columns may be exchanged",
            shape.items[other].id
        )
    }))
}

fn keying(collected: &Collected<'_>, scale: usize, item: usize) -> Option<Keying> {
    let Terms::Items(terms) = &collected.instrument.scales[scale].terms else { return None };
    terms.iter().find(|term| term.item.0 == item).map(|term| term.keying)
}
