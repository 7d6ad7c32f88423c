//! Items that are one step higher or lower in one group, although every code is an answer.

use scalewright_model::{Diagnostic, Severity};

use super::shifted_codes;
use crate::check::{Check, ids, two};
use crate::collected::{Axis, Collected};
use crate::statistics::float;
use crate::turned::is_turned;

pub(super) static CHECK: Check = Check {
    name: "shifted-in-group",
    summary: "Answers are one step higher or lower in one file or group",
    level: Severity::Warning,
    explain: include_str!("shifted_in_group.md"),
    run,
};

/// The fewest answers in the group and in the others.
const FEWEST: u64 = 30;
/// The highest probability with which chance leaves an end of the answers unused.
const CHANCE: f64 = 1e-4;

/// The least standardised difference of the means.
const DIFFERS: f64 = 4.0;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let known = shifted_codes::found(collected);
    let mut findings = Vec::new();
    let is_turned = |groups: &Axis| is_turned(&collected.shape, groups, &collected.whole.pairs);
    for (axis, groups) in collected.axes.iter().enumerate().filter(|(_, one)| !is_turned(one)) {
        for group in (0..groups.groups.len()).filter(|_| groups.groups.len() > 1) {
            for up in [true, false] {
                let is_known = |item: &usize| {
                    known.iter().any(|one| {
                        one.item == *item && one.group.is_none_or(|place| place.0 == axis)
                    })
                };
                let items = 0..collected.shape.items.len();
                let items = items.filter(|item| !is_known(item));
                let shifted: Vec<(usize, f64)> = items
                    .filter_map(|item| {
                        Some((item, difference(collected, (axis, group), item, up)?))
                    })
                    .collect();
                if let Some((first, by)) = shifted.first() {
                    let items: Vec<usize> = shifted.iter().map(|(item, _)| *item).collect();
                    let message = format!(
                        "in {}, the answers to {} are up to one step {} than elsewhere (difference of the means {}), \
                         and the {} answer is never used",
                        groups.group_name(group),
                        ids(collected, &items),
                        if up { "higher" } else { "lower" },
                        two(*by),
                        if up { "lowest" } else { "highest" },
                    );
                    let finding = CHECK.of_item(Severity::Warning, (collected, *first), message);
                    findings.push(finding.help("compare how this group coded the answers"));
                }
            }
        }
    }
    findings
}

/// The difference between the mean in the group and elsewhere, if it is about one step and one end is unused.
fn difference(
    collected: &Collected<'_>,
    (axis, at): (usize, usize),
    item: usize,
    up: bool,
) -> Option<f64> {
    let (shape, whole) = (&collected.shape, &collected.whole);
    let values = &shape.items[item].values;
    if values.len() < 3 {
        return None;
    }
    let group = &collected.axes[axis].groups[at];
    let end = if up { values[0] } else { values[values.len() - 1] };
    let (n, all) = (group.valid(item, shape), whole.valid(item, shape));
    let others = all.saturating_sub(n);
    if n < FEWEST || others < FEWEST || group.count(item, end) > 0 {
        return None;
    }
    let share = float(whole.count(item, end)) / float(others);
    let by = group.pairs.mean(item) - whole.pairs.without(&group.pairs).mean(item);
    let step = if up { values[1] - values[0] } else { end - values[values.len() - 2] };
    // Less than a step if answers at the other end were cut off.
    let is_step = (0.4..=1.3).contains(&(by.abs() / step)) && (by > 0.0) == up;
    let error = whole.pairs.variance(item) * (1.0 / float(n) + 1.0 / float(others));
    let chance = (float(n) * (1.0 - share).ln()).exp();
    (is_step && by.abs() / error.sqrt() > DIFFERS && chance < CHANCE).then_some(by)
}
