//! Items with unequal ranges in one sum or mean.

use scalewright_model::{AggregateKind, Severity, TOLERANCE};

use super::{Combined, Context, Group, Hit, Lint, shown};

/// Items with unequal ranges that are added up without weights.
pub(super) static LINT: Lint = Lint {
    name: "unequal-ranges",
    summary: "items with unequal ranges added up",
    explain: include_str!("unequal_ranges.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    report(
        lint,
        context,
        (
            false,
            "items with a wider range weigh more: compare response scales and recoding with the source",
        ),
        hits,
    );
}

/// Reports lists of items with unequal ranges: those that are prorated, or the others.
pub(super) fn report(
    lint: &Lint,
    context: &Context<'_>,
    (prorated, help): (bool, &str),
    hits: &mut Vec<Hit>,
) {
    for list in context.combined() {
        let is_prorated = list.fill == Some(&scalewright_model::Fill::PersonMean);
        // Weights state how much each item counts, so unequal ranges are no mistake with them. In a formula, terms that
        // are added one by one are often of different kinds.
        if list.weighted || is_prorated != prorated || list.fill.is_none() {
            continue;
        }
        let Some((index, [first, other])) = unequal(&list) else { continue };
        let answer = &list.answers[index];
        let item = &context.instrument.items[answer.item.0].id;
        let message = match (prorated, list.kind) {
            (true, _) => format!("{} is prorated over items with unequal ranges", list.name()),
            (false, AggregateKind::Min | AggregateKind::Max) => {
                format!("{} compares items with unequal ranges", list.name())
            }
            (false, _) => format!("{} adds up items with unequal ranges", list.name()),
        };
        let label = format!(
            "`{item}` counts {} to {}, the first item {} to {}",
            shown(other.0),
            shown(other.1),
            shown(first.0),
            shown(first.1)
        );
        hits.push(
            lint.hit(&list.scale.id, message, |d| list.mark(context, answer, d, &label).help(help)),
        );
    }
}

/// Returns the position of the first answer with a range other than that of the first answer, and the two ranges.
fn unequal(list: &Combined<'_>) -> Option<(usize, [(f64, f64); 2])> {
    let first = list.answers.first()?.bounds?;
    let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    list.answers.iter().enumerate().skip(1).find_map(|(index, answer)| {
        let other = answer.bounds?;
        let differs = !same(first.0, other.0) || !same(first.1, other.1);
        differs.then_some((index, [first, other]))
    })
}
