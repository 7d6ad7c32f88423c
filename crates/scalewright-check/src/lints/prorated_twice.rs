//! Totals that prorate over prorated scores.

use scalewright_model::{Aggregate, Expr, Fill, Operation, Scale, ScaleIx, Severity, Terms};

use super::{Context, Group, Hit, Lint, formula_key};

/// A total that is prorated over scores that are prorated themselves.
pub(super) static LINT: Lint = Lint {
    name: "prorated-twice",
    summary: "a total prorated over scores that are prorated",
    explain: include_str!("prorated_twice.md"),
    group: Group::Missing,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for scale in scales {
        let (part, key) = match &scale.terms {
            Terms::Scales(parts) if prorates(scale) => {
                let mut parts = parts.iter().map(|part| part.scale);
                (parts.find(|part| prorates(&scales[part.0])), "missing")
            }
            Terms::Formula(formula) => (in_formula(scales, formula.root()), formula_key(scale)),
            _ => continue,
        };
        let Some(part) = part else { continue };
        let part = &scales[part.0];
        let message =
            format!("`{}` is prorated over `{}`, which is prorated itself", scale.id, part.id);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key(key), "")
                .at(part.pointer().key("missing"), "prorated here")
                .help(
                    "few answers are then enough for a total: sum the items, or require all scores",
                )
        }));
    }
}

fn prorates(scale: &Scale) -> bool {
    scale.missing.fill == Fill::PersonMean && scale.missing.need < scale.terms.len()
}

/// A prorated score among the terms of a prorated list.
fn in_formula(scales: &[Scale], root: Operation<'_>) -> Option<ScaleIx> {
    root.all().into_iter().find_map(|part| match part {
        Operation::Number(Expr::Aggregate(Aggregate {
            terms,
            fill: Fill::PersonMean,
            need,
            ..
        })) if *need < terms.len() => terms.iter().find_map(|term| match term {
            Expr::Score(scale) if prorates(&scales[scale.0]) => Some(*scale),
            _ => None,
        }),
        _ => None,
    })
}
