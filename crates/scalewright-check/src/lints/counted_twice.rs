//! Answers that enter a sum twice.

use std::collections::BTreeSet;

use scalewright_model::file::ScoreKind;
use scalewright_model::{AggregateKind, ItemIx, Scale, ScaleIx, Severity, Terms};

use super::{Combined, Context, Group, Hit, Lint};

/// A sum or mean in which an answer counts twice.
pub(super) static LINT: Lint = Lint {
    name: "counted-twice",
    summary: "an answer that counts twice in a sum",
    explain: include_str!("counted_twice.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let lists = context.combined_in_formulas();
    for list in &lists {
        if matches!(list.kind, AggregateKind::Sum | AggregateKind::Mean) {
            repeated(lint, context, list, hits);
            let owner = (list.scale, list.name());
            overlapping(
                lint,
                context,
                (owner.0, &owner.1),
                (&list.scores, list.items()),
                &lists,
                hits,
            );
        }
    }
    for scale in &context.instrument.scales {
        let Terms::Scales(parts) = &scale.terms else { continue };
        // Weights state how much each part counts.
        if matches!(scale.score, ScoreKind::Sum | ScoreKind::Mean) && scale.weights.is_none() {
            let name = format!("`{}`", scale.id);
            let parts: Vec<ScaleIx> = parts.iter().map(|part| part.scale).collect();
            overlapping(lint, context, (scale, &name), (&parts, Vec::new()), &lists, hits);
        }
    }
}

/// Reports an item that a list of a formula names twice.
fn repeated(lint: &Lint, context: &Context<'_>, list: &Combined<'_>, hits: &mut Vec<Hit>) {
    let mut seen = BTreeSet::new();
    let Some(again) = list.answers.iter().find(|answer| !seen.insert(answer.item)) else { return };
    let id = &context.instrument.items[again.item.0].id;
    let message = format!("`{id}` is twice in {}", list.name());
    hits.push(lint.hit(&list.scale.id, message, |d| {
        let d = context.mention(list.scale, id, d, "named here first");
        d.help("remove one of the two, or write the item that the source has in its place")
    }));
}

/// Reports two terms of a sum that share answers: two scales, or a scale and an item.
fn overlapping(
    lint: &Lint,
    context: &Context<'_>,
    (owner, name): (&Scale, &str),
    (parts, mut items): (&[ScaleIx], Vec<ItemIx>),
    lists: &[Combined<'_>],
    hits: &mut Vec<Hit>,
) {
    let scales = &context.instrument.scales;
    items.dedup();
    let mut seen: Vec<(Option<ScaleIx>, BTreeSet<ItemIx>)> =
        items.into_iter().map(|item| (None, BTreeSet::from([item]))).collect();
    for &part in parts {
        let Some(own) = added(context, part, lists, 0) else { continue };
        // `item-on-two-subscales` reports two subscales with an item in common.
        let is_list = |scale: ScaleIx| matches!(scales[scale.0].terms, Terms::Items(_));
        let is_reported = |other: Option<ScaleIx>| {
            other.is_some_and(|other| other != part && is_list(other) && is_list(part))
                && matches!(owner.terms, Terms::Scales(_))
        };
        let shared = seen.iter().find_map(|(other, items)| {
            let item = items.intersection(&own).next().filter(|_| !is_reported(*other))?;
            Some((*other, *item))
        });
        if let Some((other, item)) = shared {
            let item = &context.instrument.items[item.0].id;
            let one =
                other.map_or("itself".to_owned(), |other| format!("in `{}`", scales[other.0].id));
            let two = &scales[part.0].id;
            let message = format!("`{item}` counts twice in {name}: {one} and in `{two}`");
            hits.push(lint.hit(&owner.id, message, |d| {
                let d = match &owner.terms {
                    Terms::Scales(all) => {
                        let at =
                            all.iter().rposition(|other| other.scale == part).unwrap_or_default();
                        d.at(owner.pointer().key("scales").index(at), "has it again")
                    }
                    _ => context.mention(owner, two, d, "has it again"),
                };
                d.help("a scale contains the items of its parts: remove the part or the whole")
            }));
            return;
        }
        seen.push((Some(part), own));
    }
}

/// The items whose answers a score adds up, directly or through other scores. `None` if it does more than add.
fn added(
    context: &Context<'_>,
    scale: ScaleIx,
    lists: &[Combined<'_>],
    depth: usize,
) -> Option<BTreeSet<ItemIx>> {
    let scale = &context.instrument.scales[scale.0];
    let (mut items, parts) = match &scale.terms {
        Terms::Items(entries) => (entries.iter().map(|entry| entry.item).collect(), Vec::new()),
        Terms::Scales(parts) => {
            (BTreeSet::new(), parts.iter().map(|part| part.scale).collect::<Vec<_>>())
        }
        Terms::Formula(formula) => {
            // Only a formula that is nothing but a list.
            let mut of_scale = lists.iter().filter(|list| list.scale.id == scale.id);
            let whole =
                of_scale.next().filter(|list| list.all + 1 == formula.root().all().len())?;
            (whole.items().into_iter().collect(), whole.scores.clone())
        }
        Terms::Unknown => return None,
    };
    // Cycles are refused before; the bound only guards against an endless recursion.
    for part in parts.into_iter().filter(|_| depth < 20) {
        items.append(&mut added(context, part, lists, depth + 1)?);
    }
    Some(items)
}
