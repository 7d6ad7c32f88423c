//! Lists of formulas that differ from a scale in one item.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, Severity};

use super::{Context, Group, Hit, Lint};

/// A list in a formula with the items of a scale except for one.
pub(super) static LINT: Lint = Lint {
    name: "one-item-off",
    summary: "a list in a formula that differs from a scale in one item",
    explain: include_str!("one_item_off.md"),
    group: Group::Keying,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The number of items from which on the others show that a scale is meant.
const FEW: usize = 4;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let all = context.combined();
    let (scales, formulas): (Vec<_>, Vec<_>) = all.iter().partition(|list| !list.in_formula);
    for list in formulas.into_iter().filter(|list| list.answers.len() >= FEW) {
        let own: BTreeSet<ItemIx> = list.items().into_iter().collect();
        let others = |scale: &super::Combined<'_>| -> Vec<ItemIx> {
            scale.items().into_iter().filter(|item| !own.contains(item)).collect()
        };
        let alike = |scale: &&&super::Combined<'_>| scale.answers.len() == own.len();
        // If a scale has exactly these items, it is the one that is meant.
        if scales.iter().filter(alike).any(|scale| others(scale).is_empty()) {
            continue;
        }
        let near = scales.iter().filter(alike).find_map(|scale| match others(scale)[..] {
            [lost] => Some((scale, lost)),
            _ => None,
        });
        let Some((scale, lost)) = near else { continue };
        let there: BTreeSet<ItemIx> = scale.items().into_iter().collect();
        let Some(odd) = own.iter().find(|item| !there.contains(item)) else { continue };
        let (odd, lost) =
            (&context.instrument.items[odd.0].id, &context.instrument.items[lost.0].id);
        let message = format!(
            "{} has the items of `{}`, but `{odd}` instead of `{lost}`",
            list.name(),
            scale.scale.id
        );
        hits.push(lint.hit(&list.scale.id, message, |d| {
            context
                .mention(list.scale, odd, d, "not on the scale")
                .at(scale.scale.pointer().key("items"), "compared with these")
                .help("compare both with the source; `items(…)` lists the items of a scale")
        }));
    }
}
