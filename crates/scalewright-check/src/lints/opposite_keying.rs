//! Items keyed in opposite directions on a subscale and its total.

use std::collections::BTreeMap;

use scalewright_model::{ItemIx, Scale, Severity};

use super::{Combined, Context, Group, Hit, Lint};

/// An item keyed in opposite directions on two scales of one family.
pub(super) static LINT: Lint = Lint {
    name: "opposite-keying",
    summary: "an item keyed in opposite directions on a scale and its subscale",
    explain: include_str!("opposite_keying.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let lists = context.combined();
    let mut first: BTreeMap<(&str, ItemIx), (usize, usize)> = BTreeMap::new();
    for (at, list) in lists.iter().enumerate() {
        if list.in_formula {
            in_formula(lint, context, &lists[..at], list, hits);
            continue;
        }
        let family = top(context, list.scale);
        for (index, answer) in list.answers.iter().enumerate() {
            let (other, before) = *first.entry((family, answer.item)).or_insert((at, index));
            let other = &lists[other];
            if other.answers[before].reversed == answer.reversed {
                continue;
            }
            let item = &context.instrument.items[answer.item.0].id;
            let message = format!(
                "`{item}` is keyed in opposite directions on `{}` and `{}`",
                other.scale.id, list.scale.id
            );
            hits.push(lint.hit(item, message, |d| {
                let d = list.mark(context, answer, d, "keyed in one direction here");
                other.mark(context, &other.answers[before], d, "and in the other direction here")
                    .help("compare both keys with the source: a subscale usually has the direction of its total")
            }));
        }
    }
}

/// Compares a list of a formula with the earlier list that has most of its items. A list that is keyed in the other
/// direction as a whole is so on purpose.
fn in_formula(
    lint: &Lint,
    context: &Context<'_>,
    earlier: &[Combined<'_>],
    list: &Combined<'_>,
    hits: &mut Vec<Hit>,
) {
    let ways: BTreeMap<ItemIx, bool> =
        list.answers.iter().map(|answer| (answer.item, answer.reversed)).collect();
    let shared = |other: &Combined<'_>| {
        other.answers.iter().filter(|answer| ways.contains_key(&answer.item)).count()
    };
    let Some((shared, other)) = earlier
        .iter()
        .map(|other| (shared(other), other))
        .rev()
        .max_by_key(|(shared, other)| (*shared, std::cmp::Reverse(other.answers.len())))
    else {
        return;
    };
    let differing: Vec<usize> = (0..other.answers.len())
        .filter(|&at| {
            let answer = &other.answers[at];
            ways.get(&answer.item).is_some_and(|way| *way != answer.reversed)
        })
        .collect();
    // Fewer than three items in common, or more differences than not, show no mistake.
    if shared < 3 || differing.len() * 2 >= shared {
        return;
    }
    for at in differing {
        let answer = &other.answers[at];
        let item = &context.instrument.items[answer.item.0].id;
        let message = format!(
            "`{item}` is keyed in opposite directions in {} and in {}",
            list.name(),
            other.name()
        );
        hits.push(lint.hit(item, message, |d| {
            let d = context.mention(list.scale, item, d, "keyed in one direction here");
            other
                .mark(context, answer, d, "and in the other direction here")
                .help("the other items of the two agree: compare both keys with the source")
        }));
    }
}

/// The id of the scale at the top of the subscales that `scale` belongs to.
fn top<'a>(context: &Context<'a>, scale: &'a Scale) -> &'a str {
    let scales = &context.instrument.scales;
    let mut top = scale;
    // Cycles of subscales are rejected before; the bound only guards against an endless loop.
    for _ in 0..scales.len() {
        let Some(parent) = top.parent else { break };
        top = &scales[parent.0];
    }
    &top.id
}
